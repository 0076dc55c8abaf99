package deskui

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/rotatif/newsroom"
)

// The notation is how a body is written in a plain text field:
//
//	A paragraph ends at an empty line.
//
//	## Subhead
//
//	> What was said.
//	> — Who said it
//
//	- a list            1) a numbered list
//
//	| Town  | Rain |
//	|-------|------|    the first row is the head
//	| İnegöl | 12   |
//
//	::: Background      the box ends at a line that is only :::
//	:::
//
//	[[embed youtube dQw4w9WgXcQ]], or the address alone on its line
//	[[picture alt="…" caption="…"]]
//
// In a line **strong**, *em* and [a link](https://example.org). A backslash
// takes the meaning from the sign after it. Numbered lists have 1) and not 1.,
// because "1. Lig" begins many a Turkish sentence. Every text can be read:
// what is not notation is words. parseBody(formatBody(b)) is normalBody(b).

// sort is what a line of the notation begins or belongs to.
type sort int

// The sorts of lines.
const (
	plainLine sort = iota
	emptyLine
	subheadLine
	quoteLine
	bulletLine
	numberLine
	tableLine
	boxLine
	embedLine
	pictureLine
)

var (
	numbered  = regexp.MustCompile(`^[0-9]{1,3}\) +`)
	ruleCell  = regexp.MustCompile(`^-{3,}$`)
	youtube   = regexp.MustCompile(`^https://(?:www\.|m\.)?(?:youtube\.com/watch\?v=|youtu\.be/)([A-Za-z0-9_-]{11})(?:[?&][^\s]*)?$`)
	xPost     = regexp.MustCompile(`^https://(?:www\.|mobile\.)?(?:x|twitter)\.com/[A-Za-z0-9_]{1,20}/status/([0-9]{5,25})(?:[/?][^\s]*)?$`)
	instagram = regexp.MustCompile(`^https://(?:www\.)?instagram\.com/(?:p|reel)/([A-Za-z0-9_-]{5,40})/?(?:\?[^\s]*)?$`)
)

// sortOf tells the sort of a trimmed line and what it holds behind its marker.
func sortOf(line string) (sort, string) {
	switch {
	case line == "":
		return emptyLine, ""
	case strings.HasPrefix(line, "## "):
		return subheadLine, strings.TrimLeft(line[3:], blank)
	case line == ">" || strings.HasPrefix(line, "> "):
		return quoteLine, strings.TrimLeft(line[1:], blank)
	case strings.HasPrefix(line, "- "):
		return bulletLine, strings.TrimLeft(line[2:], blank)
	case strings.HasPrefix(line, "• "):
		return bulletLine, strings.TrimLeft(strings.TrimPrefix(line, "•"), blank)
	case numbered.MatchString(line):
		return numberLine, line[len(numbered.FindString(line)):]
	case strings.HasPrefix(line, "|") && len(line) > 1:
		return tableLine, line
	case line == ":::" || strings.HasPrefix(line, "::: "):
		return boxLine, strings.TrimLeft(line[3:], blank)
	case embedOf(line) != nil:
		return embedLine, line
	case pictureOf(line) != nil:
		return pictureLine, line
	default:
		return plainLine, line
	}
}

// parseBody reads the notation. It never fails: what is not notation is words.
func parseBody(text string) newsroom.Body {
	p := parser{}
	for _, line := range strings.Split(clean(text), "\n") {
		p.take(strings.Trim(line, blank))
	}
	p.close()
	p.endBox()
	return p.body
}

// parser gathers lines of one sort into a block.
type parser struct {
	body  newsroom.Body
	box   *newsroom.Block // the open background box
	of    sort
	lines []string
}

func (p *parser) take(line string) {
	of, text := sortOf(line)
	if of != p.of || of == subheadLine || of == boxLine || of == embedLine || of == pictureLine {
		p.close()
	}
	p.of = of
	switch of {
	case emptyLine:
	case boxLine:
		p.boxLine(text)
	default:
		p.lines = append(p.lines, text)
	}
}

func (p *parser) boxLine(title string) {
	open := p.box != nil
	p.endBox()
	if open && title == "" {
		return
	}
	p.box = &newsroom.Block{Kind: newsroom.Background, Text: parseInline(title)}
}

func (p *parser) endBox() {
	if p.box != nil && (len(p.box.Text) > 0 || len(p.box.Blocks) > 0) {
		p.body = append(p.body, *p.box)
	}
	p.box = nil
}

// close makes a block of the gathered lines.
func (p *parser) close() {
	lines := p.lines
	p.lines = nil
	if len(lines) == 0 {
		return
	}
	block, ok := blockOf(p.of, lines)
	switch {
	case !ok:
	case p.box != nil:
		p.box.Blocks = append(p.box.Blocks, block)
	default:
		p.body = append(p.body, block)
	}
}

// blockOf makes a block of lines of one sort; ok is false when nothing is in it.
func blockOf(of sort, lines []string) (newsroom.Block, bool) {
	b := newsroom.Block{}
	switch of {
	case subheadLine:
		b.Kind, b.Text = newsroom.Subhead, parseInline(lines[0])
	case quoteLine:
		return quoteOf(lines)
	case bulletLine, numberLine:
		return listOf(lines, of == numberLine)
	case tableLine:
		return tableOf(lines), true
	case embedLine:
		return newsroom.Block{Kind: newsroom.Embed, Embed: embedOf(lines[0])}, true
	case pictureLine:
		return newsroom.Block{Kind: newsroom.Picture, Picture: pictureOf(lines[0])}, true
	default:
		b.Kind, b.Text = newsroom.Paragraph, parseInline(strings.Join(lines, "\n"))
	}
	return b, len(b.Text) > 0
}

func quoteOf(lines []string) (newsroom.Block, bool) {
	b := newsroom.Block{Kind: newsroom.Quote}
	if by, ok := speaker(lines[len(lines)-1]); ok {
		b.By, lines = by, lines[:len(lines)-1]
	}
	kept := []string{}
	for _, line := range lines {
		if line != "" {
			kept = append(kept, line)
		}
	}
	b.Text = parseInline(strings.Join(kept, "\n"))
	return b, len(b.Text) > 0 || b.By != ""
}

// speaker reads the line of a quote that names who said it.
func speaker(line string) (string, bool) {
	for _, dash := range []string{"—", "--"} {
		if by, ok := strings.CutPrefix(line, dash); ok {
			by = strings.Trim(by, blank)
			return by, by != ""
		}
	}
	return "", false
}

func listOf(lines []string, ordered bool) (newsroom.Block, bool) {
	b := newsroom.Block{Kind: newsroom.List, Ordered: ordered}
	for _, line := range lines {
		if item := parseInline(line); len(item) > 0 {
			b.Items = append(b.Items, item)
		}
	}
	return b, len(b.Items) > 0
}

func tableOf(lines []string) newsroom.Block {
	b := newsroom.Block{Kind: newsroom.Table}
	for i, line := range lines {
		cells := splitCells(line)
		if i == 1 && isRule(cells) {
			b.Head = true
			continue
		}
		row := [][]newsroom.Span{}
		for _, cell := range cells {
			row = append(row, parseInline(strings.Trim(cell, blank)))
		}
		b.Rows = append(b.Rows, row)
	}
	return b
}

// splitCells splits a table line at the bars that no backslash precedes.
func splitCells(line string) []string {
	line = strings.TrimPrefix(line, "|")
	cells, from, escaped := []string{}, 0, false
	for i := range len(line) {
		switch {
		case escaped:
			escaped = false
		case line[i] == '\\':
			escaped = true
		case line[i] == '|':
			cells = append(cells, line[from:i])
			from = i + 1
		}
	}
	if rest := line[from:]; strings.Trim(rest, blank) != "" || len(cells) == 0 {
		cells = append(cells, rest)
	}
	return cells
}

func isRule(cells []string) bool {
	for _, cell := range cells {
		if !ruleCell.MatchString(strings.Trim(cell, blank)) {
			return false
		}
	}
	return true
}

// embedOf reads a line that is an embed: its notation, or a known address.
func embedOf(line string) *newsroom.EmbedRef {
	if words, ok := directive(line, "embed"); ok && len(words) == 2 && words[0].name == "" && words[1].name == "" {
		if words[0].value == "" || words[1].value == "" {
			return nil
		}
		return &newsroom.EmbedRef{Provider: words[0].value, ID: words[1].value}
	}
	for provider, shape := range map[string]*regexp.Regexp{"youtube": youtube, "x": xPost, "instagram": instagram} {
		if m := shape.FindStringSubmatch(line); m != nil {
			return &newsroom.EmbedRef{Provider: provider, ID: m[1]}
		}
	}
	return nil
}

// pictureOf reads a line that is a picture.
func pictureOf(line string) *newsroom.PictureRef {
	words, ok := directive(line, "picture")
	if !ok {
		return nil
	}
	p := &newsroom.PictureRef{}
	for _, w := range words {
		field := pictureField(p, w.name)
		if field == nil {
			return nil
		}
		*field = w.value
	}
	return p
}

func pictureField(p *newsroom.PictureRef, name string) *string {
	switch name {
	case "id":
		return &p.ID
	case "src":
		return &p.Src
	case "alt":
		return &p.Alt
	case "caption":
		return &p.Caption
	case "credit":
		return &p.Credit
	case "usage":
		return &p.Usage
	default:
		return nil
	}
}

// word is a part of a directive: a value, perhaps with a name before it.
type word struct{ name, value string }

var directiveWord = regexp.MustCompile(`^ +(?:([a-z]+)=)?(?:"((?:[^"\\]|\\.)*)"|([^\s"\[\]=]+))`)

// directive reads "[[name word word]]".
func directive(line, name string) ([]word, bool) {
	rest, ok := strings.CutPrefix(line, "[["+name)
	if !ok {
		return nil, false
	}
	if rest, ok = strings.CutSuffix(rest, "]]"); !ok {
		return nil, false
	}
	words := []word{}
	for strings.Trim(rest, blank) != "" {
		m := directiveWord.FindStringSubmatch(rest)
		if m == nil {
			return nil, false
		}
		words = append(words, word{name: m[1], value: unquote(m[2]) + m[3]})
		rest = rest[len(m[0]):]
	}
	return words, true
}

// directiveText writes what directive reads.
func directiveText(name string, words ...word) string {
	var b strings.Builder
	b.WriteString("[[" + name)
	for _, w := range words {
		if w.name != "" {
			fmt.Fprintf(&b, ` %s="%s"`, w.name, quote(w.value))
		} else if bareWord.MatchString(w.value) {
			b.WriteString(" " + w.value)
		} else {
			fmt.Fprintf(&b, ` "%s"`, quote(w.value))
		}
	}
	b.WriteString("]]")
	return b.String()
}

var bareWord = regexp.MustCompile(`^[A-Za-z0-9_.:/?&%-]+$`)

func quote(s string) string {
	return strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\n`).Replace(s)
}

func unquote(s string) string {
	return strings.NewReplacer(`\\`, `\`, `\"`, `"`, `\n`, "\n").Replace(s)
}
