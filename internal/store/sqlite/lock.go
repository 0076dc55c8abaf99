package sqlite

import (
	"context"
	"database/sql"
	"fmt"
	"net/url"

	"github.com/ncruces/go-sqlite3/driver"
)

// fileLock lets one program at a time migrate a file. It is a transaction on a
// small file beside it, so the system lets go of it when the holder dies.
type fileLock struct {
	path string
	db   *sql.DB
	tx   *sql.Tx
}

// Lock waits until nobody else migrates.
func (l *fileLock) Lock(ctx context.Context, _ *sql.DB) error {
	db, err := driver.Open("file:" + (&url.URL{Path: l.path}).EscapedPath() + "?_txlock=exclusive&_pragma=busy_timeout(60000)")
	if err != nil {
		return fmt.Errorf("sqlite: migration lock: %w", err)
	}
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		_ = db.Close() // nothing is held
		return fmt.Errorf("sqlite: migration lock: %w", err)
	}
	l.db, l.tx = db, tx
	return nil
}

// Unlock lets the next one in.
func (l *fileLock) Unlock(context.Context, *sql.DB) error {
	if err := l.tx.Rollback(); err != nil {
		return fmt.Errorf("sqlite: migration lock: %w", err)
	}
	return l.db.Close()
}
