package store

import (
	"github.com/rotatif/newsroom/internal/desk"
	"github.com/rotatif/newsroom/internal/front"
	"github.com/rotatif/newsroom/internal/journal"
	"github.com/rotatif/newsroom/internal/staff"
	"github.com/rotatif/newsroom/internal/wire"
)

// Newsroom is the desk side: stories, revisions, the journal, the wire, people.
type Newsroom struct{ *DB }

var (
	_ journal.Store = (*Newsroom)(nil)
	_ wire.Store    = (*Newsroom)(nil)
	_ desk.Store    = (*Newsroom)(nil)
	_ front.Store   = (*Newsroom)(nil)
	_ staff.Store   = (*Newsroom)(nil)
)
