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
	opened := &DB{Write: db, Read: db, Dialect: d}
	applied, err := provider.GetDBVersion(ctx)
	if err != nil {
		return fmt.Errorf("store: version of %s: %w", part, err)
	}
	if applied > 0 { // before anything is changed, and again after
		if err := seal(ctx, opened, steps, tx.checkStep); err != nil {
			return err
		}
	}
	if _, err := provider.Up(ctx); err != nil {
		return fmt.Errorf("store: migrating %s: %w", part, err)
	}
	return seal(ctx, opened, steps, tx.sealStep)
}

// ErrDrift says that a store was made by other migrations than this program's.
var ErrDrift = errors.New("the store was made by another program")

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
func seal(ctx context.Context, db *DB, steps fs.FS, step func(t tx, ctx context.Context, steps fs.FS, name string) error) error {
	names, err := fs.Glob(steps, "*.sql")
	if err != nil {
		return fmt.Errorf("store: listing migrations: %w", err)
	}
	return db.write(ctx, func(t tx) error {
		newest := ""
		for _, name := range names {
			newest = name
			if err := step(t, ctx, steps, name); err != nil {
				return err
			}
		}
		var beyond int
		if err := t.row(ctx, selectBeyond, newest).Scan(&beyond); err != nil {
			return fmt.Errorf("store: seals: %w", err)
		}
		if beyond > 0 {
			return fmt.Errorf("store: %w, a newer one: %d steps after %s", ErrDrift, beyond, newest)
		}
		return nil
	})
}

// sealStep keeps the hash of a step's text, or compares it with the kept one.
func (t tx) sealStep(ctx context.Context, steps fs.FS, name string) error {
	have, err := stepHash(steps, name)
	if err != nil {
		return err
	}
	err = t.compareStep(ctx, name, have)
	if errors.Is(err, sql.ErrNoRows) {
		_, err = t.exec(ctx, insertSeal, name, have)
	}
	return err
}

// checkStep compares only; a step that was never applied is no drift.
func (t tx) checkStep(ctx context.Context, steps fs.FS, name string) error {
	have, err := stepHash(steps, name)
	if err != nil {
		return err
	}
	err = t.compareStep(ctx, name, have)
	if errors.Is(err, sql.ErrNoRows) {
		return nil
	}
	return err
}

func (t tx) compareStep(ctx context.Context, name, have string) error {
	var kept string
	if err := t.row(ctx, selectSeal, name).Scan(&kept); err != nil {
		return fmt.Errorf("store: seal of %s: %w", name, err)
	}
	if kept != have {
		return fmt.Errorf("store: %w: migration %s was applied with another text (%.12s, now %.12s)", ErrDrift, name, kept, have)
	}
	return nil
}

func stepHash(steps fs.FS, name string) (string, error) {
	text, err := fs.ReadFile(steps, name)
	if err != nil {
		return "", fmt.Errorf("store: migration %s: %w", name, err)
	}
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:]), nil
}
