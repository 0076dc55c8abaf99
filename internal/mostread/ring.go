package mostread

import "time"

// ring counts events over the last len(buckets) steps of time.
type ring struct {
	buckets []uint32
	step    time.Duration
	last    int64 // number of the newest step counted
	sum     uint32
}

func newRing(n int, step time.Duration) ring { return ring{buckets: make([]uint32, n), step: step} }

func (r *ring) number(t time.Time) int64 { return t.UnixNano() / int64(r.step) }

// advance forgets what has fallen out of the window by the time.
func (r *ring) advance(t time.Time) {
	now := r.number(t)
	if now <= r.last {
		return
	}
	if now-r.last >= int64(len(r.buckets)) {
		clear(r.buckets)
		r.sum, r.last = 0, now
		return
	}
	for n := r.last + 1; n <= now; n++ {
		i := n % int64(len(r.buckets))
		r.sum -= r.buckets[i]
		r.buckets[i] = 0
	}
	r.last = now
}

// add counts one event at the time, if it is still within the window.
func (r *ring) add(t time.Time) {
	r.advance(t)
	n := r.number(t)
	if r.last-n >= int64(len(r.buckets)) {
		return
	}
	r.buckets[n%int64(len(r.buckets))]++
	r.sum++
}

// count is the number of events in the window that ends at the time.
func (r *ring) count(t time.Time) uint32 {
	r.advance(t)
	return r.sum
}
