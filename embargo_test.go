package newsroom_test

import (
	"testing"
	"time"

	"github.com/rotatif/newsroom"
)

func TestEmbargoHolds(t *testing.T) {
	t.Parallel()
	ever := at(0).AddDate(100, 0, 0)
	for name, c := range map[string]struct {
		embargo newsroom.Embargo
		at      time.Time
		want    bool
	}{
		"none":               {newsroom.Embargo{}, at(0), false},
		"none, with a date":  {newsroom.Embargo{Until: ever}, at(0), false},
		"before its end":     {until(30), at(29), true},
		"an instant before":  {until(30), at(30).Add(-1), true},
		"at its end":         {until(30), at(30), false},
		"after its end":      {until(30), at(31), false},
		"unknown":            {newsroom.Embargo{State: newsroom.EmbargoUnknown}, ever, true},
		"unknown, with date": {newsroom.Embargo{State: newsroom.EmbargoUnknown, Until: at(0)}, ever, true},
		"until nobody knows": {newsroom.Embargo{State: newsroom.EmbargoUntil}, ever, true},
		"a foreign state":    {newsroom.Embargo{State: "lifted", Until: at(0)}, ever, true},
	} {
		if have := c.embargo.Holds(c.at); have != c.want {
			t.Errorf("%s: %v", name, have)
		}
	}
}

func TestTheStricterEmbargo(t *testing.T) {
	t.Parallel()
	none, unknown := newsroom.Embargo{}, newsroom.Embargo{State: newsroom.EmbargoUnknown, Text: "yarın"}
	for _, last := range []newsroom.Embargo{unknown, {State: newsroom.EmbargoUntil}} {
		stricterInOrder(t, []newsroom.Embargo{none, until(10), until(20), last})
	}
}

func stricterInOrder(t *testing.T, order []newsroom.Embargo) {
	t.Helper()
	for i, a := range order {
		for j, b := range order {
			if have := a.Stricter(b); have != order[max(i, j)] {
				t.Errorf("%v and %v: %v", a, b, have)
			}
		}
	}
}

func TestAnEmbargoTravelsWithTheCopy(t *testing.T) {
	t.Parallel()
	w := item("Bir")
	w.Embargo = until(30)
	s := walk(t, newsroom.Story{ID: 9}, take(w, 0), submit(1), approve(2))
	if s.Embargo != until(30) {
		t.Fatalf("embargo: %+v", s.Embargo)
	}
	_, _, err := s.Publish(by(29))
	refused(t, err, newsroom.Held, "error.embargo_holds")
	walk(t, s, publish(30))
}

func TestScheduledNeverBeforeTheEmbargo(t *testing.T) {
	t.Parallel()
	s := walk(t, approved(t), reembargo(until(30), 2))
	for name, c := range map[string]struct {
		ask, want int
		state     newsroom.State
		now       int
	}{
		"at its end":    {-1, 30, newsroom.Embargoed, 3},
		"too early":     {10, 30, newsroom.Embargoed, 3},
		"later":         {50, 50, newsroom.Embargoed, 3},
		"after its end": {50, 50, newsroom.Scheduled, 40},
	} {
		asked := time.Time{}
		if c.ask >= 0 {
			asked = at(c.ask)
		}
		waiting, facts, err := s.Schedule(asked, by(c.now))
		if err != nil || waiting.State != c.state || !waiting.Release.Equal(at(c.want)) || kinds(facts) != "story.scheduled" {
			t.Errorf("%s: %s, due %s, %v", name, waiting.State, waiting.Release, err)
			continue
		}
		if have := outcome(waiting, due(c.want-1)); have != "-" {
			t.Errorf("%s: a minute early: %s", name, have)
		}
		if have := outcome(waiting, due(c.want)); have != "published: published" {
			t.Errorf("%s: at its hour: %s", name, have)
		}
	}
	_, _, err := s.Schedule(at(50), by(50))
	refused(t, err, newsroom.Invalid, "error.release_past")
	_, _, err = approved(t).Schedule(time.Time{}, by(3))
	refused(t, err, newsroom.Invalid, "error.release_past")
}

func TestAnUnknownEmbargoWaitsForAPerson(t *testing.T) {
	t.Parallel()
	for _, e := range []newsroom.Embargo{{State: newsroom.EmbargoUnknown, Text: "yarın sabah"}, {State: newsroom.EmbargoUntil}} {
		s := walk(t, approved(t), reembargo(e, 3))
		for name, act := range map[string]step{"publish": publish(999), "schedule": schedule(at(9999), 4)} {
			if _, _, err := act(s); newsroom.KindOf(err) != newsroom.Held {
				t.Errorf("%s: %v", name, err)
			}
		}
		walk(t, s, reembargo(newsroom.Embargo{}, 5), publish(6))
	}
	_, _, err := walk(t, approved(t), reembargo(newsroom.Embargo{State: newsroom.EmbargoUnknown, Text: "yarın"}, 3)).Publish(by(4))
	if e, ok := err.(*newsroom.Error); !ok || e.Key != "error.embargo_unknown" || e.Args["text"] != "yarın" {
		t.Errorf("the refusal does not show what was delivered: %v", err)
	}
}

func TestAMovedEmbargoEmptiesTheQueue(t *testing.T) {
	t.Parallel()
	waiting := walk(t, approved(t), reembargo(until(30), 2), schedule(time.Time{}, 3))
	same := until(30)
	same.Until = same.Until.In(time.FixedZone("+03", 3*60*60))
	if have := outcome(waiting, reembargo(same, 4)); have != "-" {
		t.Errorf("the same instant in another zone: %s", have)
	}
	moved := walk(t, waiting, reembargo(until(60), 4))
	if moved.State != newsroom.Approved || !moved.Release.IsZero() || moved.Approval == nil {
		t.Errorf("moved: %s, due %s", moved.State, moved.Release)
	}
	if have := outcome(moved, due(30)); have != "-" {
		t.Errorf("the old hour: %s", have)
	}
	moved = walk(t, moved, schedule(time.Time{}, 5), due(60))
	if !moved.Live.First.Equal(at(60)) {
		t.Errorf("first before readers at %s", moved.Live.First)
	}
}

func TestAnEmbargoKeepsBackTheNextText(t *testing.T) {
	t.Parallel()
	s := walk(t, live(t), edit("İki", 4), approve(5), reembargo(until(30), 6))
	if !s.State.Public() {
		t.Fatalf("what is public is %s", s.State)
	}
	for name, act := range map[string]step{"update": update(29), "correct": correct("Bir değil.", 29)} {
		_, _, err := act(s)
		if newsroom.KindOf(err) != newsroom.Held {
			t.Errorf("%s: %v", name, err)
		}
	}
	walk(t, s, update(30))
}

func TestTheClockAsksAgain(t *testing.T) {
	t.Parallel()
	waiting := walk(t, approved(t), schedule(at(30), 3))
	for name, spoil := range map[string]func(s *newsroom.Story){
		"a hold":           func(s *newsroom.Story) { s.Held = "hold.agency_kill" },
		"an embargo":       func(s *newsroom.Story) { s.Embargo = until(60) },
		"an unread one":    func(s *newsroom.Story) { s.Embargo.State = newsroom.EmbargoUnknown },
		"no approval":      func(s *newsroom.Story) { s.Approval = nil },
		"another approval": func(s *newsroom.Story) { s.Approval = &newsroom.Approval{Head: "0"} },
	} {
		s := waiting
		spoil(&s)
		after, facts, err := s.Due(by(30))
		if err == nil || after.State.Public() || len(facts) > 0 {
			t.Errorf("%s does not keep it back: %s, %v", name, after.State, err)
		}
	}
}

func TestWhatMayBeTaken(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		spoil func(w *newsroom.WireItem)
		kind  newsroom.Kind
		key   string
	}{
		"killed":               {func(w *newsroom.WireItem) { w.Killed = true }, newsroom.Held, "error.item_killed"},
		"killed and withheld":  {func(w *newsroom.WireItem) { w.Killed, w.Withheld = true, true }, newsroom.Held, "error.item_killed"},
		"killed and reissued":  {func(w *newsroom.WireItem) { w.Killed, w.Reissued = true, true }, newsroom.Held, "error.item_killed"},
		"withheld":             {func(w *newsroom.WireItem) { w.Withheld = true }, newsroom.Held, "error.item_withheld"},
		"withheld, embargoed":  {func(w *newsroom.WireItem) { w.Withheld, w.Embargo = true, until(30) }, newsroom.Held, "error.item_withheld"},
		"a planning item":      {func(w *newsroom.WireItem) { w.Text.Kind = newsroom.KindPlanning }, newsroom.Invalid, "desk.refusal.kind"},
		"something unknown":    {func(w *newsroom.WireItem) { w.Text.Kind = newsroom.KindUnknown }, newsroom.Invalid, "desk.refusal.kind"},
		"something of no kind": {func(w *newsroom.WireItem) { w.Text.Kind = "" }, newsroom.Invalid, "desk.refusal.kind"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := item("Bir")
			c.spoil(&w)
			s, facts, err := newsroom.Story{ID: 9}.Take(w, content("Bir"), by(0))
			refused(t, err, c.kind, c.key)
			if s.State != "" || len(facts) > 0 {
				t.Errorf("refused, but %s with %v", s.State, facts)
			}
		})
	}
	picture := item("Bir")
	picture.Text.Kind = newsroom.KindPicture
	s, facts, err := newsroom.Story{ID: 9}.Take(picture, content("Bir"), by(0))
	if err != nil || s.Origin != picture.Key || s.Copied != s.Head || facts[0].Item != 5 || facts[0].Key != picture.Key {
		t.Errorf("a picture: %+v, %v, %v", s, facts, err)
	}
}
