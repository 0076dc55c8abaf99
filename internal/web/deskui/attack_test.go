package deskui

import (
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/rotatif/newsroom"
	"github.com/rotatif/newsroom/internal/wire"
)

// Whatever stands in an address, the list answers it as a filter or says that
// there is no such thing; it never fails, and nothing of it becomes markup.
func TestHostileAddresses(t *testing.T) {
	t.Parallel()
	h := open(t)
	h.deliver(dispatch("../a/b?c=%2F", nasty), dispatch("a2", "Köprü açıldı"))
	b := h.person("defne", newsroom.Chief)
	long := strings.Repeat("a ", 20_000)
	for _, query := range []string{
		"q=" + url.QueryEscape(nasty), "q=" + url.QueryEscape(long), "q=%22%22%22+OR+*+NEAR%28", "q=%ff%fe%00", "q=-", "q=-a", "q=%22", "q=a*+AND+NOT+%5E",
		"agency=" + url.QueryEscape(nasty), "agency=%27%3B+DROP+TABLE+items", "section=..%2F..", "place=" + url.QueryEscape(long), "place=%25_",
		"language=" + url.QueryEscape(nasty), "kind=%00", "state=killed%27", "urgency=99999999999999999999", "urgency=-1",
		"from=0000-00-00", "from=9999-12-31", "until=0001-01-01", "from=2026-02-30", "until=10000-01-01", "from=2026-05-02&until=2026-05-01",
		"before=9223372036854775807", "before=-1", "before=0", "before=1&before=2&at=" + strings.Repeat("9", 400), "before=1&at=9223372036854775807", "before=2&at=1",
		"%zz=1", "q=a;b=c", strings.Repeat("q=a&", 5000), "since=-1",
	} {
		for _, path := range []string{"/wire?", "/wire/1?", "/stories?"} {
			page := b.get(path + query)
			if page.status != http.StatusOK && page.status != http.StatusRequestHeaderFieldsTooLarge {
				t.Errorf("%s%.60s answers %d", path, query, page.status)
			}
			if n := page.Find("main script, main em:not(strong em), [onload]").Length(); n > 0 {
				t.Errorf("%s%.60s: %d values became markup", path, query, n)
			}
		}
	}
	for _, path := range []string{
		"/wire/99999999999999999999", "/wire/1%2F2", "/wire/%2e%2e", "/wire/1%00", "/wire/%D9%A1", "/wire/quarantine/x", "/wire/quarantine/-1", "/wire/quarantine/1%2Fraw",
		"/watches/1", "/stories/%EF%BC%91",
	} {
		if page := b.get(path); page.status != http.StatusNotFound && page.status != http.StatusMethodNotAllowed {
			t.Errorf("%s answers %d", path, page.status)
		}
	}
}

// The names and queries of saved filters are data, whatever they are.
func TestHostileWatches(t *testing.T) {
	t.Parallel()
	h := open(t)
	b := h.person("defne", newsroom.Chief)
	for _, name := range []string{`"><script>alert(1)</script>`, "a\u202eb\u2066c", "a\x00b\nc", strings.Repeat("ş", 60), "   ", strings.Repeat("a", 100_000)} {
		page := b.post("/watches", url.Values{"query": {"q=" + url.QueryEscape(nasty)}, "name": {name}, "loud": {"1"}})
		if page.status >= 500 || page.Find("main script").Length() > 0 {
			t.Errorf("%.20q answers %d", name, page.status)
		}
	}
	for _, query := range []string{"//evil.example/", "q=a#x", "q=" + strings.Repeat("a", 300_000), "q=a%0d%0aSet-Cookie: x=1", "before=3"} {
		page := b.post("/watches", url.Values{"query": {query}, "name": {"x"}})
		if page.status >= 500 || !strings.HasPrefix(page.path, "/w") || page.header.Get("Set-Cookie") != "" && strings.Contains(page.header.Get("Set-Cookie"), "x=1") {
			t.Errorf("%.30q answers %d at %.60s", query, page.status, page.path)
		}
	}
	b.get("/wire").is(200)
	b.get("/stories").is(200)
	for _, at := range []string{"/watches/0", "/watches/-1", "/watches/9223372036854775808", "/watches/99/seen"} {
		if page := b.post(at, url.Values{"do": {"drop"}}); page.status >= 500 {
			t.Errorf("%s answers %d", at, page.status)
		}
	}
}

// Another site's form does nothing on any route that changes something.
func TestCrossSitePosts(t *testing.T) {
	t.Parallel()
	h := open(t)
	b := h.person("defne", newsroom.Chief)
	killed := dispatch("a1", "Köprü")
	killed.Status = newsroom.Canceled
	h.deliver(killed)
	d := &door{}
	for _, r := range d.routes() {
		if r.method != http.MethodPost {
			continue
		}
		path := strings.NewReplacer("{id}", "1", "{login}", "defne").Replace(r.pattern)
		for name, value := range map[string]string{"Sec-Fetch-Site": "cross-site", "Origin": "https://evil.example"} {
			req, err := http.NewRequestWithContext(t.Context(), r.method, b.base+path, strings.NewReader("do=drop"))
			must(t, err)
			req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
			req.Header.Set(name, value)
			res, err := b.client.Do(req)
			must(t, err)
			must(t, res.Body.Close())
			if res.StatusCode != http.StatusForbidden {
				t.Errorf("%s with %s answers %d", path, name, res.StatusCode)
			}
		}
	}
	b.get("/calls").has(".call", 1)
}

// Two answer one call at once, and two judge one notice: one of them did it, and
// neither is told of a failure.
func TestTwoAnswerAtOnce(t *testing.T) {
	t.Parallel()
	h := open(t)
	people := []*visitor{h.person("defne", newsroom.Chief), h.person("kerem", newsroom.Editor), h.person("ece", newsroom.Editor)}
	h.deliver(dispatch("a1", "Fabrikada yangın çıktı"), notice("n1", "Fabrikada yangın çıktı"))
	h.catchUp()
	at := "/wire/" + h.copy("pusula", "a1").ID.String()
	from := h.copy("pusula", "n1").ID.String()
	both := func(path string, form url.Values) {
		t.Helper()
		answers := make([]*answer, len(people))
		var all sync.WaitGroup
		for i, b := range people {
			all.Go(func() { answers[i] = b.post(path, form) })
		}
		all.Wait()
		for i, a := range answers {
			if a.status != http.StatusOK {
				t.Errorf("%s: person %d is answered %d: %s", path, i, a.status, strings.TrimSpace(a.Find("main").Text()))
			}
		}
	}
	both(at+"/answer", url.Values{"seen": people[0].seen(at)})
	both(at+"/judge", url.Values{"from": {from}, "verdict": {"confirmed"}, "word": {"öldür"}})
	if item := h.copy("pusula", "a1"); !item.Killed || item.Call.Open() {
		t.Errorf("killed %v, call %+v", item.Killed, item.Call)
	}
}

// Who may not, may not by any verb of the wire; who is signed out is shown the
// way in, and an open list ends.
func TestWhoMayNotOnTheWire(t *testing.T) {
	t.Parallel()
	h := open(t)
	h.deliver(dispatch("a1", "Köprü"))
	h.spoil("bozuk.xml", "<yarım")
	admin, writer := h.person("can", newsroom.Admin), h.person("ece", newsroom.Writer)
	for _, path := range []string{"/wire/1/take", "/wire/1/answer", "/wire/1/judge", "/wire/1/plain", "/wire/1/allow", "/wire/1/revive", "/wire/1/part", "/wire/1/join", "/wire/quarantine/2/retry", "/watches", "/watches/1", "/watches/1/seen"} {
		admin.post(path, url.Values{}).is(403)
	}
	for _, path := range []string{"/wire", "/wire/1", "/wire/live", "/alarms", "/calls", "/wire/health", "/wire/quarantine", "/wire/quarantine/2", "/wire/quarantine/2/raw"} {
		admin.get(path).is(403)
		h.stranger().get(path).says("h1", "Giriş")
	}
	for _, path := range []string{"/wire/1/judge", "/wire/1/plain", "/wire/1/allow", "/wire/1/revive", "/wire/1/part", "/wire/1/join", "/wire/quarantine/2/retry"} {
		writer.post(path, url.Values{}).is(403)
	}
	_, err := h.staff.Save(t.Context(), newsroom.Person{ID: 2, Login: "ece", Name: "Ece", Roles: []newsroom.Role{newsroom.Writer}, Language: "tr"}, password+" yeni")
	must(t, err)
	writer.post("/watches", url.Values{"query": {"q=a"}, "name": {"A"}}).says("h1", "Giriş")
	writer.post("/wire/1/take", url.Values{}).says("h1", "Giriş")
}

// Marks that override the order of letters, as come with pasted text, show one
// thing and say another: they go no further than the field.
func TestMarksOfOrderAreNotKept(t *testing.T) {
	t.Parallel()
	h := open(t)
	b := h.person("defne", newsroom.Editor)
	turned := "Köprü \u202ekapandı\u202c \u2066bugün\u2069"
	b.post("/stories", with(b.get("/stories/new").form(), "headline", turned, "standfirst", turned, "body", turned)).at("/stories/1")
	b.post("/watches", url.Values{"query": {"q=köprü"}, "name": {turned}}).says("#watches a[aria-current] .name", "Köprü kapandı bugün")
	s, err := h.store.Story(t.Context(), 1)
	must(t, err)
	for _, text := range append(s.Content.Body.Lines(), s.Content.Headline, s.Content.Standfirst) {
		if text != "Köprü kapandı bugün" {
			t.Errorf("kept %q", text)
		}
	}
}

// The longest names there may be keep to their place.
func TestAwkwardNamesOnTheBoard(t *testing.T) {
	t.Parallel()
	h := open(t)
	b := h.person("defne", newsroom.Editor)
	h.sources = []SourceState{{Name: strings.Repeat("a", 200), Provider: strings.Repeat("b", 200), Kind: "poll", Failures: 1, Trouble: nasty + strings.Repeat("c", 4000), Unread: time.Now().Add(time.Hour)}}
	b.get("/wire/health").is(200).has(".source", 1).has("main script", 0)
	_, err := h.store.Items(t.Context(), wire.Filter{Text: strings.Repeat("\"", 1000)})
	must(t, err)
}
