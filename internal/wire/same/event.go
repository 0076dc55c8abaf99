package same

import (
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/rotatif/newsroom"
	"github.com/rotatif/newsroom/internal/letters"
)

const (
	within    = 12 * time.Hour // two texts about one event
	stem      = 5              // letters of a word that are compared
	nameStem  = 7              // letters of a name that are compared
	leadWords = 90
	mostNames = 64
)

// Together says whether two dispatches belong in one row of the list, and by
// what. The order of the two does not matter.
func (p Print) Together(o Print) Relation {
	relation := p.Relate(o)
	if relation != Other && p.Shared(o) >= eventFrom {
		return relation
	}
	switch {
	case !p.event(o):
		return Other
	case relation == Other:
		return Event
	default:
		return relation
	}
}

// event says whether two texts seem to tell of the same event.
func (p Print) event(o Print) bool {
	if p.at.Sub(o.at).Abs() > within || p.form || o.form {
		return false
	}
	if p.list(o) {
		return false
	}
	names, numbers := both(p.names, o.names), p.counted(o)
	mostly := names >= 4 && 10*names >= 7*min(len(p.names), len(o.names)) && numbers >= 1
	if p.language != o.language && p.language != "" && o.language != "" {
		return mostly && (names >= 5 || p.marked(o)) || names >= 4 && numbers >= 2 || names >= 3 && numbers >= 3
	}
	if p.elsewhere(o) {
		return false
	}
	low, high := p.covers(o), o.covers(p)
	if low > high {
		low, high = high, low
	}
	middle := (low + high) / 2
	switch {
	case names == 0:
		return numbers >= 4 && high >= 0.50
	case mostly && (names >= 5 || middle >= 0.30 || p.marked(o)):
		return true
	case names >= 4 && numbers >= 2:
		return middle >= 0.30
	case names >= 2 && numbers >= 1:
		return low >= 0.30 && middle >= 0.45
	case names >= 3:
		return low >= 0.40 && middle >= 0.55
	case numbers >= 1, names >= 2:
		return low >= 0.50 && middle >= 0.65 && min(len(p.head), len(o.head)) >= 2
	default:
		return false
	}
}

// list says whether two texts have a headline in common and few of their
// numbers: the quakes, the results of another day.
func (p Print) list(o Print) bool {
	fewer := min(len(p.numbers), len(o.numbers))
	return slices.Equal(p.head, o.head) && slices.Equal(p.title, o.title) && fewer >= 3 && 2*both(p.numbers, o.numbers) < fewer
}

// covers is how much of this headline, without its names, is in the headline
// and the first sentences of the other.
func (p Print) covers(o Print) float64 {
	if len(p.head) == 0 {
		return 0
	}
	n := 0
	for _, word := range p.head {
		if o.lead[word] {
			n++
		}
	}
	return float64(n) / float64(len(p.head))
}

// elsewhere says whether the headlines name other people and places, and
// neither text knows those of the other's headline.
func (p Print) elsewhere(o Print) bool {
	return len(p.title) > 0 && len(o.title) > 0 && !knows(p, o.title) && !knows(o, p.title)
}

func knows(p Print, names []string) bool {
	for _, name := range names {
		if p.names[name] || p.places[name] || p.lead[short(name, stem)] {
			return true
		}
	}
	return false
}

// counted is how many numbers both tell. Small numbers must count the same thing.
func (p Print) counted(o Print) int {
	n := 0
	for value, unit := range p.numbers {
		other, is := o.numbers[value]
		if is && (len(value) > 1 || unit == other && unit != "") {
			n++
		}
	}
	return n
}

// marked says whether both tell a number that few other stories can have.
func (p Print) marked(o Print) bool {
	for value := range p.numbers {
		if _, is := o.numbers[value]; is && len(value) > 2 && !strings.HasSuffix(value, "00") {
			return true
		}
	}
	return false
}

// tell reads what the copy tells of: names, numbers, places, the words of its headline.
func (p *Print) tell(d newsroom.Dispatch, paragraphs []string) {
	p.names, p.numbers, p.places, p.lead = map[string]bool{}, map[string]string{}, map[string]bool{}, map[string]bool{}
	p.form = form(d)
	for _, place := range append([]newsroom.Subject{{Name: d.Dateline.Place}}, d.Places...) {
		if name := letters.Fold(place.Name); name != "" {
			p.places[short(name, nameStem)] = true
		}
	}
	seen := map[string]bool{}
	for _, text := range paragraphs {
		p.read(text, seen)
	}
	shouted := titled(d.Headline)
	for _, t := range tokens(d.Headline) {
		p.headword(t, seen, shouted)
	}
	p.head = unique(p.head)
	p.order = append(append([]string{}, p.title...), p.order...)
}

// read takes the names and numbers of a paragraph. seen are all names, common
// ones too.
func (p *Print) read(text string, seen map[string]bool) {
	all := tokens(text)
	for i, t := range all {
		if len(p.lead) < leadWords {
			p.leads(t)
		}
		if t.number != "" {
			p.count(t, all[min(i+1, len(all)-1)])
			continue
		}
		if name := t.name(); name != "" && len(seen) < mostNames {
			if seen[name] = true; !everyday(name) && !p.names[name] {
				p.names[name] = true
				p.order = append(p.order, name)
			}
		}
	}
}

// headword takes a word of the headline: a name when the text knows it as one
// or its own suffix shows it, else something that is told.
func (p *Print) headword(t token, seen map[string]bool, shouted bool) {
	p.leads(t)
	if t.number != "" {
		if !strings.Contains(t.number, "-") { // many matches end alike
			p.head = append(p.head, t.number)
		}
		if _, is := p.numbers[t.number]; !is {
			p.numbers[t.number] = ""
		}
		return
	}
	name := short(t.folded, nameStem)
	isName := t.upper && (t.suffixed || seen[name] || !shouted && !t.first)
	switch {
	case isName && !everyday(name):
		if !p.names[name] {
			p.names[name] = true
		}
		p.title = append(p.title, name)
	case isName, p.places[name], empty(t.folded):
	default:
		p.head = append(p.head, short(t.folded, stem))
	}
}

func (p *Print) leads(t token) {
	switch {
	case t.number != "":
		p.lead[t.number] = true
	case !empty(t.folded):
		p.lead[short(t.folded, stem)] = true
	}
}

// count takes a number with what it counts. Years and days of a month are no
// numbers that tell something.
func (p *Print) count(t, next token) {
	unit := short(next.folded, 4)
	if month(next.folded) || len(t.number) == 4 && (strings.HasPrefix(t.number, "19") || strings.HasPrefix(t.number, "20")) && unit != "kisi" {
		return
	}
	if person(unit) {
		unit = "kisi"
	}
	if old, is := p.numbers[t.number]; !is || old == "" {
		p.numbers[t.number] = unit
	}
}

// token is a word as it stands in a text.
type token struct {
	folded   string // without the suffix behind its apostrophe
	number   string // when it is one
	upper    bool   // it begins with a capital
	suffixed bool   // it has an apostrophe in it
	first    bool   // of a sentence
}

// name is the word as a name, if it is one for certain.
func (t token) name() string {
	if !t.upper || t.first && !t.suffixed || utf8.RuneCountInString(t.folded) < 3 {
		return ""
	}
	return short(t.folded, nameStem)
}

// tokens are the words of a text.
func tokens(text string) []token {
	all := make([]token, 0, 32)
	first := true
	for _, raw := range strings.Fields(text) {
		word := strings.TrimFunc(raw, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '%' })
		ends := strings.HasSuffix(strings.TrimRight(raw, `"”’»)`), ".") || strings.ContainsAny(raw[len(raw)-1:], "!?:")
		if word == "" {
			first = first || ends
			continue
		}
		t := token{first: first || strings.HasPrefix(raw, "“") || strings.HasPrefix(raw, `"`)}
		bare := word
		if i := strings.IndexAny(word, "'’"); i > 0 {
			bare, t.suffixed = word[:i], true
		}
		letter, _ := utf8.DecodeRuneInString(bare)
		t.upper = unicode.IsUpper(letter)
		if t.number = number(bare); t.number == "" {
			t.folded = letters.Fold(bare)
			t.number = spelled(t.folded)
		}
		all = append(all, t)
		first = ends
	}
	return all
}

// number is a number as every house writes it: "1.250" is 1250, "%3,5" is 3.5.
func number(word string) string {
	word = strings.Trim(word, "%")
	if word == "" || word[0] < '0' || word[0] > '9' {
		return ""
	}
	var b strings.Builder
	for i := 0; i < len(word); i++ {
		switch c := word[i]; {
		case c >= '0' && c <= '9':
			b.WriteByte(c)
		case c == '.' || c == ',' || c == ':':
			group := 0
			for j := i + 1; j < len(word) && word[j] >= '0' && word[j] <= '9'; j++ {
				group++
			}
			if group != 3 {
				b.WriteByte('.')
			}
		case c == '-' && i+1 < len(word) && word[i+1] >= '0' && word[i+1] <= '9':
			b.WriteByte('-') // a score
		case c == '-' && i+1 < len(word):
			return strings.TrimRight(b.String(), ".") // "40-metre"
		default:
			return ""
		}
	}
	return strings.TrimRight(b.String(), ".")
}

// titled says whether a headline is written with capitals where no name is.
func titled(headline string) bool {
	capitals, words := 0, 0
	for _, word := range strings.Fields(headline) {
		r, _ := utf8.DecodeRuneInString(word)
		if unicode.IsLetter(r) && utf8.RuneCountInString(word) > 3 {
			words++
			if unicode.IsUpper(r) {
				capitals++
			}
		}
	}
	return words >= 3 && 3*capitals >= 2*words
}

func short(s string, n int) string {
	for i := range s {
		if n == 0 {
			return s[:i]
		}
		n--
	}
	return s
}

func unique(words []string) []string {
	seen, once := map[string]bool{}, words[:0]
	for _, w := range words {
		if !seen[w] {
			seen[w] = true
			once = append(once, w)
		}
	}
	return once
}
