package same_test

import (
	"os"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/rotatif/newsroom"
	"github.com/rotatif/newsroom/internal/wire/same"
)

// copyOf is copy with a headline, in Turkish unless its first word says English.
func copyOf(headline string, paragraphs ...string) newsroom.Dispatch {
	d := text(paragraphs...)
	d.Headline, d.Language = headline, "tr"
	if rest, is := strings.CutPrefix(headline, "EN "); is {
		d.Headline, d.Language = rest, "en"
	}
	return d
}

// pairs are two agencies' copy, invented, and whether a desk would put them into one row.
func pairs() map[string]struct {
	a, b newsroom.Dispatch
	one  bool
} {
	type pair = struct {
		a, b newsroom.Dispatch
		one  bool
	}
	fire := copyOf("Çamlıova'da mobilya fabrikasında yangın: 4 işçi etkilendi", "Çamlıova Organize Sanayi Bölgesi'ndeki mobilya fabrikasında çıkan yangında 4 işçi dumandan etkilendi. Saat 03.15'te başlayan yangına 27 itfaiye aracı müdahale etti.", "Fabrika müdürü Selim Karaduman, 1.200 metrekarelik deponun yandığını söyledi.")
	return map[string]pair{
		"a fire, two agencies":      {fire, copyOf("Çamlıova'da mobilya fabrikası yandı, 4 işçi hastanelik oldu", "Gece yarısından sonra alevlere teslim olan mobilya fabrikası kül oldu. Çamlıova Organize Sanayi Bölgesi'nde 27 araçla müdahale edildi.", "Fabrika müdürü Selim Karaduman “1.200 metrekare gitti” dedi. Dumandan zehirlenen 4 kişinin durumu iyi."), true},
		"two fires":                 {fire, copyOf("Gökpınar'da fabrika yangını: 2 işçi yaralı", "Gökpınar ilçesindeki tekstil fabrikasında çıkan yangında 2 işçi yaralandı. Sabah 08.40'ta kazan dairesinde başlayan yangını 9 itfaiye aracı söndürdü.", "İşletme sahibi Nermin Ulu zararın büyük olduğunu belirtti."), false},
		"a fire and a fair there":   {fire, copyOf("Çamlıova'da mobilya fuarı açıldı", "Çamlıova Organize Sanayi Bölgesi'nde mobilya fuarı 120 firmanın katılımıyla açıldı.", "Belediye Başkanı Orhan Telli, fuarın 4 gün süreceğini söyledi."), false},
		"a ship, re-sent in haste":  {copyOf("Körfez'de gemi karaya oturdu", "Körfez'de karaya oturan Yıldızeli adlı gemideki 14 mürettebat kurtarıldı. Kaptan Halil Sönmez makine arızası yüzünden sürüklendiklerini söyledi. Gemideki 320 ton yakıt için römorkörler bekliyor."), copyOf("KÖRFEZ'DE GEMİ KARAYA OTURDU", "(KA) - Körfez'de karaya oturan Yıldızeli adlı gemideki 14 mürettebat kurtarıldı. Kaptan Halil Sönmez makine arızası yüzünden sürüklendiklerini söyledi. Gemideki 320 ton yakıt için römorkörler bekliyor."), true},
		"two crashes of a day":      {copyOf("Karasu'da kaza: 3 yaralı", "Karasu kavşağında iki otomobilin çarpıştığı kazada 3 kişi yaralandı. Yaralılar Karasu Devlet Hastanesi'ne kaldırıldı. Sürücü Emre Tuna ifade verdi."), copyOf("Akdere'de kaza: 3 yaralı", "Akdere yolunda devrilen minibüsteki 3 kişi yaralandı. Yaralılar Akdere Devlet Hastanesi'ne kaldırıldı. Sürücü Veli Ongun ifade verdi."), false},
		"one minister, two matters": {copyOf("Bakan Alkan: Okullara 5.000 öğretmen alınacak", "Eğitim Bakanı Sedat Alkan, okullara 5.000 öğretmen alınacağını söyledi. Alkan atamaların martta yapılacağını bildirdi."), copyOf("Bakan Alkan depremzede aileleri ziyaret etti", "Bakan Sedat Alkan, Gökpınar'da 12 aileyi ziyaret etti. Alkan konutların yaza biteceğini bildirdi, çocuklara kitap dağıttı."), false},
		"one speech, two headlines": {copyOf("Bakan Alkan: Okullara 5.000 öğretmen alınacak", "Eğitim Bakanı Sedat Alkan, Çamlıova'daki toplantıda okullara 5.000 öğretmen alınacağını söyledi. Alkan atamaların 14 Mart'ta yapılacağını, 81 ile dağıtılacağını bildirdi."), copyOf("Okullara 5 bin yeni öğretmen: Bakan tarih verdi, öğretmen alınacak", "Bakan Sedat Alkan, öğretmen alınacak okulların belli olduğunu Çamlıova'da açıkladı. Sedat Alkan “5.000 öğretmen 81 ilimize gidecek” dedi."), true},
		"weather of two days":       {copyOf("Marmara'da hava durumu", "Marmara'da bugün hava parçalı bulutlu, en yüksek sıcaklık Karasu'da 12, Akdere'de 11 derece olacak. Rüzgâr kuzeyden orta kuvvette esecek."), copyOf("Marmara'da hava durumu", "Marmara'da bugün hava parçalı bulutlu, en yüksek sıcaklık Karasu'da 15, Akdere'de 17 derece olacak. Rüzgâr güneyden hafif esecek."), false},
		"a draw of two weeks":       {copyOf("Sayısal Loto sonuçları belli oldu", "Sayısal Loto çekilişinde kazanan numaralar 3, 14, 22, 31, 40 ve 49 oldu. Altı bilen 1 kişi büyük ikramiyeyi kazandı."), copyOf("Sayısal Loto sonuçları belli oldu", "Sayısal Loto çekilişinde kazanan numaralar 5, 11, 27, 33, 41 ve 48 oldu. Altı bilen çıkmadı, ikramiye devretti."), false},
		"a flood in English":        {copyOf("EN Flood kills 9 in Larkhaven, mayor says", "Nine people died after the Torrin river burst its banks in Larkhaven overnight, mayor Ada Brennick said. Some 3,400 homes lost power.", "Rescuers in 60 boats searched the Millgate district."), copyOf("EN Nine dead as flood sweeps Larkhaven", "LARKHAVEN - Flood waters from the Torrin swept through Larkhaven, leaving 9 dead, according to mayor Ada Brennick.", "About 3,400 households in Millgate were without electricity."), true},
		"a flood and its inquiry":   {copyOf("EN Flood kills 9 in Larkhaven, mayor says", "Nine people died after the Torrin river burst its banks in Larkhaven overnight, mayor Ada Brennick said. Some 3,400 homes lost power."), copyOf("EN Stonebury to rebuild bridge after storms", "Stonebury council voted to rebuild the Arden bridge for 12 million. Engineer Paul Wystan said work would last 9 months."), false},
		"markets of two houses":     {copyOf("EN Stocks close higher in Larkhaven", "Stocks closed higher on Tuesday, the main index up 1.2 percent at 4,310 points. Banks led gains."), copyOf("EN Stocks close lower in Larkhaven", "Stocks closed lower on Wednesday, the main index down 0.7 percent at 4,280 points. Banks led losses."), false},
		"two languages":             {copyOf("Larkhaven'da sel: 9 ölü", "Torrin Nehri'nin taşmasıyla Larkhaven'da meydana gelen selde 9 kişi öldü, 3.400 ev elektriksiz kaldı. Belediye Başkanı Ada Brennick, Millgate semtinde 60 botla arama yapıldığını söyledi."), copyOf("EN Flood kills 9 in Larkhaven, mayor says", "Nine people died after the Torrin river burst its banks in Larkhaven overnight, mayor Ada Brennick said. Some 3,400 homes lost power.", "Rescuers in 60 boats searched the Millgate district."), true},
		"matches of one evening":    {copyOf("Karasuspor 2-1 kazandı", "Karasuspor, Akdere Stadı'nda konuk ettiği Telliköy'ü 2-1 yendi. Golleri Mert Aydos ve Can Erel attı. Teknik direktör Tuna Sezer oyuncularını kutladı."), copyOf("Çamlıovaspor 2-1 kazandı", "Çamlıovaspor, Gökpınar Stadı'nda konuk ettiği Pınarköy'ü 2-1 yendi. Golleri Ali Toker ve Ege Uslu attı. Teknik direktör Rıza Koçer memnundu."), false},
		"nothing but a headline":    {copyOf("Deprem oldu"), copyOf("Deprem oldu"), false},
	}
}

func TestTogether(t *testing.T) {
	t.Parallel()
	right, wrong, missed := 0, 0, 0
	for name, c := range pairs() {
		a, b := same.Of(c.a, now), same.Of(c.b, now.Add(2*time.Hour))
		have := a.Together(b)
		if have != b.Together(a) {
			t.Errorf("%s: it depends on which is asked", name)
		}
		switch one := have != same.Other; {
		case one && c.one:
			right++
		case one:
			wrong++
			t.Errorf("%s: put into one row as %q", name, have)
		case c.one:
			missed++
			t.Logf("%s: missed", name)
		}
		if c.one && same.Of(c.a, now).Together(same.Of(c.b, now.Add(40*time.Hour))) == same.Event {
			t.Errorf("%s: one event, two days apart", name)
		}
	}
	t.Logf("%d rightly in one row, %d wrongly, %d missed, of %d pairs", right, wrong, missed, len(pairs()))
	if right < 5 {
		t.Errorf("only %d of the pairs that belong together are found", right)
	}
}

// Copy is found again by its keys, also when it was cut, and keys are bounded.
func TestKeysFindCutCopy(t *testing.T) {
	t.Parallel()
	whole := text(crash, place, after, inside, own)
	for name, d := range map[string]newsroom.Dispatch{"itself": whole, "cut": text(crash, place), "turned round": text(inside, after, place)} {
		shared := 0
		of := map[int64]bool{}
		for _, key := range same.Of(whole, now).Keys() {
			of[key] = true
		}
		for _, key := range same.Of(d, now).Keys() {
			if of[key] {
				shared++
			}
		}
		if shared == 0 || len(of) > 48 {
			t.Errorf("%s: %d keys shared of %d", name, shared, len(of))
		}
	}
	if keys := same.Of(text(), now).Keys(); len(keys) != 0 {
		t.Errorf("%v of nothing", keys)
	}
}

// The sample of two agencies' copy is one event.
func TestTwoAgenciesSample(t *testing.T) {
	t.Parallel()
	raw, err := os.ReadFile("../../../../shared/data/wire/feeds/synthetic-same-story-two-agencies.xml")
	if err != nil {
		t.Skip("the shared samples are not here")
	}
	prints := []same.Print{}
	for _, item := range regexp.MustCompile(`(?s)<item>.*?</item>`).FindAllString(string(raw), -1) {
		part := func(name string) string {
			found := regexp.MustCompile(`(?s)<` + name + `[^>]*>(.*?)</` + name + `>`).FindStringSubmatch(item)
			if found == nil {
				return ""
			}
			return regexp.MustCompile(`<[^>]*>|<!\[CDATA\[|\]\]>`).ReplaceAllString(found[1], " ")
		}
		prints = append(prints, same.Of(copyOf(part("title"), part("description")+" "+part("content:encoded")), now))
	}
	together := 0
	for i := range prints {
		for j := range i {
			if prints[i].Together(prints[j]) != same.Other {
				together++
			}
		}
	}
	if together == 0 {
		t.Errorf("of %d items none stand together", len(prints))
	}
}
