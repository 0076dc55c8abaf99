// Package site is the public door: front, sections, stories, feeds, sitemaps
// and the pages that say that something is not here.
//
// A page is a pure function of what is in an ask: the wildcards of the path,
// the listed query keys, the edition and the most-read list. No header and no
// cookie can be read by what makes a page, so that equal asks give equal bytes
// and a shared cache can never be fed anything else. Pages are rendered and
// compressed once an edition and served from memory; whatever is not such a
// page is never stored by anybody.
//
// Knows: the edition, the most-read list, the theme. Never imports: the desk, the wire, the staff, a machine.
package site

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"net/http"
	"net/url"
	"regexp"
	"time"

	"github.com/rotatif/newsroom"
	"github.com/rotatif/newsroom/internal/edition"
	"github.com/rotatif/newsroom/internal/web"
	"github.com/rotatif/newsroom/themes"
)

// MostRead is the ranking as the site needs it. All methods may be called
// concurrently and for every request, so they must be cheap.
type MostRead interface {
	// List gives the stories most read in the window that ends now, best first,
	// some more than are shown, and the version of the ranking. All windows
	// have one version; it changes whenever any of their lists does. The caller
	// does not change the slice.
	List(window time.Duration) (ids []newsroom.StoryID, version uint64)
}

// Section is a part of the newspaper; its slug is its address.
type Section struct {
	Slug string
	Name string
}

// Identity says whose newspaper this is.
type Identity struct {
	Name     string
	Address  string // of the site, scheme and host, without a slash at the end
	Language string // of the site's own words, BCP 47
	Imprint  Imprint
}

// Imprint is what the press law wants to be found under "İletişim". Empty
// fields are not printed.
type Imprint struct {
	TradeName         string
	Owner             string
	ResponsibleEditor string
	Representative    string
	Publication       string // kind of publication
	Workplace         string
	Email             string
	Telephone         string
	ETebligat         string // UETS or KEP address
	Host              string
	HostAddress       string
}

// Options is what a site is made of. Log, Theme, Dwell and Memory may be left
// out.
type Options struct {
	Store    edition.Store
	Edition  func() edition.Number // the newest edition there is; asked for every request
	MostRead MostRead
	Words    *web.Catalog
	Identity Identity
	Sections []Section
	Zone     *time.Location
	Now      func() time.Time
	Dwell    time.Duration // how long a page is visible before it counts as read; 5 s
	Memory   int64         // bytes of rendered pages kept; 64 MiB
	Theme    fs.FS         // the shipped one
	Log      *slog.Logger
}

// Site serves the public pages.
type Site struct {
	Options
	words     web.Words
	names     map[string]string // section slug → name
	assets    *assets
	templates *web.Templates
	pages     *pages
	mux       *http.ServeMux
	broken    *page // the error page, made at start so that it cannot fail when it is needed
}

const (
	usualDwell  = 5 * time.Second
	usualMemory = 64 << 20
)

// New makes a site. Wrong options and a theme that does not parse are refused.
func New(o Options) (*Site, error) {
	s := &Site{Options: o.filled(), names: map[string]string{}}
	if err := s.check(); err != nil {
		return nil, err
	}
	s.words = s.Words.In(s.Identity.Language)
	var err error
	if s.assets, err = openAssets(s.Theme); err != nil {
		return nil, err
	}
	if s.templates, err = openTemplates(s.Theme); err != nil {
		return nil, err
	}
	if s.pages, err = newPages(s.Memory); err != nil {
		return nil, err
	}
	if s.broken, err = s.brokenPage(); err != nil {
		return nil, err
	}
	s.mux = s.routes()
	return s, nil
}

func (o Options) filled() Options {
	if o.Dwell == 0 {
		o.Dwell = usualDwell
	}
	if o.Memory == 0 {
		o.Memory = usualMemory
	}
	if o.Theme == nil {
		o.Theme = themes.Gazete()
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	return o
}

var sectionSlug = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)

func (s *Site) check() error {
	if s.Store == nil || s.Edition == nil || s.MostRead == nil || s.Words == nil || s.Zone == nil || s.Now == nil {
		return errors.New("site: an option is missing")
	}
	base, err := url.Parse(s.Identity.Address)
	if err != nil || base.Host == "" || base.Path != "" || (base.Scheme != "http" && base.Scheme != "https") {
		return fmt.Errorf("site: address %q is not scheme and host", s.Identity.Address)
	}
	for _, section := range s.Sections {
		if !sectionSlug.MatchString(section.Slug) || reserved(section.Slug) || s.names[section.Slug] != "" || section.Name == "" {
			return fmt.Errorf("site: section %q: the slug is taken or cannot stand in an address, or there is no name", section.Slug)
		}
		s.names[section.Slug] = section.Name
	}
	return nil
}

// ServeHTTP serves a page from memory when it is there and fresh, which is
// nearly always, and finds its maker by the routes otherwise.
func (s *Site) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.URL.RawQuery == "" && r.URL.RawPath == "" && (r.Method == http.MethodGet || r.Method == http.MethodHead) {
		if p := s.pages.fresh(r.URL.Path, s.stamp()); p != nil {
			p.send(w, r)
			return
		}
	}
	s.mux.ServeHTTP(w, r)
}

// stamp is what a page in memory is held against.
func (s *Site) stamp() stamp {
	_, version := s.MostRead.List(time.Hour)
	return stamp{number: s.Edition(), version: version, hour: s.Now().Unix() / 3600}
}

// maker makes one kind of page.
type maker func(ctx context.Context, q ask) (reply, error)

// ask is everything a page may depend on.
type ask struct {
	section string    // path
	name    string    // path: the story's last part, or a file
	before  time.Time // query "before": stories first published earlier than this
	now     time.Time // to the hour; only for lists of recent stories
}

// reply is a page before it is compressed.
type reply struct {
	kind   string // content type
	body   []byte
	ranked bool // it shows the most-read list
	hourly bool // it depends on the hour
}

// moved is the answer that the page has another address.
type moved struct{ to string }

// Error is the operator's form.
func (m moved) Error() string { return "moved to " + m.to }
