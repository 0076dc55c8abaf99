package house

import (
	"bytes"
	"io/fs"
	"maps"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"
	"unicode/utf8"
)

// requirement is a line of go.mod that asks for a module.
var requirement = regexp.MustCompile(`(?m)^(?:require )?\s*(\S+\.\S+/?\S*) v\S+( // indirect)?$`)

// row is a line of docs/dependencies.md that explains a module: | `module` | … | … | … |
var row = regexp.MustCompile("(?m)^\\| `([^`]+)` \\| [^|]{3,} \\| [^|]{3,} \\| [^|]{3,} \\|$")

// dependencies wants three lists to say the same: what our files import, what
// go.mod calls direct, and what docs/dependencies.md explains.
func dependencies(root fs.FS, t *tree) []finding {
	mod, err := fs.ReadFile(root, "go.mod")
	if err != nil {
		return []finding{finding(err.Error())}
	}
	doc, err := fs.ReadFile(root, "docs/dependencies.md")
	if err != nil {
		return []finding{finding(err.Error())}
	}
	known, direct := map[string]bool{}, map[string]bool{}
	for _, m := range requirement.FindAllSubmatch(mod, -1) {
		known[string(m[1])] = true
		direct[string(m[1])] = len(m[2]) == 0
	}
	explained := map[string]bool{}
	for _, m := range row.FindAllSubmatch(doc, -1) {
		explained[string(m[1])] = true
	}
	imported := t.modules(known)
	found := []finding{}
	for _, name := range slices.Sorted(maps.Keys(imported)) {
		if !explained[name] {
			found = append(found, finding(name+" is imported but has no line in docs/dependencies.md"))
		}
		if !direct[name] {
			found = append(found, finding(name+" is imported but go.mod calls it indirect"))
		}
	}
	for _, name := range slices.Sorted(maps.Keys(known)) {
		if direct[name] && !imported[name] {
			found = append(found, finding(name+" is direct in go.mod but nobody imports it"))
		}
	}
	for _, name := range slices.Sorted(maps.Keys(explained)) {
		if !imported[name] {
			found = append(found, finding(name+" is explained in docs/dependencies.md but nobody imports it"))
		}
	}
	return found
}

// modules is the modules that our files import, tests included.
func (t *tree) modules(known map[string]bool) map[string]bool {
	all := map[string]bool{}
	for _, p := range t.sorted() {
		for _, f := range p.files {
			for imported := range f.imports() {
				best := ""
				for name := range known {
					if (imported == name || strings.HasPrefix(imported, name+"/")) && len(name) > len(best) {
						best = name
					}
				}
				if best != "" {
					all[best] = true
				}
			}
		}
	}
	return all
}

// elsewhere is a path that exists on one machine only. It is spelled so that
// it does not find itself.
var elsewhere = regexp.MustCompile(`(?m)(^|[\s"'=(` + "`" + `:])/(work|root|farm|home|Users)/\w`)

// anywhere wants no file of the project to say where somebody keeps it.
func anywhere(root fs.FS) ([]finding, error) {
	found := []finding{}
	err := fs.WalkDir(root, ".", func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && slices.Contains([]string{".git", ".tools", "bin", "node_modules"}, d.Name()):
			return fs.SkipDir
		case name == ".git": // of a second working tree: says where the first one is
			return nil
		case !d.Type().IsRegular() || slices.Contains([]string{".woff2", ".png", ".db", ".db-wal", ".db-shm"}, path.Ext(name)):
			return nil
		}
		text, err := fs.ReadFile(root, name)
		if err != nil {
			return err
		}
		if at := elsewhere.FindIndex(text); at != nil && utf8.Valid(text) {
			line := 1 + bytes.Count(text[:at[1]], []byte("\n"))
			found = append(found, finding(name+": line "+strconv.Itoa(line)+" names a place on somebody's machine"))
		}
		return nil
	})
	return found, err
}

// testShare is how many lines of tests there are for a line of code, at least.
const testShare = 0.8

// share is the lines of code and the lines that test it: test files, and what
// was made for tests.
func share(t *tree) (code, test int) {
	for _, p := range t.sorted() {
		for _, f := range p.files {
			if p.dir == "bench" {
				continue // measures, tests nothing
			}
			if f.test || forTests(p.dir) {
				test += f.lines
			} else {
				code += f.lines
			}
		}
	}
	return code, test
}

// dictionary wants a line in docs/words.md for every type of the root package.
func dictionary(root fs.FS, t *tree) []finding {
	doc, err := fs.ReadFile(root, "docs/words.md")
	if err != nil {
		return []finding{finding(err.Error())}
	}
	found := []finding{}
	for _, f := range t.packages["."].code() {
		for _, s := range typeSpecs(f) {
			if s.Name.IsExported() && !bytes.Contains(doc, []byte("\n| `"+s.Name.Name+"` |")) {
				found = append(found, t.at(s.Pos(), "%s has no line in docs/words.md", s.Name.Name))
			}
		}
	}
	return found
}

func TestEveryWordIsInTheDictionary(t *testing.T) {
	t.Parallel()
	house, err := read(root(t))
	if err != nil {
		t.Fatal(err)
	}
	for _, found := range dictionary(root(t), house) {
		t.Error(found)
	}
}

func TestDictionary(t *testing.T) {
	t.Parallel()
	house := plan(t, map[string]string{"a.go": "type Story int\ntype Kind int\ntype inner int"})
	papers := fstest.MapFS{"docs/words.md": {Data: []byte("| word |\n|---|\n| `Story` | haber | a story |\n")}}
	if found := dictionary(papers, house); len(found) != 1 || !strings.Contains(string(found[0]), "a.go:3: Kind has no line") {
		t.Errorf("found %q", found)
	}
}

func TestDependenciesAreExplained(t *testing.T) {
	t.Parallel()
	house, err := read(root(t))
	if err != nil {
		t.Fatal(err)
	}
	for _, found := range dependencies(root(t), house) {
		t.Error(found)
	}
}

func TestDependencies(t *testing.T) {
	t.Parallel()
	papers := fstest.MapFS{
		"go.mod": {Data: []byte("module m\n\nrequire (\n\ta.example/one v1.0.0\n\ta.example/two/v2 v2.0.0\n" +
			"\ta.example/three v0.1.0\n\ta.example/four v0.1.0 // indirect\n\ta.example/five v1.0.0 // indirect\n)\n")},
		"docs/dependencies.md": {Data: []byte("| module | for | why | licence |\n|---|---|---|---|\n" +
			"| `a.example/one` | one thing | it is the one | MIT |\n| `a.example/six` | six things | it is six | MIT |\n")},
	}
	house := plan(t, map[string]string{
		"a.go":      importing("a.example/one/part", "a.example/two/v2"),
		"a_test.go": importing("a.example/four"),
	})
	want := []finding{
		"a.example/four is imported but has no line in docs/dependencies.md", "a.example/four is imported but go.mod calls it indirect",
		"a.example/two/v2 is imported but has no line in docs/dependencies.md",
		"a.example/three is direct in go.mod but nobody imports it",
		"a.example/six is explained in docs/dependencies.md but nobody imports it",
	}
	if found := dependencies(papers, house); !slices.Equal(found, want) {
		t.Errorf("found %q", found)
	}
}

func TestNoFileKnowsItsMachine(t *testing.T) {
	t.Parallel()
	all, err := anywhere(root(t))
	if err != nil {
		t.Fatal(err)
	}
	for _, found := range all {
		t.Error(found)
	}
}

func TestAnywhere(t *testing.T) {
	t.Parallel()
	files := fstest.MapFS{
		"good.md":            {Data: []byte("see /docs/work/x, ../work/x and https://a.example/home/y")},
		"bad.md":             {Data: []byte("one\nsee /" + "work/main")},
		"worse.go":           {Data: []byte("x := \"/" + "home/ayse/x\"")},
		"node_modules/a.txt": {Data: []byte("/" + "root/x")},
	}
	found, err := anywhere(files)
	want := []finding{"bad.md: line 2 names a place on somebody's machine", "worse.go: line 1 names a place on somebody's machine"}
	if err != nil || !slices.Equal(found, want) {
		t.Errorf("found %q, %v", found, err)
	}
}

func TestTestsAreAsLongAsCode(t *testing.T) {
	t.Parallel()
	house, err := read(root(t))
	if err != nil {
		t.Fatal(err)
	}
	code, test := share(house)
	t.Logf("%d lines of code, %d lines of tests", code, test)
	if float64(test) < testShare*float64(code) {
		t.Errorf("%d lines of tests for %d lines of code", test, code)
	}
}
