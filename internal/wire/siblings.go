package wire

import (
	"context"
	"fmt"
	"time"

	"github.com/rotatif/newsroom"
	"github.com/rotatif/newsroom/internal/wire/same"
)

// Siblings finds copy about the same event, of one agency or of several, and
// ties it together. When some of it is killed, or a notice says so, it calls a
// person to the rest: it never kills, for two agencies may lean on the same
// false source, or one of them may be right. It follows the journal, and what is
// tied depends on the texts and not on the order in which they came.
type Siblings struct {
	Store Store
	Copy  Copy
	Ties  Ties
	Now   func() time.Time
}

// Follow does what follows from a fact. It may be told the same fact twice.
func (s *Siblings) Follow(ctx context.Context, fact newsroom.Fact) error {
	switch fact.Kind {
	case newsroom.ItemArrived, newsroom.ItemRevised:
		if s.Now().Sub(fact.At) > 2*reach {
			return nil // of a store older than this follower
		}
		return s.arrived(ctx, fact.Item)
	case newsroom.ItemWasKilled, newsroom.ItemWasAnnounced, newsroom.ItemWasJudged, newsroom.ItemWasJoined:
		item, is, err := s.item(ctx, fact.Item)
		if err != nil || !is {
			return err
		}
		return s.warn(ctx, item)
	}
	return nil
}

func (s *Siblings) item(ctx context.Context, id newsroom.ItemID) (newsroom.WireItem, bool, error) {
	found, err := s.Store.Items(ctx, Filter{ID: id, At: s.Now(), Limit: 1})
	if err != nil || len(found) == 0 {
		return newsroom.WireItem{}, false, err
	}
	return found[0], true, nil
}

// arrived ties copy to what it resembles.
func (s *Siblings) arrived(ctx context.Context, id newsroom.ItemID) error {
	item, is, err := s.item(ctx, id)
	if err != nil || !is {
		return err
	}
	trace := Trace{Item: id, At: item.Last}
	if !item.Speaks() { // a notice is about an event and no copy of it
		print := same.Of(item.Text, item.First)
		trace.Keys = print.Keys()
		if trace.Ties, err = s.alike(ctx, trace, print); err != nil {
			return err
		}
	}
	if _, err := s.Ties.Tie(ctx, trace); err != nil {
		return fmt.Errorf("wire: siblings of item %d: %w", id, err)
	}
	if item, is, err = s.item(ctx, id); err != nil || !is {
		return err
	}
	return s.warn(ctx, item)
}

// alike holds a print against the copy of the days around it.
func (s *Siblings) alike(ctx context.Context, trace Trace, print same.Print) ([]Tie, error) {
	found, err := s.Ties.Alike(ctx, trace, reach)
	if err != nil {
		return nil, fmt.Errorf("wire: copy like item %d: %w", trace.Item, err)
	}
	ties := []Tie{}
	for _, o := range found {
		if o.Speaks() {
			continue
		}
		if relation := print.Together(same.Of(o.Text, o.First)); relation != same.Other {
			ties = append(ties, NewTie(trace.Item, o.ID, relation, newsroom.House))
		}
	}
	return ties, nil
}

// fallen says whether copy was killed, or is said to be.
func fallen(w newsroom.WireItem, at time.Time) bool {
	state := w.State(at)
	return state == newsroom.ItemKilled || state == newsroom.ItemAnnounced
}

// warn calls a person to what still stands of an event of which some has fallen.
func (s *Siblings) warn(ctx context.Context, item newsroom.WireItem) error {
	if item.Event == 0 {
		return nil
	}
	events, err := s.Ties.Events(ctx, []newsroom.ItemID{item.Event})
	if err != nil || len(events) == 0 {
		return err
	}
	dead := map[newsroom.ItemID]newsroom.WireItem{}
	for _, w := range events[0].Items {
		if fallen(w, s.Now()) {
			dead[w.ID] = w
		}
	}
	for _, w := range events[0].Items {
		if _, is := dead[w.ID]; is || len(dead) == 0 || warned(w, dead) {
			continue
		}
		why, about := closest(events[0], w, dead)
		if err := s.call(ctx, w.ID, why, about); err != nil {
			return err
		}
	}
	return nil
}

// warned says whether somebody was called to the item for one of these already.
func warned(w newsroom.WireItem, dead map[newsroom.ItemID]newsroom.WireItem) bool {
	if w.Call == nil {
		return false
	}
	_, is := dead[w.Call.About]
	return is
}

// closest is which of the fallen an item repeats; if none, the one that came last.
func closest(e Event, w newsroom.WireItem, dead map[newsroom.ItemID]newsroom.WireItem) (newsroom.CallWhy, newsroom.WireItem) {
	var last newsroom.WireItem
	for _, o := range e.Items {
		if _, is := dead[o.ID]; !is {
			continue
		}
		if e.Between(w.ID, o.ID) == same.Text {
			return newsroom.CallSuspect, o
		}
		if last.ID == 0 {
			last = o
		}
	}
	return newsroom.CallSibling, last
}

func (s *Siblings) call(ctx context.Context, id newsroom.ItemID, why newsroom.CallWhy, about newsroom.WireItem) error {
	_, _, err := s.Copy.ChangeItem(ctx, id, func(w newsroom.WireItem) (newsroom.WireItem, []newsroom.Fact, error) {
		return w.Summon(why, about.ID, about.Text.Headline, newsroom.By{Person: newsroom.House, At: s.Now()})
	})
	if err != nil {
		return fmt.Errorf("wire: item %d beside fallen item %d: %w", id, about.ID, err)
	}
	return nil
}
