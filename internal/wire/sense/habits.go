package sense

import (
	"regexp"
	"slices"
	"strings"

	"github.com/rotatif/newsroom"
	"github.com/rotatif/newsroom/internal/letters"
)

// Habits are what one agency does in a way of its own. The zero Habits are
// those of the standards.
type Habits struct {
	IDCut      *regexp.Regexp // what of an id changes from revision to revision, and is no part of the identity
	Numbered   bool           // its numbers order its revisions, its times do not
	Urgencies  map[int]int    // the urgency that a transmission priority stands for
	FlashAt    []int          // the transmission priorities of flashes
	FlashFrom  int            // the urgency from which on, towards 1, copy is a flash; 1 when 0
	FlashWords []string       // with which the headlines of flashes begin, beside those of everybody
}

// StableID is an agency's id without what changes of it. An id that would be
// nothing without stays whole.
func (h Habits) StableID(id string) string {
	id = strings.TrimSpace(id)
	if h.IDCut == nil {
		return id
	}
	if stable := strings.TrimSpace(h.IDCut.ReplaceAllString(id, "")); stable != "" {
		return stable
	}
	return id
}

// apply brings the dispatch from the agency's ways to the house's.
func (h Habits) apply(d *newsroom.Dispatch) {
	d.Key.ID = h.StableID(d.Key.ID)
	for i, l := range d.Links {
		d.Links[i].ID = h.StableID(l.ID)
	}
	if u := h.Urgencies[d.Priority]; d.Urgency == 0 && u > 0 {
		d.Urgency = u
	}
	d.Numbered = h.Numbered
	d.Flash = d.Flash || slices.Contains(h.FlashAt, d.Priority) || d.Urgency > 0 && d.Urgency <= max(h.FlashFrom, 1)
	headline := letters.Fold(d.Headline) + " "
	for _, word := range h.FlashWords {
		if word = letters.Fold(word); word != "" && strings.HasPrefix(headline, word+" ") {
			d.Flash = true
		}
	}
}
