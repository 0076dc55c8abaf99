package app

import (
	"context"
	"sync"
	"time"

	"github.com/rotatif/newsroom"
	"github.com/rotatif/newsroom/internal/edition"
	"github.com/rotatif/newsroom/internal/mostread"
	"github.com/rotatif/newsroom/internal/wire"
)

// items lets the desk ask for the wire item behind a story.
type items struct {
	store wire.Store
	now   func() time.Time
}

// Item implements desk.Items.
func (i items) Item(ctx context.Context, key newsroom.ItemKey) (newsroom.WireItem, error) {
	found, err := i.store.Items(ctx, wire.Filter{Key: key, At: i.now(), Limit: 1})
	if err != nil {
		return newsroom.WireItem{}, err
	}
	if len(found) == 0 {
		return newsroom.WireItem{}, newsroom.Refuse(newsroom.NotFound, "error.not_found")
	}
	return found[0], nil
}

// shelf tells the counter what is public. It remembers the answers of one edition.
type shelf struct {
	store  edition.Store
	number func() edition.Number

	mu    sync.Mutex
	of    edition.Number
	known map[newsroom.StoryID]placed
}

type placed struct {
	section   string
	published time.Time
	ok        bool
}

// maxShelf bounds what is remembered; a flood of unknown ids starts it anew.
const maxShelf = 200_000

func newShelf(store edition.Store, number func() edition.Number) *shelf {
	return &shelf{store: store, number: number, known: map[newsroom.StoryID]placed{}}
}

// Live implements mostread.Shelf.
func (s *shelf) Live(id newsroom.StoryID) (string, time.Time, bool) {
	number := s.number()
	s.mu.Lock()
	if s.of != number || len(s.known) >= maxShelf {
		s.of = number
		clear(s.known)
	}
	p, ok := s.known[id]
	s.mu.Unlock()
	if ok {
		return p.section, p.published, p.ok
	}
	cards, err := s.store.Cards(context.Background(), edition.Choice{IDs: []newsroom.StoryID{id}})
	if err != nil {
		return "", time.Time{}, false
	}
	if len(cards) == 1 {
		p = placed{cards[0].Section, cards[0].First, true}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.of == number {
		s.known[id] = p
	}
	return p.section, p.published, p.ok
}

// ranking is the most-read list as the site wants it.
type ranking struct{ counter *mostread.Counter }

// List implements site.MostRead.
func (r ranking) List(span time.Duration) ([]newsroom.StoryID, uint64) {
	window := mostread.Week
	switch {
	case span <= time.Hour:
		window = mostread.Hour
	case span <= 24*time.Hour:
		window = mostread.Day
	}
	lists := r.counter.Lists()
	return lists.Stories(window, ""), lists.Version
}
