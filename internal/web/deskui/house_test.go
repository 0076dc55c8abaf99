package deskui

import (
	"context"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"github.com/rotatif/newsroom"
	"github.com/rotatif/newsroom/internal/desk"
	"github.com/rotatif/newsroom/internal/front"
	"github.com/rotatif/newsroom/internal/staff"
	"github.com/rotatif/newsroom/internal/store"
	"github.com/rotatif/newsroom/internal/store/sqlite"
	"github.com/rotatif/newsroom/internal/web"
	"github.com/rotatif/newsroom/internal/wire"
)

// password is everybody's in these tests.
const password = "uzun bir parola cümlesi"

// house is a desk over a real store, served on loopback.
type house struct {
	t     *testing.T
	store *store.Newsroom
	desk  *desk.Desk
	staff *staff.Staff
	door  *httptest.Server

	sources []SourceState

	mu       sync.Mutex
	nudges   []chan struct{}
	printErr error
}

// wireItems lets the desk ask for an item by its key.
type wireItems struct{ *store.Newsroom }

func (w wireItems) Item(ctx context.Context, key newsroom.ItemKey) (newsroom.WireItem, error) {
	items, err := w.Items(ctx, wire.Filter{Key: key, At: time.Now(), Limit: 1})
	if err == nil && len(items) == 0 {
		err = newsroom.Refuse(newsroom.NotFound, "error.not_found")
	}
	if err != nil {
		return newsroom.WireItem{}, err
	}
	return items[0], nil
}

func (w wireItems) Summon(ctx context.Context, id newsroom.ItemID, why newsroom.CallWhy, reason string) error {
	_, _, err := w.ChangeItem(ctx, id, func(i newsroom.WireItem) (newsroom.WireItem, []newsroom.Fact, error) {
		return i.Summon(why, 0, reason, newsroom.By{At: time.Now()})
	})
	return err
}

func sections() []Section {
	return []Section{
		{Slug: "gundem", Names: map[string]string{"tr": "Gündem", "en": "Home news"}},
		{Slug: "ekonomi", Names: map[string]string{"tr": "Ekonomi", "en": "Business"}},
	}
}

func open(t *testing.T) *house {
	t.Helper()
	news, err := sqlite.OpenNewsroom(t.Context(), filepath.Join(t.TempDir(), "newsroom.db"))
	must(t, err)
	t.Cleanup(func() { _ = news.Close() })
	h := &house{t: t, store: news}
	h.staff, err = staff.Open(news, time.Now)
	must(t, err)
	catalog, err := web.OpenCatalog()
	must(t, err)
	h.desk = &desk.Desk{Store: news, Items: wireItems{news}, Now: time.Now, Sections: []desk.Section{{Slug: "gundem"}, {Slug: "ekonomi"}}}
	zone, err := time.LoadLocation("Europe/Istanbul")
	must(t, err)
	handler, err := New(Options{
		Desk: h.desk, Wire: news, Taster: wire.Taster{Copy: news, Ties: news, Now: time.Now}, Board: news, Watches: news, Ties: news, Sources: func() []SourceState { return h.sources }, Front: front.Room{Store: news, Now: time.Now}, Staff: h.staff, Catalog: catalog,
		Sections: sections(), Agencies: []Agency{{Code: "pusula", Name: "Pusula", Edits: "shorten", Photos: "ask"}}, Zone: zone, Now: time.Now, Name: "Körfez Postası", Site: "https://site.example.org/",
		Printed: h.printed, Updates: h.updates,
	})
	must(t, err)
	h.door = httptest.NewServer(handler)
	t.Cleanup(h.door.Close)
	return h
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func (h *house) printed(context.Context, newsroom.Seq) (int64, time.Duration, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	return 4812, 200 * time.Millisecond, h.printErr
}

func (h *house) updates(context.Context) (<-chan struct{}, func()) {
	c := make(chan struct{}, 1)
	h.mu.Lock()
	defer h.mu.Unlock()
	h.nudges = append(h.nudges, c)
	return c, func() {}
}

func (h *house) nudge() {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, c := range h.nudges {
		select {
		case c <- struct{}{}:
		default:
		}
	}
}

// deliver settles dispatches as one delivery.
func (h *house) deliver(dispatches ...newsroom.Dispatch) {
	h.t.Helper()
	raw := ""
	for _, d := range dispatches {
		raw += d.Hash()
	}
	id, _, err := h.store.Keep(h.t.Context(), wire.Receipt{Source: "pusula-klasor", Provider: "pusula", Channel: "folder", Name: "a.xml", Received: time.Now(), Hash: raw}, []byte(raw))
	must(h.t, err)
	must(h.t, h.store.Settle(h.t.Context(), newsroom.WireItem.Fold, wire.Settlement{ID: id, Verdict: wire.Verdict{Outcome: wire.Settled, Format: "ninjs", At: time.Now()}, Dispatches: dispatches}))
}

func dispatch(id, headline string) newsroom.Dispatch {
	return newsroom.Dispatch{
		Key: newsroom.ItemKey{Provider: "pusula", ID: id}, Format: "ninjs", Kind: newsroom.KindText, Status: newsroom.Usable,
		Headline: headline, Language: "tr", Standfirst: "Barajlarda doluluk yüzde 71'e çıktı.", Credit: "Pusula",
		Body:    newsroom.Body{{Kind: newsroom.Paragraph, Text: newsroom.Text("Körfez'de yağış sürüyor.")}},
		EdNotes: []newsroom.EdNote{{Text: "Sayılar teyit edilmeli."}}, VersionCreated: time.Now(),
	}
}

// person adds somebody and signs them in.
func (h *house) person(login string, roles ...newsroom.Role) *visitor {
	h.t.Helper()
	_, err := h.staff.Save(h.t.Context(), newsroom.Person{Login: login, Name: "Kişi " + login, Roles: roles, Language: "tr"}, password)
	must(h.t, err)
	b := h.stranger()
	b.post("/sign-in", url.Values{"login": {login}, "password": {password}}).at("/wire", "/people")
	return b
}

func (h *house) stranger() *visitor {
	jar, err := cookiejar.New(nil)
	must(h.t, err)
	return &visitor{t: h.t, base: h.door.URL, client: &http.Client{Jar: jar}}
}

// visitor keeps cookies and follows redirects, as browsers do.
type visitor struct {
	t      *testing.T
	base   string
	client *http.Client
}

// seen is what the agency says of an item on its page, as a form sends it.
func (b *visitor) seen(path string) []string {
	b.t.Helper()
	return []string{b.get(path).Find(`.reading input[name="seen"]`).First().AttrOr("value", "")}
}

// answer is a page as it came.
type answer struct {
	t      *testing.T
	status int
	header http.Header
	path   string
	body   string
	*goquery.Document
}

func (b *visitor) get(path string) *answer { b.t.Helper(); return b.do("GET", path, nil) }

func (b *visitor) post(path string, form url.Values) *answer {
	b.t.Helper()
	return b.do("POST", path, form)
}

func (b *visitor) do(method, path string, form url.Values) *answer {
	b.t.Helper()
	req, err := http.NewRequestWithContext(b.t.Context(), method, b.base+path, strings.NewReader(form.Encode()))
	must(b.t, err)
	if form != nil {
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		req.Header.Set("Sec-Fetch-Site", "same-origin")
	}
	res, err := b.client.Do(req)
	must(b.t, err)
	defer func() { _ = res.Body.Close() }()
	body, err := io.ReadAll(res.Body)
	must(b.t, err)
	doc, err := goquery.NewDocumentFromReader(strings.NewReader(string(body)))
	must(b.t, err)
	return &answer{t: b.t, status: res.StatusCode, header: res.Header, path: res.Request.URL.RequestURI(), body: string(body), Document: doc}
}

func (a *answer) at(paths ...string) *answer {
	a.t.Helper()
	for _, p := range paths {
		if a.path == p && a.status == http.StatusOK {
			return a
		}
	}
	a.t.Fatalf("at %s with %d, want %v: %s", a.path, a.status, paths, strings.TrimSpace(a.Find("main").Text()))
	return a
}

func (a *answer) is(status int) *answer {
	a.t.Helper()
	if a.status != status {
		a.t.Fatalf("%s answers %d, want %d: %s", a.path, a.status, status, strings.TrimSpace(a.Find("main").Text()))
	}
	return a
}

// says wants the text in what the selector chooses.
func (a *answer) says(selector, text string) *answer {
	a.t.Helper()
	if got := strings.Join(strings.Fields(a.Find(selector).Text()), " "); !strings.Contains(got, text) {
		a.t.Fatalf("%s: %q says %q, not %q", a.path, selector, got, text)
	}
	return a
}

func (a *answer) has(selector string, n int) *answer {
	a.t.Helper()
	if got := a.Find(selector).Length(); got != n {
		a.t.Fatalf("%s: %d of %q, want %d", a.path, got, selector, n)
	}
	return a
}

// form is the editor's form as the browser would send it.
func (a *answer) form() url.Values {
	v := url.Values{}
	a.Find("#editor [name], .choice [name], .three input[name]").Each(func(_ int, s *goquery.Selection) {
		name, _ := s.Attr("name")
		if s.AttrOr("type", "") == "checkbox" {
			if _, checked := s.Attr("checked"); checked {
				v.Add(name, s.AttrOr("value", ""))
			}
			return
		}
		switch goquery.NodeName(s) {
		case "textarea":
			v.Set(name, strings.ReplaceAll(strings.TrimPrefix(s.Text(), "\n"), "\n", "\r\n"))
		case "select":
			v.Set(name, s.Find("option[selected]").AttrOr("value", ""))
		default:
			v.Set(name, s.AttrOr("value", ""))
		}
	})
	return v
}

func with(v url.Values, pairs ...string) url.Values {
	for i := 0; i+1 < len(pairs); i += 2 {
		v.Set(pairs[i], pairs[i+1])
	}
	return v
}

// parseCookies reads cookies as a browser would have sent them.
func parseCookies(line string) []*http.Cookie {
	name, value, _ := strings.Cut(line, "=")
	return []*http.Cookie{{Name: name, Value: value, Path: "/"}}
}
