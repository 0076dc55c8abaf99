package wire_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/rotatif/newsroom"
	"github.com/rotatif/newsroom/internal/store"
	"github.com/rotatif/newsroom/internal/store/sqlite"
	"github.com/rotatif/newsroom/internal/wire"
	"github.com/rotatif/newsroom/internal/wire/wiretest"
)

// bench is a reception on a real store.
type bench struct {
	*testing.T
	*wire.Reception
	store *store.Newsroom
}

func open(t *testing.T) *bench {
	t.Helper()
	return openOn(t, func() (*store.Newsroom, error) {
		return sqlite.OpenNewsroom(t.Context(), filepath.Join(t.TempDir(), "newsroom.db"))
	})
}

func openOn(t *testing.T, place func() (*store.Newsroom, error)) *bench {
	t.Helper()
	db, err := place()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	return &bench{t, fresh(db), db}
}

// fresh is a reception that has just started: it remembers nothing.
func fresh(s wire.Store) *wire.Reception {
	return &wire.Reception{Store: s, Now: clock(), Sources: map[string]wire.Source{}}
}

// clock goes on by a second whenever it is asked.
func clock() func() time.Time {
	var mu sync.Mutex
	now := wiretest.Received()
	return func() time.Time {
		mu.Lock()
		defer mu.Unlock()
		now = now.Add(time.Second)
		return now
	}
}

func (b *bench) send(source, raw string) wire.ReceiptID {
	b.Helper()
	id, err := b.Receive(b.Context(), wire.Receipt{Source: source, Channel: "push", Name: source}, []byte(raw))
	if err != nil {
		b.Fatal(err)
	}
	return id
}

func (b *bench) settle() int {
	b.Helper()
	n, err := b.Settle(b.Context())
	if err != nil {
		b.Fatal(err)
	}
	return n
}

func (b *bench) item(provider, id string) newsroom.WireItem {
	b.Helper()
	found, err := b.store.Items(b.Context(), wire.Filter{Key: newsroom.ItemKey{Provider: provider, ID: id}})
	if err != nil {
		b.Fatal(err)
	}
	if len(found) != 1 {
		b.Fatalf("%d items %s of %s", len(found), id, provider)
	}
	return found[0]
}

func (b *bench) verdict(id wire.ReceiptID) wire.Verdict {
	b.Helper()
	found, err := b.store.Receipts(b.Context(), wire.ReceiptFilter{ID: id})
	if err != nil || len(found) != 1 {
		b.Fatalf("receipt %d: %v, %v", id, found, err)
	}
	return found[0].Verdict
}

func ninjs(id string, version int, more string) string {
	return fmt.Sprintf(`{"uri":%q,"type":"text","version":"%d","versionCreated":"2026-11-23T%02d:00:00+03:00"%s}`, id, version, 9+version, more)
}

// chain is an original, an update, a correction and a kill.
func chain() []string {
	return []string{
		ninjs("urn:1", 1, `,"headline":"Bir","body_text":"Bir."`),
		ninjs("urn:1", 2, `,"headline":"İki","body_text":"İki."`),
		ninjs("urn:1", 3, `,"headline":"DÜZELTME - Üç","body_text":"Üç."`),
		ninjs("urn:1", 4, `,"pubStatus":"canceled","edNote":"Kullanmayınız."`),
	}
}

// orders is every order of n things.
func orders(n int) [][]int {
	if n == 0 {
		return [][]int{{}}
	}
	var all [][]int
	for _, rest := range orders(n - 1) {
		for at := range n {
			order := append(append(append([]int{}, rest[:at]...), n-1), rest[at:]...)
			all = append(all, order)
		}
	}
	return all
}

// Whatever the order in which an agency's revisions come, whichever of them
// come again, together or one at a time: the same item, dead.
func TestEveryOrderEndsTheSame(t *testing.T) {
	t.Parallel()
	b := open(t)
	sent := chain()
	runs := 0
	for _, order := range orders(len(sent)) {
		for _, again := range [][]int{{}, {0}, {1, 3}, {0, 1, 2, 3}} {
			for _, together := range []bool{true, false} {
				provider := fmt.Sprintf("p%d", runs)
				runs++
				for i, which := range append(append([]int{}, order...), again...) {
					// a space more is another delivery of the same revision
					b.send(provider, sent[which]+strings.Repeat(" ", i))
					if !together {
						b.settle()
					}
				}
				b.settle()
				w := b.item(provider, "urn:1")
				if !w.Killed || w.Withheld || w.Reissued || w.Revisions != 4 || w.Text.Headline != "DÜZELTME - Üç" || w.State(wiretest.Received()) != newsroom.ItemKilled {
					t.Fatalf("order %v again %v together %v: killed %v, reissued %v, %d revisions, text %q", order, again, together, w.Killed, w.Reissued, w.Revisions, w.Text.Headline)
				}
			}
		}
	}
	t.Logf("%d ways", runs)
}

func TestKillBeforeOriginal(t *testing.T) {
	t.Parallel()
	b := open(t)
	b.send("kuzey", chain()[3])
	b.settle()
	if w := b.item("kuzey", "urn:1"); !w.Killed {
		t.Error("a kill of what never came was lost")
	}
	b.send("kuzey", chain()[0])
	b.settle()
	if w := b.item("kuzey", "urn:1"); !w.Killed || w.Text.Headline != "Bir" {
		t.Errorf("born alive: killed %v, text %q", w.Killed, w.Text.Headline)
	}
}

// A kill works only inside its own provider, whatever the file says of itself.
func TestKillStaysAtHome(t *testing.T) {
	t.Parallel()
	b := open(t)
	b.Sources["a1"], b.Sources["a2"], b.Sources["b"] = wire.Source{Provider: "a"}, wire.Source{Provider: "a"}, wire.Source{Provider: "b"}
	b.send("a1", chain()[0])
	b.send("b", strings.Replace(chain()[3], `"uri"`, `"source":"a","provider":"a","uri"`, 1))
	b.settle()
	if b.item("a", "urn:1").Killed {
		t.Error("another agency killed it")
	}
	b.send("a2", chain()[3])
	b.settle()
	if !b.item("a", "urn:1").Killed {
		t.Error("the agency's other line could not kill it")
	}
}

// Of what waits, what kills is settled first, even after a restart that has
// forgotten in which order things came.
func TestKillsGoFirst(t *testing.T) {
	t.Parallel()
	b := open(t)
	for i := range 20 {
		b.send("kuzey", ninjs(fmt.Sprintf("urn:x:%d", i), 1, `,"headline":"x"`))
	}
	b.send("kuzey", chain()[3])
	b.Reception = fresh(b.store)
	b.settle()
	facts, err := b.store.Facts(t.Context(), 0, 3)
	if err != nil {
		t.Fatal(err)
	}
	if facts[0].Key.ID != "urn:1" || facts[1].Kind != newsroom.ItemWasKilled {
		t.Errorf("first of all: %+v", facts)
	}
}

// Kills are found in files that are refused: in formats not read yet, in files
// that break off, that declare entities, that are too big.
func TestKillsOutOfQuarantine(t *testing.T) {
	t.Parallel()
	b := open(t)
	for name, raw := range map[string]string{
		"nitf":       `<nitf><head><docdata management-status="canceled"><doc-id id-string="nitf"/></docdata></head><body><body.con`,
		"nitf-other": `<nitf><head><docdata management-doc-idref="nitf-other" management-idref-status="canceled"><doc-id id-string="x"/></docdata></head><body><body.con`,
		"newsml-1":   `<NewsML><NewsItem><Identification><NewsIdentifier><PublicIdentifier>newsml-1:2A</PublicIdentifier></NewsIdentifier></Identification><NewsManagement><Status FormalName="Canceled"/></NewsManagement><NewsComp`,
		"cut":        `<newsItem guid="cut"><itemMeta><pubStatus qcode="stat:canceled"/></itemMeta><contentMeta><headl`,
		"entities":   `<!DOCTYPE a [<!ENTITY b "c">]><newsItem guid="entities"><itemMeta><pubStatus qcode="stat:canceled"/></itemMeta></newsItem>`,
		"json-cut":   `{"uri":"json-cut","pubstatus":"canceled","body_text":"yar`,
		"other-json": `{"bulletin":{"uri":"other-json","pubstatus":"killed"}}`,
		"deep":       `{"uri":"deep","pubstatus":"cancelled","a":` + strings.Repeat("[", 200) + strings.Repeat("]", 200) + `}`,
	} {
		id := b.send("kuzey", raw)
		b.settle()
		if v := b.verdict(id); v.Outcome != wire.Quarantined || v.Reason == "" || v.Items != 0 {
			t.Errorf("%s: %+v", name, v)
		}
		if w := b.item("kuzey", name); !w.Killed {
			t.Errorf("%s: the kill was lost", name)
		}
	}
	id, err := b.Refuse(t.Context(), wire.Receipt{Source: "kuzey", Channel: "folder", Name: "big.json"}, []byte(`[{"uri":"big","pubstatus":"canceled"},{"uri":"other","headl`), "wire.reason.too_big", "33554432")
	if err != nil {
		t.Fatal(err)
	}
	if v := b.verdict(id); v.Outcome != wire.Quarantined || v.Reason != "wire.reason.too_big" || !b.item("kuzey", "big").Killed {
		t.Errorf("%+v", v)
	}
}

// hasty settles whatever waits as soon as something is kept.
type hasty struct {
	wire.Store
	settle func()
}

func (h hasty) Keep(ctx context.Context, r wire.Receipt, raw []byte) (wire.ReceiptID, bool, error) {
	id, fresh, err := h.Store.Keep(ctx, r, raw)
	h.settle()
	return id, fresh, err
}

// Whoever settles what was refused at the door, and when, it stays refused: its
// bytes may be the half of a file.
func TestWhatIsRefusedStaysRefused(t *testing.T) {
	t.Parallel()
	b := open(t)
	b.Store = hasty{b.store, func() { b.settle() }}
	id, err := b.Refuse(t.Context(), wire.Receipt{Source: "kuzey", Channel: "push"}, []byte(ninjs("urn:1", 1, `,"headline":"Yarım"`)), "wire.reason.too_big", "1")
	if err != nil {
		t.Fatal(err)
	}
	if v := b.verdict(id); v.Outcome != wire.Quarantined || v.Reason != "wire.reason.too_big" || v.Detail != "1" || len(b.all("")) > 0 {
		t.Errorf("%+v, %d items", v, len(b.all("")))
	}
}

func TestWithheldThenUsable(t *testing.T) {
	t.Parallel()
	b := open(t)
	b.send("kuzey", ninjs("urn:1", 1, `,"pubstatus":"withheld","headline":"x"`))
	b.settle()
	if w := b.item("kuzey", "urn:1"); w.State(wiretest.Received()) != newsroom.ItemWithheld {
		t.Error("not withheld")
	}
	b.send("kuzey", ninjs("urn:1", 2, `,"pubstatus":"usable","headline":"x"`))
	b.settle()
	if w := b.item("kuzey", "urn:1"); w.State(wiretest.Received()) != newsroom.ItemUsable {
		t.Error("still withheld")
	}
}

// One bad item in a file costs itself alone.
func TestNeighboursSurvive(t *testing.T) {
	t.Parallel()
	b := open(t)
	id := b.send("kuzey", `[{"type":"text","headline":"kimliksiz","body_text":"x"},{"uri":"urn:2","headline":"Komşu"},{"uri":"urn:3","headline":"x","a":`+strings.Repeat("[", 100)+strings.Repeat("]", 100)+`}]`)
	b.settle()
	v := b.verdict(id)
	if v.Outcome != wire.Settled || v.Items != 1 || v.Reason != "wire.reason.partial" || !strings.Contains(v.Detail, "urn:3 too_deep") || !strings.Contains(v.Detail, "no_id") {
		t.Errorf("%+v", v)
	}
	if b.item("kuzey", "urn:2").Text.Headline != "Komşu" {
		t.Error("the neighbour suffered")
	}
}

// Every file of the samples is on the list or in quarantine with its reason,
// and the whole set sent again changes nothing.
func TestNothingIsDropped(t *testing.T) {
	t.Parallel()
	b := open(t)
	paths := wiretest.Shared(t, "wire/*/*")
	for range 2 {
		for _, path := range paths {
			raw, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			b.send("kuzey", string(raw))
		}
		b.settle()
	}
	kept, err := b.store.Receipts(t.Context(), wire.ReceiptFilter{Limit: 1000})
	if err != nil {
		t.Fatal(err)
	}
	for _, k := range kept {
		v := k.Verdict
		if v.Outcome == wire.Waiting || (v.Items == 0 || v.Outcome == wire.Quarantined) && v.Reason == "" {
			t.Errorf("receipt %d: %+v", k.ID, v)
		}
	}
	head, err := b.store.Head(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	b.settle()
	if after, err := b.store.Head(t.Context()); err != nil || after != head {
		t.Errorf("facts grew from %d to %d, %v", head, after, err)
	}
}

// stuck is a store that cannot settle one delivery.
type stuck struct {
	wire.Store
	id  wire.ReceiptID
	err error
}

func (s stuck) Settle(ctx context.Context, fold wire.Fold, all ...wire.Settlement) error {
	for _, one := range all {
		if one.ID == s.id && len(one.Dispatches) > 0 {
			return s.err
		}
	}
	return s.Store.Settle(ctx, fold, all...)
}

func TestOneStuckDeliveryKeepsBackNoOther(t *testing.T) {
	t.Parallel()
	b := open(t)
	bad := b.send("kuzey", ninjs("urn:1", 1, `,"headline":"x"`))
	good := b.send("kuzey", ninjs("urn:2", 1, `,"headline":"x"`))
	b.Store = stuck{b.store, bad, errors.New("disk")}
	if _, err := b.Settle(t.Context()); err == nil {
		t.Error("nobody was told")
	}
	if b.verdict(good).Outcome != wire.Settled || b.verdict(bad).Outcome != wire.Waiting {
		t.Errorf("good %+v, bad %+v", b.verdict(good), b.verdict(bad))
	}
	b.Store = stuck{b.store, bad, newsroom.Refuse(newsroom.TooMuch, "error.body_too_long")}
	b.settle()
	if v := b.verdict(bad); v.Outcome != wire.Quarantined || v.Reason != "wire.reason.not_kept" {
		t.Errorf("%+v", v)
	}
}

func TestSameBytesAreOneDelivery(t *testing.T) {
	t.Parallel()
	b := open(t)
	rung := 0
	b.Nudge = func() { rung++ }
	if b.send("kuzey", "x") != b.send("kuzey", "x") || b.send("kuzey", "x") == b.send("liman", "x") {
		t.Error("deliveries are told apart wrongly")
	}
	if rung != 2 {
		t.Errorf("nudged %d times", rung)
	}
}

// With a hand lent, what comes together is read together, and nothing else changes.
func TestReadBesideOneAnother(t *testing.T) {
	t.Parallel()
	b := open(t)
	b.Beside = func(do func()) { go do() }
	ids := []wire.ReceiptID{}
	for i := range 300 {
		ids = append(ids, b.send("kuzey", ninjs(fmt.Sprintf("urn:%d", i), 1, `,"headline":"Haber"`)))
	}
	bad := b.send("kuzey", "{")
	kill := b.send("kuzey", `{"uri":"urn:7","pubstatus":"canceled"}`)
	if n := b.settle(); n < 302 {
		t.Errorf("%d settled", n)
	}
	for _, id := range append(ids, kill) {
		if b.verdict(id).Outcome != wire.Settled {
			t.Errorf("%d: %+v", id, b.verdict(id))
		}
	}
	if b.verdict(bad).Outcome != wire.Quarantined || !b.item("kuzey", "urn:7").Killed || b.item("kuzey", "urn:8").Killed {
		t.Error("a bad one among them, or a kill, went wrong")
	}
	b.send("kuzey", ninjs("urn:a", 1, `,"headline":"Haber"`))
	b.send("kuzey", ninjs("urn:b", 1, `,"headline":"Haber"`))
	b.Now = func() time.Time { panic("the clock stopped") }
	defer func() {
		if recover() == nil {
			t.Error("a failure beside was not heard of")
		}
	}()
	_, _ = b.Settle(t.Context())
}
