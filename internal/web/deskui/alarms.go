package deskui

import (
	"bytes"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"time"

	"github.com/rotatif/newsroom"
	"github.com/rotatif/newsroom/internal/web"
	"github.com/rotatif/newsroom/internal/wire"
)

// flashFor is how long a flash that nobody takes stays in the bar, and
// maxFlashes how many stand there.
const (
	flashFor   = 15 * time.Minute
	maxFlashes = 5
)

// maxAlarms is how many open calls are told at once.
const maxAlarms = 50

// alarms is the bar on every screen: what calls for a person.
type alarms struct {
	web.Frame
	Items   []alarm // open calls
	Flashes []alarm // flashes of the last minutes that nobody has taken
	Watched bool    // the person is told while the page is open
}

// alarm is one item that calls.
type alarm struct {
	Item          newsroom.WireItem
	Why, Headline string
}

// alarms reads the open calls, the most pressing first. A bar that cannot be
// read must not take the page with it.
func (d *door) alarms(v *visit, c chrome) alarms {
	bar := alarms{Frame: c.Frame, Watched: v.person.May(newsroom.ReadWire)}
	if !bar.Watched {
		return bar
	}
	items, err := d.Wire.Items(v.ctx(), wire.Filter{Called: true, At: c.now, Limit: maxAlarms})
	if err != nil && v.ctx().Err() == nil {
		d.Log.Error("deskui: open calls", "error", err)
	}
	flashes, err := d.Wire.Items(v.ctx(), wire.Filter{Flash: true, Free: true, State: newsroom.ItemUsable, From: c.now.Add(-flashFor), At: c.now, Limit: maxFlashes})
	if err != nil && v.ctx().Err() == nil {
		d.Log.Error("deskui: flashes", "error", err)
	}
	for _, w := range flashes {
		bar.Flashes = append(bar.Flashes, alarm{Item: w, Why: c.T("desk.mark.flash"), Headline: headlineOf(c, w)})
	}
	for _, a := range d.heard(v, c) {
		if !slices.ContainsFunc(bar.Flashes, func(b alarm) bool { return b.Item.ID == a.Item.ID }) {
			bar.Flashes = append(bar.Flashes, a)
		}
	}
	slices.SortStableFunc(items, func(a, b newsroom.WireItem) int {
		if a.Call.Rung != b.Call.Rung {
			return b.Call.Rung - a.Call.Rung
		}
		return a.Call.Since.Compare(b.Call.Since)
	})
	for _, w := range items {
		bar.Items = append(bar.Items, alarm{Item: w, Why: callWord(c, w), Headline: headlineOf(c, w)})
	}
	return bar
}

// Stamp changes when something new calls or calls louder.
func (a alarms) Stamp() string {
	var b bytes.Buffer
	for _, x := range a.Items {
		fmt.Fprintf(&b, "%d.%d.%d ", x.Item.ID, x.Item.Call.Since.UnixMicro(), x.Item.Call.Rung)
	}
	for _, x := range a.Flashes {
		fmt.Fprintf(&b, "f%d.%d ", x.Item.ID, x.Item.Last.UnixMicro())
	}
	return b.String()
}

// Silent says whether nothing is to be told.
func (a alarms) Silent() bool { return len(a.Items)+len(a.Flashes) == 0 }

// Loud is the highest rung of the open calls.
func (a alarms) Loud() int {
	loud := 0
	for _, x := range a.Items {
		loud = max(loud, x.Item.Call.Rung)
	}
	return loud
}

// alarmsLive sends the bar anew whenever it changes, as long as a page is open.
func (d *door) alarmsLive(v *visit) error {
	select {
	case d.live <- struct{}{}:
		defer func() { <-d.live }()
	default:
		v.w.Header().Set("Retry-After", "20")
		return newsroom.Refuse(newsroom.TooMuch, "error.too_much")
	}
	updates, end := d.Updates(v.ctx())
	defer end()
	v.w.Header().Set("Content-Type", "text/event-stream")
	v.w.Header().Set("X-Accel-Buffering", "no")
	beat := time.NewTicker(heartbeat)
	defer beat.Stop()
	shown := "nothing yet"
	for {
		stamp, err := d.sendAlarms(v, shown)
		if err != nil {
			return nil // signed out, or gone away
		}
		shown = stamp
		select {
		case <-v.ctx().Done():
			return nil
		case <-d.Closing:
			return nil
		case <-updates:
			time.Sleep(breath)
		case <-beat.C:
		}
	}
}

// sendAlarms sends the bar when it is not the one shown, else a sign of life.
func (d *door) sendAlarms(v *visit, shown string) (string, error) {
	person, err := d.Staff.Who(v.ctx(), v.secret)
	if err != nil || !person.May(newsroom.ReadWire) {
		return shown, newsroom.Refuse(newsroom.SignedOut, "error.signed_out")
	}
	bar := d.chrome(v, "", "desk.nav.calls").Alarms
	message, stamp := ": still\n\n", bar.Stamp()
	if stamp != shown {
		html, err := d.templates.Render("calls.html", "alarms", bar)
		if err != nil {
			return shown, err
		}
		message = eventOf("bar", 0, html)
	}
	out := http.NewResponseController(v.w)
	_ = out.SetWriteDeadline(d.Now().Add(writeLimit)) // a writer that knows no deadlines is bounded by its server
	if _, err := v.w.Write([]byte(message)); err != nil {
		return shown, err
	}
	return stamp, out.Flush()
}

// eventOf is a message of an event stream.
func eventOf(name string, id int64, html []byte) string {
	var b bytes.Buffer
	b.WriteString("event: " + name + "\n")
	if id > 0 {
		b.WriteString("id: " + strconv.FormatInt(id, 10) + "\n")
	}
	for line := range bytes.Lines(html) {
		b.WriteString("data: ")
		b.Write(bytes.TrimRight(line, "\r\n"))
		b.WriteByte('\n')
	}
	b.WriteByte('\n')
	return b.String()
}
