// Package front is the chief editor's front page: which stories stand in the
// manşet, in which order, under which headline. What is not placed follows by
// itself, newest first; that part belongs to the edition.
//
// Knows: slots and who may arrange them. Never imports: the desk, the press, a database, the web.
package front

import (
	"context"
	"fmt"
	"time"

	"github.com/rotatif/newsroom"
)

// Room arranges the front.
type Room struct {
	Store Store
	Now   func() time.Time
}

// Front is the present order.
func (r Room) Front(ctx context.Context) (newsroom.Front, error) { return r.Store.Front(ctx) }

// Arrange replaces the slots, provided that nobody changed the front since the
// person saw version seen. It returns the place after which readers have it.
func (r Room) Arrange(ctx context.Context, p newsroom.Person, seen int, slots []newsroom.Slot) (newsroom.Front, newsroom.Seq, error) {
	if !p.May(newsroom.ArrangeFront) {
		return newsroom.Front{}, 0, newsroom.Refuse(newsroom.Forbidden, "error.forbidden")
	}
	at := r.Now()
	front, seq, err := r.Store.ChangeFront(ctx, func(f newsroom.Front) (newsroom.Front, []newsroom.Fact, error) {
		return f.Arrange(seen, slots, p.ID, at)
	})
	if err != nil {
		return newsroom.Front{}, 0, fmt.Errorf("front: %w", err)
	}
	return front, seq, nil
}
