package httpgate_test

import (
	"bufio"
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"path"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/rotatif/newsroom/internal/httpgate"
)

const corpora = "../../../shared/data/corpora/"

// rows reads a shared collection, a row a line.
func rows[T any](t *testing.T, name string) []T {
	t.Helper()
	f, err := os.Open(corpora + name)
	if err != nil {
		t.Skip("the shared collections of requests are not here")
	}
	defer func() { _ = f.Close() }()
	all := []T{}
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var row T
		if err := json.Unmarshal(lines.Bytes(), &row); err != nil {
			t.Fatal(err)
		}
		all = append(all, row)
	}
	if len(all) == 0 {
		t.Fatalf("%s holds nothing", name)
	}
	return all
}

// unclean says what is wrong with a request that a handler was given: nothing,
// if the gate is good.
func unclean(r *http.Request) string {
	p := r.URL.Path
	body, err := io.ReadAll(r.Body)
	switch {
	case err != nil:
		return fmt.Sprintf("a body that ends in %v", err)
	case len(body) > 0 && r.Method != http.MethodPost:
		return "a body where none belongs"
	case int64(len(body)) != max(r.ContentLength, 0):
		return fmt.Sprintf("%d bytes of body where %d are announced", len(body), r.ContentLength)
	case len(r.TransferEncoding) > 0 || r.Header.Get("Transfer-Encoding") != "":
		return "a body in chunks"
	case !slices.Contains([]string{"GET", "HEAD", "POST"}, r.Method):
		return "the method " + r.Method
	case r.Proto != "HTTP/1.1" && r.Proto != "HTTP/1.0":
		return "the version " + r.Proto
	case p == "" || p[0] != '/' || path.Clean(p) != p && path.Clean(p)+"/" != p:
		return fmt.Sprintf("the path %q", p)
	case !utf8.ValidString(p) || strings.ContainsFunc(p, unicode.IsControl) || strings.ContainsAny(p, "\\\x00"):
		return fmt.Sprintf("the path %q", p)
	default:
		return ""
	}
}

// talk is a listener inside this process: every connection is a pipe.
type talk struct {
	conns chan net.Conn
	done  chan struct{}
	once  sync.Once
}

func (l *talk) Accept() (net.Conn, error) {
	select {
	case c := <-l.conns:
		return c, nil
	case <-l.done:
		return nil, net.ErrClosed
	}
}

func (l *talk) Close() error {
	l.once.Do(func() { close(l.done) })
	return nil
}

func (l *talk) Addr() net.Addr { return &net.UnixAddr{Name: "talk"} }

// say sends raw bytes and then an end, and gives all that comes back.
func (l *talk) say(t testing.TB, raw []byte) []byte {
	t.Helper()
	here, there := net.Pipe()
	l.conns <- there
	_ = here.SetDeadline(time.Now().Add(10 * time.Second))
	go func() { // ends with the pipe
		_, _ = here.Write(raw)
		_, _ = io.WriteString(here, "\r\n\r\nGET /end HTTP/1.1\r\nHost: site.example\r\nConnection: close\r\n\r\n")
		_ = here.SetReadDeadline(time.Now().Add(100 * time.Millisecond)) // a gate that waits for more waits in vain
	}()
	out, _ := io.ReadAll(here)
	_ = here.Close()
	return out
}

// listen opens a gate in front of a handler that complains of what should not have come in.
func listen(t testing.TB, note func(*http.Request)) *talk {
	t.Helper()
	l := &talk{conns: make(chan net.Conn), done: make(chan struct{})}
	log := slog.New(slog.DiscardHandler)
	g := httpgate.New(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if wrong := unclean(r); wrong != "" {
			t.Errorf("the gate let in %s", wrong)
		}
		if note != nil {
			note(r)
		}
		w.WriteHeader(http.StatusNoContent)
	}), httpgate.Limits{MaxBody: 1000}, log)
	server := httpgate.Server(g, log)
	go func() { _ = server.Serve(l) }() // ends with Close
	t.Cleanup(func() { _ = server.Close() })
	return l
}

// The cases by which another reader of HTTP, known for its strictness, is
// tested: what it refuses is refused here.
func TestStrictRequests(t *testing.T) {
	t.Parallel()
	type row struct {
		ID, Name, Mode, Reason string
		Result                 string `json:"llhttp_result"`
		Raw                    []byte `json:"raw_b64"`
	}
	for _, c := range rows[row](t, "http/llhttp_requests.jsonl") {
		if c.Mode != "request" {
			continue // what is allowed only to the lenient
		}
		t.Run(c.ID, func(t *testing.T) {
			t.Parallel()
			l := gate(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				if wrong := unclean(r); wrong != "" {
					t.Errorf("%s: the gate let in %s", c.Name, wrong)
				}
				w.WriteHeader(http.StatusNoContent)
			}))
			statuses := ask(t, l, c.Raw)
			accepted := len(statuses) > 0 && !slices.ContainsFunc(statuses, func(s int) bool { return s >= 400 })
			if c.Result == "error" && accepted && !harmlessHere(c.Reason) {
				t.Errorf("%s: accepted, which is wrong: %s; answers %v", c.Name, c.Reason, statuses)
			}
		})
	}
}

// harmlessHere names what that reader refuses and we need not: what follows a
// request that closes its connection is never read.
func harmlessHere(reason string) bool {
	return strings.Contains(reason, "Data after `Connection: close`")
}

// No spelling of a path leads elsewhere than it says.
func TestPaths(t *testing.T) {
	t.Parallel()
	type row struct{ ID, Path, Expect, Why string }
	all := append(rows[row](t, "paths/own.jsonl"), rows[row](t, "paths/traversal_public.jsonl")...)
	seen := make(chan string, 10)
	l := listen(t, func(r *http.Request) { seen <- r.URL.Path })
	for _, c := range all {
		l.say(t, []byte("GET /"+c.Path+" HTTP/1.1\r\nHost: site.example\r\n\r\n"))
		reached := []string{}
		for len(seen) > 0 {
			reached = append(reached, <-seen)
		}
		if c.Expect == "allow" && (len(reached) == 0 || reached[0] == "/end") {
			t.Errorf("%s %q: a good path was refused", c.ID, c.Path)
		}
	}
	t.Logf("%d paths", len(all))
}

// What is refused is counted under its name, and the connection is closed: the
// request behind it is not read.
func TestRefusalsCloseAndCount(t *testing.T) {
	t.Parallel()
	const host = "\r\nHost: site.test\r\n"
	for _, c := range []struct {
		reason httpgate.Reason
		raw    string
		status int
	}{
		{httpgate.Chunked, "POST / HTTP/1.1" + host + "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 411},
		{httpgate.Target, "GET /a//b HTTP/1.1" + host + "\r\n", 400},
		{httpgate.Target, "GET /a\xc3\xb6 HTTP/1.1" + host + "\r\n", 400},
		{httpgate.Target, "GET /a%c0%af HTTP/1.1" + host + "\r\n", 400},
		{httpgate.Target, "GET /a%7f HTTP/1.1" + host + "\r\n", 400},
		{httpgate.Target, "GET /a%252fb HTTP/1.1" + host + "\r\n", 400},
		{httpgate.Target, "GET //b.example/ HTTP/1.1" + host + "\r\n", 400},
		{httpgate.Target, "GET /a#b HTTP/1.1" + host + "\r\n", 400},
		{httpgate.Target, "GET /.. HTTP/1.1" + host + "\r\n", 400},
		{httpgate.Target, "GET http://site.test/ HTTP/1.1" + host + "\r\n", 400},
		{httpgate.Method, "OPTIONS * HTTP/1.1" + host + "\r\n", 405},
		{httpgate.Method, "TRACE / HTTP/1.1" + host + "\r\n", 405},
		{httpgate.Method, "CONNECT a.example:443 HTTP/1.1" + host + "\r\n", 405},
		{httpgate.Method, "get / HTTP/1.1" + host + "\r\n", 405},
		{httpgate.Version, "GET / HTTP/1.2" + host + "\r\n", 505},
		{httpgate.Headers, "GET / HTTP/1.1" + host + "A: " + strings.Repeat("b", 5000) + "\r\n\r\n", 431},
		{httpgate.Headers, "GET / HTTP/1.1" + host + strings.Repeat("A: b\r\n", 65) + "\r\n", 431},
		{httpgate.Host, "GET / HTTP/1.1\r\nHost: site.test:81\r\n\r\n", 421},
		{httpgate.Host, "GET / HTTP/1.0\r\n\r\n", 421},
		{httpgate.BodySize, "POST / HTTP/1.1" + host + "Content-Length: 2000000\r\n\r\n", 413},
		{httpgate.Body, "GET / HTTP/1.1" + host + "Content-Length: 1\r\n\r\na", 400},
		{httpgate.Body, "HEAD / HTTP/1.1" + host + "Content-Length: 1\r\n\r\na", 400},
	} {
		log := slog.New(slog.DiscardHandler)
		g := httpgate.New(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { t.Errorf("%q was let in", c.raw) }),
			httpgate.Limits{Hosts: []string{"Site.test"}}, log)
		l := &talk{conns: make(chan net.Conn), done: make(chan struct{})}
		server := httpgate.Server(g, log)
		go func() { _ = server.Serve(l) }() // ends with Close
		out := string(l.say(t, []byte(c.raw)))
		_ = server.Close()
		if !strings.HasPrefix(out, fmt.Sprintf("HTTP/1.1 %d ", c.status)) && !strings.HasPrefix(out, fmt.Sprintf("HTTP/1.0 %d ", c.status)) {
			t.Errorf("%q: answer %.80q, want %d", c.raw, out, c.status)
		}
		if n := strings.Count(out, "HTTP/1."); n != 1 || !strings.Contains(out, "Connection: close\r\n") || !strings.Contains(out, "no-store") {
			t.Errorf("%q: %d answers, %q", c.raw, n, out)
		}
		for _, reason := range httpgate.Reasons() {
			if have := g.Refused(reason); (have == 1) != (reason == c.reason) {
				t.Errorf("%q is counted %d times as %s", c.raw, have, reason)
			}
		}
	}
}

// Raw bytes of any kind: what comes in is clean, and nothing takes the server down.
func FuzzGate(f *testing.F) {
	for _, name := range []string{"smuggling", "llhttp_requests"} {
		raw, err := os.ReadFile(corpora + "http/" + name + ".jsonl")
		if err != nil {
			continue // the seeds below will do
		}
		for line := range bytes.Lines(raw) {
			row := struct {
				Raw string `json:"raw_b64"`
			}{}
			if json.Unmarshal(line, &row) == nil {
				if seed, err := base64.StdEncoding.DecodeString(row.Raw); err == nil {
					f.Add(seed)
				}
			}
		}
	}
	f.Add([]byte("POST /b HTTP/1.1\r\nHost: site.example\r\nContent-Length: 2\r\n\r\nhi"))
	f.Fuzz(func(t *testing.T, raw []byte) {
		listen(t, nil).say(t, raw)
	})
}
