package app

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/rotatif/newsroom"
	"github.com/rotatif/newsroom/internal/staff"
	"github.com/rotatif/newsroom/internal/web"
)

// People is the staff as the console looks after it.
type People struct {
	stores Stores
	staff  *staff.Staff
	words  web.Words
}

// OpenPeople opens the stores for it; a running house may have them open too.
func OpenPeople(ctx context.Context, c Config) (*People, error) {
	catalog, err := web.OpenCatalog()
	if err != nil {
		return nil, err
	}
	stores, err := OpenStores(ctx, c)
	if err != nil {
		return nil, err
	}
	room, err := staff.Open(stores.Newsroom, time.Now)
	if err != nil {
		return nil, errors.Join(err, stores.Close())
	}
	return &People{stores, room, catalog.In("en")}, nil
}

// Close closes the stores.
func (p *People) Close() error { return p.stores.Close() }

// List gives everybody.
func (p *People) List(ctx context.Context) ([]newsroom.Person, error) { return p.staff.People(ctx) }

// Add adds a person.
func (p *People) Add(ctx context.Context, person newsroom.Person, password string) error {
	_, err := p.staff.Save(ctx, person, password)
	return p.said(err)
}

// SetPassword sets a person's password and ends their sessions.
func (p *People) SetPassword(ctx context.Context, login, password string) error {
	if password == "" {
		return p.said(newsroom.Refuse(newsroom.Invalid, "error.password_short", "min", "10"))
	}
	person, err := p.staff.Person(ctx, login)
	if err != nil {
		return p.said(err)
	}
	_, err = p.staff.Save(ctx, person, password)
	return p.said(err)
}

// SetDisabled takes a person's rights away, or gives them back.
func (p *People) SetDisabled(ctx context.Context, login string, disabled bool) error {
	person, err := p.staff.Person(ctx, login)
	if err != nil {
		return p.said(err)
	}
	person.Disabled = disabled
	_, err = p.staff.Save(ctx, person, "")
	return p.said(err)
}

// said turns a refusal into its sentence for the console.
func (p *People) said(err error) error {
	if err == nil || newsroom.KindOf(err) == newsroom.Internal {
		return err
	}
	return fmt.Errorf("%s", web.Sentence(p.words, err))
}

// ClaimLink is the link with which the first admin claims a house; empty when
// it has one already.
func (a *App) ClaimLink(ctx context.Context) (string, error) {
	secret, err := a.Staff.MakeClaim(ctx)
	if err != nil || secret == "" {
		return "", err
	}
	return a.DeskURL() + "/claim?token=" + secret, nil
}
