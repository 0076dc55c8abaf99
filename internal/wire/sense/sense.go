// Package sense is what the words of agencies mean, whatever format carries
// them: which status kills, which date holds, what is a dateline and what a
// subhead. Every wire format comes here to say what it found, so that one rule
// holds for all of them.
//
// When an agency's words can be read in two ways, the stricter holds: what
// cannot be read is a hold for a person, never a permission.
//
// Knows: dispatches and the habits of agencies. Never imports: the wire room, a format, a machine, the network.
package sense

import (
	"strings"
	"time"

	"github.com/rotatif/newsroom"
)

// Source is what the house knows of a source of copy beforehand.
type Source struct {
	Name         string         // the agency as readers are told, "Kuzey Ajansı"
	Provider     string         // the house's code of the agency; the only thing that decides whose item it is
	Language     string         // of copy that does not say, BCP 47
	Zone         *time.Location // of times that do not say; UTC when nil
	Charset      string         // of bytes that are no UTF-8 and do not say, windows-1254 for Turkish agencies
	EmptyEmbargo EmptyEmbargo
	Country      string // of the house, ISO 3166; TR when empty
	Base         string // address that relative links of its feeds start from
	Habits
}

// EmptyEmbargo is what an embargo property without a value means.
type EmptyEmbargo string

// The readings of an empty embargo. Unless the agency is known to send it on
// everything, it is an embargo of unknown end.
const (
	EmptyHolds EmptyEmbargo = "hold"
	EmptyNone  EmptyEmbargo = "none"
)

func (s Source) zone() *time.Location {
	if s.Zone == nil {
		return time.UTC
	}
	return s.Zone
}

func (s Source) country() string { return First(strings.ToUpper(s.Country), "TR") }

// Part is one item of a delivered file, found but not yet read. Reading one
// cannot disturb another.
type Part struct {
	ID   string // as far as known, for the verdict
	Read func() (newsroom.Dispatch, error)
}

// Reasons why a part or a whole delivery cannot be taken. They are keys of the
// catalogue.
const (
	NoID       = "wire.reason.no_id"
	TooDeep    = "wire.reason.too_deep"
	TooBig     = "wire.reason.too_big"
	Truncated  = "wire.reason.truncated"
	Entities   = "wire.reason.entities"
	Empty      = "wire.reason.empty"
	Heartbeat  = "wire.reason.heartbeat"
	NotAFormat = "wire.reason.not_a_format"

	Instructions = "wire.reason.instructions" // how a text before it is to be changed, and no text
)

// Faulty is the refusal of a part the tree could not give whole; nil for a whole one.
func Faulty(fault string) error {
	if fault == "" {
		return nil
	}
	return newsroom.Refuse(newsroom.Invalid, "wire.reason."+fault)
}

// maxWarnings is how many warnings an item has; more would not be read.
const maxWarnings = 50

// Warn adds a warning to the dispatch; detail may be empty.
func Warn(d *newsroom.Dispatch, key, detail string) {
	if len(d.Warnings) >= maxWarnings {
		return
	}
	key = "wire.warning." + key
	if detail != "" {
		key += ":" + cut(detail, 80)
	}
	for _, w := range d.Warnings {
		if w == key {
			return
		}
	}
	d.Warnings = append(d.Warnings, key)
}
