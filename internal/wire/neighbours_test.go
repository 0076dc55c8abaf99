package wire_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/rotatif/newsroom/internal/wire"
)

// worst are the insides of an item that harm those who read it, and which may
// cost no more than the item.
func worst() map[string]string {
	return map[string]string{
		"depth":           strings.Repeat("<b>", 5000) + "x" + strings.Repeat("</b>", 5000),
		"depth, never up": strings.Repeat("<b>", 5000) + "x",
		"attributes": "<b " + func() string {
			var b strings.Builder
			for i := range 5000 {
				fmt.Fprintf(&b, `a%d="x" `, i)
			}
			return b.String()
		}() + ">x</b>",
		"width":            strings.Repeat("<b/>", 30_000),
		"prefixes":         strings.Repeat(`<a:b xmlns:a="urn:a">`, 300) + "x" + strings.Repeat("</a:b>", 300),
		"entities unknown": strings.Repeat("&lol9;", 1000),
		"references":       strings.Repeat("&#0;&#x1F;&#xD800;&#x110000;&#99999999999;", 500),
		"an open CDATA":    "<![CDATA[ x",
		"an open comment":  "<!-- x",
		"an open tag":      "<b a='x",
		"an open quote":    `<b a="x>`,
		"wrong ends":       "</b></c></channel>x<b></c>",
		"controls":         "\x01\x02\x0b\x1b[2Jx",
		"no character":     "\xff\xfe\xc0\x80x",
		"instructions":     "<?php x ?><?xml version='1.0' encoding='utf-16'?>",
		"a doctype":        "<!DOCTYPE x SYSTEM 'http://a.example/x.dtd'>x",
		"a huge text":      strings.Repeat("x ", 2_000_000),
		"a huge word":      strings.Repeat("x", 5_000_000),
		"marks":            "x" + strings.Repeat("\u0301", 100_000) + strings.Repeat("\u202e", 100_000) + strings.Repeat("\u200d", 100_000),
		"less-than signs":  strings.Repeat("<", 100_000),
		"ampersands":       strings.Repeat("&", 100_000),
	}
}

// between puts the worst between two good items; more is the text of the last.
func between(format, inside, more string) string {
	rss := func(id, title, more string) string {
		return `<item><guid isPermaLink="false">` + id + `</guid><title>` + title + `</title><description>` + more + `</description></item>`
	}
	g2 := func(id, title, more string) string {
		return `<newsItem guid="` + id + `"><itemMeta><itemClass qcode="ninat:text"/></itemMeta><contentMeta><headline>` + title + `</headline></contentMeta><contentSet><inlineXML contenttype="application/xhtml+xml"><html><body><p>` + more +
			`</p></body></html></inlineXML></contentSet></newsItem>`
	}
	newsml := func(id, title, more string) string {
		return `<NewsItem><Identification><NewsIdentifier><NewsItemId>` + id + `</NewsItemId></NewsIdentifier></Identification><NewsComponent><NewsLines><HeadLine>` + title + `</HeadLine></NewsLines><ContentItem><DataContent><p>` + more +
			`</p></DataContent></ContentItem></NewsComponent></NewsItem>`
	}
	atom := func(id, title, more string) string {
		return `<entry><id>` + id + `</id><title>` + title + `</title><content type="html">` + more + `</content></entry>`
	}
	all := func(one func(id, title, more string) string) string {
		return one("k-1", neighbour, "") + one("u:1", "Kötü", inside) + one("k-2", neighbour, more)
	}
	switch format {
	case "rss":
		return "<rss><channel>" + all(rss) + "</channel></rss>"
	case "atom":
		return `<feed xmlns="http://www.w3.org/2005/Atom">` + all(atom) + "</feed>"
	case "newsml-1":
		return "<NewsML>" + all(newsml) + "</NewsML>"
	default:
		return `<newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/"><itemSet>` + all(g2) + "</itemSet></newsMessage>"
	}
}

// One bad item never drops its neighbours, whatever is bad in it.
func TestNeighboursOfTheWorst(t *testing.T) {
	t.Parallel()
	room := fresh(nil)
	for name, inside := range worst() {
		for i, format := range []string{"rss", "atom", "newsml-g2", "newsml-1", "rss", "atom", "newsml-g2", "newsml-1"} {
			more := []string{"", "<![CDATA[<p>Metin.</p>]]><!-- Son. -->"}[i/4]
			if name == "an open CDATA" && more != "" {
				continue // its mark is another's, and the document correct all the same
			}
			found := map[string]string{}
			reading := room.Look(wire.Receipt{Source: "kuzey"}, []byte(between(format, inside, more)))
			for _, d := range reading.Dispatches {
				hold(t, format+": "+name, d)
				found[d.Key.ID] = d.Headline
			}
			for _, id := range []string{"k-1", "k-2"} {
				if format == "newsml-1" {
					id = "urn:newsml:" + id
				}
				if found[id] != neighbour {
					t.Errorf("%s in %s: the neighbour %s came as %q (%s %s)", name, format, id, found[id], reading.Verdict.Reason, reading.Verdict.Detail)
				}
			}
		}
	}
}

// worstJSON are the members of an item that harm those who read it.
func worstJSON() map[string]string {
	return map[string]string{
		"depth":            `"a":` + strings.Repeat("[", 5000) + strings.Repeat("]", 5000),
		"depth of objects": `"a":` + strings.Repeat(`{"a":`, 5000) + "1" + strings.Repeat("}", 5000),
		"width":            `"a":[` + strings.Repeat("1,", 50_000) + "1]",
		"one name twice":   `"headline":"a","headline":"b","uri":"u:2"`,
		"no number":        `"a":NaN,"b":-Infinity,"c":0x1F,"d":+1,"e":.5,"f":1e999999`,
		"half a pair":      `"headline":"\ud800 \udc00 \ud83d"`,
		"no escape":        `"headline":"\x41 \u12 \q"`,
		"raw line ends":    "\"headline\":\"a\nb\tc\x00\x01\"",
		"commas":           `"a":[1,,2,],,"b":1,`,
		"no comma":         `"a":1 "b":2`,
		"no colon":         `"a" 1`,
		"single quotes":    `'a':'b'`,
		"comments":         `/* x */ "a":1, // y` + "\n" + `"b":2`,
		"bare words":       `"a":undefined,"b":True,"c":None`,
		"an open text":     `"headline":"x`,
		"an open list":     `"a":[1,2`,
		"an open object":   `"a":{"b":1`,
		"ends too many":    `"a":1}}]`,
		"a huge text":      `"headline":"` + strings.Repeat("x ", 2_000_000) + `"`,
		"wrong types":      `"headline":{"a":[]},"body_text":7,"renditions":"x","associations":[[]],"version":[],"urgency":{},"pubstatus":[],"byline":null`,
	}
}

func TestNeighboursOfTheWorstJSON(t *testing.T) {
	t.Parallel()
	room := fresh(nil)
	for name, members := range worstJSON() {
		raw := `[{"uri":"k-1","type":"text","headline":"` + neighbour + `"},` + "\n" + `{"uri":"u:1","type":"text",` + members + "},\n" + `{"uri":"k-2","type":"text","headline":"` + neighbour + `"}]`
		found := map[string]string{}
		reading := room.Look(wire.Receipt{Source: "kuzey"}, []byte(raw))
		for _, d := range reading.Dispatches {
			hold(t, name, d)
			found[d.Key.ID] = d.Headline
		}
		for _, id := range []string{"k-1", "k-2"} {
			untold := name == "an open text" || name == "ends too many" // where the next begins cannot be told
			if untold && id == "k-2" && reading.Verdict.Reason == "wire.reason.partial" {
				continue
			}
			if found[id] != neighbour {
				t.Errorf("%s: the neighbour %s came as %q (%s %s)", name, id, found[id], reading.Verdict.Reason, reading.Verdict.Detail)
			}
		}
	}
}
