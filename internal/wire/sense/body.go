package sense

import (
	"net/url"
	"path"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/rotatif/newsroom"
	"github.com/rotatif/newsroom/internal/letters"
	"github.com/rotatif/newsroom/internal/markup"
)

// The bounds of what is kept of delivered copy.
const (
	maxParagraph = 20_000 // runes
	maxSubhead   = 90     // runes of a line that may be a subhead
	maxPictures  = 200
)

// SetHTML gives the dispatch a body made of HTML, XHTML or, when there is no
// markup in it, plain text. Markup that was escaped once too often is understood.
func SetHTML(d *newsroom.Dispatch, text string) {
	text = markup.Unescape(text)
	if !markup.HasTags(text) && strings.Contains(strings.TrimSpace(text), "\n") {
		SetText(d, text)
		return
	}
	nodes, cut := markup.Parse(text, markup.Limits{})
	if cut {
		Warn(d, "body_cut", "")
	}
	setBody(d, nodes)
}

// SetText gives the dispatch a body made of plain text.
func SetText(d *newsroom.Dispatch, text string) { setBody(d, markup.FromText(text)) }

func setBody(d *newsroom.Dispatch, nodes []markup.Node) {
	d.Body = nil
	size := 0
	for _, n := range nodes {
		b, ok := block(n)
		if !ok || furniture(n.Class) || ruled(b) || credited(d.Body, b, n.Class) {
			continue
		}
		if shortened(&b) {
			Warn(d, "paragraph_cut", "")
		}
		for _, line := range (newsroom.Body{b}).Lines() {
			size += len(line)
		}
		if len(d.Body) >= newsroom.MaxBlocks || size > newsroom.MaxText {
			Warn(d, "body_cut", "")
			break
		}
		d.Body = append(d.Body, b)
	}
}

// credited gives the picture before it a line that only says whose it is.
func credited(body newsroom.Body, b newsroom.Block, class string) bool {
	last := len(body) - 1
	if last < 0 || body[last].Picture == nil || body[last].Picture.Credit != "" || b.Kind != newsroom.Paragraph {
		return false
	}
	for _, c := range strings.Fields(strings.ToLower(class)) {
		switch c {
		case "byline", "credit", "photo-credit", "image-credit", "photographer":
			body[last].Picture.Credit = newsroom.Plain(b.Text)
			return true
		}
	}
	return false
}

// ruled says whether a paragraph is a line drawn between others, "___" or "* * *".
func ruled(b newsroom.Block) bool {
	text := strings.Join(strings.Fields(newsroom.Plain(b.Text)), "")
	return b.Kind == newsroom.Paragraph && len(text) >= 3 && strings.Trim(text, "_*=-–—") == ""
}

// block makes a block of a story of a block of markup.
func block(n markup.Node) (newsroom.Block, bool) {
	b := newsroom.Block{Text: spans(n.Inline)}
	switch n.Kind {
	case markup.Paragraph:
		b.Kind = newsroom.Paragraph
	case markup.Heading:
		b.Kind = newsroom.Subhead
		b.Text = newsroom.Text(newsroom.Plain(b.Text))
	case markup.Quote:
		b.Kind = newsroom.Quote
	case markup.Bulleted, markup.Numbered:
		b.Kind, b.Ordered = newsroom.List, n.Kind == markup.Numbered
		for _, item := range n.Items {
			b.Items = append(b.Items, spans(item))
		}
	case markup.Table:
		b.Kind, b.Head = newsroom.Table, n.Head
		for _, row := range n.Rows {
			cells := make([][]newsroom.Span, len(row))
			for i, cell := range row {
				cells[i] = spans(cell)
			}
			b.Rows = append(b.Rows, cells)
		}
	case markup.Image:
		p := newsroom.PictureRef{Src: n.Src, Alt: n.Alt, Caption: strings.TrimSpace(n.Caption)}
		return newsroom.Block{Kind: newsroom.Picture, Picture: &p}, WebAddress(n.Src)
	}
	return b, b.Kind != "" && len((newsroom.Body{b}).Lines()) > 0
}

func spans(inline []markup.Inline) []newsroom.Span {
	var out []newsroom.Span
	for _, i := range inline {
		s := newsroom.Span{Text: i.Text, Strong: i.Strong, Em: i.Em}
		if newsroom.SafeHref(i.Href) {
			s.Href = CleanAddress(i.Href)
		}
		out = append(out, s)
	}
	return out
}

// shortened cuts a paragraph that no newspaper would print.
func shortened(b *newsroom.Block) bool {
	left := maxParagraph
	for i := range b.Text {
		n := utf8.RuneCountInString(b.Text[i].Text)
		if n > left {
			b.Text[i].Text = string([]rune(b.Text[i].Text)[:left])
			b.Text = b.Text[:i+1]
			return true
		}
		left -= n
	}
	return false
}

// labelled is a line that gives something under a name: "PUB: 12/05/2024", "KEYWORD: UNITED STATES".
var labelled = regexp.MustCompile(`^[\p{Lu}\p{M} ]{2,30}:\s*\S`)

// setSubheads marks what stands for a subhead without saying so: a short
// paragraph all in capitals or all in strong, between others.
func setSubheads(body newsroom.Body) {
	for i := range body {
		b := &body[i]
		text := newsroom.Plain(b.Text)
		if b.Kind != newsroom.Paragraph || i == firstText(body) || i == len(body)-1 || utf8.RuneCountInString(text) > maxSubhead {
			continue
		}
		if wholly(b.Text) && !strings.HasSuffix(text, ".") || letters.AllCaps(text) && strings.ContainsRune(text, ' ') && !labelled.MatchString(text) {
			b.Kind, b.Text = newsroom.Subhead, newsroom.Text(strings.TrimSpace(text))
		}
	}
}

// wholly says whether every letter of the spans is strong.
func wholly(all []newsroom.Span) bool {
	for _, s := range all {
		if !s.Strong && strings.TrimSpace(s.Text) != "" {
			return false
		}
	}
	return len(all) > 0
}

// dropRepeated takes out of the top of the body what repeats the headline.
func dropRepeated(d *newsroom.Dispatch) {
	for len(d.Body) > 1 && (d.Body[0].Kind == newsroom.Subhead || d.Body[0].Kind == newsroom.Paragraph) && same(newsroom.Plain(d.Body[0].Text), d.Headline) {
		d.Body = d.Body[1:]
	}
}

// WebAddress says whether something can be fetched from the web: an absolute
// http or https address that names a host. Whether it may be is the affair of
// the door it goes out by.
func WebAddress(address string) bool {
	u, err := url.Parse(strings.TrimSpace(address))
	return err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Host != "" && u.User == nil && newsroom.SafeHref(address)
}

// Unfetched warns of a picture that cannot be fetched from where it is said to
// be. A name and a password that somebody put into the address are not told.
func Unfetched(d *newsroom.Dispatch, address string) {
	switch u, err := url.Parse(address); {
	case err != nil && strings.Contains(address, "@"):
		address = "" // nobody can tell what of it is a password
	case err == nil && u.User != nil:
		u.User = nil
		address = u.String()
	}
	Warn(d, "picture_address", address)
}

// CleanAddress takes what only counts readers out of an address, so that the
// same link is the same tomorrow.
func CleanAddress(address string) string {
	before, query, found := strings.Cut(address, "?")
	if !found || len(address) > 4000 {
		return address
	}
	query, fragment, hashed := strings.Cut(query, "#")
	var kept []string
	for _, pair := range strings.Split(query, "&") {
		name, _, _ := strings.Cut(pair, "=")
		if pair != "" && !tracker(strings.ToLower(name)) {
			kept = append(kept, pair)
		}
	}
	if len(kept) > 0 {
		before += "?" + strings.Join(kept, "&")
	}
	if hashed {
		before += "#" + fragment
	}
	return before
}

func tracker(name string) bool {
	if strings.HasPrefix(name, "utm_") || strings.HasPrefix(name, "at_") && len(name) > 6 {
		return true
	}
	switch name {
	case "fbclid", "gclid", "dclid", "msclkid", "yclid", "mc_cid", "mc_eid", "wt_mc", "igshid", "_ga", "ns_campaign", "ns_mchannel", "cmpid":
		return true
	default:
		return false
	}
}

// AddPicture adds a picture to the dispatch once; one that cannot be fetched
// is only named.
func AddPicture(d *newsroom.Dispatch, p newsroom.PictureRef) {
	p.ID, p.Src = cut(valid(p.ID), newsroom.MaxLine), strings.TrimSpace(p.Src)
	if p.Src != "" && !WebAddress(p.Src) {
		Unfetched(d, p.Src)
		p.Src = ""
	}
	if p.Src == "" && p.ID == "" {
		return
	}
	for i, have := range d.Pictures {
		size := slices.ContainsFunc(have.Renditions, func(r newsroom.Rendition) bool { return p.Src != "" && r.Src == p.Src })
		if have.Src != "" && have.Src == p.Src || p.ID != "" && have.ID == p.ID || size {
			d.Pictures[i].Caption, d.Pictures[i].Alt = first(have.Caption, cut(flat(p.Caption), 4000)), first(have.Alt, line(p.Alt))
			d.Pictures[i].Credit = first(have.Credit, line(p.Credit))
			for _, r := range p.Renditions {
				d.Pictures[i].Renditions = resized(d.Pictures[i].Renditions, r)
			}
			return
		}
	}
	if len(d.Pictures) >= maxPictures {
		Warn(d, "pictures_cut", "")
		return
	}
	p.Alt, p.Caption, p.Credit = line(p.Alt), cut(flat(p.Caption), 4000), line(p.Credit)
	p.Usage = cut(flat(p.Usage), 2000)
	d.Pictures = append(d.Pictures, p)
}

// resized adds a size to those of a picture, or what it says of one that is
// there already.
func resized(sizes []newsroom.Rendition, more newsroom.Rendition) []newsroom.Rendition {
	for i := range sizes {
		if r := &sizes[i]; r.Src == more.Src {
			r.Name, r.Type, r.Width, r.Height = first(r.Name, more.Name), first(r.Type, more.Type), max(r.Width, more.Width), max(r.Height, more.Height)
			return sizes
		}
	}
	if len(sizes) >= maxRenditions {
		return sizes
	}
	return append(sizes, more)
}

// captionsBelow takes the caption of a picture, known from elsewhere, out of the
// copy where it stands below the picture once more.
func captionsBelow(d *newsroom.Dispatch) {
	for i := 0; i+1 < len(d.Body); i++ {
		shown := d.Body[i].Picture
		if shown == nil || shown.Caption != "" || d.Body[i+1].Kind != newsroom.Paragraph {
			continue
		}
		at := slices.IndexFunc(d.Pictures, func(p newsroom.PictureRef) bool {
			return p.Src == shown.Src || slices.ContainsFunc(p.Renditions, func(r newsroom.Rendition) bool { return r.Src == shown.Src })
		})
		if at >= 0 && same(newsroom.Plain(d.Body[i+1].Text), d.Pictures[at].Caption) {
			shown.Caption = d.Pictures[at].Caption
			d.Body = slices.Delete(d.Body, i+1, i+2)
		}
	}
}

// Image says whether a file is a picture, by its media type or else its name.
func Image(mime, address string) bool {
	mime = strings.ToLower(strings.TrimSpace(mime))
	if mime != "" && mime != "application/octet-stream" {
		return strings.HasPrefix(mime, "image")
	}
	u, err := url.Parse(address)
	if err != nil {
		return false
	}
	switch strings.ToLower(path.Ext(u.Path)) {
	case ".jpg", ".jpeg", ".png", ".gif", ".webp", ".avif", ".tif", ".tiff":
		return true
	default:
		return false
	}
}
