package site_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/rotatif/newsroom"
	"github.com/rotatif/newsroom/internal/browser"
	"github.com/rotatif/newsroom/internal/web/site"
)

// counter is a beacon's door that writes down what it is told, and fails the
// first reads when it is told to.
type counter struct {
	mu    sync.Mutex
	said  []string
	fails int
}

func (c *counter) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(io.LimitReader(r.Body, 256))
	c.mu.Lock()
	defer c.mu.Unlock()
	c.said = append(c.said, string(body))
	switch {
	case strings.HasPrefix(string(body), "o "):
		_, _ = io.WriteString(w, "token-1")
	case c.fails > 0:
		c.fails--
		w.WriteHeader(http.StatusServiceUnavailable)
	default:
		w.WriteHeader(http.StatusNoContent)
	}
}

func (c *counter) heard() []string {
	c.mu.Lock()
	defer c.mu.Unlock()
	return slices.Clone(c.said)
}

// await waits until the door has heard n beacons.
func (c *counter) await(t *testing.T, n int) []string {
	t.Helper()
	for range 400 {
		if said := c.heard(); len(said) >= n {
			return said
		}
		time.Sleep(25 * time.Millisecond)
	}
	t.Fatalf("heard %q, not %d beacons", c.heard(), n)
	return nil
}

func serveWithBeacon(t *testing.T, h *house, c *counter) string {
	t.Helper()
	mux := http.NewServeMux()
	mux.Handle("/", h.site)
	mux.Handle("POST /b", c)
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	return server.URL
}

// A story says that it was opened and, once, that it was read, with the token
// it was given; a page of the house that is no story says nothing.
func TestStoryTellsThatItIsRead(t *testing.T) {
	t.Parallel()
	b := browser.Start(t)
	h := openWith(t, "tr", func(o *site.Options) { o.Dwell = 200 * time.Millisecond })
	h.publish(article(7, "spor", "Maç", h.now))
	c := &counter{}
	address := serveWithBeacon(t, h, c)
	p := b.Page(t)
	p.Open(address + "/spor")
	p.Open(address + "/spor/mac-7")
	said := c.await(t, 2)
	opened := regexp.MustCompile(`^o 7 ([0-9a-f]{16}) \S+$`).FindStringSubmatch(said[0])
	if opened == nil || said[1] != "r 7 "+opened[1]+" token-1" {
		t.Fatalf("heard %q", said)
	}
	p.Reload()
	said = c.await(t, 4)
	if strings.Fields(said[2])[2] == opened[1] {
		t.Error("two views of the page have one name")
	}
	if len(c.heard()) != 4 {
		t.Errorf("heard %q", c.heard())
	}
	if wrong := p.Errors(); len(wrong) > 0 {
		t.Errorf("the script went wrong: %v", wrong)
	}
}

// A page with everything in it, and no script: all is there to read, in order,
// and axe and the validator find nothing.
func TestRichStoryWithoutScript(t *testing.T) {
	t.Parallel()
	b := browser.Start(t)
	h := open(t, "tr")
	a := article(7, "spor", "Köprü iki yıl sonra açıldı", h.now)
	a.Byline, a.Dateline, a.Changed = "Ece Doğruer", "Bolu", h.now.Add(time.Hour)
	a.Credit = newsroom.Credit{Agency: "KA", Cited: []string{"Göl Gazetesi"}}
	a.Notes = []newsroom.Correction{{Text: "Uzunluk düzeltildi.", At: a.Changed}}
	a.Body = richBody()
	h.publish(append(many(6, h.now.Add(-time.Hour)), a)...)
	h.reads.set(time.Hour, 7, 6, 5)
	address := serveWithBeacon(t, h, &counter{})
	p := b.Page(t)
	p.Script(false)
	for _, scheme := range []string{"light", "dark"} {
		p.SetViewport(360, 800)
		p.ColorScheme(scheme)
		p.Open(address + "/spor/kopru-iki-yil-sonra-acildi-7")
		if n := p.Count(".text p"); n < 3 {
			t.Errorf("%d paragraphs without script", n)
		}
	}
	p.Script(true)
	p.Open(address + "/spor/kopru-iki-yil-sonra-acildi-7")
	for _, v := range browser.Axe(p) {
		t.Errorf("%+v", v)
	}
	for _, fault := range browser.Validate(t, map[string]string{"rich story": h.get("/spor/kopru-iki-yil-sonra-acildi-7").Body.String()}) {
		t.Error(fault)
	}
	text, at := strings.Join(strings.Fields(p.Text("main")), " "), 0
	for _, part := range []string{
		"Spor", "Köprü iki", "Kısa bir", "Yayınlanma: 23.11.2026 12:00", "Güncelleme: 23.11.2026 13:00", "Ece Doğruer", "Uzunluk", "BOLU", "İlk söz.",
		"NE OLMUŞTU?", "Geçtik.", "bir", "Yıl", "YouTube", "Arka plan", "Haber Kaynağı: KA (Göl Gazetesi)", "Çok Okunanlar", "Köprü iki", "Haber 6",
	} {
		i := strings.Index(text[at:], part)
		if i < 0 {
			t.Fatalf("%q is not where it belongs in %q", part, text)
		}
		at += i
	}
}

func richBody() newsroom.Body {
	word := newsroom.Text
	return newsroom.Body{
		{Kind: newsroom.Paragraph, Text: []newsroom.Span{{Text: "İlk söz. "}, {Text: "Kalın", Strong: true}, {Text: " ve "}, {Text: "bağlantı", Em: true, Href: "https://a.example/?a=1&b=2"}}},
		{Kind: newsroom.Subhead, Text: word("NE OLMUŞTU?")},
		{Kind: newsroom.Quote, Text: word("Geçtik."), By: "Hamit Usta"},
		{Kind: newsroom.List, Items: [][]newsroom.Span{word("bir"), word("iki")}},
		{Kind: newsroom.List, Ordered: true, Items: [][]newsroom.Span{word("önce"), word("sonra")}},
		{Kind: newsroom.Table, Head: true, Rows: [][][]newsroom.Span{{word("Yıl"), word("Boy"), word("Uzunca bir sütun adı"), word("Bir tane daha"), word("Ve sonuncusu")}, {word("2026"), word("40 m"), word("a"), word("b"), word("c")}}},
		{Kind: newsroom.Embed, Embed: &newsroom.EmbedRef{Provider: "youtube", ID: "abcDEF12345"}},
		{Kind: newsroom.Background, Text: word("Arka plan"), Blocks: []newsroom.Block{{Kind: newsroom.Paragraph, Text: word("Kutudaki söz.")}, {Kind: newsroom.Subhead, Text: word("BİR DE BU")}, {Kind: newsroom.Paragraph, Text: word("Son.")}}},
		{Kind: newsroom.Paragraph, Text: word("Bitti.")},
	}
}
