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
	rest time.Time // until when none begins
}

// Wait returns when the next call may begin, or with the context's error.
func (a *Account) Wait(ctx context.Context) error {
	if a == nil {
		return ctx.Err()
	}
	for {
		if err := sleep(ctx, time.Until(a.turn())); err != nil || !a.rests() {
			return err
		}
	}
}

// turn takes the next turn.
func (a *Account) turn() time.Time {
	a.mu.Lock()
	defer a.mu.Unlock()
	turn := a.next
	for _, least := range []time.Time{time.Now(), a.rest} {
		if turn.Before(least) {
			turn = least
		}
	}
	a.next = turn.Add(a.Gap)
	return turn
}

// rests says whether the agency wished for a rest while a turn was waited for.
func (a *Account) rests() bool {
	a.mu.Lock()
	defer a.mu.Unlock()
	return time.Now().Before(a.rest)
}

// Rest lets no call begin for so long: the agency has refused one, and counts
// all of an account together.
func (a *Account) Rest(long time.Duration) {
	if a == nil || long <= 0 {
		return
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	if until := time.Now().Add(long); a.rest.Before(until) {
		a.rest = until
	}
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
