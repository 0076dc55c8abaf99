package newsroom_test

import (
	"testing"
	"time"

	"github.com/rotatif/newsroom"
)

// What an agency sends anew is a change only when people would be told
// something else.
func TestSignOfADispatch(t *testing.T) {
	t.Parallel()
	base := func() newsroom.Dispatch {
		return newsroom.Dispatch{
			Key: newsroom.ItemKey{Provider: "ka", ID: "1"}, Version: "1", Headline: "Köprü açıldı", Standfirst: "Spot",
			Body:    newsroom.Body{{Kind: newsroom.Paragraph, Text: newsroom.Text("Metin.")}, {Kind: newsroom.Picture, Picture: &newsroom.PictureRef{ID: "p1", Src: "https://a.example/1", Caption: "Köprü"}}},
			EdNotes: []newsroom.EdNote{{Text: "Not"}},
		}
	}
	for _, c := range []struct {
		name   string
		change func(d *newsroom.Dispatch)
		same   bool
	}{
		{"sent once more with another number and hour", func(d *newsroom.Dispatch) {
			d.Version, d.VersionCreated, d.Repeat, d.Refile = "2", time.Unix(9, 0), true, true
		}, true},
		{"in another format, with other subjects", func(d *newsroom.Dispatch) {
			d.Format, d.Subjects, d.Urgency, d.Warnings = "nitf", []newsroom.Subject{{Code: "4"}}, 2, []string{"x"}
		}, true},
		{"a picture at another address", func(d *newsroom.Dispatch) { d.Body[1].Picture.Src = "https://a.example/2?key=9" }, true},
		{"words in bold", func(d *newsroom.Dispatch) {
			d.Body[0].Text = []newsroom.Span{{Text: "Me", Strong: true}, {Text: "tin."}}
		}, true},
		{"the headline", func(d *newsroom.Dispatch) { d.Headline += "!" }, false},
		{"a word", func(d *newsroom.Dispatch) { d.Body[0].Text = newsroom.Text("Metinler.") }, false},
		{"another picture with the same caption", func(d *newsroom.Dispatch) { d.Body[1].Picture.ID = "p2" }, false},
		{"whose picture it is", func(d *newsroom.Dispatch) { d.Body[1].Picture.Credit = "Göl" }, false},
		{"where a link leads", func(d *newsroom.Dispatch) {
			d.Body[0].Text = []newsroom.Span{{Text: "Metin.", Href: "https://a.example/"}}
		}, false},
		{"a paragraph is a subhead now", func(d *newsroom.Dispatch) { d.Body[0].Kind = newsroom.Subhead }, false},
		{"the order", func(d *newsroom.Dispatch) { d.Body[0], d.Body[1] = d.Body[1], d.Body[0] }, false},
		{"the same words, called a correction", func(d *newsroom.Dispatch) { d.Correction = true }, false},
		{"what it asks of its subscribers", func(d *newsroom.Dispatch) { d.EdNotes[0].Text = "Başka not" }, false},
		{"its terms", func(d *newsroom.Dispatch) { d.UsageTerms = "TURKEY OUT" }, false},
		{"from the headline into the standfirst", func(d *newsroom.Dispatch) { d.Headline, d.Standfirst = "", "Köprü açıldıSpot" }, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			d := base()
			c.change(&d)
			if same := d.Sign() == base().Sign(); same != c.same {
				t.Errorf("the same: %v", same)
			}
		})
	}
}

// Every part of a block that readers see is in its sign.
func TestSignOfABlock(t *testing.T) {
	t.Parallel()
	text := newsroom.Text
	blocks := []newsroom.Block{
		{Kind: newsroom.Paragraph, Text: text("a")},
		{Kind: newsroom.Quote, Text: text("a")},
		{Kind: newsroom.Quote, Text: text("a"), By: "b"},
		{Kind: newsroom.List, Items: [][]newsroom.Span{text("a"), text("b")}},
		{Kind: newsroom.Table, Rows: [][][]newsroom.Span{{text("a"), text("b")}}},
		{Kind: newsroom.Embed, Embed: &newsroom.EmbedRef{Provider: "youtube", ID: "a"}},
		{Kind: newsroom.Embed, Embed: &newsroom.EmbedRef{Provider: "youtube", ID: "b"}},
		{Kind: newsroom.Background, Text: text("a"), Blocks: []newsroom.Block{{Kind: newsroom.Paragraph, Text: text("b")}}},
		{Kind: newsroom.Background, Text: text("a"), Blocks: []newsroom.Block{{Kind: newsroom.Subhead, Text: text("b")}}},
	}
	seen := map[string]int{}
	for i, b := range blocks {
		if other, ok := seen[b.Sign()]; ok {
			t.Errorf("blocks %d and %d have one sign %q", other, i, b.Sign())
		}
		seen[b.Sign()] = i
	}
}
