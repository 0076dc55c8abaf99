package deskui

import (
	"net/url"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/rotatif/newsroom"
	"github.com/rotatif/newsroom/internal/wire"
)

// A filter in the address is read, written back the same, and never more than
// what the fields can say.
func TestFilterInTheAddress(t *testing.T) {
	t.Parallel()
	for query, want := range map[string]string{
		"":                                    "",
		"q=köprü+yolu&agency=ka":              "?agency=ka&q=k%C3%B6pr%C3%BC+yolu",
		"state=killed&language=tr":            "?language=tr&state=killed",
		"state=alive&kind=gossip&urgency=99":  "",
		"urgency=2&flash=on&free=1":           "?flash=1&free=1&urgency=2",
		"from=2026-03-01&until=2026-03-02":    "?from=2026-03-01&until=2026-03-02",
		"from=yesterday&until=2026-13-01":     "",
		"kind=picture&section=spor&place=Ank": "?kind=picture&place=Ank&section=spor",
		"before=17&before=x":                  "?before=17",
		"before=x":                            "",
		"before=17&at=170":                    "?at=170&before=17",
		"at=170":                              "",
		"before=17&at=-1":                     "?before=17",
		"before=17&at=99999999999999999999":   "?before=17",
		"q=%00%01a":                           "?q=a",
	} {
		values, err := url.ParseQuery(query)
		must(t, err)
		f := wireFilterOf(values)
		if got := f.Query(); got != want {
			t.Errorf("%s: %s, want %s", query, got, want)
		}
		again, err := url.ParseQuery(f.values().Encode())
		must(t, err)
		if wireFilterOf(again) != f {
			t.Errorf("%s: %+v comes back as %+v", query, f, wireFilterOf(again))
		}
		if f.Any() != (want != "") || f.Frozen() != (f.Until != "") {
			t.Errorf("%s: any %v, frozen %v", query, f.Any(), f.Frozen())
		}
	}
}

// Every filter of the page leaves what it should.
func TestFilterLeavesRows(t *testing.T) {
	t.Parallel()
	h := open(t)
	b := h.person("defne", newsroom.Editor)
	flash, picture, far := dispatch("f", "Flaş: Köprü açıldı"), dispatch("p", "Köprü fotoğrafı"), dispatch("w", "Dünya köprüsü")
	flash.Flash, flash.Urgency, flash.Dateline.Place = true, 1, "Bolu"
	picture.Kind = newsroom.KindPicture
	far.Subjects = []newsroom.Subject{{Scheme: "x", Name: "Ekonomi"}}
	h.deliver(flash, picture, far, dispatch("n", "Başka haber"))
	today := time.Now().In(time.FixedZone("", 3*3600)).Format(time.DateOnly)
	for query, rows := range map[string]int{
		"": 4, "?q=köprü": 3, "?q=köprü+-flaş": 2, `?q="köprü+açıldı"`: 1, "?flash=1": 1, "?urgency=3": 1, "?place=BOLU": 1, "?kind=picture": 1,
		"?section=ekonomi": 1, "?section=spor": 4, "?free=1": 4, "?from=" + today: 4, "?until=2020-01-01": 0, "?state=killed": 0,
	} {
		if got := b.get("/wire" + query).Find(".row").Length(); got != rows {
			t.Errorf("%s: %d rows, want %d", query, got, rows)
		}
	}
	b.post("/wire/1/take", nil)
	b.get("/wire?free=1").has(".row", 3)
	b.get("/wire?until="+today).says("#live", "Donduruldu").has(`#live[data-older]`, 1).has("details.more[open]", 1)
	b.get("/wire").has("details.more[open]", 0).has(`#live[data-older]`, 0)
}

// Paging goes on with what is older, even when the item that it goes on from has
// moved to the top meanwhile, has been let go, or was never there.
func TestPagingGoesOn(t *testing.T) {
	t.Parallel()
	h := open(t)
	b := h.person("defne", newsroom.Editor)
	for i := range wireRows + 3 {
		h.deliver(dispatch("a"+strconv.Itoa(i), "Haber "+strconv.Itoa(i)))
	}
	more, there := b.get("/wire").Find("p.more a").Attr("href")
	if !there {
		t.Fatal("no way to what is older")
	}
	b.get(more).has("#rows .row", 3).says("#rows .row:last-child", "Haber 0")
	again := dispatch("a3", "Haber 3, yeniden")
	again.Version = "2"
	h.deliver(again)
	b.get(more).has("#rows .row", 3).says("#rows .row:last-child", "Haber 0")
	_, err := h.store.LetGo(t.Context(), []wire.Aged{{ID: 4}}, time.Now(), func(wire.Resting) bool { return true })
	must(t, err)
	b.get(more).is(200).has("#rows .row", 3).says("#rows .row:last-child", "Haber 0")
	b.get(strings.Replace(more, "before=4", "before=999999", 1)).is(200).has("#rows .row", 3).says("#rows .row:last-child", "Haber 0")
	b.get("/wire?before=999999").is(200).has("#rows .row", wireRows)
}

// A flash that nobody has taken stands in the bar of every screen.
func TestAFlashInTheBar(t *testing.T) {
	t.Parallel()
	h := open(t)
	b := h.person("defne", newsroom.Editor)
	flash := dispatch("f", "SON DAKİKA: Köprü açıldı")
	flash.Flash = true
	h.deliver(flash)
	b.get("/stories").has("#alarms:not([hidden]) .flashed", 1).says(".flashed", "Köprü açıldı").has(".called", 0)
	b.post("/wire/1/take", nil)
	b.get("/stories").has("#alarms[hidden]", 1)
}

// The bar comes anew while a page is open, and ends with the session.
func TestTheBarIsLive(t *testing.T) {
	t.Parallel()
	h := open(t)
	b := h.person("defne", newsroom.Editor)
	lines, end := listenTo(b, "/alarms")
	defer end()
	await(t, lines, "hidden")
	dead := dispatch("a1", "Fabrikada yangın çıktı")
	dead.Status = newsroom.Canceled
	h.deliver(dead)
	h.nudge()
	await(t, lines, "Fabrikada yangın")
	b.post("/wire/1/answer", url.Values{"seen": b.seen("/wire/1")})
	h.nudge()
	await(t, lines, "hidden")
	b.post("/sign-out", url.Values{})
	h.nudge()
	for range lines { // ends
	}
}
