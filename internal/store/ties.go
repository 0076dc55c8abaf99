package store

import (
	"context"
	"database/sql"
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/rotatif/newsroom"
	"github.com/rotatif/newsroom/internal/wire"
)

// Statements are constant, so that each is prepared once; lists are filled up
// with what they already hold.
const (
	twelve    = `?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?`
	sixKeys   = `(?, ?, ?), (?, ?, ?), (?, ?, ?), (?, ?, ?), (?, ?, ?), (?, ?, ?)`
	mostIDs   = 60
	mostAlike = 50
	keysLast  = 7 * 24 * time.Hour

	selectAlike = listColumns + `FROM (SELECT item, COUNT(*) AS shared FROM item_keys
		WHERE key IN (` + twelve + `, ` + twelve + `, ` + twelve + `, ` + twelve + `) AND at BETWEEN ? AND ? AND item <> ?
		GROUP BY item ORDER BY COUNT(*) DESC, item DESC LIMIT ?) k JOIN items i ON i.id = k.item ORDER BY k.shared DESC, i.id DESC`
	dropKeys   = `DELETE FROM item_keys WHERE item = ? OR at < ?`
	insertKeys = `INSERT INTO item_keys (item, key, at) VALUES ` + sixKeys + `, ` + sixKeys + `, ` + sixKeys + `, ` + sixKeys + `, ` +
		sixKeys + `, ` + sixKeys + `, ` + sixKeys + `, ` + sixKeys + ` ON CONFLICT (item, key) DO NOTHING`
	tiesOf    = `SELECT a, b, relation, person FROM item_ties WHERE a = ? UNION ALL SELECT a, b, relation, person FROM item_ties WHERE b = ?`
	dropTies  = `DELETE FROM item_ties WHERE (a = ? OR b = ?) AND person = 0`
	insertTie = `INSERT INTO item_ties (a, b, relation, person) VALUES (?, ?, ?, ?) ON CONFLICT (a, b) DO NOTHING`
	ruleTie   = `INSERT INTO item_ties (a, b, relation, person) VALUES (?, ?, ?, ?)
		ON CONFLICT (a, b) DO UPDATE SET relation = excluded.relation, person = excluded.person`
	setEvent     = `UPDATE items SET event = ? WHERE id = ? AND event <> ?`
	sixtyIDs     = `(` + twelve + `, ` + twelve + `, ` + twelve + `, ` + twelve + `, ` + twelve + `)`
	selectEvents = listColumns + `FROM items i WHERE i.event > 0 AND i.event IN ` + sixtyIDs + ` ORDER BY i.place DESC`
	selectTies   = `SELECT t.a, t.b, t.relation, t.person, i.event FROM item_ties t JOIN items i ON i.id = t.a WHERE i.event > 0 AND i.event IN ` + sixtyIDs + ` ORDER BY t.a, t.b`
)

// Alike implements wire.Ties.
func (n *Newsroom) Alike(ctx context.Context, t wire.Trace, span time.Duration) ([]newsroom.WireItem, error) {
	if len(t.Keys) == 0 {
		return nil, nil
	}
	args := filled(t.Keys, wire.MaxKeys)
	args = append(args, micros(t.At.Add(-span)), micros(t.At.Add(span)), int64(t.Item), mostAlike)
	rows, err := n.query(ctx, selectAlike, args...)
	return scan(rows, err, func(rows *sql.Rows) (newsroom.WireItem, error) { return listed(rows) })
}

// filled are the numbers as arguments, the last repeated until there are n.
func filled[N ~int64](numbers []N, n int) []any {
	args := make([]any, 0, n)
	for i := range n {
		args = append(args, int64(numbers[min(i, len(numbers)-1)]))
	}
	return args
}

// Tie implements wire.Ties.
func (n *Newsroom) Tie(ctx context.Context, trace wire.Trace) (bool, error) {
	moved := false
	err := n.write(ctx, func(t tx) error {
		if err := t.keys(ctx, trace); err != nil {
			return err
		}
		before, err := t.ties(ctx, trace.Item)
		if err != nil {
			return err
		}
		if len(before)+len(trace.Ties) == 0 {
			return nil
		}
		if _, err := t.exec(ctx, dropTies, int64(trace.Item), int64(trace.Item)); err != nil {
			return err
		}
		for _, tie := range trace.Ties {
			if _, err := t.exec(ctx, insertTie, int64(tie.A), int64(tie.B), string(tie.Relation), int64(tie.By)); err != nil {
				return err
			}
		}
		moved, err = t.regroup(ctx, append(before, trace.Ties...))
		return err
	})
	return moved, err
}

// keys writes what an item is found by, and forgets what is too old to be found.
func (t tx) keys(ctx context.Context, trace wire.Trace) error {
	if _, err := t.exec(ctx, dropKeys, int64(trace.Item), micros(trace.At.Add(-keysLast))); err != nil || len(trace.Keys) == 0 {
		return err
	}
	args := make([]any, 0, 3*wire.MaxKeys)
	for _, key := range filled(trace.Keys, wire.MaxKeys) {
		args = append(args, int64(trace.Item), key, micros(trace.At))
	}
	_, err := t.exec(ctx, insertKeys, args...)
	return err
}

// Rule implements wire.Ties.
func (n *Newsroom) Rule(ctx context.Context, ties []wire.Tie, facts []newsroom.Fact) error {
	return n.write(ctx, func(t tx) error {
		for _, tie := range ties {
			if _, err := t.exec(ctx, ruleTie, int64(tie.A), int64(tie.B), string(tie.Relation), int64(tie.By)); err != nil {
				return err
			}
		}
		if _, err := t.regroup(ctx, ties); err != nil {
			return err
		}
		_, err := t.append(ctx, facts)
		return err
	})
}

// ties are all ties of an item.
func (t tx) ties(ctx context.Context, id newsroom.ItemID) ([]wire.Tie, error) {
	rows, err := t.QueryContext(ctx, t.db.text(tiesOf), int64(id), int64(id))
	return scan(rows, err, func(rows *sql.Rows) (wire.Tie, error) {
		var tie wire.Tie
		return tie, rows.Scan(&tie.A, &tie.B, (*string)(&tie.Relation), &tie.By)
	})
}

// regroup sets the events of all items that changed ties can reach.
func (t tx) regroup(ctx context.Context, changed []wire.Tie) (bool, error) {
	seen, ties := map[newsroom.ItemID]bool{}, map[wire.Tie]bool{}
	queue := []newsroom.ItemID{}
	for _, tie := range changed {
		queue = append(queue, tie.A, tie.B)
	}
	for len(queue) > 0 && len(seen) < maxReached {
		id := queue[0]
		if queue = queue[1:]; seen[id] {
			continue
		}
		seen[id] = true
		found, err := t.ties(ctx, id)
		if err != nil {
			return false, err
		}
		for _, tie := range found {
			if ties[tie] = true; tie.Relation != wire.Parted {
				queue = append(queue, tie.A, tie.B)
			}
		}
	}
	return t.setEvents(ctx, wire.Group(slices.Collect(maps.Keys(seen)), slices.Collect(maps.Keys(ties))))
}

// maxReached bounds how many items are looked at for one change.
const maxReached = 400

func (t tx) setEvents(ctx context.Context, events map[newsroom.ItemID]newsroom.ItemID) (bool, error) {
	moved := false
	for _, id := range slices.Sorted(maps.Keys(events)) {
		event := int64(events[id])
		done, err := t.exec(ctx, setEvent, event, int64(id), event)
		if err != nil {
			return moved, fmt.Errorf("store: event of item %d: %w", id, err)
		}
		count, err := done.RowsAffected()
		if err != nil {
			return moved, err
		}
		moved = moved || count > 0
	}
	return moved, nil
}

// Events implements wire.Ties.
func (n *Newsroom) Events(ctx context.Context, ids []newsroom.ItemID) ([]wire.Event, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	events := map[newsroom.ItemID]*wire.Event{}
	asked := filled(ids[:min(len(ids), mostIDs)], mostIDs)
	rows, err := n.query(ctx, selectEvents, asked...)
	items, err := scan(rows, err, func(rows *sql.Rows) (newsroom.WireItem, error) { return listed(rows) })
	if err != nil {
		return nil, err
	}
	for _, w := range items {
		if events[w.Event] == nil {
			events[w.Event] = &wire.Event{ID: w.Event}
		}
		events[w.Event].Items = append(events[w.Event].Items, w)
	}
	if err := n.tied(ctx, events, filled(ids[:min(len(ids), mostIDs)], mostIDs)); err != nil {
		return nil, err
	}
	all := []wire.Event{}
	for _, id := range slices.Sorted(maps.Keys(events)) {
		all = append(all, *events[id])
	}
	return all, nil
}

// tied fills in the ties of events.
func (n *Newsroom) tied(ctx context.Context, events map[newsroom.ItemID]*wire.Event, asked []any) error {
	type row struct {
		wire.Tie
		event newsroom.ItemID
	}
	rows, err := n.query(ctx, selectTies, asked...)
	ties, err := scan(rows, err, func(rows *sql.Rows) (row, error) {
		var r row
		return r, rows.Scan(&r.A, &r.B, (*string)(&r.Relation), &r.By, &r.event)
	})
	for _, r := range ties {
		if e := events[r.event]; e != nil {
			e.Ties = append(e.Ties, r.Tie)
		}
	}
	return err
}
