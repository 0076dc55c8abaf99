// Package same holds two texts of the wire against each other: the same text,
// one made from the other, another text about the same event, or another story.
//
// Of texts it looks at how much of the shorter is in the longer, because copy is
// cut more often than it is rewritten, and at the numbers, because copy written
// by a template differs in nothing else. Of events it looks at names, numbers,
// places and the words of the headlines within half a day, because two agencies
// that were at the same fire share no sentence.
//
// Knows: dispatches. Never imports: the wire room, a format, a machine.
package same

import (
	"regexp"
	"strings"
	"time"

	"github.com/rotatif/newsroom"
	"github.com/rotatif/newsroom/internal/letters"
)

// Relation is what one text is to another.
type Relation string

// The relations, closest last.
const (
	Other   Relation = ""
	Event   Relation = "event"   // another text that seems to tell of the same event
	Derived Relation = "derived" // large parts of one are in the other
	Text    Relation = "same"    // the shorter is in the longer
)

const (
	width     = 5    // words of a shingle
	fewest    = 12   // shingles below which nothing can be said
	sameFrom  = 0.80 // of the shorter, in the longer
	eventFrom = 0.50
	someFrom  = 0.40
	mostRead  = 20_000 // words of a text that are looked at
)

// opening is the dateline or the credit before the first sentence: "ANKARA (AA) -",
// "Ayşe DEMİR/BOLU, (DHA)-".
var opening = regexp.MustCompile(`^\s*(?:[\p{Lu}\d][\p{L}\d\s./,()-]{0,80}?)?\(\p{Lu}{2,8}\)\s*[-–—:]*\s*`)

// closing is the credit behind the last sentence.
var closing = regexp.MustCompile(`\s*\(\p{Lu}{2,8}(?:[-/]\p{Lu}{2,8})*\)\s*$`)

// Print is what is compared of a dispatch. Its parts are never changed.
type Print struct {
	shingles map[uint64]bool
	digits   map[string]bool   // every word with a digit in it
	names    map[string]bool   // rare names of the whole copy
	numbers  map[string]string // numbers that tell something, with what they count
	places   map[string]bool   // named as such by the agency
	head     []string          // what the headline says, without names
	title    []string          // the names of the headline
	lead     map[string]bool   // the words of the headline and of the first sentences
	order    []string          // the names, those of the headline first
	language string
	form     bool // copy written by a template
	at       time.Time
}

// Of is the print of a dispatch that was received at a time: its paragraphs
// without headings, dateline, credit and background, and its headline.
func Of(d newsroom.Dispatch, received time.Time) Print {
	paragraphs := told(d)
	p := Print{shingles: map[uint64]bool{}, digits: map[string]bool{}, at: written(d, received)}
	p.language, _, _ = strings.Cut(d.Language, "-")
	words := make([]string, 0, 256)
	for _, text := range paragraphs {
		if len(words) < mostRead {
			words = append(words, strings.Fields(letters.Fold(text))...)
		}
	}
	for i, word := range words {
		if strings.ContainsAny(word, "0123456789") {
			p.digits[word] = true
		}
		if i+width <= len(words) {
			p.shingles[shingle(words[i:i+width])] = true
		}
	}
	p.tell(d, paragraphs)
	return p
}

// written is when the agency wrote it, as far as that can be believed.
func written(d newsroom.Dispatch, received time.Time) time.Time {
	for _, at := range []time.Time{d.Created, d.VersionCreated} {
		if !at.IsZero() && received.Sub(at).Abs() < 48*time.Hour {
			return at
		}
	}
	return received
}

// told are the paragraphs that carry the news itself, not a heading, a caption
// or what was known before.
func told(d newsroom.Dispatch) []string {
	paragraphs := []string{}
	for _, b := range d.Body {
		switch b.Kind {
		case newsroom.Subhead, newsroom.Picture, newsroom.Embed, newsroom.Background:
			continue
		}
		text := strings.Join(newsroom.Body{b}.Lines(), " ")
		paragraphs = append(paragraphs, closing.ReplaceAllString(opening.ReplaceAllString(text, ""), ""))
	}
	if len(paragraphs) == 0 && d.Standfirst != "" {
		return []string{d.Standfirst}
	}
	return paragraphs
}

// shingle is a row of words as one number, the same on every machine.
func shingle(words []string) uint64 {
	const prime = 1099511628211 // FNV-1a
	h := uint64(14695981039346656037)
	for _, word := range words {
		for i := range len(word) {
			h = (h ^ uint64(word[i])) * prime
		}
		h = (h ^ ' ') * prime
	}
	h ^= h >> 32 // the low bits of FNV are weak, and keys are chosen by order
	return h * 0x9E3779B97F4A7C15
}

// Shared is how much of the shorter text is in the longer, 0 to 1. Texts too
// short to be told apart share nothing.
func (p Print) Shared(o Print) float64 {
	if len(p.shingles) > len(o.shingles) {
		p, o = o, p
	}
	if len(p.shingles) < fewest && !p.whole(o) {
		return 0
	}
	return float64(both(p.shingles, o.shingles)) / float64(len(p.shingles))
}

// whole says whether a short text with numbers in it stands in the other as it is.
func (p Print) whole(o Print) bool {
	return len(p.shingles) >= fewest/2 && both(p.shingles, o.shingles) == len(p.shingles) && len(p.digits) >= 2 && both(p.digits, o.digits) == len(p.digits)
}

// template says whether two texts have the words in common and not what they
// tell: weather, exchange rates, fixtures.
func (p Print) template(o Print) bool {
	fewer := min(len(p.digits), len(o.digits))
	shared := both(p.digits, o.digits)
	if p.form && o.form {
		return fewer == 0 || 5*shared < 4*fewer
	}
	return fewer >= 3 && 2*shared < fewer
}

// Relate says what two texts are to each other. The order of the two does not matter.
func (p Print) Relate(o Print) Relation {
	shared := p.Shared(o)
	switch {
	case shared < someFrom || p.template(o) || shared < 0.95 && p.elsewhere(o):
		return Other
	case shared < sameFrom:
		return Derived
	default:
		return Text
	}
}

// both counts what is in both.
func both[K comparable, V any](a, b map[K]V) int {
	if len(a) > len(b) {
		a, b = b, a
	}
	n := 0
	for key := range a {
		if _, is := b[key]; is {
			n++
		}
	}
	return n
}
