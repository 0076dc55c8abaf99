package feed

import (
	"net/url"
	"regexp"
	"strings"
)

// within is the base that holds inside an element, given the one around it.
func within(base, own string) string {
	if strings.TrimSpace(own) == "" {
		return base
	}
	return resolve(base, own)
}

// resolve makes an address absolute against a base; without a base that helps,
// it stays as it is.
func resolve(base, ref string) string {
	ref = strings.TrimSpace(ref)
	if ref == "" || len(ref) > 4000 {
		return ""
	}
	b, err := url.Parse(strings.TrimSpace(base))
	r, errRef := url.Parse(ref)
	if err != nil || errRef != nil || b.Host == "" || r.IsAbs() {
		return ref
	}
	return b.ResolveReference(r).String()
}

var (
	addresses = regexp.MustCompile(`(?i)(\s(?:href|src)\s*=\s*)("[^"]*"|'[^']*')`)
	dot       = regexp.MustCompile(`(?i)<img\b[^>]*\s(?:width|height)\s*=\s*["']?[01](?:px)?["'\s/>][^>]*>`)
)

// absolute makes the addresses within HTML absolute, and takes out the
// invisible dots by which readers are counted.
func absolute(html, base string) string {
	if !strings.Contains(html, "<") {
		return html
	}
	html = dot.ReplaceAllString(html, "")
	if base == "" {
		return html
	}
	return addresses.ReplaceAllStringFunc(html, func(attr string) string {
		m := addresses.FindStringSubmatch(attr)
		quote := m[2][:1]
		return m[1] + quote + resolve(base, m[2][1:len(m[2])-1]) + quote
	})
}
