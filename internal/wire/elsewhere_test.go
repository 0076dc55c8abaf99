package wire_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/rotatif/newsroom"
	"github.com/rotatif/newsroom/internal/wire"
	"github.com/rotatif/newsroom/internal/wire/sense"
	"github.com/rotatif/newsroom/internal/wire/wiretest"
)

// g2 is an item of NewsML-G2 with what its itemMeta, contentMeta and text hold.
func g2(guid string, version int, meta, content, text string) string {
	return fmt.Sprintf(`<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid=%q version="%d" xml:lang="tr"><itemMeta><itemClass qcode="ninat:text"/>`+
		`<versionCreated>2026-11-23T08:%02d:00Z</versionCreated>%s</itemMeta><contentMeta><headline>Köprü açıldı</headline>%s</contentMeta>`+
		`<contentSet><inlineXML contenttype="application/xhtml+xml">%s</inlineXML></contentSet></newsItem>`, guid, version, version, meta, content, text)
}

func xhtml(paragraph string) string {
	return `<html xmlns="http://www.w3.org/1999/xhtml"><body><p>` + paragraph + `</p></body></html>`
}

// elsewhere is what newsrooms are known to lose with other programs: what an
// agency sends, and what must be here after it.
type elsewhere struct {
	name string
	sent []string
	want func(b *bench) string // what is wrong
}

// isText says what is wrong with the item a unless it says the text.
func isText(state newsroom.ItemState, text string) func(b *bench) string {
	return func(b *bench) string {
		w := b.item("ka", "a")
		if have := w.State(wiretest.Received()); have != state || said(w) != text {
			return fmt.Sprintf("%s %q", have, said(w))
		}
		return ""
	}
}

// theseItems says what is wrong unless exactly these items are there.
func theseItems(ids ...string) func(b *bench) string {
	return func(b *bench) string {
		have := map[string]bool{}
		for _, w := range b.all("") {
			have[w.Key.ID] = true
		}
		for _, id := range ids {
			if !have[id] {
				return "no " + id
			}
		}
		if len(have) != len(ids) {
			return fmt.Sprint(have)
		}
		return ""
	}
}

func statesAndKeys() []elsewhere {
	const html = "Bir."
	usable := `<pubStatus qcode="stat:usable"/>`
	return []elsewhere{
		{"a revision is no other item", []string{g2("a", 1, usable, "", xhtml("Bir.")), g2("a", 2, usable, "", xhtml("İki."))}, func(b *bench) string {
			if w := b.item("ka", "a"); w.Revisions != 2 || len(b.all("")) != 1 || said(w) != "İki." {
				return fmt.Sprint(w.Revisions, len(b.all("")), said(w))
			}
			return ""
		}},
		{"no status is usable", []string{g2("a", 1, "", "", xhtml(html))}, isText(newsroom.ItemUsable, "Bir.")},
		{"an empty embargo holds", []string{g2("a", 1, usable+`<embargoed/>`, "", xhtml(html))}, isText(newsroom.ItemEmbargoed, "Bir.")},
		{"an embargo that cannot be read holds", []string{g2("a", 1, usable+`<embargoed>yarın öğlen</embargoed>`, "", xhtml(html))}, isText(newsroom.ItemEmbargoed, "Bir.")},
		{"an embargo without an hour holds", []string{g2("a", 1, usable+`<embargoed>2026-11-22</embargoed>`, "", xhtml(html))}, isText(newsroom.ItemEmbargoed, "Bir.")},
		{"the embargo of ninjs 3", []string{`{"uri":"a","type":"text","headline":"Bir","body_text":"Bir.","embargoedUntil":"2026-11-30T10:00:00Z"}`}, isText(newsroom.ItemEmbargoed, "Bir.")},
		{"a kill of any age", []string{g2("a", 9, usable, "", xhtml(html)), strings.Replace(g2("a", 1, `<pubStatus qcode="stat:canceled"/>`, "", ""), "2026-11", "2001-01", 1)}, isText(newsroom.ItemKilled, "Bir.")},
		{"random numbers", []string{
			`{"uri":"a","type":"text","version":"1542761538","versioncreated":"2026-11-23T06:00:00Z","headline":"Bir","body_text":"Eski."}`,
			`{"uri":"a","type":"text","version":"978556838","versioncreated":"2026-11-23T07:00:00Z","headline":"Bir","body_text":"Yeni."}`,
		}, isText(newsroom.ItemUsable, "Yeni.")},
		{"an update arrives once", []string{g2("a", 1, usable, "", xhtml("Bir.")), g2("a", 2, usable, "", xhtml("İki.")), g2("a", 3, usable, "", xhtml("Üç."))}, arrivals},
	}
}

// arrivals says what is wrong unless one item has arrived once.
func arrivals(b *bench) string {
	facts, err := b.store.Facts(b.Context(), 0, 100)
	if err != nil {
		b.Fatal(err)
	}
	kinds := []string{}
	for _, f := range facts {
		kinds = append(kinds, string(f.Kind))
	}
	if have := strings.Join(kinds, " "); have != "item.arrived item.revised item.revised" {
		return have
	}
	return ""
}

func textsAndCodes() []elsewhere {
	usable := `<pubStatus qcode="stat:usable"/>`
	nitf := func(inner string) string { return g2("a", 1, usable, "", inner) }
	rss := func(items ...string) string {
		return `<rss version="2.0"><channel><title>K</title>` + strings.Join(items, "") + `</channel></rss>`
	}
	feed := func(id, day string) string {
		return `<item><guid isPermaLink="false">` + id + `</guid><title>Haber ` + id + `</title><pubDate>` + day + ` Nov 2026 09:00:00 +0000</pubDate><description>Metin.</description></item>`
	}
	return []elsewhere{
		{"one bad item of many", []string{`<newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/"><itemSet>` + g2("a", 1, usable, "", xhtml("Bir.")) + `<newsItem><itemMeta/></newsItem>` +
			g2("b", 1, usable, "", xhtml("İki.")) + `</itemSet></newsMessage>`}, theseItems("a", "b")},
		{"every code is kept", []string{g2("a", 1, usable, `<subject qcode="subj:04000000"/><subject qcode="medtop:20000001"/><subject qcode="kendi:77"/><subject literal="köprüler"/>`, xhtml("Bir."))}, func(b *bench) string {
			codes := fmt.Sprint(b.item("ka", "a").Text.Subjects)
			for _, code := range []string{"04000000", "20000001", "77", "köprüler"} {
				if !strings.Contains(codes, code) {
					return codes
				}
			}
			return ""
		}},
		{"what stands behind a mark", []string{g2("a", 1, usable, "", xhtml(`Bir <a href="https://k.example/">iki</a> üç <b>dört</b> beş.`))}, isText(newsroom.ItemUsable, "Bir iki üç dört beş.")},
		{"NITF in G2, in blocks", []string{nitf(`<nitf><body><body.content><block><p>Bir.</p></block></body.content></body></nitf>`)}, isText(newsroom.ItemUsable, "Bir.")},
		{"NITF in G2, without blocks", []string{nitf(`<nitf xmlns="http://x.example/"><body><body.content><p>Bir.</p></body.content></body></nitf>`)}, isText(newsroom.ItemUsable, "Bir.")},
		{"NITF in G2, escaped", []string{nitf(`<nitf><body><body.content>&lt;p&gt;Bir.&lt;/p&gt;</body.content></body></nitf>`)}, isText(newsroom.ItemUsable, "Bir.")},
		{"every item of NewsML 1", []string{strings.Replace(newsMLItem("a", 1, "N", `<Status FormalName="Usable"/>`, "Bir"), "</NewsML>", "", 1) +
			strings.TrimPrefix(newsMLItem("b", 1, "N", `<Status FormalName="Usable"/>`, "İki"), "<NewsML>")}, theseItems("urn:newsml:k:20261123:a", "urn:newsml:k:20261123:b")},
		{"associations as a list, times without a zone", []string{`{"uri":"a","type":"text","versioncreated":"2026-11-23 10:00:00","headline":"Bir","body_text":"Bir.",
			"associations":[{"name":"x","uri":"foto","type":"picture","renditions":[{"name":"m","href":"https://k.example/1.jpg","contentType":"image/jpeg"}]}]}`}, func(b *bench) string {
			if w := b.item("ka", "a"); len(w.Text.Pictures) != 1 || w.Text.Pictures[0].ID != "foto" || w.Text.VersionCreated.IsZero() {
				return fmt.Sprintf("%+v, %s", w.Text.Pictures, w.Text.VersionCreated)
			}
			return ""
		}},
		{"an item of a feed that is late", []string{rss(feed("yeni", "Mon, 23")), rss(feed("yeni", "Mon, 23"), feed("geç", "Tue, 03"))}, theseItems("yeni", "geç")},
		{"a password in an address", []string{
			rss(`<item><guid isPermaLink="false">a</guid><title>Bir</title><description>Bir.</description><enclosure url="https://kim:gizli@k.example/1.jpg" type="image/jpeg" length="1"/><enclosure url="https://kim:gizli@k.example:x/2.jpg" type="image/jpeg" length="1"/></item>`),
			strings.Replace(g2("b", 1, usable, "", xhtml("Bir.")), "</itemMeta>", `<link rel="irel:seeAlso"><remoteContent href="https://kim:gizli@k.example/1.jpg" contenttype="image/jpeg"/></link></itemMeta>`, 1),
		}, func(b *bench) string {
			if all := fmt.Sprintf("%+v", []newsroom.WireItem{b.item("ka", "a"), b.item("ka", "b")}); strings.Contains(all, "gizli") {
				return all
			}
			return ""
		}},
		{"an entity from outside", []string{`<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>` + g2("a", 1, usable, "", xhtml("Bir &e;."))}, func(b *bench) string {
			quarantined := wire.Quarantined
			found, err := b.store.Receipts(b.Context(), wire.ReceiptFilter{Outcome: &quarantined, Raw: true})
			if err != nil || len(found) != 1 || len(found[0].Raw) == 0 || len(b.all("")) > 0 {
				return fmt.Sprintf("%d in quarantine, %d items (%v)", len(found), len(b.all("")), err)
			}
			return ""
		}},
		{"a kill beside an entity from outside", []string{`<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>` + g2("a", 1, `<pubStatus qcode="stat:canceled"/>`, "", xhtml("Bir &e;."))}, func(b *bench) string {
			if w := b.item("ka", "a"); !w.Killed {
				return "it lives"
			}
			return ""
		}},
	}
}

// What is lost, doubled or let out elsewhere is not here.
func TestWhatIsLostElsewhere(t *testing.T) {
	t.Parallel()
	for _, c := range append(statesAndKeys(), textsAndCodes()...) {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			b := open(t)
			src := wiretest.Source()
			src.Provider = "ka"
			b.Sources["ka"] = src
			for _, raw := range c.sent {
				b.send("ka", raw)
				b.settle()
			}
			if wrong := c.want(b); wrong != "" {
				t.Error(wrong)
			}
		})
	}
}

// An agency whose empty embargo means nothing may be believed, by its setting
// alone.
func TestAnEmptyEmbargoOfOneAgency(t *testing.T) {
	t.Parallel()
	for setting, empty := range map[sense.EmptyEmbargo]newsroom.ItemState{"": newsroom.ItemEmbargoed, "hold": newsroom.ItemEmbargoed, "none": newsroom.ItemUsable} {
		b := open(t)
		b.Sources["ka"] = wire.Source{Provider: "ka", EmptyEmbargo: setting}
		for id, embargo := range map[string]string{"empty": "<embargoed/>", "spaces": "<embargoed> </embargoed>", "words": "<embargoed>yarın</embargoed>"} {
			b.send("ka", g2(id, 1, embargo, "", xhtml("Bir.")))
			b.settle()
			want := empty
			if id == "words" {
				want = newsroom.ItemEmbargoed
			}
			if have := b.state(id); have != want {
				t.Errorf("%q, %s: %s", setting, id, have)
			}
		}
	}
}
