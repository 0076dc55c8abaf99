package wire

import (
	"context"
	"fmt"
	"sync"
	"time"

	"github.com/rotatif/newsroom"
	"github.com/rotatif/newsroom/internal/wire/same"
)

// Suspects finds copy that says what was killed, under another id or by another
// agency, and calls a person to it. It never kills: two agencies may lean on the
// same false source, or one of them may be right. It follows the journal: copy
// that comes is held against what was killed, and a kill against the copy that
// there is, so that the order of arrival does not matter.
type Suspects struct {
	Store Store
	Copy  Copy
	Now   func() time.Time

	mu   sync.Mutex
	dead []deadText // of the last days, in no order; nil until it is needed
}

// deadText is copy that was killed, or of which a notice says so.
type deadText struct {
	item  newsroom.WireItem
	print same.Print
}

// Follow does what follows from a fact. It may be told the same fact twice.
func (s *Suspects) Follow(ctx context.Context, fact newsroom.Fact) error {
	switch fact.Kind {
	case newsroom.ItemArrived, newsroom.ItemRevised:
		return s.arrived(ctx, fact.Item)
	case newsroom.ItemWasKilled, newsroom.ItemWasAnnounced:
		s.forget()
		return s.killed(ctx, fact.Item)
	case newsroom.ItemWasJudged, newsroom.ItemWasRevived:
		s.forget()
	}
	return nil
}

func (s *Suspects) forget() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.dead = nil
}

// arrived holds copy against what was killed.
func (s *Suspects) arrived(ctx context.Context, id newsroom.ItemID) error {
	found, err := s.Store.Items(ctx, Filter{ID: id, At: s.Now(), Limit: 1})
	if err != nil || len(found) == 0 {
		return err
	}
	if fallen(found[0], s.Now()) { // the text came after the kill
		s.forget()
		return s.killed(ctx, id)
	}
	dead, err := s.gone(ctx)
	if err != nil || len(dead) == 0 {
		return err
	}
	print := same.Of(found[0].Text)
	for _, d := range dead {
		if err := s.hold(ctx, d, found[0], print); err != nil {
			return err
		}
	}
	return nil
}

// killed holds what was killed against the copy of the days around it.
func (s *Suspects) killed(ctx context.Context, id newsroom.ItemID) error {
	found, err := s.Store.Items(ctx, Filter{ID: id, At: s.Now(), Limit: 1})
	if err != nil || len(found) == 0 || !fallen(found[0], s.Now()) {
		return err
	}
	d := deadText{found[0], same.Of(found[0].Text)}
	return s.each(ctx, Filter{From: d.item.Last.Add(-reach), Until: d.item.Last.Add(reach)}, func(item newsroom.WireItem) error {
		return s.hold(ctx, d, item, same.Of(item.Text))
	})
}

// fallen says whether copy was killed, or is said to be.
func fallen(w newsroom.WireItem, at time.Time) bool {
	state := w.State(at)
	return state == newsroom.ItemKilled || state == newsroom.ItemAnnounced
}

// gone is what was killed in the last days.
func (s *Suspects) gone(ctx context.Context) ([]deadText, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.dead != nil {
		return s.dead, nil
	}
	dead := []deadText{}
	for _, state := range []newsroom.ItemState{newsroom.ItemKilled, newsroom.ItemAnnounced} {
		err := s.each(ctx, Filter{State: state, From: s.Now().Add(-2 * reach)}, func(item newsroom.WireItem) error {
			dead = append(dead, deadText{item, same.Of(item.Text)})
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	s.dead = dead
	return dead, nil
}

// each gives every item of a filter, page by page.
func (s *Suspects) each(ctx context.Context, f Filter, do func(newsroom.WireItem) error) error {
	f.At, f.Limit = s.Now(), 500
	for {
		page, err := s.Store.Items(ctx, f)
		if err != nil {
			return fmt.Errorf("wire: copy held against kills: %w", err)
		}
		for _, item := range page {
			if err := do(item); err != nil {
				return err
			}
		}
		if len(page) < f.Limit {
			return nil
		}
		f.Before = page[len(page)-1].ID
	}
}

// hold calls a person to copy that says what was killed; once, however often it is told.
func (s *Suspects) hold(ctx context.Context, d deadText, item newsroom.WireItem, print same.Print) error {
	if item.ID == d.item.ID || fallen(item, s.Now()) || item.Last.Sub(d.item.Last).Abs() > reach || d.print.Relate(print) != same.Text {
		return nil
	}
	reason := d.item.Text.Headline
	_, _, err := s.Copy.ChangeItem(ctx, item.ID, func(w newsroom.WireItem) (newsroom.WireItem, []newsroom.Fact, error) {
		if c := w.Call; c != nil && c.Why == newsroom.CallSuspect && c.Reason == reason {
			return w, nil, nil
		}
		return w.Summon(newsroom.CallSuspect, reason, newsroom.By{Person: newsroom.House, At: s.Now()})
	})
	if err != nil {
		return fmt.Errorf("wire: item %d repeats killed item %d: %w", item.ID, d.item.ID, err)
	}
	return nil
}
