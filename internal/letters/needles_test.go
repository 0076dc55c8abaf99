package letters_test

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/rotatif/newsroom/internal/letters"
)

// One pass finds what looking for each by itself finds.
func TestNeedles(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		piece := rapid.StringOfN(rapid.SampledFrom([]rune("abı (")), 0, 4, -1)
		needles := rapid.SliceOfN(piece, 0, 12).Draw(t, "needles")
		text := rapid.StringOfN(rapid.SampledFrom([]rune("abcı (")), 0, 40, -1).Draw(t, "text")
		found := letters.NeedlesOf(needles[:len(needles)/2], needles[len(needles)/2:]).In(text)
		any := false
		for _, s := range needles {
			stands := s != "" && strings.Contains(text, s)
			if found[s] != stands {
				t.Fatalf("%q in %q: %v", s, text, found[s])
			}
			any = any || stands
		}
		if found.Any(needles) != any {
			t.Fatalf("any of %q in %q: %v", needles, text, !any)
		}
	})
}
