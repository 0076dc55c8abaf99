// Package wire takes in what agencies send and makes wire items of it.
//
// What comes in is stored before it is understood: a delivery whose bytes are
// durable is acknowledged, and only then looked at. Each delivery ends with a
// verdict. It is settled, and its items are on the list; or it is quarantined,
// whole and with its reason, for a person to see. Nothing is dropped in silence.
//
// A kill goes before everything: before what is older, before what parses, and
// out of files that do not parse at all, as long as it can be read whom it kills.
//
// Knows: deliveries, formats, wire items. Never imports: the other rooms, a database, the network.
package wire

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"sync"
	"time"

	"github.com/rotatif/newsroom"
	"github.com/rotatif/newsroom/internal/wire/sense"
)

// Source is what the house knows of a source of copy beforehand.
type Source = sense.Source

// Reception is the room.
type Reception struct {
	Store   Store
	Sources map[string]Source // by the name receipts give
	Now     func() time.Time
	Nudge   func() // told that something waits; may be nil

	// Beside runs do beside its caller, who waits for it. Without it all is
	// done one after another.
	Beside func(do func())

	mu     sync.Mutex // guards urgent
	urgent []ReceiptID
	one    sync.Mutex // one Settle at a time
}

// Receive stores a delivery and returns when it is durable. The same bytes from
// the same source come to the first receipt.
func (r *Reception) Receive(ctx context.Context, receipt Receipt, raw []byte) (ReceiptID, error) {
	receipt.Verdict = Verdict{}
	id, fresh, err := r.keep(ctx, &receipt, raw)
	if err != nil || !fresh {
		return id, err
	}
	if hinted(raw) {
		r.mu.Lock()
		r.urgent = append(r.urgent, id)
		r.mu.Unlock()
	}
	if r.Nudge != nil {
		r.Nudge()
	}
	return id, nil
}

// Refuse keeps what there is of a delivery that cannot be taken, a file too big
// to be read for one, and quarantines it with the reason (a key of
// wire.reason.*). A kill in what there is still counts. The reason is durable
// with the bytes, so that nobody who finds them waiting takes them for whole.
func (r *Reception) Refuse(ctx context.Context, receipt Receipt, raw []byte, reason, detail string) (ReceiptID, error) {
	receipt.Verdict = Verdict{Reason: reason, Detail: detail}
	id, fresh, err := r.keep(ctx, &receipt, raw)
	if err != nil || !fresh {
		return id, err
	}
	receipt.ID = id
	_, err = r.settle(ctx, r.sniff(Kept{Receipt: receipt, Raw: raw}))
	return id, err
}

func (r *Reception) keep(ctx context.Context, receipt *Receipt, raw []byte) (ReceiptID, bool, error) {
	sum := sha256.Sum256(raw)
	receipt.Hash = hex.EncodeToString(sum[:])
	if receipt.Received.IsZero() {
		receipt.Received = r.Now()
	}
	receipt.Received = newsroom.Micro(receipt.Received)
	receipt.Provider = r.source(*receipt).Provider
	id, fresh, err := r.Store.Keep(ctx, *receipt, raw)
	if err != nil {
		return 0, false, fmt.Errorf("wire: keeping a delivery of %s: %w", receipt.Source, err)
	}
	return id, fresh, nil
}

// source is the setting of a receipt's source. Whose copy it is is never read
// from the copy; a source without a setting is a provider of its own.
func (r *Reception) source(receipt Receipt) Source {
	src := r.Sources[receipt.Source]
	src.Provider = sense.First(src.Provider, receipt.Provider, receipt.Source)
	return src
}
