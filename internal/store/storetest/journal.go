package storetest

import (
	"context"
	"fmt"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/rotatif/newsroom"
	"github.com/rotatif/newsroom/internal/front"
	"github.com/rotatif/newsroom/internal/store"
	"github.com/rotatif/newsroom/internal/wire"
)

func journalTests() []test[*store.Newsroom] {
	return []test[*store.Newsroom]{
		{"facts come in order, with all they carry", factsInOrder},
		{"an empty journal has head 0", emptyJournal},
		{"places are kept and never move back", placesKept},
		{"a follower never misses a fact of concurrent writers", noGaps},
	}
}

func factsInOrder(t *testing.T, open func() *store.Newsroom) {
	n := open()
	s := published(t, n, "Bir", 1)
	facts, err := open().Facts(t.Context(), 0, 100)
	must(t, err)
	kinds := []newsroom.FactKind{}
	for i, f := range facts {
		kinds = append(kinds, f.Kind)
		if i > 0 && f.Seq <= facts[i-1].Seq {
			t.Errorf("fact %d after %d", f.Seq, facts[i-1].Seq)
		}
	}
	want := []newsroom.FactKind{newsroom.StoryBegun, newsroom.StorySubmitted, newsroom.StoryApproved, newsroom.StoryPublished}
	if diff := cmp.Diff(want, kinds); diff != "" {
		t.Fatal(diff)
	}
	last := facts[len(facts)-1]
	if last.Article == nil || last.Article.Headline != "Bir" || last.Head != s.Head || !last.At.Equal(at(1)) || last.By != 2 {
		t.Fatalf("the last fact: %+v", last)
	}
	some, err := n.Facts(t.Context(), facts[1].Seq, 1)
	must(t, err)
	if len(some) != 1 || some[0].Seq != facts[2].Seq {
		t.Fatalf("after the second: %+v", some)
	}
}

func emptyJournal(t *testing.T, open func() *store.Newsroom) {
	n := open()
	head, err := n.Head(t.Context())
	must(t, err)
	facts, err := n.Facts(t.Context(), 0, 10)
	must(t, err)
	place, err := n.Place(t.Context(), "press")
	must(t, err)
	if head != 0 || len(facts) != 0 || place != 0 {
		t.Fatalf("head %d, %d facts, place %d", head, len(facts), place)
	}
}

func placesKept(t *testing.T, open func() *store.Newsroom) {
	n := open()
	for _, place := range []newsroom.Seq{3, 7, 5} {
		must(t, n.Move(t.Context(), "intake", place))
	}
	must(t, n.Close())
	n = open()
	intake, err := n.Place(t.Context(), "intake")
	must(t, err)
	other, err := n.Place(t.Context(), "search")
	must(t, err)
	if intake != 7 || other != 0 {
		t.Fatalf("intake %d, search %d", intake, other)
	}
}

// noGaps writes by every way that leaves facts, through two handles, while a
// follower reads. What the follower saw must be the whole journal, in order.
func noGaps(t *testing.T, open func() *store.Newsroom) {
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	n, other := open(), open()
	seen := make(chan []newsroom.Seq)
	go func() { seen <- follow(ctx, open()) }()

	var wg sync.WaitGroup
	for w, handle := range []*store.Newsroom{n, other, n, other} {
		wg.Go(func() { writeAlways(t, handle, w) })
	}
	wg.Wait()
	all, err := n.Facts(t.Context(), 0, 10_000)
	must(t, err)
	want := []newsroom.Seq{}
	for _, f := range all {
		want = append(want, f.Seq)
	}
	must(t, n.Move(t.Context(), "end", want[len(want)-1]))
	if diff := cmp.Diff(want, <-seen); diff != "" {
		t.Fatal(diff)
	}
}

// follow reads facts until the place "end" is kept and reached.
func follow(ctx context.Context, n *store.Newsroom) []newsroom.Seq {
	seen := []newsroom.Seq{}
	place := newsroom.Seq(0)
	for ctx.Err() == nil {
		facts, err := n.Facts(ctx, place, 7)
		if err != nil {
			return nil
		}
		for _, f := range facts {
			seen, place = append(seen, f.Seq), f.Seq
		}
		if end, err := n.Place(ctx, "end"); err != nil || end != 0 && place >= end {
			return seen
		}
	}
	return seen
}

func writeAlways(t *testing.T, n *store.Newsroom, writer int) {
	for i := range 12 {
		_, _, err := n.Change(t.Context(), 0, func(s newsroom.Story) (newsroom.Story, []newsroom.Fact, error) {
			return s.Begin(content("Bir"), by(1, i))
		})
		if err != nil {
			t.Error(err)
		}
		raw := fmt.Sprintf("w%d-%d", writer, i)
		r := wire.Receipt{Source: "ak", Provider: "ak", Channel: "push", Name: raw, Received: at(i), Hash: sha(raw)}
		id, _, err := n.Keep(t.Context(), r, []byte(raw))
		if err != nil {
			t.Error(err)
		}
		v := wire.Verdict{Outcome: wire.Settled, At: at(i)}
		if err := n.Settle(t.Context(), newsroom.WireItem.Fold, wire.Settlement{ID: id, Verdict: v, Dispatches: []newsroom.Dispatch{dispatch(raw, raw)}}); err != nil {
			t.Error(err)
		}
		if _, _, err := n.ChangeFront(t.Context(), arrange(i)); err != nil {
			t.Error(err)
		}
	}
}

func arrange(minute int, slots ...newsroom.Slot) front.Change {
	return func(f newsroom.Front) (newsroom.Front, []newsroom.Fact, error) {
		return f.Arrange(f.Version, slots, 3, at(minute))
	}
}
