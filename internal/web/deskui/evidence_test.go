package deskui

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/rotatif/newsroom"
	"github.com/rotatif/newsroom/internal/browser"
	"github.com/rotatif/newsroom/internal/wire/voice"
)

// heardCopy leans on others and lets people speak, in all the ways that change
// how it stands on the page.
func heardCopy() newsroom.Dispatch {
	d := dispatch("h1", "Köprü trafiğe kapatıldı - Yonhap")
	d.Language = "tr"
	d.Standfirst = "Reuters'ın haberine göre karar pazartesi yürürlüğe girecek."
	d.Body = newsroom.Body{
		{Kind: newsroom.Paragraph, Text: newsroom.Text("Bölgede yağış sürüyor, ekipler çalışıyor.")},
		{Kind: newsroom.Paragraph, Text: []newsroom.Span{
			{Text: "Güney Kore'nin Yonhap haber "}, {Text: "ajansının haberine", Strong: true}, {Text: " göre köprü trafiğe kapatıldı."},
		}},
		{Kind: newsroom.Paragraph, Text: newsroom.Text(`Belediye Başkanı Ayşe Demir, "Yolu ekimde açacağız." dedi. Toplantıda söz alan Kenan Özdal ise "Bu süre çok uzun." diye konuştu.`)},
		{Kind: newsroom.Paragraph, Text: newsroom.Text(`"Hazırız." dedi.`)},
		{Kind: newsroom.Paragraph, Text: newsroom.Text("Pusula muhabirinin aldığı bilgiye göre yol kapandı.")},
		{Kind: newsroom.Paragraph, Text: newsroom.Text("BELEDİYE \"AKILLI DURAK\" PROJESİNİ TANITTI.")},
	}
	return d
}

func TestEvidenceStandsBesideItsParagraph(t *testing.T) {
	t.Parallel()
	h := open(t)
	h.deliver(heardCopy())
	b := h.person("defne", newsroom.Chief)
	page := b.get("/wire/1").is(200)
	page.has(".reading .evidence", 4)
	page.says(".copy > .evidence li:nth-child(1) strong", "Yonhap")
	page.says(".copy > .evidence li:nth-child(2) strong", "Reuters")
	page.has(".copy > .evidence q", 1) // the name alone is no more evidence than itself
	page.has(".told", 3)
	page.says(".told:nth-of-type(1) .evidence li", "Kaynak: Yonhap")
	page.says(".told:nth-of-type(1) .evidence q", "Yonhap haber ajansının haberine göre")
	page.says(".told:nth-of-type(1) p", "Güney Kore'nin Yonhap haber ajansının haberine göre köprü trafiğe kapatıldı.")
	if marked := page.Find(".told mark").Text(); marked != "Yonhap haber ajansının haberine göre" {
		t.Errorf("%q is marked", marked)
	}
	page.has(".told p strong mark", 1)
	page.says(".told:nth-of-type(2) li:nth-child(1)", "Söyleyen: Ayşe Demir (dedi)")
	page.says(".told:nth-of-type(2) li:nth-child(1) q", "Yolu ekimde açacağız.")
	page.says(".told:nth-of-type(2) li:nth-child(2)", "Söyleyen: Kenan Özdal (diye konuştu)")
	page.says(".told:nth-of-type(3) li", "adı cümlede geçmiyor")
	page.has(".told:nth-of-type(3) li strong", 0)
	page.has(".evidence[lang=tr][aria-label]", 4)

	b.post("/wire/1/take", nil).at("/stories/1")
	b.get("/stories/1").has(".origin .told", 3)
}

// Whoever speaks on is noted once; two in turn are told apart.
func TestSpeakersInTurn(t *testing.T) {
	t.Parallel()
	quote := func(speaker, said string) voice.Quote { return voice.Quote{Speaker: speaker, Verb: "dedi", Text: said} }
	for _, c := range []struct {
		quotes []voice.Quote
		want   []evidence
	}{
		{nil, []evidence{}},
		{[]voice.Quote{quote("Ak", "a"), quote("Ak", "b")}, []evidence{{Name: "Ak", Verb: "dedi"}}},
		{[]voice.Quote{quote("Ak", "a"), quote("", "b"), quote("Ak", "c")}, []evidence{{Name: "Ak", Verb: "dedi", Opening: "a"}, {Verb: "dedi", Opening: "b"}, {Name: "Ak", Verb: "dedi", Opening: "c"}}},
	} {
		if have := speakers(c.quotes); !slices.Equal(have, c.want) {
			t.Errorf("%+v, wanted %+v", have, c.want)
		}
	}
}

// What is said stands where it is said, also behind many paragraphs, and when
// the paragraph before says who speaks.
func TestSaidIsFoundInItsParagraph(t *testing.T) {
	t.Parallel()
	body := newsroom.Body{}
	for range 300 {
		body = append(body, newsroom.Block{Kind: newsroom.Paragraph, Text: newsroom.Text("Bölgede yağış sürüyor, ekipler yolu açıyor, okullar kapalı kaldı.")})
	}
	announced, line := newsroom.Text("Vali Ayşe Demir şöyle konuştu:"), newsroom.Text(`"Yollar açık. Ekipler hazır."`)
	body[7].Text, body[8].Text = announced, line
	body[250].Text, body[251] = announced, newsroom.Block{Kind: newsroom.Subhead, Text: newsroom.Text("YENİ YOL")}
	body[252].Text = line
	body[299].Text = newsroom.Text("Muhtar Ali Kurt,\n\"Kar çok.\" dedi.")
	said := dispatchView{Item: newsroom.WireItem{Text: newsroom.Dispatch{Language: "tr"}}}.said(body)
	if len(said) != 2 || len(said[8]) != 1 || said[8][0].Speaker != "Ayşe Demir" || len(said[299]) != 1 || said[299][0].Speaker != "Ali Kurt" {
		t.Errorf("%+v", said)
	}
}

// Where nothing is found nothing stands.
func TestNoEvidenceNoNotes(t *testing.T) {
	t.Parallel()
	h := open(t)
	empty := dispatch("e1", "Başlık")
	empty.Body = nil
	german := dispatch("e2", "Titel")
	german.Language = "de"
	german.Body = newsroom.Body{{Kind: newsroom.Paragraph, Text: newsroom.Text(`"Ja", sagte Anna Berg, according to Reuters.`)}}
	h.deliver(empty, german)
	b := h.person("defne", newsroom.Chief)
	for _, path := range []string{"/wire/1", "/wire/2"} {
		b.get(path).is(200).has(".evidence", 0).has(".told", 0).has("mark", 0)
	}
}

// TestMarksKeepTheText cuts at every pair of places: no letter is lost and what
// is marked is what was meant, in whichever span it lies.
func TestMarksKeepTheText(t *testing.T) {
	t.Parallel()
	text := []newsroom.Span{{Text: "ığü", Em: true}, {}, {Text: "abc"}, {Text: "ş", Href: "https://example.org/"}}
	plain := newsroom.Plain(text)
	for at := range len(plain) {
		for end := at; end <= len(plain); end++ {
			whole, marked := "", ""
			for _, p := range pieces(text, []stretch{{at, end}, {at, at}}) {
				whole += p.Text
				if p.Mark {
					marked += p.Text
				}
			}
			if whole != plain || marked != plain[at:end] {
				t.Fatalf("%d to %d: %q, marked %q", at, end, whole, marked)
			}
		}
	}
}

// TestEvidenceOnTheScreen looks at long, empty and shouted copy at phone and
// desktop width: nothing sticks out, and notes stand beside the text only when
// the pane has room for both.
func TestEvidenceOnTheScreen(t *testing.T) {
	h := open(t)
	long := heardCopy()
	long.Key.ID, long.Headline = "h2", strings.Repeat("UZUNBAŞLIK ", 20)
	long.Body = append(long.Body, newsroom.Block{Kind: newsroom.Paragraph, Text: newsroom.Text(
		strings.Repeat("Karşıyakalılaştıramadıklarımızdan", 6) + ` Haber gazetesinin haberine göre "` + strings.Repeat("çok uzun söz ", 60) + `" denildi. ` +
			strings.Repeat(`Vali Mert Yalçın, "Yollar açık." dedi. `, 12))})
	h.deliver(heardCopy(), long)
	b := h.person("defne", newsroom.Chief)
	b.post("/wire/2/take", nil).at("/stories/1")
	page, shots := browser.Start(t).Page(t), os.Getenv("DESK_SHOTS")
	page.Headers(map[string]string{"Cookie": b.cookie()})
	for _, width := range []int{360, 1280, 1920} {
		page.SetViewport(width, 900)
		for name, path := range map[string]string{"heard": "/wire/1", "heard-long": "/wire/2", "heard-story": "/stories/1"} {
			page.Open(h.door.URL + path)
			for _, v := range browser.Axe(page) {
				t.Errorf("%s at %d: %s", name, width, v)
			}
			if wide := browser.Eval[int](page, "document.documentElement.scrollWidth"); wide > width {
				t.Errorf("%s is %d wide at %d", name, wide, width)
			}
			if shots != "" {
				page.Screenshot(filepath.Join(shots, fmt.Sprintf("%s-%d.png", name, width)))
			}
		}
		page.Open(h.door.URL + "/wire/1")
		beside := browser.Eval[bool](page, `(() => { const [p, e] = document.querySelector(".told").children; return e.getBoundingClientRect().left >= p.getBoundingClientRect().right })()`)
		if beside != (width == 1920) {
			t.Errorf("at %d the note stands beside: %v", width, beside)
		}
	}
}
