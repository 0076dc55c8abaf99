// Package newsml1 reads NewsML 1.0, 1.1 and 1.2: files of one item and of many,
// items inside items, and components inside components with the text in NITF,
// in XHTML, bare or escaped.
//
// An item may bring nothing but its new status; it kills or releases what was
// sent before and keeps its text. One that only says how the text before it is
// to be changed is refused: half a text is none.
//
// Knows: NewsML 1, and the habits of AFP, EFE, Business Wire and others who send it. Never imports: the wire room, a machine, the network.
package newsml1

import (
	"regexp"
	"strings"
	"time"

	"github.com/rotatif/newsroom"
	"github.com/rotatif/newsroom/internal/wire/nitf"
	"github.com/rotatif/newsroom/internal/wire/sense"
	"github.com/rotatif/newsroom/internal/wire/tree"
)

// Format is the name of the format.
const Format = "newsml-1"

// Is says whether an element is one that NewsML 1 begins with.
func Is(n *tree.Node) bool { return n.Is("NewsML", "NewsItem") }

// Parts finds the items of a document, those inside others too. A document
// without items has none.
func Parts(root *tree.Node, src sense.Source, received time.Time) []sense.Part {
	var parts []sense.Part
	envelope := root.Kid("NewsEnvelope")
	root.Walk(func(n *tree.Node) bool {
		if n.Is("NewsItem") {
			parts = append(parts, sense.Part{ID: ID(n), Read: func() (newsroom.Dispatch, error) { return read(n, envelope, src, received) }})
			for _, c := range n.All("NewsComponent") {
				parts = append(parts, carried(c, ID(n), src, received)...)
			}
		}
		return true
	})
	return parts
}

// carried is what the heads of the documents in a component say of others.
func carried(c *tree.Node, id string, src sense.Source, received time.Time) []sense.Part {
	var parts []sense.Part
	walk(c, func(item *tree.Node) { parts = append(parts, nitf.Others(item, id, src, received)...) })
	return parts
}

func read(n, envelope *tree.Node, src sense.Source, received time.Time) (newsroom.Dispatch, error) {
	if err := sense.Faulty(string(n.Fault)); err != nil {
		return newsroom.Dispatch{}, err
	}
	r := parse(n, envelope)
	if r.update == "U" {
		return newsroom.Dispatch{}, newsroom.Refuse(newsroom.Invalid, sense.Instructions)
	}
	return adapt(n, r, src, received)
}

var revision = regexp.MustCompile(`:\d{1,9}[NUA]?$`)

// ID is the id of an item, the same for all its revisions; empty when it has none.
func ID(n *tree.Node) string {
	id := n.Kid("Identification", "NewsIdentifier")
	provider, date, item := id.Kid("ProviderId").Line(), id.Kid("DateId").Line(), id.Kid("NewsItemId").Line()
	public := id.Kid("PublicIdentifier").Line()
	rest := unrevised(public, id.Kid("RevisionId").Line())
	short := strings.HasPrefix(public, "urn:newsml:") && strings.Count(rest, ":") < 4 // names the agency and no item
	switch {
	case item == "" && short:
		return ""
	case public != "" && (item == "" || strings.HasSuffix(rest, item) || strings.Count(rest, ":") >= 4):
		return rest
	case item == "":
		return ""
	}
	// What is called public and does not name the item is the same for all of
	// them. The date of such an agency is that of the revision.
	if public != "" && len(item) >= 8 {
		date = ""
	} else if public != "" {
		date, _, _ = strings.Cut(date, "T")
	}
	parts := "urn:newsml"
	for _, part := range []string{provider, date, item} {
		if part != "" {
			parts += ":" + part
		}
	}
	return parts
}

// unrevised takes the revision off a public identifier.
func unrevised(public, rev string) string {
	for _, suffix := range []string{rev, rev + "N", rev + "U", rev + "A"} {
		if rest, found := strings.CutSuffix(public, ":"+suffix); found && rev != "" {
			return rest
		}
	}
	if rev == "" || strings.Count(public, ":") >= 5 {
		return revision.ReplaceAllString(public, "")
	}
	return public
}
