package newsmlg2

import (
	"regexp"
	"strings"

	"github.com/rotatif/newsroom/internal/wire/sense"
	"github.com/rotatif/newsroom/internal/wire/tree"
)

// meta reads contentMeta.
func (r *raw) meta(meta *tree.Node) {
	r.urgency = meta.Kid("urgency").Line()
	r.language = meta.Kid("language").Attr("tag")
	r.by, r.dateline = lines(r.heard(meta.All("by"))), meta.Kid("dateline").Line()
	r.credit, r.slug = one(r.heard(meta.All("creditline"))), one(r.heard(meta.All("slugline")))
	r.located = r.concept(meta.Kid("located"))
	r.headlines(meta.All("headline"))
	r.descriptions(r.heard(meta.All("description")))
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

// heard is of elements in several languages those in the item's own, all of
// them where none is.
func (r *raw) heard(nodes []*tree.Node) []*tree.Node {
	var kept []*tree.Node
	for _, n := range nodes {
		if !r.foreign(n) {
			kept = append(kept, n)
		}
	}
	if len(kept) == 0 {
		return nodes
	}
	return kept
}

// foreign says whether an element is in another language than the item.
func (r *raw) foreign(n *tree.Node) bool {
	own, lang := base(sense.First(r.language, r.itemLang)), base(n.Lang())
	return own != "" && lang != "" && lang != own
}

// one is the line of the first element that has one.
func one(nodes []*tree.Node) string {
	for _, n := range nodes {
		if l := n.Line(); l != "" {
			return l
		}
	}
	return ""
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

// wrote is what the role of somebody is called whose name may stand above the text.
var wrote = regexp.MustCompile(`author|writer|reporter|journalist|correspondent|byline|photograph|muhabir|yazar`)

// creator names the author when nobody wrote a byline. Who made the item is no
// byline unless it says that it is the author: it may be a desk or a machine. A
// desk's login ("kraffzick.anna") is no name.
func creator(nodes []*tree.Node) string {
	for _, n := range nodes {
		role := strings.ToLower(sense.Code(sense.First(n.Attr("role"), n.Attr("roleuri"))) + " " + sense.Code(n.Attr("qcode")))
		name := sense.First(n.Kid("name").Line(), n.Attr("literal"))
		if strings.Contains(name, " ") && n.Kid("organisationDetails") == nil && wrote.MatchString(role) {
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
	second // one that only says that it counts less: what it is for nobody knows
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
		return second
	default:
		return main
	}
}

// headlines puts each headline in its place. Of several main ones that in the
// item's language counts, of those the one that says it is the main one.
func (r *raw) headlines(nodes []*tree.Node) {
	other, best := "", 0
	var seconds []string
	for _, n := range nodes {
		text := n.Line()
		switch rank(n) {
		case above:
			r.kicker = sense.First(r.kicker, text)
		case below:
			r.subhead = sense.First(r.subhead, text)
		case short:
			other = sense.First(other, text)
		case second:
			other = sense.First(other, text)
			seconds = append(seconds, text)
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
	for _, text := range seconds {
		if text != r.headline && len(r.edNotes) < most {
			r.edNotes = append(r.edNotes, note{sense.NoteSubhead, text})
		}
	}
}

// worth ranks a main headline.
func (r *raw) worth(n *tree.Node) int {
	worth := 1
	if lang := n.Lang(); lang == "" || base(lang) == base(sense.First(r.language, r.itemLang)) {
		worth += 2
	}
	if n.Attr("rank") == "1" || strings.EqualFold(sense.Code(n.Attr("role")), "main") {
		worth++
	}
	return worth
}

// descriptions takes the caption and the standfirst. What else is described,
// the shots of a film for one, is for the newsroom. What is told of a picture
// without a role is its caption.
func (r *raw) descriptions(nodes []*tree.Node) {
	var rest []note
	best := 0
	for _, n := range nodes {
		role, text := strings.ToLower(sense.Code(sense.First(n.Attr("role"), n.Attr("roleuri")))), n.Words()
		worth := standfirst(role)
		switch caption := strings.Contains(role, "caption") || role == "" && r.pictured(); {
		case text == "":
		case caption && r.caption == "":
			r.caption = text
		case !caption && worth > best:
			if r.standfirst != "" {
				rest = append(rest, note{"", r.standfirst})
			}
			r.standfirst, best = text, worth
		default:
			rest = append(rest, note{role, text})
		}
	}
	for _, m := range rest {
		if m.text != r.standfirst && m.text != r.caption && len(r.edNotes) < most {
			r.edNotes = append(r.edNotes, note{strings.TrimSpace(sense.NoteDescription + " " + m.role), m.text})
		}
	}
}

// standfirst ranks a description by its role: one that says it is the summary
// comes first, what is written for a machine or a cutting room is none.
func standfirst(role string) int {
	switch {
	case strings.Contains(role, "summary"), strings.Contains(role, "teaser"), strings.Contains(role, "abstract"), strings.Contains(role, "standfirst"):
		return 2
	case role == "script", role == "shotlist", role == "transcript", role == "alttext":
		return 0
	default:
		return 1
	}
}

// pictured says whether the item is a picture.
func (r *raw) pictured() bool {
	class := sense.Code(r.class)
	return r.element == "newsItem" && (class == "picture" || class == "graphic")
}
