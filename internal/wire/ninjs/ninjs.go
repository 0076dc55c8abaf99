// Package ninjs reads news in JSON as IPTC has it, in its three families: 1.x
// with one key a notation, 2.x with lists, 3.x with other spellings of the same
// keys. Files mix them, so every known spelling of a key is read, and where two
// disagree about what may be published the stricter holds.
//
// Knows: ninjs. Never imports: the wire room, another format, a machine, the network.
package ninjs

import (
	"strings"
	"time"

	"github.com/rotatif/newsroom"
	"github.com/rotatif/newsroom/internal/wire/sense"
	"github.com/rotatif/newsroom/internal/wire/tree"
)

// Format is the name of the format.
const Format = "ninjs"

// reach is how deep below the top of an answer items are looked for.
const reach = 6

// Parts finds the items in a file: one, an array of them, or those within an
// answer of an agency's service. None means that the file is no ninjs.
func Parts(v tree.Value, src sense.Source, received time.Time) []sense.Part {
	var parts []sense.Part
	collect(v, reach, func(item tree.Value) {
		parts = append(parts, sense.Part{
			ID:   first(item, "uri"),
			Read: func() (newsroom.Dispatch, error) { return read(item, src, received) },
		})
	})
	return parts
}

func collect(v tree.Value, left int, found func(tree.Value)) {
	switch {
	case left == 0:
	case v.Type == tree.Array:
		for _, item := range v.Items {
			collect(item, left-1, found)
		}
	case looksLike(v):
		found(v)
	case v.Type == tree.Object:
		for _, m := range v.Members {
			switch m.Name {
			case "data", "item", "items", "results", "result", "documents", "newsItems":
				collect(m.Value, left-1, found)
			}
		}
	}
}

// looksLike says whether an object is a ninjs item. Only uri is required of
// one, so an object without it is taken for one that forgot it as soon as it
// has keys nothing else has.
func looksLike(v tree.Value) bool {
	if v.Type != tree.Object || v.Has("content_html", "content_text", "article_html", "entry_id") {
		return false
	}
	if has(v, "uri") {
		return true
	}
	marks := 0
	for _, m := range v.Members {
		switch strings.ToLower(m.Name) {
		case "pubstatus", "versioncreated", "body_text", "body_xhtml", "bodies", "headlines", "embargoed", "embargoeduntil", "representationtype", "usageterms", "eventdetails":
			marks++
		}
	}
	return marks >= 2 || marks == 1 && has(v, "type", "headline", "version")
}

func read(item tree.Value, src sense.Source, received time.Time) (newsroom.Dispatch, error) {
	if err := sense.Faulty(string(item.Fault)); err != nil {
		return newsroom.Dispatch{}, err
	}
	return adapt(parse(item), src, received)
}
