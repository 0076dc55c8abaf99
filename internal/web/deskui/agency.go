package deskui

import (
	"net/http"
	"strconv"
	"strings"

	"github.com/rotatif/newsroom"
	"github.com/rotatif/newsroom/internal/desk"
	"github.com/rotatif/newsroom/internal/wire"
)

// agencyPage shows what the agency changed: their old text, their new one and
// ours, side by side, to be taken over piece by piece.
type agencyPage struct {
	chrome
	Story  newsroom.Story
	Item   newsroom.WireItem
	Old    newsroom.Dispatch
	Sign   string // of the agency's present revision
	Fields []agencyField
	Rows   []agencyRow
	Facts  []fieldDiff // of what is not text: credit, terms, notes
}

// agencyField is a line of the story through the three texts.
type agencyField struct {
	Name, Label    string
	Old, New, Ours string
	Changes        []change
	Changed        bool
}

// agencyRow is a block through the three texts.
type agencyRow struct {
	desk.Row
	No      int
	Changes []change
	OldText string
	NewText string
	Mine    string
	Numbers bool // a figure changed
	Have    bool // ours has the new words already
}

// Correction says whether the agency calls it a correction.
func (p agencyPage) Correction() bool { return p.Item.Text.Correction }

// Public says whether readers have the story.
func (p agencyPage) Public() bool { return p.Story.State.Public() }

// Untouched says whether nothing that can be taken over was changed.
func (p agencyPage) Untouched() bool {
	for _, f := range p.Fields {
		if f.Changed {
			return false
		}
	}
	for _, r := range p.Rows {
		if r.Changed() {
			return false
		}
	}
	return true
}

// agency shows the three texts.
func (d *door) agency(v *visit) error {
	page, err := d.agencyPage(v)
	if err != nil {
		return err
	}
	return d.show(v, http.StatusOK, "agency.html", page)
}

func (d *door) agencyPage(v *visit) (*agencyPage, error) {
	story, err := d.load(v)
	if err != nil {
		return nil, err
	}
	items, err := d.Wire.Items(v.ctx(), wire.Filter{Key: story.Origin, At: d.Now(), Limit: 1})
	if err == nil && (len(items) == 0 || story.Origin == newsroom.ItemKey{}) {
		err = newsroom.Refuse(newsroom.NotFound, "error.not_found")
	}
	if err != nil {
		return nil, err
	}
	page := &agencyPage{chrome: d.chrome(v, "stories", "desk.agency.title"), Story: story, Item: items[0], Sign: items[0].Text.Sign()}
	if page.Old, err = d.basis(v, story, items[0]); err != nil {
		return nil, err
	}
	page.compare()
	return page, nil
}

// basis is the agency's revision that the story rests on; of a story that does
// not say, the first one with a text.
func (d *door) basis(v *visit, s newsroom.Story, item newsroom.WireItem) (newsroom.Dispatch, error) {
	revisions, err := d.Taster.Copy.ItemRevisions(v.ctx(), item.ID)
	if err != nil {
		return newsroom.Dispatch{}, err
	}
	for _, r := range revisions {
		if r.Dispatch.Sign() == s.Basis {
			return r.Dispatch, nil
		}
	}
	for _, r := range revisions {
		if len(r.Dispatch.Body) > 0 {
			return r.Dispatch, nil
		}
	}
	return newsroom.Dispatch{}, nil
}

func (p *agencyPage) compare() {
	now, ours := p.Item.Text, p.Story.Content
	for _, f := range []agencyField{
		{Name: "headline", Old: p.Old.Headline, New: now.Headline, Ours: ours.Headline},
		{Name: "standfirst", Old: p.Old.Standfirst, New: now.Standfirst, Ours: ours.Standfirst},
	} {
		f.Label, f.Changes, f.Changed = p.T("desk.field."+f.Name), diff(f.Old, f.New), f.Old != f.New && f.New != f.Ours
		if f.Old != "" || f.New != "" {
			p.Fields = append(p.Fields, f)
		}
	}
	for i, r := range desk.Compare(p.Old.Body, now.Body, ours.Body) {
		row := agencyRow{Row: r, No: i, OldText: linesOf(r.Old), NewText: linesOf(r.New)}
		if r.Ours >= 0 {
			row.Mine = linesOf(&ours.Body[r.Ours])
		}
		row.Changes = diff(row.OldText, row.NewText)
		row.Numbers = r.Changed() && figures(row.OldText) != figures(row.NewText)
		row.Have = r.Changed() && row.NewText == row.Mine && row.NewText != ""
		p.Rows = append(p.Rows, row)
	}
	p.aside(now)
}

// aside tells what changed beside the text.
func (p *agencyPage) aside(now newsroom.Dispatch) {
	for _, f := range []struct{ label, old, now string }{
		{"desk.field.byline", p.Old.Byline, now.Byline}, {"desk.field.dateline", p.Old.Dateline.Text, now.Dateline.Text},
		{"desk.field.agency", p.Old.Credit, now.Credit}, {"desk.dispatch.terms", p.Old.UsageTerms, now.UsageTerms},
		{"desk.dispatch.urgency", strconv.Itoa(p.Old.Urgency), strconv.Itoa(now.Urgency)}, {"desk.story.embargo", p.Old.Embargo.Text, now.Embargo.Text},
	} {
		if f.old != f.now {
			p.Facts = append(p.Facts, fieldDiff{Name: p.T(f.label), Changes: diff(f.old, f.now)})
		}
	}
}

func linesOf(b *newsroom.Block) string {
	if b == nil {
		return ""
	}
	return strings.Join(newsroom.Body{*b}.Lines(), "\n")
}

// figures are the digits of a text: a changed one is easily overlooked.
func figures(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, s)
}

// followAgency takes over what was chosen. A correction of what readers have
// leads to the note that tells them.
func (d *door) followAgency(v *visit) error {
	page, err := d.agencyPage(v)
	if err != nil {
		return err
	}
	choice := desk.Choice{Sign: v.typed("sign"), Old: page.Old, Item: page.Item, Rows: map[int]bool{}}
	if choice.Seen, err = strconv.Atoi(v.typed("seen")); err != nil {
		return newsroom.Refuse(newsroom.Invalid, "error.form_invalid")
	}
	if v.typed("do") != "nothing" {
		choice.Headline, choice.Standfirst = v.typed("headline") != "", v.typed("standfirst") != ""
		for _, no := range v.r.PostForm["row"] {
			if n, err := strconv.Atoi(no); err == nil {
				choice.Rows[n] = true
			}
		}
	}
	done, err := d.Desk.Follow(v.ctx(), v.person, page.Story.ID, choice)
	if newsroom.KindOf(err) == newsroom.Conflict {
		page.Wrong = refusalSentence(v, err)
		return d.show(v, http.StatusConflict, "agency.html", page)
	}
	if err != nil {
		return err
	}
	at := "/stories/" + done.Story.ID.String()
	if page.Correction() && done.Story.Pending() {
		return v.see(at + "?opened=correct")
	}
	return d.leave(v, at, note{Kind: "followed"})
}

// correctionDraft is a first wording of the public note, from what the agency
// says of its correction, else from what it changed.
func correctionDraft(c chrome, item newsroom.WireItem) string {
	for _, n := range item.Text.EdNotes {
		if n.Text != "" {
			return n.Text
		}
	}
	return c.T("desk.agency.draft")
}
