package feed

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/rotatif/newsroom"
	"github.com/rotatif/newsroom/internal/markup"
	"github.com/rotatif/newsroom/internal/wire/sense"
)

// adapt makes a dispatch of an item.
func adapt(r raw, from about, src sense.Source, received time.Time) (newsroom.Dispatch, error) {
	d := newsroom.Dispatch{Format: from.format, Kind: newsroom.KindText}
	r.link = sense.CleanAddress(resolve(from.base, r.link))
	if r.blank() {
		return d, newsroom.Refuse(newsroom.Invalid, sense.Empty)
	}
	if len(r.authors) == 0 && from.author != "" {
		r.authors = []string{from.author}
	}
	if err := identify(&d, r); err != nil {
		return d, err
	}
	src.SetEmbargo(&d, r.embargoes...)
	sense.SetStatus(&d, r.status...)
	src.SetTimes(&d, r.published, sense.First(r.updated, r.published), r.expires, received)
	d.Headline = sense.First(markup.Strip(r.title), r.mediaTitle)
	d.Standfirst, d.Address, d.Language, d.Flash = r.summary, r.link, r.language, r.flash
	d.Byline, d.UsageTerms, d.Dateline.Place = byline(r.authors), sense.Terms(r.rights), r.place
	sense.Note(&d, "", r.edNote)
	body(&d, r, sense.First(r.base, from.base))
	for _, s := range r.sources {
		if sense.WebAddress(s) {
			continue // where it stands, and not who says it
		}
		d.Chain = append(d.Chain, newsroom.Cited{Name: s, Role: "source", Evidence: "source"})
	}
	for _, c := range r.categories {
		d.Subjects = append(d.Subjects, newsroom.Subject{Scheme: sense.Scheme(c.domain), Code: c.term, Name: c.name})
	}
	if r.place != "" {
		d.Places = []newsroom.Subject{{Name: r.place}}
	}
	pictures(&d, r, from.base)
	bar(&d, r, src)
	switch {
	case len(d.Body) > 0 || d.Headline != "":
	case len(d.Pictures) > 0:
		d.Kind = newsroom.KindPicture
	default:
		d.Kind = newsroom.KindUnknown
	}
	sense.Finish(&d, src)
	d.Version = version(d)
	return d, nil
}

// blank says whether an item has nothing in it at all.
func (r raw) blank() bool {
	return r.id == "" && r.link == "" && r.title == "" && strings.TrimSpace(r.body) == "" && r.mediaTitle == "" && len(r.pictures) == 0 &&
		len(r.authors) == 0 && len(r.sources) == 0 && r.expires == ""
}

// identify gives the item its id: the one it states, else its address, else one
// made of what is least likely to be edited.
func identify(d *newsroom.Dispatch, r raw) error {
	switch {
	case r.id != "":
		return sense.SetID(d, r.id, "guid")
	case r.link != "":
		return sense.SetID(d, r.link, "link")
	}
	sense.Warn(d, "id_generated", "")
	stable := r.title + "\n" + r.published
	if strings.TrimSpace(r.title) == "" {
		stable = r.body + r.mediaTitle + strings.Join(r.authors, ",") + r.expires
		for _, p := range r.pictures {
			for _, size := range p.sizes {
				stable += "\n" + size.Src
			}
		}
	}
	return sense.SetID(d, sense.Generated(stable), "generated")
}

var (
	mailAndName = regexp.MustCompile(`^\S+@\S+\s*\(([^)]+)\)$`)
	nameAndMail = regexp.MustCompile(`^([^<(@]+?)\s*[<(]\s*(?:mailto:)?\S+@[^>)\s]+\s*[>)]$`)
)

// byline names the authors, each once; of a name and a mail address only the
// name is for readers.
func byline(authors []string) string {
	var names []string
	for _, a := range authors {
		a = strings.TrimSpace(a)
		if m := mailAndName.FindStringSubmatch(a); m != nil {
			a = strings.TrimSpace(m[1])
		} else if m := nameAndMail.FindStringSubmatch(a); m != nil {
			a = strings.Trim(m[1], `" `)
		}
		if !strings.Contains(a, "@") && a != "" && !slices.Contains(names, a) {
			names = append(names, a)
		}
	}
	return strings.Join(names, ", ")
}

func body(d *newsroom.Dispatch, r raw, base string) {
	if r.plain {
		sense.SetText(d, r.body)
	} else {
		sense.SetHTML(d, absolute(r.body, base))
	}
	if !r.quoted {
		return
	}
	for i := range d.Body {
		text := strings.TrimSpace(newsroom.Plain(d.Body[i].Text))
		if i > 0 && i < len(d.Body)-1 && d.Body[i].Kind == newsroom.Paragraph && quotation(text) {
			d.Body[i].Kind, d.Body[i].Text = newsroom.Subhead, newsroom.Text(text)
		}
	}
}

var oneQuotation = regexp.MustCompile(`^["“][^"“”]{2,88}["”]$`)

func quotation(text string) bool { return oneQuotation.MatchString(text) }

// pictures adds what can be seen. Small views of the item's only picture are
// sizes of it; beside several nobody can tell of which.
func pictures(d *newsroom.Dispatch, r raw, base string) {
	if r.waiting > 0 {
		sense.Warn(d, "picture_waiting", "")
	}
	var full, small []picture
	for _, p := range r.pictures {
		p.sizes = seen(d, p, base)
		switch {
		case len(p.sizes) == 0:
		case p.thumbnail:
			small = append(small, p)
		default:
			full = append(full, p)
		}
	}
	if len(full) == 0 {
		full = small
	} else if len(full) == 1 && len(small) > 0 {
		full[0].sizes = append(full[0].sizes, small[0].sizes...)
	}
	for _, p := range full {
		sense.AddRendered(d, newsroom.PictureRef{ID: p.id, Caption: markup.Strip(p.caption), Credit: p.credit}, p.sizes)
	}
}

// seen are the sizes of a picture that are pictures, and can be fetched.
func seen(d *newsroom.Dispatch, p picture, base string) []newsroom.Rendition {
	var sizes []newsroom.Rendition
	for _, size := range p.sizes {
		size.Src = resolve(base, size.Src)
		image := sense.Image(size.Type, size.Src) || p.image && size.Type == ""
		if size.Type == "image" {
			size.Type = "" // so it was said, and no more
		}
		switch {
		case !image:
		case sense.WebAddress(size.Src):
			sizes = append(sizes, size)
		case size.Src != "":
			sense.Unfetched(d, size.Src)
		}
	}
	return sizes
}

// version is the content's own name. It begins with a letter so that it is
// never taken for a number.
func version(d newsroom.Dispatch) string {
	var srcs []string
	for _, p := range d.Pictures {
		src, _, _ := strings.Cut(p.Src, "?")
		srcs = append(srcs, src)
	}
	raw, err := json.Marshal([]any{d.Headline, d.Standfirst, d.Body.Lines(), srcs})
	if err != nil {
		return ""
	}
	sum := sha256.Sum256(raw)
	return "h" + hex.EncodeToString(sum[:8])
}
