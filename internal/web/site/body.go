package site

import (
	"regexp"

	"github.com/rotatif/newsroom"
	"github.com/rotatif/newsroom/internal/letters"
)

// part is a block of a story's text as the theme sets it.
type part struct {
	newsroom.Block
	Dateline string // stands before the first paragraph
	Label    bool   // a subhead typed in capitals
	Link     *link  // of an embed
	Parts    []part // of a background box
}

// parts makes the text ready for the theme. Blocks that cannot be shown yet
// (pictures, embeds of unknown providers) and empty ones are left out. The
// dateline goes before the first paragraph; when the text begins otherwise it
// is given back to stand alone.
func parts(body newsroom.Body, dateline string) ([]part, string) {
	list := []part{}
	for _, b := range body {
		if p, ok := newPart(b); ok {
			list = append(list, p)
		}
	}
	if len(list) > 0 && list[0].Kind == newsroom.Paragraph {
		list[0].Dateline, dateline = dateline, ""
	}
	return list, dateline
}

func newPart(b newsroom.Block) (part, bool) {
	p := part{Block: b}
	switch b.Kind {
	case newsroom.Paragraph, newsroom.Quote:
		return p, newsroom.Plain(b.Text) != ""
	case newsroom.Subhead:
		p.Label = letters.AllCaps(newsroom.Plain(b.Text))
		return p, newsroom.Plain(b.Text) != ""
	case newsroom.List:
		return p, len(b.Items) > 0
	case newsroom.Table:
		return p, len(b.Rows) > 0
	case newsroom.Embed:
		p.Link = embedLink(b.Embed)
		return p, p.Link != nil
	case newsroom.Background:
		p.Parts, _ = parts(b.Blocks, "")
		return p, len(p.Parts) > 0 || len(b.Text) > 0
	default:
		return p, false
	}
}

// HeadRow is the table's first row when it is a head. For templates.
func (p part) HeadRow() [][]newsroom.Span {
	if p.Head && len(p.Rows) > 0 {
		return p.Rows[0]
	}
	return nil
}

// BodyRows are the rows under the head. For templates.
func (p part) BodyRows() [][][]newsroom.Span {
	if p.Head && len(p.Rows) > 0 {
		return p.Rows[1:]
	}
	return p.Rows
}

var embedID = regexp.MustCompile(`^[A-Za-z0-9_-]{1,64}$`)

// embedLink is the address of a thing elsewhere: a constant of ours with the
// checked id in it. Nothing of the provider's is ever loaded into a page.
func embedLink(e *newsroom.EmbedRef) *link {
	if e == nil || !embedID.MatchString(e.ID) {
		return nil
	}
	switch e.Provider {
	case "youtube":
		return &link{Address: "https://www.youtube.com/watch?v=" + e.ID, Name: "YouTube"}
	case "x", "twitter":
		return &link{Address: "https://x.com/i/status/" + e.ID, Name: "X"}
	case "instagram":
		return &link{Address: "https://www.instagram.com/p/" + e.ID + "/", Name: "Instagram"}
	case "vimeo":
		return &link{Address: "https://vimeo.com/" + e.ID, Name: "Vimeo"}
	case "dailymotion":
		return &link{Address: "https://www.dailymotion.com/video/" + e.ID, Name: "Dailymotion"}
	case "tiktok":
		return &link{Address: "https://www.tiktok.com/embed/v2/" + e.ID, Name: "TikTok"}
	default:
		return nil
	}
}
