package storetest

import (
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/rotatif/newsroom"
	"github.com/rotatif/newsroom/internal/store"
	"github.com/rotatif/newsroom/internal/wire"
	"github.com/rotatif/newsroom/internal/wire/same"
)

func tieTests() []test[*store.Newsroom] {
	return []test[*store.Newsroom]{
		{"copy is found by the keys it shares", alike},
		{"ties make events, and their end parts them", tied},
		{"a person's word about two items stands", ruled},
	}
}

// items settles as many items and gives their ids.
func items(t *testing.T, n *store.Newsroom, names ...string) []newsroom.ItemID {
	t.Helper()
	ids := []newsroom.ItemID{}
	for i, name := range names {
		settle(t, n, "item "+name, i+1, dispatch(name, "Haber "+name))
		found, err := n.Items(t.Context(), wire.Filter{Key: newsroom.ItemKey{Provider: "ak", ID: name}})
		must(t, err)
		ids = append(ids, found[0].ID)
	}
	return ids
}

func idsOf(all []newsroom.WireItem) []newsroom.ItemID {
	ids := []newsroom.ItemID{}
	for _, w := range all {
		ids = append(ids, w.ID)
	}
	return ids
}

func alike(t *testing.T, open func() *store.Newsroom) {
	n := open()
	id := items(t, n, "a", "b", "c", "d")
	tie := func(i int, minute int, keys ...int64) {
		_, err := n.Tie(t.Context(), wire.Trace{Item: id[i], Keys: keys, At: at(minute)})
		must(t, err)
	}
	many := []int64{}
	for i := range int64(wire.MaxKeys) {
		many = append(many, i-9)
	}
	tie(0, 1, many...)
	tie(1, 2, -9, 5)
	tie(2, 3, 5)
	tie(3, 90, 5, -9)
	look := func(keys ...int64) []newsroom.ItemID {
		found, err := open().Alike(t.Context(), wire.Trace{Item: id[2], Keys: keys, At: at(3)}, time.Hour)
		must(t, err)
		return idsOf(found)
	}
	if have := look(5, -9, 6, 7); !slices.Equal(have, []newsroom.ItemID{id[0], id[1]}) {
		t.Errorf("most shared first, near, not itself: %v of %v", have, id)
	}
	if have := look(1 << 60); len(have) != 0 {
		t.Errorf("%v share nothing", have)
	}
	if have := look(); len(have) != 0 {
		t.Errorf("%v found by nothing", have)
	}
	tie(1, 4, 77)
	if have := look(5); !slices.Equal(have, []newsroom.ItemID{id[0]}) {
		t.Errorf("old keys stand: %v", have)
	}
	tie(3, 8*24*60, 5)
	if have := look(6, 7); len(have) != 0 {
		t.Errorf("keys of a week ago are kept: %v", have)
	}
}

func eventsOf(t *testing.T, n *store.Newsroom, id []newsroom.ItemID) []newsroom.ItemID {
	t.Helper()
	events := []newsroom.ItemID{}
	for _, i := range id {
		found, err := n.Items(t.Context(), wire.Filter{ID: i})
		must(t, err)
		events = append(events, found[0].Event)
	}
	return events
}

func tied(t *testing.T, open func() *store.Newsroom) {
	n := open()
	id := items(t, n, "a", "b", "c", "d")
	tie := func(i int, others ...int) bool {
		trace := wire.Trace{Item: id[i], At: at(1)}
		for _, o := range others {
			trace.Ties = append(trace.Ties, wire.NewTie(id[i], id[o], same.Event, newsroom.House))
		}
		moved, err := n.Tie(t.Context(), trace)
		must(t, err)
		return moved
	}
	want := func(events ...newsroom.ItemID) {
		t.Helper()
		if have := eventsOf(t, open(), id); !slices.Equal(have, events) {
			t.Errorf("events %v, want %v", have, events)
		}
	}
	if !tie(2, 1) || tie(2, 1) || tie(3) {
		t.Error("moved is not what it says")
	}
	want(0, id[1], id[1], 0)
	tie(0, 1)
	want(id[0], id[0], id[0], 0)
	found, err := open().Events(t.Context(), []newsroom.ItemID{id[0], 999})
	must(t, err)
	if len(found) != 1 || !slices.Equal(idsOf(found[0].Items), []newsroom.ItemID{id[2], id[1], id[0]}) || found[0].Between(id[2], id[1]) != same.Event || found[0].Between(id[0], id[2]) != same.Other {
		t.Errorf("%+v", found)
	}
	tie(1, 3) // its text tells of something else now
	want(0, id[1], 0, id[1])
	if none, err := n.Events(t.Context(), nil); err != nil || len(none) != 0 {
		t.Errorf("%v, %v", none, err)
	}
}

func ruled(t *testing.T, open func() *store.Newsroom) {
	n := open()
	id := items(t, n, "a", "b", "c")
	fact := newsroom.Fact{Kind: newsroom.ItemWasParted, At: at(3), By: 7, Item: id[0]}
	must(t, n.Rule(t.Context(), []wire.Tie{wire.NewTie(id[1], id[0], wire.Parted, 7), wire.NewTie(id[2], id[0], wire.Joined, 7)}, []newsroom.Fact{fact}))
	_, err := n.Tie(t.Context(), wire.Trace{Item: id[0], At: at(4), Ties: []wire.Tie{wire.NewTie(id[0], id[1], same.Text, newsroom.House)}})
	must(t, err)
	_, err = n.Tie(t.Context(), wire.Trace{Item: id[2], At: at(4), Ties: []wire.Tie{wire.NewTie(id[2], id[1], same.Text, newsroom.House)}})
	must(t, err)
	if have := eventsOf(t, open(), id); !slices.Equal(have, []newsroom.ItemID{id[0], 0, id[0]}) {
		t.Errorf("events %v of %v", have, id)
	}
	facts, err := n.Facts(t.Context(), 0, 100)
	must(t, err)
	last := facts[len(facts)-1]
	last.Seq = 0
	if diff := cmp.Diff(fact, last); diff != "" {
		t.Error(diff)
	}
	must(t, n.Rule(t.Context(), []wire.Tie{wire.NewTie(id[1], id[0], wire.Joined, 8)}, nil))
	if have := eventsOf(t, open(), id); !slices.Equal(have, []newsroom.ItemID{id[0], id[0], id[0]}) {
		t.Errorf("changed their mind: %v", have)
	}
}
