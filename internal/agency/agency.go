// Package agency asks an agency's address for what is new.
//
// It asks conditionally, not more often than the agency allows (all sources of
// one account together), more seldom while the agency fails or has nothing new,
// and sooner while it has much. An answer is handed on as bytes and only when
// it is durably kept does the next question say "since then". Passwords are in
// headers alone and never in an error.
//
// Knows: HTTP as a client. Never imports: a room, another machine, a door.
package agency

import (
	"cmp"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"
)

// Caller sends requests: the door out.
type Caller interface {
	Do(*http.Request) (*http.Response, error)
}

// Poller asks one address.
type Poller struct {
	URL            string
	User, Password string
	Every          time.Duration // shortest time between two calls
	Slowest        time.Duration // longest time between two calls that bring nothing new; 0: Every
	Account        *Account      // whose calls keep apart; nil: nobody's
	Header         http.Header   // sent with every call: keys, tokens
	Query          url.Values    // put into the address at the call: credentials of agencies that want them there
	Door           Caller
	// Keep is given every new answer and returns nil when it is durably kept.
	Keep func(ctx context.Context, raw []byte) error
	// Trouble is told of every failed call, and of nil when it works again.
	Trouble func(error)

	tag, modified string // of the last good answer that was kept
	failures      int
	idle          int      // answers in a row that brought nothing new
	last          [32]byte // sum of the last kept answer
	page          bool     // the last answer was a web page
	state         status
}

// The longest pause after failures, and the longest that an agency may ask for.
const (
	longestPause = 15 * time.Minute
	longestWish  = time.Hour
	tooMany      = 30 * time.Second // pause after "too many calls" that names none
)

// maxAnswer bounds an answer in bytes.
const maxAnswer = 32 << 20

// Poll asks until the context ends.
func (p *Poller) Poll(ctx context.Context) {
	for ctx.Err() == nil {
		if p.Account.Wait(ctx) != nil {
			return
		}
		p.state.called(time.Now())
		wish, err := p.guarded(ctx)
		p.tell(ctx, err)
		if err == nil || ctx.Err() == nil {
			p.state.answered(time.Now(), err, p.idle == 0)
		}
		_ = sleep(ctx, max(p.pause(), wish)) // the loop sees the end of the context
	}
}

// guarded asks once; a call that fails outright is a failed call.
func (p *Poller) guarded(ctx context.Context) (wish time.Duration, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("agency: the call failed outright: %T", r)
		}
	}()
	return p.Ask(ctx)
}

// Status is how the source stands now. It may be asked concurrently.
func (p *Poller) Status() Status { return p.state.snapshot() }

func (p *Poller) tell(ctx context.Context, err error) {
	if err == nil && p.failures == 0 || ctx.Err() != nil {
		return
	}
	if err != nil {
		p.failures++
	} else {
		p.failures = 0
	}
	if p.Trouble != nil {
		p.Trouble(err)
	}
}

// pause doubles with every failure in a row; after answers that brought nothing
// new it grows by half, up to Slowest. It varies, so that sources do not call
// in step.
func (p *Poller) pause() time.Duration {
	d, ceiling := p.Every, max(longestPause, p.Every)
	for range min(p.failures, 16) {
		d *= 2
	}
	if p.failures == 0 {
		ceiling = max(p.Slowest, p.Every)
		for range min(p.idle, 16) {
			d += d / 2
		}
	}
	d = min(d, ceiling)
	if p.failures == 0 && p.idle == 0 {
		return d
	}
	return d + time.Duration(rand.Int64N(int64(d)/4+1))
}

// ErrStatus is an answer that is neither new copy nor "nothing new".
var ErrStatus = errors.New("agency: refused")

// request is the next question.
func (p *Poller) request(ctx context.Context) (*http.Request, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, p.URL, nil)
	if err != nil {
		return nil, errors.New("agency: the address cannot be used")
	}
	if len(p.Query) > 0 {
		q := req.URL.Query()
		for name, values := range p.Query {
			q[name] = values
		}
		req.URL.RawQuery = q.Encode()
	}
	for name, values := range p.Header {
		req.Header[name] = values
	}
	if p.User != "" {
		req.SetBasicAuth(p.User, p.Password)
	}
	if p.tag != "" {
		req.Header.Set("If-None-Match", p.tag)
	}
	if p.modified != "" {
		req.Header.Set("If-Modified-Since", p.modified)
	}
	req.Header.Set("User-Agent", "Rotatif/0.1 (newsroom wire)")
	return req, nil
}

// Ask asks once. It gives how long the agency wishes to be left alone.
func (p *Poller) Ask(ctx context.Context) (time.Duration, error) {
	req, err := p.request(ctx)
	if err != nil {
		return 0, err
	}
	res, err := p.Door.Do(req)
	if err != nil {
		return 0, fmt.Errorf("agency: %w", err)
	}
	defer func() { _ = res.Body.Close() }() // it has been read
	p.state.clock(time.Now(), res.Header.Get("Date"))
	switch res.StatusCode {
	case http.StatusNotModified:
		p.idle++
		return 0, nil
	case http.StatusOK:
		return 0, p.take(ctx, res)
	case http.StatusTooManyRequests:
		return cmp.Or(wish(res.Header.Get("Retry-After")), tooMany), fmt.Errorf("%w: status %d", ErrStatus, res.StatusCode)
	default:
		return wish(res.Header.Get("Retry-After")), fmt.Errorf("%w: status %d", ErrStatus, res.StatusCode)
	}
}

// take hands the answer on; what it is conditional on is remembered only then.
func (p *Poller) take(ctx context.Context, res *http.Response) error {
	raw, err := io.ReadAll(io.LimitReader(res.Body, maxAnswer+1))
	if err != nil {
		return fmt.Errorf("agency: %w", err)
	}
	if len(raw) > maxAnswer {
		return fmt.Errorf("%w: an answer of more than %d bytes", ErrStatus, maxAnswer)
	}
	if page(raw) {
		return p.fault(ctx, raw)
	}
	sum := sha256.Sum256(raw)
	if sum == p.last {
		p.idle++
	} else {
		p.idle = 0
	}
	if err := p.Keep(ctx, raw); err != nil {
		return fmt.Errorf("agency: %w", err)
	}
	p.page, p.last = false, sum
	p.tag, p.modified = res.Header.Get("ETag"), res.Header.Get("Last-Modified")
	return nil
}

// ErrPage is a web page in place of copy: an error or a sign-in page, sent as if all were well.
var ErrPage = errors.New("agency: a web page instead of copy")

// page says whether an answer is a web page.
func page(raw []byte) bool {
	start := strings.ToLower(strings.TrimLeft(string(raw[:min(len(raw), 300)]), "\ufeff \t\r\n"))
	return strings.HasPrefix(start, "<!doctype html") || strings.HasPrefix(start, "<html")
}

// fault hands on the first of a row of web pages, so that a person sees it.
// What the next question is conditional on stays what it was: the page's own
// date must not hide copy that came before it.
func (p *Poller) fault(ctx context.Context, raw []byte) error {
	if !p.page {
		if err := p.Keep(ctx, raw); err != nil {
			return fmt.Errorf("agency: %w", err)
		}
		p.page = true
	}
	return ErrPage
}

// wish reads Retry-After: seconds or a date.
func wish(after string) time.Duration {
	if seconds, err := strconv.Atoi(after); err == nil && seconds > 0 {
		return min(time.Duration(seconds)*time.Second, longestWish)
	}
	if at, err := http.ParseTime(after); err == nil {
		return max(0, min(time.Until(at), longestWish))
	}
	return 0
}
