package mostread

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/rotatif/newsroom"
)

func istanbul(t testing.TB) *time.Location {
	t.Helper()
	zone, err := time.LoadLocation("Europe/Istanbul")
	if err != nil {
		t.Fatal(err)
	}
	return zone
}

// truth counts as the definition says, slowly: it keeps every read that counts
// and looks at all of them for every number.
type truth struct {
	zone    *time.Location
	counted []Record
	latest  time.Time
}

func (o *truth) moment(at time.Time) time.Time {
	if at.After(o.latest) {
		o.latest = at
	}
	return o.latest
}

// read takes what the log has. As a report of a reader it is one too many when
// its household's browsers have been counted; what the log has always counts.
func (o *truth) read(r Record, reported bool) {
	browsers := 0
	for _, c := range o.counted {
		if c.Story != r.Story || dayOf(c.At, o.zone).name != dayOf(r.At, o.zone).name {
			continue
		}
		if c.Reader == r.Reader {
			return
		}
		if c.Home == r.Home {
			browsers++
		}
	}
	if !reported || browsers < maxBrowsers {
		o.counted = append(o.counted, r)
	}
}

func (o *truth) counts() map[newsroom.StoryID][3]uint32 {
	all := map[newsroom.StoryID][3]uint32{}
	for _, r := range o.counted {
		sums := all[r.Story]
		for i, window := range []struct {
			step time.Duration
			n    int64
		}{{time.Minute, 60}, {5 * time.Minute, 288}, {time.Hour, 168}} {
			if o.latest.Unix()/int64(window.step.Seconds())-r.At.Unix()/int64(window.step.Seconds()) < window.n {
				sums[i]++
			}
		}
		if all[r.Story] = sums; sums[2] == 0 {
			delete(all, r.Story)
		}
	}
	return all
}

// life is a tally that lives through what may happen, beside the truth.
type life struct {
	t     *rapid.T
	zone  *time.Location
	clock time.Time
	tally *tally
	log   []Record
	truth truth
}

// record is a read by one of 24 browsers in four households.
func (l *life) record(at time.Time) Record {
	story := newsroom.StoryID(rapid.IntRange(1, 4).Draw(l.t, "story"))
	browser := rapid.IntRange(0, 23).Draw(l.t, "browser")
	salt := keysOf([16]byte([]byte(dayOf(at, l.zone).name + "-salt!")))
	print := func(what string) uint64 { return salt.print(ofReader, story, Household(addr("127.0.0.1")), what) }
	return Record{At: at, Story: story, Reader: print(fmt.Sprint("browser", browser)), Home: uint32(print(fmt.Sprint("home", browser%4)))}
}

func (l *life) take(r Record) {
	l.log = append(l.log, r)
	l.tally.fold(r)
	l.truth.read(r, false)
}

func (l *life) read(*rapid.T) {
	at := l.tally.moment(l.clock)
	if want := l.truth.moment(l.clock); !at.Equal(want) {
		l.t.Fatalf("the time is %v, want %v", at, want)
	}
	r := l.record(at)
	f, verdict := l.tally.admit(r, 1)
	if verdict != fresh {
		before := len(l.truth.counted)
		if l.truth.read(r, true); len(l.truth.counted) != before {
			l.t.Fatalf("a read that counts was not admitted: %d", verdict)
		}
		return
	}
	if rapid.IntRange(0, 9).Draw(l.t, "disk") == 0 {
		l.tally.settle(f, busy(nil))
		return
	}
	l.log = append(l.log, r)
	l.tally.settle(f, nil)
	l.truth.read(r, true)
}

func (l *life) again(*rapid.T) {
	if len(l.log) > 0 { // a record comes twice, in any order, within its day
		r := l.log[rapid.IntRange(0, len(l.log)-1).Draw(l.t, "again")]
		if dayOf(r.At, l.zone) == dayOf(l.truth.latest, l.zone) {
			l.take(r)
		}
	}
}

func (l *life) late(*rapid.T) {
	at := l.truth.latest.Add(-time.Duration(rapid.IntRange(0, 7200).Draw(l.t, "late")) * time.Second)
	if len(l.log) > 0 && dayOf(at, l.zone) == dayOf(l.truth.latest, l.zone) {
		l.take(l.record(at))
	}
}

func (l *life) later(*rapid.T) {
	step := rapid.SampledFrom([]time.Duration{time.Second, time.Minute, 7 * time.Minute, time.Hour, 25 * time.Hour, 8 * 24 * time.Hour}).Draw(l.t, "step")
	l.clock = l.clock.Add(time.Duration(rapid.Int64Range(0, int64(step)).Draw(l.t, "later")).Truncate(time.Microsecond))
}

func (l *life) back(*rapid.T) {
	l.clock = l.clock.Add(-time.Duration(rapid.IntRange(0, 100).Draw(l.t, "back")) * time.Hour)
}

func (l *life) restart(*rapid.T) {
	l.tally = newTally(l.zone)
	l.truth.latest = time.Time{}
	l.truth.moment(l.clock)
	for _, r := range l.log {
		l.tally.fold(r)
		l.truth.moment(r.At)
	}
}

func (l *life) check(t *rapid.T) {
	l.truth.moment(l.clock)
	have := map[newsroom.StoryID][3]uint32{}
	for _, n := range l.tally.tallied(l.clock, 1) {
		have[n.story] = n.reads
	}
	if diff := cmp.Diff(l.truth.counts(), have); diff != "" {
		t.Fatalf("at %v: %s", l.truth.latest, diff)
	}
}

func TestTallyIsExact(t *testing.T) {
	t.Parallel()
	zone := istanbul(t)
	rapid.Check(t, func(t *rapid.T) {
		l := &life{t: t, zone: zone, clock: time.Date(2026, 11, 23, 0, 50, 0, 0, time.UTC), tally: newTally(zone), truth: truth{zone: zone}}
		t.Repeat(map[string]func(*rapid.T){
			"read": l.read, "read more": l.read, "again": l.again, "late": l.late,
			"later": l.later, "back": l.back, "restart": l.restart, "": l.check,
		})
	})
}

func TestBothFormsOfHistoryAgree(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		var few, many history
		many.promote()
		now := uint32(29_000_000)
		for range rapid.IntRange(1, 40).Draw(t, "reads") {
			now += uint32(rapid.IntRange(0, 3000).Draw(t, "later"))
			minute := now - uint32(rapid.IntRange(0, 100).Draw(t, "late"))
			few.add(minute, now)
			many.add(minute, now)
			if few.count(now) != many.count(now) {
				t.Fatalf("%v and %v", few.count(now), many.count(now))
			}
		}
	})
}

func TestTableIsASet(t *testing.T) {
	t.Parallel()
	for _, room := range []uint{0, 8} {
		rapid.Check(t, func(t *rapid.T) {
			have, want := table{room: room}, map[uint64]uint64{}
			keys := rapid.SliceOfN(rapid.Uint64Range(0, 300), 1, 400).Draw(t, "keys")
			for i, k := range keys {
				k = (k + 2) << 33
				n := uint64(i) & (1<<room - 1)
				if _, ok := have.number(k); ok != (want[k] != 0) {
					t.Fatalf("%d is there: %t", k, ok)
				}
				have.put(k, n)
				want[k] = n + 1
			}
			for k, n := range want {
				if number, ok := have.number(k); !ok || number+1 != n {
					t.Fatalf("%d has %d, %t, want %d", k, number, ok, n-1)
				}
			}
			if have.used != len(want) {
				t.Fatalf("%d keys, want %d", have.used, len(want))
			}
		})
	}
}

func TestTheZeroFingerprintIsOneToo(t *testing.T) {
	t.Parallel()
	var s table
	if _, ok := s.number(0); ok {
		t.Error("an empty table has it")
	}
	s.put(0, 0)
	if _, ok := s.number(0); !ok {
		t.Error("it was lost")
	}
	if s.forget(); s.slots != nil || s.used != 0 {
		t.Error("forgotten, but the memory is kept")
	}
}
