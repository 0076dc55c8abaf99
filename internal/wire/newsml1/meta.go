package newsml1

import (
	"strings"

	"github.com/rotatif/newsroom"
	"github.com/rotatif/newsroom/internal/letters"
	"github.com/rotatif/newsroom/internal/wire/sense"
	"github.com/rotatif/newsroom/internal/wire/tree"
)

// meta reads who made the item and what it is about.
func meta(d *newsroom.Dispatch, f found) {
	for _, a := range f.admin {
		made(d, a)
	}
	for _, m := range f.about {
		d.Language = sense.First(d.Language, name(m.Kid("Language")))
		topics(d, m)
		for _, l := range m.All("Location") {
			place(d, l)
		}
		if m.Kid("Location") == nil {
			place(d, m)
		}
	}
	for _, m := range append(f.about, f.metadata...) {
		for _, p := range m.All("Property") {
			if strings.HasSuffix(letters.Fold(p.Attr("FormalName")), "keyword") || strings.HasSuffix(letters.Fold(p.Attr("FormalName")), "keywords") {
				keyword(d, p.Attr("Value"))
			}
		}
	}
	for _, name := range sense.Agencies(d.Byline) {
		d.Chain = append(d.Chain, newsroom.Cited{Name: name, Role: "source", Evidence: "byline"})
	}
}

// made reads the administrative metadata.
func made(d *newsroom.Dispatch, a *tree.Node) {
	for _, who := range a.All("Provider", "Source", "Contributor") {
		role := "source"
		switch who.Name {
		case "Provider":
			role = "provider"
		case "Contributor":
			continue // a desk's initials
		}
		for _, p := range who.All("Party") {
			if n := name(p); n != "" {
				d.Chain = append(d.Chain, newsroom.Cited{Name: n, Role: role, Evidence: who.Name})
			}
		}
	}
	if by := party(a.Kid("Creator")); d.Byline == "" && strings.Contains(by, " ") {
		d.Byline = by
	}
}

// topics keeps every code as it came.
func topics(d *newsroom.Dispatch, m *tree.Node) {
	add := func(s newsroom.Subject) {
		for _, have := range d.Subjects {
			if have == s {
				return
			}
		}
		if (s.Code != "" || s.Name != "") && len(d.Subjects) < most {
			d.Subjects = append(d.Subjects, s)
		}
	}
	for _, code := range m.All("SubjectCode") {
		for _, s := range code.All("Subject", "SubjectMatter", "SubjectDetail", "SubjectQualifier") {
			add(newsroom.Subject{Scheme: "subj", Code: name(s)})
			if cat := s.Attr("cat"); cat != "" {
				add(newsroom.Subject{Scheme: "cat", Code: cat})
			}
		}
	}
	for _, g := range m.All("Genre") {
		add(newsroom.Subject{Scheme: "genre", Code: name(g)})
	}
	for _, o := range m.All("OfInterestTo") {
		add(newsroom.Subject{Scheme: "ofInterestTo", Code: name(o)})
	}
	for _, p := range m.All("Property") {
		switch kind := strings.ToLower(p.Attr("FormalName")); kind {
		case "topic", "category":
			add(newsroom.Subject{Scheme: kind, Code: p.Attr("Value")})
		}
	}
	for _, t := range m.All("TopicOccurrence") {
		if ref := t.Attr("Topic"); ref != "" && !strings.HasPrefix(ref, "#") {
			add(newsroom.Subject{Scheme: "topic", Code: ref})
		}
	}
}

// place is where it was written or where it happened.
func place(d *newsroom.Dispatch, l *tree.Node) {
	var s newsroom.Subject
	area := ""
	for _, p := range l.All("Property") {
		switch letters.Fold(p.Attr("FormalName")) {
		case "country":
			s.Scheme, s.Code = "country", p.Attr("Value")
		case "city":
			s.Name = p.Attr("Value")
		case "area", "countryarea", "sublocation", "region":
			area = sense.First(area, p.Attr("Value"))
		}
	}
	if s.Code == "" {
		s.Scheme = ""
	}
	city := s.Name
	if s.Name = sense.First(s.Name, area); s == (newsroom.Subject{}) {
		return
	}
	d.Places = append(d.Places, s)
	if city != "" && d.Dateline.Place == "" && d.Dateline.Text == "" && strings.EqualFold(l.Attr("HowPresent"), "Origin") {
		d.Dateline.Place = city
	}
}
