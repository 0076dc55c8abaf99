package newsroom_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/rotatif/newsroom"
)

// approved is a story whose words have been approved.
func approved(t *testing.T) newsroom.Story {
	t.Helper()
	return walk(t, newsroom.Story{ID: 9}, begin("Bir", 0), submit(1), approve(2))
}

// live is a story before readers since the third minute.
func live(t *testing.T) newsroom.Story {
	t.Helper()
	return walk(t, approved(t), publish(3))
}

func TestApprovalIsForExactWords(t *testing.T) {
	t.Parallel()
	s := approved(t)
	if s.Approval == nil || s.Approval.Head != s.Head || s.Approval.By != 7 || !s.Approval.At.Equal(at(2)) {
		t.Fatalf("approval: %+v", s.Approval)
	}
	seen := s.Head
	s = walk(t, s, edit("İki", 3))
	if s.Approval != nil || s.State != newsroom.InReview {
		t.Errorf("after a save: %s, %+v", s.State, s.Approval)
	}
	_, _, err := s.Approve(seen, by(4))
	refused(t, err, newsroom.Conflict, "error.approve_changed")
	back := walk(t, s, edit("Bir", 4))
	_, _, err = back.Approve(seen, by(5))
	refused(t, err, newsroom.Conflict, "error.approve_changed") // the same words saved by another hand are another revision
	_, _, err = s.Publish(by(4))
	refused(t, err, newsroom.Conflict, "error.wrong_state")
	walk(t, s, approve(5), publish(6))
}

func TestAnUpdateNeedsItsOwnApproval(t *testing.T) {
	t.Parallel()
	s := walk(t, live(t), edit("İki", 4))
	for _, act := range []step{update(5), correct("Bir değil.", 5)} {
		_, _, err := act(s)
		refused(t, err, newsroom.Conflict, "error.not_approved")
	}
	s = walk(t, s, approve(5), edit("Üç", 6))
	_, _, err := s.Update(by(7))
	refused(t, err, newsroom.Conflict, "error.not_approved")
	if s.Live.Revision != 1 || s.Revision != 3 || !s.Pending() {
		t.Errorf("readers have revision %d of %d", s.Live.Revision, s.Revision)
	}
	s = walk(t, s, approve(7), update(8))
	if s.Live.Revision != 3 || s.Live.Head != s.Head || s.Pending() {
		t.Errorf("readers have %+v", s.Live)
	}
}

func TestOnlyWholeStoriesGoOn(t *testing.T) {
	t.Parallel()
	for key, spoil := range map[string]func(c *newsroom.Content){
		"error.no_headline": func(c *newsroom.Content) { c.Headline = "" },
		"error.no_section":  func(c *newsroom.Content) { c.Section = "" },
		"error.no_body":     func(c *newsroom.Content) { c.Body = nil },
	} {
		part := content("Bir")
		spoil(&part)
		s, _, err := newsroom.Story{ID: 9}.Begin(part, by(0))
		if err != nil {
			t.Fatal(err)
		}
		_, _, err = s.Submit(by(1))
		refused(t, err, newsroom.Invalid, key)
		s = walk(t, newsroom.Story{ID: 9}, begin("Bir", 0), submit(1))
		if s, _, err = s.Edit(s.Revision, part, by(2)); err != nil {
			t.Fatal(err)
		}
		_, _, err = s.Approve(s.Head, by(3))
		refused(t, err, newsroom.Invalid, key)
	}
	bad := content("Bir")
	bad.Body = newsroom.Body{{Kind: "html"}}
	_, _, err := newsroom.Story{ID: 9}.Begin(bad, by(0))
	refused(t, err, newsroom.Invalid, "error.body_block")
	_, _, err = live(t).Edit(1, bad, by(4))
	refused(t, err, newsroom.Invalid, "error.body_block")
}

func TestTheTwoLegalDates(t *testing.T) {
	t.Parallel()
	s := live(t)
	dates := func(first, changed time.Time) {
		t.Helper()
		if !s.Live.First.Equal(first) || !s.Live.Changed.Equal(changed) {
			t.Errorf("%s: first %s, changed %s", s.State, s.Live.First, s.Live.Changed)
		}
	}
	dates(at(3), time.Time{})
	s = walk(t, s, edit("İki", 4), approve(5), update(6))
	dates(at(3), at(6))
	s = walk(t, s, edit("Üç", 7), approve(8), correct("İki değil.", 9))
	dates(at(3), at(9))
	s = walk(t, s, unpublish("dava", 10))
	dates(at(3), at(9))
	s = walk(t, s, submit(11), approve(12), publish(13))
	dates(at(3), at(13))
	s = walk(t, s, unpublish("dava", 14), submit(15), approve(16), schedule(at(20), 17), due(21))
	dates(at(3), at(21))
	if s.State != newsroom.Published {
		t.Errorf("published again by the clock it is %s", s.State)
	}
	s = walk(t, s, edit("Dört", 22), approve(23), update(1)) // a clock that went back
	dates(at(3), at(21))
	s = walk(t, live(t), edit("İki", 4), approve(5), update(1))
	dates(at(3), at(3))
}

func TestCorrectionsTellReaders(t *testing.T) {
	t.Parallel()
	s := walk(t, live(t), edit("İki", 4), approve(5))
	for _, none := range []string{"", " ", "\n\t"} {
		_, _, err := s.Correct(none, by(6))
		refused(t, err, newsroom.Invalid, "error.no_correction_note")
	}
	_, _, err := s.Correct("\xff", by(6))
	refused(t, err, newsroom.Invalid, "error.text_encoding")
	_, _, err = s.Correct(strings.Repeat("a", newsroom.MaxLead+1), by(6))
	refused(t, err, newsroom.TooMuch, "error.body_too_long")
	once := walk(t, s, correct("Bir değil iki.", 6), edit("Üç", 7), approve(8))
	twice, facts, err := once.Correct("İki değil üç.", by(9))
	if err != nil {
		t.Fatal(err)
	}
	notes := facts[0].Article.Notes
	if len(notes) != 2 || notes[0].Text != "Bir değil iki." || !notes[0].At.Equal(at(6)) || notes[1].Text != "İki değil üç." || !notes[1].At.Equal(at(9)) {
		t.Errorf("notes: %+v", notes)
	}
	if len(once.Live.Notes) != 1 || len(twice.Live.Notes) != 2 {
		t.Errorf("%d notes before, %d after", len(once.Live.Notes), len(twice.Live.Notes))
	}
	silent := walk(t, twice, edit("Dört", 10), approve(11), update(12))
	if len(silent.Live.Notes) != 2 {
		t.Error("an update loses the notes")
	}
}

func TestTombstonesOnlyForWhatReadersHad(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		way    []step
		public bool
	}{
		"a draft":           {[]step{begin("Bir", 0)}, false},
		"approved":          {[]step{begin("Bir", 0), submit(1), approve(2)}, false},
		"embargoed":         {[]step{begin("Bir", 0), reembargo(until(30), 0), submit(1), approve(2), schedule(time.Time{}, 3)}, false},
		"held":              {[]step{begin("Bir", 0), hold("hold.agency_kill", 1)}, false},
		"public":            {[]step{begin("Bir", 0), submit(1), approve(2), publish(3)}, true},
		"updated":           {[]step{begin("Bir", 0), submit(1), approve(2), publish(3), edit("İki", 4), approve(5), update(6)}, true},
		"held while public": {[]step{begin("Bir", 0), submit(1), approve(2), publish(3), hold("hold.agency_kill", 4)}, true},
		"taken down":        {[]step{begin("Bir", 0), submit(1), approve(2), publish(3), unpublish("dava", 4)}, true},
		"on its way back":   {[]step{begin("Bir", 0), submit(1), approve(2), publish(3), unpublish("dava", 4), submit(5), approve(6)}, true},
	} {
		s, facts, err := walk(t, newsroom.Story{ID: 9}, c.way...).Kill("yanlış", by(40))
		if err != nil || s.State != newsroom.Killed || s.Reason != "yanlış" || s.Approval != nil || !s.Release.IsZero() {
			t.Errorf("%s: %+v, %v", name, s, err)
			continue
		}
		if f := facts[0]; f.Public != c.public || f.Prints() != c.public || f.Reason != "yanlış" {
			t.Errorf("%s: %+v", name, f)
		}
	}
}

func TestTakingDownAsksForAReason(t *testing.T) {
	t.Parallel()
	s := live(t)
	held := walk(t, s, hold("hold.agency_kill", 4))
	for _, none := range []string{"", "  ", "\n"} {
		for _, c := range []struct {
			s   newsroom.Story
			act step
		}{{s, kill(none, 5)}, {s, unpublish(none, 5)}, {held, lift(none, 5)}} {
			_, _, err := c.act(c.s)
			refused(t, err, newsroom.Invalid, "error.no_reason")
		}
	}
}

func TestWhatTheAgencyKills(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		way  []step
		want string
	}{
		"a copy in the drawer":            {[]step{take(item("Bir"), 0)}, "killed: killed"},
		"a copy in the queue":             {[]step{take(item("Bir"), 0), submit(1), approve(2), schedule(at(30), 3)}, "killed: killed"},
		"a copy before readers":           {[]step{take(item("Bir"), 0), submit(1), approve(2), publish(3)}, "killed: killed"},
		"a copy with new words to come":   {[]step{take(item("Bir"), 0), submit(1), approve(2), publish(3), edit("İki", 4)}, "killed: killed"},
		"a copy taken down":               {[]step{take(item("Bir"), 0), submit(1), approve(2), publish(3), unpublish("dava", 4)}, "killed: killed"},
		"a copy under another hold":       {[]step{take(item("Bir"), 0), submit(1), approve(2), publish(3), hold("hold.agency_withheld", 4)}, "killed: killed"},
		"edited words in the drawer":      {[]step{take(item("Bir"), 0), edit("İki", 1)}, "draft: held"},
		"edited words in the queue":       {[]step{take(item("Bir"), 0), edit("İki", 1), submit(2), approve(3), schedule(at(30), 4)}, "approved: held"},
		"edited words before readers":     {[]step{take(item("Bir"), 0), edit("İki", 1), submit(2), approve(3), publish(4)}, "published: held"},
		"edited words where the copy was": {[]step{take(item("Bir"), 0), submit(1), approve(2), publish(3), edit("İki", 4), approve(5), update(6)}, "updated: held"},
		"edited words under another hold": {[]step{take(item("Bir"), 0), edit("İki", 1), hold("hold.agency_withheld", 2)}, "draft: held"},
		"edited words a person cleared":   {[]step{take(item("Bir"), 0), edit("İki", 1), hold("hold.agency_withheld", 2), lift("arandı", 3)}, "draft: held"},
		"edited words held for this":      {[]step{take(item("Bir"), 0), edit("İki", 1), agencyKill("iptal", 2)}, "-"},
		"words of the house":              {[]step{begin("Bir", 0), submit(1), approve(2), publish(3)}, "published: held"},
		"what is killed":                  {[]step{take(item("Bir"), 0), kill("yanlış", 1)}, "-"},
		"nothing":                         {nil, "-"},
	} {
		s := walk(t, newsroom.Story{ID: 9}, c.way...)
		if have := outcome(s, agencyKill("iptal", 20)); have != c.want {
			t.Errorf("%s: %q, want %q", name, have, c.want)
		}
		after, _, _ := s.AgencyKilled("iptal", by(20))
		if strings.HasSuffix(c.want, "held") && (after.Held != "hold.agency_kill" || after.Word != "") {
			t.Errorf("%s: held for %q, decided on %q", name, after.Held, after.Word)
		}
	}
}

func TestAnAgencyKillIsNeverRefusedForWantOfWords(t *testing.T) {
	t.Parallel()
	nameless := item("Bir")
	nameless.Key.Provider = ""
	for _, w := range []newsroom.WireItem{item("Bir"), nameless} {
		for _, reason := range []string{"", " ", "\n"} {
			s := walk(t, newsroom.Story{ID: 9}, take(w, 0), submit(1), approve(2), publish(3), agencyKill(reason, 4))
			if s.State != newsroom.Killed || s.Reason != w.Key.Provider {
				t.Errorf("%q of %q: %s for %q", reason, w.Key.Provider, s.State, s.Reason)
			}
		}
	}
}

func TestAHoldStopsTheHouse(t *testing.T) {
	t.Parallel()
	s := walk(t, approved(t), hold("hold.agency_withheld", 3))
	for name, act := range map[string]step{"publish": publish(4), "schedule": schedule(at(30), 4)} {
		_, _, err := act(s)
		if e, ok := err.(*newsroom.Error); !ok || e.Kind != newsroom.Held || e.Key != "hold.agency_withheld" {
			t.Errorf("%s: %v", name, err)
		}
	}
	waiting := walk(t, approved(t), schedule(at(30), 3), hold("hold.agency_withheld", 4))
	if waiting.State != newsroom.Approved || !waiting.Release.IsZero() {
		t.Errorf("held it is %s, due %s", waiting.State, waiting.Release)
	}
	if have := outcome(waiting, due(40)); have != "-" {
		t.Errorf("the clock: %s", have)
	}
	cleared := walk(t, waiting, lift("ajans arandı", 5))
	if cleared.Held != "" || cleared.Word != "killed 1" {
		t.Errorf("cleared: %+v", cleared)
	}
	walk(t, cleared, publish(6))
	if again := walk(t, cleared, hold("hold.agency_kill", 6)); again.Word != "" {
		t.Error("a second hold counts as decided")
	}
}

func TestTheArticleHoldsNothingOfTheHouse(t *testing.T) {
	t.Parallel()
	c := content("Bir")
	c.Slugline, c.Note = "GİZLİ-slug", "GİZLİ not"
	picture := newsroom.Block{Kind: newsroom.Picture, Picture: &newsroom.PictureRef{ID: "p1", Src: "https://gizli.example/GİZLİ.jpg", Alt: "köprü", Caption: "Köprü", Credit: "KA", Usage: "GİZLİ şart"}}
	c.Body = append(c.Body, picture, newsroom.Block{Kind: newsroom.Background, Blocks: newsroom.Body{picture}})
	s, _, err := newsroom.Story{ID: 9}.Begin(c, by(0))
	if err != nil {
		t.Fatal(err)
	}
	s = walk(t, s, reembargo(newsroom.Embargo{State: newsroom.EmbargoUntil, Until: at(2), Text: "GİZLİ saat"}, 1), submit(1), approve(2))
	s, facts, err := s.Publish(by(3))
	if err != nil {
		t.Fatal(err)
	}
	raw, err := json.Marshal(facts[0].Article)
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(strings.ToLower(string(raw)), "gizli") {
		t.Errorf("the article tells: %s", raw)
	}
	for _, p := range []*newsroom.PictureRef{facts[0].Article.Body[1].Picture, facts[0].Article.Body[2].Blocks[0].Picture} {
		if p.ID != "p1" || p.Alt != "köprü" || p.Caption != "Köprü" || p.Credit != "KA" {
			t.Errorf("the picture lost what readers may have: %+v", p)
		}
	}
	if s.Content.Body[1].Picture.Src == "" || picture.Picture.Usage == "" {
		t.Error("printing it took something from the house")
	}
	if a := facts[0].Article; a.ID != 9 || a.Head != s.Head || a.Headline != "Bir" || a.Section != "gundem" || a.Language != "tr" || !a.First.Equal(at(3)) {
		t.Errorf("article: %+v", a)
	}
}
