package app

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/rotatif/newsroom/internal/agency"
	"github.com/rotatif/newsroom/internal/wire"
)

// echoes are what an agency does that wants credentials in the query, and says
// them back.
func echoes(stranger string) map[string]http.HandlerFunc {
	say := func(status int, before, after string) http.HandlerFunc {
		return func(w http.ResponseWriter, r *http.Request) {
			w.WriteHeader(status)
			_, _ = w.Write([]byte(before + strings.ReplaceAll(r.URL.String(), "&", "&amp;") + after))
		}
	}
	return map[string]http.HandlerFunc{
		"feed": say(200, `<rss version="2.0"><channel><title>Ajans</title><link>http://a.example`,
			`</link><item><HaberKodu>1</HaberKodu><guid>1</guid><title>Limanda deniz duruldu</title><description>Haber 4711 kişiye ulaştı.</description></item></channel></rss>`),
		"page":    say(200, `<html><body>Hatalı istek: `, `</body></html>`),
		"error":   say(200, `<hata>Hatalı istek: `, `</hata>`),
		"text":    say(200, `Hatalı istek: `, ``),
		"refused": say(403, `Hatalı istek: `, ``),
		"broken": func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Location", "http://[::1/%zz?"+r.URL.RawQuery)
			w.WriteHeader(302)
		},
		"away": func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, stranger+"/", http.StatusFound) },
		"away-all": func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, stranger+"/?"+r.URL.RawQuery, http.StatusFound)
		},
		"circle": func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, r.URL.String(), http.StatusFound) },
		"reset": func(w http.ResponseWriter, _ *http.Request) {
			if c, _, err := http.NewResponseController(w).Hijack(); err == nil {
				_ = c.Close()
			}
		},
	}
}

// Credentials that travel in the query stand in no log, no error, on no board,
// in nothing that is kept, and go to no other host.
func TestCredentialsInTheQueryAreNowhere(t *testing.T) {
	t.Parallel()
	var mu sync.Mutex
	told := ""
	stranger := httptest.NewUnstartedServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		mu.Lock()
		defer mu.Unlock()
		told += r.URL.String()
		for name, values := range r.Header {
			told += name + strings.Join(values, " ")
		}
	}))
	mux, asked := http.NewServeMux(), sync.Map{}
	server := httptest.NewServer(mux)
	t.Cleanup(func() { server.CloseClientConnections(); server.Close() })
	port := server.Listener.Addr().(*net.TCPAddr).Port
	l, err := net.Listen("tcp", fmt.Sprintf("127.0.0.2:%d", port)) // another host on a port that is called
	if err != nil {
		t.Skip("this machine has no second loopback address:", err)
	}
	stranger.Listener = l
	stranger.Start()
	defer stranger.Close()
	all := echoes(stranger.URL)
	for name, do := range all {
		mux.HandleFunc("/"+name, func(w http.ResponseWriter, r *http.Request) {
			if q := r.URL.Query(); q.Get("UserCode") == "4711" && q.Get("UserName") == "ece ay" && q.Get("UserPassword") == "deniz/3gizli" && q.Get("tip") == "1" {
				asked.Store(name, true)
			}
			do(w, r)
		})
	}
	sources, query := []Source{}, write(t, "UserCode=4711\nUserName=ece ay\nUserPassword=deniz/3gizli\n")
	for name := range all {
		s := polled(name, server.URL)
		s.URL, s.Query, s.Profile = s.URL+"?tip=1", query, "iha"
		s.Private = []string{"127.0.0.0/8"}
		sources = append(sources, s)
	}
	log, dir := &heard{}, filepath.Join(t.TempDir(), "data")
	h := openLogged(t, log, func(c *Config) { c.Dir = dir }, sources...)
	for name := range all {
		h.until("a call of "+name, func() bool { s := h.Called()[name]; return s.Failures > 0 || !s.Success.IsZero() })
		if _, rightly := asked.Load(name); !rightly {
			t.Errorf("%s was not told the credentials", name)
		}
	}
	h.until("the copy", func() bool {
		i := slices.IndexFunc(h.received(), func(k wire.Kept) bool { return k.Source == "feed" && k.Verdict.Outcome == wire.Settled })
		return i >= 0
	})
	if text := h.item("feed", "1").Text; text.Headline != "Limanda deniz duruldu" {
		t.Errorf("%+v", text)
	}
	secrets := []string{"deniz/3gizli", "deniz%2F3gizli", "UserCode=4711", "ece+ay", "ece ay"}
	h.holdsNoSecret(log, secrets...)
	mu.Lock()
	defer mu.Unlock()
	files, err := filepath.Glob(dir + "/*")
	if err != nil || len(files) == 0 || told == "" {
		t.Fatal("nothing to look at", err, told)
	}
	for _, secret := range secrets {
		if strings.Contains(told, secret) {
			t.Errorf("a stranger was told %s: %s", secret, told)
		}
		for _, file := range files {
			if raw, err := os.ReadFile(file); err == nil && strings.Contains(string(raw), secret) {
				t.Errorf("%s is in %s", secret, filepath.Base(file))
			}
		}
	}
}

// noted is a door that remembers when it was called.
type noted struct {
	mu sync.Mutex
	at []time.Time
}

func (n *noted) Do(*http.Request) (*http.Response, error) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.at = append(n.at, time.Now())
	return &http.Response{StatusCode: http.StatusNotModified, Header: http.Header{}, Body: http.NoBody}, nil
}

// Two sources of one İHA account are called thirty seconds apart or more, for
// their profile says so, however often each of them would be.
func TestSourcesOfAnIHAAccountKeepApart(t *testing.T) {
	t.Parallel()
	c, err := LoadConfig(write(t, strings.ReplaceAll(`
[[source]]
name = "NAME-tr"
profile = "iha"
kind = "poll"
account = "iha"
every = "1s"
url = "https://ajans.example/tr"

[[source]]
name = "NAME-en"
profile = "iha"
kind = "poll"
account = "iha"
every = "1s"
url = "https://ajans.example/en"
`, "NAME", "iha")))
	if err != nil {
		t.Fatal(err)
	}
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithTimeout(t.Context(), 20*time.Minute) // of a clock that costs nothing
		defer cancel()
		accounts, door := c.accounts(), &noted{}
		var wait sync.WaitGroup
		for _, s := range c.Sources {
			p := agency.Poller{URL: s.URL, Door: door, Keep: func(context.Context, []byte) error { return nil }}
			r := agency.Rounds{Every: s.Every.Duration, Account: accounts[s.account()]}
			wait.Go(func() { r.Run(ctx, p.Ask) })
		}
		wait.Wait()
		for i := 1; i < len(door.at); i++ {
			if apart := door.at[i].Sub(door.at[i-1]); apart < 30*time.Second {
				t.Fatalf("calls %s apart", apart)
			}
		}
		if len(door.at) < 30 {
			t.Errorf("only %d calls", len(door.at))
		}
	})
}
