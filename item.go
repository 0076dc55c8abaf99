package newsroom

import "time"

// WireItem is what an agency's revisions of one thing add up to. It is a fold:
// the same deliveries in any order, any of them repeated, give the same item.
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

	KillReason string `json:"kill_reason,omitempty"` // of the kill at KillMark
	Rival      *Rival `json:"rival,omitempty"`       // nil unless the agency numbers some revisions and times others
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
	var rival Rival
	if w.Rival != nil {
		rival = *w.Rival
	}
	w = w.foldText(d, mark, &rival)
	w = w.foldStatus(d, mark, &rival)
	if w.Rival = nil; rival.there() {
		w.Rival = &rival
	}
	w = w.foldCall(before)
	return w, w.factsSince(before, d, mark.Received)
}

func (w WireItem) foldStatus(d Dispatch, mark Mark, r *Rival) WireItem {
	if d.Status == Canceled {
		weigh(seat[string]{&w.KillReason, &w.KillMark}, seat[string]{&r.KillReason, &r.KillMark}, said[string]{killReason(d), mark}, said[string].after, said[string].after)
		w.Killed = w.Killed || !w.setAside(mark)
	} else { // what is not said to be usable is not
		weigh(seat[bool]{&w.Withheld, &w.StatusMark}, seat[bool]{&r.Withheld, &r.StatusMark}, said[bool]{d.Status != Usable, mark}, said[bool].after, said[bool].after)
	}
	if d.Embargo.State != EmbargoNone {
		weigh(seat[Embargo]{&w.Embargo, &w.EmbargoMark}, seat[Embargo]{&r.Embargo, &r.EmbargoMark}, said[Embargo]{d.Embargo, mark}, said[Embargo].after, stricter)
	}
	w.Reissued = w.Killed && w.sentAgain()
	return w
}

// setAside says whether a kill is older, by its own time, than one that a
// person has set aside. One without a time is another kill, whatever its number.
func (w WireItem) setAside(kill Mark) bool {
	return w.RevivedMark.Hash != "" && !kill.Created.IsZero() && w.RevivedMark.After(kill)
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
	w.Notices, w.Ordinary, w.Allowed, w.Call, w.RevivedMark, w.Taken, w.KillReason = nil, false, "", nil, Mark{}, 0, ""
	w.Reissued = w.Killed && w.sentAgain()
	return w
}

// foldText goes before foldStatus: where there is no text a kill's words name
// the item, and their mark is the kill's.
func (w WireItem) foldText(d Dispatch, mark Mark, r *Rival) WireItem {
	if w.Text.Status == Canceled {
		w.TextMark = w.KillMark
	}
	weigh(seat[Dispatch]{&w.Text, &w.TextMark}, seat[Dispatch]{&r.Text, &r.TextMark}, said[Dispatch]{d, mark}, better, better)
	if w.Text.Status == Canceled {
		w.TextMark = Mark{} // it is no text
	}
	return w
}

// better says whether a text is rather the item's: a whole one before a
// fragment, any text before a kill's words, else the later.
func better(a, b said[Dispatch]) bool {
	rank := func(d Dispatch) int {
		switch {
		case d.Status == Canceled:
			return 0
		case d.Partial:
			return 1
		default:
			return 2
		}
	}
	if x, y := rank(a.what), rank(b.what); x != y {
		return x > y
	}
	return a.after(b)
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
