package newsmlg2

import (
	"strings"

	"github.com/rotatif/newsroom/internal/wire/sense"
	"github.com/rotatif/newsroom/internal/wire/tree"
)

// newscodes is where IPTC's vocabularies are.
const newscodes = "http://cv.iptc.org/newscodes/"

// vocabularies gives the usual alias of each of IPTC's vocabularies that the
// house reads, by the vocabulary's name. Nothing is ever fetched: a code whose
// vocabulary is not here is kept as it came.
func vocabularies() map[string]string {
	return map[string]string{
		"cinature": "cinat", "plinature": "plinat", "catinature": "catinat", "ninature": "ninat", "cpnature": "cpnat",
		"pubstatusg2": "stat", "status1": "pst1", "signal": "sig", "newsmsgsignal": "nmsig", "edrole": "erol", "ednoterole": "ednoterole",
		"mediatopic": "medtop", "subjectcode": "subj", "subjectqualifier": "squ", "genre": "genre", "productgenre": "prodgenre", "scene": "scn",
		"itemrelation": "irel", "conceptrelation": "crel", "rendition": "rnd", "descriptionrole": "drol", "infosourcerole": "isrol",
		"contributorrole": "ctrol", "contentprodpartyrole": "cpprole", "namerole": "nrol", "newsprovider": "nprov", "provider": "prov", "newsproduct": "nprod",
		"hopaction": "hopaction", "pkggroupmode": "pgrmod", "newscoveragestatus": "ncostat", "location": "loctyp", "worldregion": "wldreg",
		"digitalsourcetype": "digsrctype", "languagerole": "lrol", "altidrole": "altidrole", "urgency": "urgy", "priority": "prio",
	}
}

// others gives the usual alias of vocabularies that stand elsewhere.
func others() map[string]string {
	return map[string]string{
		"http://cvx.iptc.org/iso3166-1a2/": "iso3166-1a2", "http://cvx.iptc.org/iso3166-1a3/": "iso3166-1a3", "http://cvx.iptc.org/iso3166-2/": "iso3166-2",
		"http://cvx.iptc.org/anpa1312-category/": "a1312cat", "http://cvx.iptc.org/isin/": "isin", "http://cvx.iptc.org/ticker/": "ticker",
		"http://www.wikidata.org/entity/": "wikidata", "http://dbpedia.org/resource/": "dbpedia", "http://sws.geonames.org/": "geonames", "https://sws.geonames.org/": "geonames",
	}
}

// schemes are the aliases a document declares itself: by alias, the address.
type schemes map[string]string

func declared(n *tree.Node) schemes {
	own := schemes{}
	for _, c := range n.All("catalog") {
		for _, s := range c.All("scheme") {
			if alias := s.Attr("alias"); alias != "" && len(own) < 500 {
				own[alias] = s.Attr("uri")
			}
		}
	}
	return own
}

// alias is the usual alias of a vocabulary at an address, "" for one nobody knows.
func alias(address string) string {
	address = strings.Replace(strings.TrimSpace(address), "https://cv", "http://cv", 1)
	if name, found := strings.CutPrefix(address, newscodes); found {
		return vocabularies()[strings.TrimRight(name, "/")]
	}
	if known := others()[address]; known != "" {
		return known
	}
	return others()[strings.TrimRight(address, "/")+"/"]
}

// qcode is a code under the usual alias of its vocabulary, whatever the
// document calls it.
func (s schemes) qcode(code string) string {
	name, id, found := strings.Cut(code, ":")
	if !found || s[name] == "" {
		return code
	}
	if usual := alias(s[name]); usual != "" {
		return usual + ":" + id
	}
	return code
}

// address is the same for a code that is an address.
func (s schemes) address(uri string) string {
	at := strings.LastIndexAny(strings.TrimRight(uri, "/"), "/#")
	if at < 0 {
		return uri
	}
	if usual := alias(uri[:at+1]); usual != "" {
		return usual + ":" + strings.Trim(uri[at+1:], "/")
	}
	return uri
}

// term is the code of an element, however it is written.
func (s schemes) term(n *tree.Node) string {
	return sense.First(s.qcode(n.Attr("qcode")), s.address(n.Attr("uri")), n.Attr("literal"))
}

// role is the role of an element.
func (s schemes) role(n *tree.Node) string {
	return sense.First(s.qcode(n.Attr("role")), s.address(n.Attr("roleuri")))
}
