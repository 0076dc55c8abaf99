package wire

import (
	"maps"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/rotatif/newsroom/internal/wire/wiretest"
)

// What the samples in XML say was written down by reading them. A line is the
// beginning of one that the dispatch must show; "3 |" is how many blocks, or
// lines of a kind, it has; "no" names what the file does not hold and nobody
// may invent; "--" goes on to the next dispatch of the file.
func TestXMLSamplesSay(t *testing.T) {
	t.Parallel()
	all := saysG2()
	maps.Copy(all, saysXML())
	for name, wanted := range all {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			raw, err := os.ReadFile(wiretest.Shared(t, "wire/"+name)[0])
			if err != nil {
				t.Fatal(err)
			}
			dispatches, _ := look(room(), raw)
			for i, want := range split(wanted) {
				if i >= len(dispatches) {
					t.Fatalf("only %d dispatches", len(dispatches))
				}
				shows(t, strings.Split(wiretest.Show(dispatches[i]), "\n"), want)
			}
		})
	}
}

func split(wanted []string) [][]string {
	parts := [][]string{nil}
	for _, want := range wanted {
		if want == "--" {
			parts = append(parts, nil)
			continue
		}
		parts[len(parts)-1] = append(parts[len(parts)-1], want)
	}
	return parts
}

// shows compares the lines of a dispatch with those wanted of it.
func shows(t *testing.T, shown, wanted []string) {
	t.Helper()
	count := func(kind string) (n int) {
		for _, line := range shown {
			if strings.HasPrefix(strings.TrimSpace(line), kind+":") || kind == "|" && strings.HasPrefix(line, "| ") {
				n++
			}
		}
		return n
	}
	for _, want := range wanted {
		if kinds, found := strings.CutPrefix(want, "no "); found {
			for _, kind := range strings.Fields(kinds) {
				if count(kind) > 0 {
					t.Errorf("there is a %s, and the file has none", kind)
				}
			}
			continue
		}
		number, kind, _ := strings.Cut(want, " ")
		if n, err := strconv.Atoi(number); err == nil {
			if have := count(kind); have != n {
				t.Errorf("%d lines of %q, want %d", have, kind, n)
			}
			continue
		}
		if !slices.ContainsFunc(shown, func(line string) bool { return strings.HasPrefix(line, want) }) {
			t.Errorf("no line %q in\n%s", want, strings.Join(shown, "\n"))
		}
	}
}

// The comparison itself notices what is missing, invented and too much.
func TestShows(t *testing.T) {
	t.Parallel()
	for want, good := range map[string]bool{
		"headline: Bir": true, "headline: İki": false, "1 |": true, "2 |": false, "no byline": true, "no byline headline": false, "| paragraph: Met": true,
	} {
		inner := &testing.T{}
		shows(inner, []string{"headline: Bir haber", "| paragraph: Metin."}, []string{want})
		if inner.Failed() == good {
			t.Errorf("%q: failed %v", want, inner.Failed())
		}
	}
}
