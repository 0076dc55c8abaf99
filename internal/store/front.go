package store

import (
	"context"
	"database/sql"
	"errors"

	"github.com/rotatif/newsroom"
	"github.com/rotatif/newsroom/internal/front"
)

const (
	selectFront = `SELECT doc FROM front WHERE id = 1`
	upsertFront = `INSERT INTO front (id, doc) VALUES (1, ?) ON CONFLICT (id) DO UPDATE SET doc = excluded.doc`
)

// readFront gives the kept front, or the zero Front when there is none.
func readFront(row *sql.Row) (newsroom.Front, error) {
	f, err := doc[newsroom.Front](row)
	if errors.Is(err, sql.ErrNoRows) {
		return newsroom.Front{}, nil
	}
	return f, err
}

// Front implements front.Store.
func (n *Newsroom) Front(ctx context.Context) (newsroom.Front, error) {
	return readFront(n.row(ctx, selectFront))
}

// ChangeFront implements front.Store.
func (n *Newsroom) ChangeFront(ctx context.Context, rule front.Change) (newsroom.Front, newsroom.Seq, error) {
	var after newsroom.Front
	var seq newsroom.Seq
	err := n.write(ctx, func(t tx) error {
		before, err := readFront(t.row(ctx, selectFront))
		if err != nil {
			return err
		}
		var facts []newsroom.Fact
		if after, facts, err = rule(before); err != nil {
			return err
		}
		if err := t.saveFront(ctx, after); err != nil {
			return err
		}
		seq, err = t.append(ctx, facts)
		return err
	})
	return after, seq, err
}

func (t tx) saveFront(ctx context.Context, f newsroom.Front) error {
	raw, err := encode(f)
	if err != nil {
		return err
	}
	_, err = t.exec(ctx, upsertFront, raw)
	return err
}
