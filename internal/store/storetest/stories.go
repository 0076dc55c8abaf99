package storetest

import (
	"context"
	"errors"
	"slices"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/rotatif/newsroom"
	"github.com/rotatif/newsroom/internal/store"
)

func storyTests() []test[*store.Newsroom] {
	return []test[*store.Newsroom]{
		{"a story comes back as it was given, by another handle", storyRoundTrip},
		{"revisions are kept, newest first, as a sealed chain", revisionsChain},
		{"the error of a rule is returned and nothing is kept", ruleRefuses},
		{"a rule without facts changes nothing", ruleWithoutFacts},
		{"an unknown story is not found", unknownStory},
		{"texts that an engine may refuse are kept", awkwardTexts},
		{"changes at the same time are applied one after the other", changesTogether},
		{"an item has one open story", oneStoryAnItem},
		{"an item may be taken again when its story is killed", takenAgain},
		{"of many who take an item one succeeds", takenAtOnce},
		{"a cancelled context changes nothing", cancelledChange},
	}
}

func storyRoundTrip(t *testing.T, open func() *store.Newsroom) {
	n := open()
	want := published(t, n, "Işıklar İzmir’de söndü", 1)
	must(t, n.Close())
	have, err := open().Story(t.Context(), want.ID)
	must(t, err)
	if diff := cmp.Diff(want, have); diff != "" {
		t.Fatal(diff)
	}
	if want.ID <= 0 || !have.Saved.Equal(at(1)) {
		t.Fatalf("id %d, saved %v", want.ID, have.Saved)
	}
}

func revisionsChain(t *testing.T, open func() *store.Newsroom) {
	n := open()
	s := begin(t, n, content("Bir"), 1)
	s = change(t, n, s.ID, edit(content("İki"), 2), edit(content("Üç"), 3))
	revisions, err := n.Revisions(t.Context(), s.ID)
	must(t, err)
	if len(revisions) != 3 || revisions[0].No != 3 || revisions[0].Hash != s.Head {
		t.Fatalf("revisions: %+v", revisions)
	}
	for i, r := range revisions {
		if r.Seal() != r.Hash {
			t.Errorf("revision %d: the seal does not hold", r.No)
		}
		if i > 0 && revisions[i-1].Prev != r.Hash {
			t.Errorf("revision %d: not the one before %d", r.No, revisions[i-1].No)
		}
	}
}

func ruleRefuses(t *testing.T, open func() *store.Newsroom) {
	n := open()
	s := begin(t, n, content("Bir"), 1)
	head, err := n.Head(t.Context())
	must(t, err)
	_, _, err = n.Change(t.Context(), s.ID, publish(2))
	refused(t, err, newsroom.Conflict, "error.wrong_state")
	plain := errors.New("plain")
	_, _, err = n.Change(t.Context(), 0, func(s newsroom.Story) (newsroom.Story, []newsroom.Fact, error) {
		return s, nil, plain
	})
	if !errors.Is(err, plain) {
		t.Fatalf("want the rule's error, got %v", err)
	}
	if now, err := n.Head(t.Context()); err != nil || now != head {
		t.Fatalf("the journal moved from %d to %d (%v)", head, now, err)
	}
}

func ruleWithoutFacts(t *testing.T, open func() *store.Newsroom) {
	n := open()
	s := begin(t, n, content("Bir"), 1)
	same, seq, err := n.Change(t.Context(), s.ID, edit(content("Bir"), 5))
	must(t, err)
	if seq != 0 || same.Revision != 1 {
		t.Fatalf("seq %d, revision %d", seq, same.Revision)
	}
	_, _, err = n.Change(t.Context(), 0, func(s newsroom.Story) (newsroom.Story, []newsroom.Fact, error) {
		return s, nil, nil
	})
	must(t, err)
	if all, err := n.Stories(t.Context(), allStories()); err != nil || len(all) != 1 {
		t.Fatalf("%d stories (%v)", len(all), err)
	}
}

func unknownStory(t *testing.T, open func() *store.Newsroom) {
	n := open()
	_, err := n.Story(t.Context(), 4711)
	refused(t, err, newsroom.NotFound, "error.not_found")
	_, _, err = n.Change(t.Context(), 4711, publish(1))
	refused(t, err, newsroom.NotFound, "error.not_found")
}

func awkwardTexts(t *testing.T, open func() *store.Newsroom) {
	n := open()
	for _, text := range []string{"a\x00b", "tek ' çift \" ters \\ yüzde % alt _", "<em>", "😀 𝔘", "e\u0301", "\u2028", "?", "$1", ":a"} {
		c := content(text)
		c.Section = text
		s := begin(t, n, c, 1)
		have, err := n.Story(t.Context(), s.ID)
		must(t, err)
		if diff := cmp.Diff(s, have); diff != "" {
			t.Errorf("%q: %s", text, diff)
		}
	}
}

func changesTogether(t *testing.T, open func() *store.Newsroom) {
	n, other := open(), open()
	s := begin(t, n, content("0"), 1)
	var wg sync.WaitGroup
	const each = 10
	for _, handle := range []*store.Newsroom{n, n, other, other} {
		wg.Go(func() {
			for i := range each {
				_, _, err := handle.Change(t.Context(), s.ID, func(s newsroom.Story) (newsroom.Story, []newsroom.Fact, error) {
					return s.Edit(s.Revision, content(s.Content.Headline+"+"), by(1, 2+i))
				})
				if err != nil {
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
	have, err := n.Story(t.Context(), s.ID)
	must(t, err)
	if have.Revision != 1+4*each || len(have.Content.Headline) != 1+4*each {
		t.Fatalf("revision %d, headline %q", have.Revision, have.Content.Headline)
	}
}

func oneStoryAnItem(t *testing.T, open func() *store.Newsroom) {
	n := open()
	settle(t, n, "a", 1, dispatch("a", "Bir"))
	_, err := take(t.Context(), n, item(t, n, "a"), 2)
	must(t, err)
	_, err = take(t.Context(), n, item(t, n, "a"), 3)
	refused(t, err, newsroom.Conflict, "error.item_taken")
	if head, err := n.Head(t.Context()); err != nil || head != 2 {
		t.Fatalf("head %d (%v)", head, err)
	}
}

func takenAgain(t *testing.T, open func() *store.Newsroom) {
	n := open()
	settle(t, n, "a", 1, dispatch("a", "Bir"))
	first, err := take(t.Context(), n, item(t, n, "a"), 2)
	must(t, err)
	change(t, n, first.ID, kill(3))
	if w := item(t, n, "a"); w.Taken != 0 {
		t.Fatalf("taken by the killed story %d", w.Taken)
	}
	second, err := take(t.Context(), n, item(t, n, "a"), 4)
	must(t, err)
	if w := item(t, n, "a"); w.Taken != second.ID || second.ID == first.ID {
		t.Fatalf("taken by %d, want %d", w.Taken, second.ID)
	}
}

func takenAtOnce(t *testing.T, open func() *store.Newsroom) {
	n, other := open(), open()
	settle(t, n, "a", 1, dispatch("a", "Bir"))
	w := item(t, n, "a")
	results := make([]error, 8)
	var wg sync.WaitGroup
	for i := range results {
		wg.Go(func() { _, results[i] = take(t.Context(), []*store.Newsroom{n, other}[i%2], w, 2) })
	}
	wg.Wait()
	won := slices.DeleteFunc(slices.Clone(results), func(err error) bool { return err != nil })
	if len(won) != 1 {
		t.Fatalf("%d took it: %v", len(won), results)
	}
	for _, err := range results {
		if err != nil {
			refused(t, err, newsroom.Conflict, "error.item_taken")
		}
	}
}

func cancelledChange(t *testing.T, open func() *store.Newsroom) {
	n := open()
	s := begin(t, n, content("Bir"), 1)
	ctx, cancel := context.WithCancel(t.Context())
	_, _, err := n.Change(ctx, s.ID, func(s newsroom.Story) (newsroom.Story, []newsroom.Fact, error) {
		cancel()
		return s.Edit(s.Revision, content("İki"), by(1, 2))
	})
	if !errors.Is(err, context.Canceled) {
		t.Fatalf("want cancelled, got %v", err)
	}
	have, err := n.Story(t.Context(), s.ID)
	must(t, err)
	if have.Revision != 1 {
		t.Fatalf("revision %d", have.Revision)
	}
	change(t, n, s.ID, edit(content("Üç"), 3)) // the writer is free again
}
