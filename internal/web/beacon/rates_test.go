package beacon

import (
	"net/netip"
	"testing"
	"time"
)

// However many addresses come, a bounded number is remembered.
func TestAFloodOfAddressesIsForgotten(t *testing.T) {
	t.Parallel()
	r, now := newRates(), time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)
	for i := range maxHomes + 50_000 {
		addr := netip.AddrFrom16([16]byte{0x20, 1, byte(i >> 16), byte(i >> 8), byte(i), byte(i >> 4)})
		r.allow(addr, "browser", now)
	}
	r.homes.CleanUp()
	r.networks.CleanUp()
	if homes, networks := r.homes.EstimatedSize(), r.networks.EstimatedSize(); homes > maxHomes || networks > maxNetworks {
		t.Errorf("%d households and %d networks are remembered", homes, networks)
	}
}

func TestVersions(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		agent, word string
		want        int
	}{
		{"chrome/140.0", "chrome/", 140},
		{"chrome/76", "chrome/", 76},
		{"chrome/", "chrome/", 0},
		{"firefox/9", "chrome/", 0},
		{"chrome/99999999999999999999", "chrome/", 0},
		{"chrome/-1", "chrome/", 0},
	} {
		if have := version(c.agent, c.word); have != c.want {
			t.Errorf("%s is version %d, want %d", c.agent, have, c.want)
		}
	}
}
