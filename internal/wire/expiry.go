package wire

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/rotatif/newsroom"
)

// Aged is an item or a delivery and when it was last delivered.
type Aged struct {
	ID int64
	At time.Time
}

// Past chooses what came from a provider before a time, oldest first, behind
// what was given last; After is zero at first.
type Past struct {
	Provider string
	Before   time.Time
	After    Aged
	Limit    int
}

// Resting is an item and what must be known before it is let go. Taken is set
// when a story of any state was ever made of it, here and in Beside.
type Resting struct {
	Item   newsroom.WireItem
	Beside []newsroom.WireItem // the other copy of its event
	Ties   []Tie
}

// Attic lets old copy go. All methods may be called concurrently.
type Attic interface {
	// OldItems gives items of the past that may be unused; which are is for the
	// rule of LetGo to say.
	OldItems(ctx context.Context, p Past) ([]Aged, error)

	// LetGo forgets, in one durable transaction, those of the items that the rule
	// lets go, and says how many. Their revisions stay known by their hashes:
	// delivered again they are passed over, and so is what is older. The rule is pure, because a conflict
	// runs it again; nothing it was shown can change before the item is gone.
	LetGo(ctx context.Context, items []Aged, at time.Time, rule func(Resting) bool) (int, error)

	// OldBytes gives settled deliveries of the past that still have their bytes
	// and of which no item is left. One that was read only in part is not among
	// them, for what was not read is in its bytes alone.
	OldBytes(ctx context.Context, p Past) ([]Aged, error)

	// DropBytes takes their bytes from such deliveries, in one durable transaction,
	// and says from how many. The deliveries stay known.
	DropBytes(ctx context.Context, deliveries []Aged, at time.Time) (int, error)
}

// MinKeep is the shortest time for which copy is kept. Notices mean copy, and
// copy of one event is found, within days; none of it may be gone by then.
const MinKeep = 7 * 24 * time.Hour

// Expiry lets copy go that nobody used. What a person or the agency has ever
// had a word about stays: copy that was taken, killed, withheld, barred or
// under an embargo that has not ended; a notice, and what one means; what a
// person was called to or decided on; and what stands in one event with copy
// that stays for such a reason or is younger.
type Expiry struct {
	Attic Attic
	Keep  map[string]time.Duration // by provider; one that is not named keeps its copy for ever
	Now   func() time.Time
}

// Gone is how much of a provider's copy was let go: items, and deliveries whose
// bytes went.
type Gone struct{ Items, Deliveries int }

// armful is how much is let go in one transaction, so that copy that comes in
// meanwhile need not wait.
const armful = 40

// Sweep lets go what is due, and says of how much by provider. When it fails
// half way, it says what went before.
func (e Expiry) Sweep(ctx context.Context) (map[string]Gone, error) {
	all := map[string]Gone{}
	for _, provider := range slices.Sorted(maps.Keys(e.Keep)) {
		before := e.Now().Add(-max(e.Keep[provider], MinKeep))
		items, err := carry(ctx, Past{Provider: provider, Before: before, Limit: armful}, e.Attic.OldItems, func(old []Aged) (int, error) {
			now := e.Now()
			return e.Attic.LetGo(ctx, old, now, func(r Resting) bool { return r.unused(before, now) })
		})
		bytes := 0
		if err == nil {
			bytes, err = carry(ctx, Past{Provider: provider, Before: before, Limit: armful}, e.Attic.OldBytes, func(old []Aged) (int, error) {
				return e.Attic.DropBytes(ctx, old, e.Now())
			})
		}
		if items+bytes > 0 {
			all[provider] = Gone{items, bytes}
		}
		if err != nil {
			return all, fmt.Errorf("wire: old copy of %s: %w", provider, err)
		}
	}
	return all, nil
}

// carry goes through the past by armfuls.
func carry(ctx context.Context, p Past, look func(context.Context, Past) ([]Aged, error), let func([]Aged) (int, error)) (int, error) {
	total := 0
	for ctx.Err() == nil {
		old, err := look(ctx, p)
		if err != nil || len(old) == 0 {
			return total, err
		}
		n, err := let(old)
		if total += n; err != nil {
			return total, err
		}
		p.After = old[len(old)-1]
	}
	return total, ctx.Err()
}

// unused says whether an item may go.
func (r Resting) unused(before, now time.Time) bool {
	if r.Item.Taken != 0 || !r.Item.Last.Before(before) || !unspoken(r.Item, now) {
		return false
	}
	if slices.ContainsFunc(r.Ties, func(t Tie) bool { return t.By != newsroom.House }) {
		return false
	}
	return !slices.ContainsFunc(r.Beside, func(o newsroom.WireItem) bool {
		return o.Taken != 0 || !o.Last.Before(before) || !unspoken(o, now)
	})
}

// unspoken says whether neither the agency nor a person has ever had a word
// about the copy.
func unspoken(w newsroom.WireItem, now time.Time) bool {
	return w.State(now) == newsroom.ItemUsable && w.KillMark.Hash == "" && w.RevivedMark.Hash == "" &&
		w.Call == nil && len(w.Notices) == 0 && w.Text.Notice == nil && w.Allowed == "" && !w.Ordinary
}
