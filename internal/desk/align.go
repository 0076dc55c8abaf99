package desk

import (
	"cmp"
	"slices"
	"strings"

	"github.com/rotatif/newsroom"
	"github.com/rotatif/newsroom/internal/letters"
)

// alike is how much two blocks must have in common to be taken for one.
const alike = 0.4

// astray is how much two blocks must have in common to be taken for one that
// was put elsewhere: without neighbours to vouch for it, nearly all.
const astray = 0.75

// maxAlign bounds the table of an alignment, in cells.
const maxAlign = 250_000

// bags turns blocks into the words they have, as numbers in order, so that two
// of them are compared quickly.
type bags map[string]int

func (b bags) all(body newsroom.Body) [][]int {
	all := make([][]int, len(body))
	for i, block := range body {
		all[i] = b.of(block)
	}
	return all
}

func (b bags) of(block newsroom.Block) []int {
	words := strings.Fields(letters.Fold(strings.Join(newsroom.Body{block}.Lines(), " ")))
	if len(words) == 0 { // a picture without a caption, an embed: by its kind, better by what it shows
		words = []string{"\x00" + string(block.Kind), "\x00" + block.Sign()}
	}
	bag := make([]int, len(words))
	for i, word := range words {
		if _, known := b[word]; !known {
			b[word] = len(b)
		}
		bag[i] = b[word]
	}
	slices.Sort(bag)
	return bag
}

// overlap is the part of the words that two bags share, of both together.
func overlap(a, b []int) float64 {
	both := 0
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch {
		case a[i] < b[j]:
			i++
		case a[i] > b[j]:
			j++
		default:
			both, i, j = both+2, i+1, j+1
		}
	}
	return float64(both) / float64(len(a)+len(b))
}

// align pairs blocks of two texts, in order, so that the pairs have most in common.
func align(a, b newsroom.Body) map[int]int {
	if len(a)*len(b) > maxAlign {
		return alignEqual(a, b)
	}
	known := bags{}
	wa, wb := known.all(a), known.all(b)
	share, best := make([][]float64, len(a)), make([][]float64, len(a)+1)
	best[len(a)] = make([]float64, len(b)+1)
	for i := len(a) - 1; i >= 0; i-- {
		share[i], best[i] = make([]float64, len(b)), make([]float64, len(b)+1)
		for j := len(b) - 1; j >= 0; j-- {
			if share[i][j] = overlap(wa[i], wb[j]); share[i][j] < alike {
				share[i][j] = -1
			}
			best[i][j] = max(best[i+1][j], best[i][j+1], best[i+1][j+1]+share[i][j])
		}
	}
	pairs := map[int]int{}
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch {
		case share[i][j] > 0 && best[i][j] == best[i+1][j+1]+share[i][j]:
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

// alignEqual pairs the equal blocks of very long texts, each with the next of its like.
func alignEqual(a, b newsroom.Body) map[int]int {
	where := map[string][]int{}
	for j, block := range b {
		sign := block.Sign()
		where[sign] = append(where[sign], j)
	}
	pairs, last := map[int]int{}, -1
	for i, block := range a {
		places := where[block.Sign()]
		if n, _ := slices.BinarySearch(places, last+1); n < len(places) {
			pairs[i], last = places[n], places[n]
		}
	}
	return pairs
}

// pair is two blocks by their places, and what they have in common.
type pair struct {
	a, b  int
	share float64
}

// strays pairs blocks wherever they stand, those with most in common first. Of
// very many only the equal are found.
func strays(a, b newsroom.Body) []pair {
	found := []pair{}
	if len(a)*len(b) > maxAlign {
		for i, j := range alignEqual(a, b) {
			found = append(found, pair{i, j, 1})
		}
		return found
	}
	known := bags{}
	wa, wb := known.all(a), known.all(b)
	for i := range a {
		for j := range b {
			if share := overlap(wa[i], wb[j]); share >= astray && a[i].Kind == b[j].Kind {
				found = append(found, pair{i, j, share})
			}
		}
	}
	slices.SortStableFunc(found, func(x, y pair) int { return cmp.Compare(y.share, x.share) })
	usedA, usedB := map[int]bool{}, map[int]bool{}
	return slices.DeleteFunc(found, func(p pair) bool {
		if usedA[p.a] || usedB[p.b] {
			return true
		}
		usedA[p.a], usedB[p.b] = true, true
		return false
	})
}
