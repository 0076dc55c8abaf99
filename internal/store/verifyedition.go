package store

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"

	"github.com/rotatif/newsroom"
	"github.com/rotatif/newsroom/internal/edition"
)

const (
	allArticles = `SELECT id, section, language, first, changed, headline, standfirst, doc FROM articles ORDER BY id`
	allGone     = `SELECT id, at FROM gone ORDER BY id`
	allStates   = `SELECT doc FROM stories WHERE state <> '' ORDER BY id`
)

// plate is an edition by the digests of what is in it.
type plate struct {
	place    newsroom.Seq
	articles map[newsroom.StoryID]printed
	gone     map[newsroom.StoryID]int64
	front    string
}

// printed is an article as far as it must be compared.
type printed struct{ head, digest string }

func newPlate() plate {
	return plate{articles: map[newsroom.StoryID]printed{}, gone: map[newsroom.StoryID]int64{}, front: digest(newsroom.Front{})}
}

// errMoved says that the press printed while the edition was being read.
var errMoved = errors.New("store: the press keeps printing; verify again in a quieter minute")

// VerifyEdition folds the whole journal up to the edition's place and compares
// the edition with it, then asks of every story before readers whether the desk
// holds it for public. Stories about which the press has facts still to print
// are left out of that second question. Nothing is changed.
func VerifyEdition(ctx context.Context, n *Newsroom, e *EditionReader, report func(Finding)) error {
	c := checker{e.DB, report}
	if err := c.integrity(ctx); err != nil {
		return err
	}
	have, err := c.plate(ctx, e)
	if err != nil {
		return err
	}
	public, err := n.public(ctx)
	if err != nil {
		return err
	}
	want, waiting, err := n.compose(ctx, have.place)
	if err != nil {
		return err
	}
	c.compare(have, want)
	c.onlyPublic(have, public, waiting)
	return nil
}

// plate reads the edition whole; when the press printed meanwhile, once more.
func (c checker) plate(ctx context.Context, e *EditionReader) (plate, error) {
	for range tries {
		have := newPlate()
		found := []Finding{}
		quiet := checker{c.DB, func(f Finding) { found = append(found, f) }}
		before, err := e.place(ctx)
		if err != nil {
			return have, err
		}
		if err := quiet.readPlate(ctx, have); err != nil {
			return have, err
		}
		front, err := e.Front(ctx)
		if err != nil {
			return have, err
		}
		have.front = digest(front)
		if have.place, err = e.place(ctx); err != nil {
			return have, err
		}
		if have.place == before {
			for _, f := range found {
				c.report(f)
			}
			return have, nil
		}
	}
	return plate{}, errMoved
}

func (e *EditionReader) place(ctx context.Context) (newsroom.Seq, error) {
	var number, place int64
	err := e.row(ctx, selectMeta).Scan(&number, &place)
	return newsroom.Seq(place), err
}

func (c checker) readPlate(ctx context.Context, have plate) error {
	err := c.each(ctx, allArticles, func(rows *sql.Rows) error {
		var id newsroom.StoryID
		var row [4]string
		var first, changed int64
		var raw string
		if err := rows.Scan(&id, &row[0], &row[1], &first, &changed, &row[2], &row[3], &raw); err != nil {
			return err
		}
		var a newsroom.Article
		if err := decode(raw, &a); err != nil {
			c.found(CheckEdition, "story "+id.String(), "cannot be read: %v", err)
		}
		if a.ID != id || cleanRow(a) != row || micros(a.First) != first || micros(a.Changed) != changed {
			c.found(CheckEdition, "story "+id.String(), "its card is not that of the story")
		}
		have.articles[id] = printed{a.Head, digest(a)}
		return nil
	})
	if err != nil {
		return err
	}
	return c.each(ctx, allGone, func(rows *sql.Rows) error {
		var id newsroom.StoryID
		var when int64
		err := rows.Scan(&id, &when)
		have.gone[id] = when
		return err
	})
}

// cleanRow is the words of a card as they are kept.
func cleanRow(a newsroom.Article) [4]string {
	return [4]string{cleanText(a.Section), cleanText(a.Language), cleanText(a.Headline), cleanText(a.Standfirst)}
}

// compose folds the journal up to the place as the press does, and names the
// stories about which there are facts to print beyond it.
func (n *Newsroom) compose(ctx context.Context, place newsroom.Seq) (plate, map[newsroom.StoryID]bool, error) {
	want, waiting := newPlate(), map[newsroom.StoryID]bool{}
	after := newsroom.Seq(0)
	for {
		facts, err := n.Facts(ctx, after, 200)
		if err != nil || len(facts) == 0 {
			return want, waiting, err
		}
		upto := 0
		for upto < len(facts) && facts[upto].Seq <= place {
			upto++
		}
		want.print(edition.Compose(facts[:upto], facts[0].At))
		for _, fact := range facts[upto:] {
			waiting[fact.Story] = waiting[fact.Story] || fact.Prints()
		}
		after = facts[len(facts)-1].Seq
	}
}

// print applies a sheet.
func (p *plate) print(s edition.Sheet) {
	if s.Upto > p.place {
		p.place = s.Upto
	}
	for _, a := range s.Articles {
		p.articles[a.ID] = printed{a.Head, digest(a)}
		delete(p.gone, a.ID)
	}
	for _, g := range s.Gone {
		p.gone[g.ID] = micros(g.At)
		delete(p.articles, g.ID)
	}
	if s.Front != nil {
		p.front = digest(*s.Front)
	}
}

// public gives what readers should have: of each public story its live head.
func (n *Newsroom) public(ctx context.Context) (map[newsroom.StoryID]string, error) {
	heads := map[newsroom.StoryID]string{}
	c := checker{n.DB, nil}
	err := c.each(ctx, allStates, func(rows *sql.Rows) error {
		s, err := readDoc[newsroom.Story](rows)
		if s.State.Public() && s.Live != nil {
			heads[s.ID] = s.Live.Head
		}
		return err
	})
	return heads, err
}

func (c checker) compare(have, want plate) {
	if have.place != want.place {
		c.found(CheckEdition, "place", "%d is not in the journal", have.place)
	}
	for id, article := range have.articles {
		switch right, ok := want.articles[id]; {
		case !ok:
			c.found(CheckEdition, "story "+id.String(), "is before readers, but not by the journal")
		case right.head != article.head:
			c.found(CheckEdition, "story "+id.String(), "shows revision %.12s, by the journal %.12s", article.head, right.head)
		case right != article:
			c.found(CheckEdition, "story "+id.String(), "is not the text of the journal")
		}
		if _, gone := have.gone[id]; gone {
			c.found(CheckEdition, "story "+id.String(), "is both there and gone")
		}
	}
	for id := range want.articles {
		if _, ok := have.articles[id]; !ok {
			c.found(CheckEdition, "story "+id.String(), "is missing")
		}
	}
	c.compareGone(have, want)
	if have.front != want.front {
		c.found(CheckEdition, "front", "is not the front of the journal")
	}
}

func (c checker) compareGone(have, want plate) {
	for id, when := range want.gone {
		if kept, ok := have.gone[id]; !ok || kept != when {
			c.found(CheckEdition, "story "+id.String(), "was taken down, but has no tombstone of that hour")
		}
	}
	for id := range have.gone {
		if _, ok := want.gone[id]; !ok {
			c.found(CheckEdition, "story "+id.String(), "has a tombstone, but was not taken down")
		}
	}
}

func (c checker) onlyPublic(have plate, public map[newsroom.StoryID]string, waiting map[newsroom.StoryID]bool) {
	for id, article := range have.articles {
		if head, ok := public[id]; !waiting[id] && (!ok || head != article.head) {
			c.found(CheckEdition, "story "+id.String(), "is before readers, but not by the desk")
		}
	}
	for id := range public {
		if _, ok := have.articles[id]; !waiting[id] && !ok {
			c.found(CheckEdition, "story "+id.String(), "is public by the desk, but not before readers")
		}
	}
}

// digest names a word by its text.
func digest(v any) string {
	text, err := encode(v)
	if err != nil {
		return fmt.Sprintf("does not encode: %v", err)
	}
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])
}
