package app

import (
	"context"
	"net/http"
	"strings"

	"github.com/rotatif/newsroom/internal/agency"
	"github.com/rotatif/newsroom/internal/web/deskui"
	"github.com/rotatif/newsroom/internal/wire"
)

// deskDoor is everything on the desk's listener: the desk, the agencies' inbox,
// and what only the house's own people may ask.
func (a *App) deskDoor() (http.Handler, error) {
	a.closing = make(chan struct{})
	desk, err := deskui.New(deskui.Options{
		Desk: a.Desk, Wire: a.stores.Newsroom, Taster: a.taster(), Board: a.stores.Newsroom, Watches: a.stores.Newsroom, Ties: a.stores.Newsroom, Sources: a.sourceStates, Front: a.Front, Staff: a.Staff, Catalog: a.words,
		Sections: a.deskSections(), Agencies: a.agencies(), Zone: a.zone, Now: a.now,
		Name: a.Config.Site.Name, Site: a.Config.Site.Address, Secure: strings.HasPrefix(a.Config.Desk.Address, "https://"),
		Printed: a.Printed, Closing: a.closing, Log: a.Log,
		Updates: func(context.Context) (<-chan struct{}, func()) { return a.bell.Listen() },
	})
	if err != nil {
		return nil, err
	}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /healthz", a.serveHealth)
	mux.HandleFunc("GET /metrics", a.serveMetrics)
	mux.Handle("POST /inbox/{source}", a.doors.inbox.Handler())
	mux.Handle("/", desk)
	return mux, nil
}

func (a *App) deskSections() []deskui.Section {
	sections := []deskui.Section{}
	for _, s := range a.Config.Sections {
		sections = append(sections, deskui.Section{Slug: s.Slug, Names: map[string]string{"tr": s.TR, "en": s.EN}, Subjects: s.Subjects})
	}
	return sections
}

// sourceStates are the configured sources and how their calls go.
func (a *App) sourceStates() []deskui.SourceState {
	called, keeps := a.Called(), a.Config.keeps()
	all := []deskui.SourceState{}
	for _, s := range a.Config.Sources {
		p := called[s.Name]
		rest, err := wire.ParseRest(a.profiles[s.Profile].Rest)
		if err != nil { // the profile was checked when it was read
			a.Log.Error("quiet hours", "source", s.Name, "error", err)
		}
		state := deskui.SourceState{
			Rest: rest, Name: s.Name, Provider: s.Provider, Kind: s.Kind, Success: p.Success, Failures: p.Failures, Trouble: p.Trouble, Why: trouble(p.Cause), Skew: p.Skew, Unread: p.Unread,
			Keep: keeps[s.Provider],
		}
		if f := a.folders[s.Name]; f != nil {
			state.Unread = f.Unread()
			if err := f.Failing(); err != nil {
				state.Trouble, state.Why = agency.Shown(err.Error()), trouble(err)
			}
		}
		all = append(all, state)
	}
	return all
}

// agencies names each provider once.
func (a *App) agencies() []deskui.Agency {
	known := map[string]bool{}
	all := []deskui.Agency{}
	for _, s := range a.Config.Sources {
		if !known[s.Provider] {
			known[s.Provider] = true
			all = append(all, deskui.Agency{Code: s.Provider, Name: s.Agency, Edits: a.profiles[s.Profile].Edits, Photos: a.profiles[s.Profile].Photos})
		}
	}
	return all
}
