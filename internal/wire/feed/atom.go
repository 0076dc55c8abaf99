package feed

import (
	"strings"

	"github.com/rotatif/newsroom/internal/markup"
	"github.com/rotatif/newsroom/internal/wire/sense"
	"github.com/rotatif/newsroom/internal/wire/tree"
)

func parseAtom(n *tree.Node, from about) raw {
	content := chosen(own(n, "content"))
	r := raw{
		id:        own(n, "id").Line(),
		published: sense.First(own(n, "published").Line(), own(n, "issued").Line(), own(n, "created").Line()),
		updated:   sense.First(own(n, "updated").Line(), own(n, "modified").Line()),
		language:  sense.First(content.Lang(), n.Lang(), lend(n, "dc", "language").Line(), from.language),
		rights:    sense.First(own(n, "rights").Line(), own(n, "copyright").Line(), own(n, "source").Kid("rights").Line(), lend(n, "dc", "rights").Line(), licence(n), licence(n.Kid("group")), from.rights),
		sources:   each([]*tree.Node{n.Kid("source", "title"), lend(n, "dc", "source")}),
	}
	r.base = within(from.base, content.Attr("base"))
	r.mediaTitle = lend(n, "media", "title").Line()
	r.title, _ = atomText(own(n, "title"))
	r.summary, _ = atomText(own(n, "summary"))
	r.body, r.plain = atomText(content)
	for _, part := range []*tree.Node{n, n.Kid("source")} {
		for _, a := range native(part, "author") {
			if len(r.authors) == 0 || part == n {
				r.authors = append(r.authors, sense.First(a.Kid("name").Line(), a.Line()))
			}
		}
	}
	r.authors = append(r.authors, each(borrowed(n, "dc", "creator"))...)
	if author := n.Kid("source", "author", "name").Line(); author != "" && len(r.sources) == 0 {
		r.sources = []string{author}
	}
	for _, l := range native(n, "link") {
		r.atomLink(l)
	}
	for _, c := range native(n, "category") {
		r.categories = append(r.categories, category{c.Attr("scheme"), c.Attr("term"), sense.First(c.Attr("label"), c.Attr("term"))})
	}
	if strings.TrimSpace(r.body) == "" {
		r.body, r.summary, r.plain = sense.First(r.summary, lend(n.Kid("group"), "media", "description").Line()), "", false
	}
	r.media(n)
	return r
}

func (r *raw) atomLink(l *tree.Node) {
	switch rel := l.Attr("rel"); {
	case rel == "enclosure":
		r.pictures = append(r.pictures, shot(l.Attr("href"), l.Attr("type")))
	case (rel == "" || strings.HasSuffix(rel, "alternate")) && r.link == "":
		r.link = l.Attr("href")
	}
}

// chosen is the content, or of a content that is several notations of one text
// the one with the most to it.
func chosen(content *tree.Node) *tree.Node {
	if !strings.HasPrefix(strings.ToLower(content.Attr("type")), "multipart") {
		return content
	}
	best := content
	for _, c := range native(content, "content") {
		if best == content || strings.Contains(c.Attr("type"), "html") && !strings.Contains(best.Attr("type"), "html") {
			best = c
		}
	}
	return best
}

// atomText is the HTML of a text construct; plain says that it is no HTML. A
// content that only points elsewhere has none.
func atomText(n *tree.Node) (text string, plain bool) {
	kind := strings.ToLower(sense.First(n.Attr("type"), "text"))
	mode := strings.ToLower(n.Attr("mode"))
	switch {
	case n == nil || n.Attr("src") != "":
		return "", false
	case n.Elements() > 0:
		return htmlOf(n), false
	case mode == "base64", !strings.Contains(kind, "text") && !strings.Contains(kind, "html") && !strings.Contains(kind, "xml"):
		return sense.First(sense.Base64(n.Raw()), n.Raw()), false
	default:
		text = n.Raw()
		return text, strings.HasPrefix(kind, "text") && kind != "text/html" && !markup.HasTags(text)
	}
}
