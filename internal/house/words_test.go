package house

import (
	"go/ast"
	"regexp"
	"strings"
	"testing"
)

// knows is how a package comment ends.
var knows = regexp.MustCompile(`(?s)Knows: [^.].*\. Never imports: [^.].*\.\s*$`)

// packageComments wants one comment for every package, which says what it is
// and ends by saying what it knows and what it must not.
func packageComments(t *tree) []finding {
	found := []finding{}
	for _, p := range t.sorted() {
		docs, name := []*ast.CommentGroup{}, ""
		for _, f := range p.code() {
			name = f.Name.Name
			if f.Doc != nil {
				docs = append(docs, f.Doc)
			}
		}
		switch {
		case len(docs) == 0:
			found = append(found, finding(p.dir+": no package comment"))
		case len(docs) > 1:
			found = append(found, t.at(docs[1].Pos(), "a second package comment"))
		case !knows.MatchString(docs[0].Text()):
			found = append(found, t.at(docs[0].Pos(), `the package comment does not end with "Knows: …. Never imports: …."`))
		case name != "main" && !strings.HasPrefix(docs[0].Text(), "Package "+name+" "):
			found = append(found, t.at(docs[0].Pos(), `the package comment does not begin with "Package %s"`, name))
		}
	}
	return found
}

// explained wants a comment on everything exported.
func explained(t *tree) []finding {
	found := []finding{}
	for _, p := range t.sorted() {
		for _, f := range p.code() {
			for _, d := range f.Decls {
				found = append(found, t.unexplained(d)...)
			}
		}
	}
	return found
}

func (t *tree) unexplained(d ast.Decl) []finding {
	switch d := d.(type) {
	case *ast.FuncDecl:
		if d.Doc == nil && d.Name.IsExported() && receiverExported(d) {
			return []finding{t.at(d.Pos(), "%s has no comment", d.Name.Name)}
		}
	case *ast.GenDecl:
		found := []finding{}
		for _, spec := range d.Specs {
			found = append(found, t.unexplainedSpec(spec, d)...)
		}
		return found
	}
	return nil
}

func (t *tree) unexplainedSpec(spec ast.Spec, d *ast.GenDecl) []finding {
	switch s := spec.(type) {
	case *ast.TypeSpec:
		found := t.unexplainedMethods(s)
		if s.Name.IsExported() && s.Doc == nil && s.Comment == nil && d.Doc == nil {
			found = append(found, t.at(s.Pos(), "%s has no comment", s.Name.Name))
		}
		return found
	case *ast.ValueSpec:
		if s.Names[0].IsExported() && s.Doc == nil && s.Comment == nil && d.Doc == nil {
			return []finding{t.at(s.Pos(), "%s has no comment", s.Names[0].Name)}
		}
	}
	return nil
}

// unexplainedMethods looks into an exported interface: it is a contract, and a
// contract is made of sentences. An interface of one method is explained by its own comment.
func (t *tree) unexplainedMethods(s *ast.TypeSpec) []finding {
	found := []finding{}
	contract, ok := s.Type.(*ast.InterfaceType)
	if !ok || !s.Name.IsExported() || len(contract.Methods.List) == 1 {
		return nil
	}
	for _, m := range contract.Methods.List {
		if len(m.Names) > 0 && m.Names[0].IsExported() && m.Doc == nil && m.Comment == nil {
			found = append(found, t.at(m.Pos(), "%s.%s has no comment", s.Name.Name, m.Names[0].Name))
		}
	}
	return found
}

func receiverExported(d *ast.FuncDecl) bool {
	return d.Recv == nil || ast.IsExported(receiver(d))
}

// receiver is the name of the type that a method belongs to.
func receiver(d *ast.FuncDecl) string {
	if d.Recv == nil || len(d.Recv.List) == 0 {
		return ""
	}
	e := d.Recv.List[0].Type
	for {
		switch x := e.(type) {
		case *ast.StarExpr:
			e = x.X
		case *ast.IndexExpr:
			e = x.X
		case *ast.IndexListExpr:
			e = x.X
		case *ast.Ident:
			return x.Name
		default:
			return ""
		}
	}
}

// emptyName is a name that says nothing about the thing.
var emptyName = regexp.MustCompile(`^[Gg]et([A-Z]|$)|Manager|Service|Helper|Util|Common|^(manager|service|helper|utils?|common)$`)

// honestNames wants names that tell what a thing is: declared names, packages and files.
func honestNames(t *tree) []finding {
	found := []finding{}
	for _, p := range t.sorted() {
		for _, f := range p.code() {
			base := strings.TrimSuffix(f.name[strings.LastIndex(f.name, "/")+1:], ".go")
			for _, name := range []string{f.Name.Name, base} {
				if emptyName.MatchString(name) {
					found = append(found, t.at(f.Package, "%s says nothing", name))
				}
			}
			for _, name := range declared(f.File) {
				if emptyName.MatchString(name.Name) {
					found = append(found, t.at(name.Pos(), "%s says nothing", name.Name))
				}
			}
		}
	}
	return found
}

// declared is the names that a file declares at its top, and the methods of its interfaces.
func declared(f *ast.File) []*ast.Ident {
	names := []*ast.Ident{}
	for _, d := range f.Decls {
		switch d := d.(type) {
		case *ast.FuncDecl:
			names = append(names, d.Name)
		case *ast.GenDecl:
			for _, spec := range d.Specs {
				names = append(names, specNames(spec)...)
			}
		}
	}
	return names
}

func specNames(spec ast.Spec) []*ast.Ident {
	switch s := spec.(type) {
	case *ast.ValueSpec:
		return s.Names
	case *ast.TypeSpec:
		names := []*ast.Ident{s.Name}
		if contract, ok := s.Type.(*ast.InterfaceType); ok {
			for _, m := range contract.Methods.List {
				names = append(names, m.Names...)
			}
		}
		return names
	}
	return nil
}

func TestPackageComments(t *testing.T) {
	t.Parallel()
	at := func(comment string) map[string]string {
		return map[string]string{"internal/desk/a.go": comment + "package desk", "internal/desk/b.go": "package desk"}
	}
	catch(t, packageComments, []offence{
		{"good", at("// Package desk decides.\n//\n// Knows: stories. Never imports: a door,\n// a machine.\n"), nil},
		{"none", at(""), []string{"no package comment"}},
		{"does not say", at("// Package desk decides.\n"), []string{"does not end"}},
		{"half", at("// Package desk decides. Knows: stories.\n"), []string{"does not end"}},
		{"not at the end", at("// Package desk knows.\n// Knows: a. Never imports: b.\n// And so on\n"), []string{"does not end"}},
		{"another's name", at("// Package wire decides. Knows: a. Never imports: b.\n"), []string{"Package desk"}},
		{"two", map[string]string{"a.go": "// Package p. Knows: a. Never imports: b.\npackage p", "b.go": "// More.\npackage p"}, []string{"second"}},
	})
}

func TestExplained(t *testing.T) {
	t.Parallel()
	catch(t, explained, []offence{
		{
			"silent",
			map[string]string{"a.go": "type A int\nfunc (A) B() {}\nfunc C() {}\nvar D, E = 1, 2\nconst F = 1\ntype G interface {\n H()\n // I does.\n I()\n j()\n}"},
			[]string{"a.go:2: A ", "a.go:3: B ", "C has", "D has", "F has", "G has", "G.H has"},
		},
		{"one sentence is enough for one method", map[string]string{"a.go": "// A does B.\ntype A interface { B() }"}, nil},
		{"inside", map[string]string{"a.go": "type a int\nfunc (a) B() {}\nfunc c() {}"}, nil},
		{"explained", map[string]string{"a.go": "// A is.\ntype A int\n// B does.\nfunc (*A) B() {}\n// These are.\nconst (\n C = 1\n D = 2\n)\nvar (\n E = 1 // is\n)"}, nil},
		{"tests may be silent", map[string]string{"a_test.go": "func A() {}"}, nil},
	})
}

func TestHonestNames(t *testing.T) {
	t.Parallel()
	catch(t, honestNames, []offence{
		{
			"empty",
			map[string]string{"utils.go": "type StoryManager int\nfunc (StoryManager) GetName() {}\nvar dateHelper = 1\ntype A interface { Get() }"},
			[]string{"utils says", "StoryManager", "GetName", "dateHelper", "Get says"},
		},
		{"package", map[string]string{"a.go": "package common"}, []string{"common"}},
		{"honest", map[string]string{"a.go": "type Getaway int\nfunc together() {}\nfunc commit() {}\nfunc utility() {}"}, nil},
	})
}
