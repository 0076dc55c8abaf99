package edition

import (
	"context"
	"time"

	"github.com/rotatif/newsroom"
)

// Number counts editions: every print that changed something is the next one.
type Number int64

// Sheet is one print: all that a run of facts changes, and how far it got.
type Sheet struct {
	Upto     newsroom.Seq
	At       time.Time
	Articles []newsroom.Article
	Gone     []Tombstone
	Front    *newsroom.Front
}

// Blank says whether the sheet changes nothing before readers.
func (s Sheet) Blank() bool { return len(s.Articles) == 0 && len(s.Gone) == 0 && s.Front == nil }

// Tombstone remembers that there was a story and is none any more.
type Tombstone struct {
	ID newsroom.StoryID
	At time.Time
}

// Plate is where the press prints. Only the press has one.
type Plate interface {
	// Place is how far the edition has followed the journal.
	Place(ctx context.Context) (newsroom.Seq, error)

	// Print commits the sheet and the place in one durable transaction and
	// gives the number of the edition that readers now have. A sheet whose
	// Upto is not after the present place changes nothing. A blank sheet moves
	// the place without making a new edition.
	Print(ctx context.Context, sheet Sheet) (Number, error)
}

// Card is a story in a list: what is needed to show and link it.
type Card struct {
	ID         newsroom.StoryID
	Section    string
	Language   string
	Headline   string
	Standfirst string
	First      time.Time
	Changed    time.Time
}

// Choice chooses cards, newest first publication first (id breaks ties).
type Choice struct {
	IDs     []newsroom.StoryID // exactly these, in this order, missing ones left out
	Section string
	After   time.Time // first published after this
	Before  time.Time // first published strictly before this (page on), zero: no bound
	Limit   int       // default 30, at most 1000 (50,000 for sitemaps)
}

// Store is the edition as the public side reads it. Opened read-only. All
// methods may be called concurrently.
type Store interface {
	// Number is the present edition.
	Number(ctx context.Context) (Number, error)

	// Article gives a story; Gone when it was taken down, NotFound when it is
	// not in the edition.
	Article(ctx context.Context, id newsroom.StoryID) (newsroom.Article, error)

	// Articles gives whole stories, chosen as cards are (for feeds).
	Articles(ctx context.Context, c Choice) ([]newsroom.Article, error)

	// Cards gives stories for lists.
	Cards(ctx context.Context, c Choice) ([]Card, error)

	// Front gives the chief editor's slots.
	Front(ctx context.Context) (newsroom.Front, error)
}
