package markup

import (
	"net/url"
	"strings"
	"unicode"
	"unicode/utf8"
)

// line gathers inlines: it squeezes white space across runs, joins runs of
// equal marks and drops what is empty or invisible.
type line struct {
	out   []Inline
	mark  Inline // of the run being gathered; its text is in text
	text  strings.Builder
	space bool // a space, or the beginning, stands before
}

// tidy makes inlines of runs, nil when there is nothing to read in them.
func tidy(runs []run) []Inline {
	l := &line{space: true}
	for _, r := range runs {
		l.add(r.Inline)
	}
	l.end()
	for n := len(l.out) - 1; n >= 0; n-- {
		if l.out[n].Text = strings.TrimRight(l.out[n].Text, " "); l.out[n].Text != "" {
			return l.out[:n+1]
		}
	}
	return nil
}

func (l *line) add(in Inline) {
	for _, r := range in.Text {
		switch {
		case unicode.IsSpace(r):
			if !l.space {
				l.write(in, ' ')
			}
			l.space = true
		case !unseen(r):
			l.write(in, r)
			l.space = false
		}
	}
}

// write begins a new inline only when there is a character for it, so that
// equal marks meet across whatever lost all its text.
func (l *line) write(in Inline, r rune) {
	if in.Strong != l.mark.Strong || in.Em != l.mark.Em || in.Href != l.mark.Href {
		l.end()
		l.mark = Inline{Strong: in.Strong, Em: in.Em, Href: in.Href}
	}
	l.text.WriteRune(r)
}

func (l *line) end() {
	if l.text.Len() > 0 {
		in := l.mark
		in.Text = l.text.String()
		l.out = append(l.out, in)
		l.text.Reset()
	}
}

// unseen says whether a character does not show and does not shape its
// neighbours: controls, soft hyphens, marks of order that override the
// letters' own, and what is no character.
func unseen(r rune) bool {
	switch r {
	case '\u00ad', '\u200b', '\u2060', '\ufeff', '\ufffe', '\uffff':
		return true
	}
	return Steers(r)
}

// Steers says whether a character moves, or turns round, what is shown behind
// it: a control, or a mark that overrides the order of letters.
func Steers(r rune) bool {
	return unicode.IsControl(r) || r >= '\u202a' && r <= '\u202e' || r >= '\u2066' && r <= '\u2069'
}

// Flat is text, none of it markup, in one line: white space is squeezed, what
// does not show is dropped.
func Flat(s string) string { return Plain(tidy([]run{{Inline: Inline{Text: s}}})) }

// className bounds a class, which is a hint and not copy.
func className(s string) string {
	const most = 200
	if len(s) > most {
		return ""
	}
	return Flat(s)
}

// maxAddress bounds an address in bytes.
const maxAddress = 4096

// safe is the address when it is absolute http, https or mailto and leads
// somewhere, else "".
func safe(href string) string {
	href = strings.TrimSpace(href)
	if len(href) > maxAddress {
		return ""
	}
	for _, r := range href {
		if r == '\\' || r == utf8.RuneError || unicode.IsSpace(r) || !unicode.IsPrint(r) {
			return ""
		}
	}
	u, err := url.Parse(href)
	switch {
	case err != nil:
		return ""
	case (u.Scheme == "http" || u.Scheme == "https") && u.Host != "" && u.User == nil:
		return href
	case u.Scheme == "mailto" && u.Opaque != "":
		return href
	}
	return ""
}
