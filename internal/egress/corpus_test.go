package egress

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"net"
	"net/http"
	"net/netip"
	"os"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"

	"golang.org/x/net/dns/dnsmessage"
)

// names is a name server that answers as it is told, inside this process.
type names struct {
	answer func(host string) []netip.Addr
}

// resolver asks the name server and nobody else.
func (n names) resolver() *net.Resolver {
	return &net.Resolver{PreferGo: true, Dial: func(context.Context, string, string) (net.Conn, error) {
		ours, theirs := net.Pipe()
		go n.serve(ours) // ends with the connection
		return theirs, nil
	}}
}

// serve speaks DNS as over TCP: every message behind its length.
func (n names) serve(c net.Conn) {
	defer func() { _ = c.Close() }()
	for in := bufio.NewReader(c); ; {
		hi, err := in.ReadByte()
		if err != nil {
			return
		}
		lo, err := in.ReadByte()
		if err != nil {
			return
		}
		raw := make([]byte, int(hi)<<8|int(lo))
		for i := range raw {
			if raw[i], err = in.ReadByte(); err != nil {
				return
			}
		}
		out := n.reply(raw)
		if _, err := c.Write(append([]byte{byte(len(out) >> 8), byte(len(out))}, out...)); err != nil {
			return
		}
	}
}

func (n names) reply(raw []byte) []byte {
	var m dnsmessage.Message
	if err := m.Unpack(raw); err != nil || len(m.Questions) != 1 {
		return nil
	}
	q := m.Questions[0]
	m.Response, m.Additionals = true, nil
	for _, addr := range n.answer(strings.TrimSuffix(q.Name.String(), ".")) {
		head := dnsmessage.ResourceHeader{Name: q.Name, Type: q.Type, Class: q.Class}
		switch {
		case addr.Is4() && q.Type == dnsmessage.TypeA:
			m.Answers = append(m.Answers, dnsmessage.Resource{Header: head, Body: &dnsmessage.AResource{A: addr.As4()}})
		case addr.Is6() && q.Type == dnsmessage.TypeAAAA:
			m.Answers = append(m.Answers, dnsmessage.Resource{Header: head, Body: &dnsmessage.AAAAResource{AAAA: addr.As16()}})
		}
	}
	if len(m.Answers) == 0 {
		m.RCode = dnsmessage.RCodeNameError
	}
	out, err := m.Pack()
	if err != nil {
		return nil
	}
	return out
}

// errWouldConnect stands where a connection would have been made.
var errWouldConnect = errors.New("this address would have been called")

// watched is a door that judges as it always does, and then calls nobody.
func watched(n names) (d *Door, called func() []netip.AddrPort) {
	d = New(Policy{})
	var mu sync.Mutex
	var list []netip.AddrPort
	dialer := &net.Dialer{Resolver: n.resolver(), ControlContext: func(ctx context.Context, network, address string, c syscall.RawConn) error {
		if err := d.control(ctx, network, address, c); err != nil {
			return err
		}
		mu.Lock()
		defer mu.Unlock()
		list = append(list, netip.MustParseAddrPort(address))
		return errWouldConnect
	}}
	transport, ok := d.client.Transport.(*http.Transport)
	if !ok {
		panic("the door has another transport")
	}
	transport.DialContext = dialer.DialContext
	return d, func() []netip.AddrPort {
		mu.Lock()
		defer mu.Unlock()
		out := list
		list = nil
		return out
	}
}

// publicNames are the names of the collection that lead outside; all others lead in.
func publicNames(host string) []netip.Addr {
	for _, name := range []string{"ok.example", "example.com", "reuters.com"} {
		if host == name || strings.HasSuffix(host, "."+name) {
			return []netip.Addr{netip.MustParseAddr("8.8.4.4")}
		}
	}
	return []netip.Addr{netip.MustParseAddr("127.0.0.1"), netip.MustParseAddr("::1")}
}

type ssrfCase struct {
	ID, Class, Expect, URL, Why string
}

func ssrfCases(t *testing.T) []ssrfCase {
	t.Helper()
	f, err := os.Open("../../../shared/data/corpora/urls/ssrf.jsonl")
	if err != nil {
		t.Skip("the shared collection of addresses is not here")
	}
	defer func() { _ = f.Close() }()
	all := []ssrfCase{}
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var c ssrfCase
		if err := json.Unmarshal(lines.Bytes(), &c); err != nil {
			t.Fatal(err)
		}
		if c.URL != "" {
			all = append(all, c)
		}
	}
	return all
}

// Nothing that must not be called is, and nothing public is kept from being called.
func TestAddressesOfTheCollection(t *testing.T) {
	t.Parallel()
	allowed, denied := 0, 0
	for _, c := range ssrfCases(t) {
		d, called := watched(names{publicNames})
		r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, c.URL, nil)
		if err == nil {
			_, err = d.Do(r) //nolint:bodyclose // nothing is ever connected
		}
		to := called()
		switch {
		case err == nil:
			t.Errorf("%s %q (%s): answered", c.ID, c.URL, c.Why)
		case c.Expect == "allow" && !errors.Is(err, errWouldConnect):
			t.Errorf("%s %q (%s): kept from being called: %v", c.ID, c.URL, c.Why, err)
		case c.Expect == "deny" && len(to) > 0:
			t.Errorf("%s %q (%s): would have called %v", c.ID, c.URL, c.Why, to)
		}
		for _, addr := range to {
			if !public(addr.Addr()) {
				t.Errorf("%s %q: would have called %v", c.ID, c.URL, addr)
			}
		}
		if c.Expect == "allow" {
			allowed++
		} else {
			denied++
		}
	}
	t.Logf("%d allowed, %d denied", allowed, denied)
}

// A name that answers differently every time, and with good and bad together,
// never leads in.
func TestRebinding(t *testing.T) {
	t.Parallel()
	var n atomic.Int64
	bad := []netip.Addr{netip.MustParseAddr("127.0.0.1"), netip.MustParseAddr("::1"), netip.MustParseAddr("169.254.169.254"), netip.MustParseAddr("fd00:ec2::254")}
	good := netip.MustParseAddr("8.8.4.4")
	d, called := watched(names{func(string) []netip.Addr {
		i := int(n.Add(1))
		switch i % 3 {
		case 0:
			return []netip.Addr{good}
		case 1:
			return []netip.Addr{bad[i%len(bad)]}
		default:
			return []netip.Addr{bad[i%len(bad)], good, bad[(i+1)%len(bad)]}
		}
	}})
	outside := 0
	for range 1000 {
		r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, "http://flip.test/", nil)
		if err != nil {
			t.Fatal(err)
		}
		if _, err = d.Do(r); err == nil { //nolint:bodyclose // nothing is ever connected
			t.Fatal("answered")
		}
		for _, to := range called() {
			outside++
			if to.Addr() != good {
				t.Fatalf("would have called %v", to)
			}
		}
	}
	if outside == 0 {
		t.Error("the good address was never called: the name server did not work")
	}
}
