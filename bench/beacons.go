package main

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"os"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/rotatif/newsroom/internal/app"
)

// The load: so many readers, each from an address and a network of its own,
// each reading so many stories, so many of them at a time.
const (
	readers   = 2000
	stories   = 10
	atOnce    = 256
	browser   = "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0"
	dwellTime = 1200 * time.Millisecond
)

// beacons measures durable reads: client and server share the machine.
func beacons(ctx context.Context) error {
	dir, err := os.MkdirTemp("", "rotatif-bench-")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(dir) }()
	house, err := openHouse(ctx, dir)
	if err != nil {
		return err
	}
	defer func() { _ = house.Close() }()
	time.Sleep(300 * time.Millisecond)
	ids, err := someStories(ctx, house, dir)
	if err != nil {
		return err
	}
	crowd := make([]reader, readers)
	if err := all(crowd, func(i int, r *reader) error { return r.open(house.SiteURL(), ids, i) }); err != nil {
		return err
	}
	time.Sleep(dwellTime)
	var done atomic.Int64
	took := make([][]time.Duration, readers)
	begun := time.Now()
	if err := all(crowd, func(i int, r *reader) error { return r.read(house.SiteURL(), ids, &done, &took[i]) }); err != nil {
		return err
	}
	span := time.Since(begun)
	fmt.Printf("durable read beacons, client on the same cores: %.0f/s (%d in %s)\n", float64(done.Load())/span.Seconds(), done.Load(), span.Round(time.Millisecond))
	flat := []time.Duration{}
	for _, t := range took {
		flat = append(flat, t...)
	}
	spread("beacon → acknowledged", flat)
	return nil
}

func someStories(ctx context.Context, house *app.App, dir string) ([]string, error) {
	ids := []string{}
	for i := range stories {
		if _, err := arrive(ctx, house, dir, i); err != nil {
			return nil, err
		}
		if _, err := publish(ctx, house, i); err != nil {
			return nil, err
		}
		ids = append(ids, fmt.Sprint(i+1))
	}
	return ids, nil
}

// all lets everybody do something, some at a time.
func all(crowd []reader, do func(int, *reader) error) error {
	var wg sync.WaitGroup
	gate := make(chan struct{}, atOnce)
	var first atomic.Pointer[error]
	for i := range crowd {
		gate <- struct{}{}
		wg.Add(1)
		go func() {
			defer wg.Done()
			defer func() { <-gate }()
			if err := do(i, &crowd[i]); err != nil {
				first.CompareAndSwap(nil, &err)
			}
		}()
	}
	wg.Wait()
	if err := first.Load(); err != nil {
		return *err
	}
	return nil
}

// reader is one reader with a connection of their own.
type reader struct {
	client *http.Client
	tokens []string
}

func (r *reader) open(site string, ids []string, i int) error {
	local := netip.AddrFrom4([4]byte{127, byte(1 + i/250), byte(1 + i%250), 7})
	dialer := &net.Dialer{LocalAddr: net.TCPAddrFromAddrPort(netip.AddrPortFrom(local, 0))}
	r.client = &http.Client{Transport: &http.Transport{DialContext: dialer.DialContext}}
	for _, id := range ids {
		token, status, err := r.say(site, "o "+id+" ab12 -")
		if err != nil || status != http.StatusOK {
			return fmt.Errorf("open: status %d: %w", status, err)
		}
		r.tokens = append(r.tokens, token)
	}
	return nil
}

func (r *reader) read(site string, ids []string, done *atomic.Int64, took *[]time.Duration) error {
	for i, id := range ids {
		begun := time.Now()
		_, status, err := r.say(site, "r "+id+" ab12 "+r.tokens[i])
		if err != nil || status != http.StatusNoContent {
			return fmt.Errorf("read: status %d: %w", status, err)
		}
		*took = append(*took, time.Since(begun))
		done.Add(1)
	}
	r.client.CloseIdleConnections()
	return nil
}

func (r *reader) say(site, what string) (string, int, error) {
	req, err := http.NewRequest(http.MethodPost, site+"/b", strings.NewReader(what))
	if err != nil {
		return "", 0, err
	}
	req.Header.Set("User-Agent", browser)
	req.Header.Set("Sec-Fetch-Site", "same-origin")
	res, err := r.client.Do(req)
	if err != nil {
		return "", 0, err
	}
	defer func() { _ = res.Body.Close() }()
	raw, err := io.ReadAll(io.LimitReader(res.Body, 1<<10))
	return string(raw), res.StatusCode, err
}
