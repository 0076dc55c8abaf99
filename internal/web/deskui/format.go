package deskui

import (
	"fmt"
	"strings"

	"github.com/rotatif/newsroom"
)

// formatBody writes a body in the notation.
func formatBody(body newsroom.Body) string {
	return strings.Join(formatBlocks(normalBody(body)), "\n\n")
}

func formatBlocks(body newsroom.Body) []string {
	blocks := []string{}
	for _, b := range body {
		blocks = append(blocks, formatBlock(b))
	}
	return blocks
}

func formatBlock(b newsroom.Block) string {
	switch b.Kind {
	case newsroom.Subhead:
		return "## " + formatInline(b.Text, "")
	case newsroom.Quote:
		return formatQuote(b)
	case newsroom.List:
		return formatList(b)
	case newsroom.Table:
		return formatTable(b)
	case newsroom.Background:
		title := strings.TrimRight("::: "+formatInline(b.Text, ""), blank)
		return strings.Join(append(append([]string{title}, formatBlocks(b.Blocks)...), ":::"), "\n\n")
	case newsroom.Embed:
		return directiveText("embed", word{value: b.Embed.Provider}, word{value: b.Embed.ID})
	case newsroom.Picture:
		return formatPicture(*b.Picture)
	default:
		lines := strings.Split(formatInline(b.Text, ""), "\n")
		for i, line := range lines {
			lines[i] = plainly(line)
		}
		return strings.Join(lines, "\n")
	}
}

// plainly keeps a line of a paragraph from being read as anything else.
func plainly(line string) string {
	switch of, _ := sortOf(line); {
	case of == plainLine:
		return line
	case of == numberLine:
		return strings.Replace(line, ")", `\)`, 1)
	case of == embedLine && !strings.HasPrefix(line, "[["):
		return strings.Replace(line, ":", `\:`, 1)
	default:
		return `\` + line
	}
}

func formatQuote(b newsroom.Block) string {
	lines := []string{}
	if len(b.Text) > 0 {
		for _, line := range strings.Split(formatInline(b.Text, ""), "\n") {
			if _, ok := speaker(line); ok {
				line = `\` + line
			}
			lines = append(lines, "> "+line)
		}
	}
	if b.By != "" {
		lines = append(lines, "> — "+b.By)
	}
	return strings.Join(lines, "\n")
}

func formatList(b newsroom.Block) string {
	lines := []string{}
	for i, item := range b.Items {
		marker := "- "
		if b.Ordered {
			marker = fmt.Sprintf("%d) ", i%999+1)
		}
		lines = append(lines, marker+formatInline(item, ""))
	}
	return strings.Join(lines, "\n")
}

func formatTable(b newsroom.Block) string {
	var out strings.Builder
	for i, row := range b.Rows {
		if i > 0 {
			out.WriteByte('\n')
		}
		out.WriteByte('|')
		for _, cell := range row {
			text := formatInline(cell, "|")
			if ruleCell.MatchString(text) {
				text = `\` + text
			}
			out.WriteString(" " + text + " |")
		}
		if i == 0 && b.Head {
			out.WriteString("\n|" + strings.Repeat("---|", len(row)))
		}
	}
	return out.String()
}

func formatPicture(p newsroom.PictureRef) string {
	words := []word{}
	for _, name := range []string{"id", "src", "alt", "caption", "credit", "usage"} {
		if value := *pictureField(&p, name); value != "" {
			words = append(words, word{name: name, value: value})
		}
	}
	return directiveText("picture", words...)
}

// normalBody is the one form of equal-looking bodies, which the notation can
// write: no empty blocks, no fields that do not belong to their block's kind.
func normalBody(body newsroom.Body) newsroom.Body {
	var out newsroom.Body
	for _, b := range body {
		if n, ok := normalBlock(b); ok {
			out = append(out, n)
		}
	}
	return out
}

func normalBlock(b newsroom.Block) (newsroom.Block, bool) {
	n := newsroom.Block{Kind: b.Kind}
	switch b.Kind {
	case newsroom.Paragraph:
		n.Text = normalSpans(b.Text, false)
	case newsroom.Subhead:
		n.Text = normalSpans(b.Text, true)
	case newsroom.Quote:
		n.Text, n.By = normalSpans(b.Text, false), oneLine(b.By)
	case newsroom.List:
		n.Ordered, n.Items = b.Ordered, normalItems(b.Items)
	case newsroom.Table:
		n.Head, n.Rows = b.Head, normalRows(b.Rows)
		n.Head = n.Head && len(n.Rows) > 0
	case newsroom.Background:
		n.Text, n.Blocks = normalSpans(b.Text, true), normalBody(b.Blocks)
	case newsroom.Embed:
		n.Embed = &newsroom.EmbedRef{Provider: clean(b.Embed.Provider), ID: clean(b.Embed.ID)}
		return n, n.Embed.Provider != "" && n.Embed.ID != ""
	case newsroom.Picture:
		p := *b.Picture
		for _, name := range []string{"id", "src", "alt", "caption", "credit", "usage"} {
			field := pictureField(&p, name)
			*field = clean(*field)
		}
		n.Picture = &p
		return n, true
	}
	return n, len(n.Text) > 0 || n.By != "" || len(n.Items) > 0 || len(n.Rows) > 0 || len(n.Blocks) > 0
}

func normalItems(items [][]newsroom.Span) [][]newsroom.Span {
	var out [][]newsroom.Span
	for _, item := range items {
		if n := normalSpans(item, true); len(n) > 0 {
			out = append(out, n)
		}
	}
	return out
}

func normalRows(rows [][][]newsroom.Span) [][][]newsroom.Span {
	var out [][][]newsroom.Span
	for _, row := range rows {
		if len(row) == 0 {
			continue
		}
		cells := [][]newsroom.Span{}
		for _, cell := range row {
			cells = append(cells, normalSpans(cell, true))
		}
		out = append(out, cells)
	}
	return out
}

// oneLine is the text on a single line, without blanks around it.
func oneLine(s string) string {
	return strings.Trim(strings.ReplaceAll(clean(s), "\n", " "), blank)
}
