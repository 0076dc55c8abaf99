package front

import (
	"context"

	"github.com/rotatif/newsroom"
)

// Change is a rule applied to the front: pure, because a conflict runs it again.
type Change func(newsroom.Front) (newsroom.Front, []newsroom.Fact, error)

// Store keeps the front. All methods may be called concurrently.
type Store interface {
	// Front gives the present front; the zero Front before the first change.
	Front(ctx context.Context) (newsroom.Front, error)

	// ChangeFront applies the rule and saves front and facts in one durable
	// transaction. It returns the place of the last fact.
	ChangeFront(ctx context.Context, rule Change) (newsroom.Front, newsroom.Seq, error)
}
