package newsmlg2_test

import (
	"os"
	"testing"

	"github.com/rotatif/newsroom/internal/wire/newsmlg2"
	"github.com/rotatif/newsroom/internal/wire/sense"
	"github.com/rotatif/newsroom/internal/wire/tree"
	"github.com/rotatif/newsroom/internal/wire/wiretest"
)

func parts(sent string) []sense.Part {
	var found []sense.Part
	for _, root := range tree.XML(sent, tree.Bounds()).Roots {
		if newsmlg2.Is(root) {
			found = append(found, newsmlg2.Parts(root, wiretest.Source(), wiretest.Received())...)
		}
	}
	return found
}

func TestArchives(t *testing.T) {
	t.Parallel()
	wiretest.Archives(t, "testdata/*.txtar", parts)
}

// An item that breaks off is refused; those before it are whole.
func TestCutOff(t *testing.T) {
	t.Parallel()
	sent := `<newsMessage><itemSet><newsItem guid="1"><contentMeta><headline>Tam</headline></contentMeta></newsItem><newsItem guid="2"><contentMeta><headline>Yarım</headl`
	want := "id: 1 (guid)\nversion: 1\nkind: text\nstatus: usable\nheadline: Tam\nlanguage: tr\nsays: Kuzey Ajansı (provider) source\n\nrefused: invalid: wire.reason.truncated\n"
	if have := wiretest.Read(parts(sent)); have != want {
		t.Errorf("have\n%s\nwant\n%s", have, want)
	}
}

func FuzzParts(f *testing.F) {
	for _, path := range wiretest.Shared(f, "wire/newsml-g2/*.xml") {
		raw, err := os.ReadFile(path)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(raw))
	}
	f.Fuzz(func(t *testing.T, sent string) {
		wiretest.Hold(t, parts(sent))
	})
}
