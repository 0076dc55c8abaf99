// Package nitf reads NITF: documents with a DOCTYPE, with a namespace or with
// neither, fragments of them, and the stories in NITF that other formats carry.
//
// A document may say of another one that it is dead or held. That is a message
// of its own, and it is made one, beside the document that carries it.
//
// Knows: NITF and what newspapers' systems make of it. Never imports: the wire room, another format, a machine, the network.
package nitf

import (
	"strings"
	"time"

	"github.com/rotatif/newsroom"
	"github.com/rotatif/newsroom/internal/wire/sense"
	"github.com/rotatif/newsroom/internal/wire/tree"
)

// Format is the name of the format.
const Format = "nitf"

// Is says whether an element is one that NITF begins with, whole or in part.
func Is(n *tree.Node) bool {
	return n.Is("nitf", "NITF", "body.content", "body.head") || n.Is("body") && n.Find("body.content", "body.head") != nil
}

// Parts finds the documents below an element, and what they say of others.
func Parts(root *tree.Node, src sense.Source, received time.Time) []sense.Part {
	var parts []sense.Part
	root.Walk(func(n *tree.Node) bool {
		if !Is(n) {
			return true
		}
		r := parse(n)
		parts = append(parts, sense.Part{ID: r.id, Read: func() (newsroom.Dispatch, error) { return read(n, r, src, received) }})
		if r.other.id != "" && r.other.id != r.id && r.other.status != "" {
			parts = append(parts, sense.Part{ID: r.other.id, Read: func() (newsroom.Dispatch, error) { return readOther(n, r, src, received) }})
		}
		return false
	})
	return parts
}

func read(n *tree.Node, r raw, src sense.Source, received time.Time) (newsroom.Dispatch, error) {
	if err := sense.Faulty(string(n.Fault)); err != nil {
		return newsroom.Dispatch{}, err
	}
	return adapt(n, r, src, received)
}

// readOther reads what a document says of another one.
func readOther(n *tree.Node, r raw, src sense.Source, received time.Time) (newsroom.Dispatch, error) {
	if err := sense.Faulty(string(n.Fault)); err != nil {
		return newsroom.Dispatch{}, err
	}
	return verdict(r, src, received)
}

// IDs are the id of a document and the id of the other document whose status
// it gives; either may be empty.
func IDs(docdata *tree.Node) (own, other string) {
	r := raw{}
	r.identify(docdata)
	return r.id, r.other.id
}

// stable takes the number of the revision off a document's id, where the
// document shows that it has one there: its key for all revisions is the id
// without it.
func stable(id, key string) (string, bool) {
	rest, found := strings.CutPrefix(id, key+"_")
	if key == "" || !found || !digits(rest) {
		return id, false
	}
	return key, true
}

// unversioned takes the version off an id as dpa writes it,
// "urn-newsml-dpa-com-20090101-150824-99-07313:2". In ids of others what
// follows a colon may be a running number, and stays.
func unversioned(id string) (rest, version string) {
	rest, version, found := strings.Cut(id, ":")
	if !found || !strings.HasPrefix(id, "urn-newsml-") || !digits(version) {
		return id, ""
	}
	return rest, version
}

func digits(s string) bool {
	return s != "" && len(s) < 10 && strings.Trim(s, "0123456789") == ""
}

// Others are what the heads of documents below an element say of other
// documents, where those documents are only what another format carries.
func Others(n *tree.Node, carrier string, src sense.Source, received time.Time) []sense.Part {
	var parts []sense.Part
	for _, docdata := range every(n, "docdata") {
		var r raw
		r.identify(docdata)
		r.dates(docdata)
		if r.id = carrier; r.other.id != "" && r.other.id != r.id && r.other.status != "" {
			parts = append(parts, sense.Part{ID: r.other.id, Read: func() (newsroom.Dispatch, error) { return readOther(n, r, src, received) }})
		}
	}
	return parts
}

// Head gives the dispatch what the head of a document in NITF that stands below
// an element says, where that document is only what another format carries: the
// notes and the embargo. It gives back the words for the status; the stricter counts.
func Head(d *newsroom.Dispatch, n *tree.Node, src sense.Source) (statuses []string) {
	docdata := n.Find("docdata")
	if docdata == nil {
		return nil
	}
	var r raw
	r.identify(docdata)
	r.dates(docdata)
	embargo(d, r, src)
	for _, m := range every(docdata, "ed-msg") {
		sense.Note(d, m.Attr("msg-type"), strings.TrimSpace(m.Attr("info")+" "+m.Line()))
	}
	if r.status == "" {
		return nil
	}
	return []string{r.status}
}
