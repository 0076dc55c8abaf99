// Package wiretest tests wire formats on text archives that an editor could
// write: what the agency sent, what the house should make of it, and above both
// a sentence why the case exists.
//
// Knows: dispatches, archives. Never imports: the wire room, a format, a machine; only tests import it.
package wiretest

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/rotatif/newsroom"
	"github.com/rotatif/newsroom/internal/need"
	"github.com/rotatif/newsroom/internal/wire/sense"
)

var update = flag.Bool("update", false, "write what is made of the archives into them, to be read before it is believed")

// Received is when every delivery of these tests came in.
func Received() time.Time { return time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC) }

// Source is an invented agency with the usual settings of a Turkish one.
func Source() sense.Source {
	return sense.Source{Name: "Kuzey Ajansı", Provider: "kuzey", Language: "tr", Zone: time.FixedZone("", 3*3600), Charset: "windows-1254"}
}

// Archives runs every archive of a folder. An archive has a comment, a file
// named sent, and a file named want: the dispatches made of it, as [Show] writes them.
func Archives(t *testing.T, pattern string, parts func(sent string) []sense.Part) {
	t.Helper()
	paths, err := filepath.Glob(pattern)
	if err != nil || len(paths) == 0 {
		t.Fatalf("no archives match %s (%v)", pattern, err)
	}
	for _, path := range paths {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".txtar"), func(t *testing.T) {
			t.Parallel()
			raw, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			why, sent, want := split(string(raw))
			if strings.TrimSpace(why) == "" {
				t.Error("the archive does not say why it exists")
			}
			have := Read(parts(sent))
			if *update {
				if err := os.WriteFile(path, []byte(why+"-- sent --\n"+sent+"-- want --\n"+have), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			if diff := cmp.Diff(strings.Split(want, "\n"), strings.Split(have, "\n")); diff != "" {
				t.Errorf("(-want +have)\n%s", diff)
			}
		})
	}
}

func split(archive string) (why, sent, want string) {
	why, rest, _ := strings.Cut(archive, "-- sent --\n")
	sent, want, _ = strings.Cut(rest, "-- want --\n")
	return why, sent, want
}

// Read reads all parts and shows what came of each.
func Read(parts []sense.Part) string {
	var b strings.Builder
	for i, part := range parts {
		if i > 0 {
			b.WriteString("\n")
		}
		d, err := part.Read()
		if err != nil {
			fmt.Fprintf(&b, "refused: %v\n", err)
			continue
		}
		b.WriteString(Show(d))
	}
	return b.String()
}

// Show writes a dispatch as lines, one a field that is set.
func Show(d newsroom.Dispatch) string {
	var b strings.Builder
	line := func(name, value string) {
		if value != "" {
			fmt.Fprintf(&b, "%s: %s\n", name, value)
		}
	}
	line("id", d.Key.ID+" ("+d.IDKind+")")
	line("version", d.Version)
	line("kind", string(d.Kind))
	line("status", string(d.Status))
	line("embargo", embargo(d.Embargo))
	line("created", stamp(d.Created))
	line("this version", stamp(d.VersionCreated))
	line("expires", stamp(d.Expires))
	line("kicker", d.Kicker)
	line("headline", d.Headline)
	line("standfirst", d.Standfirst)
	line("byline", d.Byline)
	line("dateline", d.Dateline.Text)
	line("place", d.Dateline.Place)
	line("credit", d.Credit)
	line("slug", d.Slugline)
	line("language", d.Language)
	line("signs", signs(d))
	line("terms", d.UsageTerms)
	lists(line, d)
	return b.String()
}

func lists(line func(name, value string), d newsroom.Dispatch) {
	for _, c := range d.Chain {
		line("says", strings.TrimSpace(c.Name+" ("+c.Role+") "+c.Evidence))
	}
	for _, s := range d.Subjects {
		line("subject", s.Scheme+":"+s.Code+" "+s.Name)
	}
	for _, s := range d.Places {
		line("about", s.Scheme+":"+s.Code+" "+s.Name)
	}
	for _, k := range d.Keywords {
		line("keyword", k)
	}
	for _, n := range d.EdNotes {
		line("note", n.Role+" "+n.Text)
	}
	for _, l := range d.Links {
		line("link", l.Rel+" "+l.ID)
	}
	for _, p := range d.Pictures {
		line("picture", fmt.Sprintf("%s %s | %s | %s", p.ID, p.Src, p.Caption, p.Credit))
		for _, r := range p.Renditions {
			line("  size", strings.Join(strings.Fields(fmt.Sprintf("%s %s %s %dx%d", r.Name, r.Src, r.Type, r.Width, r.Height)), " "))
		}
	}
	for _, block := range d.Body {
		line("| "+string(block.Kind), strings.Join(newsroom.Body{block}.Lines(), " / "))
	}
	for _, w := range d.Warnings {
		line("warning", strings.TrimPrefix(w, "wire.warning."))
	}
}

func embargo(e newsroom.Embargo) string {
	if e.State == newsroom.EmbargoUntil {
		return "until " + stamp(e.Until)
	}
	return strings.TrimSpace(string(e.State) + " " + e.Text)
}

func stamp(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format(time.RFC3339)
}

func signs(d newsroom.Dispatch) string {
	all := []string{}
	for name, set := range map[string]bool{"flash": d.Flash, "correction": d.Correction, "partial": d.Partial} {
		if set {
			all = append(all, name)
		}
	}
	slices.Sort(all)
	if d.Urgency > 0 {
		all = append(all, fmt.Sprintf("urgency %d", d.Urgency))
	}
	if d.Priority > 0 {
		all = append(all, fmt.Sprintf("priority %d", d.Priority))
	}
	return strings.Join(all, ", ")
}

// Shared gives the files of a folder of the samples that are kept beside the
// program, and ends the test where they are not.
func Shared(t testing.TB, pattern string) []string {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			break
		}
		dir = filepath.Dir(dir)
	}
	paths, err := filepath.Glob(filepath.Join(dir, "../shared/data", pattern))
	if err != nil || len(paths) == 0 {
		need.Missing(t, "no samples at ../shared/data/%s beside the module", pattern)
	}
	return paths
}

// Hold reads all parts and wants of each dispatch what holds for any: an id
// under the source's provider, a known status, a body that a story may have.
func Hold(t testing.TB, parts []sense.Part) {
	t.Helper()
	for _, part := range parts {
		d, err := part.Read()
		if err != nil {
			continue
		}
		if d.Key.ID == "" || d.Key.Provider != Source().Provider {
			t.Errorf("item %+v is nobody's", d.Key)
		}
		if d.Kind == "" || d.Status == "" || d.Format == "" {
			t.Errorf("kind %q, status %q, format %q", d.Kind, d.Status, d.Format)
		}
		if err := d.Body.Check(); err != nil {
			t.Errorf("body: %v", err)
		}
		if err := (newsroom.Content{Headline: d.Headline, Byline: d.Byline, Dateline: d.Dateline.Text, Slugline: d.Slugline}).Check(); err != nil {
			t.Errorf("lines: %v", err)
		}
	}
}
