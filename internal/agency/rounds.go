package agency

import (
	"context"
	"fmt"
	"math/rand/v2"
	"time"
)

// Rounds calls a source again and again: not more often than the agency
// allows, more seldom while it fails or has nothing new. However a source is
// called, it is called by these.
type Rounds struct {
	Every   time.Duration // shortest time between two calls
	Slowest time.Duration // longest time between two calls that bring nothing new; 0: Every
	Account *Account      // whose calls keep apart; nil: nobody's
	// Trouble is told of every failed call, of flaws when they change, and of nil when all is well again.
	Trouble func(error)

	failures int    // calls in a row that failed
	idle     int    // calls in a row that brought nothing new
	flaw     string // what was told last of an agency that answers
	state    status
}

// Answer is what a call brought.
type Answer struct {
	New  bool          // something that had not come before
	Wish time.Duration // how long the agency wishes to be left alone
	Date string        // the agency's clock, as HTTP writes it; may be empty
	Flaw error         // what could not be had although the agency answered; it is called no less for it

	Unread time.Time // since when the oldest file lies there, by our clock, that was not taken; zero: there is none
}

// Run calls until the context ends.
func (r *Rounds) Run(ctx context.Context, call func(context.Context) (Answer, error)) {
	for ctx.Err() == nil {
		if r.Account.Wait(ctx) != nil {
			return
		}
		r.state.called(time.Now())
		answer, err := guarded(ctx, call)
		if ctx.Err() != nil {
			return
		}
		r.count(answer, err)
		r.Account.Rest(answer.Wish)
		_ = sleep(ctx, max(r.pause(), answer.Wish)) // the loop sees the end of the context
	}
}

// guarded calls once; a call that fails outright is a failed call.
func guarded(ctx context.Context, call func(context.Context) (Answer, error)) (answer Answer, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("agency: the call failed outright: %T", r)
		}
	}()
	return call(ctx)
}

// Status is how the source stands now. It may be asked concurrently.
func (r *Rounds) Status() Status { return r.state.snapshot() }

// count remembers how a call went and tells what somebody must know.
func (r *Rounds) count(answer Answer, err error) {
	now := time.Now()
	r.state.clock(now, answer.Date)
	r.state.answered(now, err, answer)
	if answer.New {
		r.idle = 0
	} else if err == nil {
		r.idle++
	}
	r.tell(answer.Flaw, err)
}

func (r *Rounds) tell(flaw, err error) {
	silent := err == nil && r.failures == 0
	if err != nil {
		r.failures++
	} else {
		r.failures = 0
	}
	said := r.flaw
	if r.flaw = ""; flaw != nil {
		r.flaw = flaw.Error()
	}
	switch {
	case r.Trouble == nil:
	case err != nil:
		r.Trouble(err)
	case flaw != nil && r.flaw != said:
		r.Trouble(flaw)
	case flaw == nil && (!silent || said != ""):
		r.Trouble(nil)
	}
}

// The longest pause after failures, and the longest that an agency may ask for.
const (
	longestPause = 15 * time.Minute
	longestWish  = time.Hour
)

// pause doubles with every failure in a row; after answers that brought nothing
// new it grows by half, up to Slowest. It varies, so that sources do not call
// in step.
func (r *Rounds) pause() time.Duration {
	d, ceiling := r.Every, max(longestPause, r.Every)
	for range min(r.failures, 16) {
		d *= 2
	}
	if r.failures == 0 {
		ceiling = max(r.Slowest, r.Every)
		for range min(r.idle, 16) {
			d += d / 2
		}
	}
	d = min(d, ceiling)
	if r.failures == 0 && r.idle == 0 {
		return d
	}
	return d + time.Duration(rand.Int64N(int64(d)/4+1))
}
