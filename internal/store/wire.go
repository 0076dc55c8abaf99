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
	insertReceipt = `INSERT INTO receipts (source, provider, channel, name, received, hash) VALUES (?, ?, ?, ?, ?, ?)
		ON CONFLICT (source, hash) DO NOTHING RETURNING id`
	findReceipt    = `SELECT id FROM receipts WHERE source = ? AND hash = ?`
	insertRaw      = `INSERT INTO raws (receipt, bytes) VALUES (?, ?)`
	receiptColumns = `r.id, r.source, r.provider, r.channel, r.name, r.received, r.hash, r.outcome, r.reason, r.detail, r.format, r.items, r.settled`
	// Sources take turns, so that a flood of one keeps back no other's copy.
	selectWaiting = `SELECT ` + receiptColumns + `, w.bytes FROM (SELECT t.id, t.turn FROM
		(SELECT id, ROW_NUMBER() OVER (PARTITION BY source ORDER BY id) AS turn FROM receipts WHERE outcome = '') t ORDER BY t.turn, t.id LIMIT ?) q
		JOIN receipts r ON r.id = q.id JOIN raws w ON w.receipt = r.id ORDER BY q.turn, q.id`
	selectReceipts = `SELECT ` + receiptColumns + `, CASE WHEN CAST(? AS BIGINT) = 1 THEN w.bytes ELSE NULL END FROM receipts r JOIN raws w ON w.receipt = r.id
		WHERE (CAST(? AS BIGINT) = 0 OR r.id = ?) AND (CAST(? AS BIGINT) = 0 OR r.outcome = ?)
		AND (CAST(? AS BIGINT) = 0 OR r.id IN (SELECT v.receipt FROM item_revisions v WHERE v.item = ?))
		ORDER BY r.id DESC LIMIT ?`
	settleReceipt = `UPDATE receipts SET outcome = ?, reason = ?, detail = ?, format = ?, items = ?, settled = ? WHERE id = ? AND outcome = ''`
	receiptTime   = `SELECT received FROM receipts WHERE id = ?`

	selectItemByKey = `SELECT doc FROM items WHERE provider = ? AND item = ?`
	beginItem       = `INSERT INTO items (provider, item, last, language, killed, withheld, embargo, until, subjects, search, doc, place)
		VALUES (?, ?, 0, '', 0, 0, '', 0, '', '', '{}', ?) RETURNING id`
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
		row := t.row(ctx, insertReceipt, r.Source, r.Provider, r.Channel, r.Name, micros(r.Received), r.Hash)
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
	return scan(rows, err, n.readKept)
}

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
	var received, settled int64
	var packed []byte
	err := rows.Scan(&k.ID, &k.Source, &k.Provider, &k.Channel, &k.Name, &received, &k.Hash,
		&k.Verdict.Outcome, &k.Verdict.Reason, &k.Verdict.Detail, &k.Verdict.Format, &k.Verdict.Items, &settled, &packed)
	if err != nil {
		return k, err
	}
	k.Received, k.Verdict.At = fromMicros(received), fromMicros(settled)
	if packed != nil {
		k.Raw, err = n.raws.unpack(packed)
	}
	return k, err
}

// Settle implements wire.Store.
func (n *Newsroom) Settle(ctx context.Context, id wire.ReceiptID, v wire.Verdict, dispatches []newsroom.Dispatch, fold wire.Fold) error {
	err := n.write(ctx, func(t tx) error {
		done, err := t.exec(ctx, settleReceipt, string(v.Outcome), v.Reason, v.Detail, v.Format, v.Items, micros(v.At), int64(id))
		if err != nil {
			return err
		}
		if count, err := done.RowsAffected(); err != nil || count == 0 {
			return errors.Join(err, errUnchanged)
		}
		var received int64
		if err := t.row(ctx, receiptTime, int64(id)).Scan(&received); err != nil {
			return err
		}
		for _, d := range dispatches {
			if err := t.fold(ctx, id, d, fromMicros(received), fold); err != nil {
				return fmt.Errorf("store: settling receipt %d: %w", id, err)
			}
		}
		return nil
	})
	if errors.Is(err, errUnchanged) {
		return nil
	}
	return err
}

// fold joins one dispatch to its item, unless the item has had it before.
func (t tx) fold(ctx context.Context, receipt wire.ReceiptID, d newsroom.Dispatch, received time.Time, fold wire.Fold) error {
	item, err := t.item(ctx, d.Key)
	if err != nil {
		return err
	}
	raw, err := encode(d)
	if err != nil {
		return err
	}
	added, err := t.exec(ctx, insertItemRevision, int64(item.ID), d.Hash(), int64(receipt), micros(received), raw)
	if err != nil {
		return err
	}
	if count, err := added.RowsAffected(); err != nil || count == 0 {
		return err
	}
	folded, facts := fold(item, d, received)
	if err := t.saveItem(ctx, folded, true); err != nil {
		return err
	}
	_, err = t.append(ctx, facts)
	return err
}

func (t tx) item(ctx context.Context, key newsroom.ItemKey) (newsroom.WireItem, error) {
	item, err := doc[newsroom.WireItem](t.row(ctx, selectItemByKey, key.Provider, key.ID))
	if !errors.Is(err, sql.ErrNoRows) {
		return item, err
	}
	item = newsroom.WireItem{Key: key}
	var place int64
	if err := t.row(ctx, nextPlace).Scan(&place); err != nil {
		return item, err
	}
	err = t.row(ctx, beginItem, key.Provider, key.ID, place).Scan(&item.ID)
	return item, err
}

// saveItem writes an item and what it is found by. One that was delivered anew
// moves to the top of the list.
func (t tx) saveItem(ctx context.Context, w newsroom.WireItem, delivered bool) error {
	raw, err := encode(w)
	if err != nil {
		return err
	}
	var was, place int64
	if err := t.row(ctx, placeOf, int64(w.ID)).Scan(&was); err != nil {
		return err
	}
	if place = was; delivered {
		if err := t.row(ctx, nextPlace).Scan(&place); err != nil {
			return err
		}
	}
	words := searched(w)
	_, err = t.exec(ctx, updateItem, micros(w.Last), strings.ToLower(w.Text.Language), flag(w.Killed), flag(w.Held()),
		string(w.Embargo.State), micros(w.Embargo.Until), flag(w.Announced()), noticeFlag(w), flag(w.Barred()), called(w),
		words, raw, place, int64(w.ID))
	if err != nil || !t.db.Dialect.Words {
		return err
	}
	if _, err := t.exec(ctx, dropWords, was); err != nil {
		return err
	}
	_, err = t.exec(ctx, insertWords, place, words)
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

// last scans a trailing column into its place and gives the rest to the caller.
type last struct {
	rows *sql.Rows
	last any
}

// Scan reads the row with the trailing column behind.
func (l last) Scan(dest ...any) error { return l.rows.Scan(append(dest, l.last)...) }
