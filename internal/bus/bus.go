// Package bus says "look now". It carries no news: whoever is told looks for
// itself, and whoever was not told looks by itself soon. So nothing is lost
// when a word is.
//
// Knows: who listens. Never imports: a room, a store, a door.
package bus

import "sync"

// Bell wakes those who listen. The zero Bell is ready.
type Bell struct {
	mu        sync.Mutex
	listeners map[chan struct{}]struct{}
}

// Ring wakes every listener. It never waits: one who has not yet looked since
// the last ring will look once for both.
func (b *Bell) Ring() {
	b.mu.Lock()
	defer b.mu.Unlock()
	for c := range b.listeners {
		select {
		case c <- struct{}{}:
		default:
		}
	}
}

// Listen gives a channel that receives after every ring, and the function that
// ends the listening.
func (b *Bell) Listen() (<-chan struct{}, func()) {
	c := make(chan struct{}, 1)
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.listeners == nil {
		b.listeners = map[chan struct{}]struct{}{}
	}
	b.listeners[c] = struct{}{}
	return c, func() {
		b.mu.Lock()
		defer b.mu.Unlock()
		delete(b.listeners, c)
	}
}
