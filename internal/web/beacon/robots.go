package beacon

import (
	_ "embed"
	"net/http"
	"strconv"
	"strings"
)

//go:embed bots.txt
var list string

// robots are words that only the names of programs have, and the words in which
// they may stand in the name of a reader's browser all the same.
type robots struct{ words, innocent []string }

// readRobots reads one word a line; "!" marks the innocent, "#" a remark.
func readRobots(list string) robots {
	var r robots
	for line := range strings.Lines(list) {
		line = strings.ToLower(strings.TrimSpace(line))
		switch {
		case line == "" || line[0] == '#':
		case line[0] == '!':
			r.innocent = append(r.innocent, line[1:])
		default:
			r.words = append(r.words, line)
		}
	}
	return r
}

// match says whether the name, in small letters, is a program's. Who has no
// name is not a browser.
func (r robots) match(agent string) bool {
	if agent == "" {
		return true
	}
	for _, word := range r.innocent {
		agent = strings.ReplaceAll(agent, word, "")
	}
	for _, word := range r.words {
		if strings.Contains(agent, word) {
			return true
		}
	}
	return false
}

// ahead says whether the browser fetches what nobody looks at yet.
func ahead(r *http.Request) bool {
	purpose := r.Header.Get("Sec-Purpose") + r.Header.Get("Purpose") + r.Header.Get("X-Moz")
	purpose = strings.ToLower(purpose)
	return strings.Contains(purpose, "prefetch") || strings.Contains(purpose, "prerender")
}

// contradicts says whether the request is not what it gives itself out for. A
// browser that tells where a beacon comes from must tell that it comes from
// this site; one that is known to tell it always, on a safe connection, must
// tell it at all. Views inside of other programs are often old and may not.
func contradicts(r *http.Request, agent string) bool {
	if site := r.Header.Get("Sec-Fetch-Site"); site != "" {
		return site != "same-origin"
	}
	return strings.HasPrefix(r.Header.Get("Origin"), "https://") && tellsSite(agent)
}

// tellsSite says whether the browser of this name always sends Sec-Fetch-Site.
func tellsSite(agent string) bool {
	switch {
	case strings.Contains(agent, "; wv)"):
		return false
	case strings.Contains(agent, "chrome/"):
		return version(agent, "chrome/") >= 76
	case strings.Contains(agent, "firefox/"):
		return version(agent, "firefox/") >= 90
	default:
		return strings.Contains(agent, " safari/") && version(agent, "version/") >= 17
	}
}

// version is the number behind a word of the name, before its first dot; 0 if there is none.
func version(agent, word string) int {
	_, rest, _ := strings.Cut(agent, word)
	digits := strings.IndexFunc(rest, func(c rune) bool { return c < '0' || c > '9' })
	if digits < 0 {
		digits = len(rest)
	}
	n, err := strconv.Atoi(rest[:digits])
	if err != nil {
		return 0
	}
	return n
}
