package wire

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/rotatif/newsroom/internal/wire/wiretest"
)

// most is how many bytes reading one delivery may allocate in all.
const most = 256 << 20

// cost reads a delivery and tells what it allocated. It must not run beside
// other tests.
func cost(t *testing.T, name string, raw []byte) Verdict {
	t.Helper()
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	_, v := look(room(), raw)
	runtime.ReadMemStats(&after)
	if used := after.TotalAlloc - before.TotalAlloc; used > most*wiretest.Slack {
		t.Errorf("%s (%d bytes): %d MiB allocated", name, len(raw), used>>20)
	}
	if v.Outcome != Settled && v.Outcome != Quarantined || v.Outcome == Quarantined && v.Reason == "" {
		t.Errorf("%s: no verdict: %+v", name, v)
	}
	return v
}

// Every file that others made to break readers gets its verdict, cheaply.
func TestHostileFiles(t *testing.T) {
	for _, pattern := range []string{"wire/hostile/*", "corpora/xml/*/*", "corpora/feeds/*/*", "corpora/json/*/*", "corpora/json/*.jsonl", "corpora/fuzzseeds/*/*"} {
		for _, path := range wiretest.Shared(t, pattern) {
			raw, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			cost(t, filepath.Base(path), raw)
		}
	}
}

// What the corpora promise of certain files.
func TestHostileVerdicts(t *testing.T) {
	t.Parallel()
	for file, reason := range map[string]string{
		"xml/own/rss_billion_laughs.xml": "entities", "xml/own/newsmlg2_xxe_file.xml": "entities", "xml/own/newsmlg2_utf16_hidden_doctype.xml": "entities",
		"xml/own/rss_utf7.xml":        "encoding",
		"xml/own/atom_depth_5000.xml": "", "xml/own/atom_attrs_2000.xml": "", // what is too deep lies outside the entry, which is read
		"feeds/own_illformed/rss_html_instead.xml": "html_page", "feeds/own_illformed/whitespace_only.xml": "empty",
		"feeds/own_illformed/rss_truncated_mid_tag.xml": "truncated", "xml/own/rss_public_dtd.xml": "", "xml/own/rss_undefined_entity.xml": "",
	} {
		raw, err := os.ReadFile(wiretest.Shared(t, "corpora/"+file)[0])
		if err != nil {
			t.Fatal(err)
		}
		if _, v := look(room(), raw); strings.TrimPrefix(v.Reason, "wire.reason.") != reason {
			t.Errorf("%s: %+v", file, v)
		}
	}
}

// Shapes that cost the square of their size in a careless reader. Forty
// thousand of each are read at once or the test never ends.
func TestHostileShapes(t *testing.T) {
	const n = 40_000
	each := func(format string) string { // all of them different
		var b strings.Builder
		for i := range n {
			fmt.Fprintf(&b, format, i)
		}
		return b.String()
	}
	rss := func(inner string) string { return "<rss><channel><item><guid>1</guid>" + inner }
	for name, src := range map[string]string{
		"never closed":             rss(strings.Repeat("<b>", n)),
		"closed by others":         rss(strings.Repeat("<b>", n) + strings.Repeat("</c>", n)),
		"crossed":                  rss(strings.Repeat("<b><c>", n) + strings.Repeat("</b>", n)),
		"less-than signs":          rss("<title>" + strings.Repeat("<", n) + "</title></item>"),
		"ampersands":               rss("<title>" + strings.Repeat("&aaaaaaa;", n) + "</title></item>"),
		"quotes without end":       "<rss><channel>" + strings.Repeat(`<a b='>`, n),
		"prefixes":                 "<rss><channel>" + strings.Repeat(`<a xmlns:b="c">`, n),
		"attributes":               "<rss><channel><item " + strings.Repeat(`a="b" `, n) + "><title>x</title></item>",
		"items":                    "<rss><channel>" + strings.Repeat("<item><guid>a</guid><title>x</title></item>", n),
		"items in items":           strings.Repeat("<newsItem guid='a'>", n),
		"roots":                    strings.Repeat("<x/>", n),
		"divisions":                rss("<description>" + strings.Repeat("&lt;div>", n) + "</description></item>"),
		"breaks":                   rss("<description>" + strings.Repeat("x&lt;br>&lt;br>", n) + "</description></item>"),
		"images begun":             rss("<description><![CDATA[" + strings.Repeat("<img ", n) + "]]></description></item>"),
		"enclosures":               rss(strings.Repeat(`<enclosure url="http://a.example/c.jpg"/>`, n) + "</item>"),
		"embargoes":                "<newsItem guid='1'><itemMeta>" + strings.Repeat("<embargoed>x</embargoed>", n) + "</itemMeta></newsItem>",
		"declarations":             "<!DOCTYPE a [" + strings.Repeat("<!ELEMENT a (b)>", n) + "]><rss/>",
		"ends in a quote":          `<rss a="` + strings.Repeat("</", 3_000_000) + `">`,
		"ends in a comment":        "<rss><!--" + strings.Repeat("</", 3_000_000) + "<!-- -->",
		"comments begun":           "<rss>" + strings.Repeat("<!-- ", n),
		"kills":                    "[" + strings.Repeat(`{"uri":"x","pubstatus":"canceled"},`, n) + "1]",
		"headers of NITF":          "<nitf>" + strings.Repeat("<docdata management-status='canceled'><doc-id id-string='a'/></docdata>", n),
		"documents of NITF":        "<a>" + strings.Repeat("<nitf><docdata><doc-id id-string='a'/></docdata><body.content><p>x</p></body.content></nitf>", n/8),
		"notes of NITF":            "<nitf><body><body.content>" + strings.Repeat("<note type='npa'><p>x</p></note><media><media-reference source='a'/></media>", n) + "</body.content></body></nitf>",
		"indents":                  "<nitf><body.content><p>" + strings.Repeat("x\n   y\nz\n", n) + "</p></body.content></nitf>",
		"many indents":             "<nitf><body.content>" + strings.Repeat("<p>x\n   y\nz</p>", n) + "</body.content></nitf>",
		"encoded twice":            "<nitf><body.content><p>" + strings.Repeat("â€™Ã¼", n) + "</p></body.content></nitf>",
		"components":               "<NewsML><NewsItem>" + strings.Repeat("<NewsComponent xml:lang='a'><ContentItem><DataContent>x</DataContent></ContentItem></NewsComponent>", n),
		"components deep":          "<NewsML><NewsItem><Identification><NewsIdentifier><NewsItemId>a</NewsItemId></NewsIdentifier></Identification>" + strings.Repeat("<NewsComponent><NewsLines/>", 55) + strings.Repeat("<NewsComponent><NewsLines/><ContentItem Href='a.jpg'/></NewsComponent>", n) + strings.Repeat("</NewsComponent>", 55) + "</NewsItem></NewsML>",
		"texts, keywords":          "<NewsML><NewsItem><Identification><NewsIdentifier><NewsItemId>a</NewsItemId></NewsIdentifier></Identification><NewsComponent><NewsLines>" + each("<KeywordLine>%d</KeywordLine>") + "</NewsLines><DescriptiveMetadata>" + each("<Genre FormalName='%d'/>") + "</DescriptiveMetadata>" + each("<ContentItem><DataContent>%d</DataContent></ContentItem>") + "</NewsComponent></NewsItem></NewsML>",
		"keywords of NITF":         "<nitf><docdata><doc-id id-string='a'/><key-list>" + each("<keyword key='%d'/>") + "</key-list></docdata></nitf>",
		"links of G2":              "<newsItem guid='1'><itemMeta>" + each("<link residref='%d'/>") + "</itemMeta><rightsInfo>" + each("<usageTerms>%d</usageTerms>") + "</rightsInfo><contentMeta>" + each("<subject literal='%d'/>") + "</contentMeta></newsItem>",
		"items of NewsML":          "<NewsML>" + strings.Repeat("<NewsItem><NewsComponent><ContentItem><DataContent>x</DataContent></ContentItem></NewsComponent></NewsItem>", n/8) + "</NewsML>",
		"texts of NewsML":          "<NewsML><NewsItem><Identification><NewsIdentifier><NewsItemId>a</NewsItemId></NewsIdentifier></Identification><NewsComponent>" + strings.Repeat("<ContentItem><DataContent><p>x</p></DataContent></ContentItem>", n/8) + "</NewsComponent></NewsItem></NewsML>",
		"keywords":                 "<newsItem guid='1'><contentMeta>" + strings.Repeat("<keyword>a</keyword><headline>b</headline><usageTerms>c</usageTerms>", n) + "</contentMeta></newsItem>",
		"links":                    "<newsItem guid='1'><itemMeta>" + strings.Repeat("<link residref='a'/>", n) + "</itemMeta><rightsInfo>" + strings.Repeat("<usageTerms>c</usageTerms>", n) + "</rightsInfo></newsItem>",
		"JSON arrays":              `{"uri":"x","a":` + strings.Repeat("[", n),
		"JSON objects begun":       strings.Repeat(`[{"a":`, n),
		"JSON objects broken":      "[" + strings.Repeat(`{"uri":"x","a":?},`, n) + "1]",
		"JSON broken in broken":    "[" + strings.Repeat(`{"a":[`, 60) + strings.Repeat(`{"a":?},`, n) + "?" + strings.Repeat("]}", 60) + "]",
		"JSON members":             `{"uri":"x"` + strings.Repeat(`,"headline":"y"`, n) + "}",
		"JSON after JSON":          strings.Repeat(`{"uri":"x"}`, n),
		"openings, three millions": "<rss><channel><item><title>" + strings.Repeat("<!-- ", 3_000_000),
		"ends, three millions":     "<rss><channel><item><title>" + strings.Repeat("</b>", 3_000_000),
		"half a million":           "<rss>" + strings.Repeat("<a/>", 600_000),
		"one text of 20 MB":        rss("<title>" + strings.Repeat("x", 20<<20) + "</title></item>"),
		"one paragraph of 3 MB":    rss("<description>" + strings.Repeat("söz ", 700_000) + "</description></item>"),
	} {
		cost(t, name, []byte(src))
	}
}

func TestGzip(t *testing.T) {
	t.Parallel()
	squeeze := func(s string) []byte {
		var b bytes.Buffer
		z := gzip.NewWriter(&b)
		if _, err := z.Write([]byte(s)); err != nil {
			t.Fatal(err)
		}
		if err := z.Close(); err != nil {
			t.Fatal(err)
		}
		return b.Bytes()
	}
	if _, v := look(room(), squeeze(`{"uri":"a","headline":"b"}`)); v.Items != 1 {
		t.Errorf("%+v", v)
	}
	if _, v := look(room(), squeeze(strings.Repeat("\x00", 40<<20))); v.Reason != "wire.reason.too_big" {
		t.Errorf("a bomb: %+v", v)
	}
	whole := squeeze(`{"uri":"a","headline":"` + strings.Repeat("bcdefg", 1000) + `"}`)
	if _, v := look(room(), whole[:len(whole)-12]); v.Reason != "wire.reason.truncated" {
		t.Errorf("half of one: %+v", v)
	}
}
