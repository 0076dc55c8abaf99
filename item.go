package newsroom

import (
	"strings"
	"time"
)

// WireItem is what an agency's revisions of one thing add up to. It is a fold:
// the same deliveries in any order, any of them repeated, give the same item.
// (One agency can break this: one that numbers some revisions without giving
// them a time, against the order of the others. See [Mark].)
//
// Text is the newest whole text that may be shown; a kill's text never becomes
// it. Killed is sticky: once any revision cancels the item it stays killed
// until a person revives it, and Reissued says that the agency sent it again
// afterwards, which a person must judge. Withheld follows the newest revision. Embargo follows the newest
// revision that states one; a newer revision without the property does not
// lift it.
type WireItem struct {
	ID        ItemID    `json:"id"`
	Key       ItemKey   `json:"key"`
	Text      Dispatch  `json:"text"`
	Killed    bool      `json:"killed,omitempty"`
	Withheld  bool      `json:"withheld,omitempty"`
	Reissued  bool      `json:"reissued,omitempty"`
	Embargo   Embargo   `json:"embargo,omitzero"`
	Revisions int       `json:"revisions"`
	First     time.Time `json:"first"` // received
	Last      time.Time `json:"last"`  // received
	Taken     StoryID   `json:"taken,omitempty"`
	Event     ItemID    `json:"-"` // names the event that copy of several items tells of; 0 when it stands alone

	Notices  []Noticed `json:"notices,omitempty"`  // copy that speaks of this item, by the id of the item that carries it
	Ordinary bool      `json:"ordinary,omitempty"` // a person has said that it is no notice
	Allowed  string    `json:"allowed,omitempty"`  // the words that bar the house, set aside by a person
	Call     *Call     `json:"call,omitempty"`     // the last call for a person

	// The places in the agency's order of the revisions that decided Text,
	// Withheld and Embargo, so that a late arrival cannot undo a newer one.
	TextMark    Mark `json:"text_mark,omitzero"`
	StatusMark  Mark `json:"status_mark,omitzero"`
	EmbargoMark Mark `json:"embargo_mark,omitzero"`
	KillMark    Mark `json:"kill_mark,omitzero"`
	RevivedMark Mark `json:"revived_mark,omitzero"` // the newest kill that a person has set aside
}

// ItemState is what may be done with a wire item now.
type ItemState string

// The states of a wire item, strictest first.
const (
	ItemKilled    ItemState = "killed"
	ItemAnnounced ItemState = "announced" // a notice asks for a kill or a hold, and nobody has decided
	ItemNotice    ItemState = "notice"    // it is itself such a notice, no copy
	ItemWithheld  ItemState = "withheld"
	ItemEmbargoed ItemState = "embargoed"
	ItemBarred    ItemState = "barred" // its terms bar this house, and nobody has decided
	ItemUsable    ItemState = "usable"
)

// State is what may be done with the item at a time.
func (w WireItem) State(at time.Time) ItemState {
	switch {
	case w.Killed:
		return ItemKilled
	case w.Announced():
		return ItemAnnounced
	case w.Speaks():
		return ItemNotice
	case w.Held():
		return ItemWithheld
	case w.Embargo.Holds(at):
		return ItemEmbargoed
	case w.Barred():
		return ItemBarred
	default:
		return ItemUsable
	}
}

// Held says whether the agency keeps the item back, in a field or by a notice
// that a person has confirmed.
func (w WireItem) Held() bool { return w.Withheld || w.confirmed(NoticeHold) }

// Mark is a revision's place in its agency's order: its own time, then its
// version when both are numbers, then when it came; the hash settles the rest.
// A revision without a time that can be believed (it lies ahead, or its agency
// orders by numbers) stands where it came, except
// that two such revisions are ordered by their numbers first. Of two with the
// same time the one without a number is the later, for it is a bare notice.
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
	dated := !m.Created.IsZero() || !o.Created.IsZero()
	if dated && !m.place().Equal(o.place()) {
		return m.place().After(o.place())
	}
	if c, ok := compareNumbers(m.Version, o.Version); ok && c != 0 {
		return c > 0
	}
	if dated && allDigits(m.Version) != allDigits(o.Version) {
		return allDigits(o.Version)
	}
	if !m.Received.Equal(o.Received) {
		return m.Received.After(o.Received)
	}
	return m.Hash > o.Hash
}

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

// Fold adds a delivered revision to the item and says what follows. The first
// revision of an unknown key is folded into the zero WireItem with its ID and
// Key set. A revision that the item has had before must not be folded again
// (the store knows by its hash).
func (w WireItem) Fold(d Dispatch, received time.Time) (WireItem, []Fact) {
	before, mark := w, markOf(d, received)
	w.Key = d.Key
	w.Revisions++
	w.First = earlier(before.First, Micro(received))
	w.Last = later(before.Last, Micro(received))
	w = w.foldStatus(d, mark)
	w = w.foldText(d, mark)
	w = w.foldCall(before, d, mark)
	return w, w.factsSince(before, d, mark.Received)
}

func (w WireItem) foldStatus(d Dispatch, mark Mark) WireItem {
	if d.Status == Canceled {
		if mark.After(w.KillMark) {
			w.KillMark = mark
		}
		w.Killed = w.Killed || w.KillMark != w.RevivedMark && w.KillMark.After(w.RevivedMark)
	} else if mark.After(w.StatusMark) {
		w.StatusMark = mark
		w.Withheld = d.Status != Usable // what is not said to be usable is not
	}
	if d.Embargo.State != EmbargoNone && mark.After(w.EmbargoMark) {
		w.EmbargoMark, w.Embargo = mark, d.Embargo
	}
	w.Reissued = w.Killed && w.sentAgain()
	return w
}

// sentAgain says whether the agency's last word came after its kill and was none.
func (w WireItem) sentAgain() bool {
	return w.KillMark.Hash != "" && w.StatusMark.Hash != "" && w.StatusMark.After(w.KillMark)
}

// Delivered is the item as its revisions alone make it, without what followers
// found out and people decided.
func (w WireItem) Delivered() WireItem {
	switch {
	case w.RevivedMark.Hash != "":
		w.Killed = w.KillMark.Hash != ""
	case w.confirmed(NoticeKill) && w.KillMark.Hash == "":
		w.Killed = false
	}
	w.Notices, w.Ordinary, w.Allowed, w.Call, w.RevivedMark, w.Taken = nil, false, "", nil, Mark{}, 0
	w.Reissued = w.Killed && w.sentAgain()
	return w
}

func (w WireItem) foldText(d Dispatch, mark Mark) WireItem {
	empty := w.TextMark.Hash == ""
	switch {
	case d.Status == Canceled:
		if empty && w.KillMark == mark {
			w.Text = d // nothing else to name the item by; the mark stays empty, so any text wins
		}
		return w // besides, a kill's words are never the text
	case d.Partial && !empty && !w.Text.Partial:
		return w
	case empty, w.Text.Partial && !d.Partial, mark.After(w.TextMark):
		w.Text, w.TextMark = d, mark
	}
	return w
}

func (w WireItem) factsSince(before WireItem, d Dispatch, at time.Time) []Fact {
	fact := func(kind FactKind) Fact { return Fact{Kind: kind, At: at, Item: w.ID, Key: w.Key} }
	facts := []Fact{}
	if before.Revisions == 0 {
		facts = append(facts, fact(ItemArrived))
	} else {
		facts = append(facts, fact(ItemRevised))
	}
	if w.Killed && !before.Killed {
		kill := fact(ItemWasKilled)
		kill.Reason = killReason(d)
		facts = append(facts, kill)
	}
	if w.Withheld && !before.Withheld && !w.Killed {
		facts = append(facts, fact(ItemWasWithheld))
	}
	return facts
}

// killReason is what the agency said about the kill, if anything.
func killReason(d Dispatch) string {
	if len(d.EdNotes) > 0 {
		return d.EdNotes[0].Text
	}
	return d.Headline
}

func earlier(a, b time.Time) time.Time {
	if a.IsZero() || b.Before(a) {
		return b
	}
	return a
}

func later(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}
