package agency

import (
	"context"
	"sync"
	"time"
)

// Account keeps the calls of all sources that use one account apart. Its nil
// lets every call through.
type Account struct {
	Gap time.Duration // shortest time between the beginnings of two calls

	mu   sync.Mutex
	next time.Time // when the next call may begin
}

// Wait returns when the next call may begin, or with the context's error.
func (a *Account) Wait(ctx context.Context) error {
	if a == nil {
		return ctx.Err()
	}
	a.mu.Lock()
	turn := a.next
	if now := time.Now(); turn.Before(now) {
		turn = now
	}
	a.next = turn.Add(a.Gap)
	a.mu.Unlock()
	return sleep(ctx, time.Until(turn))
}

// sleep waits, or returns the context's error as soon as it ends.
func sleep(ctx context.Context, d time.Duration) error {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-t.C:
		return ctx.Err()
	}
}
