package ninjs_test

import (
	"os"
	"testing"

	"github.com/rotatif/newsroom/internal/wire/ninjs"
	"github.com/rotatif/newsroom/internal/wire/sense"
	"github.com/rotatif/newsroom/internal/wire/tree"
	"github.com/rotatif/newsroom/internal/wire/wiretest"
)

func parts(sent string) []sense.Part {
	v, _, _ := tree.JSON(sent, tree.Bounds())
	return ninjs.Parts(v, wiretest.Source(), wiretest.Received())
}

func TestArchives(t *testing.T) {
	t.Parallel()
	wiretest.Archives(t, "testdata/*.txtar", parts)
}

// What is no ninjs must be left to others.
func TestNotNinjs(t *testing.T) {
	t.Parallel()
	for _, sent := range []string{
		`{}`, `[]`, `"uri"`, `null`, `{"version":"https://jsonfeed.org/version/1","items":[{"id":"1","content_text":"x"}]}`,
		`{"urn":"x","article_html":"<p>x</p>","entry_id":"1"}`, `{"response":{"success":true},"data":{"total":0,"result":[]}}`,
		`{"type":"text"}`, `{"name":"x","version":"1"}`,
	} {
		if found := parts(sent); len(found) != 0 {
			t.Errorf("%s was taken for %d items", sent, len(found))
		}
	}
}

func FuzzParts(f *testing.F) {
	for _, path := range wiretest.Shared(f, "wire/ninjs/*.json") {
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
