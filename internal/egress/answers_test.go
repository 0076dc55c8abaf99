package egress

import (
	"bytes"
	"compress/gzip"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
)

// doorTo is a door to this machine's loopback on the ports of all the servers.
func doorTo(t *testing.T, p Policy, servers ...*httptest.Server) *Door {
	t.Helper()
	p.Allow = []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}
	for _, s := range servers {
		n, err := strconv.ParseUint(s.URL[strings.LastIndexByte(s.URL, ':')+1:], 10, 16)
		if err != nil {
			t.Fatal(err)
		}
		p.Ports = append(p.Ports, uint16(n))
	}
	return New(p)
}

func zipped(t *testing.T, raw []byte) []byte {
	t.Helper()
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	if _, err := z.Write(raw); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// What a host was told stays with it, however the way leads on.
func TestSecretsStayWithTheHostCalled(t *testing.T) {
	t.Parallel()
	var mu sync.Mutex
	heard := []http.Header{}
	hear := func(r *http.Request) {
		mu.Lock()
		defer mu.Unlock()
		heard = append(heard, r.Header.Clone())
	}
	stranger := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		hear(r)
		if r.URL.Path == "/first" {
			http.Redirect(w, r, "/second", http.StatusFound) // within the stranger's own host
		}
	}))
	defer stranger.Close()
	home := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if user, password, _ := r.BasicAuth(); user != "us" || password != "topsecret" || r.Header.Get("X-Api-Key") != "topsecret" {
			t.Errorf("the host called was told %v", r.Header)
		}
		if r.URL.Path == "/" {
			http.Redirect(w, r, "/moved", http.StatusMovedPermanently) // at home everything goes along
			return
		}
		http.Redirect(w, r, strings.Replace(stranger.URL, "http://", "http://a:b@", 1)+"/first", http.StatusFound)
	}))
	defer home.Close()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, home.URL+"/", nil)
	if err != nil {
		t.Fatal(err)
	}
	r.SetBasicAuth("us", "topsecret")
	r.Header.Set("X-Api-Key", "topsecret")
	r.Header.Set("Cookie", "a=topsecret")
	r.Header.Set("User-Agent", "Rotatif")
	res, err := doorTo(t, Policy{}, home, stranger).Do(r)
	if err != nil {
		t.Fatal(err)
	}
	_ = res.Body.Close()
	if len(heard) != 2 {
		t.Fatalf("the stranger was called %d times", len(heard))
	}
	for _, h := range heard {
		if h.Get("User-Agent") != "Rotatif" {
			t.Errorf("the stranger was told no name: %v", h)
		}
		for name, values := range h {
			if strings.Contains(strings.Join(values, " "), "secret") || name == "Authorization" || name == "Cookie" || name == "Referer" {
				t.Errorf("the stranger was told %s: %v", name, values)
			}
		}
	}
}

func TestRedirects(t *testing.T) {
	t.Parallel()
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if n, err := strconv.Atoi(r.URL.Path[1:]); err == nil && n > 0 {
			http.Redirect(w, r, "/"+strconv.Itoa(n-1), http.StatusFound)
		} else if err != nil {
			w.Header().Set("Location", r.URL.Query().Get("to"))
			w.WriteHeader(http.StatusTemporaryRedirect)
		}
	}))
	defer s.Close()
	d := doorTo(t, Policy{}, s)
	for path, want := range map[string]error{
		"/3": nil, "/4": ErrRedirect, "/to?to=file:///etc/passwd": ErrScheme, "/to?to=gopher://a.example/": ErrScheme,
		"/to?to=http://" + strings.Repeat("a", 9000) + ".example/": ErrScheme, "/to?to=http://169.254.169.254/latest": ErrAddress,
		"/to?to=http://127.0.0.1:22/": ErrPort, "/to?to=http://[::ffff:10.0.0.1]/": ErrAddress,
	} {
		if _, err := call(t, d, s.URL+path); !errors.Is(err, want) {
			t.Errorf("%.60s: %v, want %v", path, err, want)
		}
	}
	other := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { t.Error("a body was carried to another host") }))
	defer other.Close()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, s.URL+"/to?to="+other.URL, strings.NewReader("secret"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := doorTo(t, Policy{}, s, other).Do(r); !errors.Is(err, ErrRedirect) { //nolint:bodyclose // refused
		t.Errorf("a body to another host: %v", err)
	}
}

// From https nothing leads down to http, not even at home.
func TestNoWayDown(t *testing.T) {
	t.Parallel()
	from, to := &http.Request{}, &http.Request{Method: http.MethodGet}
	from.URL, to.URL = mustURL(t, "https://a.example/"), mustURL(t, "http://a.example/")
	if err := New(Policy{}).redirect(to, []*http.Request{from}); !errors.Is(err, ErrRedirect) {
		t.Errorf("from https to http: %v", err)
	}
	if err := New(Policy{}).redirect(&http.Request{Method: http.MethodGet, URL: from.URL}, []*http.Request{{URL: to.URL}}); err != nil {
		t.Errorf("from http to https: %v", err)
	}
}

func TestPackedAnswers(t *testing.T) {
	t.Parallel()
	body := []byte("Köprü açıldı")
	once := zipped(t, body)
	bomb := zipped(t, make([]byte, 4<<20))
	for _, c := range []struct {
		name     string
		encoding []string
		body     []byte
		want     string
		err      error
	}{
		{"plain", nil, body, string(body), nil},
		{"identity", []string{"identity"}, body, string(body), nil},
		{"gzip", []string{"gzip"}, once, string(body), nil},
		{"in capitals", []string{"GZIP"}, once, string(body), nil},
		{"twice, and said so", []string{"gzip, gzip"}, zipped(t, once), "", ErrEncoding},
		{"twice, in two headers", []string{"gzip", "gzip"}, zipped(t, once), "", ErrEncoding},
		{"twice, and not said so", []string{"gzip"}, zipped(t, once), string(once), nil},
		{"brotli", []string{"br"}, body, "", ErrEncoding},
		{"a bomb", []string{"gzip"}, bomb, "", ErrBody},
		{"not what it says", []string{"gzip"}, body, "", gzip.ErrHeader},
		{"cut", []string{"gzip"}, once[:len(once)-9], "", io.ErrUnexpectedEOF},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
				w.Header()["Content-Encoding"] = c.encoding
				_, _ = w.Write(c.body)
			}))
			defer s.Close()
			have, err := call(t, doorTo(t, Policy{MaxBody: 1 << 20}, s), s.URL)
			if !errors.Is(err, c.err) || err == nil && have != c.want {
				t.Errorf("answer %q, %v; want %q, %v", have, err, c.want, c.err)
			}
		})
	}
}

// An answer without a body may still speak of packing.
func TestNothingNew(t *testing.T) {
	t.Parallel()
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Encoding", "gzip")
		w.WriteHeader(http.StatusNotModified)
	}))
	defer s.Close()
	if have, err := call(t, doorTo(t, Policy{}, s), s.URL); err != nil || have != "" {
		t.Errorf("answer %q, %v", have, err)
	}
}

// Servers that mean ill, or are ill, cost their budget and no more.
func TestBadServers(t *testing.T) {
	t.Parallel()
	const ok = "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n"
	for _, c := range []struct {
		name, answer string
		stall        bool
	}{
		{"says nothing", "", true},
		{"stops in the header", ok, true},
		{"stops in the body", ok + "Content-Length: 10000000000\r\n\r\nabc", true},
		{"hangs up", "", false},
		{"half a body", ok + "Content-Length: 10\r\n\r\nabc", false},
		{"endless headers", ok + strings.Repeat("A: b\r\n", 10_000), false},
		{"a header without an end", ok + "A: " + strings.Repeat("b", 1<<20), false},
		{"a tag of a megabyte", ok + "ETag: \"" + strings.Repeat("b", 1<<20) + "\"\r\n\r\n", false},
		{"cookies without an end", ok + strings.Repeat("Set-Cookie: a=b\r\n", 10_000) + "\r\n", false},
		{"early hints without an end", strings.Repeat("HTTP/1.1 103 Early Hints\r\nLink: <a>\r\n\r\n", 10_000), false},
		{"an endless body", ok + "\r\n" + strings.Repeat("b", 2<<20), false},
		{"no HTTP", "220 ftp.example ready\r\n", false},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			s := raw(t, c.answer, c.stall)
			d := doorTo(t, Policy{Total: 600 * time.Millisecond, Header: 300 * time.Millisecond, MaxBody: 1 << 20}, s)
			if have, err := call(t, d, s.URL); err == nil {
				t.Errorf("answered with %d bytes", len(have))
			}
		})
	}
}

// The first byte has a budget of its own, within that of the whole.
func TestFirstByte(t *testing.T) {
	t.Parallel()
	s := raw(t, "", true)
	_, err := call(t, doorTo(t, Policy{Total: time.Minute, Header: 50 * time.Millisecond}, s), s.URL)
	if err == nil || !strings.Contains(err.Error(), "awaiting response headers") {
		t.Errorf("a server that says nothing: %v", err)
	}
}

// raw is a server that says what it is told to every caller, then hangs up or falls silent.
func raw(t *testing.T, answer string, stall bool) *httptest.Server {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	go func() { // ends with the listener
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			go func() {
				_, _ = c.Read(make([]byte, 4096))
				_, _ = io.WriteString(c, answer)
				if stall {
					_, _ = io.Copy(io.Discard, c) // until the caller has had enough
				}
				_ = c.Close()
			}()
		}
	}()
	return &httptest.Server{URL: "http://" + l.Addr().String()}
}

func TestNoProxyOfTheEnvironment(t *testing.T) {
	proxy := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { t.Error("the proxy was called") }))
	defer proxy.Close()
	t.Setenv("HTTP_PROXY", proxy.URL)
	t.Setenv("http_proxy", proxy.URL)
	s := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {}))
	defer s.Close()
	if _, err := call(t, doorTo(t, Policy{}, s, proxy), s.URL); err != nil {
		t.Error(err)
	}
}

// A named network opens no port but the named, and a named port no network.
func TestNamingIsNarrow(t *testing.T) {
	t.Parallel()
	d := New(Policy{Allow: []netip.Prefix{netip.MustParsePrefix("10.1.0.0/16")}, Ports: []uint16{9000}})
	for to, want := range map[string]error{
		"10.1.2.3:9000": nil, "10.1.2.3:80": nil, "10.1.2.3:22": ErrPort, "10.2.0.1:9000": ErrAddress, "8.8.8.8:9000": ErrPort,
		"8.8.8.8:443": nil, "[::ffff:10.1.2.3]:80": ErrAddress, "[fe80::1%eth0]:80": ErrAddress, "127.0.0.1:9000": ErrAddress,
	} {
		if err := d.judge(netip.MustParseAddrPort(to)); !errors.Is(err, want) {
			t.Errorf("%s: %v, want %v", to, err, want)
		}
	}
}
