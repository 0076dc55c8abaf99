package pgtest_test

import (
	"testing"

	"github.com/jackc/pgx/v5"

	"github.com/rotatif/newsroom/internal/pgtest"
)

func TestEveryTestHasADatabaseOfItsOwn(t *testing.T) {
	t.Parallel()
	for range 2 { // the second would fail if the first were the same
		conn := open(t, pgtest.Database(t))
		if _, err := conn.Exec(t.Context(), "CREATE TABLE item (id bigint PRIMARY KEY)"); err != nil {
			t.Fatal(err)
		}
	}
}

func TestTextOrderIsNotByteOrder(t *testing.T) {
	t.Parallel()
	conn := open(t, pgtest.Database(t))
	var provider string
	query := "SELECT datlocprovider::text FROM pg_database WHERE datname = current_database()"
	if err := conn.QueryRow(t.Context(), query).Scan(&provider); err != nil || provider != "i" {
		t.Skipf("this PostgreSQL has no ICU (%q, %v)", provider, err)
	}
	var first string
	query = "SELECT word FROM (VALUES ('çay'), ('dam'), ('Can')) AS list (word) ORDER BY word LIMIT 1 OFFSET 1"
	if err := conn.QueryRow(t.Context(), query).Scan(&first); err != nil || first != "çay" {
		t.Errorf("second of Can, çay, dam is %q, %v", first, err)
	}
}

func TestADatabaseGoesWithItsTest(t *testing.T) {
	t.Parallel()
	count := func(conn *pgx.Conn, name string) (n int) {
		t.Helper()
		if err := conn.QueryRow(t.Context(), "SELECT count(*) FROM pg_database WHERE datname = $1", name).Scan(&n); err != nil {
			t.Fatal(err)
		}
		return n
	}
	here := open(t, pgtest.Database(t))
	var name string
	t.Run("inner", func(t *testing.T) {
		conn := open(t, pgtest.Database(t))
		if err := conn.QueryRow(t.Context(), "SELECT current_database()").Scan(&name); err != nil {
			t.Fatal(err)
		}
		if count(here, name) != 1 {
			t.Errorf("%s is not there", name)
		}
	})
	if count(here, name) != 0 {
		t.Errorf("%s is still there", name)
	}
}

func open(t *testing.T, address string) *pgx.Conn {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close(t.Context()) })
	return conn
}
