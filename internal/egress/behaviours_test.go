package egress

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"os"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

// behaviour plays what a server or a name server of the collection does, and
// holds that it is borne.
type behaviour func(t *testing.T)

// Every behaviour of the collection has its test here; one that is new fails
// until somebody has thought about it.
func TestBehavioursOfTheCollection(t *testing.T) {
	t.Parallel()
	raw, err := os.ReadFile("../../../shared/data/corpora/urls/ssrf.jsonl")
	if err != nil {
		t.Skip("the shared collection of addresses is not here")
	}
	known, seen := behaviours(), 0
	for line := range strings.Lines(string(raw)) {
		var c struct{ ID, Case string }
		if err := json.Unmarshal([]byte(line), &c); err != nil {
			t.Fatal(err)
		}
		if c.Case == "" {
			continue
		}
		seen++
		test, ok := known[c.Case]
		if !ok {
			t.Errorf("%s %q: nobody knows what is done then", c.ID, c.Case)
			continue
		}
		t.Run(c.Case, func(t *testing.T) { t.Parallel(); test(t) })
	}
	if seen == 0 {
		t.Error("the collection has no behaviours")
	}
}

func behaviours() map[string]behaviour {
	const ok = "HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\n"
	return map[string]behaviour{
		"redirect 302 -> http://127.0.0.1/":         inward,
		"redirect chain of 6":                       chain,
		"redirect loop":                             chain,
		"redirect with Cookie kept across hosts":    strangers,
		"Location with CRLF":                        crlf,
		"meta refresh":                              notFollowed,
		"DNS: A public + A 127.0.0.1 in one answer": resolved("8.8.4.4", "127.0.0.1"),
		"DNS: AAAA ::1, A public":                   resolved("::1", "8.8.4.4"),
		"DNS: CNAME to metadata.google.internal":    resolved("169.254.169.254", "fd00:ec2::254"),
		"DNS: TTL 0 flips each query":               flips,
		"DNS: never answers":                        mute,

		"connection accepted, no bytes for 60 s": fails("", true),
		"1 byte per 5 s forever":                 drips,
		"10 000 headers":                         fails(ok+strings.Repeat("A: b\r\n", 10_000)+"\r\nx", false),
		"64 MiB header":                          fails(ok+"A: "+strings.Repeat("b", 64<<20)+"\r\n\r\n", false),
		"infinite body":                          fails(ok+"\r\n"+strings.Repeat("b", 2<<20), true),
		"Content-Length 10 GB, stalls":           fails(ok+"Content-Length: 10000000000\r\n\r\nabc", true),
		"double gzip":                            fails(ok+"Content-Encoding: gzip, gzip\r\nContent-Length: 3\r\n\r\nabc", false),
		"200 with truncated body":                fails(ok+"Content-Length: 10\r\n\r\nabc", false),
		"429 with Retry-After: 999999999":        told("HTTP/1.1 429 Too Many Requests\r\nRetry-After: 999999999\r\nContent-Length: 0\r\n\r\n"),
		"Retry-After in the past":                told("HTTP/1.1 503 Service Unavailable\r\nRetry-After: Thu, 01 Jan 1998 00:00:00 GMT\r\nContent-Length: 0\r\n\r\n"),
		"ETag 1 MB":                              fails(ok+`ETag: "`+strings.Repeat("b", 1<<20)+"\"\r\n\r\n", false),
		"Set-Cookie flood":                       fails(ok+strings.Repeat("Set-Cookie: a=b\r\n", 10_000)+"\r\n", false),
	}
}

// brief is a policy whose patience does not try that of a person.
func brief() Policy {
	return Policy{Total: 600 * time.Millisecond, Header: 300 * time.Millisecond, MaxBody: 1 << 20}
}

// fails is a server that says something and then stalls or hangs up; the call fails.
func fails(answer string, stall bool) behaviour {
	return func(t *testing.T) {
		s := raw(t, answer, stall)
		if have, err := call(t, doorTo(t, brief(), s), s.URL); err == nil {
			t.Errorf("answered with %d bytes", len(have))
		}
	}
}

// told is a server whose answer is given to the caller, at once: whether and
// when it calls again is the caller's affair.
func told(answer string) behaviour {
	return func(t *testing.T) {
		s := raw(t, answer, false)
		if _, err := call(t, doorTo(t, brief(), s), s.URL); err != nil {
			t.Error(err)
		}
	}
}

// inward redirects to a server on another address of this machine.
func inward(t *testing.T) {
	var calls atomic.Int64
	inside := httptest.NewUnstartedServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { calls.Add(1) }))
	l, err := net.Listen("tcp", "127.0.0.2:0")
	if err != nil {
		t.Skipf("no second address on this machine: %v", err)
	}
	_ = inside.Listener.Close()
	inside.Listener = l
	inside.Start()
	defer inside.Close()
	s := httptest.NewServer(http.RedirectHandler(inside.URL, http.StatusFound))
	defer s.Close()
	d := doorTo(t, brief(), s, inside)
	d.policy.Allow = []netip.Prefix{netip.MustParsePrefix("127.0.0.1/32")}
	if _, err := call(t, d, s.URL); !errors.Is(err, ErrAddress) || calls.Load() > 0 {
		t.Errorf("%v, and %d calls inside", err, calls.Load())
	}
}

// chain redirects for ever.
func chain(t *testing.T) {
	var calls atomic.Int64
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		calls.Add(1)
		http.Redirect(w, r, r.URL.Path, http.StatusFound)
	}))
	defer s.Close()
	if _, err := call(t, doorTo(t, brief(), s), s.URL+"/"); !errors.Is(err, ErrRedirect) || calls.Load() != 1+maxRedirects {
		t.Errorf("%v after %d calls", err, calls.Load())
	}
}

// strangers redirects with cookies to another host.
func strangers(t *testing.T) {
	heard := make(chan http.Header, 1)
	stranger := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { heard <- r.Header }))
	defer stranger.Close()
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Set-Cookie", "theirs=secret")
		http.Redirect(w, r, stranger.URL, http.StatusFound)
	}))
	defer s.Close()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, s.URL, nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Cookie", "ours=secret")
	res, err := doorTo(t, brief(), s, stranger).Do(r)
	if err != nil {
		t.Fatal(err)
	}
	_ = res.Body.Close()
	if h := <-heard; h.Get("Cookie") != "" || h.Get("Authorization") != "" {
		t.Errorf("the stranger was told %v", h)
	}
}

// crlf redirects to an address with line ends in it, plain and written in percents.
func crlf(t *testing.T) {
	for _, location := range []string{"/a\r\nX-Evil: 1\r\n\r\n", "/a%0d%0aX-Evil:%201", "http://127.0.0.1\r\n.example/"} {
		answer := "HTTP/1.1 302 Found\r\nLocation: " + location + "\r\nContent-Length: 0\r\n\r\n"
		var evil atomic.Bool
		s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if r.Header.Get("X-Evil") != "" {
				evil.Store(true)
			}
			c, _, err := http.NewResponseController(w).Hijack()
			if err != nil {
				t.Error(err)
				return
			}
			_, _ = io.WriteString(c, answer)
			_ = c.Close()
		}))
		if _, err := call(t, doorTo(t, brief(), s), s.URL); evil.Load() {
			t.Errorf("%q: a header was smuggled in (%v)", location, err)
		}
		s.Close()
	}
}

// notFollowed answers with a page that sends readers elsewhere.
func notFollowed(t *testing.T) {
	var calls atomic.Int64
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		calls.Add(1)
		w.Header().Set("Content-Type", "text/html")
		_, _ = io.WriteString(w, `<meta http-equiv="refresh" content="0;url=/again">`)
	}))
	defer s.Close()
	if _, err := call(t, doorTo(t, brief(), s), s.URL); err != nil || calls.Load() != 1 {
		t.Errorf("%v after %d calls", err, calls.Load())
	}
}

// resolved is a name with all of the addresses. Only public ones may be called.
func resolved(addresses ...string) behaviour {
	return func(t *testing.T) {
		all := []netip.Addr{}
		for _, a := range addresses {
			all = append(all, netip.MustParseAddr(a))
		}
		d, called := watched(names{func(string) []netip.Addr { return all }})
		if _, err := call(t, d, "http://name.test/"); err == nil {
			t.Error("answered")
		}
		for _, to := range called() {
			if !public(to.Addr()) {
				t.Errorf("would have called %v", to)
			}
		}
	}
}

// flips leads in at every other query.
func flips(t *testing.T) {
	var n atomic.Int64
	d, called := watched(names{func(string) []netip.Addr {
		if n.Add(1)%2 == 0 {
			return []netip.Addr{netip.MustParseAddr("127.0.0.1")}
		}
		return []netip.Addr{netip.MustParseAddr("8.8.4.4")}
	}})
	for range 50 {
		if _, err := call(t, d, "http://flip.test/"); err == nil {
			t.Error("answered")
		}
		for _, to := range called() {
			if !public(to.Addr()) {
				t.Fatalf("would have called %v", to)
			}
		}
	}
}

// mute is a name server that takes the question and never answers.
func mute(t *testing.T) {
	p := brief()
	p.Resolver = &net.Resolver{PreferGo: true, Dial: func(context.Context, string, string) (net.Conn, error) {
		ours, theirs := net.Pipe()
		go func() { _, _ = io.Copy(io.Discard, ours) }() // ends with the connection
		return theirs, nil
	}}
	if _, err := call(t, New(p), "http://mute.test/"); err == nil {
		t.Error("answered")
	}
}

// drips sends a byte now and then, for ever.
func drips(t *testing.T) {
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		for tick := time.NewTicker(20 * time.Millisecond); ; {
			select {
			case <-r.Context().Done():
				tick.Stop()
				return
			case <-tick.C:
				_, _ = w.Write([]byte("a"))
				_ = http.NewResponseController(w).Flush()
			}
		}
	}))
	defer s.Close()
	if _, err := call(t, doorTo(t, brief(), s), s.URL); err == nil {
		t.Error("answered")
	}
}
