package storetest

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/rotatif/newsroom"
	"github.com/rotatif/newsroom/internal/letters"
	"github.com/rotatif/newsroom/internal/store"
	"github.com/rotatif/newsroom/internal/wire"
)

func itemTests() []test[*store.Newsroom] {
	return []test[*store.Newsroom]{
		{"revisions fold into one item; a repeated one is passed over", itemFolds},
		{"an item comes back as it was folded", itemRoundTrip},
		{"the state of an item is that of the asked hour", itemStates},
		{"items are chosen by provider, language, subject and words", itemChoice},
		{"items are listed last received first and paged on", itemPages},
		{"an item names the story that took it", itemTaken},
	}
}

func itemFolds(t *testing.T, open func() *store.Newsroom) {
	n := open()
	first, second := dispatch("a", "Bir"), dispatch("a", "İki")
	second.Version, second.VersionCreated = "2", at(5)
	settle(t, n, "1", 1, first)
	settle(t, n, "2", 6, second, first, second)
	settle(t, n, "3", 7, first)
	w := item(t, n, "a")
	if w.Revisions != 2 || w.Text.Headline != "İki" || !w.First.Equal(at(1)) || !w.Last.Equal(at(6)) {
		t.Fatalf("item: %+v", w)
	}
	facts, err := n.Facts(t.Context(), 0, 100)
	must(t, err)
	if len(facts) != 2 || facts[0].Kind != newsroom.ItemArrived || facts[1].Kind != newsroom.ItemRevised || facts[1].Item != w.ID {
		t.Fatalf("facts: %+v", facts)
	}
}

func itemRoundTrip(t *testing.T, open func() *store.Newsroom) {
	n := open()
	d := dispatch("a\x00b", "Başlık \x00 😀")
	d.Embargo = newsroom.Embargo{State: newsroom.EmbargoUntil, Until: at(60), Text: "10.00"}
	d.Subjects = []newsroom.Subject{{Scheme: "medtop", Code: "04000000", Name: "Ekonomi"}}
	d.EdNotes = []newsroom.EdNote{{Text: "dikkat"}}
	d.Key.ID = "a"
	settle(t, n, "1", 1, d)
	id := item(t, n, "a").ID
	want, _ := newsroom.WireItem{ID: id, Key: d.Key}.Fold(d, at(1))
	if diff := cmp.Diff(want, item(t, open(), "a")); diff != "" {
		t.Fatal(diff)
	}
}

func itemStates(t *testing.T, open func() *store.Newsroom) {
	n := open()
	until, unknown, killed, withheld := dispatch("until", "until"), dispatch("unknown", "unknown"), dispatch("killed", "killed"), dispatch("withheld", "withheld")
	until.Embargo = newsroom.Embargo{State: newsroom.EmbargoUntil, Until: at(60)}
	unknown.Embargo = newsroom.Embargo{State: newsroom.EmbargoUnknown, Text: "soon"}
	killed.Status, withheld.Status = newsroom.Canceled, newsroom.Withheld
	barred, notice := dispatch("barred", "barred"), dispatch("notice", "notice")
	barred.Barred, notice.Notice = "TURKEY OUT", &newsroom.Notice{Kind: newsroom.NoticeKill, Words: "İPTAL"}
	settle(t, n, "1", 1, dispatch("usable", "usable"), until, unknown, killed, withheld, barred, notice, dispatch("announced", "announced"))
	announce(t, n, item(t, n, "announced").ID, item(t, n, "notice").ID)
	for _, minute := range []int{1, 59, 60, 61} {
		for _, state := range states() {
			items, err := n.Items(t.Context(), wire.Filter{State: state, At: at(minute)})
			must(t, err)
			have, want := []string{}, []string{}
			for _, w := range items {
				have = append(have, w.Key.ID)
			}
			for _, w := range allItems(t, n) {
				if w.State(at(minute)) == state {
					want = append(want, w.Key.ID)
				}
			}
			equal(t, fmt.Sprintf("%s at %d", state, minute), have, want...)
			if len(want) == 0 {
				t.Errorf("%s at %d: the case is empty", state, minute)
			}
		}
	}
}

func allItems(t *testing.T, n *store.Newsroom) []newsroom.WireItem {
	t.Helper()
	items, err := n.Items(t.Context(), wire.Filter{})
	must(t, err)
	return items
}

func itemChoice(t *testing.T, open func() *store.Newsroom) {
	n := open()
	economy, world, other := dispatch("e", "Işık fiyatı"), dispatch("w", "World"), dispatch("o", "Öteki %100")
	economy.Subjects = []newsroom.Subject{{Scheme: "medtop", Code: "04000000", Name: "Ekonomi"}, {Name: "Yerel Yönetim"}}
	economy.Language = "tr-TR"
	world.Subjects = []newsroom.Subject{{Scheme: "medtop", Code: "040000001"}, {Scheme: "x", Code: "A_B"}}
	world.Language = "en"
	other.Key.Provider, other.Language = "bk", "trv"
	settle(t, n, "1", 1, economy, world, other)
	cases := []struct {
		name   string
		filter wire.Filter
		want   []string
	}{
		{"provider", wire.Filter{Provider: "bk"}, []string{"o"}},
		{"language with its region", wire.Filter{Language: "TR"}, []string{"e"}},
		{"language of a pattern", wire.Filter{Language: "%"}, nil},
		{"subject code", wire.Filter{Section: "medtop:04000000"}, []string{"e"}},
		{"subject name", wire.Filter{Section: "Yerel yönetim"}, []string{"e"}},
		{"subject name as a slug", wire.Filter{Section: "yerel-yonetim"}, []string{"e"}},
		{"part of a subject", wire.Filter{Section: "yerel"}, nil},
		{"subject of a pattern", wire.Filter{Section: "x:a%b"}, nil},
		{"subject with a pattern's letter", wire.Filter{Section: "x:A_B"}, []string{"w"}},
		{"words", wire.Filter{Text: letters.Fold("FİYATI ışık")}, []string{"e"}},
		{"not all words", wire.Filter{Text: letters.Fold("ışık world")}, nil},
		{"wrong provider", wire.Filter{Provider: "bk", Key: economy.Key}, nil},
		{"id", wire.Filter{ID: item(t, n, "w").ID}, []string{"w"}},
	}
	for _, c := range cases {
		items, err := n.Items(t.Context(), c.filter)
		must(t, err)
		have := []string{}
		for _, w := range items {
			have = append(have, w.Key.ID)
		}
		equal(t, c.name, have, c.want...)
	}
}

func itemPages(t *testing.T, open func() *store.Newsroom) {
	n := open()
	want := []string{}
	for i := range 23 {
		id := fmt.Sprintf("i%02d", i)
		settle(t, n, id, i/3, dispatch(id, id))
		want = append([]string{id}, want...)
	}
	have, before := []string{}, newsroom.ItemID(0)
	for range 10 {
		page, err := n.Items(t.Context(), wire.Filter{Before: before, Limit: 5})
		must(t, err)
		if len(page) == 0 {
			break
		}
		for _, w := range page {
			have = append(have, w.Key.ID)
		}
		before = page[len(page)-1].ID
	}
	equal(t, "pages", have, want...)
	later := dispatch("i00", "yeni")
	settle(t, n, "later", 99, later)
	items, err := n.Items(t.Context(), wire.Filter{Limit: 1})
	must(t, err)
	if len(items) != 1 || items[0].Key.ID != "i00" {
		t.Errorf("a new revision does not bring its item to the head: %+v", items)
	}
}

func itemTaken(t *testing.T, open func() *store.Newsroom) {
	n := open()
	settle(t, n, "1", 1, dispatch("a", "Bir"), dispatch("b", "İki"))
	s, err := take(t.Context(), n, item(t, n, "a"), 2)
	must(t, err)
	if a, b := item(t, n, "a"), item(t, n, "b"); a.Taken != s.ID || b.Taken != 0 {
		t.Fatalf("taken: %d and %d", a.Taken, b.Taken)
	}
	again := dispatch("a", "Bir bir")
	settle(t, n, "2", 3, again)
	if a := item(t, n, "a"); a.Taken != s.ID || a.Revisions != 2 {
		t.Fatalf("after a revision: %+v", a)
	}
}
