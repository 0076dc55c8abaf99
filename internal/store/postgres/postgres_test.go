package postgres_test

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"

	"github.com/jackc/pgx/v5"

	"github.com/rotatif/newsroom"
	"github.com/rotatif/newsroom/internal/edition"
	"github.com/rotatif/newsroom/internal/pgtest"
	"github.com/rotatif/newsroom/internal/store"
	"github.com/rotatif/newsroom/internal/store/postgres"
)

// as is the address with another user, and with settings of its own.
func as(t *testing.T, dsn, user string) string {
	t.Helper()
	config, err := pgx.ParseConfig(dsn)
	if err != nil {
		t.Fatal(err)
	}
	return "host=" + config.Host + " dbname=" + config.Database + " user=" + user
}

// statements runs them as the owner.
func statements(t *testing.T, dsn string, all ...string) {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), dsn)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = conn.Close(context.WithoutCancel(t.Context())) }() // the test is over
	for _, statement := range all {
		if _, err := conn.Exec(t.Context(), statement); err != nil {
			t.Fatalf("%s: %v", statement, err)
		}
	}
}

// TestPublicRole opens all three stores in one database and lets the public
// side in by a role that may SELECT in the edition and nothing else.
func TestPublicRole(t *testing.T) {
	t.Parallel()
	dsn := pgtest.Database(t)
	e := threeStores(t, dsn)
	statements(t, dsn, "CREATE ROLE public_reader LOGIN", "GRANT USAGE ON SCHEMA edition TO public_reader",
		"GRANT SELECT ON ALL TABLES IN SCHEMA edition TO public_reader")
	if _, err := e.Print(t.Context(), edition.Sheet{Upto: 1, Articles: []newsroom.Article{{ID: 1, Headline: "Bir"}}}); err != nil {
		t.Fatal(err)
	}
	r, err := postgres.OpenEditionReader(t.Context(), as(t, dsn, "public_reader"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = r.Close() // before the role goes
		conn, err := pgx.Connect(context.Background(), dsn)
		if err == nil {
			_, _ = conn.Exec(context.Background(), "DROP OWNED BY public_reader; DROP ROLE public_reader")
			_ = conn.Close(context.Background())
		}
	})
	if a, err := r.Article(t.Context(), 1); err != nil || a.Headline != "Bir" {
		t.Errorf("%+v (%v)", a, err)
	}
	conn, err := r.Write.Conn(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := conn.ExecContext(t.Context(), "SET default_transaction_read_only = off"); err != nil {
		t.Fatal(err) // the role must hold where the setting does not
	}
	for _, statement := range []string{
		"DELETE FROM edition.articles", "SELECT * FROM newsroom.stories",
		"SELECT * FROM newsroom.people", "SELECT * FROM reads.reads", "CREATE TABLE edition.x (y INT)",
	} {
		if _, err := conn.ExecContext(t.Context(), statement); err == nil || !strings.Contains(err.Error(), "permission denied") {
			t.Errorf("%s: %v", statement, err)
		}
	}
	if err := conn.Close(); err != nil {
		t.Error(err)
	}
}

func threeStores(t *testing.T, dsn string) *store.Edition {
	t.Helper()
	n, err := postgres.OpenNewsroom(t.Context(), dsn)
	if err != nil {
		t.Fatal(err)
	}
	e, err := postgres.OpenEdition(t.Context(), dsn)
	if err != nil {
		t.Fatal(err)
	}
	r, err := postgres.OpenReads(t.Context(), dsn)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = errors.Join(n.Close(), e.Close(), r.Close()) })
	return e
}

// TestSettings looks at connections taken at once.
func TestSettings(t *testing.T) {
	t.Parallel()
	dsn := pgtest.Database(t)
	config, err := pgx.ParseConfig(dsn)
	if err != nil {
		t.Fatal(err)
	}
	statements(t, dsn, "ALTER DATABASE "+config.Database+" SET synchronous_commit = off",
		"ALTER DATABASE "+config.Database+" SET default_transaction_isolation = 'serializable'")
	n, err := postgres.OpenNewsroom(t.Context(), dsn)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = n.Close() })
	for range 4 {
		conn, err := n.Write.Conn(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = conn.Close() }() // the pool is closed with the test
		for setting, want := range map[string]string{
			"search_path": "newsroom", "synchronous_commit": "on", "transaction_isolation": "read committed", "default_transaction_read_only": "off",
		} {
			var have string
			if err := conn.QueryRowContext(t.Context(), "SELECT current_setting($1)", setting).Scan(&have); err != nil || have != want {
				t.Errorf("%s is %s, want %s (%v)", setting, have, want, err)
			}
		}
	}
}

func TestDrift(t *testing.T) {
	t.Parallel()
	for name, statement := range map[string]string{
		"another text":    "UPDATE newsroom.seals SET hash = 'abcdefabcdefabcdef'",
		"a newer program": "INSERT INTO newsroom.seals (step, hash) VALUES ('00099_later.sql', 'x')",
	} {
		dsn := pgtest.Database(t)
		n, err := postgres.OpenNewsroom(t.Context(), dsn)
		if err != nil {
			t.Fatal(err)
		}
		if err := n.Close(); err != nil {
			t.Fatal(err)
		}
		statements(t, dsn, statement)
		if _, err := postgres.OpenNewsroom(t.Context(), dsn); !errors.Is(err, store.ErrDrift) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestOpenedAtOnce lets programs meet at a database with nothing in it.
func TestOpenedAtOnce(t *testing.T) {
	t.Parallel()
	dsn := pgtest.Database(t)
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			n, err := postgres.OpenNewsroom(t.Context(), dsn)
			if err != nil {
				t.Error(err)
				return
			}
			if err := n.Close(); err != nil {
				t.Error(err)
			}
		})
		wg.Go(func() {
			e, err := postgres.OpenEdition(t.Context(), dsn)
			if err != nil {
				t.Error(err)
				return
			}
			if err := e.Close(); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
}

// TestCutOff ends a writer's connection in the middle of a change: nothing of
// it is kept, and the next writer neither waits nor notices.
func TestCutOff(t *testing.T) {
	t.Parallel()
	dsn := pgtest.Database(t)
	n, err := postgres.OpenNewsroom(t.Context(), dsn)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = n.Close() })
	begin := func(s newsroom.Story) (newsroom.Story, []newsroom.Fact, error) {
		return s.Begin(newsroom.Content{Headline: "Bir"}, newsroom.By{})
	}
	_, _, err = n.Change(t.Context(), 0, func(s newsroom.Story) (newsroom.Story, []newsroom.Fact, error) {
		statements(t, dsn, "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND granted AND database = (SELECT oid FROM pg_database WHERE datname = current_database())")
		return begin(s)
	})
	if err == nil {
		t.Error("a change was acknowledged over a dead connection")
	}
	if head, err := n.Head(t.Context()); err != nil || head != 0 {
		t.Errorf("head %d (%v)", head, err)
	}
	if _, _, err := n.Change(t.Context(), 0, begin); err != nil {
		t.Error(err)
	}
}

// TestWrongEncoding refuses a database that cannot keep every letter.
func TestWrongEncoding(t *testing.T) {
	t.Parallel()
	dsn := pgtest.Database(t)
	config, err := pgx.ParseConfig(dsn)
	if err != nil {
		t.Fatal(err)
	}
	latin := config.Database + "_latin"
	statements(t, dsn, "CREATE DATABASE "+latin+" ENCODING 'LATIN5' LOCALE 'C' TEMPLATE template0")
	t.Cleanup(func() {
		if conn, err := pgx.Connect(context.Background(), dsn); err == nil {
			_, _ = conn.Exec(context.Background(), "DROP DATABASE "+latin+" WITH (FORCE)")
			_ = conn.Close(context.Background())
		}
	})
	_, err = postgres.OpenNewsroom(t.Context(), "host="+config.Host+" dbname="+latin+" user="+config.User)
	if err == nil || !strings.Contains(err.Error(), "UTF8") {
		t.Errorf("opened: %v", err)
	}
}

// TestAddress keeps the password out of what is logged.
func TestAddress(t *testing.T) {
	t.Parallel()
	for _, dsn := range []string{"postgres://isil:cok-gizli@127.0.0.1:1/yok?connect_timeout=1", "postgres://isil:cok-gizli@[::bad/yok", "host=127.0.0.1 port=x password=cok-gizli"} {
		_, err := postgres.OpenNewsroom(t.Context(), dsn)
		if err == nil || strings.Contains(err.Error(), "cok-gizli") {
			t.Errorf("%v", err)
		}
	}
}
