package deskui

import (
	"net/http"
	"strconv"
	"time"

	"github.com/rotatif/newsroom"
)

const (
	heartbeat  = 15 * time.Second
	breath     = 200 * time.Millisecond // between two looks, however lively the wire
	writeLimit = 10 * time.Second
)

// liveList is one open list and what it has shown so far.
type liveList struct {
	d      *door
	v      *visit
	filter wireFilter
	since  int64
	shown  map[newsroom.ItemID]string // the rows' stamps
	out    *http.ResponseController
}

// wireLive sends the rows that come or change while a list is open. It ends
// with the session, the right or the program.
func (d *door) wireLive(v *visit) error {
	select {
	case d.live <- struct{}{}:
		defer func() { <-d.live }()
	default:
		v.w.Header().Set("Retry-After", "20")
		return newsroom.Refuse(newsroom.TooMuch, "error.too_much")
	}
	l := &liveList{d: d, v: v, filter: wireFilterOf(v.r.URL.Query()), shown: map[newsroom.ItemID]string{}, out: http.NewResponseController(v.w)}
	l.filter.Before = 0
	l.since = sinceOf(v.r)
	updates, end := d.Updates(v.ctx())
	defer end()
	v.w.Header().Set("Content-Type", "text/event-stream")
	v.w.Header().Set("X-Accel-Buffering", "no")
	if err := l.send([]byte("retry: 2000\n\n")); err != nil {
		return nil
	}
	l.follow(updates)
	return nil
}

// sinceOf is until when the browser's list knows: what it says after a lost
// connection, else what the page said.
func sinceOf(r *http.Request) int64 {
	for _, s := range []string{r.Header.Get("Last-Event-ID"), r.URL.Query().Get("since")} {
		if n, err := strconv.ParseInt(s, 10, 64); err == nil && n >= 0 {
			return n
		}
	}
	return 0
}

// follow looks at once, then whenever the journal has grown.
func (l *liveList) follow(updates <-chan struct{}) {
	beat := time.NewTicker(heartbeat)
	defer beat.Stop()
	for first := true; ; first = false {
		if err := l.look(first); err != nil {
			if l.v.ctx().Err() == nil {
				l.d.Log.Warn("deskui: live list ended", "error", err)
			}
			return
		}
		if !l.wait(updates, beat.C) {
			return
		}
	}
}

// wait waits for news and tells false when the list must end.
func (l *liveList) wait(updates <-chan struct{}, beat <-chan time.Time) bool {
	for {
		select {
		case <-l.v.ctx().Done():
			return false
		case <-l.d.Closing:
			return false
		case <-updates:
			return l.still()
		case <-beat:
			if !l.still() || l.sendWatches() != nil {
				return false
			}
		}
	}
}

// still asks again whether the person may, and tells the browser if not.
func (l *liveList) still() bool {
	p, err := l.d.Staff.Still(l.v.ctx(), l.v.secret)
	if err == nil && p.May(newsroom.ReadWire) {
		return true
	}
	_ = l.send([]byte("event: end\ndata: \n\n"))
	return false
}

// look sends what has come or changed since the last look. The first look
// takes what the page already shows as shown.
func (l *liveList) look(first bool) error {
	c := l.d.chrome(l.v, "wire", "desk.wire.title")
	items, err := l.d.Wire.Items(l.v.ctx(), l.d.ask(l.filter, c.now))
	if err != nil {
		return err
	}
	rows, err := l.d.rows(l.v.ctx(), c, l.filter, items)
	if err != nil {
		return err
	}
	sent := false
	for i := len(rows) - 1; i >= 0; i-- { // oldest first, so that the newest ends up on top
		row := rows[i]
		row.New = true
		stamp := row.stamp()
		known := l.shown[row.Item.ID] == stamp || first && row.Moved.UnixMicro() <= l.since
		l.shown[row.Item.ID] = stamp
		if known {
			continue
		}
		if err := l.sendRow(row); err != nil {
			return err
		}
		sent = true
	}
	l.forget(rows)
	if sent {
		return l.pause()
	}
	return nil
}

// forget drops what has fallen off the list, so that memory is bounded.
func (l *liveList) forget(rows []wireRow) {
	kept := make(map[newsroom.ItemID]string, len(rows))
	for _, row := range rows {
		kept[row.Item.ID] = l.shown[row.Item.ID]
	}
	l.shown = kept
}

func (l *liveList) pause() error {
	select {
	case <-time.After(breath):
		return nil
	case <-l.v.ctx().Done():
		return l.v.ctx().Err()
	}
}

func (l *liveList) sendRow(row wireRow) error {
	html, err := l.d.templates.Render("wire.html", "row", row)
	if err != nil {
		return err
	}
	l.since = max(l.since, row.Moved.UnixMicro())
	return l.send([]byte(eventOf("row", l.since, html)))
}

// sendWatches sends the row of saved filters, which is a sign of life as well.
func (l *liveList) sendWatches() error {
	html, err := l.d.templates.Render("wire.html", "watches", l.d.watches(l.v, l.filter, l.d.Now()))
	if err != nil {
		return err
	}
	return l.send([]byte(eventOf("watches", 0, html)))
}

// send writes and flushes, within a time of its own.
func (l *liveList) send(message []byte) error {
	// Not every writer knows deadlines; one that does not is bounded by its server.
	_ = l.out.SetWriteDeadline(l.d.Now().Add(writeLimit))
	if _, err := l.v.w.Write(message); err != nil {
		return err
	}
	return l.out.Flush()
}
