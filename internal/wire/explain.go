package wire

import (
	"strings"
	"time"

	"github.com/rotatif/newsroom"
	"github.com/rotatif/newsroom/internal/letters"
	"github.com/rotatif/newsroom/internal/wire/sense"
)

// Reading is what becomes of bytes that are only looked at: nothing is kept.
type Reading struct {
	Format     string
	Verdict    Verdict
	Dispatches []newsroom.Dispatch
	Encoding   string // that the bytes are in
	Repaired   bool   // characters were mended in decoding
}

// Look reads a delivery as Settle would, and keeps nothing.
func (r *Reception) Look(receipt Receipt, raw []byte) Reading {
	f := r.sniff(Kept{Receipt: receipt, Raw: raw})
	dispatches, refused := r.read(f)
	reading := Reading{Format: f.format, Verdict: f.verdict(len(dispatches), refused), Dispatches: f.bury(dispatches)}
	if decoded, err := text(raw, f.src); err == nil {
		reading.Encoding, reading.Repaired = decoded.Encoding, decoded.Repaired
	}
	return reading
}

// Told is an item as it is told to other programs. What the file does not say
// is null.
type Told struct {
	Kind       newsroom.ItemKind  `json:"kind"`
	ID         *string            `json:"id"`
	Version    *string            `json:"version"`
	PubStatus  newsroom.PubStatus `json:"pubStatus"`
	Embargo    *string            `json:"embargo"` // RFC 3339, or "unknown"
	Language   *string            `json:"language"`
	Headline   *string            `json:"headline"`
	Kicker     *string            `json:"kicker"`
	Standfirst *string            `json:"standfirst"`
	Byline     *string            `json:"byline"`
	Dateline   *string            `json:"dateline"`
	Credit     *string            `json:"credit"`
	Urgency    *int               `json:"urgency"`
	Priority   *int               `json:"priority"`
	Slug       *string            `json:"slug"`
	EdNote     *string            `json:"ednote"`
	Related    []string           `json:"related"`
	Cites      []string           `json:"cites"`
	Images     []ToldImage        `json:"images"`
	Body       []ToldBlock        `json:"body"`
	HTML       *string            `json:"html"`
	Notice     *string            `json:"notice"` // kill, correction or hold
	Rights     ToldRights         `json:"rights"`
	Warnings   []string           `json:"warnings"`
}

// ToldImage is a picture of an item.
type ToldImage struct {
	ID         *string         `json:"id"`
	Caption    *string         `json:"caption"`
	Credit     *string         `json:"credit"`
	Renditions []ToldRendition `json:"renditions"`
}

// ToldRendition is one size of a picture, in pixels.
type ToldRendition struct {
	Name   *string `json:"name"`
	Href   *string `json:"href"` // on the web, or the name of a file delivered beside the text; null when it may not be used
	Mime   *string `json:"mime"`
	Width  *int    `json:"width"`
	Height *int    `json:"height"`
}

// ToldBlock is a block of the text: its kind and its words, one line a list
// item, a row or a block of a box.
type ToldBlock struct {
	Type newsroom.BlockKind `json:"type"`
	Text string             `json:"text"`
}

// ToldRights is what the agency says about use.
type ToldRights struct {
	TerritoryBlocked bool    `json:"territoryBlocked"`
	Text             *string `json:"text"`
}

func said(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}

func number(n int) *int {
	if n == 0 {
		return nil
	}
	return &n
}

// Tell tells a dispatch to other programs.
func Tell(d newsroom.Dispatch) Told {
	t := Told{
		Kind: d.Kind, PubStatus: d.Status, Embargo: embargoTold(d.Embargo), Language: said(d.Language), Headline: said(d.Headline),
		Kicker: said(d.Kicker), Standfirst: said(d.Standfirst), Byline: said(d.Byline), Dateline: said(d.Dateline.Text), Credit: said(d.Credit),
		Urgency: number(d.Urgency), Priority: number(d.Priority), Slug: said(d.Slugline), HTML: said(htmlOf(d.Body)),
		Notice: noticeTold(d), Rights: rightsTold(d), Related: []string{}, Cites: cites(d), Images: []ToldImage{}, Body: []ToldBlock{}, Warnings: []string{},
	}
	if d.IDKind != "generated" {
		t.ID = said(d.Key.ID)
	}
	if !made(d.Version) {
		t.Version = said(d.Version)
	}
	t.EdNote = said(strings.Join(notesTold(d), "\n"))
	for _, l := range d.Links {
		if l.Rel != sense.File {
			t.Related = append(t.Related, l.ID)
		}
	}
	for _, p := range d.Pictures {
		t.Images = append(t.Images, imageTold(p))
		if shown := d.Kind == newsroom.KindPicture || d.Kind == newsroom.KindGraphic; shown && p.Caption != "" && p.Caption == d.Standfirst {
			t.Standfirst = nil // below a picture stands its caption
		}
	}
	for _, b := range d.Body {
		t.Body = append(t.Body, ToldBlock{b.Kind, blockTold(b)})
	}
	for _, w := range d.Warnings {
		w = strings.TrimPrefix(w, "wire.warning.")
		if t.Warnings = append(t.Warnings, w); w == "headline_from_text" {
			t.Headline = nil // the house's, not the file's
		}
	}
	return t
}

// made says whether a version was made of the content by the house.
func made(version string) bool { return len(version) > 12 && strings.HasPrefix(version, "h") }

func embargoTold(e newsroom.Embargo) *string {
	switch {
	case e.State == newsroom.EmbargoNone:
		return nil
	case e.State == newsroom.EmbargoUntil && !e.Until.IsZero():
		return said(e.Until.UTC().Format(time.RFC3339))
	default:
		return said(string(newsroom.EmbargoUnknown))
	}
}

// noticeTold is what the item asks for in words, or that it corrects in a field.
func noticeTold(d newsroom.Dispatch) *string {
	switch {
	case d.Notice != nil && d.Notice.Kind != newsroom.NoticeRelease:
		return said(string(d.Notice.Kind))
	case d.Correction && d.Status == newsroom.Usable:
		return said(string(newsroom.NoticeCorrection))
	default:
		return nil
	}
}

func rightsTold(d newsroom.Dispatch) ToldRights {
	text := d.UsageTerms
	if d.Barred != "" && !strings.Contains(text, d.Barred) {
		text = strings.TrimSpace(text + "\n" + d.Barred)
	}
	return ToldRights{TerritoryBlocked: d.Barred != "", Text: said(text)}
}

// notesTold are the notes that the agency wrote to editors. What the house keeps
// beside them for its own is no note of the agency's.
func notesTold(d newsroom.Dispatch) []string {
	notes := []string{}
	for _, n := range d.EdNotes {
		if !sense.Kept(n.Role) {
			notes = append(notes, n.Text)
		}
	}
	return notes
}

// blockTold is the text of a block; the cells of a row stand in one line.
func blockTold(b newsroom.Block) string {
	if b.Kind != newsroom.Table {
		return strings.Join(newsroom.Body{b}.Lines(), "\n")
	}
	rows := []string{}
	for _, row := range b.Rows {
		cells := []string{}
		for _, cell := range row {
			cells = append(cells, newsroom.Plain(cell))
		}
		rows = append(rows, strings.Join(cells, "\t"))
	}
	return strings.Join(rows, "\n")
}

// cites are those whom the copy leans on, beside its own provider. An address
// names nobody.
func cites(d newsroom.Dispatch) []string {
	names, known := []string{}, map[string]bool{}
	for _, c := range d.Chain {
		name := letters.Fold(c.Name)
		field := c.Role == "source" && (strings.HasPrefix(strings.ToLower(c.Evidence), "infosource") || c.Evidence == "byline" || c.Evidence == "source") // the last in feeds
		if c.Role != "cited" && !field || known[name] || strings.Contains(c.Name, "://") || sense.Own(d, c.Name) {
			continue
		}
		known[name] = true
		names = append(names, c.Name)
	}
	return names
}

func imageTold(p newsroom.PictureRef) ToldImage {
	image := ToldImage{ID: said(p.ID), Caption: said(p.Caption), Credit: said(p.Credit), Renditions: []ToldRendition{}}
	for _, r := range p.Renditions {
		image.Renditions = append(image.Renditions, ToldRendition{said(r.Name), said(r.Src), said(r.Type), number(r.Width), number(r.Height)})
	}
	if len(p.Renditions) == 0 && p.Src != "" {
		image.Renditions = append(image.Renditions, ToldRendition{Href: said(p.Src)})
	}
	return image
}
