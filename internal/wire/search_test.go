package wire

import (
	"fmt"
	"testing"
)

func TestSearchAsTyped(t *testing.T) {
	t.Parallel()
	for typed, want := range map[string]string{
		"":                            "{[] [] []}",
		"Ankara'daki ILICA":           "{[ankara daki ilica] [] []}",
		`"Köprü Yolu" -yangın`:        "{[] [kopru yolu] [yangin]}",
		"“açık tırnak":                "{[] [acik tirnak] []}",
		"«bir» -":                     "{[] [bir] []}",
		"- -- -a-b":                   "{[] [] [a b]}",
		"1 2 3 4 5 6 7 8 9 10":        "{[1 2 3 4 5 6 7 8] [] []}",
		`bir "iki" üç "" -"dört beş"`: "{[bir uc] [iki dort bes] []}",
	} {
		if got := fmt.Sprint(ParseWords(typed)); got != want {
			t.Errorf("%q: %s, want %s", typed, got, want)
		}
	}
}
