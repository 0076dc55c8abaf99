package site_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/rotatif/newsroom"
	"github.com/rotatif/newsroom/internal/edition"
)

// Readers ask without pause while stories are killed: whoever asks after a
// kill was printed never gets a page that was made before it.
func TestNoPageOfBeforeTheKill(t *testing.T) {
	t.Parallel()
	h := open(t, "tr")
	const stories = 24
	h.publish(many(stories, h.now)...)
	var readers sync.WaitGroup
	stop := make(chan struct{})
	for range 4 {
		readers.Go(func() {
			for {
				select {
				case <-stop:
					return
				default:
					h.get("/")
					h.get("/rss")
				}
			}
		})
	}
	for id := newsroom.StoryID(stories); id > stories/2; id-- {
		h.kill(id)
		for _, path := range []string{"/", "/rss"} {
			if body := h.get(path).Body.String(); strings.Contains(body, fmt.Sprintf("haber-%d-%d", id, id)) {
				t.Errorf("%s still has story %d", path, id)
			}
		}
	}
	close(stop)
	readers.Wait()
}

func TestPageNamesItsEdition(t *testing.T) {
	t.Parallel()
	h := open(t, "tr")
	for n := range 3 {
		h.publish(article(newsroom.StoryID(n+1), "spor", fmt.Sprint("Maç ", n), h.now))
		if have := h.get("/").Header().Get("X-Edition"); have != fmt.Sprint(n+1) {
			t.Errorf("edition %s after %d prints", have, n+1)
		}
	}
}

// The two days of the news sitemap move on though nothing is printed.
func TestNewsSitemapForgetsByItself(t *testing.T) {
	t.Parallel()
	h := open(t, "tr")
	h.publish(article(1, "spor", "Maç", h.now))
	if !strings.Contains(h.get("/news-sitemap.xml").Body.String(), "mac-1") {
		t.Fatal("the story of now is not in the news sitemap")
	}
	h.now = h.now.Add(50 * time.Hour)
	if strings.Contains(h.get("/news-sitemap.xml").Body.String(), "mac-1") {
		t.Error("a story of fifty hours ago is in the news sitemap")
	}
}

// A story that comes back after it was taken down is there at once, too.
func TestBackFromGone(t *testing.T) {
	t.Parallel()
	h := open(t, "tr")
	a := article(1, "spor", "Maç", h.now)
	h.publish(a)
	h.page("/spor/mac-1", http.StatusOK)
	h.kill(1)
	h.page("/spor/mac-1", http.StatusGone)
	h.publish(a)
	h.page("/spor/mac-1", http.StatusOK)
}

// What a reader costs when the page is in memory.
func BenchmarkStoryInMemory(b *testing.B) {
	h := open(b, "tr")
	list := many(60, h.now)
	for range 20 {
		list[0].Body = append(list[0].Body, newsroom.Block{Kind: newsroom.Paragraph, Text: newsroom.Text(strings.Repeat("Vadideki köprünün onarımı sürüyor. ", 8))})
	}
	h.publish(list...)
	h.reads.set(time.Hour, 60, 59, 58, 57, 56, 55, 54, 53, 52, 51)
	r := httptest.NewRequest(http.MethodGet, "/gundem/haber-60-60", nil)
	r.Header.Set("Accept-Encoding", "gzip, deflate, br")
	w := &sink{header: http.Header{}}
	h.site.ServeHTTP(w, r)
	if w.status != http.StatusOK {
		b.Fatalf("status %d", w.status)
	}
	b.ReportAllocs()
	for b.Loop() {
		clear(w.header)
		h.site.ServeHTTP(w, r)
	}
}

// What a page costs that has to be made anew.
func BenchmarkStoryMadeAnew(b *testing.B) {
	h := open(b, "tr")
	h.publish(many(60, h.now)...)
	h.reads.set(time.Hour, 60, 59, 58, 57, 56, 55, 54, 53, 52, 51)
	r := httptest.NewRequest(http.MethodGet, "/gundem/haber-60-60", nil)
	w := &sink{header: http.Header{}}
	for b.Loop() {
		h.print(edition.Sheet{Front: &newsroom.Front{}})
		h.site.ServeHTTP(w, r)
	}
}

// sink takes an answer and keeps nothing of it.
type sink struct {
	header http.Header
	status int
}

func (s *sink) Header() http.Header         { return s.header }
func (s *sink) WriteHeader(status int)      { s.status = status }
func (s *sink) Write(p []byte) (int, error) { return len(p), nil }
