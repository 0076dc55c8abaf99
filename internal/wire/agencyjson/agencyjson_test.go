package agencyjson_test

import (
	"os"
	"testing"

	"github.com/rotatif/newsroom/internal/wire/agencyjson"
	"github.com/rotatif/newsroom/internal/wire/sense"
	"github.com/rotatif/newsroom/internal/wire/tree"
	"github.com/rotatif/newsroom/internal/wire/wiretest"
)

func parts(sent string) []sense.Part {
	v, _, _ := tree.JSON(sent, tree.Bounds())
	return agencyjson.Parts(v, wiretest.Source(), wiretest.Received())
}

func TestArchives(t *testing.T) {
	t.Parallel()
	wiretest.Archives(t, "testdata/*.txtar", parts)
}

func TestForms(t *testing.T) {
	t.Parallel()
	for sent, want := range map[string]string{
		`{"entry_id":"1","article_html":"x"}`:                          agencyjson.DPA,
		`[{"format":"digitalwires@1","urn":"u"}]`:                      agencyjson.DPA,
		`{"entries":[{"entry_id":"1","article_html":null}]}`:           agencyjson.DPA,
		`{"success":true,"data":{"id":"1","title":"x"}}`:               agencyjson.ANKA,
		`{"response":{"success":true},"data":{"total":0,"result":[]}}`: agencyjson.AA,
		`{"success":false,"message":"token"}`:                          "",
		`{"uri":"u","headline":"x"}`:                                   "",
		`{"version":"https://jsonfeed.org/version/1","items":[]}`:      "",
		`[]`:         "",
		`"entry_id"`: "",
	} {
		v, _, _ := tree.JSON(sent, tree.Bounds())
		if got := agencyjson.Is(v); got != want {
			t.Errorf("%s is %q, want %q", sent, got, want)
		}
	}
}

// A search's answer holds no copy.
func TestAASearch(t *testing.T) {
	t.Parallel()
	if found := parts(`{"response":{"success":true,"code":200},"data":{"total":1,"result":[{"id":"aa:text:20260304:1","type":"text","title":"Bir"}]}}`); len(found) != 0 {
		t.Errorf("%+v", found)
	}
}

func FuzzParts(f *testing.F) {
	for _, path := range wiretest.Shared(f, "wire/agency-json/*.json") {
		raw, err := os.ReadFile(path)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(raw))
	}
	f.Fuzz(func(t *testing.T, sent string) { wiretest.Hold(t, parts(sent)) })
}
