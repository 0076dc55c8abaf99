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
	copy  wire.Copy
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

// Summon implements desk.Items.
func (i items) Summon(ctx context.Context, id newsroom.ItemID, why newsroom.CallWhy, reason string) error {
	by := newsroom.By{Person: newsroom.House, At: i.now()}
	_, _, err := i.copy.ChangeItem(ctx, id, func(w newsroom.WireItem) (newsroom.WireItem, []newsroom.Fact, error) {
		return w.Summon(why, 0, reason, by)
	})
	return err
}

// shelf tells the counter what is public. It knows the stories of the last
// days by heart, anew for every edition, and looks older ones up.
type shelf struct {
	store  edition.Store
	number func() edition.Number
	now    func() time.Time

	mu    sync.Mutex
	read  bool           // something is known
	of    edition.Number // what is known is of this edition
	known map[newsroom.StoryID]placed
}

type placed struct {
	section   string
	published time.Time
	ok        bool
}

// maxShelf bounds what is remembered; a flood of unknown ids starts it anew.
const maxShelf = 200_000

// fresh is how long a story is known by heart: longer than any window of reads.
const fresh = 8 * 24 * time.Hour

func newShelf(store edition.Store, number func() edition.Number, now func() time.Time) *shelf {
	return &shelf{store: store, number: number, now: now, known: map[newsroom.StoryID]placed{}}
}

// Live implements mostread.Shelf.
func (s *shelf) Live(id newsroom.StoryID) (string, time.Time, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.learn()
	p, ok := s.known[id]
	if !ok {
		p = s.lookUp(id)
	}
	return p.section, p.published, p.ok
}

// learn reads the recent stories of a new edition. When it cannot, the old
// knowledge serves on.
func (s *shelf) learn() {
	number := s.number()
	if s.read && s.of == number && len(s.known) < maxShelf {
		return
	}
	cards, err := s.store.Cards(context.Background(), edition.Choice{After: s.now().Add(-fresh), Limit: maxShelf})
	if err != nil {
		return
	}
	clear(s.known)
	for _, c := range cards {
		s.known[c.ID] = placed{c.Section, c.First, true}
	}
	s.read, s.of = true, number
}

func (s *shelf) lookUp(id newsroom.StoryID) placed {
	var p placed
	cards, err := s.store.Cards(context.Background(), edition.Choice{IDs: []newsroom.StoryID{id}})
	if err != nil {
		return p
	}
	if len(cards) == 1 {
		p = placed{cards[0].Section, cards[0].First, true}
	}
	s.known[id] = p
	return p
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
