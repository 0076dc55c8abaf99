package site_test

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/rotatif/newsroom/internal/edition"
	"github.com/rotatif/newsroom/internal/web/site"
)

func TestWrongOptionsAreRefused(t *testing.T) {
	t.Parallel()
	good := open(t, "tr").site.Options
	for name, spoil := range map[string]func(*site.Options){
		"no store":           func(o *site.Options) { o.Store = nil },
		"no ranking":         func(o *site.Options) { o.MostRead = nil },
		"no zone":            func(o *site.Options) { o.Zone = nil },
		"a path as address":  func(o *site.Options) { o.Identity.Address = "https://gazete.test/haber" },
		"no scheme":          func(o *site.Options) { o.Identity.Address = "gazete.test" },
		"a reserved section": func(o *site.Options) { o.Sections = []site.Section{{Slug: "rss", Name: "Besleme"}} },
		"a section twice":    func(o *site.Options) { o.Sections = []site.Section{{Slug: "a", Name: "A"}, {Slug: "a", Name: "B"}} },
		"a slug in capitals": func(o *site.Options) { o.Sections = []site.Section{{Slug: "Spor", Name: "Spor"}} },
		"a nameless section": func(o *site.Options) { o.Sections = []site.Section{{Slug: "spor"}} },
		"an empty theme":     func(o *site.Options) { o.Theme = fstest.MapFS{} },
	} {
		o := good
		spoil(&o)
		if _, err := site.New(o); err == nil {
			t.Errorf("%s is accepted", name)
		}
	}
}

var errUnreadable = errors.New("the disk is gone")

// unreadable is an edition that cannot be read.
type unreadable struct{ edition.Store }

func (unreadable) Number(context.Context) (edition.Number, error) { return 0, errUnreadable }

// With the edition out of reach readers get the page that was made at the
// start, nothing of before, and nobody stores it.
func TestWhenTheEditionCannotBeRead(t *testing.T) {
	t.Parallel()
	h := openWith(t, "tr", func(o *site.Options) { o.Store = unreadable{} })
	w := h.get("/")
	if w.Code != http.StatusInternalServerError || w.Header().Get("Cache-Control") != "no-store" || !strings.Contains(w.Body.String(), "Bir aksilik oldu") {
		t.Errorf("answers %d, %q: %s", w.Code, w.Header().Get("Cache-Control"), w.Body)
	}
	if strings.Contains(w.Body.String(), errUnreadable.Error()) {
		t.Error("the operator's words are shown to readers")
	}
	if w := h.get("/yok/yok"); w.Code != http.StatusNotFound && w.Code != http.StatusInternalServerError {
		t.Errorf("a missing page answers %d", w.Code)
	}
}
