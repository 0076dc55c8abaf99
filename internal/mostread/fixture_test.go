package mostread_test

import (
	"context"
	"errors"
	"net/netip"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/rotatif/newsroom"
	"github.com/rotatif/newsroom/internal/handclock"
	"github.com/rotatif/newsroom/internal/mostread"
	"github.com/rotatif/newsroom/internal/store"
	"github.com/rotatif/newsroom/internal/store/sqlite"
)

// morning is nine o'clock in Istanbul.
func morning() time.Time { return time.Date(2026, 11, 23, 6, 0, 0, 0, time.UTC) }

// shelf holds stories 1 to 99; odd ones are sport; every one is an hour newer than the one before it.
type shelf struct {
	mu     sync.Mutex
	killed map[newsroom.StoryID]bool
	since  time.Time
}

func (s *shelf) Live(id newsroom.StoryID) (string, time.Time, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	section := "gundem"
	if id%2 == 1 {
		section = "spor"
	}
	return section, s.since.Add(time.Duration(id-99) * time.Hour), id >= 1 && id <= 99 && !s.killed[id]
}

func (s *shelf) kill(id newsroom.StoryID) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.killed[id] = true
}

// disk is a real log on a disk that can be made to fail.
type disk struct {
	*store.Reads
	broken atomic.Bool
}

var errDisk = errors.New("no space left")

func (d *disk) Append(ctx context.Context, records []mostread.Record) error {
	if d.broken.Load() {
		return errDisk
	}
	return d.Reads.Append(ctx, records)
}

// room is a counter with everything around it.
type room struct {
	t       testing.TB
	path    string
	options mostread.Options
	clock   *handclock.Clock
	shelf   *shelf
	disk    *disk
	counter *mostread.Counter
	close   func()
}

func open(t testing.TB, o mostread.Options) *room {
	t.Helper()
	zone, err := time.LoadLocation("Europe/Istanbul")
	if err != nil {
		t.Fatal(err)
	}
	o.Zone = zone
	if o.Commit == 0 {
		o.Commit = 100 * time.Microsecond
	}
	r := &room{
		t: t, path: filepath.Join(t.TempDir(), "reads.db"), options: o, clock: handclock.At(morning()),
		shelf: &shelf{killed: map[newsroom.StoryID]bool{}, since: morning()},
	}
	r.start()
	t.Cleanup(func() { r.close() })
	return r
}

func (r *room) start() {
	r.t.Helper()
	reads, err := sqlite.OpenReads(context.Background(), r.path)
	if err != nil {
		r.t.Fatal(err)
	}
	r.disk = &disk{Reads: reads}
	if r.counter, err = mostread.Open(context.Background(), r.disk, r.shelf, r.clock.Now, r.options); err != nil {
		r.t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan struct{})
	go func() { r.counter.Run(ctx); close(ended) }()
	r.close = sync.OnceFunc(func() { stop(); <-ended; _ = reads.Close() })
}

func (r *room) restart() {
	r.t.Helper()
	r.close()
	r.start()
}

// visit is what reader number n does with a story; each has a house of its own.
func (r *room) visit(n int, story newsroom.StoryID) mostread.Visit {
	return mostread.Visit{Story: story, Addr: netip.AddrFrom4([4]byte{10, byte(n >> 16), byte(n >> 8), byte(n)}), Agent: "browser", At: r.clock.Now()}
}

func (r *room) read(story newsroom.StoryID, readers ...int) {
	r.t.Helper()
	var wg sync.WaitGroup
	for _, n := range readers {
		wg.Add(1)
		go func() {
			defer wg.Done()
			if err := r.counter.Accept(context.Background(), r.visit(n, story)); err != nil {
				r.t.Errorf("reader %d of story %d: %v", n, story, err)
			}
		}()
	}
	wg.Wait()
}

func first(n int) []int {
	all := make([]int, n)
	for i := range all {
		all[i] = i
	}
	return all
}

func (r *room) list(w mostread.Window, section string) []mostread.Entry {
	r.counter.Rank()
	return r.counter.Lists().List(w, section)
}

func (r *room) logged() int {
	r.t.Helper()
	n := 0
	if err := r.disk.Replay(context.Background(), time.Time{}, func(mostread.Record) error { n++; return nil }); err != nil {
		r.t.Fatal(err)
	}
	return n
}

// want compares a list in which every reader ranks.
func want(t testing.TB, have []mostread.Entry, entries ...mostread.Entry) {
	t.Helper()
	for i := range entries {
		entries[i].Ranked = entries[i].Reads
	}
	if diff := cmp.Diff(append([]mostread.Entry{}, entries...), append([]mostread.Entry{}, have...)); diff != "" {
		t.Error(diff)
	}
}
