package storetest

import (
	"errors"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/rotatif/newsroom"
	"github.com/rotatif/newsroom/internal/store"
	"github.com/rotatif/newsroom/internal/wire"
)

func copyTests() []test[*store.Newsroom] {
	return []test[*store.Newsroom]{
		{"a rule changes an item and leaves its facts", itemChanged},
		{"a rule that refuses or has no facts changes nothing", itemUnchanged},
		{"an item changed by many at once loses no change", itemChangedAtOnce},
		{"the revisions of an item come in the order received", itemRevisions},
		{"a window holds one provider's items of its time", itemWindow},
		{"the open calls are listed", itemCalls},
		{"a quarantined delivery waits again, no other does", deliveryReopened},
	}
}

func states() []newsroom.ItemState {
	return []newsroom.ItemState{newsroom.ItemKilled, newsroom.ItemAnnounced, newsroom.ItemNotice, newsroom.ItemWithheld,
		newsroom.ItemEmbargoed, newsroom.ItemBarred, newsroom.ItemUsable}
}

func announce(t *testing.T, n *store.Newsroom, id, from newsroom.ItemID) {
	t.Helper()
	_, _, err := n.ChangeItem(t.Context(), id, func(w newsroom.WireItem) (newsroom.WireItem, []newsroom.Fact, error) {
		return w.Announce(newsroom.Noticed{From: from, Kind: newsroom.NoticeKill, Words: "İPTAL", At: at(2)}, by(0, 3))
	})
	must(t, err)
}

func itemChanged(t *testing.T, open func() *store.Newsroom) {
	n := open()
	settle(t, n, "1", 1, dispatch("a", "Bir"), dispatch("b", "İki"))
	id := item(t, n, "a").ID
	announce(t, n, id, item(t, n, "b").ID)
	after, seq, err := n.ChangeItem(t.Context(), id, func(w newsroom.WireItem) (newsroom.WireItem, []newsroom.Fact, error) { return w.Answer(by(7, 4)) })
	must(t, err)
	if diff := cmp.Diff(after, item(t, open(), "a")); diff != "" || after.Call.By != 7 || len(after.Notices) != 1 {
		t.Fatalf("%+v %s", after, diff)
	}
	facts, err := n.Facts(t.Context(), 2, 10)
	must(t, err)
	if len(facts) != 2 || facts[0].Kind != newsroom.ItemWasAnnounced || facts[1].Kind != newsroom.ItemWasAnswered || facts[1].Seq != seq || facts[1].Item != id {
		t.Fatalf("%+v", facts)
	}
	settle(t, n, "2", 5, func() newsroom.Dispatch { d := dispatch("a", "Bir bir"); d.VersionCreated = at(5); return d }())
	if w := item(t, n, "a"); w.Text.Headline != "Bir bir" || len(w.Notices) != 1 {
		t.Errorf("a new revision took the notice away: %+v", w)
	}
	must(t, n.Verify(t.Context(), func(f store.Finding) { t.Errorf("%+v", f) }))
}

func itemUnchanged(t *testing.T, open func() *store.Newsroom) {
	n := open()
	settle(t, n, "1", 1, dispatch("a", "Bir"))
	before := item(t, n, "a")
	broken := errors.New("not now")
	_, _, err := n.ChangeItem(t.Context(), before.ID, func(w newsroom.WireItem) (newsroom.WireItem, []newsroom.Fact, error) {
		w.Killed = true
		return w, nil, broken
	})
	if !errors.Is(err, broken) {
		t.Error(err)
	}
	same, seq, err := n.ChangeItem(t.Context(), before.ID, func(w newsroom.WireItem) (newsroom.WireItem, []newsroom.Fact, error) {
		w.Killed = true
		return w, nil, nil
	})
	if err != nil || seq != 0 || same.Killed || !cmp.Equal(before, item(t, n, "a")) {
		t.Errorf("%+v at %d (%v)", same, seq, err)
	}
	_, _, err = n.ChangeItem(t.Context(), 999, newsroomAnswer)
	refused(t, err, newsroom.NotFound, "error.not_found")
}

func newsroomAnswer(w newsroom.WireItem) (newsroom.WireItem, []newsroom.Fact, error) {
	return w.Answer(by(1, 1))
}

func itemChangedAtOnce(t *testing.T, open func() *store.Newsroom) {
	n, other := open(), open()
	settle(t, n, "1", 1, dispatch("a", "Bir"))
	id := item(t, n, "a").ID
	var wg sync.WaitGroup
	for i := range 8 {
		wg.Go(func() {
			_, _, err := []*store.Newsroom{n, other}[i%2].ChangeItem(t.Context(), id, func(w newsroom.WireItem) (newsroom.WireItem, []newsroom.Fact, error) {
				return w.Announce(newsroom.Noticed{From: newsroom.ItemID(100 + i), Kind: newsroom.NoticeHold, At: at(i)}, by(0, i))
			})
			if err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if w := item(t, n, "a"); len(w.Notices) != 8 {
		t.Errorf("%d notices of 8", len(w.Notices))
	}
}

func itemRevisions(t *testing.T, open func() *store.Newsroom) {
	n := open()
	first, second := dispatch("a", "Bir"), dispatch("a", "İki")
	one := settle(t, n, "1", 1, first)
	two := settle(t, n, "2", 2, second, dispatch("b", "Başka"))
	have, err := n.ItemRevisions(t.Context(), item(t, n, "a").ID)
	must(t, err)
	want := []wire.Revision{{Hash: first.Hash(), Receipt: one, Received: at(1), Dispatch: first}, {Hash: second.Hash(), Receipt: two, Received: at(2), Dispatch: second}}
	if diff := cmp.Diff(want, have); diff != "" {
		t.Error(diff)
	}
}

func itemWindow(t *testing.T, open func() *store.Newsroom) {
	n := open()
	notice, other := dispatch("b", "İPTAL"), dispatch("c", "Üç")
	notice.Notice = &newsroom.Notice{Kind: newsroom.NoticeKill}
	other.Key.Provider = "ba"
	settle(t, n, "1", 1, dispatch("a", "Bir"))
	settle(t, n, "2", 2, notice, other)
	settle(t, n, "3", 3, dispatch("d", "Dört"))
	for _, c := range []struct {
		window wire.Window
		want   []string
	}{
		{wire.Window{From: at(1), To: at(3)}, []string{"d", "b", "a"}},
		{wire.Window{From: at(2), To: at(2)}, []string{"b"}},
		{wire.Window{From: at(0), To: at(9), Notices: true}, []string{"b"}},
		{wire.Window{From: at(4), To: at(9)}, nil},
	} {
		c.window.Provider = dispatch("a", "").Key.Provider
		items, err := n.Near(t.Context(), c.window)
		must(t, err)
		have := []string{}
		for _, w := range items {
			have = append(have, w.Key.ID)
		}
		equal(t, "window", have, c.want...)
	}
}

func itemCalls(t *testing.T, open func() *store.Newsroom) {
	n := open()
	killed := dispatch("k", "Ölü")
	killed.Status = newsroom.Canceled
	settle(t, n, "1", 1, dispatch("a", "Bir"), killed)
	calls := func() []newsroom.WireItem {
		items, err := n.Items(t.Context(), wire.Filter{Called: true, At: at(2)})
		must(t, err)
		return items
	}
	if open := calls(); len(open) != 1 || open[0].Key.ID != "k" || open[0].Call.Why != newsroom.CallKill {
		t.Fatalf("%+v", open)
	}
	_, _, err := n.ChangeItem(t.Context(), item(t, n, "k").ID, newsroomAnswer)
	must(t, err)
	if open := calls(); len(open) != 0 {
		t.Errorf("after the answer: %+v", open)
	}
}

func deliveryReopened(t *testing.T, open func() *store.Newsroom) {
	n := open()
	bad, good := keep(t, n, "bozuk", 1), settle(t, n, "iyi", 2, dispatch("a", "Bir"))
	must(t, n.Settle(t.Context(), newsroom.WireItem.Fold, wire.Settlement{ID: bad, Verdict: wire.Verdict{Outcome: wire.Quarantined, Reason: "wire.reason.empty", At: at(3)}, Dispatches: nil}))
	must(t, n.Reopen(t.Context(), bad))
	waiting, err := n.Waiting(t.Context(), 9)
	must(t, err)
	if len(waiting) != 1 || waiting[0].ID != bad || waiting[0].Verdict != (wire.Verdict{}) {
		t.Errorf("%+v", waiting)
	}
	for _, id := range []wire.ReceiptID{bad, good, 999} {
		refused(t, n.Reopen(t.Context(), id), newsroom.Conflict, "error.not_quarantined")
	}
	settle(t, n, "3", 4, dispatch("b", "İki"))
}
