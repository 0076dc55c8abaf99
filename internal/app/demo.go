package app

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"os"
	"time"

	"github.com/rotatif/newsroom"
	"github.com/rotatif/newsroom/internal/app/demo"
	"github.com/rotatif/newsroom/internal/egress"
	"github.com/rotatif/newsroom/internal/httpgate"
	"github.com/rotatif/newsroom/internal/wire"
)

// DemoOptions are the demo's flags.
type DemoOptions struct {
	Dir        string // of the stores; empty: a temporary folder, removed at the end
	Site, Desk string // listen addresses
	Lang       string
	Pace       time.Duration
	Readers    int
	JSON       bool
	Out        io.Writer
	Log        *slog.Logger
}

// opening is how many stories the demo's own editor publishes at once, so that
// a visitor finds a newspaper and not an empty page; the other half of the copy
// comes while the visitor watches.
func opening(pieces []demo.Piece) int { return min(24, len(pieces)/2) }

// Demo runs a newsroom with everything around it until the context ends.
func Demo(ctx context.Context, o DemoOptions) error {
	if o.Dir == "" {
		dir, err := os.MkdirTemp("", "rotatif-demo-")
		if err != nil {
			return fmt.Errorf("demo: %w", err)
		}
		defer func() { _ = os.RemoveAll(dir) }() // the system clears its temporary folder too
		o.Dir = dir
	}
	world, err := o.world()
	if err != nil {
		return err
	}
	defer func() { _ = world.server.Close() }() // nothing is lost with it
	house, err := Open(ctx, world.config, o.Log, time.Now)
	if err != nil {
		return err
	}
	if err := house.Start(ctx); err != nil {
		return errors.Join(err, house.Close())
	}
	house.crew.run("demo.editor", func(ctx context.Context) { house.firstFront(ctx, world.opening) })
	if o.Readers > 0 {
		house.crew.run("demo.readers", o.readers(house).Run)
	}
	claim, err := house.ClaimLink(ctx)
	if err == nil {
		err = o.announce(house, claim)
	}
	if err != nil {
		return errors.Join(err, house.Close())
	}
	<-ctx.Done()
	return house.Close()
}

// world is what surrounds the demo's newsroom.
type world struct {
	config  Config
	server  *http.Server
	opening int
}

// world opens the agency on the loopback and makes the configuration that
// listens to it.
func (o DemoOptions) world() (world, error) {
	pieces, err := demo.Pieces(o.Lang)
	if err != nil {
		return world{}, err
	}
	agency := demo.NewAgency(demo.Plan(pieces, opening(pieces), o.Pace), o.Lang, time.Now)
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return world{}, fmt.Errorf("demo: the agency's address: %w", err)
	}
	server := httpgate.Server(agency, o.Log)
	go func() { _ = server.Serve(l) }() // ends when the demo closes it
	config, err := o.config(l.Addr().String())
	return world{config, server, opening(pieces)}, err
}

func (o DemoOptions) config(agency string) (Config, error) {
	var err error
	for _, listen := range []*string{&o.Site, &o.Desk} {
		if *listen, err = free(*listen); err != nil {
			return Config{}, err
		}
	}
	c, err := LoadConfig("")
	if err != nil {
		return c, err
	}
	c.Dir, c.Postgres = o.Dir, ""
	c.Site.Listen, c.Site.Address, c.Site.Language = o.Site, "http://"+o.Site, o.Lang
	c.Desk.Listen, c.Desk.Address = o.Desk, "http://"+o.Desk
	c.Site.Name, c.Imprint = demoPaper(o.Lang)
	c.MostRead.Refresh, c.MostRead.Support = Duration{2 * time.Second}, 1
	for _, code := range []string{"ka", "lha", "dp"} {
		c.Sources = append(c.Sources, Source{
			Name: code, Provider: code, Agency: demo.Name(code), Kind: "poll", URL: "http://" + agency + "/" + code,
			Every: Duration{time.Second}, Language: o.Lang, Zone: c.Site.Zone, Charset: "windows-1254", Embargo: "hold",
			Private: []string{"127.0.0.0/8"},
		})
	}
	return c, c.check()
}

// free gives an address with a port of the system's choice its port now, since
// the address stands in every link.
func free(listen string) (string, error) {
	host, port, err := net.SplitHostPort(listen)
	if err != nil || port != "0" {
		return listen, err
	}
	l, err := net.Listen("tcp", listen)
	if err != nil {
		return "", fmt.Errorf("demo: %w", err)
	}
	_, port, err = net.SplitHostPort(l.Addr().String())
	return net.JoinHostPort(host, port), errors.Join(err, l.Close())
}

func demoPaper(lang string) (string, Imprint) {
	if lang == "en" {
		return "The Daily Rotatif", Imprint{TradeName: "Rotatif Demo Publishing", Workplace: "1 Press Lane, Port Halden", Email: "desk@rotatif.example", Telephone: "+00 000 000 00 00", Host: "This computer", HostAddress: "127.0.0.1"}
	}
	return "Rotatif Gazetesi", Imprint{TradeName: "Rotatif Deneme Yayıncılık", ResponsibleEditor: "Deniz Aksoylu", Workplace: "Matbaa Sokağı No: 1, Ankara", Email: "masa@rotatif.example", Telephone: "+90 000 000 00 00", ETebligat: "00000-00000-00000", Host: "Bu bilgisayar", HostAddress: "127.0.0.1"}
}

// readers are the demo's readers, each calling from an address of its own.
func (o DemoOptions) readers(house *App) demo.Readers {
	loop := netip.MustParsePrefix("127.0.0.0/8")
	port := netip.MustParseAddrPort(house.doors.siteListener.Addr().String()).Port()
	return demo.Readers{
		Site: house.SiteURL(), Count: o.Readers, Dwell: house.Config.MostRead.Dwell.Duration, Log: o.Log,
		From: func(local netip.Addr) demo.Caller {
			return egress.New(egress.Policy{Allow: []netip.Prefix{loop}, Ports: []uint16{port}, Local: local})
		},
	}
}

// announce tells where to go.
func (o DemoOptions) announce(house *App, claim string) error {
	if o.JSON {
		return json.NewEncoder(o.Out).Encode(struct {
			Site  string `json:"site"`
			Desk  string `json:"desk"`
			Claim string `json:"claim"`
		}{house.SiteURL(), house.DeskURL(), claim})
	}
	key := "demo.announce"
	if claim == "" { // somebody works here from an earlier time
		key = "demo.announce_again"
	}
	text := house.words.In(o.Lang).T(key, "site", house.SiteURL(), "desk", house.DeskURL(), "claim", claim)
	_, err := fmt.Fprintln(o.Out, text)
	return err
}

// firstFront takes and publishes the first items that come, then leaves the
// wire to the visitor. A house that has published before is left alone.
func (a *App) firstFront(ctx context.Context, most int) {
	bell, stop := a.bell.Listen()
	defer stop()
	for a.number.Load() < int64(most) {
		for _, item := range a.untaken(ctx) {
			if a.number.Load() >= int64(most) {
				break
			}
			a.publishCopy(ctx, item)
		}
		select {
		case <-ctx.Done():
			return
		case <-bell:
		}
	}
	<-ctx.Done()
}

// untaken gives usable items nobody has taken, oldest first.
func (a *App) untaken(ctx context.Context) []newsroom.WireItem {
	items, err := a.stores.Newsroom.Items(ctx, wire.Filter{State: newsroom.ItemUsable, At: a.now(), Limit: 100})
	if err != nil {
		a.Log.Error("demo editor", "error", err)
		return nil
	}
	free := []newsroom.WireItem{}
	for i := len(items) - 1; i >= 0; i-- {
		if items[i].Taken == 0 {
			free = append(free, items[i])
		}
	}
	return free
}

// publishCopy makes a story of an item and publishes it in the house's name.
func (a *App) publishCopy(ctx context.Context, item newsroom.WireItem) {
	editor := newsroom.Person{ID: newsroom.House, Roles: []newsroom.Role{newsroom.Chief}}
	taken, err := a.Desk.Take(ctx, editor, item)
	if err == nil {
		taken, err = a.Desk.Publish(ctx, editor, taken.Story.ID, taken.Story.Head)
	}
	if err == nil {
		_, _, err = a.Printed(ctx, taken.Seq)
	}
	if err != nil && ctx.Err() == nil {
		a.Log.Error("demo editor", "item", item.ID, "error", err)
	}
}
