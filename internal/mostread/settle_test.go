package mostread

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/rotatif/newsroom"
)

func entries(reads ...uint32) []Entry {
	out := []Entry{}
	for i, n := range reads {
		out = append(out, Entry{newsroom.StoryID(i + 1), n, n})
	}
	slices.SortStableFunc(out, func(a, b Entry) int { return int(b.Reads) - int(a.Reads) })
	return out
}

func stories(list []Entry) []newsroom.StoryID {
	ids := []newsroom.StoryID{}
	for _, e := range list {
		ids = append(ids, e.Story)
	}
	return ids
}

func TestListsDoNotFlicker(t *testing.T) {
	t.Parallel()
	s, at := standing{}, place{Hour, ""}
	for i, step := range []struct {
		reads []uint32
		want  []newsroom.StoryID
	}{
		{[]uint32{50, 40, 30}, []newsroom.StoryID{1, 2, 3}},
		{[]uint32{50, 51, 30}, []newsroom.StoryID{1, 2, 3}},               // a lead of chance
		{[]uint32{50, 49, 30}, []newsroom.StoryID{1, 2, 3}},               // and gone
		{[]uint32{50, 61, 30}, []newsroom.StoryID{2, 1, 3}},               // a clear lead
		{[]uint32{62, 61, 60}, []newsroom.StoryID{2, 1, 3}},               // the first ranking ahead
		{[]uint32{62, 61, 60}, []newsroom.StoryID{2, 1, 3}},               // the second
		{[]uint32{62, 61, 60}, []newsroom.StoryID{2, 1, 3}},               // the third
		{[]uint32{62, 61, 60}, []newsroom.StoryID{1, 2, 3}},               // it has lasted
		{[]uint32{62, 0, 60, 500}, []newsroom.StoryID{4, 1, 3, 2}},        // breaking news is first at once
		{[]uint32{62, 0, 60, 500, 61}, []newsroom.StoryID{4, 1, 3, 5, 2}}, // a new story waits like others
	} {
		have, _ := s.settle(at, entries(step.reads...))
		if diff := cmp.Diff(step.want, stories(have)); diff != "" {
			t.Errorf("ranking %d: %s", i, diff)
		}
	}
}

func TestOrderChangesAreTold(t *testing.T) {
	t.Parallel()
	s, at := standing{}, place{Day, "spor"}
	for i, step := range []struct {
		reads   []uint32
		changed bool
	}{{[]uint32{5, 4}, true}, {[]uint32{7, 6}, false}, {[]uint32{7, 6, 1}, true}, {[]uint32{7, 60, 1}, true}} {
		if _, changed := s.settle(at, entries(step.reads...)); changed != step.changed {
			t.Errorf("ranking %d: changed is %t", i, changed)
		}
	}
}

// No story stands above one with more reads for as many rankings as patience
// says, whatever the counts do, and every story is in the list once.
func TestNoWrongOrderLasts(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		s, at, lasted := standing{}, place{Hour, ""}, map[pair]int{}
		n := rapid.IntRange(2, 12).Draw(t, "stories")
		reads := make([]uint32, n)
		for range rapid.IntRange(1, 30).Draw(t, "rankings") {
			for i := range reads {
				reads[i] = uint32(max(0, int(reads[i])+rapid.IntRange(-3, 6).Draw(t, "step")))
			}
			list, _ := s.settle(at, entries(reads...))
			if ids := stories(list); len(ids) != n || len(slices.Compact(slices.Sorted(slices.Values(ids)))) != n {
				t.Fatalf("the list is %v", ids)
			}
			wrong := map[pair]int{}
			for i, up := range list {
				for _, low := range list[i+1:] {
					if low.Reads > up.Reads {
						p := pair{low.Story, up.Story}
						if wrong[p] = lasted[p] + 1; wrong[p] >= patience {
							t.Fatalf("%v for %d rankings", p, wrong[p])
						}
					}
				}
			}
			lasted = wrong
		}
	})
}
