package deskui

import (
	"net/http"
	"net/url"
	"strconv"
	"time"

	"github.com/rotatif/newsroom"
	"github.com/rotatif/newsroom/internal/web"
	"github.com/rotatif/newsroom/internal/wire"
)

// watchNav is the row of saved filters above the list.
type watchNav struct {
	web.Frame
	Tabs  []watchTab
	Here  *watchTab // the one whose filter the list shows
	Query string    // the list's filter, to be saved; empty when there is none
	Desk  bool      // the person may keep filters for everybody
}

// watchTab is a saved filter, and how much it finds that was not seen.
type watchTab struct {
	wire.Watch
	New     int
	Current bool
	Key     string // that opens it
}

// manyNew is how far unseen copy is counted.
const manyNew = 99

// unseenFor is how far back copy counts as unseen for who has never looked.
const unseenFor = 24 * time.Hour

// Many says whether there is more than is counted.
func (t watchTab) Many() bool { return t.New > manyNew }

// watchKeys are the keys that open the first of the filters; 1 to 3 are the screens.
const watchKeys = "456789"

// watches reads the row. What cannot be read must not take the list with it.
func (d *door) watches(v *visit, f wireFilter, now time.Time) watchNav {
	f.Before = 0
	nav := watchNav{Frame: web.Frame{Words: v.words}, Query: f.values().Encode(), Desk: v.person.May(newsroom.JudgeWire)}
	all, err := d.Watches.Watches(v.ctx(), v.person.ID)
	if err != nil && v.ctx().Err() == nil {
		d.Log.Error("deskui: saved filters", "error", err)
	}
	for i, w := range all {
		tab := watchTab{Watch: w, Current: w.Query == nav.Query}
		if i < len(watchKeys) {
			tab.Key = watchKeys[i : i+1]
		}
		if tab.New, err = d.unseen(v, w, now); err != nil && v.ctx().Err() == nil {
			d.Log.Error("deskui: unseen copy", "error", err)
		}
		nav.Tabs = append(nav.Tabs, tab)
	}
	for i := range nav.Tabs {
		if nav.Tabs[i].Current {
			nav.Here = &nav.Tabs[i]
		}
	}
	return nav
}

// unseen is how much a saved filter finds that the person has not seen.
func (d *door) unseen(v *visit, w wire.Watch, now time.Time) (int, error) {
	asked := d.asked(w, now)
	asked.From, asked.Limit = now.Add(-unseenFor), manyNew+1
	if !w.Seen.IsZero() {
		asked.From = w.Seen.Add(time.Microsecond)
	}
	return d.Watches.Count(v.ctx(), asked)
}

// asked is a saved filter as the store understands it, whatever was saved.
func (d *door) asked(w wire.Watch, now time.Time) wire.Filter {
	values, err := url.ParseQuery(w.Query)
	if err != nil {
		values = nil // it was written by this program; what is none finds all
	}
	return d.ask(wireFilterOf(values), now)
}

// keepWatch saves the list's filter under a name.
func (d *door) keepWatch(v *visit) error {
	values, err := url.ParseQuery(v.r.PostFormValue("query"))
	if err != nil {
		return &newsroom.Error{Kind: newsroom.Invalid, Key: "error.watch_query", Err: err}
	}
	f := wireFilterOf(values)
	f.Before = 0
	w := wire.Watch{Owner: v.person.ID, Name: v.typed("name"), Query: f.values().Encode(), Loud: v.typed("loud") != ""}
	if v.typed("desk") != "" {
		if !v.person.May(newsroom.JudgeWire) {
			return newsroom.Refuse(newsroom.Forbidden, "error.forbidden")
		}
		w.Owner = 0
	}
	id, err := d.Watches.SaveWatch(v.ctx(), w)
	if err == nil {
		err = d.Watches.SeeWatch(v.ctx(), v.person.ID, id, d.Now())
	}
	if err != nil {
		return err
	}
	return d.leave(v, "/wire"+f.Query(), note{Kind: "watch_kept"})
}

// changeWatch names a saved filter anew, moves it or forgets it.
func (d *door) changeWatch(v *visit) error {
	all, at, err := d.ownWatch(v)
	if err != nil {
		return err
	}
	w := all[at]
	switch v.typed("do") {
	case "save":
		w.Name, w.Loud = v.typed("name"), v.typed("loud") != ""
		_, err = d.Watches.SaveWatch(v.ctx(), w)
	case "earlier":
		err = d.reorder(v, all, at, at-1)
	case "later":
		err = d.reorder(v, all, at, at+1)
	case "drop":
		if err := d.Watches.DropWatch(v.ctx(), w.Owner, w.ID); err != nil {
			return err
		}
		return d.leave(v, "/wire", note{Kind: "watch_dropped"})
	default:
		err = newsroom.Refuse(newsroom.Invalid, "error.form_invalid")
	}
	if err != nil {
		return err
	}
	return d.leave(v, "/wire?"+w.Query, note{Kind: "watch_kept"})
}

// ownWatch finds the saved filter of the address that the person may change,
// among all of its owner.
func (d *door) ownWatch(v *visit) ([]wire.Watch, int, error) {
	id, err := strconv.ParseInt(v.r.PathValue("id"), 10, 64)
	if err != nil {
		return nil, 0, newsroom.Refuse(newsroom.NotFound, "error.not_found")
	}
	all, err := d.Watches.Watches(v.ctx(), v.person.ID)
	if err != nil {
		return nil, 0, err
	}
	owners, at := map[newsroom.PersonID][]wire.Watch{}, -1
	owner := newsroom.PersonID(0)
	for _, w := range all {
		if w.ID == wire.WatchID(id) {
			owner, at = w.Owner, len(owners[w.Owner])
		}
		owners[w.Owner] = append(owners[w.Owner], w)
	}
	if at < 0 {
		return nil, 0, newsroom.Refuse(newsroom.NotFound, "error.not_found")
	}
	if owner == 0 && !v.person.May(newsroom.JudgeWire) {
		return nil, 0, newsroom.Refuse(newsroom.Forbidden, "error.forbidden")
	}
	return owners[owner], at, nil
}

// reorder puts one saved filter in the place of another and writes the places anew.
func (d *door) reorder(v *visit, all []wire.Watch, from, to int) error {
	if to < 0 || to >= len(all) {
		return nil
	}
	all[from], all[to] = all[to], all[from]
	for i, w := range all {
		if w.Place = i + 1; i != from && i != to && all[i].Place == w.Place {
			continue
		}
		if _, err := d.Watches.SaveWatch(v.ctx(), w); err != nil {
			return err
		}
	}
	return nil
}

// seeWatch notes that the person has the list of a saved filter before them.
func (d *door) seeWatch(v *visit) error {
	id, err := strconv.ParseInt(v.r.PathValue("id"), 10, 64)
	if err != nil {
		return newsroom.Refuse(newsroom.NotFound, "error.not_found")
	}
	if err := d.Watches.SeeWatch(v.ctx(), v.person.ID, wire.WatchID(id), d.Now()); err != nil {
		return err
	}
	if v.r.Header.Get("Sec-Fetch-Mode") == "navigate" {
		return v.see("/wire")
	}
	v.w.WriteHeader(http.StatusNoContent)
	return nil
}

// loudFor is how long what a loud filter found is told, and loudMost how much of each.
const (
	loudFor  = flashFor
	loudMost = 3
)

// heard are the items that the person's loud filters have found of late and that
// nobody has taken or seen.
func (d *door) heard(v *visit, c chrome) []alarm {
	all, err := d.Watches.Watches(v.ctx(), v.person.ID)
	if err != nil && v.ctx().Err() == nil {
		d.Log.Error("deskui: saved filters", "error", err)
	}
	var found []alarm
	for _, w := range all {
		if !w.Loud {
			continue
		}
		asked := d.asked(w, c.now)
		asked.Free, asked.Limit, asked.From = true, loudMost, c.now.Add(-loudFor)
		if w.Seen.After(asked.From) {
			asked.From = w.Seen.Add(time.Microsecond)
		}
		items, err := d.Wire.Items(v.ctx(), asked)
		if err != nil && v.ctx().Err() == nil {
			d.Log.Error("deskui: what a saved filter found", "error", err)
		}
		for _, item := range items {
			found = append(found, alarm{Item: item, Why: w.Name, Headline: headlineOf(c, item)})
		}
	}
	return found
}

// Address is that of the list with the filter.
func (t watchTab) Address() string { return "/wire?" + t.Query }
