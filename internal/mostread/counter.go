package mostread

import (
	"context"
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	"github.com/rotatif/newsroom"
)

// Options are a counter's settings; zero fields mean the defaults.
type Options struct {
	Zone     *time.Location // of the reading day; default UTC
	Dwell    time.Duration  // how long a page must have been visible; default 5 s
	Support  uint32         // fewest readers with which a story is listed; default 5
	PerMille uint32         // fewest of a thousand reads of a list with which a story is in it; default 2
	MaxAge   time.Duration  // older stories are not in the 1 h and 24 h lists; default 30 days
	Commit   time.Duration  // longest wait for a commit; default 10 ms
}

func (o Options) filled() Options {
	if o.Zone == nil {
		o.Zone = time.UTC
	}
	if o.Dwell == 0 {
		o.Dwell = 5 * time.Second
	}
	if o.Support == 0 {
		o.Support = 5
	}
	if o.PerMille == 0 {
		o.PerMille = 2
	}
	if o.MaxAge == 0 {
		o.MaxAge = 30 * 24 * time.Hour
	}
	if o.Commit == 0 {
		o.Commit = 10 * time.Millisecond
	}
	return o
}

// Counter is the room: it accepts reads, keeps them, counts them, ranks them.
type Counter struct {
	log     Log
	shelf   Shelf
	now     func() time.Time
	options Options
	tally   *tally
	queue   chan *flight
	lists   atomic.Pointer[Lists]
	order   standing // owned by Rank

	turning sync.Mutex // held while a new day's secret is fetched
	today   atomic.Pointer[today]
}

// today is the reading day with what its secret gives. Never changed; a new day
// is a new one.
type today struct {
	day  day
	keys keys
	sign [2]signer // today's and, until the next start, yesterday's
}

// astray is how far in the future a record of the log may be. What is further
// was written while the clock was wrong, and would hold the tally's time there.
const astray = time.Hour

// Open makes the counter and folds the week's log.
func Open(ctx context.Context, log Log, shelf Shelf, now func() time.Time, o Options) (*Counter, error) {
	o = o.filled()
	c := &Counter{
		log: log, shelf: shelf, now: now, options: o, tally: newTally(o.Zone),
		queue: make(chan *flight, maxQueue), order: standing{},
	}
	if _, err := c.turn(ctx, now()); err != nil {
		return nil, err
	}
	limit := now().Add(astray)
	err := log.Replay(ctx, now().Add(-7*24*time.Hour), func(r Record) error {
		if !r.At.After(limit) {
			c.tally.fold(r)
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("mostread: replaying the log: %w", err)
	}
	// Versions go on from the clock, so that none is used again after a restart.
	c.lists.Store(&Lists{Version: uint64(now().UnixMilli())})
	c.Rank()
	return c, nil
}

// turn gives the day of a time or a later one that has begun already. At the
// first time of a new day it makes new secrets, and the old ones are destroyed.
func (c *Counter) turn(ctx context.Context, at time.Time) (*today, error) {
	if t := c.today.Load(); t != nil && at.Before(t.day.to) {
		return t, nil
	}
	c.turning.Lock()
	defer c.turning.Unlock()
	before := c.today.Load()
	if before != nil && at.Before(before.day.to) {
		return before, nil
	}
	next := dayOf(at, c.options.Zone)
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), writeTime) // for all who wait, not for one reader
	defer cancel()
	salt, err := c.log.Salt(ctx, next.name)
	if err != nil {
		return nil, fmt.Errorf("mostread: secret of %s: %w", next.name, err)
	}
	t := &today{day: next, keys: keysOf(salt), sign: [2]signer{signerOf(salt)}}
	if before != nil {
		t.sign[1] = before.sign[0]
	}
	c.today.Store(t)
	return t, nil
}

// Accept counts a read, and returns nil when it is durable or had been counted
// before. It refuses with Invalid stories that are not public, and with Held
// more browsers than the household may have; TooMuch says that the log cannot
// be written now: the read may be reported again.
func (c *Counter) Accept(ctx context.Context, v Visit) error {
	if _, _, live := c.shelf.Live(v.Story); !live {
		return refused(newsroom.Invalid, "error.not_found")
	}
	v.At = c.tally.moment(v.At)
	t, err := c.turn(ctx, v.At)
	if err != nil {
		return busy(err)
	}
	if v.At.Before(t.day.from) { // the day turned meanwhile; its keys belong to its hours
		v.At = t.day.from
	}
	f, verdict := c.tally.admit(t.keys.record(v), t.keys.print(ofHome, 0, Household(v.Addr), ""))
	switch verdict {
	case counted:
		return nil
	case crowded:
		return refused(newsroom.Held, "error.too_much")
	case fresh:
		c.enqueue(f)
	}
	select {
	case <-f.done:
		return f.err
	case <-ctx.Done():
		return busy(ctx.Err())
	}
}

// Tidy begins a new day when it is time, even if nobody reads, and forgets what
// is older than any window.
func (c *Counter) Tidy(ctx context.Context) error {
	if _, err := c.turn(ctx, c.now()); err != nil {
		return err
	}
	return c.log.Forget(ctx, c.now().Add(-8*24*time.Hour))
}
