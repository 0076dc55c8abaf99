package wire

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/rotatif/newsroom"
	"github.com/rotatif/newsroom/internal/wire/sense"
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
