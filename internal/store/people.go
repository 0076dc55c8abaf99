package store

import (
	"context"
	"database/sql"

	"github.com/rotatif/newsroom"
	"github.com/rotatif/newsroom/internal/staff"
)

const (
	insertPerson = `INSERT INTO people (login, secret, doc) VALUES (?, ?, '{}') RETURNING id`
	updatePerson = `UPDATE people SET login = ?, secret = ?, doc = ? WHERE id = ?`
	selectSecret = `SELECT secret FROM people WHERE id = ?`
	selectPeople = `SELECT secret, doc FROM people WHERE (CAST(? AS TEXT) = '' OR login = ?) AND (CAST(? AS BIGINT) = 0 OR id = ?) ORDER BY login`
	endTokens    = `DELETE FROM tokens WHERE person = ?`

	upsertToken = `INSERT INTO tokens (hash, purpose, person, device, created, seen, ends) VALUES (?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT (hash) DO UPDATE SET seen = excluded.seen, ends = excluded.ends`
	selectToken = `SELECT hash, purpose, person, device, created, seen, ends FROM tokens WHERE hash = ?`
	renewToken  = `UPDATE tokens SET seen = ?, ends = ? WHERE hash = ?`
	dropToken   = `DELETE FROM tokens WHERE hash = ?`
)

// SavePerson implements staff.Store.
func (n *Newsroom) SavePerson(ctx context.Context, p newsroom.Person) (newsroom.Person, error) {
	saved := p
	err := n.write(ctx, func(t tx) error {
		saved = p // a first try may have given an id that was rolled back
		return t.savePerson(ctx, &saved)
	})
	if err != nil && n.Dialect.Unique(err) {
		return p, newsroom.Refuse(newsroom.Conflict, "error.login_taken")
	}
	if err != nil {
		return p, err
	}
	return saved, nil
}

func (t tx) savePerson(ctx context.Context, p *newsroom.Person) error {
	if p.ID == 0 {
		if err := t.row(ctx, insertPerson, p.Login, p.Secret).Scan(&p.ID); err != nil {
			return err
		}
	}
	var secret string
	if err := t.row(ctx, selectSecret, int64(p.ID)).Scan(&secret); err != nil {
		return notFound(err)
	}
	if p.Disabled || secret != p.Secret {
		if _, err := t.exec(ctx, endTokens, int64(p.ID)); err != nil {
			return err
		}
	}
	raw, err := encode(p)
	if err != nil {
		return err
	}
	_, err = t.exec(ctx, updatePerson, p.Login, p.Secret, raw, int64(p.ID))
	return err
}

// People implements staff.Store.
func (n *Newsroom) People(ctx context.Context, login string, id newsroom.PersonID) ([]newsroom.Person, error) {
	rows, err := n.query(ctx, selectPeople, login, login, int64(id), int64(id))
	return scan(rows, err, func(rows *sql.Rows) (newsroom.Person, error) {
		var secret string
		p, err := doc[newsroom.Person](second{rows, &secret})
		p.Secret = secret
		return p, err
	})
}

// KeepToken implements staff.Store. A token that was ended is not revived by a
// renewal: only a token created now is inserted.
func (n *Newsroom) KeepToken(ctx context.Context, t staff.Token) error {
	return n.write(ctx, func(x tx) error {
		if !t.Seen.Equal(t.Created) {
			_, err := x.exec(ctx, renewToken, micros(t.Seen), micros(t.Ends), t.Hash)
			return err
		}
		_, err := x.exec(ctx, upsertToken, t.Hash, string(t.Purpose), int64(t.Person), t.Device, micros(t.Created), micros(t.Seen), micros(t.Ends))
		return err
	})
}

// Token implements staff.Store.
func (n *Newsroom) Token(ctx context.Context, hash string) (staff.Token, error) {
	var t staff.Token
	var created, seen, ends int64
	err := n.row(ctx, selectToken, hash).Scan(&t.Hash, &t.Purpose, &t.Person, &t.Device, &created, &seen, &ends)
	t.Created, t.Seen, t.Ends = fromMicros(created), fromMicros(seen), fromMicros(ends)
	return t, notFound(err)
}

// SpendToken implements staff.Store.
func (n *Newsroom) SpendToken(ctx context.Context, hash string) (bool, error) {
	var count int64
	err := n.write(ctx, func(t tx) error {
		done, err := t.exec(ctx, dropToken, hash)
		if err != nil {
			return err
		}
		count, err = done.RowsAffected()
		return err
	})
	return count == 1, err
}
