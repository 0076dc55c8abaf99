package edition_test

import (
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/rotatif/newsroom"
	"github.com/rotatif/newsroom/internal/edition"
	"github.com/rotatif/newsroom/internal/store/sqlite"
)

func published(seq newsroom.Seq, id newsroom.StoryID, head string) newsroom.Fact {
	return newsroom.Fact{Seq: seq, Kind: newsroom.StoryPublished, Story: id, Article: &newsroom.Article{ID: id, Head: head}}
}

func killed(seq newsroom.Seq, id newsroom.StoryID, public bool) newsroom.Fact {
	return newsroom.Fact{Seq: seq, Kind: newsroom.StoryKilled, Story: id, Public: public}
}

func TestCompose(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name  string
		facts []newsroom.Fact
		want  edition.Sheet
	}{
		{"nothing", nil, edition.Sheet{}},
		{"a draft changes nothing before readers", []newsroom.Fact{{Seq: 4, Kind: newsroom.StorySaved, Story: 1}}, edition.Sheet{Upto: 4}},
		{
			"the last word counts",
			[]newsroom.Fact{published(1, 7, "a"), published(2, 7, "b")},
			edition.Sheet{Upto: 2, Articles: []newsroom.Article{{ID: 7, Head: "b"}}},
		},
		{
			"published and killed",
			[]newsroom.Fact{published(1, 7, "a"), killed(2, 7, true)},
			edition.Sheet{Upto: 2, Gone: []edition.Tombstone{{ID: 7}}},
		},
		{
			"killed and published again",
			[]newsroom.Fact{published(1, 7, "a"), killed(2, 7, true), published(3, 7, "b")},
			edition.Sheet{Upto: 3, Articles: []newsroom.Article{{ID: 7, Head: "b"}}},
		},
		{"killed before it was public: nobody learns of it", []newsroom.Fact{killed(1, 7, false)}, edition.Sheet{Upto: 1}},
		{
			"the last front counts",
			[]newsroom.Fact{
				{Seq: 1, Kind: newsroom.FrontSet, Front: &newsroom.Front{Version: 1}}, {Seq: 2, Kind: newsroom.FrontSet, Front: &newsroom.Front{Version: 2}},
			},
			edition.Sheet{Upto: 2, Front: &newsroom.Front{Version: 2}},
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(c.want, edition.Compose(c.facts, time.Time{})); diff != "" {
				t.Errorf("(-want +have):\n%s", diff)
			}
		})
	}
}

// Composed in any number of runs, the journal comes to the same edition.
func TestRunsDoNotMatter(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		facts := []newsroom.Fact{}
		for i := range rapid.IntRange(1, 40).Draw(t, "n") {
			id := newsroom.StoryID(rapid.IntRange(1, 4).Draw(t, "id"))
			if rapid.Bool().Draw(t, "kill") {
				facts = append(facts, killed(newsroom.Seq(i+1), id, true))
			} else {
				facts = append(facts, published(newsroom.Seq(i+1), id, rapid.StringN(1, 3, 5).Draw(t, "head")))
			}
		}
		cut := rapid.IntRange(0, len(facts)).Draw(t, "cut")
		whole := apply(nil, edition.Compose(facts, time.Time{}))
		parts := apply(apply(nil, edition.Compose(facts[:cut], time.Time{})), edition.Compose(facts[cut:], time.Time{}))
		if diff := cmp.Diff(whole, parts); diff != "" {
			t.Fatalf("cut at %d: %s", cut, diff)
		}
	})
}

// apply is what a plate does with a sheet.
func apply(to map[newsroom.StoryID]string, s edition.Sheet) map[newsroom.StoryID]string {
	out := map[newsroom.StoryID]string{}
	for id, head := range to {
		out[id] = head
	}
	for _, a := range s.Articles {
		out[a.ID] = a.Head
	}
	for _, g := range s.Gone {
		out[g.ID] = "gone"
	}
	return out
}

func TestPressPrintsEveryFactOnce(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	n, err := sqlite.OpenNewsroom(t.Context(), filepath.Join(dir, "newsroom.db"))
	if err != nil {
		t.Fatal(err)
	}
	e, err := sqlite.OpenEdition(t.Context(), filepath.Join(dir, "edition.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _, _ = n.Close(), e.Close() })
	by := newsroom.By{Person: 1, At: time.Now()}
	content := newsroom.Content{Language: "tr", Section: "gundem", Headline: "Başlık", Body: newsroom.Body{{Kind: newsroom.Paragraph, Text: newsroom.Text("Metin")}}}
	story, _, err := n.Change(t.Context(), 0, func(s newsroom.Story) (newsroom.Story, []newsroom.Fact, error) { return s.Begin(content, by) })
	if err != nil {
		t.Fatal(err)
	}
	for _, rule := range []func(newsroom.Story) (newsroom.Story, []newsroom.Fact, error){
		func(s newsroom.Story) (newsroom.Story, []newsroom.Fact, error) { return s.Submit(by) },
		func(s newsroom.Story) (newsroom.Story, []newsroom.Fact, error) { return s.Approve(story.Head, by) },
		func(s newsroom.Story) (newsroom.Story, []newsroom.Fact, error) { return s.Publish(by) },
	} {
		if _, _, err := n.Change(t.Context(), story.ID, rule); err != nil {
			t.Fatal(err)
		}
	}
	press := edition.Press{Journal: n, Plate: e, Now: time.Now}
	for want := range 2 {
		place, number, err := press.CatchUp(t.Context())
		if err != nil || place != 4 {
			t.Fatalf("place %d, %v", place, err)
		}
		if want == 0 && number != 1 || want == 1 && number != 0 {
			t.Errorf("catch-up %d printed edition %d", want, number)
		}
	}
	if a, err := e.Article(t.Context(), story.ID); err != nil || a.Headline != "Başlık" {
		t.Errorf("readers have %+v, %v", a, err)
	}
}
