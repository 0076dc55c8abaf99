package newsroom

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"time"
)

// Verdict is what a person has decided about a notice; empty while nobody has.
type Verdict string

// The verdicts.
const (
	Confirmed Verdict = "confirmed"
	Dismissed Verdict = "dismissed"
)

// Noticed is one notice that was found to mean an item. From is the item that
// carries the notice, Kind and Words are the notice's own, How is what it was
// found by: id, headline or clock.
type Noticed struct {
	From    ItemID     `json:"from"`
	Kind    NoticeKind `json:"kind"`
	Words   string     `json:"words,omitempty"`
	How     string     `json:"how,omitempty"`
	At      time.Time  `json:"at"`
	Verdict Verdict    `json:"verdict,omitempty"`
	By      PersonID   `json:"by,omitempty"`
	Decided time.Time  `json:"decided,omitzero"`
}

// stops says whether the notice asks that the item not be used.
func (k NoticeKind) stops() bool { return k == NoticeKill || k == NoticeHold }

// Announced says whether a notice to kill or hold the item waits for a person.
func (w WireItem) Announced() bool {
	return slices.ContainsFunc(w.Notices, func(n Noticed) bool { return n.Kind.stops() && n.Verdict == "" })
}

// confirmed says whether a person has confirmed a notice of the kind.
func (w WireItem) confirmed(kind NoticeKind) bool {
	return slices.ContainsFunc(w.Notices, func(n Noticed) bool { return n.Kind == kind && n.Verdict == Confirmed })
}

// Speaks says whether the item is a notice that must not be used as copy: one
// that kills, holds or releases other copy, unless a person has said that it
// is ordinary. A correction is copy.
func (w WireItem) Speaks() bool {
	n := w.Text.Notice
	return n != nil && n.Kind != NoticeCorrection && !w.Ordinary
}

// Word names what the agency says against the use of the item, and how often it
// has said it: another kill is another word. It is empty when it says nothing.
func (w WireItem) Word(at time.Time) string {
	state, which := w.State(at), ""
	switch state {
	case ItemKilled:
		which = w.KillMark.Hash
	case ItemAnnounced:
		for _, n := range w.Notices {
			if n.Kind.stops() && n.Verdict == "" {
				which += " " + n.From.String()
			}
		}
	case ItemWithheld:
		which = w.StatusMark.Hash
	case ItemBarred:
		which = w.Text.Barred
	case ItemNotice:
	default:
		return ""
	}
	return string(state) + " " + which
}

// Sight is the item's Word in a form that goes through pages unchanged: whoever
// decides says with it what they have seen. It is empty when the word is.
func (w WireItem) Sight(at time.Time) string {
	word := w.Word(at)
	if word == "" {
		return ""
	}
	sum := sha256.Sum256([]byte(word))
	return hex.EncodeToString(sum[:8])
}

// fact starts the fact of an item's change.
func (w WireItem) fact(kind FactKind, by By) Fact {
	return Fact{Kind: kind, At: Micro(by.At), By: by.Person, Item: w.ID, Key: w.Key}
}

// place is where the notice from an item stands, -1 when there is none.
func (w WireItem) place(from ItemID) int {
	return slices.IndexFunc(w.Notices, func(n Noticed) bool { return n.From == from })
}

// Announce tells the item of a notice that means it. The same notice told
// again changes nothing, unless the agency has meanwhile made another kind of
// notice of it; what a person has decided stands.
func (w WireItem) Announce(n Noticed, by By) (WireItem, []Fact, error) {
	n.At, n.Verdict, n.By, n.Decided = Micro(n.At), "", House, time.Time{}
	at := w.place(n.From)
	if at >= 0 && (w.Notices[at].Verdict != "" || w.Notices[at] == n) {
		return w, nil, nil
	}
	known := at >= 0 && w.Notices[at].Kind == n.Kind
	w.Notices = slices.Clone(w.Notices)
	if at >= 0 {
		w.Notices[at] = n
	} else {
		w.Notices = append(w.Notices, n)
	}
	slices.SortFunc(w.Notices, func(a, b Noticed) int { return int(a.From - b.From) })
	fact := w.fact(ItemWasAnnounced, by)
	fact.Reason, fact.Notice = n.Words, n.Kind
	if !known && n.Kind != NoticeCorrection && !w.Killed {
		w = w.call(CallNotice, n.At, n.Words)
	}
	return w, []Fact{fact}, nil
}

// Retract takes a notice back that was found to mean another item, unless a
// person has decided on it.
func (w WireItem) Retract(from ItemID, by By) (WireItem, []Fact, error) {
	at := w.place(from)
	if at < 0 || w.Notices[at].Verdict != "" {
		return w, nil, nil
	}
	gone := w.Notices[at]
	w.Notices = slices.Delete(slices.Clone(w.Notices), at, at+1)
	if w.Call.Open() && w.Call.Why == CallNotice && !w.Announced() {
		w.Call = nil
	}
	fact := w.fact(ItemWasJudged, by)
	fact.Notice = gone.Kind
	return w, []Fact{fact}, nil
}

// Judge is a person's decision on a notice. A confirmed kill kills the item, a
// confirmed hold withholds it; dismissed, either ends.
func (w WireItem) Judge(from ItemID, v Verdict, by By) (WireItem, []Fact, error) {
	at := w.place(from)
	if at < 0 || v != Confirmed && v != Dismissed {
		return w, nil, Refuse(NotFound, "error.not_found")
	}
	n := w.Notices[at]
	if n.Verdict == v {
		return w, nil, nil
	}
	if n.Kind == NoticeKill && n.Verdict == Confirmed {
		return w, nil, Refuse(Conflict, "error.item_killed") // from there only Revive leads back
	}
	n.Verdict, n.By, n.Decided = v, by.Person, Micro(by.At)
	w.Notices = slices.Clone(w.Notices)
	w.Notices[at] = n
	w = w.answered(by)
	judged := w.fact(ItemWasJudged, by)
	judged.Reason, judged.Notice = string(v), n.Kind
	facts := []Fact{judged}
	if v == Confirmed && n.Kind == NoticeKill && !w.Killed {
		w.Killed = true
		kill := w.fact(ItemWasKilled, by)
		kill.Reason = n.Words
		facts = append(facts, kill)
	}
	if v == Confirmed && n.Kind == NoticeHold {
		facts = append(facts, w.fact(ItemWasWithheld, by))
	}
	return w, facts, nil
}

// Unmatched calls a person to a notice whose meaning could not be found.
func (w WireItem) Unmatched(by By) (WireItem, []Fact, error) {
	if !w.Speaks() || w.Call != nil {
		return w, nil, nil
	}
	w = w.call(CallUnmatched, by.At, w.Text.Notice.Words)
	return w, []Fact{w.fact(ItemWasCalled, by)}, nil
}

// Matched ends the call of a notice whose meaning has been found after all.
func (w WireItem) Matched(by By) (WireItem, []Fact, error) {
	if !w.Call.Open() || w.Call.Why != CallUnmatched {
		return w, nil, nil
	}
	w.Call = nil
	return w, []Fact{w.fact(ItemWasAnswered, by)}, nil
}

// Plain is a person's word that what was taken for a notice is ordinary copy.
func (w WireItem) Plain(by By) (WireItem, []Fact, error) {
	if !w.Speaks() {
		return w, nil, nil
	}
	w.Ordinary = true
	w = w.answered(by)
	return w, []Fact{w.fact(ItemWasJudged, by)}, nil
}

// Barred says whether the agency's terms bar this house and nobody has decided.
func (w WireItem) Barred() bool { return w.Text.Barred != "" && w.Allowed != w.Text.Barred }

// Allow is a person's decision to use the item in spite of the words that bar
// it. Other words bar it again.
func (w WireItem) Allow(by By) (WireItem, []Fact, error) {
	if !w.Barred() {
		return w, nil, nil
	}
	w.Allowed = w.Text.Barred
	fact := w.fact(ItemWasAllowed, by)
	fact.Reason = w.Allowed
	return w, []Fact{fact}, nil
}

// Revive is a person's decision that a killed item lives again. Kills that are
// not newer than those the person saw do not kill it anew.
func (w WireItem) Revive(reason string, by By) (WireItem, []Fact, error) {
	if !w.Killed {
		return w, nil, Refuse(Conflict, "error.item_not_killed")
	}
	w.Killed, w.Reissued, w.RevivedMark = false, false, w.KillMark
	w.Notices = slices.Clone(w.Notices)
	for i, n := range w.Notices {
		if n.Kind == NoticeKill {
			n.Verdict, n.By, n.Decided = Dismissed, by.Person, Micro(by.At)
			w.Notices[i] = n
		}
	}
	w = w.answered(by)
	fact := w.fact(ItemWasRevived, by)
	fact.Reason = reason
	return w, []Fact{fact}, nil
}
