package wire

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	"github.com/rotatif/newsroom"
	"github.com/rotatif/newsroom/internal/letters"
	"github.com/rotatif/newsroom/internal/wire/sense"
)

const (
	batch    = 128              // deliveries looked at together
	blink    = 128 << 10        // bytes of deliveries settled in one transaction, unless one is larger
	maxItems = 5000             // of one delivery
	patience = 10 * time.Second // with one delivery
	spoonful = 100              // items of a long delivery settled in one transaction
)

// Settle works through what waits and says how many deliveries it gave their
// verdict. Of those looked at together the ones that kill are settled first. A
// delivery that cannot be settled now does not keep back the others; it waits,
// and the error says so.
func (r *Reception) Settle(ctx context.Context) (int, error) {
	r.one.Lock()
	defer r.one.Unlock()
	total := 0
	for {
		done, err := r.settleUrgent(ctx)
		total += done
		if err != nil {
			return total, err
		}
		waiting, err := r.Store.Waiting(ctx, batch)
		if err != nil {
			return total, fmt.Errorf("wire: what waits: %w", err)
		}
		done, err = r.settleAll(ctx, waiting)
		total += done
		if err != nil || done == 0 {
			return total, err
		}
	}
}

// settleAll settles what waits, some of it at a time, what kills before the rest.
func (r *Reception) settleAll(ctx context.Context, waiting []Kept) (int, error) {
	finds := make([]find, len(waiting))
	r.each(len(waiting), func(i int) { finds[i] = r.sniff(waiting[i]) })
	slices.SortStableFunc(finds, func(a, b find) int { return min(len(b.kills), 1) - min(len(a.kills), 1) })
	done := 0
	var failed []error
	for len(finds) > 0 && ctx.Err() == nil {
		urgent, err := r.settleUrgent(ctx)
		done += urgent
		failed = append(failed, err)
		n := together(finds)
		settled, err := r.settle(ctx, finds[:n]...)
		done += settled
		failed, finds = append(failed, err), finds[n:]
	}
	return done, errors.Join(append(failed, ctx.Err())...)
}

// together is how many of the deliveries are settled in one transaction: as few
// as are written in a blink, for the desk waits meanwhile, and none that kills
// with one that does not.
func together(finds []find) int {
	size := len(finds[0].kept.Raw)
	for i, f := range finds[1:] {
		size += len(f.kept.Raw)
		if size > blink || (len(f.kills) > 0) != (len(finds[0].kills) > 0) {
			return i + 1
		}
	}
	return len(finds)
}

// each does something for 0 to n-1, in any order, one beside the other where
// the hall lends a hand, and returns when all is done.
func (r *Reception) each(n int, do func(int)) {
	var next atomic.Int64
	work := func() {
		for i := next.Add(1) - 1; i < int64(n); i = next.Add(1) - 1 {
			do(int(i))
		}
	}
	if r.Beside == nil || n < 2 {
		work()
		return
	}
	helped := make(chan any, 1)
	r.Beside(func() {
		defer func() { helped <- recover() }()
		work()
	})
	work()
	if failed := <-helped; failed != nil {
		panic(failed) // where somebody is there to catch it
	}
}

// settleUrgent settles what came in since and may kill.
func (r *Reception) settleUrgent(ctx context.Context) (int, error) {
	r.mu.Lock()
	ids := r.urgent
	r.urgent = nil
	r.mu.Unlock()
	for done, id := range ids {
		kept, err := r.Store.Receipts(ctx, ReceiptFilter{ID: id, Raw: true, Limit: 1})
		if err == nil && len(kept) == 1 && kept[0].Verdict.Outcome == Waiting {
			_, err = r.settle(ctx, r.sniff(kept[0]))
		}
		if err != nil { // it waits with the others
			return done, fmt.Errorf("wire: urgent delivery %d: %w", id, err)
		}
	}
	return len(ids), nil
}

// settle reads the deliveries' items and writes their verdicts, all together;
// when that fails one by one, so that one that cannot be settled keeps back no
// other. It gives how many were settled.
func (r *Reception) settle(ctx context.Context, finds ...find) (int, error) {
	if len(finds) == 1 && finds[0].long() {
		return r.settleLong(ctx, finds[0])
	}
	all := make([]Settlement, len(finds))
	r.each(len(finds), func(i int) { all[i] = r.settlement(finds[i]) })
	if len(all) > 1 {
		if err := r.Store.Settle(ctx, newsroom.WireItem.Fold, all...); err == nil {
			return len(all), nil
		}
	}
	done := 0
	var failed []error
	for _, s := range all {
		if err := r.settleOne(ctx, s); err != nil {
			failed = append(failed, err)
			continue
		}
		done++
	}
	return done, errors.Join(failed...)
}

// long says whether a delivery has so many items that others must not wait for
// all of them. One that kills is settled whole: nothing of it may be seen alive.
func (f find) long() bool { return len(f.parts) > spoonful && len(f.kills) == 0 }

// settleLong reads and settles a long delivery by spoonfuls, and between two of
// them what short ones there are. It has its verdict with the last of them;
// should the program end before, it is read again and what it has given is known.
func (r *Reception) settleLong(ctx context.Context, f find) (int, error) {
	page, done := page{}, 0
	var failed []error // of short ones, which wait for another time
	for r.turn(f, &page) {
		part := Settlement{ID: f.kept.ID, Verdict: Verdict{Outcome: Waiting}, Dispatches: page.good}
		if err := r.Store.Settle(ctx, newsroom.WireItem.Fold, part); err != nil {
			break // settled whole, it comes out what is wrong with it
		}
		page.good = nil
		short, err := r.settleShort(ctx)
		done, failed = done+short, append(failed, err)
	}
	for r.turn(f, &page) { // only after a spoonful that could not be settled
		continue
	}
	v := f.verdict(page.understood, page.bad)
	v.At = newsroom.Micro(r.Now())
	if err := r.settleOne(ctx, Settlement{ID: f.kept.ID, Verdict: v, Dispatches: page.good}); err != nil {
		return done, errors.Join(append(failed, err)...)
	}
	return done + 1, errors.Join(failed...)
}

// settleShort settles what has come and is not long.
func (r *Reception) settleShort(ctx context.Context) (int, error) {
	done, err := r.settleUrgent(ctx)
	if err != nil {
		return done, err
	}
	waiting, err := r.Store.Waiting(ctx, batch)
	if err != nil {
		return done, fmt.Errorf("wire: what waits: %w", err)
	}
	var failed []error
	for _, kept := range waiting {
		if len(kept.Raw) > blink {
			continue
		}
		if f := r.sniff(kept); !f.long() {
			settled, err := r.settle(ctx, f)
			done, failed = done+settled, append(failed, err)
		}
	}
	return done, errors.Join(failed...)
}

// settlement is what becomes of a delivery.
func (r *Reception) settlement(f find) Settlement {
	dispatches, refused := r.read(f)
	v := f.verdict(len(dispatches), refused)
	v.At = newsroom.Micro(r.Now())
	return Settlement{ID: f.kept.ID, Verdict: v, Dispatches: f.bury(dispatches)}
}

// settleOne settles a delivery. One that the store refuses is quarantined.
func (r *Reception) settleOne(ctx context.Context, s Settlement) error {
	err := r.Store.Settle(ctx, newsroom.WireItem.Fold, s)
	if err != nil && newsroom.KindOf(err) != newsroom.Internal {
		s.Verdict = Verdict{Outcome: Quarantined, Reason: "wire.reason.not_kept", Detail: err.Error(), Format: s.Verdict.Format, At: s.Verdict.At}
		s.Dispatches = nil
		err = r.Store.Settle(ctx, newsroom.WireItem.Fold, s)
	}
	if err != nil {
		return fmt.Errorf("wire: settling delivery %d: %w", s.ID, err)
	}
	return nil
}

// refusal is why one item of a delivery was not taken.
type refusal struct{ id, reason, detail string }

// read reads all items of a delivery.
func (r *Reception) read(f find) ([]newsroom.Dispatch, []refusal) {
	p := page{}
	for r.turn(f, &p) {
		continue
	}
	return p.good, p.bad
}

// page is how far a delivery has been read.
type page struct {
	good       []newsroom.Dispatch
	bad        []refusal
	next       int           // the item to be read
	understood int           // of those read
	spent      time.Duration // with reading
}

// turn reads the next spoonful of items one by one, so that a bad one costs
// itself alone, and says whether there are more.
func (r *Reception) turn(f find, p *page) bool {
	begun, end := r.Now(), min(p.next+spoonful, len(f.parts))
	for ; p.next < end; p.next++ {
		part := f.parts[p.next]
		if p.next >= maxItems || p.spent+r.Now().Sub(begun) > patience {
			p.bad = append(p.bad, refusal{part.ID, sense.TooBig, strconv.Itoa(len(f.parts))})
			p.next = len(f.parts)
			return false
		}
		d, err := guarded(part)
		if err != nil {
			reason, detail := reasonOf(err)
			p.bad = append(p.bad, refusal{part.ID, reason, detail})
			continue
		}
		for _, w := range f.warnings {
			sense.Warn(&d, w, "")
		}
		p.good = append(p.good, d)
		p.understood++
	}
	p.spent += r.Now().Sub(begun)
	return p.next < len(f.parts)
}

// guarded reads an item; a reader that fails outright fails for this item only.
func guarded(part sense.Part) (d newsroom.Dispatch, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = &newsroom.Error{Kind: newsroom.Internal, Key: "wire.reason.reader_failed", Err: fmt.Errorf("%v", p)}
		}
	}()
	return part.Read()
}

// bury makes the scan's kills hold for what was read: an item that was read as
// alive is killed, one that was not read at all is killed unseen.
func (f find) bury(dispatches []newsroom.Dispatch) []newsroom.Dispatch {
	dead := map[string]bool{}
	for _, d := range dispatches {
		dead[d.Key.ID] = dead[d.Key.ID] || d.Status == newsroom.Canceled
	}
	buried := 0
	for _, k := range f.kills {
		id := f.src.StableID(k.id)
		if dead[id] || buried >= maxItems {
			continue
		}
		dead[id] = true
		if d, err := k.dispatch(f); err == nil {
			dispatches = append(dispatches, d)
			buried++
		}
	}
	return dispatches
}

// verdict sums up a delivery.
func (f find) verdict(understood int, refused []refusal) Verdict {
	v := Verdict{Outcome: Settled, Format: f.format, Items: understood, Reason: f.reason, Detail: f.detail}
	switch {
	case understood > 0 && len(refused) > 0:
		v.Reason, v.Detail = "wire.reason.partial", list(refused)
	case understood > 0 && f.cut:
		v.Reason, v.Detail = "wire.reason.partial", "truncated"
	case understood > 0:
	case len(refused) > 0:
		v.Outcome, v.Reason, v.Detail = Quarantined, refused[0].reason, list(refused)
	case f.reason != "":
		v.Outcome = Quarantined
	case f.cut:
		v.Outcome, v.Reason = Quarantined, sense.Truncated
	case f.known:
		v.Reason = sense.Heartbeat
	default:
		v.Outcome, v.Reason = Quarantined, sense.NotAFormat
	}
	v.Detail = letters.Cut(strings.ToValidUTF8(v.Detail, "\uFFFD"), 500)
	return v
}

// list tells the first refusals in the machine's words.
func list(refused []refusal) string {
	var all []string
	for i, r := range refused {
		if i == 10 {
			all = append(all, "… "+strconv.Itoa(len(refused)))
			break
		}
		all = append(all, strings.TrimSpace(strings.Join([]string{letters.Cut(r.id, 80), strings.TrimPrefix(r.reason, "wire.reason."), r.detail}, " ")))
	}
	return strings.Join(all, "; ")
}
