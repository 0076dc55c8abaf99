package wire

import (
	"context"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/rotatif/newsroom"
)

// WatchID identifies a watch.
type WatchID int64

// Watch is a filter of the list that somebody keeps an eye on. It is kept as
// words of the list's address and asked anew whenever it is looked at, so that
// it never lags behind.
type Watch struct {
	ID    WatchID
	Owner newsroom.PersonID // 0: the desk's, everybody's
	Name  string
	Query string    // of the list's address, without the question mark
	Loud  bool      // what it finds is told on every screen
	Place int       // in the row of the owner's watches, from 1
	Seen  time.Time // until when the person who asks has seen what it finds; zero when never
}

// The bounds of watches.
const (
	MaxWatches    = 40 // of an owner
	maxWatchName  = 60
	maxWatchQuery = 2000
)

// Check says what is wrong with a watch.
func (w Watch) Check() error {
	name := strings.TrimSpace(w.Name)
	if name == "" || utf8.RuneCountInString(name) > maxWatchName || strings.ContainsAny(name, "\n\r\t") {
		return newsroom.Refuse(newsroom.Invalid, "error.watch_name")
	}
	if w.Query == "" || len(w.Query) > maxWatchQuery {
		return newsroom.Refuse(newsroom.Invalid, "error.watch_query")
	}
	return nil
}

// Watches keeps watches. All methods may be called concurrently.
type Watches interface {
	// Watches gives a person's own watches and the desk's, the desk's last, each in
	// the order of their places.
	Watches(ctx context.Context, person newsroom.PersonID) ([]Watch, error)

	// SaveWatch keeps a new watch (ID 0) behind the others of its owner, or changes
	// one. Conflict when the owner has as many as may be; NotFound when there is
	// no such watch of that owner.
	SaveWatch(ctx context.Context, w Watch) (WatchID, error)

	// DropWatch forgets a watch. NotFound when there is no such watch of that owner.
	DropWatch(ctx context.Context, owner newsroom.PersonID, id WatchID) error

	// SeeWatch notes until when a person has seen what a watch finds.
	SeeWatch(ctx context.Context, person newsroom.PersonID, id WatchID, at time.Time) error

	// Count is how many items there are for a filter, at most its limit.
	Count(ctx context.Context, f Filter) (int, error)
}
