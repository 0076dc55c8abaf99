package storetest

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/rotatif/newsroom"
	"github.com/rotatif/newsroom/internal/store"
	"github.com/rotatif/newsroom/internal/wire"
)

func sha(raw string) string {
	sum := sha256.Sum256([]byte(raw))
	return hex.EncodeToString(sum[:])
}

func wireTests() []test[*store.Newsroom] {
	return []test[*store.Newsroom]{
		{"a delivery is kept with its bytes and waits", deliveryKept},
		{"the same bytes of a source are kept once", deliveryOnce},
		{"deliveries wait oldest first until they have a verdict", deliveriesWait},
		{"sources take turns with what waits", sourcesTakeTurns},
		{"long deliveries wait behind short ones", longOnesLast},
		{"a verdict is given once", verdictOnce},
		{"several are settled together or not at all", settledTogether},
		{"what waits is given in bearable amounts", bearable},
		{"a quarantined delivery is kept whole with its reason", quarantined},
		{"deliveries are chosen by outcome, id and item", deliveryChoice},
		{"a failed settling leaves the delivery waiting", settleFails},
		{"a delivery settled twice at once is folded once", settledAtOnce},
		{"watches are their owner's, and the desk's everybody's", watched},
		{"watches are bounded", watchesAreBounded},
		{"what a filter finds is counted", counted},
		{"a source's deliveries are known by name", receiptNames},
		{"how far a source was listed is kept", listedTo},
	}
}

func deliveryKept(t *testing.T, open func() *store.Newsroom) {
	n := open()
	for i, raw := range []string{"", "<xml/>", strings.Repeat("tekrar ", 100_000), "\x00\xff\xfe ham"} {
		r := wire.Receipt{Source: "ak-ana", Provider: "ak", Channel: "folder", Name: "bozuk\xffad\x00.xml", Received: at(i), Hash: sha(raw)}
		id, fresh, err := n.Keep(t.Context(), r, []byte(raw))
		must(t, err)
		kept, err := open().Receipts(t.Context(), wire.ReceiptFilter{ID: id, Raw: true})
		must(t, err)
		if !fresh || len(kept) != 1 || !bytes.Equal(kept[0].Raw, []byte(raw)) {
			t.Fatalf("delivery %d: fresh %v, %d kept", i, fresh, len(kept))
		}
		r.ID, r.Name = id, "bozuk\uFFFDad.xml"
		if diff := cmp.Diff(r, kept[0].Receipt); diff != "" {
			t.Error(diff)
		}
	}
}

func deliveryOnce(t *testing.T, open func() *store.Newsroom) {
	n := open()
	r := wire.Receipt{Source: "a", Provider: "ak", Channel: "push", Name: "1", Received: at(1), Hash: sha("x")}
	first, _, err := n.Keep(t.Context(), r, []byte("x"))
	must(t, err)
	r.Name, r.Received = "2", at(2)
	again, fresh, err := open().Keep(t.Context(), r, []byte("x"))
	must(t, err)
	if fresh || again != first {
		t.Fatalf("fresh %v, id %d, first %d", fresh, again, first)
	}
	r.Source = "b"
	if _, fresh, err := n.Keep(t.Context(), r, []byte("x")); err != nil || !fresh {
		t.Fatalf("from another source: fresh %v (%v)", fresh, err)
	}
}

func deliveriesWait(t *testing.T, open func() *store.Newsroom) {
	n := open()
	ids := []wire.ReceiptID{keep(t, n, "a", 3), keep(t, n, "b", 2), keep(t, n, "c", 1)}
	must(t, n.Settle(t.Context(), newsroom.WireItem.Fold, wire.Settlement{ID: ids[1], Verdict: wire.Verdict{Outcome: wire.Settled, At: at(4)}, Dispatches: nil}))
	must(t, n.Close())
	waiting, err := open().Waiting(t.Context(), 10)
	must(t, err)
	if len(waiting) != 2 || waiting[0].ID != ids[0] || waiting[1].ID != ids[2] || string(waiting[1].Raw) != "c" {
		t.Fatalf("waiting: %+v", waiting)
	}
}

// sourcesTakeTurns floods the store from one source; the copy of the others,
// which came last, is among the first that are looked at.
func sourcesTakeTurns(t *testing.T, open func() *store.Newsroom) {
	n := open()
	for i, source := range strings.Split("aaaaaaaabcb", "") {
		raw := source + strconv.Itoa(i)
		_, _, err := n.Keep(t.Context(), wire.Receipt{Source: source, Provider: "ak", Channel: "push", Received: at(i), Hash: sha(raw)}, []byte(raw))
		must(t, err)
	}
	waiting, err := n.Waiting(t.Context(), 6)
	must(t, err)
	var order []string
	for _, k := range waiting {
		order = append(order, string(k.Raw))
	}
	if diff := cmp.Diff([]string{"a0", "b8", "c9", "a1", "b10", "a2"}, order); diff != "" {
		t.Error(diff)
	}
}

func verdictOnce(t *testing.T, open func() *store.Newsroom) {
	n := open()
	id := settle(t, n, "a", 1, dispatch("a", "Bir"))
	other := dispatch("b", "Başka")
	must(t, n.Settle(t.Context(), newsroom.WireItem.Fold, wire.Settlement{ID: id, Verdict: wire.Verdict{Outcome: wire.Quarantined, At: at(9)}, Dispatches: []newsroom.Dispatch{other}}))
	kept, err := n.Receipts(t.Context(), wire.ReceiptFilter{ID: id})
	must(t, err)
	want := wire.Verdict{Outcome: wire.Settled, Format: "ninjs", Items: 1, At: at(1)}
	if diff := cmp.Diff(want, kept[0].Verdict); diff != "" {
		t.Error(diff)
	}
	if items, err := n.Items(t.Context(), wire.Filter{}); err != nil || len(items) != 1 {
		t.Fatalf("%d items (%v)", len(items), err)
	}
}

func quarantined(t *testing.T, open func() *store.Newsroom) {
	n := open()
	id := keep(t, n, "bozuk", 1)
	want := wire.Verdict{Outcome: wire.Quarantined, Reason: "wire.reason.unreadable", Detail: "satır 3: \x00\xff", At: at(2)}
	must(t, n.Settle(t.Context(), newsroom.WireItem.Fold, wire.Settlement{ID: id, Verdict: want, Dispatches: nil}))
	outcome := wire.Quarantined
	kept, err := n.Receipts(t.Context(), wire.ReceiptFilter{Outcome: &outcome, Raw: true})
	must(t, err)
	want.Detail = "satır 3: \uFFFD"
	if len(kept) != 1 || string(kept[0].Raw) != "bozuk" || !cmp.Equal(kept[0].Verdict, want) {
		t.Fatalf("kept: %+v", kept)
	}
}

func deliveryChoice(t *testing.T, open func() *store.Newsroom) {
	n := open()
	a := settle(t, n, "a", 1, dispatch("x", "Bir"))
	b := settle(t, n, "b", 2, dispatch("y", "İki"))
	second := dispatch("x", "Bir bir")
	c := settle(t, n, "c", 3, second)
	d := keep(t, n, "d", 4)
	waiting := wire.Waiting
	cases := []struct {
		name   string
		filter wire.ReceiptFilter
		want   []wire.ReceiptID
	}{
		{"all", wire.ReceiptFilter{}, []wire.ReceiptID{d, c, b, a}},
		{"limit", wire.ReceiptFilter{Limit: 2}, []wire.ReceiptID{d, c}},
		{"waiting", wire.ReceiptFilter{Outcome: &waiting}, []wire.ReceiptID{d}},
		{"of an item", wire.ReceiptFilter{Item: item(t, n, "x").ID}, []wire.ReceiptID{c, a}},
		{"one", wire.ReceiptFilter{ID: b}, []wire.ReceiptID{b}},
		{"none", wire.ReceiptFilter{ID: 999}, []wire.ReceiptID{}},
	}
	for _, c := range cases {
		kept, err := n.Receipts(t.Context(), c.filter)
		must(t, err)
		have := []wire.ReceiptID{}
		for _, k := range kept {
			have = append(have, k.ID)
			if k.Raw != nil {
				t.Errorf("%s: bytes that were not asked for", c.name)
			}
		}
		if diff := cmp.Diff(c.want, have); diff != "" {
			t.Errorf("%s: %s", c.name, diff)
		}
	}
}

func settleFails(t *testing.T, open func() *store.Newsroom) {
	n := open()
	id := keep(t, n, "a", 1)
	func() {
		defer func() { _ = recover() }()
		fold := func(w newsroom.WireItem, d newsroom.Dispatch, _ time.Time) (newsroom.WireItem, []newsroom.Fact) {
			if d.Key.ID == "b" {
				panic("in the middle")
			}
			return w.Fold(d, at(1))
		}
		_ = n.Settle(t.Context(), fold, wire.Settlement{ID: id, Verdict: wire.Verdict{Outcome: wire.Settled}, Dispatches: []newsroom.Dispatch{dispatch("a", "Bir"), dispatch("b", "İki")}})
	}()
	waiting, err := n.Waiting(t.Context(), 10)
	must(t, err)
	items, err := n.Items(t.Context(), wire.Filter{})
	must(t, err)
	if len(waiting) != 1 || len(items) != 0 {
		t.Fatalf("%d waiting, %d items", len(waiting), len(items))
	}
	settle(t, n, "b", 2, dispatch("b", "İki")) // the writer is free again
}

func settledAtOnce(t *testing.T, open func() *store.Newsroom) {
	n, other := open(), open()
	id := keep(t, n, "a", 1)
	var wg sync.WaitGroup
	for i := range 6 {
		wg.Go(func() {
			d := dispatch("a", fmt.Sprintf("Bir %d", i))
			v := wire.Verdict{Outcome: wire.Settled, At: at(2)}
			if err := []*store.Newsroom{n, other}[i%2].Settle(t.Context(), newsroom.WireItem.Fold, wire.Settlement{ID: id, Verdict: v, Dispatches: []newsroom.Dispatch{d}}); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if w := item(t, n, "a"); w.Revisions != 1 {
		t.Fatalf("%d revisions", w.Revisions)
	}
	if head, err := n.Head(t.Context()); err != nil || head != 1 {
		t.Fatalf("head %d (%v)", head, err)
	}
}

// settledTogether settles deliveries in one transaction, one of which has its
// verdict already, and two of which bring the same item.
func settledTogether(t *testing.T, open func() *store.Newsroom) {
	n := open()
	old := settle(t, n, "old", 1, dispatch("o", "Eski"))
	ids := []wire.ReceiptID{keep(t, n, "a", 2), keep(t, n, "b", 3)}
	verdict := wire.Verdict{Outcome: wire.Settled, At: at(4)}
	all := []wire.Settlement{
		{ID: ids[0], Verdict: verdict, Dispatches: []newsroom.Dispatch{dispatch("x", "Köprü kapandı"), dispatch("y", "Yol açık")}},
		{ID: old, Verdict: verdict, Dispatches: []newsroom.Dispatch{dispatch("z", "Hiç")}},
		{ID: ids[1], Verdict: verdict, Dispatches: []newsroom.Dispatch{dispatch("x", "Köprü açıldı")}},
	}
	broken := errors.New("in the middle")
	func() {
		defer func() { _ = recover() }()
		_ = n.Settle(t.Context(), func(w newsroom.WireItem, d newsroom.Dispatch, received time.Time) (newsroom.WireItem, []newsroom.Fact) {
			if d.Headline == "Köprü açıldı" {
				panic(broken)
			}
			return w.Fold(d, received)
		}, all...)
	}()
	if waiting, err := n.Waiting(t.Context(), 10); err != nil || len(waiting) != 2 {
		t.Fatalf("%d wait after a failure (%v)", len(waiting), err)
	}
	must(t, n.Settle(t.Context(), newsroom.WireItem.Fold, all...))
	if w := item(t, open(), "x"); w.Revisions != 2 || w.Text.Headline != "Köprü açıldı" {
		t.Errorf("%+v", w)
	}
	for text, want := range map[string]int{"köprü": 1, "kapandı": 0, "açıldı": 1, "yol": 1, "hiç": 0, "eski": 1} {
		if found, err := n.Items(t.Context(), wire.Filter{Text: text}); err != nil || len(found) != want {
			t.Errorf("%d items with %s, want %d (%v)", len(found), text, want, err)
		}
	}
	if found, err := n.Items(t.Context(), wire.Filter{}); err != nil || len(found) != 3 || found[0].Key.ID != "x" {
		t.Errorf("%d items, %v first (%v)", len(found), found[0].Key, err)
	}
}

func bearable(t *testing.T, open func() *store.Newsroom) {
	n := open()
	for i := range 4 {
		raw := strings.Repeat(strconv.Itoa(i), 3<<20)
		_, _, err := n.Keep(t.Context(), wire.Receipt{Source: "a", Channel: "push", Received: at(i), Hash: sha(raw)}, []byte(raw))
		must(t, err)
	}
	if waiting, err := n.Waiting(t.Context(), 10); err != nil || len(waiting) != 2 || len(waiting[1].Raw) != 3<<20 {
		t.Errorf("%d at once (%v)", len(waiting), err)
	}
}

// A flood keeps back no short delivery, though it came first.
func longOnesLast(t *testing.T, open func() *store.Newsroom) {
	n := open()
	noise := make([]byte, 300_000)
	r := rand.New(rand.NewPCG(1, 2))
	for i := range noise {
		noise[i] = byte(r.Uint32())
	}
	long, _, err := n.Keep(t.Context(), wire.Receipt{Source: "a", Provider: "ak", Received: at(1), Hash: "long"}, noise)
	must(t, err)
	short := keep(t, n, "b", 2)
	after := keep(t, n, "a", 3)
	waiting, err := open().Waiting(t.Context(), 10)
	must(t, err)
	have := []wire.ReceiptID{}
	for _, k := range waiting {
		have = append(have, k.ID)
	}
	if !slices.Equal(have, []wire.ReceiptID{short, after, long}) {
		t.Errorf("%v, want %v", have, []wire.ReceiptID{short, after, long})
	}
}
