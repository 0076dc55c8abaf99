package newsroom

import "time"

// Publish puts an approved story before readers for the first time, or again
// after it was taken down; the first date stays what it was.
func (s Story) Publish(by By) (Story, []Fact, error) {
	if s.State != Approved {
		return s, nil, s.wrongState("publish")
	}
	if err := s.clear(by.At); err != nil {
		return s, nil, err
	}
	return s.goLive(Published, StoryPublished, by)
}

// goLive makes the present text the public one.
func (s Story) goLive(state State, kind FactKind, by By) (Story, []Fact, error) {
	at := Micro(by.At)
	live := Live{First: at}
	if s.Live != nil {
		live = *s.Live
		live.Changed = later(later(live.First, live.Changed), at)
	}
	live.Head, live.Revision = s.Head, s.Revision
	s.Live, s.State, s.Release, s.Reason = &live, state, time.Time{}, ""
	fact := s.fact(kind, by)
	fact.Article = s.article()
	return s, []Fact{fact}, nil
}

// Schedule lets an approved story be released by the clock: at the hour asked
// for, but never before the end of its embargo.
func (s Story) Schedule(release time.Time, by By) (Story, []Fact, error) {
	if s.State != Approved {
		return s, nil, s.wrongState("schedule")
	}
	release = later(Micro(release), Micro(s.Embargo.Until))
	if err := s.clear(release); err != nil {
		return s, nil, err
	}
	if !release.After(by.At) {
		return s, nil, Refuse(Invalid, "error.release_past")
	}
	s.State, s.Release = Scheduled, release
	if s.Embargo.Holds(by.At) {
		s.State = Embargoed
	}
	return s, []Fact{s.fact(StoryScheduled, by)}, nil
}

// Unschedule takes a waiting story out of the queue; its approval stands.
func (s Story) Unschedule(by By) (Story, []Fact, error) {
	if !s.State.Waiting() {
		return s, nil, s.wrongState("unschedule")
	}
	s.State, s.Release = Approved, time.Time{}
	return s, []Fact{s.fact(StoryUnscheduled, by)}, nil
}

// Due publishes a waiting story whose hour has come. It is asked again at the
// moment of release: a hold, a changed text or a moved embargo keeps it back.
// A story that is not due is given back unchanged, without a fact.
func (s Story) Due(by By) (Story, []Fact, error) {
	if !s.State.Waiting() || by.At.Before(s.Release) {
		return s, nil, nil
	}
	if err := s.clear(by.At); err != nil {
		return s, nil, err
	}
	return s.goLive(Published, StoryPublished, by)
}

// Update replaces what readers have by the approved newer text.
func (s Story) Update(by By) (Story, []Fact, error) {
	if !s.Pending() {
		return s, nil, s.wrongState("update")
	}
	if err := s.clear(by.At); err != nil {
		return s, nil, err
	}
	return s.goLive(Updated, StoryUpdated, by)
}

// Correct replaces what readers have and tells them, in a note, what was wrong.
func (s Story) Correct(note string, by By) (Story, []Fact, error) {
	if !s.Pending() {
		return s, nil, s.wrongState("correct")
	}
	if err := s.clear(by.At); err != nil {
		return s, nil, err
	}
	if blank(note) {
		return s, nil, Refuse(Invalid, "error.no_correction_note")
	}
	if err := checkText(note, MaxLead); err != nil {
		return s, nil, err
	}
	live := *s.Live
	live.Notes = append(append([]Correction{}, live.Notes...), Correction{Text: note, At: Micro(by.At)})
	s.Live = &live
	return s.goLive(Corrected, StoryCorrected, by)
}

// Unpublish takes a story down; it may come back after a new approval.
func (s Story) Unpublish(reason string, by By) (Story, []Fact, error) {
	if !s.State.Public() {
		return s, nil, s.wrongState("unpublish")
	}
	if blank(reason) {
		return s, nil, Refuse(Invalid, "error.no_reason")
	}
	return s.takeDown(Unpublished, StoryUnpublished, reason, by)
}

// Kill takes a story down for good, from any state. The safe direction is
// easy: it asks for nothing but a reason.
func (s Story) Kill(reason string, by By) (Story, []Fact, error) {
	if s.State == Killed || s.State == "" {
		return s, nil, s.wrongState("kill")
	}
	if blank(reason) {
		return s, nil, Refuse(Invalid, "error.no_reason")
	}
	return s.takeDown(Killed, StoryKilled, reason, by)
}

func (s Story) takeDown(state State, kind FactKind, reason string, by By) (Story, []Fact, error) {
	s.State, s.Reason, s.Approval, s.Release = state, reason, nil, time.Time{}
	if state == Killed {
		s.Held = "" // there is nothing left to decide
	}
	fact := s.fact(kind, by)
	fact.Reason, fact.Public = reason, s.Live != nil
	return s, []Fact{fact}, nil
}

// Hold stops everything that would publish the story until a person clears it;
// why is a catalogue key. A waiting story leaves the queue. What is public stays.
func (s Story) Hold(why string, by By) (Story, []Fact, error) {
	if s.State == Killed || s.State == "" || s.Held == why {
		return s, nil, nil
	}
	s.Held, s.Word = why, ""
	if s.State.Waiting() {
		s.State, s.Release = Approved, time.Time{}
	}
	fact := s.fact(StoryHeld, by)
	fact.Reason = why
	return s, []Fact{fact}, nil
}

// Clear lifts a hold; the reason is kept with the person's name. word is the
// agency's word that the person has decided on: it stops the story no more,
// any later one does.
func (s Story) Clear(word, reason string, by By) (Story, []Fact, error) {
	if s.Held == "" {
		return s, nil, s.wrongState("clear")
	}
	if blank(reason) {
		return s, nil, Refuse(Invalid, "error.no_reason")
	}
	s.Held, s.Word = "", word
	fact := s.fact(StoryCleared, by)
	fact.Reason = reason
	return s, []Fact{fact}, nil
}

// AgencyKilled is what a kill by the agency does to a story made of its copy.
// Published agency words unchanged go down at once; words that a person has
// worked on are held, and a person is called. A story not yet public is killed
// when it is a plain copy, held otherwise.
func (s Story) AgencyKilled(reason string, by By) (Story, []Fact, error) {
	if s.State == Killed || s.State == "" {
		return s, nil, nil
	}
	if s.plainCopy() {
		if blank(reason) {
			reason = s.Origin.Provider
		}
		return s.takeDown(Killed, StoryKilled, reason, by) // not Kill: an agency's kill is never refused
	}
	return s.Hold("hold.agency_kill", by)
}

// AgencyRecalled is what a hold by the agency, or a notice that asks for one or
// for a kill, does to a story made of its copy. Published agency words unchanged
// go down, and may come back when the hold is cleared; everything else stays
// where it is and is held, and a person is called. why is a catalogue key.
func (s Story) AgencyRecalled(why, reason string, by By) (Story, []Fact, error) {
	public := s.State.Public() && s.plainCopy()
	s, facts, err := s.Hold(why, by)
	if err != nil || len(facts) == 0 || !public {
		return s, facts, err
	}
	if blank(reason) {
		reason = s.Origin.Provider
	}
	s, down, err := s.takeDown(Unpublished, StoryUnpublished, reason, by)
	return s, append(facts, down...), err
}

// plainCopy says whether what readers have, or would have, is the agency's text unchanged.
func (s Story) plainCopy() bool {
	if s.State.Public() {
		return s.Copied != "" && s.Live.Head == s.Copied
	}
	return s.Copied != "" && s.Head == s.Copied
}

// Reembargo changes the embargo: the agency moved it, or a person with the
// right decided what an unreadable one means. heard is what the agency had
// said by then. Whatever waits goes back to approved, to be scheduled anew
// against the new hour.
func (s Story) Reembargo(e, heard Embargo, reason string, by By) (Story, []Fact, error) {
	if s.State == Killed || s.State == "" {
		return s, nil, s.wrongState("embargo")
	}
	e.Until = Micro(e.Until)
	if e == s.Embargo {
		return s, nil, nil
	}
	s.Embargo, s.Heard = e, heard
	if s.State.Waiting() {
		s.State, s.Release = Approved, time.Time{}
	}
	fact := s.fact(EmbargoChanged, by)
	fact.Reason = reason
	return s, []Fact{fact}, nil
}
