package wire

import (
	"html"
	"strings"

	"github.com/rotatif/newsroom"
)

// htmlOf is a body as plain HTML, every word escaped: for looking at, not for
// the site, whose theme has its own.
func htmlOf(body newsroom.Body) string {
	var b strings.Builder
	for _, block := range body {
		writeBlock(&b, block)
	}
	return b.String()
}

func writeBlock(b *strings.Builder, block newsroom.Block) {
	switch block.Kind {
	case newsroom.Subhead:
		element(b, "h2", block.Text)
	case newsroom.Quote:
		element(b, "blockquote", block.Text)
	case newsroom.List:
		writeList(b, block)
	case newsroom.Table:
		writeTable(b, block)
	case newsroom.Picture:
		if block.Picture != nil {
			b.WriteString(`<figure><figcaption>` + html.EscapeString(block.Picture.Caption) + `</figcaption></figure>`)
		}
	case newsroom.Background:
		b.WriteString("<aside>")
		element(b, "h2", block.Text)
		b.WriteString(htmlOf(block.Blocks))
		b.WriteString("</aside>")
	case newsroom.Embed:
	default:
		element(b, "p", block.Text)
	}
}

func writeList(b *strings.Builder, block newsroom.Block) {
	tag := "ul"
	if block.Ordered {
		tag = "ol"
	}
	b.WriteString("<" + tag + ">")
	for _, item := range block.Items {
		element(b, "li", item)
	}
	b.WriteString("</" + tag + ">")
}

func writeTable(b *strings.Builder, block newsroom.Block) {
	b.WriteString("<table>")
	for i, row := range block.Rows {
		cell := "td"
		if i == 0 && block.Head {
			cell = "th"
		}
		b.WriteString("<tr>")
		for _, text := range row {
			element(b, cell, text)
		}
		b.WriteString("</tr>")
	}
	b.WriteString("</table>")
}

func element(b *strings.Builder, tag string, spans []newsroom.Span) {
	if len(spans) == 0 && tag != "td" && tag != "th" {
		return
	}
	b.WriteString("<" + tag + ">")
	for _, s := range spans {
		writeSpan(b, s)
	}
	b.WriteString("</" + tag + ">")
}

func writeSpan(b *strings.Builder, s newsroom.Span) {
	text := html.EscapeString(s.Text)
	if s.Em {
		text = "<em>" + text + "</em>"
	}
	if s.Strong {
		text = "<strong>" + text + "</strong>"
	}
	if s.Href != "" {
		text = `<a href="` + html.EscapeString(s.Href) + `">` + text + "</a>"
	}
	b.WriteString(text)
}
