// Package same holds two texts of the wire against each other: the same text,
// one made from the other, or another text. It looks at how much of the shorter
// is in the longer, because copy is cut more often than it is rewritten, and at
// the numbers, because copy written by a template differs in nothing else.
//
// Knows: dispatches. Never imports: the wire room, a format, a machine.
package same

import (
	"regexp"
	"strings"

	"github.com/rotatif/newsroom"
	"github.com/rotatif/newsroom/internal/letters"
)

// Relation is what one text is to another.
type Relation string

// The relations, closest first.
const (
	Other   Relation = ""
	Derived Relation = "derived" // large parts of one are in the other
	Text    Relation = "same"    // the shorter is in the longer
)

const (
	width    = 5    // words of a shingle
	fewest   = 12   // shingles below which nothing can be said
	sameFrom = 0.80 // of the shorter, in the longer
	someFrom = 0.40
	mostRead = 20_000 // words of a text that are looked at
)

// opening is the dateline or the credit before the first sentence: "ANKARA (AA) -".
var opening = regexp.MustCompile(`^\s*(?:[\p{Lu}\d][\p{Lu}\d\s./,-]{0,60})?\(\p{Lu}{2,8}\)\s*[-–—:]*\s*`)

// Print is what is compared of a text.
type Print struct {
	shingles map[string]bool
	numbers  map[string]bool
}

// Of is the print of a dispatch: its paragraphs without headings, dateline, credit and background.
func Of(d newsroom.Dispatch) Print {
	words := []string{}
	numbers := map[string]bool{}
	for _, b := range d.Body {
		if !told(b.Kind) || len(words) >= mostRead {
			continue
		}
		text := opening.ReplaceAllString(strings.Join(newsroom.Body{b}.Lines(), " "), "")
		words = append(words, strings.Fields(letters.Fold(text))...)
	}
	p := Print{shingles: map[string]bool{}, numbers: numbers}
	for i, word := range words {
		if strings.ContainsAny(word, "0123456789") {
			numbers[word] = true
		}
		if i+width <= len(words) {
			p.shingles[strings.Join(words[i:i+width], " ")] = true
		}
	}
	return p
}

// told says whether a block carries the news itself, not a heading, a caption
// or what was known before.
func told(kind newsroom.BlockKind) bool {
	switch kind {
	case newsroom.Subhead, newsroom.Picture, newsroom.Embed, newsroom.Background:
		return false
	default:
		return true
	}
}

// Shared is how much of the shorter text is in the longer, 0 to 1. Texts too
// short to be told apart share nothing.
func (p Print) Shared(o Print) float64 {
	if len(p.shingles) > len(o.shingles) {
		p, o = o, p
	}
	if len(p.shingles) < fewest {
		return 0
	}
	return float64(both(p.shingles, o.shingles)) / float64(len(p.shingles))
}

// template says whether two texts have the words in common and not what they
// tell: weather, exchange rates, fixtures.
func (p Print) template(o Print) bool {
	fewer := min(len(p.numbers), len(o.numbers))
	return fewer >= 3 && 2*both(p.numbers, o.numbers) < fewer
}

// Relate says what two texts are to each other. The order of the two does not matter.
func (p Print) Relate(o Print) Relation {
	shared := p.Shared(o)
	switch {
	case shared < someFrom || p.template(o):
		return Other
	case shared < sameFrom:
		return Derived
	default:
		return Text
	}
}

// both counts what is in both.
func both(a, b map[string]bool) int {
	n := 0
	for key := range a {
		if b[key] {
			n++
		}
	}
	return n
}
