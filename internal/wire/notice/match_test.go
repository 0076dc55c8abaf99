package notice_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/rotatif/newsroom"
	"github.com/rotatif/newsroom/internal/wire/notice"
)

var noon = time.Date(2026, 3, 4, 9, 0, 0, 0, time.UTC)

func item(id newsroom.ItemID, key, headline string) newsroom.WireItem {
	return newsroom.WireItem{ID: id, Key: newsroom.ItemKey{Provider: "ka", ID: key}, Text: newsroom.Dispatch{
		Headline: headline, Status: newsroom.Usable, VersionCreated: noon, Dateline: newsroom.Dateline{Place: "ÇAMLIOVA"}}}
}

func TestMatch(t *testing.T) {
	t.Parallel()
	bazaar := `Çamlıova'da "Bahar Pazarı" açıldı`
	for _, c := range []struct {
		name   string
		notice newsroom.Notice
		change func(from, item *newsroom.WireItem)
		how    string
	}{
		{"the whole id", newsroom.Notice{IDs: []string{"ka:text:20260304:550"}}, nil, notice.ByID},
		{"the number alone, with a zero", newsroom.Notice{IDs: []string{"0550"}}, nil, notice.ByID},
		{"another number", newsroom.Notice{IDs: []string{"0551"}}, nil, ""},
		{"a part of a number", newsroom.Notice{IDs: []string{"55"}}, nil, ""},
		{"the quoted headline", newsroom.Notice{Headlines: []string{`ÇAMLIOVA'DA 'BAHAR PAZARI' AÇILDI`}}, nil, notice.ByHeadline},
		{"most of the headline", newsroom.Notice{Headlines: []string{`Çamlıova'da Bahar Pazarı dün açıldı`}}, nil, notice.ByHeadline},
		{"another headline of the place", newsroom.Notice{Headlines: []string{`Çamlıova'da kitap fuarı açıldı`}}, nil, ""},
		{"one common word", newsroom.Notice{Headlines: []string{`açıldı`}}, nil, ""},
		{"the clock and the place", newsroom.Notice{At: noon.Add(-4 * time.Minute)}, nil, notice.ByClock},
		{"the clock at another place", newsroom.Notice{At: noon}, func(_, i *newsroom.WireItem) { i.Text.Dateline.Place = "KARASU" }, ""},
		{"another time", newsroom.Notice{At: noon.Add(-11 * time.Minute)}, nil, ""},
		{"a link", newsroom.Notice{}, func(f, _ *newsroom.WireItem) {
			f.Text.Links = []newsroom.Link{{Rel: "irel:isAbout", ID: "ka:text:20260304:550"}}
		}, notice.ByLink},
		{"another agency's item", newsroom.Notice{IDs: []string{"550"}}, func(_, i *newsroom.WireItem) { i.Key.Provider = "ba" }, ""},
		{"copy made after the notice", newsroom.Notice{Headlines: []string{bazaar}}, func(_, i *newsroom.WireItem) { i.Text.VersionCreated = noon.Add(2 * time.Hour) }, ""},
		{"a new revision of copy made before", newsroom.Notice{Headlines: []string{bazaar}}, func(_, i *newsroom.WireItem) {
			i.Text.Created, i.Text.VersionCreated = noon, noon.Add(2*time.Hour)
		}, notice.ByHeadline},
		{"another notice", newsroom.Notice{Headlines: []string{bazaar}}, func(_, i *newsroom.WireItem) { i.Text.Notice = &newsroom.Notice{Kind: newsroom.NoticeKill} }, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			c.notice.Kind = newsroom.NoticeKill
			from, it := item(9, "ka:text:20260304:900", "İPTAL"), item(1, "ka:text:20260304:550", bazaar)
			from.Text.VersionCreated, from.Text.Notice = noon.Add(time.Hour), &c.notice
			if c.change != nil {
				c.change(&from, &it)
			}
			if fit := notice.Match(from, it); fit.How != c.how {
				t.Errorf("%+v, want %q", fit, c.how)
			}
		})
	}
}

func TestMeant(t *testing.T) {
	t.Parallel()
	from := item(9, "k:9", "İPTAL")
	from.Text.VersionCreated = noon.Add(time.Hour)
	from.Text.Notice = &newsroom.Notice{Kind: newsroom.NoticeKill, Headlines: []string{"Fabrikada çıkan yangın söndürüldü"}, At: noon}
	exact, close1, place := item(1, "k:1", "Fabrikada çıkan yangın söndürüldü"), item(2, "k:2", "Fabrikada çıkan büyük yangın söndürüldü"), item(3, "k:3", "Pazar kuruldu")
	for _, c := range []struct {
		window []newsroom.WireItem
		want   string
	}{
		{[]newsroom.WireItem{place, close1, exact}, "map[1]"},
		{[]newsroom.WireItem{close1, place}, "map[2]"},
		{[]newsroom.WireItem{place}, "map[3]"},
		{[]newsroom.WireItem{place, item(4, "k:4", "Okul açıldı")}, "map[]"},
		{nil, "map[]"},
	} {
		got := []newsroom.ItemID{}
		for id := range notice.Meant(from, c.window) {
			got = append(got, id)
		}
		if fmt.Sprintf("map%v", got) != c.want {
			t.Errorf("of %d items: %v, want %s", len(c.window), got, c.want)
		}
	}
}
