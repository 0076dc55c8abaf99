package deskui

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"github.com/rotatif/newsroom"
)

func para(text string) newsroom.Block {
	return newsroom.Block{Kind: newsroom.Paragraph, Text: newsroom.Text(text)}
}

// TestNotationReads says what an editor may type.
func TestNotationReads(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		text string
		want newsroom.Body
	}{
		"paragraphs":           {"Bir.\r\n\r\nİki.\r\nÜç.", newsroom.Body{para("Bir."), para("İki.\nÜç.")}},
		"subhead at once":      {"Bir.\n## ARA BAŞLIK\nİki.", newsroom.Body{para("Bir."), {Kind: newsroom.Subhead, Text: newsroom.Text("ARA BAŞLIK")}, para("İki.")}},
		"an ordinal is text":   {"1. Lig başladı.", newsroom.Body{para("1. Lig başladı.")}},
		"numbers":              {"1) bir\n2) iki", newsroom.Body{{Kind: newsroom.List, Ordered: true, Items: [][]newsroom.Span{newsroom.Text("bir"), newsroom.Text("iki")}}}},
		"bullets":              {"• bir\n- iki", newsroom.Body{{Kind: newsroom.List, Items: [][]newsroom.Span{newsroom.Text("bir"), newsroom.Text("iki")}}}},
		"quote":                {"> Su kesilmeyecek.\n> — Defne Arıkan", newsroom.Body{{Kind: newsroom.Quote, Text: newsroom.Text("Su kesilmeyecek."), By: "Defne Arıkan"}}},
		"table":                {"| İl | Yağış |\n|---|---|\n| Bursa | 12 |", newsroom.Body{{Kind: newsroom.Table, Head: true, Rows: [][][]newsroom.Span{{newsroom.Text("İl"), newsroom.Text("Yağış")}, {newsroom.Text("Bursa"), newsroom.Text("12")}}}}},
		"box":                  {"::: NE OLMUŞTU?\nBir.\n:::\nİki.", newsroom.Body{{Kind: newsroom.Background, Text: newsroom.Text("NE OLMUŞTU?"), Blocks: []newsroom.Block{para("Bir.")}}, para("İki.")}},
		"box left open":        {"::: NE OLMUŞTU?\nBir.", newsroom.Body{{Kind: newsroom.Background, Text: newsroom.Text("NE OLMUŞTU?"), Blocks: []newsroom.Block{para("Bir.")}}}},
		"pasted address":       {"Bir.\nhttps://www.youtube.com/watch?v=dQw4w9WgXcQ&t=3", newsroom.Body{para("Bir."), {Kind: newsroom.Embed, Embed: &newsroom.EmbedRef{Provider: "youtube", ID: "dQw4w9WgXcQ"}}}},
		"marks":                {"**a** *b* ***c***", newsroom.Body{{Kind: newsroom.Paragraph, Text: []newsroom.Span{{Text: "a", Strong: true}, {Text: " "}, {Text: "b", Em: true}, {Text: " "}, {Text: "c", Strong: true, Em: true}}}}},
		"stars that are stars": {"5 * 3, 5* otel", newsroom.Body{para("5 * 3, 5* otel")}},
		"link":                 {"[Ajans](https://example.org/a_b)", newsroom.Body{{Kind: newsroom.Paragraph, Text: []newsroom.Span{{Text: "Ajans", Href: "https://example.org/a_b"}}}}},
		"unsafe link is words": {"[x](javascript:alert(1))", newsroom.Body{para("[x](javascript:alert(1))")}},
		"markup is words":      {"<script>alert(1)</script>", newsroom.Body{para("<script>alert(1)</script>")}},
		"unknown directive":    {"[[video 3]]", newsroom.Body{para("[[video 3]]")}},
		"nothing":              {" \n\t\n", nil},
	} {
		if diff := cmp.Diff(c.want, parseBody(c.text), cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

// texts are made of what could be taken for notation.
func texts() *rapid.Generator[string] {
	return rapid.Custom(func(t *rapid.T) string {
		parts := rapid.SliceOfN(rapid.SampledFrom([]string{
			"a", "İı", " ", "  ", "\n", "\t", "\u00a0", "*", "**", "\\", "[", "]", "(", ")", "](", "[[", "]]", "|", "---", "-", "- ", "• ", "> ", "— ", "-- ", "## ", ":::", "::: ", "1) ", "1. ",
			"https://youtu.be/dQw4w9WgXcQ", "[[embed a b]]", "[[picture]]", "\"", "<b>", "\r\n", "\x00",
		}), 0, 8).Draw(t, "parts")
		text := ""
		for _, p := range parts {
			text += p
		}
		return text
	})
}

func spans() *rapid.Generator[[]newsroom.Span] {
	return rapid.SliceOfN(rapid.Custom(func(t *rapid.T) newsroom.Span {
		return newsroom.Span{
			Text:   texts().Draw(t, "text"),
			Strong: rapid.Bool().Draw(t, "strong"),
			Em:     rapid.Bool().Draw(t, "em"),
			Href:   rapid.SampledFrom([]string{"", "", "https://example.org/?a=1|2)(", "mailto:a@example.org"}).Draw(t, "href"),
		}
	}), 0, 4)
}

func blocks(box bool) *rapid.Generator[newsroom.Block] {
	return rapid.Custom(func(t *rapid.T) newsroom.Block {
		kinds := []newsroom.BlockKind{newsroom.Paragraph, newsroom.Subhead, newsroom.Quote, newsroom.List, newsroom.Table, newsroom.Picture, newsroom.Embed}
		if !box {
			kinds = append(kinds, newsroom.Background)
		}
		b := newsroom.Block{Kind: rapid.SampledFrom(kinds).Draw(t, "kind")}
		switch b.Kind {
		case newsroom.List:
			b.Ordered, b.Items = rapid.Bool().Draw(t, "ordered"), rapid.SliceOfN(spans(), 0, 3).Draw(t, "items")
		case newsroom.Table:
			b.Head, b.Rows = rapid.Bool().Draw(t, "head"), rapid.SliceOfN(rapid.SliceOfN(spans(), 0, 3), 0, 3).Draw(t, "rows")
		case newsroom.Picture:
			b.Picture = &newsroom.PictureRef{Src: texts().Draw(t, "src"), Alt: texts().Draw(t, "alt"), Usage: texts().Draw(t, "usage")}
		case newsroom.Embed:
			b.Embed = &newsroom.EmbedRef{Provider: "x" + texts().Draw(t, "provider"), ID: "1" + texts().Draw(t, "id")}
		case newsroom.Background:
			b.Text, b.Blocks = spans().Draw(t, "title"), rapid.SliceOfN(blocks(true), 0, 3).Draw(t, "blocks")
		default:
			b.Text = spans().Draw(t, "text")
			if b.Kind == newsroom.Quote {
				b.By = texts().Draw(t, "by")
			}
		}
		return b
	})
}

// TestNotationKeeps says that what is written can be read back: any valid
// body, texts that look like notation included, comes back in its normal form,
// and the normal form itself comes back exactly.
func TestNotationKeeps(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		body := newsroom.Body(rapid.SliceOfN(blocks(false), 0, 4).Draw(t, "body"))
		if err := body.Check(); err != nil {
			t.Fatalf("not a valid body: %v", err)
		}
		normal := normalBody(body)
		if diff := cmp.Diff(normal, normalBody(normal), cmpopts.EquateEmpty()); diff != "" {
			t.Fatalf("the normal form is not settled: %s", diff)
		}
		text := formatBody(body)
		if diff := cmp.Diff(normal, parseBody(text), cmpopts.EquateEmpty()); diff != "" {
			t.Fatalf("%q came back otherwise: %s", text, diff)
		}
	})
}

// FuzzNotation says that any text is a valid body and that writing it settles.
func FuzzNotation(f *testing.F) {
	for _, seed := range []string{"", "## a\n> b\n> — c", "| a |\n|---|", "::: x\n1) y\n:::", "[[picture alt=\"x\"]]", "**a*b**c*", `\*\[x](https://a.b)`} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) > 1<<12 {
			t.Skip("long")
		}
		body := parseBody(text)
		if err := body.Check(); err != nil {
			t.Fatalf("%q gives a body that is refused: %v", text, err)
		}
		if diff := cmp.Diff(body, parseBody(formatBody(body)), cmpopts.EquateEmpty()); diff != "" {
			t.Fatalf("%q does not settle: %s", text, diff)
		}
	})
}

// TestNotationIsLinear reads what could make a careless reader go over a line
// again and again; a quadratic one would not come back within the test's time.
func TestNotationIsLinear(t *testing.T) {
	t.Parallel()
	for _, part := range []string{"[", "[x](", "[x](http://a", "**a", "| ", `\`, "[[picture alt=\"", "::: a\n", "- \n"} {
		body := parseBody(strings.Repeat(part, (1<<18)/len(part)))
		if text := formatBody(body); len(text) > 1<<21 {
			t.Errorf("%q swells to %d bytes", part, len(text))
		}
	}
}
