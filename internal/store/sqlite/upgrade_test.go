//go:build unix

package sqlite_test

import (
	"database/sql"
	"os"
	"path/filepath"
	"testing"

	"github.com/ncruces/go-sqlite3/driver"
	"github.com/ncruces/go-sqlite3/ext/fts5"
	"github.com/pressly/goose/v3"

	"github.com/rotatif/newsroom/internal/wire"
)

// TestUpgrade opens stores as every older program would have left them: each is
// brought up to date and keeps what it had.
func TestUpgrade(t *testing.T) {
	t.Parallel()
	steps, err := filepath.Glob("../migrations/sqlite/newsroom/*.sql")
	if err != nil || len(steps) < 2 {
		t.Fatalf("%d steps (%v)", len(steps), err)
	}
	for i, step := range steps[:len(steps)-1] {
		t.Run(filepath.Base(step), func(t *testing.T) {
			t.Parallel()
			path := filepath.Join(t.TempDir(), "newsroom.db")
			older(t, path, steps[:i+1])
			n := newsroom(t, path)
			items, err := n.Items(t.Context(), wire.Filter{Limit: 10})
			if err != nil || len(items) != 1 || items[0].Text.Headline != "Eski" {
				t.Errorf("%d items (%v)", len(items), err)
			}
			var sealed int
			if err := n.Write.QueryRowContext(t.Context(), "SELECT COUNT(*) FROM seals").Scan(&sealed); err != nil || sealed != len(steps) {
				t.Errorf("%d of %d steps sealed (%v)", sealed, len(steps), err)
			}
		})
	}
}

// older makes a store with the first steps alone, and an item in it.
func older(t *testing.T, path string, steps []string) {
	t.Helper()
	dir := t.TempDir()
	for _, step := range steps {
		text, err := os.ReadFile(step)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, filepath.Base(step)), text, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	db, err := driver.Open("file:"+path, fts5.Register)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	migrate(t, db, dir)
	_, err = db.ExecContext(t.Context(), `INSERT INTO items (provider, item, last, language, killed, withheld, embargo, until, subjects, search, doc)
		VALUES ('ka', '1', 1000, 'tr', 0, 0, '', 0, ' ', 'eski', '{"id":1,"key":{"provider":"ka","id":"1"},"text":{"kind":"text","status":"usable","headline":"Eski"},"revisions":1}')`)
	if err != nil {
		t.Fatal(err)
	}
}

func migrate(t *testing.T, db *sql.DB, dir string) {
	t.Helper()
	provider, err := goose.NewProvider(goose.DialectSQLite3, db, os.DirFS(dir), goose.WithDisableGlobalRegistry(true))
	if err == nil {
		_, err = provider.Up(t.Context())
	}
	if err != nil {
		t.Fatal(err)
	}
}
