package wire

import (
	"encoding/base64"
	"html"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/rotatif/newsroom"
	"github.com/rotatif/newsroom/internal/wire/wiretest"
)

// story is one story in NITF.
func story() string {
	return `<nitf><body><body.head><hedline><hl1>Köprü <em>açıldı</em></hl1></hedline><byline>Haber: <person>Can Ak</person></byline>` +
		`<dateline><location>BOLU</location></dateline><abstract><p>Köprü iki yıl sonra açıldı.</p></abstract></body.head>` +
		`<body.content><p>BOLU (KA) - Köprü açıldı, <org>belediye</org> duyurdu.</p><block><hl2>Trafik</hl2><p>Yol rahatladı.</p></block>` +
		`<ul><li>Bir</li><li>İki</li></ul><table><tr><th>Gün</th></tr><tr><td>Salı</td></tr></table>` +
		`<media media-type="image"><media-reference source="https://k.example/1.jpg" mime-type="image/jpeg" width="10" height="5"/><media-caption>Köprü</media-caption><media-producer>Ece Su</media-producer></media>` +
		`<p>Geçiş ücretsiz.</p></body.content><body.end><tagline>can@k.example</tagline></body.end></body></nitf>`
}

func g2(content string) string {
	return `<newsItem guid="1"><itemMeta><itemClass qcode="ninat:text"/></itemMeta><contentSet><inlineXML>` + content + `</inlineXML></contentSet></newsItem>`
}

func newsML(content string) string {
	return `<NewsML><NewsItem><Identification><NewsIdentifier><PublicIdentifier>urn:newsml:k:20261123:1:1</PublicIdentifier></NewsIdentifier></Identification>` +
		`<NewsManagement><Status FormalName="Usable"/></NewsManagement><NewsComponent><ContentItem><MediaType FormalName="Text"/>` + content + `</ContentItem></NewsComponent></NewsItem></NewsML>`
}

// first is the first dispatch made of a text.
func first(t *testing.T, sent string) newsroom.Dispatch {
	t.Helper()
	dispatches, v := look(room(), []byte(sent))
	if len(dispatches) == 0 {
		t.Fatalf("nothing was read: %+v", v)
	}
	return dispatches[0]
}

// One story is the same story in whatever it is carried.
func TestOneStoryInAllEnvelopes(t *testing.T) {
	t.Parallel()
	want := first(t, strings.Replace(story(), "<nitf>", `<nitf><head><docdata><doc-id id-string="1"/></docdata></head>`, 1))
	for name, sent := range map[string]string{
		"DOCTYPE":         `<!DOCTYPE nitf SYSTEM "nitf-3-4.dtd">` + story(),
		"a namespace":     strings.Replace(story(), "<nitf>", `<nitf xmlns="http://iptc.org/std/NITF/2006-10-18/">`, 1),
		"a prefix":        `<feed2 xmlns:n="http://iptc.org/std/NITF/2006-10-18/">` + strings.NewReplacer("</", "</n:", "<", "<n:").Replace(story()) + `</feed2>`,
		"a service":       `<soap:Envelope><soap:Body><answer><status>ok</status><doc>` + story() + `</doc></answer></soap:Body></soap:Envelope>`,
		"G2":              g2(story()),
		"G2, a message":   `<newsMessage><itemSet>` + g2(story()) + `</itemSet></newsMessage>`,
		"NewsML":          newsML(`<DataContent>` + story() + `</DataContent>`),
		"NewsML, escaped": newsML(`<DataContent>` + html.EscapeString(story()) + `</DataContent>`),
		"NewsML, CDATA":   newsML(`<DataContent><![CDATA[` + story() + `]]></DataContent>`),
		"NewsML, base64":  newsML(`<Encoding Notation="base64"><DataContent>` + base64.StdEncoding.EncodeToString([]byte(story())) + `</DataContent></Encoding>`),
		"UTF-8 with BOM":  "\ufeff" + story(),
	} {
		have := first(t, sent)
		if have.Headline != want.Headline || have.Standfirst != want.Standfirst || have.Byline != want.Byline || have.Dateline != want.Dateline {
			t.Errorf("%s: %q %q %q %+v", name, have.Headline, have.Standfirst, have.Byline, have.Dateline)
		}
		if diff := cmp.Diff(want.Body, have.Body); diff != "" {
			t.Errorf("%s: body (-want +have)\n%s", name, diff)
		}
		if diff := cmp.Diff(pictures(want), pictures(have)); diff != "" {
			t.Errorf("%s: pictures (-want +have)\n%s", name, diff)
		}
		if diff := cmp.Diff(want.EdNotes, have.EdNotes); diff != "" {
			t.Errorf("%s: notes (-want +have)\n%s", name, diff)
		}
	}
}

func pictures(d newsroom.Dispatch) (all []newsroom.PictureRef) {
	for _, p := range d.Pictures {
		p.Usage = ""
		all = append(all, p)
	}
	return all
}

// A word that holds or kills does so wherever in the message it stands.
func TestStricterWordsCountEverywhere(t *testing.T) {
	t.Parallel()
	at := func(docdata string) string {
		return strings.Replace(story(), "<nitf>", "<nitf><head>"+docdata+"</head>", 1)
	}
	dead, held := `<docdata management-status="canceled"/>`, `<docdata management-status="withheld"/>`
	embargoed := `<docdata management-status="embargoed"><date.release norm="20261124T100000+0300"/></docdata>`
	for name, c := range map[string]struct {
		sent    string
		status  newsroom.PubStatus
		embargo newsroom.EmbargoState
	}{
		"G2, dead inside":          {g2(at(dead)), newsroom.Canceled, ""},
		"G2, held inside":          {g2(at(held)), newsroom.Withheld, ""},
		"G2, embargoed inside":     {g2(at(embargoed)), newsroom.Usable, newsroom.EmbargoUntil},
		"G2, dead outside":         {strings.Replace(g2(at(held)), "<itemMeta>", `<itemMeta><pubStatus qcode="stat:canceled"/>`, 1), newsroom.Canceled, ""},
		"G2, dead as deleted":      {strings.Replace(g2(story()), `qcode="ninat:text"`, `qcode="icls:text" msgType="D"`, 1), newsroom.Canceled, ""},
		"G2, dead as a signal":     {strings.Replace(g2(story()), "<itemMeta>", `<itemMeta><pubStatus qcode="stat:usable"/><signal qcode="edStat:D"/>`, 1), newsroom.Canceled, ""},
		"G2, an own alias":         {strings.Replace(g2(story()), "<itemMeta>", `<catalog><scheme alias="x" uri="http://cv.iptc.org/newscodes/pubstatusg2/"/></catalog><itemMeta><pubStatus qcode="x:canceled"/>`, 1), newsroom.Canceled, ""},
		"G2, by address":           {strings.Replace(g2(story()), "<itemMeta>", `<itemMeta><pubStatus uri="http://cv.iptc.org/newscodes/pubstatusg2/withheld"/>`, 1), newsroom.Withheld, ""},
		"G2, an empty embargo":     {strings.Replace(g2(story()), "<itemMeta>", `<itemMeta><embargoed/>`, 1), newsroom.Usable, newsroom.EmbargoUnknown},
		"G2, two embargoes":        {strings.Replace(g2(at(embargoed)), "<itemMeta>", `<itemMeta><embargoed>2026-11-25T10:00:00Z</embargoed>`, 1), newsroom.Usable, newsroom.EmbargoUntil},
		"NewsML, dead inside":      {newsML(`<DataContent>` + at(dead) + `</DataContent>`), newsroom.Canceled, ""},
		"NewsML, embargoed inside": {newsML(`<DataContent>` + at(embargoed) + `</DataContent>`), newsroom.Usable, newsroom.EmbargoUntil},
		"NewsML, dead outside":     {strings.Replace(newsML(`<DataContent>`+story()+`</DataContent>`), "Usable", "CANCELLED", 1), newsroom.Canceled, ""},
		"NewsML, unknown word":     {strings.Replace(newsML(`<DataContent>`+story()+`</DataContent>`), "Usable", "Bekleyin", 1), newsroom.StatusUnknown, ""},
		"NITF, unknown word":       {at(`<docdata management-status="bekleyin"><doc-id id-string="1"/></docdata>`), newsroom.StatusUnknown, ""},
	} {
		d := first(t, c.sent)
		if d.Status != c.status || d.Embargo.State != c.embargo {
			t.Errorf("%s: %s, embargo %q", name, d.Status, d.Embargo.State)
		}
	}
}

// What a carried document says of another one holds, and what it says of itself
// is said of the item that carries it: no second item comes of its old id.
func TestCarriedDocumentsSpeakOfOthers(t *testing.T) {
	t.Parallel()
	at := func(docdata string) string {
		return strings.Replace(story(), "<nitf>", "<nitf><head>"+docdata+"</head>", 1)
	}
	for name, wrap := range map[string]func(string) string{
		"G2":     g2,
		"NewsML": func(s string) string { return newsML("<DataContent>" + s + "</DataContent>") },
	} {
		carrier := first(t, wrap(story())).Key.ID
		for docdata, want := range map[string]map[string]newsroom.PubStatus{
			`<docdata management-status="canceled"><doc-id id-string="eski"/></docdata>`:                                {carrier: newsroom.Canceled},
			`<docdata management-doc-idref="b" management-idref-status="canceled"><doc-id id-string="eski"/></docdata>`: {carrier: newsroom.Usable, "b": newsroom.Canceled},
			`<docdata management-doc-idref="b" management-idref-status="withheld"/>`:                                    {carrier: newsroom.Usable, "b": newsroom.Withheld},
			`<docdata management-doc-idref="b"/>`:                                                                       {carrier: newsroom.Usable},
		} {
			dispatches, _ := look(room(), []byte(wrap(at(docdata))))
			have := map[string]newsroom.PubStatus{}
			for _, d := range dispatches {
				have[d.Key.ID] = d.Status
			}
			if diff := cmp.Diff(want, have); diff != "" {
				t.Errorf("%s, %s (-want +have)\n%s", name, docdata, diff)
			}
		}
	}
}

// A kill is found in every sample that has one, however much of the file's end
// is missing, as long as the words that kill are there.
func TestKillsInTruncatedFiles(t *testing.T) {
	t.Parallel()
	for _, path := range slices.Concat(wiretest.Shared(t, "wire/newsml-g2/*kill*"), wiretest.Shared(t, "wire/newsml-1/*kill*"), wiretest.Shared(t, "wire/nitf/*kill*"), wiretest.Shared(t, "wire/nitf/nitf-example*")) {
		raw, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		whole, _ := look(room(), raw)
		at := slices.IndexFunc(whole, func(d newsroom.Dispatch) bool { return d.Status == newsroom.Canceled })
		if at < 0 {
			t.Errorf("%s kills nobody", filepath.Base(path))
			continue
		}
		said := 0 // where id and status have both been said
		for _, mark := range []string{`"canceled"`, `:canceled"`, `"Canceled"`, `id-string="`, `PublicIdentifier>`} {
			if i := strings.Index(string(raw), mark); i >= 0 {
				said = max(said, i+len(mark)+60)
			}
		}
		for cut := said; cut < len(raw); cut += 97 {
			some, v := look(room(), raw[:cut])
			if !slices.ContainsFunc(some, func(d newsroom.Dispatch) bool { return d.Status == newsroom.Canceled && d.Key == whole[at].Key }) {
				t.Errorf("%s cut at %d of %d loses the kill: %+v", filepath.Base(path), cut, len(raw), v)
			}
		}
	}
}

// No sample, cut anywhere, stops the reader or leaves a delivery without a
// verdict; what is made of the rest is a story that could be kept.
func TestTruncatedSamples(t *testing.T) {
	t.Parallel()
	for _, pattern := range []string{"wire/newsml-1/*", "wire/newsml-g2/*", "wire/nitf/*"} {
		for _, path := range wiretest.Shared(t, pattern) {
			raw, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			for cut := 1; cut < len(raw); cut += 1 + len(raw)/23 {
				dispatches, v := look(room(), raw[:cut])
				if v.Outcome == Quarantined && v.Reason == "" {
					t.Errorf("%s cut at %d: no reason", filepath.Base(path), cut)
				}
				for _, d := range dispatches {
					if d.Key.ID == "" || d.Body.Check() != nil {
						t.Errorf("%s cut at %d: %+v", filepath.Base(path), cut, d.Key)
					}
				}
			}
		}
	}
}
