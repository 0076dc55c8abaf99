package desk

import (
	"context"
	"time"

	"github.com/rotatif/newsroom"
)

// Filter chooses stories for the list, last saved first. Zero fields do not filter.
type Filter struct {
	States   []newsroom.State
	Section  string
	Origin   newsroom.ItemKey
	Pictures []string  // that have, or had, a picture with any of these marks; see [newsroom.PictureRef.Marks]
	Text     string    // folded by letters.Fold; every word must occur in the headline or text
	DueBy    time.Time // waiting stories whose release is not after this
	Held     bool      // only those that are held
	Before   newsroom.StoryID
	Limit    int // default 50, at most 500
}

// Change is a rule applied to a story: pure, because a conflict runs it again.
type Change func(newsroom.Story) (newsroom.Story, []newsroom.Fact, error)

// Store keeps the stories. All methods may be called concurrently.
type Store interface {
	// Change reads the story, applies the rule, and saves the story, its new
	// revision if it has one, and the facts in one durable transaction. With
	// id 0 a new story is made: the rule is given a zero Story with a fresh
	// ID. When the rule returns no facts nothing is saved. An error of the
	// rule is returned as it is. A second story of one wire item, while the
	// first is not killed or unpublished, is a Conflict "error.item_taken".
	Change(ctx context.Context, id newsroom.StoryID, rule Change) (newsroom.Story, newsroom.Seq, error)

	// Story gives one story; NotFound when there is none.
	Story(ctx context.Context, id newsroom.StoryID) (newsroom.Story, error)

	// Stories gives stories for the list.
	Stories(ctx context.Context, f Filter) ([]newsroom.Story, error)

	// Revisions gives every revision of a story, newest first.
	Revisions(ctx context.Context, id newsroom.StoryID) ([]newsroom.Revision, error)
}
