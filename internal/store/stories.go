package store

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/rotatif/newsroom"
	"github.com/rotatif/newsroom/internal/desk"
	"github.com/rotatif/newsroom/internal/letters"
)

const (
	beginStory  = `INSERT INTO stories (state, section, provider, item, release, held, saved, search, doc) VALUES ('', '', '', '', 0, 0, 0, '', '{}') RETURNING id`
	selectStory = `SELECT doc FROM stories WHERE id = ? AND state <> ''`
	updateStory = `UPDATE stories SET state = ?, section = ?, provider = ?, item = ?, release = ?, held = ?, saved = ?, search = ?, doc = ? WHERE id = ?`

	insertRevision  = `INSERT INTO revisions (story, no, hash, prev, person, at, doc) VALUES (?, ?, ?, ?, ?, ?, ?)`
	selectRevisions = `SELECT doc FROM revisions WHERE story = ? ORDER BY no DESC`

	selectStories = `SELECT doc FROM stories WHERE ` + fitting
	// What is asked for often goes straight to an index: what is due, every
	// second; the stories of an item, with every revision; what a desk has open.
	selectDue      = `SELECT doc FROM stories WHERE release > 0 AND release <= ? AND ` + fitting
	selectOfOrigin = `SELECT doc FROM stories WHERE provider = ? AND item = ? AND ` + fitting
	selectInState  = `SELECT doc FROM stories WHERE state = ? AND ` + fitting
	selectHeld     = `SELECT doc FROM stories WHERE held = 1 AND ` + fitting

	insertPicture  = `INSERT INTO story_pictures (mark, story) VALUES (?, ?) ON CONFLICT (mark, story) DO NOTHING`
	selectPictured = `SELECT doc FROM stories WHERE id IN (SELECT p.story FROM story_pictures p WHERE p.mark IN (` + twelve + `)) AND ` + fitting

	fitting = `state <> '' AND (CAST(? AS TEXT) = '' OR CAST(? AS TEXT) LIKE '%,' || state || ',%')
		AND (CAST(? AS TEXT) = '' OR section = ?)
		AND (CAST(? AS BIGINT) = 0 OR held = 1)
		AND (CAST(? AS TEXT) = '' OR search LIKE ? ESCAPE '\') AND (CAST(? AS TEXT) = '' OR search LIKE ? ESCAPE '\')
		AND (CAST(? AS TEXT) = '' OR search LIKE ? ESCAPE '\') AND (CAST(? AS TEXT) = '' OR search LIKE ? ESCAPE '\')
		AND (CAST(? AS BIGINT) = 0 OR (saved, id) < (SELECT b.saved, b.id FROM stories b WHERE b.id = ?))
		ORDER BY saved DESC, id DESC LIMIT ?`
)

// errUnchanged rolls back a change that changes nothing.
var errUnchanged = errors.New("store: unchanged")

// Change implements desk.Store.
func (n *Newsroom) Change(ctx context.Context, id newsroom.StoryID, rule desk.Change) (newsroom.Story, newsroom.Seq, error) {
	var story newsroom.Story
	var seq newsroom.Seq
	err := n.write(ctx, func(t tx) error {
		before, err := t.story(ctx, id)
		if err != nil {
			return err
		}
		after, facts, err := rule(before)
		if err != nil {
			return err
		}
		story = after
		if len(facts) == 0 {
			story = before
			return errUnchanged
		}
		if err := t.saveStory(ctx, before, after); err != nil {
			return err
		}
		seq, err = t.append(ctx, facts)
		return err
	})
	if errors.Is(err, errUnchanged) {
		return story, 0, nil
	}
	return story, seq, err
}

// story reads a story to be changed; id 0 makes room for a new one.
func (t tx) story(ctx context.Context, id newsroom.StoryID) (newsroom.Story, error) {
	if id != 0 {
		s, err := doc[newsroom.Story](t.row(ctx, selectStory, int64(id)))
		return s, notFound(err)
	}
	err := t.row(ctx, beginStory).Scan(&id)
	return newsroom.Story{ID: id}, err
}

func (t tx) saveStory(ctx context.Context, before, after newsroom.Story) error {
	raw, err := encode(after)
	if err != nil {
		return err
	}
	_, err = t.exec(ctx, updateStory, string(after.State), after.Content.Section, after.Origin.Provider, after.Origin.ID,
		micros(after.Release), flag(after.Held != ""), micros(after.Saved), searchText(after.Content), raw, int64(after.ID))
	if err != nil {
		if t.db.Dialect.Unique(err) {
			return newsroom.Refuse(newsroom.Conflict, "error.item_taken")
		}
		return fmt.Errorf("store: story %d: %w", after.ID, err)
	}
	if after.Revision == before.Revision {
		return nil
	}
	return t.saveRevision(ctx, after.Latest(before))
}

func (t tx) saveRevision(ctx context.Context, r newsroom.Revision) error {
	raw, err := encode(r)
	if err != nil {
		return err
	}
	_, err = t.exec(ctx, insertRevision, int64(r.Story), r.No, r.Hash, r.Prev, int64(r.By), micros(r.At), raw)
	if err != nil {
		return fmt.Errorf("store: revision %d of story %d: %w", r.No, r.Story, err)
	}
	for _, p := range r.Content.Body.Pictures() {
		for _, mark := range p.Marks() {
			if _, err := t.exec(ctx, insertPicture, mark, int64(r.Story)); err != nil {
				return fmt.Errorf("store: picture of story %d: %w", r.Story, err)
			}
		}
	}
	return nil
}

// searchText is what a story is found by.
func searchText(c newsroom.Content) string {
	return letters.Fold(c.Headline + " " + c.Standfirst + " " + strings.Join(c.Body.Lines(), " "))
}

// Story implements desk.Store.
func (n *Newsroom) Story(ctx context.Context, id newsroom.StoryID) (newsroom.Story, error) {
	s, err := doc[newsroom.Story](n.row(ctx, selectStory, int64(id)))
	return s, notFound(err)
}

// Stories implements desk.Store.
func (n *Newsroom) Stories(ctx context.Context, f desk.Filter) ([]newsroom.Story, error) {
	switch {
	case f.Origin != newsroom.ItemKey{}:
		stories, err := n.listed(ctx, f, selectOfOrigin, f.Origin.Provider, f.Origin.ID)
		if !f.DueBy.IsZero() {
			stories = slices.DeleteFunc(stories, func(s newsroom.Story) bool { return s.Release.IsZero() || s.Release.After(f.DueBy) })
		}
		return stories, err
	case len(f.Pictures) > 0:
		return n.pictured(ctx, f)
	case !f.DueBy.IsZero():
		return n.listed(ctx, f, selectDue, micros(f.DueBy))
	case f.Held:
		return n.listed(ctx, f, selectHeld)
	case len(f.States) > 0:
		return n.inStates(ctx, f)
	default:
		return n.listed(ctx, f, selectStories)
	}
}

// pictured asks for stories by what their pictures are known by.
func (n *Newsroom) pictured(ctx context.Context, f desk.Filter) ([]newsroom.Story, error) {
	all := []newsroom.Story{}
	for marks := range slices.Chunk(f.Pictures, 12) {
		args := []any{}
		for i := range 12 {
			args = append(args, marks[min(i, len(marks)-1)])
		}
		stories, err := n.listed(ctx, f, selectPictured, args...)
		if err != nil {
			return nil, err
		}
		all = append(all, stories...)
	}
	return latestOnce(all, limit(f.Limit, 50, 500)), nil
}

// latestOnce puts stories in the order of lists, each once.
func latestOnce(all []newsroom.Story, most int) []newsroom.Story {
	slices.SortStableFunc(all, func(a, b newsroom.Story) int {
		return cmp.Or(b.Saved.Compare(a.Saved), cmp.Compare(b.ID, a.ID))
	})
	seen := map[newsroom.StoryID]bool{}
	all = slices.DeleteFunc(all, func(s newsroom.Story) bool {
		twice := seen[s.ID]
		seen[s.ID] = true
		return twice
	})
	return all[:min(len(all), most)]
}

// inStates asks for each state alone, because an index answers that at once
// however many stories are in the others, and puts the answers in order. A
// story that changes its state in between is listed once.
func (n *Newsroom) inStates(ctx context.Context, f desk.Filter) ([]newsroom.Story, error) {
	all := []newsroom.Story{}
	for _, state := range f.States {
		stories, err := n.listed(ctx, f, selectInState, string(state))
		if err != nil {
			return nil, err
		}
		all = append(all, stories...)
	}
	return latestOnce(all, limit(f.Limit, 50, 500)), nil
}

// listed runs a query that ends in what all lists ask for.
func (n *Newsroom) listed(ctx context.Context, f desk.Filter, query string, first ...any) ([]newsroom.Story, error) {
	states := ""
	for _, s := range f.States {
		states += "," + string(s) + ","
	}
	args := append(first, states, states, f.Section, f.Section, flag(f.Held))
	args = append(args, likes(f.Text)...)
	args = append(args, int64(f.Before), int64(f.Before), limit(f.Limit, 50, 500))
	rows, err := n.query(ctx, query, args...)
	return scan(rows, err, readDoc[newsroom.Story])
}

// Revisions implements desk.Store.
func (n *Newsroom) Revisions(ctx context.Context, id newsroom.StoryID) ([]newsroom.Revision, error) {
	rows, err := n.query(ctx, selectRevisions, int64(id))
	return scan(rows, err, readDoc[newsroom.Revision])
}
