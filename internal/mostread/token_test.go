package mostread_test

import (
	"net/netip"
	"testing"
	"time"

	"github.com/rotatif/newsroom"
	"github.com/rotatif/newsroom/internal/mostread"
)

func TestATokenIsForOnePageViewAndItsTime(t *testing.T) {
	t.Parallel()
	here := netip.MustParseAddr("198.51.100.7")
	for _, c := range []struct {
		name  string
		story newsroom.StoryID
		view  uint64
		addr  string
		after time.Duration
		ok    bool
	}{
		{"read", 1, 7, "198.51.100.7", 5 * time.Second, true},
		{"read by a neighbour of the network, as with carriers", 1, 7, "198.51.100.200", 5 * time.Second, true},
		{"read hours later", 1, 7, "198.51.100.7", 6 * time.Hour, true},
		{"the address in its IPv6 form", 1, 7, "::ffff:198.51.100.7", time.Minute, true},
		{"too soon", 1, 7, "198.51.100.7", 4999 * time.Millisecond, false},
		{"before it was given", 1, 7, "198.51.100.7", -time.Hour, false},
		{"too late", 1, 7, "198.51.100.7", 6*time.Hour + time.Second, false},
		{"another story", 2, 7, "198.51.100.7", time.Minute, false},
		{"another view", 1, 8, "198.51.100.7", time.Minute, false},
		{"another network", 1, 7, "198.51.101.7", time.Minute, false},
		{"story and view changed about", 7, 1, "198.51.100.7", time.Minute, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			r := open(t, mostread.Options{})
			token := r.counter.Open(1, 7, here)
			r.clock.Move(c.after)
			if ok := r.counter.Check(token, c.story, c.view, netip.MustParseAddr(c.addr)); ok != c.ok {
				t.Errorf("%t, want %t", ok, c.ok)
			}
		})
	}
}

func TestATokenOutlivesARestartButNotItsLog(t *testing.T) {
	t.Parallel()
	r, other := open(t, mostread.Options{}), open(t, mostread.Options{})
	addr := netip.MustParseAddr("2001:db8:1:2::3")
	token := r.counter.Open(1, 7, addr)
	r.clock.Move(time.Minute)
	other.clock.Move(time.Minute)
	r.restart()
	if !r.counter.Check(token, 1, 7, netip.MustParseAddr("2001:db8:1:9::")) {
		t.Error("it is worthless after a restart")
	}
	if other.counter.Check(token, 1, 7, addr) {
		t.Error("another house takes it")
	}
}

func FuzzToken(f *testing.F) {
	r := open(f, mostread.Options{})
	addr := netip.MustParseAddr("198.51.100.7")
	given := r.counter.Open(1, 7, addr)
	r.clock.Move(time.Minute)
	f.Add(given)
	f.Add("")
	f.Add(given + "\n")
	f.Fuzz(func(t *testing.T, token string) {
		if r.counter.Check(token, 1, 7, addr) && token != given {
			t.Errorf("%q is taken for %q", token, given)
		}
	})
}
