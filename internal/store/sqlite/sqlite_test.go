package sqlite_test

import (
	"path/filepath"
	"testing"

	"github.com/rotatif/newsroom/internal/store/sqlite"
)

func TestOpens(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "newsroom.db")
	for range 2 {
		n, err := sqlite.OpenNewsroom(t.Context(), path)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := n.Head(t.Context()); err != nil {
			t.Fatal(err)
		}
		if err := n.Close(); err != nil {
			t.Fatal(err)
		}
	}
}
