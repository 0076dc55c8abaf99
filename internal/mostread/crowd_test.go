package mostread

import (
	"fmt"
	"math"
	"math/rand/v2"
	"net/netip"
	"testing"
	"time"

	"github.com/rotatif/newsroom"
)

// town is a site with readers at home and readers behind the few addresses of a
// telephone company.
type town struct {
	tally *tally
	keys  keys
	dice  *rand.Rand
	at    time.Time
	seen  map[uint64]bool
	truth map[newsroom.StoryID]int // distinct (address, browser) that read it
}

func newTown(t *testing.T) *town {
	return &town{
		tally: newTally(istanbul(t)), keys: keysOf([16]byte{7}), dice: rand.New(rand.NewPCG(1, 2)),
		at: time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC), seen: map[uint64]bool{}, truth: map[newsroom.StoryID]int{},
	}
}

// read says whether the read was counted.
func (w *town) read(story newsroom.StoryID, addr netip.Addr, agent string) bool {
	w.at = w.at.Add(time.Millisecond)
	r := w.keys.record(Visit{Story: story, Addr: addr, Agent: agent, At: w.at})
	if !w.seen[r.Reader] {
		w.seen[r.Reader] = true
		w.truth[story]++
	}
	f, verdict := w.tally.admit(r, w.keys.print(ofHome, 0, Household(addr), ""))
	if verdict == fresh {
		w.tally.settle(f, nil)
	}
	return verdict == fresh
}

// live lets so many people read: two thirds of them on the telephone, from 300
// addresses, with the same browsers as many others; story k is read as 1/k of
// the first.
func (w *town) live(people int) {
	for n := range people {
		addr, agent := netip.AddrFrom4([4]byte{81, byte(n >> 16), byte(n >> 8), byte(n)}), "browser"
		if n%3 != 0 {
			addr = netip.AddrFrom4([4]byte{178, 240, byte(w.dice.IntN(2)), byte(w.dice.IntN(150))})
			agent = fmt.Sprint("telephone ", int(80*math.Pow(w.dice.Float64(), 2)))
		}
		for range 3 {
			w.read(newsroom.StoryID(math.Exp(w.dice.Float64()*math.Log(300))), addr, agent)
		}
	}
}

func (w *town) counts() map[newsroom.StoryID]int {
	all := map[newsroom.StoryID]int{}
	for _, n := range w.tally.tallied(w.at, 1) {
		all[n.story] = int(n.reads[1])
	}
	return all
}

// Readers behind the addresses of a telephone company are counted as the
// readers that they can be told to be.
func TestCarriersReadersCount(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	w.live(30_000)
	counts := w.counts()
	for story := newsroom.StoryID(1); story <= 10; story++ {
		if have, can := counts[story], w.truth[story]; 100*have < 95*can {
			t.Errorf("story %d has %d readers of %d", story, have, can)
		}
		if ranked := w.ranked(story); 100*ranked < 98*counts[story] {
			t.Errorf("only %d of %d readers of story %d rank", ranked, counts[story], story)
		}
	}
	t.Logf("first story: %d of %d, tenth: %d of %d", counts[1], w.truth[1], counts[10], w.truth[10])
}

// Somebody with one address and thousands of browsers gains next to nothing,
// even if he reads other stories as well.
func TestOneAddressIsNoCrowd(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	w.live(5000)
	me, target := netip.MustParseAddr("198.51.100.1"), newsroom.StoryID(200)
	gain := func(browsers int) (n int) {
		for i := range browsers {
			if w.read(target, me, fmt.Sprint("invented ", i)) {
				n++
			}
		}
		return n
	}
	if n := gain(5000); n != maxBrowsers {
		t.Errorf("5000 browsers count as %d", n)
	}
	for story := newsroom.StoryID(1); story < 200; story++ { // a cover
		for i := range 20 {
			w.read(story, me, fmt.Sprint("cover ", i))
		}
	}
	if n, has := gain(5000), w.truth[target]; n > w.counts()[target]/2 {
		t.Errorf("behind a cover, 5000 browsers count as %d (of %d told)", n, has)
	} else {
		t.Logf("behind a cover of other stories: %d more, the story has %d", n, w.counts()[target])
	}
}

// ranked is what ranks a story.
func (w *town) ranked(story newsroom.StoryID) int {
	for _, n := range w.tally.tallied(w.at, 0) {
		if n.story == story {
			return int(n.ranked[1])
		}
	}
	return 0
}

// All readers of a rented block of addresses are counted, but it moves the one
// story it reads by little; readers of an office who read other things do rank.
func TestOneNetworkIsNoCrowd(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	w.live(5000)
	for third, story := range []newsroom.StoryID{200, 1} {
		before, ranked := w.counts()[story], w.ranked(story)
		for i := range 256 {
			w.read(story, netip.AddrFrom4([4]byte{203, 0, byte(third), byte(i)}), "browser")
		}
		if told, moved := w.counts()[story]-before, w.ranked(story)-ranked; told != 256 || moved != maxNetwork {
			t.Errorf("story %d: 256 addresses of one network are counted %d times and rank %d", story, told, moved)
		}
	}
	before, told := w.sum(), len(w.seen)
	for i := range 600 { // 60 machines
		story := newsroom.StoryID(math.Exp(w.dice.Float64() * math.Log(150)))
		w.read(story, netip.AddrFrom4([4]byte{203, 0, 113, byte(i % 60)}), "browser")
	}
	if told, moved := len(w.seen)-told, w.sum()-before; 10*moved < 9*told {
		t.Errorf("%d of %d reads of an office rank", moved, told)
	}
}

// sum is what ranks all stories.
func (w *town) sum() (sum int) {
	for _, n := range w.tally.tallied(w.at, 0) {
		sum += int(n.ranked[1])
	}
	return sum
}

// While there is little to compare with, a paper may be read in one office.
func TestASmallPaperMayBeReadInOneOffice(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	for i := range 200 {
		if !w.read(1, netip.AddrFrom4([4]byte{203, 0, 113, byte(i)}), "browser") {
			t.Fatalf("reader %d does not count", i)
		}
	}
	if n := w.ranked(1); n != 200 {
		t.Errorf("%d rank", n)
	}
}
