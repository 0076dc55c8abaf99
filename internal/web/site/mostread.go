package site

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/rotatif/newsroom"
	"github.com/rotatif/newsroom/internal/edition"
)

// mostShown is how many headlines the most-read box has.
const mostShown = 10

// box is the most-read list of a page. When readers have made too few of it,
// the newest stories follow under their own, honest heading, so that the box
// always has its ten headlines while the edition has them.
type box struct {
	Window string // catalogue key of the window's name
	Most   []card
	Newest []card
}

// window is a span of the ranking and the key of its name.
type window struct {
	span time.Duration
	key  string
}

// most makes the box: the shortest window that fills it, else the fullest.
// Stories that the edition does not have any more are left out here, at the
// edition's own moment, whatever the ranking still says. The page's own story
// is not offered as news to its reader, but keeps its place among the most read.
func (s *Site) most(ctx context.Context, i issue, own newsroom.StoryID) (box, error) {
	var best []edition.Card
	key := ""
	for _, w := range []window{{time.Hour, "site.window_hour"}, {24 * time.Hour, "site.window_day"}, {7 * 24 * time.Hour, "site.window_week"}} {
		ids, _ := s.MostRead.List(w.span)
		ids = ids[:min(len(ids), 3*mostShown)]
		if len(ids) <= len(best) {
			continue
		}
		cards, err := s.Store.Cards(ctx, edition.Choice{IDs: ids, Limit: len(ids)})
		if err != nil {
			return box{}, fmt.Errorf("site: most read: %w", err)
		}
		if len(cards) > len(best) {
			best, key = cards, w.key
		}
		if len(best) >= mostShown {
			break
		}
	}
	best = best[:min(len(best), mostShown)]
	return box{Window: key, Most: s.cards(best, i), Newest: s.cards(fill(best, i.newest, own), i)}, nil
}

// fill gives the newest stories that are not in the list, as many as it lacks.
func fill(list, newest []edition.Card, own newsroom.StoryID) []edition.Card {
	rest := slices.DeleteFunc(slices.Clone(newest), func(c edition.Card) bool {
		return c.ID == own || slices.ContainsFunc(list, func(l edition.Card) bool { return l.ID == c.ID })
	})
	return rest[:min(len(rest), mostShown-len(list))]
}
