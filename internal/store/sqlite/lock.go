package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"strconv"
	"time"

	"github.com/ncruces/go-sqlite3"
	"github.com/ncruces/go-sqlite3/driver"
)

// fileLock is held by one program at a time. It is a transaction on a small
// file, so the system lets go of it when the holder dies.
type fileLock struct {
	path string
	wait time.Duration
	db   *sql.DB
	tx   *sql.Tx
}

// migrationWait is how long a program waits while another migrates.
const migrationWait = time.Minute

// Lock waits until nobody else holds it.
func (l *fileLock) Lock(ctx context.Context, _ *sql.DB) error {
	wait := strconv.FormatInt(l.wait.Milliseconds(), 10)
	db, err := driver.Open("file:" + (&url.URL{Path: l.path}).EscapedPath() + "?_txlock=exclusive&_pragma=busy_timeout(" + wait + ")")
	if err != nil {
		return fmt.Errorf("sqlite: lock: %w", err)
	}
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		_ = db.Close() // nothing is held
		return fmt.Errorf("sqlite: lock: %w", err)
	}
	l.db, l.tx = db, tx
	return nil
}

// Unlock lets the next one in.
func (l *fileLock) Unlock(context.Context, *sql.DB) error {
	if err := l.tx.Rollback(); err != nil {
		return fmt.Errorf("sqlite: lock: %w", err)
	}
	return l.db.Close()
}

// ErrHeld says that another program is at work in the same folder.
var ErrHeld = errors.New("sqlite: another newsroom has this folder open")

// Hold takes the folder of a newsroom for this program, until it lets go or
// ends. Looking in with other commands is not hindered by it.
func Hold(ctx context.Context, path string) (release func() error, err error) {
	l := &fileLock{path: path, wait: 100 * time.Millisecond}
	err = l.Lock(ctx, nil)
	if errors.Is(err, sqlite3.BUSY) {
		return nil, ErrHeld
	}
	return func() error { return l.Unlock(ctx, nil) }, err
}
