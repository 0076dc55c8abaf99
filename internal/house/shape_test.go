package house

import (
	"go/ast"
	"go/token"
	"slices"
	"strings"
	"testing"
)

// The bars.
const (
	medianFunction = 10
	longestFunc    = 80
	meanFile       = 150
	longestFile    = 400
	deepest        = 4
	mostMethods    = 5
)

// lines is how many lines a node takes.
func (t *tree) lines(n ast.Node) int {
	return t.set.Position(n.End()).Line - t.set.Position(n.Pos()).Line + 1
}

// functions is every function of the program and of what is made for tests.
func (t *tree) functions() []*ast.FuncDecl {
	all := []*ast.FuncDecl{}
	for _, p := range t.sorted() {
		for _, f := range p.code() {
			for _, d := range f.Decls {
				if fn, ok := d.(*ast.FuncDecl); ok && fn.Body != nil {
					all = append(all, fn)
				}
			}
		}
	}
	return all
}

func shortFunctions(t *tree) []finding {
	found, sizes := []finding{}, []int{}
	for _, fn := range t.functions() {
		size := t.lines(fn)
		sizes = append(sizes, size)
		if size > longestFunc {
			found = append(found, t.at(fn.Pos(), "%s has %d lines, %d are allowed", fn.Name.Name, size, longestFunc))
		}
	}
	slices.Sort(sizes)
	if len(sizes) > 0 && sizes[len(sizes)/2] > medianFunction {
		found = append(found, finding("the functions have become long: half of them have more than ten lines"))
	}
	return found
}

func shortFiles(t *tree) []finding {
	found, files, lines := []finding{}, 0, 0
	for _, p := range t.sorted() {
		for _, f := range p.code() {
			files++
			lines += f.lines
			if f.lines > longestFile {
				found = append(found, t.at(f.Package, "%d lines, %d are allowed", f.lines, longestFile))
			}
		}
	}
	if lines > files*meanFile {
		found = append(found, finding("the files have become long: in the mean more than 150 lines"))
	}
	return found
}

func shallow(t *tree) []finding {
	found := []finding{}
	for _, fn := range t.functions() {
		d := &diver{}
		ast.Walk(d, fn.Body)
		if d.deepest > deepest {
			found = append(found, t.at(fn.Pos(), "%s is nested %d deep, %d are allowed", fn.Name.Name, d.deepest, deepest))
		}
	}
	return found
}

// diver counts how deep statements lie in one another. A chain of else if is
// one level, and so is a switch with its cases.
type diver struct {
	open    []bool // one for every node above: does it make a level?
	chained map[ast.Node]bool
	deepest int
}

// Visit goes down with a node and up with nil.
func (d *diver) Visit(n ast.Node) ast.Visitor {
	if n == nil {
		d.open = d.open[:len(d.open)-1]
		return nil
	}
	d.open = append(d.open, d.level(n))
	depth := 0
	for _, is := range d.open {
		if is {
			depth++
		}
	}
	d.deepest = max(d.deepest, depth)
	return d
}

func (d *diver) level(n ast.Node) bool {
	switch n := n.(type) {
	case *ast.IfStmt:
		if next, ok := n.Else.(*ast.IfStmt); ok {
			if d.chained == nil {
				d.chained = map[ast.Node]bool{}
			}
			d.chained[next] = true
		}
		return !d.chained[n]
	case *ast.ForStmt, *ast.RangeStmt, *ast.SwitchStmt, *ast.TypeSwitchStmt, *ast.SelectStmt, *ast.FuncLit:
		return true
	}
	return false
}

// smallInterfaces counts the methods of every interface, those of an embedded
// interface of the same package included.
func smallInterfaces(t *tree) []finding {
	found := []finding{}
	for _, p := range t.sorted() {
		contracts := p.contracts()
		for _, f := range p.code() {
			for _, s := range typeSpecs(f) {
				if n := methods(s.Type, contracts); n > mostMethods {
					found = append(found, t.at(s.Pos(), "%s has %d methods, %d are allowed", s.Name.Name, n, mostMethods))
				}
			}
		}
	}
	return found
}

func typeSpecs(f *file) []*ast.TypeSpec {
	all := []*ast.TypeSpec{}
	ast.Inspect(f.File, func(n ast.Node) bool {
		if s, ok := n.(*ast.TypeSpec); ok {
			all = append(all, s)
		}
		return true
	})
	return all
}

// contracts is the interfaces of a package by name.
func (p *pack) contracts() map[string]ast.Expr {
	all := map[string]ast.Expr{}
	for _, f := range p.code() {
		for _, s := range typeSpecs(f) {
			all[s.Name.Name] = s.Type
		}
	}
	return all
}

func methods(e ast.Expr, contracts map[string]ast.Expr) int {
	contract, ok := e.(*ast.InterfaceType)
	if !ok {
		return 0
	}
	n := 0
	for _, m := range contract.Methods.List {
		switch x := m.Type.(type) {
		case *ast.Ident:
			n += methods(contracts[x.Name], contracts)
		case *ast.FuncType:
			n += len(m.Names)
		case *ast.SelectorExpr:
			n++ // of another package: at least one
		}
	}
	return n
}

// kept is the package variables that hold something, each with its reason.
func kept() map[string]string {
	return map[string]string{
		"internal/pgtest.theServer":     "starting a server for every test would take minutes",
		"internal/wire/wiretest.update": "a flag of go test has to be there before the tests begin",
	}
}

// noGlobals wants nothing to happen before main, and nothing to be remembered
// but in values that somebody passes on.
func noGlobals(t *tree) []finding {
	found := []finding{}
	for _, p := range t.sorted() {
		for _, f := range p.code() {
			for _, d := range f.Decls {
				found = append(found, t.globals(p, d)...)
			}
		}
	}
	return found
}

func (t *tree) globals(p *pack, d ast.Decl) []finding {
	found := []finding{}
	switch d := d.(type) {
	case *ast.FuncDecl:
		if d.Name.Name == "init" && d.Recv == nil {
			found = append(found, t.at(d.Pos(), "init: list things where they are used"))
		}
	case *ast.GenDecl:
		for _, spec := range d.Specs {
			s, ok := spec.(*ast.ValueSpec)
			if !ok || d.Tok != token.VAR || embedded(d.Doc) || embedded(s.Doc) {
				continue
			}
			for i, name := range s.Names {
				if _, excused := kept()[p.dir+"."+name.Name]; !excused && !fixed(s, i) {
					found = append(found, t.at(name.Pos(), "%s is a package variable", name.Name))
				}
			}
		}
	}
	return found
}

func embedded(doc *ast.CommentGroup) bool {
	return doc != nil && slices.ContainsFunc(doc.List, func(c *ast.Comment) bool { return strings.HasPrefix(c.Text, "//go:embed ") })
}

// fixed tells whether a variable is one of those that are allowed: nameless, an
// error, a compiled pattern or a list of them; needles are compiled, too, and
// never change.
func fixed(s *ast.ValueSpec, i int) bool {
	if s.Names[i].Name == "_" {
		return true
	}
	if i >= len(s.Values) {
		return false
	}
	text := source(s.Values[i])
	isError := strings.HasPrefix(strings.ToLower(s.Names[i].Name), "err")
	for _, maker := range []string{"errors.New", "fmt.Errorf", "newsroom.Refuse", "Refuse"} {
		if isError && text == maker {
			return true
		}
	}
	return text == "regexp.MustCompile" || text == "regexp.Regexp" || text == "letters.NeedlesOf"
}

// source names what makes a value: the function called, or the type that a list or map is of.
func source(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.CallExpr:
		return source(e.Fun)
	case *ast.SelectorExpr:
		return source(e.X) + "." + e.Sel.Name
	case *ast.Ident:
		return e.Name
	case *ast.CompositeLit:
		return source(e.Type)
	case *ast.ArrayType:
		return source(e.Elt)
	case *ast.MapType:
		return source(e.Value)
	case *ast.StarExpr:
		return source(e.X)
	}
	return "?"
}

func body(lines int) string { return "{\n" + strings.Repeat("_ = 0\n", lines-2) + "}\n" }

func TestShortFunctions(t *testing.T) {
	t.Parallel()
	catch(t, shortFunctions, []offence{
		{"short", map[string]string{"a.go": "func a() " + body(10) + "func b() " + body(80) + "func c() {}"}, nil},
		{"long", map[string]string{"a.go": "func a() {}\nfunc b() " + body(81) + "func c() {}"}, []string{"a.go:3: b has 81"}},
		{"all middling", map[string]string{"a.go": "func a() " + body(11) + "func b() " + body(11)}, []string{"have become long"}},
		{"a test", map[string]string{"a_test.go": "func a() " + body(100)}, nil},
	})
}

func TestShortFiles(t *testing.T) {
	t.Parallel()
	empty := strings.Repeat("\n", 10)
	small := map[string]string{"a.go": strings.Repeat("\n", 399), "b.go": empty, "c.go": empty}
	catch(t, shortFiles, []offence{
		{"small", small, nil},
		{"one long", map[string]string{"a.go": strings.Repeat("\n", 400), "b.go": empty, "c.go": empty}, []string{"401 lines"}},
		{"all middling", map[string]string{"a.go": strings.Repeat("\n", 160)}, []string{"have become long"}},
	})
}

func TestShallow(t *testing.T) {
	t.Parallel()
	in := func(statement string) map[string]string {
		return map[string]string{"a.go": "func a() {" + statement + "}"}
	}
	const four = "for { if x { switch { case y: func() { z() }() } } }"
	catch(t, shallow, []offence{
		{"four", in(four), nil},
		{"five", in("select { default: " + four + "}"), []string{"a is nested 5 deep"}},
		{"chain", in("if a { } else if b { } else if c { } else if d { } else if e { } else { f() }"), nil},
	})
}

func TestSmallInterfaces(t *testing.T) {
	t.Parallel()
	catch(t, smallInterfaces, []offence{
		{"five", map[string]string{"a.go": "type A interface { B(); C(); D(); E(); F() }"}, nil},
		{"six", map[string]string{"a.go": "type A interface { B(); C(); D(); E(); F(); G() }"}, []string{"A has 6"}},
		{"embedded", map[string]string{"a.go": "type A interface { io.Reader; B; G() }\ntype B interface { H(); I(); J(); K() }"}, []string{"A has 6"}},
	})
}

func TestNoGlobals(t *testing.T) {
	t.Parallel()
	catch(t, noGlobals, []offence{
		{"allowed", map[string]string{"a.go": "var ErrA = errors.New(`a`)\nvar b = regexp.MustCompile(`b`)\nvar c = []*regexp.Regexp{b}\n//go:embed d\nvar d string\nvar _ I = T{}\nvar (\n//go:embed e\ne string\n)"}, nil},
		{
			"state",
			map[string]string{"a.go": "var a int\nvar b, errC = map[string]int{}, sync.Once{}\nfunc init() {}\nvar d = errors.New(`d`)"},
			[]string{"a is a", "b is a", "errC is a", "init", "d is a"},
		},
		{"inside", map[string]string{"a.go": "func f() { var a int }\nfunc (t T) init() {}"}, nil},
		{"excused", map[string]string{"internal/pgtest/a.go": "var theServer = sync.OnceValues(start)"}, nil},
	})
}
