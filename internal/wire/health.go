package wire

import (
	"context"
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"
)

// Hour is what came from a source within one hour.
type Hour struct {
	Source      string
	At          time.Time // its beginning, UTC
	Deliveries  int
	Items       int
	Quarantined int
	Last        time.Time // the last delivery
	Waiting     time.Time // the oldest delivery without a verdict; zero when none waits
}

// Board is how the health of sources is known.
type Board interface {
	// Hours gives the hours since a time in which anything came, by source, oldest first.
	Hours(ctx context.Context, since time.Time) ([]Hour, error)
}

// Days is how many days a source's habits are learned from.
const Days = 14

// Health is how a source does.
type Health struct {
	Last        time.Time // of the last delivery; zero when nothing came within the days looked at
	Items       int       // of the last 24 hours
	Quarantined int       // deliveries of the last 24 hours
	Waiting     time.Time // the oldest delivery without a verdict
	Usual       [24]float64
	Today       [24]int // items by hour of the day, of the last 24 hours
	Expected    float64 // deliveries that usually come within a silence as long as the present one
	Quiet       bool
}

// quietAt is how many deliveries must be missing before silence is unlikely: were
// they to come by chance, as many as usual (Poisson), silence has the chance
// exp(-6), one in four hundred.
const quietAt = 6

// leastDays is how many days there must be to speak of habits.
const leastDays = 3

// Rest is the hours of the day in which an agency sends nothing and nobody need
// wonder: from the one to before the other, over midnight if need be. The zero
// Rest is none.
type Rest struct{ From, Until int }

// ParseRest reads hours as 01-06. Nothing is no rest.
func ParseRest(text string) (Rest, error) {
	if text == "" {
		return Rest{}, nil
	}
	from, until, _ := strings.Cut(text, "-")
	a, err := strconv.Atoi(from)
	b, also := strconv.Atoi(until)
	if err != nil || also != nil || a < 0 || a > 23 || b < 0 || b > 24 || a == b {
		return Rest{}, fmt.Errorf("%q is not two hours of the day, such as 01-06", text)
	}
	return Rest{a, b}, nil
}

// Has says whether the hour is one of rest.
func (r Rest) Has(hour int) bool {
	if r.From <= r.Until {
		return hour >= r.From && hour < r.Until
	}
	return hour >= r.From || hour < r.Until
}

// Healths sums up hours by source. The habits of a source are those of its hour
// of the day, workdays apart from days off, in the zone of the house; rests are
// by source.
func Healths(hours []Hour, now time.Time, zone *time.Location, rests map[string]Rest) map[string]Health {
	all := map[string]Health{}
	habits := map[string]*habit{}
	for _, h := range hours {
		s := all[h.Source]
		if h.Last.After(s.Last) {
			s.Last = h.Last
		}
		if !h.Waiting.IsZero() && (s.Waiting.IsZero() || h.Waiting.Before(s.Waiting)) {
			s.Waiting = h.Waiting
		}
		local := h.At.In(zone)
		if now.Sub(h.At) < 24*time.Hour {
			s.Items += h.Items
			s.Quarantined += h.Quarantined
			s.Today[local.Hour()] += h.Items
		}
		all[h.Source] = s
		if habits[h.Source] == nil {
			habits[h.Source] = &habit{first: h.At, rest: rests[h.Source]}
		}
		habits[h.Source].learn(h, local)
	}
	for name, s := range all {
		habits[name].apply(&s, now, zone)
		all[name] = s
	}
	return all
}

// habit counts a source's deliveries by the sort of day and the hour.
type habit struct {
	first time.Time
	count [2][24]int
	items [24]int
	rest  Rest
}

func off(t time.Time) int {
	if t.Weekday() == time.Saturday || t.Weekday() == time.Sunday {
		return 1
	}
	return 0
}

func (h *habit) learn(hour Hour, local time.Time) {
	h.count[off(local)][local.Hour()] += hour.Deliveries
	h.items[local.Hour()] += hour.Items
}

// apply tells what is usual, and whether the present silence is.
func (h *habit) apply(s *Health, now time.Time, zone *time.Location) {
	days := [2]float64{}
	for at := h.first; at.Before(now); at = at.AddDate(0, 0, 1) {
		days[off(at.In(zone))]++
	}
	for hour := range s.Usual {
		s.Usual[hour] = float64(h.items[hour]) / math.Max(days[0]+days[1], 1)
	}
	if days[0]+days[1] < leastDays {
		return
	}
	for at := s.Last; at.Before(now); {
		next := at.Truncate(time.Hour).Add(time.Hour)
		if next.After(now) {
			next = now
		}
		local := at.In(zone)
		sort := off(local)
		if h.rest.Has(local.Hour()) {
			at = next
			continue
		}
		s.Expected += float64(h.count[sort][local.Hour()]) / math.Max(days[sort], 1) * next.Sub(at).Hours()
		at = next
	}
	s.Quiet = s.Expected >= quietAt
}
