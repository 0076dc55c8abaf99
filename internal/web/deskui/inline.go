package deskui

import (
	"strings"
	"unicode"

	"github.com/rotatif/newsroom"
	"github.com/rotatif/newsroom/internal/markup"
)

// blank is what is trimmed from a line: not the hard space, which is meant.
const blank = " \t"

// clean brings text to lines: no carriage returns, no tabs, no control signs, and
// no marks that override the order of letters.
func clean(s string) string {
	s = strings.ReplaceAll(strings.ToValidUTF8(s, "\uFFFD"), "\r\n", "\n")
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\r' || r == '\u2028' || r == '\u2029':
			return '\n'
		case r == '\t':
			return ' '
		case markup.Steers(r):
			return -1
		default:
			return r
		}
	}, s)
}

// sign is one letter of a line with its marks.
type sign struct {
	r          rune
	strong, em bool
	href       string
}

func (s sign) like(o sign) bool { return s.strong == o.strong && s.em == o.em && s.href == o.href }

// signsOf takes spans apart.
func signsOf(spans []newsroom.Span) []sign {
	signs := []sign{}
	for _, span := range spans {
		for _, r := range clean(span.Text) {
			signs = append(signs, sign{r: r, strong: span.Strong, em: span.Em, href: span.Href})
		}
	}
	return signs
}

// spansOf puts signs together; neighbours with equal marks are one span.
func spansOf(signs []sign) []newsroom.Span {
	var spans []newsroom.Span
	var text strings.Builder
	for i, s := range signs {
		text.WriteRune(s.r)
		if i+1 == len(signs) || !s.like(signs[i+1]) {
			spans = append(spans, newsroom.Span{Text: text.String(), Strong: s.strong, Em: s.em, Href: s.href})
			text.Reset()
		}
	}
	return spans
}

// normalSpans is the one form of equal-looking spans: no empty ones, no two
// alike side by side, no blanks around lines, no marks that begin or end with
// a blank. In a single line a new line is a blank.
func normalSpans(spans []newsroom.Span, single bool) []newsroom.Span {
	signs := trimLines(signsOf(spans), single)
	for from := 0; from < len(signs); {
		to := from
		for to < len(signs) && unicode.IsSpace(signs[to].r) {
			to++
		}
		if to > from {
			settle(signs, from, to)
		}
		from = to + 1
	}
	return spansOf(signs)
}

// settle lets a run of blanks have a mark only if all of it and both neighbours have it.
func settle(signs []sign, from, to int) {
	strong, em := from > 0 && to < len(signs), from > 0 && to < len(signs)
	for i := max(from-1, 0); i <= min(to, len(signs)-1); i++ {
		strong, em = strong && signs[i].strong, em && signs[i].em
	}
	for i := from; i < to; i++ {
		signs[i].strong, signs[i].em = strong, em
	}
}

func trimLines(signs []sign, single bool) []sign {
	out := signs[:0:0]
	for _, s := range signs {
		if s.r == '\n' && single {
			s.r = ' '
		}
		start := len(out) == 0 || out[len(out)-1].r == '\n'
		if start && (s.r == ' ' || s.r == '\n') {
			continue
		}
		if s.r == '\n' {
			out = trimEnd(out)
		}
		out = append(out, s)
	}
	return trimEnd(out)
}

func trimEnd(signs []sign) []sign {
	for len(signs) > 0 && (signs[len(signs)-1].r == ' ' || signs[len(signs)-1].r == '\n') {
		signs = signs[:len(signs)-1]
	}
	return signs
}

// formatInline writes normal spans.
func formatInline(spans []newsroom.Span, also string) string {
	var b strings.Builder
	signs := signsOf(spans)
	for from := 0; from < len(signs); {
		to := from
		for to < len(signs) && signs[to].href == signs[from].href {
			to++
		}
		writeRun(&b, signs[from:to], also)
		from = to
	}
	return b.String()
}

// writeRun writes signs of one address.
func writeRun(b *strings.Builder, signs []sign, also string) {
	href := signs[0].href
	escaped := `\*` + also
	if href != "" || strings.Contains(newsroom.Plain(spansOf(signs)), "](") {
		escaped += "[]"
	}
	if href != "" {
		b.WriteByte('[')
	}
	strong, em := false, false
	for _, s := range signs {
		b.WriteString(stars(strong != s.strong, em != s.em))
		strong, em = s.strong, s.em
		escape(b, s.r, escaped)
	}
	b.WriteString(stars(strong, em))
	if href == "" {
		return
	}
	b.WriteString("](")
	for _, r := range href {
		escape(b, r, ")"+also)
	}
	b.WriteByte(')')
}

func escape(b *strings.Builder, r rune, escaped string) {
	if strings.ContainsRune(escaped, r) {
		b.WriteByte('\\')
	}
	b.WriteRune(r)
}

func stars(strong, em bool) string {
	switch {
	case strong && em:
		return "***"
	case strong:
		return "**"
	case em:
		return "*"
	default:
		return ""
	}
}

// parseInline reads a line or the lines of a paragraph.
func parseInline(raw string) []newsroom.Span {
	r := inline{raw: []rune(raw)}
	return normalSpans(spansOf(r.read(0, len(r.raw), "")), false)
}

// inline reads signs from raw text.
type inline struct {
	raw    []rune
	barren int // no address that begins before this place has an end
}

// token is a letter, or a mark that turns strong or em on or off.
type token struct {
	sign
	mark byte // 's', 'e' or 0
}

// read gives the signs between two places; text of a link has its address.
func (r *inline) read(from, to int, href string) []sign {
	tokens := []token{}
	letter := func(c rune) { tokens = append(tokens, token{sign: sign{r: c, href: href}}) }
	for i := from; i < to; {
		switch {
		case r.escapes(i, to):
			letter(r.raw[i+1])
			i += 2
		case r.raw[i] == '*':
			n := r.starRun(i, to)
			tokens = append(tokens, r.marks(i, n, from, to, href)...)
			i += n
		case r.raw[i] == '[' && href == "":
			mid, end, address := r.link(i, to)
			if end == 0 {
				letter('[')
				i++
				continue
			}
			for _, s := range r.read(i+1, mid, address) {
				tokens = append(tokens, token{sign: s})
			}
			i = end
		default:
			letter(r.raw[i])
			i++
		}
	}
	return toggle(tokens)
}

// escapes says whether the backslash at i takes the meaning from the next sign.
func (r *inline) escapes(i, to int) bool {
	return r.raw[i] == '\\' && i+1 < to && (unicode.IsPunct(r.raw[i+1]) || unicode.IsSymbol(r.raw[i+1]))
}

func (r *inline) starRun(i, to int) int {
	n := 0
	for i+n < to && r.raw[i+n] == '*' {
		n++
	}
	return n
}

// marks reads a run of stars; between blanks, or more than three, they are stars.
func (r *inline) marks(i, n, from, to int, href string) []token {
	before := i > from && unicode.IsSpace(r.raw[i-1])
	after := i+n < to && unicode.IsSpace(r.raw[i+n])
	if before && after || n > 3 {
		stars := make([]token, n)
		for k := range stars {
			stars[k] = token{sign: sign{r: '*', href: href}}
		}
		return stars
	}
	tokens := []token{}
	if n >= 2 {
		tokens = append(tokens, token{sign: sign{href: href}, mark: 's'})
	}
	if n != 2 {
		tokens = append(tokens, token{sign: sign{href: href}, mark: 'e'})
	}
	return tokens
}

// link reads "[text](address)" at i: where the text ends, where the link ends,
// and its address. An end of 0 says that there is none.
func (r *inline) link(i, to int) (mid, end int, address string) {
	for mid = i + 1; mid < to && r.raw[mid] != ']'; mid++ {
		if r.raw[mid] == '[' {
			return 0, 0, ""
		}
		if r.escapes(mid, to) {
			mid++
		}
	}
	if mid == i+1 || mid+1 >= to || r.raw[mid+1] != '(' {
		return 0, 0, ""
	}
	if mid+2 < r.barren {
		return 0, 0, ""
	}
	if end, address = r.address(mid+2, to); !newsroom.SafeHref(address) {
		return 0, 0, ""
	}
	return mid, end, address
}

// address reads up to the closing bracket; "" when none is reached. Where it
// was sought in vain is remembered, so that a line is read in linear time.
func (r *inline) address(from, to int) (end int, address string) {
	var b strings.Builder
	for end = from; end < to && r.raw[end] > ' '; end++ {
		if r.raw[end] == ')' {
			return end + 1, b.String()
		}
		if r.escapes(end, to) {
			end++
		}
		b.WriteRune(r.raw[end])
	}
	r.barren = end
	return 0, ""
}

// toggle applies the marks. One that is never closed was a sign after all.
func toggle(tokens []token) []sign {
	odd := map[byte]int{'s': -1, 'e': -1}
	for i, t := range tokens {
		if t.mark != 0 && odd[t.mark] < 0 {
			odd[t.mark] = i
		} else if t.mark != 0 {
			odd[t.mark] = -1
		}
	}
	signs, strong, em := []sign{}, false, false
	for i, t := range tokens {
		switch {
		case t.mark != 0 && odd[t.mark] == i:
			for range map[byte]int{'s': 2, 'e': 1}[t.mark] {
				signs = append(signs, sign{r: '*', strong: strong, em: em, href: t.href})
			}
		case t.mark == 's':
			strong = !strong
		case t.mark == 'e':
			em = !em
		default:
			t.strong, t.em = t.strong != strong, t.em != em
			signs = append(signs, t.sign)
		}
	}
	return signs
}
