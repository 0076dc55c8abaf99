package store

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"embed"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"

	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"
)

//go:embed migrations
var migrations embed.FS

// Part is one of the three stores.
type Part string

// The stores.
const (
	NewsroomPart Part = "newsroom"
	EditionPart  Part = "edition"
	ReadsPart    Part = "reads"
)

// Locking is how an engine keeps two programs from migrating at once.
type Locking struct {
	Session lock.SessionLocker
	File    lock.Locker
}

// Migrate brings a store's tables to the newest form: locked, in numbered
// order, each step in one transaction. A step whose text is not the one that
// was applied is refused, and so is a store from a newer program.
func Migrate(ctx context.Context, db *sql.DB, d Dialect, part Part, l Locking) error {
	steps, err := fs.Sub(migrations, "migrations/"+d.Name+"/"+string(part))
	if err != nil {
		return fmt.Errorf("store: migrations of %s: %w", part, err)
	}
	options := []goose.ProviderOption{goose.WithDisableGlobalRegistry(true)}
	if l.Session != nil {
		options = append(options, goose.WithSessionLocker(l.Session))
	}
	if l.File != nil {
		options = append(options, goose.WithLocker(l.File))
	}
	provider, err := goose.NewProvider(goose.Dialect(gooseName(d)), db, steps, options...)
	if err != nil {
		return fmt.Errorf("store: migrations of %s: %w", part, err)
	}
	if _, err := provider.Up(ctx); err != nil {
		return fmt.Errorf("store: migrating %s: %w", part, err)
	}
	return seal(ctx, &DB{Write: db, Read: db, Dialect: d}, steps)
}

func gooseName(d Dialect) string {
	if d.Name == "sqlite" {
		return string(goose.DialectSQLite3)
	}
	return string(goose.DialectPostgres)
}

const (
	selectSeal   = `SELECT hash FROM seals WHERE step = ?`
	insertSeal   = `INSERT INTO seals (step, hash) VALUES (?, ?)`
	selectBeyond = `SELECT COUNT(*) FROM seals WHERE step > ?`
)

// seal compares the text of each applied step with the one kept when it was applied.
func seal(ctx context.Context, db *DB, steps fs.FS) error {
	names, err := fs.Glob(steps, "*.sql")
	if err != nil {
		return fmt.Errorf("store: listing migrations: %w", err)
	}
	return db.write(ctx, func(t tx) error {
		newest := ""
		for _, name := range names {
			newest = name
			if err := t.sealStep(ctx, steps, name); err != nil {
				return err
			}
		}
		var beyond int
		if err := t.row(ctx, selectBeyond, newest).Scan(&beyond); err != nil {
			return fmt.Errorf("store: seals: %w", err)
		}
		if beyond > 0 {
			return fmt.Errorf("store: written by a newer program: %d steps after %s", beyond, newest)
		}
		return nil
	})
}

func (t tx) sealStep(ctx context.Context, steps fs.FS, name string) error {
	text, err := fs.ReadFile(steps, name)
	if err != nil {
		return fmt.Errorf("store: migration %s: %w", name, err)
	}
	sum := sha256.Sum256(text)
	have := hex.EncodeToString(sum[:])
	var kept string
	err = t.row(ctx, selectSeal, name).Scan(&kept)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		_, err = t.exec(ctx, insertSeal, name, have)
		return err
	case err != nil:
		return fmt.Errorf("store: seal of %s: %w", name, err)
	case kept != have:
		return fmt.Errorf("store: migration %s was applied with another text (%s, now %s)", name, kept[:12], have[:12])
	default:
		return nil
	}
}
