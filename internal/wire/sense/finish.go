package sense

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"net/url"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/rotatif/newsroom"
	"github.com/rotatif/newsroom/internal/letters"
	"github.com/rotatif/newsroom/internal/markup"
)

func cut(s string, n int) string { return letters.Cut(s, n) }

func flat(s string) string { return markup.Flat(s) }

// line is a short field: one line, without markup, of bounded length.
func line(s string) string { return cut(markup.Strip(s), newsroom.MaxLine) }

// Finish brings a dispatch that a format has filled into the house's order:
// whose it is, what its copy says beside the properties, and how long it may be.
func Finish(d *newsroom.Dispatch, src Source) {
	d.Key.Provider = src.Provider
	if d.Status == "" {
		d.Status = newsroom.Usable
	}
	if d.Kind == "" {
		d.Kind = newsroom.KindUnknown
	}
	if d.Language = Language(d.Language); d.Language == "" {
		d.Language = Language(src.Language)
	}
	ungarble(d)
	bound(d)
	dropRepeated(d)
	splitDateline(d)
	setSubheads(d.Body)
	if d.Headline == "" && d.Kind != newsroom.KindPackage {
		headlineFromText(d)
	}
	for _, b := range d.Body {
		if b.Picture != nil {
			AddPicture(d, *b.Picture)
		}
	}
	captionsBelow(d)
	src.apply(d)
	setSignals(d)
	setChain(d, src)
	spokenEmbargo(d)
	setBarred(d, src)
	setNotice(d, src)
	d.Partial = d.Partial || bare(*d)
	d.Created, d.VersionCreated, d.Expires = sane(d.Created), sane(d.VersionCreated), sane(d.Expires)
}

// bare says whether the revision brings nothing but news of its status: it must
// not wipe out the text that was sent before.
func bare(d newsroom.Dispatch) bool {
	return d.Headline == "" && len(d.Body) == 0 && len(d.Pictures) == 0
}

// sane drops times before there were wires.
func sane(t time.Time) time.Time {
	if t.Year() < 1900 || t.Year() > 9999 {
		return time.Time{}
	}
	return newsroom.Micro(t)
}

// bound makes every field valid text of bounded length.
func bound(d *newsroom.Dispatch) {
	if utf8.RuneCountInString(d.Headline) > newsroom.MaxLine {
		Warn(d, "headline_cut", "")
	}
	for _, field := range []*string{&d.Headline, &d.Kicker, &d.Byline, &d.Dateline.Text, &d.Dateline.Place, &d.Credit, &d.Slugline, &d.CopyrightHolder} {
		*field = line(valid(*field))
	}
	d.Standfirst = cut(markup.Strip(valid(d.Standfirst)), 4*newsroom.MaxLine)
	d.UsageTerms = cut(flat(valid(d.UsageTerms)), 4000)
	for _, field := range []*string{&d.Key.ID, &d.Version, &d.Address} {
		*field = strings.TrimSpace(valid(*field))
	}
	d.Version = cut(d.Version, newsroom.MaxLine)
	if !WebAddress(d.Address) || len(d.Address) > 2000 {
		d.Address = ""
	}
	boundLists(d)
}

// boundLists bounds what there are several of, and each of them.
func boundLists(d *newsroom.Dispatch) {
	d.Keywords, d.Subjects, d.Places = clip(d.Keywords, 100), clip(d.Subjects, 200), clip(d.Places, 100)
	d.EdNotes, d.Links = clip(d.EdNotes, 50), clip(d.Links, 500)
	words := []*string{}
	for i := range d.Keywords {
		words = append(words, &d.Keywords[i])
	}
	for _, list := range [][]newsroom.Subject{d.Subjects, d.Places} {
		for i := range list {
			words = append(words, &list[i].Scheme, &list[i].Code, &list[i].Name)
		}
	}
	for i := range d.Links {
		words = append(words, &d.Links[i].Rel)
		d.Links[i].ID = cut(valid(d.Links[i].ID), newsroom.MaxLine) // as the item's own id would be
	}
	for i := range d.EdNotes {
		words = append(words, &d.EdNotes[i].Role)
		d.EdNotes[i].Text = cut(flat(valid(d.EdNotes[i].Text)), 4000)
	}
	for _, word := range words {
		*word = cut(flat(valid(*word)), newsroom.MaxLine)
	}
}

func valid(s string) string { return strings.ToValidUTF8(s, "\uFFFD") }

func clip[T any](list []T, n int) []T {
	if len(list) > n {
		return list[:n]
	}
	return list
}

// headlineFromText names an item without a headline by its first words.
func headlineFromText(d *newsroom.Dispatch) {
	text := first(firstParagraph(d.Body), d.Standfirst)
	if text == "" {
		for _, l := range d.Body.Lines() {
			text = first(text, l)
		}
	}
	if text == "" {
		return
	}
	d.Headline = cut(flat(text), 120)
	Warn(d, "headline_from_text", "")
}

// SetID gives the dispatch the agency's id. An id longer than anything an
// agency sends is none.
func SetID(d *newsroom.Dispatch, id, kind string) error {
	id = strings.TrimSpace(id)
	if id == "" || len(id) > 1000 || !utf8.ValidString(id) {
		return newsroom.Refuse(newsroom.Invalid, NoID)
	}
	d.Key.ID, d.IDKind = id, kind
	return nil
}

// Note adds a note to editors, unless it is empty.
func Note(d *newsroom.Dispatch, role, text string) {
	if text = flat(text); text != "" {
		d.EdNotes = append(d.EdNotes, newsroom.EdNote{Role: strings.TrimSpace(role), Text: text})
	}
}

// The roles of what is kept among the notes because it is for the desk alone,
// though the agency wrote it as something else.
const (
	NoteStandfirst  = "standfirst" // a second one
	NoteSubhead     = "hl2"        // a line below the headline that is not shown
	NoteTagline     = "tagline"    // whom to write to, who helped
	NoteSource      = "bibliography"
	NoteRights      = "rights"      // of a part of the item
	NoteSignature   = "signature"   // initials
	NoteEndline     = "endline"     // of a telegram: the desk that sent it
	NoteStatus      = "status"      // that will be the item's, and when
	NoteProducts    = "productline" // the products of the agency that carry the item
	NoteDescription = "description" // of what the item shows; how it is described may follow
)

// Kept says whether a note is the house's finding and no note of the agency's.
func Kept(role string) bool {
	switch keptAs(role) {
	case NoteStandfirst, NoteSubhead, NoteTagline, NoteSource, NoteRights, NoteSignature, NoteEndline, NoteStatus, NoteProducts, NoteDescription:
		return true
	default:
		return false
	}
}

// keptAs is the role without what may follow it.
func keptAs(role string) string {
	kind, _, _ := strings.Cut(strings.ToLower(role), " ")
	return kind
}

// File is the relation of an item to a film or a recording delivered as its own.
const File = "file"

// Terms is a text of terms, or nothing when a template leaked into it.
func Terms(s string) string {
	s = flat(s)
	switch strings.ToLower(s) {
	case "none", "null", "undefined", "n/a", "-":
		return ""
	default:
		return s
	}
}

// Generated is an id made of content, for what has none of its own.
func Generated(content string) string {
	sum := sha256.Sum256([]byte(content))
	return "generated:" + hex.EncodeToString(sum[:16])
}

// Base64 is the text within base64, or nothing when it is none.
func Base64(s string) string {
	raw, err := base64.StdEncoding.DecodeString(strings.Join(strings.Fields(s), ""))
	if err != nil {
		return ""
	}
	return valid(string(raw))
}

// StableURI is an address used as an id, without the parts of it that some
// agencies change from one delivery to the next.
func StableURI(uri string) string {
	u, err := url.Parse(uri)
	if err == nil && (u.Query().Has("qt") || u.Query().Has("et")) {
		u.RawQuery = ""
		return u.String()
	}
	return uri
}
