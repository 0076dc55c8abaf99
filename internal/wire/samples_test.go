package wire

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rotatif/newsroom"
	"github.com/rotatif/newsroom/internal/wire/wiretest"
)

// sample is what must become of a file of the samples: its verdict, how many
// items are understood, and what the first dispatch made of it says. Headline
// and text are compared by their beginning.
type sample struct {
	file, outcome, reason string
	items                 int
	first                 item
}

type item struct{ id, version, kind, status, embargo, headline, text string }

// look is what is made of a delivery, without a store.
func look(r *Reception, raw []byte) ([]newsroom.Dispatch, Verdict) {
	f := r.sniff(Kept{Receipt: Receipt{Source: "kuzey", Received: wiretest.Received()}, Raw: raw})
	dispatches, refused := r.read(f)
	v := f.verdict(len(dispatches), refused)
	return f.bury(dispatches), v
}

func room() *Reception {
	return &Reception{Now: wiretest.Received, Sources: map[string]Source{"kuzey": wiretest.Source()}}
}

func TestSamples(t *testing.T) {
	t.Parallel()
	known := map[string]bool{}
	for folder, rows := range samples() {
		for _, row := range rows {
			known[folder+"/"+row.file] = true
			t.Run(folder+"/"+row.file, func(t *testing.T) {
				t.Parallel()
				raw, err := os.ReadFile(wiretest.Shared(t, "wire/"+folder+"/"+row.file)[0])
				if err != nil {
					t.Fatal(err)
				}
				dispatches, verdict := look(room(), raw)
				check(t, row, dispatches, verdict)
			})
		}
	}
	for _, path := range wiretest.Shared(t, "wire/*/*") {
		name := filepath.Base(filepath.Dir(path)) + "/" + filepath.Base(path)
		if !known[name] && !strings.HasPrefix(name, "LICENSES/") {
			t.Logf("%s has no row yet", name)
		}
	}
}

func check(t *testing.T, row sample, dispatches []newsroom.Dispatch, v Verdict) {
	t.Helper()
	if string(v.Outcome) != row.outcome || strings.TrimPrefix(v.Reason, "wire.reason.") != row.reason || v.Items != row.items {
		t.Errorf("%s %q (%s) with %d items", v.Outcome, v.Reason, v.Detail, v.Items)
	}
	if v.Outcome == Quarantined && v.Reason == "" {
		t.Error("in quarantine without a reason")
	}
	if len(dispatches) == 0 {
		if row.first != (item{}) {
			t.Error("nothing was understood")
		}
		return
	}
	d := dispatches[0]
	have := item{d.Key.ID, d.Version, string(d.Kind), string(d.Status), string(d.Embargo.State), "", ""}
	if d.IDKind == "generated" {
		have.id = "generated"
	}
	if strings.HasPrefix(d.Version, "h") {
		have.version = "" // of a feed: its content, which the text shows
	}
	want := row.first
	want.headline, want.text = "", ""
	if have != want {
		t.Errorf("have %+v\nwant %+v", have, want)
	}
	if !begins(d.Headline, row.first.headline) {
		t.Errorf("headline %q, want %q", d.Headline, row.first.headline)
	}
	if text := firstParagraph(d.Body); !begins(text, row.first.text) {
		t.Errorf("text %q, want %q", text, row.first.text)
	}
}

// begins says whether a text begins as wanted; nothing begins only as nothing.
func begins(have, want string) bool {
	return strings.HasPrefix(have, want) && (want != "" || have == "")
}

func firstParagraph(body newsroom.Body) string {
	for _, b := range body {
		if b.Kind == newsroom.Paragraph {
			return newsroom.Plain(b.Text)
		}
	}
	return ""
}
