package beacon_test

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/rotatif/newsroom"
	"github.com/rotatif/newsroom/internal/handclock"
	"github.com/rotatif/newsroom/internal/httpgate"
	"github.com/rotatif/newsroom/internal/mostread"
	"github.com/rotatif/newsroom/internal/store"
	"github.com/rotatif/newsroom/internal/store/sqlite"
	"github.com/rotatif/newsroom/internal/web/beacon"
)

// shelf says that stories 1 to 9 are public.
type shelf struct{ since time.Time }

func (s shelf) Live(id newsroom.StoryID) (string, time.Time, bool) {
	return "gundem", s.since, id >= 1 && id <= 9
}

type site struct {
	t       *testing.T
	clock   *handclock.Clock
	log     *store.Reads
	counter *mostread.Counter
	door    *beacon.Door
}

func open(t *testing.T) *site {
	t.Helper()
	reads, err := sqlite.OpenReads(t.Context(), filepath.Join(t.TempDir(), "reads.db"))
	if err != nil {
		t.Fatal(err)
	}
	c := handclock.At(time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC))
	counter, err := mostread.Open(t.Context(), reads, shelf{c.Now()}, c.Now, mostread.Options{Support: 1, Commit: time.Millisecond})
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan struct{})
	go func() { counter.Run(ctx); close(ended) }()
	t.Cleanup(func() { stop(); <-ended; _ = reads.Close() })
	trusted := []netip.Prefix{netip.MustParsePrefix("192.0.2.0/24")} // where the proxies of this site stand
	door := beacon.New(counter, func(r *http.Request) netip.Addr { return httpgate.Client(r, trusted) }, c.Now)
	return &site{t, c, reads, counter, door}
}

const firefox = "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0"

// post sends a beacon; headers are names and values.
func (s *site) post(addr, agent, body string, headers ...string) *httptest.ResponseRecorder {
	r := httptest.NewRequest("POST", "/b", strings.NewReader(body))
	r.RemoteAddr = net.JoinHostPort(addr, "4000")
	r.Header.Set("User-Agent", agent)
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	rec := httptest.NewRecorder()
	s.door.ServeHTTP(rec, r)
	return rec
}

// open opens a page and gives the token.
func (s *site) open(addr string, story int, headers ...string) string {
	return s.post(addr, firefox, fmt.Sprintf("o %d ab12 -", story), headers...).Body.String()
}

// read is an honest reader's visit.
func (s *site) read(addr, agent string, story int, headers ...string) int {
	token := s.post(addr, agent, fmt.Sprintf("o %d ab12 -", story), headers...).Body.String()
	s.clock.Move(6 * time.Second)
	return s.post(addr, agent, fmt.Sprintf("r %d ab12 %s", story, token), headers...).Code
}

// reads ranks and tells how many readers the story has.
func (s *site) reads(story newsroom.StoryID) uint32 {
	s.counter.Rank()
	for _, e := range s.counter.Lists().List(mostread.Week, "") {
		if e.Story == story {
			return e.Reads
		}
	}
	return 0
}

func TestDistinctReadersCountOnce(t *testing.T) {
	t.Parallel()
	s := open(t)
	for i := range 5 {
		for range 3 { // reloads
			if status := s.read(fmt.Sprintf("198.51.100.%d", i), firefox, 1); status != 204 {
				t.Fatalf("status %d", status)
			}
		}
	}
	s.read("198.51.100.1", firefox, 2)
	if have := s.reads(1); have != 5 {
		t.Errorf("story 1 has %d readers, want 5", have)
	}
	if list := s.counter.Lists().List(mostread.Hour, "gundem"); len(list) != 2 || list[0].Story != 1 {
		t.Errorf("list %v", list)
	}
}

func TestWhatDoesNotCount(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name   string
		reason beacon.Reason
		try    func(s *site)
	}{
		{"a read without a token", beacon.Token, func(s *site) { s.post("198.51.100.1", firefox, "r 1 ab12 x") }},
		{"the token of another story", beacon.Token, func(s *site) {
			token := s.open("198.51.100.1", 2)
			s.clock.Move(6 * time.Second)
			s.post("198.51.100.1", firefox, "r 1 ab12 "+token)
		}},
		{"the token of another network", beacon.Token, func(s *site) {
			token := s.open("198.51.100.1", 1)
			s.clock.Move(6 * time.Second)
			s.post("203.0.113.1", firefox, "r 1 ab12 "+token)
		}},
		{"the token of another page view", beacon.Token, func(s *site) {
			token := s.open("198.51.100.1", 1)
			s.clock.Move(6 * time.Second)
			s.post("198.51.100.1", firefox, "r 1 ab13 "+token)
		}},
		{"too soon", beacon.Token, func(s *site) {
			token := s.open("198.51.100.1", 1)
			s.clock.Move(2 * time.Second)
			s.post("198.51.100.1", firefox, "r 1 ab12 "+token)
		}},
		{"too late", beacon.Token, func(s *site) {
			token := s.open("198.51.100.1", 1)
			s.clock.Move(7 * time.Hour)
			s.post("198.51.100.1", firefox, "r 1 ab12 "+token)
		}},
		{"a robot", beacon.Bot, func(s *site) { s.read("198.51.100.1", "Mozilla/5.0 (compatible; SomeBot/1.0)", 1) }},
		{"a browser without a head", beacon.Bot, func(s *site) { s.read("198.51.100.1", "Mozilla/5.0 HeadlessChrome/156", 1) }},
		{"a story that is not public", beacon.Story, func(s *site) { s.read("198.51.100.1", firefox, 77) }},
		{"an impossible story", beacon.Form, func(s *site) { s.post("198.51.100.1", firefox, "o -1 ab12 -") }},
		{"too long", beacon.Form, func(s *site) { s.post("198.51.100.1", firefox, strings.Repeat("o", 300)) }},
		{"not text", beacon.Form, func(s *site) { s.post("198.51.100.1", firefox, "\xff\xfe") }},
		{"a flood", beacon.Rate, func(s *site) {
			for range 100 {
				s.post("198.51.100.1", firefox, "o 1 ab12 -")
			}
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			s := open(t)
			c.try(s)
			if have := s.reads(1); have != 0 {
				t.Errorf("counted %d", have)
			}
			if s.door.Refused(c.reason) == 0 {
				t.Errorf("no refusal for %s", c.reason)
			}
		})
	}
}
