package wire_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"

	"github.com/rotatif/newsroom"
	"github.com/rotatif/newsroom/internal/handclock"
	"github.com/rotatif/newsroom/internal/store"
	"github.com/rotatif/newsroom/internal/wire"
	"github.com/rotatif/newsroom/internal/wire/wiretest"
)

// passing is a store to which something comes while it settles.
type passing struct {
	*store.Newsroom
	settled func(all []wire.Settlement)
}

func (p passing) Settle(ctx context.Context, fold wire.Fold, all ...wire.Settlement) error {
	err := p.Newsroom.Settle(ctx, fold, all...)
	p.settled(all)
	return err
}

func longFeed(items int) string {
	var b strings.Builder
	b.WriteString(`<rss version="2.0"><channel><title>KA</title>`)
	for i := range items {
		fmt.Fprintf(&b, `<item><guid isPermaLink="false">ka-%d</guid><title>%d. haber</title><description>Metin.</description></item>`, i, i)
	}
	return b.String() + `</channel></rss>`
}

// What comes while a long delivery is settled does not wait for its end; the
// long one loses nothing, and has its verdict last.
func TestALongDeliveryLetsShortOnesBy(t *testing.T) {
	t.Parallel()
	b := open(t)
	b.Now = handclock.At(wiretest.Received()).Now // reading takes no time
	var short wire.ReceiptID
	spoons := 0
	b.Store = passing{b.store, func(all []wire.Settlement) {
		if len(all) == 1 && len(all[0].Dispatches) == 100 {
			if spoons++; spoons == 1 {
				short = b.send("ba", ninjs("b-1", 1, `,"headline":"Araya giren","body_text":"Kısa."`))
			}
		}
	}}
	long := b.send("ka", longFeed(350))
	if n := b.settle(); n != 2 {
		t.Fatalf("%d settled", n)
	}
	first, last := b.verdict(short), b.verdict(long)
	if spoons != 3 || first.Outcome != wire.Settled {
		t.Errorf("%d spoonfuls, %+v, %+v", spoons, first, last)
	}
	if last.Outcome != wire.Settled || last.Items != 350 {
		t.Errorf("%+v", last)
	}
	items, err := b.store.Items(t.Context(), wire.Filter{Provider: "ka", Limit: 500})
	if err != nil || len(items) != 350 {
		t.Fatalf("%d items (%v)", len(items), err)
	}
	places, err := b.store.Items(t.Context(), wire.Filter{Limit: 500})
	if err != nil || len(places) != 351 || places[0].Key.Provider != "ka" || places[250].Key.Provider != "ba" {
		t.Errorf("it did not come between: %d (%v)", len(places), err)
	}
}

// A long delivery that is cut off between two spoonfuls is read again, and what
// it gave before is known.
func TestALongDeliveryGoesOnAfterACrash(t *testing.T) {
	t.Parallel()
	b := open(t)
	b.Now = handclock.At(wiretest.Received()).Now // reading takes no time
	id := b.send("ka", longFeed(350))
	b.Store = passing{b.store, func([]wire.Settlement) { panic("power is gone") }}
	func() {
		defer func() { _ = recover() }()
		b.settle()
	}()
	if v := b.verdict(id); v.Outcome != wire.Waiting {
		t.Fatalf("%+v", v)
	}
	again := fresh(b.store)
	again.Now = b.Now
	if n, err := again.Settle(t.Context()); n != 1 || err != nil {
		t.Fatalf("%d, %v", n, err)
	}
	items, err := b.store.Items(t.Context(), wire.Filter{Limit: 500})
	if err != nil || len(items) != 350 || b.verdict(id).Items != 350 {
		t.Fatalf("%d items (%v), %+v", len(items), err, b.verdict(id))
	}
	for _, w := range items {
		if w.Revisions != 1 {
			t.Errorf("%s came %d times", w.Key.ID, w.Revisions)
		}
	}
}

// A long delivery that kills something is settled whole.
func TestALongDeliveryThatKillsIsOne(t *testing.T) {
	t.Parallel()
	b := open(t)
	b.Now = handclock.At(wiretest.Received()).Now // reading takes no time
	most := 0
	b.Store = passing{b.store, func(all []wire.Settlement) { most = max(most, len(all[0].Dispatches)) }}
	b.send("ka", "["+strings.Repeat(ninjs("urn:x", 1, `,"headline":"A","body_text":"B."`)+",", 150)+ninjs("urn:y", 1, `,"pubStatus":"canceled"`)+"]")
	b.settle()
	if most < 101 || !b.item("ka", "urn:y").Killed || b.item("ka", "urn:x").State(b.Now()) != newsroom.ItemUsable {
		t.Errorf("%d at once", most)
	}
}

// failing is a store that cannot settle what comes of one source.
type failing struct {
	*store.Newsroom
	short func() // something comes meanwhile
}

var errDisk = errors.New("the disk is in a mood")

func (f failing) Settle(ctx context.Context, fold wire.Fold, all ...wire.Settlement) error {
	for _, s := range all {
		if len(s.Dispatches) > 0 && s.Dispatches[0].Key.Provider == "ba" {
			return errDisk
		}
	}
	f.short()
	return f.Newsroom.Settle(ctx, fold, all...)
}

// A short delivery that cannot be settled waits, and keeps back no long one.
func TestAShortDeliveryThatFailsKeepsBackNoLongOne(t *testing.T) {
	t.Parallel()
	b := open(t)
	b.Now = handclock.At(wiretest.Received()).Now // reading takes no time
	var short wire.ReceiptID
	b.Store = failing{b.store, sync.OnceFunc(func() { short = b.send("ba", ninjs("b-1", 1, `,"headline":"Takılan","body_text":"Kısa."`)) })}
	long := b.send("ka", longFeed(350))
	if _, err := b.Settle(t.Context()); !errors.Is(err, errDisk) {
		t.Errorf("nothing is told of it: %v", err)
	}
	if v := b.verdict(long); v.Outcome != wire.Settled || v.Items != 350 {
		t.Errorf("long %+v", v)
	}
	if v := b.verdict(short); v.Outcome != wire.Waiting {
		t.Errorf("short %+v", v)
	}
}
