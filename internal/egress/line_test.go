package egress

import (
	"context"
	"errors"
	"net"
	"net/netip"
	"testing"
)

// canary listens on the loopback and tells how often somebody came.
func canary(t *testing.T) (port uint16, came <-chan struct{}) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	visits := make(chan struct{}, 100)
	go func() { // ends with the listener
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			visits <- struct{}{}
			_ = c.Close()
		}
	}()
	return netip.MustParseAddrPort(l.Addr().String()).Port(), visits
}

func loopback() []netip.Prefix { return []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")} }

// at is an address of this machine.
func at(port uint16) string {
	return netip.AddrPortFrom(netip.MustParseAddr("127.0.0.1"), port).String()
}

// Neither the loopback nor a cloud's metadata is reached unless the operator named it.
func TestLinesLeadOutsideAlone(t *testing.T) {
	t.Parallel()
	port, came := canary(t)
	d := New(Policy{Ports: []uint16{port, 21}})
	for _, address := range []string{at(port), "169.254.169.254:21", "[::1]:21", "[::ffff:127.0.0.1]:21", "10.0.0.1:21", "168.63.129.16:21", "0.0.0.0:21", "[fe80::1%lo]:21"} {
		if c, err := d.Dial(t.Context(), address); !errors.Is(err, ErrAddress) {
			t.Errorf("%s: %v %v", address, c, err)
		}
	}
	n := names{answer: func(string) []netip.Addr { return []netip.Addr{netip.MustParseAddr("127.0.0.1")} }}
	d = New(Policy{Ports: []uint16{21}, Resolver: n.resolver()})
	if _, err := d.Dial(t.Context(), "ftp.example:21"); !errors.Is(err, ErrAddress) {
		t.Errorf("a name that leads inside: %v", err)
	}
	if len(came) != 0 {
		t.Error("somebody came")
	}
}

func TestLinesGoToNamedPorts(t *testing.T) {
	t.Parallel()
	port, came := canary(t)
	d := New(Policy{Allow: loopback(), Ports: []uint16{port}})
	c, err := d.Dial(t.Context(), at(port))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = c.Close() }()
	<-came
	if _, err := d.Dial(t.Context(), at(8080)); !errors.Is(err, ErrPort) {
		t.Errorf("a port of the web: %v", err)
	}
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := d.Dial(ended, at(port)); !errors.Is(err, context.Canceled) {
		t.Errorf("after the end: %v", err)
	}
}

func TestBeside(t *testing.T) {
	t.Parallel()
	first, _ := canary(t)
	second, came := canary(t)
	d := New(Policy{Allow: loopback(), Ports: []uint16{first}})
	c, err := d.Dial(t.Context(), at(first))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = c.Close() }()
	data, err := d.Beside(t.Context(), c, second)
	if err != nil {
		t.Fatal(err)
	}
	<-came
	_ = data.Close()
	if _, err := d.Beside(t.Context(), c, 25); !errors.Is(err, ErrPort) {
		t.Errorf("a service's port: %v", err)
	}
	if _, err := New(Policy{}).Beside(t.Context(), c, second); !errors.Is(err, ErrAddress) {
		t.Errorf("beside a host that is not called: %v", err)
	}
}
