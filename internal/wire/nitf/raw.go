package nitf

import (
	"slices"
	"strings"

	"github.com/rotatif/newsroom"
	"github.com/rotatif/newsroom/internal/wire/sense"
	"github.com/rotatif/newsroom/internal/wire/tree"
)

// raw mirrors the head of a document.
type raw struct {
	id, idKind, version    string
	sender                 string // who gave the id
	status                 string
	other                  other
	corrected, correction  string
	corrects               bool
	issue, release, expire string
	released               bool // there is a date of release, whatever is in it
	urgency, lang, title   string
	slug, holder, terms    string
	notes                  []note
	keywords               []string
	places, subjects       []newsroom.Subject
	sources                []string
}

// other is the document whose status this one gives.
type other struct{ id, status string }

type note struct{ role, text string }

func parse(n *tree.Node) raw {
	head := n.Kid("head")
	if head == nil {
		head = n.Find("head")
	}
	r := raw{lang: sense.First(n.Lang(), n.Attr("baselang"), n.Kid("body").Lang(), named(head, "language", "lang")), title: head.Kid("title").Line()}
	docdata := head.Find("docdata")
	r.identify(docdata)
	if r.id == "" {
		r.id, r.idKind = n.Attr("uno"), "uno"
	}
	r.dates(docdata)
	r.rights(docdata)
	r.original(head)
	r.urgency = docdata.Find("urgency").Attr("ed-urg")
	r.slugs(head, docdata)
	for _, m := range every(docdata, "ed-msg") {
		r.notes = append(r.notes, note{m.Attr("msg-type"), strings.TrimSpace(m.Attr("info") + " " + m.Line())})
	}
	r.keys(head, docdata)
	r.about(head, docdata)
	from := every(docdata, "from-src")
	slices.SortStableFunc(from, func(a, b *tree.Node) int {
		return sense.Scale(a.Attr("level-number")) - sense.Scale(b.Attr("level-number"))
	})
	for _, s := range from {
		r.sources = append(r.sources, sense.First(s.Attr("src-name"), s.Line()))
	}
	return r
}

// named is what a head says under a name of its own.
func named(head *tree.Node, names ...string) string {
	for _, m := range head.All("meta") {
		if slices.Contains(names, strings.ToLower(m.Attr("name"))) && m.Attr("content") != "" {
			return m.Attr("content")
		}
	}
	return ""
}

// every is all elements of a name below a node, at any depth.
func every(n *tree.Node, names ...string) []*tree.Node {
	var found []*tree.Node
	n.Walk(func(m *tree.Node) bool {
		if m.Name != "" && m.Is(names...) {
			found = append(found, m)
		}
		return true
	})
	return found
}

// identify reads which document it is, what may be done with it, and what it
// says of another one.
func (r *raw) identify(docdata *tree.Node) {
	for _, d := range every(docdata, "doc-id") {
		if r.id == "" {
			r.id, r.idKind = d.Attr("id-string"), "doc-id"
		}
		r.sender = sense.First(r.sender, d.Attr("regsrc"))
	}
	key := docdata.Find("du-key")
	r.version = key.Attr("version")
	var version string
	r.id, version = unversioned(r.id)
	r.version = sense.First(r.version, version)
	id, revised := stable(r.id, key.Attr("key"))
	if r.id = id; id == "" {
		r.id, r.idKind = key.Attr("key"), "du-key"
	}
	r.status = docdata.Attr("management-status")
	r.other = other{docdata.Attr("management-doc-idref"), docdata.Attr("management-idref-status")}
	r.other.id, _ = unversioned(r.other.id)
	if at := strings.LastIndexByte(r.other.id, '_'); revised && at > 0 && digits(r.other.id[at+1:]) {
		r.other.id = r.other.id[:at]
	}
	if c := docdata.Find("correction"); c != nil {
		r.corrected, _ = unversioned(c.Attr("id-string"))
		r.correction = sense.First(c.Attr("info"), c.Line())
		r.corrects = r.corrected != "" || r.correction != ""
	}
}

// statuses are the words for what may be done with this document.
func (r raw) statuses() []string {
	all := []string{r.status}
	if r.other.id != "" && r.other.id == r.id && r.other.status != "" {
		all = append(all, r.other.status)
	}
	return all
}

func (r *raw) dates(docdata *tree.Node) {
	stamp := func(name string) (string, bool) {
		n := docdata.Find(name)
		text := sense.First(n.Attr("norm"), n.Line())
		return text, text != ""
	}
	r.issue, _ = stamp("date.issue")
	r.release, r.released = stamp("date.release")
	r.expire, _ = stamp("date.expire")
}

func (r *raw) rights(docdata *tree.Node) {
	copyright, rights := docdata.Find("doc.copyright"), docdata.Find("doc.rights")
	r.holder = sense.First(copyright.Attr("holder"), rights.Attr("owner"), copyright.Line())
	all := []string{rights.Line()}
	for _, name := range []string{"limitations", "geography", "type", "paid", "agent"} {
		all = append(all, rights.Attr(name))
	}
	r.terms = strings.Join(slices.DeleteFunc(all, func(s string) bool { return s == "" }), "; ")
}

// original is the story that this one corrects, as some newspapers' systems name it.
func (r *raw) original(head *tree.Node) {
	if id := head.Find("original-storyid").Line(); id != "" && !r.corrects {
		r.corrected, r.corrects = id, true
	}
}

// slugs takes the name the story goes by in newsrooms. A key that is the
// story's id is none.
func (r *raw) slugs(head, docdata *tree.Node) {
	key := docdata.Find("du-key").Attr("key")
	if key == r.id {
		key = ""
	}
	r.slug = sense.First(key, docdata.Find("fixture").Attr("fix-id"), docdata.Find("doc-name").Attr("name-string"), docdata.Find("series").Attr("series.name"),
		named(head, "slug", "slugline", "ntbstikkord"))
}

// most is how many keywords are kept: nobody means more.
const most = 300

func (r *raw) keys(head, docdata *tree.Node) {
	for _, k := range append(every(docdata, "keyword"), every(head.Kid("tobject"), "Keyword")...) {
		if word := sense.First(k.Attr("key"), k.Attr("name"), k.Line()); word != "" && len(r.keywords) < most && !slices.Contains(r.keywords, word) {
			r.keywords = append(r.keywords, word)
		}
	}
	if key := docdata.Find("key-list").Attr("key"); key != "" && key != r.id {
		r.keywords = append(r.keywords, key)
	}
}

// about reads where it happened and what it is about.
func (r *raw) about(head, docdata *tree.Node) {
	for _, e := range every(docdata, "evloc") {
		names := slices.DeleteFunc([]string{e.Attr("city"), e.Attr("county-dist"), e.Attr("state-prov"), e.Line()}, func(s string) bool { return s == "" })
		place := newsroom.Subject{Code: e.Attr("iso-cc"), Name: strings.Join(slices.Compact(names), ", ")}
		if place.Code != "" {
			place.Scheme = "iso-cc"
		}
		if place != (newsroom.Subject{}) {
			r.places = append(r.places, place)
		}
	}
	for _, t := range every(head, "tobject.subject") {
		s := newsroom.Subject{Scheme: "subj", Code: sense.First(t.Attr("tobject.subject.refnum"), t.Attr("tobject.subject.code"))}
		if owner := t.Attr("tobject.subject.ipr"); owner != "" && !strings.EqualFold(owner, "IPTC") {
			s.Scheme = strings.ToLower(owner)
		}
		s.Name = sense.First(t.Attr("tobject.subject.detail"), t.Attr("tobject.subject.matter"), t.Attr("tobject.subject.type"))
		r.subjects = append(r.subjects, s)
	}
	for _, p := range every(head, "tobject.property") {
		if kind := p.Attr("tobject.property.type"); kind != "" {
			r.subjects = append(r.subjects, newsroom.Subject{Scheme: "genre", Code: kind})
		}
	}
	for _, s := range every(docdata, "doc-scope") {
		if scope := s.Attr("scope"); scope != "" {
			r.subjects = append(r.subjects, newsroom.Subject{Scheme: "doc-scope", Code: scope})
		}
	}
	for _, p := range every(head, "pubdata") {
		if section := p.Attr("position.section"); section != "" {
			r.subjects = append(r.subjects, newsroom.Subject{Scheme: "section", Code: section})
		}
	}
	r.identified(docdata.Find("identified-content"))
}

// identified reads the people, places and codes that somebody has marked.
func (r *raw) identified(content *tree.Node) {
	for _, n := range every(content, "classifier", "person", "org", "event", "location") {
		s := newsroom.Subject{Scheme: n.Name, Code: sense.First(n.Attr("value"), n.Attr("location-code")), Name: n.Line()}
		if n.Is("classifier") {
			s.Scheme = sense.First(n.Attr("type"), n.Name)
		}
		switch {
		case s.Code == "" && s.Name == "":
		case n.Is("location"):
			s.Scheme = sense.First(n.Attr("code-source"), n.Name)
			r.places = append(r.places, s)
		default:
			r.subjects = append(r.subjects, s)
		}
	}
}
