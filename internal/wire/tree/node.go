package tree

import "strings"

// Node is an element, or a run of text when Name is empty.
type Node struct {
	Space string // the namespace, or the prefix as written when nobody declared it
	Name  string // without its prefix, as written
	Text  string // of a run of text
	Attrs []Attr
	Kids  []*Node
	Fault Fault
}

// Attr is an attribute of an element.
type Attr struct {
	Space, Name, Value string
}

// Doc is a document as far as it could be read.
type Doc struct {
	Roots    []*Node
	Entities bool // it declares entities of its own: nobody honest needs to
	Junk     bool // there is text outside the roots
	Mended   bool // tags were missing, crossed or broken
	Fault    Fault
}

// Root is the first element, nil when there is none.
func (d Doc) Root() *Node {
	if len(d.Roots) == 0 {
		return nil
	}
	return d.Roots[0]
}

// Is says whether the element has one of the names, whatever its namespace.
// Case counts: formats differ by it.
func (n *Node) Is(names ...string) bool {
	for _, name := range names {
		if n != nil && n.Name == name {
			return true
		}
	}
	return false
}

// Kid is the first child element of the path of names, nil when there is none.
// All methods of Node may be called on nil, which has nothing in it.
func (n *Node) Kid(path ...string) *Node {
	for _, name := range path {
		if n = n.first(name); n == nil {
			return nil
		}
	}
	return n
}

func (n *Node) first(name string) *Node {
	if n == nil {
		return nil
	}
	for _, kid := range n.Kids {
		if kid.Name == name {
			return kid
		}
	}
	return nil
}

// All is every child element with one of the names.
func (n *Node) All(names ...string) []*Node {
	if n == nil {
		return nil
	}
	var found []*Node
	for _, kid := range n.Kids {
		if kid.Name != "" && kid.Is(names...) {
			found = append(found, kid)
		}
	}
	return found
}

// Walk visits the element and all below it in document order; visit says
// whether to go on below the one it was given.
func (n *Node) Walk(visit func(*Node) bool) {
	if n == nil || !visit(n) {
		return
	}
	for _, kid := range n.Kids {
		kid.Walk(visit)
	}
}

// Find is the first element with one of the names, at any depth.
func (n *Node) Find(names ...string) *Node {
	var found *Node
	n.Walk(func(m *Node) bool {
		if found == nil && m.Name != "" && m.Is(names...) {
			found = m
		}
		return found == nil
	})
	return found
}

// Attr is the attribute's value, trimmed; of several with one local name the
// one without a prefix counts.
func (n *Node) Attr(name string) string {
	value, _ := n.Lookup(name)
	return value
}

// Lookup is Attr that tells an empty attribute from none.
func (n *Node) Lookup(name string) (string, bool) {
	if n == nil {
		return "", false
	}
	value, found := "", false
	for _, a := range n.Attrs {
		if a.Name == name && (a.Space == "" || !found) {
			value, found = a.Value, true
		}
	}
	return strings.TrimSpace(value), found
}

// Lang is the element's own xml:lang.
func (n *Node) Lang() string {
	if n == nil {
		return ""
	}
	for _, a := range n.Attrs {
		if a.Space == "xml" && a.Name == "lang" {
			return strings.TrimSpace(a.Value)
		}
	}
	return ""
}

// Raw is all text of the element as it stands.
func (n *Node) Raw() string {
	if n == nil {
		return ""
	}
	if len(n.Kids) == 1 && n.Kids[0].Name == "" {
		return n.Kids[0].Text
	}
	var b strings.Builder
	n.Walk(func(m *Node) bool {
		b.WriteString(m.Text)
		return true
	})
	return b.String()
}

// Line is all text of the element as one line, its white space collapsed.
func (n *Node) Line() string { return strings.Join(strings.Fields(n.Raw()), " ") }

// Words is Line with a space where a paragraph, a line of a list or a cell
// ends, even if nobody wrote one there.
func (n *Node) Words() string {
	var b strings.Builder
	n.words(&b)
	return strings.Join(strings.Fields(b.String()), " ")
}

func (n *Node) words(b *strings.Builder) {
	if n == nil {
		return
	}
	apart := breaks(n.Name)
	if apart {
		b.WriteByte(' ')
	}
	b.WriteString(n.Text)
	for _, kid := range n.Kids {
		kid.words(b)
	}
	if apart {
		b.WriteByte(' ')
	}
}

// breaks says whether an element stands in lines of its own.
func breaks(name string) bool {
	switch strings.ToLower(name) {
	case "p", "br", "li", "ul", "ol", "dt", "dd", "div", "section", "header", "footer", "article", "blockquote", "table", "tr", "td", "th",
		"h1", "h2", "h3", "h4", "h5", "h6", "hl1", "hl2", "block", "body.content", "address":
		return true
	default:
		return false
	}
}

// Elements counts the child elements.
func (n *Node) Elements() int {
	count := 0
	if n != nil {
		for _, kid := range n.Kids {
			if kid.Name != "" {
				count++
			}
		}
	}
	return count
}
