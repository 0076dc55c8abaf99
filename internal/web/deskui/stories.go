package deskui

import (
	"net/http"
	"net/url"
	"slices"

	"github.com/rotatif/newsroom"
	"github.com/rotatif/newsroom/internal/desk"
	"github.com/rotatif/newsroom/internal/letters"
)

// storyRows is how many stories a list shows.
const storyRows = 80

// storiesPage is the list of stories; those that are held stand on top.
type storiesPage struct {
	chrome
	Filter storyFilter
	Held   []storyRow
	Rows   []storyRow
	More   string
}

// storyFilter is the part of the address that chooses stories.
type storyFilter struct {
	State, Section, Text string
	Mine                 bool
	Before               newsroom.StoryID
}

func storyFilterOf(q url.Values) storyFilter {
	f := storyFilter{Section: oneLine(q.Get("section")), Text: oneLine(q.Get("q")), Mine: q.Get("mine") == "1"}
	if slices.Contains(storyStates(), newsroom.State(q.Get("state"))) {
		f.State = q.Get("state")
	}
	if id, err := newsroom.ParseStoryID(q.Get("before")); err == nil {
		f.Before = id
	}
	return f
}

// storyStates are the states in the order of the way.
func storyStates() []newsroom.State {
	return []newsroom.State{
		newsroom.Draft, newsroom.InReview, newsroom.Approved, newsroom.Scheduled, newsroom.Embargoed,
		newsroom.Published, newsroom.Updated, newsroom.Corrected, newsroom.Unpublished, newsroom.Killed,
	}
}

// States lists the states to choose from.
func (p storiesPage) States() []newsroom.State { return storyStates() }

// Query is the filter as it stands in an address.
func (f storyFilter) Query() string {
	q := url.Values{}
	for name, value := range map[string]string{"state": f.State, "section": f.Section, "q": f.Text} {
		if value != "" {
			q.Set(name, value)
		}
	}
	if f.Mine {
		q.Set("mine", "1")
	}
	if f.Before != 0 {
		q.Set("before", f.Before.String())
	}
	if len(q) == 0 {
		return ""
	}
	return "?" + q.Encode()
}

// Any says whether anything is left out.
func (f storyFilter) Any() bool { return f.Query() != "" }

func (f storyFilter) store() desk.Filter {
	s := desk.Filter{Section: f.Section, Text: letters.Fold(f.Text), Before: f.Before, Limit: storyRows}
	if f.State != "" {
		s.States = []newsroom.State{newsroom.State(f.State)}
	}
	if f.Mine {
		s.Limit = 500 // the store does not know whose; enough to find one's own among them
	}
	return s
}

// storyRow is one line of the list.
type storyRow struct {
	chrome
	Story  newsroom.Story
	Editor string
}

// State is the story's state in a word and its shape.
func (r storyRow) State() mark { return stateMark(r.chrome, r.Story) }

func stateMark(c chrome, s newsroom.Story) mark {
	return mark{Shape: "s-" + string(s.State), Word: c.T("state." + string(s.State))}
}

// Headline is the line to show.
func (r storyRow) Headline() string {
	if r.Story.Content.Headline == "" {
		return r.T("desk.stories.untitled")
	}
	return r.Story.Content.Headline
}

func (d *door) stories(v *visit) error {
	page := storiesPage{chrome: d.chrome(v, "stories", "desk.stories.title"), Filter: storyFilterOf(v.r.URL.Query())}
	names, err := d.names(v)
	if err != nil {
		return err
	}
	rows := func(stories []newsroom.Story) []storyRow {
		out := []storyRow{}
		for _, s := range stories {
			if !page.Filter.Mine || s.Owner == v.person.ID || s.Editor == v.person.ID {
				out = append(out, storyRow{chrome: page.chrome, Story: s, Editor: names[s.Editor]})
			}
		}
		return out
	}
	held, err := d.Desk.Stories(v.ctx(), v.person, desk.Filter{Held: true, Limit: 100})
	if err != nil {
		return err
	}
	found, err := d.Desk.Stories(v.ctx(), v.person, page.Filter.store())
	if err != nil {
		return err
	}
	page.Held, page.Rows = rows(held), rows(slices.DeleteFunc(slices.Clone(found), func(s newsroom.Story) bool { return s.Held != "" }))
	if len(found) == page.Filter.store().Limit {
		older := page.Filter
		older.Before = found[len(found)-1].ID
		page.More = "/stories" + older.Query()
	}
	d.pickUp(v, &page.chrome)
	return d.show(v, http.StatusOK, "stories.html", page)
}

// names are the people of the house by their numbers.
func (d *door) names(v *visit) (map[newsroom.PersonID]string, error) {
	people, err := d.Staff.People(v.ctx())
	if err != nil {
		return nil, err
	}
	names := map[newsroom.PersonID]string{newsroom.House: v.words.T("desk.house")}
	for _, p := range people {
		names[p.ID] = p.Name
	}
	return names, nil
}
