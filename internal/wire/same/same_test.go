package same_test

import (
	"strings"
	"testing"
	"time"

	"github.com/rotatif/newsroom"
	"github.com/rotatif/newsroom/internal/wire/same"
)

func text(paragraphs ...string) newsroom.Dispatch {
	d := newsroom.Dispatch{}
	for _, p := range paragraphs {
		kind := newsroom.Paragraph
		if rest, is := strings.CutPrefix(p, "# "); is {
			kind, p = newsroom.Subhead, rest
		}
		d.Body = append(d.Body, newsroom.Block{Kind: kind, Text: []newsroom.Span{{Text: p}}})
	}
	return d
}

const (
	crash  = "Çamlıova'da iki otomobilin çarpıştığı kazada 3 kişi yaralandı, sürücülerden biri hastaneye helikopterle götürüldü."
	place  = "Edinilen bilgiye göre, Karasu kavşağında saat 14.30 sıralarında 34 plakalı otomobil karşı yönden gelen araçla çarpıştı."
	after  = "İhbar üzerine olay yerine sağlık ve jandarma ekipleri sevk edildi, yaralılar çevredeki hastanelerde tedavi altına alındı."
	inside = "Kazayla ilgili soruşturma sürerken kavşakta ulaşım iki saat boyunca tek şeritten sağlandı, ekipler yolu temizledi."
	own    = "Yaz mevsiminin en acı haberlerinden biri bu kez ilçemizden geldi ve herkesi derinden üzdü, komşular günlerce konuştu."
	rates  = "Serbest piyasada güne yükselişle başlayan dolar A liradan, avro B liradan, sterlin C liradan satılıyor. Dün doların satış fiyatı D lira olmuştu, gram altın ise E liradan el değiştirdi."
)

func day(a, b, c, d, e string) string {
	return strings.NewReplacer("A", a, "B", b, "C", c, "D", d, "E", e).Replace(rates)
}

func TestRelate(t *testing.T) {
	t.Parallel()
	whole := text("ÇAMLIOVA (KA) - "+crash, place, after, inside)
	for name, c := range map[string]struct {
		a, b newsroom.Dispatch
		want same.Relation
	}{
		"itself":                     {whole, whole, same.Text},
		"another dateline":           {whole, text("(BA) - "+crash, place, after, inside), same.Text},
		"in capitals":                {whole, text(strings.ToUpper(after), place, crash), same.Text},
		"cut":                        {whole, text(crash, place), same.Text},
		"subheads put in":            {whole, text(crash, "# İŞTE AYRINTILAR", place, "# EKİPLER GELDİ", after), same.Text},
		"an update with two numbers": {whole, text(strings.Replace(crash, "3 kişi", "4 kişi", 1), place, after, inside, own), same.Text},
		"own intro, half the rest":   {whole, text(own, place, "Belediye yeni bir ışık sistemi kuracağını geçen hafta meclis toplantısında duyurmuştu, ihale ise ay sonunda yapılacak."), same.Other},
		"own paragraphs between":     {whole, text(own, place, after), same.Derived},
		"another event, same words":  {whole, text("Karasu'da bir kamyonun devrildiği kazada sürücü yaralandı.", "Edinilen bilgiye göre, çevre yolunda yükü kayan kamyon şarampole devrildi, yola saçılan domatesleri mahalle sakinleri topladı.", after), same.Other},
		"rates of two days":          {text(day("41,20", "48,10", "55,30", "41,05", "5.410")), text(day("42,31", "49,02", "56,77", "42,18", "5.502")), same.Other},
		"the same rates twice":       {text(day("41,20", "48,10", "55,30", "41,05", "5.410")), text("Piyasalar güne böyle başladı.", day("41,20", "48,10", "55,30", "41,05", "5.410")), same.Text},
		"too short to say":           {text("Deprem oldu."), text("Deprem oldu."), same.Other},
		"nothing at all":             {text(), whole, same.Other},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a, b := same.Of(c.a, now), same.Of(c.b, now)
			if got := a.Relate(b); got != c.want {
				t.Errorf("%q, want %q (%.2f shared)", got, c.want, a.Shared(b))
			}
			if a.Relate(b) != b.Relate(a) {
				t.Error("it depends on which is asked")
			}
		})
	}
}

var now = time.Date(2026, 3, 4, 10, 0, 0, 0, time.UTC)
