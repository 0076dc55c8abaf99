package storetest

import (
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/rotatif/newsroom"
	"github.com/rotatif/newsroom/internal/edition"
	"github.com/rotatif/newsroom/internal/store"
)

func noEdition(t *testing.T, place func(t *testing.T) (func() (*store.Edition, error), func() (*store.EditionReader, error))) {
	press, reader := place(t)
	if _, err := reader(); !errors.Is(err, store.ErrNoEdition) {
		t.Fatalf("without an edition: %v", err)
	}
	e, err := press()
	must(t, err)
	defer func() { must(t, e.Close()) }()
	r, err := reader()
	must(t, err)
	must(t, r.Close())
}

// many are stories of two sections, two a minute.
func many(t *testing.T, press *store.Edition) {
	t.Helper()
	articles := []newsroom.Article{}
	for id := range newsroom.StoryID(12) {
		articles = append(articles, article(id+1, []string{"gundem", "spor"}[id%2], int(id/2)))
	}
	print(t, press, sheet(1, articles...))
}

func ids(cards []edition.Card) []newsroom.StoryID {
	all := []newsroom.StoryID{}
	for _, c := range cards {
		all = append(all, c.ID)
	}
	return all
}

func cardChoice(t *testing.T, press *store.Edition, reader func() *store.EditionReader) {
	many(t, press)
	r := reader()
	cases := []struct {
		name   string
		choice edition.Choice
		want   []newsroom.StoryID
	}{
		{"all", edition.Choice{}, []newsroom.StoryID{12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1}},
		{"limit", edition.Choice{Limit: 3}, []newsroom.StoryID{12, 11, 10}},
		{"section", edition.Choice{Section: "spor", Limit: 3}, []newsroom.StoryID{12, 10, 8}},
		{"no such section", edition.Choice{Section: "gun%"}, []newsroom.StoryID{}},
		{"before", edition.Choice{Before: at(2)}, []newsroom.StoryID{4, 3, 2, 1}},
		{"after", edition.Choice{After: at(4)}, []newsroom.StoryID{12, 11}},
		{"between", edition.Choice{After: at(1), Before: at(3), Section: "gundem"}, []newsroom.StoryID{5}},
		{"no ids", edition.Choice{IDs: []newsroom.StoryID{}}, []newsroom.StoryID{}},
	}
	for _, c := range cases {
		cards, err := r.Cards(t.Context(), c.choice)
		must(t, err)
		if diff := cmp.Diff(c.want, ids(cards)); diff != "" {
			t.Errorf("%s: %s", c.name, diff)
		}
	}
	cards, err := r.Cards(t.Context(), edition.Choice{Limit: 1})
	must(t, err)
	want := edition.Card{ID: 12, Section: "spor", Language: "tr", Headline: "Başlık 12", Standfirst: "Giriş.", First: at(5)}
	if diff := cmp.Diff(want, cards[0]); diff != "" {
		t.Error(diff)
	}
}

func cardIDs(t *testing.T, press *store.Edition, reader func() *store.EditionReader) {
	many(t, press)
	r := reader()
	cards, err := r.Cards(t.Context(), edition.Choice{IDs: []newsroom.StoryID{3, 99, 12, 1}, Section: "hiç"})
	must(t, err)
	if diff := cmp.Diff([]newsroom.StoryID{3, 12, 1}, ids(cards)); diff != "" {
		t.Error(diff)
	}
}

func articlesAsCards(t *testing.T, press *store.Edition, reader func() *store.EditionReader) {
	many(t, press)
	r := reader()
	for _, choice := range []edition.Choice{{}, {Section: "spor", Limit: 2}, {Before: at(3), After: at(0)}, {IDs: []newsroom.StoryID{4, 99, 2}}, {IDs: []newsroom.StoryID{}}} {
		cards, err := r.Cards(t.Context(), choice)
		must(t, err)
		articles, err := r.Articles(t.Context(), choice)
		must(t, err)
		have := []newsroom.StoryID{}
		for _, a := range articles {
			have = append(have, a.ID)
			if len(a.Body) == 0 {
				t.Errorf("story %d has no body", a.ID)
			}
		}
		if diff := cmp.Diff(ids(cards), have); diff != "" {
			t.Errorf("%+v: %s", choice, diff)
		}
	}
}
