package app

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"time"

	"github.com/rotatif/newsroom/internal/httpgate"
	"github.com/rotatif/newsroom/internal/web/beacon"
	"github.com/rotatif/newsroom/internal/web/inbox"
	"github.com/rotatif/newsroom/internal/web/site"
)

// doors are the two listeners and what is served on them.
type doors struct {
	siteHandler, deskHandler http.Handler
	beacon                   *beacon.Door
	inbox                    *inbox.Door
	site, desk               *http.Server
	siteListener, deskListen net.Listener
}

// openDoors makes what is behind the doors; the listeners come later, since
// their addresses may be chosen by the system.
func (a *App) openDoors(context.Context) error {
	trusted := []netip.Prefix{}
	for _, block := range a.Config.Site.Trusted {
		trusted = append(trusted, netip.MustParsePrefix(block)) // checked with the configuration
	}
	client := func(r *http.Request) netip.Addr { return httpgate.Client(r, trusted) }
	a.doors.beacon = beacon.New(a.Counter, client, a.now)
	public, err := a.publicSite()
	if err != nil {
		return err
	}
	mux := http.NewServeMux()
	mux.Handle("POST /b", a.doors.beacon)
	a.doors.siteHandler = publicDoor(mux, public)
	if a.secrets, err = a.Config.secrets(); err != nil {
		return err
	}
	a.doors.inbox = a.inbox()
	a.doors.deskHandler, err = a.deskDoor()
	return err
}

// publicDoor sends the beacon's address to its door and everything else to the site.
func publicDoor(beacons http.Handler, public http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodPost && r.URL.Path == "/b" {
			beacons.ServeHTTP(w, r)
			return
		}
		public.ServeHTTP(w, r)
	})
}

func (a *App) publicSite() (http.Handler, error) {
	c := a.Config
	sections := []site.Section{}
	for _, s := range c.Sections {
		sections = append(sections, site.Section{Slug: s.Slug, Name: s.name(c.Site.Language)})
	}
	i := c.Imprint
	return site.New(site.Options{
		Store: a.stores.Public, Edition: a.edition, MostRead: ranking{a.Counter}, Words: a.words,
		Identity: site.Identity{Name: c.Site.Name, Address: c.Site.Address, Language: c.Site.Language, Imprint: site.Imprint{
			TradeName: i.TradeName, Owner: i.Owner, ResponsibleEditor: i.ResponsibleEditor, Representative: i.Representative,
			Publication: i.Publication, Workplace: i.Workplace, Email: i.Email, Telephone: i.Telephone, ETebligat: i.ETebligat,
			Host: i.Host, HostAddress: i.HostAddress,
		}},
		Sections: sections, Zone: a.zone, Now: a.now, Dwell: c.MostRead.Dwell.Duration, Log: a.Log,
	})
}

func (s Section) name(lang string) string {
	if lang == "en" {
		return s.EN
	}
	return s.TR
}

// Listen limits of the doors, in bytes of body.
const (
	siteBody = 4 << 10  // a beacon
	deskBody = 17 << 20 // a pushed delivery
)

// openListeners binds both addresses.
func (a *App) openListeners(ctx context.Context) error {
	var lc net.ListenConfig
	var err error
	if a.doors.siteListener, err = lc.Listen(ctx, "tcp", a.Config.Site.Listen); err != nil {
		return fmt.Errorf("site.listen: %w", err)
	}
	if a.doors.deskListen, err = lc.Listen(ctx, "tcp", a.Config.Desk.Listen); err != nil {
		return fmt.Errorf("desk.listen: %w", err)
	}
	a.siteGate = httpgate.New(a.doors.siteHandler, httpgate.Limits{
		MaxBody: siteBody,
		Hosts:   hosts(a.Config.Site.Address, a.doors.siteListener, a.Config.Site.Hosts),
	}, a.Log)
	a.deskGate = httpgate.New(a.doors.deskHandler, httpgate.Limits{
		MaxBody: deskBody,
		Hosts:   hosts(a.Config.Desk.Address, a.doors.deskListen, a.Config.Desk.Hosts),
		Admit:   a.doors.inbox.Admit,
	}, a.Log)
	a.doors.site = httpgate.Server(a.siteGate, a.Log)
	a.doors.desk = httpgate.Server(a.deskGate, a.Log)
	return nil
}

// hosts are the names under which a door answers: its configured address, the
// address it listens on, and what the operator adds. A door on the loopback
// answers to localhost too.
func hosts(address string, l net.Listener, more []string) []string {
	all := append([]string{l.Addr().String()}, more...)
	if u, err := url.Parse(address); err == nil {
		all = append(all, u.Host)
	}
	if at, ok := l.Addr().(*net.TCPAddr); ok && (at.IP.IsLoopback() || at.IP.IsUnspecified()) {
		all = append(all, fmt.Sprintf("localhost:%d", at.Port), fmt.Sprintf("127.0.0.1:%d", at.Port))
	}
	return all
}

// serve begins to answer at both doors.
func (a *App) serve() {
	for name, door := range map[string]struct {
		server   *http.Server
		listener net.Listener
	}{"site": {a.doors.site, a.doors.siteListener}, "desk": {a.doors.desk, a.doors.deskListen}} {
		a.crew.run("door."+name, func(context.Context) {
			if err := door.server.Serve(door.listener); err != nil && !errors.Is(err, http.ErrServerClosed) {
				a.Log.Error("door failed", "door", name, "error", err)
			}
		})
	}
}

// grace is how long requests under way may take when the house closes.
const grace = 10 * time.Second

// close stops listening, lets requests end, and cuts off those that do not.
func (d *doors) close(log *slog.Logger) error {
	ctx, cancel := context.WithTimeout(context.Background(), grace)
	defer cancel()
	var errs error
	for _, server := range []*http.Server{d.site, d.desk} {
		if server == nil {
			continue
		}
		if err := server.Shutdown(ctx); err != nil {
			log.Warn("requests were cut off", "error", err)
			errs = errors.Join(errs, server.Close())
		}
	}
	return errs
}

// SiteURL is where readers come, once started.
func (a *App) SiteURL() string { return a.Config.Site.Address }

// DeskURL is where staff come, once started.
func (a *App) DeskURL() string { return a.Config.Desk.Address }
