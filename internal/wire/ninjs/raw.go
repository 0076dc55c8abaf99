package ninjs

import (
	"slices"
	"strings"

	"github.com/rotatif/newsroom/internal/wire/sense"
	"github.com/rotatif/newsroom/internal/wire/tree"
)

// raw mirrors an item with the families laid over each other.
type raw struct {
	uri, version, kind, profile      string
	statuses, embargoes              []string
	created, versionCreated, expires string
	language, slugline, title        string
	by, located, priority, urgency   string
	holder, notice, terms            string
	representation                   string
	usn, credit, dateline, kicker    string
	evolvedFrom                      string
	edNotes                          []string
	headlines, descriptions, bodies  []text
	subjects, places, related        []concept
	sources                          []concept
	keywords                         []string
	renditions                       []rendition
	associations                     []raw
	altIDs                           map[string]string
	event                            bool
	rel                              string
	doubled                          []string
}

// text is one of several notations of a headline, a description or the body.
type text struct{ role, mime, value string }

// concept is a subject, a place, a person, a source.
type concept struct{ name, uri, scheme, code, rel string }

type rendition struct {
	name, href, mime string
	width, height    string
}

// parse reads an item. Associated items are read one level deep, as they are
// items themselves.
func parse(v tree.Value) raw {
	r := parseOwn(v)
	r.doubled = append(r.doubled, doubled(of(v, "associations"))...)
	for _, a := range named(v, "associations") {
		child := parseOwn(a.Value)
		child.rel = first(a.Value, "rel", "name")
		if child.rel == "" {
			child.rel = a.Name
		}
		r.associations = append(r.associations, child)
	}
	return r
}

func parseOwn(v tree.Value) raw {
	r := raw{
		uri: sense.StableURI(first(v, "uri")), version: first(v, "version"), kind: strings.ToLower(sense.Code(first(v, "type"))), profile: first(v, "profile"),
		statuses: all(v, "pubstatus", "status"), embargoes: present(v, "embargoed", "embargoeduntil"),
		created: first(v, "firstcreated", "firstversion"), versionCreated: first(v, "versioncreated"), expires: first(v, "expires"),
		language: first(v, "language"), slugline: first(v, "slugline", "slug"), title: first(v, "title"), kicker: first(v, "kicker"),
		by: first(v, "byline", "by"), credit: first(v, "creditline"), dateline: first(v, "dateline"), located: first(v, "located", "location"),
		priority: first(v, "priority"), urgency: first(v, "urgency"), holder: first(v, "copyrightholder"), notice: first(v, "copyrightnotice"),
		terms: first(v, "usageterms", "usage"), representation: first(v, "representationtype"), usn: first(v, "usn"),
		edNotes: all(v, "ednote"), event: has(v, "eventdetails"), evolvedFrom: first(v, "evolvedfrom"),
		headlines: texts(v, "headline", "headlines"), descriptions: texts(v, "description", "descriptions"),
		bodies: texts(v, "body", "bodies"), renditions: renditions(v), altIDs: altIDs(v), doubled: doubled(v),
		subjects: append(concepts(v, "subject", "subjects"), concepts(v, "genre", "genres")...), places: concepts(v, "place", "places"),
		related: concepts(v, "person", "people", "organisation", "organisations", "object", "objects"),
		sources: concepts(v, "infosource", "infosources"), keywords: keywords(v, "keywords", "keyword"),
	}
	r.descriptions = append(append(r.descriptions, one("abstract", first(v, "abstract"))...), one("subhead", first(v, "subhead"))...)
	return r
}

// of is the first member of the name. The families differ by the case of
// their keys, and files mix them.
func of(v tree.Value, name string) tree.Value {
	for _, m := range v.Members {
		if strings.EqualFold(m.Name, name) {
			return m.Value
		}
	}
	return tree.Value{}
}

func has(v tree.Value, names ...string) bool {
	return slices.ContainsFunc(v.Members, func(m tree.Member) bool {
		return slices.ContainsFunc(names, func(name string) bool { return strings.EqualFold(m.Name, name) })
	})
}

func one(role, value string) []text {
	if value == "" {
		return nil
	}
	return []text{{role: role, value: value}}
}

// first is the first scalar under one of the names that is not empty.
func first(v tree.Value, names ...string) string {
	for _, name := range names {
		for _, m := range v.Members {
			if s := m.Value.Scalar(); s != "" && strings.EqualFold(m.Name, name) {
				return s
			}
		}
	}
	return ""
}

// all is every scalar under one of the names, those given twice too. What is
// no scalar at all is a value nobody knows, and says so.
func all(v tree.Value, names ...string) []string {
	var found []string
	for _, m := range v.Members {
		for _, name := range names {
			if !strings.EqualFold(m.Name, name) || m.Value.Type == tree.Null {
				continue
			}
			if m.Value.Type == tree.Array || m.Value.Type == tree.Object {
				found = append(found, flat(m.Value)...)
			} else if s := m.Value.Scalar(); s != "" {
				found = append(found, s)
			}
		}
	}
	return found
}

// flat is the scalars of a list or object where a scalar belongs.
func flat(v tree.Value) []string {
	var found []string
	for _, item := range v.Items {
		found = append(found, item.Scalar())
	}
	for _, m := range v.Members {
		found = append(found, m.Value.Scalar())
	}
	if len(found) == 0 {
		found = append(found, "?")
	}
	return found
}

// present is like all, and keeps an empty value, which is not the same as none.
func present(v tree.Value, names ...string) []string {
	var found []string
	for _, m := range v.Members {
		for _, name := range names {
			if strings.EqualFold(m.Name, name) && m.Value.Type != tree.Null {
				found = append(found, m.Value.Scalar())
			}
		}
	}
	return found
}

// texts reads "headline", "headline_xhtml" and so on of 1.x, "bodyXhtml" of
// those who write it in one word, and the list of 2.x and 3.x.
func texts(v tree.Value, single, plural string) []text {
	var found []text
	for _, m := range v.Members {
		name := strings.ToLower(m.Name)
		suffix, ok := strings.CutPrefix(name, single)
		switch {
		case name == plural:
			found = append(found, listed(m.Value)...)
		case !ok || m.Value.Type != tree.String:
		case suffix == "":
			found = append(found, text{value: m.Value.Text})
		case suffix[0] == '_', suffix == "xhtml", suffix == "html", suffix == "text":
			suffix = strings.TrimPrefix(suffix, "_")
			found = append(found, text{role: suffix, mime: suffix, value: m.Value.Text})
		}
	}
	return found
}

func listed(v tree.Value) []text {
	var found []text
	if v.Type == tree.Object || v.Type == tree.String {
		v = tree.Value{Type: tree.Array, Items: []tree.Value{v}}
	}
	for _, item := range v.Items {
		t := text{role: strings.ToLower(sense.Code(first(item, "role"))), mime: strings.ToLower(first(item, "contenttype", "mimetype")), value: of(item, "value").Text}
		if item.Type == tree.String {
			t.value = item.Text
		}
		if strings.TrimSpace(t.value) != "" {
			found = append(found, t)
		}
	}
	return found
}

// named is the members of an object, or the items of a list under their names.
// A member may hold a list in its turn.
func named(v tree.Value, key string) []tree.Member {
	list := of(v, key)
	var members []tree.Member
	for _, m := range list.Members {
		if m.Value.Type != tree.Array {
			members = append(members, m)
			continue
		}
		for _, item := range m.Value.Items {
			members = append(members, tree.Member{Name: m.Name, Value: item})
		}
	}
	for _, item := range list.Items {
		members = append(members, tree.Member{Name: first(item, "name"), Value: item})
	}
	return members
}

func renditions(v tree.Value) []rendition {
	var found []rendition
	for _, m := range named(v, "renditions") {
		found = append(found, rendition{
			name: m.Name, href: first(m.Value, "href"), mime: first(m.Value, "mimetype", "contenttype"), width: first(m.Value, "width"), height: first(m.Value, "height"),
		})
	}
	return found
}

func concepts(v tree.Value, names ...string) []concept {
	var found []concept
	for _, name := range names {
		list := of(v, name)
		for _, item := range list.Items {
			c := concept{name: first(item, "name"), uri: first(item, "uri"), scheme: first(item, "scheme"), code: first(item, "code", "literal", "qcode"), rel: first(item, "rel", "role")}
			if item.Type == tree.String {
				c.name = item.Scalar()
			}
			found = append(found, c)
		}
		for _, code := range of(list, "code").Items { // a list of codes in an object
			found = append(found, concept{code: code.Scalar()})
		}
	}
	return found
}

func keywords(v tree.Value, names ...string) []string {
	var found []string
	for _, name := range names {
		list := of(v, name)
		if list.Type == tree.String {
			found = append(found, strings.Split(list.Text, ",")...)
		}
		for _, item := range list.Items {
			found = append(found, first(item, "name"), item.Scalar())
		}
	}
	return found
}

func altIDs(v tree.Value) map[string]string {
	ids := map[string]string{}
	list := of(v, "altids")
	for _, m := range list.Members {
		ids[strings.ToLower(m.Name)] = m.Value.Scalar()
	}
	for _, item := range list.Items {
		ids[strings.ToLower(first(item, "role"))] = first(item, "value")
	}
	return ids
}

// doubled is the names the object gives more than once.
func doubled(v tree.Value) []string {
	seen := map[string]int{}
	var twice []string
	for _, m := range v.Members {
		if seen[m.Name]++; seen[m.Name] == 2 {
			twice = append(twice, m.Name)
		}
	}
	return twice
}
