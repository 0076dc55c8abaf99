package sense

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/rotatif/newsroom"
	"github.com/rotatif/newsroom/internal/letters"
)

var (
	// "ANKARA (AA) -", "İSTANBUL, (DHA)-", "GROSSETO, Italy (AP) --", "Tegucigalpa, Jan 2 (EFE).-", "MOSCOW, January 21. /TASS/.", "TYLER, Texas--(BUSINESS WIRE)--"
	placeAgency = regexp.MustCompile(`^\s*(\p{Lu}[\p{L}\p{M}.'’]*(?:[ /-]\p{Lu}[\p{L}\p{M}.'’]*){0,4})((?:\s*,\s*[\p{L}\p{M}\d. ]{0,30}){0,3})\s*` +
		`(?:(?:--|[–—])?\(\s*[\p{L}\d][\p{L}\p{M}\d/&.\- ]{0,29}\s*\)\s*\.?\s*[-–—:_]+(?:\p{L}{3,9}\.? \d{1,2}, \d{4}\s*[-–—]+)?|/[\p{L}\d][\p{L}\p{M}\d.\- ]{0,29}/\s*[-–—:.]+)\s*`)
	// "(ANKARA) -"
	placeAlone = regexp.MustCompile(`^\s*\(\s*(\p{Lu}[\p{Lu}\p{M} ]{2,40})\s*\)\s*[-–—]+\s*`)
	// "(ANSA) - ROME, JUL 11 - "
	agencyPlace = regexp.MustCompile(`^\s*\(\s*\p{Lu}[\p{L}\d/&.\- ]{0,29}\s*\)\s*[-–—]+\s*(\p{Lu}[\p{L}\p{M}.'’ ]{1,40}),\s*[\p{L}\d. ]{3,20}\s[-–—]+\s*`)
	// "SYDNEY, Jan 12 AAP - ", "LONDON, 5 May 2026 - "
	placeDay = regexp.MustCompile(`^\s*(\p{Lu}[\p{L}\p{M}.'’]*(?:[ /-]\p{Lu}[\p{L}\p{M}.'’]*){0,4}),\s+` +
		`(?:(\p{L}{3,9})\.?\s+\d{1,2}|\d{1,2}\.?\s+(\p{L}{3,9})\.?)(?:,?\s+\d{4})?(?:,?\s+\p{Lu}{2,6})?\s+[-–—]+\s+`)
	// before a colon, folded: "NOT", "Abonelerimizin dikkatine"
	toEditors = regexp.MustCompile(`^(?:not|note|notes? to editors|editors?(?: s)? notes?|editorun notu|dikkat|(?:abone|editor|haber merkez)[a-z]*(?: haber)? dikkatine|achtung redaktionen)$`)
	// what stands between a dateline that came as a property and the copy: " -", " (AP) —", "--(BUSINESS WIRE)--Dec 5, 2024--"
	behindPlace = regexp.MustCompile(`^[\s,]*(?:[-–—:]+\s*)?(?:[(/]\s*[\p{L}\d][\p{L}\p{M}\d/&.\- ]{0,29}\s*[)/]\s*\.?\s*[-–—:_]+\s*(?:\p{L}{3,9}\.? \d{1,2}, \d{4}\s*[-–—]+\s*)?|[-–—:]\s*)`)
)

// datelineOf reads a dateline at the beginning of a text, and says how much of
// the text it takes.
func datelineOf(text string) (line newsroom.Dateline, length int) {
	if m := placeAgency.FindStringSubmatch(text); m != nil {
		return newsroom.Dateline{Text: strings.TrimSpace(m[0]), Place: m[1]}, len(m[0])
	}
	if m := agencyPlace.FindStringSubmatch(text); m != nil {
		return newsroom.Dateline{Text: strings.TrimSpace(m[0]), Place: strings.TrimSpace(m[1])}, len(m[0])
	}
	if m := placeAlone.FindStringSubmatch(text); m != nil {
		return newsroom.Dateline{Text: strings.TrimSpace(m[0]), Place: strings.TrimSpace(m[1])}, len(m[0])
	}
	if m := placeDay.FindStringSubmatch(text); m != nil && monthOf(m[2]+m[3]) > 0 {
		return newsroom.Dateline{Text: strings.TrimSpace(m[0]), Place: m[1]}, len(m[0])
	}
	return newsroom.Dateline{}, 0
}

// aside says whether a paragraph stands before the copy begins: what was
// changed, in brackets, a point of a list, a word to editors, who wrote it.
func aside(text, byline string) bool {
	text = strings.TrimSpace(text)
	words := len(strings.Fields(text))
	head, _, _ := strings.Cut(text, ":")
	switch {
	case utf8.RuneCountInString(text) > 300:
		return false
	case toEditors.MatchString(letters.Fold(head)), strings.HasPrefix(text, "(") && strings.HasSuffix(text, ")"), strings.HasPrefix(text, "[") && strings.HasSuffix(text, "]"), strings.HasPrefix(text, "* "):
		return true
	default:
		return same(text, byline) || words <= 8 && (strings.HasPrefix(text, "By ") || strings.HasPrefix(text, "Von ") || strings.HasPrefix(text, "Par "))
	}
}

// opening is the place of the paragraph that the copy begins with: the first,
// or one behind asides that begins with a dateline. -1 when there is none.
func opening(d *newsroom.Dispatch) int {
	for i, b := range d.Body {
		if b.Kind != newsroom.Paragraph || i > 8 {
			break
		}
		text := newsroom.Plain(b.Text)
		if _, length := datelineOf(text); length > 0 {
			return i
		}
		if !aside(text, d.Byline) {
			break
		}
	}
	return firstText(d.Body)
}

// splitDateline takes the dateline out of the first paragraph. One that came
// as a property is kept and only taken out of the text.
func splitDateline(d *newsroom.Dispatch) {
	at := opening(d)
	delivered := strings.TrimSpace(d.Dateline.Text)
	if delivered != "" && d.Dateline.Place == "" {
		d.Dateline.Place = placeOf(delivered)
	}
	if at < 0 {
		return
	}
	text := newsroom.Plain(d.Body[at].Text)
	line, length := datelineOf(text)
	switch {
	case delivered == "":
		d.Dateline.Text = line.Text
	case length == 0 || !strings.HasPrefix(line.Text, delivered):
		length = max(length, repeats(text, delivered))
	}
	if d.Dateline.Place == "" {
		d.Dateline.Place = line.Place
	}
	d.Body[at].Text = dropBytes(d.Body[at].Text, length)
	if length > 0 && strings.TrimSpace(newsroom.Plain(d.Body[at].Text)) == "" && len(d.Body) > 1 {
		d.Body = append(d.Body[:at:at], d.Body[at+1:]...)
	}
}

// repeats says how much of a text is the dateline that came beside it. A story
// that begins with the name of its place begins with a word of its own.
func repeats(text, delivered string) int {
	rest, ok := strings.CutPrefix(strings.TrimLeft(text, " "), delivered)
	if !ok {
		return 0
	}
	if m := behindPlace.FindString(rest); m != "" {
		rest = rest[len(m):]
	} else if strings.Trim(rest, " -–—:") != "" && !strings.ContainsAny(delivered[len(delivered)-1:], "-:)") && !strings.HasSuffix(delivered, "–") && !strings.HasSuffix(delivered, "—") {
		return 0
	}
	return len(text) - len(strings.TrimLeft(rest, " -–—:"))
}

// placeOf is the place of a dateline that stands for itself, "ANKARA, 5 Mart (ÖA) -".
// One that begins with a number is a date.
func placeOf(text string) string {
	if text[0] >= '0' && text[0] <= '9' {
		return ""
	}
	if line, n := datelineOf(text + " - "); n > 0 {
		return line.Place
	}
	place, _, _ := strings.Cut(text, "(")
	place, _, _ = strings.Cut(place, ",")
	return strings.Trim(place, " -–—:.")
}

// dropBytes takes the first n bytes of text out of the spans.
func dropBytes(spans []newsroom.Span, n int) []newsroom.Span {
	var kept []newsroom.Span
	for _, s := range spans {
		taken := min(n, len(s.Text))
		n -= taken
		if s.Text = s.Text[taken:]; s.Text != "" {
			kept = append(kept, s)
		}
	}
	return kept
}

// firstText is the place of the first paragraph of the body, -1 when there is none.
func firstText(body newsroom.Body) int {
	for i, b := range body {
		if b.Kind == newsroom.Paragraph {
			return i
		}
	}
	return -1
}

func firstParagraph(body newsroom.Body) string {
	if at := firstText(body); at >= 0 {
		return newsroom.Plain(body[at].Text)
	}
	return ""
}

// same says whether two texts are the same to a reader.
func same(a, b string) bool { return a != "" && letters.Fold(a) == letters.Fold(b) }
