package agency_test

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/rotatif/newsroom/internal/agency"
)

// wire is an agency that answers as a test wishes.
type wire struct {
	status int
	body   string
	header map[string]string
	asked  []*http.Request
}

func (w *wire) ServeHTTP(rw http.ResponseWriter, r *http.Request) {
	w.asked = append(w.asked, r)
	for k, v := range w.header {
		rw.Header().Set(k, v)
	}
	rw.WriteHeader(w.status)
	_, _ = io.WriteString(rw, w.body)
}

func poller(t *testing.T, w *wire) (*agency.Poller, *[]string) {
	t.Helper()
	s := httptest.NewServer(w)
	t.Cleanup(s.Close)
	kept := &[]string{}
	return &agency.Poller{
		URL: s.URL + "/rss?x=1", Door: s.Client(),
		Keep: func(_ context.Context, raw []byte) error { *kept = append(*kept, string(raw)); return nil },
	}, kept
}

func TestAsksConditionally(t *testing.T) {
	t.Parallel()
	w := &wire{status: 200, body: "copy", header: map[string]string{"ETag": `"1"`, "Last-Modified": "Mon, 23 Nov 2026 09:00:00 GMT"}}
	p, kept := poller(t, w)
	if _, err := p.Ask(t.Context()); err != nil {
		t.Fatal(err)
	}
	w.status, w.body = 304, ""
	if _, err := p.Ask(t.Context()); err != nil {
		t.Fatal(err)
	}
	second := w.asked[1].Header
	if second.Get("If-None-Match") != `"1"` || second.Get("If-Modified-Since") == "" {
		t.Errorf("second question %v", second)
	}
	if len(*kept) != 1 || (*kept)[0] != "copy" {
		t.Errorf("kept %v", *kept)
	}
}

func TestWhatIsNotKeptIsAskedForAgain(t *testing.T) {
	t.Parallel()
	w := &wire{status: 200, body: "copy", header: map[string]string{"ETag": `"1"`}}
	p, _ := poller(t, w)
	p.Keep = func(context.Context, []byte) error { return errors.New("the disk is full") }
	if _, err := p.Ask(t.Context()); err == nil {
		t.Fatal("a failure to keep was not told")
	}
	p.Keep = func(context.Context, []byte) error { return nil }
	if _, err := p.Ask(t.Context()); err != nil {
		t.Fatal(err)
	}
	if w.asked[1].Header.Get("If-None-Match") != "" {
		t.Error("the second question was conditional on what had not been kept")
	}
}

func TestRefusals(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, after string
		status      int
		least       time.Duration
	}{
		{"too many", "7", 429, 7 * time.Second},
		{"unavailable", "", 503, 0},
		{"a wish beyond reason", "999999", 429, time.Hour},
		{"a wrong password", "", 401, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			w := &wire{status: c.status, header: map[string]string{"Retry-After": c.after}}
			p, kept := poller(t, w)
			p.User, p.Password = "kullanici", "cokgizli"
			answer, err := p.Ask(t.Context())
			if !errors.Is(err, agency.ErrStatus) || answer.Wish != c.least || len(*kept) != 0 {
				t.Errorf("wish %s, error %v, kept %v", answer.Wish, err, *kept)
			}
			if strings.Contains(err.Error(), "cokgizli") || strings.Contains(err.Error(), "x=1") {
				t.Errorf("the error tells too much: %v", err)
			}
			if user, password, _ := w.asked[0].BasicAuth(); user != "kullanici" || password != "cokgizli" {
				t.Error("the credentials did not arrive")
			}
		})
	}
}

func TestPollEndsAndTells(t *testing.T) {
	t.Parallel()
	w := &wire{status: 500}
	p, _ := poller(t, w)
	ctx, stop := context.WithCancel(t.Context())
	told := make(chan error, 1)
	rounds := agency.Rounds{Every: time.Second, Trouble: func(err error) { told <- err; stop() }}
	rounds.Run(ctx, p.Ask)
	if err := <-told; !errors.Is(err, agency.ErrStatus) {
		t.Error(err)
	}
}

// A web page sent with status 200 is a fault of the source: seen once by a
// person, and the next question is still about the last good answer.
func TestAWebPageIsAFault(t *testing.T) {
	t.Parallel()
	w := &wire{status: 200, body: "<rss/>", header: map[string]string{"ETag": `"good"`, "Last-Modified": "Mon, 23 Nov 2026 09:00:00 GMT"}}
	p, kept := poller(t, w)
	if _, err := p.Ask(t.Context()); err != nil {
		t.Fatal(err)
	}
	w.header = map[string]string{"ETag": `"page"`, "Last-Modified": "Mon, 23 Nov 2026 10:00:00 GMT"}
	for _, body := range []string{"\n<!DOCTYPE html><title>1</title>", "<html>2", "\ufeff<HTML>3"} {
		w.body = body
		if _, err := p.Ask(t.Context()); !errors.Is(err, agency.ErrPage) {
			t.Errorf("%q: %v", body, err)
		}
	}
	w.body = "<rss>new</rss>"
	if _, err := p.Ask(t.Context()); err != nil {
		t.Fatal(err)
	}
	if last := w.asked[len(w.asked)-1].Header; last.Get("If-None-Match") != `"good"` || !strings.Contains(last.Get("If-Modified-Since"), "09:00") {
		t.Errorf("the question after the pages: %v", last)
	}
	if len(*kept) != 3 || (*kept)[2] != w.body {
		t.Errorf("kept %q", *kept)
	}
}
