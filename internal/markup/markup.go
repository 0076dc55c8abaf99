// Package markup turns foreign HTML into a small neutral tree of blocks, and
// foreign bytes into text. What can act (scripts, frames, styles, handlers) is
// left behind; what can be read is kept, whatever it stood in. Nothing here
// fetches, and every walk is bounded and linear.
//
// Knows: HTML, character sets. Never imports: any other package of the program.
package markup

import (
	"slices"
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
}

func (l Limits) filled() Limits {
	if l.Bytes == 0 {
		l.Bytes = 4 << 20
	}
	if l.Nodes == 0 {
		l.Nodes = 200_000
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
	s = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\f", "\n\n", "\u2028", "\n", "\u2029", "\n\n").Replace(s)
	rows := strings.Split(strings.TrimSpace(s), "\n")
	airy := slices.ContainsFunc(rows, func(row string) bool { return strings.TrimSpace(row) == "" })
	nodes, from := []Node{}, 0
	put := func(to int) {
		if text := Flat(strings.Join(rows[from:to], " ")); text != "" {
			nodes = append(nodes, Node{Kind: Paragraph, Inline: []Inline{{Text: text}}})
		}
		from = to
	}
	for i, row := range rows {
		if !airy || strings.TrimSpace(row) == "" {
			put(i)
		}
	}
	put(len(rows))
	return nodes
}

// Strip is the text of HTML in one line, for headlines that carry markup. Text
// without markup comes back as it is but for white space, entities and what
// does not show: a lone "<" is a character like others.
func Strip(s string) string {
	if !HasTags(s) {
		return Flat(html.UnescapeString(s))
	}
	nodes, _ := Parse(s, Limits{})
	return Flat(Text(nodes))
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

// HasTags says whether a text looks like HTML rather than plain text: somewhere
// a tag begins, and somewhere behind it one ends.
func HasTags(s string) bool {
	last := strings.LastIndexByte(s, '>')
	for i := 0; i+1 < last; i++ {
		if c := s[i+1]; s[i] == '<' && (c == '/' || c == '!' || c|0x20 >= 'a' && c|0x20 <= 'z') {
			return true
		}
	}
	return false
}

// Parse reads HTML or XHTML, a fragment or a whole page. Cut is true when a
// limit was reached, or when the text ends inside a tag, a comment or a silent
// element; what could be read is given. A silent element that nothing closes
// does not silence the rest, unless it is a script or the like.
func Parse(s string, l Limits) (nodes []Node, cut bool) {
	l = l.filled()
	if len(s) > l.Bytes {
		s, cut = strings.ToValidUTF8(s[:l.Bytes], ""), true
	}
	if strings.Contains(s, "<![CDATA[") {
		s = strings.NewReplacer("<![CDATA[", "", "]]>", "").Replace(s)
	}
	w := walk(s, l, false)
	if w.silent != 0 && !mute(w.silent, true) {
		w = walk(s, l, true)
		cut = true
	}
	return w.nodes, cut || w.cut
}

// mute says whether an element's content is not text for readers. Frankly
// asked, only what never is: the words of another language.
func mute(a atom.Atom, frank bool) bool {
	switch a {
	case atom.Script, atom.Style, atom.Iframe, atom.Noscript, atom.Noembed, atom.Noframes, atom.Title, atom.Textarea:
		return true
	case atom.Object, atom.Applet, atom.Svg, atom.Template, atom.Select, atom.Canvas, atom.Video, atom.Audio:
		return !frank
	default:
		return false
	}
}

func heading(a atom.Atom) bool {
	switch a {
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		return true
	default:
		return false
	}
}

// blockish says whether an element begins and ends a block and does nothing else to the text.
func blockish(a atom.Atom) bool {
	switch a {
	case atom.P, atom.Div, atom.Section, atom.Article, atom.Aside, atom.Header, atom.Footer, atom.Nav, atom.Main, atom.Body, atom.Html,
		atom.Pre, atom.Center, atom.Address, atom.Hr, atom.Dl, atom.Dt, atom.Dd, atom.Blockquote, atom.Figure, atom.Form, atom.Fieldset,
		atom.Legend, atom.Details, atom.Summary, atom.Dialog, atom.Hgroup, atom.Menu, atom.Dir, atom.Option, atom.Caption, atom.Search,
		atom.Xmp, atom.Plaintext, atom.Listing:
		return true
	default:
		return false
	}
}

// forms says whether an element shows that its author parts copy by elements,
// and not by line breaks alone. A box around all of it shows nothing.
func forms(a atom.Atom) bool {
	switch a {
	case atom.Div, atom.Section, atom.Article, atom.Main, atom.Body, atom.Html:
		return false
	case atom.Li, atom.Td, atom.Th, atom.Ul, atom.Ol, atom.Table, atom.Figcaption:
		return true
	default:
		return heading(a) || blockish(a)
	}
}
