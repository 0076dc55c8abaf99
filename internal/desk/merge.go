package desk

import (
	"strings"

	"github.com/rotatif/newsroom"
	"github.com/rotatif/newsroom/internal/letters"
)

// Row is one paragraph, or other block, through three texts: what the agency
// had, what it has now, and where it stands in ours. Old or New is nil where
// the agency put it in or took it out; Ours is its place in our text, -1 when
// it is not there. After is, for what is not there, behind which of our blocks
// it belongs.
type Row struct {
	Old, New    *newsroom.Block
	Ours, After int
}

// Changed says whether the agency changed anything here.
func (r Row) Changed() bool {
	return r.Old == nil || r.New == nil || r.Old.Sign() != r.New.Sign()
}

// alike is how much two blocks must have in common to be taken for one.
const alike = 0.4

// maxAlign bounds the table of an alignment, in cells.
const maxAlign = 250_000

// Compare aligns what the agency had with what it has now, and both with our
// text. Blocks are the same when they share enough words, in the same order.
func Compare(old, now, ours newsroom.Body) []Row {
	fromOld, fromNew := align(old, ours), align(now, ours)
	taken := map[int]bool{}
	place := func(i int, known map[int]int) int {
		if at, ok := known[i]; ok && !taken[at] {
			taken[at] = true
			return at
		}
		return -1
	}
	var rows []Row
	after := -1
	add := func(r Row) {
		if r.Ours >= 0 {
			after = r.Ours
		}
		r.After = after
		rows = append(rows, r)
	}
	pairs := align(old, now)
	next := 0
	for i := range old {
		j, stays := pairs[i]
		for stays && next < j {
			add(Row{New: &now[next], Ours: place(next, fromNew)})
			next++
		}
		if !stays {
			add(Row{Old: &old[i], Ours: place(i, fromOld)})
			continue
		}
		at := place(i, fromOld)
		if at < 0 {
			at = place(j, fromNew)
		}
		add(Row{Old: &old[i], New: &now[j], Ours: at})
		next = j + 1
	}
	for ; next < len(now); next++ {
		add(Row{New: &now[next], Ours: place(next, fromNew)})
	}
	return rows
}

// Merge takes the accepted rows over into our text: what changed is replaced,
// what is new put in, what was taken out taken out. The rest stays ours.
func Merge(ours newsroom.Body, rows []Row, accepted func(row int) bool) newsroom.Body {
	replaced, removed, behind := map[int]newsroom.Block{}, map[int]bool{}, map[int][]newsroom.Block{}
	for i, r := range rows {
		switch {
		case !accepted(i) || !r.Changed():
		case r.New == nil && r.Ours >= 0:
			removed[r.Ours] = true
		case r.New == nil:
		case r.Ours >= 0:
			replaced[r.Ours] = *r.New
		default:
			behind[r.After] = append(behind[r.After], *r.New)
		}
	}
	merged := append(newsroom.Body{}, behind[-1]...)
	for i, block := range ours {
		if b, ok := replaced[i]; ok {
			block = b
		}
		if !removed[i] {
			merged = append(merged, block)
		}
		merged = append(merged, behind[i]...)
	}
	return merged
}

// align pairs blocks of two texts, in order, so that the pairs have most in common.
func align(a, b newsroom.Body) map[int]int {
	pairs := map[int]int{}
	if len(a)*len(b) > maxAlign {
		return alignEqual(a, b)
	}
	words := func(body newsroom.Body) []map[string]int {
		all := make([]map[string]int, len(body))
		for i, block := range body {
			all[i] = wordsOf(block)
		}
		return all
	}
	wa, wb := words(a), words(b)
	best := make([][]float64, len(a)+1)
	for i := range best {
		best[i] = make([]float64, len(b)+1)
	}
	likeness := func(i, j int) float64 {
		if s := overlap(wa[i], wb[j]); s >= alike {
			return s
		}
		return -1
	}
	for i := len(a) - 1; i >= 0; i-- {
		for j := len(b) - 1; j >= 0; j-- {
			best[i][j] = max(best[i+1][j], best[i][j+1], best[i+1][j+1]+likeness(i, j))
		}
	}
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch {
		case likeness(i, j) > 0 && best[i][j] == best[i+1][j+1]+likeness(i, j):
			pairs[i] = j
			i, j = i+1, j+1
		case best[i][j] == best[i+1][j]:
			i++
		default:
			j++
		}
	}
	return pairs
}

// alignEqual pairs the equal blocks of very long texts.
func alignEqual(a, b newsroom.Body) map[int]int {
	where := map[string]int{}
	for j, block := range b {
		where[block.Sign()] = j
	}
	pairs, last := map[int]int{}, -1
	for i, block := range a {
		if j, ok := where[block.Sign()]; ok && j > last {
			pairs[i], last = j, j
		}
	}
	return pairs
}

func wordsOf(b newsroom.Block) map[string]int {
	count := map[string]int{}
	for _, word := range strings.Fields(letters.Fold(strings.Join(newsroom.Body{b}.Lines(), " "))) {
		count[word]++
	}
	if len(count) == 0 { // a picture without a caption, an embed: by its kind, better by what it shows
		count["\x00"+string(b.Kind)], count["\x00"+b.Sign()] = 1, 1
	}
	return count
}

// overlap is the part of the words that two blocks share, of both together.
func overlap(a, b map[string]int) float64 {
	both, all := 0, 0
	for word, n := range a {
		both += 2 * min(n, b[word])
		all += n
	}
	for _, n := range b {
		all += n
	}
	if all == 0 {
		return 0
	}
	return float64(both) / float64(all)
}
