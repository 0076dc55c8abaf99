package mostread

import (
	"math"
	"sync"
)

// crowds knows how much each household, or each network, has read today. Few
// browsers of a household count for one story, and few readers of a network;
// but behind one address of a telephone company there are thousands of readers,
// and they read everything. So what one of them may give to a story grows with
// its part in the reads of the other stories, and never beyond three times that
// part in this one. Who reads only one story gains nothing.
//
// A household's browsers beyond that are refused. A network's readers beyond it
// are counted, but do not move the story up.
type crowds struct {
	base  uint64 // what always counts
	quiet uint64 // what counts while the day has too few reads to compare
	extra uint64 // reads that a story is taken to have besides

	mu    sync.Mutex // guards what follows
	day   string
	reads table
	site  uint64 // reads of the day, of all
}

const (
	// maxBrowsers is how many browsers of one household count for one story
	// and day. Households are known in memory alone, since that is not told by
	// story; after a restart an address is a household until it is seen to be a crowd.
	maxBrowsers = 4
	// maxNetwork is how many readers of a network rank one story on a day, if
	// it reads nothing else; a story then has at least networkExtra others.
	maxNetwork, networkExtra = 8, 30
	// crowdAfter is how many reads of a day tell somebody's part from chance.
	crowdAfter = 1000
	// crowdRoom is how many bits hold the number of somebody's reads.
	crowdRoom = 16
)

func newHomes() *crowds {
	return &crowds{base: maxBrowsers, quiet: maxBrowsers, reads: table{room: crowdRoom}}
}

// Networks are only compared on a day with reads: a small paper may be read in one office.
func newNetworks() *crowds {
	return &crowds{base: maxNetwork, quiet: math.MaxUint64, extra: networkExtra, reads: table{room: crowdRoom}}
}

// add notes a read of the day.
func (c *crowds) add(day string, who uint64) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if day > c.day {
		c.day, c.site = day, 0
		c.reads.forget()
	}
	if day < c.day {
		return
	}
	c.site++
	c.reads.bump(who)
}

// allow says whether one more read of a story counts that has had so many, so
// many of them from here.
func (c *crowds) allow(day string, who, story, here uint64) bool {
	if here < c.base {
		return true
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if day != c.day || c.site < crowdAfter {
		return here < c.quiet
	}
	all, _ := c.reads.number(who)
	if all < here || story < here {
		return false
	}
	return here < c.base+3*(all-here)*(story-here+c.extra)/c.site
}
