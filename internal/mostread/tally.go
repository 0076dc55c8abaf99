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
	homes  *crowds      // households by what they read since the start
	nets   *crowds      // networks by what the log has of today
	shards [shardCount]shard
}

// shard is the tally of some of the stories.
type shard struct {
	mu      sync.Mutex // guards all of it
	day     day        // the day that seen and homes are of
	seen    table      // readers counted today
	homes   table      // what households have given to stories, each read by another browser
	nets    table      // what networks have given to stories
	flights map[uint64]*flight
	waiting map[uint64]uint16 // what households give by the reads under way
	stories map[newsroom.StoryID]*story
}

// story is how a story was read, and how much of it was beyond what its
// readers' networks may give: that does not rank it.
type story struct {
	reads  history
	beyond *history // nil while there is none
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
	t := &tally{zone: zone, homes: newHomes(), nets: newNetworks()}
	for i := range t.shards {
		t.shards[i] = shard{
			homes: table{room: crowdRoom}, nets: table{room: crowdRoom},
			flights: map[uint64]*flight{}, waiting: map[uint64]uint16{}, stories: map[newsroom.StoryID]*story{},
		}
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

// about is the key of a household's or network's fingerprint together with a
// story; story 0 is none.
func about(id newsroom.StoryID, print uint32) uint64 { return (uint64(id)<<32 ^ uint64(print)) * mixer }

// verdict is what becomes of a read that is reported.
type verdict int

const (
	fresh   verdict = iota // to be written
	joined                 // the same read is being written
	counted                // it has been counted
	crowded                // its household has given too many
)

// admit decides about a read by a household. A fresh one must be settled.
func (t *tally) admit(r Record, home uint64) (*flight, verdict) {
	s := t.shard(r.Story)
	s.mu.Lock()
	defer s.mu.Unlock()
	if f := s.flights[r.Reader]; f != nil {
		return f, joined
	}
	at := about(r.Story, r.Home)
	if s.turn(r.At, t.zone) {
		if _, seen := s.seen.number(r.Reader); seen {
			return nil, counted
		}
		here, _ := s.homes.number(at)
		if !t.homes.allow(s.day.name, home, t.reads(s, r.Story), here+uint64(s.waiting[at])) {
			return nil, crowded
		}
	}
	f := &flight{record: r, home: home, done: make(chan struct{})}
	s.flights[r.Reader] = f
	s.waiting[at]++
	return f, fresh
}

// reads is how many reads the story has had within the day's length.
func (t *tally) reads(s *shard, id newsroom.StoryID) uint64 {
	if h := s.stories[id]; h != nil {
		return uint64(h.reads.count(t.minute())[1])
	}
	return 0
}

// settle ends a flight: it is folded if it was written, and those who wait are told.
func (t *tally) settle(f *flight, err error) {
	s := t.shard(f.record.Story)
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.flights, f.record.Reader)
	at := about(f.record.Story, f.record.Home)
	if s.waiting[at]--; s.waiting[at] == 0 {
		delete(s.waiting, at)
	}
	if err == nil {
		t.count(s, f.record)
		t.homes.add(s.day.name, f.home)
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
	now := minuteOf(t.moment(r.At)) // time goes on with every record, counted or not
	if s.turn(r.At, t.zone) && !s.mark(r) {
		return
	}
	raise(&t.newest, r.At)
	h := s.stories[r.Story]
	if h == nil {
		h = &story{}
		s.stories[r.Story] = h
	}
	here, _ := s.nets.number(about(r.Story, r.Net))
	if !t.nets.allow(s.day.name, about(0, r.Net), t.reads(s, r.Story), here) {
		if h.beyond == nil {
			h.beyond = &history{}
		}
		h.beyond.add(minuteOf(r.At), now)
	}
	h.reads.add(minuteOf(r.At), now)
	s.nets.bump(about(r.Story, r.Net))
	t.nets.add(s.day.name, about(0, r.Net))
}

// turn begins a new day when it is time: yesterday's fingerprints mean nothing
// any more. It says whether the time is within the shard's day.
func (s *shard) turn(at time.Time, zone *time.Location) bool {
	if !s.day.holds(at) && at.After(s.day.from) {
		s.day = dayOf(at, zone)
		s.seen.forget()
		s.homes.forget()
		s.nets.forget()
	}
	return s.day.holds(at)
}

// mark remembers today's reader; false says that the reader was known.
func (s *shard) mark(r Record) bool {
	if _, seen := s.seen.number(r.Reader); seen {
		return false
	}
	s.seen.put(r.Reader, 0)
	s.homes.bump(about(r.Story, r.Home))
	return true
}

// tallied is a story's number of readers in each window, and how many of them rank it.
type tallied struct {
	story         newsroom.StoryID
	reads, ranked [3]uint32 // in the order of Windows
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
		n := tallied{story: id, reads: h.reads.count(now)}
		n.ranked = n.reads
		if h.beyond != nil {
			for i, beyond := range h.beyond.count(now) {
				n.ranked[i] -= beyond
			}
		}
		switch {
		case n.reads[2] == 0:
			delete(s.stories, id)
		case n.ranked[2] >= atLeast:
			all = append(all, n)
		}
	}
	return all
}
