package newsmlg2

import (
	"strconv"
	"strings"
	"time"

	"github.com/rotatif/newsroom"
	"github.com/rotatif/newsroom/internal/wire/sense"
)

// adapt makes a dispatch of an item.
func adapt(r raw, src sense.Source, received time.Time) (newsroom.Dispatch, error) {
	d := newsroom.Dispatch{Format: Format, Version: sense.First(r.version, "1"), Kind: kindOf(r)}
	if err := sense.SetID(&d, r.guid, "guid"); err != nil {
		return d, err
	}
	src.SetEmbargo(&d, r.embargoes...)
	sense.SetStatus(&d, r.statuses...)
	src.SetTimes(&d, r.firstCreated, r.versionCreated, r.expires, received)
	d.Urgency, d.Priority = scale(r.urgency), scale(sense.First(r.priority, r.headerPriority))
	d.Flash = scale(r.priority) == 1
	d.Language = sense.First(r.language, r.itemLang)
	d.Headline, d.Standfirst, d.Byline, d.Slugline = r.headline, r.standfirst, r.by, r.slug
	d.Dateline.Text, d.Credit = r.dateline, sense.Terms(r.credit)
	d.CopyrightHolder, d.UsageTerms = sense.Terms(r.holder), sense.Terms(sense.First(r.terms, r.notice))
	for _, n := range r.edNotes {
		sense.Note(&d, n.role, n.text)
	}
	signals(&d, r)
	chain(&d, r)
	about(&d, r)
	content(&d, r)
	d.Kind = byContent(d, r)
	sense.Finish(&d, src)
	if d.Dateline.Place == "" {
		d.Dateline.Place = r.located
	}
	return d, nil
}

func scale(s string) int {
	n, err := strconv.Atoi(strings.TrimSpace(s))
	if err != nil || n < 1 || n > 9 {
		return 0
	}
	return n
}

func kindOf(r raw) newsroom.ItemKind {
	switch r.element {
	case "packageItem":
		return newsroom.KindPackage
	case "planningItem":
		return newsroom.KindPlanning
	case "conceptItem", "knowledgeItem", "catalogItem":
		if r.conceptType == "event" || sense.Code(r.class) == "event" {
			return newsroom.KindEvent
		}
		return newsroom.KindConcept
	}
	switch class := sense.Code(r.class); class {
	case "text", "picture", "graphic", "video", "audio":
		return newsroom.ItemKind(class)
	case "composite":
		return newsroom.KindPackage
	}
	return newsroom.KindUnknown
}

// byContent is the kind of a news item that does not tell it: what is in it.
func byContent(d newsroom.Dispatch, r raw) newsroom.ItemKind {
	switch {
	case r.element != "newsItem" || d.Kind != newsroom.KindUnknown && d.Kind != newsroom.KindPackage || d.Kind == newsroom.KindUnknown && r.class != "":
		return d.Kind
	case len(d.Body) > 0, d.Headline != "" && d.Kind == newsroom.KindUnknown && len(d.Pictures) == 0:
		return newsroom.KindText
	case len(d.Pictures) > 0:
		return newsroom.KindPicture
	default:
		return d.Kind
	}
}

// signals reads what the item asks of its reader. Reuters says with an old
// code of its own, beside the status or without it, that an item is dead.
func signals(d *newsroom.Dispatch, r raw) {
	for _, s := range r.signals {
		alias, _, _ := strings.Cut(s, ":")
		word := strings.ToLower(sense.Code(s))
		switch {
		case word == "correction", word == "corrected", alias == "edStat" && word == "c":
			d.Correction = true
		case sense.Status(s) == newsroom.Canceled, alias == "edStat" && word == "d":
			d.Status, d.StatusRaw = newsroom.Canceled, sense.First(d.StatusRaw, s)
		}
	}
	for _, l := range r.links {
		if l.id != "" {
			d.Links = append(d.Links, newsroom.Link{Rel: l.rel, ID: l.id})
		}
	}
	for _, l := range r.members {
		if l.id != "" {
			d.Links = append(d.Links, newsroom.Link{Rel: l.rel, ID: l.id})
		}
	}
}

func chain(d *newsroom.Dispatch, r raw) {
	if r.provider != "" {
		d.Chain = append(d.Chain, newsroom.Cited{Name: r.provider, Role: "provider", Evidence: "provider"})
	}
	for _, s := range r.sources {
		d.Chain = append(d.Chain, newsroom.Cited{Name: s.name, Role: "source", Evidence: strings.TrimSpace("infoSource " + s.role)})
	}
	for _, hop := range r.hops {
		d.Chain = append(d.Chain, newsroom.Cited{Name: hop, Role: "source", Evidence: "hopHistory"})
	}
}

func about(d *newsroom.Dispatch, r raw) {
	for _, c := range r.subjects {
		d.Subjects = append(d.Subjects, subject(c))
	}
	for _, c := range r.places {
		d.Places = append(d.Places, subject(c))
	}
	if r.located != "" {
		d.Places = append(d.Places, newsroom.Subject{Name: r.located})
	}
	for _, k := range r.keywords {
		if k != "" {
			d.Keywords = append(d.Keywords, k)
		}
	}
}

func subject(c code) newsroom.Subject {
	if strings.Contains(c.qcode, "://") {
		return newsroom.Subject{Scheme: sense.Scheme(c.qcode), Code: sense.Code(c.qcode), Name: c.name}
	}
	scheme, id, ok := strings.Cut(c.qcode, ":")
	if !ok {
		scheme, id = "", c.qcode
	}
	return newsroom.Subject{Scheme: scheme, Code: id, Name: c.name}
}

// content makes the body of the first notation that has text in it.
func content(d *newsroom.Dispatch, r raw) {
	var said sense.Inlined
	for _, n := range r.inline {
		if len(d.Body) == 0 {
			said = sense.SetInline(d, n)
		}
	}
	for _, text := range r.data {
		if len(d.Body) == 0 {
			sense.SetHTML(d, text)
		}
	}
	d.Headline = sense.First(d.Headline, said.Headline, r.title, said.Title)
	d.Standfirst = sense.First(d.Standfirst, said.Standfirst)
	d.Byline = sense.First(d.Byline, said.Byline)
	picture := d.Kind == newsroom.KindPicture || d.Kind == newsroom.KindGraphic
	if picture {
		r.caption = sense.First(r.caption, d.Standfirst)
	}
	files(d, r, picture)
}

// files adds the item's picture: the widest of its renditions.
func files(d *newsroom.Dispatch, r raw, picture bool) {
	var chosen file
	width := -1
	for _, f := range r.files {
		n, _ := strconv.Atoi(f.width)
		if sense.Image(f.mime, f.href) && sense.WebAddress(f.href) && n > width {
			chosen, width = f, n
		}
	}
	if !picture && chosen.href == "" {
		return
	}
	p := newsroom.PictureRef{Src: chosen.href, Caption: r.caption, Credit: sense.First(r.credit, r.by, r.holder), Usage: d.UsageTerms}
	if picture {
		p.ID = d.Key.ID
	}
	sense.AddPicture(d, p)
}
