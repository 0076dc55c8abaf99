package agency_test

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/rotatif/newsroom/internal/agency"
)

// calls is a door that notes when it was called and answers by a function.
type calls struct {
	mu     sync.Mutex
	at     []time.Duration
	begun  time.Time
	answer func(n int, r *http.Request) (*http.Response, error)
}

func (c *calls) Do(r *http.Request) (*http.Response, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.begun.IsZero() {
		c.begun = time.Now()
	}
	c.at = append(c.at, time.Since(c.begun))
	return c.answer(len(c.at), r)
}

func says(status int, body string) *http.Response {
	return &http.Response{StatusCode: status, Header: http.Header{}, Body: http.NoBody, ContentLength: int64(len(body))}
}

func nothing(int, *http.Request) (*http.Response, error) { return says(304, ""), nil }

// polled is a poller and how it is called.
type polled struct {
	agency.Rounds
	agency.Poller
}

// polling polls with the given pollers for a while of a clock that costs nothing.
func polling(t *testing.T, long time.Duration, all ...*polled) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), long)
	defer cancel()
	var wait sync.WaitGroup
	for _, p := range all {
		p.URL = "https://ornek.test/a?b=1"
		p.Keep = func(context.Context, []byte) error { return nil }
		wait.Go(func() { p.Run(ctx, p.Ask) })
	}
	wait.Wait()
}

func TestSourcesOfOneAccountKeepApart(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		door, account := &calls{answer: nothing}, &agency.Account{Gap: 33 * time.Second}
		polling(t, 10*time.Minute, &polled{Rounds: agency.Rounds{Every: time.Second, Account: account}, Poller: agency.Poller{Door: door}},
			&polled{Rounds: agency.Rounds{Every: time.Second, Account: account}, Poller: agency.Poller{Door: door}})
		for i := 1; i < len(door.at); i++ {
			if door.at[i]-door.at[i-1] < account.Gap {
				t.Fatalf("calls at %v", door.at)
			}
		}
		if len(door.at) < 15 {
			t.Errorf("only %d calls", len(door.at))
		}
	})
}

func TestPauseGrowsWhileNothingIsNew(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		door := &calls{answer: nothing}
		polling(t, 10*time.Minute, &polled{Rounds: agency.Rounds{Every: 2 * time.Second, Slowest: 20 * time.Second}, Poller: agency.Poller{Door: door}})
		first, last := door.at[1]-door.at[0], door.at[len(door.at)-1]-door.at[len(door.at)-2]
		if first > 4*time.Second || last < 20*time.Second || last > 25*time.Second {
			t.Errorf("first pause %v, last %v", first, last)
		}
	})
}

func TestTooManyCallsWithoutATime(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		door := &calls{answer: func(int, *http.Request) (*http.Response, error) { return says(429, ""), nil }}
		p := &polled{Rounds: agency.Rounds{Every: time.Second}, Poller: agency.Poller{Door: door}}
		polling(t, time.Minute, p)
		if len(door.at) < 2 || door.at[1] < 30*time.Second {
			t.Errorf("calls at %v", door.at)
		}
		if s := p.Status(); s.Failures != len(door.at) || !strings.Contains(s.Trouble, "429") || !s.Success.IsZero() {
			t.Errorf("status %+v", s)
		}
	})
}

func TestCredentialsAreInTheCallAndInNothingElse(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var asked *http.Request
		door := &calls{answer: func(n int, r *http.Request) (*http.Response, error) {
			asked = r
			if n == 2 {
				panic("a reader that fails outright")
			}
			return nil, errors.New("broken off")
		}}
		told := ""
		p := &polled{
			Rounds: agency.Rounds{Every: time.Second, Trouble: func(err error) {
				if err != nil {
					told += err.Error()
				}
			}},
			Poller: agency.Poller{Door: door, Key: agency.Key{Query: url.Values{"UserPassword": {"gizli"}}, Header: http.Header{"X-Api-Key": {"gizli"}}}},
		}
		polling(t, 10*time.Second, p)
		if got := asked.URL.Query(); got.Get("UserPassword") != "gizli" || got.Get("b") != "1" || asked.Header.Get("X-Api-Key") != "gizli" {
			t.Errorf("asked %v", asked.URL)
		}
		if s := p.Status(); s.Failures < 3 || told == "" || strings.Contains(told+s.Trouble, "gizli") {
			t.Errorf("told %q, status %+v", told, s)
		}
	})
}
