package mostread

import (
	"encoding/binary"
	"net/netip"

	"github.com/dchest/siphash"

	"github.com/rotatif/newsroom"
)

// keys are the day's secret, ready for SipHash-2-4 (Aumasson, Bernstein 2012).
type keys struct{ k0, k1 uint64 }

func keysOf(salt [16]byte) keys {
	return keys{binary.LittleEndian.Uint64(salt[:8]), binary.LittleEndian.Uint64(salt[8:])}
}

// Household is the address that stands for one household: a whole IPv4
// address, but only the /64 of an IPv6 one, since its owner has all of that.
func Household(a netip.Addr) netip.Addr { return cut(a, 32, 64) }

// Network is the block of addresses that one machine park shares: /24 or /48.
func Network(a netip.Addr) netip.Addr { return cut(a, 24, 48) }

func cut(a netip.Addr, bits4, bits6 int) netip.Addr {
	a = a.Unmap().WithZone("")
	bits := bits6
	if a.Is4() {
		bits = bits4
	}
	p, err := a.Prefix(bits)
	if err != nil {
		return netip.Addr{}
	}
	return p.Addr()
}

// What a fingerprint is of stands at its beginning, so that one of a kind is
// never one of another kind.
const (
	ofReader = iota
	ofHome
	ofNetwork
)

// print is the keyed fingerprint of an address, and of what else is told of
// the reader.
func (k keys) print(kind byte, story newsroom.StoryID, addr netip.Addr, agent string) uint64 {
	buf := append(make([]byte, 0, 288), kind)
	buf = binary.LittleEndian.AppendUint64(buf, uint64(story))
	raw := addr.As16()
	buf = append(buf, raw[:]...)
	return siphash.Hash(k.k0, k.k1, append(buf, agent...)) // the agent is last and alone has no fixed length
}

// record is what the log keeps of a visit.
func (k keys) record(v Visit) Record {
	home := Household(v.Addr)
	return Record{
		At: newsroom.Micro(v.At), Story: v.Story,
		Reader: k.print(ofReader, v.Story, home, v.Agent),
		Home:   uint32(k.print(ofHome, v.Story, home, "")),
		Net:    uint32(k.print(ofNetwork, 0, Network(v.Addr), "")),
	}
}
