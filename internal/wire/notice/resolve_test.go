package notice_test

import (
	"testing"
	"time"

	"github.com/rotatif/newsroom"
	"github.com/rotatif/newsroom/internal/wire/notice"
)

// What a notice says in words leads to the copy it means, and to no other.
func TestWordsLeadToCopy(t *testing.T) {
	t.Parallel()
	zone := time.FixedZone("", 3*3600)
	at := func(hour, minute int) time.Time { return time.Date(2026, 3, 4, hour, minute, 0, 0, zone) }
	copyOf := func(id newsroom.ItemID, key, headline, place, slug string, made time.Time) newsroom.WireItem {
		return newsroom.WireItem{ID: id, Key: newsroom.ItemKey{Provider: "ka", ID: key}, Text: newsroom.Dispatch{
			Headline: headline, Slugline: slug, Status: newsroom.Usable, VersionCreated: made, Dateline: newsroom.Dateline{Place: place}}}
	}
	window := []newsroom.WireItem{
		copyOf(1, "ka-204", "Belediye başkanı görevinden istifa etti", "ÇAMLIOVA", "BC-Mayor-Resigns", at(14, 12)),
		copyOf(2, "ka-205", "Ovada don uyarısı: Çiftçiler nöbette", "KARASU", "frost", at(14, 15)),
		copyOf(3, "urn:ka:text:20260304:0157", "Bridge closed after truck hits pillar", "HILLTOWN", "bridge-closed", at(9, 40)),
		copyOf(4, "20260304AW000777", "Limanda yük gemisi karaya oturdu", "TEPELİ", "", at(11, 15)),
		copyOf(5, "ka-2040", "Tepeli'de pazar kuruldu", "TEPELİ", "", at(8, 0)),
	}
	for _, c := range []struct {
		headline, line, place string
		want                  newsroom.ItemID
	}{
		{`HABER İPTALİ`, `ka-204 numaralı haberimiz iptal edilmiştir.`, "", 1},
		{`HABER İPTALİ`, `204 no'lu haberimizi kullanmayınız.`, "", 1},
		{`HABER İPTALİ`, `KA 204 kodlu haberimizi kullanmayınız.`, "", 1},
		{`İPTAL - Belediye başkanı görevinden istifa etti`, ``, "", 1},
		{`İPTAL: BELEDİYE BAŞKANI GÖREVİNDEN İSTİFA ETTİ`, ``, "", 1},
		{`HABER İPTALİ`, `“Belediye Başkanı görevinden istifa etti” başlıklı haberimizi kullanmayınız.`, "", 1},
		{`HABER İPTALİ`, `'Belediye başkanı görevinden istifa etti' başlıklı haberimizi kullanmayınız.`, "", 1},
		{`HABER İPTALİ: Belediye başkanı görevinden istifa etti`, ``, "", 1},
		{`(İPTAL) Belediye başkanı görevinden istifa etti`, ``, "", 1},
		{`HABER İPTALİ`, `Saat 14.10'da geçilen haberimiz iptal edilmiştir.`, "ÇAMLIOVA", 1},
		{`HABER İPTALİ`, `Çamlıova mahreçli, saat 14.12'de geçtiğimiz haberimiz iptal edilmiştir.`, "", 1},
		{`HABER İPTALİ`, `14.15'te Karasu'dan geçtiğimiz don haberimiz iptal edilmiştir.`, "", 2},
		{`KILL KILL KILL`, `Please kill item ka 157 "Bridge closed".`, "", 3},
		{`KILL KILL KILL`, `Please kill item 0157.`, "", 3},
		{`KILL: Bridge closed after truck hits pillar`, ``, "", 3},
		{`MANDATORY KILL`, `Please kill the story slugged BC-Mayor-Resigns.`, "", 1},
		{`STORY WITHDRAWN-Bridge closed after truck hits pillar`, `The story is wrong.`, "", 3},
		{`Bridge closed after truck hits pillar - STORY WITHDRAWN`, ``, "", 3},
		{`KILL`, `Please kill the story from Hilltown timed 09:40.`, "", 3},
		{`HABER İPTALİ`, `20260304AW000777 kodlu haberimizi kullanmayınız.`, "", 4},
		{`HABER İPTALİ`, `11:15 saatli, Tepeli'den geçilen haberimiz iptal edilmiştir.`, "", 4},
		{`Achtung`, `Bitte die Meldung „Bridge closed after truck hits pillar“ nicht verwenden.`, "", 3},
		{`HABER İPTALİ`, `ka-206 numaralı haberimiz iptal edilmiştir.`, "", 0},
		{`HABER İPTALİ`, `ka-20 numaralı haberimiz iptal edilmiştir.`, "", 0},
		{`HABER İPTALİ`, `Saat 14.13'te geçtiğimiz haberimiz iptal edilmiştir.`, "", 0},
		{`HABER İPTALİ`, `Çamlıova mahreçli, saat 16.00'da geçtiğimiz haberimiz iptal edilmiştir.`, "", 0},
		{`HABER İPTALİ`, `"Belediye başkanı seçim takvimini açıkladı" başlıklı haberimiz iptal edilmiştir.`, "", 0},
		{`HABER İPTALİ`, `Çamlıova mahreçli haberimiz iptal edilmiştir.`, "", 0},
	} {
		from := copyOf(9, "ka-299", c.headline, c.place, "", at(17, 0))
		from.Text.Body = []newsroom.Block{{Kind: newsroom.Paragraph, Text: []newsroom.Span{{Text: c.line}}}}
		from.Text.Notice = notice.Find(notice.Copy{Headline: c.headline, Lines: []string{c.line}, Sent: at(17, 0), Zone: zone})
		var have newsroom.ItemID
		for id := range notice.Meant(from, window) {
			have += id
		}
		if have != c.want {
			t.Errorf("%s | %s: %d, want %d; %+v", c.headline, c.line, have, c.want, from.Text.Notice)
		}
	}
}
