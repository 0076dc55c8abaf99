package mostread

import (
	"fmt"
	"testing"
	"time"

	"github.com/rotatif/newsroom"
)

// everything is a shelf on which every story is public.
type everything struct{}

func (everything) Live(id newsroom.StoryID) (string, time.Time, bool) {
	return fmt.Sprint("section", id%20), time.Unix(1_795_000_000, 0), true
}

// spread gives record n of a site whose k-th story is read as 1/k of the first.
func spread(n int, stories uint64) Record {
	x := uint64(n+1) * mixer
	story := stories % (x>>40%stories + 1)
	return Record{At: time.UnixMicro(1_795_000_000_000_000 + int64(n)*1000), Story: newsroom.StoryID(story + 1), Reader: x, Home: uint32(x >> 20)}
}

func BenchmarkFold(b *testing.B) {
	t := newTally(time.UTC)
	for n := range b.N {
		t.fold(spread(n, 10_000))
	}
}

func BenchmarkRank(b *testing.B) {
	for _, stories := range []int{1_000, 10_000, 100_000} {
		b.Run(fmt.Sprint(stories, " stories"), func(b *testing.B) {
			now := time.Unix(1_795_000_000, 0)
			c := &Counter{shelf: everything{}, now: func() time.Time { return now }, options: Options{}.filled(), tally: newTally(time.UTC), order: standing{}}
			c.lists.Store(&Lists{})
			for n := range 20 * stories {
				r := spread(n, uint64(stories))
				r.At, r.Story = now.Add(-time.Duration(n%5000)*time.Second), newsroom.StoryID(n%stories+1)
				c.tally.fold(r)
			}
			b.ResetTimer()
			for range b.N {
				c.Rank()
			}
		})
	}
}
