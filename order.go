package newsroom

import (
	"slices"
	"strings"
	"time"
)

// Mark is a revision's place in its agency's order: its own time, then its
// version when both are numbers, then when it came; the hash settles the rest.
// A revision without a time that can be believed (it lies ahead, or its agency
// orders by numbers) stands where it came, except that two such revisions are
// ordered by their numbers first. Of two with the same time the one without a
// number is the later, for it is a bare notice.
//
// Those that only a number orders are one order, all others another; each has
// no circles, both together may: 3 came, then a notice without a number, then
// 2. So the newest of each order is kept, and of these two the later counts.
type Mark struct {
	Created  time.Time `json:"created,omitzero"`
	Version  string    `json:"version,omitempty"`
	Received time.Time `json:"received,omitzero"`
	Hash     string    `json:"hash,omitempty"`
}

// clockSlack is how far ahead of its receipt a revision's own time is
// believed. A date further ahead is no date: were it kept, or only cut to the
// slack, it would stand before every revision of the hours that follow.
const clockSlack = 24 * time.Hour

func markOf(d Dispatch, received time.Time) Mark {
	created := d.VersionCreated
	if created.After(received.Add(clockSlack)) || d.Numbered && allDigits(d.Version) {
		created = time.Time{}
	}
	return Mark{Created: Micro(created), Version: d.Version, Received: Micro(received), Hash: d.Hash()}
}

// After says whether m is a later revision than o.
func (m Mark) After(o Mark) bool {
	if o.Hash == "" {
		return true
	}
	if !m.counted() || !o.counted() {
		if !m.place().Equal(o.place()) {
			return m.place().After(o.place())
		}
		if allDigits(m.Version) != allDigits(o.Version) {
			return allDigits(o.Version)
		}
	}
	if c, ok := compareNumbers(m.Version, o.Version); ok && c != 0 {
		return c > 0
	}
	if !m.Received.Equal(o.Received) {
		return m.Received.After(o.Received)
	}
	return m.Hash > o.Hash
}

// counted says whether only a number orders the revision.
func (m Mark) counted() bool { return m.Created.IsZero() && allDigits(m.Version) }

// place is the time at which the revision stands in the order.
func (m Mark) place() time.Time {
	if m.Created.IsZero() {
		return m.Received
	}
	return m.Created
}

// compareNumbers compares decimal numbers of any length; ok is false unless both are numbers.
func compareNumbers(a, b string) (int, bool) {
	if !allDigits(a) || !allDigits(b) {
		return 0, false
	}
	a, b = strings.TrimLeft(a, "0"), strings.TrimLeft(b, "0")
	if len(a) != len(b) {
		return len(a) - len(b), true
	}
	return strings.Compare(a, b), true
}

func allDigits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}

// Rival is what would count if the other order of an item's revisions did not
// say something later; see [Mark].
type Rival struct {
	Text        Dispatch `json:"text,omitzero"`
	TextMark    Mark     `json:"text_mark,omitzero"`
	Withheld    bool     `json:"withheld,omitempty"`
	StatusMark  Mark     `json:"status_mark,omitzero"`
	Embargo     Embargo  `json:"embargo,omitzero"`
	EmbargoMark Mark     `json:"embargo_mark,omitzero"`
	KillReason  string   `json:"kill_reason,omitempty"`
	KillMark    Mark     `json:"kill_mark,omitzero"`
}

func (r Rival) there() bool {
	return r.TextMark.Hash+r.StatusMark.Hash+r.EmbargoMark.Hash+r.KillMark.Hash != ""
}

// Heard are the marks of the newest revisions that were no kills, one of each order.
func (w WireItem) Heard() []Mark {
	heard := []Mark{w.StatusMark}
	if w.Rival != nil && w.Rival.StatusMark.Hash != "" {
		heard = append(heard, w.Rival.StatusMark)
	}
	return heard
}

// Stale says whether a revision that comes now is older than what was heard of
// its item. A kill is never too old.
func (d Dispatch) Stale(heard []Mark, received time.Time) bool {
	mark := markOf(d, received)
	return d.Status != Canceled && slices.ContainsFunc(heard, func(m Mark) bool { return m.Hash != "" && m.After(mark) })
}

// said is something that a revision says, and that revision's mark.
type said[T any] struct {
	what T
	mark Mark
}

func (s said[T]) after(o said[T]) bool { return s.mark.After(o.mark) }

// seat is where something that was said is kept, and its mark.
type seat[T any] struct {
	what *T
	mark *Mark
}

func (s seat[T]) said() said[T] { return said[T]{*s.what, *s.mark} }

func (s seat[T]) take(x said[T]) { *s.what, *s.mark = x.what, x.mark }

// weigh keeps what counts, and its rival of the other order, when another
// revision has spoken. within says which of two counts in one order, between
// which of the newest of both.
func weigh[T any](now, rival seat[T], come said[T], within, between func(a, b said[T]) bool) {
	have, other := now.said(), rival.said()
	switch {
	case have.mark.Hash == "":
		have = come
	case come.mark.counted() == have.mark.counted():
		if within(come, have) {
			have = come
		}
	case other.mark.Hash == "" || within(come, other):
		other = come
	}
	if other.mark.Hash != "" && between(other, have) {
		have, other = other, have
	}
	now.take(have)
	rival.take(other)
}

// stricter says whether an embargo rather counts where nobody can tell which
// was stated later: the stricter, else the later.
func stricter(a, b said[Embargo]) bool {
	x, y := a.what.Stricter(b.what) == a.what, b.what.Stricter(a.what) == b.what
	if x != y {
		return x
	}
	return a.after(b)
}
