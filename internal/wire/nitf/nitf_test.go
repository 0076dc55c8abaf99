package nitf_test

import (
	"os"
	"testing"

	"github.com/rotatif/newsroom/internal/wire/nitf"
	"github.com/rotatif/newsroom/internal/wire/sense"
	"github.com/rotatif/newsroom/internal/wire/tree"
	"github.com/rotatif/newsroom/internal/wire/wiretest"
)

func parts(sent string) []sense.Part {
	var found []sense.Part
	for _, root := range tree.XML(sent, tree.Bounds()).Roots {
		if nitf.Is(root) {
			found = append(found, nitf.Parts(root, wiretest.Source(), wiretest.Received())...)
		}
	}
	return found
}

func TestArchives(t *testing.T) {
	t.Parallel()
	wiretest.Archives(t, "testdata/*.txtar", parts)
}

// The ids the scan for kills goes by are those of the dispatches.
func TestIDs(t *testing.T) {
	t.Parallel()
	for sent, want := range map[string][2]string{
		`<docdata management-doc-idref="b" management-idref-status="canceled"><doc-id id-string="a"/></docdata>`:        {"a", "b"},
		`<docdata management-doc-idref="b_04"><doc-id id-string="a_05"/><du-key key="a" version="6"/></docdata>`:        {"a", "b"},
		`<docdata><doc-id regsrc="K"/><du-key key="dizi" version="2"/></docdata>`:                                       {"dizi", ""},
		`<docdata><doc-id id-string="a_b"/><du-key key="a"/></docdata>`:                                                 {"a_b", ""},
		`<docdata><doc-id id-string="_05"/><du-key key=""/></docdata>`:                                                  {"_05", ""},
		`<docdata management-doc-idref="urn-newsml-k-2026-07:3"><doc-id id-string="urn-newsml-k-2026-08:2"/></docdata>`: {"urn-newsml-k-2026-08", "urn-newsml-k-2026-07"},
		`<docdata management-doc-idref="kuzey-2026:17"><doc-id id-string="20260512:RTZ:8883:0"/></docdata>`:             {"20260512:RTZ:8883:0", "kuzey-2026:17"},
		`<docdata><doc-id id-string=""/><doc-id id-string="ikinci"/></docdata>`:                                         {"ikinci", ""},
	} {
		own, other := nitf.IDs(tree.XML(sent, tree.Bounds()).Root())
		if own != want[0] || other != want[1] {
			t.Errorf("%s: %q and %q", sent, own, other)
		}
	}
}

func FuzzParts(f *testing.F) {
	for _, path := range wiretest.Shared(f, "wire/nitf/*.xml") {
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
