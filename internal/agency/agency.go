// Package agency asks agencies for what is new: an address over HTTP or a list
// of documents here, a folder on a server or a mailbox by its parts.
//
// It asks not more often than the agency allows (all sources of one account
// together), more seldom while the agency fails or has nothing new, and sooner
// while it has much. What comes is handed on as bytes and only when it is
// durably kept is it remembered as had. Passwords are never in an error.
//
// Knows: HTTP as a client, connections it is given, how profiles describe a list. Never imports: a room besides the profiles, another machine, a door.
package agency

import (
	"cmp"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"net/http"
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
	URL string
	Key
	Door Caller
	// Keep is given every new answer and returns nil when it is durably kept.
	Keep func(ctx context.Context, raw []byte) error

	tag, modified string   // of the last good answer that was kept
	last          [32]byte // sum of the last kept answer
	page          bool     // the last answer was a web page
}

// tooMany is the pause after "too many calls" that names none.
const tooMany = 30 * time.Second

// MaxDelivery bounds what one call, one file or one message brings, in bytes.
const MaxDelivery = 32 << 20

// ErrStatus is an answer that is neither new copy nor "nothing new".
var ErrStatus = errors.New("agency: refused")

// request is the next question.
func (p *Poller) request(ctx context.Context) (*http.Request, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, p.URL, nil)
	if err != nil {
		return nil, errors.New("agency: the address cannot be used")
	}
	p.into(req)
	if p.tag != "" {
		req.Header.Set("If-None-Match", p.tag)
	}
	if p.modified != "" {
		req.Header.Set("If-Modified-Since", p.modified)
	}
	return req, nil
}

// Ask asks once.
func (p *Poller) Ask(ctx context.Context) (Answer, error) {
	answer, err := p.ask(ctx)
	return answer, p.told(err)
}

func (p *Poller) ask(ctx context.Context) (Answer, error) {
	req, err := p.request(ctx)
	if err != nil {
		return Answer{}, err
	}
	res, err := p.Door.Do(req)
	if err != nil {
		return Answer{}, fmt.Errorf("agency: %w", err)
	}
	defer func() { _ = res.Body.Close() }() // it has been read
	answer := Answer{Date: res.Header.Get("Date")}
	switch res.StatusCode {
	case http.StatusNotModified:
		return answer, nil
	case http.StatusOK:
		answer.New, err = p.take(ctx, res)
		return answer, err
	}
	answer.Wish = wished(res)
	return answer, refusal{res.StatusCode}
}

// take hands the answer on; what it is conditional on is remembered only then.
// It says whether the answer is another than the last.
func (p *Poller) take(ctx context.Context, res *http.Response) (bool, error) {
	raw, err := io.ReadAll(io.LimitReader(res.Body, MaxDelivery+1))
	if err != nil {
		return false, fmt.Errorf("agency: %w", err)
	}
	if len(raw) > MaxDelivery {
		return false, fmt.Errorf("%w: an answer of more than %d bytes", ErrStatus, MaxDelivery)
	}
	raw = p.Blank(raw)
	if page(raw) {
		return false, p.fault(ctx, raw)
	}
	if err := p.Keep(ctx, raw); err != nil {
		return false, fmt.Errorf("agency: %w", err)
	}
	sum := sha256.Sum256(raw)
	fresh := sum != p.last
	p.page, p.last = false, sum
	p.tag, p.modified = res.Header.Get("ETag"), res.Header.Get("Last-Modified")
	return fresh, nil
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

// wished is how long an agency that refuses wishes to be left alone.
func wished(res *http.Response) time.Duration {
	pause := wish(res.Header.Get("Retry-After"))
	if res.StatusCode == http.StatusTooManyRequests {
		pause = cmp.Or(pause, tooMany)
	}
	return pause
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
