package deskui

import (
	"context"
	"net/url"
	"path"
	"slices"
	"strings"

	"github.com/rotatif/newsroom"
	"github.com/rotatif/newsroom/internal/wire"
	"github.com/rotatif/newsroom/internal/wire/same"
)

// rows makes the list's rows of items. Copy about one event stands in one row,
// at the place of what came last, with the version on top that a desk would
// take; what was asked for stands before what stands beside it.
func (d *door) rows(ctx context.Context, c chrome, f wireFilter, items []newsroom.WireItem) ([]wireRow, error) {
	events, err := d.events(ctx, f, items)
	if err != nil {
		return nil, err
	}
	rows, seen := []wireRow{}, map[newsroom.ItemID]bool{}
	for _, item := range items {
		event, is := events[item.Event]
		if !is {
			rows = append(rows, wireRow{chrome: c, Item: item, Filter: f, Ours: wire.Event{}.Ours(item), Moved: item.Last})
			continue
		}
		above := f.Before != 0 && !f.narrow() && event.Items[0].ID != item.ID // on a newer page
		if !seen[item.Event] && !above {
			seen[item.Event] = true
			rows = append(rows, eventRow(c, f, event, items, item))
		}
	}
	return rows, nil
}

// events are the events of items, by their ids; none when every item is to
// stand by itself.
func (d *door) events(ctx context.Context, f wireFilter, items []newsroom.WireItem) (map[newsroom.ItemID]wire.Event, error) {
	ids := []newsroom.ItemID{}
	for _, item := range items {
		if item.Event != 0 && !f.Each && !slices.Contains(ids, item.Event) {
			ids = append(ids, item.Event)
		}
	}
	found, err := d.Ties.Events(ctx, ids)
	events := map[newsroom.ItemID]wire.Event{}
	for _, e := range found {
		events[e.ID] = e
	}
	return events, err
}

// eventRow is the row of an event, of which newest was delivered last.
func eventRow(c chrome, f wireFilter, e wire.Event, asked []newsroom.WireItem, newest newsroom.WireItem) wireRow {
	all := slices.Clone(e.Items)
	wire.Order(all, c.agencyCodes(), c.Lang(), c.now)
	if f.narrow() { // what the filter finds comes first
		found, rest := []newsroom.WireItem{}, []newsroom.WireItem{}
		for _, w := range all {
			if slices.ContainsFunc(asked, func(a newsroom.WireItem) bool { return a.ID == w.ID }) {
				found = append(found, w)
			} else {
				rest = append(rest, w)
			}
		}
		all = append(found, rest...)
	}
	row := wireRow{chrome: c, Item: all[0], Filter: f, Ours: e.Ours(all[0]), Moved: newest.Last}
	for _, w := range all[1:] {
		row.Others = append(row.Others, wireRow{chrome: c, Item: w, Filter: f, Moved: w.Last})
	}
	return row
}

// narrow says whether the filter leaves anything out, but for what is on newer pages.
func (f wireFilter) narrow() bool {
	f.Before = 0
	return f.Any()
}

// agencyCodes are the codes of the known agencies, in the house's order.
func (c chrome) agencyCodes() []string {
	codes := []string{}
	for _, a := range c.agencies {
		codes = append(codes, a.Code)
	}
	return codes
}

// Agencies are the names of the agencies of the row, each once.
func (r wireRow) Agencies() string {
	names := []string{r.AgencyName(r.Item.Key.Provider)}
	for _, o := range r.Others {
		if name := r.AgencyName(o.Item.Key.Provider); !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return strings.Join(names, ", ")
}

// open marks the item that stands in the reading pane, in the row or beside it.
func (r *wireRow) open(id newsroom.ItemID) {
	r.Open = r.Item.ID == id
	for i := range r.Others {
		r.Others[i].open(id)
	}
}

// Unfolded says whether the open item is one of those beside.
func (r wireRow) Unfolded() bool {
	return slices.ContainsFunc(r.Others, func(o wireRow) bool { return o.Open })
}

// fell says whether other copy of the row was killed, or is said to be.
func (r wireRow) fell() bool {
	return slices.ContainsFunc(r.Others, func(o wireRow) bool {
		state := o.Item.State(r.now)
		return state == newsroom.ItemKilled || state == newsroom.ItemAnnounced
	})
}

// sibling is other copy about the event of a dispatch, and how that is known.
type sibling struct {
	wireRow
	Relation string
}

// siblings fills in what else there is about the event, the best first.
func (d *door) siblings(ctx context.Context, view *dispatchView) error {
	events, err := d.events(ctx, wireFilter{}, []newsroom.WireItem{view.Item})
	if err != nil {
		return err
	}
	event := events[view.Item.Event]
	view.Ours = event.Ours(view.Item)
	others := event.Beside(view.Item.ID)
	wire.Order(others, view.agencyCodes(), view.Lang(), view.now)
	for _, o := range others {
		row := wireRow{chrome: view.chrome, Item: o, Moved: o.Last}
		view.Siblings = append(view.Siblings, sibling{row, view.T("desk.event.relation." + relationWord(event.Between(view.Item.ID, o.ID)))})
	}
	return nil
}

func relationWord(r same.Relation) string {
	switch r {
	case same.Text, same.Derived, same.Event, wire.Joined:
		return string(r)
	default:
		return "third"
	}
}

// part says that the item tells of another event.
func (d *door) part(v *visit) error {
	item, err := d.item(v, v.r.PathValue("id"))
	if err == nil {
		err = d.Taster.Part(v.ctx(), v.person, item)
	}
	if err != nil {
		return err
	}
	return d.leave(v, "/wire/"+item.ID.String(), note{Kind: "parted"})
}

// join puts the item beside another, of which the address is given.
func (d *door) join(v *visit) error {
	item, err := d.item(v, v.r.PathValue("id"))
	if err != nil {
		return err
	}
	other, err := d.addressed(v, v.typed("other"))
	if err == nil {
		err = d.Taster.Join(v.ctx(), v.person, item, other)
	}
	if err != nil {
		return err
	}
	return d.leave(v, "/wire/"+item.ID.String(), note{Kind: "joined"})
}

// addressed is the item of an address as people copy it, or of a bare number.
func (d *door) addressed(v *visit, address string) (newsroom.WireItem, error) {
	wrong := newsroom.Refuse(newsroom.Invalid, "error.join_address")
	at, err := url.Parse(strings.TrimSpace(address))
	if err != nil {
		return newsroom.WireItem{}, wrong
	}
	item, err := d.item(v, path.Base(at.Path))
	if kind := newsroom.KindOf(err); kind == newsroom.NotFound || kind == newsroom.Invalid {
		return item, wrong
	}
	return item, err
}
