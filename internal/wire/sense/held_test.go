package sense_test

import (
	"os"
	"strings"
	"testing"

	"github.com/rotatif/newsroom"
	"github.com/rotatif/newsroom/internal/wire/sense"
)

// What agencies say in words of rights, embargoes and haste, and ordinary
// sentences with the same words.
func TestHeldOutWords(t *testing.T) {
	t.Parallel()
	for _, path := range []string{"testdata/held.tsv", "testdata/second.tsv"} {
		rows, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		check(t, string(rows))
	}
}

func check(t *testing.T, rows string) {
	t.Helper()
	for row := range strings.Lines(rows) {
		f := strings.Split(strings.TrimRight(row, "\n"), "\t")
		if have := understood(f[0], f[1], f[2], f[3]); have != (f[4] == "yes") {
			t.Errorf("%s in %s for %s: %q is %v", f[0], f[1], f[3], f[2], have)
		}
	}
}

// understood says whether a text in its place bars the house, holds the copy, or makes it a flash.
func understood(kind, place, text, home string) bool {
	d := newsroom.Dispatch{Headline: "Ordinary headline"}
	switch place {
	case "headline":
		d.Headline = text
	case "line":
		d.Body = newsroom.Body{{Kind: newsroom.Paragraph, Text: []newsroom.Span{{Text: text}}}}
	case "note":
		sense.Note(&d, "", text)
	default:
		d.UsageTerms = text
	}
	sense.Finish(&d, sense.Source{Country: home})
	switch kind {
	case "rights":
		return d.Barred != ""
	case "embargo":
		return d.Embargo.State != newsroom.EmbargoNone
	default:
		return d.Flash
	}
}
