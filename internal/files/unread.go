package files

import (
	"sync"
	"time"
)

// oldest is a time that is written at every look and read by others.
type oldest struct {
	mu sync.Mutex
	at time.Time
}

func (o *oldest) set(at time.Time) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.at = at
}

// Unread is the time of the oldest file that lay there after the last look,
// because it is not whole yet or could not be kept; zero when there is none. It
// may be asked concurrently.
func (f *Folder) Unread() time.Time {
	f.unread.mu.Lock()
	defer f.unread.mu.Unlock()
	return f.unread.at
}

// earlier is the earlier of two times; the first may be zero, which is none.
func earlier(a, b time.Time) time.Time {
	if a.IsZero() || b.Before(a) {
		return b
	}
	return a
}
