package ninjs

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/rotatif/newsroom"
	"github.com/rotatif/newsroom/internal/letters"
	"github.com/rotatif/newsroom/internal/markup"
	"github.com/rotatif/newsroom/internal/wire/sense"
)

// adapt makes a dispatch of an item.
func adapt(r raw, src sense.Source, received time.Time) (newsroom.Dispatch, error) {
	d := newsroom.Dispatch{Format: Format, Version: r.version}
	if err := sense.SetID(&d, identity(r), "uri"); err != nil {
		return d, err
	}
	for _, key := range r.doubled {
		sense.Warn(&d, "key_twice", key)
	}
	src.SetEmbargo(&d, r.embargoes...)
	sense.SetStatus(&d, r.statuses...)
	src.SetTimes(&d, r.created, r.versionCreated, r.expires, received)
	d.Urgency, d.Priority = scale(r.urgency), scale(r.priority)
	d.Language, d.Slugline, d.Byline, d.Credit, d.Kicker = r.language, r.slugline, r.by, r.credit, r.kicker
	d.Dateline, d.CopyrightHolder = newsroom.Dateline{Text: r.dateline, Place: r.located}, sense.Terms(r.holder)
	d.UsageTerms = src.Terms(r.terms, r.notice)
	for _, note := range r.edNotes {
		sense.Note(&d, "", note)
	}
	d.Kind = kindOf(r)
	words(&d, r)
	about(&d, r)
	associate(&d, r, src)
	pictures(&d, r, d.Kind, src)
	if len(d.Pictures) == 0 {
		d.Standfirst = sense.First(d.Standfirst, caption(r))
	}
	switch strings.ToLower(r.representation) {
	case "incomplete", "partial", "associated":
		d.Partial = true
	}
	sense.Finish(&d, src)
	return d, nil
}

// identity is the agency's stable id: a serial number where there is one beside
// an address that changes with every revision.
func identity(r raw) string { return sense.First(r.usn, r.uri) }

func scale(s string) int {
	n, err := strconv.Atoi(strings.TrimSpace(s))
	if err != nil || n < 1 || n > 9 {
		return 0
	}
	return n
}

func kindOf(r raw) newsroom.ItemKind {
	words := len(r.bodies) > 0 || len(r.headlines) > 0
	switch {
	case r.event || r.kind == "event":
		return newsroom.KindEvent
	case r.kind == "planning":
		return newsroom.KindPlanning
	case r.kind == "text", r.kind == "picture", r.kind == "graphic", r.kind == "video", r.kind == "audio":
		return newsroom.ItemKind(r.kind)
	case r.kind == "image", r.kind == "photo":
		return newsroom.KindPicture
	case r.kind == "composite" && len(r.bodies) == 0:
		return newsroom.KindPackage
	case r.kind == "composite", r.kind == "component" && len(r.bodies) > 0, r.kind == "" && words:
		return newsroom.KindText
	case r.kind == "" && len(r.renditions) > 0:
		return newsroom.KindPicture
	default:
		return newsroom.KindUnknown
	}
}

// words fills in headline, standfirst and body. Several bodies are one story
// in several notations, never parts of one; one that turns out to be empty
// leaves the place to the next.
func words(d *newsroom.Dispatch, r raw) {
	d.Headline = sense.First(best(r.headlines, headline).value, r.title)
	d.Kicker = sense.First(d.Kicker, best(r.headlines, role("kicker")).value)
	d.Standfirst = sense.First(best(r.descriptions, standfirst).value, best(r.headlines, role("subhead", "subheadline", "subtitle")).value)
	for top := html; top > 0 && len(d.Body) == 0; top-- {
		for _, t := range r.bodies {
			if len(d.Body) == 0 && rank(t) == top {
				write(d, t)
			}
		}
	}
}

// headline ranks headlines by their role. A kicker stands above the headline,
// a subhead below it; neither is one.
func headline(t text) int {
	switch t.role {
	case "main":
		return 4
	case "", "text":
		return 3
	case "kicker", "subhead", "subheadline", "subtitle":
		return 0
	case "short", "seo":
		return 1
	default:
		return 2
	}
}

// standfirst ranks descriptions. What is said to be a caption belongs to a picture.
func standfirst(t text) int {
	switch t.role {
	case "summary", "abstract", "teaser":
		return 5
	case "subhead":
		return 4
	case "text", "":
		return 3
	case "caption":
		return 0
	default:
		return 2
	}
}

// role ranks texts that have one of the roles.
func role(names ...string) func(text) int {
	return func(t text) int {
		if slices.Contains(names, t.role) {
			return 1
		}
		return 0
	}
}

// write gives the dispatch a body, in whatever notation.
func write(d *newsroom.Dispatch, body text) {
	switch {
	case rank(body) == nitf:
		said := sense.SetMarkup(d, body.value)
		d.Headline = sense.First(d.Headline, said.Headline, said.Title)
	case rank(body) == html, markup.HasTags(body.value):
		sense.SetHTML(d, body.value)
	default:
		sense.SetText(d, body.value)
	}
}

// The ranks of notations of a body.
const (
	other = 1
	plain = 2
	nitf  = 3
	html  = 4
)

func rank(t text) int {
	kind := t.role + " " + t.mime
	switch {
	case strings.TrimSpace(t.value) == "":
		return 0
	case strings.Contains(kind, "ttnitf"), strings.Contains(kind, "caption"):
		return other
	case strings.Contains(kind, "nitf"):
		return nitf
	case strings.Contains(kind, "html"):
		return html
	case strings.Contains(kind, "text"), kind == " ", strings.Contains(kind, "main"):
		return plain
	default:
		return other
	}
}

// best is the first of the highest rank.
func best(texts []text, rank func(text) int) text {
	var found text
	top := 0
	for _, t := range texts {
		if n := rank(t); n > top {
			found, top = t, n
		}
	}
	return found
}

// about fills in subjects, places, keywords and the chain of sources.
func about(d *newsroom.Dispatch, r raw) {
	for _, c := range r.subjects {
		d.Subjects = append(d.Subjects, subject(c))
	}
	for _, c := range r.places {
		d.Places = append(d.Places, subject(c))
	}
	for _, word := range r.keywords {
		if word = strings.TrimSpace(word); word != "" {
			d.Keywords = append(d.Keywords, word)
		}
	}
	for _, c := range r.sources {
		name, role := sense.First(c.name, c.code, c.uri), "source"
		switch {
		case strings.Contains(strings.ToLower(c.rel), "cited"):
			role = "cited"
		case owns(r, name):
			role = "provider"
		}
		d.Chain = append(d.Chain, newsroom.Cited{Name: name, Role: role, Evidence: "infosource " + sense.Code(c.rel)})
	}
	d.Correction = r.altIDs["correctionof"] != ""
}

// owns says whether a source is whose copy it is: an agency that names itself
// leans on nobody.
func owns(r raw, name string) bool {
	return name != "" && strings.Contains(" "+letters.Fold(r.holder+" "+r.notice)+" ", " "+letters.Fold(name)+" ")
}

func subject(c concept) newsroom.Subject {
	s := newsroom.Subject{Scheme: sense.Scheme(sense.First(c.scheme, c.uri)), Code: sense.First(c.code, sense.Code(c.uri)), Name: c.name}
	if alias, code, ok := strings.Cut(s.Code, ":"); ok && s.Scheme == "" {
		s.Scheme, s.Code = alias, code
	}
	return s
}

// associate makes pictures of the pictures that come with the item, links of
// everything else.
func associate(d *newsroom.Dispatch, r raw, src sense.Source) {
	for _, a := range r.associations {
		kind := kindOf(a)
		if a.kind == "" && len(a.bodies) == 0 && len(images(a, false)) > 0 {
			kind = newsroom.KindPicture
		}
		if kind == newsroom.KindPicture || kind == newsroom.KindGraphic {
			pictures(d, a, kind, src)
		} else if a.uri != "" {
			d.Links = append(d.Links, newsroom.Link{Rel: sense.First(a.rel, "association"), ID: a.uri})
		}
	}
	if r.evolvedFrom != "" {
		d.Links = append(d.Links, newsroom.Link{Rel: "evolvedFrom", ID: r.evolvedFrom})
	}
}

// pictures adds the item's picture in all its sizes. That of a film is a frame
// of it.
func pictures(d *newsroom.Dispatch, r raw, kind newsroom.ItemKind, src sense.Source) {
	isPicture := kind == newsroom.KindPicture || kind == newsroom.KindGraphic
	sizes := images(r, isPicture)
	if len(sizes) == 0 && !isPicture {
		return
	}
	p := newsroom.PictureRef{Credit: sense.First(r.credit, r.by, r.holder), Usage: src.Terms(r.terms, r.notice)}
	if isPicture {
		p.ID = r.uri
	}
	if isPicture || kind == newsroom.KindVideo {
		p.Caption = caption(r)
	}
	sense.AddRendered(d, p, sizes)
}

// images are the renditions that are pictures. Those of a picture are, unless
// they say otherwise.
func images(r raw, trusted bool) []newsroom.Rendition {
	var sizes []newsroom.Rendition
	for _, one := range r.renditions {
		if one.href != "" && (sense.Image(one.mime, one.href) || trusted && one.mime == "") {
			sizes = append(sizes, newsroom.Rendition{Name: one.name, Src: one.href, Type: one.mime, Width: sense.Pixels(one.width), Height: sense.Pixels(one.height)})
		}
	}
	return sizes
}

// caption is the text below the item's picture.
func caption(r raw) string {
	return markup.Strip(best(r.descriptions, func(t text) int {
		switch t.role {
		case "caption":
			return 3
		case "text", "":
			return 2
		default:
			return 1
		}
	}).value)
}
