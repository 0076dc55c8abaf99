//go:build unix

package sqlite_test

import (
	"path/filepath"
	"testing"

	"github.com/rotatif/newsroom/internal/desk"
)

// TestUpgrade takes the second step of the tables back, as an older program
// would have left them: the store opens, is brought up to date and keeps what it had.
func TestUpgrade(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "newsroom.db")
	n := newsroom(t, path)
	if _, _, err := n.Change(t.Context(), 0, begin("eski")); err != nil {
		t.Fatal(err)
	}
	for _, statement := range []string{
		"DELETE FROM goose_db_version WHERE version_id > 1", "DELETE FROM seals WHERE step > '00002'",
		"DROP INDEX story_by_state", "DROP INDEX story_held",
	} {
		if _, err := n.Write.ExecContext(t.Context(), statement); err != nil {
			t.Fatal(err)
		}
	}
	if err := n.Close(); err != nil {
		t.Fatal(err)
	}
	n = newsroom(t, path)
	if stories, err := n.Stories(t.Context(), desk.Filter{}); err != nil || len(stories) != 1 {
		t.Errorf("%d stories (%v)", len(stories), err)
	}
	var steps, indexes int
	row := n.Write.QueryRowContext(t.Context(), "SELECT (SELECT COUNT(*) FROM seals), (SELECT COUNT(*) FROM sqlite_schema WHERE name IN ('story_by_state', 'story_held'))")
	if err := row.Scan(&steps, &indexes); err != nil || steps != 2 || indexes != 2 {
		t.Errorf("%d steps sealed, %d indexes (%v)", steps, indexes, err)
	}
}
