package wire_test

import (
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/rotatif/newsroom"
	"github.com/rotatif/newsroom/internal/wire"
	"github.com/rotatif/newsroom/internal/wire/same"
)

type grouped = map[newsroom.ItemID]newsroom.ItemID

func TestGroup(t *testing.T) {
	t.Parallel()
	tie := func(a, b newsroom.ItemID, r same.Relation) wire.Tie { return wire.NewTie(a, b, r, newsroom.House) }
	many := []newsroom.ItemID{}
	chain := []wire.Tie{}
	for i := range newsroom.ItemID(70) {
		many = append(many, i+1)
		chain = append(chain, tie(i+1, i+2, same.Event))
	}
	for name, c := range map[string]struct {
		items []newsroom.ItemID
		ties  []wire.Tie
		want  grouped
	}{
		"nothing":              {nil, nil, grouped{}},
		"alone":                {[]newsroom.ItemID{7}, nil, grouped{7: 0}},
		"two":                  {[]newsroom.ItemID{7, 9}, []wire.Tie{tie(9, 7, same.Event)}, grouped{7: 7, 9: 7}},
		"by way of a third":    {[]newsroom.ItemID{1, 2, 3}, []wire.Tie{tie(1, 2, same.Text), tie(2, 3, same.Event)}, grouped{1: 1, 2: 1, 3: 1}},
		"parted":               {[]newsroom.ItemID{1, 2}, []wire.Tie{tie(1, 2, wire.Parted)}, grouped{1: 0, 2: 0}},
		"parted, with a third": {[]newsroom.ItemID{1, 2, 3}, []wire.Tie{tie(1, 2, wire.Parted), tie(1, 3, same.Event), tie(2, 3, same.Text)}, grouped{1: 0, 2: 2, 3: 2}},
		"joined by a person":   {[]newsroom.ItemID{1, 2, 3}, []wire.Tie{tie(1, 2, wire.Parted), tie(1, 3, wire.Joined), tie(2, 3, same.Text)}, grouped{1: 1, 2: 0, 3: 1}},
		"two events":           {[]newsroom.ItemID{1, 2, 3, 4}, []wire.Tie{tie(1, 3, same.Derived), tie(2, 4, same.Event)}, grouped{1: 1, 3: 1, 2: 2, 4: 2}},
		"a stranger's tie":     {[]newsroom.ItemID{1, 2}, []wire.Tie{tie(1, 99, same.Text)}, grouped{1: 0, 2: 0}},
	} {
		for round := range 5 {
			r := rand.New(rand.NewPCG(uint64(round), 7))
			r.Shuffle(len(c.ties), func(i, j int) { c.ties[i], c.ties[j] = c.ties[j], c.ties[i] })
			if diff := cmp.Diff(c.want, wire.Group(c.items, c.ties)); diff != "" {
				t.Errorf("%s, round %d: %s", name, round, diff)
			}
		}
	}
	size := map[newsroom.ItemID]int{}
	for _, event := range wire.Group(many, chain) {
		size[event]++
	}
	for event, n := range size {
		if n > 60 {
			t.Errorf("event %d has %d items", event, n)
		}
	}
	for i := range chain { // a kill of one must reach every copy of its text
		chain[i].Relation = same.Text
	}
	for id, event := range wire.Group(many, chain) {
		if event != 1 {
			t.Errorf("copy %d of one text stands in event %d", id, event)
		}
	}
}

// The first question of a desk: do we have it?
func TestOurs(t *testing.T) {
	t.Parallel()
	item := func(id newsroom.ItemID, taken newsroom.StoryID) newsroom.WireItem {
		return newsroom.WireItem{ID: id, Taken: taken}
	}
	event := func(r same.Relation, taken newsroom.StoryID) wire.Event {
		return wire.Event{Items: []newsroom.WireItem{item(1, 0), item(2, taken)}, Ties: []wire.Tie{wire.NewTie(2, 1, r, 0)}}
	}
	for _, c := range []struct {
		event wire.Event
		item  newsroom.WireItem
		want  wire.Ours
	}{
		{wire.Event{}, item(1, 0), wire.OursLacks}, {wire.Event{}, item(1, 5), wire.OursHas},
		{event(same.Text, 5), item(1, 0), wire.OursHas}, {event(same.Derived, 5), item(1, 0), wire.OursDerived},
		{event(same.Event, 5), item(1, 0), wire.OursDerived}, {event(wire.Joined, 5), item(1, 0), wire.OursDerived},
		{event(same.Text, 0), item(1, 0), wire.OursLacks},
	} {
		if have := c.event.Ours(c.item); have != c.want {
			t.Errorf("%+v: %s, want %s", c.event.Ties, have, c.want)
		}
	}
}

func TestOrderOfVersions(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 3, 4, 10, 0, 0, 0, time.UTC)
	item := func(id newsroom.ItemID, provider, language string, change func(*newsroom.WireItem)) newsroom.WireItem {
		w := newsroom.WireItem{ID: id, Key: newsroom.ItemKey{Provider: provider}, Last: now.Add(time.Duration(id) * time.Minute),
			Text: newsroom.Dispatch{Kind: newsroom.KindText, Language: language, Body: make(newsroom.Body, 5)}}
		if change != nil {
			change(&w)
		}
		return w
	}
	items := []newsroom.WireItem{
		item(6, "ka", "tr", func(w *newsroom.WireItem) { w.Killed = true }),
		item(5, "ka", "tr", func(w *newsroom.WireItem) { w.Text.Kind = newsroom.KindPicture }),
		item(4, "ka", "tr", func(w *newsroom.WireItem) { w.Text.Flash, w.Text.Body = true, nil }),
		item(3, "ka", "en", nil), item(7, "xx", "tr", nil), item(1, "ba", "tr", nil), item(2, "ba", "tr", nil), item(8, "ka", "tr", nil),
	}
	want := []newsroom.ItemID{8, 2, 1, 7, 3, 4, 5, 6}
	for round := range 6 {
		r := rand.New(rand.NewPCG(uint64(round), 1))
		r.Shuffle(len(items), func(i, j int) { items[i], items[j] = items[j], items[i] })
		wire.Order(items, []string{"ka", "ba"}, "tr", now)
		have := []newsroom.ItemID{}
		for _, w := range items {
			have = append(have, w.ID)
		}
		if !slices.Equal(have, want) {
			t.Fatalf("%v, want %v", have, want)
		}
	}
}
