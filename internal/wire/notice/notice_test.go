package notice_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/rotatif/newsroom"
	"github.com/rotatif/newsroom/internal/wire/notice"
)

func TestFind(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		headline, line string
		kind           newsroom.NoticeKind
	}{
		// what kills
		{`İPTAL - Çamlıova'da "Bahar Pazarı" açıldı`, `ABONELERİMİZİN DİKKATİNE: Bugün saat 11.15'te geçtiğimiz "Çamlıova'da 'Bahar Pazarı' açıldı" başlıklı haberimiz iptal edilmiştir.`, newsroom.NoticeKill},
		{`HABER İPTALİ`, `Sabah geçtiğimiz yangın haberi doğru değildir.`, newsroom.NoticeKill},
		{`*** İPTAL *** Çamlıova'da yangın`, ``, newsroom.NoticeKill},
		{`Çamlıova'da yangın`, `Lütfen ka 0149 "Fabrika yandı" haberini kullanmayınız.`, newsroom.NoticeKill},
		{`Duyuru`, `KA-550 numaralı haberimizi dikkate almayınız.`, newsroom.NoticeKill},
		{`Not`, `"Fabrika yandı" başlıklı haber geri çekilmiştir. Bilginize.`, newsroom.NoticeKill},
		{`Yayın notu`, `Bugünkü haberlerimizden "Baraj taştı" geçersizdir, haberimizi iptal ettik.`, newsroom.NoticeKill},
		{`KILL KILL KILL`, `Please kill item ka 157 "Rocket launched".`, newsroom.NoticeKill},
		{`MANDATORY KILL: Rocket launched`, ``, newsroom.NoticeKill},
		{`STORY WITHDRAWN-Rocket launched`, `The story is wrong.`, newsroom.NoticeKill},
		{`Rocket`, `This story has been withdrawn. A substitute will run.`, newsroom.NoticeKill},
		{`Advisory`, `Please disregard our earlier alert on the rocket.`, newsroom.NoticeKill},
		{`Advisory`, `Media are asked not to use this photo.`, newsroom.NoticeKill},
		{`Advisory`, `Clients should not use the story "Rocket launched".`, newsroom.NoticeKill},
		{`Rocket`, `We are withdrawing our story on the rocket.`, newsroom.NoticeKill},
		{`PHOTO REMOVED: Rocket launched`, ``, newsroom.NoticeKill},
		{`Item withdrawn: Rocket launched`, ``, newsroom.NoticeKill},
		{`ANNULATION - Fusée lancée`, ``, newsroom.NoticeKill},
		{`Achtung`, `Bitte die Meldung ka 0157 nicht verwenden.`, newsroom.NoticeKill},
		{`Aviso`, `La noticia "Cohete lanzado" queda anulada.`, newsroom.NoticeKill},
		// what waits
		{`HOLD HOLD HOLD`, `Please hold item ka 123 "Queen ends visit". There is some doubt.`, newsroom.NoticeHold},
		{`Duyuru`, `"Köprü çöktü" başlıklı haberimizi ikinci bir duyuruya kadar kullanmayınız.`, newsroom.NoticeHold},
		{`Duyuru`, `KA-17 numaralı haberimizi teyit edilene kadar bekletiniz.`, newsroom.NoticeHold},
		{`HOLD LIFTED: Queen ends visit`, `The story can be used in its original form.`, newsroom.NoticeRelease},
		// what is put right
		{`DÜZELTME - Köprünün maliyeti 400 bin lira`, `NOT: ka-310 numaralı haberimizi rakamı düzelterek yeniden geçiyoruz.`, newsroom.NoticeCorrection},
		{`Köprünün maliyeti 400 bin lira`, `Haberimizi başlığındaki yanlışlığı gidererek yeniden geçiyoruz.`, newsroom.NoticeCorrection},
		{`Düzeltme: Köprünün maliyeti`, ``, newsroom.NoticeCorrection},
		{`CORRECTED-Rocket launched on Tuesday`, `(Corrects day in first paragraph)`, newsroom.NoticeCorrection},
		{`Rocket launched`, `(Corrects spelling of name)`, newsroom.NoticeCorrection},
		{`Berichtigung: Rakete gestartet`, ``, newsroom.NoticeCorrection},
		// what is news
		{`İptal edilen konser için bilet iadesi başladı`, `Yağmur nedeniyle konser iptal edilmiştir.`, ""},
		{`Uçak seferleri iptal edildi`, `Haber alınamayan geminin seferi de iptal edildi.`, ""},
		{`İptal: Konser yapılmadı`, `Belediye konseri iptal etti.`, ""},
		{`Bakanlık uyardı`, `Bu ürünü yeni bir duyuruya kadar kullanmayınız.`, ""},
		{`Valilik açıkladı`, `Asılsız haberlere itibar etmeyiniz, resmî açıklamaları dikkate alınız.`, ""},
		{`Mahkemeden karar`, `"Belediyede usulsüzlük" başlıklı haberin yayından kaldırılmasına karar verildi.`, ""},
		{`Başkan yalanladı`, `"Arsa satıldı" başlıklı haberde yanlış bilgiler bulunduğunu söyledi.`, ""},
		{`Teklif geri çekildi`, `Geçtiğimiz hafta verilen teklif geri çekilmiştir.`, ""},
		{`Düzeltme dersleri başladı`, ``, ""},
		{`DÜZELTME DERSLERİ BAŞLADI`, ``, ""},
		{`Kill count in game rises`, `Players kill dragons.`, ""},
		{`Hold the line, minister says`, `Hold on to your seats.`, ""},
		{`Minister withdraws bill`, `The bill has been withdrawn.`, ""},
		{`Report retracted by journal`, `The journal said a 2019 report on bees was retracted.`, ""},
		{`Software flaw found`, `The older version should not be used, the company said.`, ""},
		{`Market correction deepens`, `Correction of the market took weeks.`, ""},
		{`Photo removed: museum answers`, ``, ""},
		{`Alert eliminated – the cup goes on without them`, ``, ""},
		{`Court rules`, `A judge ruled that media may not publish a photo of the victim.`, ""},
		{`Police appeal`, `Media are asked not to publish the photo of the witness, police said.`, ""},
		{`Bank warns`, `The bank said customers should not use the copy of the card.`, ""},
		{`Watchdog`, `The watchdog said clients must not use the report.`, ""},
		{`University`, `We have withdrawn the report, the university said.`, ""},
		{`Minister`, `“We withdraw the item,” the minister told the council.`, ""},
		{`Makers`, `We are withdrawing from shops, the maker said, and will report on it.`, ""},
		{`Appello`, `Si prega di non diffondere la foto della bambina, ha detto la polizia.`, ""},
		{`Rückruf`, `Verbraucher sollten das Produkt bitte nicht verwenden.`, ""},
		{``, ``, ""},
	} {
		n := notice.Find(notice.Copy{Headline: c.headline, Lines: []string{c.line}})
		if got := kindOf(n); got != c.kind {
			t.Errorf("%s | %s: %q, want %q", c.headline, c.line, got, c.kind)
		}
	}
}

func kindOf(n *newsroom.Notice) newsroom.NoticeKind {
	if n == nil {
		return ""
	}
	return n.Kind
}

func TestPointsAtWhatItMeans(t *testing.T) {
	t.Parallel()
	zone := time.FixedZone("", 3*3600)
	sent := time.Date(2026, 3, 4, 12, 31, 0, 0, zone)
	n := notice.Find(notice.Copy{
		Headline: `İPTAL - Çamlıova'da "Bahar Pazarı" açıldı`, Sent: sent, Zone: zone,
		Lines: []string{`Bugün saat 11.15'te geçtiğimiz KA-0550 numaralı "Çamlıova'da 'Bahar Pazarı' açıldı" başlıklı haberimiz iptal edilmiştir.`},
	})
	if n == nil || !slices.Contains(n.IDs, "KA-0550") || !slices.Contains(n.Headlines, `Çamlıova'da 'Bahar Pazarı' açıldı`) {
		t.Fatalf("%+v", n)
	}
	if want := time.Date(2026, 3, 4, 8, 15, 0, 0, time.UTC); !n.At.Equal(want) {
		t.Errorf("at %v", n.At)
	}
	late := notice.Find(notice.Copy{Headline: "HABER İPTALİ", Lines: []string{"Saat 23.50'de geçilen haberimiz iptal edilmiştir."}, Sent: sent, Zone: zone})
	gmt := notice.Find(notice.Copy{Headline: "KILL", Lines: []string{"Please kill the story sent at 0812 GMT."}, Sent: sent, Zone: zone})
	if want := time.Date(2026, 3, 4, 8, 12, 0, 0, time.UTC); gmt == nil || !gmt.At.Equal(want) {
		t.Errorf("a clock of Greenwich: %+v", gmt)
	}
	if want := time.Date(2026, 3, 3, 20, 50, 0, 0, time.UTC); late == nil || !late.At.Equal(want) {
		t.Errorf("yesterday's clock: %+v", late)
	}
}

// A hostile text is looked through in bounded time and never breaks the finder.
func FuzzFind(f *testing.F) {
	f.Add("İPTAL - x", "haberimiz iptal edilmiştir", "ka 0149 \"Fabrika yandı\" haberini kullanmayınız")
	f.Add(strings.Repeat("haberimiz ", 500), strings.Repeat("\"", 900), strings.Repeat("ı", 3000))
	f.Fuzz(func(t *testing.T, headline, one, two string) {
		n := notice.Find(notice.Copy{Headline: headline, Lines: []string{one, two}, Notes: []string{two}, Sent: time.Unix(1e9, 0)})
		if n != nil && (n.Kind == "" || n.Words == "" || len(n.IDs) > 10 || len(n.Headlines) > 11) {
			t.Errorf("%+v", n)
		}
	})
}
