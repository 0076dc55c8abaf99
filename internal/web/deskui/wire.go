package deskui

import (
	"net/http"
	"net/url"
	"strconv"
	"time"

	"github.com/rotatif/newsroom"
	"github.com/rotatif/newsroom/internal/letters"
	"github.com/rotatif/newsroom/internal/wire"
)

// wireRows is how many rows a list shows.
const wireRows = 60

// wirePage is the list of dispatches and, when one is open, the dispatch and
// what surrounds it.
type wirePage struct {
	chrome
	Filter  wireFilter
	Rows    []wireRow
	Since   int64  // until when the list knows, in microseconds
	More    string // address of the older ones
	Open    *dispatchView
	Badly   int // how many deliveries could not be read, of the newest
	Choices []Agency
	Watches watchNav
}

// Urgencies are the choices of how pressing copy must be.
func (wirePage) Urgencies() []int { return []int{1, 2, 3, 4, 5} }

// Kinds are the kinds of copy to choose from.
func (wirePage) Kinds() []string {
	return []string{string(newsroom.KindText), string(newsroom.KindPicture), string(newsroom.KindGraphic), string(newsroom.KindVideo), string(newsroom.KindAudio)}
}

// wireFilter is the part of the address that chooses rows.
type wireFilter struct {
	Agency, State, Language, Text, Section, Place, Kind string
	From, Until                                         string // days, 2006-01-02
	Urgency                                             int
	Flash, Free, Each                                   bool // Each: copy about one event stands in rows of its own
	Before                                              newsroom.ItemID
	At                                                  int64 // when Before was last delivered, in microseconds, as the page knew it; 0: not said
}

func wireFilterOf(q url.Values) wireFilter {
	f := wireFilter{
		Agency: oneLine(q.Get("agency")), Language: oneLine(q.Get("language")), Text: oneLine(q.Get("q")), Section: oneLine(q.Get("section")),
		Place: oneLine(q.Get("place")), Flash: q.Get("flash") != "", Free: q.Get("free") != "", Each: q.Get("each") != "", From: day(q.Get("from")), Until: day(q.Get("until")),
	}
	switch state := newsroom.ItemState(q.Get("state")); state {
	case newsroom.ItemKilled, newsroom.ItemAnnounced, newsroom.ItemNotice, newsroom.ItemWithheld, newsroom.ItemEmbargoed,
		newsroom.ItemBarred, newsroom.ItemUsable:
		f.State = string(state)
	}
	if kind := newsroom.ItemKind(q.Get("kind")); kind == newsroom.KindText || kindWord(kind) != "unknown" {
		f.Kind = string(kind)
	}
	if n, err := strconv.Atoi(q.Get("urgency")); err == nil && n >= 1 && n <= 9 {
		f.Urgency = n
	}
	if id, err := newsroom.ParseItemID(q.Get("before")); err == nil {
		f.Before = id
		if at, err := strconv.ParseInt(q.Get("at"), 10, 64); err == nil && at > 0 {
			f.At = at
		}
	}
	return f
}

// day is a day as date fields write it, or nothing.
func day(s string) string {
	if _, err := time.Parse(time.DateOnly, s); err != nil {
		return ""
	}
	return s
}

// Query is the filter as it stands in an address, with its question mark.
func (f wireFilter) Query() string {
	q := f.values()
	if len(q) == 0 {
		return ""
	}
	return "?" + q.Encode()
}

func (f wireFilter) values() url.Values {
	q := url.Values{}
	for name, value := range map[string]string{
		"agency": f.Agency, "state": f.State, "language": f.Language, "q": f.Text, "section": f.Section, "place": f.Place, "kind": f.Kind, "from": f.From, "until": f.Until,
	} {
		if value != "" {
			q.Set(name, value)
		}
	}
	for name, yes := range map[string]bool{"flash": f.Flash, "free": f.Free, "each": f.Each} {
		if yes {
			q.Set(name, "1")
		}
	}
	if f.Urgency > 0 {
		q.Set("urgency", strconv.Itoa(f.Urgency))
	}
	if f.Before != 0 {
		q.Set("before", f.Before.String())
		if f.At != 0 {
			q.Set("at", strconv.FormatInt(f.At, 10))
		}
	}
	return q
}

// Frozen says whether the list ends at a day, so that nothing new can come.
func (f wireFilter) Frozen() bool { return f.Until != "" }

// More says whether one of the filters is set that are not in the first row.
func (f wireFilter) More() bool {
	return f.Section != "" || f.Place != "" || f.Kind != "" || f.Urgency > 0 || f.Flash || f.Free || f.Each || f.From != "" || f.Until != ""
}

// Any says whether anything is left out of the list.
func (f wireFilter) Any() bool { return len(f.values()) > 0 }

// ask is the filter as the store understands it.
func (d *door) ask(f wireFilter, now time.Time) wire.Filter {
	asked := wire.Filter{
		Provider: f.Agency, Language: f.Language, State: newsroom.ItemState(f.State), At: now, Place: f.Place, Kind: newsroom.ItemKind(f.Kind),
		Urgency: f.Urgency, Flash: f.Flash, Free: f.Free, Text: f.Text, Before: f.Before, Limit: wireRows,
	}
	for _, s := range d.Sections {
		if s.Slug == f.Section {
			asked.Subjects = append([]string{s.Slug}, s.Subjects...)
		}
	}
	if from, err := time.ParseInLocation(time.DateOnly, f.From, d.Zone); err == nil {
		asked.From = from
	}
	if until, err := time.ParseInLocation(time.DateOnly, f.Until, d.Zone); err == nil {
		asked.Until = until.AddDate(0, 0, 1).Add(-time.Microsecond)
	}
	// What the page goes on from may be at the top by now, or let go: its time is not.
	if at := time.UnixMicro(f.At); f.Before != 0 && f.At != 0 && (asked.Until.IsZero() || at.Before(asked.Until)) {
		asked.Until = at
	}
	return asked
}

// wireRow is one line of the list.
type wireRow struct {
	chrome
	Item   newsroom.WireItem
	Filter wireFilter
	Open   bool      // it stands in the reading pane
	New    bool      // it has come while the list was open
	Others []wireRow // other copy about the event, the best first
	Ours   wire.Ours
	Moved  time.Time // when any of what the row shows was last delivered
}

// mark is a word about an item or a story, and the shape beside it.
type mark struct{ Shape, Word string }

// Marks are what must be known of the item before it is read.
func (r wireRow) Marks() []mark {
	marks := itemMarks(r.chrome, r.Item)
	if r.fell() {
		marks = append([]mark{{"alarm", r.T("desk.mark.sibling_killed")}}, marks...)
	}
	return marks
}

func itemMarks(c chrome, w newsroom.WireItem) []mark {
	marks := []mark{}
	add := func(yes bool, shape, word string) {
		if yes {
			marks = append(marks, mark{shape, word})
		}
	}
	state := w.State(c.now)
	add(state == newsroom.ItemKilled, "killed", c.T("desk.mark.killed"))
	add(w.Reissued, "alarm", c.T("desk.mark.reissued"))
	add(state == newsroom.ItemAnnounced, "alarm", c.T("desk.mark.announced"))
	add(state == newsroom.ItemNotice, "alarm", c.T("desk.mark.notice"))
	add(state == newsroom.ItemWithheld, "withheld", c.T("desk.mark.withheld"))
	add(state == newsroom.ItemBarred, "withheld", c.T("desk.mark.barred"))
	add(state == newsroom.ItemEmbargoed, "embargo", embargoWord(c, w.Embargo))
	add(w.Text.Flash, "flash", c.T("desk.mark.flash"))
	add(w.Text.Correction, "correction", c.T("desk.mark.correction"))
	add(w.Revisions > 1 && !w.Text.Correction && !w.Killed, "revised", c.T("desk.mark.revised", "n", w.Revisions))
	add(w.Text.Kind != newsroom.KindText && w.Text.Kind != "", "kind", c.T("desk.kind."+kindWord(w.Text.Kind)))
	add(w.Taken != 0, "taken", c.T("desk.mark.taken"))
	return marks
}

func kindWord(k newsroom.ItemKind) string {
	switch k {
	case newsroom.KindPicture, newsroom.KindGraphic, newsroom.KindVideo, newsroom.KindAudio, newsroom.KindPackage,
		newsroom.KindEvent, newsroom.KindPlanning, newsroom.KindConcept:
		return string(k)
	default:
		return "unknown"
	}
}

func embargoWord(c chrome, e newsroom.Embargo) string {
	if e.State == newsroom.EmbargoUntil {
		return c.T("desk.mark.embargo_until", "until", letters.Short(c.Lang(), e.Until.In(c.zone), c.now)+untilClock(c, e.Until))
	}
	return c.T("desk.mark.embargo_unknown")
}

// untilClock adds the clock when Short has given only the date.
func untilClock(c chrome, t time.Time) string {
	if t = t.In(c.zone); t.Format(time.DateOnly) != c.now.Format(time.DateOnly) {
		return t.Format(" 15:04")
	}
	return ""
}

// Headline is the line to show; some dispatches have none.
func (r wireRow) Headline() string { return headlineOf(r.chrome, r.Item) }

func headlineOf(c chrome, w newsroom.WireItem) string {
	if w.Text.Headline != "" {
		return w.Text.Headline
	}
	if lines := w.Text.Body.Lines(); len(lines) > 0 {
		return letters.Cut(lines[0], 120)
	}
	return c.T("desk.wire.untitled")
}

// wire shows the list and, under an item's own address, that item beside it.
func (d *door) wire(v *visit) error {
	page := wirePage{chrome: d.chrome(v, "wire", "desk.wire.title"), Filter: wireFilterOf(v.r.URL.Query())}
	var open newsroom.ItemID
	if id := v.r.PathValue("id"); id != "" {
		item, err := d.item(v, id)
		if err != nil {
			return err
		}
		open = item.ID
		if page.Open, err = d.dispatch(v, page.chrome, item); err != nil {
			return err
		}
		page.Title = headlineOf(page.chrome, item)
	}
	items, err := d.Wire.Items(v.ctx(), d.ask(page.Filter, page.now))
	if err != nil {
		return err
	}
	for _, item := range items {
		page.Since = max(page.Since, item.Last.UnixMicro())
	}
	if page.Rows, err = d.rows(v.ctx(), page.chrome, page.Filter, items); err != nil {
		return err
	}
	for i := range page.Rows {
		page.Rows[i].open(open)
	}
	if len(items) == wireRows {
		older := page.Filter
		last := items[len(items)-1]
		older.Before, older.At = last.ID, last.Last.UnixMicro()
		page.More = "/wire" + older.Query()
	}
	page.Choices = agencyChoices(page)
	page.Watches = d.watches(v, page.Filter, page.now)
	if page.Badly, err = d.badly(v); err != nil {
		return err
	}
	d.pickUp(v, &page.chrome)
	return d.show(v, http.StatusOK, "wire.html", page)
}

// agencyChoices are the known agencies and those on the list.
func agencyChoices(p wirePage) []Agency {
	choices, seen := append([]Agency{}, p.agencies...), map[string]bool{"": true}
	for _, a := range choices {
		seen[a.Code] = true
	}
	codes := []string{p.Filter.Agency}
	for _, row := range p.Rows {
		codes = append(codes, row.Item.Key.Provider)
	}
	for _, code := range codes {
		if !seen[code] {
			seen[code] = true
			choices = append(choices, Agency{Code: code, Name: p.AgencyName(code)})
		}
	}
	return choices
}

func (d *door) badly(v *visit) (int, error) {
	outcome := wire.Quarantined
	bad, err := d.Wire.Receipts(v.ctx(), wire.ReceiptFilter{Outcome: &outcome, Limit: quarantineRows})
	return len(bad), err
}

func (d *door) item(v *visit, id string) (newsroom.WireItem, error) {
	n, err := newsroom.ParseItemID(id)
	if err != nil {
		return newsroom.WireItem{}, err
	}
	items, err := d.Wire.Items(v.ctx(), wire.Filter{ID: n, At: d.Now(), Limit: 1})
	if err == nil && len(items) == 0 {
		err = newsroom.Refuse(newsroom.NotFound, "error.not_found")
	}
	if err != nil {
		return newsroom.WireItem{}, err
	}
	return items[0], nil
}

// take makes a story of the dispatch, or opens the story that there is.
func (d *door) take(v *visit) error {
	item, err := d.item(v, v.r.PathValue("id"))
	if err != nil {
		return err
	}
	if !takeable(item) {
		return newsroom.Refuse(newsroom.Invalid, "desk.refusal.kind")
	}
	done, err := d.Desk.Take(v.ctx(), v.person, item)
	if err != nil {
		return err
	}
	at := "/stories/" + done.Story.ID.String()
	if done.Seq == 0 && done.Story.Owner == v.person.ID {
		return v.see(at)
	}
	if done.Seq == 0 {
		return d.leave(v, at, note{Kind: "had"})
	}
	return d.leave(v, at, note{Kind: "taken"})
}

// takeable says whether the item is of a kind that stories are made of.
func takeable(w newsroom.WireItem) bool {
	return w.Text.Kind == newsroom.KindText || w.Text.Kind == newsroom.KindPicture
}

// stamp is the row's state as the live list compares it.
func (r wireRow) stamp() string {
	words := strconv.FormatInt(r.Item.Last.UnixMicro(), 10) + r.Item.Taken.String()
	for _, m := range r.Marks() {
		words += "/" + m.Word
	}
	for _, o := range r.Others {
		words += "+" + o.Item.ID.String() + o.stamp()
	}
	return words + string(r.Ours)
}
