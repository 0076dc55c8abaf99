package deskui

import (
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/rotatif/newsroom/internal/web"
	"github.com/rotatif/newsroom/internal/wire"
)

// SourceState is a configured source and how its calls go. Times are zero where
// nothing of the sort has happened.
type SourceState struct {
	Name, Provider, Kind string
	Success              time.Time     // the last call that went well
	Failures             int           // calls in a row that failed
	Why                  string        // in which way the last call failed, as the desk has words for it; empty: in another
	Trouble              string        // why the last call failed or the folder does, without secrets
	Skew                 time.Duration // by how much the agency's clock is ahead of ours
	Unread               time.Time     // since when the oldest file lies there that was not taken yet
	Keep                 time.Duration // for how long its provider's copy is kept that nobody used; 0: for ever
	Rest                 wire.Rest     // hours in which its silence is nothing
}

// healthPage is the board of the sources.
type healthPage struct {
	chrome
	Rows []healthRow
}

// healthRow is one source.
type healthRow struct {
	SourceState
	wire.Health
	Hours []healthHour
	Calls int // open calls of the provider's copy
}

// mostCalls is how far open calls are counted.
const mostCalls = 500

// KeepDays is Keep in days.
func (s SourceState) KeepDays() int { return int(s.Keep / (24 * time.Hour)) }

// healthHour is a bar of the day: what came, beside what usually comes.
type healthHour struct {
	Hour            int
	Items           int
	Usual           float64
	X, Y, H, UsualY float64 // in the picture, which is 24 wide and 10 high
}

// skewed is the difference of clocks that is told.
const skewed = 2 * time.Minute

// Skewed says whether the agency's clock is off.
func (r healthRow) Skewed() bool { return r.Skew.Abs() >= skewed }

// Clocks says by how much the agency's clock is off.
func (r healthRow) Clocks(words web.Words) string {
	key := "desk.health.ahead"
	if r.Skew < 0 {
		key = "desk.health.behind"
	}
	return words.N(key, int(r.Skew.Abs().Round(time.Minute)/time.Minute))
}

// Ill says whether somebody should look.
func (r healthRow) Ill() bool {
	return r.Quiet || r.Failures > 0 || r.Trouble != "" || r.Skewed() || r.Calls > 0
}

// health shows how every source does, the ill ones first.
func (d *door) health(v *visit) error {
	page := healthPage{chrome: d.chrome(v, "health", "desk.nav.health")}
	hours, err := d.Board.Hours(v.ctx(), page.now.AddDate(0, 0, -wire.Days))
	if err != nil {
		return err
	}
	states, rests := d.states(), map[string]wire.Rest{}
	for _, s := range states {
		rests[s.Name] = s.Rest
	}
	page.Rows = joined(states, wire.Healths(hours, page.now, d.Zone, rests))
	for i, r := range page.Rows {
		if r.Provider == "" {
			continue // it is configured no more, and nobody knows whose it was
		}
		if page.Rows[i].Calls, err = d.Watches.Count(v.ctx(), wire.Filter{Called: true, Provider: r.Provider, At: page.now, Limit: mostCalls}); err != nil {
			return err
		}
	}
	illFirst(page.Rows)
	return d.show(v, http.StatusOK, "health.html", page)
}

// states are the configured sources.
func (d *door) states() []SourceState {
	if d.Sources == nil {
		return nil
	}
	return d.Sources()
}

// joined puts what is configured and what came together; a source that is
// configured no more still has its row while its copy is young.
func joined(states []SourceState, healths map[string]wire.Health) []healthRow {
	var rows []healthRow
	for _, s := range states {
		rows = append(rows, healthRow{SourceState: s, Health: healths[s.Name]})
		delete(healths, s.Name)
	}
	for name, h := range healths {
		rows = append(rows, healthRow{SourceState: SourceState{Name: name}, Health: h})
	}
	for i := range rows {
		rows[i].Hours = bars(rows[i].Health)
	}
	return rows
}

// illFirst puts the rows in the order in which they are looked at.
func illFirst(rows []healthRow) {
	slices.SortFunc(rows, func(a, b healthRow) int {
		if a.Ill() != b.Ill() {
			if a.Ill() {
				return -1
			}
			return 1
		}
		return strings.Compare(a.Name, b.Name)
	})
}

// bars are the hours of the day as a picture of 24 by 10.
func bars(h wire.Health) []healthHour {
	top := 1.0
	for hour := range h.Usual {
		top = max(top, h.Usual[hour], float64(h.Today[hour]))
	}
	all := make([]healthHour, 24)
	for hour := range all {
		high := 10 * float64(h.Today[hour]) / top
		all[hour] = healthHour{
			Hour: hour, Items: h.Today[hour], Usual: h.Usual[hour], X: float64(hour) + 0.1, Y: 10 - high, H: high, UsualY: 10 - 10*h.Usual[hour]/top,
		}
	}
	return all
}
