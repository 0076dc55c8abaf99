package egress

import "net/netip"

// special4 is the IANA registry of special IPv4 blocks, with multicast and one
// cloud's metadata address.
func special4() []string {
	return []string{
		"0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12",
		"192.0.0.0/24", "192.0.2.0/24", "192.31.196.0/24", "192.52.193.0/24", "192.88.99.0/24", "192.168.0.0/16",
		"192.175.48.0/24", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
		"168.63.129.16/32",
	}
}

// special6 are the blocks inside 2000::/3 that lead elsewhere: Teredo,
// benchmarking, ORCHID, documentation, 6to4 and protocol assignments.
func special6() []string {
	return []string{"2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20", "2620:4f:8000::/48"}
}

// public says whether an address belongs to the public internet and to
// nothing that only looks like it.
func public(addr netip.Addr) bool {
	if addr.Is4() {
		return !inAny(addr, special4())
	}
	if addr.Is4In6() || !netip.MustParsePrefix("2000::/3").Contains(addr) {
		return false
	}
	b := addr.As16()
	isatap := b[8]&0xfd == 0 && b[9] == 0 && b[10] == 0x5e && b[11] == 0xfe
	return !isatap && !inAny(addr, special6())
}

func inAny(addr netip.Addr, blocks []string) bool {
	for _, block := range blocks {
		if netip.MustParsePrefix(block).Contains(addr) {
			return true
		}
	}
	return false
}
