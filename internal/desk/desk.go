// Package desk is where stories are made: taken from the wire or begun, saved,
// submitted, approved, published, corrected, killed.
//
// Every verb asks first whether the person may, then applies one rule of the
// vocabulary to one story through [Store.Change]. Nothing else happens here:
// what follows from a change follows from its facts.
//
// Knows: stories, people's rights, the wire item a story came from. Never imports: the wire, the press, a database, the web.
package desk

import (
	"context"
	"fmt"
	"time"

	"github.com/rotatif/newsroom"
)

// Items is how the desk asks what has become of the wire item behind a story.
type Items interface {
	// Item gives the present item of the key; NotFound when there is none.
	Item(ctx context.Context, key newsroom.ItemKey) (newsroom.WireItem, error)

	// Summon calls a person to the item. A call that is open and at least as
	// pressing stands; to call twice is to call once.
	Summon(ctx context.Context, id newsroom.ItemID, why newsroom.CallWhy, reason string) error
}

// Desk is the room.
type Desk struct {
	Store    Store
	Items    Items
	Sections []Section // the paper's sections, the first being where an unsorted story goes
	Now      func() time.Time

	// KeepCopies leaves unchanged agency words before readers, held, when the
	// agency kills or recalls them, instead of taking them down at once.
	KeepCopies bool
}

// Section is a part of the paper. Subjects are the agencies' codes, as
// "scheme:code", that put a dispatch into it.
type Section struct {
	Slug     string
	Subjects []string
}

// Done is a changed story and the place of its last fact: what was done is
// before readers once the press has passed that place.
type Done struct {
	Story newsroom.Story
	Seq   newsroom.Seq
}

// change asks for the right, then applies the rule.
func (d *Desk) change(ctx context.Context, p newsroom.Person, a newsroom.Action, id newsroom.StoryID, rule func(newsroom.Story, newsroom.By) (newsroom.Story, []newsroom.Fact, error)) (Done, error) {
	if !p.May(a) {
		return Done{}, newsroom.Refuse(newsroom.Forbidden, "error.forbidden")
	}
	by := newsroom.By{Person: p.ID, At: d.Now()}
	story, seq, err := d.Store.Change(ctx, id, func(s newsroom.Story) (newsroom.Story, []newsroom.Fact, error) {
		return rule(s, by)
	})
	if err != nil {
		return Done{}, fmt.Errorf("desk: %s on story %d: %w", a, id, err)
	}
	return Done{Story: story, Seq: seq}, nil
}

// Story gives one story to read.
func (d *Desk) Story(ctx context.Context, p newsroom.Person, id newsroom.StoryID) (newsroom.Story, error) {
	if !p.May(newsroom.ReadStories) {
		return newsroom.Story{}, newsroom.Refuse(newsroom.Forbidden, "error.forbidden")
	}
	return d.Store.Story(ctx, id)
}

// Stories gives the list of stories.
func (d *Desk) Stories(ctx context.Context, p newsroom.Person, f Filter) ([]newsroom.Story, error) {
	if !p.May(newsroom.ReadStories) {
		return nil, newsroom.Refuse(newsroom.Forbidden, "error.forbidden")
	}
	return d.Store.Stories(ctx, f)
}

// Revisions gives every saved text of a story, newest first.
func (d *Desk) Revisions(ctx context.Context, p newsroom.Person, id newsroom.StoryID) ([]newsroom.Revision, error) {
	if !p.May(newsroom.ReadStories) {
		return nil, newsroom.Refuse(newsroom.Forbidden, "error.forbidden")
	}
	return d.Store.Revisions(ctx, id)
}
