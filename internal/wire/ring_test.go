package wire_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/rotatif/newsroom"
	"github.com/rotatif/newsroom/internal/handclock"
	"github.com/rotatif/newsroom/internal/wire"
)

// A call nobody answers grows louder rung by rung, and comes to an end.
func TestACallGrowsLouder(t *testing.T) {
	t.Parallel()
	b := open(t)
	clock := handclock.At(time.Date(2026, 3, 4, 10, 0, 0, 0, time.UTC))
	b.Now = clock.Now
	b.send("ka", feedItem("ka-550", "Fabrikada çıkan yangın söndürüldü", "Yangın söndürüldü.", 5))
	b.send("ka", feedItem("ka-559", "HABER İPTALİ", "ka-550 numaralı haberimiz iptal edilmiştir.", 9))
	b.send("ka", feedItem("ka-570", "HABER İPTALİ", "\"Hiç gelmemiş olan haber\" başlıklı haberimizi kullanmayınız.", 9))
	b.settle()
	b.follow()
	taster := wire.Taster{Copy: b.store, Now: clock.Now}
	ring := func() []newsroom.WireItem {
		t.Helper()
		last, err := taster.Ring(t.Context(), b.store, 2*time.Minute)
		if err != nil {
			t.Fatal(err)
		}
		return last
	}
	rungs := func() string {
		return fmt.Sprint(b.item("ka", "ka-550").Call.Rung, b.item("ka", "ka-570").Call.Rung)
	}
	for i, c := range []struct {
		wait time.Duration
		want string
		last int
	}{
		{0, "0 0", 0}, {time.Minute, "0 0", 0}, {time.Minute, "1 1", 0}, {time.Second, "1 1", 0}, {2 * time.Minute, "2 2", 0},
		{2 * time.Minute, "3 3", 2}, {time.Hour, "3 3", 0},
	} {
		clock.Move(c.wait)
		if last := ring(); len(last) != c.last || rungs() != c.want {
			t.Errorf("step %d: rungs %s, want %s; %d at the last", i, rungs(), c.want, len(last))
		}
	}
	if _, err := taster.Answer(t.Context(), person(newsroom.Writer), b.item("ka", "ka-550").ID, b.item("ka", "ka-550").Sight(taster.Now())); err != nil {
		t.Fatal(err)
	}
	if ring(); b.item("ka", "ka-550").Call.Rung != 3 || b.item("ka", "ka-550").Call.Open() {
		t.Errorf("%+v", b.item("ka", "ka-550").Call)
	}
}

// What is only looked at is kept nowhere.
func TestLookingKeepsNothing(t *testing.T) {
	t.Parallel()
	b := open(t)
	reading := b.Look(wire.Receipt{Source: "ka", Received: b.Now()}, []byte(feedItem("ka-1", "Haber", "ÇAMLIOVA (KA) - Metin.", 1)))
	if reading.Format != "rss" || len(reading.Dispatches) != 1 || reading.Verdict.Outcome != wire.Settled || reading.Encoding != "utf-8" {
		t.Errorf("%+v", reading)
	}
	told := wire.Tell(reading.Dispatches[0])
	if told.ID == nil || *told.ID != "ka-1" || told.Version != nil || told.Credit != nil || told.Urgency != nil || *told.Dateline != "ÇAMLIOVA (KA) -" {
		t.Errorf("%+v", told)
	}
	items, err := b.store.Items(t.Context(), wire.Filter{})
	if err != nil || len(items) != 0 {
		t.Errorf("%d items (%v)", len(items), err)
	}
	broken := b.Look(wire.Receipt{Source: "ka"}, []byte("\x1f\x8bkein Gzip"))
	if broken.Verdict.Outcome != wire.Quarantined || broken.Verdict.Reason == "" {
		t.Errorf("%+v", broken)
	}
}
