package app

import (
	"context"
	"log/slog"
	"runtime/debug"
	"sync"
	"sync/atomic"
	"time"
)

// crew is everything that runs beside the requests. Each task has a name, an
// owner, an end; a panic in one is caught at its border, said aloud, and the
// task begins again.
type crew struct {
	ctx     context.Context
	stop    context.CancelFunc
	wg      sync.WaitGroup
	log     *slog.Logger
	panics  atomic.Uint64
	failing sync.Map // task name → time of the first failure in a row
}

func newCrew(ctx context.Context, log *slog.Logger) *crew {
	ctx, stop := context.WithCancel(ctx)
	return &crew{ctx: ctx, stop: stop, log: log}
}

// run starts a task that returns when its context ends.
func (c *crew) run(name string, task func(context.Context)) {
	c.wg.Add(1)
	go func() {
		defer c.wg.Done()
		for c.ctx.Err() == nil {
			c.guard(name, task)
			if c.ctx.Err() == nil {
				pause(c.ctx, time.Second) // it ended before its time
			}
		}
	}()
}

func (c *crew) guard(name string, task func(context.Context)) {
	defer func() {
		if reason := recover(); reason != nil {
			c.panics.Add(1)
			c.log.Error("task panicked", "task", name, "panic", reason, "stack", string(debug.Stack()))
		}
	}()
	task(c.ctx)
}

// loop runs a step again and again: when woken, and by itself every so often.
func (c *crew) loop(name string, wake <-chan struct{}, every time.Duration, step func(context.Context) error) {
	c.run(name, func(ctx context.Context) {
		tick := time.NewTicker(every)
		defer tick.Stop()
		for {
			c.step(ctx, name, step)
			select {
			case <-ctx.Done():
				return
			case <-wake:
			case <-tick.C:
			}
		}
	})
}

// step takes one step and says aloud when a task begins and ceases to fail.
func (c *crew) step(ctx context.Context, name string, step func(context.Context) error) {
	err := step(ctx)
	if ctx.Err() != nil {
		return
	}
	if err == nil {
		if since, failed := c.failing.LoadAndDelete(name); failed {
			c.log.Info("task works again", "task", name, "after", time.Since(since.(time.Time)).Round(time.Millisecond))
		}
		return
	}
	if _, already := c.failing.LoadOrStore(name, time.Now()); !already {
		c.log.Error("task fails", "task", name, "error", err)
	}
}

// failures names the tasks that fail now.
func (c *crew) failures() []string {
	names := []string{}
	c.failing.Range(func(name, _ any) bool {
		names = append(names, name.(string))
		return true
	})
	return names
}

// end stops all tasks and waits for them.
func (c *crew) end() {
	c.stop()
	c.wg.Wait()
}

func pause(ctx context.Context, d time.Duration) {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
	case <-t.C:
	}
}
