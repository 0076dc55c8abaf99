package deskui

import (
	"errors"
	"net/http"

	"github.com/rotatif/newsroom"
	"github.com/rotatif/newsroom/internal/wire"
)

// storyPage is the editor: the text as a form, what may be done with it, and
// the dispatch it came from.
type storyPage struct {
	chrome
	Story  newsroom.Story
	Form   storyForm
	Names  map[newsroom.PersonID]string
	Origin *dispatchView
	Opened string // the part of the actions that is to stand open
}

// State is the story's state in a word and its shape.
func (p storyPage) State() mark { return stateMark(p.chrome, p.Story) }

// Is says whether the story is in one of the states.
func (p storyPage) Is(states ...string) bool {
	for _, s := range states {
		if string(p.Story.State) == s {
			return true
		}
	}
	return false
}

// Writable says whether this person may change the text.
func (p storyPage) Writable() bool { return writable(p.Person, p.Story) }

func writable(p newsroom.Person, s newsroom.Story) bool {
	return s.State != newsroom.Killed && p.May(newsroom.WriteStory) && (s.ID == 0 || s.Owner == p.ID || p.May(newsroom.ApproveStory))
}

// Fresh says whether the story is still to be begun.
func (p storyPage) Fresh() bool { return p.Story.ID == 0 }

// Beginning says whether one comes to the page to write, so that the focus belongs
// into the text.
func (p storyPage) Beginning() bool { return p.Fresh() || p.Note != nil && p.Note.Kind == "taken" }

// Embargo says until when it may not be published.
func (p storyPage) Embargo() string { return embargoSentence(p.chrome, p.Story.Embargo) }

// Embargoed says whether an embargo stands now.
func (p storyPage) Embargoed() bool { return p.Story.Embargo.Holds(p.now) }

// Publishable says whether the one button that publishes belongs here.
func (p storyPage) Publishable() bool {
	s := p.Story
	return p.May(string(newsroom.PublishStory)) && s.ID != 0 && s.Held == "" && !p.Embargoed() && s.State != newsroom.Killed
}

// Schedulable says whether the clock may be asked to publish it.
func (p storyPage) Schedulable() bool {
	s := p.Story
	return p.May(string(newsroom.PublishStory)) && s.ID != 0 && s.Held == "" && s.Embargo.State != newsroom.EmbargoUnknown &&
		p.Is("draft", "in_review", "approved", "unpublished")
}

// Live says whether readers have the story.
func (p storyPage) Live() bool { return p.Story.State.Public() }

// TakenBy says who made the story of the agency's copy, and when.
func (p storyPage) TakenBy() string { return takenBy(p.chrome, p.Names, p.Story) }

// KillWord is what must be typed to kill.
func (p storyPage) KillWord() string { return p.T("desk.kill.word") }

// Held is why nothing may be published.
func (p storyPage) Held() string { return p.T(p.Story.Held) }

func (d *door) newStory(v *visit) error {
	page := storyPage{chrome: d.chrome(v, "stories", "desk.story.new")}
	page.Form = storyForm{Language: d.Catalog.Languages()[0], Byline: v.person.Name}
	if len(d.Sections) > 0 {
		page.Form.Section = d.Sections[0].Slug
	}
	return d.show(v, http.StatusOK, "story.html", page)
}

func (d *door) begin(v *visit) error {
	form, err := readStory(v)
	if err == nil {
		err = d.checkForm(form)
	}
	if err == nil {
		done, beginErr := d.Desk.Begin(v.ctx(), v.person, form.content(newsroom.Content{}))
		if err = beginErr; err == nil {
			return d.leave(v, "/stories/"+done.Story.ID.String(), note{Kind: "begun"})
		}
	}
	page := storyPage{chrome: d.chrome(v, "stories", "desk.story.new"), Form: form}
	return d.again(v, err, "story.html", &page.chrome, &page)
}

// load gives the story of the address.
func (d *door) load(v *visit) (newsroom.Story, error) {
	id, err := newsroom.ParseStoryID(v.r.PathValue("id"))
	if err != nil {
		return newsroom.Story{}, err
	}
	return d.Desk.Story(v.ctx(), v.person, id)
}

func (d *door) story(v *visit) error {
	story, err := d.load(v)
	if err != nil {
		return err
	}
	page, err := d.editor(v, story, formOf(story))
	if err != nil {
		return err
	}
	if v.r.URL.Query().Get("opened") == "correct" && page.Origin != nil {
		page.Opened = "correct"
		if page.Form.Correction, err = d.correctionDraft(v, page.chrome, page.Origin.Item.ID); err != nil {
			return err
		}
	}
	d.pickUp(v, &page.chrome)
	return d.show(v, http.StatusOK, "story.html", page)
}

// Behind says whether the agency has sent another text since.
func (p storyPage) Behind() bool { return p.Origin != nil && p.Story.Behind(p.Origin.Item) }

// editor makes the page around a form.
func (d *door) editor(v *visit, story newsroom.Story, form storyForm) (*storyPage, error) {
	page := &storyPage{chrome: d.chrome(v, "stories", "desk.stories.untitled"), Story: story, Form: form}
	if story.Content.Headline != "" {
		page.Title = story.Content.Headline
	}
	var err error
	if page.Names, err = d.names(v); err != nil {
		return nil, err
	}
	if story.Origin == (newsroom.ItemKey{}) || !v.person.May(newsroom.ReadWire) {
		return page, nil
	}
	items, err := d.Wire.Items(v.ctx(), wire.Filter{Key: story.Origin, At: d.Now(), Limit: 1})
	if err != nil || len(items) == 0 {
		return page, err
	}
	page.Origin, err = d.dispatch(v, page.chrome, items[0])
	return page, err
}

// refused shows the editor again with what was typed and what stood in the way.
func (d *door) refused(v *visit, story newsroom.Story, form storyForm, opened string, err error) error {
	var refusal *newsroom.Error
	if errors.As(err, &refusal) && refusal.Key == "error.edit_conflict" {
		return d.conflict(v, story.ID, form)
	}
	page, pageErr := d.editor(v, story, form)
	if pageErr != nil {
		return pageErr
	}
	page.Opened = opened
	return d.again(v, err, "story.html", &page.chrome, page)
}

// conflictPage shows two texts written over the same revision.
type conflictPage struct {
	chrome
	Story  newsroom.Story
	Form   storyForm // mine, ready to be saved over theirs
	Editor string
	Fields []fieldDiff
}

// fieldDiff is one field in which two texts differ.
type fieldDiff struct {
	Name    string
	Changes []change
}

// conflict answers who wrote over an older revision. Nothing is lost: both
// texts are on the page, and either can be made the next revision.
func (d *door) conflict(v *visit, id newsroom.StoryID, form storyForm) error {
	story, err := d.Desk.Story(v.ctx(), v.person, id)
	if err != nil {
		return err
	}
	names, err := d.names(v)
	if err != nil {
		return err
	}
	page := conflictPage{chrome: d.chrome(v, "stories", "desk.conflict.title"), Story: story, Form: form, Editor: names[story.Editor]}
	page.Fields = diffForms(page.chrome, formOf(story), form)
	page.Form.Seen, page.Form.Head = story.Revision, story.Head
	return d.show(v, http.StatusConflict, "conflict.html", page)
}

// proofPage is the story as readers would see it.
type proofPage struct {
	chrome
	Story newsroom.Story
}

func (d *door) proof(v *visit) error {
	story, err := d.load(v)
	if err != nil {
		return err
	}
	page := proofPage{chrome: d.chrome(v, "stories", "desk.proof.title"), Story: story}
	return d.show(v, http.StatusOK, "proof.html", page)
}
