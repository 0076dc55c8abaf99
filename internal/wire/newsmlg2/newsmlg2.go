// Package newsmlg2 reads NewsML-G2: one item, or a message of many, with the
// namespace, with a prefix of its own or with none, and fragments of either.
//
// Knows: NewsML-G2, and the NITF and XHTML inside it. Never imports: the wire room, a machine, the network.
package newsmlg2

import (
	"strings"
	"time"

	"github.com/rotatif/newsroom"
	"github.com/rotatif/newsroom/internal/wire/nitf"
	"github.com/rotatif/newsroom/internal/wire/sense"
	"github.com/rotatif/newsroom/internal/wire/tree"
)

// Format is the name of the format.
const Format = "newsml-g2"

// Is says whether an element is one that NewsML-G2 documents begin with.
func Is(n *tree.Node) bool {
	return isItem(n) || piece(n) || n.Is("newsMessage", "itemSet", "contentSet", "groupSet", "inlineXML")
}

// piece says whether an element is a part of an item that says nothing without it.
func piece(n *tree.Node) bool {
	return n.Is("itemMeta", "contentMeta", "partMeta", "rightsInfo", "hopHistory", "pubHistory", "newsCoverageSet", "newsCoverage", "conceptSet")
}

func isItem(n *tree.Node) bool {
	return n.Is("newsItem", "packageItem", "conceptItem", "knowledgeItem", "planningItem", "catalogItem")
}

// Said are the elements with one of the names that speak of an item itself,
// wherever they stand in it: behind a tag that nobody closed they stand deeper
// than they should. Those in a link, or in what the item carries, speak of others.
func Said(item *tree.Node, names ...string) []*tree.Node {
	var found []*tree.Node
	item.Walk(func(n *tree.Node) bool {
		if n.Name != "" && n.Is(names...) {
			found = append(found, n)
		}
		other := n.Is("link", "itemRef", "deliveredItemRef", "contentSet", "groupSet", "concept", "conceptSet", "newsCoverageSet", "assert", "partMeta")
		return n == item || !other && !isItem(n)
	})
	return found
}

// Parts finds the items of a document. A message without items has none.
func Parts(root *tree.Node, src sense.Source, received time.Time) []sense.Part {
	var parts []sense.Part
	header, beside := root.Kid("header"), album{}
	if root.Is("newsMessage", "itemSet") {
		beside = picturesOf(root)
	}
	root.Walk(func(n *tree.Node) bool {
		switch {
		case isItem(n):
			parts = append(parts, sense.Part{ID: n.Attr("guid"), Read: func() (newsroom.Dispatch, error) {
				return read(n, header, beside, src, received)
			}})
			parts = append(parts, nitf.Others(n.Kid("contentSet"), n.Attr("guid"), src, received)...)
			return false
		case n.Is("contentSet", "groupSet", "inlineXML"):
			parts = append(parts, sense.Part{Read: func() (newsroom.Dispatch, error) { return fragment(n, src) }})
			return false
		case piece(n):
			parts = append(parts, sense.Part{Read: func() (newsroom.Dispatch, error) {
				return newsroom.Dispatch{}, newsroom.Refuse(newsroom.Invalid, sense.NoID)
			}})
			return false
		}
		return true
	})
	return parts
}

func read(n, header *tree.Node, beside album, src sense.Source, received time.Time) (newsroom.Dispatch, error) {
	if err := sense.Faulty(string(n.Fault)); err != nil {
		return newsroom.Dispatch{}, err
	}
	return adapt(parse(n, header, beside), src, received)
}

// fragment is content without an item around it. It has no id, so that no
// later revision and no kill can find it; the desk still gets to read it.
func fragment(n *tree.Node, src sense.Source) (newsroom.Dispatch, error) {
	if err := sense.Faulty(string(n.Fault)); err != nil {
		return newsroom.Dispatch{}, err
	}
	d := newsroom.Dispatch{Format: Format, Kind: newsroom.KindText, Status: newsroom.Usable, Partial: true}
	if n.Is("groupSet") {
		return group(d, n, src)
	}
	d.Language = n.Lang()
	said := inlined(&d, n)
	if len(d.Body) == 0 {
		return d, newsroom.Refuse(newsroom.Invalid, sense.NoID)
	}
	d.Headline, d.Standfirst, d.Byline = sense.First(said.Headline, said.Title), said.Standfirst, said.Byline
	if err := sense.SetID(&d, sense.Generated(strings.Join(d.Body.Lines(), "\n")), "generated"); err != nil {
		return d, err
	}
	sense.Warn(&d, "id_generated", "")
	sense.Finish(&d, src)
	return d, nil
}

// group is a package without the item around it: what belongs together.
func group(d newsroom.Dispatch, n *tree.Node, src sense.Source) (newsroom.Dispatch, error) {
	r := raw{}
	for _, m := range every(n, "itemRef") {
		r.refer("member", m)
	}
	d.Kind = newsroom.KindPackage
	ids := ""
	for _, l := range r.links {
		d.Links = append(d.Links, newsroom.Link{Rel: l.rel, ID: l.id})
		ids += l.id + "\n"
	}
	if ids == "" {
		return d, newsroom.Refuse(newsroom.Invalid, sense.NoID)
	}
	sense.Warn(&d, "id_generated", "")
	if err := sense.SetID(&d, sense.Generated(ids), "generated"); err != nil {
		return d, err
	}
	sense.Finish(&d, src)
	return d, nil
}
