// Package sqlite opens the embedded stores: one file each, in WAL mode, every
// commit on the disk before it is acknowledged, one connection that writes and
// a pool that reads.
//
// Knows: SQLite and its settings. Never imports: a room, a door, the app.
package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"strings"

	"github.com/ncruces/go-sqlite3"
	"github.com/ncruces/go-sqlite3/driver"
	"github.com/ncruces/go-sqlite3/ext/fts5"

	"github.com/rotatif/newsroom/internal/store"
)

// migrating is what the name of the lock file beside a store ends in.
const migrating = ".migrating"

// readers is how many connections read at once.
const readers = 4

// OpenNewsroom opens, and if need be makes, the desk's store.
func OpenNewsroom(ctx context.Context, path string) (*store.Newsroom, error) {
	db, err := open(ctx, path, store.NewsroomPart)
	if err != nil {
		return nil, err
	}
	news, err := store.OpenNewsroom(ctx, db)
	if err != nil {
		return nil, errors.Join(err, news.Close())
	}
	return news, nil
}

// OpenEdition opens, and if need be makes, the edition for the press.
func OpenEdition(ctx context.Context, path string) (*store.Edition, error) {
	db, err := open(ctx, path, store.EditionPart)
	return &store.Edition{EditionReader: store.EditionReader{DB: db}}, err
}

// OpenReads opens, and if need be makes, the log of reads.
func OpenReads(ctx context.Context, path string) (*store.Reads, error) {
	db, err := open(ctx, path, store.ReadsPart)
	return &store.Reads{DB: db}, err
}

// OpenEditionReader opens an edition that the press has made, so that nothing
// can be written through it.
func OpenEditionReader(ctx context.Context, path string) (*store.EditionReader, error) {
	if _, err := os.Stat(path); err != nil {
		return nil, fmt.Errorf("sqlite: %w: %w", store.ErrNoEdition, err)
	}
	registerOnlyRead()
	db, err := driver.Open(address(path, "ro", false))
	if err != nil {
		return nil, fmt.Errorf("sqlite: opening %s to read: %w", path, err)
	}
	db.SetMaxOpenConns(readers)
	db.SetMaxIdleConns(readers)
	reader := &store.EditionReader{DB: &store.DB{Write: db, Read: db, Dialect: dialect()}}
	if err := unprinted(ctx, reader); err != nil {
		return nil, errors.Join(fmt.Errorf("sqlite: opening %s to read: %w", path, err), db.Close())
	}
	return reader, nil
}

// unprinted fails on a file in which the press has not made its tables yet.
func unprinted(ctx context.Context, reader *store.EditionReader) error {
	_, err := reader.Number(ctx)
	if errors.Is(err, sqlite3.ERROR) {
		return fmt.Errorf("%w: %w", store.ErrNoEdition, err)
	}
	return err
}

// address is the connection string. Every setting stands in it, because a
// PRAGMA given later would hold for one connection of the pool. The files that
// SQLite makes beside the main one get its mode (modeof); the driver would make
// them readable by all.
func address(path, mode string, writes bool) string {
	settings := url.Values{"mode": {mode}, "_txlock": {"deferred"}, "_pragma": {
		"busy_timeout(10000)", "foreign_keys(on)", "trusted_schema(off)", "cache_size(-4000)",
	}}
	if writes {
		settings.Set("_txlock", "immediate")
		settings["_pragma"] = append(settings["_pragma"], "journal_mode(wal)", "synchronous(full)", "wal_autocheckpoint(2000)", "secure_delete(fast)")
	} else {
		settings["_pragma"] = append(settings["_pragma"], "query_only(on)")
	}
	if mode == "ro" {
		settings.Set("vfs", onlyReadName)
	} else {
		settings.Set("modeof", path)
	}
	return "file:" + (&url.URL{Path: path}).EscapedPath() + "?" + strings.ReplaceAll(settings.Encode(), "+", "%20") // SQLite knows no +
}

func open(ctx context.Context, path string, part store.Part) (*store.DB, error) {
	if err := private(path); err != nil {
		return nil, err
	}
	write, err := openWriter(ctx, path)
	if err != nil {
		return nil, err
	}
	if err := ready(ctx, write, path, part); err != nil {
		return nil, errors.Join(err, write.Close())
	}
	read, err := driver.Open(address(path, "rw", false), prepare)
	if err != nil {
		return nil, errors.Join(fmt.Errorf("sqlite: opening %s: %w", path, err), write.Close())
	}
	read.SetMaxOpenConns(readers)
	read.SetMaxIdleConns(readers)
	return &store.DB{Write: write, Read: read, Dialect: dialect()}, nil
}

// openWriter makes the one connection that writes while no other program makes
// its own: SQLite does not wait for its turn to take a new file over to WAL, but
// refuses.
func openWriter(ctx context.Context, path string) (*sql.DB, error) {
	write, err := driver.Open(address(path, "rwc", true), prepare)
	if err != nil {
		return nil, fmt.Errorf("sqlite: opening %s: %w", path, err)
	}
	write.SetMaxOpenConns(1)
	lock := &fileLock{path: path + migrating, wait: migrationWait}
	if err := lock.Lock(ctx, nil); err != nil {
		return nil, errors.Join(err, write.Close())
	}
	if err := errors.Join(write.PingContext(ctx), lock.Unlock(ctx, nil)); err != nil {
		return nil, errors.Join(fmt.Errorf("sqlite: opening %s: %w", path, err), write.Close())
	}
	return write, nil
}

// prepare makes a new connection ready: it knows the index of words, and keeps its WAL.
func prepare(c *sqlite3.Conn) error { return errors.Join(fts5.Register(c), keepWAL(c)) }

// keepWAL leaves the files beside the main one when the last connection goes,
// so that who may only read, and not make files, can open it at any time.
func keepWAL(c *sqlite3.Conn) error {
	_, err := c.FileControl("", sqlite3.FCNTL_PERSIST_WAL, true)
	return err
}

// private makes the file, when there is none, readable by its owner alone. The
// files beside it that the driver makes without asking for a mode get that of
// the file, which an operator may have opened to the public side's user.
func private(path string) error {
	if err := made(path, 0o600); err != nil {
		return err
	}
	info, err := os.Stat(path)
	if err != nil {
		return fmt.Errorf("sqlite: mode of %s: %w", path, err)
	}
	return errors.Join(made(path+"-shm", info.Mode().Perm()), made(path+migrating, 0o600))
}

// made makes an empty file with the mode, unless there is one.
func made(path string, mode os.FileMode) error {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_RDWR, mode)
	if errors.Is(err, os.ErrExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("sqlite: making %s: %w", path, err)
	}
	return errors.Join(f.Chmod(mode), f.Close())
}

// ready refuses an engine with the WAL defect of before 3.51.3 and brings the tables up to date.
func ready(ctx context.Context, db *sql.DB, path string, part store.Part) error {
	var version string
	if err := db.QueryRowContext(ctx, "SELECT sqlite_version()").Scan(&version); err != nil {
		return fmt.Errorf("sqlite: opening %s: %w", path, err)
	}
	if !sound(version) {
		return fmt.Errorf("sqlite: version %s can corrupt a WAL file; 3.51.3 or newer is needed", version)
	}
	return store.Migrate(ctx, db, dialect(), part, store.Locking{File: &fileLock{path: path + migrating, wait: migrationWait}})
}

// sound says whether the version is at least 3.51.3.
func sound(version string) bool {
	var major, minor, patch int
	if _, err := fmt.Sscanf(version, "%d.%d.%d", &major, &minor, &patch); err != nil {
		return false
	}
	return major*1_000_000+minor*1_000+patch >= 3_051_003
}

func dialect() store.Dialect {
	return store.Dialect{
		Name:      "sqlite",
		OneWriter: true,
		Words:     true,
		Unique: func(err error) bool {
			return errors.Is(err, sqlite3.CONSTRAINT_UNIQUE) || errors.Is(err, sqlite3.CONSTRAINT_PRIMARYKEY)
		},
		Again:     func(err error) bool { return errors.Is(err, sqlite3.BUSY) || errors.Is(err, sqlite3.LOCKED) },
		Integrity: integrity,
	}
}

// integrity asks SQLite what is wrong with its file.
func integrity(ctx context.Context, db *sql.DB) ([]string, error) {
	wrong := []string{}
	for _, check := range []string{"PRAGMA integrity_check(20)", "PRAGMA foreign_key_check"} {
		rows, err := db.QueryContext(ctx, check)
		if err != nil {
			return nil, fmt.Errorf("sqlite: %s: %w", check, err)
		}
		found, err := lines(rows)
		if err != nil {
			return nil, fmt.Errorf("sqlite: %s: %w", check, err)
		}
		wrong = append(wrong, found...)
	}
	return wrong, nil
}

// lines reads rows of any width as text and leaves out "ok".
func lines(rows *sql.Rows) ([]string, error) {
	defer func() { _ = rows.Close() }() // the error that matters is rows.Err
	found := []string{}
	for rows.Next() {
		columns, err := rows.Columns()
		if err != nil {
			return nil, err
		}
		values := make([]any, len(columns))
		for i := range values {
			values[i] = new(sql.NullString)
		}
		if err := rows.Scan(values...); err != nil {
			return nil, err
		}
		words := []string{}
		for _, v := range values {
			words = append(words, v.(*sql.NullString).String)
		}
		if line := strings.Join(words, " "); line != "ok" {
			found = append(found, line)
		}
	}
	return found, rows.Err()
}
