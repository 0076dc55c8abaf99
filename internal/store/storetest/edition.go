package storetest

import (
	"fmt"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/rotatif/newsroom"
	"github.com/rotatif/newsroom/internal/edition"
	"github.com/rotatif/newsroom/internal/store"
)

// Edition holds an engine to the promises of the edition. The reader is opened
// at the same place, the way the public side opens it.
func Edition(t *testing.T, place func(t *testing.T) (press func() (*store.Edition, error), reader func() (*store.EditionReader, error))) {
	t.Helper()
	tests := []struct {
		name string
		run  func(t *testing.T, press *store.Edition, reader func() *store.EditionReader)
	}{
		{"a print shows all of a sheet, by its number", printShows},
		{"a sheet is printed once", printOnce},
		{"a blank sheet moves the place alone", printBlank},
		{"what is taken down is gone; what comes back is there", printGone},
		{"what was never printed is not found", neverPrinted},
		{"the front is the last one set", printFront},
		{"cards are newest first, chosen by section and time", cardChoice},
		{"cards by id come in the order asked for", cardIDs},
		{"whole stories are chosen as cards are", articlesAsCards},
		{"a reader sees whole prints only, while the press prints", readWhilePrinting},
		{"nothing can be written through a reader", readerWrites},
	}
	for _, c := range tests {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			press, reader := place(t)
			p := opener(t, func(*testing.T) func() (*store.Edition, error) { return press })()
			c.run(t, p, opener(t, func(*testing.T) func() (*store.EditionReader, error) { return reader }))
		})
	}
	t.Run("a reader waits for the press", func(t *testing.T) {
		t.Parallel()
		noEdition(t, place)
	})
}

func print(t *testing.T, e *store.Edition, s edition.Sheet) edition.Number {
	t.Helper()
	number, err := e.Print(t.Context(), s)
	must(t, err)
	return number
}

func printShows(t *testing.T, press *store.Edition, reader func() *store.EditionReader) {
	r := reader()
	want := article(1, "gundem", 5)
	want.Changed, want.Notes = at(9), []newsroom.Correction{{Text: "Düzeltildi.", At: at(9)}}
	if number := print(t, press, sheet(4, want, article(2, "spor", 6))); number != 1 {
		t.Fatalf("number %d", number)
	}
	have, err := r.Article(t.Context(), 1)
	must(t, err)
	if diff := cmp.Diff(want, have); diff != "" {
		t.Error(diff)
	}
	number, err := r.Number(t.Context())
	must(t, err)
	must(t, press.Close())
	place, err := press.Place(t.Context())
	if err == nil {
		t.Error("a closed edition answers", place)
	}
	if number != 1 {
		t.Errorf("number %d", number)
	}
}

func printOnce(t *testing.T, press *store.Edition, _ func() *store.EditionReader) {
	print(t, press, sheet(4, article(1, "gundem", 5)))
	other := article(1, "gundem", 5)
	other.Headline = "Başka"
	for _, upto := range []newsroom.Seq{4, 3} {
		if number := print(t, press, sheet(upto, other)); number != 1 {
			t.Errorf("number %d", number)
		}
	}
	have, err := press.Article(t.Context(), 1)
	must(t, err)
	if have.Headline != "Başlık 1" {
		t.Errorf("printed again: %q", have.Headline)
	}
}

func printBlank(t *testing.T, press *store.Edition, _ func() *store.EditionReader) {
	print(t, press, sheet(4, article(1, "gundem", 5)))
	if number := print(t, press, sheet(9)); number != 1 {
		t.Errorf("number %d", number)
	}
	place, err := press.Place(t.Context())
	must(t, err)
	if place != 9 {
		t.Errorf("place %d", place)
	}
}

func printGone(t *testing.T, press *store.Edition, reader func() *store.EditionReader) {
	r := reader()
	print(t, press, sheet(1, article(1, "gundem", 5)))
	print(t, press, edition.Sheet{Upto: 2, Gone: []edition.Tombstone{{ID: 1, At: at(6)}}})
	_, err := r.Article(t.Context(), 1)
	refused(t, err, newsroom.Gone, "error.gone")
	for _, choice := range []edition.Choice{{}, {Section: "gundem"}, {IDs: []newsroom.StoryID{1}}} {
		if cards, err := r.Cards(t.Context(), choice); err != nil || len(cards) != 0 {
			t.Errorf("cards of what is gone: %+v (%v)", cards, err)
		}
	}
	print(t, press, edition.Sheet{Upto: 3, Gone: []edition.Tombstone{{ID: 1, At: at(7)}}})
	print(t, press, sheet(4, article(1, "gundem", 5)))
	_, err = r.Article(t.Context(), 1)
	must(t, err)
}

func neverPrinted(t *testing.T, _ *store.Edition, reader func() *store.EditionReader) {
	r := reader()
	_, err := r.Article(t.Context(), 4711)
	refused(t, err, newsroom.NotFound, "error.not_found")
	number, err := r.Number(t.Context())
	must(t, err)
	front, err := r.Front(t.Context())
	must(t, err)
	if number != 0 || len(front.Slots) != 0 {
		t.Errorf("number %d, front %+v", number, front)
	}
}

func printFront(t *testing.T, press *store.Edition, reader func() *store.EditionReader) {
	want := newsroom.Front{Version: 3, Slots: []newsroom.Slot{{Story: 2, Headline: "Kısa"}, {Story: 1}}, At: at(3)}
	print(t, press, edition.Sheet{Upto: 1, Front: &newsroom.Front{Version: 2, At: at(1)}})
	if number := print(t, press, edition.Sheet{Upto: 2, Front: &want}); number != 2 {
		t.Errorf("number %d", number)
	}
	have, err := reader().Front(t.Context())
	must(t, err)
	if diff := cmp.Diff(want, have); diff != "" {
		t.Error(diff)
	}
}

// readWhilePrinting prints pairs of stories that always carry the same
// headline, while a reader looks: it must never see a pair that differs.
func readWhilePrinting(t *testing.T, press *store.Edition, reader func() *store.EditionReader) {
	r := reader()
	print(t, press, pair(1))
	var wg sync.WaitGroup
	done := make(chan struct{})
	wg.Go(func() {
		defer close(done)
		for i := range 60 {
			if _, err := press.Print(t.Context(), pair(newsroom.Seq(i+2))); err != nil {
				t.Error(err)
			}
		}
	})
	for last := edition.Number(0); ; {
		cards, err := r.Cards(t.Context(), edition.Choice{})
		must(t, err)
		if len(cards) != 2 || cards[0].Headline != cards[1].Headline {
			t.Fatalf("half a print: %+v", cards)
		}
		number, err := r.Number(t.Context())
		must(t, err)
		if number < last {
			t.Fatalf("edition %d after %d", number, last)
		}
		last = number
		select {
		case <-done:
			wg.Wait()
			return
		default:
		}
	}
}

func pair(upto newsroom.Seq) edition.Sheet {
	a, b := article(1, "gundem", 1), article(2, "gundem", 2)
	a.Headline = fmt.Sprint(upto)
	b.Headline = a.Headline
	return sheet(upto, a, b)
}

func readerWrites(t *testing.T, press *store.Edition, reader func() *store.EditionReader) {
	print(t, press, sheet(1, article(1, "gundem", 5)))
	r := reader()
	for _, statement := range []string{"DELETE FROM articles", "UPDATE edition SET number = 9", "DROP TABLE gone", "CREATE TABLE x (y INTEGER)"} {
		for range 10 { // whatever connection of the pool it meets
			if _, err := r.Write.ExecContext(t.Context(), statement); err == nil {
				t.Errorf("%s was done", statement)
			}
		}
	}
	_, err := r.Article(t.Context(), 1)
	must(t, err)
}
