package feed

import (
	"strings"

	"github.com/rotatif/newsroom"
	"github.com/rotatif/newsroom/internal/markup"
	"github.com/rotatif/newsroom/internal/wire/sense"
	"github.com/rotatif/newsroom/internal/wire/tree"
)

// restriction is Media RSS's word on who may use something.
type restriction struct{ relation, kind, who string }

// media reads pictures: enclosures and Media RSS, grouped or not, and what it
// says of their use.
func (r *raw) media(n *tree.Node) {
	for _, e := range native(n, "enclosure") {
		r.pictures = append(r.pictures, shot(e.Attr("url"), e.Attr("type")))
	}
	for _, g := range borrowed(n, "media", "group") {
		r.group(g)
		r.restricted(g)
	}
	r.restricted(n)
	for _, c := range borrowed(n, "media", "content") {
		p := picture{credit: credit(n), caption: caption(n)}
		p.add(c)
		r.pictures = append(r.pictures, p)
		r.restricted(c)
	}
	if small := borrowed(n, "media", "thumbnail"); len(small) > 0 {
		p := picture{credit: credit(n), thumbnail: true}
		p.views(small)
		r.pictures = append(r.pictures, p)
	}
	for _, i := range borrowed(n, "itunes", "image") {
		r.pictures = append(r.pictures, picture{image: true, sizes: []newsroom.Rendition{{Src: i.Attr("href")}}})
	}
}

// group reads one picture in several sizes, or a film and a view of it.
func (r *raw) group(g *tree.Node) {
	p := picture{credit: credit(g), caption: caption(g)}
	for _, c := range borrowed(g, "media", "content") {
		p.add(c)
		r.restricted(c)
	}
	p.views(borrowed(g, "media", "thumbnail"))
	r.pictures = append(r.pictures, p)
}

// add takes up a file. What is said in it goes before what is said around it.
func (p *picture) add(c *tree.Node) {
	p.credit, p.caption = sense.First(credit(c), p.credit), sense.First(caption(c), p.caption)
	if medium := c.Attr("medium"); medium == "" || strings.EqualFold(medium, "image") {
		p.image = p.image || medium != ""
		p.sizes = append(p.sizes, sized(c, "", c.Attr("type")))
	}
	p.views(borrowed(c, "media", "thumbnail"))
}

// views takes up the small views of something.
func (p *picture) views(small []*tree.Node) {
	for _, t := range small {
		p.sizes = append(p.sizes, sized(t, "thumbnail", sense.First(t.Attr("type"), "image")))
	}
}

func sized(n *tree.Node, name, mime string) newsroom.Rendition {
	return newsroom.Rendition{Name: name, Src: n.Attr("url"), Type: mime, Width: sense.Pixels(n.Attr("width")), Height: sense.Pixels(n.Attr("height"))}
}

// credit is who made a picture: the photographer, if there are several.
func credit(n *tree.Node) string {
	all := borrowed(n, "media", "credit")
	for _, c := range all {
		if role := strings.ToLower(c.Attr("role")); strings.Contains(role, "photo") && c.Line() != "" {
			return c.Line()
		}
	}
	return sense.First(append(each(all), "")...)
}

func caption(n *tree.Node) string {
	return markup.Strip(sense.First(htmlOf(lend(n, "media", "description")), htmlOf(lend(n, "media", "title"))))
}

// licence is what an item says of its use, in words or by an address.
func licence(n *tree.Node) string {
	cc := lend(n, "cc", "license")
	return sense.First(lend(n, "media", "copyright").Line(), lend(n, "media", "license").Line(), cc.Line(), cc.Attr("resource"))
}

func (r *raw) restricted(n *tree.Node) {
	for _, one := range borrowed(n, "media", "restriction") {
		r.restrictions = append(r.restrictions, restriction{strings.ToLower(one.Attr("relationship")), strings.ToLower(one.Attr("type")), one.Line()})
	}
}

// bar keeps the first restriction that shuts the house out. Only countries are
// understood; what is denied or allowed to nobody names none.
func bar(d *newsroom.Dispatch, r raw, src sense.Source) {
	for _, one := range r.restrictions {
		if one.kind != "" && one.kind != "country" {
			continue
		}
		here := false
		for _, code := range strings.Fields(one.who) {
			here = here || strings.EqualFold(code, "all") || src.Home(code)
		}
		if d.Barred == "" && (one.relation == "deny" && here || one.relation == "allow" && !here) {
			d.Barred = one.relation + ": " + one.who
		}
	}
}
