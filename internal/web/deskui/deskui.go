// Package deskui is the desk's door: the screens on which people sign in, read
// the wire, write, publish and take down. It is server-rendered; the little
// script there is makes it quicker, never possible.
//
// Every route names the action it needs, and nothing but the way in is made
// for somebody who is not signed in. What is said of a story is what is stored:
// "published" stands on the screen only when the press has printed it.
//
// Knows: people at the desk, forms, pages. Never imports: a machine, another door.
package deskui

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"net/http"
	"strings"
	"time"

	"github.com/rotatif/newsroom"
	"github.com/rotatif/newsroom/internal/desk"
	"github.com/rotatif/newsroom/internal/front"
	"github.com/rotatif/newsroom/internal/staff"
	"github.com/rotatif/newsroom/internal/web"
	"github.com/rotatif/newsroom/internal/wire"
)

//go:embed layout page static
var files embed.FS

// Wire is what the screens read of the wire; see [wire.Store].
type Wire interface {
	// Items gives wire items; Taken is filled in from the stories.
	Items(ctx context.Context, f wire.Filter) ([]newsroom.WireItem, error)

	// Receipts gives deliveries.
	Receipts(ctx context.Context, f wire.ReceiptFilter) ([]wire.Kept, error)
}

// Section is a part of the paper, with its name in each language.
type Section struct {
	Slug     string
	Names    map[string]string
	Subjects []string // of the agencies, as "scheme:code"
}

// Agency is a provider of the wire under the name people call it by.
type Agency struct {
	Code string // as in newsroom.ItemKey
	Name string

	Edits  string // what its terms let be done to its text: free, shorten, whole; empty when nobody has said
	Photos string // and with its pictures: text, ask, none; empty when nobody has said
}

// Options is what the door is made of. Agencies, Closing and Log may be left out.
type Options struct {
	Desk     *desk.Desk
	Wire     Wire
	Taster   wire.Taster
	Board    wire.Board
	Watches  wire.Watches
	Ties     wire.Ties
	Sources  func() []SourceState // the configured sources and how their calls go; may be nil
	Front    front.Room
	Staff    *staff.Staff
	Catalog  *web.Catalog
	Sections []Section
	Agencies []Agency
	Zone     *time.Location
	Now      func() time.Time
	Name     string // of the newspaper
	Site     string // address of the public site, without a slash at the end
	Secure   bool   // the desk is reached over https

	// Printed waits until readers have what the journal says up to the place,
	// a few seconds at most, and gives the edition and how long it took.
	Printed func(ctx context.Context, upto newsroom.Seq) (edition int64, took time.Duration, err error)

	// Updates gives a channel on which a value comes whenever the journal has
	// grown, and what ends it.
	Updates func(ctx context.Context) (<-chan struct{}, func())

	Closing <-chan struct{} // closed when the program stops; ends the live lists
	Log     *slog.Logger
}

// door is the desk's door.
type door struct {
	Options
	templates *web.Templates
	assets    map[string]asset
	files     map[string]shipped // by the name of the file
	live      chan struct{}      // the places for live lists
}

// maxLive is how many live lists are open at once.
const maxLive = 256

// New makes the door. Missing options, a template that does not parse and a
// route without an action are refused.
func New(o Options) (http.Handler, error) {
	if o.Desk == nil || o.Wire == nil || o.Taster.Copy == nil || o.Board == nil || o.Watches == nil || o.Ties == nil || o.Taster.Now == nil || o.Front.Store == nil || o.Staff == nil || o.Catalog == nil ||
		o.Zone == nil || o.Now == nil || o.Printed == nil || o.Updates == nil {
		return nil, errors.New("deskui: an option is missing")
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	o.Site = strings.TrimSuffix(o.Site, "/")
	d := &door{Options: o, live: make(chan struct{}, maxLive)}
	var err error
	if d.templates, err = web.ParseTemplates(files, "layout/*.html", "page/*.html", nil); err != nil {
		return nil, err
	}
	if err := d.openAssets(); err != nil {
		return nil, err
	}
	return d.handler(d.routes())
}

// handler puts the routes on a map and the guards before it.
func (d *door) handler(routes []route) (http.Handler, error) {
	mux := http.NewServeMux()
	for _, r := range routes {
		if r.action == "" || r.do == nil {
			return nil, fmt.Errorf("deskui: route %s %s names no action", r.method, r.pattern)
		}
		mux.Handle(r.method+" "+r.pattern, d.guard(r))
	}
	mux.Handle("/", d.guard(route{action: staffOnly, do: func(*visit) error {
		return newsroom.Refuse(newsroom.NotFound, "error.not_found")
	}}))
	same := http.NewCrossOriginProtection()
	same.SetDenyHandler(d.guard(route{action: anybody, do: func(*visit) error {
		return newsroom.Refuse(newsroom.Forbidden, "error.cross_origin")
	}}))
	return same.Handler(mux), nil
}

// asset is a file of the desk's own, the same for everybody.
type asset struct {
	kind string
	body []byte
}

// shipped is where a file of the desk's own is found, and its seal.
type shipped struct{ address, seal string }

func (d *door) openAssets() error {
	d.assets, d.files = map[string]asset{}, map[string]shipped{}
	return fs.WalkDir(files, "static", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		body, err := files.ReadFile(path)
		if err != nil {
			return fmt.Errorf("deskui: %w", err)
		}
		d.addAsset(entry.Name(), body)
		return nil
	})
}
