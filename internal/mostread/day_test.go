package mostread

import (
	"net/netip"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func addr(s string) netip.Addr { return netip.MustParseAddr(s) }

func TestReadingDay(t *testing.T) {
	t.Parallel()
	zone := istanbul(t)
	for _, c := range []struct{ at, day string }{
		{"2026-11-23T03:59:59+03:00", "2026-11-22"},
		{"2026-11-23T04:00:00+03:00", "2026-11-23"},
		{"2026-11-24T03:59:59+03:00", "2026-11-23"},
		{"2026-01-01T00:00:00+03:00", "2025-12-31"},
	} {
		at, err := time.Parse(time.RFC3339, c.at)
		if err != nil {
			t.Fatal(err)
		}
		d := dayOf(at, zone)
		if d.name != c.day || !d.holds(at) || d.to.Sub(d.from) != 24*time.Hour {
			t.Errorf("%s is in %v, want %s", c.at, d, c.day)
		}
	}
}

func TestDaysFollowEachOther(t *testing.T) {
	t.Parallel()
	zone, err := time.LoadLocation("Europe/Berlin") // its clocks are changed
	if err != nil {
		t.Fatal(err)
	}
	rapid.Check(t, func(t *rapid.T) {
		at := time.Unix(rapid.Int64Range(0, 4e9).Draw(t, "at"), 0)
		d := dayOf(at, zone)
		if next := dayOf(d.to, zone); !d.holds(at) || !next.from.Equal(d.to) || next.name <= d.name || dayOf(d.from, zone) != d {
			t.Fatalf("%v: %v, then %v", at, d, next)
		}
	})
}

func TestAddressesAreCut(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ addr, home, network string }{
		{"198.51.100.7", "198.51.100.7", "198.51.100.0"},
		{"::ffff:198.51.100.7", "198.51.100.7", "198.51.100.0"},
		{"2001:db8:1:2:3:4:5:6", "2001:db8:1:2::", "2001:db8:1::"},
		{"fe80::1%eth0", "fe80::", "fe80::"},
	} {
		if home, net := Household(addr(c.addr)), Network(addr(c.addr)); home != addr(c.home) || net != addr(c.network) {
			t.Errorf("%s is cut to %s and %s", c.addr, home, net)
		}
	}
	if Household(netip.Addr{}).IsValid() {
		t.Error("nothing has an address")
	}
}

// A fingerprint must not tell the same reader of two stories, two days or two
// households from strangers, nor take one kind for another.
func TestFingerprintsDiffer(t *testing.T) {
	t.Parallel()
	one, other := keysOf([16]byte{1}), keysOf([16]byte{2})
	v := Visit{Story: 1, Addr: addr("198.51.100.7"), Agent: "browser"}
	base := one.record(v)
	if again := one.record(v); again != base {
		t.Fatalf("%v and %v", base, again)
	}
	story, agent, home, same := v, v, v, v
	story.Story, agent.Agent, home.Addr, same.Addr = 2, "other", addr("198.51.100.8"), addr("::ffff:198.51.100.7")
	for name, r := range map[string]Record{"story": one.record(story), "agent": one.record(agent), "home": one.record(home), "day": other.record(v)} {
		if r.Reader == base.Reader || name != "agent" && r.Home == base.Home {
			t.Errorf("another %s, the same fingerprint", name)
		}
	}
	if r := one.record(same); r != base {
		t.Error("an IPv4 address is written in two ways and is two readers")
	}
	if one.record(agent).Home != base.Home || one.record(home).Net != base.Net || one.record(story).Net != base.Net {
		t.Error("a household or a network is not recognized")
	}
}
