package notice

import (
	"slices"
	"strings"
	"time"

	"github.com/rotatif/newsroom"
	"github.com/rotatif/newsroom/internal/letters"
)

// How a notice was found to mean an item.
const (
	ByLink     = "link"
	ByID       = "id"
	ByHeadline = "headline"
	ByClock    = "clock"
	BySelf     = "self" // the agency put the notice in the place of the copy
)

// Fit is how well an item fits what a notice says; the zero Fit does not.
// Level 4 is a link in a machine field, 3 an id in the text, 2 a quoted
// headline, 1 a time beside the same place or slugline. Part, of 1, orders
// those of one level.
type Fit struct {
	Level int
	Part  float64
	How   string
}

// Less says whether o fits better.
func (f Fit) Less(o Fit) bool {
	if f.Level != o.Level {
		return f.Level < o.Level
	}
	return f.Part < o.Part
}

const (
	overlap  = 0.8              // of the words of a quoted headline
	nearness = 10 * time.Minute // of the named time
)

// Match says how well an item fits a notice. Only copy of the notice's own
// provider that the agency made no later can be meant, and no other notice.
func Match(from, item newsroom.WireItem) Fit {
	n := from.Text.Notice
	if n != nil && item.ID == from.ID && from.Revisions > 1 && from.Speaks() {
		return Fit{3, 1, BySelf}
	}
	if n == nil || item.ID == from.ID || item.Key.Provider != from.Key.Provider || item.Text.Notice != nil && item.Speaks() {
		return Fit{}
	}
	if made, said := firstMade(item), firstMade(from); !made.IsZero() && !said.IsZero() && made.After(said) {
		return Fit{}
	}
	for _, link := range from.Text.Links {
		if about(link.Rel) && link.ID == item.Key.ID {
			return Fit{4, 1, ByLink}
		}
	}
	for _, id := range n.IDs {
		if names(id, item) {
			return Fit{3, 1, ByID}
		}
	}
	best := 0.0
	for _, headline := range n.Headlines {
		best = max(best, shared(headline, item.Text.Headline))
	}
	if best >= overlap {
		return Fit{2, best, ByHeadline}
	}
	return byClock(from, item)
}

// firstMade is when the agency first made the copy, as far as it says.
func firstMade(w newsroom.WireItem) time.Time {
	if w.Text.Created.IsZero() || !w.Text.VersionCreated.IsZero() && w.Text.VersionCreated.Before(w.Text.Created) {
		return w.Text.VersionCreated
	}
	return w.Text.Created
}

func about(rel string) bool {
	rel = strings.ToLower(rel[strings.LastIndexByte(rel, ':')+1:])
	return slices.Contains([]string{"isabout", "kills", "corrects", "replaces", "previousversion", "prevversion", "management-doc-idref", "updates"}, rel)
}

// names says whether an id in the words of a notice is the item's: all of it,
// or its last parts ("dpa 157" of urn:…:dpa-157), numbers without their zeros.
func names(id string, item newsroom.WireItem) bool {
	want := parts(id)
	if len(want) == 0 {
		return false
	}
	for _, known := range []string{item.Key.ID, item.Text.Slugline} {
		have := parts(known)
		for i := 0; i+len(want) <= len(have); i++ {
			if slices.Equal(have[i:i+len(want)], want) {
				return true
			}
		}
		if tailed(have, want) || len(want) > 1 && want[0] == letters.Fold(item.Key.Provider) && slices.Equal(have, want[1:]) {
			return true
		}
	}
	return false
}

// tailed says whether an id ends with the number that is wanted and holds what
// stands before it, in that order: "dpa 157" of urn:…:dpa:20260304:157.
func tailed(have, want []string) bool {
	if len(want) < 2 || len(have) == 0 || have[len(have)-1] != want[len(want)-1] {
		return false
	}
	for _, part := range have {
		if len(want) > 0 && part == want[0] {
			want = want[1:]
		}
	}
	return len(want) == 0
}

// parts cuts an id into runs of letters and runs of digits.
func parts(id string) []string {
	var all []string
	kind := func(r byte) int {
		switch {
		case r >= '0' && r <= '9':
			return 1
		case r >= 'a' && r <= 'z':
			return 2
		default:
			return 0
		}
	}
	folded := strings.ReplaceAll(letters.Fold(id), " ", "-")
	for i := 0; i < len(folded); {
		j := i
		for j < len(folded) && kind(folded[j]) == kind(folded[i]) {
			j++
		}
		if part := strings.TrimLeft(folded[i:j], "0"); kind(folded[i]) != 0 && part != "" {
			all = append(all, part)
		}
		i = j
	}
	return all
}

// shared is the part of the words of the longer of two lines that both have.
func shared(a, b string) float64 {
	x, y := strings.Fields(letters.Fold(a)), strings.Fields(letters.Fold(b))
	if len(x) < 3 || len(y) < 3 {
		if len(x) > 0 && slices.Equal(x, y) {
			return 1
		}
		return 0
	}
	both := 0
	left := slices.Clone(y)
	for _, word := range x {
		if at := slices.Index(left, word); at >= 0 {
			left = slices.Delete(left, at, at+1)
			both++
		}
	}
	return float64(both) / float64(max(len(x), len(y)))
}

func byClock(from, item newsroom.WireItem) Fit {
	n := from.Text.Notice
	made := item.Text.VersionCreated
	if n.At.IsZero() || made.IsZero() || made.Sub(n.At).Abs() > nearness {
		return Fit{}
	}
	place := letters.Fold(from.Text.Dateline.Place)
	slug := letters.Fold(from.Text.Slugline)
	there := letters.Fold(item.Text.Dateline.Place)
	if there != "" && (place == there || says(from, there)) || slug != "" && slug == letters.Fold(item.Text.Slugline) {
		return Fit{1, 1 - made.Sub(n.At).Abs().Seconds()/nearness.Seconds()/2, ByClock}
	}
	return Fit{}
}

// says whether the words of a notice name a place.
func says(from newsroom.WireItem, place string) bool {
	lines := append([]string{from.Text.Headline}, from.Text.Body.Lines()...)
	for _, line := range lines[:min(lead, len(lines))] {
		if strings.Contains(" "+letters.Fold(letters.Cut(line, most))+" ", " "+place+" ") {
			return true
		}
	}
	return false
}

// Meant are the items of a window that a notice means: the best fit, and all
// that fit as well. Several at one place and time are nobody's: a person chooses.
func Meant(from newsroom.WireItem, window []newsroom.WireItem) map[newsroom.ItemID]Fit {
	best, meant := Fit{}, map[newsroom.ItemID]Fit{}
	for _, item := range window {
		fit := Match(from, item)
		if fit.Level == 0 || fit.Less(best) {
			continue
		}
		if best.Less(fit) {
			best = fit
			clear(meant)
		}
		meant[item.ID] = fit
	}
	if best.Level == 1 && len(meant) > 1 {
		return nil
	}
	return meant
}
