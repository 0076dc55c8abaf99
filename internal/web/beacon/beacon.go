// Package beacon is the door through which pages say that they are being read.
//
// A page that becomes visible says "o <story> <view> <referrer host>" and is
// given a token; when it has been visible long enough it says "r <story>
// <view> <token>". Whatever is wrong with a read, the answer is the same empty
// one, so that nothing can be learnt from it; only a log that cannot be
// written is said aloud, so that the page may try again.
//
// Knows: HTTP, what browsers say of themselves. Never imports: the desk, the wire, the staff, a machine.
package beacon

import (
	"context"
	"io"
	"math/rand/v2"
	"net/http"
	"net/netip"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	"github.com/rotatif/newsroom"
	"github.com/rotatif/newsroom/internal/mostread"
)

// Counter is the room that counts.
type Counter interface {
	// Open gives the token for a page that has just become visible.
	Open(story newsroom.StoryID, view uint64, addr netip.Addr) string
	// Check says whether the token was given for this and has been read long enough.
	Check(token string, story newsroom.StoryID, view uint64, addr netip.Addr) bool
	// Accept counts a read; nil means that it is durable.
	Accept(ctx context.Context, v mostread.Visit) error
}

// Reason names why a beacon was not counted. The set is fixed: it labels a metric.
type Reason string

// The reasons.
const (
	Form   Reason = "form"
	Bot    Reason = "bot"
	Ahead  Reason = "prefetch"
	Origin Reason = "origin"
	Rate   Reason = "rate"
	Token  Reason = "token"
	Story  Reason = "story"
	Crowd  Reason = "crowd"
	Busy   Reason = "busy"
)

// Reasons lists all reasons.
func Reasons() []Reason { return []Reason{Form, Bot, Ahead, Origin, Rate, Token, Story, Crowd, Busy} }

// Door answers POST /b.
type Door struct {
	counter Counter
	client  func(*http.Request) netip.Addr
	now     func() time.Time
	robots  robots
	refused map[Reason]*atomic.Uint64 // the map itself never changes
	rates   *rates
}

// New makes the door. client tells a request's address.
func New(counter Counter, client func(*http.Request) netip.Addr, now func() time.Time) *Door {
	d := &Door{
		counter: counter, client: client, now: now, robots: readRobots(list),
		refused: map[Reason]*atomic.Uint64{}, rates: newRates(),
	}
	for _, r := range Reasons() {
		d.refused[r] = &atomic.Uint64{}
	}
	return d
}

// Refused counts the beacons that were not counted for a reason.
func (d *Door) Refused(reason Reason) uint64 {
	if n := d.refused[reason]; n != nil {
		return n.Load()
	}
	return 0
}

// maxBeacon is the longest beacon in bytes.
const maxBeacon = 256

// ServeHTTP takes one beacon.
func (d *Door) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Cache-Control", "no-store")
	raw, err := io.ReadAll(io.LimitReader(r.Body, maxBeacon+1))
	if err != nil || len(raw) > maxBeacon {
		d.refuse(w, Form)
		return
	}
	say, ok := parse(string(raw))
	if !ok {
		d.refuse(w, Form)
		return
	}
	addr := d.client(r)
	if reason := d.judge(r, addr); reason != "" {
		d.refuse(w, reason)
		return
	}
	if say.verb == "o" {
		w.Header().Set("Content-Type", "text/plain; charset=utf-8")
		_, _ = io.WriteString(w, d.counter.Open(say.story, say.view, addr)) // the page may be gone
		return
	}
	d.read(w, r, say, addr)
}

// beacon is what a page says.
type beacon struct {
	verb  string
	story newsroom.StoryID
	view  uint64
	rest  string
}

func parse(s string) (beacon, bool) {
	parts := strings.Split(s, " ")
	if len(parts) < 3 || len(parts) > 4 || parts[0] != "o" && parts[0] != "r" {
		return beacon{}, false
	}
	id, err := newsroom.ParseStoryID(parts[1])
	if err != nil {
		return beacon{}, false
	}
	view, err := strconv.ParseUint(parts[2], 16, 64)
	if err != nil || len(parts[2]) > 16 {
		return beacon{}, false
	}
	b := beacon{verb: parts[0], story: id, view: view}
	if len(parts) == 4 {
		b.rest = parts[3]
	}
	return b, true
}

// judge says why a beacon is not a reader's.
func (d *Door) judge(r *http.Request, addr netip.Addr) Reason {
	agent := strings.ToLower(r.UserAgent())
	switch {
	case !addr.IsValid():
		return Form
	case ahead(r):
		return Ahead
	case contradicts(r, agent):
		return Origin
	case d.robots.match(agent):
		return Bot
	case !d.rates.allow(addr, agent, d.now()):
		return Rate
	default:
		return ""
	}
}

func (d *Door) read(w http.ResponseWriter, r *http.Request, say beacon, addr netip.Addr) {
	if !d.counter.Check(say.rest, say.story, say.view, addr) {
		d.refuse(w, Token)
		return
	}
	err := d.counter.Accept(r.Context(), mostread.Visit{Story: say.story, Addr: addr, Agent: r.UserAgent(), At: d.now()})
	switch newsroom.KindOf(err) {
	case "":
		w.WriteHeader(http.StatusNoContent)
	case newsroom.Invalid:
		d.refuse(w, Story)
	case newsroom.Held:
		d.refuse(w, Crowd)
	default:
		d.refused[Busy].Add(1)
		w.Header().Set("Retry-After", strconv.Itoa(5+rand.IntN(11))) // not all at the same moment
		w.WriteHeader(http.StatusServiceUnavailable)
	}
}

// refuse gives the answer that tells nothing.
func (d *Door) refuse(w http.ResponseWriter, reason Reason) {
	d.refused[reason].Add(1)
	w.WriteHeader(http.StatusNoContent)
}
