package store

import (
	"context"
	"fmt"

	"github.com/rotatif/newsroom/internal/desk"
	"github.com/rotatif/newsroom/internal/front"
	"github.com/rotatif/newsroom/internal/journal"
	"github.com/rotatif/newsroom/internal/staff"
	"github.com/rotatif/newsroom/internal/wire"
)

// Newsroom is the desk side: stories, revisions, the journal, the wire, people.
type Newsroom struct{ *DB }

// OpenNewsroom makes the desk's side of an opened database whose tables are up to date.
func OpenNewsroom(ctx context.Context, db *DB) (*Newsroom, error) {
	n := &Newsroom{DB: db}
	if err := n.refit(ctx); err != nil {
		return n, fmt.Errorf("store: words of older items: %w", err)
	}
	return n, nil
}

var (
	_ journal.Store = (*Newsroom)(nil)
	_ wire.Store    = (*Newsroom)(nil)
	_ wire.Copy     = (*Newsroom)(nil)
	_ wire.Board    = (*Newsroom)(nil)
	_ wire.Watches  = (*Newsroom)(nil)
	_ wire.Ties     = (*Newsroom)(nil)
	_ wire.Attic    = (*Newsroom)(nil)
	_ desk.Store    = (*Newsroom)(nil)
	_ front.Store   = (*Newsroom)(nil)
	_ staff.Store   = (*Newsroom)(nil)
)
