// Package mostread counts who read what, and ranks it.
//
// A read is one reader, one story, one day: the number of a story in a window
// is the number of distinct readers whose first accepted read of that story on
// that day fell into the window. A read is written to a durable log first and
// acknowledged afterwards; all counts are a fold of that log, so they can be
// recomputed, and repeating a read changes nothing. The ranking is computed
// beside and swapped in as one pointer.
//
// Who reads is never stored: the log holds fingerprints keyed with a secret
// that lives one day, and the story is part of each, so that no two reads of
// one reader can be told to be of one reader.
//
// Knows: reads, windows, ranks. Never imports: the other rooms, a database, the web.
package mostread

import (
	"fmt"
	"net/netip"
	"time"

	"github.com/rotatif/newsroom"
)

// Visit is a reader's read of a story as the door saw it. Addr is the client's
// address, Agent the browser's name.
type Visit struct {
	Story newsroom.StoryID
	Addr  netip.Addr
	Agent string
	At    time.Time
}

// Window is a span of time over which reads are counted.
type Window string

// The windows.
const (
	Hour Window = "1h"
	Day  Window = "24h"
	Week Window = "7d"
)

// Windows lists the windows, shortest first.
func Windows() []Window { return []Window{Hour, Day, Week} }

// Shelf knows what is before readers.
type Shelf interface {
	// Live tells of a story whether it is public, where it stands and since when.
	Live(id newsroom.StoryID) (section string, published time.Time, ok bool)
}

func refused(kind newsroom.Kind, key string) error {
	return fmt.Errorf("mostread: %w", newsroom.Refuse(kind, key))
}

func busy(err error) error {
	return &newsroom.Error{Kind: newsroom.TooMuch, Key: "error.too_much", Err: err}
}
