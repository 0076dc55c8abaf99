package newsmlg2

import (
	"slices"

	"github.com/rotatif/newsroom"
	"github.com/rotatif/newsroom/internal/wire/sense"
	"github.com/rotatif/newsroom/internal/wire/tree"
)

// linked is a picture that the item only points to, with the files it has.
type linked struct {
	id, caption, credit, usage string
	terms                      []string // its statuses and embargoes
	files                      []newsroom.Rendition
}

// album is the pictures that come in the same message, by their id.
type album map[string]linked

// lend takes up a picture that a link brings along: its files stand in the
// link, or the link itself leads to one.
func (r *raw) lend(l *tree.Node) {
	p := linked{
		id: sense.First(l.Attr("residref"), l.Attr("guidref")), credit: l.Kid("creditline").Line(),
		caption: sense.First(l.Kid("description").Line(), l.Kid("headline").Line(), l.Kid("title").Line()),
	}
	class := sense.Code(r.schemes.term(l.Kid("itemClass")))
	pictured := class == "picture" || class == "graphic"
	href, kind := l.Attr("href"), l.Attr("contenttype")
	if sense.Image(kind, href) || pictured && kind == "" && sense.WebAddress(href) {
		p.files = append(p.files, newsroom.Rendition{Src: href, Type: kind})
	}
	for _, n := range l.All("remoteContent") {
		if f := r.file(n); sense.Image(f.Type, f.Src) {
			p.files = append(p.files, f)
		}
	}
	if have, is := r.album[p.id]; is {
		p.caption, p.credit, p.usage = sense.First(have.caption, p.caption), sense.First(have.credit, p.credit), have.usage
		if len(p.files) == 0 && (len(have.terms) == 0 || slices.Equal(have.terms, r.held())) {
			p.files = have.files
		}
	}
	if len(p.files) > 0 {
		r.pictures = append(r.pictures, p)
	}
}

// held is what keeps the item from being used: its statuses, but for the usual
// one, and its embargoes.
func (r *raw) held() []string {
	words := slices.DeleteFunc(slices.Clone(r.statuses), func(s string) bool { return sense.Status(s) == newsroom.Usable })
	return append(words, r.embargoes...)
}

// picturesOf are the pictures among a message's items. A text has those it
// links to, unless they are held back where the text is not.
func picturesOf(root *tree.Node) album {
	found := album{}
	for _, n := range every(root, "newsItem") {
		r := raw{schemes: declared(n), element: n.Name}
		if r.class = r.schemes.term(part(n, "itemMeta").Kid("itemClass")); !r.pictured() {
			continue
		}
		if r = parse(n, nil, nil); dead(r) || slices.ContainsFunc(r.statuses, func(s string) bool { return sense.Status(s) == newsroom.Canceled }) {
			continue
		}
		p := linked{id: r.guid, terms: r.held(), caption: r.caption, credit: sense.First(r.credit, r.by, r.creator), usage: sense.First(r.terms, r.notice)}
		for _, f := range r.files {
			if sense.Image(f.Type, f.Src) {
				p.files = append(p.files, f)
			}
		}
		if p.id != "" && len(p.files) > 0 {
			found[p.id] = p
		}
	}
	return found
}

// file is one file of a picture, a film or a recording.
func (r *raw) file(n *tree.Node) newsroom.Rendition {
	return newsroom.Rendition{
		Name: sense.Code(sense.First(n.Attr("rendition"), n.Attr("renditionuri"))), Src: sense.First(n.Attr("href"), n.Attr("residref")),
		Type: n.Attr("contenttype"), Width: sense.Pixels(n.Attr("width")), Height: sense.Pixels(n.Attr("height")),
	}
}
