package sense

import (
	"regexp"
	"strings"

	"github.com/rotatif/newsroom"
	"github.com/rotatif/newsroom/internal/letters"
)

var (
	// "ANKARA (AA) -", "İSTANBUL, (DHA)-", "GROSSETO, Italy (AP) --", "Berlin (dpa) - "
	placeAgency = regexp.MustCompile(`^\s*(\p{Lu}[\p{L}\p{M}.'’]*(?:[ /-]\p{Lu}[\p{L}\p{M}.'’]*){0,4})((?:\s*,\s*[\p{L}\p{M}\d. ]{0,30})?)\s*\(\s*([\p{L}\d][\p{L}\p{M}\d/&.\- ]{0,29})\s*\)\s*[-–—:]+\s*`)
	// "(ANKARA) -"
	placeAlone = regexp.MustCompile(`^\s*\(\s*(\p{Lu}[\p{Lu}\p{M} ]{2,40})\s*\)\s*[-–—]+\s*`)
)

// datelineOf reads a dateline at the beginning of a text, and says how much of
// the text it takes.
func datelineOf(text string) (line newsroom.Dateline, length int) {
	if m := placeAgency.FindStringSubmatch(text); m != nil {
		return newsroom.Dateline{Text: strings.TrimSpace(m[0]), Place: m[1]}, len(m[0])
	}
	if m := placeAlone.FindStringSubmatch(text); m != nil {
		return newsroom.Dateline{Text: strings.TrimSpace(m[0]), Place: strings.TrimSpace(m[1])}, len(m[0])
	}
	return newsroom.Dateline{}, 0
}

// splitDateline takes the dateline out of the first paragraph. One that came
// as a property is kept and only taken out of the text.
func splitDateline(d *newsroom.Dispatch) {
	at := firstText(d.Body)
	delivered := strings.TrimSpace(d.Dateline.Text)
	if delivered != "" && d.Dateline.Place == "" {
		d.Dateline.Place = placeOf(delivered)
	}
	if at < 0 {
		return
	}
	text := newsroom.Plain(d.Body[at].Text)
	if rest, ok := strings.CutPrefix(strings.TrimLeft(text, " "), delivered); ok && delivered != "" {
		rest = strings.TrimLeft(rest, " -–—:")
		d.Body[at].Text = dropBytes(d.Body[at].Text, len(text)-len(rest))
		return
	}
	line, length := datelineOf(text)
	if length == 0 {
		return
	}
	if delivered == "" {
		d.Dateline.Text = line.Text
	}
	if d.Dateline.Place == "" {
		d.Dateline.Place = line.Place
	}
	d.Body[at].Text = dropBytes(d.Body[at].Text, length)
}

// placeOf is the place of a dateline that stands for itself, "ANKARA, 5 Mart (ÖA) -".
func placeOf(text string) string {
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
