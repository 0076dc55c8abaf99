package markup_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/rotatif/newsroom/internal/markup"
)

func TestParse(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, html string
		want       []markup.Node
	}{
		{"paragraphs and marks", `<p>Bir <b>kalın</b> söz</p><p>İki</p>`, []markup.Node{
			{Kind: markup.Paragraph, Inline: []markup.Inline{{Text: "Bir "}, {Text: "kalın", Strong: true}, {Text: " söz"}}},
			{Kind: markup.Paragraph, Inline: []markup.Inline{{Text: "İki"}}},
		}},
		{"a script is no text", `<p>Bir</p><script>alert(1)</script><p onclick="x()">İki</p>`, []markup.Node{
			{Kind: markup.Paragraph, Inline: []markup.Inline{{Text: "Bir"}}},
			{Kind: markup.Paragraph, Inline: []markup.Inline{{Text: "İki"}}},
		}},
		{"javascript is no address", `<a href="javascript:x()">ad</a> <a href="https://a.example/">b</a>`, []markup.Node{
			{Kind: markup.Paragraph, Inline: []markup.Inline{{Text: "ad "}, {Text: "b", Href: "https://a.example/"}}},
		}},
		{"two breaks part, one does not", `Bir<br>iki<br><br>üç`, []markup.Node{
			{Kind: markup.Paragraph, Inline: []markup.Inline{{Text: "Bir iki"}}},
			{Kind: markup.Paragraph, Inline: []markup.Inline{{Text: "üç"}}},
		}},
		{"a picture with its caption", `<figure><img src="https://a.example/1.jpg" alt="köprü"><figcaption>Köprü açıldı</figcaption></figure><p>Metin</p>`, []markup.Node{
			{Kind: markup.Image, Src: "https://a.example/1.jpg", Alt: "köprü", Caption: "Köprü açıldı"},
			{Kind: markup.Paragraph, Inline: []markup.Inline{{Text: "Metin"}}},
		}},
		{"a list and a table", `<ul><li>bir<li>iki</ul><table><tr><th>a<th>b<tr><td>1<td>2</table>`, []markup.Node{
			{Kind: markup.Bulleted, Items: [][]markup.Inline{{{Text: "bir"}}, {{Text: "iki"}}}},
			{Kind: markup.Table, Head: true, Rows: [][][]markup.Inline{{{{Text: "a"}}, {{Text: "b"}}}, {{{Text: "1"}}, {{Text: "2"}}}}},
		}},
		{"a head without an end", `<html><head><title>T</title><body><h2>Ara</h2>Metin`, []markup.Node{
			{Kind: markup.Heading, Inline: []markup.Inline{{Text: "Ara"}}},
			{Kind: markup.Paragraph, Inline: []markup.Inline{{Text: "Metin"}}},
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			have, cut := markup.Parse(c.html, markup.Limits{})
			if cut {
				t.Error("a small text was cut")
			}
			if diff := cmp.Diff(c.want, have); diff != "" {
				t.Errorf("Parse(%q) (-want +have):\n%s", c.html, diff)
			}
		})
	}
}

func TestDecode(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, raw, declared, fallback, want, encoding string
	}{
		{"utf-8 whatever is declared", "ışık", "iso-8859-1", "", "ışık", "utf-8"},
		{"windows-1254 declared utf-8", "\xfd\xfe\xfdk", "utf-8", "windows-1254", "ışık", "windows-1254"},
		{"latin-1 of a Turkish source", "\xd6\xf0le", "ISO-8859-1", "windows-1254", "Öğle", "windows-1254"},
		{"latin-1 of another source", "caf\xe9", "iso-8859-1", "", "café", "windows-1252"},
		{"fake utf-16", "plain", "utf-16", "windows-1254", "plain", "utf-8"},
		{"utf-16 little endian with a mark", "\xff\xfe<\x00a\x00", "", "", "<a", "utf-16le"},
		{"utf-16 without a mark", "<\x00a\x00>\x00", "", "", "<a>", "utf-16le"},
		{"controls", "a\x00b\x0bc", "", "", "abc", "utf-8"},
		{"a C1 apostrophe", "it\u0092s", "", "", "it’s", "utf-8"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			d, err := markup.Decode([]byte(c.raw), c.declared, c.fallback)
			if err != nil || d.Text != c.want || d.Encoding != c.encoding {
				t.Errorf("Decode = %+v, %v; want %q as %s", d, err, c.want, c.encoding)
			}
		})
	}
}
