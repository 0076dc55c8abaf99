package site

import (
	"testing"

	"github.com/rotatif/newsroom"
)

func TestPartsLeaveOutWhatCannotBeShown(t *testing.T) {
	t.Parallel()
	text := newsroom.Text("söz")
	list, dateline := parts(newsroom.Body{
		{Kind: newsroom.Picture, Picture: &newsroom.PictureRef{ID: "1", Caption: "Resim altı"}},
		{Kind: newsroom.Paragraph},
		{Kind: newsroom.Paragraph, Text: text},
		{Kind: newsroom.Subhead, Text: newsroom.Text("ŞİŞLİ'DE IŞIK")},
		{Kind: newsroom.Subhead, Text: newsroom.Text("Şişli'de ışık")},
		{Kind: newsroom.Embed, Embed: &newsroom.EmbedRef{Provider: "unknown", ID: "a"}},
		{Kind: newsroom.Background, Text: text, Blocks: []newsroom.Block{{Kind: newsroom.Paragraph, Text: text}, {Kind: newsroom.Paragraph}}},
		{Kind: newsroom.List},
		{Kind: newsroom.Table},
		{Kind: "other", Text: text},
	}, "Ankara")
	if len(list) != 4 || list[0].Dateline != "Ankara" || dateline != "" {
		t.Fatalf("%d parts, dateline %q: %+v", len(list), dateline, list)
	}
	if !list[1].Label || list[2].Label || len(list[3].Parts) != 1 {
		t.Errorf("%+v", list)
	}
	if _, alone := parts(newsroom.Body{{Kind: newsroom.Subhead, Text: text}}, "Ankara"); alone != "Ankara" {
		t.Errorf("the dateline of a text without a first paragraph is %q", alone)
	}
}

func TestEmbedsAreOurOwnAddresses(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ provider, id, want string }{
		{"youtube", "abc-DEF_123", "https://www.youtube.com/watch?v=abc-DEF_123"},
		{"x", "1234567890", "https://x.com/i/status/1234567890"},
		{"twitter", "12", "https://x.com/i/status/12"},
		{"instagram", "Cxyz", "https://www.instagram.com/p/Cxyz/"},
		{"vimeo", "76979871", "https://vimeo.com/76979871"},
		{"dailymotion", "x8abc", "https://www.dailymotion.com/video/x8abc"},
		{"tiktok", "7123", "https://www.tiktok.com/embed/v2/7123"},
		{"youtube", `a"><script>`, ""},
		{"youtube", "../../x", ""},
		{"youtube", "a&list=b", ""},
		{"youtube", "", ""},
		{"nowhere", "a", ""},
	} {
		have := ""
		if l := embedLink(&newsroom.EmbedRef{Provider: c.provider, ID: c.id}); l != nil {
			have = l.Address
		}
		if have != c.want {
			t.Errorf("%s %q is %q, not %q", c.provider, c.id, have, c.want)
		}
	}
	if embedLink(nil) != nil {
		t.Error("nothing is embedded as something")
	}
}

func TestTableHead(t *testing.T) {
	t.Parallel()
	rows := [][][]newsroom.Span{{newsroom.Text("a")}, {newsroom.Text("b")}}
	with := part{Block: newsroom.Block{Head: true, Rows: rows}}
	without := part{Block: newsroom.Block{Rows: rows}}
	if len(with.HeadRow()) != 1 || len(with.BodyRows()) != 1 || without.HeadRow() != nil || len(without.BodyRows()) != 2 {
		t.Error("head and rows are mixed up")
	}
}

func TestCredit(t *testing.T) {
	t.Parallel()
	s := &Site{}
	for want, credit := range map[string]newsroom.Credit{
		"": {}, "AA": {Agency: "AA"}, "AA (Yonhap)": {Agency: "AA", Cited: []string{"Yonhap"}},
		"AA (Yonhap, Kıyı Radyosu)": {Agency: "AA", Cited: []string{"Yonhap", "Kıyı Radyosu"}}, "Yonhap": {Cited: []string{"Yonhap"}},
	} {
		if have := s.credit(credit); have != want {
			t.Errorf("%q, not %q", have, want)
		}
	}
}
