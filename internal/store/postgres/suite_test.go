package postgres_test

import (
	"testing"

	"github.com/rotatif/newsroom/internal/pgtest"
	"github.com/rotatif/newsroom/internal/store"
	"github.com/rotatif/newsroom/internal/store/postgres"
	"github.com/rotatif/newsroom/internal/store/storetest"
)

func TestNewsroom(t *testing.T) {
	t.Parallel()
	storetest.Newsroom(t, newsroomPlace)
}

func newsroomPlace(t *testing.T) func() (*store.Newsroom, error) {
	dsn := pgtest.Database(t)
	return func() (*store.Newsroom, error) { return postgres.OpenNewsroom(t.Context(), dsn) }
}

func TestEdition(t *testing.T) {
	t.Parallel()
	storetest.Edition(t, editionPlace)
}

func editionPlace(t *testing.T) (func() (*store.Edition, error), func() (*store.EditionReader, error)) {
	dsn := pgtest.Database(t)
	return func() (*store.Edition, error) { return postgres.OpenEdition(t.Context(), dsn) },
		func() (*store.EditionReader, error) { return postgres.OpenEditionReader(t.Context(), dsn) }
}

func TestReads(t *testing.T) {
	t.Parallel()
	storetest.Reads(t, func(t *testing.T) func() (*store.Reads, error) {
		dsn := pgtest.Database(t)
		return func() (*store.Reads, error) { return postgres.OpenReads(t.Context(), dsn) }
	})
}

func TestVerifyEdition(t *testing.T) {
	t.Parallel()
	storetest.VerifyEdition(t, newsroomPlace, func(t *testing.T) func() (*store.Edition, error) {
		press, _ := editionPlace(t)
		return press
	})
}
