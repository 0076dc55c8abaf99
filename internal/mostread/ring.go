package mostread

// rings are the reads of a story that is read often: one bucket for each of the
// last 60 minutes, 288 five minutes and 168 hours, with their running sums.
type rings struct {
	hour [hourLen]uint32
	day  [dayLen]uint32
	week [weekLen]uint32
	sums [3]uint32
	last uint32 // the newest minute the rings have come to
}

// The windows as so many buckets of so many minutes, in the order of Windows.
const (
	hourStep, hourLen = 1, 60
	dayStep, dayLen   = 5, 288
	weekStep, weekLen = 60, 168
)

// span is one ring as a window.
type span struct {
	buckets []uint32
	sum     *uint32
	step    uint32
}

func (r *rings) spans() [3]span {
	return [3]span{{r.hour[:], &r.sums[0], hourStep}, {r.day[:], &r.sums[1], dayStep}, {r.week[:], &r.sums[2], weekStep}}
}

// advance forgets what has fallen out of the windows by the minute.
func (r *rings) advance(minute uint32) {
	if minute <= r.last {
		return
	}
	for _, s := range r.spans() {
		s.move(r.last/s.step, minute/s.step)
	}
	r.last = minute
}

func (s span) move(from, to uint32) {
	n := uint32(len(s.buckets))
	if to-from >= n {
		clear(s.buckets)
		*s.sum = 0
		return
	}
	for b := from + 1; b <= to; b++ {
		*s.sum -= s.buckets[b%n]
		s.buckets[b%n] = 0
	}
}

// add counts reads at a minute, in every window that still reaches it.
func (r *rings) add(minute, reads uint32) {
	r.advance(minute)
	for _, s := range r.spans() {
		if n := uint32(len(s.buckets)); r.last/s.step-minute/s.step < n {
			s.buckets[minute/s.step%n] += reads
			*s.sum += reads
		}
	}
}

// fewMinutes is in how many distinct minutes a story may be read before it is
// given rings: 64 bytes serve the long tail, rings take 2 kB.
const fewMinutes = 6

// history is when a story was read. Both of its forms give the same numbers.
type history struct {
	few   [fewMinutes]struct{ minute, reads uint32 }
	used  int
	rings *rings // instead of few, once there is one
}

// weekMinutes is a minute more than any window can reach back.
const weekMinutes = weekStep * weekLen

// add counts a read at a minute. now is the newest minute of the tally.
func (h *history) add(minute, now uint32) {
	if h.rings != nil {
		h.rings.advance(now)
		h.rings.add(minute, 1)
		return
	}
	if minute+weekMinutes <= now {
		return
	}
	h.tidy(now)
	for i := range h.few[:h.used] {
		if h.few[i].minute == minute {
			h.few[i].reads++
			return
		}
	}
	if h.used == fewMinutes {
		h.promote()
		h.add(minute, now)
		return
	}
	h.few[h.used].minute, h.few[h.used].reads = minute, 1
	h.used++
}

// tidy lets go of minutes that no window reaches.
func (h *history) tidy(now uint32) {
	kept := 0
	for _, c := range h.few[:h.used] {
		if c.minute+weekMinutes > now {
			h.few[kept] = c
			kept++
		}
	}
	h.used = kept
}

func (h *history) promote() {
	h.rings = &rings{}
	for _, c := range h.few[:h.used] {
		h.rings.add(c.minute, c.reads)
	}
	h.used = 0
}

// count is the number of reads in each window that ends with the minute now.
func (h *history) count(now uint32) [3]uint32 {
	if h.rings != nil {
		h.rings.advance(now)
		return h.rings.sums
	}
	var sums [3]uint32
	for _, c := range h.few[:h.used] {
		for i, w := range [3]struct{ step, n uint32 }{{hourStep, hourLen}, {dayStep, dayLen}, {weekStep, weekLen}} {
			if now/w.step-c.minute/w.step < w.n {
				sums[i] += c.reads
			}
		}
	}
	return sums
}
