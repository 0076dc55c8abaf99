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
	Zone    *time.Location // of the reading day; default UTC
	Dwell   time.Duration  // how long a page must have been visible; default 5 s
	Support uint32         // fewest readers with which a story is listed; default 3
	MaxAge  time.Duration  // older stories are not in the 1 h and 24 h lists; default 30 days
	Commit  time.Duration  // longest wait for a commit; default 10 ms
}

func (o Options) filled() Options {
	if o.Zone == nil {
		o.Zone = time.UTC
	}
	if o.Dwell == 0 {
		o.Dwell = 5 * time.Second
	}
	if o.Support == 0 {
		o.Support = 3
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
	queue   chan pending
	lists   atomic.Pointer[Lists]
	order   standing // owned by Rank

	mu     sync.Mutex // guards what follows
	day    string
	keys   keys
	sign   [2]signer // today's and yesterday's
	agents map[uint64]uint8
}

// pending is a read that waits for the disk.
type pending struct {
	record Record
	done   chan error
}

// A commit holds at most so many reads; so many more may wait for the next ones.
const (
	maxBatch = 512
	maxQueue = 8192
)

// maxAgents is how many browsers of one address count for one story and day.
const maxAgents = 4

// Open makes the counter and folds the week's log.
func Open(ctx context.Context, log Log, shelf Shelf, now func() time.Time, o Options) (*Counter, error) {
	o = o.filled()
	c := &Counter{log: log, shelf: shelf, now: now, options: o, tally: newTally(o.Zone),
		queue: make(chan pending, maxQueue), order: standing{}, agents: map[uint64]uint8{}}
	if err := c.turn(ctx, now()); err != nil {
		return nil, err
	}
	week := now().Add(-7 * 24 * time.Hour)
	err := log.Replay(ctx, week, func(r Record) error {
		c.tally.fold(r)
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("mostread: replaying the log: %w", err)
	}
	c.lists.Store(&Lists{})
	c.Rank()
	return c, nil
}

// turn begins a new reading day: new secrets, the old ones destroyed.
func (c *Counter) turn(ctx context.Context, now time.Time) error {
	day := dayOf(now, c.options.Zone)
	c.mu.Lock()
	defer c.mu.Unlock()
	if day == c.day {
		return nil
	}
	salt, err := c.log.Salt(ctx, day)
	if err != nil {
		return fmt.Errorf("mostread: secret of %s: %w", day, err)
	}
	c.day, c.keys = day, keysOf(salt)
	c.sign = [2]signer{signerOf(salt), c.sign[0]}
	clear(c.agents)
	return nil
}

// Accept counts a read, and returns nil when it is durable or had been counted
// before. It refuses stories that are not public, and more browsers than one
// address may have; TooMuch says that the log cannot be written now.
func (c *Counter) Accept(ctx context.Context, v Visit) error {
	if _, _, live := c.shelf.Live(v.Story); !live {
		return refused("error.not_found")
	}
	if err := c.turn(ctx, v.At); err != nil {
		return busy(err)
	}
	record, ok := c.admit(v)
	if !ok {
		return nil
	}
	p := pending{record, make(chan error, 1)}
	select {
	case c.queue <- p:
	default:
		return busy(nil)
	}
	select {
	case err := <-p.done:
		return err
	case <-ctx.Done():
		return busy(ctx.Err())
	}
}

func busy(err error) error {
	return &newsroom.Error{Kind: newsroom.TooMuch, Key: "error.too_much", Err: err}
}

// admit makes the record of a visit; ok is false when it must not count again,
// or not from this address.
func (c *Counter) admit(v Visit) (Record, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	record := c.keys.record(v)
	if c.tally.counted(record) {
		return record, false
	}
	address := c.keys.print(v.Story, host(v.Addr).String())
	if c.agents[address] >= maxAgents {
		return record, false
	}
	c.agents[address]++
	return record, true
}

// Run writes what is accepted, many reads to a commit, until the context ends;
// then it writes what still waits. It must run for Accept to return.
func (c *Counter) Run(ctx context.Context) {
	for {
		select {
		case first := <-c.queue:
			c.commit(c.gather(first))
		case <-ctx.Done():
			c.drain()
			return
		}
	}
}

// gather takes what has come by the time the commit is due.
func (c *Counter) gather(first pending) []pending {
	batch := []pending{first}
	due := time.NewTimer(c.options.Commit)
	defer due.Stop()
	for len(batch) < maxBatch {
		select {
		case p := <-c.queue:
			batch = append(batch, p)
		case <-due.C:
			return batch
		}
	}
	return batch
}

func (c *Counter) drain() {
	for {
		select {
		case p := <-c.queue:
			c.commit([]pending{p})
		default:
			return
		}
	}
}

// writeTime bounds one commit; it does not end with the request that began it.
const writeTime = 10 * time.Second

// commit writes a batch, folds it, and tells those who wait.
func (c *Counter) commit(batch []pending) {
	ctx, cancel := context.WithTimeout(context.Background(), writeTime)
	defer cancel()
	records := make([]Record, 0, len(batch))
	once := map[uint64]bool{}
	for _, p := range batch {
		if !once[p.record.Reader] {
			once[p.record.Reader] = true
			records = append(records, p.record)
		}
	}
	err := c.log.Append(ctx, records)
	if err != nil {
		err = busy(err)
	} else {
		for _, r := range records {
			c.tally.fold(r)
		}
	}
	for _, p := range batch {
		p.done <- err
	}
}

// Tidy forgets what is older than any window.
func (c *Counter) Tidy(ctx context.Context) error {
	return c.log.Forget(ctx, c.now().Add(-8*24*time.Hour))
}
