package wire

import (
	"context"
	"time"

	"github.com/rotatif/newsroom"
)

// ReceiptID identifies one delivery of bytes.
type ReceiptID int64

// Receipt tells where a delivery came from. Source names the configured source,
// Provider the agency it speaks for. Name is a file name or an address with
// credentials taken out.
type Receipt struct {
	ID       ReceiptID
	Source   string
	Provider string
	Channel  string // folder, poll, push
	Name     string
	Received time.Time
	Hash     string // SHA-256 of the raw bytes, hex
	Verdict  Verdict
	Expired  time.Time // when its bytes were let go; zero while they are kept
}

// Verdict is what became of a delivery. Outcome is empty while it waits.
// Reason is a catalogue key, Detail what the machine said; a delivery that was
// refused at the door has them while it waits.
type Verdict struct {
	Outcome Outcome
	Reason  string
	Detail  string
	Format  string
	Items   int // dispatches understood
	At      time.Time
}

// Outcome is the sort of verdict.
type Outcome string

// The outcomes. Quarantined deliveries are kept whole and shown with their reason.
const (
	Waiting     Outcome = ""
	Settled     Outcome = "settled"
	Quarantined Outcome = "quarantined"
)

// Filter chooses wire items for the list, last delivered first. Zero fields do not filter.
type Filter struct {
	ID       newsroom.ItemID
	Key      newsroom.ItemKey
	Provider string
	Subjects []string // any of these: "scheme:code", or a subject's name
	Place    string   // a place of the copy, in any writing
	Kind     newsroom.ItemKind
	Urgency  int  // at least so pressing: 1 to this; copy without an urgency is not found
	Flash    bool // only flashes
	Free     bool // only those that nobody has taken
	Language string
	State    newsroom.ItemState // at At
	At       time.Time
	Called   bool            // only those with an open call
	Text     string          // as typed; see [ParseWords]
	From     time.Time       // last delivered at this time or later
	Until    time.Time       // last delivered at this time or before
	Before   newsroom.ItemID // page on: items whose last delivery lies before this item's; one that is not there bounds nothing
	Limit    int             // default 50, at most 500
}

// Settlement is what becomes of a delivery: its verdict, and what was understood of it.
type Settlement struct {
	ID         ReceiptID
	Verdict    Verdict
	Dispatches []newsroom.Dispatch
}

// ReceiptFilter chooses deliveries, newest first.
type ReceiptFilter struct {
	ID      ReceiptID
	Outcome *Outcome
	Item    newsroom.ItemID // deliveries that made this item
	Raw     bool            // with their bytes
	Limit   int
}

// Revision is one delivered revision of an item.
type Revision struct {
	Hash     string // of the dispatch; see [newsroom.Dispatch.Hash]
	Receipt  ReceiptID
	Received time.Time
	Dispatch newsroom.Dispatch
}

// Window chooses the items of one provider whose last delivery lies between
// two times, both included. With Notices only those that are notices.
type Window struct {
	Provider string
	From, To time.Time
	Notices  bool
}

// Change is a rule applied to an item: pure, because a conflict runs it again.
type Change func(newsroom.WireItem) (newsroom.WireItem, []newsroom.Fact, error)

// Copy keeps what is found out and decided about items. All methods may be
// called concurrently.
type Copy interface {
	// ChangeItem reads the item, applies the rule, and saves the item and the
	// facts in one durable transaction. When the rule returns no facts nothing
	// is saved. An error of the rule is returned as it is.
	ChangeItem(ctx context.Context, id newsroom.ItemID, rule Change) (newsroom.WireItem, newsroom.Seq, error)

	// ItemRevisions gives every delivered revision of an item, in the order received.
	ItemRevisions(ctx context.Context, id newsroom.ItemID) ([]Revision, error)

	// Near gives the items of a window, at most 20,000, newest received first.
	Near(ctx context.Context, w Window) ([]newsroom.WireItem, error)

	// Reopen takes the verdict from a quarantined delivery, so that it waits
	// again. Conflict when it is not quarantined.
	Reopen(ctx context.Context, id ReceiptID) error
}

// Kept is a delivery with its bytes.
type Kept struct {
	Receipt
	Raw []byte
}

// Fold is the rule by which a dispatch joins its item; it is newsroom.WireItem.Fold
// unless a test says otherwise.
type Fold func(newsroom.WireItem, newsroom.Dispatch, time.Time) (newsroom.WireItem, []newsroom.Fact)

// Store keeps the wire. All methods may be called concurrently.
type Store interface {
	// Keep durably stores a delivery before anything is understood of it, and
	// gives its id. The same bytes of the same source are kept once: fresh is
	// then false and id is that of the first.
	Keep(ctx context.Context, r Receipt, raw []byte) (id ReceiptID, fresh bool, err error)

	// Waiting gives deliveries without a verdict with their bytes: the oldest of
	// every source, then the second of every source, and so on, but those of more
	// than 64 KiB as they are kept behind the others; fewer than the limit when
	// they are large.
	Waiting(ctx context.Context, limit int) ([]Kept, error)

	// Settle, in one transaction for all, folds the dispatches into their items
	// (each item found or begun by its key; a revision it already has, known by
	// its hash, is passed over, also when the item was let go; so is one that is
	// older than an item that was let go, unless it kills), appends the facts
	// and writes the verdicts. Settling a delivery that has a verdict changes
	// nothing.
	Settle(ctx context.Context, fold Fold, all ...Settlement) error

	// Items gives wire items; Taken is filled in from the stories.
	Items(ctx context.Context, f Filter) ([]newsroom.WireItem, error)

	// Receipts gives deliveries.
	Receipts(ctx context.Context, f ReceiptFilter) ([]Kept, error)
}
