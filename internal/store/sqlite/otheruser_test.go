//go:build unix

package sqlite_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"syscall"
	"testing"

	newsroomwords "github.com/rotatif/newsroom"
	"github.com/rotatif/newsroom/internal/edition"
	"github.com/rotatif/newsroom/internal/store"
	"github.com/rotatif/newsroom/internal/store/sqlite"
)

// readAndSay reads the edition as the public side, once for each line it is
// given, and tries to write.
func readAndSay() int {
	ctx := context.Background()
	r, err := sqlite.OpenEditionReader(ctx, os.Getenv(atPath))
	if err != nil {
		return fail(err)
	}
	for asked := bufio.NewScanner(os.Stdin); asked.Scan(); {
		number, err := r.Number(ctx)
		if err != nil {
			return fail(err)
		}
		if _, err := r.Write.ExecContext(ctx, "DELETE FROM articles"); err == nil {
			return fail(errors.New("the public side has written"))
		}
		fmt.Println("edition", number)
	}
	return 0
}

// TestPublicUser runs the public side under a user who may read the edition
// and make nothing beside it: while the press is open, when it is gone, and
// when it has come back.
func TestPublicUser(t *testing.T) {
	t.Parallel()
	if os.Getuid() != 0 {
		t.Skip("only root can be somebody else")
	}
	path := openToAll(t)
	e := press(t, path)
	printed(t, e, 1)
	early := asNobody(t, path)
	early("edition 1")
	printed(t, e, 2)
	early("edition 2")
	if err := e.Close(); err != nil {
		t.Fatal(err)
	}
	early("edition 2")
	alone := asNobody(t, path)
	alone("edition 2")
	e = press(t, path)
	printed(t, e, 3)
	early("edition 3")
	alone("edition 3")
}

// openToAll is an edition as an operator makes it who lets the public side's
// user read it, and nothing else.
func openToAll(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "rotatif-public-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	path := filepath.Join(dir, "edition.db")
	if err := errors.Join(os.Chmod(dir, 0o755), os.WriteFile(path, nil, 0o600), os.Chmod(path, 0o644)); err != nil {
		t.Fatal(err)
	}
	raw, err := os.ReadFile(os.Args[0])
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path+".program", raw, 0o755); err != nil {
		t.Fatal(err)
	}
	return path
}

func press(t *testing.T, path string) *store.Edition {
	t.Helper()
	e, err := sqlite.OpenEdition(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = e.Close() })
	return e
}

func printed(t *testing.T, e *store.Edition, upto newsroomwords.Seq) {
	t.Helper()
	sheet := edition.Sheet{Upto: upto, Articles: []newsroomwords.Article{{ID: 1, Headline: "Bir"}}}
	if _, err := e.Print(t.Context(), sheet); err != nil {
		t.Fatal(err)
	}
}

// asNobody starts the public side as another user and gives the way to ask it.
func asNobody(t *testing.T, path string) func(want string) {
	t.Helper()
	cmd, out, ask := programAs(t, "read", path, path+".program", &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: 65534, Gid: 65534}})
	t.Cleanup(func() { _, _ = ask.Close(), cmd.Wait() })
	return func(want string) {
		t.Helper()
		if _, err := fmt.Fprintln(ask); err != nil {
			t.Fatal(err)
		}
		out.Scan()
		if said := out.Text(); said != want {
			t.Fatalf("want %s, got %q", want, said)
		}
	}
}
