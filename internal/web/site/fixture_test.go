package site_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"github.com/rotatif/newsroom"
	"github.com/rotatif/newsroom/internal/edition"
	"github.com/rotatif/newsroom/internal/store"
	"github.com/rotatif/newsroom/internal/store/sqlite"
	"github.com/rotatif/newsroom/internal/web"
	"github.com/rotatif/newsroom/internal/web/site"
)

// house is a site over a real edition, with the press in the test's hand.
type house struct {
	t      testing.TB
	plate  *store.Edition
	site   *site.Site
	number atomic.Int64
	upto   newsroom.Seq
	reads  *ranking
	now    time.Time
}

// ranking is a most-read list in the test's hand.
type ranking struct {
	mu      sync.Mutex
	lists   map[time.Duration][]newsroom.StoryID
	version uint64
}

func (r *ranking) List(window time.Duration) ([]newsroom.StoryID, uint64) {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.lists[window], r.version
}

func (r *ranking) set(window time.Duration, ids ...newsroom.StoryID) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.lists[window] = ids
	r.version++
}

// noon is the present of most tests: a Monday in November, in Ankara.
func noon() time.Time { return time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC) }

func zone(t testing.TB) *time.Location {
	t.Helper()
	zone, err := time.LoadLocation("Europe/Istanbul")
	if err != nil {
		t.Fatal(err)
	}
	return zone
}

func sections() []site.Section {
	return []site.Section{
		{Slug: "gundem", Name: "Gündem"},
		{Slug: "ekonomi", Name: "Ekonomi"},
		{Slug: "dunya", Name: "Dünya"},
		{Slug: "yerel", Name: "Yerel"},
		{Slug: "spor", Name: "Spor"},
		{Slug: "kultur", Name: "Kültür"},
		{Slug: "bilim-teknoloji", Name: "Bilim ve Teknoloji"},
	}
}

func open(t testing.TB, lang string) *house {
	t.Helper()
	return openWith(t, lang, func(*site.Options) {})
}

// openWith opens a house with some option another.
func openWith(t testing.TB, lang string, change func(*site.Options)) *house {
	t.Helper()
	plate, err := sqlite.OpenEdition(t.Context(), filepath.Join(t.TempDir(), "edition.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = plate.Close() })
	words, err := web.OpenCatalog()
	if err != nil {
		t.Fatal(err)
	}
	h := &house{t: t, plate: plate, reads: &ranking{lists: map[time.Duration][]newsroom.StoryID{}}, now: noon()}
	options := site.Options{
		Store: plate, Edition: func() edition.Number { return edition.Number(h.number.Load()) }, MostRead: h.reads, Words: words,
		Identity: site.Identity{Name: "Körfez Postası", Address: "http://gazete.test", Language: lang, Imprint: site.Imprint{
			TradeName: "Körfez Yayıncılık A.Ş.", Email: "yazi@gazete.test", Telephone: "+90 232 000 00 00", Host: "Kuzey Barındırma",
		}},
		Sections: sections(), Zone: zone(t), Now: func() time.Time { return h.now },
	}
	change(&options)
	if h.site, err = site.New(options); err != nil {
		t.Fatal(err)
	}
	return h
}

// print prints a sheet as the press does.
func (h *house) print(sheet edition.Sheet) {
	h.t.Helper()
	h.upto++
	sheet.Upto, sheet.At = h.upto, h.now
	number, err := h.plate.Print(context.Background(), sheet)
	if err != nil {
		h.t.Fatal(err)
	}
	h.number.Store(int64(number))
}

func (h *house) publish(articles ...newsroom.Article) { h.print(edition.Sheet{Articles: articles}) }

func (h *house) kill(id newsroom.StoryID) {
	h.print(edition.Sheet{Gone: []edition.Tombstone{{ID: id, At: h.now}}})
}

// get asks for a path; headers are name, value pairs.
func (h *house) get(path string, headers ...string) *httptest.ResponseRecorder {
	return h.do(http.MethodGet, path, headers...)
}

func (h *house) do(method, path string, headers ...string) *httptest.ResponseRecorder {
	h.t.Helper()
	r := httptest.NewRequest(method, path, nil)
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	h.site.ServeHTTP(w, r)
	return w
}

// page asks for a path that must answer with the status and gives its document.
func (h *house) page(path string, status int) *goquery.Document {
	h.t.Helper()
	w := h.get(path)
	if w.Code != status {
		h.t.Fatalf("%s answered %d, not %d: %s", path, w.Code, status, w.Body)
	}
	doc, err := goquery.NewDocumentFromReader(w.Body)
	if err != nil {
		h.t.Fatal(err)
	}
	return doc
}

// texts are the trimmed texts of what a selector chooses.
func texts(doc *goquery.Document, selector string) []string {
	return doc.Find(selector).Map(func(_ int, s *goquery.Selection) string { return strings.Join(strings.Fields(s.Text()), " ") })
}

// want fails unless the texts of the selector are these.
func want(t *testing.T, doc *goquery.Document, selector string, wanted ...string) {
	t.Helper()
	if have := texts(doc, selector); !slices.Equal(have, wanted) {
		t.Errorf("%s is %q, not %q", selector, have, wanted)
	}
}

// article is a small story.
func article(id newsroom.StoryID, section, headline string, first time.Time) newsroom.Article {
	return newsroom.Article{
		ID: id, Language: "tr", Section: section, Headline: headline, First: first,
		Standfirst: "Kısa bir açıklama: " + headline, Body: newsroom.Body{{Kind: newsroom.Paragraph, Text: newsroom.Text("Metin " + id.String() + ".")}},
	}
}

// many are n stories, the first the newest, a minute apart, dealt to the sections in turn.
func many(n int, newest time.Time) []newsroom.Article {
	list := []newsroom.Article{}
	for i := range n {
		section := sections()[i%len(sections())].Slug
		list = append(list, article(newsroom.StoryID(n-i), section, fmt.Sprintf("Haber %d", n-i), newest.Add(-time.Duration(i)*time.Minute)))
	}
	return list
}
