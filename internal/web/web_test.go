package web_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/pelletier/go-toml/v2"

	"github.com/rotatif/newsroom"
	"github.com/rotatif/newsroom/internal/web"
)

// keys gives every key of a language's catalogue with its sentence; the forms
// of a plural are one key.
func keys(t *testing.T, lang string) map[string]string {
	t.Helper()
	files, err := filepath.Glob("locales/*." + lang + ".toml")
	if err != nil || len(files) == 0 {
		t.Fatal(err, files)
	}
	all := map[string]string{}
	for _, file := range files {
		raw, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		var table map[string]any
		if err := toml.Unmarshal(raw, &table); err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		flatten(table, "", all)
	}
	return all
}

func flatten(table map[string]any, prefix string, to map[string]string) {
	if other, plural := table["other"].(string); plural {
		one, _ := table["one"].(string)
		to[strings.TrimSuffix(prefix, ".")] = one + other
		return
	}
	for name, value := range table {
		switch v := value.(type) {
		case string:
			to[prefix+name] = v
		case map[string]any:
			flatten(v, prefix+name+".", to)
		}
	}
}

func TestLanguagesAreEquallyComplete(t *testing.T) {
	t.Parallel()
	tr, en := keys(t, "tr"), keys(t, "en")
	for key, sentence := range tr {
		if _, ok := en[key]; !ok {
			t.Errorf("%s is not there in English", key)
		}
		if strings.TrimSpace(sentence) == "" {
			t.Errorf("%s is empty in Turkish", key)
		}
		if have, want := blanks(en[key]), blanks(sentence); !slices.Equal(have, want) {
			t.Errorf("%s has the blanks %v in Turkish, %v in English", key, want, have)
		}
	}
	for key := range en {
		if _, ok := tr[key]; !ok {
			t.Errorf("%s is not there in Turkish", key)
		}
	}
	t.Logf("%d sentences", len(tr))
}

var blank = regexp.MustCompile(`\{\{\s*\.([A-Za-z]+)\s*\}\}`)

// blanks names the blanks of a sentence, each once.
func blanks(sentence string) []string {
	names := []string{}
	for _, m := range blank.FindAllStringSubmatch(sentence, -1) {
		if m[1] != "n" && !slices.Contains(names, m[1]) { // a singular may say "one" in words
			names = append(names, m[1])
		}
	}
	slices.Sort(names)
	return names
}

var mention = regexp.MustCompile(`"((?:error|hold|wire|state|desk|site|demo)\.[a-z0-9_]+(?:\.[a-z0-9_]+)*)"`)

// Every key that the program names has its sentence.
func TestEveryKeyHasItsSentence(t *testing.T) {
	t.Parallel()
	known := keys(t, "tr")
	seen := 0
	for _, file := range sources(t) {
		raw, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range mention.FindAllStringSubmatch(string(raw), -1) {
			seen++
			if _, ok := known[m[1]]; !ok && !otherUse(m[1]) {
				t.Errorf("%s names %s, which has no sentence", file, m[1])
			}
		}
	}
	if seen < 100 {
		t.Errorf("only %d keys were found: the search is broken", seen)
	}
}

// otherUse says whether a name that looks like a key is an action or the name
// of something else.
func otherUse(name string) bool {
	for _, a := range []newsroom.Action{newsroom.ReadWire, newsroom.JudgeWire, newsroom.ReadStories} {
		if name == string(a) {
			return true
		}
	}
	return strings.HasSuffix(name, ".html") || strings.HasSuffix(name, ".js") || strings.HasSuffix(name, ".css") || strings.HasSuffix(name, ".db") || strings.HasSuffix(name, ".svg") ||
		slices.Contains([]string{"desk.intake", "site.test", "demo.editor", "demo.readers"}, name)
}

// sources are the program's Go files and templates, tests left out.
func sources(t *testing.T) []string {
	t.Helper()
	files := []string{}
	err := filepath.WalkDir("../..", func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && (d.Name() == "node_modules" || d.Name() == ".git" || d.Name() == "bench" || d.Name() == "storetest") {
			return filepath.SkipDir
		}
		if strings.HasSuffix(path, ".html") || strings.HasSuffix(path, ".go") && !strings.HasSuffix(path, "_test.go") {
			files = append(files, path)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

func TestWords(t *testing.T) {
	t.Parallel()
	catalog, err := web.OpenCatalog()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ tag, want string }{{"tr", "tr"}, {"tr-TR", "tr"}, {"en-GB", "en"}, {"de", "tr"}, {"", "tr"}, {"enx", "tr"}} {
		if have := catalog.In(c.tag).Lang(); have != c.want {
			t.Errorf("In(%q) speaks %s, want %s", c.tag, have, c.want)
		}
	}
	words := catalog.In("en")
	if have := words.T("error.password_short", "min", 10); !strings.Contains(have, "10") {
		t.Errorf("the blank was not filled: %q", have)
	}
	if have := words.T("error.there_is_no_such"); have != "error.there_is_no_such" {
		t.Errorf("an unknown key gave %q", have)
	}
}

func TestErrorsHaveTwoAudiences(t *testing.T) {
	t.Parallel()
	catalog, err := web.OpenCatalog()
	if err != nil {
		t.Fatal(err)
	}
	words := catalog.In("en")
	secret := errors.New("pq: password authentication failed for user rotatif")
	for _, c := range []struct {
		name   string
		err    error
		status int
		says   string
	}{
		{"a refusal", newsroom.Refuse(newsroom.Held, "error.embargo_holds"), 409, "embargo"},
		{"a refusal with a cause", &newsroom.Error{Kind: newsroom.NotFound, Key: "error.not_found", Err: secret}, 404, "not here"},
		{"anything else", secret, 500, "unexpected"},
		{"internal", &newsroom.Error{Kind: newsroom.Internal, Key: "error.not_found", Err: secret}, 500, "unexpected"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			if have := web.Status(newsroom.KindOf(c.err)); have != c.status {
				t.Errorf("status %d, want %d", have, c.status)
			}
			says := web.Sentence(words, c.err)
			if !strings.Contains(strings.ToLower(says), c.says) || strings.Contains(says, "password") {
				t.Errorf("says %q", says)
			}
		})
	}
}

// page is a page with a cell.
type page struct {
	web.Frame
	Cell string
}

func TestTemplates(t *testing.T) {
	t.Parallel()
	fsys := fstest.MapFS{
		"layout/base.html": {Data: []byte(`{{define "page"}}<p>{{template "main" .}}</p>{{end}}`)},
		"page/a.html":      {Data: []byte(`{{define "main"}}{{.Cell}}{{end}}`)},
		"page/b.html":      {Data: []byte(`{{define "main"}}{{.Nothing}}{{end}}`)},
	}
	set, err := web.ParseTemplates(fsys, "layout/*.html", "page/*.html", nil)
	if err != nil {
		t.Fatal(err)
	}
	if have, err := set.Render("a.html", "page", page{Cell: "<em>"}); err != nil || string(have) != "<p>&lt;em&gt;</p>" {
		t.Errorf("%s, %v", have, err)
	}
	if have, err := set.Render("b.html", "page", page{}); err == nil || have != nil {
		t.Errorf("a wrong name gave %q", have)
	}
	if _, err := set.Render("c.html", "page", page{}); err == nil {
		t.Error("a page that is not there was rendered")
	}
	if names := set.Names(); len(names) != 2 {
		t.Errorf("pages %v", names)
	}
	if _, err := web.ParseTemplates(fsys, "layout/*.html", "none/*.html", nil); err == nil {
		t.Error("no pages were accepted")
	}
}
