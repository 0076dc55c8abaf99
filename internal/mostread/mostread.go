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
	"encoding/binary"
	"fmt"
	"net/netip"
	"time"

	"github.com/dchest/siphash"

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

// dayStart is the hour at which a reading day begins, in the trough of the night.
const dayStart = 4

// dayOf names the reading day of a time: days begin at 04:00 in the zone.
func dayOf(t time.Time, zone *time.Location) string {
	return t.In(zone).Add(-dayStart * time.Hour).Format(time.DateOnly)
}

// startOf is when the reading day of a time began.
func startOf(t time.Time, zone *time.Location) time.Time {
	day := t.In(zone).Add(-dayStart * time.Hour)
	return time.Date(day.Year(), day.Month(), day.Day(), dayStart, 0, 0, 0, zone)
}

// keys are the day's secret, ready for SipHash-2-4 (Aumasson, Bernstein 2012).
type keys struct{ k0, k1 uint64 }

func keysOf(salt [16]byte) keys {
	return keys{binary.LittleEndian.Uint64(salt[:8]), binary.LittleEndian.Uint64(salt[8:])}
}

// host is the address that stands for one household: IPv6 is cut to /64.
func host(a netip.Addr) netip.Addr { return cut(a, 32, 64) }

// network is the address block that one operator's machine park shares: /24 or /48.
func network(a netip.Addr) netip.Addr { return cut(a, 24, 48) }

func cut(a netip.Addr, bits4, bits6 int) netip.Addr {
	a = a.Unmap().WithZone("")
	bits := bits6
	if a.Is4() {
		bits = bits4
	}
	p, err := a.Prefix(bits)
	if err != nil {
		return netip.Addr{}
	}
	return p.Addr()
}

// print is a keyed fingerprint of a story and what is told of the reader.
func (k keys) print(story newsroom.StoryID, parts ...string) uint64 {
	buf := binary.LittleEndian.AppendUint64(make([]byte, 0, 128), uint64(story))
	for _, p := range parts {
		buf = binary.LittleEndian.AppendUint32(buf, uint32(len(p)))
		buf = append(buf, p...)
	}
	return siphash.Hash(k.k0, k.k1, buf)
}

// record is what the log keeps of a visit.
func (k keys) record(v Visit) Record {
	addr := host(v.Addr).String()
	return Record{At: newsroom.Micro(v.At), Story: v.Story,
		Reader: k.print(v.Story, addr, v.Agent), Net: uint32(k.print(0, network(v.Addr).String()))}
}

func refused(key string) error {
	return fmt.Errorf("mostread: %w", newsroom.Refuse(newsroom.Invalid, key))
}
