package store

import (
	"context"
	"database/sql"
	"errors"

	"github.com/rotatif/newsroom"
	"github.com/rotatif/newsroom/internal/wire"
)

const (
	selectItemByID      = `SELECT doc FROM items WHERE id = ?`
	selectItemRevisions = `SELECT hash, receipt, received, doc FROM item_revisions WHERE item = ? ORDER BY received, receipt, hash`
	selectNear          = `SELECT doc FROM items WHERE provider = ? AND last BETWEEN ? AND ? ORDER BY last DESC, id DESC LIMIT 20000`
	selectNearNotices   = `SELECT doc FROM items WHERE provider = ? AND last BETWEEN ? AND ? AND notice > 0 ORDER BY last DESC, id DESC LIMIT 20000`
	reopenReceipt       = `UPDATE receipts SET outcome = '', reason = '', detail = '', settled = 0 WHERE id = ? AND outcome = 'quarantined'`
)

// ChangeItem implements wire.Copy.
func (n *Newsroom) ChangeItem(ctx context.Context, id newsroom.ItemID, rule wire.Change) (newsroom.WireItem, newsroom.Seq, error) {
	var item newsroom.WireItem
	var seq newsroom.Seq
	err := n.write(ctx, func(t tx) error {
		before, err := doc[newsroom.WireItem](t.row(ctx, selectItemByID, int64(id)))
		if err != nil {
			return notFound(err)
		}
		after, facts, err := rule(before)
		if err != nil {
			return err
		}
		if item = after; len(facts) == 0 {
			item = before
			return errUnchanged
		}
		if err := t.resave(ctx, after); err != nil {
			return err
		}
		seq, err = t.append(ctx, facts)
		return err
	})
	if errors.Is(err, errUnchanged) {
		return item, 0, nil
	}
	return item, seq, err
}

// ItemRevisions implements wire.Copy.
func (n *Newsroom) ItemRevisions(ctx context.Context, id newsroom.ItemID) ([]wire.Revision, error) {
	rows, err := n.query(ctx, selectItemRevisions, int64(id))
	return scan(rows, err, func(rows *sql.Rows) (wire.Revision, error) {
		var r wire.Revision
		var received int64
		var raw string
		if err := rows.Scan(&r.Hash, &r.Receipt, &received, &raw); err != nil {
			return r, err
		}
		r.Received = fromMicros(received)
		return r, decode(raw, &r.Dispatch)
	})
}

// Near implements wire.Copy.
func (n *Newsroom) Near(ctx context.Context, w wire.Window) ([]newsroom.WireItem, error) {
	query := selectNear
	if w.Notices {
		query = selectNearNotices
	}
	rows, err := n.query(ctx, query, w.Provider, micros(w.From), micros(w.To))
	return scan(rows, err, readDoc[newsroom.WireItem])
}

// Reopen implements wire.Copy.
func (n *Newsroom) Reopen(ctx context.Context, id wire.ReceiptID) error {
	return n.write(ctx, func(t tx) error {
		done, err := t.exec(ctx, reopenReceipt, int64(id))
		if err != nil {
			return err
		}
		if count, err := done.RowsAffected(); err != nil || count == 0 {
			return errors.Join(err, newsroom.Refuse(newsroom.Conflict, "error.not_quarantined"))
		}
		return nil
	})
}
