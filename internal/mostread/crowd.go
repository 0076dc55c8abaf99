package mostread

import "sync"

// crowds knows how much each household has read today. A household counts with
// few browsers for one story; but behind one address of a telephone company
// there are thousands of readers, and they read everything. So what an address
// may give a story grows with its part in the reads of the other stories, and
// never beyond three times that part in this one. Who reads only one story gains
// nothing. This is kept in memory alone, since it is not told by story; after a
// restart an address is a household until it has been seen to be a crowd.
type crowds struct {
	mu    sync.Mutex // guards what follows
	day   string
	homes table
	site  uint64 // reads of the day, of all
}

const (
	// maxBrowsers is how many browsers of one household count for one story and day.
	maxBrowsers = 4
	// maxCrowd is the same for the greatest crowd; it fits into homeRoom bits.
	maxCrowd = 250
	// crowdAfter is how many reads of a day tell a crowd's part from chance.
	crowdAfter = 1000
	// crowdRoom is how many bits hold the number of an address's reads.
	crowdRoom = 16
)

func newCrowds() *crowds { return &crowds{homes: table{room: crowdRoom}} }

// add notes a read of the day by a household.
func (c *crowds) add(day string, home uint64) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if day > c.day {
		c.day, c.site = day, 0
		c.homes.forget()
	}
	if day < c.day {
		return
	}
	c.site++
	if n, _ := c.homes.number(home); n < 1<<crowdRoom-1 {
		c.homes.put(home, n+1)
	}
}

// browsers is how many browsers of a household count for a story that has had
// so many reads, so many of them by this household.
func (c *crowds) browsers(day string, home, reads, here uint64) uint64 {
	c.mu.Lock()
	defer c.mu.Unlock()
	if day != c.day || c.site < crowdAfter {
		return maxBrowsers
	}
	all, _ := c.homes.number(home)
	if all <= here || reads <= here {
		return maxBrowsers
	}
	return min(maxBrowsers+3*(all-here)*(reads-here)/c.site, maxCrowd)
}
