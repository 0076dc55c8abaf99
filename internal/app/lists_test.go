package app

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/rotatif/newsroom/internal/store"
	"github.com/rotatif/newsroom/internal/wire"
)

// lists is an agency, as AA is or as ANKA is, on this machine.
type lists struct {
	mu      sync.Mutex
	ids     []string
	asked   map[string]int // calls, by path
	session string
}

func (a *lists) add(ids ...string) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.ids = append(ids, a.ids...)
}

func (a *lists) calls(path string) int {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.asked[path]
}

func (a *lists) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.asked[r.URL.Path]++
	entries := []map[string]string{}
	for _, id := range a.ids {
		entries = append(entries, map[string]string{"id": id, "title": "Başlık", "date": "2026-11-28T09:00:00Z"})
	}
	say := func(v any) { _ = json.NewEncoder(w).Encode(v) }
	_, password, _ := r.BasicAuth()
	cookie, _ := r.Cookie("ANKA")
	aa, anka := password == "cok-gizli", cookie != nil && cookie.Value == a.session && a.session != ""
	id := strings.Split(strings.Trim(r.URL.Path, "/")+"//", "/")
	switch {
	case r.URL.Path == "/users/login/" && r.PostFormValue("password") == "cok-gizli":
		a.session = fmt.Sprintf("oturum-%d-gizlidir", a.asked[r.URL.Path])
		say(map[string]any{"success": true, "data": map[string]string{"session_id": a.session}})
	case r.URL.Path == "/search/" && aa && r.PostFormValue("filter_category") == "2":
		say(map[string]any{"response": map[string]any{"success": true}, "data": map[string]any{"result": entries}})
	case id[0] == "document" && aa:
		_, _ = w.Write([]byte(g2of(id[1], 1, "usable", "none", "Köprü açıldı "+id[1], "Köprü açıldı.")))
	case r.URL.Path == "/news/list/" && anka:
		say(map[string]any{"success": true, "data": map[string]any{"news": entries}})
	case id[0] == "news" && anka: // it says the session back
		say(map[string]any{"success": true, "data": map[string]any{"id": id[2], "title": "Bütçe görüşmeleri " + id[2], "body": "Görüşmeler sürüyor. " + a.session, "created_at": "2026-11-28 12:00:00"}})
	default:
		w.WriteHeader(http.StatusForbidden)
	}
}

// What an agency lists comes to the wire's list, once, also over a restart and
// over the end of a session; nothing of what opens its door is anywhere.
func TestAListSource(t *testing.T) {
	t.Parallel()
	for _, profile := range []string{"aa", "anka"} {
		t.Run(profile, func(t *testing.T) {
			t.Parallel()
			agency := &lists{asked: map[string]int{}}
			server := httptest.NewServer(agency)
			t.Cleanup(server.Close)
			s := Source{Name: "ka", Provider: "KA", Profile: profile, Kind: "list", URL: server.URL, Login: write(t, "gazete:cok-gizli"), Filter: []string{"filter_category=2"},
				Every: Duration{time.Second}, Private: []string{"127.0.0.0/8"}}
			data, log := filepath.Join(t.TempDir(), "data"), &heard{}
			agency.add("2", "1")
			for life, id := range []string{"3", "4"} {
				t.Run("life "+id, func(t *testing.T) {
					h := openLogged(t, log, func(c *Config) { c.Dir = data }, s)
					h.until("the first documents", func() bool { return len(h.received()) == 2+life && !h.Called()["ka"].Success.IsZero() })
					agency.add(id)
					agency.mu.Lock()
					agency.session = "another"
					agency.mu.Unlock()
					h.until("the new one", func() bool { return len(h.received()) == 3+life && h.received()[0].Verdict.Outcome == wire.Settled })
					if text := h.item("KA", id).Text; !strings.Contains(text.Headline, id) {
						t.Errorf("%+v", text)
					}
					h.until("it to be remembered", func() bool {
						at, err := h.stores.Newsroom.ListedTo(t.Context(), "ka")
						return err == nil && !at.IsZero()
					})
					h.holdsNoSecret(log, "gizli")
					if err := h.stores.Newsroom.Verify(t.Context(), func(f store.Finding) { t.Errorf("%+v", f) }); err != nil {
						t.Error(err)
					}
				})
			}
			for _, id := range []string{"1", "2", "3", "4"} {
				if n := agency.calls("/document/"+id+"/newsml29") + agency.calls("/news/get/"+id+"/"); n != 1 {
					t.Errorf("%s was fetched %d times", id, n)
				}
			}
			if n := agency.calls("/users/login/"); profile == "anka" && n != 4 || profile == "aa" && n != 0 {
				t.Errorf("%d logins", n)
			}
		})
	}
}

// heard is a log that is looked through.
type heard struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (s *heard) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.text.Write(p)
}

func (s *heard) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.text.String()
}

// holdsNoSecret looks for secrets in all that people can see of a source, and in what is kept.
func (h *house) holdsNoSecret(log *heard, secrets ...string) {
	h.t.Helper()
	kept, err := h.stores.Newsroom.Receipts(h.t.Context(), wire.ReceiptFilter{Raw: true, Limit: 1000})
	if err != nil {
		h.t.Fatal(err)
	}
	places := map[string]string{"the log": log.String()}
	for _, k := range kept {
		places["a receipt"] += fmt.Sprintf("%+v", k.Receipt)
		places["what is kept"] += string(k.Raw)
	}
	for name, state := range h.Called() {
		places["the board"] += name + fmt.Sprintf("%+v", state)
	}
	var settings lines
	if err := WriteConfig(&settings, h.Config); err != nil {
		h.t.Fatal(err)
	}
	places["the settings"] = string(settings)
	for place, text := range places {
		if i := slices.IndexFunc(secrets, func(s string) bool { return strings.Contains(text, s) }); i >= 0 {
			at := strings.Index(text, secrets[i])
			h.t.Errorf("%s holds a secret: …%s…", place, text[max(0, at-60):min(len(text), at+60)])
		}
	}
}
