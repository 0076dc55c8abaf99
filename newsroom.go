// Package newsroom is the vocabulary of a newsroom: the words that wire, desk,
// press, readers and counters have in common, and the rules that hold between
// them whatever the database, the network or the screen.
//
// The way of the paper is one way. An agency delivers a [Dispatch]; its
// revisions fold into a [WireItem]. An editor makes a [Story] of it, every
// saved text of which is a [Revision]. When a story is published the desk
// leaves a [Fact] in the journal that carries the [Article], which is all that
// the public will ever see of it; the press follows the journal and prints the
// edition from these facts alone.
//
// A rule is a pure function: it takes a story (or an item) and what happened,
// and returns the changed story and the facts that follow. Time is passed in,
// nothing is stored, nothing is sent. A rule refuses with an [Error] whose
// [Kind] says what sort of refusal it is and whose key names the sentence a
// person is shown.
//
// Knows: the trade. Never imports: anything but the standard library.
package newsroom

import (
	"strconv"
	"time"
)

// StoryID identifies a story for ever. It is part of the public address.
type StoryID int64

// ItemID identifies a wire item in this house.
type ItemID int64

// PersonID identifies a member of staff; zero is the house itself.
type PersonID int64

// Seq is a fact's place in the journal. Places grow, without reuse; 0 is "before everything".
type Seq int64

// House is the actor of what no person did: the agency, the clock, the press.
const House PersonID = 0

// String is the decimal form used in addresses.
func (id StoryID) String() string { return strconv.FormatInt(int64(id), 10) }

// String is the decimal form used in addresses.
func (id ItemID) String() string { return strconv.FormatInt(int64(id), 10) }

// ParseStoryID reads the decimal form; anything but a positive number without
// sign, spaces or leading zeros is NotFound, so that one story has one address.
func ParseStoryID(s string) (StoryID, error) {
	n, err := parseID(s)
	return StoryID(n), err
}

// ParseItemID reads the decimal form with the strictness of [ParseStoryID].
func ParseItemID(s string) (ItemID, error) {
	n, err := parseID(s)
	return ItemID(n), err
}

func parseID(s string) (int64, error) {
	n, err := strconv.ParseInt(s, 10, 64)
	if err != nil || n <= 0 || s != strconv.FormatInt(n, 10) {
		return 0, Refuse(NotFound, "error.not_found")
	}
	return n, nil
}

// Micro is the precision in which the house keeps time: UTC, whole
// microseconds, so that every engine gives back exactly what it was given.
func Micro(t time.Time) time.Time {
	if t.IsZero() {
		return time.Time{}
	}
	return t.UTC().Truncate(time.Microsecond)
}
