package wire

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/rotatif/newsroom"
	"github.com/rotatif/newsroom/internal/wire/sense"
	"github.com/rotatif/newsroom/internal/wire/wiretest"
)

// Among the related are other items, not the item's own films.
func TestRelatedTold(t *testing.T) {
	t.Parallel()
	told := Tell(newsroom.Dispatch{Links: []newsroom.Link{{Rel: "seeAlso", ID: "ka:1"}, {Rel: sense.File, ID: "https://k.example/1.mp4"}}})
	if diff := cmp.Diff([]string{"ka:1"}, told.Related); diff != "" {
		t.Error(diff)
	}
}

// A note to editors is what the agency wrote as one.
func TestNotesTold(t *testing.T) {
	t.Parallel()
	told := Tell(newsroom.Dispatch{EdNotes: []newsroom.EdNote{
		{Role: "advisory", Text: "Fotoğraf eklendi."}, {Role: sense.NoteTagline, Text: "can@k.example"}, {Role: sense.NoteDescription + " script", Text: "1. Kapı"}, {Text: "Ad düzeltildi."},
	}})
	if told.EdNote == nil || *told.EdNote != "Fotoğraf eklendi.\nAd düzeltildi." {
		t.Errorf("%v", told.EdNote)
	}
}

// Cited are those whom the copy leans on: not its own provider by whatever name,
// and no address, which names nobody.
func TestCitesTold(t *testing.T) {
	t.Parallel()
	told := Tell(newsroom.Dispatch{Chain: []newsroom.Cited{
		{Name: "reuters.com", Role: "provider"}, {Name: "http://www.kuzey.example", Role: "provider"}, {Name: "RTRS", Role: "source", Evidence: "infoSource origProv"},
		{Name: "Kuzey TV", Role: "source", Evidence: "infoSource originfo"}, {Name: "http://k.example/", Role: "source", Evidence: "infoSource"},
		{Name: "AFP", Role: "source", Evidence: "byline"}, {Name: "Kuzey", Role: "source", Evidence: "credit"}, {Name: "Reuters", Role: "cited"}, {Name: "AFP", Role: "cited"},
	}})
	if diff := cmp.Diff([]string{"Kuzey TV", "AFP"}, told.Cites); diff != "" {
		t.Error(diff)
	}
}

// An agency that is named in its own item's id is not whom it leans on.
func TestCitesToldOfAnAgencyInItsID(t *testing.T) {
	t.Parallel()
	d := newsroom.Dispatch{Chain: []newsroom.Cited{{Name: "Kuzey Ajansı", Role: "source", Evidence: "infosource originfo"}, {Name: "Liman", Role: "source", Evidence: "infosource"}}}
	d.Key.ID = "urn:newsml:kuzeyajansi.example:20261123:liman"
	if diff := cmp.Diff([]string{"Liman"}, Tell(d).Cites); diff != "" {
		t.Error(diff)
	}
}

// A row of a table is a line, an empty cell keeps its place.
func TestTablesTold(t *testing.T) {
	t.Parallel()
	row := func(cells ...string) [][]newsroom.Span {
		var all [][]newsroom.Span
		for _, c := range cells {
			all = append(all, newsroom.Text(c))
		}
		return all
	}
	told := Tell(newsroom.Dispatch{Body: newsroom.Body{{Kind: newsroom.Table, Rows: [][][]newsroom.Span{row("", "bugün", "yarın"), row("Bolu", "3", "5")}}}})
	if have := told.Body[0].Text; have != "\tbugün\tyarın\nBolu\t3\t5" {
		t.Errorf("%q", have)
	}
}

// firstTold is the first item of a delivery as other programs are told of it.
func firstTold(t *testing.T, raw string) Told {
	t.Helper()
	reading := room().Look(Receipt{Source: "kuzey", Received: wiretest.Received()}, []byte(raw))
	if len(reading.Dispatches) == 0 {
		t.Fatalf("nothing was read: %+v", reading)
	}
	return Tell(reading.Dispatches[0])
}

// What is told is what the item says: not the marks of the desk that sent it,
// not its own files among other items; and whose words a feed passes on.
func TestToldIsWhatTheItemSays(t *testing.T) {
	t.Parallel()
	newsml := firstTold(t, `<NewsML><NewsItem><Identification><NewsIdentifier><PublicIdentifier>urn:newsml:k:20261123:a:1</PublicIdentifier></NewsIdentifier></Identification>
<NewsManagement><Status FormalName="Usable"/><AssociatedWith NewsItem="urn:newsml:k:20261122:b:1"/></NewsManagement><NewsComponent><NewsLines><HeadLine>Tören</HeadLine></NewsLines>
<NewsComponent><ContentItem><MediaType FormalName="Text"/><DataContent><p>Tören yapıldı.</p><p>Herkes geldi.</p><p>ab/cd/ef</p></DataContent></ContentItem></NewsComponent>
<NewsComponent><ContentItem Href="https://k.example/1.mp4"><MediaType FormalName="Video"/></ContentItem></NewsComponent></NewsComponent></NewsItem></NewsML>`)
	if newsml.EdNote != nil || !slices.Equal(newsml.Related, []string{"urn:newsml:k:20261122:b"}) || len(newsml.Body) != 2 {
		t.Errorf("ednote %v, related %v, body %v", newsml.EdNote, newsml.Related, newsml.Body)
	}
	telegram := firstTold(t, "\x01kzy0042 4 eko 50\nLiman/\n\x02Liman açıldı =\n\n   Bolu (KA) - Liman açıldı.\n\x03KA ab cd\n231015 Kas 26\x04")
	if telegram.EdNote != nil || telegram.Headline == nil {
		t.Errorf("ednote %v, headline %v", telegram.EdNote, telegram.Headline)
	}
	picture := firstTold(t, `{"uri":"p","type":"picture","headline":"Liman","description_text":"Liman, 20 Kasım","renditions":{"a":{"href":"https://k.example/1.jpg"}}}`)
	if picture.Standfirst != nil || len(picture.Images) != 1 || picture.Images[0].Caption == nil {
		t.Errorf("standfirst %v, images %v", picture.Standfirst, picture.Images)
	}
	feed := firstTold(t, `<rss xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><item><guid>1</guid><title>a</title><source url="https://l.example/">Liman Haber</source><dc:source>https://l.example/1</dc:source></item></channel></rss>`)
	if !slices.Equal(feed.Cites, []string{"Liman Haber"}) {
		t.Errorf("cites %v", feed.Cites)
	}
}
