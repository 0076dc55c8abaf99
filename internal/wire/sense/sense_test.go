package sense_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/rotatif/newsroom"
	"github.com/rotatif/newsroom/internal/letters"
	"github.com/rotatif/newsroom/internal/wire/sense"
)

func source() sense.Source {
	zone, err := time.LoadLocation("Europe/Istanbul")
	if err != nil {
		panic(err) // letters carries the zones
	}
	_ = letters.Fold // and is linked
	return sense.Source{Name: "Kuzey Ajansı", Provider: "kuzey", Language: "tr", Zone: zone}
}

func TestStatus(t *testing.T) {
	t.Parallel()
	for raw, want := range map[string]newsroom.PubStatus{
		"": newsroom.Usable, "usable": newsroom.Usable, "stat:usable": newsroom.Usable, "Usable": newsroom.Usable,
		"http://cv.iptc.org/newscodes/pubstatusg2/usable": newsroom.Usable,
		"canceled": newsroom.Canceled, "cancelled": newsroom.Canceled, "stat:canceled": newsroom.Canceled, "CANCELED": newsroom.Canceled,
		"Killed": newsroom.Canceled, "kill": newsroom.Canceled, "withdrawn": newsroom.Canceled, "deleted": newsroom.Canceled,
		"iptal": newsroom.Canceled, "İPTAL": newsroom.Canceled, "IPTAL": newsroom.Canceled, "İptal edildi": newsroom.Canceled,
		"http://cv.iptc.org/newscodes/pubstatusg2/canceled/": newsroom.Canceled,
		"withheld": newsroom.Withheld, "stat:withheld": newsroom.Withheld, "hold": newsroom.Withheld,
		"belki": newsroom.StatusUnknown, "usable?no": newsroom.StatusUnknown, "?": newsroom.StatusUnknown, "5": newsroom.StatusUnknown, "stat:": newsroom.StatusUnknown,
	} {
		if have := sense.Status(raw); have != want {
			t.Errorf("%q is %s, want %s", raw, have, want)
		}
	}
}

// The stricter wins whichever comes first.
func TestStricterStatus(t *testing.T) {
	t.Parallel()
	order := []newsroom.PubStatus{newsroom.Usable, newsroom.StatusUnknown, newsroom.Withheld, newsroom.Canceled}
	for i, a := range order {
		for j, b := range order {
			if have := sense.Stricter(a, b); have != order[max(i, j)] {
				t.Errorf("of %s and %s: %s", a, b, have)
			}
		}
	}
}

func TestTime(t *testing.T) {
	t.Parallel()
	for raw, want := range map[string]string{
		"2026-03-04T10:00:00+03:00":       "2026-03-04T07:00:00Z",
		"2026-03-04T10:00:00+0300":        "2026-03-04T07:00:00Z",
		"2026-03-04T10:00:00.123456789Z":  "2026-03-04T10:00:00Z",
		" 2026-03-04T10:00:00Z\n ":        "2026-03-04T10:00:00Z",
		"20260304T100000Z":                "2026-03-04T10:00:00Z",
		"20260304T100000+0300":            "2026-03-04T07:00:00Z",
		"2026-03-04T10:00Z":               "2026-03-04T10:00:00Z",
		"2026-03-04T10:00:00":             "2026-03-04T07:00:00Z assumed",
		"2026-03-04 10:00:00":             "2026-03-04T07:00:00Z assumed",
		"04.03.2026 10:00:00":             "2026-03-04T07:00:00Z assumed",
		"4.3.2026 10:00":                  "2026-03-04T07:00:00Z assumed",
		"04/03/2026 - 10:00":              "2026-03-04T07:00:00Z assumed",
		"Wed, 04 Mar 2026 10:00:00 GMT":   "2026-03-04T10:00:00Z",
		"Wed, 4 Mar 2026 10:00:00 +0300":  "2026-03-04T07:00:00Z",
		"4 Mar 26 10:00 Z":                "2026-03-04T10:00:00Z",
		"Wed, 04 Mar 2026 10:00:00 TRT":   "2026-03-04T07:00:00Z",
		"Wed, 04 Mar 2026 10:00:00 EST":   "2026-03-04T15:00:00Z",
		"Wed, 04 Mar 2026 10:00:00 XYZ":   "2026-03-04T07:00:00Z assumed",
		"Çar, 04 Mar 2026 10:00:00 +0300": "2026-03-04T07:00:00Z",
		"4 Mart 2026 Çarşamba 10:00":      "2026-03-04T07:00:00Z assumed",
		"4 AĞUSTOS 2026 9:05":             "2026-08-04T06:05:00Z assumed",
		"4. März 2026 10:00":              "2026-03-04T07:00:00Z assumed",
		"Κυρ, 04 Ιούλ 2004 12:53:00 GMT":  "2004-07-04T12:53:00Z",
		"Sun, 10 Dec 17 13:01:36 -0800":   "2017-12-10T21:01:36Z",
		"2015-07-01T10:00:00":             "2015-07-01T07:00:00Z assumed", // summer time
		"2015-01-15T10:00:00":             "2015-01-15T08:00:00Z assumed", // winter time, of which there is no more
		"2026-03-04":                      "2026-03-03T21:00:00Z assumed day",
		"20260304":                        "2026-03-03T21:00:00Z assumed day",
		"04.03.2026":                      "2026-03-03T21:00:00Z assumed day",
		"32.03.2026 10:00":                "none",
		"2026-02-30T10:00:00Z":            "none",
		"2026-03-04T25:00:00Z":            "none",
		"0001-01-01T00:00:00Z":            "none",
		"Next Monday":                     "none",
		"":                                "none",
		"-":                               "none",
		strings.Repeat("9", 200):          "none",
	} {
		stamp := source().Time(raw)
		have := "none"
		if stamp.OK {
			have = stamp.At.Truncate(time.Second).Format(time.RFC3339)
			if stamp.Assumed {
				have += " assumed"
			}
			if stamp.DayOnly {
				have += " day"
			}
		}
		if have != want {
			t.Errorf("%q is %s, want %s", raw, have, want)
		}
	}
}

func TestEmbargo(t *testing.T) {
	t.Parallel()
	hold, none := source(), source()
	none.EmptyEmbargo = sense.EmptyNone
	for _, c := range []struct {
		src  sense.Source
		raw  string
		want newsroom.EmbargoState
	}{
		{hold, "2026-11-24T10:00:00+03:00", newsroom.EmbargoUntil},
		{hold, "24 Kasım 2026 10:00", newsroom.EmbargoUntil},
		{hold, "", newsroom.EmbargoUnknown},
		{none, "", newsroom.EmbargoNone},
		{none, "2026-11-24", newsroom.EmbargoUnknown},
		{hold, "Salı 12.00", newsroom.EmbargoUnknown},
		{hold, "0001-01-01T00:00:00", newsroom.EmbargoUnknown},
		{hold, "1764000000", newsroom.EmbargoUnknown},
	} {
		if have := c.src.Embargo(c.raw); have.State != c.want {
			t.Errorf("%q: %q, want %q", c.raw, have.State, c.want)
		}
	}
}

func paragraphs(texts ...string) newsroom.Body {
	var b newsroom.Body
	for _, text := range texts {
		b = append(b, newsroom.Block{Kind: newsroom.Paragraph, Text: newsroom.Text(text)})
	}
	return b
}

func finished(d newsroom.Dispatch) newsroom.Dispatch {
	d.Key.ID, d.Kind = "1", newsroom.KindText
	sense.Finish(&d, source())
	return d
}

func TestSpokenEmbargo(t *testing.T) {
	t.Parallel()
	for note, holds := range map[string]bool{
		"STRICTLY EMBARGOED. Not for public release until 12noon": true, "Ambargo: salı 12.00": true, "AMBARGOLU": true, "Sperrfrist: Dienstag": true,
		"10 Mart 00.01'e kadar yayımlanamaz": true, "Hold for release": true, "10.00'dan önce yayımlanmamalı": true,
		"There is an embargo on this story until 18:00.": true, "Embargo on publication": true, "US embargo until 6 p.m.": true, "UN embargo 1000 GMT": true,
		"Bu haberin saat 18.00'e kadar ambargosu vardır.": true, "Gece yarısı ambargosu vardır.": true, "Kurumun ambargosu yarın sona erecek": true,
		"Adds the US embargo on Cuba": false, "EKLER: SİLAH AMBARGOSU oylaması": false, "Adds talks over embargo against Iran": false,
		"Ambargosuz": false, "Ambargo kalktı": false, "No embargo": false, "Embargo lifted": false, "Fotoğraf eklendi": false, "": false,
	} {
		d := newsroom.Dispatch{Headline: "x"}
		sense.Note(&d, "", note)
		if have := finished(d).Embargo.State == newsroom.EmbargoUnknown; have != holds {
			t.Errorf("note %q holds: %v", note, have)
		}
	}
	for script, holds := range map[string]bool{"EMBARGO: until noon": true, "1. Protest against the embargo": false} {
		d := newsroom.Dispatch{Headline: "x"}
		sense.Note(&d, sense.NoteDescription+" script", script)
		if have := finished(d).Embargo.State == newsroom.EmbargoUnknown; have != holds {
			t.Errorf("script %q holds: %v", script, have)
		}
	}
	for headline, holds := range map[string]bool{
		"AMBARGOLU - Rapor": true, "Ambargo: Rapor": true, "(EMBARGO) Rapor": true,
		"Ambargo kararı çıktı": false, "Rusya'ya ambargo": false, "Silah ambargosu uzatıldı": false,
	} {
		if have := finished(newsroom.Dispatch{Headline: headline}).Embargo.State != newsroom.EmbargoNone; have != holds {
			t.Errorf("headline %q holds: %v", headline, have)
		}
	}
}

func TestDateline(t *testing.T) {
	t.Parallel()
	for text, want := range map[string][3]string{
		"ANKARA (AA) - Meclis toplandı.":                              {"ANKARA (AA) -", "ANKARA", "Meclis toplandı."},
		"İSTANBUL, (DHA)- Vapur çarptı.":                              {"İSTANBUL, (DHA)-", "İSTANBUL", "Vapur çarptı."},
		"ANKARA, 5 Mart (ÖA) - Metin.":                                {"ANKARA, 5 Mart (ÖA) -", "ANKARA", "Metin."},
		"GROSSETO, Italy (AP) -- The trial began.":                    {"GROSSETO, Italy (AP) --", "GROSSETO", "The trial began."},
		"New York (dpa/lni) – Text.":                                  {"New York (dpa/lni) –", "New York", "Text."},
		"(ANKARA) - Meclis toplandı.":                                 {"(ANKARA) -", "ANKARA", "Meclis toplandı."},
		"Tegucigalpa, Jan 2 (EFE).- The cabinet met.":                 {"Tegucigalpa, Jan 2 (EFE).-", "Tegucigalpa", "The cabinet met."},
		"MOSCOW, January 21. /KAS/. The ship sailed.":                 {"MOSCOW, January 21. /KAS/.", "MOSCOW", "The ship sailed."},
		"København /rib/: Manden er løsladt.":                         {"København /rib/:", "København", "Manden er løsladt."},
		"(ANSA) - ROME, JUL 11 - The energy giant cut supplies.":      {"(ANSA) - ROME, JUL 11 -", "ROME", "The energy giant cut supplies."},
		"(58) - Bakan, dün - konuştu.":                                {"", "", "(58) - Bakan, dün - konuştu."},
		"CALGARY, Alberta, Dec.  03, 2019  (GLOBE) -- The firm grew.": {"CALGARY, Alberta, Dec.  03, 2019  (GLOBE) --", "CALGARY", "The firm grew."},
		"BETHESDA, Md. (AP) _ The firm grew.":                         {"BETHESDA, Md. (AP) _", "BETHESDA", "The firm grew."},
		"TYLER, Texas--(GLOBE WIRE)--The firm grew.":                  {"TYLER, Texas--(GLOBE WIRE)--", "TYLER", "The firm grew."},
		"TYLER, Texas--(GLOBE WIRE)--Dec 5, 2024--The firm grew.":     {"TYLER, Texas--(GLOBE WIRE)--Dec 5, 2024--", "TYLER", "The firm grew."},
		"Erkek/kadın ayrımı yok.":                                     {"", "", "Erkek/kadın ayrımı yok."},
		"SYDNEY, Jan 12 AAP - The bridge opened.":                     {"SYDNEY, Jan 12 AAP -", "SYDNEY", "The bridge opened."},
		"LONDON, 5 May 2026 - The bridge opened.":                     {"LONDON, 5 May 2026 -", "LONDON", "The bridge opened."},
		"Ankara, oda 12 - kapalı.":                                    {"", "", "Ankara, oda 12 - kapalı."},
		"Bakan (58) açıkladı.":                                        {"", "", "Bakan (58) açıkladı."},
		"Meclis (TBMM) bugün toplandı - ve dağıldı.":                  {"", "", "Meclis (TBMM) bugün toplandı - ve dağıldı."},
		"ankara (aa) - küçük":                                         {"", "", "ankara (aa) - küçük"},
		"":                                                            {"", "", ""},
	} {
		d := finished(newsroom.Dispatch{Headline: "x", Body: paragraphs(text, "İkinci.")})
		if d.Dateline.Text != want[0] || d.Dateline.Place != want[1] || newsroom.Plain(d.Body[0].Text) != want[2] {
			t.Errorf("%q: %+v, %q", text, d.Dateline, newsroom.Plain(d.Body[0].Text))
		}
	}
}

// A dateline that came as a property goes out of the text with the agency
// behind it; the name of a place that begins the first sentence stays in it.
func TestDatelineBeside(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"NEW YORK (AP) — The gas is cheap.":                 "The gas is cheap.",
		"NEW YORK (AP) _ The gas is cheap.":                 "The gas is cheap.",
		"NEW YORK - The gas is cheap.":                      "The gas is cheap.",
		"NEW YORK (AP): The gas is cheap.":                  "The gas is cheap.",
		"NEW YORK--(BUSINESS WIRE)--Dec 5, 2024--":          "İkinci.",
		"NEW YORK--(BUSINESS WIRE)--Dec 5, 2024--Gas rose.": "Gas rose.",
		"NEW YORK":                           "İkinci.",
		"NEW YORK is a city.":                "NEW YORK is a city.",
		"NEW YORK (the city) is large.":      "NEW YORK (the city) is large.",
		"BOSTON (AP) — Elsewhere, gas rose.": "Elsewhere, gas rose.",
		"Gas rose.":                          "Gas rose.",
	} {
		d := newsroom.Dispatch{Headline: "x", Dateline: newsroom.Dateline{Text: "NEW YORK"}, Body: paragraphs(text, "İkinci.")}
		if d = finished(d); newsroom.Plain(d.Body[0].Text) != want || d.Dateline.Text != "NEW YORK" || d.Dateline.Place != "NEW YORK" {
			t.Errorf("%q: %+v, %q", text, d.Dateline, newsroom.Plain(d.Body[0].Text))
		}
	}
}

// Before a dateline may stand what was changed, in points, and who wrote it.
func TestDatelineBehindAsides(t *testing.T) {
	t.Parallel()
	for _, asides := range [][]string{{"(Yorum eklendi)"}, {"NOT: ka-310 numaralı haberimizi düzelterek yeniden geçiyoruz."}, {"ABONELERİMİZİN DİKKATİNE: Ad düzeltildi."}, {"(Adds quotes)", "* Gold may rise", "By Can Ak"}, {"Can Ak"}} {
		body := paragraphs(append(asides, "LONDRA, 5 Mart (KA) - Altın yükseldi.", "Son.")...)
		d := finished(newsroom.Dispatch{Headline: "x", Byline: "Can Ak", Body: body})
		if have := newsroom.Plain(d.Body[len(asides)].Text); d.Dateline.Text != "LONDRA, 5 Mart (KA) -" || have != "Altın yükseldi." {
			t.Errorf("%q: %+v, %q", asides, d.Dateline, have)
		}
	}
	d := finished(newsroom.Dispatch{Headline: "x", Body: paragraphs("Altın yükseldi.", "LONDRA (KA) - Dolar düştü.")})
	if d.Dateline.Text != "" {
		t.Errorf("a second story's dateline: %+v", d.Dateline)
	}
}

// A dateline that came as a property goes out of the text, even over marks.
func TestDatelineOverMarks(t *testing.T) {
	t.Parallel()
	d := newsroom.Dispatch{Headline: "x", Dateline: newsroom.Dateline{Text: "Bolu (KA) - "}}
	d.Body = newsroom.Body{{Kind: newsroom.Paragraph, Text: []newsroom.Span{{Text: "Bolu ", Strong: true}, {Text: "(KA) - Ağaç "}, {Text: "devrildi.", Em: true}}}}
	d = finished(d)
	want := []newsroom.Span{{Text: "Ağaç "}, {Text: "devrildi.", Em: true}}
	if !slices.Equal(d.Body[0].Text, want) || d.Dateline.Place != "Bolu" {
		t.Errorf("%+v %+v", d.Body[0].Text, d.Dateline)
	}
}

func TestSignals(t *testing.T) {
	t.Parallel()
	for headline, want := range map[string][2]bool{
		"SON DAKİKA: Deprem": {true, false}, "Son dakika! Deprem": {true, false}, "FLAŞ - Deprem": {true, false}, "son dakıka haberi": {true, false},
		"ACİL: Kan aranıyor": {true, false}, "Acil servis yenilendi": {false, false}, "Sondakika.example kapandı": {false, false},
		"DÜZELTME - Tutar": {false, true}, "Düzeltme: Tutar": {false, true}, "CORRECTED-Tutar": {false, true},
		"Düzeltmeler kitabı çıktı": {false, false}, "Flaşör arızası": {false, false},
	} {
		if d := finished(newsroom.Dispatch{Headline: headline}); d.Flash != want[0] || d.Correction != want[1] {
			t.Errorf("%q: flash %v, correction %v", headline, d.Flash, d.Correction)
		}
	}
}

func TestLanguage(t *testing.T) {
	t.Parallel()
	for raw, want := range map[string]string{"tr_TR": "tr-TR", "TR": "tr", "tr": "tr", "Türkçe": "tr", "en-us": "en-US", "": "", "xx-yy-zz-!!": "", "und": ""} {
		if have := sense.Language(raw); have != want {
			t.Errorf("%q is %q, want %q", raw, have, want)
		}
	}
}

func TestSubheads(t *testing.T) {
	t.Parallel()
	strong := newsroom.Block{Kind: newsroom.Paragraph, Text: []newsroom.Span{{Text: "Ara başlık", Strong: true}}}
	body := append(paragraphs("İLK PARAGRAF HEP BÜYÜK", "Metin."), strong)
	body = append(body, paragraphs("GEÇİŞ ÜCRETSİZ OLACAK", "Metin.", "YAYIN: 12.05.2026 06.00 ANKARA", "SON SATIR BÜYÜK")...)
	var kinds []string
	for _, b := range finished(newsroom.Dispatch{Headline: "x", Body: body}).Body {
		kinds = append(kinds, string(b.Kind))
	}
	want := []string{"paragraph", "paragraph", "subhead", "subhead", "paragraph", "paragraph", "paragraph"}
	if !slices.Equal(kinds, want) {
		t.Errorf("have %v\nwant %v", kinds, want)
	}
}

func TestBounds(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("ğ", 30_000)
	d := newsroom.Dispatch{Headline: long, Byline: long, Standfirst: long, Slugline: "a\xffb"}
	sense.SetText(&d, long+"\n\n"+strings.Repeat("Satır.\n\n", 3000))
	for range 500 {
		sense.Note(&d, "", long)
		sense.AddPicture(&d, newsroom.PictureRef{ID: strings.Repeat("x", len(d.Pictures)+1)})
	}
	d = finished(d)
	content := newsroom.Content{Headline: d.Headline, Byline: d.Byline, Slugline: d.Slugline, Body: d.Body}
	if err := content.Check(); err != nil {
		t.Errorf("the desk would refuse it: %v", err)
	}
	if len(d.Pictures) > 200 || len(d.EdNotes) > 50 {
		t.Errorf("%d pictures, %d notes", len(d.Pictures), len(d.EdNotes))
	}
	for _, want := range []string{"wire.warning.headline_cut", "wire.warning.paragraph_cut", "wire.warning.body_cut", "wire.warning.pictures_cut"} {
		if !slices.Contains(d.Warnings, want) {
			t.Errorf("no %s in %v", want, d.Warnings)
		}
	}
}

func TestAddresses(t *testing.T) {
	t.Parallel()
	for address, want := range map[string]string{
		"https://k.example/1":                         "https://k.example/1",
		"https://k.example/1?utm_source=a":            "https://k.example/1",
		"https://k.example/1?id=2&utm_source=a&b=c#d": "https://k.example/1?id=2&b=c#d",
		"https://k.example/1?fbclid=a#d":              "https://k.example/1#d",
	} {
		if have := sense.CleanAddress(address); have != want {
			t.Errorf("%s becomes %s", address, have)
		}
	}
	for address, want := range map[string]bool{
		"https://k.example/1.jpg": true, "http://k.example": true, "file:///etc/passwd": false, "../../x.jpg": false, "//k.example/1": false,
		"javascript:x()": false, "https://u:p@k.example/": false, "C:\\x.jpg": false, "data:image/png;base64,x": false, "": false,
	} {
		if have := sense.WebAddress(address); have != want {
			t.Errorf("%q may be fetched: %v", address, have)
		}
	}
}

// A revision that brings only its status must not wipe out the text before it.
func TestBareIsPartial(t *testing.T) {
	t.Parallel()
	if !finished(newsroom.Dispatch{}).Partial || finished(newsroom.Dispatch{Headline: "x"}).Partial {
		t.Error("the wrong one is partial")
	}
}

func TestCited(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"Hankuk haber ajansının haberine göre zirve ertelendi.": "Hankuk",
		"Doğuş Haber'in aktardığına göre yol açıldı.":           "Doğuş Haber",
		"The summit was postponed, citing Hankuk news agency":   "Hankuk",
		"Bakanın açıkladığına göre yol açıldı.":                 "",
	} {
		d := finished(newsroom.Dispatch{Headline: "x", Body: paragraphs(text)})
		have := ""
		for _, c := range d.Chain {
			if c.Role == "cited" {
				have = c.Name
			}
		}
		if have != want || d.Chain[0].Name != "Kuzey Ajansı" || d.Chain[0].Role != "provider" {
			t.Errorf("%q: %+v", text, d.Chain)
		}
	}
}

// What is said of a part's rights, or of what a film shows, takes nothing back;
// a second line below the headline may.
func TestNotesThatTakeNothingBack(t *testing.T) {
	t.Parallel()
	for role, is := range map[string]bool{sense.NoteRights: false, sense.NoteDescription + " script": false, sense.NoteSubhead: true, "": true} {
		d := newsroom.Dispatch{Headline: "x"}
		sense.Note(&d, role, "Please do not use this photo after March.")
		if have := finished(d).Notice != nil; have != is {
			t.Errorf("a note of role %q is a notice: %v", role, have)
		}
	}
}
