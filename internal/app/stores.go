package app

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/rotatif/newsroom"
	"github.com/rotatif/newsroom/internal/bus"
	"github.com/rotatif/newsroom/internal/desk"
	"github.com/rotatif/newsroom/internal/front"
	"github.com/rotatif/newsroom/internal/store"
	"github.com/rotatif/newsroom/internal/store/postgres"
	"github.com/rotatif/newsroom/internal/store/sqlite"
	"github.com/rotatif/newsroom/internal/wire"
)

// Stores are the three stores of the house. Public is the edition as the public
// side has it: a handle through which nothing can be written.
type Stores struct {
	Newsroom *store.Newsroom
	Edition  *store.Edition
	Public   *store.EditionReader
	Reads    *store.Reads
}

// engine is how an engine opens the stores, by path or connection string.
type engine struct {
	newsroom func(context.Context, string) (*store.Newsroom, error)
	edition  func(context.Context, string) (*store.Edition, error)
	public   func(context.Context, string) (*store.EditionReader, error)
	reads    func(context.Context, string) (*store.Reads, error)
}

// OpenStores opens them where the configuration says.
func OpenStores(ctx context.Context, c Config) (Stores, error) {
	if c.Postgres != "" {
		return openStores(ctx, c.Postgres, c.Postgres, c.Postgres,
			engine{postgres.OpenNewsroom, postgres.OpenEdition, postgres.OpenEditionReader, postgres.OpenReads})
	}
	if err := os.MkdirAll(c.Dir, 0o700); err != nil {
		return Stores{}, fmt.Errorf("stores: %w", err)
	}
	file := func(name string) string { return filepath.Join(c.Dir, name) }
	return openStores(ctx, file("newsroom.db"), file("edition.db"), file("reads.db"),
		engine{sqlite.OpenNewsroom, sqlite.OpenEdition, sqlite.OpenEditionReader, sqlite.OpenReads})
}

// Standing refuses settings whose folder holds no newsroom yet: what only looks
// at one must not make an empty one in the wrong place and find it in order.
func Standing(c Config) error {
	if c.Postgres != "" {
		return nil
	}
	_, err := os.Stat(filepath.Join(c.Dir, "newsroom.db"))
	if errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("there is no newsroom in %s: a relative dir counts from where the program is started", fromRoot(c.Dir))
	}
	if err != nil {
		return fmt.Errorf("stores: %w", err)
	}
	return nil
}

// Stores says in words where they are; a connection string holds a password.
func (c Config) Stores() string {
	if c.Postgres != "" {
		return "postgres"
	}
	return fromRoot(c.Dir)
}

// fromRoot is the path from the root, as far as it can be told.
func fromRoot(path string) string {
	if from, err := filepath.Abs(path); err == nil {
		return from
	}
	return path
}

// holdFolder keeps a second newsroom out of the folder: two presses would not
// harm each other, but each would count only its own readers.
func holdFolder(ctx context.Context, dir string) (func() error, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("stores: %w", err)
	}
	release, err := sqlite.Hold(context.WithoutCancel(ctx), filepath.Join(dir, "newsroom.lock"))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", dir, err)
	}
	return release, nil
}

func openStores(ctx context.Context, newsroomAt, editionAt, readsAt string, e engine) (Stores, error) {
	var s Stores
	var err error
	if s.Newsroom, err = e.newsroom(ctx, newsroomAt); err != nil {
		return Stores{}, fmt.Errorf("newsroom store: %w", err)
	}
	if s.Edition, err = e.edition(ctx, editionAt); err != nil {
		s.Edition = nil
		return Stores{}, errors.Join(fmt.Errorf("edition store: %w", err), s.Close())
	}
	if s.Public, err = e.public(ctx, editionAt); err != nil {
		s.Public = nil
		return Stores{}, errors.Join(fmt.Errorf("edition store, to read: %w", err), s.Close())
	}
	if s.Reads, err = e.reads(ctx, readsAt); err != nil {
		s.Reads = nil
		return Stores{}, errors.Join(fmt.Errorf("reads store: %w", err), s.Close())
	}
	return s, nil
}

// Close closes what is open.
func (s Stores) Close() error {
	var err error
	if s.Newsroom != nil {
		err = errors.Join(err, s.Newsroom.Close())
	}
	if s.Edition != nil {
		err = errors.Join(err, s.Edition.Close())
	}
	if s.Public != nil {
		err = errors.Join(err, s.Public.Close())
	}
	if s.Reads != nil {
		err = errors.Join(err, s.Reads.Close())
	}
	return err
}

// ringing is the newsroom store that rings the bell when something was written
// which somebody follows.
type ringing struct {
	*store.Newsroom
	bell *bus.Bell
}

// Change implements desk.Store.
func (r ringing) Change(ctx context.Context, id newsroom.StoryID, rule desk.Change) (newsroom.Story, newsroom.Seq, error) {
	story, seq, err := r.Newsroom.Change(ctx, id, rule)
	if err == nil && seq > 0 {
		r.bell.Ring()
	}
	return story, seq, err
}

// ChangeFront implements front.Store.
func (r ringing) ChangeFront(ctx context.Context, rule front.Change) (newsroom.Front, newsroom.Seq, error) {
	f, seq, err := r.Newsroom.ChangeFront(ctx, rule)
	if err == nil {
		r.bell.Ring()
	}
	return f, seq, err
}

// Keep implements wire.Store.
func (r ringing) Keep(ctx context.Context, receipt wire.Receipt, raw []byte) (wire.ReceiptID, bool, error) {
	id, fresh, err := r.Newsroom.Keep(ctx, receipt, raw)
	if err == nil && fresh {
		r.bell.Ring()
	}
	return id, fresh, err
}

// Tie implements wire.Ties.
func (r ringing) Tie(ctx context.Context, trace wire.Trace) (bool, error) {
	moved, err := r.Newsroom.Tie(ctx, trace)
	if err == nil && moved {
		r.bell.Ring()
	}
	return moved, err
}

// Rule implements wire.Ties.
func (r ringing) Rule(ctx context.Context, ties []wire.Tie, facts []newsroom.Fact) error {
	err := r.Newsroom.Rule(ctx, ties, facts)
	if err == nil {
		r.bell.Ring()
	}
	return err
}

// Settle implements wire.Store.
func (r ringing) Settle(ctx context.Context, fold wire.Fold, all ...wire.Settlement) error {
	err := r.Newsroom.Settle(ctx, fold, all...)
	if err == nil {
		r.bell.Ring()
	}
	return err
}

// ChangeItem implements wire.Copy.
func (r ringing) ChangeItem(ctx context.Context, id newsroom.ItemID, rule wire.Change) (newsroom.WireItem, newsroom.Seq, error) {
	item, seq, err := r.Newsroom.ChangeItem(ctx, id, rule)
	if err == nil && seq > 0 {
		r.bell.Ring()
	}
	return item, seq, err
}

// Reopen implements wire.Copy.
func (r ringing) Reopen(ctx context.Context, id wire.ReceiptID) error {
	err := r.Newsroom.Reopen(ctx, id)
	if err == nil {
		r.bell.Ring()
	}
	return err
}
