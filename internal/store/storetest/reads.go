package storetest

import (
	"errors"
	"math"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/rotatif/newsroom/internal/mostread"
	"github.com/rotatif/newsroom/internal/store"
)

// Reads holds an engine to the promises of the log of reads.
func Reads(t *testing.T, place Place[*store.Reads]) {
	t.Helper()
	run(t, place, []test[*store.Reads]{
		{"reads are replayed in the order of append, whole", readsReplay},
		{"a replay stops with the error of its reader", replayStops},
		{"old reads are forgotten", readsForgotten},
		{"batches at the same time are all kept", readsTogether},
		{"a day has one salt, and those of earlier days are destroyed", salts},
		{"who asks for a salt at the same time is given the same", saltTogether},
	})
}

func replayed(t *testing.T, r *store.Reads, since time.Time) []mostread.Record {
	t.Helper()
	all := []mostread.Record{}
	must(t, r.Replay(t.Context(), since, func(rec mostread.Record) error { all = append(all, rec); return nil }))
	return all
}

func readsReplay(t *testing.T, open func() *store.Reads) {
	r := open()
	want := []mostread.Record{
		{At: at(2), Story: 1, Reader: math.MaxUint64, Net: math.MaxUint32, Home: math.MaxUint32 - 1},
		{At: at(1), Story: math.MaxInt64, Reader: 1 << 63, Home: 9},
		{At: at(3), Story: 3, Reader: 0, Net: 7, Home: 8},
	}
	must(t, r.Append(t.Context(), want[:2]))
	must(t, r.Append(t.Context(), nil))
	must(t, r.Append(t.Context(), want[2:]))
	must(t, r.Close())
	r = open()
	if diff := cmp.Diff(want, replayed(t, r, time.Time{})); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]mostread.Record{want[0], want[2]}, replayed(t, r, at(2))); diff != "" {
		t.Error(diff)
	}
}

func replayStops(t *testing.T, open func() *store.Reads) {
	r := open()
	must(t, r.Append(t.Context(), []mostread.Record{{At: at(1), Story: 1}, {At: at(2), Story: 2}}))
	stop, calls := errors.New("stop"), 0
	err := r.Replay(t.Context(), time.Time{}, func(mostread.Record) error { calls++; return stop })
	if !errors.Is(err, stop) || calls != 1 {
		t.Fatalf("%v after %d", err, calls)
	}
}

func readsForgotten(t *testing.T, open func() *store.Reads) {
	r := open()
	must(t, r.Append(t.Context(), []mostread.Record{{At: at(1), Story: 1}, {At: at(3), Story: 3}, {At: at(2), Story: 2}}))
	must(t, r.Forget(t.Context(), at(2)))
	must(t, r.Append(t.Context(), []mostread.Record{{At: at(2), Story: 4}}))
	stories := []int64{}
	for _, rec := range replayed(t, r, time.Time{}) {
		stories = append(stories, int64(rec.Story))
	}
	if diff := cmp.Diff([]int64{3, 2, 4}, stories); diff != "" {
		t.Error(diff)
	}
}

func readsTogether(t *testing.T, open func() *store.Reads) {
	r, other := open(), open()
	var wg sync.WaitGroup
	for i := range 20 {
		wg.Go(func() {
			batch := make([]mostread.Record, 50)
			for k := range batch {
				batch[k] = mostread.Record{At: at(i), Story: 1, Reader: uint64(i*100 + k)}
			}
			if err := []*store.Reads{r, other}[i%2].Append(t.Context(), batch); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	all := replayed(t, r, time.Time{})
	for i, rec := range all { // a batch stays together
		if i%50 > 0 && rec.Reader != all[i-1].Reader+1 {
			t.Fatalf("record %d is not of the batch before", i)
		}
	}
	if len(all) != 1000 {
		t.Fatalf("%d reads", len(all))
	}
}

func salts(t *testing.T, open func() *store.Reads) {
	r := open()
	monday, err := r.Salt(t.Context(), "2026-11-23")
	must(t, err)
	must(t, r.Close())
	r = open()
	again, err := r.Salt(t.Context(), "2026-11-23")
	must(t, err)
	tuesday, err := r.Salt(t.Context(), "2026-11-24")
	must(t, err)
	if monday != again || monday == tuesday || monday == [16]byte{} {
		t.Fatalf("%x, %x, %x", monday, again, tuesday)
	}
	late, err := r.Salt(t.Context(), "2026-11-23")
	must(t, err)
	still, err := r.Salt(t.Context(), "2026-11-24")
	must(t, err)
	if late == monday {
		t.Error("the salt of the day before was not destroyed")
	}
	if still != tuesday {
		t.Error("asking for the day before changed the salt of the day")
	}
}

func saltTogether(t *testing.T, open func() *store.Reads) {
	r, other := open(), open()
	have := make([][16]byte, 8)
	var wg sync.WaitGroup
	for i := range have {
		wg.Go(func() {
			var err error
			if have[i], err = []*store.Reads{r, other}[i%2].Salt(t.Context(), "2026-11-23"); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	for _, salt := range have {
		if salt != have[0] {
			t.Fatalf("%x and %x", salt, have[0])
		}
	}
}
