package tree

import "strings"

// HTML writes what is inside the element as HTML for the reader of markup:
// prefixes are dropped, empty elements closed the way HTML does it. As says
// under which name an element is written; an empty name writes only what is
// inside it, "-" nothing at all.
func (n *Node) HTML(as func(*Node) string) string {
	if n == nil {
		return ""
	}
	var b strings.Builder
	for _, kid := range n.Kids {
		kid.html(&b, as)
	}
	return b.String()
}

func (n *Node) html(b *strings.Builder, as func(*Node) string) {
	if n.Name == "" {
		b.WriteString(escape(n.Text))
		return
	}
	name := as(n)
	if name == "-" {
		return
	}
	if name != "" {
		b.WriteByte('<')
		b.WriteString(name)
		n.attrs(b)
		b.WriteByte('>')
	}
	for _, kid := range n.Kids {
		kid.html(b, as)
	}
	if name != "" && !void(name) {
		b.WriteString("</")
		b.WriteString(name)
		b.WriteByte('>')
	}
}

func (n *Node) attrs(b *strings.Builder) {
	for _, a := range n.Attrs {
		if a.Name == "" || strings.ContainsAny(a.Name, "\"'<>/= \t\n") {
			continue
		}
		b.WriteByte(' ')
		b.WriteString(a.Name)
		b.WriteString(`="`)
		b.WriteString(strings.ReplaceAll(escape(a.Value), `"`, "&quot;"))
		b.WriteByte('"')
	}
}

func escape(s string) string {
	if !strings.ContainsAny(s, "&<>") {
		return s
	}
	return strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;").Replace(s)
}

func void(name string) bool {
	switch name {
	case "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr":
		return true
	default:
		return false
	}
}
