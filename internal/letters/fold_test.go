package letters

import (
	"math/rand/v2"
	"strings"
	"testing"
	"unicode"
)

// slowly is the fold as it is defined: composed, in small letters of Turkish,
// letter by letter.
func slowly(s string, keep bool) string {
	var b strings.Builder
	gap := false
	for _, r := range strings.ToLowerSpecial(unicode.TurkishCase, compose(s)) {
		other := !unicode.IsLetter(r) && !unicode.IsDigit(r)
		switch {
		case unicode.IsMark(r):
			continue
		case other && !keep:
			gap = b.Len() > 0
			continue
		}
		if gap {
			b.WriteByte(' ')
			gap = false
		}
		if p := plain(r); p != "" {
			b.WriteString(p)
		} else {
			b.WriteRune(r)
		}
	}
	return b.String()
}

func TestFoldIsAsDefined(t *testing.T) {
	t.Parallel()
	for r := rune(1); r < 0x3000; r++ {
		for _, s := range []string{string(r), "a" + string(r) + "I", string(r) + "\u0307" + string(r), "’" + string(r) + "…"} {
			if have, want := Fold(s), slowly(s, false); have != want {
				t.Fatalf("%U in %q: %q, want %q", r, s, have, want)
			}
			if have, want := Soft(s), slowly(s, true); have != want {
				t.Fatalf("%U in %q: %q, want %q", r, s, have, want)
			}
		}
	}
	r := rand.New(rand.NewPCG(1, 2))
	alphabet := []rune("aIıİiğĞŞş çÖü'’“—.,0 7\u0307\u0327\u0301éßЖя한字\U0001F600")
	for range 3000 {
		var b strings.Builder
		for range r.IntN(12) {
			b.WriteRune(alphabet[r.IntN(len(alphabet))])
		}
		if s := b.String(); Fold(s) != slowly(s, false) || Soft(s) != slowly(s, true) {
			t.Fatalf("%q: %q, want %q", s, Fold(s), slowly(s, false))
		}
	}
}
