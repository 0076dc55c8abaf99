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
		{"items are chosen by the time of their last delivery", itemTimes},
		{"an item is found by what it is now", itemRetagged},
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
	other.Kind, world.Urgency, world.Flash, world.Dateline.Place = newsroom.KindPicture, 3, true, "ISPARTA"
	settle(t, n, "1", 1, economy, world, other)
	cases := []struct {
		name   string
		filter wire.Filter
		want   []string
	}{
		{"provider", wire.Filter{Provider: "bk"}, []string{"o"}},
		{"language with its region", wire.Filter{Language: "TR"}, []string{"e"}},
		{"language of a pattern", wire.Filter{Language: "%"}, nil},
		{"subject code", wire.Filter{Subjects: []string{"medtop:04000000"}}, []string{"e"}},
		{"subject name", wire.Filter{Subjects: []string{"Yerel yönetim"}}, []string{"e"}},
		{"subject name as a slug", wire.Filter{Subjects: []string{"yerel-yonetim"}}, []string{"e"}},
		{"one of several subjects", wire.Filter{Subjects: []string{"x:none", "x:A_B", "medtop:04000000"}}, []string{"w", "e"}},
		{"one of several, and a word", wire.Filter{Subjects: []string{"x:A_B", "medtop:04000000"}, Text: "fiyatı"}, []string{"e"}},
		{"part of a subject", wire.Filter{Subjects: []string{"yerel"}}, nil},
		{"subject of a pattern", wire.Filter{Subjects: []string{"x:a%b"}}, nil},
		{"subject with a pattern's letter", wire.Filter{Subjects: []string{"x:A_B"}}, []string{"w"}},
		{"words", wire.Filter{Text: letters.Fold("FİYATI ışık")}, []string{"e"}},
		{"not all words", wire.Filter{Text: letters.Fold("ışık world")}, nil},
		{"the beginning of a word", wire.Filter{Text: "Fiya"}, []string{"e"}},
		{"the end of a word", wire.Filter{Text: "yatı"}, nil},
		{"a phrase", wire.Filter{Text: `"ışık fiyatı"`}, []string{"e"}},
		{"a phrase in another order", wire.Filter{Text: `“fiyatı ışık”`}, nil},
		{"not a word", wire.Filter{Text: "-ışık -world"}, []string{"o"}},
		{"a word and not another", wire.Filter{Text: "öteki -ışık"}, []string{"o"}},
		{"the language of the index", wire.Filter{Text: `OR "* NEAR( AND ^ words: %_`}, nil},
		{"marks alone", wire.Filter{Text: `" - "`}, []string{"o", "w", "e"}},
		{"a tag typed as a word", wire.Filter{Text: "_all"}, nil},
		{"a place, in any writing", wire.Filter{Place: "ıspartA"}, []string{"w"}},
		{"a kind", wire.Filter{Kind: newsroom.KindPicture}, []string{"o"}},
		{"as pressing as this", wire.Filter{Urgency: 3}, []string{"w"}},
		{"more pressing than any", wire.Filter{Urgency: 1}, nil},
		{"flashes", wire.Filter{Flash: true}, []string{"w"}},
		{"several at once", wire.Filter{Flash: true, Language: "en", Text: "wor"}, []string{"w"}},
		{"several that do not meet", wire.Filter{Flash: true, Language: "tr"}, nil},
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

// What is read of the list between two times does not change when the wire goes on.
func itemTimes(t *testing.T, open func() *store.Newsroom) {
	n := open()
	for i := range 6 {
		settle(t, n, fmt.Sprint(i), i, dispatch(fmt.Sprint(i), "Haber"))
	}
	for _, c := range []struct {
		filter wire.Filter
		want   []string
	}{
		{wire.Filter{Until: at(2)}, []string{"2", "1", "0"}},
		{wire.Filter{From: at(4)}, []string{"5", "4"}},
		{wire.Filter{From: at(1), Until: at(2), Text: "haber"}, []string{"2", "1"}},
		{wire.Filter{From: at(9)}, nil},
		{wire.Filter{Until: at(-1)}, nil},
	} {
		items, err := n.Items(t.Context(), c.filter)
		must(t, err)
		have := []string{}
		for _, w := range items {
			have = append(have, w.Key.ID)
		}
		equal(t, fmt.Sprint(c.filter.From, c.filter.Until), have, c.want...)
	}
}

// What an item is found by follows what becomes of it.
func itemRetagged(t *testing.T, open func() *store.Newsroom) {
	n := open()
	settle(t, n, "1", 1, dispatch("a", "Eski başlık"), dispatch("b", "Başka"))
	renamed := dispatch("a", "Yeni başlık")
	renamed.Version, renamed.VersionCreated = "2", at(5)
	settle(t, n, "2", 6, renamed)
	announce(t, n, item(t, n, "a").ID, item(t, n, "b").ID)
	for _, c := range []struct {
		filter wire.Filter
		count  int
	}{
		{wire.Filter{Text: "eski"}, 0}, {wire.Filter{Text: "yeni"}, 1}, {wire.Filter{State: newsroom.ItemAnnounced}, 1}, {wire.Filter{Called: true}, 1},
	} {
		if items, err := n.Items(t.Context(), c.filter); err != nil || len(items) != c.count {
			t.Errorf("%+v: %d items, want %d (%v)", c.filter, len(items), c.count, err)
		}
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
	if page, err := n.Items(t.Context(), wire.Filter{Before: 999_999, Until: at(2), Limit: 50}); err != nil || len(page) != 9 {
		t.Errorf("%d items before one that is not there (%v)", len(page), err)
	}
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
