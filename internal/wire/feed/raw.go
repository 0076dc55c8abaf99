package feed

import (
	"strings"

	"github.com/rotatif/newsroom"
	"github.com/rotatif/newsroom/internal/markup"
	"github.com/rotatif/newsroom/internal/wire/sense"
	"github.com/rotatif/newsroom/internal/wire/tree"
)

// raw mirrors an item of any feed.
type raw struct {
	id, link, title, mediaTitle string
	summary, body               string // HTML
	plain                       bool   // the body is text and no HTML
	published, updated, expires string
	language, rights            string
	authors, sources            []string
	categories                  []category
	place                       string
	flash                       bool
	edNote                      string
	status                      []string
	embargoes                   []string
	restrictions                []restriction
	base                        string // of the addresses in the body
	pictures                    []picture
	waiting                     int  // pictures the agency has announced and not yet delivered
	quoted                      bool // lines that are nothing but a quotation serve as subheads
}

type category struct{ domain, term, name string }

// picture is one picture, in its sizes if it has several.
type picture struct {
	id, caption, credit string
	sizes               []newsroom.Rendition
	thumbnail           bool // nothing but small views of what is shown elsewhere
	image               bool // it says that it is one, whatever its address looks like
}

// shot is a picture in one size.
func shot(href, mime string) picture {
	return picture{sizes: []newsroom.Rendition{{Src: href, Type: mime}}}
}

// family is the usual prefix of a namespace, for elements that stand in feeds
// under many addresses, or under a prefix nobody declared.
func family(space string) string {
	switch lower := strings.ToLower(space); {
	case strings.Contains(lower, "purl.org/dc/elements"), lower == "dc":
		return "dc"
	case strings.Contains(lower, "purl.org/dc/terms"), lower == "dcterms":
		return "dcterms"
	case strings.Contains(lower, "modules/content"), lower == "content":
		return "content"
	case strings.Contains(lower, "mrss"), lower == "media":
		return "media"
	case strings.Contains(lower, "yandex"):
		return "yandex"
	case strings.Contains(lower, "itunes"):
		return "itunes"
	case strings.Contains(lower, "creativecommons"), strings.Contains(lower, "web.resource.org/cc"), lower == "cc":
		return "cc"
	case strings.Contains(lower, "1999/xhtml"), lower == "xhtml":
		return "xhtml"
	case strings.Contains(lower, "w3.org/2005/atom"), strings.Contains(lower, "purl.org/atom"), lower == "atom":
		return "atom"
	default:
		return ""
	}
}

// native are the children of the item's own vocabulary, "media:title" and the
// like left out.
func native(item *tree.Node, name string) []*tree.Node {
	var found []*tree.Node
	for _, kid := range item.All(name) {
		if kid.Space == item.Space || kid.Space == "" {
			found = append(found, kid)
		}
	}
	return found
}

// own is the first native child of a name.
func own(item *tree.Node, name string) *tree.Node {
	if all := native(item, name); len(all) > 0 {
		return all[0]
	}
	return nil
}

// borrowed are the children of another vocabulary.
func borrowed(item *tree.Node, prefix, name string) []*tree.Node {
	var found []*tree.Node
	for _, kid := range item.All(name) {
		if family(kid.Space) == prefix {
			found = append(found, kid)
		}
	}
	return found
}

func lend(item *tree.Node, prefix, name string) *tree.Node {
	if all := borrowed(item, prefix, name); len(all) > 0 {
		return all[0]
	}
	return nil
}

func each(nodes []*tree.Node) []string {
	var all []string
	for _, n := range nodes {
		if l := n.Line(); l != "" {
			all = append(all, l)
		}
	}
	return all
}

// people are the names in elements for people, who may have one of their own.
func people(nodes []*tree.Node) []string {
	var all []string
	for _, n := range nodes {
		if name := sense.First(n.Kid("name").Line(), n.Line()); name != "" {
			all = append(all, name)
		}
	}
	return all
}

// htmlOf is the HTML an element carries: escaped in its text, or as elements of
// its own.
func htmlOf(n *tree.Node) string {
	if n.Elements() == 0 {
		return n.Raw()
	}
	return n.HTML(func(m *tree.Node) string { return strings.ToLower(m.Name) })
}

func parseRSS(n *tree.Node, from about) raw {
	r := raw{
		id: sense.First(own(n, "guid").Line(), n.Attr("about")), title: htmlOf(own(n, "title")),
		link: rssLink(n), mediaTitle: lend(n, "media", "title").Line(),
		published: sense.First(own(n, "pubDate").Line(), lend(n, "dc", "date").Line(), lend(n, "atom", "published").Line()),
		updated:   sense.First(lend(n, "dcterms", "modified").Line(), lend(n, "atom", "updated").Line(), own(n, "lastBuildDate").Line()),
		expires:   sense.First(own(n, "expirationDate").Line(), own(n, "expires").Line()),
		language:  sense.First(lend(n, "dc", "language").Line(), own(n, "language").Line(), n.Lang(), from.language),
		rights:    sense.First(own(n, "copyright").Line(), lend(n, "dc", "rights").Line(), licence(n), from.rights),
		authors:   append(each(borrowed(n, "dc", "creator")), people(append(native(n, "author"), borrowed(n, "atom", "author")...))...),
		sources:   append(each(native(n, "source")), each(borrowed(n, "dc", "source"))...),
		base:      from.base,
		place:     own(n, "location").Line(), edNote: own(n, "ednote").Line(),
		status: each(append(native(n, "pubStatus"), native(n, "status")...)),
	}
	for _, e := range append(n.All("embargo"), n.All("embargoed", "embargoedUntil")...) {
		r.embargoes = append(r.embargoes, e.Line())
	}
	if len(r.authors) == 0 {
		r.authors = each(borrowed(n, "itunes", "author"))
	}
	r.summary = sense.First(htmlOf(own(n, "description")), htmlOf(own(n, "abstract")))
	r.body = sense.First(htmlOf(lend(n, "content", "encoded")), htmlOf(own(n, "encoded")), htmlOf(lend(n, "yandex", "full-text")), htmlOf(own(n, "full-text")),
		htmlOf(own(n, "fulltext")), htmlOf(lend(n, "xhtml", "body")), htmlOf(lend(n, "atom", "content")), htmlOf(own(n, "content")), htmlOf(own(n, "body")), htmlOf(own(n, "fullitem")))
	short := []string{htmlOf(own(n, "summary")), lend(n, "dc", "description").Line(), htmlOf(lend(n, "itunes", "summary")), lend(n, "itunes", "subtitle").Line()}
	if strings.TrimSpace(r.summary) == "" {
		r.summary = sense.First(short...)
	}
	if strings.TrimSpace(r.body) == "" {
		r.body, r.summary = r.summary, other(r.summary, short)
	}
	for _, c := range native(n, "category") {
		r.categories = append(r.categories, category{c.Attr("domain"), c.Line(), c.Line()})
	}
	for _, c := range borrowed(n, "dc", "subject") {
		r.categories = append(r.categories, category{"dc", c.Line(), c.Line()})
	}
	r.media(n)
	r.private(n)
	return r
}

// other is the first of the texts that says something else than the first.
func other(text string, all []string) string {
	for _, one := range all {
		if one = strings.TrimSpace(one); one != "" && markup.Strip(one) != markup.Strip(text) {
			return one
		}
	}
	return ""
}

func rssLink(n *tree.Node) string {
	for _, l := range native(n, "link") {
		if text := sense.First(l.Line(), l.Attr("href")); text != "" {
			return text
		}
	}
	for _, l := range borrowed(n, "atom", "link") {
		if rel := l.Attr("rel"); rel == "" || rel == "alternate" {
			return l.Attr("href")
		}
	}
	if at := n.Attr("href"); at != "" {
		return at // of the channels of 1997
	}
	if guid := own(n, "guid"); !strings.EqualFold(guid.Attr("isPermaLink"), "false") && sense.WebAddress(guid.Line()) {
		return guid.Line()
	}
	return ""
}
