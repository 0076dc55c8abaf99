// Package feed reads what the web calls feeds: RSS of all ages, RSS 1.0 in RDF,
// Atom and JSON Feed, with the private elements that Turkish agencies put into
// theirs.
//
// A feed has no versions: the content of an item is its version, so that a
// changed text is a new revision and an unchanged one is none. What a feed does
// not list any more has only left the window; nobody killed it.
//
// Knows: feeds. Never imports: the wire room, another format, a machine, the network.
package feed

import (
	"strings"
	"time"

	"github.com/rotatif/newsroom"
	"github.com/rotatif/newsroom/internal/wire/sense"
	"github.com/rotatif/newsroom/internal/wire/tree"
)

// Is names the kind of feed that begins with the element, "" for none.
func Is(n *tree.Node) string {
	switch {
	case n.Is("rss", "channel"), n.Is("item") && n.Elements() > 0:
		return "rss"
	case n.Is("RDF"):
		return "rdf"
	case n.Is("feed", "entry"):
		return "atom"
	case n.Is("RSS", "CHANNEL", "Channel"):
		return "rss"
	default:
		return ""
	}
}

// lower writes the names of an element and all below it small: the oldest feeds shout.
func lower(root *tree.Node) {
	root.Walk(func(n *tree.Node) bool {
		n.Name = strings.ToLower(n.Name)
		for i := range n.Attrs {
			n.Attrs[i].Name = strings.ToLower(n.Attrs[i].Name)
		}
		return true
	})
}

// about is what an item has from the feed it stands in.
type about struct {
	format, language, author, rights, base string
}

// Parts finds the items of a feed in XML.
func Parts(root *tree.Node, src sense.Source, received time.Time) []sense.Part {
	if root.Is("RSS", "CHANNEL", "Channel") {
		lower(root)
	}
	from := aboutOf(root, src)
	var parts []sense.Part
	root.Walk(func(n *tree.Node) bool {
		if n.Is("deleted-entry") {
			parts = append(parts, sense.Part{ID: n.Attr("ref"), Read: func() (newsroom.Dispatch, error) { return tombstone(n, src, received) }})
			return false
		}
		if !n.Is("item", "entry") || n.Elements() == 0 && n.Attr("about") == "" {
			return true
		}
		base := within(from.base, n.Attr("base"))
		parts = append(parts, sense.Part{ID: hint(n), Read: func() (newsroom.Dispatch, error) {
			if err := sense.Faulty(string(n.Fault)); err != nil {
				return newsroom.Dispatch{}, err
			}
			own := from
			own.base = base
			if n.Is("entry") {
				return adapt(parseAtom(n, own), own, src, received)
			}
			return adapt(parseRSS(n, own), own, src, received)
		}})
		return false
	})
	return parts
}

func hint(n *tree.Node) string {
	return sense.First(n.Kid("guid").Line(), n.Kid("id").Line(), n.Kid("HaberKodu").Line(), n.Attr("about"), n.Kid("link").Line())
}

func aboutOf(root *tree.Node, src sense.Source) about {
	channel := root.Kid("channel")
	if channel == nil {
		channel = root
	}
	a := about{format: Is(root), base: within(src.Base, sense.First(root.Attr("base"), channel.Attr("base")))}
	a.language = sense.First(channel.Kid("language").Line(), root.Lang(), channel.Lang())
	a.rights = sense.First(channel.Kid("copyright").Line(), channel.Kid("rights").Line())
	if a.format == "atom" {
		a.author = channel.Kid("author", "name").Line()
	}
	if a.base == "" {
		a.base = resolve("", channel.Kid("link").Line())
	}
	return a
}

// tombstone is Atom's way to say that an entry is deleted.
func tombstone(n *tree.Node, src sense.Source, received time.Time) (newsroom.Dispatch, error) {
	d := newsroom.Dispatch{Format: "atom", Kind: newsroom.KindUnknown}
	if err := sense.SetID(&d, n.Attr("ref"), "guid"); err != nil {
		return d, err
	}
	sense.SetStatus(&d, "deleted")
	src.SetTimes(&d, "", n.Attr("when"), "", received)
	sense.Note(&d, "", n.Kid("comment").Line())
	sense.Finish(&d, src)
	return d, nil
}
