package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math"
	"time"

	"github.com/rotatif/newsroom"
	"github.com/rotatif/newsroom/internal/edition"
)

// ErrNoEdition says that there is nothing to read, because the press has never
// opened the edition.
var ErrNoEdition = errors.New("the press has not made the edition yet")

// EditionReader is the edition as the public side has it: nothing can be written.
type EditionReader struct{ *DB }

// Edition is the edition as the press has it.
type Edition struct{ EditionReader }

var (
	_ edition.Store = (*EditionReader)(nil)
	_ edition.Store = (*Edition)(nil)
	_ edition.Plate = (*Edition)(nil)
)

const (
	selectMeta = `SELECT number, place FROM edition WHERE id = 1`
	updateMeta = `UPDATE edition SET number = ?, place = ?, printed = ? WHERE id = 1`

	upsertArticle = `INSERT INTO articles (id, section, language, first, changed, headline, standfirst, doc) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT (id) DO UPDATE SET section = excluded.section, language = excluded.language, first = excluded.first,
		changed = excluded.changed, headline = excluded.headline, standfirst = excluded.standfirst, doc = excluded.doc`
	dropArticle = `DELETE FROM articles WHERE id = ?`
	upsertGone  = `INSERT INTO gone (id, at) VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET at = excluded.at`
	dropGone    = `DELETE FROM gone WHERE id = ?`

	selectArticle = `SELECT doc FROM articles WHERE id = ?`
	selectGone    = `SELECT at FROM gone WHERE id = ?`
	cardColumns   = `SELECT id, section, language, headline, standfirst, first, changed FROM articles WHERE `
	chosen        = `first > ? AND first < ? ORDER BY first DESC, id DESC LIMIT ?`
	selectCards   = cardColumns + chosen
	selectCardsIn = cardColumns + `section = ? AND ` + chosen
	selectCard    = cardColumns + `id = ?`
	selectTexts   = `SELECT doc FROM articles WHERE ` + chosen
	selectTextsIn = `SELECT doc FROM articles WHERE section = ? AND ` + chosen
)

// Place implements edition.Plate.
func (e *Edition) Place(ctx context.Context) (newsroom.Seq, error) {
	var number, place int64
	err := e.row(ctx, selectMeta).Scan(&number, &place)
	return newsroom.Seq(place), err
}

// Print implements edition.Plate.
func (e *Edition) Print(ctx context.Context, sheet edition.Sheet) (edition.Number, error) {
	var number int64
	err := e.write(ctx, func(t tx) error {
		var place int64
		if err := t.row(ctx, selectMeta).Scan(&number, &place); err != nil {
			return err
		}
		if int64(sheet.Upto) <= place {
			return nil
		}
		if !sheet.Blank() {
			number++
		}
		if err := t.print(ctx, sheet); err != nil {
			return err
		}
		_, err := t.exec(ctx, updateMeta, number, int64(sheet.Upto), micros(sheet.At))
		return err
	})
	return edition.Number(number), err
}

func (t tx) print(ctx context.Context, sheet edition.Sheet) error {
	for _, a := range sheet.Articles {
		if err := t.printArticle(ctx, a); err != nil {
			return fmt.Errorf("store: printing story %d: %w", a.ID, err)
		}
	}
	for _, g := range sheet.Gone {
		if _, err := t.exec(ctx, dropArticle, int64(g.ID)); err != nil {
			return err
		}
		if _, err := t.exec(ctx, upsertGone, int64(g.ID), micros(g.At)); err != nil {
			return err
		}
	}
	if sheet.Front == nil {
		return nil
	}
	return t.saveFront(ctx, *sheet.Front)
}

func (t tx) printArticle(ctx context.Context, a newsroom.Article) error {
	raw, err := encode(a)
	if err != nil {
		return err
	}
	if _, err := t.exec(ctx, dropGone, int64(a.ID)); err != nil {
		return err
	}
	_, err = t.exec(ctx, upsertArticle, int64(a.ID), a.Section, a.Language, micros(a.First), micros(a.Changed), a.Headline, a.Standfirst, raw)
	return err
}

// Number implements edition.Store.
func (e *EditionReader) Number(ctx context.Context) (edition.Number, error) {
	var number, place int64
	err := e.row(ctx, selectMeta).Scan(&number, &place)
	return edition.Number(number), err
}

// Article implements edition.Store.
func (e *EditionReader) Article(ctx context.Context, id newsroom.StoryID) (newsroom.Article, error) {
	a, err := doc[newsroom.Article](e.row(ctx, selectArticle, int64(id)))
	if !errors.Is(err, sql.ErrNoRows) {
		return a, err
	}
	var at int64
	if err := e.row(ctx, selectGone, int64(id)).Scan(&at); err != nil {
		return a, notFound(err)
	}
	return a, newsroom.Refuse(newsroom.Gone, "error.gone")
}

// mostCards is how many stories a sitemap file may list.
const mostCards = 50_000

// choice gives the query for one section or for all, and its arguments.
func choice(c edition.Choice, all, in string) (string, []any) {
	after, before := time.Time{}.UnixMicro(), int64(math.MaxInt64)
	if !c.After.IsZero() {
		after = micros(c.After)
	}
	if !c.Before.IsZero() {
		before = micros(c.Before)
	}
	args := []any{after, before, limit(c.Limit, 30, mostCards)}
	if c.Section == "" {
		return all, args
	}
	return in, append([]any{c.Section}, args...)
}

// Articles implements edition.Store.
func (e *EditionReader) Articles(ctx context.Context, c edition.Choice) ([]newsroom.Article, error) {
	if c.IDs != nil {
		return each(c.IDs, func(id newsroom.StoryID) (newsroom.Article, error) {
			return doc[newsroom.Article](e.row(ctx, selectArticle, int64(id)))
		})
	}
	query, args := choice(c, selectTexts, selectTextsIn)
	rows, err := e.query(ctx, query, args...)
	return scan(rows, err, readDoc[newsroom.Article])
}

// Cards implements edition.Store.
func (e *EditionReader) Cards(ctx context.Context, c edition.Choice) ([]edition.Card, error) {
	if c.IDs != nil {
		return each(c.IDs, func(id newsroom.StoryID) (edition.Card, error) {
			return readCard(e.row(ctx, selectCard, int64(id)))
		})
	}
	query, args := choice(c, selectCards, selectCardsIn)
	rows, err := e.query(ctx, query, args...)
	return scan(rows, err, func(rows *sql.Rows) (edition.Card, error) { return readCard(rows) })
}

// each reads the named stories in their order and leaves out missing ones.
func each[T any](ids []newsroom.StoryID, read func(newsroom.StoryID) (T, error)) ([]T, error) {
	all := []T{}
	for _, id := range ids {
		one, err := read(id)
		if errors.Is(err, sql.ErrNoRows) {
			continue
		}
		if err != nil {
			return nil, fmt.Errorf("store: story %d of the edition: %w", id, err)
		}
		all = append(all, one)
	}
	return all, nil
}

func readCard(row interface{ Scan(...any) error }) (edition.Card, error) {
	var c edition.Card
	var first, changed int64
	err := row.Scan(&c.ID, &c.Section, &c.Language, &c.Headline, &c.Standfirst, &first, &changed)
	c.First, c.Changed = fromMicros(first), fromMicros(changed)
	return c, err
}

// Front implements edition.Store.
func (e *EditionReader) Front(ctx context.Context) (newsroom.Front, error) {
	return readFront(e.row(ctx, selectFront))
}
