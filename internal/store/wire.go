package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/rotatif/newsroom"
	"github.com/rotatif/newsroom/internal/letters"
	"github.com/rotatif/newsroom/internal/wire"
)

const (
	insertReceipt = `INSERT INTO receipts (source, provider, channel, name, received, hash, reason, detail) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT (source, hash) DO NOTHING RETURNING id`
	findReceipt    = `SELECT id FROM receipts WHERE source = ? AND hash = ?`
	insertRaw      = `INSERT INTO raws (receipt, bytes) VALUES (?, ?)`
	receiptColumns = `r.id, r.source, r.provider, r.channel, r.name, r.received, r.hash, r.outcome, r.reason, r.detail, r.format, r.items, r.settled, r.expired`
	// Sources take turns, and large deliveries come last, so that a flood of one
	// keeps back no other's copy.
	selectWaiting = `SELECT ` + receiptColumns + `, w.bytes FROM (SELECT t.id, t.turn FROM
		(SELECT id, ROW_NUMBER() OVER (PARTITION BY source ORDER BY id) AS turn FROM receipts WHERE outcome = '') t ORDER BY t.turn, t.id LIMIT ?) q
		JOIN receipts r ON r.id = q.id JOIN raws w ON w.receipt = r.id ORDER BY LENGTH(w.bytes) > 65536, q.turn, q.id`
	selectReceipts = `SELECT ` + receiptColumns + `, CASE WHEN CAST(? AS BIGINT) = 1 THEN w.bytes ELSE NULL END FROM receipts r LEFT JOIN raws w ON w.receipt = r.id
		WHERE (CAST(? AS BIGINT) = 0 OR r.id = ?) AND (CAST(? AS BIGINT) = 0 OR r.outcome = ?)
		AND (CAST(? AS BIGINT) = 0 OR r.id IN (SELECT v.receipt FROM item_revisions v WHERE v.item = ?))
		ORDER BY r.id DESC LIMIT ?`
	settleReceipt = `UPDATE receipts SET outcome = ?, reason = ?, detail = ?, format = ?, items = ?, settled = ? WHERE id = ? AND outcome = ''`
	receiptTime   = `SELECT received FROM receipts WHERE id = ?`

	selectItemByKey = `SELECT doc, place FROM items WHERE provider = ? AND item = ?`
	beginItem       = `INSERT INTO items (provider, item, last, language, killed, withheld, embargo, until, subjects, search, doc, place, fit)
		VALUES (?, ?, ?, '', 0, 0, '', 0, '', '', '{}', ?, 1) RETURNING id`
	updateItem = `UPDATE items SET last = ?, language = ?, killed = ?, withheld = ?, embargo = ?, until = ?, announced = ?, notice = ?, barred = ?, called = ?,
		search = ?, doc = ?, place = ?, fit = 1 WHERE id = ?`
	insertItemRevision = `INSERT INTO item_revisions (item, hash, receipt, received, doc) VALUES (?, ?, ?, ?, ?) ON CONFLICT (item, hash) DO NOTHING`
)

// Keep implements wire.Store.
func (n *Newsroom) Keep(ctx context.Context, r wire.Receipt, raw []byte) (wire.ReceiptID, bool, error) {
	if len(raw) > maxUnpacked {
		return 0, false, fmt.Errorf("store: a delivery of %d bytes is more than can be given back", len(raw))
	}
	var id wire.ReceiptID
	fresh := false
	packed := n.raws.pack(raw)
	err := n.write(ctx, func(t tx) error {
		row := t.row(ctx, insertReceipt, r.Source, r.Provider, r.Channel, r.Name, micros(r.Received), r.Hash, r.Verdict.Reason, r.Verdict.Detail)
		err := row.Scan(&id)
		fresh = err == nil
		if errors.Is(err, sql.ErrNoRows) {
			return t.row(ctx, findReceipt, r.Source, r.Hash).Scan(&id)
		}
		if err != nil {
			return err
		}
		_, err = t.exec(ctx, insertRaw, int64(id), packed)
		return err
	})
	return id, fresh, err
}

// Waiting implements wire.Store.
func (n *Newsroom) Waiting(ctx context.Context, most int) ([]wire.Kept, error) {
	rows, err := n.query(ctx, selectWaiting, limit(most, 50, 500))
	size := 0
	kept, err := scan(rows, err, func(rows *sql.Rows) (wire.Kept, error) {
		if size > maxWaiting {
			return wire.Kept{}, errEnough
		}
		k, err := n.readKept(rows)
		size += len(k.Raw)
		return k, err
	})
	if errors.Is(err, errEnough) {
		err = nil
	}
	return kept, err
}

// errEnough ends the reading of rows.
var errEnough = errors.New("store: enough")

// maxWaiting is how many bytes of deliveries are given at once, besides one
// delivery of any size.
const maxWaiting = 4 << 20

// Receipts implements wire.Store.
func (n *Newsroom) Receipts(ctx context.Context, f wire.ReceiptFilter) ([]wire.Kept, error) {
	outcome, chosen := "", 0
	if f.Outcome != nil {
		outcome, chosen = string(*f.Outcome), 1
	}
	rows, err := n.query(ctx, selectReceipts, flag(f.Raw), int64(f.ID), int64(f.ID), chosen, outcome,
		int64(f.Item), int64(f.Item), limit(f.Limit, 50, 1000))
	return scan(rows, err, n.readKept)
}

func (n *Newsroom) readKept(rows *sql.Rows) (wire.Kept, error) {
	var k wire.Kept
	var received, settled, expired int64
	var packed []byte
	err := rows.Scan(&k.ID, &k.Source, &k.Provider, &k.Channel, &k.Name, &received, &k.Hash,
		&k.Verdict.Outcome, &k.Verdict.Reason, &k.Verdict.Detail, &k.Verdict.Format, &k.Verdict.Items, &settled, &expired, &packed)
	if err != nil {
		return k, err
	}
	k.Received, k.Verdict.At, k.Expired = fromMicros(received), fromMicros(settled), fromMicros(expired)
	if packed != nil {
		k.Raw, err = n.raws.unpack(packed)
	}
	return k, err
}

// Settle implements wire.Store.
func (n *Newsroom) Settle(ctx context.Context, fold wire.Fold, all ...wire.Settlement) error {
	return n.write(ctx, func(t tx) error {
		for _, s := range all {
			if err := t.settle(ctx, s, fold); err != nil {
				return fmt.Errorf("store: settling receipt %d: %w", s.ID, err)
			}
		}
		return nil
	})
}

func (t tx) settle(ctx context.Context, s wire.Settlement, fold wire.Fold) error {
	v := s.Verdict
	done, err := t.exec(ctx, settleReceipt, string(v.Outcome), v.Reason, v.Detail, v.Format, v.Items, micros(v.At), int64(s.ID))
	if err != nil {
		return err
	}
	if count, err := done.RowsAffected(); err != nil || count == 0 {
		return err // it has its verdict
	}
	var received int64
	if err := t.row(ctx, receiptTime, int64(s.ID)).Scan(&received); err != nil {
		return err
	}
	for _, d := range s.Dispatches {
		if err := t.fold(ctx, s.ID, d, fromMicros(received), fold); err != nil {
			return err
		}
	}
	return nil
}

// fold joins one dispatch to its item, unless the item has had it before.
func (t tx) fold(ctx context.Context, receipt wire.ReceiptID, d newsroom.Dispatch, received time.Time, fold wire.Fold) error {
	if old, err := t.isNoNews(ctx, d, received); err != nil || old {
		return err
	}
	at, err := t.entry(ctx, d.Key, received)
	if err != nil {
		return err
	}
	raw, err := encode(d)
	if err != nil {
		return err
	}
	added, err := t.exec(ctx, insertItemRevision, int64(at.item.ID), d.Hash(), int64(receipt), micros(received), raw)
	if err != nil {
		return err
	}
	if count, err := added.RowsAffected(); err != nil || count == 0 {
		return err
	}
	folded, facts := fold(at.item, d, received)
	if err := t.saveItem(ctx, folded, at.was, at.place); err != nil {
		return err
	}
	_, err = t.append(ctx, facts)
	return err
}

// entry is an item, the place it had in the list, 0 when it had none, and the
// one it has now: what is delivered goes to the top.
type entry struct {
	item       newsroom.WireItem
	was, place int64
}

func (t tx) entry(ctx context.Context, key newsroom.ItemKey, received time.Time) (entry, error) {
	var e entry
	var err error
	e.item, err = doc[newsroom.WireItem](last{t.row(ctx, selectItemByKey, key.Provider, key.ID), []any{&e.was}})
	begun := errors.Is(err, sql.ErrNoRows)
	if err != nil && !begun {
		return e, err
	}
	if err := t.row(ctx, nextPlace).Scan(&e.place); err != nil || !begun {
		return e, err
	}
	e.item.Key = key
	return e, t.row(ctx, beginItem, key.Provider, key.ID, micros(received), e.place).Scan(&e.item.ID)
}

// saveItem writes an item and what it is found by, and moves it in the list
// from its place to another, or to the same.
func (t tx) saveItem(ctx context.Context, w newsroom.WireItem, was, place int64) error {
	raw, err := encode(w)
	if err != nil {
		return err
	}
	words := searched(w)
	_, err = t.exec(ctx, updateItem, micros(w.Last), strings.ToLower(w.Text.Language), flag(w.Killed), flag(w.Held()),
		string(w.Embargo.State), micros(w.Embargo.Until), flag(w.Announced()), noticeFlag(w), flag(w.Barred()), called(w),
		words, raw, place, int64(w.ID))
	if err == nil && t.db.Dialect.Words {
		t.words.move(was, place, words)
	}
	return err
}

// noticeFlag is 0 for copy, 1 for a notice that may be used as copy, 2 for one that may not.
func noticeFlag(w newsroom.WireItem) int {
	return flag(w.Text.Notice != nil) + flag(w.Speaks())
}

// called is since when a person is called to the item, 0 when nobody is.
func called(w newsroom.WireItem) int64 {
	if !w.Call.Open() {
		return 0
	}
	return micros(w.Call.Since)
}

// subjectWord is "scheme:code" or a subject's name as one word: a code in small
// letters, a name folded with - for spaces ("Yerel Yönetim" is yerel-yonetim).
// [wire.Filter] Section may be either, in any writing.
func subjectWord(s string) string {
	if strings.Contains(s, ":") {
		return strings.ToLower(strings.Join(strings.Fields(s), "-"))
	}
	return strings.ReplaceAll(letters.Fold(s), " ", "-")
}

// last scans trailing columns into their places and gives the rest to the caller.
type last struct {
	row  interface{ Scan(...any) error }
	last []any
}

// Scan reads the row with the trailing columns behind.
func (l last) Scan(dest ...any) error { return l.row.Scan(append(dest, l.last...)...) }
