// Package httpgate is what stands before every handler: it lets in only
// requests that mean one thing to every reader of HTTP, bounded in every
// dimension, and closes the connection on all others.
//
// Knows: HTTP. Never imports: any other package of the program.
package httpgate

import (
	"bytes"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"runtime/debug"
	"strings"
	"sync/atomic"
	"time"
	"unicode"
	"unicode/utf8"
)

// Limits bound what a listener lets in.
type Limits struct {
	Hosts      []string // host or host:port; empty means any
	MaxHeaders int      // default 64
	MaxBody    int64    // bytes; default 1 MiB
	Methods    []string // default GET, HEAD, POST

	// Admit says before the body is read whether a request may come in: 0, and
	// what is called when it is over, or the status it is refused with, for
	// which it may set headers. Nil admits all.
	Admit func(answer http.Header, r *http.Request) (status int, over func())
}

// maxHeaderBytes bounds the request line and all headers together.
const maxHeaderBytes = 16 << 10

// Reason names why a request was refused. The set is fixed: it labels a metric.
type Reason string

// The reasons.
const (
	Chunked  Reason = "chunked"
	Target   Reason = "target"
	Method   Reason = "method"
	Version  Reason = "version"
	Headers  Reason = "headers"
	Host     Reason = "host"
	Body     Reason = "body"
	BodySize Reason = "body_size"
	Panicked Reason = "panic"
	Unasked  Reason = "admission"
)

// Reasons lists all reasons.
func Reasons() []Reason {
	return []Reason{Chunked, Target, Method, Version, Headers, Host, Body, BodySize, Panicked, Unasked}
}

// Gate wraps a handler.
type Gate struct {
	next   http.Handler
	limits Limits
	hosts  map[string]bool
	log    *slog.Logger

	// Header values that every response begins with; shared, never changed.
	noStore, noSniff, referrer []string

	refused [16]atomic.Uint64 // by place in Reasons
}

// New makes the gate of a listener.
func New(next http.Handler, limits Limits, log *slog.Logger) *Gate {
	if limits.MaxHeaders == 0 {
		limits.MaxHeaders = 64
	}
	if limits.MaxBody == 0 {
		limits.MaxBody = 1 << 20
	}
	if limits.Methods == nil {
		limits.Methods = []string{http.MethodGet, http.MethodHead, http.MethodPost}
	}
	g := &Gate{
		next: next, limits: limits, hosts: map[string]bool{}, log: log,
		noStore: []string{"no-store"}, noSniff: []string{"nosniff"}, referrer: []string{"strict-origin-when-cross-origin"},
	}
	for _, host := range limits.Hosts {
		g.hosts[strings.ToLower(host)] = true
	}
	return g
}

// Refused counts the refusals of a reason.
func (g *Gate) Refused(reason Reason) uint64 {
	for i, r := range Reasons() {
		if r == reason {
			return g.refused[i].Load()
		}
	}
	return 0
}

// ServeHTTP lets the request in or refuses it.
func (g *Gate) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if reason, status := g.judge(r); reason != "" {
		g.refuse(w, reason, status)
		return
	}
	if g.limits.Admit != nil {
		status, over := g.limits.Admit(w.Header(), r)
		if status != 0 {
			g.refuse(w, Unasked, status)
			return
		}
		defer over()
	}
	body, reason, status := g.body(r)
	if reason != "" {
		g.refuse(w, reason, status)
		return
	}
	r.Body = body
	a := &answer{ResponseWriter: w}
	h := w.Header()
	h["Cache-Control"] = g.noStore
	h["X-Content-Type-Options"] = g.noSniff
	h["Referrer-Policy"] = g.referrer
	defer g.catch(a, r)
	g.next.ServeHTTP(a, r)
}

func (g *Gate) judge(r *http.Request) (Reason, int) {
	switch {
	case len(r.TransferEncoding) > 0:
		return Chunked, http.StatusLengthRequired
	case r.Proto != "HTTP/1.1" && r.Proto != "HTTP/1.0" && r.Proto != "HTTP/2.0":
		return Version, http.StatusHTTPVersionNotSupported
	case !g.knows(r.Method):
		return Method, http.StatusMethodNotAllowed
	case !originForm(r):
		return Target, http.StatusBadRequest
	case many(r.Header, g.limits.MaxHeaders):
		return Headers, http.StatusRequestHeaderFieldsTooLarge
	case len(g.hosts) > 0 && !g.hosts[strings.ToLower(r.Host)]:
		return Host, http.StatusMisdirectedRequest
	case r.ContentLength > g.limits.MaxBody:
		return BodySize, http.StatusRequestEntityTooLarge
	case r.ContentLength != 0 && r.Method != http.MethodPost:
		return Body, http.StatusBadRequest
	default:
		return "", 0
	}
}

func (g *Gate) knows(method string) bool {
	for _, m := range g.limits.Methods {
		if m == method {
			return true
		}
	}
	return false
}

// originForm says whether the target is a plain absolute path that has one
// spelling: no dot segments, empty segments, backslashes, encoded separators or
// control characters, and nothing that is no text.
func originForm(r *http.Request) bool {
	target := r.RequestURI
	raw, _, _ := strings.Cut(target, "?")
	if target == "" || target[0] != '/' || len(target) > 8<<10 || strings.ContainsFunc(raw, unspelt) {
		return false
	}
	path := strings.ToLower(r.URL.EscapedPath())
	for _, bad := range []string{"//", "/./", "/../", "\\", "%2f", "%5c", "%2e", "%25"} {
		if strings.Contains(path, bad) {
			return false
		}
	}
	return !strings.HasSuffix(path, "/.") && !strings.HasSuffix(path, "/..") &&
		utf8.ValidString(r.URL.Path) && !strings.ContainsFunc(r.URL.Path, unicode.IsControl)
}

// unspelt says whether a character may not stand in a path as it is.
func unspelt(r rune) bool { return r <= ' ' || r > '~' || r == '#' }

// maxValue bounds one header's value: readers of lists inside it may be slower than linear.
const maxValue = 4 << 10

func many(h http.Header, most int) bool {
	n := 0
	for _, values := range h {
		n += len(values)
		for _, v := range values {
			if len(v) > maxValue {
				return true
			}
		}
	}
	return n > most
}

// body reads the whole body before anybody acts on the request, so that a
// broken frame never reaches a handler.
func (g *Gate) body(r *http.Request) (io.ReadCloser, Reason, int) {
	if r.ContentLength == 0 {
		return http.NoBody, "", 0
	}
	raw, err := io.ReadAll(io.LimitReader(r.Body, g.limits.MaxBody+1))
	switch {
	case err != nil:
		return nil, Body, http.StatusBadRequest
	case int64(len(raw)) > g.limits.MaxBody:
		return nil, BodySize, http.StatusRequestEntityTooLarge
	default:
		return io.NopCloser(bytes.NewReader(raw)), "", 0
	}
}

func (g *Gate) refuse(w http.ResponseWriter, reason Reason, status int) {
	g.count(reason)
	plain(w, status)
}

// plain answers with a status alone, to be kept by nobody, and closes the connection.
func plain(w http.ResponseWriter, status int) {
	h := w.Header()
	h.Set("Connection", "close")
	h.Set("Cache-Control", "no-store")
	h.Set("Content-Type", "text/plain; charset=utf-8")
	h.Set("X-Content-Type-Options", "nosniff")
	w.WriteHeader(status)
	_, _ = io.WriteString(w, http.StatusText(status)+"\n") // the peer may be gone
}

func (g *Gate) count(reason Reason) {
	for i, r := range Reasons() {
		if r == reason {
			g.refused[i].Add(1)
		}
	}
}

// answer remembers whether the handler has begun to answer.
type answer struct {
	http.ResponseWriter
	begun bool
}

// WriteHeader implements http.ResponseWriter.
func (a *answer) WriteHeader(status int) {
	a.begun = a.begun || status >= http.StatusOK
	a.ResponseWriter.WriteHeader(status)
}

// Write implements io.Writer.
func (a *answer) Write(p []byte) (int, error) {
	a.begun = true
	return a.ResponseWriter.Write(p)
}

// WriteString implements io.StringWriter.
func (a *answer) WriteString(s string) (int, error) {
	a.begun = true
	return io.WriteString(a.ResponseWriter, s)
}

// Unwrap lets http.ResponseController reach the writer of the server.
func (a *answer) Unwrap() http.ResponseWriter { return a.ResponseWriter }

// catch keeps a handler's panic from taking more than its own request down. An
// answer that had begun is cut, so that nobody takes half a page for the whole.
func (g *Gate) catch(a *answer, r *http.Request) {
	reason := recover()
	if reason == nil {
		return
	}
	if err, ok := reason.(error); ok && errors.Is(err, http.ErrAbortHandler) {
		panic(reason) // the handler asked for the connection to be cut
	}
	g.count(Panicked)
	g.log.Error("handler panicked", "path", r.URL.Path, "panic", reason, "stack", string(debug.Stack()))
	if a.begun {
		panic(http.ErrAbortHandler)
	}
	clear(a.Header()) // what the handler said of the page it did not make
	plain(a, http.StatusInternalServerError)
}

// Server is an HTTP server with the floor of timeouts. A handler that streams
// lifts the write deadline with http.ResponseController.
func Server(handler http.Handler, log *slog.Logger) *http.Server {
	return &http.Server{
		Handler:           handler,
		ReadHeaderTimeout: 10 * time.Second,
		ReadTimeout:       30 * time.Second,
		WriteTimeout:      30 * time.Second,
		IdleTimeout:       2 * time.Minute,
		MaxHeaderBytes:    maxHeaderBytes,

		DisableGeneralOptionsHandler: true, // "OPTIONS *" is judged like the rest
		ErrorLog:                     slog.NewLogLogger(log.Handler(), slog.LevelDebug),
	}
}
