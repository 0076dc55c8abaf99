package wire_test

import (
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/rotatif/newsroom"
	"github.com/rotatif/newsroom/internal/store"
	"github.com/rotatif/newsroom/internal/store/sqlite"
	"github.com/rotatif/newsroom/internal/wire"
	"github.com/rotatif/newsroom/internal/wire/wiretest"
)

// word is something that an agency sends about the item a, and when it came.
type word struct {
	source, raw string
	minute      int // of its receipt
	kills       bool
}

// drawn is a history: revisions with a time or a number or both or neither,
// in several formats, with whatever agencies say of status and embargo.
func drawn(r *rand.Rand) []word {
	all, timed := []word{}, r.IntN(4)
	sorts := []string{"text", "text", "text", "text", "text", "status", "hold", "stranger", "kill", "bare", "other"}
	if r.IntN(2) == 0 {
		sorts = sorts[:8] // of those that nobody kills
	}
	for i := range 3 + r.IntN(7) {
		w := word{source: "ka", minute: 200 + r.IntN(40)}
		clock := fmt.Sprintf("2026-11-23T%02d:%02d:00Z", 6+i/4, 7*(i%8))
		version, at := "", ""
		if r.IntN(3) > 0 {
			version = fmt.Sprintf(`,"version":"%d"`, r.IntN(9))
		}
		if r.IntN(4) < timed { // some agencies give times seldom
			at = `,"versionCreated":"` + clock + `"`
		}
		pick := func(from ...string) string { return from[r.IntN(len(from))] }
		text := fmt.Sprintf(`,"type":"text","headline":"%s %d","body_text":"Metin %d."`, pick("Haber", "DÜZELTME - Haber"), i, i)
		switch pick(sorts...) {
		case "text":
			status := pick("", "", `,"pubStatus":"usable"`, `,"pubStatus":"withheld"`, `,"pubStatus":"yarim"`)
			embargo := pick("", "", "", "", "", "", `,"embargoedUntil":"2026-11-29T10:00:00Z"`, `,"embargoedUntil":"2026-11-23T05:00:00Z"`,
				`,"embargoedUntil":""`, `,"embargoedUntil":"yarın"`, `,"embargoedUntil":"2026-11-24"`)
			w.raw = `{"uri":"a"` + version + at + text + status + embargo + `}`
		case "kill":
			w.raw, w.kills = `{"uri":"a"`+version+at+text+`,"pubStatus":"`+pick("canceled", "cancelled", "withdrawn", "killed")+`"}`, true
		case "bare":
			w.raw, w.kills = fmt.Sprintf(`{"uri":"a","pubstatus":"canceled","ednote":"%d"}`, i), true
		case "status":
			w.raw = `{"uri":"a"` + version + at + `,"pubStatus":"` + pick("withheld", "usable") + `"}`
		case "other":
			w.raw, w.kills = nitfDoc(fmt.Sprint("b", i), 9+i, `management-doc-idref="a" management-idref-status="canceled"`, "Yeni"), true
		case "hold":
			w.raw = nitfDoc(fmt.Sprint("b", i), 9+i, `management-doc-idref="a" management-idref-status="`+pick("withheld", "usable")+`"`, "Yeni")
		case "stranger":
			w.source, w.raw = "ba", nitfDoc(fmt.Sprint("b", i), 9+i, `management-doc-idref="a" management-idref-status="canceled"`, "Yeni")
		}
		all = append(all, w)
	}
	return all
}

// tell lets words come in an order, each twice, settled together or one by one,
// with the program ending in between and starting anew.
func (b *bench) tell(r *rand.Rand, open func() (*store.Newsroom, error), said []word) {
	b.Helper()
	for time, order := range [][]int{r.Perm(len(said)), r.Perm(len(said))} {
		for _, i := range order {
			w := said[i]
			receipt := wire.Receipt{Source: w.source, Channel: "push", Received: minuteOf(w.minute)}
			if _, err := b.Receive(b.Context(), receipt, []byte(w.raw+strings.Repeat(" ", time))); err != nil {
				b.Fatal(err)
			}
			switch r.IntN(6) {
			case 0, 1:
				b.settle()
			case 2:
				b.follow()
			case 3:
				b.again(open)
			}
		}
	}
	b.settle()
	b.follow()
	b.suspect()
}

func minuteOf(minute int) time.Time {
	return wiretest.Received().Add(time.Duration(minute) * time.Minute)
}

// again is another program on the same store.
func (b *bench) again(open func() (*store.Newsroom, error)) {
	b.Helper()
	if err := b.store.Close(); err != nil {
		b.Fatal(err)
	}
	db, err := open()
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = db.Close() })
	b.store, b.Reception = db, fresh(db)
}

// toldOf is what an order of a history came to.
type toldOf struct {
	Before, After map[newsroom.ItemKey]account
	Killed        bool // before a person revived it
}

func tellAll(t *testing.T, seed, order uint64, first, second []word) toldOf {
	t.Helper()
	r := rand.New(rand.NewPCG(seed, 100+order))
	path := filepath.Join(t.TempDir(), fmt.Sprint(seed, order)+".db")
	place := func() (*store.Newsroom, error) { return sqlite.OpenNewsroom(t.Context(), path) }
	b := openOn(t, place)
	b.tell(r, place, first)
	told := toldOf{Before: accounts(b)}
	for _, w := range b.all("") {
		if w.Key != (newsroom.ItemKey{Provider: "ka", ID: "a"}) || !w.Killed {
			continue
		}
		told.Killed = true
		_, _, err := b.store.ChangeItem(t.Context(), w.ID, func(w newsroom.WireItem) (newsroom.WireItem, []newsroom.Fact, error) {
			return w.Revive("yanlış anlama", newsroom.By{Person: 1, At: minuteOf(250)})
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	b.tell(r, place, second)
	told.After = accounts(b)
	for key, a := range told.After { // what was delivered alone does not tell that it was revived
		found := b.item(key.Provider, key.ID)
		a.Item.Killed = found.Killed
		told.After[key] = a
	}
	return told
}

// Whatever one agency sends, in whatever order, twice, with crashes in between:
// the same items. What is killed is killed; nothing but its own agency kills it;
// nothing is usable under an embargo or with a status that is not plain.
func TestHistoriesOfOneAgency(t *testing.T) {
	t.Parallel()
	key := newsroom.ItemKey{Provider: "ka", ID: "a"}
	shown := map[string]int{}
	for seed := range uint64(24) {
		r := rand.New(rand.NewPCG(seed, 5))
		said := drawn(r)
		n := r.IntN(len(said) + 1)
		first, second := said[:n], said[n:]
		want := tellAll(t, seed, 0, first, second)
		for order := range uint64(2) {
			have := tellAll(t, seed, 1+order, first, second)
			if diff := cmp.Diff(want, have); diff != "" {
				t.Fatalf("seed %d: %s\n%s", seed, diff, history(said, n))
			}
		}
		if want.Killed != anyKills(first) {
			t.Fatalf("seed %d: killed %v\n%s", seed, want.Killed, history(said, n))
		}
		a := want.After[key]
		if !want.Killed && a.Item.Killed != anyKills(second) || a.State == newsroom.ItemKilled && !strings.Contains(a.Call, "kill") && !strings.Contains(a.Call, "reissued") {
			t.Fatalf("seed %d: %+v\n%s", seed, a, history(said, n))
		}
		shown[string(a.State)]++
	}
	if shown["killed"] < 5 || shown["usable"] < 2 || shown["withheld"] < 1 || shown["embargoed"] < 2 {
		t.Errorf("the histories show too little: %v", shown)
	}
}

func anyKills(said []word) bool {
	for _, w := range said {
		if w.kills {
			return true
		}
	}
	return false
}

func history(said []word, n int) string {
	lines := []string{}
	for i, w := range said {
		if i == n {
			lines = append(lines, "-- a person --")
		}
		lines = append(lines, fmt.Sprint(w.minute, " ", w.source, " ", w.raw))
	}
	return strings.Join(lines, "\n")
}
