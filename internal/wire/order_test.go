package wire_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/rotatif/newsroom"
	"github.com/rotatif/newsroom/internal/wire"
	"github.com/rotatif/newsroom/internal/wire/wiretest"
)

// account is what an item comes to, told without the numbers that the order of
// arrival gives.
type account struct {
	Headline, Call string
	State          newsroom.ItemState
	Item           newsroom.WireItem
	Notices        []string
}

// accounts are all items of a store, by key.
func accounts(b *bench) map[newsroom.ItemKey]account {
	b.Helper()
	all := map[newsroom.ItemKey]account{}
	names := map[newsroom.ItemID]string{}
	f := wire.Filter{At: wiretest.Received(), Limit: 500}
	var items []newsroom.WireItem
	for {
		page, err := b.store.Items(b.Context(), f)
		if err != nil {
			b.Fatal(err)
		}
		items = append(items, page...)
		if len(page) < 500 {
			break
		}
		f.Before = page[len(page)-1].ID
	}
	for _, w := range items {
		names[w.ID] = w.Key.ID
	}
	for _, w := range items {
		a := account{Headline: w.Text.Headline, State: w.State(wiretest.Received()), Item: w.Delivered()}
		if w.Call != nil {
			a.Call = fmt.Sprint(w.Call.Why, w.Call.Open(), w.Call.Reason)
		}
		for _, n := range w.Notices {
			a.Notices = append(a.Notices, fmt.Sprint(names[n.From], n.Kind, n.How))
		}
		slices.Sort(a.Notices)
		a.Item.ID, a.Item.First, a.Item.Last = 0, time.Time{}, time.Time{}
		for _, m := range []*newsroom.Mark{&a.Item.TextMark, &a.Item.StatusMark, &a.Item.EmbargoMark, &a.Item.KillMark} {
			m.Received = time.Time{} // of two deliveries of one thing the first came first
		}
		all[w.Key] = a
	}
	return all
}

// Every sample twice, in any order, gives the same items in the same states.
func TestTheWholeSetInAnyOrder(t *testing.T) {
	t.Parallel()
	paths := wiretest.Shared(t, "wire/*/*")
	deliver := func(t *testing.T, order []int) map[newsroom.ItemKey]account {
		b := open(t)
		b.Sources["ka"] = wiretest.Source()
		for n, i := range order {
			raw, err := os.ReadFile(paths[i])
			if err != nil {
				t.Fatal(err)
			}
			receipt := wire.Receipt{Source: "ka", Channel: "folder", Name: fmt.Sprint(i), Received: wiretest.Received().Add(time.Duration(i) * time.Second)}
			if _, err := b.Receive(t.Context(), receipt, raw); err != nil {
				t.Fatal(err)
			}
			if n%7 == 0 {
				b.settle()
				b.follow()
			}
		}
		b.settle()
		b.follow()
		return accounts(b)
	}
	inOrder := make([]int, len(paths))
	for i := range paths {
		inOrder[i] = i
	}
	want := deliver(t, inOrder)
	if len(want) < 100 {
		t.Fatalf("only %d items of %d files", len(want), len(paths))
	}
	for seed := range uint64(3) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			t.Parallel()
			r := rand.New(rand.NewPCG(seed, 7))
			if diff := cmp.Diff(want, deliver(t, append(r.Perm(len(paths)), r.Perm(len(paths))...))); diff != "" {
				t.Error(diff)
			}
		})
	}
}
