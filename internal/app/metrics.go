package app

import (
	"encoding/json"
	"fmt"
	"net/http"
	"time"

	"github.com/VictoriaMetrics/metrics"

	"github.com/rotatif/newsroom/internal/httpgate"
	"github.com/rotatif/newsroom/internal/web/beacon"
)

// health is what /healthz tells.
type health struct {
	OK      bool     `json:"ok"`
	Edition int64    `json:"edition"`
	Behind  int64    `json:"facts_not_yet_printed"`
	Failing []string `json:"failing_tasks"`
}

// Health says how the house is.
func (a *App) health(r *http.Request) health {
	h := health{OK: true, Edition: a.number.Load(), Failing: []string{}}
	if a.crew != nil {
		h.Failing = a.crew.failures()
	}
	head, err := a.stores.Newsroom.Head(r.Context())
	if err != nil {
		h.OK = false
	}
	h.Behind = int64(head) - a.place.Load()
	if len(h.Failing) > 0 {
		h.OK = false
	}
	return h
}

// serveHealth answers /healthz: 200 when all is well, 503 with the reasons when not.
func (a *App) serveHealth(w http.ResponseWriter, r *http.Request) {
	h := a.health(r)
	w.Header().Set("Content-Type", "application/json")
	if !h.OK {
		w.WriteHeader(http.StatusServiceUnavailable)
	}
	_ = json.NewEncoder(w).Encode(h) // the caller may be gone
}

// serveMetrics answers /metrics in the Prometheus text format. Labels come from
// fixed sets, never from input.
func (a *App) serveMetrics(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
	h := a.health(r)
	metrics.WriteGaugeUint64(w, "rotatif_edition", uint64(max(h.Edition, 0)))
	metrics.WriteGaugeUint64(w, "rotatif_facts_not_printed", uint64(max(h.Behind, 0)))
	metrics.WriteGaugeUint64(w, "rotatif_tasks_failing", uint64(len(h.Failing)))
	metrics.WriteGaugeUint64(w, "rotatif_sources_failing", a.sourcesFailing())
	metrics.WriteCounterUint64(w, "rotatif_task_panics_total", a.crew.panics.Load())
	metrics.WriteGaugeFloat64(w, "rotatif_most_read_age_seconds", time.Since(a.Counter.Lists().At).Seconds())
	for _, reason := range httpgate.Reasons() {
		metrics.WriteCounterUint64(w, fmt.Sprintf(`rotatif_refused_total{door="site",reason=%q}`, reason), a.siteGate.Refused(reason))
		metrics.WriteCounterUint64(w, fmt.Sprintf(`rotatif_refused_total{door="desk",reason=%q}`, reason), a.deskGate.Refused(reason))
	}
	for _, reason := range beacon.Reasons() {
		metrics.WriteCounterUint64(w, fmt.Sprintf(`rotatif_beacons_refused_total{reason=%q}`, reason), a.doors.beacon.Refused(reason))
	}
	metrics.WriteProcessMetrics(w)
}

// sourcesFailing counts the sources whose last call failed, or whose folder is
// in disorder.
func (a *App) sourcesFailing() uint64 {
	n := uint64(0)
	for _, s := range a.sourceStates() {
		if s.Trouble != "" {
			n++
		}
	}
	return n
}
