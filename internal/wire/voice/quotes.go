package voice

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// span is a quoted run of bytes: the text between the marks, and with them.
type span struct{ at, end, from, to int }

// Quotes finds direct speech in Turkish and English text; of other languages
// nothing. What stands in quotation marks without a predicate that says that it
// was said is a name, not speech.
func Quotes(text, lang string) []Quote {
	if !heard(lang) {
		return nil
	}
	text = bounded(text)
	var found []Quote
	at, looked, leads := 0, 0, "" // the line before, when it ends with a colon
	for line := range strings.Lines(text) {
		var before span
		var speaks Quote
		for _, s := range spans(line) {
			if looked++; looked > maxLooked {
				return found
			}
			q, ok := quoteIn(line, s, leads)
			if !ok && speaks.Verb != "" && goesOn(line, before, s) {
				q, ok = Quote{Speaker: speaks.Speaker, Verb: speaks.Verb}, true
			}
			before, speaks = s, q
			if ok && len(found) < maxFound {
				q.Text, q.At, q.End = line[s.at:s.end], at+s.at, at+s.end
				found = append(found, q)
			}
		}
		at += len(line)
		if said := strings.TrimSpace(line); said != "" {
			leads = ""
			if strings.HasSuffix(said, ":") {
				leads = last(said, reach)
			}
		}
	}
	return found
}

var saidBetween = regexp.MustCompile(`^[\s,]*(?:[^.,!?"“”]{1,80})?\b` + sayEN + `\b(?:[^.!?"“”]{0,120})[.,]\s*$`)

// goesOn says whether a quote goes on with the one before it, in the English
// way: “We tried,” Hale said. “We failed.”
func goesOn(line string, before, s span) bool {
	ends := line[s.at:s.end]
	return ends != "" && strings.ContainsAny(ends[len(ends)-1:], ".!?") && s.from-before.to < 160 && saidBetween.MatchString(line[before.to:s.from])
}

// reach is how far from a quote its speaker may stand, in characters.
const reach = 300

// last is the end of a text, of about so many characters, beginning with a word.
func last(s string, n int) string {
	if len(s) <= 2*n {
		return s
	}
	s = s[len(s)-2*n:]
	if i := strings.IndexByte(s, ' '); i >= 0 {
		return s[i:]
	}
	return ""
}

// start is the beginning of a text, of so many characters. The rest is not even
// counted, and no byte is another than in the text.
func start(s string, n int) string {
	for i := range s {
		if n--; n < 0 {
			return s[:i]
		}
	}
	return s
}

func quoteIn(line string, s span, leads string) (Quote, bool) {
	if strings.TrimSpace(line[s.at:s.end]) == "" {
		return Quote{}, false
	}
	if strings.TrimSpace(line[:s.from]) == "" && strings.TrimSpace(line[s.to:]) == "" && leads != "" {
		if q, ok := quoteIn(leads+line, span{s.at + len(leads), s.end + len(leads), s.from + len(leads), s.to + len(leads)}, ""); ok {
			return q, true
		}
	}
	head, tail := last(line[:s.from], reach), start(line[s.to:], reach)
	if q, ok := quoteTR(head, line[s.at:s.end], tail); ok {
		return q, true
	}
	return quoteEN(head, line[s.at:s.end], tail)
}

// spans finds what stands in double marks, of any of the usual kinds. Marks
// inside are the inner text's. A mark that does not close opens nothing.
func spans(line string) []span {
	var found []span
	for i := 0; i < len(line); {
		r, n := utf8.DecodeRuneInString(line[i:])
		if single, ok := singly(line, i, r); ok {
			found = append(found, unescaped(line, single))
			i = single.to
			continue
		}
		closing, two := closes(r, line[i:])
		if closing == "" {
			i += n
			continue
		}
		if two {
			n = 2
		}
		length := strings.Index(line[i+n:], closing)
		if r == '“' && length < 0 { // “ closes what „ opened, and sloppy hands close with "
			closing = `"`
			length = strings.Index(line[i+n:], closing)
		}
		if length < 0 {
			i += n
			continue
		}
		end := i + n + length
		found = append(found, unescaped(line, span{at: i + n, end: end, from: i, to: end + len(closing)}))
		i = end + len(closing)
	}
	return found
}

// unescaped is a span without the strokes that some systems leave before marks:
// \"Evet\" dedi.
func unescaped(line string, s span) span {
	if s.from > 0 && line[s.from-1] == '\\' {
		s.from--
		if s.end > s.at && line[s.end-1] == '\\' {
			s.end--
		}
	}
	return s
}

// mostSingle is how far the second of two single marks is looked for, in characters.
const mostSingle = 600

// singly finds what stands in single marks from i on. The same sign is the
// apostrophe, so that they count only around whole words that begin with a
// capital, and only where no other marks stand within.
func singly(line string, i int, open rune) (span, bool) {
	if open != '\'' && open != '‘' || i > 0 && !strings.ContainsRune(" (\t\\", rune(line[i-1])) {
		return span{}, false
	}
	from := i + utf8.RuneLen(open)
	if first, _ := utf8.DecodeRuneInString(line[from:]); !unicode.IsUpper(first) {
		return span{}, false
	}
	for at, r := range start(line[from:], mostSingle) {
		end := from + at + utf8.RuneLen(r)
		switch {
		case strings.ContainsRune("\"“”«»„\n", r):
			return span{}, false
		case r != '\'' && r != '’' || at == 0 || line[from+at-1] == ' ':
		case end == len(line) || strings.ContainsRune(" \r\n\t,.;:!?)", rune(line[end])):
			return span{at: from, end: from + at, from: i, to: end}, true
		}
	}
	return span{}, false
}

// closes gives the mark that closes one that opens, empty when none opens here.
func closes(r rune, rest string) (mark string, two bool) {
	switch {
	case r == '“', r == '”': // sloppy hands open with what closes
		return "”", false
	case r == '„':
		return "“", false
	case r == '«':
		return "»", false
	case r == '"':
		return `"`, false
	case strings.HasPrefix(rest, "''"):
		return "''", true
	default:
		return "", false
	}
}

// sentence is the part of the text before a quote that belongs to its sentence.
func sentence(head string) string {
	cut := 0
	for _, m := range fullStop.FindAllStringIndex(head, -1) {
		word := head[strings.LastIndexAny(head[:m[0]], " \t(")+1 : m[0]]
		next, _ := utf8.DecodeRuneInString(head[m[1]:]) // “… mi?” sorusuna: it goes on in small letters
		if !abbreviated(word) && !unicode.IsLower(next) {
			cut = m[1]
		}
	}
	return strings.TrimSpace(head[cut:])
}

var fullStop = regexp.MustCompile(`[.!?…]["”»’)]*\s+`)

// abbreviated says whether a full stop after the word ends no sentence.
func abbreviated(word string) bool {
	switch word {
	case "Prof", "Dr", "Doç", "Yrd", "Av", "Op", "Uzm", "Öğr", "Gör", "Arş", "Alb", "Yzb", "Org", "Korg", "Tuğg", "Bşk", "St", "No", "vb", "vd", "Mr", "Mrs", "Ms", "Sen", "Rep", "Gov", "Gen", "Col", "Capt", "Lt", "Jr", "Sr", "Rev", "Hon", "Mt", "Ecz", "Dt", "Müh", "Mim":
		return true
	}
	first, size := utf8.DecodeRuneInString(word)
	return size == len(word) && unicode.IsUpper(first) || isNumber(word) || initials.MatchString(word)
}

// initials are what is left of a name that may not be told: "A.K."
var initials = regexp.MustCompile(`^(?:\p{Lu}\.)+\p{Lu}$`)

func isNumber(word string) bool {
	for _, r := range word {
		if !unicode.IsDigit(r) {
			return false
		}
	}
	return word != ""
}
