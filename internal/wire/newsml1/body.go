package newsml1

import (
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
	case "contact", "contacts", "note", "notes", "advisory", "editorialnote", "ednote", "usage", "tweettext", "tweet", "socialmedia", "sms", "push":
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
type told struct {
	headline, title, standfirst, subhead, byline string

	lines map[string]bool // of the body so far
	run   strings.Builder // and all its words, without what stands between them
}

// remember notes the lines of a body.
func (all *told) remember(body newsroom.Body) {
	for _, l := range body.Lines() {
		all.lines[l] = true
		all.run.WriteString(pressed(l))
	}
}

// repeats says whether a text says again what stands there: most of its lines,
// or all of its words in other lines.
func (all *told) repeats(body newsroom.Body) bool {
	again, shared := body.Lines(), 0
	for _, l := range again {
		if all.lines[l] {
			shared++
		}
	}
	return shared*2 > len(again) || strings.Contains(all.run.String(), pressed(strings.Join(again, "")))
}

func pressed(s string) string { return strings.Join(strings.Fields(s), "") }

// write gives the dispatch the text of a content item, in whatever notation.
func write(d *newsroom.Dispatch, item *tree.Node) sense.Inlined {
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
	return sense.Inlined{}
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
func notation(d *newsroom.Dispatch, data *tree.Node) sense.Inlined {
	if !nitf.Has(data) && data.Find("html", "h1", "section") != nil {
		return sense.SetInline(d, sense.Reflow(data))
	}
	said := nitf.Story(d, data)
	return sense.Inlined{Headline: said.Headline, Standfirst: sense.First(said.Standfirst, said.Subhead), Byline: said.Byline}
}

// body gives the dispatch its text: that of the first component with copy in
// it, and behind it what others add. A component that says the same in another
// notation adds nothing.
func body(d *newsroom.Dispatch, texts []text) *told {
	all := &told{lines: map[string]bool{}}
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

// add puts a text behind those before it.
func (all *told) add(d *newsroom.Dispatch, t text) {
	if len(d.Body) >= newsroom.MaxBlocks {
		sense.Warn(d, "body_cut", "")
		return
	}
	more := newsroom.Dispatch{Dateline: d.Dateline}
	said := write(&more, t.item)
	first := len(d.Body) == 0
	if !first && (len(more.Body) == 0 || all.repeats(more.Body)) {
		return
	}
	if first {
		all.headline, all.title = sense.First(all.headline, said.Headline), said.Title
		all.standfirst, all.byline = sense.First(all.standfirst, said.Standfirst), said.Byline
		d.Dateline = more.Dateline
	} else if title := sense.First(said.Headline, t.headline); title != "" && title != all.headline {
		more.Body = append(newsroom.Body{{Kind: newsroom.Subhead, Text: newsroom.Text(title)}}, more.Body...)
	}
	for _, b := range more.Body {
		if len(d.Body) >= newsroom.MaxBlocks || all.run.Len() > newsroom.MaxText {
			sense.Warn(d, "body_cut", "")
			break
		}
		d.Body = append(d.Body, b)
		all.remember(newsroom.Body{b})
	}
	d.EdNotes, d.Links = append(d.EdNotes, more.EdNotes...), append(d.Links, more.Links...)
	for _, w := range more.Warnings {
		key, detail, _ := strings.Cut(strings.TrimPrefix(w, "wire.warning."), ":")
		sense.Warn(d, key, detail)
	}
	for _, p := range more.Pictures {
		sense.AddPicture(d, p)
	}
}
