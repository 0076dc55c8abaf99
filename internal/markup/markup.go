// Package markup turns foreign HTML into a small neutral tree of blocks, and
// foreign bytes into text. What can act (scripts, frames, styles, handlers) is
// left behind; what can be read is kept, whatever it stood in. Nothing here
// fetches, and every walk is bounded and linear.
//
// Knows: HTML, character sets. Never imports: any other package of the program.
package markup

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// Kind names what a node is.
type Kind string

// The kinds of nodes.
const (
	Paragraph Kind = "paragraph"
	Heading   Kind = "heading"
	Quote     Kind = "quote"
	Bulleted  Kind = "bulleted"
	Numbered  Kind = "numbered"
	Table     Kind = "table"
	Image     Kind = "image"
)

// Node is one block. Inline counts for paragraph, heading and quote, Items for
// lists, Rows for tables (Head: the first row is one of headings), Src, Alt and
// Caption for images. Class is the delivered class of the element, as a hint.
type Node struct {
	Kind    Kind
	Inline  []Inline
	Items   [][]Inline
	Rows    [][][]Inline
	Head    bool
	Src     string
	Alt     string
	Caption string
	Class   string
}

// Inline is a run of text with its marks; Href is http, https, mailto or empty.
type Inline struct {
	Text   string
	Strong bool
	Em     bool
	Href   string
}

// Limits bound what is read. Zero fields mean the defaults.
type Limits struct {
	Bytes int // of HTML; default 4 MiB
	Nodes int // elements and texts walked; default 200,000
	Depth int // of nesting; default 256
}

func (l Limits) filled() Limits {
	if l.Bytes == 0 {
		l.Bytes = 4 << 20
	}
	if l.Nodes == 0 {
		l.Nodes = 200_000
	}
	if l.Depth == 0 {
		l.Depth = 256
	}
	return l
}

// Plain is the text of a run of inlines.
func Plain(inline []Inline) string {
	var b strings.Builder
	for _, i := range inline {
		b.WriteString(i.Text)
	}
	return b.String()
}

// Text is the text of the nodes, a line a paragraph, heading, quote, item or cell.
func Text(nodes []Node) string {
	lines := []string{}
	add := func(s string) {
		if s != "" {
			lines = append(lines, s)
		}
	}
	for _, n := range nodes {
		add(Plain(n.Inline))
		for _, item := range n.Items {
			add(Plain(item))
		}
		for _, row := range n.Rows {
			for _, cell := range row {
				add(Plain(cell))
			}
		}
		add(n.Caption)
	}
	return strings.Join(lines, "\n")
}

// FromText makes paragraphs of plain text. Blank lines part paragraphs; a text
// without any blank line is parted at every line end.
func FromText(s string) []Node {
	s = strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\r", "\n")
	sep := "\n\n"
	if !strings.Contains(s, sep) {
		sep = "\n"
	}
	nodes := []Node{}
	for _, part := range strings.Split(s, sep) {
		if text := squeeze(part); text != "" {
			nodes = append(nodes, Node{Kind: Paragraph, Inline: []Inline{{Text: text}}})
		}
	}
	return nodes
}

// Strip is the text of HTML in one line, for headlines that carry markup. Text
// without markup comes back as it is but for white space and entities.
func Strip(s string) string {
	if !strings.ContainsAny(s, "<&") {
		return squeeze(s)
	}
	nodes, _ := Parse(s, Limits{})
	return squeeze(strings.ReplaceAll(Text(nodes), "\n", " "))
}

// Unescape gives back markup that was escaped once too often: when the text
// holds no tags of its own but escaped ones ("&lt;p&gt;"), one level of escaping is taken off.
func Unescape(s string) string {
	lower := strings.ToLower(s)
	if strings.Contains(lower, "<p") || strings.Contains(lower, "<br") || strings.Contains(lower, "<div") {
		return s
	}
	for _, tag := range []string{"&lt;p", "&lt;br", "&lt;div", "&lt;strong", "&lt;b&gt;", "&lt;h", "&lt;ul", "&lt;span"} {
		if strings.Contains(lower, tag) {
			return html.UnescapeString(s)
		}
	}
	return s
}

// HasTags says whether a text looks like HTML rather than plain text.
func HasTags(s string) bool {
	i := strings.IndexByte(s, '<')
	return i >= 0 && i+1 < len(s) && strings.IndexByte(s[i:], '>') > 0 &&
		(s[i+1] == '/' || s[i+1] == '!' || s[i+1]|0x20 >= 'a' && s[i+1]|0x20 <= 'z')
}

// squeeze makes every run of white space one space and trims the ends.
func squeeze(s string) string { return strings.Join(strings.Fields(s), " ") }

// Parse reads HTML or XHTML, a fragment or a whole page. Cut is true when a
// limit was reached; what was read until then is given.
func Parse(s string, l Limits) (nodes []Node, cut bool) {
	l = l.filled()
	if len(s) > l.Bytes {
		s, cut = strings.ToValidUTF8(s[:l.Bytes], ""), true
	}
	w := &walker{limits: l, reader: html.NewTokenizer(strings.NewReader(s))}
	w.reader.SetMaxBuf(l.Bytes + 1)
	w.run()
	return w.nodes, cut || w.cut
}

// silent says whether an element's content is not text for readers.
func silent(a atom.Atom) bool {
	switch a {
	case atom.Script, atom.Style, atom.Iframe, atom.Object, atom.Embed, atom.Applet, atom.Svg, atom.Math,
		atom.Template, atom.Noscript, atom.Title, atom.Select, atom.Textarea, atom.Noembed, atom.Noframes, atom.Canvas:
		return true
	default:
		return false
	}
}
