package nitf

import (
	"strings"

	"github.com/rotatif/newsroom"
	"github.com/rotatif/newsroom/internal/wire/sense"
	"github.com/rotatif/newsroom/internal/wire/tree"
)

// setBody reads the text: paragraphs with and without blocks around them, HTML
// that was escaped into one string, or bare lines with blank ones between them.
func setBody(d *newsroom.Dispatch, content *tree.Node) {
	if !blocky(content) {
		sense.SetLoose(d, loose(content))
		return
	}
	sense.SetHTML(d, content.HTML(htmlName))
}

// blocky says whether there are paragraphs or the like in a text.
func blocky(content *tree.Node) bool {
	found := false
	content.Walk(func(n *tree.Node) bool {
		if outside(n) {
			return false
		}
		switch htmlName(n) {
		case "p", "h2", "h3", "h4", "ul", "ol", "table", "blockquote", "pre", "dl", "div", "br":
			found = found || n != content
		}
		return !found
	})
	return found
}

// loose is the bare text, without what is no text.
func loose(content *tree.Node) string {
	var b strings.Builder
	content.Walk(func(n *tree.Node) bool {
		b.WriteString(n.Text)
		return !outside(n)
	})
	return b.String()
}

// private says whether a note is for newsrooms: "not for publication".
func private(n *tree.Node) bool { return n.Is("note") && strings.EqualFold(n.Attr("type"), "npa") }

// outside says whether an element stands in the text and is none of it.
func outside(n *tree.Node) bool {
	return private(n) || n.Is("media", "body.head", "body.end", "head", "nitf-table-metadata", "alt-code", "img", "rights")
}

// htmlName says as which HTML element an element is read. What marks words
// inside a sentence is looked through.
func htmlName(n *tree.Node) string {
	if outside(n) {
		return "-"
	}
	name := strings.ToLower(n.Name)
	switch name {
	case "p":
		if onlyBlocks(n) {
			return "div"
		}
		return name
	case "hl1", "hl2", "h1":
		return "h2"
	case "bq":
		return "blockquote"
	case "credit", "caption":
		return "p"
	case "block", "fn", "body", "body.content", "note", "nitf-table", "datasource", "section", "article":
		return "div"
	case "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "table", "thead", "tbody", "tfoot", "tr", "td", "th", "blockquote",
		"br", "a", "em", "i", "strong", "b", "pre", "div", "dl", "dt", "dd", "cite":
		return name
	case "script", "style", "iframe", "object", "embed", "video", "audio", "col", "colgroup", "hr":
		return "-"
	default:
		return ""
	}
}

// onlyBlocks says whether a paragraph is only the wrapping of others.
func onlyBlocks(n *tree.Node) bool {
	blocks := 0
	for _, kid := range n.Kids {
		switch {
		case kid.Is("p", "ul", "ol", "table", "hl2", "bq", "block"):
			blocks++
		case strings.TrimSpace(kid.Raw()) != "":
			return false
		}
	}
	return blocks > 0
}

// pictures reads the media of a text: each is one picture in all its sizes.
// Of what is no picture only the name is kept.
func pictures(d *newsroom.Dispatch, content *tree.Node) {
	for _, m := range every(content, "media") {
		refs := m.All("media-reference")
		kind := strings.ToLower(m.Attr("media-type"))
		if !pictorial(kind, refs) {
			for _, ref := range refs {
				link(d, sense.File, sense.Delivered(ref.Attr("source")))
			}
			continue
		}
		p := newsroom.PictureRef{
			Caption: sense.First(captions(m, "media-caption"), captions(m, "media-originalcaption", "media-printcaption")),
			Credit:  sense.First(captions(m, "media-producer"), captions(m, "media-byline", "media-printproducer", "media-source")),
			ID:      sense.Delivered(m.Kid("media-id").Line()),
		}
		var sizes []newsroom.Rendition
		for _, ref := range refs {
			if strings.HasPrefix(ref.Attr("data-location"), "#") {
				continue // it stands elsewhere in the message
			}
			if sense.Counts(ref.Attr("source")) {
				continue
			}
			p.Alt = sense.First(p.Alt, ref.Attr("alternate-text"))
			sizes = append(sizes, newsroom.Rendition{
				Name: sense.First(ref.Attr("name"), ref.Attr("id")), Src: sense.First(ref.Attr("source"), ref.Attr("href"), ref.Attr("data-location")),
				Type: ref.Attr("mime-type"), Width: sense.Pixels(ref.Attr("width")), Height: sense.Pixels(ref.Attr("height")),
			})
		}
		sense.AddRendered(d, p, sizes)
	}
	for _, img := range every(content, "img") {
		if sense.Counts(img.Attr("src")) || sense.Pixels(img.Attr("width")) == 1 {
			continue
		}
		sense.AddRendered(d, newsroom.PictureRef{Alt: img.Attr("alt")}, []newsroom.Rendition{{Src: sense.First(img.Attr("src"), img.Attr("source"))}})
	}
}

// pictorial says whether media are a picture: by their own word, else by that
// of their files.
func pictorial(kind string, refs []*tree.Node) bool {
	switch kind {
	case "image", "photo", "picture", "graphic", "graphics":
		return true
	case "video", "audio", "animation", "text", "data":
	default:
		for _, ref := range refs {
			if sense.Image(ref.Attr("mime-type"), ref.Attr("source")) {
				return true
			}
		}
	}
	return false
}

func captions(m *tree.Node, names ...string) string {
	var all []string
	for _, c := range m.All(names...) {
		if text := c.Words(); text != "" {
			all = append(all, text)
		}
	}
	return strings.Join(all, " ")
}
