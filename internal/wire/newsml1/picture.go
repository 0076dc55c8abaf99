package newsml1

import (
	"strings"

	"github.com/rotatif/newsroom"
	"github.com/rotatif/newsroom/internal/letters"
	"github.com/rotatif/newsroom/internal/wire/sense"
	"github.com/rotatif/newsroom/internal/wire/tree"
)

// media is what a content item is: text, image, graphic, video, audio, or
// nothing anybody can tell.
func media(item *tree.Node) string {
	switch letters.Fold(name(item.Kid("MediaType"))) {
	case "text":
		return "text"
	case "photo", "picture", "image", "photograph":
		return "image"
	case "graphic", "graphics":
		return "graphic"
	case "video", "movingimage", "animation":
		return "video"
	case "audio", "sound":
		return "audio"
	}
	mime, format := strings.ToLower(name(item.Kid("MimeType"))), letters.Fold(name(item.Kid("Format")))
	for _, kind := range []string{"image", "video", "audio", "text"} {
		if strings.HasPrefix(mime, kind+"/") {
			return kind
		}
	}
	for _, word := range []string{"jpeg", "jpg", "png", "gif", "tiff"} {
		if strings.Contains(format, word) {
			return "image"
		}
	}
	switch {
	case item.Find("DataContent") != nil:
		return "text"
	case sense.Image("", item.Attr("Href")):
		return "image"
	default:
		return ""
	}
}

// picture takes up a component that is one picture or film.
func (f *found) picture(c *tree.Node, as string) {
	p := picture{ref: newsroom.PictureRef{Caption: caption(c)}}
	lines, admin := c.Kid("NewsLines"), c.Kid("AdministrativeMetadata")
	p.ref.Caption = sense.First(p.ref.Caption, lines.Kid("HeadLine").Line())
	by := sense.First(lines.Kid("ByLine").Line(), party(admin.Kid("Creator")))
	p.ref.Credit = sense.First(lines.Kid("CreditLine").Line(), party(admin.Kid("Source")))
	if by != "" && !strings.Contains(p.ref.Credit, by) {
		p.ref.Credit = strings.Trim(by+" / "+p.ref.Credit, " /")
	}
	p.ref.Usage = sense.First(lines.Kid("RightsLine").Line(), advisory(lines))
	f.sizes(c, as, &p)
	if len(p.sizes) > 0 {
		f.pictures = append(f.pictures, p)
	}
}

// sizes gathers the files of one picture from its component and those below it.
func (f *found) sizes(c *tree.Node, as string, p *picture) {
	as = sense.First(role(c), as)
	for _, item := range c.All("ContentItem") {
		switch kind := media(item); kind {
		case "image", "graphic":
			p.graphic = p.graphic || kind == "graphic"
			p.sizes = append(p.sizes, size(item, name(c.Kid("Role"))))
		case "video", "audio":
			f.file(item, kind)
		}
	}
	for _, kid := range c.All("NewsComponent") {
		f.sizes(kid, as, p)
	}
}

// size is one file of a picture.
func size(item *tree.Node, as string) newsroom.Rendition {
	traits := item.Kid("Characteristics")
	property := func(names ...string) string {
		for _, p := range traits.All("Property") {
			for _, n := range names {
				if strings.EqualFold(p.Attr("FormalName"), n) {
					return p.Attr("Value")
				}
			}
		}
		return ""
	}
	r := newsroom.Rendition{Name: sense.First(property("ImageUse", "Use"), as), Src: item.Attr("Href"), Type: name(item.Kid("MimeType"))}
	r.Width, r.Height = sense.Pixels(property("Width", "PixelWidth")), sense.Pixels(property("Height", "PixelHeight"))
	if r.Type == "" && strings.HasPrefix(letters.Fold(name(item.Kid("Format"))), "jp") {
		r.Type = "image/jpeg"
	}
	return r
}

// caption is the text below a picture.
func caption(c *tree.Node) string {
	if captioning(role(c)) {
		for _, item := range c.All("ContentItem") {
			if text := plain(item); media(item) == "text" && text != "" {
				return text
			}
		}
	}
	for _, kid := range c.All("NewsComponent") {
		if text := caption(kid); text != "" {
			return text
		}
	}
	return ""
}

// plain is the text of a content item without its marks.
func plain(item *tree.Node) string {
	d := newsroom.Dispatch{}
	write(&d, item)
	return strings.Join(d.Body.Lines(), " ")
}

// party is the name of who did something. Initials and codes are no name, and
// they come back only where nothing better stands.
func party(n *tree.Node) string {
	first := ""
	for _, p := range n.All("Party") {
		who := name(p)
		if strings.Contains(who, " ") {
			return who
		}
		first = sense.First(first, who)
	}
	return first
}

func advisory(lines *tree.Node) string {
	for _, l := range lines.All("NewsLine") {
		if strings.Contains(letters.Fold(name(l.Kid("NewsLineType"))), "advisory") {
			return l.Kid("NewsLineText").Line()
		}
	}
	return ""
}
