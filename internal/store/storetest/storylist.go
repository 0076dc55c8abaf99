package storetest

import (
	"fmt"
	"slices"
	"testing"

	"github.com/rotatif/newsroom"
	"github.com/rotatif/newsroom/internal/desk"
	"github.com/rotatif/newsroom/internal/letters"
	"github.com/rotatif/newsroom/internal/store"
)

func allStories() desk.Filter { return desk.Filter{} }

func storyListTests() []test[*store.Newsroom] {
	return []test[*store.Newsroom]{
		{"stories are listed last saved first, ties by id", storyOrder},
		{"stories are paged on without gap or repeat", storyPages},
		{"stories are chosen by state, section, origin and hold", storyChoice},
		{"a story is found by every picture it has or had", storyPictures},
		{"every word of a search must occur", storySearch},
		{"due are waiting stories whose hour has come", storiesDue},
	}
}

// pictured begins a story with pictures, the last in a box.
func pictured(t *testing.T, n *store.Newsroom, pictures ...newsroom.PictureRef) newsroom.Story {
	t.Helper()
	names := ""
	c := content("")
	for i, p := range pictures {
		block := newsroom.Block{Kind: newsroom.Picture, Picture: &p}
		if i == len(pictures)-1 {
			block = newsroom.Block{Kind: newsroom.Background, Blocks: newsroom.Body{block}}
		}
		names += p.ID
		c.Body = append(c.Body, block)
	}
	c.Headline = "Fotoğraf " + names
	return begin(t, n, c, 1)
}

func storyPictures(t *testing.T, open func() *store.Newsroom) {
	n := open()
	sized := newsroom.PictureRef{ID: "b", Src: "https://a.example/b.jpg", Renditions: []newsroom.Rendition{{Src: "https://a.example/b-1.jpg"}}}
	pictured(t, n, newsroom.PictureRef{ID: "a"}, sized)
	long := "https://a.example/d.jpg?signed=" // longer than an index of PostgreSQL takes
	for i := range 60 {
		long += sha(fmt.Sprint(i))
	}
	pictured(t, n, newsroom.PictureRef{ID: "d", Src: long})
	had := pictured(t, n, newsroom.PictureRef{ID: "c%"}, newsroom.PictureRef{ID: "a"})
	change(t, n, had.ID, edit(content("Fotoğrafsız"), 5))
	n = open()
	many := []string{}
	for i := range 30 {
		many = append(many, fmt.Sprint("x", i))
	}
	for _, c := range []struct {
		marks, want []string
	}{
		{[]string{"a"}, []string{"Fotoğrafsız", "Fotoğraf ab"}},
		{[]string{"b"}, []string{"Fotoğraf ab"}},
		{[]string{"https://a.example/b.jpg"}, []string{"Fotoğraf ab"}},
		{[]string{"https://a.example/b-1.jpg"}, []string{"Fotoğraf ab"}},
		{newsroom.PictureRef{Src: long}.Marks(), []string{"Fotoğraf d"}},
		{[]string{"c%"}, []string{"Fotoğrafsız"}},
		{[]string{"c"}, nil},
		{append(many, "a", "b"), []string{"Fotoğrafsız", "Fotoğraf ab"}},
	} {
		equal(t, fmt.Sprint(c.marks), listed(t, n, desk.Filter{Pictures: c.marks}), c.want...)
	}
	equal(t, "the first", listed(t, n, desk.Filter{Pictures: []string{"a"}, Limit: 1}), "Fotoğrafsız")
	equal(t, "behind it", listed(t, n, desk.Filter{Pictures: []string{"a"}, Before: had.ID}), "Fotoğraf ab")
}

// listed are the headlines of the chosen stories.
func listed(t *testing.T, n *store.Newsroom, f desk.Filter) []string {
	t.Helper()
	stories, err := n.Stories(t.Context(), f)
	must(t, err)
	names := []string{}
	for _, s := range stories {
		names = append(names, s.Content.Headline)
	}
	return names
}

func equal(t *testing.T, what string, have []string, want ...string) {
	t.Helper()
	if !slices.Equal(have, want) && len(have)+len(want) > 0 {
		t.Errorf("%s: want %q, got %q", what, want, have)
	}
}

func storyOrder(t *testing.T, open func() *store.Newsroom) {
	n := open()
	a := begin(t, n, content("a"), 5)
	begin(t, n, content("b"), 5)
	begin(t, n, content("c"), 3)
	equal(t, "ties", listed(t, n, desk.Filter{}), "b", "a", "c")
	change(t, n, a.ID, edit(content("a2"), 9))
	equal(t, "after a save", listed(t, n, desk.Filter{}), "a2", "b", "c")
	equal(t, "limited", listed(t, n, desk.Filter{Limit: 1}), "a2")
}

func storyPages(t *testing.T, open func() *store.Newsroom) {
	n := open()
	want := []string{}
	for i := range 25 {
		name := fmt.Sprintf("s%02d", i)
		begin(t, n, content(name), i/3)
		want = append([]string{name}, want...)
	}
	have, before := []string{}, newsroom.StoryID(0)
	for range 10 {
		page, err := n.Stories(t.Context(), desk.Filter{Before: before, Limit: 4})
		must(t, err)
		if len(page) == 0 {
			break
		}
		for _, s := range page {
			have = append(have, s.Content.Headline)
		}
		before = page[len(page)-1].ID
	}
	equal(t, "pages", have, want...)
}

func storyChoice(t *testing.T, open func() *store.Newsroom) {
	n := open()
	begin(t, n, content("taslak"), 1)
	published(t, n, "yayında", 2)
	sport := content("spor")
	sport.Section = "spor"
	held := begin(t, n, sport, 3)
	change(t, n, held.ID, func(s newsroom.Story) (newsroom.Story, []newsroom.Fact, error) {
		return s.Hold("hold.agency_kill", by(0, 4))
	})
	settle(t, n, "a", 5, dispatch("a", "ajans"), dispatch("b", "öteki"))
	_, err := take(t.Context(), n, item(t, n, "a"), 6)
	must(t, err)

	equal(t, "state", listed(t, n, desk.Filter{States: []newsroom.State{newsroom.Published}}), "yayında")
	equal(t, "states", listed(t, n, desk.Filter{States: []newsroom.State{newsroom.Published, newsroom.Draft}}), "ajans", "spor", "yayında", "taslak")
	equal(t, "states limited", listed(t, n, desk.Filter{States: []newsroom.State{newsroom.Published, newsroom.Draft, newsroom.Draft}, Limit: 3}), "ajans", "spor", "yayında")
	equal(t, "states paged on", listed(t, n, desk.Filter{States: []newsroom.State{newsroom.Published, newsroom.Draft}, Before: held.ID}), "yayında", "taslak")
	equal(t, "held drafts", listed(t, n, desk.Filter{Held: true, States: []newsroom.State{newsroom.Draft}}), "spor")
	equal(t, "held in no such state", listed(t, n, desk.Filter{Held: true, States: []newsroom.State{newsroom.Published}}))
	equal(t, "no state like it", listed(t, n, desk.Filter{States: []newsroom.State{"publish", "in_review"}}))
	equal(t, "section", listed(t, n, desk.Filter{Section: "spor"}), "spor")
	equal(t, "held", listed(t, n, desk.Filter{Held: true}), "spor")
	equal(t, "origin", listed(t, n, desk.Filter{Origin: newsroom.ItemKey{Provider: "ak", ID: "a"}}), "ajans")
	equal(t, "origin untaken", listed(t, n, desk.Filter{Origin: newsroom.ItemKey{Provider: "ak", ID: "b"}}))
	equal(t, "both", listed(t, n, desk.Filter{Section: "spor", States: []newsroom.State{newsroom.Published}}))
}

func storySearch(t *testing.T, open func() *store.Newsroom) {
	n := open()
	begin(t, n, content("Işık İzmir’de yandı"), 1)
	begin(t, n, content("Yüzde 100 zam_lı % ekmek"), 2)
	begin(t, n, content("Başka"), 3)
	cases := []struct {
		text string
		want []string
	}{
		{"IŞIK", []string{"Işık İzmir’de yandı"}},
		{"izmir ışık", []string{"Işık İzmir’de yandı"}},
		{"izmir ekmek", nil},
		{"çınarlı", []string{"Başka", "Yüzde 100 zam_lı % ekmek", "Işık İzmir’de yandı"}},
		{"yuzde", []string{"Yüzde 100 zam_lı % ekmek"}},
	}
	for _, c := range cases {
		equal(t, c.text, listed(t, n, desk.Filter{Text: letters.Fold(c.text)}), c.want...)
	}
	for _, pattern := range []string{"%", "_", `\`, "ba%ka", "b_ska", `ba\ska`} {
		equal(t, "pattern "+pattern, listed(t, n, desk.Filter{Text: pattern}))
	}
}

func storiesDue(t *testing.T, open func() *store.Newsroom) {
	n := open()
	begin(t, n, content("taslak"), 1)
	published(t, n, "yayında", 2)
	waits := begin(t, n, content("bekliyor"), 3)
	change(t, n, waits.ID, submit(3), approve(4), schedule(30, 5))
	equal(t, "before", listed(t, n, desk.Filter{DueBy: at(29)}))
	equal(t, "at the hour", listed(t, n, desk.Filter{DueBy: at(30)}), "bekliyor")
	change(t, n, waits.ID, func(s newsroom.Story) (newsroom.Story, []newsroom.Fact, error) { return s.Due(by(0, 30)) })
	equal(t, "after release", listed(t, n, desk.Filter{DueBy: at(40)}))
}
