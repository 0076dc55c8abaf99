package egress

import (
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"strconv"
	"strings"
	"testing"
)

func TestPublic(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		addr string
		want bool
	}{
		{"8.8.8.8", true},
		{"127.0.0.1", false},
		{"10.1.2.3", false},
		{"169.254.169.254", false},
		{"0.0.0.0", false},
		{"100.64.0.1", false},
		{"168.63.129.16", false},
		{"255.255.255.255", false},
		{"2606:4700::1111", true},
		{"::1", false},
		{"fe80::1", false},
		{"fd00::1", false},
		{"::ffff:8.8.8.8", false},
		{"64:ff9b::7f00:1", false},
		{"2002:7f00:1::", false},
		{"2001:0:1::", false},
		{"2606:4700::5efe:7f00:1", false},
		{"2001:db8::1", false},
	} {
		if have := public(netip.MustParseAddr(c.addr)); have != c.want {
			t.Errorf("public(%s) = %v", c.addr, have)
		}
	}
}

// open is a door to this machine's loopback and the given server's port.
func open(t *testing.T, url string, p Policy) *Door {
	t.Helper()
	_, port, _ := strings.Cut(strings.TrimPrefix(url, "http://"), ":")
	n, err := strconv.ParseUint(port, 10, 16)
	if err != nil {
		t.Fatal(err)
	}
	p.Allow, p.Ports = []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}, []uint16{uint16(n)}
	return New(p)
}

func call(t *testing.T, d *Door, url string) (string, error) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url, nil)
	if err != nil {
		t.Fatal(err)
	}
	res, err := d.Do(r)
	if err != nil {
		return "", err
	}
	defer func() { _ = res.Body.Close() }()
	raw, err := io.ReadAll(res.Body)
	return string(raw), err
}

func TestLoopbackOnlyWhenNamed(t *testing.T) {
	t.Parallel()
	hit := false
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { hit = true }))
	defer s.Close()
	if _, err := call(t, New(Policy{}), s.URL); !errors.Is(err, ErrAddress) || hit {
		t.Errorf("an unnamed loopback: %v, reached %v", err, hit)
	}
	if _, err := call(t, open(t, s.URL, Policy{}), s.URL); err != nil || !hit {
		t.Errorf("a named loopback: %v, reached %v", err, hit)
	}
}

func TestRedirectReentersTheDoor(t *testing.T) {
	t.Parallel()
	inside := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { t.Error("reached inside") }))
	defer inside.Close()
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, inside.URL, http.StatusFound)
	}))
	defer s.Close()
	if _, err := call(t, open(t, s.URL, Policy{}), s.URL); !errors.Is(err, ErrPort) {
		t.Errorf("redirect to another port of the loopback: %v", err)
	}
}

func TestBodyIsBounded(t *testing.T) {
	t.Parallel()
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		_, _ = io.WriteString(w, strings.Repeat("x", 2000))
	}))
	defer s.Close()
	if _, err := call(t, open(t, s.URL, Policy{MaxBody: 1000}), s.URL); !errors.Is(err, ErrBody) {
		t.Errorf("a long answer: %v", err)
	}
}

func TestErrorsHideTheAddress(t *testing.T) {
	t.Parallel()
	_, err := call(t, New(Policy{}), "http://user:topsecret@127.0.0.1:80/?key=topsecret")
	if err == nil || strings.Contains(err.Error(), "topsecret") {
		t.Errorf("error %v", err)
	}
}

func mustURL(t *testing.T, s string) *url.URL {
	t.Helper()
	u, err := url.Parse(s)
	if err != nil {
		t.Fatal(err)
	}
	return u
}
