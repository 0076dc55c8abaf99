package app

import (
	"context"
	"fmt"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/rotatif/newsroom/internal/agency"
	"github.com/rotatif/newsroom/internal/egress"
	"github.com/rotatif/newsroom/internal/files"
	"github.com/rotatif/newsroom/internal/web/inbox"
	"github.com/rotatif/newsroom/internal/wire"
	"github.com/rotatif/newsroom/internal/wire/profile"
	"github.com/rotatif/newsroom/internal/wire/sense"
)

// reception makes the wire's room with what is known of each source.
func (a *App) reception() (*wire.Reception, error) {
	sources := map[string]wire.Source{}
	var err error
	if a.profiles, err = profile.Read(a.Config.Profiles); err != nil {
		return nil, err
	}
	for _, s := range a.Config.Sources {
		zone, err := time.LoadLocation(s.Zone)
		if err != nil {
			return nil, fmt.Errorf("source %s: %w", s.Name, err)
		}
		habits, err := a.profiles[s.Profile].Habits()
		if err != nil {
			return nil, fmt.Errorf("source %s: %w", s.Name, err)
		}
		sources[s.Name] = wire.Source{
			Habits: habits,
			Name:   s.Agency, Provider: s.Provider, Language: s.Language, Zone: zone,
			Charset: s.Charset, EmptyEmbargo: sense.EmptyEmbargo(s.Embargo), Country: a.Config.Site.Country,
		}
	}
	return &wire.Reception{Store: a.journal, Sources: sources, Now: a.now, Nudge: a.bell.Ring, Beside: func(do func()) { go do() }}, nil
}

// startSources sets every source going, each on its own.
func (a *App) startSources() error {
	accounts := a.Config.accounts()
	a.called, a.folders = map[string]*agency.Rounds{}, map[string]*files.Folder{}
	for _, s := range a.Config.Sources {
		if err := a.startSource(s, accounts[s.account()]); err != nil {
			return err
		}
	}
	return nil
}

func (a *App) startSource(s Source, account *agency.Account) error {
	switch s.Kind {
	case "folder":
		a.watch(s)
	case "poll":
		return a.poll(s, account)
	case "list":
		return a.list(s, account)
	case "ftp", "sftp":
		return a.pull(s, account)
	case "imap":
		return a.readMail(s, account)
	}
	return nil
}

func (a *App) watch(s Source) {
	f := &files.Folder{
		Path:    s.Folder,
		Keep:    func(ctx context.Context, d files.Delivery) error { return a.keep(ctx, s, d.Name, d.Raw, d.TooBig) },
		Trouble: func(err error) { a.Log.Error("folder", "source", s.Name, "error", err) },
	}
	a.folders[s.Name] = f
	a.crew.run("source."+s.Name, func(ctx context.Context) {
		if err := f.Watch(ctx); err != nil && ctx.Err() == nil {
			a.Log.Error("folder", "source", s.Name, "error", err)
		}
	})
}

func (a *App) poll(s Source, account *agency.Account) error {
	policy, err := s.policy()
	if err != nil {
		return err
	}
	key, err := s.key()
	if err != nil {
		return err
	}
	policy.Own = key.Secrets()
	address, _, _ := strings.Cut(s.URL, "?") // what follows may be a secret
	p := &agency.Poller{
		URL: s.URL, Key: key, Door: egress.New(policy),
		Keep: func(ctx context.Context, raw []byte) error {
			_, err := a.Reception.Receive(ctx, wire.Receipt{Source: s.Name, Channel: "poll", Name: address}, raw)
			return err
		},
	}
	a.call(s, account, p.Ask)
	return nil
}

// call sets a source going that is called in rounds.
func (a *App) call(s Source, account *agency.Account, ask func(context.Context) (agency.Answer, error)) {
	rounds := &agency.Rounds{
		Every: s.Every.Duration, Slowest: s.Slowest.Duration, Account: account,
		Trouble: func(err error) { a.tellSource(s.Name, err) },
	}
	a.called[s.Name] = rounds
	a.crew.run("source."+s.Name, func(ctx context.Context) { rounds.Run(ctx, ask) })
}

func (a *App) tellSource(name string, err error) {
	if err != nil {
		a.Log.Warn("source fails", "source", name, "error", err)
		return
	}
	a.Log.Info("source works again", "source", name)
}

// policy lets the source be called on its private networks, on the port its address names.
func (s Source) policy() (egress.Policy, error) {
	var p egress.Policy
	var err error
	if p.Allow, err = s.private(); err != nil {
		return p, err
	}
	u, err := url.Parse(s.URL)
	if err != nil {
		return p, fmt.Errorf("source %s: the address cannot be used", s.Name)
	}
	if port, err := strconv.ParseUint(u.Port(), 10, 16); err == nil {
		p.Ports = []uint16{uint16(port)}
	}
	return p, nil
}

// inbox is the push door of all push sources.
func (a *App) inbox() *inbox.Door {
	tokens := map[string]string{}
	for _, s := range a.Config.Sources {
		if s.Kind == "push" && s.Secret == "" {
			tokens[s.Name] = s.Token
		}
	}
	return &inbox.Door{Reception: a.Reception, Tokens: tokens, Secrets: a.secrets, Log: a.Log, Now: a.now}
}

// Called says how every source that is called stands, by its name.
func (a *App) Called() map[string]agency.Status {
	all := map[string]agency.Status{}
	for name, p := range a.called {
		all[name] = p.Status()
	}
	return all
}
