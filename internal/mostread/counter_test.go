package mostread_test

import (
	"context"
	"errors"
	"fmt"
	"net/netip"
	"sync"
	"testing"
	"time"

	"github.com/rotatif/newsroom"
	"github.com/rotatif/newsroom/internal/mostread"
)

func TestReadersSurviveARestart(t *testing.T) {
	t.Parallel()
	r := open(t, mostread.Options{Support: 1})
	r.read(1, first(10)...)
	r.clock.Move(2 * time.Hour)
	r.read(2, first(7)...)
	r.restart()
	r.read(1, first(10)...) // all of them again
	r.read(2, 7)
	want(t, r.list(mostread.Hour, ""), mostread.Entry{Story: 2, Reads: 8})
	want(t, r.list(mostread.Day, ""), mostread.Entry{Story: 1, Reads: 10}, mostread.Entry{Story: 2, Reads: 8})
	if n := r.logged(); n != 18 {
		t.Errorf("the log has %d reads, want 18", n)
	}
	if through := r.counter.Lists().Through; !through.Equal(r.clock.Now()) {
		t.Errorf("counted through %v", through)
	}
}

func TestAHouseholdsBrowsersSurviveARestart(t *testing.T) {
	t.Parallel()
	r := open(t, mostread.Options{Support: 1})
	refused := 0
	for i := range 12 {
		if i == 3 {
			r.restart()
		}
		v := r.visit(1, 1)
		v.Agent = fmt.Sprint("browser ", i)
		switch err := r.counter.Accept(t.Context(), v); newsroom.KindOf(err) {
		case "":
		case newsroom.Held:
			refused++
		default:
			t.Fatal(err)
		}
	}
	want(t, r.list(mostread.Hour, ""), mostread.Entry{Story: 1, Reads: 4})
	if refused != 8 {
		t.Errorf("%d refused, want 8", refused)
	}
}

func TestAFailedDiskIsSaidAndCostsNobodyHisRead(t *testing.T) {
	t.Parallel()
	r := open(t, mostread.Options{Support: 1})
	r.read(1, 1)
	r.counter.Rank()
	r.disk.broken.Store(true)
	for range 9 { // a browser tries again, more often than a household has browsers
		if err := r.counter.Accept(t.Context(), r.visit(2, 1)); newsroom.KindOf(err) != newsroom.TooMuch || !errors.Is(err, errDisk) {
			t.Fatalf("%v", err)
		}
	}
	r.read(1, 1) // has been counted: nothing to write
	want(t, r.list(mostread.Hour, ""), mostread.Entry{Story: 1, Reads: 1})
	r.disk.broken.Store(false)
	r.read(1, 2)
	want(t, r.list(mostread.Hour, ""), mostread.Entry{Story: 1, Reads: 2})
}

func TestTheSameReadAtTheSameTimeIsWrittenOnce(t *testing.T) {
	t.Parallel()
	r := open(t, mostread.Options{Support: 1, Commit: 5 * time.Millisecond})
	r.read(1, make([]int, 200)...)
	want(t, r.list(mostread.Hour, ""), mostread.Entry{Story: 1, Reads: 1})
	if n := r.logged(); n != 1 {
		t.Errorf("the log has %d reads", n)
	}
}

func TestAFullQueueSaysSoAtOnce(t *testing.T) {
	t.Parallel()
	r := open(t, mostread.Options{})
	r.close() // nobody writes
	gone, cancel := context.WithCancel(context.Background())
	cancel()
	for n := range 8192 {
		if err := r.counter.Accept(gone, r.visit(n, 1)); newsroom.KindOf(err) != newsroom.TooMuch {
			t.Fatal(err)
		}
	}
	if err := r.counter.Accept(context.Background(), r.visit(9000, 1)); newsroom.KindOf(err) != newsroom.TooMuch || errors.Is(err, context.Canceled) {
		t.Errorf("%v", err)
	}
}

func TestWhatIsNotPublicIsNotCounted(t *testing.T) {
	t.Parallel()
	r := open(t, mostread.Options{Support: 1})
	for _, story := range []newsroom.StoryID{0, -1, 100, 1 << 62} {
		if err := r.counter.Accept(t.Context(), r.visit(1, story)); newsroom.KindOf(err) != newsroom.Invalid {
			t.Errorf("story %d: %v", story, err)
		}
	}
	if n := r.logged(); n != 0 {
		t.Errorf("the log has %d reads", n)
	}
}

func TestANewDayForgetsTheReadersAndCountsOn(t *testing.T) {
	t.Parallel()
	r := open(t, mostread.Options{Support: 1})
	r.clock.Move(18*time.Hour + 59*time.Minute) // 03:59 in Istanbul
	r.read(1, first(5)...)
	token := r.counter.Open(2, 7, netip.MustParseAddr("198.51.100.1"))
	before, err := r.disk.Salt(t.Context(), "2026-11-23")
	if err != nil {
		t.Fatal(err)
	}
	r.clock.Move(2 * time.Minute)
	r.read(1, first(5)...) // a new day: they are readers again
	r.read(1, first(5)...)
	want(t, r.list(mostread.Hour, ""), mostread.Entry{Story: 1, Reads: 10})
	if !r.counter.Check(token, 2, 7, netip.MustParseAddr("198.51.100.1")) {
		t.Error("a page opened before the day turned cannot be read")
	}
	r.clock.Move(-10 * time.Minute) // the clock is set back
	r.read(1, first(5)...)
	want(t, r.list(mostread.Hour, ""), mostread.Entry{Story: 1, Reads: 10})
	if after, err := r.disk.Salt(t.Context(), "2026-11-23"); err != nil || after == before {
		t.Errorf("yesterday's secret was kept (%v)", err)
	}
}

func TestTheDayTurnsUnderLoad(t *testing.T) {
	t.Parallel()
	r := open(t, mostread.Options{Support: 1})
	r.clock.Move(18*time.Hour + 59*time.Minute + 59*time.Second)
	var wg sync.WaitGroup
	for n := range 200 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			if n == 100 {
				r.clock.Move(2 * time.Second)
			}
			v := r.visit(n, 1)
			if err := r.counter.Accept(context.Background(), v); err != nil {
				t.Error(err)
			}
		}()
	}
	wg.Wait()
	want(t, r.list(mostread.Hour, ""), mostread.Entry{Story: 1, Reads: 200})
	r.restart()
	want(t, r.list(mostread.Hour, ""), mostread.Entry{Story: 1, Reads: 200})
}

func TestRecordsOfAWrongClockDoNotHoldTheTime(t *testing.T) {
	t.Parallel()
	r := open(t, mostread.Options{Support: 1})
	r.read(1, 1, 2)
	r.clock.Move(400 * 24 * time.Hour)
	r.read(1, 3, 4, 5)
	r.clock.Move(-400 * 24 * time.Hour)
	r.restart()
	want(t, r.list(mostread.Hour, ""), mostread.Entry{Story: 1, Reads: 2})
	r.read(1, 6)
	r.clock.Move(61 * time.Minute)
	want(t, r.list(mostread.Hour, ""))
	want(t, r.list(mostread.Day, ""), mostread.Entry{Story: 1, Reads: 3})
}

func TestOldReadsAreForgotten(t *testing.T) {
	t.Parallel()
	r := open(t, mostread.Options{Support: 1})
	r.read(1, 1)
	r.clock.Move(9 * 24 * time.Hour)
	r.read(2, 1)
	if err := r.counter.Tidy(t.Context()); err != nil {
		t.Fatal(err)
	}
	if n := r.logged(); n != 1 {
		t.Errorf("the log has %d reads", n)
	}
	want(t, r.list(mostread.Week, ""), mostread.Entry{Story: 2, Reads: 1})
}
