package wire

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/rotatif/newsroom"
	"github.com/rotatif/newsroom/internal/letters"
	"github.com/rotatif/newsroom/internal/wire/sense"
)

const (
	batch    = 32               // deliveries looked at together
	maxItems = 5000             // of one delivery
	patience = 10 * time.Second // with one delivery
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

func (r *Reception) settleAll(ctx context.Context, waiting []Kept) (int, error) {
	finds := make([]find, 0, len(waiting))
	for _, k := range waiting {
		finds = append(finds, r.sniff(k))
	}
	slices.SortStableFunc(finds, func(a, b find) int { return min(len(b.kills), 1) - min(len(a.kills), 1) })
	done := 0
	var failed []error
	for _, f := range finds {
		if err := ctx.Err(); err != nil {
			return done, errors.Join(append(failed, err)...)
		}
		urgent, err := r.settleUrgent(ctx)
		done += urgent
		if err == nil {
			err = r.settle(ctx, f)
		}
		if err != nil {
			failed = append(failed, err)
			continue
		}
		done++
	}
	return done, errors.Join(failed...)
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
			err = r.settle(ctx, r.sniff(kept[0]))
		}
		if err != nil { // it waits with the others
			return done, fmt.Errorf("wire: urgent delivery %d: %w", id, err)
		}
	}
	return len(ids), nil
}

// settle reads a delivery's items and writes its verdict.
func (r *Reception) settle(ctx context.Context, f find) error {
	dispatches, refused := r.read(f)
	understood := len(dispatches)
	dispatches = f.bury(dispatches)
	v := f.verdict(understood, refused)
	v.At = newsroom.Micro(r.Now())
	err := r.Store.Settle(ctx, f.kept.ID, v, dispatches, newsroom.WireItem.Fold)
	if err != nil && newsroom.KindOf(err) != newsroom.Internal {
		v = Verdict{Outcome: Quarantined, Reason: "wire.reason.not_kept", Detail: err.Error(), Format: f.format, At: v.At}
		err = r.Store.Settle(ctx, f.kept.ID, v, nil, newsroom.WireItem.Fold)
	}
	if err != nil {
		return fmt.Errorf("wire: settling delivery %d: %w", f.kept.ID, err)
	}
	return nil
}

// refusal is why one item of a delivery was not taken.
type refusal struct{ id, reason, detail string }

// read reads the items one by one, so that a bad one costs itself alone.
func (r *Reception) read(f find) ([]newsroom.Dispatch, []refusal) {
	var good []newsroom.Dispatch
	var bad []refusal
	begun := r.Now()
	for i, part := range f.parts {
		if i >= maxItems || r.Now().Sub(begun) > patience {
			bad = append(bad, refusal{part.ID, sense.TooBig, strconv.Itoa(len(f.parts))})
			break
		}
		d, err := guarded(part)
		if err != nil {
			reason, detail := reasonOf(err)
			bad = append(bad, refusal{part.ID, reason, detail})
			continue
		}
		for _, w := range f.warnings {
			sense.Warn(&d, w, "")
		}
		good = append(good, d)
	}
	return good, bad
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
