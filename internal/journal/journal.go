// Package journal is the list of facts, and the way rooms follow it.
//
// Rooms never call each other. Each leaves its facts in the journal, in the
// transaction of the change they tell of, and whoever needs them follows: a
// follower has a name and a kept place, reads on from there, works, and keeps
// its new place. After a crash it may see facts again, so its work must bear
// repeating; it never misses one.
//
// Knows: facts and places. Never imports: the other rooms, a database, the network.
package journal

import (
	"context"
	"errors"
	"fmt"

	"github.com/rotatif/newsroom"
)

// Store keeps the facts and the places. All methods may be called concurrently.
type Store interface {
	// Facts gives up to limit facts after the place, in order. A fact is seen
	// only when no earlier one can appear any more: place order is commit order.
	Facts(ctx context.Context, after newsroom.Seq, limit int) ([]newsroom.Fact, error)

	// Head is the place of the newest fact, 0 when there is none.
	Head(ctx context.Context) (newsroom.Seq, error)

	// Place is where the named follower is; 0 when it has never kept one.
	Place(ctx context.Context, follower string) (newsroom.Seq, error)

	// Move durably moves the named follower to the place. It never moves back.
	Move(ctx context.Context, follower string, place newsroom.Seq) error
}

// batch is how many facts a follower takes at a time.
const batch = 200

// Follower does something with every fact, in order.
type Follower struct {
	Name  string
	Store Store
	Do    func(ctx context.Context, fact newsroom.Fact) error
}

// CatchUp works through all facts there are and returns how many it did. The
// place is kept after every batch, so a crash shows some facts again. When Do
// fails the place stays before that fact, to be tried again next time.
func (f Follower) CatchUp(ctx context.Context) (int, error) {
	place, err := f.Store.Place(ctx, f.Name)
	if err != nil {
		return 0, fmt.Errorf("place of %s: %w", f.Name, err)
	}
	done := 0
	for {
		facts, err := f.Store.Facts(ctx, place, batch)
		if err != nil || len(facts) == 0 {
			return done, err
		}
		count, failed := f.work(ctx, facts)
		done += count
		if count > 0 {
			place = facts[count-1].Seq
			if err := f.Store.Move(ctx, f.Name, place); err != nil {
				return done, errors.Join(failed, fmt.Errorf("%s keeping its place: %w", f.Name, err))
			}
		}
		if failed != nil {
			return done, failed
		}
	}
}

// work does the facts in order and says how many were done.
func (f Follower) work(ctx context.Context, facts []newsroom.Fact) (int, error) {
	for i, fact := range facts {
		if err := f.Do(ctx, fact); err != nil {
			return i, fmt.Errorf("%s at fact %d: %w", f.Name, fact.Seq, err)
		}
	}
	return len(facts), nil
}
