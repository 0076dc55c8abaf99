package egress

import (
	"context"
	"fmt"
	"net"
	"net/netip"
	"slices"
	"strings"
	"syscall"
)

// Dial opens a connection for another protocol than HTTP, on one of the ports
// that the policy names.
func (d *Door) Dial(ctx context.Context, address string) (net.Conn, error) {
	return d.line(ctx, address, func(port uint16) bool { return slices.Contains(d.policy.Ports, port) })
}

// lowest is the first port that belongs to nobody's well-known service.
const lowest = 1024

// Beside opens a second connection to the very host that another one leads to,
// whatever host a server names: some protocols carry files apart from commands.
func (d *Door) Beside(ctx context.Context, first net.Conn, port uint16) (net.Conn, error) {
	to, ok := first.RemoteAddr().(*net.TCPAddr)
	if !ok {
		return nil, ErrAddress
	}
	address := netip.AddrPortFrom(to.AddrPort().Addr().Unmap(), port).String()
	return d.line(ctx, address, func(port uint16) bool { return port >= lowest })
}

// line dials where both the numeric address and the port are allowed.
func (d *Door) line(ctx context.Context, address string, allowed func(uint16) bool) (net.Conn, error) {
	dialer := &net.Dialer{Timeout: d.policy.Header, Resolver: d.policy.Resolver,
		ControlContext: func(_ context.Context, network, address string, _ syscall.RawConn) error {
			to, err := netip.ParseAddrPort(address)
			if err != nil || !strings.HasPrefix(network, "tcp") || to.Addr().Zone() != "" || !d.named(to.Addr()) && !public(to.Addr()) {
				return ErrAddress
			}
			if !allowed(to.Port()) {
				return ErrPort
			}
			return nil
		}}
	if d.policy.Local.IsValid() {
		dialer.LocalAddr = net.TCPAddrFromAddrPort(netip.AddrPortFrom(d.policy.Local, 0))
	}
	conn, err := dialer.DialContext(ctx, "tcp", address)
	if err != nil {
		return nil, fmt.Errorf("egress: %w", err)
	}
	return conn, nil
}
