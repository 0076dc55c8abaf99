// Package pgtest gives tests a PostgreSQL of their own. The first test of a
// test binary that asks starts a private server in a temporary folder, reached
// over a socket in that folder and nowhere else; every further test gets an
// empty database in it. Nothing has to be closed: when the test binary ends,
// however it ends, the server notices and takes its folder with it.
//
// The order of text in the server is Turkish, so that a query which forgot to
// say byte order is found out.
//
// Knows: the programs of PostgreSQL. Never imports: a store, a room; only tests import it.
package pgtest

import (
	"context"
	"fmt"
	"io"
	"net/url"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/rotatif/newsroom/internal/need"
)

// theServer starts the one server of a test binary, and after that gives it.
var theServer = sync.OnceValues(start)

// patience is how long a server may take to answer for the first time.
const patience = time.Minute

// Database makes an empty database for one test and gives its address. The
// database goes when the test has ended. Without the server's programs the
// test is skipped, or fails where everything is required.
func Database(t testing.TB) string {
	t.Helper()
	s, err := theServer()
	if err != nil {
		need.Missing(t, "pgtest: no PostgreSQL server: %v (scripts/setup-tests installs it)", err)
	}
	name := fmt.Sprintf("test_%d", s.made.Add(1))
	if err := s.exec("CREATE DATABASE " + name + " TEMPLATE template0"); err != nil {
		t.Fatalf("pgtest: %v", err)
	}
	t.Cleanup(func() {
		if err := s.exec("DROP DATABASE " + name + " WITH (FORCE)"); err != nil {
			t.Errorf("pgtest: %v", err)
		}
	})
	return s.address(name)
}

// server is a running PostgreSQL.
type server struct {
	dir  string
	life io.Closer // held, because a collected pipe would be a closed one
	made atomic.Int64
}

// address is what a store is opened with.
func (s *server) address(database string) string {
	query := url.Values{"host": {s.dir}, "user": {superuser}, "sslmode": {"disable"}}
	return "postgres:///" + database + "?" + query.Encode()
}

func (s *server) exec(statement string) error {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	conn, err := pgx.Connect(ctx, s.address("postgres"))
	if err != nil {
		return fmt.Errorf("connecting: %w", err)
	}
	defer func() { _ = conn.Close(ctx) }()
	if _, err := conn.Exec(ctx, statement); err != nil {
		return fmt.Errorf("%s: %w", statement, err)
	}
	return nil
}

// wait returns when the server answers.
func (s *server) wait() error {
	var err error
	for begun := time.Now(); time.Since(begun) < patience; time.Sleep(20 * time.Millisecond) {
		if err = s.exec("SELECT 1"); err == nil {
			return nil
		}
	}
	return fmt.Errorf("the server does not answer: %w", err)
}
