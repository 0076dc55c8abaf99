package newsroom_test

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/rotatif/newsroom"
)

func TestRevisionsAreAChain(t *testing.T) {
	t.Parallel()
	var s newsroom.Story
	s.ID = 9
	prev := ""
	for i, next := range []step{begin("Bir", 0), edit("İki", 1), edit("Bir", 2)} {
		before := s
		s = walk(t, s, next)
		r := s.Latest(before)
		if r.No != i+1 || r.Prev != prev || r.Hash != s.Head || r.Hash != r.Seal() || r.By != 7 || !r.At.Equal(at(i)) || r.Story != 9 {
			t.Errorf("revision %d: %+v", i+1, r)
		}
		prev = r.Hash
	}
}

func TestASealIsForEverything(t *testing.T) {
	t.Parallel()
	r := newsroom.Revision{Story: 9, No: 2, Prev: "p", By: 7, At: at(0), Content: content("Bir")}
	seal := r.Seal()
	r.Hash = seal
	if r.Seal() != seal {
		t.Error("the seal covers itself")
	}
	for name, tamper := range map[string]func(r *newsroom.Revision){
		"story":    func(r *newsroom.Revision) { r.Story = 8 },
		"number":   func(r *newsroom.Revision) { r.No = 3 },
		"chain":    func(r *newsroom.Revision) { r.Prev = "q" },
		"person":   func(r *newsroom.Revision) { r.By = 8 },
		"time":     func(r *newsroom.Revision) { r.At = at(1) },
		"headline": func(r *newsroom.Revision) { r.Content.Headline = "bir" },
		"text":     func(r *newsroom.Revision) { r.Content.Body = nil },
		"note":     func(r *newsroom.Revision) { r.Content.Note = "x" },
		"cited":    func(r *newsroom.Revision) { r.Content.Credit.Cited = []string{"x"} },
	} {
		other := r
		tamper(&other)
		if other.Seal() == seal {
			t.Errorf("the seal does not cover the %s", name)
		}
	}
	raw, err := json.Marshal(r)
	if err != nil {
		t.Fatal(err)
	}
	var back newsroom.Revision
	if err := json.Unmarshal(raw, &back); err != nil || back.Seal() != seal {
		t.Errorf("read back it has another seal: %v", err)
	}
}

// The digests of what has been saved must not change with the program: a
// change here breaks the chain of every story that there is.
func TestDigestsStayAsTheyAre(t *testing.T) {
	t.Parallel()
	r := newsroom.Revision{
		Story: 9, No: 2, Prev: "önceki", By: 7, At: time.Date(2026, 3, 2, 9, 0, 0, 1000, time.UTC),
		Content: newsroom.Content{
			Language: "tr", Section: "gundem", Headline: "Köprü <açıldı> & sonra", Standfirst: "Spot", Body: whole(), Byline: "Selin Akpınar",
			Dateline: "ANKARA", Credit: newsroom.Credit{Agency: "KA", Cited: []string{"Havza Postası"}}, Slugline: "köprü", Note: "not",
		},
	}
	if have := r.Seal(); have != "484cc21c0c29531c7ee32e3f9f07d678732d723a7c904af99f3000745350a05c" {
		t.Errorf("a revision's seal is %s", have)
	}
	d := newsroom.Dispatch{
		Key: newsroom.ItemKey{Provider: "ka", ID: "urn:1"}, IDKind: "uri", Format: "ninjs", Version: "3", Kind: newsroom.KindText,
		Status: newsroom.Usable, StatusRaw: "usable", Embargo: until(30), Created: at(0), VersionCreated: at(1), Headline: "Köprü açıldı",
		Body: whole(), Chain: []newsroom.Cited{{Name: "KA", Role: "provider"}}, Language: "tr", Urgency: 3, Flash: true,
		Subjects: []newsroom.Subject{{Scheme: "medtop", Code: "04000000"}}, EdNotes: []newsroom.EdNote{{Text: "not"}},
	}
	if have := d.Hash(); have != "c6587aed16e0cf74fc0886888dc088dcc60cedc0886144025f6daa6cf1777b79" {
		t.Errorf("a dispatch's hash is %s", have)
	}
	warned := d
	warned.Warnings = []string{"zone_assumed"}
	if warned.Hash() != d.Hash() || len(warned.Warnings) != 1 {
		t.Error("a warning makes another delivery")
	}
	again := d
	again.Headline += "!"
	if again.Hash() == d.Hash() {
		t.Error("another headline is the same delivery")
	}
	raw, err := json.Marshal(d)
	if err != nil {
		t.Fatal(err)
	}
	var back newsroom.Dispatch
	if err := json.Unmarshal(raw, &back); err != nil || back.Hash() != d.Hash() {
		t.Errorf("read back it is another delivery: %v", err)
	}
}
