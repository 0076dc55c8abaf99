package newsmlg2

import (
	"slices"
	"strings"
	"time"

	"github.com/rotatif/newsroom"
	"github.com/rotatif/newsroom/internal/wire/nitf"
	"github.com/rotatif/newsroom/internal/wire/sense"
	"github.com/rotatif/newsroom/internal/wire/tree"
)

// adapt makes a dispatch of an item.
func adapt(r raw, src sense.Source, received time.Time) (newsroom.Dispatch, error) {
	d := newsroom.Dispatch{Format: Format, Version: sense.First(r.version, "1"), Kind: kindOf(r)}
	if err := sense.SetID(&d, r.guid, "guid"); err != nil {
		return d, err
	}
	src.SetEmbargo(&d, r.embargoes...)
	src.SetTimes(&d, r.firstCreated, r.versionCreated, r.expires, received)
	d.Urgency, d.Priority = sense.Scale(r.urgency), sense.Scale(sense.First(r.priority, r.headerPriority))
	d.Flash = sense.Scale(r.priority) == 1
	d.Language = sense.First(r.language, r.itemLang)
	d.Kicker, d.Headline, d.Standfirst, d.Byline, d.Slugline = r.kicker, r.headline, r.standfirst, r.by, r.slug
	d.Dateline.Text, d.Credit = r.dateline, sense.Terms(r.credit)
	d.CopyrightHolder, d.UsageTerms = r.holder, sense.First(r.terms, r.notice)
	for _, n := range r.edNotes {
		sense.Note(&d, n.role, n.text)
	}
	signals(&d, r)
	chain(&d, r)
	about(&d, r)
	words := content(&d, r, src)
	sense.SetStatus(&d, append(r.statuses, words...)...)
	if dead(r) {
		d.Status, d.StatusRaw = newsroom.Canceled, sense.First(d.StatusRaw, "canceled")
	}
	d.Kind = byContent(d, r)
	sense.Finish(&d, src)
	if d.Dateline.Place == "" {
		d.Dateline.Place = r.located
	}
	return d, nil
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
		if slices.ContainsFunc(r.inline, func(n *tree.Node) bool { return n.Find("eventDetails") != nil }) {
			return newsroom.KindEvent
		}
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

// signals reads what the item asks of its reader, and what it has to do with others.
func signals(d *newsroom.Dispatch, r raw) {
	for _, s := range r.signals {
		alias, _, _ := strings.Cut(s, ":")
		word := strings.ToLower(sense.Code(s))
		if word == "correction" || word == "corrected" || alias == "edStat" && word == "c" {
			d.Correction = true
		}
	}
	for _, l := range r.links {
		d.Links = append(d.Links, newsroom.Link{Rel: l.rel, ID: l.id})
	}
}

// dead says whether a signal kills the item. Reuters says so with old codes of
// its own, beside the status or without it.
func dead(r raw) bool {
	return slices.ContainsFunc(r.signals, func(s string) bool {
		alias, code, _ := strings.Cut(s, ":")
		old := (alias == "edStat" || alias == "msgType") && strings.EqualFold(code, "D")
		return old || alias != "msgType" && sense.Status(s) == newsroom.Canceled
	})
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
	for _, name := range sense.Agencies(d.Byline) {
		d.Chain = append(d.Chain, newsroom.Cited{Name: name, Role: "source", Evidence: "byline"})
	}
}

func about(d *newsroom.Dispatch, r raw) {
	for _, c := range append(r.subjects, r.services...) {
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

// content makes the body of the first notation that has text in it, and gives
// back what a head of NITF in it says of the status.
func content(d *newsroom.Dispatch, r raw, src sense.Source) (statuses []string) {
	var said sense.Inlined
	for _, n := range r.inline {
		if len(d.Body) == 0 {
			said = inlined(d, n)
			statuses = append(statuses, nitf.Head(d, n, src)...)
		}
	}
	for _, text := range r.data {
		if len(d.Body) == 0 {
			loose(d, text)
		}
	}
	d.Headline = sense.First(d.Headline, said.Headline, r.title, said.Title)
	under(d, r.subhead, said.Standfirst)
	d.Byline = sense.First(d.Byline, said.Byline, r.creator)
	switch {
	case r.pictured():
		seen(d, &r)
	case d.Kind == newsroom.KindVideo || d.Kind == newsroom.KindAudio:
		sense.Note(d, sense.NoteDescription+" caption", r.caption)
	}
	files(d, r)
	return statuses
}

// seen makes one of the picture that an item is and of the same in the text it
// carries, which is no copy.
func seen(d *newsroom.Dispatch, r *raw) {
	r.caption = sense.First(r.caption, d.Standfirst)
	for _, b := range d.Body {
		if b.Kind == newsroom.Picture && b.Picture != nil {
			r.caption = sense.First(r.caption, b.Picture.Caption)
			r.drawn = append(r.drawn, newsroom.Rendition{Src: b.Picture.Src})
		}
	}
	d.Body = slices.DeleteFunc(d.Body, func(b newsroom.Block) bool { return b.Kind == newsroom.Picture })
}

// inlined reads a story written in NITF, in the notation of TT, or in XHTML.
func inlined(d *newsroom.Dispatch, n *tree.Node) sense.Inlined {
	n = sense.Reflow(opened(n))
	switch {
	case n.Find("body.content") == nil && n.Find("eventDetails", "sports-content") != nil:
		return sense.Inlined{} // a calendar or a table of scores, no copy
	case nitf.Has(n):
		told := nitf.Story(d, n)
		if !strings.Contains(d.UsageTerms, told.Terms) {
			d.UsageTerms = strings.TrimPrefix(d.UsageTerms+" / "+told.Terms, " / ")
		}
		if told.Standfirst == "" {
			told.Standfirst = told.Subhead
		} else {
			sense.Note(d, sense.NoteSubhead, told.Subhead)
		}
		return sense.Inlined{Headline: told.Headline, Standfirst: told.Standfirst, Byline: told.Byline}
	case swedish(n):
		return tt(d, n)
	default:
		return sense.SetInline(d, n)
	}
}

// opened is an element whose markup was escaped into one text, as a tree again.
func opened(n *tree.Node) *tree.Node {
	if n.Elements() > 0 {
		return n
	}
	doc := tree.XML(strings.TrimSpace(n.Raw()), tree.Bounds())
	if root := doc.Root(); !root.Is("html", "nitf", "body", "article", "section", "div") || doc.Junk {
		return n
	}
	return &tree.Node{Space: n.Space, Name: n.Name, Attrs: n.Attrs, Kids: doc.Roots, Fault: n.Fault}
}

// loose reads a story that came as a string: HTML, whose paragraphs may be
// told by their indent alone, or bare lines.
func loose(d *newsroom.Dispatch, text string) {
	if p := (&tree.Node{Kids: tree.XML(strings.TrimSpace(text), tree.Bounds()).Roots}); len(p.Kids) == 1 && p.Kids[0].Is("p") {
		sense.SetInline(d, sense.Reflow(p))
		return
	}
	sense.SetHTML(d, text)
}

// under gives the dispatch the lines below the headline. Two that differ are
// both kept: the second is for the newsroom.
func under(d *newsroom.Dispatch, lines ...string) {
	for _, l := range lines {
		switch {
		case l == "" || l == d.Standfirst || l == d.Headline:
		case d.Standfirst == "":
			d.Standfirst = l
		case !strings.Contains(d.Standfirst, l):
			sense.Note(d, sense.NoteStandfirst, l)
		}
	}
}

// files adds the item's picture in all its sizes, and those it points to and
// brings the files of.
func files(d *newsroom.Dispatch, r raw) {
	picture := r.pictured()
	var sizes []newsroom.Rendition
	for _, f := range r.files {
		if sense.Image(f.Type, f.Src) || picture && sense.Printed(f.Type) {
			sizes = append(sizes, f)
		} else if id := sense.Delivered(f.Src); id != "" && strings.HasPrefix(f.Type, "video/") {
			d.Links = append(d.Links, newsroom.Link{Rel: sense.File, ID: id})
		}
	}
	if len(sizes) == 0 {
		sizes = r.drawn
	}
	if picture || len(sizes) > 0 {
		p := newsroom.PictureRef{Caption: r.caption, Credit: sense.First(r.credit, d.Byline), Usage: d.UsageTerms}
		if picture {
			p.ID = d.Key.ID
		}
		sense.AddRendered(d, p, sizes)
	}
	for _, p := range r.pictures {
		sense.AddRendered(d, newsroom.PictureRef{ID: p.id, Caption: p.caption, Credit: p.credit, Usage: p.usage}, p.files)
	}
}
