package feed_test

import (
	"os"
	"strings"
	"testing"

	"github.com/rotatif/newsroom/internal/wire/feed"
	"github.com/rotatif/newsroom/internal/wire/sense"
	"github.com/rotatif/newsroom/internal/wire/tree"
	"github.com/rotatif/newsroom/internal/wire/wiretest"
)

func parts(sent string) []sense.Part {
	if strings.HasPrefix(sent, "{") {
		if v, _, _ := tree.JSON(sent, tree.Bounds()); feed.IsJSON(v) {
			return feed.JSONParts(v, wiretest.Source(), wiretest.Received())
		}
		return nil
	}
	if root := tree.XML(sent, tree.Bounds()).Root(); root != nil && feed.Is(root) != "" {
		return feed.Parts(root, wiretest.Source(), wiretest.Received())
	}
	return nil
}

func TestArchives(t *testing.T) {
	t.Parallel()
	wiretest.Archives(t, "testdata/*.txtar", parts)
}

// revision reads the one item of a feed and gives the identity of its revision.
func revision(t *testing.T, body string) string {
	t.Helper()
	all := parts(`<rss version="2.0"><channel><item><guid>1</guid><title>a</title>` + body + `</item></channel></rss>`)
	d, err := all[0].Read()
	if err != nil {
		t.Fatal(err)
	}
	return d.Version + d.Hash()
}

// A feed has no versions: what readers would see decides whether an item changed.
func TestVersionIsContent(t *testing.T) {
	t.Parallel()
	text := func(link string) string {
		return `<link>https://k.example/1` + link + `</link><description>&lt;p&gt;Metin &lt;a href="https://k.example/2` + link + `"&gt;bağ&lt;/a&gt;&lt;/p&gt;&lt;img src="https://s.example/` + link + `.gif" width=1 height=1&gt;</description>`
	}
	if revision(t, text("?utm_source=a")) != revision(t, text("?utm_source=b&amp;utm_campaign=c")) {
		t.Error("a tracker made a revision")
	}
	if revision(t, text("")) == revision(t, strings.Replace(text(""), "Metin", "Yeni metin", 1)) {
		t.Error("a changed text is no revision")
	}
}

func FuzzParts(f *testing.F) {
	for _, path := range wiretest.Shared(f, "wire/feeds/*") {
		raw, err := os.ReadFile(path)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(raw))
	}
	f.Fuzz(func(t *testing.T, sent string) {
		wiretest.Hold(t, parts(sent))
	})
}
