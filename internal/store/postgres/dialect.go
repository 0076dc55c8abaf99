package postgres

import (
	"context"
	"database/sql"
	"fmt"

	"github.com/rotatif/newsroom/internal/store"
)

func dialect(part store.Part) store.Dialect {
	return store.Dialect{
		Name:     "postgres",
		Numbered: true,
		Lock:     journalLock(part),
		Unique:   func(err error) bool { return code(err) == uniqueViolation },
		Again: func(err error) bool {
			c := code(err)
			return c == serializationFailure || c == deadlockDetected
		},
		Integrity: integrity,
	}
}

// journalLock makes the writers of a store queue until the one before has
// committed. The server hands out places before the commit; without the queue
// a follower that saw 11 could miss a 10 that commits later.
func journalLock(part store.Part) string {
	switch part {
	case store.NewsroomPart:
		return "SELECT pg_advisory_xact_lock(7236001)"
	case store.EditionPart:
		return "SELECT pg_advisory_xact_lock(7236002)"
	default:
		return "SELECT pg_advisory_xact_lock(7236003)"
	}
}

// migrator lets one program at a time migrate a store. The lock belongs to the
// connection, so the server lets go of it when the holder dies.
type migrator struct{ part store.Part }

// SessionLock waits until nobody else migrates.
func (m migrator) SessionLock(ctx context.Context, conn *sql.Conn) error {
	if _, err := conn.ExecContext(ctx, "SELECT pg_advisory_lock(7236000, hashtext($1))", string(m.part)); err != nil {
		return fmt.Errorf("postgres: migration lock: %w", err)
	}
	return nil
}

// SessionUnlock lets the next one in.
func (m migrator) SessionUnlock(ctx context.Context, conn *sql.Conn) error {
	if _, err := conn.ExecContext(ctx, "SELECT pg_advisory_unlock(7236000, hashtext($1))", string(m.part)); err != nil {
		return fmt.Errorf("postgres: migration lock: %w", err)
	}
	return nil
}

// unsound lists what the server itself holds for unsound in the store's schema:
// indexes that do not answer and constraints that were never checked.
const unsound = `SELECT c.relname || ': index is not valid' FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
	WHERE NOT i.indisvalid AND c.relnamespace = to_regnamespace(current_schema())
	UNION ALL SELECT conname || ': constraint is not valid' FROM pg_constraint
	WHERE NOT convalidated AND connamespace = to_regnamespace(current_schema())`

// integrity asks the server what is wrong.
func integrity(ctx context.Context, db *sql.DB) ([]string, error) {
	rows, err := db.QueryContext(ctx, unsound)
	if err != nil {
		return nil, fmt.Errorf("postgres: integrity: %w", err)
	}
	defer func() { _ = rows.Close() }() // the error that matters is rows.Err
	wrong := []string{}
	for rows.Next() {
		var line string
		if err := rows.Scan(&line); err != nil {
			return nil, fmt.Errorf("postgres: integrity: %w", err)
		}
		wrong = append(wrong, line)
	}
	return wrong, rows.Err()
}
