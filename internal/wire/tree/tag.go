package tree

import (
	"strings"
)

func nameStart(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_' || c >= 0x80
}

func space(c byte) bool { return c == ' ' || c == '\n' || c == '\t' || c == '\r' }

// start reads a start tag at pos.
func (r *reader) start() {
	if r.elements++; r.elements > r.limits.Elements {
		r.doc.Fault = TooBig
		return
	}
	r.pos++
	name := r.until(func(c byte) bool { return space(c) || c == '/' || c == '>' || c == '<' })
	bound := len(r.bindings)
	r.counts[name]++
	attrs, closed, many := r.attrs()
	f := frame{name: name, bound: bound}
	if parent := r.parent(); parent != nil && len(r.open) < r.limits.Depth {
		f.node = r.node()
		f.node.Attrs = attrs
		r.bind(f.node)
		f.node.Space, f.node.Name = r.resolve(name, true)
		parent.Kids = append(parent.Kids, f.node)
	} else {
		r.fault(TooDeep)
	}
	r.open = append(r.open, f)
	if many {
		r.fault(TooBig)
	}
	if closed {
		r.pop()
	}
}

// until takes text up to the first byte that stop says.
func (r *reader) until(stop func(byte) bool) string {
	from := r.pos
	for r.pos < len(r.src) && !stop(r.src[r.pos]) {
		r.pos++
	}
	return r.src[from:r.pos]
}

// attrs reads attributes up to and with the end of the tag. The names are
// still as written.
func (r *reader) attrs() (attrs []Attr, closed, many bool) {
	for r.pos < len(r.src) {
		switch c := r.src[r.pos]; {
		case c == '>':
			r.pos++
			return attrs, closed, many
		case c == '<': // the tag was never ended
			r.doc.Mended = true
			return attrs, closed, many
		case c == '/':
			r.pos++
			closed = r.pos < len(r.src) && r.src[r.pos] == '>'
		case space(c) || c == '=' || c == '"' || c == '\'':
			r.pos++
		default:
			a := r.attr()
			if many = many || len(attrs) >= r.limits.Attrs; !many {
				attrs = append(attrs, a)
			}
		}
	}
	return attrs, closed, many
}

func (r *reader) attr() Attr {
	name := r.until(func(c byte) bool { return space(c) || c == '=' || c == '/' || c == '>' || c == '<' })
	if name == "" { // a stray "<" or "=": step over it
		r.pos++
		return Attr{}
	}
	r.until(func(c byte) bool { return !space(c) })
	if r.pos >= len(r.src) || r.src[r.pos] != '=' {
		return Attr{Name: name}
	}
	r.pos++
	r.until(func(c byte) bool { return !space(c) })
	return Attr{Name: name, Value: unescape(r.value())}
}

// value reads an attribute's value: quoted, or bare as careless writers have it.
func (r *reader) value() string {
	if r.pos >= len(r.src) {
		return ""
	}
	quote := r.src[r.pos]
	which := 0
	if quote == '\'' {
		which = 1
	}
	if (quote == '"' || quote == '\'') && !r.noQuote[which] {
		end := strings.IndexByte(r.src[r.pos+1:], quote)
		if from := r.pos + 1; end >= 0 && !r.closes(r.src[from:from+end]) {
			r.pos = from + end + 1
			return r.src[from : from+end]
		}
		r.noQuote[which] = r.noQuote[which] || end < 0
		r.doc.Mended = true
		r.pos++
	}
	return r.until(func(c byte) bool { return space(c) || c == '>' || c == '<' })
}

// longName is more than any element's name has, in bytes.
const longName = 100

// closes says whether what stands between two marks that belong together, such
// as quotes, would end an element that is open: then the first was never closed,
// and the second is another's. No correct document has that.
func (r *reader) closes(value string) bool {
	for {
		i := strings.Index(value, "</")
		if i < 0 {
			return false
		}
		value = value[i+2:]
		if end := strings.IndexByte(value[:min(len(value), longName)], '>'); end >= 0 && r.counts[value[:end]] > 0 {
			return true
		}
	}
}

// bind puts the element's declarations of prefixes in force and gives its
// attributes their namespaces.
func (r *reader) bind(n *Node) {
	kept := n.Attrs[:0]
	for _, a := range n.Attrs {
		prefix, declares := strings.CutPrefix(a.Name, "xmlns")
		switch {
		case !declares || prefix != "" && prefix[0] != ':':
			kept = append(kept, a)
		case len(r.bindings) < r.limits.Attrs:
			r.bindings = append(r.bindings, binding{strings.TrimPrefix(prefix, ":"), strings.TrimSpace(a.Value)})
		}
	}
	n.Attrs = kept
	for i := range n.Attrs {
		n.Attrs[i].Space, n.Attrs[i].Name = r.resolve(n.Attrs[i].Name, false)
	}
}

// resolve splits a written name and gives its namespace. An attribute without
// a prefix has none.
func (r *reader) resolve(written string, element bool) (space, name string) {
	prefix, local, prefixed := strings.Cut(written, ":")
	if !prefixed || local == "" {
		prefix, local = "", strings.TrimSuffix(written, ":")
	}
	if prefix == "" && !element || prefix == "xml" {
		return prefix, local
	}
	for i := len(r.bindings) - 1; i >= 0; i-- {
		if r.bindings[i].prefix == prefix {
			return r.bindings[i].space, local
		}
	}
	return prefix, local
}

// end reads an end tag. It closes the nearest element of its name, and with it
// whatever stands open inside; an end that nothing began is passed over.
func (r *reader) end() {
	r.pos += 2
	r.until(func(c byte) bool { return !space(c) })
	name := r.until(func(c byte) bool { return space(c) || c == '>' || c == '<' || c == '/' })
	r.until(func(c byte) bool { return c == '>' || c == '<' })
	if r.pos >= len(r.src) {
		return // cut off inside the tag: the element stays open
	}
	if r.src[r.pos] == '>' {
		r.pos++
	}
	if r.counts[name] == 0 {
		r.doc.Mended = true
		return
	}
	for r.open[len(r.open)-1].name != name {
		r.doc.Mended = true
		r.pop()
	}
	r.pop()
}

func (r *reader) pop() {
	f := r.open[len(r.open)-1]
	r.open = r.open[:len(r.open)-1]
	r.counts[f.name]--
	r.bindings = r.bindings[:f.bound]
}
