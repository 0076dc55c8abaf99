package same

import "slices"

const (
	sampled = 32 // shingles of a text that it is found by
	named   = 16 // names
)

// Keys are what other copy about the same is found by, at most 48 numbers, each
// once: the lowest of the text's shingles, so that of two texts with the same
// sentences the same are taken, and its names, those of the headline first.
func (p Print) Keys() []int64 {
	lowest := make([]uint64, 0, len(p.shingles))
	for h := range p.shingles {
		lowest = append(lowest, h)
	}
	slices.Sort(lowest)
	keys := make([]int64, 0, sampled+named)
	for _, h := range lowest[:min(len(lowest), sampled)] {
		keys = append(keys, int64(h))
	}
	for _, name := range p.order[:min(len(p.order), named)] {
		keys = append(keys, int64(shingle([]string{"", name})))
	}
	slices.Sort(keys)
	return slices.Compact(keys)
}
