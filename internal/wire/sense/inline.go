package sense

import (
	"slices"
	"strings"

	"github.com/rotatif/newsroom"
	"github.com/rotatif/newsroom/internal/markup"
	"github.com/rotatif/newsroom/internal/wire/tree"
)

// Inlined is what a story carried in markup says of itself beside its text.
type Inlined struct {
	Headline   string // hl1, or h1
	Title      string // of the head
	Standfirst string
	Byline     string
}

// SetMarkup gives the dispatch the story written in a document of its own,
// NITF or XHTML.
func SetMarkup(d *newsroom.Dispatch, text string) Inlined {
	doc := tree.XML(text, tree.Bounds())
	if len(doc.Roots) == 0 {
		SetHTML(d, text)
		return Inlined{}
	}
	return SetInline(d, &tree.Node{Name: "inline", Kids: doc.Roots})
}

// SetInline gives the dispatch the story that stands below the node: NITF
// below body.content with or without blocks, XHTML below body in any sections,
// either of them without its envelope, HTML escaped into one string, or bare
// text with blank lines.
func SetInline(d *newsroom.Dispatch, n *tree.Node) Inlined {
	head, top, lead := n.Find("body.head"), n.Find("h1"), teaserOf(n)
	late := n.Find("h1", "p") != top
	said := Inlined{
		Headline:   first(n.Find("hl1").Line(), n.Find("hedline", "headline").Line(), top.Line()),
		Title:      n.Find("title").Line(),
		Standfirst: first(head.Kid("abstract").Line(), lead.Words()),
		Byline:     head.Kid("byline").Line(),
	}
	if line := head.Kid("dateline").Line(); d.Dateline.Text == "" {
		d.Dateline.Text = line
	}
	content := n.Find("body.content")
	if content == nil {
		content = n.Find("body")
	}
	if content == nil {
		content = n
	}
	if content.Elements() == 0 {
		SetLoose(d, content.Raw())
	} else {
		SetHTML(d, content.HTML(func(m *tree.Node) string {
			switch {
			case m.Name == "h1" && (m != top || late):
				return "h2" // it is a part of the text
			case m == lead:
				return "-"
			}
			return htmlName(m)
		}))
	}
	content.Walk(func(m *tree.Node) bool {
		switch {
		case m.Name == "media":
			media(d, m)
		case strings.EqualFold(m.Attr("class"), "notepad"):
			notepad(d, m.Words())
			return false
		}
		return true
	})
	return said
}

// notepad keeps what stands below the copy for editors, unless they have been told.
func notepad(d *newsroom.Dispatch, text string) {
	if !slices.ContainsFunc(d.EdNotes, func(n newsroom.EdNote) bool {
		return strings.Contains(n.Text, text) || strings.EqualFold(n.Role, "notepad")
	}) {
		Note(d, "notepad", text)
	}
}

// SetLoose gives the dispatch a text that is no tree: escaped HTML or bare lines.
func SetLoose(d *newsroom.Dispatch, text string) {
	if markup.HasTags(markup.Unescape(text)) {
		SetHTML(d, text)
		return
	}
	SetText(d, text)
}

// media is a picture of NITF.
func media(d *newsroom.Dispatch, n *tree.Node) {
	kind := strings.ToLower(n.Attr("media-type"))
	if kind != "" && kind != "image" && kind != "photo" {
		return
	}
	ref := n.Kid("media-reference")
	if ref == nil {
		return
	}
	p := newsroom.PictureRef{Src: ref.Attr("source"), Caption: n.Kid("media-caption").Line(), Credit: n.Kid("media-producer").Line(), Alt: ref.Attr("alternate-text")}
	if !WebAddress(p.Src) {
		p.ID, p.Src = p.Src, ""
	}
	AddPicture(d, p)
}

// htmlName says as which HTML element an element of NITF or XHTML is read.
// What HTML does not know is looked through; what is no copy is left out.
func htmlName(n *tree.Node) string {
	name := strings.ToLower(n.Name)
	switch name {
	case "p", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "table", "thead", "tbody", "tfoot", "tr", "td", "th", "blockquote",
		"br", "a", "em", "i", "strong", "b", "figure", "figcaption", "img", "pre", "div", "section", "article", "main", "hr", "dl", "dt", "dd", "cite", "q", "address":
		if furniture(n.Attr("class")) || teaser(n) || name == "img" && (Pixels(n.Attr("width")) == 1 || Counts(n.Attr("src"))) {
			return "-"
		}
		return name
	case "hl2":
		return "h2"
	case "bq":
		return "blockquote"
	case "block", "fn", "body", "aside", "nitf-table", "note":
		return "div"
	case "header":
		if n.Find("h1") != nil {
			return "-"
		}
		return "div"
	case "time":
		if furniture(n.Attr("class")) {
			return "-"
		}
		return ""
	case "media", "body.head", "body.end", "head", "title", "h1", "hl1", "hedline", "script", "style", "iframe", "svg", "math",
		"object", "embed", "applet", "template", "noscript", "select", "textarea", "form", "button", "video", "audio", "canvas":
		return "-"
	default:
		return ""
	}
}

// teaser says whether a paragraph is the standfirst set into the text.
func teaser(n *tree.Node) bool { return n.Is("p") && n.Attr("class") == "teaser" }

// teaserOf is the standfirst that is set into a text: one that says so, else
// the first paragraph of the header that also holds the headline. What is told
// in a figure is told of the picture.
func teaserOf(n *tree.Node) *tree.Node {
	var says, above *tree.Node
	n.Walk(func(m *tree.Node) bool {
		switch {
		case says != nil || m.Is("figure"):
			return false
		case teaser(m), m.Is("p", "div", "section") && m.Attr("itemprop") == "description":
			says = m
		case above == nil && m.Is("header") && m.Find("h1") != nil:
			above = m.Find("p")
		}
		return true
	})
	if says == nil {
		return above
	}
	return says
}

// furniture says whether a class names what surrounds copy and is none.
func furniture(class string) bool {
	for _, c := range strings.Fields(strings.ToLower(class)) {
		switch c {
		case "slugline", "dat", "notepad", "np-nonpublic", "linkbox", "publicationdate":
			return true
		}
	}
	return false
}
