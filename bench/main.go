// Command bench measures what the project claims, on the machine it runs on:
// a cached story page against nginx serving the same bytes, durable read
// beacons, the way of a dispatch from a folder to the list and of a story from
// the editor's click to the reader. Only ratios of one run mean anything.
//
// Usage: bench -rotatif bin/rotatif [-seconds 5]. It needs wrk and nginx.
//
// Knows: the program from outside and from inside. Never imports: nothing is hidden from it, and nothing imports it.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"sort"
	"time"
)

func main() {
	rotatif := flag.String("rotatif", "bin/rotatif", "the program")
	seconds := flag.Int("seconds", 5, "length of each load, in seconds")
	flag.Parse()
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Minute)
	defer cancel()
	for _, part := range []func() error{
		func() error { return pages(ctx, *rotatif, *seconds) },
		func() error { return latencies(ctx) },
		func() error { return stream(ctx) },
		func() error { return beacons(ctx) },
		func() error { return wireRoom(ctx) },
	} {
		if err := part(); err != nil {
			fmt.Fprintln(os.Stderr, "bench:", err)
			os.Exit(1)
		}
	}
}

// spread prints the middle and the ends of some durations.
func spread(what string, all []time.Duration) {
	sort.Slice(all, func(i, j int) bool { return all[i] < all[j] })
	at := func(q float64) time.Duration { return all[int(q*float64(len(all)-1))].Round(100 * time.Microsecond) }
	fmt.Printf("%-44s n=%-4d p50=%-9s p99=%-9s max=%s\n", what, len(all), at(0.5), at(0.99), at(1))
}
