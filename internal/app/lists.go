package app

import (
	"context"
	"fmt"
	"net/http/cookiejar"
	"net/url"
	"strings"
	"time"

	"github.com/rotatif/newsroom/internal/agency"
	"github.com/rotatif/newsroom/internal/egress"
	"github.com/rotatif/newsroom/internal/wire"
	"github.com/rotatif/newsroom/internal/wire/profile"
)

// list sets a source going that gives a list first and then documents, as its
// profile describes.
func (a *App) list(s Source, account *agency.Account) error {
	policy, err := s.policy()
	if err != nil {
		return err
	}
	if policy.Jar, err = cookiejar.New(nil); err != nil {
		return fmt.Errorf("source %s: %w", s.Name, err)
	}
	key, err := s.key()
	if err != nil {
		return err
	}
	policy.Own = key.Secrets()
	l := &agency.Lister{
		URL: s.URL, List: *a.profiles[s.Profile].List, Filter: s.filter(), Key: key, // the profile was checked with the configuration
		Door: egress.New(policy), Jar: policy.Jar, Account: account, Memory: memory{a.journal, s.Name},
		Keep: func(ctx context.Context, d agency.Delivery) error { return a.keep(ctx, s, d.Name, d.Raw, d.TooBig) },
	}
	a.call(s, nil, l.Ask) // each of its calls waits for the account's turn
	return nil
}

// memory is what is remembered of one source.
type memory struct {
	store  wire.Memory
	source string
}

// Names implements agency.Memory.
func (m memory) Names(ctx context.Context, since time.Time) ([]string, error) {
	return m.store.ReceiptNames(ctx, m.source, since)
}

// ListedTo implements agency.Memory.
func (m memory) ListedTo(ctx context.Context) (time.Time, error) {
	return m.store.ListedTo(ctx, m.source)
}

// MoveListed implements agency.Memory.
func (m memory) MoveListed(ctx context.Context, to time.Time) error {
	return m.store.MoveListed(ctx, m.source, to)
}

// filter are the fields of the list's form that the source sets.
func (s Source) filter() url.Values {
	fields := url.Values{}
	for _, field := range s.Filter {
		name, value, _ := strings.Cut(field, "=")
		fields.Add(name, value)
	}
	return fields
}

// checkProfile looks at what a source and its profile must have together.
func (s Source) checkProfile(i int, known profile.Profile) error {
	switch {
	case s.Kind != "list":
		return nil
	case known.List == nil:
		return wrong{"source", "profile", i, "a source of kind list needs a profile that describes a list, such as aa or anka"}
	case known.List.Login != nil && s.Login == "":
		return wrong{"source", "login_file", i, "the agency wants a login: login_file names the file that holds user:password"}
	}
	return nil
}

// checkHTTP looks at what sources share that are called over HTTP.
func (s Source) checkHTTP(i int) error {
	u, err := url.Parse(s.URL)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
		return wrong{"source", "url", i, "a source of kind " + s.Kind + " needs an http or https address"}
	}
	if u.User != nil {
		return wrong{"source", "url", i, "credentials belong into login_file"}
	}
	if s.Kind == "list" && (u.RawQuery != "" || u.Fragment != "") {
		return wrong{"source", "url", i, "paths continue the address of a list; fields belong into filter or query_file"}
	}
	for _, field := range s.Filter {
		if name, _, ok := strings.Cut(field, "="); !ok || name == "" {
			return wrong{"source", "filter", i, fmt.Sprintf("%q is not name=value", field)}
		}
	}
	return s.checkCalls(i)
}
