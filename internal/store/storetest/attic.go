package storetest

import (
	"math/rand/v2"
	"slices"
	"strconv"
	"testing"
	"time"

	"github.com/rotatif/newsroom"
	"github.com/rotatif/newsroom/internal/store"
	"github.com/rotatif/newsroom/internal/wire"
	"github.com/rotatif/newsroom/internal/wire/same"
)

func atticTests() []test[*store.Newsroom] {
	tests := []test[*store.Newsroom]{
		{"old copy nobody used goes, with all it was found by; what came stays known", unusedGoes},
		{"what is older than what went is no news; a kill is, whatever its age", olderIsNoNews},
		{"a delivery keeps its bytes while an item of it is left", bytesStay},
		{"an armful at a time, and what stays is passed by", manyGo},
		{"whatever the order, a killed text is never usable", killsOutlast},
	}
	for _, all := range []map[string]func(*testing.T, *store.Newsroom){reasons(), used()} {
		for why, bring := range all {
			tests = append(tests, test[*store.Newsroom]{"copy stays: " + why, stays(bring)})
		}
	}
	return tests
}

const monthMinutes = 31 * 24 * 60

// sweep lets go at a minute what is older than thirty days.
func sweep(t *testing.T, n *store.Newsroom, minute int) wire.Gone {
	t.Helper()
	e := wire.Expiry{Attic: n, Keep: map[string]time.Duration{"ak": 30 * 24 * time.Hour}, Now: func() time.Time { return at(minute) }}
	gone, err := e.Sweep(t.Context())
	must(t, err)
	return gone["ak"]
}

func names(t *testing.T, n *store.Newsroom) []string {
	t.Helper()
	all := []string{}
	for _, w := range allItems(t, n) {
		all = append(all, w.Key.ID)
	}
	slices.Sort(all)
	return all
}

func unusedGoes(t *testing.T, open func() *store.Newsroom) {
	n := open()
	old := dispatch("a", "Köprü kapandı")
	id := settle(t, n, "1", 1, old)
	other := dispatch("o", "Başka ajans")
	other.Key.Provider = "ba"
	settle(t, n, "2", 2, other)
	settle(t, n, "3", monthMinutes-1, dispatch("young", "Yeni"))
	if gone := sweep(t, n, 60); gone != (wire.Gone{}) {
		t.Errorf("before its time: %+v", gone)
	}
	if gone := sweep(t, n, monthMinutes); gone != (wire.Gone{Items: 1, Deliveries: 1}) {
		t.Errorf("%+v", gone)
	}
	n = open()
	equal(t, "items", names(t, n), "o", "young")
	if found, err := n.Items(t.Context(), wire.Filter{Text: "köprü"}); err != nil || len(found) != 0 {
		t.Errorf("%d found by words (%v)", len(found), err)
	}
	kept, err := n.Receipts(t.Context(), wire.ReceiptFilter{ID: id, Raw: true})
	must(t, err)
	if len(kept) != 1 || kept[0].Raw != nil || !kept[0].Expired.Equal(at(monthMinutes)) {
		t.Errorf("the delivery: %+v", kept)
	}
	if again := keep(t, n, "1", monthMinutes+1); again != id {
		t.Errorf("the same bytes are delivery %d, were %d", again, id)
	}
	settle(t, n, "other bytes", monthMinutes+2, old)
	equal(t, "items after the same revision", names(t, n), "o", "young")
	newer := dispatch("a", "Köprü açıldı")
	newer.VersionCreated = at(monthMinutes)
	settle(t, n, "newer", monthMinutes+3, newer, old)
	if w := item(t, n, "a"); w.Revisions != 1 || w.Text.Headline != "Köprü açıldı" {
		t.Errorf("a newer revision: %+v", w)
	}
	if found, err := n.Items(t.Context(), wire.Filter{Text: "köprü"}); err != nil || len(found) != 1 {
		t.Errorf("%d found by words (%v)", len(found), err)
	}
	equal(t, "findings", verified(t, n))
}

// olderIsNoNews brings, after an item went, revisions that were never delivered before.
func olderIsNoNews(t *testing.T, open func() *store.Newsroom) {
	n := open()
	revised := func(id, headline, version string, minute int) newsroom.Dispatch {
		d := dispatch(id, headline)
		d.Version, d.VersionCreated = version, time.Time{}
		if minute > 0 {
			d.VersionCreated = at(minute)
		}
		return d
	}
	settle(t, n, "1", 61, revised("dated", "Üç", "3", 60), revised("counted", "Üç", "3", 0), revised("mixed", "Üç", "3", 0), revised("mixed", "Dört", "x", 60))
	if gone := sweep(t, n, 2*monthMinutes); gone.Items != 3 {
		t.Fatalf("%+v", gone)
	}
	n = open()
	held := revised("dated", "İki buçuk", "2", 55)
	held.Status = newsroom.Withheld
	settle(t, n, "late", 2*monthMinutes+1, revised("dated", "İki", "2", 50), held, revised("counted", "İki", "2", 0),
		revised("mixed", "İki", "2", 0), revised("mixed", "İki", "y", 50))
	equal(t, "items", names(t, n))
	dead := revised("dated", "İki", "2", 40)
	dead.Status = newsroom.Canceled
	settle(t, n, "new", 2*monthMinutes+2, dead, revised("counted", "Dört", "4", 0), revised("mixed", "Beş", "z", 70), revised("bare", "Bir", "", 0))
	equal(t, "items", names(t, n), "bare", "counted", "dated", "mixed")
	for _, older := range []string{"late once more", "and again"} {
		settle(t, n, older, 2*monthMinutes+3, revised("dated", "İki", "2", 50), revised("counted", "İki", "2", 0))
	}
	if w := item(t, n, "dated"); !w.Killed || !w.Call.Open() || w.Revisions != 1 {
		t.Errorf("the killed one: %+v", w)
	}
	if w := item(t, n, "counted"); w.Text.Headline != "Dört" || w.Revisions != 1 {
		t.Errorf("the newer one: %+v", w)
	}
	equal(t, "findings", verified(t, n))
}

// reasons are what keeps an item, each with what brings it about. The item is
// called a; whatever else there is begins with x.
func reasons() map[string]func(t *testing.T, n *store.Newsroom) {
	sent := func(change func(*newsroom.Dispatch)) func(*testing.T, *store.Newsroom) {
		return func(t *testing.T, n *store.Newsroom) {
			d := dispatch("a", "Bir")
			change(&d)
			settle(t, n, "1", 1, d)
		}
	}
	ruled := func(rule wire.Change) func(*testing.T, *store.Newsroom) {
		return func(t *testing.T, n *store.Newsroom) {
			settle(t, n, "1", 1, dispatch("a", "Bir"))
			_, _, err := n.ChangeItem(t.Context(), item(t, n, "a").ID, rule)
			must(t, err)
		}
	}
	return map[string]func(*testing.T, *store.Newsroom){
		"killed":          sent(func(d *newsroom.Dispatch) { d.Status = newsroom.Canceled }),
		"withheld":        sent(func(d *newsroom.Dispatch) { d.Status = newsroom.Withheld }),
		"unknown status":  sent(func(d *newsroom.Dispatch) { d.Status = newsroom.StatusUnknown }),
		"barred":          sent(func(d *newsroom.Dispatch) { d.Barred = "TURKEY OUT" }),
		"a notice":        sent(func(d *newsroom.Dispatch) { d.Notice = &newsroom.Notice{Kind: newsroom.NoticeKill} }),
		"a correction":    sent(func(d *newsroom.Dispatch) { d.Notice = &newsroom.Notice{Kind: newsroom.NoticeCorrection} }),
		"endless embargo": sent(func(d *newsroom.Dispatch) { d.Embargo = newsroom.Embargo{State: newsroom.EmbargoUnknown} }),
		"distant embargo": sent(func(d *newsroom.Dispatch) {
			d.Embargo = newsroom.Embargo{State: newsroom.EmbargoUntil, Until: at(2 * monthMinutes)}
		}),
		"sent again since": func(t *testing.T, n *store.Newsroom) {
			settle(t, n, "1", 1, dispatch("a", "Bir"))
			settle(t, n, "2", monthMinutes-5, dispatch("a", "İki"))
		},
		"announced": ruled(func(w newsroom.WireItem) (newsroom.WireItem, []newsroom.Fact, error) {
			return w.Announce(newsroom.Noticed{From: 99, Kind: newsroom.NoticeKill, At: at(2)}, by(0, 2))
		}),
		"corrected by a notice": ruled(func(w newsroom.WireItem) (newsroom.WireItem, []newsroom.Fact, error) {
			return w.Announce(newsroom.Noticed{From: 99, Kind: newsroom.NoticeCorrection, At: at(2)}, by(0, 2))
		}),
		"called": ruled(func(w newsroom.WireItem) (newsroom.WireItem, []newsroom.Fact, error) {
			return w.Summon(newsroom.CallSibling, 0, "", by(0, 2))
		}),
		"called and answered": func(t *testing.T, n *store.Newsroom) {
			ruled(func(w newsroom.WireItem) (newsroom.WireItem, []newsroom.Fact, error) {
				return w.Summon(newsroom.CallSibling, 0, "", by(0, 2))
			})(t, n)
			_, _, err := n.ChangeItem(t.Context(), item(t, n, "a").ID, newsroomAnswer)
			must(t, err)
		},
		"killed and revived": func(t *testing.T, n *store.Newsroom) {
			d := dispatch("a", "Bir")
			d.Status = newsroom.Canceled
			settle(t, n, "1", 1, dispatch("a", "Bir"), d)
			_, _, err := n.ChangeItem(t.Context(), item(t, n, "a").ID, func(w newsroom.WireItem) (newsroom.WireItem, []newsroom.Fact, error) {
				return w.Revive("yanlış", by(1, 3))
			})
			must(t, err)
		},
		"allowed": func(t *testing.T, n *store.Newsroom) {
			sent(func(d *newsroom.Dispatch) { d.Barred = "TURKEY OUT" })(t, n)
			_, _, err := n.ChangeItem(t.Context(), item(t, n, "a").ID, func(w newsroom.WireItem) (newsroom.WireItem, []newsroom.Fact, error) { return w.Allow(by(1, 3)) })
			must(t, err)
		},
	}
}

// used are further reasons: a story was made of it, or of what it stands with.
func used() map[string]func(t *testing.T, n *store.Newsroom) {
	return map[string]func(*testing.T, *store.Newsroom){
		"taken": func(t *testing.T, n *store.Newsroom) {
			settle(t, n, "1", 1, dispatch("a", "Bir"))
			_, err := take(t.Context(), n, item(t, n, "a"), 2)
			must(t, err)
		},
		"a picture that a story shows": func(t *testing.T, n *store.Newsroom) {
			settle(t, n, "1", 1, dispatch("a", "Fotoğraf"))
			pictured(t, n, newsroom.PictureRef{ID: "a"})
		},
		"a sibling is a picture that a story shows": func(t *testing.T, n *store.Newsroom) {
			tieTwo(t, n, "x", same.Event)
			pictured(t, n, newsroom.PictureRef{ID: "x"})
		},
		"taken, and the story killed": func(t *testing.T, n *store.Newsroom) {
			settle(t, n, "1", 1, dispatch("a", "Bir"))
			s, err := take(t.Context(), n, item(t, n, "a"), 2)
			must(t, err)
			change(t, n, s.ID, submit(3), approve(4), publish(5), kill(6))
		},
		"a sibling was taken": func(t *testing.T, n *store.Newsroom) {
			tieTwo(t, n, "x", same.Event)
			_, err := take(t.Context(), n, item(t, n, "x"), 2)
			must(t, err)
		},
		"a sibling was killed": func(t *testing.T, n *store.Newsroom) {
			tieTwo(t, n, "x", same.Event)
			d := dispatch("x", "x")
			d.Status = newsroom.Canceled
			settle(t, n, "kill", 3, d)
		},
		"a sibling is younger": func(t *testing.T, n *store.Newsroom) {
			tieTwo(t, n, "x", same.Event)
			newer := dispatch("x", "Yeni")
			newer.VersionCreated = at(9)
			settle(t, n, "newer", monthMinutes-9, newer)
		},
		"a person parted it": func(t *testing.T, n *store.Newsroom) {
			ids := items(t, n, "a", "x")
			must(t, n.Rule(t.Context(), []wire.Tie{wire.NewTie(ids[0], ids[1], wire.Parted, 7)}, nil))
		},
	}
}

// tieTwo settles a and another item and ties them.
func tieTwo(t *testing.T, n *store.Newsroom, other string, relation same.Relation) {
	t.Helper()
	ids := items(t, n, "a", other)
	_, err := n.Tie(t.Context(), wire.Trace{Item: ids[0], At: at(1), Keys: []int64{5}, Ties: []wire.Tie{wire.NewTie(ids[0], ids[1], relation, newsroom.House)}})
	must(t, err)
}

// stays is a test of one reason.
func stays(bring func(*testing.T, *store.Newsroom)) func(*testing.T, func() *store.Newsroom) {
	return func(t *testing.T, open func() *store.Newsroom) {
		n := open()
		bring(t, n)
		sweep(t, n, monthMinutes)
		before := item(t, open(), "a")
		kept, err := n.Receipts(t.Context(), wire.ReceiptFilter{Item: before.ID, Raw: true})
		must(t, err)
		if len(kept) == 0 || len(kept[0].Raw) == 0 {
			t.Errorf("its deliveries: %+v", kept)
		}
		equal(t, "findings", verified(t, n))
	}
}

func bytesStay(t *testing.T, open func() *store.Newsroom) {
	n := open()
	both := settle(t, n, "both", 1, dispatch("a", "Bir"), dispatch("b", "İki"))
	bad := keep(t, n, "bad", 2)
	must(t, n.Settle(t.Context(), newsroom.WireItem.Fold, wire.Settlement{ID: bad, Verdict: wire.Verdict{Outcome: wire.Quarantined, Reason: "x", At: at(2)}}))
	part := keep(t, n, "part", 3)
	must(t, n.Settle(t.Context(), newsroom.WireItem.Fold, wire.Settlement{ID: part, Verdict: wire.Verdict{Outcome: wire.Settled, Reason: "wire.reason.partial", At: at(3)}}))
	waits := keep(t, n, "waits", 4)
	_, err := take(t.Context(), n, item(t, n, "b"), 5)
	must(t, err)
	if gone := sweep(t, n, monthMinutes); gone != (wire.Gone{Items: 1}) {
		t.Errorf("%+v", gone)
	}
	for _, id := range []wire.ReceiptID{both, bad, part, waits} {
		kept, err := open().Receipts(t.Context(), wire.ReceiptFilter{ID: id, Raw: true})
		if must(t, err); len(kept) != 1 || len(kept[0].Raw) == 0 || !kept[0].Expired.IsZero() {
			t.Errorf("delivery %d: %+v", id, kept)
		}
	}
	if dropped, err := n.DropBytes(t.Context(), []wire.Aged{{ID: int64(both)}, {ID: int64(bad)}}, at(9)); err != nil || dropped != 0 {
		t.Errorf("%d dropped of what is still needed (%v)", dropped, err)
	}
}

func manyGo(t *testing.T, open func() *store.Newsroom) {
	n := open()
	all := []newsroom.Dispatch{}
	for i := range 130 {
		d := dispatch(strconv.Itoa(i), "Haber")
		if i%3 == 0 {
			d.Embargo = newsroom.Embargo{State: newsroom.EmbargoUnknown}
		}
		all = append(all, d)
	}
	settle(t, n, "all", 1, all...)
	ids := []newsroom.ItemID{item(t, n, "1").ID, item(t, n, "2").ID, item(t, n, "4").ID}
	_, err := n.Tie(t.Context(), wire.Trace{Item: ids[1], At: at(1), Ties: []wire.Tie{wire.NewTie(ids[0], ids[1], same.Text, 0), wire.NewTie(ids[1], ids[2], same.Text, 0)}})
	must(t, err)
	if gone := sweep(t, n, monthMinutes); gone.Items != 86 || len(names(t, n)) != 44 {
		t.Errorf("%+v, %d left", gone, len(names(t, n)))
	}
	equal(t, "findings", verified(t, n))
}

// killsOutlast delivers a text, its kill and the text in other bytes in every
// order, with sweeps in between: what was killed never stands as usable.
func killsOutlast(t *testing.T, open func() *store.Newsroom) {
	n := open()
	r := rand.New(rand.NewPCG(4, 5))
	for round := range 20 {
		id := "k" + strconv.Itoa(round)
		text, dead := dispatch(id, "Yanlış haber"), dispatch(id, "Yanlış haber")
		dead.Status, dead.Version, dead.VersionCreated = newsroom.Canceled, "2", at(1)
		killed, minute := false, 10+round*4*monthMinutes
		for step, which := range append(r.Perm(4), 1, 2, 0, 3) {
			minute += monthMinutes / 2
			switch which {
			case 0, 1:
				settle(t, n, id+strconv.Itoa(step), minute, text)
			case 2:
				settle(t, n, id+strconv.Itoa(step), minute, dead)
				killed = true
			default:
				sweep(t, n, minute+2*monthMinutes)
			}
			for _, w := range allItems(t, n) {
				if killed && w.Key.ID == id && w.State(at(minute)) != newsroom.ItemKilled {
					t.Fatalf("round %d, step %d: %s", round, step, w.State(at(minute)))
				}
			}
		}
		item(t, n, id) // it is there, killed
	}
	equal(t, "findings", verified(t, n))
}
