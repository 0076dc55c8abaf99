package wire_test

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/rotatif/newsroom/internal/wire"
	"github.com/rotatif/newsroom/internal/wire/wiretest"
)

// rows reads the lines of a collection into a shape.
func rows[T any](t *testing.T, pattern string) []T {
	t.Helper()
	all := []T{}
	for _, path := range wiretest.Shared(t, "corpora/"+pattern) {
		f, err := os.Open(path)
		if err != nil {
			t.Fatal(err)
		}
		lines := bufio.NewScanner(f)
		lines.Buffer(nil, 4<<20)
		for lines.Scan() {
			var row T
			if err := json.Unmarshal(lines.Bytes(), &row); err != nil {
				t.Fatalf("%s: %v", path, err)
			}
			all = append(all, row)
		}
		if err := f.Close(); err != nil || lines.Err() != nil {
			t.Fatalf("%s: %v, %v", path, err, lines.Err())
		}
	}
	return all
}

// leading are deliveries that name an address wherever a format has room for one.
func leading(address string) map[string]string {
	x, j := asXML(address), asJSON(address)
	return map[string]string{
		"rss": `<rss version="2.0" xmlns:media="http://search.yahoo.com/mrss/" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:atom="http://www.w3.org/2005/Atom"><channel><title>K</title>
			<link>` + x + `</link><atom:link rel="self" href="` + x + `"/><atom:link rel="hub" href="` + x + `"/><image><url>` + x + `</url></image>
			<item><guid isPermaLink="false">k-1</guid><title>` + neighbour + `</title></item>
			<item><guid>u:1</guid><title>Adres</title><link>` + x + `</link><comments>` + x + `</comments><source url="` + x + `">K</source><enclosure url="` + x + `" type="image/jpeg" length="1"/>
			<media:content url="` + x + `" medium="image"/><media:thumbnail url="` + x + `"/>
			<content:encoded>` + asXML(`<p>Bir <a href="`+x+`">bağ</a>.</p><p><img src="`+x+`"></p><iframe src="`+x+`"></iframe><link rel="stylesheet" href="`+x+`">`) + `</content:encoded></item>
			<item><guid isPermaLink="false">k-2</guid><title>` + neighbour + `</title></item></channel></rss>`,
		"newsml-g2": `<newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="http://iptc.org/std/nar/2006-10-01/ ` + x + `"><itemSet>
			<newsItem guid="k-1"><itemMeta><itemClass qcode="ninat:text"/></itemMeta><contentMeta><headline>` + neighbour + `</headline></contentMeta></newsItem>
			<packageItem guid="p:1"><catalogRef href="` + x + `"/><itemMeta><itemClass qcode="ninat:composite"/></itemMeta><groupSet root="g"><group id="g"><itemRef href="` + x + `" residref="u:1"/></group></groupSet></packageItem>
			<newsItem guid="u:1"><catalogRef href="` + x + `"/><rightsInfo><link href="` + x + `"/></rightsInfo><itemMeta><itemClass qcode="ninat:text"/><link rel="irel:seeAlso" href="` + x + `"/></itemMeta><contentMeta><headline>Adres</headline></contentMeta>
			<contentSet><inlineXML contenttype="application/xhtml+xml"><html xmlns="http://www.w3.org/1999/xhtml"><head><link rel="stylesheet" href="` + x + `"/></head><body><p>Bir <a href="` + x + `">bağ</a>.</p><img src="` + x + `"/></body></html></inlineXML></contentSet></newsItem>
			<newsItem guid="f:1"><itemMeta><itemClass qcode="ninat:picture"/></itemMeta><contentMeta><headline>Foto</headline></contentMeta><contentSet><remoteContent href="` + x + `" rendition="rnd:highRes" contenttype="image/jpeg"/></contentSet></newsItem>
			<newsItem guid="k-2"><itemMeta><itemClass qcode="ninat:text"/></itemMeta><contentMeta><headline>` + neighbour + `</headline></contentMeta></newsItem></itemSet></newsMessage>`,
		"ninjs": `[{"uri":"k-1","type":"text","headline":"` + neighbour + `"},{"$schema":` + j + `,"uri":"u:1","type":"text","headline":"Adres","profile":` + j + `,"rightsinfo":{"langid":` + j + `,"linkedrights":` + j + `},
			"body_xhtml":` + asJSON(`<p>Bir <a href="`+x+`">bağ</a>.</p><img src="`+x+`">`) + `,"renditions":{"a":{"href":` + j + `,"mimetype":"image/jpeg"}},"associations":{"a":{"uri":"f:1","type":"picture","renditions":{"a":{"href":` + j + `}}}}},
			{"uri":"k-2","type":"text","headline":"` + neighbour + `"}]`,
		"nitf": `<service><nitf><head><docdata><doc-id id-string="k-1"/></docdata></head><body><body.head><hedline><hl1>` + neighbour + `</hl1></hedline></body.head><body.content/></body></nitf>
			<nitf><head><docdata><doc-id id-string="u:1"/></docdata></head><body><body.head><hedline><hl1>Adres</hl1></hedline></body.head><body.content><p>Bir <a href="` + x + `">bağ</a>.</p>
			<media media-type="image"><media-reference source="` + x + `" mime-type="image/jpeg"/></media><object><param value="` + x + `"/></object></body.content></body></nitf>
			<nitf><head><docdata><doc-id id-string="k-2"/></docdata></head><body><body.head><hedline><hl1>` + neighbour + `</hl1></hedline></body.head><body.content/></body></nitf></service>`,
	}
}

// Addresses that lead inside stand wherever a delivery may name one. None is
// called by reading, none is kept as one to be fetched but those of the web,
// which the door out judges, and no neighbour suffers.
func TestAddressesInDeliveriesAreNotCalled(t *testing.T) {
	b, bird := open(t), listen(t)
	type row struct{ ID, URL string }
	all := append(rows[row](t, "urls/ssrf.jsonl"), row{"canary", "http://" + bird.address + "/a.jpg"}, row{"long", "http://ka.example/" + strings.Repeat("a", 300_000)},
		row{"bars", `http://ka.example/"><script>alert(1)</script>`}, row{"handler", `http://ka.example/" onerror="alert(1)`})
	sent := 0
	for _, r := range all {
		if r.URL == "" { // a behaviour, and no address
			continue
		}
		for format, raw := range leading(r.URL) {
			source := fmt.Sprintf("%s-%s", format, r.ID)
			b.through(source, []byte(raw))
			for _, id := range []string{"k-1", "k-2"} {
				if have := b.item(source, id).Text.Headline; have != neighbour {
					t.Errorf("%s %q: its neighbour came as %q", source, r.URL, have)
				}
			}
			if have := b.item(source, "u:1").Text; have.Headline != "Adres" || !strings.HasPrefix(strings.Join(have.Body.Lines(), " "), "Bir bağ") {
				t.Errorf("%s %.90q: its own words came as %q, %q", source, r.URL, have.Headline, have.Body.Lines())
			}
			sent++
		}
	}
	bird.silent(t)
	t.Logf("%d addresses, %d deliveries", len(all), sent)
}

// What breaks pages comes in as the text of an item in every format, escaped,
// as markup and as CDATA. Nothing of it is alive in what is told, and no
// neighbour suffers.
func TestHostileMarkupInDeliveries(t *testing.T) {
	t.Parallel()
	type row struct{ ID, Payload string }
	all, room := rows[row](t, "xss/*.jsonl"), fresh(nil)
	for _, r := range all {
		for form, raw := range carrying(r.Payload) {
			reading, headlines := room.Look(wire.Receipt{Source: form}, []byte(raw)), map[string]string{}
			for _, d := range reading.Dispatches {
				hold(t, form+" "+r.ID, d)
				headlines[d.Key.ID] = d.Headline
			}
			switch {
			case reading.Verdict.Reason == "wire.reason.entities": // of a delivery that declares some nothing is read
			case headlines["k-1"] != neighbour:
				t.Errorf("%s %s %q: the neighbour before it came as %q", form, r.ID, r.Payload, headlines["k-1"])
			case headlines["k-2"] != neighbour && !strings.HasSuffix(form, "alive"): // markup that is not escaped may take the rest for its own
				t.Errorf("%s %s %q: the neighbour behind it came as %q", form, r.ID, r.Payload, headlines["k-2"])
			}
		}
	}
	t.Logf("%d payloads", len(all))
}

// carrying are deliveries whose text, headline and standfirst are markup.
func carrying(markup string) map[string]string {
	x, j, inside := asXML(markup), asJSON(markup), strings.ReplaceAll(markup, "]]>", "]]]]><![CDATA[>")
	rss := func(text string) string {
		return `<rss version="2.0"><channel><title>K</title><item><guid isPermaLink="false">k-1</guid><title>` + neighbour + `</title></item><item><guid>u:1</guid><title>` + text + `</title><description>` + text +
			`</description><content:encoded>` + text + `</content:encoded></item><item><guid isPermaLink="false">k-2</guid><title>` + neighbour + `</title></item></channel></rss>`
	}
	nitf := func(text string) string {
		one := func(id, headline, text string) string {
			return `<nitf><head><docdata><doc-id id-string="` + id + `"/></docdata></head><body><body.head><hedline><hl1>` + headline + `</hl1></hedline></body.head><body.content>` + text + `</body.content></body></nitf>`
		}
		return "<service>" + one("k-1", neighbour, "") + one("u:1", text, "<p>"+text+"</p>"+text) + one("k-2", neighbour, "") + "</service>"
	}
	return map[string]string{
		"rss": rss(x), "rss-cdata": rss("<![CDATA[" + inside + "]]>"), "rss-alive": rss(markup), "nitf": nitf(x), "nitf-cdata": nitf("<![CDATA[" + inside + "]]>"), "nitf-alive": nitf(markup),
		"ninjs": `[{"uri":"k-1","type":"text","headline":"` + neighbour + `"},{"uri":"u:1","type":"text","headline":` + j + `,"description_text":` + j + `,"body_xhtml":` + j + `,"body_text":` + j + `},{"uri":"k-2","type":"text","headline":"` + neighbour + `"}]`,
	}
}
