package newsmlg2

import (
	"strings"

	"github.com/rotatif/newsroom/internal/wire/sense"
	"github.com/rotatif/newsroom/internal/wire/tree"
)

// raw mirrors an item. Codes are as delivered, by alias or by address.
type raw struct {
	element, guid, version, class       string
	conceptType                         string
	itemLang, language                  string
	statuses, embargoes, signals        []string
	versionCreated, firstCreated        string
	expires                             string
	provider, title                     string
	urgency, priority, headerPriority   string
	headline, standfirst, caption       string
	by, dateline, located, credit, slug string
	holder, notice, terms               string
	edNotes                             []note
	links, members                      []link
	subjects, places                    []code
	keywords                            []string
	sources                             []source
	hops                                []string
	inline                              []*tree.Node
	data                                []string
	files                               []file
}

type (
	note   struct{ role, text string }
	link   struct{ rel, id, title string }
	code   struct{ kind, qcode, name string }
	source struct{ role, name string }
	file   struct{ href, mime, rendition, width string }
)

func parse(n, header *tree.Node) raw {
	r := raw{
		element: n.Name, guid: n.Attr("guid"), version: n.Attr("version"), itemLang: n.Lang(),
		headerPriority: header.Kid("priority").Line(),
	}
	rights := n.Kid("rightsInfo")
	r.holder = concept(rights.Kid("copyrightHolder"))
	r.notice, r.terms = rights.Kid("copyrightNotice").Line(), rights.Kid("usageTerms").Line()
	for _, hop := range n.Kid("hopHistory").All("hop") {
		r.hops = append(r.hops, concept(hop.Kid("party")))
	}
	r.management(n.Kid("itemMeta"))
	r.meta(n.Kid("contentMeta"))
	r.content(n.Kid("contentSet"))
	if thing := n.Kid("concept"); thing != nil {
		r.headline = sense.First(r.headline, concept(thing))
		r.conceptType = sense.Code(term(thing.Kid("type")))
	}
	n.Kid("groupSet").Walk(func(m *tree.Node) bool {
		if m.Is("itemRef") {
			r.members = append(r.members, link{"member", sense.First(m.Attr("residref"), m.Attr("guidref"), m.Attr("href")), m.Kid("title").Line()})
		}
		return true
	})
	return r
}

// term is the code of an element, however it is written.
func term(n *tree.Node) string {
	return sense.First(n.Attr("qcode"), n.Attr("uri"), n.Attr("literal"))
}

// concept is the name of an element that stands for a thing, or its code.
func concept(n *tree.Node) string {
	return sense.First(n.Kid("name", "value").Line(), n.Kid("name").Line(), n.Attr("literal"), sense.Code(n.Attr("qcode")), n.Attr("uri"), n.Line())
}

// management reads itemMeta.
func (r *raw) management(meta *tree.Node) {
	r.class = term(meta.Kid("itemClass"))
	r.provider = concept(meta.Kid("provider"))
	r.versionCreated, r.firstCreated = meta.Kid("versionCreated").Line(), meta.Kid("firstCreated").Line()
	r.title, r.priority = meta.Kid("title").Line(), meta.Kid("priority").Line()
	for _, s := range meta.All("pubStatus") {
		r.statuses = append(r.statuses, sense.First(term(s), s.Line()))
	}
	for _, e := range meta.All("embargoed") {
		r.embargoes = append(r.embargoes, e.Line())
	}
	for _, e := range meta.All("expires") {
		if r.expires == "" || e.Attr("pubconstraint") == "" {
			r.expires = e.Line()
		}
	}
	for _, s := range meta.All("signal", "edStatus", "instruction") {
		r.signals = append(r.signals, sense.First(term(s), s.Line()))
	}
	for _, e := range meta.All("edNote") {
		r.edNotes = append(r.edNotes, note{sense.Code(e.Attr("role")), e.Line()})
	}
	for _, l := range meta.All("link") {
		r.links = append(r.links, link{sense.Code(l.Attr("rel")), sense.First(l.Attr("residref"), l.Attr("guidref"), l.Attr("href")), l.Kid("title").Line()})
	}
}

// meta reads contentMeta.
func (r *raw) meta(meta *tree.Node) {
	r.urgency = meta.Kid("urgency").Line()
	r.language = meta.Kid("language").Attr("tag")
	r.by, r.dateline = lines(meta.All("by")), meta.Kid("dateline").Line()
	r.credit, r.slug = meta.Kid("creditline").Line(), meta.Kid("slugline").Line()
	r.located = concept(meta.Kid("located"))
	r.headlines(meta.All("headline"))
	r.descriptions(meta.All("description"))
	for _, k := range meta.All("keyword") {
		r.keywords = append(r.keywords, k.Line())
	}
	for _, s := range meta.All("infoSource") {
		r.sources = append(r.sources, source{sense.Code(s.Attr("role")), concept(s)})
	}
	if r.by == "" {
		r.by = creator(meta.All("creator"))
	}
	for _, s := range meta.All("subject", "genre") {
		c := code{sense.Code(s.Attr("type")), term(s), sense.First(s.Kid("name", "value").Line(), s.Kid("name").Line(), s.Attr("literal"))}
		if c.kind == "geoArea" {
			r.places = append(r.places, c)
		} else {
			r.subjects = append(r.subjects, c)
		}
	}
}

func lines(nodes []*tree.Node) string {
	var all []string
	for _, n := range nodes {
		if l := n.Line(); l != "" {
			all = append(all, l)
		}
	}
	return strings.Join(all, ", ")
}

// creator names the author when nobody wrote a byline. A desk's login
// ("kraffzick.anna") is no name.
func creator(nodes []*tree.Node) string {
	for _, n := range nodes {
		role := strings.ToLower(sense.Code(n.Attr("role")) + " " + sense.Code(n.Attr("qcode")))
		name := sense.First(n.Kid("name").Line(), n.Attr("literal"))
		if strings.Contains(name, " ") && !strings.Contains(role, "publisher") && !strings.Contains(role, "editor") {
			return name
		}
	}
	return ""
}

// headlines takes the main one: rank 1, or the first that is no kicker.
func (r *raw) headlines(nodes []*tree.Node) {
	for _, n := range nodes {
		rank, role := n.Attr("rank"), strings.ToLower(sense.Code(n.Attr("role")))
		if n.Line() == "" || strings.Contains(role, "kicker") || strings.Contains(role, "short") && len(nodes) > 1 {
			continue
		}
		if r.headline == "" || rank == "1" {
			r.headline = n.Line()
		}
		if rank == "1" || role == "main" {
			break
		}
	}
	if r.headline == "" && len(nodes) > 0 {
		r.headline = nodes[0].Line()
	}
}

func (r *raw) descriptions(nodes []*tree.Node) {
	for _, n := range nodes {
		role := strings.ToLower(sense.Code(n.Attr("role")))
		switch {
		case strings.Contains(role, "caption"):
			r.caption = sense.First(r.caption, n.Line())
		default:
			r.standfirst = sense.First(r.standfirst, n.Line())
		}
	}
}

// content reads contentSet.
func (r *raw) content(set *tree.Node) {
	for _, n := range set.All("inlineXML") {
		r.inline = append(r.inline, n)
	}
	for _, n := range set.All("inlineData") {
		text := n.Raw()
		if strings.EqualFold(n.Attr("encoding"), "base64") {
			text = sense.Base64(text)
		}
		r.data = append(r.data, text)
	}
	for _, n := range set.All("remoteContent") {
		rendition := sense.Code(sense.First(n.Attr("rendition"), n.Attr("renditionuri")))
		r.files = append(r.files, file{sense.First(n.Attr("href"), n.Attr("residref")), n.Attr("contenttype"), rendition, n.Attr("width")})
	}
}
