package sqlite_test

import (
	"database/sql"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/rotatif/newsroom/internal/store"
	"github.com/rotatif/newsroom/internal/store/sqlite"
)

// TestEveryConnection takes ten connections of each pool at once: a setting
// that holds for the first one only would show.
func TestEveryConnection(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "newsroom.db")
	n := newsroom(t, path)
	want := map[string]string{"foreign_keys": "1", "busy_timeout": "10000", "trusted_schema": "0", "cache_size": "-4000"}
	check := func(db *sql.DB, more map[string]string) {
		for _, conn := range ten(t, db) {
			for _, settings := range []map[string]string{want, more} {
				for pragma, value := range settings {
					var have string
					if err := conn.QueryRowContext(t.Context(), "PRAGMA "+pragma).Scan(&have); err != nil || have != value {
						t.Errorf("%s is %s, want %s (%v)", pragma, have, value, err)
					}
				}
			}
		}
	}
	check(n.Write, map[string]string{"journal_mode": "wal", "synchronous": "2", "secure_delete": "2", "query_only": "0"})
	check(n.Read, map[string]string{"journal_mode": "wal", "query_only": "1"})
	_, reader := editionAt(t, filepath.Join(t.TempDir(), "edition.db"))
	check(reader.Read, map[string]string{"journal_mode": "wal", "query_only": "1"})
}

// ten takes ten connections at once.
func ten(t *testing.T, db *sql.DB) []*sql.Conn {
	t.Helper()
	db.SetMaxOpenConns(10)
	conns := []*sql.Conn{}
	for range 10 {
		conn, err := db.Conn(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = conn.Close() })
		conns = append(conns, conn)
	}
	return conns
}

func newsroom(t *testing.T, path string) *store.Newsroom {
	t.Helper()
	n, err := sqlite.OpenNewsroom(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = n.Close() })
	return n
}

func editionAt(t *testing.T, path string) (*store.Edition, *store.EditionReader) {
	t.Helper()
	e, err := sqlite.OpenEdition(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = e.Close() })
	r, err := sqlite.OpenEditionReader(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = r.Close() })
	return e, r
}

// TestFilesArePrivate looks at every file a store makes, while it is open and
// after: drafts and password hashes lie in the -wal as well.
func TestFilesArePrivate(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	n := newsroom(t, filepath.Join(dir, "newsroom.db"))
	if err := n.Move(t.Context(), "x", 1); err != nil {
		t.Fatal(err)
	}
	if _, err := n.Head(t.Context()); err != nil {
		t.Fatal(err)
	}
	private(t, dir, 4)
	if err := n.Close(); err != nil {
		t.Fatal(err)
	}
	private(t, dir, 4)
}

func private(t *testing.T, dir string, want int) {
	t.Helper()
	files, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		info, err := f.Info()
		if err != nil {
			t.Fatal(err)
		}
		if info.Mode().Perm() != 0o600 {
			t.Errorf("%s has mode %v", f.Name(), info.Mode())
		}
	}
	if len(files) != want {
		t.Errorf("%d files, want %d: %v", len(files), want, files)
	}
}

func TestAwkwardPaths(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"a b", "yüzde%20", "soru?mode=memory", "diyez#", "ve&_pragma=x", "ışık", "nokta:iki", "tek'"} {
		dir := filepath.Join(t.TempDir(), name)
		if err := os.Mkdir(dir, 0o700); err != nil {
			t.Fatal(err)
		}
		_, r := editionAt(t, filepath.Join(dir, name))
		if _, err := r.Number(t.Context()); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if _, err := os.Stat(filepath.Join(dir, name+"-wal")); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestDrift changes what was kept of the migrations: the store must not open,
// and must not be changed by the attempt.
func TestDrift(t *testing.T) {
	t.Parallel()
	for name, statement := range map[string]string{
		"another text":    "UPDATE seals SET hash = 'abcdefabcdefabcdef'",
		"a newer program": "INSERT INTO seals (step, hash) VALUES ('00099_later.sql', 'x')",
	} {
		path := filepath.Join(t.TempDir(), "newsroom.db")
		n := newsroom(t, path)
		if _, err := n.Write.ExecContext(t.Context(), statement); err != nil {
			t.Fatal(err)
		}
		if err := n.Close(); err != nil {
			t.Fatal(err)
		}
		for range 2 {
			if _, err := sqlite.OpenNewsroom(t.Context(), path); !errors.Is(err, store.ErrDrift) {
				t.Errorf("%s: %v", name, err)
			}
		}
	}
}

func TestNotAStore(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "newsroom.db")
	if err := os.WriteFile(path, []byte(strings.Repeat("Bu bir veritabanı değil. ", 500)), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := sqlite.OpenNewsroom(t.Context(), path); err == nil {
		t.Error("a text was opened as a newsroom")
	}
	if _, err := sqlite.OpenEditionReader(t.Context(), path); err == nil {
		t.Error("a text was opened as an edition")
	}
	if _, err := sqlite.OpenNewsroom(t.Context(), filepath.Join(t.TempDir(), "yok", "newsroom.db")); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("in a folder that is not there: %v", err)
	}
}

func TestOpenedAtOnce(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "newsroom.db")
	var wg sync.WaitGroup
	for range 6 {
		wg.Go(func() {
			n, err := sqlite.OpenNewsroom(t.Context(), path)
			if err != nil {
				t.Error(err)
				return
			}
			if err := n.Close(); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
}

// TestDamageIsFound breaks what the engine itself would keep from breaking.
func TestDamageIsFound(t *testing.T) {
	t.Parallel()
	n := newsroom(t, filepath.Join(t.TempDir(), "newsroom.db"))
	for _, statement := range []string{
		"PRAGMA foreign_keys = off",
		"INSERT INTO revisions (story, no, hash, prev, person, at, doc) VALUES (7, 1, 'x', '', 1, 1, '{}')",
	} {
		if _, err := n.Write.ExecContext(t.Context(), statement); err != nil {
			t.Fatal(err)
		}
	}
	found := map[string]bool{}
	if err := n.Verify(t.Context(), func(f store.Finding) { found[f.Check+" "+f.Subject] = true }); err != nil {
		t.Fatal(err)
	}
	if !found["integrity sqlite"] || !found["revision story 7"] {
		t.Errorf("found: %v", found)
	}
}
