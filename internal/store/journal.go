package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"github.com/rotatif/newsroom"
)

const (
	insertFact = `INSERT INTO facts (at, kind, story, item, doc) VALUES (?, ?, ?, ?, ?) RETURNING seq`
	selectFact = `SELECT seq, doc FROM facts WHERE seq > ? ORDER BY seq LIMIT ?`
	selectHead = `SELECT COALESCE(MAX(seq), 0) FROM facts`

	selectPlace = `SELECT seq FROM places WHERE name = ?`
	upsertPlace = `INSERT INTO places (name, seq) VALUES (?, ?)
		ON CONFLICT (name) DO UPDATE SET seq = excluded.seq WHERE excluded.seq > places.seq`
)

// append adds facts to the journal in the running transaction and gives the
// place of the last. Writers queue for the journal, so place order is commit order.
func (t tx) append(ctx context.Context, facts []newsroom.Fact) (newsroom.Seq, error) {
	var seq newsroom.Seq
	for _, fact := range facts {
		fact.Seq = 0
		raw, err := encode(fact)
		if err != nil {
			return 0, err
		}
		row := t.row(ctx, insertFact, micros(fact.At), string(fact.Kind), int64(fact.Story), int64(fact.Item), raw)
		if err := row.Scan(&seq); err != nil {
			return 0, fmt.Errorf("store: fact %s: %w", fact.Kind, err)
		}
	}
	return seq, nil
}

// Facts implements journal.Store.
func (n *Newsroom) Facts(ctx context.Context, after newsroom.Seq, most int) ([]newsroom.Fact, error) {
	rows, err := n.query(ctx, selectFact, int64(after), limit(most, 200, 10_000))
	return scan(rows, err, func(rows *sql.Rows) (newsroom.Fact, error) {
		var seq newsroom.Seq
		fact, err := doc[newsroom.Fact](second{rows, &seq})
		fact.Seq = seq
		return fact, err
	})
}

// second scans a leading column into first and gives the rest to the caller.
type second struct {
	rows  *sql.Rows
	first any
}

// Scan reads the row with the leading column in front.
func (s second) Scan(dest ...any) error { return s.rows.Scan(append([]any{s.first}, dest...)...) }

// Head implements journal.Store.
func (n *Newsroom) Head(ctx context.Context) (newsroom.Seq, error) {
	var seq newsroom.Seq
	err := n.row(ctx, selectHead).Scan(&seq)
	return seq, err
}

// Place implements journal.Store.
func (n *Newsroom) Place(ctx context.Context, follower string) (newsroom.Seq, error) {
	var seq newsroom.Seq
	err := n.row(ctx, selectPlace, follower).Scan(&seq)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, nil
	}
	return seq, err
}

// Move implements journal.Store.
func (n *Newsroom) Move(ctx context.Context, follower string, place newsroom.Seq) error {
	return n.write(ctx, func(t tx) error {
		_, err := t.exec(ctx, upsertPlace, follower, int64(place))
		return err
	})
}
