package app

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"maps"
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
	"github.com/rotatif/newsroom/internal/agency"
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

// so is what has been given so far, and the fewest calls that a caller made.
func (s *healthyServer) so() (given map[newsroom.ItemKey]time.Time, callers, fewest int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return maps.Clone(s.given), len(s.calls), slices.Min(slices.Collect(maps.Values(s.calls)))
}

// lags are how long after they were given the items stood on the list; it waits for each.
func lags(h *house, given map[newsroom.ItemKey]time.Time) []time.Duration {
	lags := []time.Duration{}
	for key, at := range given {
		h.within(time.Minute, "an item of a healthy source: "+key.ID, func() bool {
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

// hostility is how long the hostile sources go on: three seconds, or what
// ROTATIF_HOSTILE says, such as 60s.
func hostility() time.Duration {
	if long, err := time.ParseDuration(os.Getenv("ROTATIF_HOSTILE")); err == nil {
		return long
	}
	return 3 * time.Second
}

// fifty are hostile sources over HTTP; those are told of at once that fail at once.
func fifty(t *testing.T) []Source {
	t.Helper()
	all, mux := misdeeds(), http.NewServeMux()
	kinds, sources := slices.Sorted(maps.Keys(all)), []Source{}
	bad := httptest.NewServer(mux)
	t.Cleanup(func() { bad.CloseClientConnections(); bad.Close() })
	for i := range 50 {
		kind, when := kinds[i%len(kinds)], "late"
		if slices.Contains([]string{"reset", "login", "429", "circle", "bomb", "endless", "garbage"}, kind) {
			when = "told"
		}
		name := fmt.Sprintf("%s-http-%s-%d", when, kind, i)
		mux.HandleFunc("/"+name, all[kind])
		sources = append(sources, polled(name, bad.URL))
	}
	return sources
}

// Fifty hostile sources over HTTP and twenty-six over FTP, SFTP and IMAP beside
// healthy ones: all copy of the healthy ones comes, every hostile one is told of,
// no name leads anywhere, and memory keeps its bounds. What it measures is only
// printed.
func TestHostileSourcesHarmNoOther(t *testing.T) {
	span := hostility()
	good := &healthyServer{given: map[newsroom.ItemKey]time.Time{}, calls: map[string]int{}}
	well := httptest.NewServer(good)
	t.Cleanup(well.Close)
	sources, put := goodServers(t)
	for i := range 10 {
		sources = append(sources, polled(fmt.Sprintf("iyi%d", i), well.URL))
	}
	sources = append(append(sources, fifty(t)...), rudeSources(t)...)
	h := open(t, time.Now, sources...)
	given, peak, routines := map[newsroom.ItemKey]time.Time{}, uint64(0), 0
	for begun, n := time.Now(), 0; time.Since(begun) < span; n++ {
		if n%20 == 0 {
			for name, lay := range put {
				id := fmt.Sprintf("%s-%d", name, n)
				lay(id)
				given[newsroom.ItemKey{Provider: name, ID: id}] = time.Now()
			}
		}
		var most runtime.MemStats
		runtime.ReadMemStats(&most)
		peak, routines = max(peak, most.HeapAlloc), max(routines, runtime.NumGoroutine())
		time.Sleep(100 * time.Millisecond) // between two looks at memory
	}
	polled, callers, fewest := good.so()
	for kind, waited := range map[string][]time.Duration{"ten polled, since they were given": lags(h, polled), "three of files and mail, since they were laid there": lags(h, given)} {
		t.Logf("%d items of %s: settled after p50 %v, p99 %v, most %v", len(waited), kind, waited[len(waited)/2], waited[len(waited)*99/100], waited[len(waited)-1])
	}
	t.Logf("%v: those polled were called at least %d times; heap at most %d MiB, %d goroutines", span, fewest, peak>>20, routines)
	if callers != 10 || peak > 1<<30 || routines > 2000 {
		t.Errorf("%d healthy sources were called, the heap grew to %d MiB, %d goroutines", callers, peak>>20, routines)
	}
	h.hold(sources, span)
	h.namesHold(sources)
}

// hold looks at what is told of the sources.
func (h *house) hold(sources []Source, span time.Duration) {
	h.t.Helper()
	for _, s := range sources {
		state := func() agency.Status { return h.Called()[s.Name] }
		switch kind := strings.Split(s.Name+"--", "-"); {
		case strings.HasPrefix(s.Name, "iyi"):
			h.within(time.Minute, s.Name+" to be well", func() bool { return state().Failures == 0 && !state().Success.IsZero() })
		case kind[0] == "told", span >= time.Minute && kind[1] != "http":
			h.within(time.Minute, "a word of "+s.Name, func() bool { return state().Failures > 0 })
		case kind[2] == "clock":
			h.within(time.Minute, "a word of the clock of "+s.Name, func() bool { return state().Skew != 0 })
		}
	}
}
