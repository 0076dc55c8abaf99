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

// Media RSS names the lands in which something may be used, or may not.
func TestRestrictedLands(t *testing.T) {
	t.Parallel()
	for restriction, barred := range map[string]bool{
		`<media:restriction relationship="deny" type="country">de tr</media:restriction>`:                                      true,
		`<media:restriction relationship="deny" type="country">de</media:restriction>`:                                         false,
		`<media:restriction relationship="allow" type="country">au us</media:restriction>`:                                     true,
		`<media:restriction relationship="allow" type="country">TR</media:restriction>`:                                        false,
		`<media:restriction relationship="allow">all</media:restriction>`:                                                      false,
		`<media:restriction relationship="deny">all</media:restriction>`:                                                       true,
		`<media:restriction relationship="allow">none</media:restriction>`:                                                     true,
		`<media:restriction relationship="deny" type="sharing"/>`:                                                              false,
		`<media:restriction relationship="allow" type="uri">https://tr.example</media:restriction>`:                            false,
		`<media:group><media:restriction relationship="deny" type="country">tr</media:restriction></media:group>`:              true,
		`<media:content url="x"><media:restriction relationship="allow" type="country">fr</media:restriction></media:content>`: true,
	} {
		all := parts(`<rss xmlns:media="http://search.yahoo.com/mrss/"><channel><item><guid>1</guid><title>a</title>` + restriction + `</item></channel></rss>`)
		d, err := all[0].Read()
		if err != nil || (d.Barred != "") != barred {
			t.Errorf("%s: %q, %v", restriction, d.Barred, err)
		}
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
