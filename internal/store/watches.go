package store

import (
	"context"
	"database/sql"
	"errors"
	"strings"
	"time"

	"github.com/rotatif/newsroom"
	"github.com/rotatif/newsroom/internal/wire"
)

const (
	selectWatches = `SELECT w.id, w.owner, w.place, w.name, w.query, w.loud, COALESCE(s.seen, 0) FROM watches w
		LEFT JOIN watch_seen s ON s.watch = w.id AND s.person = ? WHERE w.owner IN (?, 0)
		ORDER BY CASE WHEN w.owner = 0 THEN 1 ELSE 0 END, w.place, w.id`
	lastWatch   = `SELECT COUNT(*), COALESCE(MAX(place), 0) FROM watches WHERE owner = ?`
	insertWatch = `INSERT INTO watches (owner, place, name, query, loud) VALUES (?, ?, ?, ?, ?) RETURNING id`
	updateWatch = `UPDATE watches SET place = ?, name = ?, query = ?, loud = ? WHERE id = ? AND owner = ?`
	deleteWatch = `DELETE FROM watches WHERE id = ? AND owner = ?`
	upsertSeen  = `INSERT INTO watch_seen (watch, person, seen) SELECT id, ?, ? FROM watches WHERE id = ? AND owner IN (?, 0)
		ON CONFLICT (watch, person) DO UPDATE SET seen = excluded.seen WHERE excluded.seen > watch_seen.seen`
)

// Watches implements wire.Watches.
func (n *Newsroom) Watches(ctx context.Context, person newsroom.PersonID) ([]wire.Watch, error) {
	rows, err := n.query(ctx, selectWatches, int64(person), int64(person))
	return scan(rows, err, func(rows *sql.Rows) (wire.Watch, error) {
		var w wire.Watch
		var loud, seen int64
		err := rows.Scan(&w.ID, &w.Owner, &w.Place, &w.Name, &w.Query, &loud, &seen)
		w.Loud, w.Seen = loud == 1, fromMicros(seen)
		return w, err
	})
}

// SaveWatch implements wire.Watches.
func (n *Newsroom) SaveWatch(ctx context.Context, w wire.Watch) (wire.WatchID, error) {
	if err := w.Check(); err != nil {
		return 0, err
	}
	w.Name = strings.TrimSpace(w.Name)
	err := n.write(ctx, func(t tx) error {
		if w.ID != 0 {
			return changed(t.exec(ctx, updateWatch, w.Place, w.Name, w.Query, flag(w.Loud), int64(w.ID), int64(w.Owner)))
		}
		var count, place int
		if err := t.row(ctx, lastWatch, int64(w.Owner)).Scan(&count, &place); err != nil {
			return err
		}
		if count >= wire.MaxWatches {
			return newsroom.Refuse(newsroom.Conflict, "error.watches_full")
		}
		return t.row(ctx, insertWatch, int64(w.Owner), place+1, w.Name, w.Query, flag(w.Loud)).Scan(&w.ID)
	})
	return w.ID, err
}

// DropWatch implements wire.Watches.
func (n *Newsroom) DropWatch(ctx context.Context, owner newsroom.PersonID, id wire.WatchID) error {
	return n.write(ctx, func(t tx) error {
		return changed(t.exec(ctx, deleteWatch, int64(id), int64(owner)))
	})
}

// SeeWatch implements wire.Watches.
func (n *Newsroom) SeeWatch(ctx context.Context, person newsroom.PersonID, id wire.WatchID, at time.Time) error {
	return n.write(ctx, func(t tx) error {
		_, err := t.exec(ctx, upsertSeen, int64(person), micros(at), int64(id), int64(person))
		return err
	})
}

// changed wants a statement to have changed a row.
func changed(done sql.Result, err error) error {
	if err != nil {
		return err
	}
	if count, err := done.RowsAffected(); err != nil || count == 0 {
		return errors.Join(err, newsroom.Refuse(newsroom.NotFound, "error.not_found"))
	}
	return nil
}
