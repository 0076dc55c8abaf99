// Package egress is the one door through which the program calls out. The
// numeric address is judged at the moment of dialling, after every name has
// been resolved and for every redirect anew, so that no name, encoding or
// redirect leads inside.
//
// Knows: addresses, HTTP. Never imports: a room, another machine, a door.
package egress

import (
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"strings"
	"syscall"
	"time"
)

// Policy is what a door lets out. The zero Policy lets out to the public
// internet on the web's ports alone.
type Policy struct {
	Allow    []netip.Prefix // private networks an operator has named for this door
	Ports    []uint16       // besides 80, 443, 8080, 8443; together with Allow
	Total    time.Duration  // for a whole exchange; default 10 s
	Header   time.Duration  // until the first byte; default 5 s
	MaxBody  int64          // decoded bytes; default 32 MiB
	Resolver *net.Resolver  // for tests
	Local    netip.Addr     // source address; zero: the system's choice
}

// Refusals of the door.
var (
	ErrAddress  = errors.New("egress: this address is not called")
	ErrPort     = errors.New("egress: this port is not called")
	ErrScheme   = errors.New("egress: only http and https are called")
	ErrRedirect = errors.New("egress: redirect refused")
	ErrBody     = errors.New("egress: the answer is too long")
)

// Door calls out.
type Door struct {
	policy Policy
	client *http.Client
}

// maxRedirects is how many redirects are followed.
const maxRedirects = 3

// New opens a door.
func New(p Policy) *Door {
	if p.Total == 0 {
		p.Total = 10 * time.Second
	}
	if p.Header == 0 {
		p.Header = 5 * time.Second
	}
	if p.MaxBody == 0 {
		p.MaxBody = 32 << 20
	}
	d := &Door{policy: p}
	dialer := &net.Dialer{Timeout: p.Header, ControlContext: d.control, Resolver: p.Resolver}
	if p.Local.IsValid() {
		dialer.LocalAddr = net.TCPAddrFromAddrPort(netip.AddrPortFrom(p.Local, 0))
	}
	d.client = &http.Client{
		Timeout: p.Total,
		Transport: &http.Transport{
			DialContext:            dialer.DialContext,
			TLSHandshakeTimeout:    p.Header,
			ResponseHeaderTimeout:  p.Header,
			MaxResponseHeaderBytes: 32 << 10,
			MaxIdleConnsPerHost:    2,
			IdleConnTimeout:        90 * time.Second,
			DisableCompression:     true, // one layer is undone here, within the bound
			ForceAttemptHTTP2:      true,
		},
		CheckRedirect: redirect,
	}
	return d
}

// Do sends a request. The body of the answer is decompressed once and ends with
// ErrBody when it is longer than the policy allows.
func (d *Door) Do(r *http.Request) (*http.Response, error) {
	if r.URL.Scheme != "http" && r.URL.Scheme != "https" {
		return nil, ErrScheme
	}
	if r.Header.Get("Accept-Encoding") == "" {
		r.Header.Set("Accept-Encoding", "gzip")
	}
	res, err := d.client.Do(r)
	if err != nil {
		return nil, fmt.Errorf("egress: %w", blind(err))
	}
	if err := d.unwrap(res); err != nil {
		return nil, errors.Join(err, res.Body.Close())
	}
	return res, nil
}

// CloseIdle lets go of kept connections.
func (d *Door) CloseIdle() { d.client.CloseIdleConnections() }

// blind takes the address out of an error: it may hold a password.
func blind(err error) error {
	var u interface{ Unwrap() error }
	if errors.As(err, &u) && strings.Contains(fmt.Sprintf("%T", err), "url.Error") {
		return u.Unwrap()
	}
	return err
}

func (d *Door) unwrap(res *http.Response) error {
	body := res.Body
	if res.Header.Get("Content-Encoding") == "gzip" {
		unzipped, err := gzip.NewReader(io.LimitReader(body, d.policy.MaxBody))
		if err != nil {
			return fmt.Errorf("egress: gzip: %w", err)
		}
		res.Header.Del("Content-Encoding")
		res.ContentLength = -1
		res.Body = bounded{unzipped, body, &left{d.policy.MaxBody}}
		return nil
	}
	res.Body = bounded{body, body, &left{d.policy.MaxBody}}
	return nil
}

type left struct{ n int64 }

// bounded reads at most so many bytes, then fails.
type bounded struct {
	io.Reader
	closer io.Closer
	left   *left
}

// Read implements io.Reader.
func (b bounded) Read(p []byte) (int, error) {
	n, err := b.Reader.Read(p)
	b.left.n -= int64(n)
	if b.left.n < 0 {
		return 0, ErrBody
	}
	return n, err
}

// Close implements io.Closer.
func (b bounded) Close() error { return b.closer.Close() }

// redirect follows a few, never from https down, and carries no secret to another host.
func redirect(next *http.Request, via []*http.Request) error {
	from := via[len(via)-1]
	switch {
	case len(via) > maxRedirects:
		return fmt.Errorf("%w: more than %d", ErrRedirect, maxRedirects)
	case next.URL.Scheme != "http" && next.URL.Scheme != "https":
		return ErrScheme
	case from.URL.Scheme == "https" && next.URL.Scheme == "http":
		return fmt.Errorf("%w: from https to http", ErrRedirect)
	case next.URL.Host != from.URL.Host:
		next.Header.Del("Authorization")
		next.Header.Del("Cookie")
		next.Header.Del("Referer")
		next.URL.User = nil
	}
	return nil
}

// control judges the address that is really dialled.
func (d *Door) control(_ context.Context, network, address string, _ syscall.RawConn) error {
	to, err := netip.ParseAddrPort(address)
	if err != nil || !strings.HasPrefix(network, "tcp") {
		return ErrAddress
	}
	return d.judge(to)
}

func (d *Door) judge(to netip.AddrPort) error {
	addr := to.Addr()
	if addr.Zone() != "" {
		return ErrAddress
	}
	for _, p := range d.policy.Allow {
		if p.Contains(addr) {
			return d.port(to.Port(), true)
		}
	}
	if !public(addr) {
		return ErrAddress
	}
	return d.port(to.Port(), false)
}

func (d *Door) port(port uint16, named bool) error {
	switch port {
	case 80, 443, 8080, 8443:
		return nil
	}
	for _, p := range d.policy.Ports {
		if named && p == port {
			return nil
		}
	}
	return ErrPort
}
