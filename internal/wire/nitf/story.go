package nitf

import (
	"regexp"
	"slices"
	"strings"

	"github.com/rotatif/newsroom"
	"github.com/rotatif/newsroom/internal/wire/sense"
	"github.com/rotatif/newsroom/internal/wire/tree"
)

// Told is what a story says of itself above its text.
type Told struct {
	Headline    string // hl1, else the title of the head
	Subhead     string // hl2, unless it repeats the headline
	Standfirst  string
	Byline      string
	Distributor string
	Holder      string
	Terms       string
}

// Has says whether there is a story in NITF below an element.
func Has(n *tree.Node) bool {
	return n.Find("body.content", "body.head", "hedline", "nitf") != nil
}

// Story gives the dispatch the text, the pictures and the notes that stand in
// NITF below an element.
func Story(d *newsroom.Dispatch, n *tree.Node) Told {
	head := sense.Reflow(n).Find("body.head")
	told := heading(d, head)
	if told.Headline == "" {
		told.Headline = sense.First(n.Find("hl1").Line(), n.Find("title").Line())
	}
	content := text(n)
	fractions(content)
	if d.Dateline.Text == "" {
		d.Dateline.Text = dateline(head.Kid("dateline"))
	}
	setBody(d, content)
	inHead := map[*tree.Node]bool{}
	for _, note := range every(head, "note") {
		inHead[note] = true
	}
	for _, note := range every(n, "note") {
		if private(note) || inHead[note] {
			sense.Note(d, sense.First(note.Attr("noteclass"), note.Attr("type"), "note"), note.Words())
		}
	}
	pictures(d, content)
	for _, t := range every(n.Find("body.end"), sense.NoteTagline, sense.NoteSource) {
		sense.Note(d, t.Name, t.Words())
	}
	return told
}

// fractions sets the stroke that nobody wrote between the parts of a fraction.
func fractions(content *tree.Node) {
	for _, f := range every(content, "frac") {
		for i, kid := range f.Kids {
			if before := f.Kids[max(i-1, 0)]; kid.Is("frac-den") && !(before.Is("frac-sep") && before.Line() != "") {
				f.Kids = slices.Insert(f.Kids, i, &tree.Node{Text: "/"})
				break
			}
		}
	}
}

// text is the element whose copy is the story's: a note has a body of its own,
// and it is not that one.
func text(n *tree.Node) *tree.Node {
	var content, body *tree.Node
	n.Walk(func(m *tree.Node) bool {
		switch {
		case m.Is("note", "body.head", "body.end", "head"):
			return false
		case content == nil && m.Is("body.content"):
			content = m
		case body == nil && m.Is("body", "block"):
			body = m
		}
		return content == nil
	})
	if content == nil {
		content = body
	}
	if content == nil {
		content = n
	}
	return content
}

func heading(d *newsroom.Dispatch, head *tree.Node) Told {
	lines := head.Find("hedline", "headline")
	told := Told{Headline: lines.Find("hl1").Words(), Distributor: head.Kid("distributor").Words(), Standfirst: head.Kid("abstract").Words()}
	if told.Headline == "" && lines.Find("hl2") == nil {
		told.Headline = lines.Words()
	}
	for _, hl2 := range every(lines, "hl2") {
		switch text := hl2.Words(); {
		case text == told.Headline:
		case strings.EqualFold(hl2.Attr("id"), "originalHeadline"): // as AP keeps the headline it had before
			sense.Note(d, sense.NoteSubhead, text)
		case told.Subhead != "":
			sense.Note(d, sense.NoteSubhead, text)
		default:
			told.Subhead = text
		}
	}
	var by []string
	for _, b := range head.All("byline") {
		if text := byline(b); text != "" {
			by = append(by, text)
		}
	}
	told.Byline = strings.Join(by, ", ")
	told.Holder, told.Terms = rights(head.Kid("rights"))
	return told
}

// rights are the holder of the rights and, but for who and when, what else is said of them.
func rights(n *tree.Node) (holder, terms string) {
	var all []string
	if n != nil {
		for _, kid := range n.Kids {
			if text := kid.Line(); text != "" && !kid.Is("rights.owner", "rights.agent", "rights.startdate", "rights.enddate") {
				all = append(all, text)
			}
		}
	}
	return n.Find("rights.owner").Line(), strings.Join(all, "; ")
}

// byline sets off the writer's title and paper from the name.
func byline(n *tree.Node) string {
	text := ""
	for _, kid := range n.Kids {
		part := kid.Raw()
		if kid.Is("byttl", "org", "virtloc") {
			text = setOff(text, part)
			continue
		}
		if kid.Name != "" {
			part = " " + part + " "
		}
		text += part
	}
	return strings.ReplaceAll(flat(text), " ,", ",")
}

// setOff adds a part after a comma, unless what stands before it leads into it.
func setOff(before, part string) string {
	words := strings.Fields(before)
	if len(words) == 0 || strings.TrimSpace(part) == "" {
		return before + part
	}
	switch last := strings.ToLower(words[len(words)-1]); {
	case strings.HasSuffix(last, ","), strings.HasSuffix(last, "/"), strings.HasSuffix(last, "-"):
	case last == "by", last == "for", last == "the", last == "of", last == "von", last == "par", last == "de", last == "por":
	default:
		before = strings.Join(words, " ") + ","
	}
	return before + " " + part
}

var stamp = regexp.MustCompile(`^\d{8}(?:T\d{4,6}\S*)?$`)

// dateline is the place and the day the copy was written at. A full stamp is
// for machines and is left out.
func dateline(n *tree.Node) string {
	text := ""
	if n == nil {
		return text
	}
	for _, kid := range n.Kids {
		part := kid.Raw()
		switch {
		case kid.Is("story.date") && stamp.MatchString(strings.TrimSpace(part)):
		case kid.Is("story.date"):
			text = setOff(text, part)
		default:
			text += part
		}
	}
	return flat(text)
}

func flat(s string) string { return strings.Join(strings.Fields(s), " ") }
