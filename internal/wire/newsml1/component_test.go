package newsml1_test

import (
	"strings"
	"testing"

	"github.com/rotatif/newsroom"
	"github.com/rotatif/newsroom/internal/wire/wiretest"
)

const ident = `<Identification><NewsIdentifier><ProviderId>k</ProviderId><DateId>20261123</DateId><NewsItemId>1</NewsItemId><RevisionId Update="N">1</RevisionId></NewsIdentifier></Identification>`

// read is the dispatch made of an item with the management and the components given.
func read(t *testing.T, management, components string) newsroom.Dispatch {
	t.Helper()
	all := parts(`<NewsML><NewsItem>` + ident + `<NewsManagement>` + management + `</NewsManagement>` + components + `</NewsItem></NewsML>`)
	if len(all) != 1 {
		t.Fatalf("%d parts", len(all))
	}
	d, err := all[0].Read()
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// words is a component with a text in a role.
func words(role, text string) string {
	return `<NewsComponent><Role FormalName="` + role + `"/><ContentItem><MediaType FormalName="Text"/><DataContent><p>` + text + `</p></DataContent></ContentItem></NewsComponent>`
}

func within(kids string) string { return "<NewsComponent>" + kids + "</NewsComponent>" }

// What a component is for is told by its role; a role nobody knows is copy.
func TestRoles(t *testing.T) {
	t.Parallel()
	main := words("Main", "Metin.")
	for _, c := range []struct {
		kids                       string
		headline, standfirst, note string
		blocks                     int
	}{
		{main, "Metin.", "", "", 1},
		{words("HeadLine", "Başlık") + main, "Başlık", "", "", 1},
		{words("Title", "Başlık") + words("Lead", "Giriş.") + main, "Başlık", "Giriş.", "", 1},
		{main + words("SubHeadLine", "Alt."), "Metin.", "Alt.", "", 1},
		{main + words("Contact", "Can: 0555"), "Metin.", "", "Can: 0555", 1},
		{main + words("StyleSheet", ".a{}"), "Metin.", "", "", 1},
		{main + words("Caption", "Resim altı"), "Metin.", "", "", 1},
		{main + words("Bilinmeyen", "Ek bilgi."), "Metin.", "", "", 2},
		{main + words("Supporting", "Metin."), "Metin.", "", "", 1},
		{within(within(main)), "Metin.", "", "", 1},
	} {
		d := read(t, "", within(c.kids))
		note := ""
		if len(d.EdNotes) > 0 {
			note = d.EdNotes[0].Text
		}
		if d.Headline != c.headline || d.Standfirst != c.standfirst || note != c.note || len(d.Body) != c.blocks {
			t.Errorf("%s: %q %q %q, body %q", c.kids, d.Headline, d.Standfirst, note, d.Body.Lines())
		}
	}
}

// Of one text in several languages the house's is taken, else the first; what
// has no language is in all of them.
func TestLanguages(t *testing.T) {
	t.Parallel()
	in := func(lang, text string) string {
		return `<NewsComponent xml:lang="` + lang + `"><NewsLines><HeadLine>` + text + `</HeadLine></NewsLines><ContentItem><MediaType FormalName="Text"/><DataContent><p>` + text + ` metni.</p></DataContent></ContentItem></NewsComponent>`
	}
	for _, c := range []struct{ kids, headline, language, warning string }{
		{in("de", "Almanca") + in("tr", "Türkçe") + in("en", "İngilizce"), "Türkçe", "tr", "wire.warning.other_languages:de, en"},
		{in("de", "Almanca") + in("en", "İngilizce"), "Almanca", "de", "wire.warning.other_languages:en"},
		{in("tr-TR", "Türkçe"), "Türkçe", "tr-TR", ""},
		{in("", "Dilsiz") + in("tr", "Türkçe"), "Dilsiz", "tr", ""},
		{in("nl", "Aynı") + in("fr", "Aynı"), "Aynı", "nl", "wire.warning.other_languages:fr"},
	} {
		d := read(t, "", within(c.kids))
		warning := strings.Join(d.Warnings, " ")
		if d.Headline != c.headline || d.Language != c.language || warning != c.warning {
			t.Errorf("%q in %q, %q; want %+v", d.Headline, d.Language, warning, c)
		}
	}
}

// What a content item is, by whatever it says of itself.
func TestKinds(t *testing.T) {
	t.Parallel()
	for item, want := range map[string]newsroom.ItemKind{
		`<ContentItem><MediaType FormalName="Text"/><DataContent>x</DataContent></ContentItem>`:                     newsroom.KindText,
		`<ContentItem><MimeType FormalName="text/vnd.IPTC.NITF"/><DataContent><p>x</p></DataContent></ContentItem>`: newsroom.KindText,
		`<ContentItem><MediaType FormalName="ComplexData"/><DataContent><p>x</p></DataContent></ContentItem>`:       newsroom.KindText,
		`<ContentItem><DataContent>x</DataContent></ContentItem>`:                                                   newsroom.KindText,
		`<ContentItem Href="a.jpg"><MediaType FormalName="Photo"/></ContentItem>`:                                   newsroom.KindPicture,
		`<ContentItem Href="a"><MimeType FormalName="image/jpeg"/></ContentItem>`:                                   newsroom.KindPicture,
		`<ContentItem Href="a"><Format FormalName="JPEG Baseline"/></ContentItem>`:                                  newsroom.KindPicture,
		`<ContentItem Href="a.png"/>`: newsroom.KindPicture,
		`<ContentItem Href="a.png"><MediaType FormalName="Graphic"/></ContentItem>`:   newsroom.KindGraphic,
		`<ContentItem Href="a.mp4"><MediaType FormalName="Video"/></ContentItem>`:     newsroom.KindVideo,
		`<ContentItem Href="a.mp3"><MimeType FormalName="audio/mpeg"/></ContentItem>`: newsroom.KindAudio,
		`<ContentItem Href="a.bin"/>`:                         newsroom.KindUnknown,
		`<NewsItemRef NewsItem="urn:newsml:k:20261123:2:1"/>`: newsroom.KindPackage,
		``: newsroom.KindUnknown,
	} {
		if d := read(t, "", within(item)); d.Kind != want {
			t.Errorf("%s: %s, want %s", item, d.Kind, want)
		}
	}
}

// A flash says so by its kind; an urgent sentence without a headline is one too.
func TestFlashes(t *testing.T) {
	t.Parallel()
	sentence, story := words("Main", "Deprem oldu"), `<NewsComponent><NewsLines><HeadLine>Deprem</HeadLine></NewsLines>`+words("Main", "Deprem oldu")+`</NewsComponent>`
	for _, c := range []struct {
		management, components string
		want                   bool
	}{
		{`<NewsItemType FormalName="Alert"/>`, sentence, true},
		{`<NewsItemType FormalName="FLASH"/>`, story, true},
		{`<NewsItemType FormalName="News"/><Urgency FormalName="2"/>`, sentence, true},
		{`<NewsItemType FormalName="News"/><Urgency FormalName="2"/>`, story, false},
		{`<NewsItemType FormalName="News"/><Urgency FormalName="1"/>`, story, true},
		{`<NewsItemType FormalName="News"/><Urgency>4</Urgency>`, sentence, false},
	} {
		if d := read(t, c.management, c.components); d.Flash != c.want {
			t.Errorf("%s with %d blocks and %q: flash %v", c.management, len(d.Body), d.Headline, d.Flash)
		}
	}
}

// What an item says of its own status, in all its places.
func TestStatuses(t *testing.T) {
	t.Parallel()
	for management, want := range map[string]newsroom.PubStatus{
		``:                              newsroom.Usable,
		`<Status FormalName="Usable"/>`: newsroom.Usable,
		`<Status FormalName="USABLE" Scheme="IptcStatus"/>`:                                             newsroom.Usable,
		`<Status FormalName="Canceled"/>`:                                                               newsroom.Canceled,
		`<Status FormalName="cancelled"/>`:                                                              newsroom.Canceled,
		`<Status FormalName="Withdrawn"/>`:                                                              newsroom.Canceled,
		`<Status FormalName="Withheld"/>`:                                                               newsroom.Withheld,
		`<Status FormalName="Embargoed"/>`:                                                              newsroom.Usable,
		`<Status FormalName="Bekle"/>`:                                                                  newsroom.StatusUnknown,
		`<Status FormalName="Usable"/><Instruction FormalName="Rescind"/>`:                              newsroom.Canceled,
		`<Status FormalName="Usable"/><Instruction FormalName="Update"/>`:                               newsroom.Usable,
		`<Status FormalName="Usable"/><Instruction FormalName="Delete"><RevisionStatus/></Instruction>`: newsroom.Usable,
	} {
		if d := read(t, management, words("Main", "Metin.")); d.Status != want {
			t.Errorf("%s: %s, want %s", management, d.Status, want)
		}
	}
}

// Lines have their places; those of a kind the agency names stay notes.
func TestLines(t *testing.T) {
	t.Parallel()
	line := func(kind, text string) string {
		return `<NewsLine><NewsLineType FormalName="` + kind + `"/><NewsLineText>` + text + `</NewsLineText></NewsLine>`
	}
	for lines, want := range map[string]string{
		`<ByLine>Can Ak</ByLine>`:                                   "byline: Can Ak",
		`<ByLine>NTB-AFP</ByLine>`:                                  "says: AFP (source) byline",
		`<DateLine>BOLU (KA)</DateLine>`:                            "place: BOLU",
		`<DateLine>4/4/2026</DateLine>`:                             "dateline: 4/4/2026",
		`<CreditLine>KA</CreditLine>`:                               "credit: KA",
		`<SlugLine>bolu-yol</SlugLine>`:                             "slug: bolu-yol",
		`<SubHeadLine>Yol iki gün kapalı.</SubHeadLine>`:            "standfirst: Yol iki gün kapalı.",
		`<SubHeadLine>BOLU YOL</SubHeadLine>`:                       "slug: BOLU YOL",
		`<SlugLine>a</SlugLine><SubHeadLine>BOLU YOL</SubHeadLine>`: "standfirst: BOLU YOL",
		`<RightsLine>TURKEY OUT</RightsLine>`:                       "terms: TURKEY OUT",
		`<CopyrightLine>(c) KA</CopyrightLine>`:                     "terms: (c) KA",
		`<KeywordLine>yol</KeywordLine>`:                            "keyword: yol",
		line("CatchWord", "Ulaşım"):                                 "kicker: Ulaşım",
		line("AdvisoryLine", "YENİLENDİ: rakamlar"):                 "note: AdvisoryLine YENİLENDİ: rakamlar",
		line("AdvisoryLine", "DÜZELTME: ikinci paragraf"):           "signs: correction",
		line("AdvisoryLine", "Ambargolu, 24 Kasım"):                 "embargo: unknown Ambargolu, 24 Kasım",
		line("CatchWord", "Bir") + line("CatchWord", "İki"):         "note: CatchWord İki",
	} {
		d := read(t, "", `<NewsComponent><NewsLines><HeadLine>Yol</HeadLine>`+lines+`</NewsLines>`+words("Main", "Metin.")+`</NewsComponent>`)
		if shown := wiretest.Show(d); !strings.Contains("\n"+shown, "\n"+want+"\n") {
			t.Errorf("%s: no %q in\n%s", lines, want, shown)
		}
	}
}
