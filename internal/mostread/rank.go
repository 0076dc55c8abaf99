package mostread

import (
	"math"
	"sort"
	"time"

	"github.com/rotatif/newsroom"
)

// Entry is a story's place in a list.
type Entry struct {
	Story newsroom.StoryID
	Reads uint32
}

// Lists are the rankings of one moment; never changed once swapped in. Version
// grows whenever the order of any list has changed.
type Lists struct {
	Version uint64
	At      time.Time
	lists   map[place][]Entry
	ids     map[place][]newsroom.StoryID
}

type place struct {
	window  Window
	section string
}

// Stories is the order of [Lists.List] alone, for pages that look at it with
// every request. Not to be changed.
func (l *Lists) Stories(w Window, section string) []newsroom.StoryID { return l.ids[place{w, section}] }

// List is the ranking of a window; section "" is the whole paper.
func (l *Lists) List(w Window, section string) []Entry { return l.lists[place{w, section}] }

// keep is how many places a list has: more than is shown, so that a page can
// pass over what is no longer public.
const keep = 50

// patience is for how many rankings a story must have been ahead before it
// moves up without a clear lead.
const patience = 4

// standing is what ranking remembers: the last order, and for how long a story
// has been ahead of the one above it.
type standing map[place]memory

type memory struct {
	order []newsroom.StoryID
	ahead map[[2]newsroom.StoryID]int
}

// Lists gives the present rankings.
func (c *Counter) Lists() *Lists { return c.lists.Load() }

// Rank computes all lists and swaps them in. One caller at a time.
func (c *Counter) Rank() {
	now := c.now()
	before := c.lists.Load()
	next := &Lists{Version: before.Version, At: now, lists: map[place][]Entry{}, ids: map[place][]newsroom.StoryID{}}
	changed := false
	for at, entries := range c.candidates(now) {
		ordered, moved := c.order.settle(at, entries)
		next.lists[at], next.ids[at] = ordered, c.order[at].order
		changed = changed || moved
	}
	for at := range before.lists {
		if _, still := next.lists[at]; !still {
			delete(c.order, at)
			changed = true
		}
	}
	if changed {
		next.Version++
	}
	c.lists.Store(next)
}

// candidates gives the best of each list by count alone.
func (c *Counter) candidates(now time.Time) map[place][]Entry {
	type live struct {
		count
		section   string
		published time.Time
	}
	public := []live{}
	for _, n := range c.tally.counts(now) {
		if section, published, ok := c.shelf.Live(n.story); ok {
			public = append(public, live{n, section, published})
		}
	}
	lists := map[place][]Entry{}
	for i, window := range Windows() {
		sort.Slice(public, func(a, b int) bool {
			x, y := public[a], public[b]
			switch {
			case x.reads[i] != y.reads[i]:
				return x.reads[i] > y.reads[i]
			case i > 0 && x.reads[i-1] != y.reads[i-1]:
				return x.reads[i-1] > y.reads[i-1]
			case !x.published.Equal(y.published):
				return x.published.After(y.published)
			default:
				return x.story > y.story
			}
		})
		for _, s := range public {
			if s.reads[i] < c.options.Support || window != Week && now.Sub(s.published) > c.options.MaxAge {
				continue
			}
			for _, at := range []place{{window, ""}, {window, s.section}} {
				if len(lists[at]) < keep {
					lists[at] = append(lists[at], Entry{s.story, s.reads[i]})
				}
			}
		}
	}
	return lists
}

// settle turns an order by count into one that does not flicker: neighbours
// change places when the lead is clear, sqrt(a+b), or has lasted. It tells
// whether the order changed.
func (s standing) settle(at place, entries []Entry) ([]Entry, bool) {
	was := s[at]
	reads := map[newsroom.StoryID]uint32{}
	for _, e := range entries {
		reads[e.Story] = e.Reads
	}
	order := []newsroom.StoryID{}
	placed := map[newsroom.StoryID]bool{}
	for _, id := range was.order {
		if _, still := reads[id]; still {
			order, placed[id] = append(order, id), true
		}
	}
	for _, e := range entries {
		if !placed[e.Story] {
			order = append(order, e.Story)
		}
	}
	ahead := swap(order, reads, was.ahead)
	s[at] = memory{order, ahead}
	out := make([]Entry, len(order))
	for i, id := range order {
		out[i] = Entry{id, reads[id]}
	}
	return out, !equal(order, was.order)
}

// swap lets stories rise and gives the leads that have not decided yet.
func swap(order []newsroom.StoryID, reads map[newsroom.StoryID]uint32, was map[[2]newsroom.StoryID]int) map[[2]newsroom.StoryID]int {
	ahead := map[[2]newsroom.StoryID]int{}
	for i := 1; i < len(order); i++ {
		for j := i; j > 0; j-- {
			up, low := float64(reads[order[j-1]]), float64(reads[order[j]])
			if low <= up {
				break
			}
			pair := [2]newsroom.StoryID{order[j], order[j-1]}
			if low-up < math.Sqrt(low+up) && was[pair]+1 < patience {
				ahead[pair] = was[pair] + 1
				break
			}
			order[j-1], order[j] = order[j], order[j-1]
		}
	}
	return ahead
}

func equal(a, b []newsroom.StoryID) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i] != b[i] {
			return false
		}
	}
	return true
}
