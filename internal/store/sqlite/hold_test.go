package sqlite_test

import (
	"errors"
	"path/filepath"
	"testing"

	"github.com/rotatif/newsroom/internal/store/sqlite"
)

func TestOneNewsroomAFolder(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "newsroom.lock")
	release, err := sqlite.Hold(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := sqlite.Hold(t.Context(), path); !errors.Is(err, sqlite.ErrHeld) {
		t.Errorf("a second program came in: %v", err)
	}
	if err := release(); err != nil {
		t.Fatal(err)
	}
	again, err := sqlite.Hold(t.Context(), path)
	if err != nil {
		t.Fatalf("after the first has let go: %v", err)
	}
	if err := again(); err != nil {
		t.Error(err)
	}
}
