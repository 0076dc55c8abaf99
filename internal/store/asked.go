package store

import (
	"context"
	"database/sql"
	"time"
)

const (
	selectNames = `SELECT name FROM receipts WHERE source = ? AND received >= ? ORDER BY id DESC LIMIT 200000`
	// What is kept of sources stands among the places of followers, under names
	// that no follower has; it counts microseconds, not facts.
	listedPrefix = "listed:"
	moveListed   = `INSERT INTO places (name, seq) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET seq = excluded.seq`
)

// ReceiptNames implements wire.Memory.
func (n *Newsroom) ReceiptNames(ctx context.Context, source string, since time.Time) ([]string, error) {
	rows, err := n.query(ctx, selectNames, source, micros(since))
	return scan(rows, err, func(rows *sql.Rows) (name string, err error) {
		err = rows.Scan(&name)
		return name, err
	})
}

// ListedTo implements wire.Memory.
func (n *Newsroom) ListedTo(ctx context.Context, source string) (time.Time, error) {
	at, err := n.Place(ctx, listedPrefix+source)
	return fromMicros(int64(at)), err
}

// MoveListed implements wire.Memory.
func (n *Newsroom) MoveListed(ctx context.Context, source string, to time.Time) error {
	return n.write(ctx, func(t tx) error {
		_, err := t.exec(ctx, moveListed, listedPrefix+source, micros(to))
		return err
	})
}
