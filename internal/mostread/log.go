package mostread

import (
	"context"
	"time"

	"github.com/rotatif/newsroom"
)

// Record is one accepted read as the log keeps it. Reader is the salted
// fingerprint of (reader, story): with the salt gone nobody can say whose it
// was, and even with it no two stories of one reader share a fingerprint.
// Net is the same for the network (/24 or /48), over all stories of a day, and
// Home for (household, story), so that what one address may do to a story can
// be judged from the log alone.
type Record struct {
	At     time.Time
	Story  newsroom.StoryID
	Reader uint64
	Net    uint32
	Home   uint32
}

// Log is the durable list of reads. All methods may be called concurrently.
type Log interface {
	// Append durably adds the records, in one commit; when it returns nil they
	// survive a crash of every process.
	Append(ctx context.Context, records []Record) error

	// Replay gives every kept record at or after the time, in order of append.
	Replay(ctx context.Context, since time.Time, each func(Record) error) error

	// Forget removes records before the time.
	Forget(ctx context.Context, before time.Time) error

	// Salt gives the secret of the day that is named, making and durably
	// keeping it when there is none, and destroys those of earlier days.
	Salt(ctx context.Context, day string) ([16]byte, error)
}
