package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/rotatif/newsroom"
)

// storyRow is a story as its columns, its last revision and its last public fact tell of it.
type storyRow struct {
	id                           newsroom.StoryID
	state, section, last, newest string
	origin                       newsroom.ItemKey
	release, saved               int64
	held                         bool
	revision                     int
	story                        newsroom.Story
}

func (c checker) stories(ctx context.Context) error {
	return c.each(ctx, allStories, func(rows *sql.Rows) error {
		var r storyRow
		var raw string
		err := rows.Scan(&raw, &r.id, &r.state, &r.section, &r.origin.Provider, &r.origin.ID, &r.release, &r.held, &r.saved, &r.newest, &r.revision, &r.last)
		if err != nil {
			return err
		}
		subject := "story " + r.id.String()
		if err := decode(raw, &r.story); err != nil {
			c.found(CheckStory, subject, "cannot be read: %v", err)
			return nil
		}
		if !r.columnsAgree() {
			c.found(CheckStory, subject, "its columns are not those of the story")
		}
		if r.story.Head != r.newest || r.story.Revision != r.revision {
			c.found(CheckStory, subject, "its head is not its last revision (%d, last %d)", r.story.Revision, r.revision)
		}
		for _, breach := range r.breaches() {
			c.found(CheckStory, subject, "%s", breach)
		}
		return nil
	})
}

func (r storyRow) columnsAgree() bool {
	s := r.story
	origin := newsroom.ItemKey{Provider: cleanText(s.Origin.Provider), ID: cleanText(s.Origin.ID)}
	return s.ID == r.id && string(s.State) == r.state && cleanText(s.Content.Section) == r.section && origin == r.origin &&
		micros(s.Release) == r.release && micros(s.Saved) == r.saved && (s.Held != "") == r.held
}

// breaches are the ways in which a story's state is not what its facts came to.
func (r storyRow) breaches() []string {
	s, wrong := r.story, []string{}
	if want := stateAfter(newsroom.FactKind(r.last)); want != "" && s.State != want {
		wrong = append(wrong, fmt.Sprintf("is %s, but its last word to readers was %s", s.State, r.last))
	}
	after := newsroom.FactKind(r.last)
	if (after == "" || after == newsroom.StoryUnpublished) && (s.State.Public() || s.State == newsroom.Killed) {
		wrong = append(wrong, fmt.Sprintf("is %s without a fact that says so", s.State))
	}
	if s.State.Public() && s.Live == nil {
		wrong = append(wrong, "is public, but nothing says what readers have")
	}
	if s.State.Waiting() == s.Release.IsZero() {
		wrong = append(wrong, fmt.Sprintf("is %s with release %s", s.State, s.Release.Format(time.RFC3339)))
	}
	if s.State.Waiting() && (s.Approval == nil || s.Approval.Head != s.Head) {
		wrong = append(wrong, "waits for release without an approval of its text")
	}
	return wrong
}

// stateAfter is the state that lasts after a fact until the next that readers notice.
func stateAfter(kind newsroom.FactKind) newsroom.State {
	switch kind {
	case newsroom.StoryPublished:
		return newsroom.Published
	case newsroom.StoryUpdated:
		return newsroom.Updated
	case newsroom.StoryCorrected:
		return newsroom.Corrected
	case newsroom.StoryKilled:
		return newsroom.Killed
	default:
		return ""
	}
}

// items folds every item anew from its revisions.
func (c checker) items(ctx context.Context) error {
	var folded, kept newsroom.WireItem
	known := false
	settle := func() {
		if known && digest(folded.Delivered()) != digest(kept.Delivered()) {
			c.found(CheckItem, "item "+kept.ID.String(), "is not what its %d revisions come to", folded.Revisions)
		}
	}
	err := c.each(ctx, allItems, func(rows *sql.Rows) error {
		var id newsroom.ItemID
		var raw string
		var hash, text sql.NullString
		var received sql.NullInt64
		if err := rows.Scan(&id, &raw, &hash, &received, &text); err != nil {
			return err
		}
		if !known || kept.ID != id {
			settle()
			kept, known = newsroom.WireItem{}, true
			if err := decode(raw, &kept); err != nil {
				c.found(CheckItem, "item "+id.String(), "cannot be read: %v", err)
			}
			kept.ID = id
			folded = newsroom.WireItem{ID: id, Key: kept.Key}
		}
		folded = c.refold(folded, hash.String, text.String, fromMicros(received.Int64))
		return nil
	})
	settle()
	return err
}

func (c checker) refold(w newsroom.WireItem, hash, raw string, received time.Time) newsroom.WireItem {
	var d newsroom.Dispatch
	err := decode(raw, &d)
	if err == nil && d.Hash() != hash {
		err = errors.New("its text is not the one it is known by")
	}
	if err != nil {
		c.found(CheckItem, "item "+w.ID.String(), "revision %.12s: %v", hash, err)
		return w
	}
	w, _ = w.Fold(d, received)
	return w
}
