package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/rotatif/newsroom"
	"github.com/rotatif/newsroom/internal/wire"
)

const (
	selectOldItems = `SELECT i.id, i.last FROM items i WHERE i.provider = ? AND i.last < ? AND i.last >= ? AND (i.last > ? OR i.id > ?)
		AND i.killed = 0 AND i.withheld = 0 AND i.announced = 0 AND i.notice = 0 AND i.barred = 0 AND i.called = 0
		AND NOT EXISTS (SELECT 1 FROM stories s WHERE s.provider = i.provider AND s.item = i.item)
		AND NOT EXISTS (SELECT 1 FROM story_pictures p WHERE p.mark = i.item)
		ORDER BY i.last, i.id LIMIT ?`
	restingColumns = `SELECT i.doc, COALESCE((SELECT MAX(s.id) FROM stories s WHERE s.provider = i.provider AND s.item = i.item),
		(SELECT MAX(p.story) FROM story_pictures p WHERE p.mark = i.item), 0), i.event, i.place FROM items i `
	selectResting = restingColumns + `WHERE i.id = ?`
	selectBeside  = restingColumns + `WHERE i.event = ? AND i.id <> ?`
	rememberGone  = `INSERT INTO gone_revisions (hash, at) SELECT v.hash, CAST(? AS BIGINT) FROM item_revisions v WHERE v.item = ? ON CONFLICT (hash) DO NOTHING`
	rememberItem  = `INSERT INTO gone_items (provider, item, heard) VALUES (?, ?, ?) ON CONFLICT (provider, item) DO UPDATE SET heard = excluded.heard`
	heardOfGone   = `SELECT heard FROM gone_items WHERE provider = ? AND item = ?`
	dropRevisions = `DELETE FROM item_revisions WHERE item = ?`
	dropItem      = `DELETE FROM items WHERE id = ?`
	knownAsGone   = `SELECT COUNT(*) FROM gone_revisions WHERE hash = ?`

	selectOldBytes = `SELECT r.id, r.received FROM receipts r WHERE r.provider = ? AND r.received < ? AND r.received >= ? AND (r.received > ? OR r.id > ?)
		AND r.outcome = 'settled' AND r.expired = 0 AND r.reason <> 'wire.reason.partial'
		AND NOT EXISTS (SELECT 1 FROM item_revisions v WHERE v.receipt = r.id)
		ORDER BY r.received, r.id LIMIT ?`
	expireReceipt = `UPDATE receipts SET expired = ? WHERE id = ? AND outcome = 'settled' AND expired = 0
		AND NOT EXISTS (SELECT 1 FROM item_revisions v WHERE v.receipt = receipts.id)`
	dropRaw = `DELETE FROM raws WHERE receipt = ?`
)

// OldItems implements wire.Attic.
func (n *Newsroom) OldItems(ctx context.Context, p wire.Past) ([]wire.Aged, error) {
	return n.aged(ctx, selectOldItems, p)
}

// OldBytes implements wire.Attic.
func (n *Newsroom) OldBytes(ctx context.Context, p wire.Past) ([]wire.Aged, error) {
	return n.aged(ctx, selectOldBytes, p)
}

func (n *Newsroom) aged(ctx context.Context, query string, p wire.Past) ([]wire.Aged, error) {
	after := micros(p.After.At)
	rows, err := n.query(ctx, query, p.Provider, micros(p.Before), after, after, p.After.ID, limit(p.Limit, 50, 500))
	return scan(rows, err, func(rows *sql.Rows) (wire.Aged, error) {
		var a wire.Aged
		var at int64
		err := rows.Scan(&a.ID, &at)
		a.At = fromMicros(at)
		return a, err
	})
}

// LetGo implements wire.Attic.
func (n *Newsroom) LetGo(ctx context.Context, items []wire.Aged, at time.Time, rule func(wire.Resting) bool) (int, error) {
	return n.clear(ctx, items, func(t tx, id int64) (bool, error) { return t.letGo(ctx, id, at, rule) })
}

// clear does away with old things in one transaction, and counts what went.
func (n *Newsroom) clear(ctx context.Context, old []wire.Aged, away func(t tx, id int64) (bool, error)) (int, error) {
	gone := 0
	err := n.write(ctx, func(t tx) error {
		gone = 0
		for _, a := range old {
			went, err := away(t, a.ID)
			if err != nil {
				return err
			}
			gone += flag(went)
		}
		return nil
	})
	if err != nil {
		return 0, fmt.Errorf("store: letting old copy go: %w", err)
	}
	return gone, nil
}

func (t tx) letGo(ctx context.Context, id int64, at time.Time, rule func(wire.Resting) bool) (bool, error) {
	rows, err := t.QueryContext(ctx, t.db.text(selectResting), id)
	var place int64
	found, err := scan(rows, err, func(rows *sql.Rows) (newsroom.WireItem, error) { return listed(rows, &place) })
	if err != nil || len(found) == 0 {
		return false, err
	}
	r := wire.Resting{Item: found[0]}
	if r.Beside, err = t.beside(ctx, r.Item); err != nil {
		return false, err
	}
	if r.Ties, err = t.ties(ctx, r.Item.ID); err != nil || !rule(r) {
		return false, err
	}
	if _, err := t.exec(ctx, rememberGone, micros(at), id); err != nil {
		return false, err
	}
	heard, err := encode(r.Item.Heard())
	if err != nil {
		return false, err
	}
	if _, err := t.exec(ctx, rememberItem, r.Item.Key.Provider, r.Item.Key.ID, heard); err != nil {
		return false, err
	}
	for _, drop := range []string{dropRevisions, dropItem} { // its keys and ties go with it
		if _, err := t.exec(ctx, drop, id); err != nil {
			return false, err
		}
	}
	if t.db.Dialect.Words {
		t.words.drop = append(t.words.drop, place)
	}
	_, err = t.regroup(ctx, r.Ties) // what it held together may stand apart now
	return true, err
}

// beside is the other copy of an item's event.
func (t tx) beside(ctx context.Context, w newsroom.WireItem) ([]newsroom.WireItem, error) {
	if w.Event == 0 {
		return nil, nil
	}
	rows, err := t.QueryContext(ctx, t.db.text(selectBeside), int64(w.Event), int64(w.ID))
	var place int64
	return scan(rows, err, func(rows *sql.Rows) (newsroom.WireItem, error) { return listed(rows, &place) })
}

// DropBytes implements wire.Attic.
func (n *Newsroom) DropBytes(ctx context.Context, deliveries []wire.Aged, at time.Time) (int, error) {
	return n.clear(ctx, deliveries, func(t tx, id int64) (bool, error) { return t.dropBytes(ctx, id, at) })
}

func (t tx) dropBytes(ctx context.Context, id int64, at time.Time) (bool, error) {
	done, err := t.exec(ctx, expireReceipt, micros(at), id)
	if err != nil {
		return false, err
	}
	if count, err := done.RowsAffected(); err != nil || count == 0 {
		return false, err
	}
	_, err = t.exec(ctx, dropRaw, id)
	return true, err
}

// isNoNews says whether a revision was had before and its item let go, or is
// older than what was let go.
func (t tx) isNoNews(ctx context.Context, d newsroom.Dispatch, received time.Time) (bool, error) {
	count := 0
	if err := t.row(ctx, knownAsGone, d.Hash()).Scan(&count); err != nil || count > 0 {
		return count > 0, err
	}
	heard, err := doc[[]newsroom.Mark](t.row(ctx, heardOfGone, d.Key.Provider, d.Key.ID))
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	}
	return d.Stale(heard, received), err
}
