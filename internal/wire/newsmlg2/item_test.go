package newsmlg2_test

import (
	"strings"
	"testing"

	"github.com/rotatif/newsroom"
	"github.com/rotatif/newsroom/internal/wire/wiretest"
)

// read is the dispatch made of an item with the given inside.
func read(t *testing.T, item, content, set string) newsroom.Dispatch {
	t.Helper()
	all := parts(`<newsItem guid="urn:k:1" xml:lang="tr"><itemMeta><itemClass qcode="ninat:text"/>` + item + `</itemMeta><contentMeta>` + content + `</contentMeta><contentSet>` + set + `</contentSet></newsItem>`)
	if len(all) != 1 {
		t.Fatalf("%d parts", len(all))
	}
	d, err := all[0].Read()
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// Each of these gives the line that stands beside it.
func TestSays(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ item, content, want string }{
		{`<versionCreated> 2026-11-23T08:00:00Z
</versionCreated>`, ``, "this version: 2026-11-23T08:00:00Z"},
		{`<versionCreated>2026-11-23 11:00:00</versionCreated>`, ``, "this version: 2026-11-23T08:00:00Z"},
		{`<expires>2026-12-01T00:00:00Z</expires>`, ``, "expires: 2026-12-01T00:00:00Z"},
		{`<embargoed>2026-11-25T00:00:00Z</embargoed>`, ``, "embargo: until 2026-11-25T00:00:00Z"},
		{`<embargoed/>`, ``, "embargo: unknown"},
		{`<embargoed>2026-11-25</embargoed>`, ``, "embargo: unknown 2026-11-25"},
		{`<edNote>Ambargolu: 25 Kasım</edNote>`, ``, "embargo: unknown Ambargolu: 25 Kasım"},
		{`<pubStatus qcode="stat:withheld"/>`, ``, "status: withheld"},
		{`<pubStatus>stat:canceled</pubStatus>`, ``, "status: canceled"},
		{`<pubStatus qcode="stat:beklet"/>`, ``, "status: unknown"},
		{`<signal qcode="sig:correction"/>`, ``, "signs: correction"},
		{`<signal qcode="edStat:C"/>`, ``, "signs: correction"},
		{`<edNote role="x:correction">Ad düzeltildi</edNote>`, ``, "signs: correction"},
		{`<priority>1</priority>`, ``, "signs: flash, priority 1"},
		{``, `<urgency>2</urgency>`, "signs: urgency 2"},
		{``, `<urgency>99</urgency>`, "headline: Başlık"},
		{`<edNote role="dpaednoterole:notepad"><section><h3>Not</h3><ul><li>bir</li><li>iki</li></ul></section></edNote>`, ``, "note: notepad Not bir iki"},
		{`<link rel="irel:derivedFrom" residref="urn:k:0"/>`, ``, "link: derivedFrom urn:k:0"},
		{`<link rel="irel:prevVersion" guidref="urn:k:0"/>`, ``, "link: previousVersion urn:k:0"},
		{`<link residref="urn:k:0"/>`, ``, "link: seeAlso urn:k:0"},
		{`<instanceOf qcode="ni:DIZI"/>`, ``, "link: instanceOf ni:DIZI"},
		{`<deliverableOf guidref="urn:k:plan"/>`, ``, "link: deliverableOf urn:k:plan"},
		{`<provider literal="Doğuş"/>`, ``, "says: Doğuş (provider) provider"},
		{`<provider qcode="nprov:DOGUS"/>`, ``, "says: DOGUS (provider) provider"},
		{``, `<infoSource role="isrol:originfo"><name>Güney</name></infoSource>`, "says: Güney (source) infoSource originfo"},
		{``, `<infoSource qcode="is:GA"/>`, "says: GA (source) infoSource"},
		{``, `<by>Can Ak</by><creator><name>Ece Su</name></creator>`, "byline: Can Ak"},
		{``, `<creator role="crol:author"><name>Ece Su</name></creator>`, "byline: Ece Su"},
		{``, `<creator qcode="KArole:muhabir" literal="Ece Su"/>`, "byline: Ece Su"},
		{``, `<by xml:lang="en">By Can Ak</by><by xml:lang="tr">Can Ak yazdı</by>`, "byline: Can Ak yazdı"},
		{``, `<slugline/><slugline>LİMAN</slugline>`, "slug: LİMAN"},
		{``, `<description xml:lang="en" role="drol:summary">Short</description><description xml:lang="tr" role="drol:summary">Kısa</description>`, "standfirst: Kısa"},
		{``, `<description role="k:synthe">Uzun</description><description role="drol:summary">Kısa</description>`, "standfirst: Kısa"},
		{``, `<description role="k:script">1. Kapı</description>`, "note: description script 1. Kapı"},
		{``, `<headline xml:lang="en-GB">Port</headline><headline xml:lang="tr-TR">Liman</headline>`, "headline: Liman"},
		{``, `<dateline>BOLU (KA) - </dateline>`, "place: BOLU"},
		{``, `<located><name xml:lang="en">Cologne</name><name xml:lang="tr">Köln</name></located>`, "place: Köln"},
		{``, `<creditline>KA</creditline>`, "credit: KA"},
		{``, `<creditline>None</creditline>`, "headline: Başlık"},
		{``, `<slugline separator="-">bolu-yol</slugline>`, "slug: bolu-yol"},
		{``, `<language tag="en-GB"/>`, "language: en-GB"},
		{``, `<keyword>yol</keyword>`, "keyword: yol"},
		{``, `<description role="drol:summary">Özet.</description>`, "standfirst: Özet."},
		{``, `<subject qcode="medtop:20000523"><name xml:lang="en">labour</name><name xml:lang="tr">işgücü</name></subject>`, "subject: medtop:20000523 işgücü"},
		{``, `<subject type="cpnat:geoArea" qcode="geo:1"><name role="nrol:mnemonic">TR</name><name role="nrol:full">Türkiye</name></subject>`, "about: geo:1 Türkiye"},
		{``, `<genre qcode="genre:Interview"/>`, "subject: genre:Interview "},
	} {
		d := read(t, c.item, c.content+`<headline>Başlık</headline>`, `<inlineXML><html><body><p>Metin.</p></body></html></inlineXML>`)
		if shown := wiretest.Show(d); !strings.Contains("\n"+shown, "\n"+c.want+"\n") {
			t.Errorf("%s%s: no %q in\n%s", c.item, c.content, c.want, shown)
		}
	}
}

// Of the content of an item the first that has text is its text.
func TestContent(t *testing.T) {
	t.Parallel()
	for set, want := range map[string]string{
		`<inlineXML><html><body><p>Bir.</p><p>İki.</p></body></html></inlineXML>`:                                       "Bir.|İki.",
		`<inlineXML><html><body><section><p>Bir.</p></section><section><p>İki.</p></section></body></html></inlineXML>`: "Bir.|İki.",
		`<inlineXML><p>Bir.</p></inlineXML>`:             "Bir.",
		`<inlineXML>&lt;p&gt;Bir.&lt;/p&gt;</inlineXML>`: "Bir.",
		"<inlineXML>Bir.\n\nİki.</inlineXML>":            "Bir.|İki.",
		`<inlineXML/><inlineXML><nitf><body><body.content><p>Bir.</p></body.content></body></nitf></inlineXML>`:                                                 "Bir.",
		`<inlineXML><nitf><body><body.content><p>Bir.</p></body.content></body></nitf></inlineXML><inlineXML><html><body><p>Bir.</p></body></html></inlineXML>`: "Bir.",
		`<inlineData contenttype="text/plain">Bir.&#10;&#10;İki.</inlineData>`:                                                                                  "Bir.|İki.",
		`<inlineData encoding="base64">QmlyLgoKSWtpLg==</inlineData>`:                                                                                           "Bir.|Iki.",
		`<inlineData contenttype="image/jpeg" encoding="base64">QmlyLg==</inlineData>`:                                                                          "",
		`<inlineXML><events><event><name>x</name><eventDetails/></event></events></inlineXML>`:                                                                  "",
		`<inlineXML><sports-content><sports-title>Puan</sports-title></sports-content></inlineXML>`:                                                             "",
		`<inlineXML><sports-content><article><nitf><body><body.content><p>Bir.</p></body.content></body></nitf></article></sports-content></inlineXML>`:         "Bir.",
		``: "",
	} {
		d := read(t, "", "<headline>Başlık</headline>", set)
		if have := strings.Join(d.Body.Lines(), "|"); have != want {
			t.Errorf("%s: %q, want %q", set, have, want)
		}
	}
}

// Rights: the whole item's terms, whatever their language; those of a part stay a note.
func TestRights(t *testing.T) {
	t.Parallel()
	for rights, want := range map[string]string{
		`<rightsInfo><usageTerms>Bir</usageTerms></rightsInfo>`:                                                      "terms: Bir",
		`<rightsInfo><copyrightNotice>(c) KA</copyrightNotice></rightsInfo>`:                                         "terms: (c) KA",
		`<rightsInfo><usageTerms>Bir</usageTerms><usageTerms>TURKEY OUT</usageTerms></rightsInfo>`:                   "terms: Bir / TURKEY OUT",
		`<rightsInfo><usageTerms>Bir</usageTerms></rightsInfo><rightsInfo><usageTerms>İki</usageTerms></rightsInfo>`: "terms: Bir / İki",
		`<rightsInfo idrefs="p1"><usageTerms>Parça</usageTerms></rightsInfo>`:                                        "note: rights Parça",
		`<rightsInfo><copyrightHolder><name>None</name></copyrightHolder><usageTerms>None</usageTerms></rightsInfo>`: "kind: text",
	} {
		all := parts(`<newsItem guid="1">` + rights + `<itemMeta><itemClass qcode="ninat:text"/></itemMeta><contentMeta><headline>x</headline></contentMeta></newsItem>`)
		d, err := all[0].Read()
		if err != nil {
			t.Fatal(err)
		}
		if shown := wiretest.Show(d); !strings.Contains("\n"+shown, "\n"+want+"\n") || strings.Contains(shown, "None") {
			t.Errorf("%s: no %q in\n%s", rights, want, shown)
		}
	}
}
