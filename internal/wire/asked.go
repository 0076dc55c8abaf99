package wire

import (
	"context"
	"time"
)

// Memory keeps what is remembered of a source that is asked for single
// documents, so that a restart neither misses one nor fetches all again. All
// methods may be called concurrently.
type Memory interface {
	// ReceiptNames gives the names of a source's deliveries received since a
	// time, the newest first, at most 200,000.
	ReceiptNames(ctx context.Context, source string, since time.Time) ([]string, error)

	// ListedTo is up to when all that the source listed has been kept; zero when it never was.
	ListedTo(ctx context.Context, source string) (time.Time, error)

	// MoveListed durably keeps it. It may move back: clocks are put right.
	MoveListed(ctx context.Context, source string, to time.Time) error
}
