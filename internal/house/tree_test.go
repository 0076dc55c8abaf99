package house

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"os"
	"path"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// module is the path before every import of our own.
const module = "github.com/rotatif/newsroom"

// tree is the source of the whole module.
type tree struct {
	set      *token.FileSet
	packages map[string]*pack // by folder below the root; "." is the root
}

// pack is what lies in one folder.
type pack struct {
	dir   string
	files []*file
}

// file is one Go file.
type file struct {
	*ast.File
	name  string // with its folder, from the root
	test  bool   // its name ends in _test.go
	lines int
}

// finding is one offence: where, and what is wrong there.
type finding string

// rule looks through the tree. A rule knows nothing of other rules.
type rule func(*tree) []finding

func (t *tree) at(p token.Pos, format string, args ...any) finding {
	where := t.set.Position(p)
	return finding(fmt.Sprintf("%s:%d: ", where.Filename, where.Line) + fmt.Sprintf(format, args...))
}

// sorted is the packages in the order of their folders.
func (t *tree) sorted() []*pack {
	all := []*pack{}
	for _, dir := range slices.Sorted(maps.Keys(t.packages)) {
		all = append(all, t.packages[dir])
	}
	return all
}

// code is the files of the program: what is not a test and not there for tests.
func (t *tree) code() []*file {
	all := []*file{}
	for _, p := range t.sorted() {
		if !forTests(p.dir) {
			all = append(all, p.code()...)
		}
	}
	return all
}

// code is the files that are not tests.
func (p *pack) code() []*file {
	return slices.DeleteFunc(slices.Clone(p.files), func(f *file) bool { return f.test })
}

// dir is the folder of the file.
func (f *file) dir() string { return path.Dir(f.name) }

// imports is the paths that the file imports, each with its place.
func (f *file) imports() map[string]token.Pos {
	all := map[string]token.Pos{}
	for _, spec := range f.Imports {
		imported, err := strconv.Unquote(spec.Path.Value)
		if err == nil {
			all[imported] = spec.Pos()
		}
	}
	return all
}

// ours turns an import path into a folder of this module.
func ours(imported string) (string, bool) {
	if imported == module {
		return ".", true
	}
	return strings.CutPrefix(imported, module+"/")
}

// calls reports every use of a name of a standard or foreign package, such as
// time.Now, wherever it stands. It trusts that packages are imported under their own names.
func (f *file) uses(yield func(p token.Pos, name string)) {
	ast.Inspect(f.File, func(n ast.Node) bool {
		if s, ok := n.(*ast.SelectorExpr); ok {
			if x, ok := s.X.(*ast.Ident); ok {
				yield(s.Pos(), x.Name+"."+s.Sel.Name)
			}
		}
		return true
	})
}

// outside is folders that hold no source of ours.
func outside(name string) bool {
	return strings.HasPrefix(name, ".") && name != "." || slices.Contains([]string{"bin", "node_modules", "testdata"}, name)
}

// read parses every Go file below a folder.
func read(root fs.FS) (*tree, error) {
	t := &tree{set: token.NewFileSet(), packages: map[string]*pack{}}
	err := fs.WalkDir(root, ".", func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && outside(d.Name()):
			return fs.SkipDir
		case d.IsDir() || path.Ext(name) != ".go":
			return nil
		}
		source, err := fs.ReadFile(root, name)
		if err != nil {
			return fmt.Errorf("house: %w", err)
		}
		return t.add(name, source)
	})
	return t, err
}

func (t *tree) add(name string, source []byte) error {
	parsed, err := parser.ParseFile(t.set, name, source, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		return fmt.Errorf("house: %w", err)
	}
	dir := path.Dir(name)
	if t.packages[dir] == nil {
		t.packages[dir] = &pack{dir: dir}
	}
	lines := strings.Count(string(source), "\n")
	t.packages[dir].files = append(t.packages[dir].files,
		&file{File: parsed, name: name, test: strings.HasSuffix(name, "_test.go"), lines: lines})
	return nil
}

// root is the folder of the module, two above this one.
func root(t testing.TB) fs.FS {
	t.Helper()
	folder := os.DirFS("../..")
	if _, err := fs.Stat(folder, "go.mod"); err != nil {
		t.Fatal(err)
	}
	return folder
}

// plan builds a tree from a few sources. A source without a package clause gets one.
func plan(t testing.TB, sources map[string]string) *tree {
	t.Helper()
	built := &tree{set: token.NewFileSet(), packages: map[string]*pack{}}
	for _, name := range slices.Sorted(maps.Keys(sources)) {
		source := sources[name]
		if !strings.Contains(source, "package ") {
			source = "package p\n" + source
		}
		if err := built.add(name, []byte(source)); err != nil {
			t.Fatal(err)
		}
	}
	return built
}

// offence is a small bad house: the rule must find exactly what is wanted, in
// any order, each finding containing the words wanted.
type offence struct {
	name    string
	sources map[string]string
	want    []string
}

// catch shows that a rule can be broken and is noticed.
func catch(t *testing.T, check rule, offences []offence) {
	t.Helper()
	for _, o := range offences {
		t.Run(o.name, func(t *testing.T) {
			t.Parallel()
			found := check(plan(t, o.sources))
			if len(found) != len(o.want) {
				t.Fatalf("found %q, want %d", found, len(o.want))
			}
			for _, want := range o.want {
				if !slices.ContainsFunc(found, func(f finding) bool { return strings.Contains(string(f), want) }) {
					t.Errorf("%q is not in %q", want, found)
				}
			}
		})
	}
}
