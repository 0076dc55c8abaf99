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
