package letters_test

import (
	"bufio"
	"os"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"pgregory.net/rapid"

	"github.com/rotatif/newsroom/internal/letters"
)

// sharedCases is where the shared table of Turkish cases lies, when it does.
const sharedCases = "../../../shared/data/turkish-cases.tsv"

// cases gives the rows of a kind: input, expected, note.
func cases(t *testing.T, kind string) [][]string {
	t.Helper()
	f, err := os.Open(sharedCases)
	if err != nil {
		t.Skip("the shared table of Turkish cases is not here")
	}
	defer func() { _ = f.Close() }()
	rows := [][]string{}
	for lines := bufio.NewScanner(f); lines.Scan(); {
		if row := strings.Split(lines.Text(), "\t"); row[0] == kind {
			rows = append(rows, append(row[1:], ""))
		}
	}
	if len(rows) == 0 {
		t.Fatalf("no rows of kind %s", kind)
	}
	return rows
}

func TestSharedSlugs(t *testing.T) {
	t.Parallel()
	for _, row := range cases(t, "slug") {
		if have := letters.Slug(row[0]); have != row[1] {
			t.Errorf("Slug(%q) = %q, want %q (%s)", row[0], have, row[1], row[2])
		}
	}
}

func TestSharedCase(t *testing.T) {
	t.Parallel()
	for _, row := range cases(t, "upper") {
		if have := letters.Upper("tr", row[0]); have != row[1] {
			t.Errorf("Upper(%q) = %q, want %q", row[0], have, row[1])
		}
	}
	for _, row := range cases(t, "lower") {
		if have := letters.Lower("tr", row[0]); have != row[1] {
			t.Errorf("Lower(%q) = %q, want %q (%s)", row[0], have, row[1], row[2])
		}
	}
}

func TestSharedSorting(t *testing.T) {
	t.Parallel()
	for _, row := range cases(t, "sort") {
		words := strings.Split(row[0], "|")
		slices.SortFunc(words, func(a, b string) int {
			return slices.Compare(letters.SortKey("tr", a), letters.SortKey("tr", b))
		})
		if have := strings.Join(words, "|"); have != row[1] {
			t.Errorf("sorted %s, want %s", have, row[1])
		}
	}
}

func TestSharedDates(t *testing.T) {
	t.Parallel()
	zone, err := time.LoadLocation("Europe/Istanbul")
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range cases(t, "absdate") {
		stamp, form, _ := strings.Cut(row[0], "|")
		at, err := time.Parse(time.RFC3339, stamp)
		if err != nil {
			t.Fatal(err)
		}
		at = at.In(zone)
		have := ""
		switch form {
		case "long":
			have = letters.Day("tr", at) + at.Format(" 15:04")
		case "short":
			have = letters.Stamp("tr", at)
		default:
			continue // forms that are not spoken here yet
		}
		if have != row[1] {
			t.Errorf("%s = %q, want %q (%s)", row[0], have, row[1], row[2])
		}
	}
}

func TestFold(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ in, want string }{
		{"ISPARTA", "isparta"},
		{"Isparta", "isparta"},
		{"ısparta", "isparta"},
		{"İSTANBUL'DA", "istanbul da"},
		{"Türkiye’nin", "turkiye nin"},
		{"hâkim", "hakim"},
		{"i\u0307zmir", "izmir"},
		{"  a  --  b  ", "a b"},
		{"Ğ ğ Ş ş Ç ç Ö ö Ü ü", "g g s s c c o o u u"},
		{"", ""},
		{"42,15", "42 15"},
		{"İZMİR’DE 5,1", "izmir de 5 1"},
		{"Москва", "москва"},
		{"Æsir", "aesir"},
	} {
		if have := letters.Fold(c.in); have != c.want {
			t.Errorf("Fold(%q) = %q, want %q", c.in, have, c.want)
		}
	}
}

// Folding what is folded changes nothing, and a fold has no stray spaces.
func TestFoldIsAFixedPoint(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.String().Draw(t, "s")
		once := letters.Fold(s)
		if twice := letters.Fold(once); twice != once {
			t.Fatalf("Fold(%q) = %q, folded again %q", s, once, twice)
		}
		if strings.Contains(once, "  ") || once != strings.TrimSpace(once) {
			t.Fatalf("Fold(%q) = %q", s, once)
		}
	})
}

// A slug is never empty, never long, and made of small letters, digits and single hyphens.
func TestSlugShape(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.String().Draw(t, "s")
		slug := letters.Slug(s)
		if slug == "" || len(slug) > 80 || strings.Contains(slug, "--") || strings.Trim(slug, "-") != slug {
			t.Fatalf("Slug(%q) = %q", s, slug)
		}
		for _, r := range slug {
			if r != '-' && (r < '0' || r > '9') && (r < 'a' || r > 'z') {
				t.Fatalf("Slug(%q) = %q", s, slug)
			}
		}
	})
}

func TestSlugIsCutAtAWord(t *testing.T) {
	t.Parallel()
	have := letters.Slug(strings.Repeat("uzun başlık ", 20))
	if len(have) > 80 || !strings.HasSuffix(have, "baslik") && !strings.HasSuffix(have, "uzun") {
		t.Errorf("slug %q", have)
	}
}

func TestAllCaps(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		in   string
		want bool
	}{
		{"NE OLMUŞTU?", true}, {"Ne olmuştu?", false}, {"İLK ETAP 2028'DE", true}, {"2028", false}, {"A", false}, {"", false}, {"ABD", true},
	} {
		if have := letters.AllCaps(c.in); have != c.want {
			t.Errorf("AllCaps(%q) = %v", c.in, have)
		}
	}
}

func TestCut(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		in   string
		n    int
		want string
	}{
		{"kısa", 10, "kısa"}, {"bir iki üç dört", 10, "bir iki…"}, {"uzunbirkelime", 5, "uzun…"}, {"", 3, ""}, {"a, b", 3, "a…"},
	} {
		if have := letters.Cut(c.in, c.n); have != c.want {
			t.Errorf("Cut(%q, %d) = %q, want %q", c.in, c.n, have, c.want)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		s, n := rapid.String().Draw(t, "s"), rapid.IntRange(1, 40).Draw(t, "n")
		if have := letters.Cut(s, n); utf8.RuneCountInString(have) > n {
			t.Fatalf("Cut(%q, %d) = %q", s, n, have)
		}
	})
}

func TestEnglish(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 11, 23, 14, 5, 0, 0, time.UTC)
	for have, want := range map[string]string{
		letters.Upper("en", "title"):                  "TITLE",
		letters.Lower("en", "TITLE"):                  "title",
		letters.Day("en", at):                         "Monday, 23 November 2026",
		letters.Stamp("en", at):                       "23 November 2026, 14:05",
		letters.Short("en", at, at.Add(time.Hour)):    "14:05",
		letters.Short("tr", at, at.Add(48*time.Hour)): "23 Kas",
		letters.Short("tr", at, at.AddDate(1, 0, 0)):  "23.11.2026",
		letters.Day("tr", at):                         "23 Kasım 2026 Pazartesi",
	} {
		if have != want {
			t.Errorf("have %q, want %q", have, want)
		}
	}
}
