package newsroom_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/rotatif/newsroom"
)

// deed is something that is tried on a story at a minute.
type deed struct {
	name string
	do   func(s newsroom.Story, minute int) (newsroom.Story, []newsroom.Fact, error)
}

// anyDeed draws something that people, the clock or an agency may try, sensible or not.
func anyDeed(t *rapid.T) deed {
	headline := rapid.SampledFrom([]string{"", "Bir", "İki", "Üç"}).Draw(t, "headline")
	reason := rapid.SampledFrom([]string{"", "yanlış"}).Draw(t, "reason")
	embargo := rapid.SampledFrom([]newsroom.Embargo{{}, until(20), until(45), until(90), {State: newsroom.EmbargoUnknown}, {State: newsroom.EmbargoUntil}}).Draw(t, "embargo")
	release := rapid.IntRange(-5, 120).Draw(t, "release")
	old := rapid.Bool().Draw(t, "old")
	pick := func(name string, make func(minute int) step) deed {
		return deed{name, func(s newsroom.Story, minute int) (newsroom.Story, []newsroom.Fact, error) { return make(minute)(s) }}
	}
	approveSome := func(minute int) step {
		return func(s newsroom.Story) (newsroom.Story, []newsroom.Fact, error) {
			if old && s.Live != nil {
				return s.Approve(s.Live.Head, by(minute))
			}
			return s.Approve(s.Head, by(minute))
		}
	}
	again := func(name string, make func(minute int) step) []deed { // more often than the others
		return slices.Repeat([]deed{pick(name, make)}, 3)
	}
	deeds := slices.Concat(
		again("edit", func(m int) step { return edit(headline, m) }),
		again("submit", submit), again("approve", approveSome), again("publish", publish), again("due", due), again("update", update),
		again("schedule", func(m int) step { return schedule(at(release), m) }),
		[]deed{
			pick("begin", func(m int) step { return begin(headline, m) }),
			pick("return", func(m int) step { return giveBack(reason, m) }),
			pick("unschedule", unschedule),
			pick("correct", func(m int) step { return correct(reason, m) }),
			pick("unpublish", func(m int) step { return unpublish(reason, m) }),
			pick("hold", func(m int) step { return hold("hold.agency_withheld", m) }),
			pick("clear", func(m int) step { return lift(reason, m) }),
			pick("embargo", func(m int) step { return reembargo(embargo, m) }),
			pick("agency kill", func(m int) step { return agencyKill(reason, m) }),
		},
	)
	if rapid.IntRange(0, 30).Draw(t, "fatal") == 0 {
		deeds = []deed{pick("kill", func(m int) step { return kill(reason, m) })}
	}
	return rapid.SampledFrom(deeds).Draw(t, "deed")
}

// inOrder is a story's ordinary way to the readers.
func inOrder() []deed {
	plain := func(name string, make func(minute int) step) deed {
		return deed{name, func(s newsroom.Story, minute int) (newsroom.Story, []newsroom.Fact, error) { return make(minute)(s) }}
	}
	yes := func(m int) step {
		return func(s newsroom.Story) (newsroom.Story, []newsroom.Fact, error) { return s.Approve(s.Head, by(m)) }
	}
	return []deed{plain("submit", submit), plain("approve", yes), plain("publish", publish)}
}

// Whatever is tried, in whatever order: nothing reaches readers that was not
// approved to the letter, nor while it is held or under embargo; what was first
// stays first; killed is killed.
func TestHistories(t *testing.T) {
	t.Parallel()
	published := 0
	rapid.Check(t, func(t *rapid.T) {
		w := item("Bir")
		w.Embargo = rapid.SampledFrom([]newsroom.Embargo{{}, {}, until(25)}).Draw(t, "item's embargo")
		s, _, err := newsroom.Story{ID: 9}.Take(w, content("Bir"), by(0))
		if err != nil {
			t.Fatal(err)
		}
		witness := &watcher{t: t, approved: map[string]bool{}, sealed: s.Head, revisions: 1}
		minute := 0
		first := []deed{}
		if rapid.Bool().Draw(t, "in order at first") { // by chance alone few stories come to the readers
			first = inOrder()
		}
		for i := range 30 {
			d := anyDeed(t)
			if i < len(first) {
				d = first[i]
			}
			minute += rapid.IntRange(0, 8).Draw(t, "minutes")
			after, facts, err := d.do(s, minute)
			if err != nil && (!cmp.Equal(s, after) || len(facts) > 0) {
				t.Fatalf("%s was refused with %v, but changed the story", d.name, err)
			}
			witness.see(d.name, s, after, facts, minute)
			s = after
			published += min(1, len(witness.had))
		}
	})
	if published == 0 {
		t.Error("no story of any history was published: the test shows nothing")
	}
}

// watcher holds a history to the promises.
type watcher struct {
	t         *rapid.T
	approved  map[string]bool // heads for which a person gave a word that stands
	sealed    string
	revisions int
	had       []string // heads that readers have had
	first     time.Time
}

func (w *watcher) see(name string, before, after newsroom.Story, facts []newsroom.Fact, minute int) {
	for _, f := range facts {
		switch f.Kind {
		case newsroom.StoryApproved:
			w.approved[f.Head] = true
		case newsroom.StorySaved, newsroom.StoryReturned, newsroom.StoryUnpublished, newsroom.StoryKilled:
			w.approved = map[string]bool{}
		}
		if f.Article != nil {
			w.printed(name, before, after, *f.Article, minute)
		}
	}
	w.chain(name, before, after)
	if len(facts) == 0 && !cmp.Equal(before, after) {
		w.t.Fatalf("%s changed the story without a fact", name)
	}
	if before.State == newsroom.Killed && !cmp.Equal(before.Live, after.Live) || before.State == newsroom.Killed && after.State != newsroom.Killed {
		w.t.Fatalf("%s raised the dead: %s", name, after.State)
	}
	if after.State.Public() && (after.Live == nil || len(w.had) == 0 || w.had[len(w.had)-1] != after.Live.Head) {
		w.t.Fatalf("%s: %s, but readers have not been given %+v", name, after.State, after.Live)
	}
	if after.State.Waiting() != !after.Release.IsZero() {
		w.t.Fatalf("%s: %s with release %s", name, after.State, after.Release)
	}
	if after.Approval != nil && after.Approval.Head != after.Head {
		w.t.Fatalf("%s: an approval of other words is kept", name)
	}
}

// printed is told what goes before readers.
func (w *watcher) printed(name string, before, after newsroom.Story, a newsroom.Article, minute int) {
	switch {
	case !w.approved[a.Head] || a.Head != before.Head:
		w.t.Fatalf("%s printed words that nobody approved", name)
	case before.Held != "":
		w.t.Fatalf("%s printed what is held for %s", name, before.Held)
	case before.Embargo.Holds(at(minute)):
		w.t.Fatalf("%s printed at %s under %+v", name, at(minute), before.Embargo)
	case before.State.Waiting() && at(minute).Before(before.Release):
		w.t.Fatalf("%s printed at %s what is due at %s", name, at(minute), before.Release)
	case a.Headline == "" || a.Head != after.Live.Head:
		w.t.Fatalf("%s printed %+v", name, a)
	case !w.first.IsZero() && !a.First.Equal(w.first):
		w.t.Fatalf("%s moved the first date from %s to %s", name, w.first, a.First)
	case w.first.IsZero() != a.Changed.IsZero() || !a.Changed.IsZero() && a.Changed.Before(a.First):
		w.t.Fatalf("%s: first %s, changed %s", name, a.First, a.Changed)
	}
	w.first = a.First
	w.had = append(w.had, a.Head)
}

// chain holds the revisions to their seals.
func (w *watcher) chain(name string, before, after newsroom.Story) {
	if after.Head == w.sealed {
		return
	}
	r := after.Latest(before)
	w.revisions++
	if r.Prev != w.sealed || r.Seal() != after.Head || after.Revision != w.revisions {
		w.t.Fatalf("%s broke the chain at revision %d", name, after.Revision)
	}
	w.sealed = after.Head
}

// anyDelivery draws a revision, with a time or a number, with both or with neither.
func anyDelivery(t *rapid.T, i int) delivery {
	received := at(rapid.IntRange(100, 130).Draw(t, "received"))
	minute := rapid.SampledFrom([]int{-1, -1, 10, 20, 30, 105, 115, 60 * 24 * 365}).Draw(t, "minute")
	version := rapid.SampledFrom([]string{"", "x", "1", "01", "2", "10", "99999999999999999999999"}).Draw(t, "version")
	d := revision(version, minute, fmt.Sprint(i))
	d.Numbered = rapid.IntRange(0, 3).Draw(t, "numbered") == 0
	d.Status = rapid.SampledFrom([]newsroom.PubStatus{newsroom.Usable, newsroom.Usable, newsroom.Withheld, newsroom.StatusUnknown, newsroom.Canceled}).Draw(t, "status")
	d.Embargo = rapid.SampledFrom([]newsroom.Embargo{{}, {}, until(90), until(180), {State: newsroom.EmbargoUnknown}}).Draw(t, "embargo")
	if d.Embargo.State != newsroom.EmbargoNone {
		d.Embargo.Text = rapid.SampledFrom([]string{"", "ambargo"}).Draw(t, "words")
	}
	d.Partial = rapid.IntRange(0, 2).Draw(t, "partial") == 0
	return delivery{d, received}
}

func TestTheFoldKnowsNoOrder(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 8).Draw(t, "deliveries")
		deliveries := []delivery{}
		for i := range n {
			deliveries = append(deliveries, anyDelivery(t, i))
		}
		want := folded(deliveries...)
		for range 8 {
			other := rapid.Permutation(deliveries).Draw(t, "order")
			if diff := cmp.Diff(want, folded(append(slices.Clone(other), deliveries...)...)); diff != "" {
				t.Fatal(diff)
			}
		}
		killed := slices.ContainsFunc(deliveries, func(x delivery) bool { return x.d.Status == newsroom.Canceled })
		if want.Killed != killed || want.Reissued && !killed {
			t.Fatalf("killed %v, reissued %v", want.Killed, want.Reissued)
		}
		whole := slices.ContainsFunc(deliveries, func(x delivery) bool { return x.d.Status != newsroom.Canceled && !x.d.Partial })
		if whole && (want.Text.Partial || want.Text.Status == newsroom.Canceled) {
			t.Fatalf("a whole text was sent, but the item's is %+v", want.Text)
		}
	})
}

// The order of marks is an order: of two different ones exactly one is later,
// and there are no circles, neither among those that only a number orders nor
// among the others.
func TestMarksAreAnOrder(t *testing.T) {
	t.Parallel()
	counted := func(m newsroom.Mark) bool {
		return m.Created.IsZero() && strings.Trim(m.Version, "0123456789") == "" && m.Version != ""
	}
	rapid.Check(t, func(t *rapid.T) {
		marks := []newsroom.Mark{}
		for i := range 3 {
			w := folded(delivery{anyDelivery(t, i).d, at(rapid.IntRange(100, 103).Draw(t, "received"))})
			for _, m := range []newsroom.Mark{w.TextMark, w.StatusMark, w.KillMark} {
				if m.Hash != "" {
					marks = append(marks, m)
					break
				}
			}
		}
		for _, a := range marks {
			for _, b := range marks {
				if a != b && a.After(b) == b.After(a) {
					t.Fatalf("%+v and %+v", a, b)
				}
				for _, c := range marks {
					if counted(a) != counted(b) || counted(b) != counted(c) {
						continue
					}
					if a != b && b != c && a != c && a.After(b) && b.After(c) && !a.After(c) {
						t.Fatalf("a circle: %+v, %+v, %+v", a, b, c)
					}
				}
			}
		}
	})
	if m := (newsroom.Mark{Hash: "a"}); !m.After(newsroom.Mark{}) {
		t.Error("no mark is later than one")
	}
}
