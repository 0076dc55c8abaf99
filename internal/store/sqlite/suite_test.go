package sqlite_test

import (
	"path/filepath"
	"testing"

	"github.com/rotatif/newsroom/internal/store"
	"github.com/rotatif/newsroom/internal/store/sqlite"
	"github.com/rotatif/newsroom/internal/store/storetest"
)

func TestNewsroom(t *testing.T) {
	t.Parallel()
	storetest.Newsroom(t, newsroomPlace)
}

func newsroomPlace(t *testing.T) func() (*store.Newsroom, error) {
	path := filepath.Join(t.TempDir(), "newsroom.db")
	return func() (*store.Newsroom, error) { return sqlite.OpenNewsroom(t.Context(), path) }
}

func TestEdition(t *testing.T) {
	t.Parallel()
	storetest.Edition(t, editionPlace)
}

func editionPlace(t *testing.T) (func() (*store.Edition, error), func() (*store.EditionReader, error)) {
	path := filepath.Join(t.TempDir(), "edition.db")
	return func() (*store.Edition, error) { return sqlite.OpenEdition(t.Context(), path) },
		func() (*store.EditionReader, error) { return sqlite.OpenEditionReader(t.Context(), path) }
}

func TestReads(t *testing.T) {
	t.Parallel()
	storetest.Reads(t, func(t *testing.T) func() (*store.Reads, error) {
		path := filepath.Join(t.TempDir(), "reads.db")
		return func() (*store.Reads, error) { return sqlite.OpenReads(t.Context(), path) }
	})
}

func TestVerifyEdition(t *testing.T) {
	t.Parallel()
	storetest.VerifyEdition(t, newsroomPlace, func(t *testing.T) func() (*store.Edition, error) {
		press, _ := editionPlace(t)
		return press
	})
}
