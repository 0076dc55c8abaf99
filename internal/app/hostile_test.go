package app

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/rotatif/newsroom"
	"github.com/rotatif/newsroom/internal/wire"
)

// feed is an RSS feed of items, the newest first.
func feed(from, count int, name string, at time.Time) string {
	var b strings.Builder
	b.WriteString(`<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>` + name + `</title><link>https://ajans.example.org/</link><description>x</description>`)
	for i := from + count - 1; i >= from; i-- {
		fmt.Fprintf(&b, `<item><guid isPermaLink="false">%s-%d</guid><title>%s %d. haber</title><pubDate>%s</pubDate><description>Haberin metni, %d numarayla geçildi.</description></item>`,
			name, i, name, i, at.Format(time.RFC1123Z), i)
	}
	return b.String() + `</channel></rss>`
}

// misdeeds are what sources do to those who call them.
func misdeeds() map[string]http.HandlerFunc {
	var count sync.Map
	next := func(r *http.Request, step int) int {
		n, _ := count.LoadOrStore(r.URL.Path, new(int))
		p := n.(*int) // one caller at a time
		*p += step
		return *p - step
	}
	flush := func(w http.ResponseWriter) { _ = http.NewResponseController(w).Flush() }
	var bomb bytes.Buffer
	z := gzip.NewWriter(&bomb)
	for range 512 {
		_, _ = z.Write(make([]byte, 1<<20))
	}
	_ = z.Close()
	return map[string]http.HandlerFunc{
		"stall": func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() },
		"drip": func(w http.ResponseWriter, r *http.Request) {
			for _, c := range []byte(feed(0, 1, "drip", time.Now())) {
				if _, err := w.Write([]byte{c}); err != nil || r.Context().Err() != nil {
					return
				}
				flush(w)
				time.Sleep(time.Second) // this is what it does
			}
		},
		"reset": func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", "100000")
			_, _ = w.Write([]byte(feed(0, 1, "reset", time.Now())))
			flush(w)
			if c, _, err := http.NewResponseController(w).Hijack(); err == nil {
				if tcp, is := c.(*net.TCPConn); is {
					_ = tcp.SetLinger(0)
				}
				_ = c.Close()
			}
		},
		"login": func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "text/html")
			_, _ = w.Write([]byte(`<!doctype html><html><title>Oturum aç</title><body><form><input name=password></form></body></html>`))
		},
		"429": func(w http.ResponseWriter, _ *http.Request) { w.Header().Set("Retry-After", "1"); w.WriteHeader(429) },
		"flood": func(w http.ResponseWriter, r *http.Request) {
			_, _ = w.Write([]byte(feed(next(r, 2000), 2000, "flood"+strings.Trim(r.URL.Path, "/"), time.Now())))
		},
		"clock": func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Date", "Thu, 01 Jan 1998 00:00:00 GMT")
			n := next(r, 1)
			_, _ = w.Write([]byte(feed(n, 1, "clock"+strings.Trim(r.URL.Path, "/"), time.Now().AddDate(30, 0, n))))
		},
		"circle": func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, r.URL.Path, http.StatusFound) },
		"bomb": func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Encoding", "gzip")
			_, _ = w.Write(bomb.Bytes())
		},
		"endless": func(w http.ResponseWriter, r *http.Request) {
			junk := bytes.Repeat([]byte("<item>"), 10_000)
			for r.Context().Err() == nil {
				if _, err := w.Write(junk); err != nil {
					return
				}
			}
		},
		"garbage": func(w http.ResponseWriter, _ *http.Request) {
			if c, _, err := http.NewResponseController(w).Hijack(); err == nil {
				_, _ = c.Write([]byte("\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03SSH-2.0-\r\n\r\n"))
				_ = c.Close()
			}
		},
	}
}

// healthyServer gives every caller one more item at each call, and remembers when.
type healthyServer struct {
	mu    sync.Mutex
	given map[newsroom.ItemKey]time.Time
	calls map[string]int
}

func (s *healthyServer) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	name := strings.Trim(r.URL.Path, "/")
	s.mu.Lock()
	n, now := s.calls[name], time.Now()
	s.calls[name]++
	s.given[newsroom.ItemKey{Provider: name, ID: fmt.Sprintf("%s-%d", name, n)}] = now
	s.mu.Unlock()
	_, _ = w.Write([]byte(feed(max(0, n-4), min(n+1, 5), name, now)))
}

// lags are how long after they were given the items stood on the list; it waits for each.
func (s *healthyServer) lags(h *house) []time.Duration {
	s.mu.Lock()
	defer s.mu.Unlock()
	lags := []time.Duration{}
	for key, at := range s.given {
		h.until("an item of a healthy source: "+key.ID, func() bool {
			items, err := h.stores.Newsroom.Items(h.t.Context(), wire.Filter{Key: key})
			if err != nil || len(items) == 0 {
				return false
			}
			receipts, err := h.stores.Newsroom.Receipts(h.t.Context(), wire.ReceiptFilter{Item: items[0].ID, Limit: 1000})
			if err != nil || len(receipts) == 0 {
				return false
			}
			lags = append(lags, receipts[len(receipts)-1].Verdict.At.Sub(at))
			return true
		})
	}
	slices.Sort(lags)
	return lags
}

// polled is a source that is polled on this machine.
func polled(name, address string) Source {
	return Source{Name: name, Provider: name, Kind: "poll", URL: address + "/" + name, Every: Duration{time.Second}, Private: []string{"127.0.0.0/8"}}
}

// Fifty hostile sources beside ten healthy ones: all copy of the healthy ones
// comes, every hostile one is told of, and memory keeps its bounds. How long it
// goes on is ROTATIF_HOSTILE, such as 60s; what it measures is only printed.
func TestHostileSourcesHarmNoOther(t *testing.T) {
	span := 8 * time.Second
	if long, err := time.ParseDuration(os.Getenv("ROTATIF_HOSTILE")); err == nil {
		span = long
	}
	good := &healthyServer{given: map[newsroom.ItemKey]time.Time{}, calls: map[string]int{}}
	well := httptest.NewServer(good)
	defer well.Close()
	sources, kinds := []Source{}, []string{}
	for i := range 10 {
		sources = append(sources, polled(fmt.Sprintf("iyi%d", i), well.URL))
	}
	all := misdeeds()
	for kind := range all {
		kinds = append(kinds, kind)
	}
	slices.Sort(kinds)
	mux := http.NewServeMux()
	for i := range 50 {
		kind := kinds[i%len(kinds)]
		name := fmt.Sprintf("kotu-%s-%d", kind, i)
		mux.HandleFunc("/"+name, all[kind])
	}
	bad := httptest.NewServer(mux)
	t.Cleanup(func() { bad.CloseClientConnections(); bad.Close() })
	for i := range 50 {
		sources = append(sources, polled(fmt.Sprintf("kotu-%s-%d", kinds[i%len(kinds)], i), bad.URL))
	}
	h := open(t, time.Now, sources...)
	var most runtime.MemStats
	peak, routines := uint64(0), 0
	for end := time.Now().Add(span); time.Now().Before(end); time.Sleep(100 * time.Millisecond) {
		runtime.ReadMemStats(&most)
		peak, routines = max(peak, most.HeapAlloc), max(routines, runtime.NumGoroutine())
	}
	lags := good.lags(h)
	fewest := 1 << 30
	for _, n := range good.calls {
		fewest = min(fewest, n)
	}
	t.Logf("%v: %d items of ten healthy sources, each called at least %d times; settled after p50 %v, p99 %v, most %v; heap at most %d MiB, %d goroutines",
		span, len(lags), fewest, lags[len(lags)/2], lags[len(lags)*99/100], lags[len(lags)-1], peak>>20, routines)
	if len(good.calls) != 10 || peak > 1<<30 || routines > 2000 {
		t.Errorf("%d healthy sources were called, the heap grew to %d MiB, %d goroutines", len(good.calls), peak>>20, routines)
	}
	told := h.Called()
	for _, s := range sources {
		state := told[s.Name]
		kind := strings.Split(s.Name+"-", "-")[1]
		switch {
		case strings.HasPrefix(s.Name, "iyi") && (state.Failures != 0 || state.Success.IsZero()):
			t.Errorf("%s: %+v", s.Name, state)
		case slices.Contains([]string{"reset", "login", "429", "circle", "bomb", "endless", "garbage"}, kind) && state.Failures == 0:
			t.Errorf("%s: nothing is told of it: %+v", s.Name, state)
		case kind == "clock" && state.Skew == 0:
			t.Errorf("%s: its clock is not told of: %+v", s.Name, state)
		}
	}
}
