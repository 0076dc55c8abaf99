package profile_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/rotatif/newsroom/internal/wire/profile"
)

var update = flag.Bool("update", false, "write docs/agencies.md from the profiles")

// page is docs/agencies.md, which is written from the profiles, so that what
// people read and what the program does are the same.
const page = "../../../docs/agencies.md"

func TestShippedProfiles(t *testing.T) {
	t.Parallel()
	all, err := profile.Read("")
	if err != nil {
		t.Fatal(err)
	}
	for _, code := range []string{"aa", "iha", "dha", "anka", "afp", "reuters", "ap", "dpa", "generic-feed"} {
		p, there := all[code]
		if !there || len(p.Known) == 0 || len(p.Check) == 0 || len(p.Formats) == 0 {
			t.Errorf("%s: %+v", code, p)
		}
	}
	if aa, iha := all["aa"], all["iha"]; aa.Gap.Duration != 500*time.Millisecond || iha.Gap.Duration < 30*time.Second || aa.Zone != "Europe/Istanbul" {
		t.Errorf("AA %s, İHA %s", aa.Gap, iha.Gap)
	}
}

func TestAProfileOfTheHouse(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	write := func(name, text string) {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write("aa.toml", "agency = \"Anadolu\"\nmin_gap = \"2s\"\n")
	write("yerel.toml", "agency = \"Yerel Ajans\"\nzone = \"Europe/Istanbul\"\n")
	all, err := profile.Read(dir)
	if err != nil || all["aa"].Agency != "Anadolu" || all["aa"].Gap.Duration != 2*time.Second || all["yerel"].Agency != "Yerel Ajans" || all["iha"].Agency != "İHA" {
		t.Errorf("%+v (%v)", all["aa"], err)
	}
	for text, want := range map[string]string{
		"agency = \"A\"\n\nmin_gab = \"2s\"\n":                                                                    "kotu.toml:3: there is no such setting: min_gab",
		"agency = \"A\"\nmin_gap = \"soon\"\n":                                                                    "kotu.toml:2",
		"agency = \"A\"\nmin_gap = \"-2s\"\n":                                                                     "negative",
		"agency = \"A\"\nzone = \"Ay/Krater\"\n":                                                                  "zone",
		"agency = \"A\"\nempty_embargo = \"maybe\"":                                                               "neither hold nor none",
		"agency = \"A\"\norder = \"luck\"":                                                                        "none of time, number",
		"agency = \"A\"\nedits = \"all\"":                                                                         "none of free, shorten, whole",
		"agency = \"A\"\nphotos = \"all\"":                                                                        "none of text, ask, none",
		"agency = \"A\"\nquiet_hours = \"night\"":                                                                 "01-06",
		"agency = \"A\"\nid_cut = \"(\"":                                                                          "id_cut",
		"agency = \"A\"\n[urgency_of_priority]\n0 = 5":                                                            "both are 1 to 9",
		"agency = \"A\"\n[urgency_of_priority]\nhigh = 1":                                                         "both are 1 to 9",
		"agency = \"A\"\n[list]\nid = \"id\"":                                                                     "entries and id",
		"agency = \"A\"\n[list]\nid = \"id\"\nentries = \"a\"\ndocument = \"x/\"":                                 "{id}",
		"agency = \"A\"\n[list]\nid = \"id\"\nentries = \"a\"\ndocument = \"{id}\"\nmethod = \"PUT\"":             "none of GET, POST",
		"agency = \"A\"\n[list]\nid = \"id\"\nentries = \"a\"\ndocument = \"{id}\"\nlook_back = \"999h\"":         "look_back",
		"agency = \"A\"\n[list]\nid = \"id\"\nentries = \"a\"\ndocument = \"{id}\"\n[list.login]\ncookie = \"c\"": "cookie and value",
		"agency = \"A\"\n[list]\nid = \"id\"\nentries = \"a\"\ndocument = \"{id}\"\npages = -1":                   "less than nothing",
		"zone = \"UTC\"\n": "names no agency",
		"agency = \n":      "kotu.toml:1",
	} {
		write("kotu.toml", text)
		if _, err := profile.Read(dir); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %q", text, err, want)
		}
	}
}

func TestThePageOfAgencies(t *testing.T) {
	t.Parallel()
	all, err := profile.Read("")
	if err != nil {
		t.Fatal(err)
	}
	want := render(all)
	if *update {
		if err := os.WriteFile(page, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	have, err := os.ReadFile(page)
	if err != nil || string(have) != want {
		t.Errorf("docs/agencies.md is not what the profiles say (%v); go test ./internal/wire/profile -update writes it", err)
	}
}

func render(all map[string]profile.Profile) string {
	var b strings.Builder
	b.WriteString(`# Agencies

What is known of each agency's delivery, from the standards, from files that were published, and from subscribers' public programs. Nothing
was tried against a live service: contracts differ and deliveries change, so each section ends with what a subscriber must check. A source
takes a profile with ` + "`profile = \"aa\"`" + ` and may set any of it otherwise; a folder of your own (` + "`profiles`" + `) takes the place of single ones.

What a profile may say, beside zone, letters, language and pauses: ` + "`any_agency`" + ` (it knows a format, not an agency), ` + "`id_cut`" + ` (pattern of what in an id changes from revision to revision), ` + "`order`" + `
(` + "`time`" + ` or ` + "`number`" + `: what orders revisions), ` + "`urgency_of_priority`" + `, ` + "`flash_priority`" + `, ` + "`flash_urgency`" + `, ` + "`flash_words`" + `, ` + "`empty_embargo`" + ` (` + "`hold`" + ` or
` + "`none`" + `), ` + "`edits`" + ` (` + "`free`" + `, ` + "`shorten`" + `, ` + "`whole`" + `) and ` + "`photos`" + ` (` + "`text`" + `, ` + "`ask`" + `, ` + "`none`" + `), which stand beside every dispatch, and ` + "`quiet_hours`" + ` (` + "`01-06`" + `). ` + "`[list]`" + ` describes an
agency that gives a list first and then one document after another, for sources of ` + "`kind = \"list\"`" + `: ` + "`path`, `method`, `form`" + ` (with ` + "`{from}`, `{page}`,\n`{offset}`, `{size}`" + `), where in the answer the ` + "`entries`" + ` and an entry's ` + "`id`" + ` and ` + "`marks`" + ` stand (a changed mark means: fetch again), what is true in
a ` + "`sound`" + ` answer, ` + "`document`" + ` (with ` + "`{id}`" + `) and how it ` + "`begins`" + `, ` + "`look_back`" + ` or ` + "`pages`" + ` for what comes late, and ` + "`[list.login]`" + ` where a session is
begun first. What your contract
lets you do with text and pictures is known to you alone: set it in a profile of your own.

Ask every agency before going live: How is a kill sent, with which field, under the same id or a new one? (Have a test kill sent.) How is a
correction told from an update? Is the id stable, does the version rise? Which field is the embargo, in which zone, can it be empty? Which
zone have all other times? Is the feed a window or a queue? What are the limits of calls, and how does an answer over the limit look? How long
do picture addresses live? What are the terms of each item: territory, archive, social media, translation? How is partners' material marked?
Whom do we call at three in the morning?
`)
	for _, code := range profile.Codes(all) {
		p := all[code]
		fmt.Fprintf(&b, "\n## %s (`%s`)\n\nFormats: %s. By: %s.", p.Agency, code, strings.Join(p.Formats, ", "), strings.Join(p.Transport, ", "))
		if p.Zone != "" {
			fmt.Fprintf(&b, " Times without a zone: %s.", p.Zone)
		}
		if p.Gap.Duration > 0 {
			fmt.Fprintf(&b, " At least %s between calls.", p.Gap)
		}
		b.WriteString(" " + habits(p) + "\n\n")
		for _, k := range p.Known {
			b.WriteString("* " + k + "\n")
		}
		b.WriteString("\nTo check:\n\n")
		for _, c := range p.Check {
			b.WriteString("* " + c + "\n")
		}
	}
	return b.String()
}

// habits tells what the program does for the agency's sake.
func habits(p profile.Profile) string {
	said := []string{}
	add := func(when bool, format string, args ...any) {
		if when {
			said = append(said, fmt.Sprintf(format, args...))
		}
	}
	add(p.AnyAgency, "each of its sources is an agency of its own, known by the source's name; `agency` is what readers are told")
	add(p.List != nil, "`kind = \"list\"` asks for its list and then for each new document")
	add(p.List != nil && p.List.Windowed(), "it asks for a span of time, and looks back for what comes late")
	add(p.List != nil && p.List.Login != nil, "it signs in, and once more when the session lapses")
	add(p.IDCut != "", "`%s` is cut off its ids", p.IDCut)
	add(p.Order == "number", "its numbers order revisions")
	for priority := range 10 {
		code := fmt.Sprint(priority)
		add(p.Urgency[code] > 0, "priority %s is urgency %d", code, p.Urgency[code])
	}
	for _, priority := range p.FlashAt {
		add(true, "priority %d is a flash", priority)
	}
	add(p.FlashFrom > 0, "urgency 1 to %d is a flash", p.FlashFrom)
	add(len(p.FlashWords) > 0, "headlines that begin %s are flashes", strings.Join(p.FlashWords, ", "))
	add(p.Rest != "", "silence from %s is nothing", p.Rest)
	add(p.Edits == "whole", "its text is used whole")
	add(p.Edits == "shorten", "its text may be shortened only")
	add(p.Photos == "ask", "its pictures are asked for")
	add(p.Photos == "none", "its pictures are not used")
	add(p.Embargo == "none", "an empty embargo is none")
	if len(said) == 0 {
		return "Read as the standards have it."
	}
	return "The program's part: " + strings.Join(said, "; ") + "."
}

func TestHabitsOfAA(t *testing.T) {
	t.Parallel()
	all, err := profile.Read("")
	if err != nil {
		t.Fatal(err)
	}
	h, err := all["aa"].Habits()
	if err != nil || h.Urgencies[6] != 8 || len(h.FlashAt) != 1 || h.StableID("aa:text:20260304:7") != "aa:text:20260304:7" {
		t.Errorf("%+v (%v)", h, err)
	}
}

// Two deliveries of one AP item differ in the signature of their address alone.
func TestHabitsOfAP(t *testing.T) {
	t.Parallel()
	all, err := profile.Read("")
	if err != nil {
		t.Fatal(err)
	}
	h, err := all["ap"].Habits()
	if err != nil {
		t.Fatal(err)
	}
	for id, want := range map[string]string{
		"http://api.example/content/0a1b?qt=first&et=0a3": "http://api.example/content/0a1b",
		"http://api.example/content/0a1b?qt=other&et=9c7": "http://api.example/content/0a1b",
		"http://api.example/content?item=2&qt=other":      "http://api.example/content?item=2",
	} {
		if got := h.StableID(id); got != want {
			t.Errorf("%s: %s, want %s", id, got, want)
		}
	}
}
