package agency

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// told is an error as it can be shown.
type told struct {
	text string
	err  error
}

// Error is one short line of letters.
func (t told) Error() string { return t.text }

// Unwrap gives what was wrong, for errors.Is alone.
func (t told) Unwrap() error { return t.err }

// Told says what was being done when an error came. A server's words may be in
// it: they are cut to one line, and left out when they repeat the secret.
func Told(doing string, err error, secret string) error {
	if err == nil {
		return nil
	}
	words := err.Error()
	if secret != "" && strings.Contains(words, secret) {
		words = "the server repeats what only we should say"
	}
	return told{doing + ": " + Shown(words), err}
}

// Shown is a foreign name or text as it can be shown: one short line of letters.
func Shown(name string) string {
	name = strings.Map(func(r rune) rune {
		if r == utf8.RuneError || !unicode.IsPrint(r) {
			return '·'
		}
		return r
	}, strings.ToValidUTF8(name, "·"))
	if letters := []rune(name); len(letters) > 200 {
		return string(letters[:200]) + "…"
	}
	return name
}
