package site

import (
	"errors"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/rotatif/newsroom"
	"github.com/rotatif/newsroom/internal/web"
)

// routes is the map of the site.
func (s *Site) routes() *http.ServeMux {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{$}", s.page(s.front))
	mux.HandleFunc("GET /{section}", s.page(s.section))
	mux.HandleFunc("GET /{section}/{name}", s.page(s.story))
	mux.HandleFunc("GET /iletisim", s.page(s.imprint))
	mux.HandleFunc("GET /rss", s.page(s.feed))
	mux.HandleFunc("GET /rss/{section}", s.page(s.feed))
	mux.HandleFunc("GET /sitemap.xml", s.page(s.sitemapIndex))
	mux.HandleFunc("GET /news-sitemap.xml", s.page(s.newsSitemap))
	mux.HandleFunc("GET /robots.txt", s.page(s.robots))
	mux.HandleFunc("GET /static/{name}", s.static)
	mux.HandleFunc("GET /favicon.svg", s.favicon)
	mux.HandleFunc("GET /favicon.ico", s.favicon)
	mux.HandleFunc("/", s.elsewhere)
	return mux
}

// reserved says whether a first path segment is not free for a section.
func reserved(slug string) bool {
	switch slug {
	case "rss", "static", "iletisim", "b", "healthz", "metrics":
		return true
	default:
		return strings.HasPrefix(slug, "sitemap-")
	}
}

// page serves what a maker makes, from memory when it is fresh.
func (s *Site) page(how maker) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		q := ask{section: r.PathValue("section"), name: r.PathValue("name"), before: before(r)}
		key := r.URL.Path
		if !q.before.IsZero() {
			key += "?before=" + strconv.FormatInt(q.before.UnixMicro(), 10)
		}
		p, err := s.fetch(r.Context(), key, q, how)
		if err != nil {
			s.refuse(w, r, err)
			return
		}
		p.send(w, r)
	}
}

// before reads the one listed query key; what is not a time is as if it were absent.
func before(r *http.Request) time.Time {
	if r.URL.RawQuery == "" {
		return time.Time{}
	}
	us, err := strconv.ParseInt(r.URL.Query().Get("before"), 10, 64)
	if err != nil || us <= 0 || us > 1<<53 {
		return time.Time{}
	}
	return time.UnixMicro(us).UTC()
}

// elsewhere answers every address and method that is not on the map.
func (s *Site) elsewhere(w http.ResponseWriter, r *http.Request) {
	if r.Method == http.MethodGet || r.Method == http.MethodHead {
		s.refuse(w, r, newsroom.Refuse(newsroom.NotFound, "error.not_found"))
		return
	}
	w.Header().Set("Allow", "GET, HEAD")
	s.message(w, r, http.StatusMethodNotAllowed)
}

// refuse answers with a redirect or with the page that says why there is none.
func (s *Site) refuse(w http.ResponseWriter, r *http.Request, err error) {
	var m moved
	if errors.As(err, &m) {
		s.guard(w.Header())
		w.Header().Set("Cache-Control", "public, max-age=10, s-maxage=10")
		http.Redirect(w, r, m.to, http.StatusMovedPermanently)
		return
	}
	status := web.Status(newsroom.KindOf(err))
	if status == http.StatusInternalServerError {
		s.Log.Error("site: page failed", "path", r.URL.Path, "error", err)
	}
	s.message(w, r, status)
}
