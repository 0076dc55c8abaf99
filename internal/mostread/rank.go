package mostread

import (
	"cmp"
	"slices"
	"time"

	"github.com/rotatif/newsroom"
)

// Entry is a story's place in a list: how many readers it had, and how many of
// them rank it, which is fewer when one network has read it out of proportion.
type Entry struct {
	Story  newsroom.StoryID
	Reads  uint32
	Ranked uint32
}

// Lists are the rankings of one moment; never changed once swapped in. Version
// grows whenever the order of any list has changed. Through is the time of the
// newest read that is counted in it.
type Lists struct {
	Version uint64
	At      time.Time
	Through time.Time
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

// List is the ranking of a window; section "" is the whole paper. Not to be changed.
func (l *Lists) List(w Window, section string) []Entry { return l.lists[place{w, section}] }

// keep is how many places a list has: more than is shown, so that a page can
// pass over what is no longer public.
const keep = 50

// Lists gives the present rankings.
func (c *Counter) Lists() *Lists { return c.lists.Load() }

// Rank computes all lists and swaps them in. One caller at a time.
func (c *Counter) Rank() {
	now := c.now()
	before := c.lists.Load()
	next := &Lists{
		Version: before.Version, At: now, Through: before.Through,
		lists: map[place][]Entry{}, ids: map[place][]newsroom.StoryID{},
	}
	if newest := c.tally.newest.Load(); newest != 0 {
		next.Through = time.UnixMicro(newest).UTC()
	}
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

// candidate is a public story with what ranks it; published is in microseconds.
type candidate struct {
	tallied
	published int64
}

// compare orders stories by the i-th window, then by the next shorter one, then
// the newer first, then by number: no two are equal, so that all agree.
func compare(x, y candidate, i int) int {
	if x.ranked[i] != y.ranked[i] {
		return cmp.Compare(y.ranked[i], x.ranked[i])
	}
	shorter := max(i-1, 0)
	return cmp.Or(cmp.Compare(y.ranked[shorter], x.ranked[shorter]),
		cmp.Compare(y.published, x.published), cmp.Compare(y.story, x.story))
}

// best keeps the first stories of a list without putting all others in order.
type best struct {
	kept  []candidate
	full  bool // kept begins with keep stories in order; what is behind the last of them need not come
	total uint64
}

func (b *best) offer(r candidate, i int) {
	b.total += uint64(r.ranked[i])
	if b.full && compare(b.kept[keep-1], r, i) < 0 {
		return
	}
	b.kept = append(b.kept, r)
	if len(b.kept) == 4*keep {
		b.cut(i)
	}
}

func (b *best) cut(i int) {
	slices.SortFunc(b.kept, func(x, y candidate) int { return compare(x, y, i) })
	if len(b.kept) >= keep {
		b.kept, b.full = b.kept[:keep], true
	}
}

// candidates gives the best of each list by count alone. A list has only
// stories with enough readers, of all and of the list's, and is short if need be.
func (c *Counter) candidates(now time.Time) map[place][]Entry {
	paper, sections := &[3]best{}, map[string]*[3]best{}
	for _, t := range c.tally.tallied(now, c.options.Support) {
		section, published, ok := c.shelf.Live(t.story)
		if !ok {
			continue
		}
		if sections[section] == nil {
			sections[section] = &[3]best{}
		}
		lists, r := sections[section], candidate{t, published.UnixMicro()}
		for i, window := range Windows() {
			if r.ranked[i] >= c.options.Support && (window == Week || now.Sub(published) <= c.options.MaxAge) {
				paper[i].offer(r, i)
				lists[i].offer(r, i)
			}
		}
	}
	sections[""] = paper // a story of no section is in the paper's lists alone
	out := map[place][]Entry{}
	for section, lists := range sections {
		for i, window := range Windows() {
			if len(lists[i].kept) > 0 {
				out[place{window, section}] = lists[i].entries(i, c.options.PerMille)
			}
		}
	}
	return out
}

// entries ends the list where stories have less than their part of its reads.
func (b *best) entries(i int, perMille uint32) []Entry {
	b.cut(i)
	entries := make([]Entry, 0, len(b.kept))
	for _, r := range b.kept {
		if 1000*uint64(r.ranked[i]) >= uint64(perMille)*b.total {
			entries = append(entries, Entry{r.story, r.reads[i], r.ranked[i]})
		}
	}
	return entries
}
