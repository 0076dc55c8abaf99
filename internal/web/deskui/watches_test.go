package deskui

import (
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/rotatif/newsroom"
	"github.com/rotatif/newsroom/internal/wire"
)

func awkwardWatches(c chrome) watchNav {
	tab := watchTab{Watch: wire.Watch{ID: 1, Name: nasty, Query: nasty, Loud: true}, New: 100, Current: true, Key: nasty}
	return watchNav{Frame: c.Frame, Query: nasty, Desk: true, Tabs: []watchTab{tab, {}}, Here: &tab}
}

func TestAFilterIsKeptAndCounts(t *testing.T) {
	t.Parallel()
	h := open(t)
	b := h.person("defne", newsroom.Editor)
	h.deliver(dispatch("a", "Köprü açıldı"))
	page := b.get("/wire?q=köprü").is(200)
	page.has("details.keep", 1).has("#watches a", 0)
	b.post("/watches", url.Values{"query": {"q=köprü&before=3"}, "name": {" Köprüler "}}).at("/wire?q=k%C3%B6pr%C3%BC").says("#watches a[aria-current]", "Köprüler").
		says(".done", "Süzgeç kaydedildi")
	b.get("/wire").is(200).has("#watches a", 2).has("#watches .count", 0).has("details.keep", 0)
	h.deliver(dispatch("b", "Köprü kapandı"), dispatch("c", "Yol açık"))
	b.get("/wire").is(200).says("#watches .count", "1").says("#watches a[data-key='4']", "Köprüler")
	seen, _ := b.get("/wire?q=köprü").is(200).Find("#watches").Attr("data-seen")
	if res := b.post(seen, nil); res.status != 204 {
		t.Errorf("seen: %d", res.status)
	}
	b.get("/wire").is(200).has("#watches .count", 0)
}

// Who takes what somebody else has taken is led to that story, and told whose it is.
func TestTakenByTwo(t *testing.T) {
	t.Parallel()
	h := open(t)
	one, two := h.person("defne", newsroom.Editor), h.person("kerem", newsroom.Editor)
	h.deliver(dispatch("a", "Köprü açıldı"))
	one.get("/wire/1").has("#take", 1)
	two.get("/wire/1").has("#take", 1)
	one.post("/wire/1/take", nil).at("/stories/1").says(".done", "habere çevrildi").has("#headline[autofocus]", 1)
	two.post("/wire/1/take", nil).at("/stories/1").says(".done", "daha önce alınmış").says(".done", "Kişi defne aldı:").has("[autofocus]", 0)
	one.post("/wire/1/take", nil).at("/stories/1").has(".done", 0)
	two.get("/wire/1").has(".reading .mark.taken", 1).says(".doing", "Kişi defne aldı:").has(`.doing a[href="/stories/1"]`, 1)
	two.get("/stories").has(".done", 0)
}

func TestFiltersAreTheirOwners(t *testing.T) {
	t.Parallel()
	h := open(t)
	chief, writer := h.person("defne", newsroom.Chief), h.person("kerem", newsroom.Writer)
	chief.post("/watches", url.Values{"query": {"flash=1"}, "name": {"Flaşlar"}, "desk": {"1"}}).is(200)
	chief.post("/watches", url.Values{"query": {"q=a"}, "name": {"Benim"}}).is(200)
	writer.get("/wire").has("#watches a", 2).says("#watches", "Flaşlar")
	writer.post("/watches", url.Values{"query": {"q=b"}, "name": {"B"}, "desk": {"1"}}).is(403)
	writer.post("/watches/1", url.Values{"do": {"drop"}}).is(403)
	writer.post("/watches/2", url.Values{"do": {"drop"}}).is(404)
	writer.get("/wire?flash=1").has("details.keep", 0)
	for what, values := range map[string]url.Values{
		"no name": {"query": {"q=a"}}, "nothing chosen": {"query": {""}, "name": {"x"}}, "no query": {"query": {"%zz"}, "name": {"x"}}, "too long": {"query": {"q=a"}, "name": {strings.Repeat("a", 61)}},
	} {
		if res := writer.post("/watches", values); res.status < 400 || res.status >= 500 {
			t.Errorf("%s: %d", what, res.status)
		}
	}
	writer.post("/watches/x", url.Values{"do": {"drop"}}).is(404)
}

func TestFiltersAreArranged(t *testing.T) {
	t.Parallel()
	h := open(t)
	b := h.person("defne", newsroom.Chief)
	for _, name := range []string{"Bir", "İki", "Üç"} {
		b.post("/watches", url.Values{"query": {"q=" + name}, "name": {name}}).is(200)
	}
	order := func() string {
		names := []string{}
		all, err := h.store.Watches(t.Context(), 1)
		must(t, err)
		for _, w := range all {
			names = append(names, w.Name)
		}
		return strings.Join(names, " ")
	}
	for _, step := range []struct{ at, do, want string }{
		{"3", "earlier", "Bir Üç İki"}, {"3", "earlier", "Üç Bir İki"}, {"3", "earlier", "Üç Bir İki"}, {"1", "later", "Üç İki Bir"}, {"1", "later", "Üç İki Bir"}, {"2", "drop", "Üç Bir"},
	} {
		b.post("/watches/"+step.at, url.Values{"do": {step.do}}).is(200)
		if have := order(); have != step.want {
			t.Errorf("%s %s: %s, want %s", step.at, step.do, have, step.want)
		}
	}
	b.post("/watches/1", url.Values{"do": {"save"}, "name": {"Birinci"}, "loud": {"1"}}).is(200).has("#watches .loud", 1)
	b.post("/watches/1", url.Values{"do": {"shout"}}).is(422)
	if have := order(); have != "Üç Birinci" {
		t.Error(have)
	}
}

// What a loud filter finds is told on every screen until it has been seen or
// taken.
func TestALoudFilterIsHeard(t *testing.T) {
	t.Parallel()
	h := open(t)
	b := h.person("defne", newsroom.Chief)
	b.post("/watches", url.Values{"query": {"q=köprü"}, "name": {"Köprüler"}, "loud": {"1"}}).is(200)
	time.Sleep(2 * time.Millisecond) // copy of the microsecond in which it was saved would count as seen
	h.deliver(dispatch("a", "Köprü açıldı"), dispatch("b", "Yol açık"))
	b.get("/stories").is(200).says("#alarms .flashed", "Köprüler").says("#alarms .flashed", "Köprü açıldı")
	b.post("/watches/1/seen", nil)
	b.get("/stories").is(200).has("#alarms .flashed", 0)
}
