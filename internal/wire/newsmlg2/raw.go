package newsmlg2

import (
	"slices"
	"strings"

	"github.com/rotatif/newsroom"
	"github.com/rotatif/newsroom/internal/wire/sense"
	"github.com/rotatif/newsroom/internal/wire/tree"
)

// raw mirrors an item. Codes are under the usual alias of their vocabulary, or
// as delivered where nobody knows it.
type raw struct {
	schemes                             schemes
	element, guid, version, class       string
	conceptType                         string
	itemLang, language                  string
	statuses, embargoes, signals        []string
	versionCreated, firstCreated        string
	expires                             string
	provider, title                     string
	urgency, priority, headerPriority   string
	headline, kicker, subhead           string
	standfirst, caption                 string
	by, dateline, located, credit, slug string
	creator                             string
	holder, notice, terms               string
	edNotes                             []note
	links                               []link
	subjects, places, services          []code
	keywords                            []string
	sources                             []source
	hops                                []string
	names                               map[string]string // of what the document explains itself, by its code
	inline                              []*tree.Node
	data                                []string
	files, drawn                        []newsroom.Rendition // drawn are those of the text
	pictures                            []linked
	album                               album
}

type (
	note   struct{ role, text string }
	link   struct{ rel, id string }
	code   struct{ kind, qcode, name string }
	source struct{ role, name string }
)

func parse(n, header *tree.Node, beside album) raw {
	r := raw{
		schemes: declared(n), element: n.Name, guid: n.Attr("guid"), version: n.Attr("version"), itemLang: n.Lang(),
		headerPriority: header.Kid("priority").Line(), names: map[string]string{}, album: beside,
	}
	for _, a := range n.All("assert") {
		if name := r.named(a); name != "" {
			r.names[r.schemes.term(a)] = name
		}
	}
	for _, rights := range n.All("rightsInfo") {
		r.rights(rights)
	}
	for _, hop := range n.Kid("hopHistory").All("hop") {
		r.hops = append(r.hops, r.concept(hop.Kid("party")))
	}
	r.said(n)
	r.management(part(n, "itemMeta"))
	r.meta(part(n, "contentMeta"))
	r.content(part(n, "contentSet"))
	if thing := n.Kid("concept"); thing != nil {
		r.headline = sense.First(r.headline, r.named(thing))
		r.conceptType = sense.Code(r.schemes.term(thing.Kid("type")))
	}
	for _, m := range every(n, "itemRef") {
		r.refer("member", m)
	}
	for _, m := range every(n, "deliveredItemRef") {
		r.refer("delivered", m)
	}
	return r
}

// part is one of the parts an item is made of.
func part(n *tree.Node, name string) *tree.Node {
	if all := Said(n, name); len(all) > 0 {
		return all[0]
	}
	return nil
}

// every is all elements of a name below a node, those of items in it left out.
func every(n *tree.Node, name string) []*tree.Node {
	var found []*tree.Node
	n.Walk(func(m *tree.Node) bool {
		if m.Is(name) {
			found = append(found, m)
		}
		return m == n || !isItem(m)
	})
	return found
}

// named is the name a thing has: in the item's language, else in the first it
// comes in. Short forms and codes for machines come after.
func (r *raw) named(n *tree.Node) string {
	best, name := 0, ""
	for _, m := range n.All("name") {
		worth := 2
		if lang := sense.First(m.Lang(), n.Lang()); lang != "" && base(lang) == base(sense.First(r.language, r.itemLang)) {
			worth = 3
		}
		if role := sense.Code(m.Attr("role")); role == "mnemonic" || role == "short" {
			worth -= 2
		}
		if text := sense.First(m.Kid("value").Line(), m.Line()); text != "" && (worth > best || name == "") {
			best, name = worth, text
		}
	}
	return name
}

// base is a language without its country.
func base(lang string) string {
	first, _, _ := strings.Cut(strings.ReplaceAll(lang, "_", "-"), "-")
	return strings.ToLower(first)
}

// concept is the name of an element that stands for a thing, or its code.
func (r *raw) concept(n *tree.Node) string {
	if n == nil {
		return ""
	}
	return sense.First(r.named(n), r.names[r.schemes.term(n)], n.Attr("literal"), sense.Code(n.Attr("qcode")), n.Attr("uri"), n.Line())
}

// rights reads one statement of rights. One about a part of the item is no
// statement about the whole; it stays for people to read.
func (r *raw) rights(n *tree.Node) {
	join := func(nodes []*tree.Node) string {
		var all []string
		for _, m := range nodes {
			if text := sense.Terms(m.Line()); text != "" && len(all) < most && !slices.Contains(all, text) {
				all = append(all, text)
			}
		}
		return strings.Join(all, " / ")
	}
	holder, notice, terms := sense.Terms(r.concept(n.Kid("copyrightHolder"))), join(n.All("copyrightNotice")), join(n.All("usageTerms"))
	if n.Attr("idrefs") != "" {
		r.edNotes = append(r.edNotes, note{sense.NoteRights, strings.Join(strings.Fields(holder+" "+notice+" "+terms), " ")})
		return
	}
	r.holder, r.notice = sense.First(r.holder, holder), sense.First(r.notice, notice)
	if r.terms = strings.Trim(r.terms+" / "+terms, " /"); n.Kid("rightsExpressionXML") != nil || n.Kid("rightsExpressionData") != nil {
		r.edNotes = append(r.edNotes, note{sense.NoteRights, n.Kid("rightsExpressionData").Line()})
	}
}

// most is how many of anything are kept: nobody means more.
const most = 600

// refer keeps a link to another item. One to an item's own former version
// leads nowhere else.
func (r *raw) refer(rel string, n *tree.Node) {
	id := sense.First(n.Attr("residref"), n.Attr("guidref"), n.Attr("href"), r.schemes.qcode(n.Attr("qcode")), n.Attr("uri"))
	if rel == "prevVersion" {
		rel = "previousVersion" // as Reuters has it
	}
	if l := (link{sense.First(rel, "seeAlso"), id}); id != "" && len(r.links) < most && (id != r.guid || l.rel == "previousVersion") && !slices.Contains(r.links, l) {
		r.links = append(r.links, l)
	}
}

// management reads itemMeta.
func (r *raw) management(meta *tree.Node) {
	r.class = r.schemes.term(meta.Kid("itemClass"))
	r.provider = r.concept(meta.Kid("provider"))
	r.versionCreated, r.firstCreated = meta.Kid("versionCreated").Line(), meta.Kid("firstCreated").Line()
	r.title, r.priority = meta.Kid("title").Line(), meta.Kid("priority").Line()
	for _, e := range meta.All("expires") {
		if r.expires == "" || e.Attr("pubconstraint") == "" {
			r.expires = e.Line()
		}
	}
	if kind := meta.Kid("itemClass").Attr("msgType"); kind != "" {
		r.signals = append(r.signals, "msgType:"+kind)
	}
	for _, e := range meta.All("edNote", "ednote") {
		r.edNotes = append(r.edNotes, note{sense.Code(r.schemes.role(e)), e.Words()})
	}
	for _, s := range meta.All("service") {
		if c := (code{"service", r.schemes.term(s), r.named(s)}); c.qcode != "" || c.name != "" {
			r.services = append(r.services, c)
		}
	}
	r.relations(meta)
}

// said reads what may be done with the item.
func (r *raw) said(item *tree.Node) {
	for _, s := range Said(item, "pubStatus") {
		r.statuses = append(r.statuses, sense.First(r.schemes.term(s), s.Line()))
	}
	for _, e := range Said(item, "embargoed") {
		r.embargoes = append(r.embargoes, e.Line())
	}
	for _, s := range Said(item, "signal", "edStatus", "instruction") {
		r.signals = append(r.signals, sense.First(r.schemes.term(s), s.Line()))
	}
}

// relations reads what the item has to do with others.
func (r *raw) relations(meta *tree.Node) {
	for _, l := range meta.All("link") {
		r.refer(sense.Code(sense.First(r.schemes.qcode(l.Attr("rel")), r.schemes.address(l.Attr("reluri")))), l)
		if len(r.pictures) < most {
			r.lend(l)
		}
	}
	for _, l := range meta.All("instanceOf", "memberOf", "deliverableOf", "derivedFrom") {
		r.refer(l.Name, l)
	}
}

// content reads contentSet.
func (r *raw) content(set *tree.Node) {
	for _, foreign := range []bool{false, true} {
		for _, n := range set.All("inlineXML") {
			if r.foreign(n) == foreign {
				r.inline = append(r.inline, n)
			}
		}
	}
	for _, n := range set.All("inlineData") {
		text := n.Raw()
		if kind := n.Attr("contenttype"); strings.HasPrefix(kind, "image/") || strings.HasPrefix(kind, "audio/") || strings.HasPrefix(kind, "video/") {
			continue
		}
		if strings.EqualFold(n.Attr("encoding"), "base64") || strings.HasSuffix(n.Attr("encoding"), "base64") {
			text = sense.Base64(text)
		}
		r.data = append(r.data, text)
	}
	for _, n := range set.All("remoteContent") {
		r.files = append(r.files, r.file(n))
	}
}
