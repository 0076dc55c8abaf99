package wire

import (
	"cmp"
	"context"
	"slices"
	"time"

	"github.com/rotatif/newsroom"
	"github.com/rotatif/newsroom/internal/wire/same"
)

// What people say of two items; it stands against whatever their texts say.
const (
	Joined same.Relation = "joined" // they tell of one event
	Parted same.Relation = "parted" // they do not
)

// Tie is what two items are to each other. A is the one with the lower number.
type Tie struct {
	A, B     newsroom.ItemID
	Relation same.Relation
	By       newsroom.PersonID // House: found in the texts
}

// NewTie ties two items in whatever order.
func NewTie(a, b newsroom.ItemID, relation same.Relation, by newsroom.PersonID) Tie {
	return Tie{min(a, b), max(a, b), relation, by}
}

// strength orders ties: a person's word first, then the closest.
func (t Tie) strength() int {
	return slices.Index([]same.Relation{same.Event, same.Derived, same.Text, Joined}, t.Relation)
}

// Trace is what an item is found by, and the ties that were found in its text.
type Trace struct {
	Item newsroom.ItemID
	Keys []int64 // at most MaxKeys; see [same.Print.Keys]
	At   time.Time
	Ties []Tie
}

// The bounds of events.
const (
	MaxKeys  = 48 // of an item
	maxEvent = 60 // items of an event; one that grew further, of texts that differ, would be a mistake of ours
)

// Ties keeps which copy tells of the same event. All methods may be called concurrently.
type Ties interface {
	// Alike gives the items delivered last within a span around a time that share
	// keys, those that share most first, at most 50, without the item itself.
	Alike(ctx context.Context, t Trace, span time.Duration) ([]newsroom.WireItem, error)

	// Tie keeps an item's keys and ties in place of those found before, forgets
	// keys older than a week, and says whether any item now stands in another event.
	Tie(ctx context.Context, t Trace) (moved bool, err error)

	// Rule keeps what a person says of pairs of items, and the facts of it.
	Rule(ctx context.Context, ties []Tie, facts []newsroom.Fact) error

	// Events gives events with all their items, last delivered first, and the
	// ties between them. At most 60 events are looked up at once.
	Events(ctx context.Context, ids []newsroom.ItemID) ([]Event, error)
}

// Event is copy of several items about one event.
type Event struct {
	ID    newsroom.ItemID
	Items []newsroom.WireItem
	Ties  []Tie
}

// Beside are the other items of the event.
func (e Event) Beside(id newsroom.ItemID) []newsroom.WireItem {
	others := []newsroom.WireItem{}
	for _, w := range e.Items {
		if w.ID != id {
			others = append(others, w)
		}
	}
	return others
}

// Between is what the texts of two items are to each other, as far as they were
// held against each other.
func (e Event) Between(a, b newsroom.ItemID) same.Relation {
	for _, t := range e.Ties {
		if t.A == min(a, b) && t.B == max(a, b) {
			return t.Relation
		}
	}
	return same.Other
}

// Ours is what the house has of an item's story.
type Ours string

// The answers to the first question of a desk.
const (
	OursHas     Ours = "have"    // a story was made of this text
	OursDerived Ours = "derived" // a story was made of other copy about the event
	OursLacks   Ours = "new"
)

// Ours says what the house has of an item's story.
func (e Event) Ours(w newsroom.WireItem) Ours {
	ours := OursLacks
	if w.Taken != 0 {
		return OursHas
	}
	for _, o := range e.Beside(w.ID) {
		switch {
		case o.Taken == 0:
		case e.Between(w.ID, o.ID) == same.Text:
			return OursHas
		default:
			ours = OursDerived
		}
	}
	return ours
}

// Order puts the version first that a desk would take: what may be used before
// what may not, a text before an alert or a picture, the language asked for,
// the house's order of agencies, the newest.
func Order(items []newsroom.WireItem, agencies []string, language string, at time.Time) {
	rank := func(w newsroom.WireItem) []int {
		place := slices.Index(agencies, w.Key.Provider)
		if place < 0 {
			place = len(agencies)
		}
		return []int{
			flag(w.State(at) != newsroom.ItemUsable), flag(w.Text.Kind != newsroom.KindText), flag(w.Text.Flash && len(w.Text.Body) < 3),
			flag(w.Text.Language != "" && w.Text.Language != language), place,
		}
	}
	slices.SortFunc(items, func(a, b newsroom.WireItem) int {
		return cmp.Or(slices.Compare(rank(a), rank(b)), b.Last.Compare(a.Last), cmp.Compare(b.ID, a.ID))
	})
}

func flag(yes bool) int {
	if yes {
		return 1
	}
	return 0
}

// Group puts items that are tied into events, each named by its lowest number;
// an item that stands alone is in event 0. The strongest ties are followed
// first, and two items that a person has parted never come together, not even
// by way of a third. The order of ties does not matter.
func Group(items []newsroom.ItemID, ties []Tie) map[newsroom.ItemID]newsroom.ItemID {
	members := map[newsroom.ItemID][]newsroom.ItemID{}
	of := map[newsroom.ItemID]newsroom.ItemID{}
	for _, id := range items {
		members[id], of[id] = []newsroom.ItemID{id}, id
	}
	parted := map[Tie]bool{}
	for _, t := range ties {
		if t.Relation == Parted {
			parted[Tie{A: t.A, B: t.B}] = true
		}
	}
	apart := func(a, b []newsroom.ItemID) bool {
		return slices.ContainsFunc(a, func(x newsroom.ItemID) bool {
			return slices.ContainsFunc(b, func(y newsroom.ItemID) bool { return parted[Tie{A: min(x, y), B: max(x, y)}] })
		})
	}
	for _, t := range strongestFirst(ties) {
		a, b := of[t.A], of[t.B]
		grown := t.Relation != Joined && t.Relation != same.Text && len(members[a])+len(members[b]) > maxEvent
		if a == 0 || b == 0 || a == b || t.Relation == Parted || grown || apart(members[a], members[b]) {
			continue
		}
		into, from := min(a, b), max(a, b)
		for _, id := range members[from] {
			of[id] = into
		}
		members[into] = append(members[into], members[from]...)
		delete(members, from)
	}
	for id, event := range of {
		if len(members[event]) == 1 {
			of[id] = 0
		}
	}
	return of
}

func strongestFirst(ties []Tie) []Tie {
	return slices.SortedFunc(slices.Values(ties), func(a, b Tie) int {
		return cmp.Or(cmp.Compare(b.strength(), a.strength()), cmp.Compare(a.A, b.A), cmp.Compare(a.B, b.B))
	})
}
