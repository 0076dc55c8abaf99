package store

import (
	"context"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/rotatif/newsroom"
	"github.com/rotatif/newsroom/internal/letters"
	"github.com/rotatif/newsroom/internal/wire"
)

// The list of items is read in the order of their places: a number that grows
// with every delivery. What an item can be found by, its words and its tags, is
// in one index where the engine has one for words (SQLite's FTS5); elsewhere the
// same words and tags are compared in the row.
const (
	listColumns = `SELECT i.doc, COALESCE((SELECT MAX(s.id) FROM stories s WHERE s.provider = i.provider AND s.item = i.item AND s.state <> 'killed'), 0), i.event `
	listState   = ` AND (CAST(? AS TEXT) = '' OR (CASE WHEN i.killed = 1 THEN 'killed' WHEN i.announced = 1 THEN 'announced' WHEN i.notice = 2 THEN 'notice'
			WHEN i.withheld = 1 THEN 'withheld' WHEN i.embargo = 'unknown' OR (i.embargo = 'until' AND i.until > ?) THEN 'embargoed'
			WHEN i.barred = 1 THEN 'barred' ELSE 'usable' END) = ?)
		AND (CAST(? AS BIGINT) = 0 OR NOT EXISTS (SELECT 1 FROM stories s WHERE s.provider = i.provider AND s.item = i.item AND s.state <> 'killed'))`
	fromPlain   = `FROM items i WHERE i.place < ? AND i.place >= ?` + listState + ` ORDER BY i.place DESC LIMIT ?`
	fromOne     = `FROM items i WHERE i.id = ? AND i.place < ? AND i.place >= ?` + listState + ` ORDER BY i.place DESC LIMIT ?`
	fromKey     = `FROM items i WHERE i.provider = ? AND i.item = ? AND i.place < ? AND i.place >= ?` + listState + ` ORDER BY i.place DESC LIMIT ?`
	fromMatched = `FROM items_words JOIN items i ON i.place = items_words.rowid
		WHERE items_words MATCH ? AND items_words.rowid < ? AND items_words.rowid >= ?` + listState + ` ORDER BY items_words.rowid DESC LIMIT ?`
	fromLiked = `FROM items i WHERE i.search LIKE ALL (?) AND NOT (i.search LIKE ANY (?)) AND i.search LIKE ANY (?) AND i.place < ? AND i.place >= ?` +
		listState + ` ORDER BY i.place DESC LIMIT ?`
	countHead, countTail = `SELECT COUNT(*) FROM (SELECT 1 `, `) c`

	listPlain, countPlain     = listColumns + fromPlain, countHead + fromPlain + countTail
	listOne, countOne         = listColumns + fromOne, countHead + fromOne + countTail
	listKey, countKey         = listColumns + fromKey, countHead + fromKey + countTail
	listMatched, countMatched = listColumns + fromMatched, countHead + fromMatched + countTail
	listLiked, countLiked     = listColumns + fromLiked, countHead + fromLiked + countTail

	placeOf     = `SELECT place FROM items WHERE id = ?`
	placeAfter  = `SELECT COALESCE(MAX(place), 0) + 1 FROM items WHERE last <= ?`
	placeSince  = `SELECT COALESCE(MIN(place), 9223372036854775807) FROM items WHERE last >= ?`
	nextPlace   = `SELECT COALESCE(MAX(place), 0) + 1 FROM items`
	dropWords   = `DELETE FROM items_words WHERE rowid = ?`
	insertWords = `INSERT INTO items_words (rowid, words) VALUES (?, ?)`
	selectUnfit = `SELECT doc FROM items WHERE fit = 0 ORDER BY id LIMIT 200`
)

// Items implements wire.Store.
func (n *Newsroom) Items(ctx context.Context, f wire.Filter) ([]newsroom.WireItem, error) {
	if f.Key.Provider != "" && f.Provider != "" && f.Key.Provider != f.Provider {
		return []newsroom.WireItem{}, nil
	}
	q, err := n.question(ctx, f)
	if err != nil {
		return nil, err
	}
	rows, err := n.query(ctx, q.list, q.args...)
	return scan(rows, err, func(rows *sql.Rows) (newsroom.WireItem, error) {
		return listed(rows)
	})
}

// listed reads an item with what stands beside its document.
func listed(rows *sql.Rows, more ...any) (newsroom.WireItem, error) {
	var taken newsroom.StoryID
	var event newsroom.ItemID
	item, err := doc[newsroom.WireItem](last{rows, append([]any{&taken, &event}, more...)})
	item.Taken, item.Event = taken, event
	return item, err
}

// Count implements wire.Watches.
func (n *Newsroom) Count(ctx context.Context, f wire.Filter) (int, error) {
	q, err := n.question(ctx, f)
	if err != nil {
		return 0, err
	}
	count := 0
	err = n.row(ctx, q.count, q.args...).Scan(&count)
	return count, err
}

// question is what is asked for a filter: its items, or how many there are.
type question struct {
	list, count string
	args        []any
}

// question chooses the one that finds the filter's items soonest.
func (n *Newsroom) question(ctx context.Context, f wire.Filter) (question, error) {
	top, bottom, err := n.places(ctx, f)
	if err != nil {
		return question{}, err
	}
	q := n.way(f)
	q.args = append(q.args, top, bottom, string(f.State), micros(f.At), string(f.State), flag(f.Free), limit(f.Limit, 50, 500))
	return q, nil
}

func (n *Newsroom) way(f wire.Filter) question {
	words, tags := wire.ParseWords(f.Text), tagsOf(f)
	switch {
	case f.ID != 0:
		return question{listOne, countOne, []any{int64(f.ID)}}
	case f.Key != newsroom.ItemKey{}:
		return question{listKey, countKey, []any{f.Key.Provider, f.Key.ID}}
	case len(words.All)+len(words.Phrases)+len(words.None)+len(tags)+len(f.Subjects) == 0:
		return question{listPlain, countPlain, nil}
	case n.Dialect.Words:
		return question{listMatched, countMatched, []any{matching(words, tags, subjectTags(f))}}
	default:
		like, unlike := liking(words, tags)
		return question{listLiked, countLiked, []any{like, unlike, anyOf(subjectTags(f))}}
	}
}

// places are the bounds of a filter in the order of the list: below top, from bottom on.
func (n *Newsroom) places(ctx context.Context, f wire.Filter) (top, bottom int64, err error) {
	top = math.MaxInt64
	if f.Before != 0 {
		if err := n.row(ctx, placeOf, int64(f.Before)).Scan(&top); err != nil && !errors.Is(err, sql.ErrNoRows) {
			return 0, 0, err
		}
	}
	if !f.Until.IsZero() {
		var place int64
		if err := n.row(ctx, placeAfter, micros(f.Until)).Scan(&place); err != nil {
			return 0, 0, err
		}
		top = min(top, place)
	}
	if !f.From.IsZero() {
		err = n.row(ctx, placeSince, micros(f.From)).Scan(&bottom)
	}
	return top, bottom, err
}

// tag is a property of an item as one word that no text can hold: folded texts
// have no underscore.
func tag(kind, value string) string {
	var b strings.Builder
	b.WriteString("_" + kind)
	for _, r := range []byte(strings.ToLower(value)) {
		if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' {
			b.WriteByte(r)
		} else {
			b.WriteString("_" + hex.EncodeToString([]byte{r}))
		}
	}
	return b.String()
}

// tagsOf are the tags that an item of the filter must have.
func tagsOf(f wire.Filter) []string {
	var tags []string
	add := func(yes bool, kind, value string) {
		if yes {
			tags = append(tags, tag(kind, value))
		}
	}
	add(f.Provider != "", "provider_", f.Provider)
	add(f.Language != "", "language_", f.Language)
	add(f.Place != "", "place_", letters.Fold(f.Place))
	add(f.Kind != "", "kind_", string(f.Kind))
	add(f.Urgency > 0, "urgent_", strconv.Itoa(f.Urgency))
	add(f.Flash, "flash", "")
	add(f.Called, "called", "")
	add(f.State != "" && f.State != newsroom.ItemUsable, "state_", string(f.State))
	return tags
}

// subjectTags are the tags of which an item of the filter must have one.
func subjectTags(f wire.Filter) []string {
	var tags []string
	for _, s := range f.Subjects {
		tags = append(tags, tag("subject_", subjectWord(s)))
	}
	return tags
}

// anyOf are the patterns of which one must fit; without tags, any.
func anyOf(tags []string) []string {
	if len(tags) == 0 {
		return []string{"%"}
	}
	patterns := []string{}
	for _, t := range tags {
		patterns = append(patterns, "% "+literal(t)+" %")
	}
	return patterns
}

// tagged are all tags of an item.
func tagged(w newsroom.WireItem) []string {
	d := w.Text
	tags := []string{"_all", tag("provider_", w.Key.Provider), tag("kind_", string(d.Kind))}
	add := func(yes bool, kind, value string) {
		if yes {
			tags = append(tags, tag(kind, value))
		}
	}
	tongue, _, region := strings.Cut(d.Language, "-")
	add(true, "language_", d.Language)
	add(region, "language_", tongue)
	for _, s := range d.Subjects {
		add(s.Code != "", "subject_", subjectWord(s.Scheme+":"+s.Code))
		add(s.Name != "", "subject_", subjectWord(s.Name))
	}
	for _, p := range d.Places {
		add(p.Name != "", "place_", letters.Fold(p.Name))
	}
	add(d.Dateline.Place != "", "place_", letters.Fold(d.Dateline.Place))
	for u := d.Urgency; u > 0 && u <= 9; u++ { // found by its own urgency and any that is less pressing
		add(true, "urgent_", strconv.Itoa(u))
	}
	add(d.Flash, "flash", "")
	add(w.Call.Open(), "called", "")
	for state, is := range map[newsroom.ItemState]bool{
		newsroom.ItemKilled: w.Killed, newsroom.ItemAnnounced: w.Announced(), newsroom.ItemNotice: w.Speaks(), newsroom.ItemWithheld: w.Held(),
		newsroom.ItemEmbargoed: w.Embargo.State != newsroom.EmbargoNone, newsroom.ItemBarred: w.Barred(),
	} {
		add(is, "state_", string(state))
	}
	return tags
}

// searched is everything an item is found by, every word between spaces.
func searched(w newsroom.WireItem) string {
	text := w.Text
	words := letters.Fold(text.Headline + " " + text.Standfirst + " " + strings.Join(text.Body.Lines(), " ") + " " + text.Slugline)
	return " " + words + " " + strings.Join(tagged(w), " ") + " "
}

// matching is the question to FTS5. Every word stands in marks, so that none is
// taken for a part of its language; folded words have no marks of their own.
func matching(w wire.Words, tags, subjects []string) string {
	var all, none []string
	for _, t := range tags {
		all = append(all, `"`+t+`"`)
	}
	for _, word := range w.All {
		all = append(all, `"`+word+`" *`)
	}
	for _, phrase := range w.Phrases {
		all = append(all, `"`+phrase+`"`)
	}
	if len(subjects) > 0 {
		all = append(all, `("`+strings.Join(subjects, `" OR "`)+`")`)
	}
	if len(all) == 0 {
		all = []string{`"_all"`}
	}
	for _, word := range w.None {
		none = append(none, ` NOT "`+word+`" *`)
	}
	return "(" + strings.Join(all, " AND ") + ")" + strings.Join(none, "")
}

// liking is the same question as patterns of words between spaces.
func liking(w wire.Words, tags []string) (like, unlike []string) {
	like, unlike = []string{}, []string{}
	for _, t := range tags {
		like = append(like, "% "+literal(t)+" %")
	}
	for _, word := range w.All {
		like = append(like, "% "+literal(word)+"%")
	}
	for _, phrase := range w.Phrases {
		like = append(like, "% "+literal(phrase)+" %")
	}
	for _, word := range w.None {
		unlike = append(unlike, "% "+literal(word)+"%")
	}
	return like, unlike
}

// resave writes an item that keeps its place.
func (t tx) resave(ctx context.Context, w newsroom.WireItem) error {
	var place int64
	if err := t.row(ctx, placeOf, int64(w.ID)).Scan(&place); err != nil {
		return err
	}
	return t.saveItem(ctx, w, place, place)
}

// entries are the changes of the index of words that a transaction collects. They
// are written at its end: the index goes over everything it holds back whenever
// another statement of the transaction might have to be undone by itself.
type entries struct {
	drop []int64          // places whose words are no more
	add  map[int64]string // words by place
}

// move takes the words away from a place (0: from none) and puts others at one, or at the same.
func (e *entries) move(from, to int64, words string) {
	if _, fresh := e.add[from]; fresh {
		delete(e.add, from)
	} else if from > 0 {
		e.drop = append(e.drop, from)
	}
	if e.add == nil {
		e.add = map[int64]string{}
	}
	e.add[to] = words
}

// write writes what was collected.
func (e *entries) write(ctx context.Context, t tx) error {
	for _, place := range e.drop {
		if _, err := t.exec(ctx, dropWords, place); err != nil {
			return fmt.Errorf("store: words: %w", err)
		}
	}
	for _, place := range slices.Sorted(maps.Keys(e.add)) {
		if _, err := t.exec(ctx, insertWords, place, e.add[place]); err != nil {
			return fmt.Errorf("store: words: %w", err)
		}
	}
	return nil
}

// refit gives items of an older store the words that they are found by now.
func (n *Newsroom) refit(ctx context.Context) error {
	for {
		rows, err := n.query(ctx, selectUnfit)
		items, err := scan(rows, err, readDoc[newsroom.WireItem])
		if err != nil || len(items) == 0 {
			return err
		}
		err = n.write(ctx, func(t tx) error {
			for _, w := range items {
				if err := t.resave(ctx, w); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
}
