package wire_test

import (
	"bytes"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"golang.org/x/net/html"

	"github.com/rotatif/newsroom"
	"github.com/rotatif/newsroom/internal/wire"
	"github.com/rotatif/newsroom/internal/wire/wiretest"
)

// canary is an address of this machine at which nobody may call.
type canary struct {
	address string
	calls   atomic.Int64
}

func listen(t *testing.T) *canary {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	c := &canary{address: l.Addr().String()}
	t.Cleanup(func() { _ = l.Close() })
	go func() { // ends with the listener
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			c.calls.Add(1)
			_ = conn.Close()
		}
	}()
	return c
}

// silent holds that nobody has called but the test, who calls now to see that
// it would have been heard.
func (c *canary) silent(t *testing.T) {
	t.Helper()
	if n := c.calls.Load(); n > 0 {
		t.Errorf("the canary was called %d times", n)
	}
	conn, err := net.Dial("tcp", c.address)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = conn.Close() }()
	if _, err := conn.Read(make([]byte, 1)); err == nil || c.calls.Load() == 0 {
		t.Error("the canary hears nothing")
	}
}

// harmless holds that HTML is made of nothing but text, its marks and links
// to the web. It reads it with another reader than the house's.
func harmless(t *testing.T, name, page string) {
	t.Helper()
	doc, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Errorf("%s: the page cannot be read: %v", name, err)
		return
	}
	known := strings.Fields("html head body p h2 blockquote figure figcaption ul ol li table tbody tr td th aside em strong a")
	for n := range doc.Descendants() {
		if n.Type == html.CommentNode || n.Type == html.ElementNode && !slices.Contains(known, n.Data) {
			t.Errorf("%s: <%s> came through", name, n.Data)
		}
		for _, a := range n.Attr {
			if u, err := url.Parse(a.Val); a.Key != "href" || err != nil || !slices.Contains([]string{"http", "https", "mailto"}, u.Scheme) {
				t.Errorf("%s: %s=%q came through", name, a.Key, a.Val)
			}
		}
	}
}

// hold holds what must be so of any dispatch, as programs are told of it.
func hold(t *testing.T, name string, d newsroom.Dispatch) {
	t.Helper()
	if err := d.Body.Check(); err != nil {
		t.Errorf("%s: body: %v", name, err)
	}
	told := wire.Tell(d)
	if told.HTML != nil {
		harmless(t, name, *told.HTML)
	}
	for _, image := range told.Images {
		for _, r := range image.Renditions {
			if r.Href != nil && !fetchable(*r.Href) {
				t.Errorf("%s: a picture at %q", name, *r.Href)
			}
		}
	}
	if size := len(strings.Join(d.Body.Lines(), "")); size > newsroom.MaxText {
		t.Errorf("%s: a text of %d bytes", name, size)
	}
}

// fetchable says whether something is an address on the web, or the name of a
// file that can only lie beside the delivery.
func fetchable(href string) bool {
	u, err := url.Parse(href)
	switch {
	case err != nil:
		return false
	case u.Scheme == "http" || u.Scheme == "https":
		return u.Host != "" && u.User == nil
	default:
		return u.Host == "" && href != "" && !strings.HasPrefix(href, "/") && !strings.Contains(href, "..") && !slices.Contains([]string{"file", "data", "javascript", "vbscript"}, u.Scheme)
	}
}

// through lets a delivery go the whole way into the store, by a source of its
// own, and gives the verdict and what was kept.
func (b *bench) through(name string, raw []byte) (wire.Verdict, []newsroom.WireItem) {
	b.Helper()
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	id := b.send(name, string(raw))
	b.settle()
	runtime.ReadMemStats(&after)
	if used := after.TotalAlloc - before.TotalAlloc; used > uint64(16<<20+16*len(raw))*wiretest.Slack {
		b.Errorf("%s (%d bytes): %d MiB allocated", name, len(raw), used>>20)
	}
	v := b.verdict(id)
	if v.Outcome != wire.Settled && v.Outcome != wire.Quarantined || v.Outcome == wire.Quarantined && v.Reason == "" || v.Reason == "wire.reason.reader_failed" || v.Reason == "wire.reason.not_kept" {
		b.Errorf("%s: %+v", name, v)
	}
	items := b.all(name)
	for _, item := range items {
		hold(b.T, name, item.Text)
	}
	for _, d := range b.Look(wire.Receipt{Source: name}, raw).Dispatches {
		hold(b.T, name, d)
	}
	return v, items
}

// Files that others made to break readers go the whole way into the store:
// each has its verdict, nothing in them is called, fetched or carried on.
func TestHostileFilesGoTheWholeWay(t *testing.T) {
	b, bird := open(t), listen(t)
	told, files := map[wire.Outcome]int{}, 0
	for _, pattern := range []string{"xml/*/*", "feeds/*/*", "json/*/*", "json/*.jsonl", "fuzzseeds/*/*"} {
		for _, path := range wiretest.Shared(t, "corpora/"+pattern) {
			raw, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			raw = bytes.ReplaceAll(raw, []byte("CANARY"), []byte(bird.address))
			raw = bytes.ReplaceAll(raw, []byte("C\x00A\x00N\x00A\x00R\x00Y\x00"), wide(bird.address))
			name := filepath.Base(filepath.Dir(path)) + "/" + filepath.Base(path)
			v, items := b.through(name, raw)
			for _, item := range items {
				for _, word := range []string{"root:", "alert(", "location.href", "document.write", bird.address} {
					if said := words(item.Text); strings.Contains(said, word) {
						t.Errorf("%s: %q came through: %.300s", name, word, said)
					}
				}
			}
			if bytes.Contains(raw, []byte("entries[0]['description'] == 'safe description'")) && (len(items) != 1 || !strings.Contains(words(items[0].Text), "safe")) {
				t.Errorf("%s: what is safe did not come through", name)
			}
			told[v.Outcome]++
			files++
		}
	}
	bird.silent(t)
	if n := b.settle(); n != 0 {
		t.Errorf("%d deliveries waited", n)
	}
	t.Logf("%d files: %v", files, told)
}

// words are all that readers may come to see of a dispatch.
func words(d newsroom.Dispatch) string {
	return strings.Join(append(d.Body.Lines(), d.Headline, d.Kicker, d.Standfirst, d.Byline, d.Dateline.Text, d.Credit), "\n")
}

// wide is text in UTF-16, little end first.
func wide(s string) []byte {
	out := []byte{}
	for _, c := range []byte(s) {
		out = append(out, c, 0)
	}
	return out
}
