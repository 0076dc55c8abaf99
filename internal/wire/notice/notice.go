// Package notice finds copy that speaks of other copy: "İPTAL", "KILL KILL
// KILL", "haberimizi düzelterek yeniden geçiyoruz". Some agencies kill in no
// other way.
//
// A word alone makes no notice: a concert is cancelled, a bill is withdrawn, a
// product is not to be used. It takes a call in the place where agencies put
// it, or a sentence that says of copy what is to be done with it. What is found
// is shown to a person and never acts by itself; see [newsroom.Notice].
//
// The English and German wordings are those of published style books (dpa,
// Reuters); the Turkish ones follow press reports and want to be compared with
// real notices of each agency.
//
// Knows: copy and the ways of announcing. Never imports: a format, the wire room, a machine.
package notice

import (
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode"

	"github.com/rotatif/newsroom"
	"github.com/rotatif/newsroom/internal/letters"
)

// Copy is what a notice is looked for in. Lines are the first paragraphs of
// the body, Notes the agency's notes to editors. Sent is when the copy was
// sent, zero when unknown; Zone is the one its clock times are in.
type Copy struct {
	Headline, Slugline string
	Lines, Notes       []string
	Sent               time.Time
	Zone               *time.Location
}

// most is how much of a line is looked at, in bytes.
const most = 2000

// lead is how many paragraphs a notice may be said in.
const lead = 4

// Find gives the notice that the copy is, nil when it is none.
func Find(c Copy) *newsroom.Notice {
	c.Headline, c.Slugline = letters.Cut(c.Headline, most), letters.Cut(c.Slugline, most)
	kind, words := c.called()
	if kind == "" {
		kind, words = c.said()
	}
	if kind == "" {
		return nil
	}
	n := &newsroom.Notice{Kind: kind, Words: letters.Cut(strings.Join(strings.Fields(words), " "), 200)}
	c.point(n)
	return n
}

// called looks for a call at the head: in headline, slugline and first lines.
func (c Copy) called() (newsroom.NoticeKind, string) {
	heads := append([]string{c.Headline, c.Slugline}, c.paragraphs(2)...)
	for _, head := range heads {
		plain := letters.Soft(head)
		for _, call := range mayStand(calls(), plain) {
			if call.words.MatchString(plain) && (!call.loud || loud(head) && (call.set || !letters.AllCaps(head))) {
				return call.kind, head
			}
		}
	}
	return "", ""
}

// said looks for a sentence that says what is to be done with copy.
func (c Copy) said() (newsroom.NoticeKind, string) {
	told := ""
	if toSubscribers.MatchString(letters.Soft(c.Headline)) {
		told = letters.Soft(c.Headline) + ": "
	}
	for i, line := range slices.Concat([]string{c.Headline}, c.paragraphs(lead), c.Notes) {
		may := mayStand(sayings(), told+letters.Soft(letters.Cut(line, most)))
		if len(may) == 0 {
			continue // as most lines of most copy
		}
		for sentence := range strings.SplitSeq(stops.ReplaceAllString(letters.Cut(line, most), "$1\n"), "\n") {
			plain := told + letters.Soft(sentence)
			for _, s := range mayStand(slices.Clone(may), plain) {
				if (i > 0 || s.kind != newsroom.NoticeCorrection) && s.words.MatchString(plain) { // a headline is not put right by a sentence
					return s.kind, sentence
				}
			}
		}
	}
	return "", ""
}

// toSubscribers is a headline that speaks to those who use the copy.
var toSubscribers = regexp.MustCompile(`^\W*(?:` + subs + `|achtung\W+redaktion\p{L}*)\W*$`)

// stops are the ends of sentences; a point between digits or after one letter is none.
var stops = regexp.MustCompile(`([\p{L}"”'’)]{2}[.!?])\s+`)

func (c Copy) paragraphs(n int) []string {
	lines := make([]string, 0, n)
	for _, line := range c.Lines[:min(n, len(c.Lines))] {
		lines = append(lines, letters.Cut(line, most))
	}
	return lines
}

// loud says whether the first word is in capitals: "İPTAL: …" is a call,
// "İptal: …" may be a headline.
func loud(s string) bool {
	word := strings.TrimLeftFunc(s, func(r rune) bool { return !unicode.IsLetter(r) })
	if end := strings.IndexFunc(word, func(r rune) bool { return !unicode.IsLetter(r) }); end >= 0 {
		word = word[:end]
	}
	return letters.AllCaps(word)
}
