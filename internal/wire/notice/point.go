package notice

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/rotatif/newsroom"
	"github.com/rotatif/newsroom/internal/letters"
)

var (
	codes = []*regexp.Regexp{
		regexp.MustCompile(`\b(?:urn|tag|aa|iha|dha|anka|dpa|afp|ap):[^\s"”’»<>()]{4,120}`),
		regexp.MustCompile(`\b(20\d{6}[A-Z]{1,3}\d{4,8})\b`),
		regexp.MustCompile(`(?i)(\p{L}{0,6}[-/ ]?\d{2,10})['’]?\s*(?:numaralı|nolu|no['’]lu|no\.lu|kodlu|sayılı)`),
		regexp.MustCompile(`(?i)\b(?:item|story|alert|no\.?|nr\.?|number|meldung|haber kodu|haber no)\s*[:#]?\s*(\p{L}{0,6}[-/ ]?\d{2,10})\b`),
		regexp.MustCompile(`\b(\p{L}{2,6}[- ]?0*\d{2,7})\s*["“«‘']`),
		regexp.MustCompile(`(?i)\bslugged\s+["“]?([\p{L}\d]+(?:-[\p{L}\d]+)+)`), regexp.MustCompile(`\b(BC-[\p{L}\d]+(?:-[\p{L}\d]+)*)`),
		regexp.MustCompile(`(?i)\b((?:dpa|afp|rtr|apa|ats|orn)[- ]?\d{2,7})\b`),
	}
	quoted = []*regexp.Regexp{
		regexp.MustCompile(`“([^”]{8,300})”`), regexp.MustCompile(`"([^"]{8,300})"`), regexp.MustCompile(`«([^»]{8,300})»`),
		regexp.MustCompile(`„([^“”]{8,300})[“”]`), regexp.MustCompile(`‘([^’]{8,300})’`), regexp.MustCompile(`(?:^|\s)'([^']{8,300})'(?:\s|$|[.,])`),
	}
	clocks = []*regexp.Regexp{
		regexp.MustCompile(`(?i)\bsaat(?:i|leri)?\s*:?\s*(\d{1,2})[.:](\d{2})`),
		regexp.MustCompile(`\b(\d{1,2})[.:](\d{2})['’](?:de|da|te|ta)\b`),
		regexp.MustCompile(`\b(\d{1,2})[.:](\d{2})\s+(?:saatli|sularında)`),
		regexp.MustCompile(`(?i)\b(?:timed|sent|moved|filed|at|um)\s+(?:at\s+)?(\d{1,2})[.:]?(\d{2})\s*(?:gmt|utc|uhr|local|hrs|hours)?\b`),
	}
	beforeCall = regexp.MustCompile(`^(.{8,300}?)\s+(?:[-–—]\s*(?:\p{Lu}{3,}\s?){1,3}|\(\p{L}{4,}(?:\s\p{L}{4,})?\))\s*$`)
	afterCall  = regexp.MustCompile(`^[^\p{L}]*(?:\p{Lu}{4,}\s?){1,3}(?:\s*[:!*)/–—-]+)\s*(.{8,300})$`)
)

// maxPoints is how many names of either sort a notice points with.
const maxPoints = 10

// point fills in how the notice names the copy it means.
func (c Copy) point(n *newsroom.Notice) {
	texts := append(append([]string{c.Headline}, c.paragraphs(lead)...), c.Notes...)
	for _, text := range texts {
		text = letters.Cut(text, most)
		n.IDs = gather(n.IDs, codes, text)
		n.Headlines = gather(n.Headlines, quoted, text)
		if n.At.IsZero() {
			n.At = c.clock(text)
		}
	}
	for _, beside := range []*regexp.Regexp{afterCall, beforeCall} {
		if m := beside.FindStringSubmatch(c.Headline); m != nil && len(n.Headlines) < maxPoints {
			n.Headlines = append(n.Headlines, strings.TrimSpace(m[1]))
		}
	}
}

func gather(found []string, by []*regexp.Regexp, text string) []string {
	for _, re := range by {
		for _, m := range re.FindAllStringSubmatch(text, maxPoints) {
			s := strings.TrimSpace(m[len(m)-1])
			if len(found) < maxPoints && !slices.Contains(found, s) {
				found = append(found, s)
			}
		}
	}
	return found
}

// clock is the last time before the notice was sent at which the clock showed
// what the text says.
func (c Copy) clock(text string) time.Time {
	if c.Sent.IsZero() {
		return time.Time{}
	}
	zone := c.Zone
	if zone == nil {
		zone = time.UTC
	}
	for _, re := range clocks {
		m := re.FindStringSubmatch(text)
		if m == nil {
			continue
		}
		hour, _ := strconv.Atoi(m[1])
		minute, _ := strconv.Atoi(m[2])
		if hour > 23 || minute > 59 {
			continue
		}
		in := zone
		if plain := strings.ToLower(m[0]); strings.HasSuffix(plain, "gmt") || strings.HasSuffix(plain, "utc") {
			in = time.UTC
		}
		sent := c.Sent.In(in)
		at := time.Date(sent.Year(), sent.Month(), sent.Day(), hour, minute, 0, 0, in)
		if at.After(sent) {
			at = at.AddDate(0, 0, -1)
		}
		return newsroom.Micro(at)
	}
	return time.Time{}
}
