package newsml1

import (
	"strings"

	"github.com/rotatif/newsroom"
	"github.com/rotatif/newsroom/internal/letters"
	"github.com/rotatif/newsroom/internal/wire/sense"
	"github.com/rotatif/newsroom/internal/wire/tree"
)

// raw mirrors what an item says of itself above its components.
type raw struct {
	id, version, update, label, lang string
	itemType, first, this, status    string
	futureStatus, futureAt           string
	urgency, priority                string
	statuses                         []string // of instructions that mean this item
	correction                       bool
	links                            []newsroom.Link
	services                         []newsroom.Subject
}

func parse(n, envelope *tree.Node) raw {
	ident, m := n.Kid("Identification"), n.Kid("NewsManagement")
	rev := ident.Kid("NewsIdentifier", "RevisionId")
	r := raw{
		id: ID(n), version: rev.Line(), update: rev.Attr("Update"), label: ident.Kid("NameLabel").Line(), lang: n.Lang(),
		itemType: name(m.Kid("NewsItemType")), first: m.Kid("FirstCreated").Line(), this: m.Kid("ThisRevisionCreated").Line(), status: name(m.Kid("Status")),
		futureStatus: name(m.Kid("StatusWillChange", "FutureStatus")), futureAt: m.Kid("StatusWillChange", "DateAndTime").Line(),
		urgency: name(m.Kid("Urgency")), priority: name(envelope.Kid("Priority")),
	}
	if n.Kid("Update") != nil {
		r.update = "U"
	}
	for _, s := range envelope.All("NewsService", "NewsProduct") {
		if code := name(s); code != "" {
			r.services = append(r.services, newsroom.Subject{Scheme: strings.ToLower(s.Name), Code: code})
		}
	}
	for _, i := range m.All("Instruction") {
		r.instruct(i)
	}
	for _, l := range m.All("DerivedFrom", "AssociatedWith") {
		rel := strings.ToLower(l.Name[:1]) + l.Name[1:]
		if id := sense.First(l.Attr("NewsItem"), l.Line()); id != "" {
			r.links = append(r.links, newsroom.Link{Rel: rel, ID: known(id)})
		}
	}
	return r
}

// Dead is the word by which an item says that it is dead, "" for one that lives.
func Dead(n *tree.Node) string {
	m := n.Kid("NewsManagement")
	var r raw
	for _, i := range m.All("Instruction") {
		r.instruct(i)
	}
	for _, word := range append(r.statuses, name(m.Kid("Status"))) {
		if sense.Status(word) == newsroom.Canceled {
			return word
		}
	}
	return ""
}

// name is the value of an element: its formal name, or what is written in it.
func name(n *tree.Node) string { return sense.First(n.Attr("FormalName"), n.Line()) }

// known is the id by which an item that is referred to is kept.
func known(id string) string {
	if strings.HasPrefix(id, "urn:newsml:") && strings.Count(id, ":") >= 5 {
		return revision.ReplaceAllString(id, "")
	}
	return id
}

// instruct reads an instruction. One about former revisions tells of a
// correction: the item that carries it lives.
func (r *raw) instruct(i *tree.Node) {
	former := i.Kid("RevisionStatus") != nil
	switch letters.Fold(name(i)) {
	case "rescind", "rescinded", "kill", "killed", "delete", "deleted", "withdraw", "withdrawn", "cancel", "canceled", "cancelled":
		if former {
			r.correction = true
		} else {
			r.statuses = append(r.statuses, "canceled")
		}
	case "correction", "corrected", "correct":
		r.correction = true
	}
}
