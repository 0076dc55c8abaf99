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

// pair is a story with more reads and one above it with fewer.
type pair struct{ more, fewer newsroom.StoryID }

// settle turns an order by count into one that does not flicker: neighbours
// change places when the lead is clear, sqrt(a+b), or has lasted. It tells
// whether the order changed. No story stands above one with more reads for as
// many rankings as patience says.
func (s standing) settle(at place, entries []Entry) ([]Entry, bool) {
	was := s[at]
	reads := make(map[newsroom.StoryID]uint32, len(entries))
	for _, e := range entries {
		reads[e.Story] = e.Reads
	}
	order := make([]newsroom.StoryID, 0, len(entries))
	for _, id := range was.order {
		if _, still := reads[id]; still {
			order = append(order, id)
		}
	}
	old := len(order)
	for _, e := range entries {
		if !slices.Contains(order[:old], e.Story) {
			order = append(order, e.Story)
		}
	}
	s[at] = memory{order, rise(order, reads, was.ahead)}
	out := make([]Entry, len(order))
	for i, id := range order {
		out[i] = Entry{id, reads[id]}
	}
	return out, !slices.Equal(order, was.order)
}

// rise lets stories move up and gives the leads that have not decided yet.
// Nothing it does can turn a right pair into a wrong one.
func rise(order []newsroom.StoryID, reads map[newsroom.StoryID]uint32, was map[pair]int) map[pair]int {
	straighten(order, reads, was)
	for i := range order {
		for j := i; j > 0 && leads(reads[order[j]], reads[order[j-1]]); j-- {
			order[j-1], order[j] = order[j], order[j-1]
		}
	}
	ahead := map[pair]int{}
	for i, fewer := range order {
		for _, more := range order[i+1:] {
			if reads[more] > reads[fewer] {
				ahead[pair{more, fewer}] = was[pair{more, fewer}] + 1
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
func straighten(order []newsroom.StoryID, reads map[newsroom.StoryID]uint32, was map[pair]int) {
	for i := range order {
		for j := len(order) - 1; j > i; j-- {
			if reads[order[j]] <= reads[order[i]] || was[pair{order[j], order[i]}]+1 < patience {
				continue
			}
			slices.SortStableFunc(order[i:j+1], func(a, b newsroom.StoryID) int { return cmp.Compare(reads[b], reads[a]) })
			j = len(order) // another stands at i now
		}
	}
}
