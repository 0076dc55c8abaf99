package tree

import (
	"regexp"
	"strings"
)

// XML reads a document. The text must be UTF-8 without control characters; an
// encoding named in its declaration is ignored. Every end of a line is one
// line feed, as XML has it.
func XML(src string, limits Limits) Doc {
	if strings.IndexByte(src, '\r') >= 0 {
		src = strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(src)
	}
	r := reader{src: src, limits: limits, counts: map[string]int{}, marks: map[string]int{}}
	r.top.Kids = nil
	r.run()
	r.finish()
	return r.doc
}

// reader is one pass over a document, without looking back: every step moves
// pos forward, so the time is linear in the text.
type reader struct {
	src      string
	pos      int
	limits   Limits
	doc      Doc
	top      Node
	open     []frame
	counts   map[string]int // of open elements by written name, so that an end without a start costs nothing
	bindings []binding
	elements int
	texts    int
	noQuote  [2]bool        // no further " or ' in the text: not looked for again
	marks    map[string]int // where the next mark of a sort lies, as far as looked for; beyond the text when there is none
	slab     []Node
}

// frame is an open element; node is nil for one below the depth limit.
type frame struct {
	node  *Node
	name  string // as written, prefix and all
	bound int    // bindings in force outside it
}

type binding struct{ prefix, space string }

func (r *reader) run() {
	for r.pos < len(r.src) && r.doc.Fault != TooBig {
		end := r.nextTag()
		if end > r.pos {
			r.text(unescape(r.src[r.pos:end]))
		}
		if r.pos = end; r.pos < len(r.src) {
			r.tag()
		}
	}
}

// nextTag is where the next piece of markup begins: a "<" that nothing can
// follow which makes it one is text.
func (r *reader) nextTag() int {
	at := r.pos
	for {
		i := strings.IndexByte(r.src[at:], '<')
		if i < 0 || at+i+1 >= len(r.src) {
			return len(r.src)
		}
		at += i
		if next := r.src[at+1]; nameStart(next) || next == '/' || next == '!' || next == '?' {
			return at
		}
		at++
	}
}

func (r *reader) tag() {
	rest := r.src[r.pos:]
	switch {
	case strings.HasPrefix(rest, "<!--"):
		r.comment()
	case strings.HasPrefix(rest, "<![CDATA["):
		r.cdata()
	case strings.HasPrefix(rest, "<!"):
		r.directive()
	case strings.HasPrefix(rest, "<?"):
		r.skipPast("<?", "?>")
	case strings.HasPrefix(rest, "</"):
		r.end()
	default:
		r.start()
	}
}

// next is where the mark lies, at from or behind it; the length of the text
// when it does not. No stretch of the text is looked through twice for one.
func (r *reader) next(mark string, from int) int {
	if at, known := r.marks[mark]; known && at >= from {
		return at
	}
	at := len(r.src)
	if i := strings.Index(r.src[min(from, at):], mark); i >= 0 {
		at = from + i
	}
	r.marks[mark] = at
	return at
}

// skipPast moves behind the mark. What is never ended has not begun: only its
// opening is passed over, and what follows is read as it stands.
func (r *reader) skipPast(opening, mark string) bool {
	end := r.next(mark, r.pos+len(opening))
	if end == len(r.src) {
		r.pos += len(opening)
		r.doc.Mended = true
		return false
	}
	r.pos = end + len(mark)
	return true
}

// lost is the comment an old newspaper system leaves where it could not write a
// character: the character's number.
var lost = regexp.MustCompile(`^\s*([0-9a-f]{4})\(unknown\)\s*$`)

// comment passes over a comment. One that stands for a character gives it back;
// one in which an open element ends and another comment begins was never ended.
func (r *reader) comment() {
	from := r.pos + len("<!--")
	if end := r.next("-->", from); r.next("<!--", from) < end && r.closes(r.src[from:r.next("<!--", from)]) {
		r.pos, r.doc.Mended = from, true // the mark that comes is another's
		return
	}
	if !r.skipPast("<!--", "-->") || len(r.open) == 0 || r.pos-from > 40 {
		return
	}
	if m := lost.FindStringSubmatch(r.src[from : r.pos-len("-->")]); m != nil {
		if text := number("x"+m[1], ""); text != "" {
			r.text(text)
			r.doc.Mended = true
		}
	}
}

func (r *reader) cdata() {
	const opening, mark = "<![CDATA[", "]]>"
	from := r.pos + len(opening)
	if r.skipPast(opening, mark) {
		r.text(mend(r.src[from : r.pos-len(mark)]))
	}
}

// directive passes over a DOCTYPE with what it declares inside.
func (r *reader) directive() {
	depth, quote := 0, byte(0)
	for i := r.pos; i < len(r.src); i++ {
		c := r.src[i]
		switch {
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case depth > 1 && (c == '"' || c == '\''):
			quote = c
		case c == '<':
			depth++
		case c == '>':
			depth--
		}
		if depth == 0 {
			r.declared(r.src[r.pos:i])
			r.pos = i + 1
			return
		}
	}
	r.declared(r.src[r.pos:])
	r.pos = len(r.src)
}

// ownDTD is how documents bring in what belongs to them: NewsML the DTD of the
// text inside it, by the name of a file beside its own or its address with the
// agency; old RSS the characters that HTML has names for. It is never fetched,
// and nothing in the text can refer to it.
var ownDTD = regexp.MustCompile(`(?i)<!ENTITY\s+%\s+[\w.-]+\s+(?:SYSTEM|PUBLIC\s+(?:"[^"]*"|'[^']*'))\s+["'](?:[\w./-]+\.dtd|` +
	`https?://[\w.-]+/(?:[\w.-]+/)*(?:nitf|xhtml|newsml|rss)[\w.-]*\.(?:dtd|ent|mod))["']\s*>`)

func (r *reader) declared(text string) {
	if strings.Contains(strings.ToUpper(ownDTD.ReplaceAllString(text, "")), "<!ENTITY") {
		r.doc.Entities = true
	}
}

func (r *reader) parent() *Node {
	if len(r.open) == 0 {
		return &r.top
	}
	return r.open[len(r.open)-1].node
}

// fault marks the open elements as not whole. Those that are kept are the
// outermost, as many as the depth allows; below them there is nothing to mark.
func (r *reader) fault(f Fault) {
	for i := min(len(r.open), r.limits.Depth) - 1; i >= 0; i-- {
		n := r.open[i].node
		if n.Fault == f {
			return // and so are all around it
		}
		if n.Fault == Whole || n.Fault == CutOff {
			n.Fault = f
		}
	}
}

func (r *reader) text(s string) {
	if len(r.open) == 0 {
		if strings.TrimSpace(s) != "" {
			r.doc.Junk = true
		}
		return
	}
	parent := r.parent()
	if parent == nil {
		return
	}
	if len(s) > r.limits.Text {
		r.fault(TooBig)
		return
	}
	if r.texts++; r.texts > 2*r.limits.Elements { // there is one before and one behind each
		r.doc.Fault = TooBig
		return
	}
	n := r.node()
	n.Text = s
	parent.Kids = append(parent.Kids, n)
}

// node comes out of a slab: a document of half a million empty elements must
// not cost half a million allocations.
func (r *reader) node() *Node {
	if len(r.slab) == 0 {
		r.slab = make([]Node, min(256, 8+r.elements))
	}
	n := &r.slab[0]
	r.slab = r.slab[1:]
	return n
}

// finish closes what the document left open.
func (r *reader) finish() {
	for i := len(r.open) - 1; i >= 0; i-- {
		if n := r.open[i].node; n != nil && n.Fault == Whole {
			n.Fault = CutOff
		}
	}
	if len(r.open) > 0 && r.doc.Fault == Whole {
		r.doc.Fault = CutOff
	}
	for _, kid := range r.top.Kids {
		if kid.Name != "" {
			r.doc.Roots = append(r.doc.Roots, kid)
		}
	}
}
