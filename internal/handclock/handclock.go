// Package handclock is a clock in a test's hand: it stands until it is moved.
//
// Knows: time. Never imports: any package of the program; only tests import it.
package handclock

import (
	"sync"
	"time"
)

// Clock is the clock. It may be read and moved from anywhere.
type Clock struct {
	mu sync.Mutex
	at time.Time
}

// At makes a clock that shows the time.
func At(t time.Time) *Clock { return &Clock{at: t} }

// Now is what the clock shows.
func (c *Clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.at
}

// Move puts the clock forward, or back.
func (c *Clock) Move(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = c.at.Add(d)
}
