// Package app is the hall: it builds the house from the configuration, opens
// it, keeps everything running that runs beside the requests, and closes it in
// order. It alone reads configuration and starts goroutines.
//
// Knows: every room, machine and door. Never imports: nothing is hidden from it, and nothing imports it but the commands.
package app

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync/atomic"
	"time"

	"github.com/rotatif/newsroom"
	"github.com/rotatif/newsroom/internal/agency"
	"github.com/rotatif/newsroom/internal/bus"
	"github.com/rotatif/newsroom/internal/desk"
	"github.com/rotatif/newsroom/internal/edition"
	"github.com/rotatif/newsroom/internal/files"
	"github.com/rotatif/newsroom/internal/front"
	"github.com/rotatif/newsroom/internal/httpgate"
	"github.com/rotatif/newsroom/internal/journal"
	"github.com/rotatif/newsroom/internal/mostread"
	"github.com/rotatif/newsroom/internal/staff"
	"github.com/rotatif/newsroom/internal/web"
	"github.com/rotatif/newsroom/internal/wire"
	"github.com/rotatif/newsroom/internal/wire/profile"
)

// App is the house.
type App struct {
	Config Config
	Log    *slog.Logger
	now    func() time.Time
	zone   *time.Location
	words  *web.Catalog

	stores  Stores
	release func() error // lets the next program into the folder
	journal ringing      // the newsroom store, ringing the bell
	bell    bus.Bell     // rings when the journal or the heap of deliveries grows
	printed bus.Bell     // rings when the press has printed

	Desk      *desk.Desk
	Front     front.Room
	Staff     *staff.Staff
	Reception *wire.Reception
	Counter   *mostread.Counter
	press     edition.Press
	shelf     *shelf

	number atomic.Int64 // of the newest edition
	place  atomic.Int64 // of the press in the journal

	profiles map[string]profile.Profile // of agencies, by their codes
	secrets  map[string][]byte          // of push sources that sign
	called   map[string]*agency.Rounds  // by the name of the source; whole before the house opens
	folders  map[string]*files.Folder   // likewise

	siteGate, deskGate *httpgate.Gate
	crew               *crew
	doors              doors
	closing            chan struct{} // closed when the house begins to close; ends what streams
}

// Open builds the house. now is the clock of everything in it.
func Open(ctx context.Context, c Config, log *slog.Logger, now func() time.Time) (*App, error) {
	a := &App{Config: c, Log: log, now: now}
	for _, step := range []func(context.Context) error{a.openWords, a.openStores, a.openRooms, a.openReads, a.openDoors} {
		if err := step(ctx); err != nil {
			return nil, errors.Join(err, a.leave())
		}
	}
	return a, nil
}

func (a *App) openWords(context.Context) error {
	zone, err := time.LoadLocation(a.Config.Site.Zone)
	if err != nil {
		return fmt.Errorf("zone: %w", err)
	}
	a.zone = zone
	a.words, err = web.OpenCatalog()
	return err
}

func (a *App) openStores(ctx context.Context) error {
	if a.Config.Postgres == "" {
		release, err := holdFolder(ctx, a.Config.Dir)
		if err != nil {
			return err
		}
		a.release = release
	}
	stores, err := OpenStores(ctx, a.Config)
	if err != nil {
		return err
	}
	a.stores = stores
	a.journal = ringing{stores.Newsroom, &a.bell}
	return nil
}

func (a *App) openRooms(ctx context.Context) error {
	sections := []desk.Section{}
	for _, s := range a.Config.Sections {
		sections = append(sections, desk.Section{Slug: s.Slug, Subjects: s.Subjects})
	}
	a.Desk = &desk.Desk{Store: a.journal, Items: items{a.stores.Newsroom, a.journal, a.now}, Sections: sections, Now: a.now, KeepCopies: a.Config.Desk.Copies == "hold"}
	a.Front = front.Room{Store: a.journal, Now: a.now}
	var err error
	if a.Staff, err = staff.Open(a.stores.Newsroom, a.now); err != nil {
		return err
	}
	if a.Reception, err = a.reception(); err != nil {
		return err
	}
	a.press = edition.Press{Journal: a.stores.Newsroom, Plate: a.stores.Edition, Now: a.now}
	return a.print(ctx) // what was committed before a crash is printed before any door opens
}

func (a *App) openReads(ctx context.Context) error {
	a.shelf = newShelf(a.stores.Public, a.edition, a.now)
	m := a.Config.MostRead
	var err error
	a.Counter, err = mostread.Open(ctx, a.stores.Reads, a.shelf, a.now,
		mostread.Options{Zone: a.zone, Dwell: m.Dwell.Duration, Support: m.Support})
	return err
}

// print lets the press catch up and tells those who wait for it.
func (a *App) print(ctx context.Context) error {
	place, number, err := a.press.CatchUp(ctx)
	if err != nil {
		return err
	}
	if number == 0 && a.number.Load() == 0 {
		if number, err = a.stores.Edition.Number(ctx); err != nil {
			return err
		}
	}
	if number != 0 {
		a.number.Store(int64(number))
	}
	a.place.Store(int64(place))
	a.printed.Ring()
	return nil
}

// edition is the number of the newest edition.
func (a *App) edition() edition.Number { return edition.Number(a.number.Load()) }

// printWait is how long a publisher is kept waiting for the press.
const printWait = 5 * time.Second

// Printed waits until the press has passed a fact and tells the edition that
// readers now have and how long it took. An error means: committed, but not yet printed.
func (a *App) Printed(ctx context.Context, seq newsroom.Seq) (int64, time.Duration, error) {
	begun := time.Now()
	ctx, cancel := context.WithTimeout(ctx, printWait)
	defer cancel()
	bell, stop := a.printed.Listen()
	defer stop()
	for newsroom.Seq(a.place.Load()) < seq {
		select {
		case <-bell:
		case <-ctx.Done():
			return a.number.Load(), time.Since(begun), fmt.Errorf("app: waiting for the press: %w", ctx.Err())
		}
	}
	return a.number.Load(), time.Since(begun), nil
}

// How often the tasks look by themselves when nobody wakes them.
const (
	lookAgain    = time.Second
	releaseEvery = 250 * time.Millisecond
	tidyEvery    = time.Hour
)

// Start opens the doors and sets everything going. End with Close.
func (a *App) Start(ctx context.Context) error {
	a.crew = newCrew(context.WithoutCancel(ctx), a.Log)
	if err := a.openListeners(ctx); err != nil {
		return err
	}
	a.loop("press", lookAgain, a.print)
	a.loop("wire", lookAgain, func(ctx context.Context) error {
		_, err := a.Reception.Settle(ctx)
		return err
	})
	for _, f := range a.followers() {
		a.follow(f)
	}
	a.crew.loop("calls", nil, lookAgain, a.ring)
	a.crew.loop("release", nil, releaseEvery, func(ctx context.Context) error {
		_, err := a.Desk.Release(ctx)
		return err
	})
	a.crew.run("reads", a.Counter.Run)
	a.crew.loop("rank", nil, a.Config.MostRead.Refresh.Duration, func(context.Context) error {
		a.Counter.Rank()
		return nil
	})
	a.crew.loop("reads.tidy", nil, tidyEvery, a.Counter.Tidy)
	a.crew.loop("expiry", nil, tidyEvery, a.expire)
	if err := a.startSources(); err != nil {
		return err
	}
	a.serve()
	return nil
}

// ring makes calls louder that nobody answers; the loudest are written to the log.
func (a *App) ring(ctx context.Context) error {
	loudest, err := a.taster().Ring(ctx, a.journal, a.Config.Desk.Ring.Duration)
	for _, w := range loudest {
		a.Log.Error("nobody answers a call", "item", w.ID, "why", w.Call.Why, "since", w.Call.Since, "headline", w.Text.Headline)
	}
	return err
}

func (a *App) taster() wire.Taster { return wire.Taster{Copy: a.journal, Ties: a.journal, Now: a.now} }

// followers do what follows from what came over the wire, in this order.
func (a *App) followers() []journal.Follower {
	notices := &wire.Notices{Store: a.journal, Copy: a.journal, Now: a.now}
	siblings := &wire.Siblings{Store: a.journal, Copy: a.journal, Ties: a.journal, Now: a.now}
	return []journal.Follower{
		{Name: "notices", Store: a.journal, Do: notices.Follow},
		{Name: "siblings", Store: a.journal, Do: siblings.Follow},
		{Name: "desk.intake", Store: a.journal, Do: a.Desk.Intake},
	}
}

// follow sets a follower of the journal going.
func (a *App) follow(f journal.Follower) {
	a.loop(f.Name, lookAgain, func(ctx context.Context) error {
		_, err := f.CatchUp(ctx)
		return err
	})
}

// loop is a task that follows the journal.
func (a *App) loop(name string, every time.Duration, step func(context.Context) error) {
	wake, _ := a.bell.Listen() // listens as long as the house stands
	a.crew.loop(name, wake, every, step)
}

// Close closes the doors, lets what is under way end, and closes the stores.
func (a *App) Close() error {
	if a.closing != nil {
		close(a.closing)
	}
	err := a.doors.close(a.Log)
	if a.crew != nil {
		a.crew.end()
	}
	return errors.Join(err, a.leave())
}

// leave closes the stores and lets the next program in.
func (a *App) leave() error {
	err := a.stores.Close()
	if a.release != nil {
		err = errors.Join(err, a.release())
	}
	return err
}
