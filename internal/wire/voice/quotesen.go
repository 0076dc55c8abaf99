package voice

import (
	"regexp"
	"slices"
	"strings"
)

const (
	sayEN  = `(?:said|says|told|added|adds|asked|replied|explained|warned|wrote|stated|noted|insisted|argued|claimed|recalled|continued|declared|announced|tweeted|posted|admitted|joked|shouted|concluded|remarked|acknowledged|recounted|quipped|cautioned)`
	nameEN = `(?:\p{Lu}[\p{L}.'’-]*)(?:[ ](?:\p{Lu}[\p{L}.'’-]*|de|van|von|der|bin|al|of)){0,6}`
)

var (
	saidNameEN = regexp.MustCompile(`^[\s,]*(` + sayEN + `)[ ](?:[Tt]he )?(?:[a-z-]+[ ]){0,3}(` + nameEN + `)`)
	nameSaidEN = regexp.MustCompile(`^[\s,]*(?:[Tt]he )?(?:[a-z'’-]+[ ]){0,5}(` + nameEN + `)(?:,[^,.]{1,80},|[ ](?:of|from|at|with)[ ][\p{L}'’ -]{1,60}?)?[ ](` + sayEN + `)(?:$|[\s.,;:])`)
	heSaidEN   = regexp.MustCompile(`^[\s,]*(?:he|she|they|it|one|the [a-z]+(?: [a-z]+)?|an? [a-z]+(?: [a-z]+)?|(?:his|her|their|its) [a-z]+(?: [a-z]+)?|another)[ ](` + sayEN + `)(?:$|[\s.,;:])|^[\s,]*(` + sayEN + `)[ ](?:(?:the|a|one|an)[ ][a-z]+(?:[ ][a-z]+)?|[a-z]+s)(?:$|[\s]*[.,;:])`)
	theySayEN  = regexp.MustCompile(`^[\s,]*(?:police|officials|organi[sz]ers|prosecutors|doctors|witnesses|residents|protesters|fans|locals|neighbou?rs|rescuers|investigators|authorities)[ ](` + sayEN + `)(?:$|[\s.,;:])`)
	perEN      = regexp.MustCompile(`^[\s,]*(according to)[ ](?:the )?(` + nameEN + `)`)
	beforeEN   = regexp.MustCompile(`(?:^|[\s,])(` + nameEN + `)(?:,[^,.]{1,80},|,)?[ ](?:also |later |then |had |has )?(` + sayEN + `)(?:[ ][\p{L}'’ -]{1,60}?:|[\s]*[,:]|[ ](?:in|on|at|to|during|after|that|reporters|journalists|the|AFP|AP|Reuters)\b[\p{L}'’ -]{0,40}?,)[\s]*$`)
	justSaidEN = regexp.MustCompile(`(?:^|[\s,])(` + nameEN + `)[ ](?:also |later |then )?(said|told [\p{L} ]{1,30}|asked|replied)[ ]$`)
	quotedEN   = regexp.MustCompile(`(?:^|[\s,])(` + nameEN + `) (?:was|were) (?:also |later )?quoted (?:by [\p{L} ]{2,30} )?as (saying)[\s]*[,:]?[\s]*$`)
	beforeHeEN = regexp.MustCompile(`(?:^|[\s,])(?:[Hh]e|[Ss]he|[Tt]hey)[ ](?:also |later |then )?(` + sayEN + `)(?:[ ][a-z][a-z ]{0,40}?)?[\s]*[,:][\s]*$`)
	perThenEN  = regexp.MustCompile(`^[\s]*(According to)[ ](?:the )?(` + nameEN + `)(?:,[^,.]{1,80})?,[\s]*$`)
	anyEN      = regexp.MustCompile(`\b` + sayEN + `\b|[Aa]ccording to|saying`)
	headEN     = regexp.MustCompile(`^[\s]*(` + nameEN + `)[\s]*:[\s]*$`)
)

// quoteEN tells whether a quote is speech by what stands around it, and whose.
func quoteEN(head, quote, tail string) (Quote, bool) {
	before := sentence(head)
	if m := headEN.FindStringSubmatch(before); m != nil && strings.TrimSpace(tail) == "" && subject(m[1]) != "" {
		return Quote{Speaker: subject(m[1])}, true
	}
	if !anyEN.MatchString(before) && !anyEN.MatchString(tail) {
		return Quote{}, false
	}
	stops := strings.ContainsAny(quote[len(quote)-1:], ",.!?") || strings.HasPrefix(strings.TrimSpace(tail), ",") // a name in marks runs on
	if stops {
		for _, after := range []struct {
			re         *regexp.Regexp
			verb, name int
		}{{saidNameEN, 1, 2}, {nameSaidEN, 2, 1}, {perEN, 1, 2}} {
			if m := after.re.FindStringSubmatch(tail); m != nil && subject(m[after.name]) != "" {
				return Quote{Verb: m[after.verb], Speaker: subject(m[after.name])}, true
			}
		}
		if m := theySayEN.FindStringSubmatch(tail); m != nil && strings.ContainsAny(quote[len(quote)-1:], ",.!?") {
			return Quote{Verb: m[1]}, true
		}
		if m := heSaidEN.FindStringSubmatch(tail); m != nil {
			return Quote{Verb: m[1] + m[2]}, true
		}
	}
	for _, re := range []*regexp.Regexp{beforeEN, quotedEN} {
		if m := re.FindStringSubmatch(before); m != nil && subject(m[1]) != "" {
			return Quote{Verb: m[2], Speaker: subject(m[1])}, true
		}
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
