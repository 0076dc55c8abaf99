package mostread_test

import (
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/rotatif/newsroom"
	"github.com/rotatif/newsroom/internal/mostread"
)

func TestTenReadersMakeAStoryFirst(t *testing.T) {
	t.Parallel()
	r := open(t, mostread.Options{})
	r.read(3, first(10)...)
	r.read(4, first(6)...)
	r.read(5, first(4)...) // too few for any list
	want(t, r.list(mostread.Hour, ""), mostread.Entry{Story: 3, Reads: 10}, mostread.Entry{Story: 4, Reads: 6})
	want(t, r.list(mostread.Week, "spor"), mostread.Entry{Story: 3, Reads: 10})
	want(t, r.list(mostread.Day, "gundem"), mostread.Entry{Story: 4, Reads: 6})
	want(t, r.list(mostread.Day, "dunya"))
	if diff := cmp.Diff([]newsroom.StoryID{3, 4}, r.counter.Lists().Stories(mostread.Hour, "")); diff != "" {
		t.Error(diff)
	}
}

func TestReadsLeaveTheWindows(t *testing.T) {
	t.Parallel()
	r := open(t, mostread.Options{Support: 1})
	r.read(1, 1, 2)
	for _, c := range []struct {
		later            time.Duration
		hour, day, weeks int
	}{
		{59 * time.Minute, 1, 1, 1},
		{time.Minute, 0, 1, 1},
		{22*time.Hour + 55*time.Minute, 0, 1, 1},
		{5 * time.Minute, 0, 0, 1},
		{143 * time.Hour, 0, 0, 1},
		{time.Hour, 0, 0, 0},
	} {
		r.clock.Move(c.later)
		have := []int{len(r.list(mostread.Hour, "")), len(r.list(mostread.Day, "")), len(r.list(mostread.Week, ""))}
		if diff := cmp.Diff([]int{c.hour, c.day, c.weeks}, have); diff != "" {
			t.Errorf("after %s more: %s", c.later, diff)
		}
	}
}

func TestEqualsAreOrderedByTheShorterWindowThenTheNewer(t *testing.T) {
	t.Parallel()
	r := open(t, mostread.Options{Support: 1})
	r.read(1, 1, 2)
	r.read(2, 1, 2)
	r.clock.Move(2 * time.Hour)
	r.read(3, 1, 2)
	want(t, r.list(mostread.Day, ""), mostread.Entry{Story: 3, Reads: 2}, mostread.Entry{Story: 2, Reads: 2}, mostread.Entry{Story: 1, Reads: 2})
}

func TestAKilledStoryLeavesWithTheNextRanking(t *testing.T) {
	t.Parallel()
	r := open(t, mostread.Options{Support: 1})
	r.read(1, 1, 2)
	r.read(2, 1)
	r.list(mostread.Hour, "")
	r.shelf.kill(1)
	want(t, r.list(mostread.Hour, ""), mostread.Entry{Story: 2, Reads: 1})
	want(t, r.list(mostread.Week, "spor"))
}

func TestVersionChangesOnlyWithAnOrder(t *testing.T) {
	t.Parallel()
	r := open(t, mostread.Options{Support: 1})
	version := func() uint64 {
		r.counter.Rank()
		return r.counter.Lists().Version
	}
	empty := version()
	r.read(1, 1)
	one := version()
	r.read(1, 2, 3)
	more := version()
	r.read(2, 1)
	two := version()
	if one <= empty || more != one || two <= more || version() != two {
		t.Errorf("versions %d, %d, %d, %d", empty, one, more, two)
	}
	r.clock.Move(time.Second)
	r.restart()
	if r.counter.Lists().Version <= two {
		t.Error("a version is used again after a restart")
	}
}

func TestOldStoriesAreOnlyInTheWeek(t *testing.T) {
	t.Parallel()
	r := open(t, mostread.Options{Support: 1, MaxAge: 10 * time.Hour})
	r.read(99, 1) // from this hour
	r.read(80, 1)
	want(t, r.list(mostread.Hour, ""), mostread.Entry{Story: 99, Reads: 1})
	want(t, r.list(mostread.Day, "gundem"))
	want(t, r.list(mostread.Week, ""), mostread.Entry{Story: 99, Reads: 1}, mostread.Entry{Story: 80, Reads: 1})
}

func TestAStoryNeedsItsPartOfTheReads(t *testing.T) {
	t.Parallel()
	r := open(t, mostread.Options{Support: 1, PerMille: 100})
	r.read(1, first(50)...)
	r.read(2, first(4)...)
	want(t, r.list(mostread.Hour, ""), mostread.Entry{Story: 1, Reads: 50})
	want(t, r.list(mostread.Hour, "gundem"), mostread.Entry{Story: 2, Reads: 4})
}

func TestLongListsAreTheBestOfAll(t *testing.T) {
	t.Parallel()
	r := open(t, mostread.Options{Support: 1, PerMille: 1})
	for id := 1; id <= 99; id++ {
		r.read(newsroom.StoryID(id), first(id*7%13+1)...)
	}
	list := r.list(mostread.Hour, "")
	if len(list) != 50 {
		t.Fatalf("%d places", len(list))
	}
	all := []uint32{}
	for id := 1; id <= 99; id++ {
		all = append(all, uint32(id*7%13+1))
	}
	slices.Sort(all)
	slices.Reverse(all)
	for i, e := range list {
		if e.Reads != all[i] {
			t.Errorf("place %d has %d reads, want %d", i, e.Reads, all[i])
		}
	}
}
