package app

import (
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/rotatif/newsroom/internal/web"
)

// The board says in a person's language why a source fails, and which setting
// would let it be called.
func TestTheBoardSaysWhyASourceFails(t *testing.T) {
	t.Parallel()
	page := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		_, _ = w.Write([]byte("<!doctype html><title>Giriş</title>"))
	}))
	t.Cleanup(page.Close)
	gone := httptest.NewServer(http.NotFoundHandler())
	gone.Close()
	ours := []string{"127.0.0.1/32"}
	for why, s := range map[string]Source{
		"address": {URL: page.URL},
		"page":    {URL: page.URL, Private: ours},
		"closed":  {URL: gone.URL, Private: ours},
	} {
		t.Run(why, func(t *testing.T) {
			t.Parallel()
			s.Name, s.Provider, s.Kind = "ka", "ka", "poll"
			h := open(t, time.Now, s)
			h.until("a call that fails", func() bool { return h.sourceStates()[0].Failures > 0 })
			if got := h.sourceStates()[0]; got.Why != why {
				t.Errorf("%q: %s", got.Why, got.Trouble)
			}
		})
	}
}

// A folder that cannot be watched is on the board as ill, and in the metrics.
func TestAFolderInDisorderIsOnTheBoard(t *testing.T) {
	t.Parallel()
	blocked := filepath.Join(t.TempDir(), "disk")
	if err := os.WriteFile(blocked, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	h := open(t, time.Now, Source{Name: "klasor", Provider: "ka", Kind: "folder", Folder: filepath.Join(blocked, "in")})
	h.until("trouble", func() bool { return h.sourceStates()[0].Trouble != "" })
	if s := h.sourceStates()[0]; s.Why != "absent" || h.sourcesFailing() != 1 {
		t.Errorf("%+v, %d failing", s, h.sourcesFailing())
	}
	if err := os.Remove(blocked); err != nil {
		t.Fatal(err)
	}
	h.until("order", func() bool { return h.sourceStates()[0].Trouble == "" && h.sourcesFailing() == 0 })
}

func TestTroublesHaveWords(t *testing.T) {
	t.Parallel()
	words, err := web.OpenCatalog()
	if err != nil {
		t.Fatal(err)
	}
	all := []string{"name"}
	for _, one := range troubles() {
		all = append(all, one.why)
	}
	for _, why := range all {
		for _, lang := range []string{"tr", "en"} {
			if key := "desk.health.why." + why; strings.Contains(words.In(lang).T(key), key) {
				t.Errorf("%s has no words in %s", why, lang)
			}
		}
	}
}
