package wire_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/rotatif/newsroom"
	"github.com/rotatif/newsroom/internal/pgtest"
	"github.com/rotatif/newsroom/internal/store"
	"github.com/rotatif/newsroom/internal/store/postgres"
	"github.com/rotatif/newsroom/internal/store/sqlite"
	"github.com/rotatif/newsroom/internal/wire"
	"github.com/rotatif/newsroom/internal/wire/wiretest"
)

// account is what an item comes to, told without the numbers that the order of
// arrival gives.
type account struct {
	Headline, Call string
	State          newsroom.ItemState
	Item           newsroom.WireItem
	Revisions      []string // every text it has had
	Notices        []string
	Event          []string // the copy it stands in one event with
	Ties           []string
}

// telling tells of items by their agencies' names for them.
type telling struct {
	*bench
	names map[newsroom.ItemID]string
}

// accounts are all items of a store, by key.
func accounts(b *bench) map[newsroom.ItemKey]account {
	b.Helper()
	tell := telling{b, map[newsroom.ItemID]string{}}
	items := b.all("")
	for _, w := range items {
		tell.names[w.ID] = w.Key.Provider + " " + w.Key.ID
	}
	all := map[newsroom.ItemKey]account{}
	for _, w := range items {
		all[w.Key] = tell.account(w)
	}
	return all
}

// all are all items of a provider, or of every one.
func (b *bench) all(provider string) []newsroom.WireItem {
	b.Helper()
	f := wire.Filter{Provider: provider, At: wiretest.Received(), Limit: 500}
	var items []newsroom.WireItem
	for {
		page, err := b.store.Items(b.Context(), f)
		if err != nil {
			b.Fatal(err)
		}
		items = append(items, page...)
		if len(page) < 500 {
			return items
		}
		f.Before = page[len(page)-1].ID
	}
}

func (t telling) account(w newsroom.WireItem) account {
	t.Helper()
	a := account{Headline: w.Text.Headline, State: w.State(wiretest.Received()), Item: w.Delivered()}
	if w.Call != nil {
		a.Call = fmt.Sprint(w.Call.Why, w.Call.Open(), w.Call.Rung, " ", w.Call.Reason, " ", t.names[w.Call.About])
	}
	for _, n := range w.Notices {
		a.Notices = append(a.Notices, fmt.Sprint(t.names[n.From], n.Kind, n.Words, n.How, n.Verdict))
	}
	slices.Sort(a.Notices)
	history, err := t.store.ItemRevisions(t.Context(), w.ID)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range history {
		a.Revisions = append(a.Revisions, r.Hash+" "+r.Dispatch.Version+" "+r.Dispatch.Headline)
	}
	slices.Sort(a.Revisions)
	t.event(&a, w)
	a.Item.ID, a.Item.Event, a.Item.First, a.Item.Last = 0, 0, time.Time{}, time.Time{}
	for _, m := range []*newsroom.Mark{&a.Item.TextMark, &a.Item.StatusMark, &a.Item.EmbargoMark, &a.Item.KillMark} {
		m.Received = time.Time{} // of two deliveries of one thing the first came first
	}
	return a
}

// event tells what an item stands with, and what each is to it.
func (t telling) event(a *account, w newsroom.WireItem) {
	t.Helper()
	if w.Event == 0 {
		return
	}
	events, err := t.store.Events(t.Context(), []newsroom.ItemID{w.Event})
	if err != nil || len(events) != 1 {
		t.Fatalf("event %d: %d of them (%v)", w.Event, len(events), err)
	}
	for _, o := range events[0].Items {
		a.Event = append(a.Event, t.names[o.ID])
	}
	for _, tie := range events[0].Ties {
		if tie.A == w.ID || tie.B == w.ID {
			a.Ties = append(a.Ties, fmt.Sprint(t.names[tie.A+tie.B-w.ID], " ", tie.Relation))
		}
	}
	slices.Sort(a.Event)
	slices.Sort(a.Ties)
}

// verdicts are what became of the deliveries, by name.
func (b *bench) verdicts() map[string]wire.Verdict {
	b.Helper()
	found, err := b.store.Receipts(b.Context(), wire.ReceiptFilter{Limit: 1000})
	if err != nil {
		b.Fatal(err)
	}
	all := map[string]wire.Verdict{}
	for _, r := range found {
		r.Verdict.At = time.Time{}
		all[r.Source+" "+r.Hash] = r.Verdict
	}
	return all
}

// places are empty stores of every engine.
func places() map[string]func(t *testing.T) func() (*store.Newsroom, error) {
	return map[string]func(t *testing.T) func() (*store.Newsroom, error){
		"sqlite": func(t *testing.T) func() (*store.Newsroom, error) {
			path := filepath.Join(t.TempDir(), "newsroom.db")
			return func() (*store.Newsroom, error) { return sqlite.OpenNewsroom(t.Context(), path) }
		},
		"postgres": func(t *testing.T) func() (*store.Newsroom, error) {
			dsn := pgtest.Database(t)
			return func() (*store.Newsroom, error) { return postgres.OpenNewsroom(t.Context(), dsn) }
		},
	}
}

// whole is everything that a store of the wire comes to.
type whole struct {
	Items    map[newsroom.ItemKey]account
	Verdicts map[string]wire.Verdict
}

// speaks fails the test when the set has too little of something to show anything.
func (w whole) speaks(t *testing.T) {
	t.Helper()
	had := map[string]int{}
	for _, a := range w.Items {
		had["items"]++
		had["in events"] += min(len(a.Event), 1)
		had["meant by notices"] += min(len(a.Notices), 1)
		had["calling"] += min(len(a.Call), 1)
		had["with several revisions"] += min(len(a.Revisions)-1, 1)
		had[string(a.State)]++
	}
	for what, least := range map[string]int{
		"items": 100, "in events": 10, "meant by notices": 1, "calling": 5, "with several revisions": 5, "killed": 3, "announced": 1,
		"notice": 1, "withheld": 1, "embargoed": 1, "usable": 50,
	} {
		if had[what] < least {
			t.Errorf("only %d %s of the set: %v", had[what], what, had)
		}
	}
}

// deliver lets files come in an order. When everything has been settled it is
// followed, as it is now and then on the way.
func deliver(t *testing.T, place func() (*store.Newsroom, error), paths []string, order []int, often func() bool) whole {
	t.Helper()
	b := openOn(t, place)
	b.Beside = func(do func()) { go do() }
	b.Now = func() time.Time { return wiretest.Received().Add(time.Hour) } // two at once would wear the other clock out
	for _, name := range []string{"ka", "ba"} {
		src := wiretest.Source()
		src.Provider = name
		b.Sources[name] = src
	}
	for _, i := range order {
		raw, err := os.ReadFile(paths[i])
		if err != nil {
			t.Fatal(err)
		}
		source := "ka"
		if strings.Contains(paths[i], "/ninjs/") {
			source = "ba"
		}
		receipt := wire.Receipt{Source: source, Channel: "folder", Name: fmt.Sprint(i), Received: wiretest.Received().Add(time.Duration(i) * time.Second)}
		if _, err := b.Receive(t.Context(), receipt, raw); err != nil {
			t.Fatal(err)
		}
		if often() {
			b.settle()
		}
		if often() {
			b.follow()
		}
		if often() {
			b.suspect()
		}
	}
	b.settle()
	b.follow()
	b.suspect()
	b.follow()
	return whole{accounts(b), b.verdicts()}
}

// Every sample twice, in any order, settled at once or later, gives the same
// items with the same texts in the same states, the same events, and calls the
// same people; with any engine.
func TestTheWholeSetInAnyOrder(t *testing.T) {
	t.Parallel()
	paths := wiretest.Shared(t, "wire/*/*")
	inOrder := make([]int, len(paths))
	for i := range paths {
		inOrder[i] = i
	}
	want := deliver(t, places()["sqlite"](t), paths, inOrder, func() bool { return false })
	want.speaks(t)
	for name, place := range places() {
		for seed := range uint64(3) {
			t.Run(fmt.Sprint(name, " ", seed), func(t *testing.T) {
				t.Parallel()
				r := rand.New(rand.NewPCG(seed, 7))
				often := func() bool { return r.IntN(9) == 0 }
				have := deliver(t, place(t), paths, append(r.Perm(len(paths)), r.Perm(len(paths))...), often)
				if diff := cmp.Diff(want, have); diff != "" {
					t.Error(diff)
				}
			})
		}
	}
}
