package markup

import (
	"strings"
	"unicode"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// walker reads tokens, not a tree: no nesting costs memory beyond the open marks.
type walker struct {
	limits Limits
	reader *html.Tokenizer
	nodes  []Node
	cut    bool

	seen   int         // tokens
	mute   []atom.Atom // open silent elements
	kind   Kind        // of the block being gathered
	class  string
	inline []Inline
	strong int
	em     int
	hrefs  []string
	lists  []list // open lists
	table  *Node  // open table, innermost wins
	quotes int    // open blockquotes
	figure int    // index+1 in nodes of the image waiting for its caption
	capt   bool   // inside figcaption
}

// list is an open list and where its items go.
type list struct{ node Node }

func (w *walker) run() {
	w.kind = Paragraph
	for {
		kind := w.reader.Next()
		if kind == html.ErrorToken {
			break
		}
		if w.seen++; w.seen > w.limits.Nodes {
			w.cut = true
			break
		}
		w.token(kind)
	}
	w.finish()
}

func (w *walker) token(kind html.TokenType) {
	switch kind {
	case html.TextToken:
		if len(w.mute) == 0 {
			w.text(string(w.reader.Text()))
		}
	case html.StartTagToken, html.SelfClosingTagToken:
		w.start(kind == html.SelfClosingTagToken)
	case html.EndTagToken:
		name, _ := w.reader.TagName()
		w.end(tag(name))
	}
}

// tag is the element's name without its prefix ("xhtml:p" is p).
func tag(name []byte) atom.Atom {
	s := string(name)
	if i := strings.LastIndexByte(s, ':'); i >= 0 {
		s = s[i+1:]
	}
	return atom.Lookup([]byte(s))
}

func (w *walker) text(s string) {
	if w.capt && w.figure > 0 {
		w.nodes[w.figure-1].Caption += s
		return
	}
	run := Inline{Text: s, Strong: w.strong > 0, Em: w.em > 0}
	if len(w.hrefs) > 0 {
		run.Href = w.hrefs[len(w.hrefs)-1]
	}
	w.inline = append(w.inline, run)
}

func (w *walker) start(selfClosing bool) {
	name, more := w.reader.TagName()
	a := tag(name)
	attrs := map[string]string{}
	if more {
		attrs = w.attributes()
	}
	if silent(a) {
		if !selfClosing && len(w.mute) < w.limits.Depth {
			w.mute = append(w.mute, a)
		}
		return
	}
	if len(w.mute) > 0 {
		return
	}
	w.open(a, attrs)
}

// maxAttributes bounds the attributes that are looked at.
const maxAttributes = 64

func (w *walker) attributes() map[string]string {
	attrs := map[string]string{}
	for range maxAttributes {
		key, value, more := w.reader.TagAttr()
		if _, twice := attrs[string(key)]; !twice {
			attrs[string(key)] = string(value)
		}
		if !more {
			break
		}
	}
	return attrs
}

func (w *walker) open(a atom.Atom, attrs map[string]string) {
	switch a {
	case atom.P, atom.Div, atom.Section, atom.Article, atom.Pre, atom.Center, atom.Address, atom.Hr, atom.Body, atom.Main, atom.Dl, atom.Dt, atom.Dd:
		w.flush()
		w.class = attrs["class"]
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		w.flush()
		w.kind = Heading
	case atom.Br:
		w.breakLine()
	case atom.B, atom.Strong:
		w.strong++
	case atom.I, atom.Em, atom.Cite:
		w.em++
	case atom.A:
		w.hrefs = append(w.hrefs, safe(attrs["href"]))
	case atom.Blockquote:
		w.flush()
		w.quotes++
	case atom.Img:
		w.image(attrs)
	case atom.Figcaption:
		w.flush()
		w.capt = true
	default:
		w.openRows(a)
	}
}

func (w *walker) openRows(a atom.Atom) {
	switch a {
	case atom.Ul, atom.Ol:
		w.flush()
		kind := Bulleted
		if a == atom.Ol {
			kind = Numbered
		}
		if len(w.lists) < 16 {
			w.lists = append(w.lists, list{Node{Kind: kind}})
		}
	case atom.Li:
		w.flush()
	case atom.Table:
		w.flush()
		if w.table == nil {
			w.table = &Node{Kind: Table}
		}
	case atom.Tr:
		w.flush()
		if w.table != nil {
			w.table.Rows = append(w.table.Rows, nil)
		}
	case atom.Th:
		w.flush()
		if w.table != nil && len(w.table.Rows) <= 1 {
			w.table.Head = true
		}
	case atom.Td:
		w.flush()
	}
}

func (w *walker) end(a atom.Atom) {
	if len(w.mute) > 0 {
		if w.mute[len(w.mute)-1] == a {
			w.mute = w.mute[:len(w.mute)-1]
		}
		return
	}
	switch a {
	case atom.B, atom.Strong:
		w.strong = max(0, w.strong-1)
	case atom.I, atom.Em, atom.Cite:
		w.em = max(0, w.em-1)
	case atom.A:
		if len(w.hrefs) > 0 {
			w.hrefs = w.hrefs[:len(w.hrefs)-1]
		}
	case atom.Blockquote:
		w.flush()
		w.quotes = max(0, w.quotes-1)
	case atom.Ul, atom.Ol:
		w.flush()
		w.closeList()
	case atom.Table:
		w.flush()
		w.closeTable()
	case atom.Td, atom.Th:
		w.cell()
	case atom.Figcaption, atom.Figure:
		w.capt, w.figure = false, 0
		w.flush()
	case atom.P, atom.Div, atom.Section, atom.Article, atom.Pre, atom.Li, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6,
		atom.Center, atom.Address, atom.Dt, atom.Dd, atom.Body:
		w.flush()
	}
}

// breakLine: two line breaks part a paragraph, one is a space.
func (w *walker) breakLine() {
	if n := len(w.inline); n > 0 && w.inline[n-1].Text == "\n" {
		w.flush()
		return
	}
	if len(w.inline) > 0 {
		w.inline = append(w.inline, Inline{Text: "\n"})
	}
}

func (w *walker) image(attrs map[string]string) {
	w.flush()
	src := strings.TrimSpace(attrs["src"])
	if safe(src) == "" {
		return
	}
	w.nodes = append(w.nodes, Node{Kind: Image, Src: src, Alt: squeeze(attrs["alt"])})
	w.figure = len(w.nodes)
}

// flush ends the block being gathered and puts it where it belongs.
func (w *walker) flush() {
	inline := tidy(w.inline)
	kind, class := w.kind, w.class
	w.inline, w.kind, w.class = nil, Paragraph, ""
	if len(inline) == 0 {
		return
	}
	switch {
	case w.table != nil:
		w.intoRow(inline, false)
	case len(w.lists) > 0:
		top := &w.lists[len(w.lists)-1].node
		top.Items = append(top.Items, inline)
	case w.quotes > 0 && kind == Paragraph:
		w.nodes = append(w.nodes, Node{Kind: Quote, Inline: inline, Class: class})
	default:
		w.nodes = append(w.nodes, Node{Kind: kind, Inline: inline, Class: class})
	}
}

// cell ends a table cell, which may be empty.
func (w *walker) cell() {
	if w.table == nil {
		w.flush()
		return
	}
	inline := tidy(w.inline)
	w.inline = nil
	w.intoRow(inline, true)
}

func (w *walker) intoRow(inline []Inline, even bool) {
	if len(inline) == 0 && !even {
		return
	}
	if len(w.table.Rows) == 0 {
		w.table.Rows = append(w.table.Rows, nil)
	}
	last := len(w.table.Rows) - 1
	w.table.Rows[last] = append(w.table.Rows[last], inline)
}

func (w *walker) closeList() {
	if len(w.lists) == 0 {
		return
	}
	done := w.lists[len(w.lists)-1].node
	w.lists = w.lists[:len(w.lists)-1]
	if len(done.Items) == 0 {
		return
	}
	if len(w.lists) > 0 { // a list in a list: its items join the outer one
		outer := &w.lists[len(w.lists)-1].node
		outer.Items = append(outer.Items, done.Items...)
		return
	}
	w.nodes = append(w.nodes, done)
}

func (w *walker) closeTable() {
	if w.table == nil {
		return
	}
	done := *w.table
	w.table = nil
	rows := done.Rows[:0]
	for _, row := range done.Rows {
		if len(row) > 0 {
			rows = append(rows, row)
		}
	}
	if done.Rows = rows; len(rows) > 0 {
		w.nodes = append(w.nodes, done)
	}
}

// finish puts down whatever was left open.
func (w *walker) finish() {
	w.flush()
	for len(w.lists) > 0 {
		w.closeList()
	}
	w.closeTable()
	for i := range w.nodes {
		w.nodes[i].Caption = squeeze(w.nodes[i].Caption)
	}
}

// tidy squeezes white space across runs, joins runs of equal marks and drops
// what is empty. Invisible characters go, except those that shape words.
func tidy(in []Inline) []Inline {
	out := []Inline{}
	space := true // nothing before: leading space goes
	for _, run := range in {
		run.Text, space = squeezeRun(run.Text, space)
		if run.Text == "" {
			continue
		}
		if n := len(out); n > 0 && out[n-1].Strong == run.Strong && out[n-1].Em == run.Em && out[n-1].Href == run.Href {
			out[n-1].Text += run.Text
			continue
		}
		out = append(out, run)
	}
	for len(out) > 0 {
		n := len(out) - 1
		if out[n].Text = strings.TrimRight(out[n].Text, " "); out[n].Text != "" {
			return out
		}
		out = out[:n]
	}
	return nil
}

func squeezeRun(s string, space bool) (string, bool) {
	var b strings.Builder
	for _, r := range s {
		switch {
		case r == '\u00ad' || r == '\ufeff' || r == '\u200b' || unicode.IsControl(r) && !unicode.IsSpace(r):
			continue
		case unicode.IsSpace(r):
			if !space {
				b.WriteByte(' ')
			}
			space = true
		default:
			b.WriteRune(r)
			space = false
		}
	}
	return b.String(), space
}

// safe is the address when it is absolute http, https or mailto, else "".
func safe(href string) string {
	href = strings.TrimSpace(href)
	for _, r := range href {
		if r <= ' ' || r == 0x7f || r == '\\' {
			return ""
		}
	}
	lower := strings.ToLower(href)
	for _, scheme := range []string{"https://", "http://", "mailto:"} {
		if strings.HasPrefix(lower, scheme) && len(href) > len(scheme) {
			return href
		}
	}
	return ""
}
