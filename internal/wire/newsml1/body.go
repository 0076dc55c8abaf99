package newsml1

import (
	"slices"
	"strings"

	"github.com/rotatif/newsroom"
	"github.com/rotatif/newsroom/internal/wire/nitf"
	"github.com/rotatif/newsroom/internal/wire/sense"
	"github.com/rotatif/newsroom/internal/wire/tree"
)

// The classes of text that components carry.
const (
	copyText = iota
	headline
	subhead
	lead
	captioned
	aside
	skipped
)

// class is what the text of a component is for, by its role. A role nobody
// knows is copy: text is not thrown away for its name.
func class(role string) int {
	switch strings.ReplaceAll(role, " ", "") {
	case "headline", "title":
		return headline
	case "subheadline", "subtitle", "deck", "subheading":
		return subhead
	case "lead", "abstract", "summary", "intro", "teaser", "standfirst", "description":
		return lead
	case "contact", "contacts", "note", "notes", "advisory", "editorialnote", "ednote", "usage":
		return aside
	case "stylesheet", "style", "script", "css", "metadata":
		return skipped
	}
	if captioning(role) {
		return captioned
	}
	return copyText
}

// told is what the texts say of the story beside its text.
type told struct{ headline, title, standfirst, subhead, byline string }

// write gives the dispatch the text of a content item, in whatever notation.
func write(d *newsroom.Dispatch, item *tree.Node) told {
	data := item.Find("DataContent")
	raw := data.Raw()
	if encoding := strings.ToLower(name(item.Kid("Encoding")) + item.Kid("Encoding").Attr("Notation")); strings.Contains(encoding, "base64") {
		raw = sense.Base64(raw)
	} else if data.Elements() > 0 {
		return notation(d, data)
	}
	if start := strings.TrimSpace(raw); strings.HasPrefix(start, "<") {
		whole := &tree.Node{Name: "DataContent", Kids: tree.XML(start, tree.Bounds()).Roots}
		if nitf.Has(whole) || whole.Kid("html") != nil {
			return notation(d, whole)
		}
	}
	sense.SetLoose(d, lines(raw))
	return told{}
}

// lines makes paragraphs of the lines of a text that marks words and nothing else.
func lines(raw string) string {
	lower := strings.ToLower(raw)
	for _, tag := range []string{"<p", "<br", "<div", "<ul", "<ol", "<table", "<h", "&lt;"} {
		if strings.Contains(lower, tag) {
			return raw
		}
	}
	if !strings.Contains(raw, "<") {
		return raw
	}
	return "<p>" + strings.ReplaceAll(strings.TrimSpace(raw), "\n", "</p><p>") + "</p>"
}

// notation reads a text that is a tree: XHTML as such, all else as NITF, whose
// paragraphs also stand alone.
func notation(d *newsroom.Dispatch, data *tree.Node) told {
	if !nitf.Has(data) && data.Find("html", "h1", "section") != nil {
		said := sense.SetInline(d, sense.Reflow(data))
		return told{headline: said.Headline, title: said.Title, standfirst: said.Standfirst, byline: said.Byline}
	}
	said := nitf.Story(d, data)
	return told{headline: said.Headline, standfirst: said.Standfirst, subhead: said.Subhead, byline: said.Byline}
}

// body gives the dispatch its text: that of the first component with copy in
// it, and behind it what others add. A component that says the same in another
// notation adds nothing.
func body(d *newsroom.Dispatch, texts []text) told {
	var all told
	for _, t := range texts {
		switch class(t.role) {
		case headline:
			all.headline = sense.First(all.headline, plain(t.item))
		case subhead:
			all.subhead = sense.First(all.subhead, plain(t.item))
		case lead:
			all.standfirst = sense.First(all.standfirst, plain(t.item))
		case aside:
			sense.Note(d, t.role, plain(t.item))
		case copyText:
			all.add(d, t)
		}
	}
	return all
}

func (all *told) add(d *newsroom.Dispatch, t text) {
	if len(d.Body) == 0 {
		said := write(d, t.item)
		all.headline, all.title = sense.First(all.headline, said.headline), sense.First(all.title, said.title)
		all.standfirst, all.byline = sense.First(all.standfirst, said.standfirst), sense.First(all.byline, said.byline)
		all.subhead = sense.First(all.subhead, said.subhead)
		return
	}
	if len(d.Body) >= newsroom.MaxBlocks {
		sense.Warn(d, "body_cut", "")
		return
	}
	more := newsroom.Dispatch{}
	said := write(&more, t.item)
	if len(more.Body) == 0 || same(d.Body.Lines(), more.Body.Lines()) {
		return
	}
	if length(d.Body)+length(more.Body) > newsroom.MaxText {
		sense.Warn(d, "body_cut", "")
		return
	}
	if title := sense.First(said.headline, t.headline); title != "" && title != all.headline {
		d.Body = append(d.Body, newsroom.Block{Kind: newsroom.Subhead, Text: newsroom.Text(title)})
	}
	d.Body = append(d.Body, more.Body...)
	if len(d.Body) > newsroom.MaxBlocks {
		d.Body = d.Body[:newsroom.MaxBlocks]
		sense.Warn(d, "body_cut", "")
	}
	d.EdNotes = append(d.EdNotes, more.EdNotes...)
	for _, p := range more.Pictures {
		sense.AddPicture(d, p)
	}
}

func length(body newsroom.Body) (n int) {
	for _, l := range body.Lines() {
		n += len(l)
	}
	return n
}

// same says whether a text says again what stands there: most of its lines, or
// all of its words in other lines.
func same(have, again []string) bool {
	shared := 0
	for _, l := range again {
		if slices.Contains(have, l) {
			shared++
		}
	}
	run := func(all []string) string { return strings.Join(strings.Fields(strings.Join(all, " ")), "") }
	return shared*2 > len(again) || strings.Contains(run(have), run(again))
}
