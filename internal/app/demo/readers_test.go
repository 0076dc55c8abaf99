package demo

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"maps"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/rotatif/newsroom/internal/egress"
)

// call is what the site sees of one request.
type call struct {
	at                 time.Time
	from, agent        string
	method, path, body string
	fetch              string
}

// site is a site of a dozen stories that writes down its visitors.
type site struct {
	mu    sync.Mutex
	calls []call
	down  bool
}

const stories = 12

// ServeHTTP serves the front, the stories and the beacon's door.
func (s *site) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	s.mu.Lock()
	defer s.mu.Unlock()
	c := call{time.Now(), r.RemoteAddr, r.UserAgent(), r.Method, r.URL.Path, string(body), r.Header.Get("Sec-Fetch-Site")}
	s.calls = append(s.calls, c)
	switch {
	case s.down:
		http.Error(w, "down", http.StatusServiceUnavailable)
	case r.URL.Path == "/":
		for i := range stories {
			_, _ = fmt.Fprintf(w, `<a href="/gundem/haber-%d">x</a> <a href="/static/a-1.css"> <a href="/gundem">`, i+1)
		}
	case strings.HasPrefix(c.body, "o "):
		_, _ = io.WriteString(w, "token-"+strings.Fields(c.body)[2])
	case strings.HasPrefix(c.body, "r "):
		w.WriteHeader(http.StatusNoContent)
	}
}

// caller calls the site without a network, from an address.
type caller struct {
	site *site
	from netip.Addr
}

// Do serves the request.
func (c caller) Do(r *http.Request) (*http.Response, error) {
	if err := r.Context().Err(); err != nil {
		return nil, err
	}
	r.RemoteAddr = c.from.String()
	w := httptest.NewRecorder()
	c.site.ServeHTTP(w, r)
	return w.Result(), nil
}

// CloseIdle has nothing to close.
func (c caller) CloseIdle() {}

// visits lets so many readers read for a time that passes at once.
func visits(t *testing.T, s *site, count int, dwell, during time.Duration) []call {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		ctx, stop := context.WithTimeout(t.Context(), during)
		defer stop()
		Readers{
			Site: "http://site.example", Count: count, Dwell: dwell, Log: slog.New(slog.DiscardHandler),
			From: func(a netip.Addr) Caller { return caller{s, a} },
		}.Run(ctx)
		if time.Since(s.calls[len(s.calls)-1].at) > during {
			t.Error("they did not stop")
		}
	})
	return s.calls
}

func TestReadersAreHonest(t *testing.T) {
	t.Parallel()
	const dwell = 5 * time.Second
	opened := map[string]call{}
	readers, read := map[string]bool{}, map[string]int{}
	for _, c := range visits(t, &site{}, 8, dwell, 10*time.Minute) {
		addr, err := netip.ParseAddr(c.from)
		if err != nil || !addr.IsLoopback() || !strings.HasPrefix(c.agent, "Mozilla/5.0 (") || c.fetch != "same-origin" {
			t.Fatalf("a visitor like this: %+v", c)
		}
		readers[c.from] = true
		words := strings.Fields(c.body)
		switch {
		case c.method == http.MethodGet && (c.path == "/" || strings.HasPrefix(c.path, "/gundem/haber-")) && c.body == "":
		case c.method == http.MethodPost && c.path == "/b" && len(words) == 4 && words[0] == "o" && words[3] == "-":
			opened[words[2]] = c
		case c.method == http.MethodPost && c.path == "/b" && len(words) == 4 && words[0] == "r":
			o := opened[words[2]]
			if o.from != c.from || o.agent != c.agent || c.at.Sub(o.at) < dwell || words[3] != "token-"+words[2] || strings.Fields(o.body)[1] != words[1] {
				t.Fatalf("read %+v after %+v", c, o)
			}
			read[words[1]]++
		default:
			t.Fatalf("no reader does this: %+v", c)
		}
	}
	total := 0
	for _, n := range slices.Collect(maps.Values(read)) {
		total += n
	}
	if total < 300 || len(read) < stories/2 {
		t.Errorf("%d reads of %d stories in ten minutes", total, len(read))
	}
	if runtime.GOOS == "linux" && len(readers) < total {
		t.Errorf("%d readers for %d reads", len(readers), total)
	}
	high, low := read["1"]+read["2"]+read["3"]+read["4"], read["9"]+read["10"]+read["11"]+read["12"]
	if high <= low {
		t.Errorf("what stands high is read %d times, what stands low %d times", high, low)
	}
}

func TestReadersComeBackToASiteThatWasDown(t *testing.T) {
	t.Parallel()
	for _, c := range visits(t, &site{down: true}, 2, time.Second, time.Minute) {
		if c.path != "/" {
			t.Fatalf("the front does not answer, but %+v", c)
		}
	}
}

func TestReadersFindNothingOnAnEmptyFront(t *testing.T) {
	t.Parallel()
	dice := rand.New(rand.NewPCG(1, 2))
	if path, id := choose(nil, dice); path != "" || id != "" {
		t.Errorf("chosen: %q %q", path, id)
	}
	front := `<a href="/">a</a><a href="/gundem">b</a><a href="https://site.example/spor/maç-7">c</a>
		<a href="https://site.example/spor/mac-8">d</a><a href="/rss/spor">e</a><a href="/spor/mac-9?x">f</a>`
	for range 20 {
		if path, id := choose(storyLink.FindAllStringSubmatch(front, -1), dice); path != "/spor/mac-8" || id != "8" {
			t.Fatalf("chosen: %q %q", path, id)
		}
	}
}

func TestReadersCallFromAddressesOfTheirOwn(t *testing.T) {
	t.Parallel()
	s := &site{}
	server := httptest.NewServer(s)
	defer server.Close()
	where, err := url.Parse(server.URL)
	if err != nil {
		t.Fatal(err)
	}
	port := netip.MustParseAddrPort(where.Host).Port()
	asked := ""
	r := Readers{Site: server.URL, From: func(local netip.Addr) Caller {
		asked = local.String()
		return egress.New(egress.Policy{Allow: []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}, Ports: []uint16{port}, Local: local})
	}}
	if err := r.visit(t.Context(), rand.New(rand.NewPCG(3, 4))); err != nil {
		t.Fatal(err)
	}
	if len(s.calls) != 4 {
		t.Errorf("%d calls: %+v", len(s.calls), s.calls)
	}
	for _, c := range s.calls {
		if from := netip.MustParseAddrPort(c.from).Addr().String(); from != asked {
			t.Errorf("called from %s, not %s", from, asked)
		}
	}
}
