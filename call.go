package newsroom

import "time"

// CallWhy is why a person is called to an item.
type CallWhy string

// The reasons, most pressing first.
const (
	CallReissued  CallWhy = "reissued"  // the agency sent again what it had killed
	CallKill      CallWhy = "kill"      // the agency killed it
	CallNotice    CallWhy = "notice"    // a notice in words means it
	CallUnmatched CallWhy = "unmatched" // it is a notice, and what it means was not found
	CallSuspect   CallWhy = "suspect"   // it repeats what was killed under another name
	CallSibling   CallWhy = "sibling"   // other copy of the same event was killed
	CallCorrected CallWhy = "corrected" // the agency corrected what readers have of ours
)

// pressing orders the reasons; 0 is the most pressing.
func (w CallWhy) pressing() int {
	switch w {
	case CallReissued:
		return 0
	case CallKill:
		return 1
	case CallNotice:
		return 2
	case CallSuspect:
		return 3
	case CallSibling:
		return 4
	case CallCorrected:
		return 5
	default:
		return 6
	}
}

// Call asks for a person, louder with every rung, until one answers. An
// answered call is kept: who came, and when.
type Call struct {
	Why      CallWhy   `json:"why"`
	Since    time.Time `json:"since"`
	Reason   string    `json:"reason,omitempty"`
	About    ItemID    `json:"about,omitempty"` // the other item that is the reason
	Rung     int       `json:"rung,omitempty"`  // how often nobody came
	Answered time.Time `json:"answered,omitzero"`
	By       PersonID  `json:"by,omitempty"`
}

// Open says whether nobody has come yet. No call at all is not open.
func (c *Call) Open() bool { return c != nil && c.Answered.IsZero() }

// call raises a call. An open one that is more pressing stands.
func (w WireItem) call(why CallWhy, since time.Time, reason string) WireItem {
	if w.Call.Open() && w.Call.Why.pressing() <= why.pressing() {
		return w
	}
	w.Call = &Call{Why: why, Since: Micro(since), Reason: reason}
	return w
}

// foldCall calls a person to a kill and to what came after it. Whoever has
// come to a kill is called again only when the item is sent anew, or killed
// anew after it was revived.
func (w WireItem) foldCall(before WireItem) WireItem {
	c := Call{Why: CallKill, Since: w.KillMark.Received, Reason: w.KillReason}
	switch {
	case w.Reissued:
		c.Why, c.Since, c.Reason = CallReissued, w.StatusMark.Received, w.Text.Headline
	case !w.Killed || w.KillMark.Hash == "":
		return w
	}
	if before.Killed && w.Call != nil && !w.Call.Open() && w.Call.Why.pressing() <= c.Why.pressing() {
		return w
	}
	if w.Call.Open() {
		c.Rung = w.Call.Rung
	}
	w.Call = &c
	return w
}

// answered closes an open call.
func (w WireItem) answered(by By) WireItem {
	if w.Call.Open() {
		c := *w.Call
		c.Answered, c.By = Micro(by.At), by.Person
		w.Call = &c
	}
	return w
}

// Summon calls a person to the item for a reason found outside of it, in
// another item or, when about is 0, elsewhere.
func (w WireItem) Summon(why CallWhy, about ItemID, reason string, by By) (WireItem, []Fact, error) {
	before := w.Call
	if w = w.call(why, by.At, reason); w.Call == before {
		return w, nil, nil
	}
	if about != 0 {
		call := *w.Call
		call.About, w.Call = about, &call
	}
	fact := w.fact(ItemWasCalled, by)
	fact.Reason = string(why)
	return w, []Fact{fact}, nil
}

// Answer is a person's word: I have seen it.
func (w WireItem) Answer(by By) (WireItem, []Fact, error) {
	if !w.Call.Open() {
		return w, nil, nil
	}
	w = w.answered(by)
	fact := w.fact(ItemWasAnswered, by)
	fact.Reason = string(w.Call.Why)
	return w, []Fact{fact}, nil
}

// Escalate makes an open call louder by one rung.
func (w WireItem) Escalate(by By) (WireItem, []Fact, error) {
	if !w.Call.Open() {
		return w, nil, nil
	}
	c := *w.Call
	c.Rung++
	w.Call = &c
	fact := w.fact(ItemWasEscalated, by)
	fact.Reason = string(c.Why)
	return w, []Fact{fact}, nil
}
