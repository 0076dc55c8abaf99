// Package egress is the one door through which the program calls out. The
// numeric address is judged at the moment of dialling, after every name has
// been resolved and for every redirect anew, so that no name, encoding or
// redirect leads inside.
//
// Knows: addresses, connections, HTTP. Never imports: a room, another machine, a door.
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
	"net/url"
	"slices"
	"strings"
	"syscall"
	"time"
)

// Policy is what a door lets out. The zero Policy lets out to the public
// internet on the web's ports alone.
type Policy struct {
	Allow    []netip.Prefix // private networks an operator has named for this door
	Ports    []uint16       // for HTTP besides 80, 443, 8080, 8443, together with Allow; for Dial the only ones
	Total    time.Duration  // for a whole exchange; default 10 s
	Header   time.Duration  // until the first byte; default 5 s
	MaxBody  int64          // decoded bytes; default 32 MiB
	Resolver *net.Resolver  // for tests
	Local    netip.Addr     // source address; zero: the system's choice
	Own      []string       // what is told to the host called alone: no redirect takes it to another in its address
	Jar      http.CookieJar // keeps what hosts set, each host's to itself; nil: no cookie is kept
}

// Refusals of the door.
var (
	ErrAddress  = errors.New("egress: this address is not called")
	ErrPort     = errors.New("egress: this port is not called")
	ErrScheme   = errors.New("egress: only http and https are called, at addresses of moderate length")
	ErrRedirect = errors.New("egress: redirect refused")
	ErrBody     = errors.New("egress: the answer is too long")
	ErrEncoding = errors.New("egress: the answer is packed in a way that is not unpacked here")
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
		CheckRedirect: d.redirect,
		Jar:           p.Jar,
	}
	return d
}

// Do sends a request. The body of the answer is decompressed once and ends with
// ErrBody when it is longer than the policy allows.
func (d *Door) Do(r *http.Request) (*http.Response, error) {
	if !callable(r.URL) {
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

// maxURL is the longest address that is called, in bytes.
const maxURL = 8 << 10

func callable(u *url.URL) bool {
	return (u.Scheme == "http" || u.Scheme == "https") && u.Host != "" && len(u.String()) <= maxURL
}

// CloseIdle lets go of kept connections.
func (d *Door) CloseIdle() { d.client.CloseIdleConnections() }

// blind takes the address out of an error: it may hold a password.
func blind(err error) error {
	var u *url.Error
	if errors.As(err, &u) {
		return u.Err
	}
	return err
}

// unwrap takes off one layer of gzip and bounds what is read. What is packed
// twice, or otherwise, is refused: nobody asked for it.
func (d *Door) unwrap(res *http.Response) error {
	body := res.Body
	packing := strings.ToLower(strings.Join(res.Header.Values("Content-Encoding"), ","))
	switch {
	case bodiless(res):
		return nil
	case packing == "" || packing == "identity":
		res.Body = bounded{body, body, &left{d.policy.MaxBody}}
		return nil
	case packing != "gzip" && packing != "x-gzip":
		return ErrEncoding
	}
	unzipped, err := gzip.NewReader(io.LimitReader(body, d.policy.MaxBody))
	if err != nil {
		return fmt.Errorf("egress: gzip: %w", err)
	}
	res.Header.Del("Content-Encoding")
	res.Header.Del("Content-Length")
	res.ContentLength = -1
	res.Body = bounded{unzipped, body, &left{d.policy.MaxBody}}
	return nil
}

// bodiless says whether nothing follows the header. It may still speak of the
// packing of what was sent before.
func bodiless(res *http.Response) bool {
	return res.ContentLength == 0 || res.StatusCode == http.StatusNotModified || res.StatusCode == http.StatusNoContent ||
		res.Request.Method == http.MethodHead
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

// redirect follows a few, never from https down. Once a redirect has left the
// host that was called, nothing that host was told goes along any more: not the
// headers of the request but the harmless ones, and no body.
func (d *Door) redirect(next *http.Request, via []*http.Request) error {
	from := via[len(via)-1]
	switch {
	case len(via) > maxRedirects:
		return fmt.Errorf("%w: more than %d", ErrRedirect, maxRedirects)
	case !callable(next.URL):
		return ErrScheme
	case from.URL.Scheme == "https" && next.URL.Scheme == "http":
		return fmt.Errorf("%w: from https to http", ErrRedirect)
	case !astray(next, via):
		return nil
	case next.Method != http.MethodGet && next.Method != http.MethodHead:
		return fmt.Errorf("%w: with a body, to another host", ErrRedirect)
	case d.tells(next.URL):
		return fmt.Errorf("%w: with what is ours, to another host", ErrRedirect)
	}
	next.URL.User = nil
	for name := range next.Header {
		if !harmless(name) {
			next.Header.Del(name)
		}
	}
	return nil
}

// tells says whether an address holds what is told to the host called alone.
func (d *Door) tells(u *url.URL) bool {
	address := u.String()
	plain, _ := url.QueryUnescape(address) // empty when it is no query
	return slices.ContainsFunc(d.policy.Own, func(own string) bool { return strings.Contains(address, own) || strings.Contains(plain, own) })
}

// astray says whether the way has ever left the host that was called.
func astray(next *http.Request, via []*http.Request) bool {
	home := via[0].URL.Host
	for _, r := range via {
		if r.URL.Host != home {
			return true
		}
	}
	return next.URL.Host != home
}

// harmless says whether a header tells a stranger nothing.
func harmless(name string) bool {
	switch name {
	case "Accept", "Accept-Encoding", "Accept-Language", "User-Agent", "If-None-Match", "If-Modified-Since":
		return true
	default:
		return false
	}
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
	if named := d.named(addr); named || public(addr) {
		return d.port(to.Port(), named)
	}
	return ErrAddress
}

// named says whether the operator has named the network of an address.
func (d *Door) named(addr netip.Addr) bool {
	return slices.ContainsFunc(d.policy.Allow, func(p netip.Prefix) bool { return p.Contains(addr) })
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
