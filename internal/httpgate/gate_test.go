package httpgate_test

import (
	"bufio"
	"bytes"
	"encoding/json"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"os"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/rotatif/newsroom/internal/httpgate"
)

func gate(t *testing.T, next http.Handler, hosts ...string) net.Listener {
	t.Helper()
	log := slog.New(slog.DiscardHandler)
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	server := httpgate.Server(httpgate.New(next, httpgate.Limits{Hosts: hosts}, log), log)
	go func() { _ = server.Serve(l) }() // ends with Close
	t.Cleanup(func() { _ = server.Close() })
	return l
}

// ask sends raw bytes and gives the statuses of all answers.
func ask(t *testing.T, l net.Listener, raw []byte) []int {
	t.Helper()
	c, err := net.Dial("tcp", l.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = c.Close() }()
	_ = c.SetDeadline(time.Now().Add(200 * time.Millisecond))
	_, _ = c.Write(raw)
	statuses := []int{}
	in := bufio.NewReader(c)
	for {
		res, err := http.ReadResponse(in, nil)
		if err != nil {
			return statuses
		}
		_, _ = io.Copy(io.Discard, res.Body)
		statuses = append(statuses, res.StatusCode)
	}
}

func TestRefusals(t *testing.T) {
	t.Parallel()
	l := gate(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(204) }), "site.test")
	for _, c := range []struct {
		name, raw string
		want      int
	}{
		{"plain", "GET / HTTP/1.1\r\nHost: site.test\r\nConnection: close\r\n\r\n", 204},
		{"post", "POST /b HTTP/1.1\r\nHost: site.test\r\nContent-Length: 2\r\nConnection: close\r\n\r\nhi", 204},
		{"chunked", "POST / HTTP/1.1\r\nHost: site.test\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 411},
		{"body on get", "GET / HTTP/1.1\r\nHost: site.test\r\nContent-Length: 2\r\n\r\nhi", 400},
		{"foreign host", "GET / HTTP/1.1\r\nHost: other.test\r\n\r\n", 421},
		{"absolute target", "GET http://site.test/ HTTP/1.1\r\nHost: site.test\r\n\r\n", 400},
		{"dots", "GET /a/../b HTTP/1.1\r\nHost: site.test\r\n\r\n", 400},
		{"encoded slash", "GET /a%2fb HTTP/1.1\r\nHost: site.test\r\n\r\n", 400},
		{"unknown method", "PURGE / HTTP/1.1\r\nHost: site.test\r\n\r\n", 405},
		{"too long a body", "POST / HTTP/1.1\r\nHost: site.test\r\nContent-Length: 99999999\r\n\r\n", 413},
		{"many headers", "GET / HTTP/1.1\r\nHost: site.test\r\n" + strings.Repeat("A: b\r\n", 70) + "\r\n", 431},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			have := ask(t, l, []byte(c.raw))
			if len(have) != 1 || have[0] != c.want {
				t.Errorf("answers %v, want one %d", have, c.want)
			}
		})
	}
}

// A panic takes its own request down and nothing else, and what the handler
// had said of its page is not said of the apology.
func TestPanicTakesOnlyItsRequest(t *testing.T) {
	t.Parallel()
	log := slog.New(slog.DiscardHandler)
	g := httpgate.New(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Cache-Control", "public, max-age=3600")
		w.Header().Set("ETag", `"a"`)
		panic("boom")
	}), httpgate.Limits{}, log)
	rec := httptest.NewRecorder()
	g.ServeHTTP(rec, httptest.NewRequest("GET", "/", nil))
	h := rec.Header()
	if rec.Code != 500 || g.Refused(httpgate.Panicked) != 1 || h.Get("Cache-Control") != "no-store" || h.Get("ETag") != "" {
		t.Errorf("status %d, counted %d, header %v", rec.Code, g.Refused(httpgate.Panicked), h)
	}
}

// Half a page is not the whole: the reader is told by a broken connection.
func TestPanicWithinAPageCutsIt(t *testing.T) {
	t.Parallel()
	l := gate(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.WriteString(w, strings.Repeat("half ", 2000))
		panic("boom")
	}))
	res, err := http.Get("http://" + l.Addr().String())
	if err != nil {
		return // nothing had left yet: that is a broken connection too
	}
	defer func() { _ = res.Body.Close() }()
	if raw, err := io.ReadAll(res.Body); err == nil {
		t.Errorf("half a page came as %d whole bytes", len(raw))
	}
}

// What a handler needs of the server's writer it reaches through the gate.
func TestTheWriterIsReached(t *testing.T) {
	t.Parallel()
	l := gate(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		c := http.NewResponseController(w)
		if err := c.SetWriteDeadline(time.Time{}); err != nil {
			t.Errorf("the deadline is not lifted: %v", err)
		}
		w.Header().Set("Cache-Control", "public")
		w.WriteHeader(http.StatusEarlyHints) // no answer yet
		_, _ = io.WriteString(w, "first")
		if err := c.Flush(); err != nil {
			t.Errorf("not flushed: %v", err)
		}
		<-r.Context().Done()
	}))
	res, err := http.Get("http://" + l.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	first := make([]byte, 5)
	if _, err := io.ReadFull(res.Body, first); err != nil || string(first) != "first" {
		t.Errorf("read %q, %v", first, err)
	}
	_ = res.Body.Close()
	h := res.Header
	if h.Get("Cache-Control") != "public" || h.Get("X-Content-Type-Options") != "nosniff" || h.Get("Referrer-Policy") == "" {
		t.Errorf("header %v", h)
	}
}

// A handler that asks for the connection to be cut gets it cut, and that is no accident.
func TestAbortIsNoAccident(t *testing.T) {
	t.Parallel()
	g := httpgate.New(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }), httpgate.Limits{}, slog.New(slog.DiscardHandler))
	defer func() {
		if recover() != http.ErrAbortHandler || g.Refused(httpgate.Panicked) != 0 {
			t.Errorf("counted %d", g.Refused(httpgate.Panicked))
		}
	}()
	g.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest("GET", "/", nil))
}

// Over HTTP/2 a body need not say how long it is: it is bounded all the same.
func TestHTTP2(t *testing.T) {
	t.Parallel()
	g := httpgate.New(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		raw, err := io.ReadAll(r.Body)
		if err != nil {
			t.Error(err)
		}
		_, _ = w.Write(raw)
	}), httpgate.Limits{MaxBody: 1000}, slog.New(slog.DiscardHandler))
	s := httptest.NewUnstartedServer(g)
	s.EnableHTTP2 = true
	s.StartTLS()
	defer s.Close()
	for _, c := range []struct {
		method string
		size   int
		status int
		reason httpgate.Reason
	}{
		{"GET", 0, 200, ""}, {"POST", 1000, 200, ""}, {"POST", 1001, 413, httpgate.BodySize}, {"GET", 5, 400, httpgate.Body},
	} {
		var body io.Reader
		if c.size > 0 {
			body = io.MultiReader(strings.NewReader(strings.Repeat("a", c.size))) // of a length nobody can see
		}
		r, err := http.NewRequestWithContext(t.Context(), c.method, s.URL, body)
		if err != nil {
			t.Fatal(err)
		}
		res, err := s.Client().Do(r)
		if err != nil {
			t.Fatal(err)
		}
		raw, _ := io.ReadAll(res.Body)
		_ = res.Body.Close()
		if res.ProtoMajor != 2 || res.StatusCode != c.status || c.status == 200 && len(raw) != c.size {
			t.Errorf("%s of %d: %s, %d, %d bytes", c.method, c.size, res.Proto, res.StatusCode, len(raw))
		}
		if c.reason != "" && g.Refused(c.reason) != 1 {
			t.Errorf("%s of %d is counted %d times as %s", c.method, c.size, g.Refused(c.reason), c.reason)
		}
	}
}

// A body that ends before it should never reaches the handler.
func TestShortBody(t *testing.T) {
	t.Parallel()
	l := gate(t, http.HandlerFunc(func(http.ResponseWriter, *http.Request) { t.Error("let in") }))
	c, err := net.Dial("tcp", l.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = c.Close() }()
	_, _ = io.WriteString(c, "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nabc")
	tcp, ok := c.(*net.TCPConn)
	if !ok {
		t.Fatal("no TCP")
	}
	_ = tcp.CloseWrite()
	res, err := http.ReadResponse(bufio.NewReader(c), nil)
	if err != nil {
		t.Fatal(err)
	}
	_ = res.Body.Close()
	if res.StatusCode != http.StatusBadRequest {
		t.Errorf("status %d", res.StatusCode)
	}
}

func TestClient(t *testing.T) {
	t.Parallel()
	proxies := []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8")}
	for _, c := range []struct{ name, peer, forwarded, want string }{
		{"no proxy: the header is nothing", "203.0.113.9:1", "198.51.100.1", "203.0.113.9"},
		{"through a proxy", "10.0.0.1:1", "198.51.100.1", "198.51.100.1"},
		{"a liar's prefix is passed over", "10.0.0.1:1", "1.1.1.1, 198.51.100.1, 10.0.0.2", "198.51.100.1"},
		{"garbage ends the walk", "10.0.0.1:1", "x, 10.0.0.2", "10.0.0.2"},
		{"mapped", "[::ffff:203.0.113.9]:1", "", "203.0.113.9"},
		{"mapped, through a proxy", "10.0.0.1:1", "::ffff:198.51.100.1", "198.51.100.1"},
		{"every hop is ours", "10.0.0.1:1", "10.0.0.3, 10.0.0.2", "10.0.0.3"},
		{"a port is garbage", "10.0.0.1:1", "198.51.100.1:80", "10.0.0.1"},
		{"a proxy that says nothing", "10.0.0.1:1", "", "10.0.0.1"},
		{"a peer that is no address", "talk", "198.51.100.1", "invalid IP"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			r := httptest.NewRequest("GET", "/", nil)
			r.RemoteAddr = c.peer
			r.Header.Set("X-Forwarded-For", c.forwarded)
			if have := httpgate.Client(r, proxies).String(); have != c.want {
				t.Errorf("Client = %s, want %s", have, c.want)
			}
		})
	}
}

// The raw requests of the shared corpus: what must be refused is, and nothing
// smuggled is ever carried out.
func TestSmuggling(t *testing.T) {
	t.Parallel()
	f, err := os.Open("../../../shared/data/corpora/http/smuggling.jsonl")
	if err != nil {
		t.Skip("the shared corpus of raw requests is not here")
	}
	defer func() { _ = f.Close() }()
	var smuggled atomic.Int64
	l := gate(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.Contains(r.URL.Path, "smuggled") {
			smuggled.Add(1)
		}
		w.WriteHeader(204)
	}), "site.example")
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<20)
	tried := 0
	for lines.Scan() {
		var c rawCase
		if err := json.Unmarshal(lines.Bytes(), &c); err != nil {
			t.Fatal(err)
		}
		tried++
		smuggled.Store(0)
		c.judge(t, ask(t, l, c.Raw))
		if smuggled.Load() > 0 && c.Expect.Most < 2 {
			t.Errorf("%s (%s): the smuggled request was carried out", c.ID, c.Why)
		}
	}
	t.Logf("%d raw requests tried", tried)
}

// rawCase is one row of the corpus.
type rawCase struct {
	ID     string `json:"id"`
	Class  string `json:"class"`
	Why    string `json:"why"`
	Raw    []byte `json:"raw_b64"`
	Expect struct {
		Reject bool `json:"reject"`
		Most   int  `json:"max_responses"`
	} `json:"expect"`
}

// judge: what must be refused gets an error or nothing, what must not gets in.
func (c rawCase) judge(t *testing.T, statuses []int) {
	accepted := 0
	for _, s := range statuses {
		if s < 400 {
			accepted++
		}
	}
	switch {
	case c.Expect.Reject && accepted > 0:
		t.Errorf("%s (%s): accepted, answers %v", c.ID, c.Why, statuses)
	case c.Class == "control" && accepted == 0 && !bytes.Contains(c.Raw, []byte("chunked")): // chunked bodies are never let in here
		t.Errorf("%s (%s): a good request was refused, answers %v", c.ID, c.Why, statuses)
	case c.Expect.Most > 0 && len(statuses) > c.Expect.Most:
		t.Errorf("%s (%s): %d answers, at most %d", c.ID, c.Why, len(statuses), c.Expect.Most)
	}
}
