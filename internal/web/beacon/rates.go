package beacon

import (
	"hash/maphash"
	"math/bits"
	"net/netip"
	"sync"
	"time"

	"github.com/maypok86/otter/v2"
	"golang.org/x/time/rate"

	"github.com/rotatif/newsroom/internal/mostread"
)

// What an address may say: beacons a second, and at once. A shared address is
// many readers behind one operator's gate and may say more.
const (
	homeRate, homeBurst       = 2, 60
	sharedRate, sharedBurst   = 20, 600
	networkRate, networkBurst = 50, 1000
)

// How many households and networks are remembered. A flood of addresses pushes
// out the least used ones; it costs no more memory.
const (
	maxHomes    = 100_000
	maxNetworks = 20_000
)

// rates limits what households and networks say.
type rates struct {
	homes    *otter.Cache[netip.Addr, *gate]
	networks *otter.Cache[netip.Addr, *rate.Limiter]
	seed     maphash.Seed
}

func newRates() *rates {
	return &rates{
		seed:     maphash.MakeSeed(),
		homes:    otter.Must(&otter.Options[netip.Addr, *gate]{MaximumSize: maxHomes}),
		networks: otter.Must(&otter.Options[netip.Addr, *rate.Limiter]{MaximumSize: maxNetworks}),
	}
}

func (r *rates) allow(addr netip.Addr, agent string, now time.Time) bool {
	home, network := mostread.Household(addr), mostread.Network(addr)
	g := remember(r.homes, home, func() *gate { return &gate{limit: rate.NewLimiter(homeRate, homeBurst)} })
	if !g.allow(maphash.String(r.seed, agent), now) {
		return false
	}
	l := remember(r.networks, network, func() *rate.Limiter { return rate.NewLimiter(networkRate, networkBurst) })
	return l.AllowN(now, 1)
}

func remember[V any](cache *otter.Cache[netip.Addr, V], key netip.Addr, fresh func() V) V {
	if v, ok := cache.GetIfPresent(key); ok {
		return v
	}
	v, _ := cache.SetIfAbsent(key, fresh())
	return v
}

// gate is one household's limit. Each of 64 bits stands for some browsers;
// eleven of them are set by about twelve, which no household has.
type gate struct {
	mu     sync.Mutex
	limit  *rate.Limiter
	agents uint64
	day    int64
}

const sharedBits = 11

func (g *gate) allow(agent uint64, now time.Time) bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	if day := now.Unix() / 86400; day != g.day { // browsers are renewed; they are counted anew each day
		g.day, g.agents = day, 0
		g.limit.SetLimitAt(now, homeRate)
		g.limit.SetBurstAt(now, homeBurst)
	}
	g.agents |= 1 << (agent % 64)
	if bits.OnesCount64(g.agents) == sharedBits && g.limit.Burst() == homeBurst {
		g.limit.SetLimitAt(now, sharedRate)
		g.limit.SetBurstAt(now, sharedBurst)
	}
	return g.limit.AllowN(now, 1)
}
