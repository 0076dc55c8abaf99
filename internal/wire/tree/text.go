package tree

import (
	"html"
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// longestEntity is the length of the longest name HTML knows, and its semicolon.
const longestEntity = 33

// unescape resolves character references and the names HTML knows; whatever
// else follows an ampersand is text, as its writer meant it.
func unescape(s string) string {
	if strings.IndexByte(s, '&') < 0 {
		return mend(s)
	}
	var b strings.Builder
	b.Grow(len(s))
	for {
		i := strings.IndexByte(s, '&')
		if i < 0 {
			b.WriteString(s)
			return mend(b.String())
		}
		b.WriteString(s[:i])
		s = s[i:]
		text, n := reference(s)
		b.WriteString(text)
		s = s[n:]
	}
}

// reference reads what an ampersand begins: its text, and how many bytes of s it took.
func reference(s string) (string, int) {
	end := strings.IndexByte(s[:min(len(s), longestEntity)], ';')
	if end < 2 {
		return "&", 1
	}
	name := s[1:end]
	if name[0] == '#' {
		return number(name[1:], s[:end+1]), end + 1
	}
	for i := range len(name) {
		if c := name[i]; !(c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9') {
			return "&", 1
		}
	}
	if name == "apos" {
		return "'", end + 1
	}
	if known := html.UnescapeString(s[:end+1]); known != s[:end+1] && !strings.HasSuffix(known, ";") {
		return known, end + 1
	}
	return "&", 1
}

func number(digits, written string) string {
	base := 10
	if len(digits) > 1 && (digits[0] == 'x' || digits[0] == 'X') {
		digits, base = digits[1:], 16
	}
	n, err := strconv.ParseUint(digits, base, 32)
	switch {
	case err != nil:
		return written
	case n > utf8.MaxRune || n >= 0xD800 && n < 0xE000:
		return "\uFFFD"
	case n < 0x20 && n != '\t' && n != '\n' && n != '\r' || n == 0x7F || n&0xFFFE == 0xFFFE:
		return ""
	default:
		return string(rune(n))
	}
}

// mend repairs characters from U+0080 to U+009F, which no text means: either
// UTF-8 that was taken for Latin-1 and encoded once more, or windows-1252.
func mend(s string) string {
	if !hasC1(s) {
		return s
	}
	if twice, ok := encodedTwice(s); ok {
		return twice
	}
	return strings.Map(func(c rune) rune {
		if c >= 0x80 && c < 0xA0 {
			return charmap.Windows1252.DecodeByte(byte(c))
		}
		return c
	}, s)
}

func hasC1(s string) bool {
	for i := 0; i+1 < len(s); i++ {
		j := strings.IndexByte(s[i:], 0xC2)
		if j < 0 || i+j+1 >= len(s) {
			return false
		}
		if i += j; s[i+1] >= 0x80 && s[i+1] < 0xA0 {
			return true
		}
	}
	return false
}

func encodedTwice(s string) (string, bool) {
	out := make([]byte, 0, len(s))
	for _, c := range s {
		if c > 0xFF {
			return "", false
		}
		out = append(out, byte(c))
	}
	return string(out), utf8.Valid(out)
}
