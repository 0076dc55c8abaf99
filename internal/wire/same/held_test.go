package same_test

import (
	"testing"
	"time"

	"github.com/rotatif/newsroom/internal/wire/same"
)

// Copy as agencies write it, invented: a headline, a text, and whether a desk
// would put the two into one row.
func TestHeldOutPairs(t *testing.T) {
	t.Parallel()
	for set, pairs := range map[string]map[string][5]string{"first": heldPairs(), "second": secondPairs()} {
		t.Run(set, func(t *testing.T) {
			t.Parallel()
			measure(t, pairs)
		})
	}
}

func measure(t *testing.T, pairs map[string][5]string) {
	t.Helper()
	right, wrong, missed := 0, 0, 0
	for name, c := range pairs {
		a, b := same.Of(copyOf(c[1], c[2]), now), same.Of(copyOf(c[3], c[4]), now.Add(90*time.Minute))
		have, want := a.Together(b) != same.Other, c[0] == "one"
		switch {
		case have && want:
			right++
		case have:
			wrong++
			t.Errorf("%s: put into one row as %q", name, a.Together(b))
		case want:
			missed++
			t.Logf("%s: missed", name)
		}
	}
	t.Logf("%d rightly in one row, %d wrongly, %d missed", right, wrong, missed)
	if 5*right < 4*(right+missed) {
		t.Errorf("only %d of %d that belong together are found", right, right+missed)
	}
}

func heldPairs() map[string][5]string {
	bus := [2]string{"Kızılören'de yolcu otobüsü devrildi: 2 ölü, 31 yaralı", "Kızılören-Başdere kara yolunda yolcu otobüsünün devrildiği kazada 2 kişi öldü, 31 kişi yaralandı. Kaza saat 04.20'de Göçkıran mevkisinde oldu. Sürücü Hikmet Bağcı gözaltına alındı."}
	quake := [2]string{"Sarıköy'de 4,6 büyüklüğünde deprem", "Sarıköy açıklarında saat 09.12'de 4,6 büyüklüğünde deprem meydana geldi. Depremin 7,4 kilometre derinlikte olduğu bildirildi. Vali Nuri Tezcan olumsuz bir durum olmadığını söyledi."}
	verdict := [2]string{"Belediye davasında eski başkan Ferit Ulaş'a 6 yıl hapis", "Yenihisar Belediyesindeki ihale davasında eski başkan Ferit Ulaş 6 yıl 3 ay hapis cezasına çarptırıldı. Yenihisar 2. Ağır Ceza Mahkemesindeki duruşmada 14 sanık beraat etti. Avukat Sevda Koral karara itiraz edeceklerini söyledi."}
	merger := [2]string{"EN Northvale to buy Arbor Foods for $2.4 billion", "Northvale Group said on Tuesday it would buy Arbor Foods for $2.4 billion in cash. Chief executive Laura Penfold said the deal would close in June. Arbor employs 8,200 people at 14 plants."}
	crash := [2]string{"EN Plane with 63 aboard makes emergency landing in Halden", "A Vestair plane with 63 people aboard made an emergency landing at Halden airport on Monday after an engine failed, airport chief Erik Solbakken said. Nobody was hurt. The flight was bound for Torsby."}
	strike := [2]string{"Liman işçileri greve çıktı", "Başkoy Limanı'nda çalışan 740 işçi, toplu sözleşme görüşmelerinde anlaşma sağlanamaması üzerine greve çıktı. Liman-Emek Sendikası Başkanı Turan Ekinci, yüzde 45 zam istediklerini söyledi."}
	return map[string][5]string{
		"a bus, another agency":        {"one", bus[0], bus[1], "Otobüs şarampole yuvarlandı: İki can kaybı", "Göçkıran mevkisinde sabaha karşı şarampole yuvarlanan otobüste 2 yolcu hayatını kaybetti, 31 yolcu hastanelere kaldırıldı. Kızılören Devlet Hastanesi'nde tedavi sürüyor. Şoför Hikmet Bağcı'nın ifadesi alınıyor."},
		"a bus, updated":               {"one", bus[0], bus[1], "Kızılören'deki otobüs kazasında ölü sayısı 3'e çıktı", "Kızılören-Başdere kara yolunda yolcu otobüsünün devrildiği kazada ölü sayısı 3'e yükseldi. Kaza saat 04.20'de Göçkıran mevkisinde oldu. Sürücü Hikmet Bağcı gözaltına alındı. Ağır yaralı Elmas Tunalı kurtarılamadı."},
		"a bus, cut":                   {"one", bus[0], bus[1], "Korkunç kaza! Otobüs devrildi", "Kızılören-Başdere kara yolunda yolcu otobüsünün devrildiği kazada 2 kişi öldü, 31 kişi yaralandı."},
		"a bus and another bus":        {"other", bus[0], bus[1], "Çatalkaya'da yolcu otobüsü tıra çarptı: 4 yaralı", "Çatalkaya kavşağında yolcu otobüsünün tıra çarptığı kazada 4 kişi yaralandı. Kaza saat 06.45'te oldu. Sürücü Selami Öncü hastaneye kaldırıldı."},
		"a bus, a lorry there":         {"other", bus[0], bus[1], "Kızılören'de tır devrildi, yol kapandı", "Kızılören çıkışında portakal yüklü tır devrildi, yol 3 saat kapandı. Sürücü Yusuf Bilgi yara almadı."},
		"a quake, another agency":      {"one", quake[0], quake[1], "Sarıköy depremle sarsıldı", "Sarıköy'de 4,6 büyüklüğündeki deprem paniğe yol açtı. Saat 09.12'de kaydedilen sarsıntının derinliği 7,4 kilometre olarak ölçüldü. Vali Nuri Tezcan “Olumsuz ihbar yok” dedi."},
		"two quakes of a day":          {"other", quake[0], quake[1], "Akçaova'da 4,1 büyüklüğünde deprem", "Akçaova açıklarında saat 11.40'ta 4,1 büyüklüğünde deprem meydana geldi. Depremin 9,8 kilometre derinlikte olduğu bildirildi. Vali Sinan Doruk olumsuz bir durum olmadığını söyledi."},
		"a quake and its aftershock":   {"other", "Sarıköy'de 4,6 büyüklüğünde deprem", "Sarıköy açıklarında saat 09.12'de 4,6 büyüklüğünde deprem meydana geldi. Derinlik 7,4 kilometre olarak ölçüldü.", "Sarıköy'de 3,2 büyüklüğünde deprem", "Sarıköy açıklarında saat 10.31'de 3,2 büyüklüğünde deprem meydana geldi. Derinlik 11,0 kilometre olarak ölçüldü."},
		"lists of quakes":              {"other", "Son depremler listesi", "Son 24 saatte kaydedilen depremler: Sarıköy 4,6; Akçaova 4,1; Gümüşlü 3,3; Taşbük 3,0. En büyük deprem Sarıköy'de saat 09.12'de oldu.", "Son depremler listesi", "Son 24 saatte kaydedilen depremler: Çınarköy 3,9; Dereağzı 3,6; Taşbük 3,1; Ulupınar 2,9. En büyük deprem Çınarköy'de saat 17.05'te oldu."},
		"a verdict, another agency":    {"one", verdict[0], verdict[1], "Yenihisar ihale davası karara bağlandı", "Eski Yenihisar Belediye Başkanı Ferit Ulaş, ihaleye fesat karıştırmaktan 6 yıl 3 ay hapis cezası aldı. 14 sanığın beraat ettiği davada savunma avukatı Sevda Koral itiraz edeceklerini açıkladı."},
		"a verdict and an old trial":   {"other", verdict[0], verdict[1], "Yenihisar'da park ihalesine soruşturma", "Yenihisar Belediyesinin park ihalesiyle ilgili soruşturma başlatıldı. Başkan Oya Seren, belgeleri savcılığa ilettiklerini söyledi. İhale bedeli 12 milyon liraydı."},
		"a merger, another agency":     {"one", merger[0], merger[1], "EN Arbor Foods agrees $2.4 billion takeover by Northvale", "Arbor Foods has agreed to be taken over by Northvale Group in a cash deal worth $2.4 billion. Laura Penfold, who runs Northvale, expects to finish it in June. Arbor has 8,200 staff."},
		"a merger and results":         {"other", merger[0], merger[1], "EN Arbor Foods posts lower quarterly profit", "Arbor Foods said quarterly profit fell 12 percent to $48 million as grain prices rose. Finance chief Peter Lund blamed the weather."},
		"a merger and another":         {"other", merger[0], merger[1], "EN Kestrel to buy Milltown Bank for $1.1 billion", "Kestrel Holdings said on Tuesday it would buy Milltown Bank for $1.1 billion in cash. Chief executive Dana Rowe said the deal would close in May."},
		"a landing, another agency":    {"one", crash[0], crash[1], "EN Vestair jet lands safely after engine failure", "All 63 people on a Vestair jet bound for Torsby are safe after it landed at Halden with one engine out, airport chief Erik Solbakken told reporters on Monday."},
		"a landing in two languages":   {"one", crash[0], crash[1], "Vestair uçağı Halden'e acil iniş yaptı", "Torsby'ye giden Vestair uçağı motor arızası nedeniyle Halden Havalimanı'na acil iniş yaptı. Havalimanı Müdürü Erik Solbakken, uçaktaki 63 kişinin yara almadığını bildirdi."},
		"a landing and a strike":       {"other", crash[0], crash[1], "EN Vestair pilots vote to strike", "Pilots at Vestair voted on Monday to strike for 48 hours from Friday, union leader Ola Brekke said. The airline said 120 flights would be cancelled."},
		"a strike, another agency":     {"one", strike[0], strike[1], "Başkoy Limanı'nda grev: 740 işçi iş bıraktı", "Toplu sözleşmede uzlaşma çıkmayınca Başkoy Limanı'ndaki 740 işçi iş bıraktı. Liman-Emek Sendikası Genel Başkanı Turan Ekinci, işverenin yüzde 20 teklif ettiğini aktardı."},
		"a strike and another":         {"other", strike[0], strike[1], "Maden işçileri greve çıktı", "Karaçam maden ocağında çalışan 310 işçi, toplu sözleşme görüşmelerinde anlaşma sağlanamaması üzerine greve çıktı. Maden-Birlik Sendikası Başkanı Cafer Uzun, yüzde 50 zam istediklerini söyledi."},
		"a visit, two agencies":        {"one", "Başbakan Holt, Velden'de Cumhurbaşkanı Brandner ile görüştü", "Başbakan James Holt, Velden'de Cumhurbaşkanı Anna Brandner ile bir araya geldi. Görüşme 90 dakika sürdü. İki lider 4 milyar avroluk enerji anlaşmasını ele aldı.", "Holt ile Brandner'den 4 milyarlık enerji mesajı", "Velden'deki görüşmenin ardından konuşan Anna Brandner, 4 milyar avroluk anlaşmanın hazır olduğunu söyledi. James Holt da “Enerjide yeni sayfa” dedi. Liderler 90 dakika baş başa kaldı."},
		"one man, two cities":          {"other", "Başbakan Holt, Velden'de Cumhurbaşkanı Brandner ile görüştü", "Başbakan James Holt, Velden'de Cumhurbaşkanı Anna Brandner ile bir araya geldi. Görüşme 90 dakika sürdü.", "Başbakan Holt sel bölgesini gezdi", "Başbakan James Holt, Larkhaven'daki sel bölgesini gezdi. Holt, 60 milyonluk yardım sözü verdi."},
		"one star, two stories":        {"other", "Mira Tansel yeni albümünü tanıttı", "Şarkıcı Mira Tansel, 11 şarkılık albümü Kırık Pusula'yı Göksu Sahnesi'nde tanıttı. Tansel albümü iki yılda hazırladığını söyledi.", "Mira Tansel'e hakaret davası", "Şarkıcı Mira Tansel'e sosyal medyada hakaret eden sanık Okan V.'ye 5 bin lira ceza verildi. Duruşmaya Tansel katılmadı."},
		"results of one match":         {"one", "Gökspor: 3 - Demirova: 1", "Gökspor, Yayla Stadı'nda Demirova'yı 3-1 yendi. Gökspor'un gollerini 12. ve 58. dakikada Burak Esen, 77. dakikada Luka Maric attı.", "Gökspor evinde güldü", "Yayla Stadı'ndaki maçta Burak Esen'in iki, Luka Maric'in bir golüyle Demirova'yı 3-1 geçen Gökspor puanını 41'e çıkardı."},
		"a match and its draw":         {"other", "Gökspor: 3 - Demirova: 1", "Gökspor, Yayla Stadı'nda Demirova'yı 3-1 yendi. Gökspor'un gollerini Burak Esen ve Luka Maric attı.", "Kupada kuralar çekildi", "Kupa çeyrek finalinde Gökspor, Ulusoyspor ile; Demirova, Kalespor ile eşleşti. Maçlar 18 Mart'ta oynanacak."},
		"results of two leagues":       {"other", "Voleybolda haftanın sonuçları", "Voleybol liginde haftanın sonuçları: Arıkent 3-0 Selkent, Batıköy 3-2 Gölyazı, Kırkpınar 1-3 Maviova.", "Voleybolda haftanın sonuçları", "Voleybol liginde haftanın sonuçları: Gölyazı 3-1 Arıkent, Maviova 0-3 Batıköy, Selkent 3-2 Kırkpınar."},
		"markets of two days":          {"other", "Altın güne yükselişle başladı", "Serbest piyasada gram altın güne yüzde 0,6 yükselişle 4.112 liradan başladı. Çeyrek altın 6.780 liradan satılıyor.", "Altın güne düşüşle başladı", "Serbest piyasada gram altın güne yüzde 0,3 düşüşle 4.098 liradan başladı. Çeyrek altın 6.751 liradan satılıyor."},
		"weather of two regions":       {"other", "Doğu'da kar yağışı bekleniyor", "Meteoroloji, Tepeli, Karaçam ve Gümüşlü için kar uyarısı yaptı. En düşük sıcaklığın eksi 14 derece olacağı bildirildi.", "Batı'da sağanak bekleniyor", "Meteoroloji, Sarıköy, Akçaova ve Başkoy için sağanak uyarısı yaptı. En yüksek sıcaklığın 13 derece olacağı bildirildi."},
		"a raid, two agencies":         {"one", "Dört ilde dolandırıcılık operasyonu: 18 gözaltı", "Karataş merkezli 4 ilde düzenlenen dolandırıcılık operasyonunda 18 şüpheli gözaltına alındı. Şüphelilerin 86 kişiyi 22 milyon lira dolandırdığı belirlendi.", "22 milyonluk vurgun çetesi çökertildi", "Karataş polisi, 86 kişiyi 22 milyon lira dolandıran çeteye 4 ilde eş zamanlı baskın yaptı, 18 şüpheli yakalandı."},
		"two raids":                    {"other", "Dört ilde dolandırıcılık operasyonu: 18 gözaltı", "Karataş merkezli 4 ilde düzenlenen dolandırıcılık operasyonunda 18 şüpheli gözaltına alındı. Şüphelilerin 86 kişiyi 22 milyon lira dolandırdığı belirlendi.", "Üç ilde uyuşturucu operasyonu: 18 gözaltı", "Mermerli merkezli 3 ilde düzenlenen uyuşturucu operasyonunda 18 şüpheli gözaltına alındı. Aramalarda 40 kilogram esrar ele geçirildi."},
		"a find, English agencies":     {"one", "EN Roman mosaic found under Corbrae car park", "Archaeologists have found a Roman mosaic under a car park in Corbrae, Professor Neil Ashcombe of Dunfield University said. The 40-square-metre floor shows Neptune.", "EN Neptune floor emerges below Corbrae parking lot", "A 40-square-metre Roman floor showing Neptune has come to light beneath a parking lot in Corbrae. Dunfield University's Neil Ashcombe called it unique."},
		"a find and a theft":           {"other", "EN Roman mosaic found under Corbrae car park", "Archaeologists have found a Roman mosaic under a car park in Corbrae, Professor Neil Ashcombe of Dunfield University said.", "EN Corbrae museum loses Roman coins to thieves", "Thieves stole 300 Roman coins from the Corbrae museum overnight, curator Mary Thane said. Police sealed off the building."},
		"a storm, a warning":           {"other", "EN Storm Petra cuts power to 90,000 homes", "Storm Petra cut power to 90,000 homes around Wexcombe on Sunday, grid chief Alan Moyes said. Winds reached 140 kph.", "EN Forecasters warn of new storm", "Forecasters warned of a new storm on Thursday with winds of 120 kph on the northern coast, meteorologist Ida Krag said."},
		"a storm, two agencies":        {"one", "EN Storm Petra cuts power to 90,000 homes", "Storm Petra cut power to 90,000 homes around Wexcombe on Sunday, grid chief Alan Moyes said. Winds reached 140 kph.", "EN 90,000 without power as Petra lashes Wexcombe", "About 90,000 homes in Wexcombe were dark on Sunday after Storm Petra struck with winds of 140 kph. Alan Moyes, head of the grid, said repairs would take days."},
		"a death and a funeral abroad": {"other", "Yazar Leyla Akbaş hayatını kaybetti", "Yazar Leyla Akbaş, tedavi gördüğü Göksu Hastanesi'nde 81 yaşında öldü. Akbaş'ın 14 romanı 9 dile çevrildi.", "Besteci Ilario Conti son yolculuğuna uğurlandı", "Besteci Ilario Conti, Bellano'daki törenle toprağa verildi. Törene 2 bin kişi katıldı."},
	}
}
