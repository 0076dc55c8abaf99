package markup

import (
	"bytes"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// walker reads tokens, not a tree: no nesting costs memory or time.
type walker struct {
	limits Limits
	reader *html.Tokenizer
	nodes  []Node
	cut    bool
	frank  bool // read what stands in silent elements, scripts and the like excepted

	seen   int       // tokens
	silent atom.Atom // the open silent element
	deep   int       // how often it is open within itself

	kind   Kind // of the block being gathered
	class  string
	runs   []run
	broke  bool // a line break was the last thing that is not space
	formed bool // something has said what a paragraph is: a break of two lines, a paragraph, a list
	strong int
	em     int
	href   string
	pre    int
	quotes int // open blockquotes

	list  *Node // the outermost open list: items of inner ones join it
	lists int
	grid  grid   // the open table
	photo figure // the open figure
}

// run is a piece of inline text; or a line break; or the place where two blocks
// meet inside one item, cell or caption.
type run struct {
	Inline
	line, part bool
}

// walk reads a text once.
func walk(s string, l Limits, frank bool) *walker {
	w := &walker{limits: l, frank: frank, kind: Paragraph, reader: html.NewTokenizer(strings.NewReader(s))}
	w.reader.SetMaxBuf(l.Bytes + 1)
	for kind := w.reader.Next(); kind != html.ErrorToken; kind = w.reader.Next() {
		if w.seen++; w.seen > l.Nodes {
			w.cut = true
			break
		}
		w.token(kind)
	}
	if w.silent != 0 || w.seen <= l.Nodes && len(w.reader.Raw()) > 0 { // the end stands inside something
		w.cut = true
	}
	w.finish()
	return w
}

func (w *walker) token(kind html.TokenType) {
	switch kind {
	case html.TextToken:
		if w.silent == 0 {
			w.text(string(w.reader.Text()))
		}
	case html.StartTagToken:
		w.start(false)
	case html.SelfClosingTagToken:
		w.reader.NextIsNotRawText() // XHTML: an empty script or frame, with copy behind it
		w.start(true)
	case html.EndTagToken:
		name, _ := w.reader.TagName()
		w.end(tag(name))
	case html.CommentToken, html.DoctypeToken:
		w.cut = w.cut || !closed(w.reader.Raw())
	}
}

// closed says whether a comment or declaration has its end: one without hides the rest.
func closed(raw []byte) bool {
	if bytes.HasPrefix(raw, []byte("<!--")) {
		return bytes.HasSuffix(raw, []byte("-->")) || bytes.HasSuffix(raw, []byte("--!>"))
	}
	return bytes.HasSuffix(raw, []byte(">"))
}

// tag is the element's name without its prefix ("xhtml:p" is p).
func tag(name []byte) atom.Atom {
	for i := len(name) - 1; i >= 0; i-- {
		if name[i] == ':' {
			return atom.Lookup(name[i+1:])
		}
	}
	return atom.Lookup(name)
}

func (w *walker) text(s string) {
	if w.pre == 0 {
		w.add(s)
		return
	}
	for line := range strings.Lines(s) {
		w.add(line)
		if strings.HasSuffix(line, "\n") {
			w.breakLine()
		}
	}
}

func (w *walker) add(s string) {
	if strings.TrimSpace(s) != "" {
		w.broke = false
	}
	w.gather(run{Inline: Inline{Text: s, Strong: w.strong > 0, Em: w.em > 0, Href: w.href}})
}

func (w *walker) gather(r run) {
	if w.photo.telling {
		w.photo.runs = append(w.photo.runs, r)
	} else {
		w.runs = append(w.runs, r)
	}
}

func (w *walker) start(selfClosing bool) {
	name, more := w.reader.TagName()
	a := tag(name)
	switch {
	case w.silent != 0:
		if a == w.silent && !selfClosing {
			w.deep++
		}
	case mute(a, w.frank):
		if !selfClosing {
			w.silent, w.deep = a, 1
		}
	default:
		w.open(a, more)
	}
}

// maxAttributes bounds the attributes that are looked at.
const maxAttributes = 64

// attr is an attribute of the tag just read; of two, the first counts.
func (w *walker) attr(more bool, names ...string) []string {
	values := make([]string, len(names))
	found := make([]bool, len(names))
	for range maxAttributes {
		if !more {
			break
		}
		var key, value []byte
		key, value, more = w.reader.TagAttr()
		for i, name := range names {
			if !found[i] && string(key) == name {
				values[i], found[i] = string(value), true
			}
		}
	}
	return values
}

func (w *walker) open(a atom.Atom, more bool) {
	w.formed = w.formed || forms(a)
	if heading(a) || blockish(a) {
		w.part()
		w.class = className(w.attr(more, "class")[0])
	}
	if heading(a) {
		w.kind = Heading
	}
	switch a {
	case atom.Pre:
		w.pre++
	case atom.Blockquote:
		w.quotes++
	case atom.Br:
		w.breakLine()
	case atom.B, atom.Strong:
		w.strong++
	case atom.I, atom.Em, atom.Cite:
		w.em++
	case atom.Q:
		w.add("“")
	case atom.A:
		w.href = safe(w.attr(more, "href")[0])
	case atom.Img, atom.Image:
		values := w.attr(more, "src", "alt")
		w.image(values[0], values[1])
	case atom.Figure:
		w.openFigure()
	case atom.Figcaption:
		w.photo.telling = true
	default:
		w.openRows(a)
	}
}

func (w *walker) end(a atom.Atom) {
	if w.silent != 0 {
		if a == w.silent {
			w.deep--
		}
		if w.deep == 0 {
			w.silent = 0
		}
		return
	}
	if heading(a) || blockish(a) {
		w.part()
		w.kind = Paragraph
	}
	switch a {
	case atom.Pre:
		w.pre = max(0, w.pre-1)
	case atom.B, atom.Strong:
		w.strong = max(0, w.strong-1)
	case atom.I, atom.Em, atom.Cite:
		w.em = max(0, w.em-1)
	case atom.Q:
		w.add("”")
	case atom.A:
		w.href = ""
	case atom.Blockquote:
		w.quotes = max(0, w.quotes-1)
	case atom.Figcaption:
		w.caption()
	case atom.Figure:
		w.closeFigure()
	case atom.P:
		w.broke = false
	default:
		w.closeRows(a)
	}
}

// breakLine: two line breaks part a paragraph, one is a space, unless nothing
// else ever parts anything.
func (w *walker) breakLine() {
	if w.broke {
		w.formed = true
		w.part()
		return
	}
	w.gather(run{Inline: w.blank(), line: true})
	w.broke = true
}

// blank is a space with the marks of its neighbours.
func (w *walker) blank() Inline {
	return Inline{Text: " ", Strong: w.strong > 0, Em: w.em > 0, Href: w.href}
}

// part ends a block. Within one item, cell or caption it leaves a mark.
func (w *walker) part() {
	w.broke = false
	if w.photo.telling || w.grid.inCell || w.grid.node == nil && w.list != nil {
		w.gather(run{Inline: w.blank(), part: true})
		return
	}
	w.flush()
}

// flush puts the block being gathered down, or, in a text that knows only line
// breaks, a block for every line.
func (w *walker) flush() {
	from := 0
	for i, r := range w.runs {
		if r.line && !w.formed {
			w.put(w.runs[from:i])
			from = i
		}
	}
	w.put(w.runs[from:])
	w.runs, w.class = w.runs[:0], ""
}

// put adds a block, if there is text for one: a heading waits until there is.
func (w *walker) put(runs []run) {
	inline := tidy(runs)
	if len(inline) == 0 {
		return
	}
	if w.quotes > 0 && w.kind == Paragraph {
		w.kind = Quote
	}
	w.nodes = append(w.nodes, Node{Kind: w.kind, Inline: inline, Class: w.class})
	w.kind = Paragraph
}

// finish puts down whatever was left open.
func (w *walker) finish() {
	w.caption()
	w.closeFigure()
	if w.grid.node != nil {
		w.grid.depth = 1
		w.closeTable()
	}
	if w.list != nil {
		w.lists = 1
		w.closeList()
	}
	w.flush()
}
