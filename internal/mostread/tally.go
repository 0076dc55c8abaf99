package mostread

import (
	"sync"
	"sync/atomic"
	"time"

	"github.com/rotatif/newsroom"
)

// shardCount is into how many parts the tally is cut, each with its own lock,
// so that ranking never stops more than a small part of the readers.
const shardCount = 64

// tally is the fold of the log: who has been counted today, and when each story
// that was read this week was read. Its time never goes back: a clock that is
// set back stands still until it has caught up.
type tally struct {
	zone   *time.Location
	latest atomic.Int64 // the newest moment seen, in microseconds
	newest atomic.Int64 // the newest read counted, in microseconds
	crowds *crowds
	shards [shardCount]shard
}

// shard is the tally of some of the stories.
type shard struct {
	mu      sync.Mutex // guards all of it
	day     day        // the day that seen and homes are of
	seen    table      // readers counted today
	homes   table      // households, with how many of their browsers were counted
	flights map[uint64]*flight
	waiting map[uint32]uint16 // reads under way by household and story
	stories map[newsroom.StoryID]*history
}

// flight is a read on its way to the disk. All who report the same read wait
// for the same flight, so that none is told of a success that did not come.
type flight struct {
	record Record
	home   uint64        // the household, in memory alone
	done   chan struct{} // closed when it has landed
	err    error         // written before done is closed
}

func newTally(zone *time.Location) *tally {
	t := &tally{zone: zone, crowds: newCrowds()}
	for i := range t.shards {
		t.shards[i] = shard{homes: table{room: homeRoom}, flights: map[uint64]*flight{},
			waiting: map[uint32]uint16{}, stories: map[newsroom.StoryID]*history{}}
	}
	return t
}

// moment is the time of the tally: the given one, or a later one it has seen.
func (t *tally) moment(at time.Time) time.Time {
	if latest := raise(&t.latest, at); latest > at.UnixMicro() {
		return time.UnixMicro(latest)
	}
	return at
}

// raise moves a mark forward to a time, never back, and gives where it is.
func raise(mark *atomic.Int64, at time.Time) int64 {
	micros := at.UnixMicro()
	for {
		old := mark.Load()
		if micros <= old {
			return old
		}
		if mark.CompareAndSwap(old, micros) {
			return micros
		}
	}
}

// minute is the minute of the tally's time. Asked while a shard is locked, it is
// not before anything counted there.
func (t *tally) minute() uint32 { return minuteOf(time.UnixMicro(t.latest.Load())) }

// mixer spreads story numbers over shards and tables (2^64 divided by the golden ratio).
const mixer = 0x9E3779B97F4A7C15

func (t *tally) shard(id newsroom.StoryID) *shard {
	return &t.shards[uint64(id)*mixer>>58]
}

// homeRoom is how many bits hold the number of a household's browsers.
const homeRoom = 8

func homeOf(r Record) uint64 { return (uint64(r.Story)<<32 ^ uint64(r.Home)) * mixer }

// verdict is what becomes of a read that is reported.
type verdict int

const (
	fresh   verdict = iota // to be written
	joined                 // the same read is being written
	counted                // it has been counted
	crowded                // too many browsers of its household have
)

// admit decides about a read by a household. A fresh one must be settled.
func (t *tally) admit(r Record, home uint64) (*flight, verdict) {
	s := t.shard(r.Story)
	s.mu.Lock()
	defer s.mu.Unlock()
	if f := s.flights[r.Reader]; f != nil {
		return f, joined
	}
	of := uint64(0)
	if s.day.holds(r.At) {
		if _, seen := s.seen.number(r.Reader); seen {
			return nil, counted
		}
		of, _ = s.homes.number(homeOf(r))
	}
	if of += uint64(s.waiting[r.Home]); of >= maxBrowsers && of >= t.crowds.browsers(s.day.name, home, t.reads(s, r.Story), of) {
		return nil, crowded
	}
	f := &flight{record: r, home: home, done: make(chan struct{})}
	s.flights[r.Reader] = f
	s.waiting[r.Home]++
	return f, fresh
}

// reads is how many reads the story has had within the day's length.
func (t *tally) reads(s *shard, id newsroom.StoryID) uint64 {
	if h := s.stories[id]; h != nil {
		return uint64(h.count(t.minute())[1])
	}
	return 0
}

// settle ends a flight: it is folded if it was written, and those who wait are told.
func (t *tally) settle(f *flight, err error) {
	s := t.shard(f.record.Story)
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.flights, f.record.Reader)
	if s.waiting[f.record.Home]--; s.waiting[f.record.Home] == 0 {
		delete(s.waiting, f.record.Home)
	}
	if err == nil {
		t.count(s, f.record)
		t.crowds.add(s.day.name, f.home)
	}
	f.err = err
	close(f.done)
}

// fold adds a record of the log.
func (t *tally) fold(r Record) {
	s := t.shard(r.Story)
	s.mu.Lock()
	defer s.mu.Unlock()
	t.count(s, r)
}

// count counts a record, unless its reader has been counted that day. A
// straggler of a day that is over cannot be compared any more; admit has
// compared it when it came.
func (t *tally) count(s *shard, r Record) {
	now := minuteOf(t.moment(r.At))                   // time goes on with every record, counted or not
	if !s.day.holds(r.At) && r.At.After(s.day.from) { // yesterday's fingerprints mean nothing any more
		s.day = dayOf(r.At, t.zone)
		s.seen.forget()
		s.homes.forget()
	}
	if s.day.holds(r.At) && !s.mark(r) {
		return
	}
	raise(&t.newest, r.At)
	h := s.stories[r.Story]
	if h == nil {
		h = &history{}
		s.stories[r.Story] = h
	}
	h.add(minuteOf(r.At), now)
}

// mark remembers today's reader and household; false says that the reader was known.
func (s *shard) mark(r Record) bool {
	if _, seen := s.seen.number(r.Reader); seen {
		return false
	}
	s.seen.put(r.Reader, 0)
	home := homeOf(r)
	if of, _ := s.homes.number(home); of < maxCrowd {
		s.homes.put(home, of+1)
	}
	return true
}

// tallied is a story's number of readers in each window.
type tallied struct {
	story newsroom.StoryID
	reads [3]uint32 // in the order of Windows
}

// tallied gives every story that had so many readers within the week, and lets
// go of those that had none.
func (t *tally) tallied(now time.Time, atLeast uint32) []tallied {
	t.moment(now)
	all := []tallied{}
	for i := range t.shards {
		all = t.shards[i].tallied(all, t, atLeast)
	}
	return all
}

func (s *shard) tallied(all []tallied, t *tally, atLeast uint32) []tallied {
	s.mu.Lock()
	defer s.mu.Unlock()
	now := t.minute()
	for id, h := range s.stories {
		reads := h.count(now)
		switch {
		case reads[2] == 0:
			delete(s.stories, id)
		case reads[2] >= atLeast:
			all = append(all, tallied{id, reads})
		}
	}
	return all
}
