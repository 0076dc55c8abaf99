package newsml1_test

import (
	"os"
	"testing"

	"github.com/rotatif/newsroom/internal/wire/newsml1"
	"github.com/rotatif/newsroom/internal/wire/sense"
	"github.com/rotatif/newsroom/internal/wire/tree"
	"github.com/rotatif/newsroom/internal/wire/wiretest"
)

func parts(sent string) []sense.Part {
	var found []sense.Part
	for _, root := range tree.XML(sent, tree.Bounds()).Roots {
		if newsml1.Is(root) {
			found = append(found, newsml1.Parts(root, wiretest.Source(), wiretest.Received())...)
		}
	}
	return found
}

func TestArchives(t *testing.T) {
	t.Parallel()
	wiretest.Archives(t, "testdata/*.txtar", parts)
}

// All revisions of an item have one id, however the agency writes it.
func TestID(t *testing.T) {
	t.Parallel()
	for sent, want := range map[string]string{
		`<PublicIdentifier>urn:newsml:k.example:20261123:a-1:2A</PublicIdentifier><RevisionId Update="A">2</RevisionId><NewsItemId>a-1</NewsItemId>`:                       "urn:newsml:k.example:20261123:a-1",
		`<PublicIdentifier>urn:newsml:k.example:20261123:a-1:12</PublicIdentifier>`:                                                                                        "urn:newsml:k.example:20261123:a-1",
		`<PublicIdentifier>urn:newsml:k.example:20261123T080000Z:D:V:22:3</PublicIdentifier><RevisionId>3</RevisionId><NewsItemId>D:V:22</NewsItemId>`:                     "urn:newsml:k.example:20261123T080000Z:D:V:22",
		`<PublicIdentifier>urn:newsml:k.example:20261123:25413502</PublicIdentifier><RevisionId>1</RevisionId><NewsItemId>25413502</NewsItemId>`:                           "urn:newsml:k.example:20261123:25413502",
		`<PublicIdentifier>urn:newsml:k.example:20261123:TX-5</PublicIdentifier>`:                                                                                          "urn:newsml:k.example:20261123:TX-5",
		`<ProviderId>k.example</ProviderId><DateId>20261123</DateId><NewsItemId>a-1</NewsItemId><RevisionId>4</RevisionId>`:                                                "urn:newsml:k.example:20261123:a-1",
		`<PublicIdentifier>urn:newsml:www.k.example</PublicIdentifier><ProviderId>k.example</ProviderId><DateId>20261123T133400</DateId><NewsItemId>98055798</NewsItemId>`: "urn:newsml:k.example:98055798",
		`<PublicIdentifier>urn:newsml:www.k.example</PublicIdentifier><ProviderId>k.example</ProviderId><DateId>20261123T133400</DateId><NewsItemId>798</NewsItemId>`:      "urn:newsml:k.example:20261123:798",
		`<PublicIdentifier>urn:newsml:k.example:20261123:KX-041:2</PublicIdentifier><RevisionId>2</RevisionId><NewsItemId>KX-041-v2</NewsItemId>`:                          "urn:newsml:k.example:20261123:KX-041",
		`<PublicIdentifier>urn:newsml:www.k.example</PublicIdentifier><NewsItemId/><RevisionId>0</RevisionId>`:                                                             "",
		`<PublicIdentifier>urn:newsml:k.example:20261123:KA-1:11839114654855</PublicIdentifier><RevisionId>11839114654855</RevisionId><NewsItemId>KA-1</NewsItemId>`:       "urn:newsml:k.example:20261123:KA-1",
		`<ProviderId>k.example</ProviderId>`: "",
	} {
		n := tree.XML(`<NewsItem><Identification><NewsIdentifier>`+sent+`</NewsIdentifier></Identification></NewsItem>`, tree.Bounds()).Root()
		if have := newsml1.ID(n); have != want {
			t.Errorf("%s: %q, want %q", sent, have, want)
		}
	}
}

func FuzzParts(f *testing.F) {
	for _, path := range wiretest.Shared(f, "wire/newsml-1/*.xml") {
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
