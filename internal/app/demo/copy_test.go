package demo

import (
	"strings"
	"testing"
	"unicode/utf8"
)

// pieces reads the copy of a language.
func pieces(t *testing.T, lang string) []Piece {
	t.Helper()
	all, err := Pieces(lang)
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func TestTheCopyIsWrittenAsAnAgencyWrites(t *testing.T) {
	t.Parallel()
	for lang, least := range map[string]struct{ texts, long int }{"tr": {40, 15}, "en": {12, 4}} {
		long := 0
		sections := map[string]bool{}
		names := map[string]bool{}
		all := pieces(t, lang)
		for _, p := range all {
			scheme, code, _ := strings.Cut(p.Subject, ":")
			if scheme != "medtop" || len(code) != 8 || p.Slug == "" || names[p.Name] {
				t.Errorf("%s/%s: subject %q, slug %q", lang, p.Name, p.Subject, p.Slug)
			}
			if n := utf8.RuneCountInString(p.Headline); n < 20 || n > 100 {
				t.Errorf("%s/%s: a headline of %d characters", lang, p.Name, n)
			}
			if Name(p.Agency) == Name("dp") && p.Agency != "dp" {
				t.Errorf("%s/%s: nobody's copy: %q", lang, p.Name, p.Agency)
			}
			if p.Cited != "" && !strings.Contains(strings.Join(p.Paragraphs, " "), p.Cited) && !strings.Contains(strings.ToLower(strings.Join(p.Paragraphs, " ")), strings.ToLower(p.Cited)) {
				t.Errorf("%s/%s: cites %s, but not in the text", lang, p.Name, p.Cited)
			}
			words, subheads := 0, 0
			for _, line := range p.Paragraphs {
				words += len(strings.Fields(line))
				if sub, is := strings.CutPrefix(line, "## "); is {
					subheads++
					if sub == "" || strings.HasSuffix(sub, ".") {
						t.Errorf("%s/%s: subhead %q", lang, p.Name, sub)
					}
				}
			}
			if words > 140 && subheads > 0 && p.Standfirst != "" && p.Byline != "" {
				long++
			}
			sections[code], names[p.Name] = true, true
		}
		if len(all) < least.texts || long < least.long || lang == "tr" && len(sections) < 9 {
			t.Errorf("%s: %d texts, %d of them long, %d subjects", lang, len(all), long, len(sections))
		}
	}
}

func TestCopyThatIsNone(t *testing.T) {
	t.Parallel()
	if _, err := Pieces("xx"); err == nil {
		t.Error("copy in no language")
	}
	for _, bad := range []string{"headline\n\nText.", "title: A\n\nText.", "urgency: soon\n\nText."} {
		if p, err := parsePiece("a", bad); err == nil {
			t.Errorf("%q is a piece: %+v", bad, p)
		}
	}
	p, err := parsePiece("a", "agency: ka\nurgency: 1\nheadline: A: B\n\nOne\nline.\n\n## SUB\n\nTwo.\n")
	if err != nil || p.Urgency != 1 || p.Headline != "A: B" || strings.Join(p.Paragraphs, "|") != "One line.|## SUB|Two." {
		t.Errorf("%+v, %v", p, err)
	}
}
