package sense

import (
	"path"
	"regexp"
	"strconv"
	"strings"

	"github.com/rotatif/newsroom"
	"github.com/rotatif/newsroom/internal/letters"
)

// maxRenditions is how many sizes of one picture are kept.
const maxRenditions = 30

// AddRendered adds a picture that was delivered in several sizes. The picture
// is fetched from the best size that has a web address; when none has, it is
// known by the name of its file, which the agency delivers beside the text.
func AddRendered(d *newsroom.Dispatch, p newsroom.PictureRef, sizes []newsroom.Rendition) {
	best, named, elsewhere := -1, -1, ""
	for _, r := range sizes {
		address := Delivered(r.Src)
		if address == "" && r.Src != "" {
			Unfetched(d, r.Src)
			if name := fileName(r.Src); size(r) > best && Image("", name) {
				elsewhere = name
			}
		}
		r.Src, r.Name, r.Type = address, cut(strings.TrimSpace(r.Name), 60), cut(strings.ToLower(strings.TrimSpace(r.Type)), 60)
		if r == (newsroom.Rendition{}) || len(p.Renditions) >= maxRenditions {
			continue
		}
		rank := size(r)
		if WebAddress(r.Src) && rank > best && !Printed(r.Type) {
			p.Src, best = r.Src, rank
		}
		if p.ID == "" && r.Src != "" && !WebAddress(r.Src) && rank > named {
			named = rank
		}
		p.Renditions = append(p.Renditions, r)
	}
	for _, r := range p.Renditions {
		if p.ID == "" && p.Src == "" && r.Src != "" && size(r) == named {
			p.ID = r.Src
		}
	}
	if p.ID == "" && p.Src == "" {
		p.ID = elsewhere // its words are not lost for a place nobody goes to
	}
	AddPicture(d, p)
}

// Printed says whether a file is a picture for those who print, which no page shows.
func Printed(mime string) bool {
	switch strings.ToLower(strings.TrimSpace(mime)) {
	case "application/pdf", "application/postscript", "application/illustrator", "application/eps", "application/x-eps":
		return true
	default:
		return false
	}
}

// fileName is the last name of a path that is not followed.
func fileName(path string) string {
	if i := strings.LastIndexAny(path, "/\\"); i >= 0 {
		path = path[i+1:]
	}
	return Delivered(strings.TrimSpace(path))
}

// size ranks a rendition: by its width, else by what its name promises.
func size(r newsroom.Rendition) int {
	if r.Width > 0 {
		return r.Width
	}
	name := letters.Fold(r.Name)
	for i, words := range []string{"thumb", "quicklook preview viewimage", "web lowres", "", "highres highdef hires high original main fullsize"} {
		for _, word := range strings.Fields(words) {
			if strings.Contains(name, word) {
				return i
			}
		}
	}
	return 3
}

var scheme = regexp.MustCompile(`^(?i:https?|file|data|javascript|vbscript|blob|about|ftp|[a-z]):`)

// veiled is a dot, a slash or a backslash written so that it is not seen.
var veiled = regexp.MustCompile(`(?i)%(?:2e|2f|5c|00|25)`)

// Delivered is where a delivered thing is, as far as it may be used: an address
// on the web, the id it has with the agency, or the name of a file delivered
// beside the text. A name that leads out of its folder is none.
func Delivered(href string) string {
	href = strings.TrimSpace(href)
	if name, beside := strings.CutPrefix(href, "file:///./"); beside {
		href = strings.TrimSpace(name) // as IPTC itself writes the name of a file beside the text
	}
	if strings.HasPrefix(href, "http") {
		href = strings.ReplaceAll(href, " ", "%20") // as browsers do
	}
	switch {
	case WebAddress(href):
		return href
	case href == "" || len(href) > 1000 || strings.ContainsAny(href, "\\\x00\n\r\t<>\"`") || strings.Contains(href, "//") || strings.HasPrefix(href, "/") || scheme.MatchString(href):
		return ""
	}
	if clean := path.Clean(href); clean != "." && clean != ".." && !strings.HasPrefix(clean, "../") && !veiled.MatchString(clean) {
		return clean
	}
	return ""
}

var counter = regexp.MustCompile(`(?i)^https?://[^?]*(?:/ct/ct|/newsroom/ti|/pixel[^/]*|1x1[^/]*|/beacon[^/]*|/track(?:er|ing)?)(?:\?|$)`)

// Counts says whether an address gives no picture but counts who looks at one.
func Counts(address string) bool { return counter.MatchString(strings.TrimSpace(address)) }

// Pixels reads a width or height, 0 when there is none.
func Pixels(s string) int {
	n, err := strconv.Atoi(strings.TrimSuffix(strings.TrimSpace(s), "px"))
	if err != nil || n < 0 || n > 1_000_000 {
		return 0
	}
	return n
}

// Scale reads an urgency or priority: 1 to 9, 0 for anything else.
func Scale(s string) int {
	n := Pixels(s)
	if n > 9 {
		return 0
	}
	return n
}

var agencies = regexp.MustCompile(`^\p{Lu}{2,8}(?:\s*[-/]\s*\p{Lu}{2,8}){1,5}$`)

// Agencies are the agencies a byline is made of, "NTB-AFP-DPA". A byline of
// people has none.
func Agencies(byline string) []string {
	byline = strings.TrimSpace(byline)
	if !agencies.MatchString(byline) {
		return nil
	}
	return strings.FieldsFunc(byline, func(r rune) bool { return r == '-' || r == '/' || r == ' ' })
}

var initials = regexp.MustCompile(`^[\p{L}\p{M}]{1,4}(?: [\p{L}\p{M}]{1,3})?(?:/[\p{L}\p{M}]{1,4}(?: [\p{L}\p{M}]{1,3})?){1,5}$`)

// SignOff takes the initials of those who wrote and edited out of the end of
// the body: "ab/cd/ef" is for the desk and no copy.
func SignOff(d *newsroom.Dispatch) {
	last := len(d.Body) - 1
	if last < 1 || d.Body[last].Kind != newsroom.Paragraph {
		return
	}
	if text := strings.TrimSpace(newsroom.Plain(d.Body[last].Text)); initials.MatchString(text) {
		Note(d, NoteSignature, text)
		d.Body = d.Body[:last]
	}
}
