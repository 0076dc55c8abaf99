package deskui

import (
	"net/http"
	"slices"
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
	Safe   desk.Choice        // all that touches nothing of our work
	Facts  []fieldDiff        // of what is not text: credit, terms, notes
	Right  *newsroom.Dispatch // the newest correction since the one the story rests on
	Result *newsroom.Content  // what the choice would make of ours, when asked for
}

// agencyField is a line of the story through the three texts.
type agencyField struct {
	Name, Label    string
	Old, New, Ours string
	Changes        []change
	Changed, Take  bool
}

// agencyRow is a block through the three texts.
type agencyRow struct {
	desk.Row
	No      int
	Changes []change
	OldText string
	NewText string
	OurText string
	Numbers bool // a figure changed
	Take    bool // to be taken over
}

// Number is which paragraph it is with the agency: now, or before it was taken out.
func (r agencyRow) Number() int {
	if r.To < 0 {
		return r.Left()
	}
	return r.To + 1
}

// Left is which paragraph it was with the agency.
func (r agencyRow) Left() int { return r.From + 1 }

// Place is which paragraph it is with us.
func (r agencyRow) Place() int { return r.Ours + 1 }

// Doing names what a tick does.
func (r agencyRow) Doing() string {
	switch {
	case r.Keeps():
		return "desk.agency.move"
	case r.Moves():
		return "desk.agency.take_and_move"
	case r.New == nil:
		return "desk.agency.drop"
	default:
		return "desk.agency.take"
	}
}

// Correction says whether the agency has corrected something since.
func (p agencyPage) Correction() bool { return p.Right != nil }

// Notes are what the agency says of its change.
func (p agencyPage) Notes() []newsroom.EdNote {
	if p.Right != nil && p.Right.Sign() != p.Item.Text.Sign() {
		return append(append([]newsroom.EdNote{}, p.Right.EdNotes...), p.Item.Text.EdNotes...)
	}
	return p.Item.Text.EdNotes
}

// Public says whether readers have the story.
func (p agencyPage) Public() bool { return p.Story.State.Public() }

// Untouching says whether something can be taken over without touching our work.
func (p agencyPage) Untouching() bool {
	return p.Safe.Headline || p.Safe.Standfirst || len(p.Safe.Rows) > 0
}

// Untouched says whether nothing that can be taken over was changed.
func (p agencyPage) Untouched() bool {
	for _, f := range p.Fields {
		if f.Changed {
			return false
		}
	}
	for _, r := range p.Rows {
		if r.Offered() {
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
	revisions, err := d.Taster.Copy.ItemRevisions(v.ctx(), page.Item.ID)
	if err != nil {
		return nil, err
	}
	at := basisOf(story, revisions)
	if at >= 0 {
		page.Old = revisions[at].Dispatch
	}
	page.Right = correctedIn(revisions[at+1:])
	page.compare()
	return page, nil
}

// basisOf finds the agency's revision that the story rests on; of a story that
// does not say, the first one with a text. It is -1 when there is none.
func basisOf(s newsroom.Story, revisions []wire.Revision) int {
	for i := len(revisions) - 1; i >= 0; i-- {
		if revisions[i].Dispatch.Sign() == s.Basis {
			return i
		}
	}
	return slices.IndexFunc(revisions, func(r wire.Revision) bool { return len(r.Dispatch.Body) > 0 })
}

// correctedIn is the last correction among the revisions, nil when there is none.
func correctedIn(revisions []wire.Revision) *newsroom.Dispatch {
	for i := len(revisions) - 1; i >= 0; i-- {
		if revisions[i].Dispatch.Correction {
			return &revisions[i].Dispatch
		}
	}
	return nil
}

func (p *agencyPage) compare() {
	now, ours := p.Item.Text, p.Story.Content
	whole := len(now.Body) > 0 || len(p.Old.Body) == 0 // else it is a notice that a text is to follow
	for _, f := range []agencyField{
		{Name: "headline", Old: p.Old.Headline, New: now.Headline, Ours: ours.Headline},
		{Name: "standfirst", Old: p.Old.Standfirst, New: now.Standfirst, Ours: ours.Standfirst},
	} {
		f.Label, f.Changes, f.Changed = p.T("desk.field."+f.Name), diff(f.Old, f.New), f.Old != f.New && f.New != f.Ours
		f.Take = f.Changed && f.Ours == f.Old && whole && (f.New != "" || f.Name != "headline")
		if f.Old != "" || f.New != "" {
			p.Fields = append(p.Fields, f)
		}
	}
	rows := desk.Compare(p.Old.Body, now.Body, ours.Body)
	p.Safe.Rows = desk.Untouching(rows)
	for i, r := range rows {
		row := agencyRow{Row: r, No: i, OldText: linesOf(r.Old), NewText: linesOf(r.New), OurText: linesOf(r.Mine), Take: p.Safe.Rows[i]}
		row.Changes = diff(row.OldText, row.NewText)
		row.Numbers = r.Reworded() && figures(row.OldText) != figures(row.NewText)
		p.Rows = append(p.Rows, row)
	}
	for _, f := range p.Fields {
		p.Safe.Headline = p.Safe.Headline || f.Take && f.Name == "headline"
		p.Safe.Standfirst = p.Safe.Standfirst || f.Take && f.Name == "standfirst"
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
	lines := newsroom.Body{*b}.Lines()
	if b.Picture != nil {
		lines = append(lines, strings.TrimSpace(b.Picture.ID+" "+b.Picture.Credit))
	}
	if b.Embed != nil {
		lines = append(lines, b.Embed.Provider+" "+b.Embed.ID)
	}
	for _, s := range b.Text {
		if s.Href != "" {
			lines = append(lines, s.Href)
		}
	}
	return strings.Join(lines, "\n")
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

// choice reads what the person wants taken over.
func (p *agencyPage) choice(v *visit) (desk.Choice, error) {
	c := desk.Choice{Sign: v.typed("sign"), Basis: v.typed("basis"), Old: p.Old, Item: p.Item, Rows: map[int]bool{}}
	var err error
	if c.Seen, err = strconv.Atoi(v.typed("seen")); err != nil {
		return c, newsroom.Refuse(newsroom.Invalid, "error.form_invalid")
	}
	switch v.typed("do") {
	case "nothing":
		return c, nil
	case "untouching":
		if !p.Untouching() { // the button was not there: somebody has followed meanwhile
			return c, newsroom.Refuse(newsroom.Conflict, "error.edit_conflict")
		}
		c.Headline, c.Standfirst, c.Rows = p.Safe.Headline, p.Safe.Standfirst, p.Safe.Rows
		return c, nil
	}
	c.Headline, c.Standfirst = v.typed("headline") != "", v.typed("standfirst") != ""
	for _, no := range v.r.PostForm["row"] {
		if n, err := strconv.Atoi(no); err == nil {
			c.Rows[n] = true
		}
	}
	return c, nil
}

// shows marks the choice on the page, when the page still shows what was chosen from.
func (p *agencyPage) shows(c desk.Choice) bool {
	if c.Seen != p.Story.Revision || c.Sign != p.Sign || c.Basis != p.Story.Basis {
		return false
	}
	for i := range p.Fields {
		p.Fields[i].Take = p.Fields[i].Name == "headline" && c.Headline || p.Fields[i].Name == "standfirst" && c.Standfirst
	}
	for i := range p.Rows {
		p.Rows[i].Take = c.Rows[i]
	}
	return true
}

// followAgency takes over what was chosen. A correction of what readers have
// leads to the note that tells them.
func (d *door) followAgency(v *visit) error {
	page, err := d.agencyPage(v)
	if err != nil {
		return err
	}
	choice, err := page.choice(v)
	if err == nil && page.shows(choice) && v.typed("do") == "preview" {
		result := choice.Apply(page.Story.Content)
		page.Result = &result
		return d.show(v, http.StatusOK, "agency.html", page)
	}
	var done desk.Done
	if err == nil {
		done, err = d.Desk.Follow(v.ctx(), v.person, page.Story.ID, choice)
	}
	if newsroom.KindOf(err) == newsroom.Conflict {
		page.Wrong = refusalSentence(v, err)
		return d.show(v, http.StatusConflict, "agency.html", page)
	}
	if err != nil {
		return err
	}
	if call := page.Item.Call; call.Open() && call.Why == newsroom.CallCorrected {
		if _, err := d.Taster.Answer(v.ctx(), v.person, page.Item.ID, page.Item.Sight(d.Now())); err != nil {
			return err
		}
	}
	at := "/stories/" + done.Story.ID.String()
	if page.Correction() && done.Story.Pending() {
		return v.see(at + "?opened=correct")
	}
	return d.leave(v, at, note{Kind: "followed"})
}

// correctionDraft is a first wording of the public note, from what the agency
// says of its last correction, for an editor to go on from.
func (d *door) correctionDraft(v *visit, c chrome, item newsroom.ItemID) (string, error) {
	revisions, err := d.Taster.Copy.ItemRevisions(v.ctx(), item)
	if err != nil {
		return "", err
	}
	if right := correctedIn(revisions); right != nil {
		for _, n := range right.EdNotes {
			if n.Text != "" {
				return n.Text, nil
			}
		}
	}
	return c.T("desk.agency.draft"), nil
}
