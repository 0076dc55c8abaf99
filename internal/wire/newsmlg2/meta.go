package newsmlg2

import (
	"strings"

	"github.com/rotatif/newsroom/internal/wire/sense"
	"github.com/rotatif/newsroom/internal/wire/tree"
)

// meta reads contentMeta.
func (r *raw) meta(meta *tree.Node) {
	r.urgency = meta.Kid("urgency").Line()
	r.language = meta.Kid("language").Attr("tag")
	r.by, r.dateline = lines(meta.All("by")), meta.Kid("dateline").Line()
	r.credit, r.slug = meta.Kid("creditline").Line(), meta.Kid("slugline").Line()
	r.located = r.concept(meta.Kid("located"))
	r.headlines(meta.All("headline"))
	r.descriptions(meta.All("description"))
	for _, k := range meta.All("keyword") {
		r.keywords = append(r.keywords, k.Line())
	}
	for _, s := range meta.All("infoSource") {
		r.sources = append(r.sources, source{sense.Code(r.schemes.role(s)), r.concept(s)})
	}
	r.creator = creator(meta.All("creator"))
	for _, s := range meta.All("subject", "genre") {
		c := code{sense.Code(s.Attr("type")), r.schemes.term(s), sense.First(r.named(s), s.Attr("literal"))}
		if known := r.names[c.qcode]; known != "" && (c.name == "" || c.name == c.qcode) {
			c.name = known
		}
		switch {
		case c.qcode == "" && c.name == "":
		case c.kind == "geoArea" || c.kind == "poi" || s.Attr("type") == "cptType:5": // the last is Reuters' word for it
			r.places = append(r.places, c)
		default:
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
		if strings.Contains(name, " ") && n.Kid("organisationDetails") == nil && !strings.Contains(role, "publisher") && !strings.Contains(role, "editor") && !strings.Contains(role, "source") {
			return name
		}
	}
	return ""
}

// The places a headline may stand in.
const (
	above = iota // the kicker
	main
	below
	short
)

// rank tells where a headline stands: by its role, else by its rank. dpa's
// third is its kicker.
func rank(n *tree.Node) int {
	role := strings.ToLower(sense.Code(sense.First(n.Attr("role"), n.Attr("roleuri"))))
	switch {
	case strings.Contains(role, "kicker"), strings.Contains(role, "overline"), strings.Contains(role, "overhead"), strings.Contains(role, "catchline"), strings.Contains(role, "roofline"):
		return above
	case strings.Contains(role, "sub"), strings.Contains(role, "deck"):
		return below
	case strings.Contains(role, "short"), strings.Contains(role, "seo"), strings.Contains(role, "mobile"):
		return short
	case role == "main", role == "title", n.Attr("rank") == "1", role == "headline":
		return main
	case n.Attr("rank") == "3":
		return above
	case n.Attr("rank") == "2":
		return below
	default:
		return main
	}
}

// headlines puts each headline in its place. Of several main ones that in the
// item's language counts, of those the one that says it is the main one.
func (r *raw) headlines(nodes []*tree.Node) {
	other, best := "", 0
	for _, n := range nodes {
		text := n.Line()
		switch rank(n) {
		case above:
			r.kicker = sense.First(r.kicker, text)
		case below:
			r.subhead = sense.First(r.subhead, text)
		case short:
			other = sense.First(other, text)
		default:
			if worth := r.worth(n); text != "" && worth > best {
				r.headline, best = text, worth
			}
		}
	}
	r.headline = sense.First(r.headline, other)
	if r.headline == "" {
		r.headline, r.subhead = r.subhead, ""
	}
	if r.headline == "" {
		r.headline, r.kicker = r.kicker, ""
	}
}

// worth ranks a main headline.
func (r *raw) worth(n *tree.Node) int {
	worth := 1
	if lang := n.Lang(); lang == "" || lang == sense.First(r.language, r.itemLang) {
		worth += 2
	}
	if n.Attr("rank") == "1" || strings.EqualFold(sense.Code(n.Attr("role")), "main") {
		worth++
	}
	return worth
}

// descriptions takes the caption and the standfirst. What else is described,
// the shots of a film for one, is for the newsroom.
func (r *raw) descriptions(nodes []*tree.Node) {
	for _, n := range nodes {
		role, text := sense.Code(sense.First(n.Attr("role"), n.Attr("roleuri"))), n.Words()
		switch lower := strings.ToLower(role); {
		case strings.Contains(lower, "caption") && r.caption == "":
			r.caption = text
		case !strings.Contains(lower, "caption") && r.standfirst == "":
			r.standfirst = text
		case text != r.standfirst && text != r.caption && len(r.edNotes) < most:
			r.edNotes = append(r.edNotes, note{sense.First(role, "description"), text})
		}
	}
}
