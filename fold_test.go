package newsroom_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/rotatif/newsroom"
)

// delivery is a revision and when it came.
type delivery struct {
	d        newsroom.Dispatch
	received time.Time
}

// revision is a usable revision of the one item of these tests; a negative
// minute is no time of its own.
func revision(version string, minute int, headline string, spoil ...func(d *newsroom.Dispatch)) newsroom.Dispatch {
	d := newsroom.Dispatch{
		Key: newsroom.ItemKey{Provider: "ka", ID: "urn:1"}, Format: "ninjs", Version: version, Kind: newsroom.KindText,
		Status: newsroom.Usable, Headline: headline,
	}
	if minute >= 0 {
		d.VersionCreated = at(minute)
	}
	for _, f := range spoil {
		f(&d)
	}
	return d
}

func status(s newsroom.PubStatus) func(d *newsroom.Dispatch) {
	return func(d *newsroom.Dispatch) { d.Status = s }
}

func partial(d *newsroom.Dispatch)    { d.Partial = true }
func correction(d *newsroom.Dispatch) { d.Correction = true }

func embargoed(e newsroom.Embargo) func(d *newsroom.Dispatch) {
	return func(d *newsroom.Dispatch) { d.Embargo = e }
}

// folded is what the deliveries come to. What has been delivered before is
// left out, as the store does.
func folded(deliveries ...delivery) newsroom.WireItem {
	w := newsroom.WireItem{ID: 5}
	had := map[string]bool{}
	for _, x := range deliveries {
		if hash := x.d.Hash(); !had[hash] {
			had[hash] = true
			w, _ = w.Fold(x.d, x.received)
		}
	}
	return w
}

// arriving gives the dispatches receipts a minute apart, from the hundredth minute on.
func arriving(dispatches ...newsroom.Dispatch) []delivery {
	out := []delivery{}
	for i, d := range dispatches {
		out = append(out, delivery{d, at(100 + i)})
	}
	return out
}

// orders calls with every order of the list.
func orders[T any](list []T, call func([]T)) {
	var permute func(k int)
	permute = func(k int) {
		if k == len(list) {
			call(list)
			return
		}
		for i := k; i < len(list); i++ {
			list[k], list[i] = list[i], list[k]
			permute(k + 1)
			list[k], list[i] = list[i], list[k]
		}
	}
	list = slices.Clone(list)
	permute(0)
}

// essence is what people see of an item: everything but when things came.
func essence(w newsroom.WireItem) string {
	return fmt.Sprintf("%s %q v%s %d killed=%v withheld=%v reissued=%v %s %s", w.Key.ID, w.Text.Headline, w.Text.Version, w.Revisions,
		w.Killed, w.Withheld, w.Reissued, w.Embargo.State, w.Embargo.Until.Format("15:04"))
}

// cases are sets of revisions with what they come to in whichever order they
// arrive, each once or more than once.
func cases() map[string]struct {
	revisions []newsroom.Dispatch
	want      string
} {
	v1, v2 := revision("1", 10, "Bir"), revision("2", 20, "İki")
	corrected := revision("3", 30, "Düzeltme", correction)
	killed := revision("4", 40, "İPTAL", status(newsroom.Canceled))
	return map[string]struct {
		revisions []newsroom.Dispatch
		want      string
	}{
		"update":    {[]newsroom.Dispatch{v1, v2}, `urn:1 "İki" v2 2 killed=false withheld=false reissued=false  00:00`},
		"corrected": {[]newsroom.Dispatch{v1, v2, corrected}, `urn:1 "Düzeltme" v3 3 killed=false withheld=false reissued=false  00:00`},
		"killed":    {[]newsroom.Dispatch{v1, v2, corrected, killed}, `urn:1 "Düzeltme" v3 4 killed=true withheld=false reissued=false  00:00`},
		"killed twice, without any text": {
			[]newsroom.Dispatch{killed, revision("5", 50, "İPTAL 2", status(newsroom.Canceled)), revision("3", 30, "İPTAL 0", status(newsroom.Canceled))},
			`urn:1 "İPTAL 2" v5 3 killed=true withheld=false reissued=false  00:00`,
		},
		"killed under a lower number": {
			[]newsroom.Dispatch{v1, v2, revision("1", 40, "İPTAL", status(newsroom.Canceled))},
			`urn:1 "İki" v2 3 killed=true withheld=false reissued=false  00:00`,
		},
		"reissued": {[]newsroom.Dispatch{v1, killed, revision("5", 50, "Yine")}, `urn:1 "Yine" v5 3 killed=true withheld=false reissued=true  00:00`},
		"killed, reissued, killed": {
			[]newsroom.Dispatch{v1, killed, revision("5", 50, "Yine"), revision("6", 60, "", status(newsroom.Canceled))},
			`urn:1 "Yine" v5 4 killed=true withheld=false reissued=false  00:00`,
		},
		"withheld": {
			[]newsroom.Dispatch{v1, v2, revision("3", 30, "Bekletin", status(newsroom.Withheld))},
			`urn:1 "Bekletin" v3 3 killed=false withheld=true reissued=false  00:00`,
		},
		"withheld and given back": {
			[]newsroom.Dispatch{v1, revision("2", 20, "Bekletin", status(newsroom.Withheld)), corrected},
			`urn:1 "Düzeltme" v3 3 killed=false withheld=false reissued=false  00:00`,
		},
		"a status nobody knows": {
			[]newsroom.Dispatch{v1, revision("2", 20, "İki", status(newsroom.StatusUnknown))},
			`urn:1 "İki" v2 2 killed=false withheld=true reissued=false  00:00`,
		},
		"no status": {[]newsroom.Dispatch{v1, revision("2", 20, "İki", status(""))}, `urn:1 "İki" v2 2 killed=false withheld=true reissued=false  00:00`},
		"an embargo that is not said again": {
			[]newsroom.Dispatch{revision("1", 10, "Bir", embargoed(until(300))), v2},
			`urn:1 "İki" v2 2 killed=false withheld=false reissued=false until 14:00`,
		},
		"an embargo that came with the second": {
			[]newsroom.Dispatch{v1, revision("2", 20, "İki", embargoed(until(300)))},
			`urn:1 "İki" v2 2 killed=false withheld=false reissued=false until 14:00`,
		},
		"a stricter embargo": {
			[]newsroom.Dispatch{revision("1", 10, "Bir", embargoed(until(300))), revision("2", 20, "İki", embargoed(until(360)))},
			`urn:1 "İki" v2 2 killed=false withheld=false reissued=false until 15:00`,
		},
		"an embargo moved forward": {
			[]newsroom.Dispatch{revision("1", 10, "Bir", embargoed(until(300))), revision("2", 20, "İki", embargoed(until(240)))},
			`urn:1 "İki" v2 2 killed=false withheld=false reissued=false until 13:00`,
		},
		"an embargo that cannot be read": {
			[]newsroom.Dispatch{revision("1", 10, "Bir", embargoed(until(300))), revision("2", 20, "İki", embargoed(newsroom.Embargo{State: newsroom.EmbargoUnknown}))},
			`urn:1 "İki" v2 2 killed=false withheld=false reissued=false unknown 00:00`,
		},
		"a fragment is not the text": {
			[]newsroom.Dispatch{v1, v2, revision("3", 30, "Ek", partial)},
			`urn:1 "İki" v2 3 killed=false withheld=false reissued=false  00:00`,
		},
		"fragments alone": {
			[]newsroom.Dispatch{revision("1", 10, "Ek 1", partial), revision("2", 20, "Ek 2", partial)},
			`urn:1 "Ek 2" v2 2 killed=false withheld=false reissued=false  00:00`,
		},
		"an old whole text beside new fragments": {
			[]newsroom.Dispatch{v1, revision("2", 20, "Ek 1", partial), revision("3", 30, "Ek 2", partial)},
			`urn:1 "Bir" v1 3 killed=false withheld=false reissued=false  00:00`,
		},
		"numbers of any size": {
			[]newsroom.Dispatch{revision("978556838", -1, "a"), revision("1542761538", -1, "b"), revision("99999999999999999999999999", -1, "c"), revision("0", -1, "d")},
			`urn:1 "c" v99999999999999999999999999 4 killed=false withheld=false reissued=false  00:00`,
		},
		"numbers are not words": {
			[]newsroom.Dispatch{revision("9", -1, "dokuz"), revision("10", -1, "on"), revision("007", -1, "yedi")},
			`urn:1 "on" v10 3 killed=false withheld=false reissued=false  00:00`,
		},
		"time before number": {
			[]newsroom.Dispatch{revision("1542761538", 10, "eski"), revision("2", 20, "yeni")},
			`urn:1 "yeni" v2 2 killed=false withheld=false reissued=false  00:00`,
		},
		"the same time, by number": {
			[]newsroom.Dispatch{revision("2", 10, "iki"), revision("1", 10, "bir"), revision("3", 10, "üç")},
			`urn:1 "üç" v3 3 killed=false withheld=false reissued=false  00:00`,
		},
		"a notice of the same time": {
			[]newsroom.Dispatch{v1, revision("", 10, "", partial, status(newsroom.Withheld)), revision("2", 10, "İki")},
			`urn:1 "İki" v2 3 killed=false withheld=true reissued=false  00:00`,
		},
		"a date decades ahead": {
			[]newsroom.Dispatch{v1, v2, revision("3", 60*24*365*40, "2066", status(newsroom.Canceled))},
			`urn:1 "İki" v2 3 killed=true withheld=false reissued=false  00:00`,
		},
		"everything": {
			[]newsroom.Dispatch{v1, v2, corrected, killed, revision("5", 50, "", partial, status(newsroom.Withheld)), revision("6", 60, "Ek", partial, embargoed(until(300))), revision("7", 70, "Yine")},
			`urn:1 "Yine" v7 7 killed=true withheld=false reissued=true until 14:00`,
		},
	}
}

func TestAnyOrderAnyRepetition(t *testing.T) {
	t.Parallel()
	for name, c := range cases() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			orders(c.revisions, func(order []newsroom.Dispatch) {
				backward := slices.Clone(order)
				slices.Reverse(backward)
				twice := []newsroom.Dispatch{}
				for _, d := range order {
					twice = append(twice, d, order[0], d)
				}
				for _, line := range [][]newsroom.Dispatch{order, append(slices.Clone(order), backward...), twice} {
					if have := essence(folded(arriving(line...)...)); have != c.want {
						t.Fatalf("%s: %s\nwant %s", headlines(order), have, c.want)
					}
					if len(order) > 5 {
						break // 5040 orders are enough without repetition
					}
				}
			})
		})
	}
}

func headlines(order []newsroom.Dispatch) string {
	names := []string{}
	for _, d := range order {
		names = append(names, d.Version+" "+d.Headline)
	}
	return strings.Join(names, ", ")
}

// The receipts being given, the item is the same to the last mark.
func TestTheFoldIsOneValue(t *testing.T) {
	t.Parallel()
	deliveries := []delivery{
		{revision("1", 10, "Bir"), at(11)},
		{revision("2", 20, "İki", embargoed(until(300))), at(200)},
		{revision("", -1, "", partial, status(newsroom.Withheld)), at(25)},
		{revision("", 60*24*365, "2027"), at(22)},
		{revision("", -1, "", status(newsroom.Canceled)), at(12)},
		{revision("3", 30, "Üç"), at(31)},
	}
	want := folded(deliveries...)
	if want.Text.Headline != "Üç" || !want.Killed || !want.Reissued || want.Withheld || !want.First.Equal(at(11)) || !want.Last.Equal(at(200)) {
		t.Fatalf("item: %+v", want)
	}
	orders(deliveries, func(order []delivery) {
		if diff := cmp.Diff(want, folded(order...)); diff != "" {
			t.Fatal(diff)
		}
	})
}

func TestAKillBeforeItsOriginal(t *testing.T) {
	t.Parallel()
	bare := revision("", -1, "", status(newsroom.Canceled))
	w := folded(delivery{bare, at(100)})
	if w.State(at(100)) != newsroom.ItemKilled || w.TextMark.Hash != "" {
		t.Fatalf("the kill alone: %+v", w)
	}
	w, facts := w.Fold(revision("1", 10, "Bir"), at(110))
	if !w.Killed || w.Reissued || w.Text.Headline != "Bir" || kinds(facts) != "item.revised" {
		t.Errorf("an original written before its kill: %+v, %s", w, kinds(facts))
	}
	w, _ = w.Fold(revision("2", 115, "İki"), at(116))
	if !w.Killed || !w.Reissued || w.State(at(999)) != newsroom.ItemKilled {
		t.Errorf("written after it: %+v", w)
	}
}

func TestADateAheadBlocksNothing(t *testing.T) {
	t.Parallel()
	ahead := delivery{revision("1", 60*24*365*40, "2066"), at(100)}
	next := delivery{revision("2", 105, "Düzeltme"), at(106)}
	if w := folded(ahead, next); w.Text.Headline != "Düzeltme" {
		t.Errorf("a correction minutes later is not the text, but %q", w.Text.Headline)
	}
	zone := delivery{revision("1", 100+3*60, "Bir"), at(101)} // three hours ahead, and always so
	later := delivery{revision("2", 110+3*60, "İki"), at(200)}
	for _, w := range []newsroom.WireItem{folded(zone, later), folded(later, zone)} {
		if w.Text.Headline != "İki" || !w.TextMark.Created.Equal(at(110+3*60)) {
			t.Errorf("a clock that is wrong by hours: %q, %+v", w.Text.Headline, w.TextMark)
		}
	}
}

// An agency that numbers its copy and gives it no time sends a notice without
// a number: it counts until a higher number comes, not until an older one does.
func TestANoticeAmongNumbers(t *testing.T) {
	t.Parallel()
	deliveries := []delivery{
		{revision("3", -1, "Üç"), at(100)},
		{revision("", -1, "", partial, status(newsroom.Withheld), embargoed(until(300))), at(105)},
		{revision("2", -1, "İki", embargoed(until(200))), at(110)},
	}
	lift := delivery{revision("4", -1, "Dört"), at(120)}
	orders(deliveries, func(order []delivery) {
		if w := folded(order...); !w.Withheld || w.Text.Headline != "Üç" || w.Embargo != until(300) {
			t.Fatalf("%q, withheld %v, %+v", w.Text.Headline, w.Withheld, w.Embargo)
		}
	})
	orders(append(deliveries, lift), func(order []delivery) {
		if w := folded(order...); w.Withheld || w.Text.Headline != "Dört" {
			t.Fatalf("%q, withheld %v", w.Text.Headline, w.Withheld)
		}
	})
}

// A kill that a person has not seen kills again, whatever its number; only one
// that is older by its own time does not.
func TestAKillAfterThePersonsWord(t *testing.T) {
	t.Parallel()
	killed := folded(delivery{revision("1", 10, "Bir"), at(11)}, delivery{revision("5", 20, "", status(newsroom.Canceled)), at(21)})
	revived, _, err := killed.Revive("yanlış", by(30))
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		d    newsroom.Dispatch
		dead bool
	}{
		"no time, lower number": {revision("2", -1, "", status(newsroom.Canceled)), true},
		"no time, no number":    {revision("", -1, "", status(newsroom.Canceled)), true},
		"the same time":         {revision("6", 20, "", status(newsroom.Canceled)), true},
		"an older time":         {revision("6", 15, "", status(newsroom.Canceled)), false},
	} {
		if w, _ := revived.Fold(c.d, at(20)); w.Killed != c.dead || c.dead && !w.Call.Open() {
			t.Errorf("%s: killed %v, call %+v", name, w.Killed, w.Call)
		}
	}
}

func TestABareNoticeStandsWhereItCame(t *testing.T) {
	t.Parallel()
	first := delivery{revision("7", 10, "Bir"), at(11)}
	notice := delivery{revision("", -1, "", partial, status(newsroom.Withheld)), at(50)}
	late := delivery{revision("8", 20, "İki"), at(60)} // written before the notice came
	after := delivery{revision("9", 55, "Üç"), at(61)}
	if w := folded(first, notice); !w.Withheld || w.Text.Headline != "Bir" {
		t.Errorf("%+v", w)
	}
	if w := folded(first, notice, late); !w.Withheld || w.Text.Headline != "İki" {
		t.Errorf("lifted by an older revision: %+v", w)
	}
	if w := folded(first, notice, late, after); w.Withheld {
		t.Errorf("not lifted by a newer one: %+v", w)
	}
}

func TestWhatAnItemTells(t *testing.T) {
	t.Parallel()
	w, facts := newsroom.WireItem{ID: 5}, []newsroom.Fact{}
	for _, c := range []struct {
		d    newsroom.Dispatch
		want string
	}{
		{revision("1", 10, "Bir"), "item.arrived"},
		{revision("2", 20, "İki"), "item.revised"},
		{revision("3", 30, "", partial, status(newsroom.Withheld)), "item.revised item.withheld"},
		{revision("4", 40, "", partial, status(newsroom.StatusUnknown)), "item.revised"},
		{revision("5", 50, "Beş"), "item.revised"},
		{revision("6", 60, "", partial, status(newsroom.Withheld)), "item.revised item.withheld"},
		{revision("7", 70, "İPTAL", status(newsroom.Canceled), func(d *newsroom.Dispatch) { d.EdNotes = []newsroom.EdNote{{Text: "Teyit edilemedi."}} }), "item.revised item.killed"},
		{revision("8", 80, "İPTAL", status(newsroom.Canceled)), "item.revised"},
		{revision("9", 90, "Dokuz"), "item.revised"},
		{revision("10", 95, "", partial, status(newsroom.Withheld)), "item.revised"},
	} {
		w, facts = w.Fold(c.d, at(101))
		if kinds(facts) != c.want {
			t.Errorf("version %s: %s, want %s", c.d.Version, kinds(facts), c.want)
		}
		for _, f := range facts {
			if f.Item != 5 || f.Key != c.d.Key || !f.At.Equal(at(101)) || f.By != newsroom.House || f.Prints() {
				t.Errorf("version %s: %+v", c.d.Version, f)
			}
			if f.Kind == newsroom.ItemWasKilled && f.Reason != "Teyit edilemedi." {
				t.Errorf("killed for %q", f.Reason)
			}
		}
	}
}

func TestStatesOfAnItemStrictestFirst(t *testing.T) {
	t.Parallel()
	w := newsroom.WireItem{Embargo: until(30)}
	if w.State(at(29)) != newsroom.ItemEmbargoed || w.State(at(30)) != newsroom.ItemUsable {
		t.Error("embargoed")
	}
	if w.Withheld = true; w.State(at(0)) != newsroom.ItemWithheld || w.State(at(30)) != newsroom.ItemWithheld {
		t.Error("withheld")
	}
	if w.Killed = true; w.State(at(0)) != newsroom.ItemKilled {
		t.Error("killed")
	}
}
