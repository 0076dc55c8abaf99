package demo

import (
	"context"
	"fmt"
	"hash/fnv"
	"io"
	"log/slog"
	"math/rand/v2"
	"net/http"
	"net/netip"
	"regexp"
	"runtime"
	"strings"
	"sync"
	"time"
)

// Caller sends requests; an egress door is one.
type Caller interface {
	// Do sends one request.
	Do(r *http.Request) (*http.Response, error)
	// CloseIdle lets go of kept connections.
	CloseIdle()
}

// Readers are people who visit the site: each comes from an address of its
// own, opens the front, picks a story, stays, and says so as a browser does.
type Readers struct {
	Site  string // the site's address
	Count int    // how many read at a time
	Dwell time.Duration
	From  func(netip.Addr) Caller // a caller with this source address
	Log   *slog.Logger
}

// Run lets them read until the context ends.
func (r Readers) Run(ctx context.Context) {
	var wg sync.WaitGroup
	for i := range r.Count {
		wg.Add(1)
		go func() {
			defer wg.Done()
			r.one(ctx, rand.New(rand.NewPCG(uint64(i), uint64(time.Now().UnixNano()))))
		}()
	}
	wg.Wait()
}

// one reader after the other sits in one chair.
func (r Readers) one(ctx context.Context, dice *rand.Rand) {
	for rest(ctx, time.Duration(dice.IntN(4000))*time.Millisecond) {
		if err := r.visit(ctx, dice); err != nil && ctx.Err() == nil {
			r.Log.Debug("simulated reader", "error", err)
		}
	}
}

// rest waits and says whether to go on.
func rest(ctx context.Context, d time.Duration) bool {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
		return false
	case <-t.C:
		return true
	}
}

var storyLink = regexp.MustCompile(`href="(?:https?://[^/"]+)?(/[a-z0-9-]+/[a-z0-9-]+-([0-9]+))"`)

func (r Readers) visit(ctx context.Context, dice *rand.Rand) error {
	p := person{caller: r.From(address(dice)), agent: agent(dice), site: r.Site}
	defer p.caller.CloseIdle()
	front, err := p.send(ctx, http.MethodGet, "/", "")
	if err != nil {
		return err
	}
	path, id := choose(storyLink.FindAllStringSubmatch(front, -1), dice)
	if path == "" {
		return nil
	}
	if _, err := p.send(ctx, http.MethodGet, path, ""); err != nil {
		return err
	}
	view := fmt.Sprintf("%x", dice.Uint64())
	token, err := p.send(ctx, http.MethodPost, "/b", fmt.Sprintf("o %s %s -", id, view))
	if err != nil || token == "" {
		return err
	}
	if !rest(ctx, r.Dwell+time.Duration(200+dice.IntN(3000))*time.Millisecond) {
		return nil
	}
	_, err = p.send(ctx, http.MethodPost, "/b", fmt.Sprintf("r %s %s %s", id, view, token))
	return err
}

// address is one of the loopback's sixteen million. Only Linux has them all
// without being told to; elsewhere readers differ by their browsers alone.
func address(dice *rand.Rand) netip.Addr {
	if runtime.GOOS != "linux" {
		return netip.AddrFrom4([4]byte{127, 0, 0, 1})
	}
	return netip.AddrFrom4([4]byte{127, byte(1 + dice.IntN(250)), byte(dice.IntN(256)), byte(1 + dice.IntN(250))})
}

// agent is a browser's name.
func agent(dice *rand.Rand) string {
	version := 138 + dice.IntN(8)
	switch dice.IntN(3) {
	case 0:
		return fmt.Sprintf("Mozilla/5.0 (Linux; Android 14; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/%d.0.0.0 Mobile Safari/537.36", version)
	case 1:
		return fmt.Sprintf("Mozilla/5.0 (iPhone; CPU iPhone OS 18_%d like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1", version%8)
	default:
		return fmt.Sprintf("Mozilla/5.0 (X11; Linux x86_64; rv:%d.0) Gecko/20100101 Firefox/%d.0", version, version)
	}
}

// choose picks a story: what stands high is picked more often, and some
// stories are simply liked.
func choose(links [][]string, dice *rand.Rand) (path, id string) {
	weights, total := make([]float64, len(links)), 0.0
	for i, link := range links {
		liking := fnv.New32a()
		_, _ = liking.Write([]byte(link[2])) // a hash does not fail
		weights[i] = (1 + float64(liking.Sum32()%7)) / (3 + float64(i))
		total += weights[i]
	}
	mark := dice.Float64() * total
	for i, w := range weights {
		if mark -= w; mark <= 0 {
			return links[i][1], links[i][2]
		}
	}
	return "", ""
}

// person is one reader's browser.
type person struct {
	caller Caller
	agent  string
	site   string
}

// maxPage bounds what a reader reads.
const maxPage = 2 << 20

func (p person) send(ctx context.Context, method, path, body string) (string, error) {
	req, err := http.NewRequestWithContext(ctx, method, p.site+path, strings.NewReader(body))
	if err != nil {
		return "", fmt.Errorf("demo: reader: %w", err)
	}
	if method == http.MethodGet {
		req.Body, req.ContentLength = http.NoBody, 0
	}
	req.Header.Set("User-Agent", p.agent)
	req.Header.Set("Sec-Fetch-Site", "same-origin")
	res, err := p.caller.Do(req)
	if err != nil {
		return "", fmt.Errorf("demo: reader: %w", err)
	}
	defer func() { _ = res.Body.Close() }() // it has been read
	raw, err := io.ReadAll(io.LimitReader(res.Body, maxPage))
	if err != nil {
		return "", fmt.Errorf("demo: reader: %w", err)
	}
	if res.StatusCode >= 400 {
		return "", fmt.Errorf("demo: reader: %s %s: status %d", method, path, res.StatusCode)
	}
	return string(raw), nil
}
