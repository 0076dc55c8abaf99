package beacon_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/rotatif/newsroom/internal/handclock"
	"github.com/rotatif/newsroom/internal/httpgate"
	"github.com/rotatif/newsroom/internal/mostread"
	"github.com/rotatif/newsroom/internal/store/sqlite"
	"github.com/rotatif/newsroom/internal/web/beacon"
)

// BenchmarkDurableBeacons reports reads by new readers over loopback HTTP, each
// answered when it is on the disk; clients and server share the processors.
func BenchmarkDurableBeacons(b *testing.B) {
	reads, err := sqlite.OpenReads(b.Context(), filepath.Join(b.TempDir(), "reads.db"))
	if err != nil {
		b.Fatal(err)
	}
	c := handclock.At(time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC))
	counter, err := mostread.Open(b.Context(), reads, shelf{c.Now()}, c.Now, mostread.Options{})
	if err != nil {
		b.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan struct{})
	go func() { counter.Run(ctx); close(ended) }()
	proxies := []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}
	door := beacon.New(counter, func(r *http.Request) netip.Addr { return httpgate.Client(r, proxies) }, c.Now)
	server := httptest.NewServer(door)
	b.Cleanup(func() { server.Close(); stop(); <-ended; _ = reads.Close() })

	tokens := make([]string, 1<<14)
	for i := range tokens {
		tokens[i] = counter.Open(1, 1, reader(i))
	}
	c.Move(10 * time.Second)
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 1024}}
	b.SetParallelism(128)
	b.ResetTimer()
	var next atomic.Int64
	b.RunParallel(func(p *testing.PB) {
		for p.Next() {
			n := int(next.Add(1))
			if err := tell(client, server.URL, tokens[n%len(tokens)], reader(n)); err != nil {
				b.Error(err)
			}
		}
	})
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "reads/s")
	if n := door.Refused(beacon.Rate) + door.Refused(beacon.Token); n != 0 {
		b.Errorf("%d refused", n)
	}
}

// reader is the address of reader n; those with the same lower bits share a network.
func reader(n int) netip.Addr {
	return netip.AddrFrom4([4]byte{10, byte(n >> 6), byte(n), byte(n >> 14)})
}

func tell(client *http.Client, url, token string, from netip.Addr) error {
	req, err := http.NewRequest(http.MethodPost, url, strings.NewReader("r 1 1 "+token))
	if err != nil {
		return err
	}
	req.Header.Set("User-Agent", firefox)
	req.Header.Set("X-Forwarded-For", from.String())
	res, err := client.Do(req)
	if err != nil {
		return err
	}
	if err := res.Body.Close(); err != nil || res.StatusCode != http.StatusNoContent {
		return fmt.Errorf("status %d (%w)", res.StatusCode, err)
	}
	return nil
}
