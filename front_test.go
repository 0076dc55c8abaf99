package newsroom_test

import (
	"strings"
	"testing"

	"github.com/rotatif/newsroom"
)

// slots places the stories.
func slots(ids ...newsroom.StoryID) []newsroom.Slot {
	out := []newsroom.Slot{}
	for _, id := range ids {
		out = append(out, newsroom.Slot{Story: id})
	}
	return out
}

func TestArrangeTheFront(t *testing.T) {
	t.Parallel()
	given := slots(3, 1, 2)
	given[0].Headline = "Manşet"
	front, facts, err := newsroom.Front{Version: 4}.Arrange(4, given, 7, at(1))
	if err != nil {
		t.Fatal(err)
	}
	if front.Version != 5 || front.By != 7 || !front.At.Equal(at(1)) || len(front.Slots) != 3 || front.Slots[0].Headline != "Manşet" {
		t.Errorf("front: %+v", front)
	}
	if kinds(facts) != "front.set" || facts[0].By != 7 || !facts[0].At.Equal(at(1)) || !facts[0].Prints() {
		t.Errorf("facts: %+v", facts)
	}
	public := facts[0].Front
	if public.By != newsroom.House || public.Version != 5 || len(public.Slots) != 3 {
		t.Errorf("what is printed: %+v", public)
	}
	given[0].Story = 99
	if front.Slots[0].Story != 3 || public.Slots[0].Story != 3 {
		t.Error("the caller's list is the front's list")
	}
	if cleared, _, err := front.Arrange(5, nil, 7, at(2)); err != nil || len(cleared.Slots) != 0 || cleared.Version != 6 {
		t.Errorf("clearing it: %+v, %v", cleared, err)
	}
}

func TestArrangementsRefused(t *testing.T) {
	t.Parallel()
	most := []newsroom.StoryID{}
	for i := range newsroom.MaxSlots {
		most = append(most, newsroom.StoryID(i+1))
	}
	if _, _, err := (newsroom.Front{}).Arrange(0, slots(most...), 7, at(0)); err != nil {
		t.Errorf("a full front: %v", err)
	}
	for name, c := range map[string]struct {
		seen  int
		slots []newsroom.Slot
		kind  newsroom.Kind
		key   string
	}{
		"an older version":  {3, slots(1), newsroom.Conflict, "error.front_changed"},
		"a version to come": {5, slots(1), newsroom.Conflict, "error.front_changed"},
		"too many":          {4, slots(append(most, 16)...), newsroom.TooMuch, "error.front_full"},
		"one twice":         {4, slots(1, 2, 1), newsroom.Invalid, "error.front_twice"},
		"no story":          {4, slots(1, 0), newsroom.NotFound, "error.not_found"},
		"a long headline":   {4, []newsroom.Slot{{Story: 1, Headline: strings.Repeat("a", newsroom.MaxLine+1)}}, newsroom.TooMuch, "error.line_too_long"},
		"a broken headline": {4, []newsroom.Slot{{Story: 1, Headline: "\xff"}}, newsroom.Invalid, "error.text_encoding"},
	} {
		before := newsroom.Front{Version: 4, Slots: slots(8, 9)}
		after, facts, err := before.Arrange(c.seen, c.slots, 7, at(1))
		refused(t, err, c.kind, c.key)
		if after.Version != 4 || len(after.Slots) != 2 || len(facts) != 0 {
			t.Errorf("%s: the front changed: %+v, %v", name, after, facts)
		}
	}
}

func TestWhatThePressPrints(t *testing.T) {
	t.Parallel()
	prints := map[newsroom.FactKind]bool{
		newsroom.StoryPublished: true, newsroom.StoryUpdated: true, newsroom.StoryCorrected: true, newsroom.FrontSet: true,
		newsroom.StoryBegun: false, newsroom.StorySaved: false, newsroom.StorySubmitted: false, newsroom.StoryReturned: false,
		newsroom.StoryApproved: false, newsroom.StoryScheduled: false, newsroom.StoryUnscheduled: false, newsroom.StoryHeld: false,
		newsroom.StoryCleared: false, newsroom.EmbargoChanged: false, newsroom.StoryUnpublished: false, newsroom.StoryKilled: false,
		newsroom.ItemArrived: false, newsroom.ItemRevised: false, newsroom.ItemWasKilled: false, newsroom.ItemWasWithheld: false,
	}
	for kind, want := range prints {
		if have := (newsroom.Fact{Kind: kind}).Prints(); have != want {
			t.Errorf("%s: %v", kind, have)
		}
	}
	for _, kind := range []newsroom.FactKind{newsroom.StoryUnpublished, newsroom.StoryKilled} {
		if !(newsroom.Fact{Kind: kind, Public: true}).Prints() {
			t.Errorf("%s of what was public leaves no tombstone", kind)
		}
	}
}
