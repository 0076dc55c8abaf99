// Package store keeps what the rooms need kept, in SQL that SQLite and
// PostgreSQL both speak. The engine's own package opens the database and hands
// in a [Dialect]; everything above the dialect is shared, so that a promise is
// kept once.
//
// Times are whole microseconds since 1970 in UTC. Words are stored as JSON
// beside the columns by which they are found.
//
// Knows: the rooms' contracts, SQL. Never imports: an engine's driver, a door, the app.
package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"sync"
	"time"
	"unicode/utf8"

	"github.com/rotatif/newsroom"
)

// Dialect is what differs between the engines.
type Dialect struct {
	Name      string
	OneWriter bool                                             // one connection writes, and prepares nothing by itself
	Words     bool                                             // it has an index of words, FTS5
	Numbered  bool                                             // placeholders are $1, $2 … instead of ?
	Lock      string                                           // statement that makes writers of the journal queue; empty when they do anyway
	Unique    func(error) bool                                 // a unique index refused
	Again     func(error) bool                                 // the transaction may simply be run again
	Integrity func(context.Context, *sql.DB) ([]string, error) // what the engine finds wrong with its own file
}

// DB is an opened database: one handle for writing, one for reading.
type DB struct {
	Write, Read *sql.DB
	Dialect     Dialect
	Looked      func() // told of every row that is checked by Verify; may be nil
	raws        packer
	numbered    sync.Map // query → query with numbered placeholders
	prepared    sync.Map // query → *sql.Stmt of the writer, where there is one writer
	wanted      sync.Map // queries to be prepared when the writer is free
}

// Close closes both handles.
func (db *DB) Close() error {
	err := db.Write.Close()
	if db.Read != db.Write {
		err = errors.Join(err, db.Read.Close())
	}
	return err
}

// text is the query in the engine's placeholders.
func (db *DB) text(query string) string {
	if !db.Dialect.Numbered {
		return query
	}
	if known, ok := db.numbered.Load(query); ok {
		return known.(string)
	}
	var b strings.Builder
	n := 0
	for _, r := range query {
		if r != '?' {
			b.WriteRune(r)
			continue
		}
		n++
		b.WriteString("$" + strconv.Itoa(n))
	}
	db.numbered.Store(query, b.String())
	return b.String()
}

func (db *DB) query(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	return db.Read.QueryContext(ctx, db.text(query), clean(args)...)
}

func (db *DB) row(ctx context.Context, query string, args ...any) *sql.Row {
	return db.Read.QueryRowContext(ctx, db.text(query), clean(args)...)
}

// clean makes of every text one that both engines take: PostgreSQL refuses
// U+0000 and broken UTF-8, SQLite would keep them and compare them otherwise.
func clean(args []any) []any {
	for i, arg := range args {
		if s, ok := arg.(string); ok {
			args[i] = cleanText(s)
		}
	}
	return args
}

func cleanText(s string) string {
	if strings.IndexByte(s, 0) < 0 && utf8.ValidString(s) {
		return s
	}
	return strings.ToValidUTF8(strings.ReplaceAll(s, "\x00", ""), "\uFFFD")
}

// tx is a writing transaction.
type tx struct {
	*sql.Tx
	db    *DB
	words *entries // of the index of words, written at the end
}

func (t tx) exec(ctx context.Context, query string, args ...any) (sql.Result, error) {
	if s := t.Prepared(ctx, query); s != nil {
		return s.ExecContext(ctx, clean(args)...)
	}
	return t.ExecContext(ctx, t.db.text(query), clean(args)...)
}

func (t tx) row(ctx context.Context, query string, args ...any) *sql.Row {
	if s := t.Prepared(ctx, query); s != nil {
		return s.QueryRowContext(ctx, clean(args)...)
	}
	return t.QueryRowContext(ctx, t.db.text(query), clean(args)...)
}

// Prepared is the query as the one writer has prepared it; nil when it has not
// yet, or when the engine's driver prepares by itself.
func (t tx) Prepared(ctx context.Context, query string) *sql.Stmt {
	if !t.db.Dialect.OneWriter {
		return nil
	}
	if s, ok := t.db.prepared.Load(query); ok {
		return t.StmtContext(ctx, s.(*sql.Stmt))
	}
	t.db.wanted.Store(query, true)
	return nil
}

// prepare prepares what was asked since, now that the writer is free. What
// cannot be prepared is asked as it is.
func (db *DB) prepare(ctx context.Context) {
	db.wanted.Range(func(query, _ any) bool {
		db.wanted.Delete(query)
		text, _ := query.(string) // nothing else is stored
		if s, err := db.Write.PrepareContext(ctx, text); err == nil {
			db.prepared.Store(query, s)
		}
		return true
	})
}

// tries is how often a transaction is run again after a conflict.
const tries = 5

// write runs do in a transaction that is durable when write returns nil. After
// a conflict it runs again, so do must be repeatable.
func (db *DB) write(ctx context.Context, do func(tx) error) error {
	var err error
	defer db.prepare(ctx)
	for range tries {
		err = db.once(ctx, do)
		if err == nil || db.Dialect.Again == nil || !db.Dialect.Again(err) {
			return err
		}
	}
	return err
}

func (db *DB) once(ctx context.Context, do func(tx) error) (err error) {
	begun, err := db.Write.BeginTx(ctx, nil)
	if err != nil {
		return fmt.Errorf("store: begin: %w", err)
	}
	committed := false
	defer func() { // also when do panics, or the writer would be taken for ever
		if undone := begun.Rollback(); !committed && undone != nil && !errors.Is(undone, sql.ErrTxDone) {
			err = errors.Join(err, fmt.Errorf("store: roll back: %w", undone))
		}
	}()
	t := tx{begun, db, &entries{}}
	if db.Dialect.Lock != "" {
		if _, err := t.ExecContext(ctx, db.Dialect.Lock); err != nil {
			return fmt.Errorf("store: lock: %w", err)
		}
	}
	if err := do(t); err != nil {
		return err
	}
	if err := t.words.write(ctx, t); err != nil {
		return err
	}
	if err := t.Commit(); err != nil {
		return fmt.Errorf("store: commit: %w", err)
	}
	committed = true
	return nil
}

// scan reads every row of a query with the given function.
func scan[T any](rows *sql.Rows, err error, read func(*sql.Rows) (T, error)) ([]T, error) {
	if err != nil {
		return nil, fmt.Errorf("store: query: %w", err)
	}
	defer func() { _ = rows.Close() }() // the error that matters is rows.Err
	all := []T{}
	for rows.Next() {
		one, err := read(rows)
		if err != nil {
			return all, fmt.Errorf("store: row: %w", err)
		}
		all = append(all, one)
	}
	return all, rows.Err()
}

// doc reads a one-column row of JSON.
func doc[T any](row interface{ Scan(...any) error }) (T, error) {
	var raw string
	var v T
	if err := row.Scan(&raw); err != nil {
		return v, err
	}
	return v, decode(raw, &v)
}

func decode(raw string, v any) error {
	if err := json.Unmarshal([]byte(raw), v); err != nil {
		return fmt.Errorf("store: kept word: %w", err)
	}
	return nil
}

func readDoc[T any](rows *sql.Rows) (T, error) { return doc[T](rows) }

func encode(v any) (string, error) {
	raw, err := json.Marshal(v)
	if err != nil {
		return "", fmt.Errorf("store: word: %w", err)
	}
	return string(raw), nil
}

func micros(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMicro()
}

func fromMicros(us int64) time.Time {
	if us == 0 {
		return time.Time{}
	}
	return time.UnixMicro(us).UTC()
}

func notFound(err error) error {
	if errors.Is(err, sql.ErrNoRows) {
		return newsroom.Refuse(newsroom.NotFound, "error.not_found")
	}
	return err
}

// limit bounds a wished-for number of rows.
func limit(wish, usual, most int) int {
	switch {
	case wish <= 0:
		return usual
	case wish > most:
		return most
	default:
		return wish
	}
}

// searchWords is how many words of a search count.
const searchWords = 4

// likes are the patterns of a folded search text, one argument pair a word:
// the word to test for emptiness and the pattern.
func likes(text string) []any {
	words := strings.Fields(text)
	args := []any{}
	for i := range searchWords {
		word := ""
		if i < len(words) {
			word = words[i]
		}
		args = append(args, word, "%"+literal(word)+"%")
	}
	return args
}

// literal is the text as it stands in a LIKE pattern with the escape \.
func literal(s string) string {
	return strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`).Replace(s)
}

func flag(b bool) int {
	if b {
		return 1
	}
	return 0
}
