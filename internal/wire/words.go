package wire

import (
	"strings"

	"github.com/rotatif/newsroom/internal/letters"
)

// Words is what is looked for in a text, folded: all of All, each the beginning
// of a word ("ankara" finds "Ankara'daki"), every phrase of Phrases, and none
// that begins as one of None.
type Words struct{ All, Phrases, None []string }

// maxWords bounds each part of a search.
const maxWords = 8

// ParseWords reads a search as people type it: words, "a phrase", -not.
func ParseWords(typed string) Words {
	var w Words
	for i, part := range strings.Split(strings.NewReplacer("“", `"`, "”", `"`, "«", `"`, "»", `"`).Replace(letters.Cut(typed, 500)), `"`) {
		if i%2 == 1 {
			if phrase := letters.Fold(part); phrase != "" {
				w.Phrases = append(w.Phrases, phrase)
			}
			continue
		}
		for _, word := range strings.Fields(part) {
			bare, no := strings.CutPrefix(word, "-")
			for _, folded := range strings.Fields(letters.Fold(bare)) {
				if no {
					w.None = append(w.None, folded)
				} else {
					w.All = append(w.All, folded)
				}
			}
		}
	}
	w.All, w.Phrases, w.None = w.All[:min(len(w.All), maxWords)], w.Phrases[:min(len(w.Phrases), maxWords)], w.None[:min(len(w.None), maxWords)]
	return w
}
