package voice

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

const (
	verbsEN = `said|says|told|added|adds|asked|replied|explained|warned|wrote|stated|noted|insisted|argued|claimed|recalled|continued|declared|announced|tweeted|posted|admitted|joked|shouted|concluded|remarked|acknowledged|recounted|quipped|cautioned|sobbed|cried|yelled|screamed|whispered|sighed|vowed|pledged|urged|promised|lamented|complained|conceded|countered|responded|testified|stressed|emphasized|emphasised|reiterated|commented|observed|mused|tells|writes|warns|explains|recalls`
	sayEN   = `(?:` + verbsEN + `)`
	nameEN  = `(?:\p{Lu}[\p{L}.'’-]*)(?:[ ](?:\p{Lu}[\p{L}.'’-]*|de|van|von|der|bin|al|of)){0,6}`
)

var (
	saidSomeEN = regexp.MustCompile(`^[\s,]*(` + sayEN + `)[ ]([^,;:!?"“”\n]{2,120})`)
	someSaidEN = regexp.MustCompile(`^[\s,]*((?:[^.,;:!?"“”\n]|\b\p{Lu}\p{L}{0,4}\.){2,120}?)(?:,[ ]([^,.;:!?"“”\n]{1,80}),)?[ ](` + sayEN + `)(?:$|[\s.,;:])`)
	saidOneEN  = regexp.MustCompile(`^[\s,]*(` + sayEN + `)[ ](?:an?|one|some|another|two|three|several|many|the|his|her|their|its|[a-z]+s)[ ][\p{L}][^.,;:!?"“”\n]{0,80}(?:[.,;]|$)`)
	heSaidEN   = regexp.MustCompile(`^[\s,]*(?:he|she|they|it|one|the [a-z]+(?: [a-z]+)?|an? [a-z]+(?: [a-z]+)?|(?:his|her|their|its) [a-z]+(?: [a-z]+)?|another)[ ](` + sayEN + `)(?:$|[\s.,;:])|^[\s,]*(` + sayEN + `)[ ](?:(?:the|a|one|an)[ ][a-z]+(?:[ ][a-z]+)?|[a-z]+s)(?:$|[\s]*[.,;:])`)
	perEN      = regexp.MustCompile(`^[\s,]*(according to)[ ](?:the )?(` + nameEN + `)`)
	beforeEN   = regexp.MustCompile(`(?:^|[\s,])(` + nameEN + `)(?:,([^,.]{1,80}),|,)?[ ](?:also |later |then |had |has )?(` + sayEN + `)(?:[ ][\p{L}'’ -]{1,60}?:|[\s]*[,:]|[ ](?:in|on|at|to|during|after|that|reporters|journalists|the|a|his|her|their|\p{Lu}\p{L}*)[\p{L}'’ -]{0,40}?,)[\s]*$`)
	justSaidEN = regexp.MustCompile(`(?:^|[\s,])(` + nameEN + `)[ ](?:also |later |then )?(said|told [\p{L} ]{1,30}|asked|replied)[ ]$`)
	linked     = regexp.MustCompile(`\b(?:of|in|at|from|for|to|with|on|by)(?:[ ]the)?[ ]$`)
	quotedEN   = regexp.MustCompile(`(?:^|[\s,])(` + nameEN + `) (?:was|were) (?:also |later )?quoted (?:by [\p{L} ]{2,30} )?as (saying)[\s]*[,:]?[\s]*$`)
	beforeHeEN = regexp.MustCompile(`(?:^|[\s,])(?:[Hh]e|[Ss]he|[Tt]hey|(?:[Tt]he|[Aa]n?|[Hh]is|[Hh]er|[Ii]ts|[Tt]heir) [a-z]+(?: [a-z]+)?)[ ](?:also |later |then )?(` + sayEN + `)(?:[ ][a-z][a-z ]{0,40}?)?[\s]*[,:][\s]*$`)
	perThenEN  = regexp.MustCompile(`^[\s]*(According to)[ ](?:the )?(` + nameEN + `)(?:,[^,.]{1,80})?,[\s]*$`)
	headEN     = regexp.MustCompile(`^[\s]*(` + nameEN + `)[\s]*:[\s]*$`)
)

// quoteEN tells whether a quote is speech by what stands around it, and whose.
func quoteEN(head, quote, tail string) (Quote, bool) {
	before := sentence(head)
	if m := headEN.FindStringSubmatch(before); m != nil && strings.TrimSpace(tail) == "" && subject(m[1]) != "" {
		return Quote{Speaker: subject(m[1])}, true
	}
	if !says(before) && !says(tail) {
		return Quote{}, false
	}
	stops := strings.ContainsAny(quote[len(quote)-1:], ",.!?") || strings.HasPrefix(strings.TrimSpace(tail), ",") // a name in marks runs on
	if stops && !within(before, quote) {
		if m := saidSomeEN.FindStringSubmatch(tail); m != nil && person(m[2]) != "" {
			return Quote{Verb: m[1], Speaker: person(m[2])}, true
		}
		if m := someSaidEN.FindStringSubmatch(tail); m != nil && (person(m[1])+person(m[2]) != "" || strings.ContainsAny(quote[len(quote)-1:], ",.!?")) {
			return Quote{Verb: m[3], Speaker: cmp.Or(person(m[1]), person(m[2]))}, true
		}
		if m := perEN.FindStringSubmatch(tail); m != nil && subject(m[2]) != "" {
			return Quote{Verb: m[1], Speaker: subject(m[2])}, true
		}
		if m := saidOneEN.FindStringSubmatch(tail); m != nil && strings.ContainsAny(quote[len(quote)-1:], ",.!?") {
			return Quote{Verb: m[1]}, true
		}
		if m := heSaidEN.FindStringSubmatch(tail); m != nil {
			return Quote{Verb: m[1] + m[2]}, true
		}
	}
	if m := beforeEN.FindStringSubmatchIndex(before); m != nil {
		name := subject(before[m[2]:m[3]])
		if linked.MatchString(before[:m[2]]) { // "the bishop of Leeds, Mark Tully, said"
			name = ""
			if m[4] >= 0 {
				name = person(before[m[4]:m[5]])
			}
		}
		if name != "" || linked.MatchString(before[:m[2]]) {
			return Quote{Verb: before[m[6]:m[7]], Speaker: name}, true
		}
	}
	if m := quotedEN.FindStringSubmatch(before); m != nil && subject(m[1]) != "" {
		return Quote{Verb: m[2], Speaker: subject(m[1])}, true
	}
	if m := justSaidEN.FindStringSubmatch(before + " "); m != nil && strings.ContainsAny(quote[len(quote)-1:], ".!?") && subject(m[1]) != "" {
		verb, _, _ := strings.Cut(m[2], " ")
		return Quote{Verb: verb, Speaker: subject(m[1])}, true
	}
	if m := beforeHeEN.FindStringSubmatch(before); m != nil {
		return Quote{Verb: m[1]}, true
	}
	if m := perThenEN.FindStringSubmatch(before); m != nil && stops && subject(m[2]) != "" {
		return Quote{Verb: m[1], Speaker: subject(m[2])}, true
	}
	return Quote{}, false
}

// says tells whether a text has one of the words with which the English report,
// so that most pairs of marks are judged no further.
func says(text string) bool {
	for word := range strings.FieldsFuncSeq(text, func(r rune) bool { return !unicode.IsLetter(r) }) {
		if len(word) > 3 && strings.Contains("|"+verbsEN+"|saying|", "|"+word+"|") {
			return true
		}
	}
	return strings.Contains(text, "ccording to")
}

// within says whether what is quoted is a few words of a sentence that is told:
// the offer was "insulting", she said.
func within(before, quote string) bool {
	first, _ := utf8.DecodeRuneInString(quote)
	return before != "" && unicode.IsLower(first) && len(strings.Fields(quote)) < 4 && !strings.ContainsAny(before[len(before)-1:], ",:")
}

// person is the name that a phrase like "Rovers manager Dean Hollis" ends with,
// before whatever tells of when, where or whence. One that is only of something
// else, "the Rome prosecutor", is none.
func person(phrase string) string {
	var row []string
	words := strings.Fields(phrase)
	for i, word := range words {
		first, _ := utf8.DecodeRuneInString(word)
		bare := strings.TrimRight(word, ".")
		switch {
		case word == "of" && len(row) == 0 && i+1 < len(words) && unicode.IsLower(rune(words[i+1][0])): // "mother of three Ana Lopez"
		case weekday(bare) && len(row) > 0 || linking(word) && !(word == "of" && len(row) == 1):
			return subject(strings.Join(row, " "))
		case unicode.IsUpper(first), len(row) > 0 && (particle(word) || word == "de" || word == "of"):
			row = append(row, word)
		default:
			row = nil
		}
		if bare != word && !abbreviated(bare) {
			break
		}
	}
	return subject(strings.Join(row, " "))
}

// linking says whether a word ends a phrase that names somebody.
func linking(word string) bool {
	switch word {
	case "of", "in", "on", "at", "from", "with", "to", "for", "by", "after", "before", "during", "as", "when", "while", "who", "whose", "that", "and", "last", "this", "late", "early", "yesterday", "later", "earlier", "outside", "inside", "near", "through", "via", "following", "about", "also":
		return true
	}
	return false
}

func weekday(word string) bool {
	switch word {
	case "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday":
		return true
	}
	return false
}

// subject is the name in a row of capitals; what only begins a sentence is none.
func subject(row string) string {
	words := strings.Fields(strings.TrimRight(row, ".'’"))
	for len(words) > 0 {
		switch words[0] {
		case "The", "A", "An", "But", "And", "In", "On", "At", "He", "She", "They", "It", "As", "When", "Later", "Earlier", "After", "Before", "Meanwhile", "However", "Asked", "I", "We", "You", "Yesterday", "Today":
			words = words[1:]
		default:
			return untitled(withoutSeat(words))
		}
	}
	return ""
}

// withoutSeat is a person's name without what follows "of": "Amy Lund of the …".
// An office, a house or a noble keeps it.
func withoutSeat(words []string) []string {
	i := slices.Index(words, "of")
	if i < 2 {
		return words
	}
	switch words[i-1] {
	case "Bank", "University", "Ministry", "Department", "House", "Court", "Bureau", "Board", "Council", "Institute", "Chamber", "Union", "Federation", "Republic", "State", "States", "City", "Church", "Academy", "College", "School",
		"Duke", "Duchess", "Prince", "Princess", "King", "Queen", "Bishop", "Archbishop", "Society", "Office", "Party", "Association", "Confederation", "Organization", "Organisation", "Agency":
		return words
	}
	return words[:i]
}
