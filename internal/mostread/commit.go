package mostread

import (
	"context"
	"time"
)

// A commit holds at most so many reads; so many more may wait for the next ones.
const (
	maxBatch = 512
	maxQueue = 8192
)

// writeTime bounds one commit; it does not end with the request that began it.
const writeTime = 10 * time.Second

// enqueue sends a flight to the disk; when the queue is full it lands at once, refused.
func (c *Counter) enqueue(f *flight) {
	select {
	case c.queue <- f:
	default:
		c.tally.settle(f, busy(nil))
	}
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
func (c *Counter) gather(first *flight) []*flight {
	batch := []*flight{first}
	due := time.NewTimer(c.options.Commit)
	defer due.Stop()
	for len(batch) < maxBatch {
		select {
		case f := <-c.queue:
			batch = append(batch, f)
		case <-due.C:
			return batch
		}
	}
	return batch
}

// drain writes what waits when the house closes.
func (c *Counter) drain() {
	for {
		select {
		case f := <-c.queue:
			c.commit([]*flight{f})
		default:
			return
		}
	}
}

// commit writes a batch, folds it, and tells those who wait.
func (c *Counter) commit(batch []*flight) {
	ctx, cancel := context.WithTimeout(context.Background(), writeTime)
	defer cancel()
	records := make([]Record, len(batch))
	for i, f := range batch {
		records[i] = f.record
	}
	err := c.log.Append(ctx, records)
	if err != nil {
		err = busy(err)
	}
	for _, f := range batch {
		c.tally.settle(f, err)
	}
}
