package app

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/rotatif/newsroom/internal/wire"
)

// planned is a file to be replayed, and when, counted from the beginning.
type planned struct {
	file string
	at   time.Duration
	err  error // why the file cannot be had
}

// longestPause bounds the pause before a delivery: an archive may hold copy of
// several years.
const longestPause = time.Minute

// ParseRate reads a rate, such as 2/s, 30/m or 100/h, as the time between two deliveries.
func ParseRate(s string) (time.Duration, error) {
	count, unit, _ := strings.Cut(strings.TrimSpace(s), "/")
	n, err := strconv.ParseFloat(count, 64)
	per := map[string]time.Duration{"": time.Second, "s": time.Second, "m": time.Minute, "h": time.Hour}[unit]
	if err != nil || !(n > 0) || per == 0 || float64(per)/n > float64(longestPause) {
		return 0, fmt.Errorf("replay: %q is no rate such as 2/s or 30/m, and not less than 1/m", s)
	}
	return time.Duration(float64(per) / n), nil
}

// found are the files to be replayed.
func (r Replay) found() []planned {
	all := []planned{}
	for _, name := range r.Files {
		for _, file := range under(name) {
			all = append(all, planned{file: file.path, err: file.err})
		}
	}
	return all
}

// plan says when each file comes. look gives the time at which a file was sent.
func (r Replay) plan(all []planned, look func(path string) time.Time) []planned {
	for i := range all {
		all[i].at = time.Duration(i) * r.Between
	}
	if r.Original {
		r.asSent(all, look)
	}
	if r.Twice {
		all = twice(all, r.Between)
	}
	if r.Shuffle != nil {
		shuffle(all, *r.Shuffle)
	}
	return all
}

// asSent puts the files into the order of the times in their copy, and lets
// them come at the distances they were sent at, Speed times faster. A file
// that names no time comes with the one before it.
func (r Replay) asSent(all []planned, look func(path string) time.Time) {
	type timed struct {
		planned
		sent time.Time
	}
	found, last := make([]timed, len(all)), time.Time{}
	for i, p := range all {
		if at := look(p.file); !at.IsZero() {
			last = at
		}
		found[i] = timed{p, last}
	}
	slices.SortStableFunc(found, func(a, b timed) int { return a.sent.Compare(b.sent) })
	at := time.Duration(0)
	for i, f := range found {
		if i > 0 && !found[i-1].sent.IsZero() {
			pause := float64(f.sent.Sub(found[i-1].sent)) / cmp.Or(r.Speed, 1)
			at += time.Duration(min(pause, float64(longestPause)))
		}
		all[i] = f.planned
		all[i].at = at
	}
}

// twice lets everything come a second time after the first.
func twice(all []planned, between time.Duration) []planned {
	shift := all[len(all)-1].at + between
	for _, p := range slices.Clone(all) {
		p.at += shift
		all = append(all, p)
	}
	return all
}

// shuffle changes which file comes when; the times stay.
func shuffle(all []planned, seed uint64) {
	rand.New(rand.NewPCG(seed, 0)).Shuffle(len(all), func(i, j int) {
		all[i].file, all[j].file = all[j].file, all[i].file
		all[i].err, all[j].err = all[j].err, all[i].err
	})
}

// sent is the newest time that the copy of a file names for itself; of several
// items the last decides, for the file cannot have come before.
func (h *replaying) sent(path string) time.Time {
	raw, err := readCopy(path)
	if err != nil {
		return time.Time{}
	}
	newest := time.Time{}
	receipt := wire.Receipt{Source: h.source, Name: filepath.Base(path), Received: h.house.now()}
	for _, d := range h.house.Reception.Look(receipt, raw).Dispatches {
		for _, at := range []time.Time{d.VersionCreated, d.Created} {
			if at.After(newest) && at.Before(receipt.Received.Add(24*time.Hour)) { // no copy is sent tomorrow
				newest = at
			}
		}
	}
	return newest
}
