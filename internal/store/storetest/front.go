package storetest

import (
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/rotatif/newsroom"
	"github.com/rotatif/newsroom/internal/store"
)

func frontTests() []test[*store.Newsroom] {
	return []test[*store.Newsroom]{
		{"the front is empty, then as it was arranged", frontRoundTrip},
		{"of two who arrange what they saw one is told", frontConflict},
	}
}

func frontRoundTrip(t *testing.T, open func() *store.Newsroom) {
	n := open()
	zero, err := n.Front(t.Context())
	must(t, err)
	if zero.Version != 0 || len(zero.Slots) != 0 {
		t.Fatalf("before the first change: %+v", zero)
	}
	want, seq, err := n.ChangeFront(t.Context(), arrange(3, newsroom.Slot{Story: 7, Headline: "Kısa"}, newsroom.Slot{Story: 2}))
	must(t, err)
	have, err := open().Front(t.Context())
	must(t, err)
	if diff := cmp.Diff(want, have); diff != "" {
		t.Error(diff)
	}
	facts, err := n.Facts(t.Context(), 0, 10)
	must(t, err)
	if len(facts) != 1 || facts[0].Seq != seq || facts[0].Front == nil || facts[0].Front.By != newsroom.House || len(facts[0].Front.Slots) != 2 {
		t.Fatalf("facts: %+v", facts)
	}
}

func frontConflict(t *testing.T, open func() *store.Newsroom) {
	n, other := open(), open()
	results := make([]error, 6)
	var wg sync.WaitGroup
	for i := range results {
		wg.Go(func() {
			_, _, results[i] = []*store.Newsroom{n, other}[i%2].ChangeFront(t.Context(), func(f newsroom.Front) (newsroom.Front, []newsroom.Fact, error) {
				return f.Arrange(0, nil, 3, at(i))
			})
		})
	}
	wg.Wait()
	won := 0
	for _, err := range results {
		if err == nil {
			won++
			continue
		}
		refused(t, err, newsroom.Conflict, "error.front_changed")
	}
	if f, err := n.Front(t.Context()); won != 1 || err != nil || f.Version != 1 {
		t.Fatalf("%d won, version %d (%v)", won, f.Version, err)
	}
}
