package mostread

import (
	"sync"
	"time"

	"github.com/rotatif/newsroom"
)

// tally is the fold of the log: who has been counted today, and the rings of
// every story that was read this week.
type tally struct {
	mu      sync.Mutex
	zone    *time.Location
	day     string              // the day that seen is of
	seen    map[uint64]struct{} // fingerprints counted today
	stories map[newsroom.StoryID]*rings
}

type rings struct{ hour, day, week ring }

func newTally(zone *time.Location) *tally {
	return &tally{zone: zone, seen: map[uint64]struct{}{}, stories: map[newsroom.StoryID]*rings{}}
}

// counted says whether the reader has been counted for the story today.
func (t *tally) counted(r Record) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	_, ok := t.seen[r.Reader]
	return ok && t.day == dayOf(r.At, t.zone)
}

// fold adds a record of the log; a reader who has been counted counts no more.
func (t *tally) fold(r Record) {
	t.mu.Lock()
	defer t.mu.Unlock()
	day := dayOf(r.At, t.zone)
	if day > t.day { // yesterday's fingerprints mean nothing any more
		t.day = day
		clear(t.seen)
	}
	if _, twice := t.seen[r.Reader]; twice && day == t.day {
		return
	}
	if day == t.day {
		t.seen[r.Reader] = struct{}{}
	}
	s := t.stories[r.Story]
	if s == nil {
		s = &rings{newRing(60, time.Minute), newRing(288, 5*time.Minute), newRing(168, time.Hour)}
		t.stories[r.Story] = s
	}
	s.hour.add(r.At)
	s.day.add(r.At)
	s.week.add(r.At)
}

// count is a story's number of readers in each window.
type count struct {
	story newsroom.StoryID
	reads [3]uint32 // in the order of Windows
}

// counts gives every story read within the week, and lets go of the others.
func (t *tally) counts(now time.Time) []count {
	t.mu.Lock()
	defer t.mu.Unlock()
	all := make([]count, 0, len(t.stories))
	for id, s := range t.stories {
		c := count{id, [3]uint32{s.hour.count(now), s.day.count(now), s.week.count(now)}}
		if c.reads[2] == 0 {
			delete(t.stories, id)
			continue
		}
		all = append(all, c)
	}
	return all
}
