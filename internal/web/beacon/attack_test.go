package beacon_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/rotatif/newsroom/internal/mostread"
	"github.com/rotatif/newsroom/internal/web/beacon"
)

// A story has five honest readers. Whatever somebody tries for it, it gets no
// more readers than it says here, and the log no more lines.
func TestInflation(t *testing.T) {
	t.Parallel()
	const me = "198.51.100.1"
	for _, c := range []struct {
		name string
		gain uint32
		try  func(s *site)
	}{
		{"one token again and again", 1, func(s *site) {
			token := s.open(me, 1)
			for range 2000 {
				s.clock.Move(6 * time.Second)
				s.post(me, firefox, "r 1 ab12 "+token)
			}
		}},
		{"reloads", 1, func(s *site) { times(100, func(int) { s.read(me, firefox, 1) }) }},
		{"pages out of the browser's memory, each with a view of its own", 1, func(s *site) {
			times(50, func(i int) {
				token := s.post(me, firefox, fmt.Sprintf("o 1 %x -", i)).Body.String()
				s.clock.Move(6 * time.Second)
				s.post(me, firefox, fmt.Sprintf("r 1 %x %s", i, token))
			})
		}},
		{"many browsers of one address", 4, func(s *site) {
			times(400, func(i int) { s.read(me, fmt.Sprintf("%s %d", firefox, i), 1) })
		}},
		{"all addresses of one IPv6 household", 1, func(s *site) {
			times(300, func(i int) { s.read(fmt.Sprintf("2001:db8:1:2::%x", i), firefox, 1) })
		}},
		{"invented hops before an untrusted peer", 1, func(s *site) {
			times(100, func(i int) { s.read(me, firefox, 1, "X-Forwarded-For", fmt.Sprintf("10.1.2.%d", i)) })
		}},
		{"invented hops before a trusted proxy", 1, func(s *site) {
			times(100, func(i int) {
				s.read("192.0.2.7", firefox, 1, "X-Forwarded-For", fmt.Sprintf("10.1.2.%d, %s, 192.0.2.9", i, me))
			})
		}},
		{"invented addresses in other headers", 1, func(s *site) {
			names := []string{"Forwarded", "True-Client-IP", "CF-Connecting-IP", "X-Real-IP", "X-Client-IP", "X-Cluster-Client-IP"}
			times(60, func(i int) {
				s.read(me, firefox, 1, names[i%len(names)], fmt.Sprintf("10.1.2.%d", i), "Forwarded", fmt.Sprintf("for=10.1.3.%d", i))
			})
		}},
		{"tabs that nobody looks at", 0, func(s *site) { times(50, func(i int) { s.open(fmt.Sprintf("198.51.100.%d", i), 1) }) }},
		{"pages fetched ahead", 0, func(s *site) {
			for i, purpose := range []string{"prefetch", "prefetch;prerender", "prefetch;anonymous-client-ip"} {
				s.read(fmt.Sprintf("198.51.100.%d", i), firefox, 1, "Sec-Purpose", purpose)
			}
			s.read(me, firefox, 1, "Purpose", "prefetch")
		}},
		{"a page of another site", 0, func(s *site) {
			for _, from := range []string{"cross-site", "same-site", "none"} {
				s.read(me, firefox, 1, "Sec-Fetch-Site", from)
			}
		}},
		{"a program that takes the name of a browser", 0, func(s *site) { s.read(me, firefox, 1, "Origin", "https://haber.example") }},
		{"yesterday's beacon", 0, func(s *site) {
			token := s.open(me, 1)
			s.clock.Move(24 * time.Hour)
			s.post(me, firefox, "r 1 ab12 "+token)
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			s := open(t)
			times(5, func(i int) { s.read(fmt.Sprintf("203.0.113.%d", i), firefox, 1) })
			c.try(s)
			if have := s.reads(1); have != 5+c.gain {
				t.Errorf("%d readers, want 5 and %d", have, c.gain)
			}
			if n := s.logged(); n != 5+int(c.gain) {
				t.Errorf("%d lines in the log", n)
			}
		})
	}
}

func times(n int, do func(int)) {
	for i := range n {
		do(i)
	}
}

func (s *site) logged() int {
	s.t.Helper()
	n := 0
	if err := s.log.Replay(s.t.Context(), time.Time{}, func(mostread.Record) error { n++; return nil }); err != nil {
		s.t.Fatal(err)
	}
	return n
}

func TestReadersBehindATrustedProxyAreTold(t *testing.T) {
	t.Parallel()
	s := open(t)
	times(5, func(i int) { s.read("192.0.2.7", firefox, 1, "X-Forwarded-For", fmt.Sprintf("198.51.100.%d", i)) })
	if have := s.reads(1); have != 5 {
		t.Errorf("%d readers, want 5", have)
	}
}

func TestUnknownStoriesLeaveNoTrace(t *testing.T) {
	t.Parallel()
	s := open(t)
	times(500, func(i int) { s.read(fmt.Sprintf("198.51.%d.1", i%250), firefox, 1000+i) })
	for _, id := range []string{"0", "-1", "01", "+1", "1e3", "9223372036854775808", "99999999999999999999", "", " ", "ı", "1;DROP"} {
		s.post("198.51.100.1", firefox, "o "+id+" ab12 -")
		s.post("198.51.100.1", firefox, "r "+id+" ab12 x")
	}
	if n := s.logged(); n != 0 {
		t.Errorf("%d lines in the log", n)
	}
	if s.door.Refused(beacon.Story) != 500 {
		t.Errorf("%d refused for their story", s.door.Refused(beacon.Story))
	}
}

// One changed character anywhere makes a token worthless, and so does another
// spelling of the same bytes.
func TestTokensCannotBeAltered(t *testing.T) {
	t.Parallel()
	s := open(t)
	token := s.open("198.51.100.1", 1)
	s.clock.Move(6 * time.Second)
	tries := []string{token + "=", token + "A", token[1:], strings.ToUpper(token), " " + token, token + "\n", ""}
	for i := range token {
		for _, c := range "Az09-_" {
			if rune(token[i]) != c {
				tries = append(tries, token[:i]+string(c)+token[i+1:])
			}
		}
	}
	for _, forged := range tries {
		s.post("198.51.100.1", firefox, "r 1 ab12 "+forged)
		s.clock.Move(time.Second)
	}
	if have := s.reads(1); have != 0 {
		t.Errorf("%d forged reads counted", have)
	}
	s.post("198.51.100.1", firefox, "r 1 ab12 "+token)
	if have := s.reads(1); have != 1 {
		t.Error("the true one does not count")
	}
}

// Whoever tries must not learn from the answer what came of it.
func TestAnswersTellNothing(t *testing.T) {
	t.Parallel()
	s := open(t)
	token := s.open("198.51.100.1", 1)
	s.clock.Move(6 * time.Second)
	accepted := s.post("198.51.100.1", firefox, "r 1 ab12 "+token)
	for name, rec := range map[string]*httptest.ResponseRecorder{
		"twice":   s.post("198.51.100.1", firefox, "r 1 ab12 "+token),
		"forged":  s.post("198.51.100.1", firefox, "r 1 ab12 AAAA"),
		"a robot": s.post("198.51.100.1", "curl/8", "r 1 ab12 "+token),
		"no form": s.post("198.51.100.1", firefox, "<em>"),
		"unknown": s.post("198.51.100.1", firefox, "r 77 ab12 x"),
	} {
		if diff := cmp.Diff(accepted.Header(), rec.Header()); rec.Code != accepted.Code || rec.Body.Len() != 0 || diff != "" {
			t.Errorf("%s: %d %q %s", name, rec.Code, rec.Body, diff)
		}
	}
}

func TestALogThatCannotBeWrittenIsSaidAloud(t *testing.T) {
	t.Parallel()
	s := open(t)
	s.read("198.51.100.1", firefox, 1)
	before := s.reads(1)
	if err := s.log.Close(); err != nil {
		t.Fatal(err)
	}
	token := s.open("198.51.100.2", 1)
	s.clock.Move(6 * time.Second)
	rec := s.post("198.51.100.2", firefox, "r 1 ab12 "+token)
	if rec.Code != http.StatusServiceUnavailable || rec.Header().Get("Retry-After") == "" {
		t.Errorf("%d, try again after %q", rec.Code, rec.Header().Get("Retry-After"))
	}
	if s.door.Refused(beacon.Busy) != 1 || s.reads(1) != before {
		t.Error("it is not counted as busy, or the list has changed")
	}
}

func TestRatesKnowSharedAddresses(t *testing.T) {
	t.Parallel()
	s := open(t)
	const carrier, flat = "198.51.100.1", "203.0.113.1"
	for i := range 400 { // in one second, of 40 browsers and of two
		s.post(carrier, fmt.Sprintf("%s %d", firefox, i%40), "o 1 ab12 -")
	}
	shared := s.door.Refused(beacon.Rate)
	for i := range 400 {
		s.post(flat, fmt.Sprintf("%s %d", firefox, i%2), "o 1 ab12 -")
	}
	if private := s.door.Refused(beacon.Rate) - shared; private != 340 {
		t.Errorf("a household was refused %d times, want 340", private)
	}
	s.clock.Move(time.Minute)
	before := s.door.Refused(beacon.Rate)
	for i := range 500 {
		s.post(carrier, fmt.Sprintf("%s %d", firefox, i%40), "o 1 ab12 -")
	}
	if refused := s.door.Refused(beacon.Rate) - before; refused != 0 {
		t.Errorf("a shared address was refused %d times", refused)
	}
}

func TestANetworkHasALimitOfItsOwn(t *testing.T) {
	t.Parallel()
	s := open(t)
	for i := range 250 * 6 {
		s.post(fmt.Sprintf("198.51.100.%d", i%250), firefox, "o 1 ab12 -")
	}
	if refused := s.door.Refused(beacon.Rate); refused != 500 {
		t.Errorf("%d of 1500 refused, want 500", refused)
	}
}
