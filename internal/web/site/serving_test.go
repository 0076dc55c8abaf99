package site_test

import (
	"compress/gzip"
	"fmt"
	"io"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"github.com/andybalholm/brotli"

	"github.com/rotatif/newsroom"
)

func TestWhatNoRequestCanChange(t *testing.T) {
	t.Parallel()
	h := open(t, "tr")
	h.publish(many(5, h.now)...)
	plain := h.get("/").Body.String()
	for _, c := range []struct {
		name, path string
		headers    []string
	}{
		{"a query", "/?utm_source=x&preview=1", nil},
		{"a wrong listed key", "/gundem?before=yarin", nil},
		{"a cookie", "/", []string{"Cookie", "a=b"}},
		{"a language", "/", []string{"Accept-Language", "en"}},
		{"a forwarded host", "/", []string{"X-Forwarded-Host", "evil.example", "X-Original-URL", "/admin", "Forwarded", "host=evil"}},
	} {
		want := plain
		if strings.HasPrefix(c.path, "/gundem") {
			want = h.get("/gundem").Body.String()
		}
		if w := h.get(c.path, c.headers...); w.Code != 200 || w.Body.String() != want {
			t.Errorf("%s changed the page (status %d)", c.name, w.Code)
		}
	}
}

func TestEncodingsSayTheSame(t *testing.T) {
	t.Parallel()
	h := open(t, "tr")
	h.publish(many(30, h.now)...)
	plain := h.get("/")
	for encoding, reader := range map[string]func(io.Reader) (io.Reader, error){
		"gzip": func(r io.Reader) (io.Reader, error) { return gzip.NewReader(r) },
		"br":   func(r io.Reader) (io.Reader, error) { return brotli.NewReader(r), nil },
	} {
		w := h.get("/", "Accept-Encoding", encoding)
		if w.Header().Get("Content-Encoding") != encoding || w.Header().Get("Vary") != "Accept-Encoding" {
			t.Errorf("%s: headers %v", encoding, w.Header())
		}
		in, err := reader(w.Body)
		if err != nil {
			t.Fatal(err)
		}
		if text, err := io.ReadAll(in); err != nil || string(text) != plain.Body.String() {
			t.Errorf("%s says something else, %v", encoding, err)
		}
		if again := h.get("/", "Accept-Encoding", encoding, "If-None-Match", w.Header().Get("ETag")); again.Code != http.StatusNotModified || again.Body.Len() != 0 {
			t.Errorf("%s: the same again answers %d", encoding, again.Code)
		}
	}
	if head := h.do(http.MethodHead, "/"); head.Code != 200 || head.Body.Len() != 0 || head.Header().Get("Content-Length") != fmt.Sprint(plain.Body.Len()) {
		t.Errorf("HEAD answers %d with %d bytes, length %s", head.Code, head.Body.Len(), head.Header().Get("Content-Length"))
	}
	if post := h.do(http.MethodPost, "/"); post.Code != http.StatusMethodNotAllowed {
		t.Errorf("POST answers %d", post.Code)
	}
}

// Every page keeps to one policy, and nothing on it needs more.
func TestPolicy(t *testing.T) {
	t.Parallel()
	h := open(t, "tr")
	h.publish(many(5, h.now)...)
	inline := regexp.MustCompile(`(?i)<style|\sstyle=|\son[a-z]+=|javascript:`)
	for _, path := range []string{"/", "/gundem", "/yok", "/iletisim", "/gundem/haber-5-5"} {
		w := h.get(path)
		policy := w.Header().Get("Content-Security-Policy")
		for _, part := range []string{"default-src 'none'", "script-src 'self'", "base-uri 'none'", "frame-ancestors 'none'", "require-trusted-types-for 'script'"} {
			if !strings.Contains(policy, part) {
				t.Errorf("%s lacks %s", path, part)
			}
		}
		if found := inline.FindString(w.Body.String()); found != "" {
			t.Errorf("%s holds %q", path, found)
		}
		if w.Header().Get("Set-Cookie") != "" {
			t.Errorf("%s sets a cookie", path)
		}
	}
}

// What readers have to fetch, in bytes over the wire.
func TestWeight(t *testing.T) {
	t.Parallel()
	h := open(t, "tr")
	a := article(900, "gundem", strings.Repeat("Uzun başlık ", 8), h.now)
	for i := range 40 {
		a.Body = append(a.Body, newsroom.Block{Kind: newsroom.Paragraph, Text: newsroom.Text(fmt.Sprintf("%d. paragraf: %s", i, strings.Repeat("Vadideki köprünün onarımı sürüyor. ", 8)))})
	}
	h.publish(append(many(60, h.now), a)...)
	w := h.get("/gundem/x-900")
	path := strings.TrimPrefix(w.Header().Get("Location"), "http://gazete.test")
	page := h.get(path, "Accept-Encoding", "br")
	total, script, font := page.Body.Len(), 0, 0
	html := h.get(path).Body.String()
	for _, asset := range assetsOf(h, html) {
		got := h.get(asset, "Accept-Encoding", "br")
		if got.Code != 200 || !strings.Contains(got.Header().Get("Cache-Control"), "immutable") {
			t.Errorf("%s answers %d, %q", asset, got.Code, got.Header().Get("Cache-Control"))
		}
		switch {
		case strings.HasSuffix(asset, ".woff2"):
			font += got.Body.Len()
		case strings.HasSuffix(asset, ".js"):
			script += got.Body.Len()
			total += got.Body.Len()
		default:
			total += got.Body.Len()
		}
	}
	t.Logf("page with style and script %d, of it script %d; fonts %d", total, script, font)
	if total > 50<<10 || script > 3<<10 || script == 0 || font > 45<<10 || font == 0 {
		t.Errorf("too heavy, or not everything was found")
	}
}

var assetPath = regexp.MustCompile(`/static/[A-Za-z0-9._-]+`)

// assetsOf lists what a page and its style need.
func assetsOf(h *house, html string) []string {
	found := map[string]bool{}
	for _, path := range assetPath.FindAllString(html, -1) {
		found[path] = true
		if strings.HasSuffix(path, ".css") {
			for _, inner := range regexp.MustCompile(`[a-z]+\.[0-9a-f]+\.woff2`).FindAllString(h.get(path).Body.String(), -1) {
				found["/static/"+inner] = true
			}
		}
	}
	all := []string{}
	for path := range found {
		all = append(all, path)
	}
	return all
}

func TestAwkwardStories(t *testing.T) {
	t.Parallel()
	h := open(t, "tr")
	em := strings.Repeat("<em>", 40)
	cases := []newsroom.Article{
		article(1, "spor", strings.Repeat("A", 1000), h.now),
		article(2, "spor", "TAMAMI BÜYÜK HARF OLAN BİR BAŞLIK VE ŞİŞLİ'DE IŞIK", h.now),
		article(3, "spor", em, h.now),
		article(4, "yok", "Bölümü artık olmayan haber", h.now),
		article(5, "spor", "?", h.now),
		{ID: 6, Section: "spor", Language: "en", Headline: "Another language", First: h.now},
	}
	h.publish(cases...)
	for _, path := range []string{"/", "/spor", "/rss", "/sitemap-202611.xml", "/news-sitemap.xml"} {
		if w := h.get(path); w.Code != 200 || strings.Contains(w.Body.String(), "<em>") {
			t.Errorf("%s answers %d, or lets markup out", path, w.Code)
		}
	}
	for _, a := range cases {
		w := h.get("/spor/x-" + a.ID.String())
		if w.Code == http.StatusMovedPermanently {
			w = h.get(strings.TrimPrefix(w.Header().Get("Location"), "http://gazete.test"))
		}
		if w.Code != 200 || strings.Contains(w.Body.String(), "<em>") {
			t.Errorf("story %d answers %d, or lets markup out", a.ID, w.Code)
		}
	}
}
