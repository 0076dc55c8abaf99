package store

import (
	"context"
	"crypto/rand"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/rotatif/newsroom"
	"github.com/rotatif/newsroom/internal/mostread"
)

// Reads is the durable log of reads.
type Reads struct{ *DB }

var _ mostread.Log = (*Reads)(nil)

const (
	insertRead = `INSERT INTO reads (at, story, reader, net, home) VALUES (?, ?, ?, ?, ?)`
	selectRead = `SELECT at, story, reader, net, home FROM reads WHERE at >= ? ORDER BY seq`
	forgetRead = `DELETE FROM reads WHERE at < ?`
	selectSalt = `SELECT salt FROM salts WHERE day = ?`
	insertSalt = `INSERT INTO salts (day, salt) VALUES (?, ?)`
	dropSalts  = `DELETE FROM salts WHERE day < ?`
)

// Append implements mostread.Log.
func (r *Reads) Append(ctx context.Context, records []mostread.Record) error {
	return r.write(ctx, func(t tx) error {
		insert, err := t.PrepareContext(ctx, r.text(insertRead))
		if err != nil {
			return fmt.Errorf("store: reads: %w", err)
		}
		defer func() { _ = insert.Close() }() // the transaction's end closes it as well
		for _, rec := range records {
			if _, err := insert.ExecContext(ctx, micros(rec.At), int64(rec.Story), int64(rec.Reader), int64(rec.Net), int64(rec.Home)); err != nil {
				return fmt.Errorf("store: read: %w", err)
			}
		}
		return nil
	})
}

// Replay implements mostread.Log.
func (r *Reads) Replay(ctx context.Context, since time.Time, each func(mostread.Record) error) error {
	rows, err := r.query(ctx, selectRead, micros(since))
	if err != nil {
		return fmt.Errorf("store: replay: %w", err)
	}
	defer func() { _ = rows.Close() }() // the error that matters is rows.Err
	for rows.Next() {
		var at, story, reader, net, home int64
		if err := rows.Scan(&at, &story, &reader, &net, &home); err != nil {
			return fmt.Errorf("store: replay: %w", err)
		}
		rec := mostread.Record{At: fromMicros(at), Story: newsroom.StoryID(story), Reader: uint64(reader), Net: uint32(net), Home: uint32(home)}
		if err := each(rec); err != nil {
			return err
		}
	}
	return rows.Err()
}

// Forget implements mostread.Log.
func (r *Reads) Forget(ctx context.Context, before time.Time) error {
	return r.write(ctx, func(t tx) error {
		_, err := t.exec(ctx, forgetRead, micros(before))
		return err
	})
}

// Salt implements mostread.Log. A day is named so that byte order is the order
// of days (2026-11-23). What is destroyed is overwritten in the file.
func (r *Reads) Salt(ctx context.Context, day string) ([16]byte, error) {
	var salt [16]byte
	err := r.write(ctx, func(t tx) error {
		if _, err := t.exec(ctx, dropSalts, day); err != nil {
			return err
		}
		var kept []byte
		err := t.row(ctx, selectSalt, day).Scan(&kept)
		if err == nil && len(kept) == len(salt) {
			copy(salt[:], kept)
			return nil
		}
		if err != nil && !errors.Is(err, sql.ErrNoRows) {
			return err
		}
		if _, err := rand.Read(salt[:]); err != nil {
			return fmt.Errorf("store: randomness: %w", err)
		}
		_, err = t.exec(ctx, insertSalt, day, salt[:])
		return err
	})
	return salt, err
}
