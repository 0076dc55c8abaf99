package mostread

import (
	"cmp"
	"math"
	"slices"

	"github.com/rotatif/newsroom"
)

// patience is for how many rankings a story must have been ahead before it
// moves up without a clear lead.
const patience = 4

// standing is what ranking remembers of each list.
type standing map[place]memory

// memory is the last order, and for how many rankings a story has been ahead
// of one that stands above it.
type memory struct {
	order []newsroom.StoryID
	ahead map[pair]int
}

// pair is a story with more ranked reads and one above it with fewer.
type pair struct{ more, fewer newsroom.StoryID }

// settle turns an order by count into one that does not flicker: neighbours
// change places when the lead is clear, sqrt(a+b), or has lasted. It tells
// whether the order changed. No story stands above one with more reads for as
// many rankings as patience says.
func (s standing) settle(at place, entries []Entry) ([]Entry, bool) {
	was := s[at]
	fresh := make(map[newsroom.StoryID]Entry, len(entries))
	for _, e := range entries {
		fresh[e.Story] = e
	}
	order := make([]Entry, 0, len(entries))
	for _, id := range was.order {
		if e, still := fresh[id]; still {
			order = append(order, e)
			delete(fresh, id)
		}
	}
	for _, e := range entries {
		if _, isNew := fresh[e.Story]; isNew {
			order = append(order, e)
		}
	}
	ahead := rise(order, was.ahead)
	ids := make([]newsroom.StoryID, len(order))
	for i, e := range order {
		ids[i] = e.Story
	}
	s[at] = memory{ids, ahead}
	return order, !slices.Equal(ids, was.order)
}

// rise lets stories move up and gives the leads that have not decided yet.
// Nothing it does can turn a right pair into a wrong one.
func rise(order []Entry, was map[pair]int) map[pair]int {
	straighten(order, was)
	for i := range order {
		for j := i; j > 0 && leads(order[j].Ranked, order[j-1].Ranked); j-- {
			order[j-1], order[j] = order[j], order[j-1]
		}
	}
	ahead := map[pair]int{}
	for i, up := range order {
		for _, low := range order[i+1:] {
			if low.Ranked > up.Ranked {
				p := pair{low.Story, up.Story}
				ahead[p] = was[p] + 1
			}
		}
	}
	return ahead
}

// leads says whether so many reads are clearly more than the others.
func leads(more, fewer uint32) bool {
	return more > fewer && float64(more-fewer) >= math.Sqrt(float64(more)+float64(fewer))
}

// straighten puts in order of count whatever stands between two stories whose
// wrong order would otherwise have lasted too long.
func straighten(order []Entry, was map[pair]int) {
	for i := range order {
		for j := len(order) - 1; j > i; j-- {
			if order[j].Ranked <= order[i].Ranked || was[pair{order[j].Story, order[i].Story}]+1 < patience {
				continue
			}
			slices.SortStableFunc(order[i:j+1], func(a, b Entry) int { return cmp.Compare(b.Ranked, a.Ranked) })
			j = len(order) // another stands at i now
		}
	}
}
