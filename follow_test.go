package newsroom_test

import (
	"testing"

	"github.com/rotatif/newsroom"
)

// What a person takes over of the agency's newer text, and what she does not.
func TestFollowingTheAgency(t *testing.T) {
	t.Parallel()
	w := item("Bir")
	w.TextMark.Hash = w.Text.Hash()
	s, _, err := newsroom.Story{ID: 9}.Take(w, content("Bir"), by(0))
	if err != nil || s.Basis != w.Text.Sign() || s.Behind(w) {
		t.Fatalf("basis %q, behind %v (%v)", s.Basis, s.Behind(w), err)
	}
	w.Text.Headline = "İki"
	newer := w.Text.Sign()
	if !s.Behind(w) {
		t.Error("the agency has another text, and the story does not know")
	}
	if _, facts, err := s.Follow(0, content("İki"), newer, false, by(1)); newsroom.KindOf(err) != newsroom.Conflict || len(facts) > 0 {
		t.Errorf("over a revision that was not seen: %v", err)
	}
	if _, _, err := s.Follow(1, content("İki"), "", false, by(1)); newsroom.KindOf(err) != newsroom.Invalid {
		t.Errorf("onto no revision: %v", err)
	}
	nothing, facts, err := s.Follow(1, s.Content, newer, false, by(1))
	if err != nil || kinds(facts) != "story.followed" || nothing.Revision != 1 || nothing.Behind(w) || nothing.Copied != s.Copied {
		t.Errorf("nothing taken over: %s, revision %d (%v)", kinds(facts), nothing.Revision, err)
	}
	if _, facts, err := nothing.Follow(1, nothing.Content, newer, false, by(2)); err != nil || len(facts) > 0 {
		t.Errorf("said twice: %s (%v)", kinds(facts), err)
	}
	all, facts, err := s.Follow(1, content("İki"), newer, true, by(1))
	if err != nil || kinds(facts) != "story.saved story.followed" || all.Revision != 2 || all.Copied != all.Head {
		t.Errorf("all taken over: %s, revision %d (%v)", kinds(facts), all.Revision, err)
	}
	some, _, err := s.Follow(1, content("İki ve bizimki"), newer, false, by(1))
	if err != nil || some.Copied == some.Head {
		t.Errorf("a text that is ours too counts as a copy (%v)", err)
	}
	killed, _, _ := s.Kill("x", by(2))
	if killed.Behind(w) {
		t.Error("a killed story is behind")
	}
	if _, _, err := killed.Follow(1, content("İki"), newer, false, by(3)); newsroom.KindOf(err) != newsroom.Conflict {
		t.Errorf("a killed story follows: %v", err)
	}
}

// What the agency sends anew waits for somebody to look at it; what it says of
// a slip does not, and what it takes back is forgotten.
func TestTheAgencySendsAnew(t *testing.T) {
	t.Parallel()
	w := item("Bir")
	w.TextMark.Hash = w.Text.Hash()
	s, _, err := newsroom.Story{ID: 9}.Take(w, content("Bir"), by(0))
	if err != nil {
		t.Fatal(err)
	}
	sent := func(headline string, change func(d *newsroom.Dispatch)) newsroom.WireItem {
		next := w
		next.Text.Headline = headline
		if change != nil {
			change(&next.Text)
		}
		return next
	}
	right := func(d *newsroom.Dispatch) { d.Correction = true }
	slip := func(d *newsroom.Dispatch) { d.Refile = true }
	for _, turn := range []struct {
		name  string
		item  newsroom.WireItem
		facts string
		sent  string
	}{
		{"the same once more", sent("Bir", nil), "", "none"},
		{"a slip", sent("Biir", slip), "", "none"},
		{"an update", sent("İki", nil), "story.behind", "update"},
		{"the update again", sent("İki", nil), "", "update"},
		{"a slip after an update", sent("İkii", slip), "", "update"},
		{"a correction", sent("Üç", right), "story.behind", "correction"},
		{"an update after the correction", sent("Dört", nil), "story.behind", "correction"},
		{"back to the first", sent("Bir", nil), "story.followed", "none"},
		{"an update anew", sent("Beş", nil), "story.behind", "update"},
	} {
		var facts []newsroom.Fact
		s, facts, err = s.AgencyRevised(turn.item, by(1))
		have := "none"
		if s.Sent != nil {
			have = map[bool]string{true: "correction", false: "update"}[s.Sent.Correction]
		}
		if err != nil || kinds(facts) != turn.facts || have != turn.sent {
			t.Errorf("%s: %q, %s waits (%v)", turn.name, kinds(facts), have, err)
		}
	}
	last := sent("Beş", nil)
	if s, _, err := s.Follow(1, s.Content, last.Text.Sign(), false, by(2)); err != nil || s.Sent != nil {
		t.Errorf("somebody has looked, and it waits: %+v (%v)", s.Sent, err)
	}
	killed, _, _ := s.Kill("x", by(2))
	if _, facts, err := killed.AgencyRevised(sent("Altı", right), by(3)); err != nil || kinds(facts) == "story.behind" {
		t.Errorf("a killed story: %s (%v)", kinds(facts), err)
	}
}
