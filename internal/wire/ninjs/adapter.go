package ninjs

import (
	"strconv"
	"strings"
	"time"

	"github.com/rotatif/newsroom"
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
	d.Language, d.Slugline, d.Byline = r.language, r.slugline, r.by
	d.Dateline.Place, d.CopyrightHolder = r.located, sense.Terms(r.holder)
	d.UsageTerms = sense.Terms(sense.First(r.terms, r.notice))
	for _, note := range r.edNotes {
		sense.Note(&d, "", note)
	}
	words(&d, r)
	about(&d, r)
	d.Kind = kindOf(r)
	associate(&d, r)
	pictures(&d, r, d.Kind)
	switch strings.ToLower(r.representation) {
	case "incomplete", "partial", "associated":
		d.Partial = true
	}
	sense.Finish(&d, src)
	return d, nil
}

// identity is the agency's stable id: a serial number where there is one beside
// an address that changes with every revision.
func identity(r raw) string { return sense.First(r.usn, sense.StableURI(r.uri)) }

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
	case r.kind == "composite", r.kind == "" && words:
		return newsroom.KindText
	case r.kind == "" && len(r.renditions) > 0:
		return newsroom.KindPicture
	default:
		return newsroom.KindUnknown
	}
}

// words fills in headline, standfirst and body. Several bodies are one story
// in several notations, never parts of one.
func words(d *newsroom.Dispatch, r raw) {
	for _, h := range r.headlines {
		if d.Headline == "" || h.role == "main" && h.value != "" {
			d.Headline = h.value
		}
		if h.role == "main" {
			break
		}
	}
	d.Headline = sense.First(d.Headline, r.title)
	d.Standfirst = best(r.descriptions, func(t text) int {
		switch t.role {
		case "summary", "abstract", "teaser", "drol:summary":
			return 4
		case "caption":
			return 1
		case "text", "":
			return 3
		default:
			return 2
		}
	}).value
	body := best(r.bodies, rank)
	switch rank(body) {
	case 0:
	case nitf:
		said := sense.SetMarkup(d, body.value)
		d.Headline = sense.First(d.Headline, said.Headline, said.Title)
	case html:
		sense.SetHTML(d, body.value)
	default:
		if markup.HasTags(body.value) {
			sense.SetHTML(d, body.value)
		} else {
			sense.SetText(d, body.value)
		}
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
	for _, c := range append(r.subjects, r.genres...) {
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
		role := "source"
		if strings.Contains(strings.ToLower(c.rel), "cited") {
			role = "cited"
		}
		d.Chain = append(d.Chain, newsroom.Cited{Name: sense.First(c.name, c.code, c.uri), Role: role, Evidence: "infosource " + sense.Code(c.rel)})
	}
	if r.altIDs["correctionOf"] != "" || r.altIDs["correctionof"] != "" {
		d.Correction = true
	}
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
func associate(d *newsroom.Dispatch, r raw) {
	for _, a := range r.associations {
		kind := kindOf(a)
		if kind == newsroom.KindPicture || kind == newsroom.KindGraphic {
			pictures(d, a, kind)
		} else if a.uri != "" {
			d.Links = append(d.Links, newsroom.Link{Rel: sense.First(a.rel, "association"), ID: a.uri})
		}
	}
}

// pictures adds the item's best rendition as a picture.
func pictures(d *newsroom.Dispatch, r raw, kind newsroom.ItemKind) {
	var chosen rendition
	width := -1
	for _, one := range r.renditions {
		n, _ := strconv.Atoi(one.width)
		if sense.Image(one.mime, one.href) && n > width {
			chosen, width = one, n
		}
	}
	isPicture := kind == newsroom.KindPicture || kind == newsroom.KindGraphic
	if chosen.href == "" && !isPicture {
		return
	}
	caption := best(r.descriptions, func(t text) int {
		if t.role == "caption" || t.role == "text" {
			return 2
		}
		return 1
	})
	p := newsroom.PictureRef{Src: chosen.href, Credit: sense.First(r.by, r.holder), Usage: sense.Terms(sense.First(r.terms, r.notice))}
	if isPicture {
		p.ID, p.Caption = r.uri, markup.Strip(caption.value)
	}
	sense.AddPicture(d, p)
}
