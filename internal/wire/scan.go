package wire

import (
	"strings"

	"github.com/rotatif/newsroom"
	"github.com/rotatif/newsroom/internal/wire/newsml1"
	"github.com/rotatif/newsroom/internal/wire/newsmlg2"
	"github.com/rotatif/newsroom/internal/wire/nitf"
	"github.com/rotatif/newsroom/internal/wire/sense"
	"github.com/rotatif/newsroom/internal/wire/tree"
)

// kill is a machine's word that an item is dead, found by the scan that looks
// for nothing else.
type kill struct {
	id, word, format string
	headline, note   string
	at               string
}

// killsXML finds kills in any XML, read whole or not: in formats the house
// reads, and in those it does not read yet.
func killsXML(doc tree.Doc) []kill {
	var found []kill
	for _, root := range doc.Roots {
		headline := root.Find("hl1").Line()
		killsBelow(root, "", headline, &found)
	}
	return found
}

// killsBelow finds kills in an element and below it. NITF that an item carries
// speaks of that item, whatever id it had before.
func killsBelow(n *tree.Node, carrier, headline string, found *[]kill) {
	switch n.Name {
	case "newsItem", "packageItem", "conceptItem", "knowledgeItem", "planningItem":
		carrier = n.Attr("guid")
		*found = append(*found, killG2(n)...)
	case "docdata":
		*found = append(*found, killNITF(n, carrier, headline)...)
	case "NewsItem":
		carrier = newsml1.ID(n)
		*found = append(*found, killNewsML(n)...)
	}
	for _, kid := range n.Kids {
		if kid.Name != "" {
			killsBelow(kid, carrier, headline, found)
		}
	}
}

func dead(word string) bool { return sense.Status(word) == newsroom.Canceled }

func killG2(n *tree.Node) []kill {
	meta := n.Kid("itemMeta")
	if meta == nil {
		meta = n
	}
	word := ""
	if kind := meta.Kid("itemClass").Attr("msgType"); strings.EqualFold(kind, "D") {
		word = "deleted" // as Reuters says it
	}
	for _, s := range newsmlg2.Said(n, "pubStatus", "signal") {
		if said := sense.First(s.Attr("qcode"), s.Attr("uri"), s.Attr("literal"), s.Line()); dead(said) || strings.EqualFold(said, "edStat:D") {
			word = said
			break
		}
	}
	if word == "" {
		return nil
	}
	return one(kill{
		id: n.Attr("guid"), word: word, format: "newsml-g2", headline: n.Kid("contentMeta", "headline").Line(),
		note: meta.Kid("edNote").Line(), at: meta.Kid("versionCreated").Line(),
	})
}

func one(k kill) []kill {
	if k.id == "" {
		return nil
	}
	return []kill{k}
}

// killNITF reads docdata: it kills its own document, or another one that it names.
func killNITF(n *tree.Node, carrier, headline string) []kill {
	var found []kill
	own, other := nitf.IDs(n)
	k := kill{format: "nitf", headline: headline, note: n.Kid("ed-msg").Attr("info"), at: n.Kid("date.issue").Attr("norm")}
	if word := n.Attr("management-status"); dead(word) {
		k.id, k.word = sense.First(carrier, own), word
		found = append(found, one(k)...)
	}
	if word := n.Attr("management-idref-status"); dead(word) {
		k.id, k.word, k.headline = other, word, "" // the headline is of the document that says so
		found = append(found, one(k)...)
	}
	return found
}

func killNewsML(n *tree.Node) []kill {
	word := newsml1.Dead(n)
	if word == "" {
		return nil
	}
	return one(kill{id: newsml1.ID(n), word: word, format: "newsml-1", headline: n.Find("HeadLine").Line(), at: n.Kid("NewsManagement", "ThisRevisionCreated").Line()})
}

// killsJSON finds kills in any JSON, as far as it could be read.
func killsJSON(v tree.Value) []kill {
	var found []kill
	if k, ok := killObject(v); ok {
		found = append(found, k)
	}
	for _, item := range v.Items {
		found = append(found, killsJSON(item)...)
	}
	for _, m := range v.Members {
		found = append(found, killsJSON(m.Value)...)
	}
	return found
}

func killObject(v tree.Value) (kill, bool) {
	text := func(names ...string) string {
		for _, name := range names {
			for _, m := range v.Members {
				if s := m.Value.Scalar(); s != "" && strings.EqualFold(m.Name, name) {
					return s
				}
			}
		}
		return ""
	}
	k := kill{
		id: sense.First(text("usn"), sense.StableURI(text("uri", "urn", "guid"))), format: "json", headline: text("headline"), note: text("ednote"),
		at: text("versioncreated", "version_created"),
	}
	if k.id == "" {
		return k, false
	}
	for _, m := range v.Members {
		switch strings.ToLower(m.Name) {
		case "pubstatus", "status":
			if dead(m.Value.Scalar()) {
				k.word = m.Value.Scalar()
				return k, true
			}
		}
	}
	return k, false
}

// dispatch is the kill as a revision of the item it kills.
func (k kill) dispatch(f find) (newsroom.Dispatch, error) {
	d := newsroom.Dispatch{Format: k.format, Kind: newsroom.KindUnknown, Headline: k.headline, Partial: true}
	if err := sense.SetID(&d, k.id, "guid"); err != nil {
		return d, err
	}
	sense.SetStatus(&d, k.word)
	f.src.SetTimes(&d, "", k.at, "", f.kept.Received)
	sense.Note(&d, "", k.note)
	sense.Warn(&d, "kill_scanned", "")
	sense.Finish(&d, f.src)
	return d, nil
}
