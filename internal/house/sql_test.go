package house

import (
	"go/ast"
	"go/token"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// sqlWord is how a text of SQL gives itself away.
var sqlWord = regexp.MustCompile(`\b(SELECT|INSERT|UPDATE|DELETE|FROM|WHERE|VALUES|CREATE|DROP|ALTER|PRAGMA|ORDER BY|LIMIT|OFFSET|SET|AND|OR)\b`)

// constantSQL wants every text that reaches a database to have been written by
// a programmer: what is asked is a constant, or a choice between constants, and
// no SQL is put together with anything that is not constant.
func constantSQL(t *tree) []finding {
	found := []finding{}
	for _, p := range t.sorted() {
		if (owner{"internal/store"}).has(p.dir) && !forTests(p.dir) {
			found = append(found, t.queries(p)...)
			found = append(found, t.patchwork(p)...)
		}
	}
	return found
}

// queries checks the text in every call that sends one.
func (t *tree) queries(p *pack) []finding {
	found := []finding{}
	known := p.constants()
	for _, f := range p.code() {
		for _, d := range f.Decls {
			fn, ok := d.(*ast.FuncDecl)
			if !ok || fn.Body == nil {
				continue
			}
			prepared := preparedIn(fn)
			ast.Inspect(fn.Body, func(n ast.Node) bool {
				if text := queryText(n, prepared); text != nil && !plain(text, known) {
					found = append(found, t.at(text.Pos(), "the text of a query is made here"))
				}
				return true
			})
		}
	}
	return found
}

// preparedIn is the names of the statements that a function prepares: their
// text was checked when they were, what they are run with are arguments.
func preparedIn(fn *ast.FuncDecl) map[string]bool {
	names := map[string]bool{}
	ast.Inspect(fn.Body, func(n ast.Node) bool {
		if a, ok := n.(*ast.AssignStmt); ok && strings.HasPrefix(source(a.Rhs[0])[strings.LastIndex(source(a.Rhs[0]), ".")+1:], "Prepare") {
			names[source(a.Lhs[0])] = true
		}
		return true
	})
	return names
}

// queryText is the text that a call sends to the database, or nil.
func queryText(n ast.Node, prepared map[string]bool) ast.Expr {
	call, ok := n.(*ast.CallExpr)
	if !ok {
		return nil
	}
	s, ok := call.Fun.(*ast.SelectorExpr)
	if !ok || prepared[source(s.X)] {
		return nil
	}
	name := strings.TrimSuffix(strings.ToLower(s.Sel.Name), "context")
	if !slices.Contains([]string{"query", "queryrow", "exec", "prepare", "row"}, name) || len(call.Args) == 0 {
		return nil
	}
	if len(call.Args) > 1 && isContext(call.Args[0]) {
		return call.Args[1]
	}
	return call.Args[0]
}

func isContext(e ast.Expr) bool {
	switch e := e.(type) {
	case *ast.Ident:
		return e.Name == "ctx"
	case *ast.CallExpr:
		s, ok := e.Fun.(*ast.SelectorExpr)
		return ok && (s.Sel.Name == "Context" || s.Sel.Name == "Background")
	}
	return false
}

// plain tells whether a text comes as it was written: a literal, a name, a
// field, constants joined, or a function of the package that turns a text into
// the engine's dialect. Where a name stands, what is behind it is held by patchwork.
func plain(e ast.Expr, known map[string]bool) bool {
	switch e := e.(type) {
	case *ast.BasicLit, *ast.Ident:
		return true
	case *ast.ParenExpr:
		return plain(e.X, known)
	case *ast.SelectorExpr:
		_, ok := e.X.(*ast.CallExpr)
		return !ok
	case *ast.BinaryExpr:
		return constant(e, known)
	case *ast.CallExpr:
		return plainCall(e, known)
	}
	return false
}

// plainCall allows the translation into a dialect, and a choice between constants.
func plainCall(call *ast.CallExpr, known map[string]bool) bool {
	if id, ok := call.Fun.(*ast.Ident); ok {
		return known["func "+id.Name]
	}
	s, ok := call.Fun.(*ast.SelectorExpr)
	return ok && s.Sel.Name == "text" && len(call.Args) == 1 && plain(call.Args[0], known)
}

// constants is the names of the package's constants, and of its functions that
// return nothing but constants as "func name". Constants inside functions count, too.
func (p *pack) constants() map[string]bool {
	known := map[string]bool{}
	for _, f := range p.code() {
		ast.Inspect(f.File, func(n ast.Node) bool {
			if d, ok := n.(*ast.GenDecl); ok && d.Tok == token.CONST {
				for _, spec := range d.Specs {
					for _, name := range spec.(*ast.ValueSpec).Names {
						known[name.Name] = true
					}
				}
			}
			return true
		})
	}
	for _, f := range p.code() {
		for _, d := range f.Decls {
			if fn, ok := d.(*ast.FuncDecl); ok && fn.Body != nil && choice(fn, known) {
				known["func "+fn.Name.Name] = true
			}
		}
	}
	return known
}

// choice tells whether a function returns nothing but constants.
func choice(fn *ast.FuncDecl, known map[string]bool) bool {
	returns, all := 0, true
	ast.Inspect(fn.Body, func(n ast.Node) bool {
		if r, ok := n.(*ast.ReturnStmt); ok {
			returns++
			for _, result := range r.Results {
				all = all && constant(result, known)
			}
		}
		return true
	})
	return all && returns > 0
}

// constant tells whether an expression is one for the compiler.
func constant(e ast.Expr, known map[string]bool) bool {
	switch e := e.(type) {
	case *ast.BasicLit:
		return true
	case *ast.Ident:
		return known[e.Name]
	case *ast.ParenExpr:
		return constant(e.X, known)
	case *ast.BinaryExpr:
		return constant(e.X, known) && constant(e.Y, known)
	}
	return false
}

// patchwork finds SQL that is put together with something that is not constant,
// by + or by one of the functions that make text.
func (t *tree) patchwork(p *pack) []finding {
	found := []finding{}
	known := p.constants()
	spells := p.spells()
	for _, f := range p.code() {
		ast.Inspect(f.File, func(n ast.Node) bool {
			parts := joined(n)
			if parts == nil {
				return true
			}
			if slices.ContainsFunc(parts, spells) && slices.ContainsFunc(parts, func(e ast.Expr) bool { return !constant(e, known) }) {
				found = append(found, t.at(n.Pos(), "SQL is put together with what is not constant"))
			}
			_, call := n.(*ast.CallExpr)
			return call // the halves of a sum have been looked at with the sum
		})
	}
	return found
}

// joined is the pieces of a text that a node puts together, or nil.
func joined(n ast.Node) []ast.Expr {
	switch n := n.(type) {
	case *ast.BinaryExpr:
		if n.Op == token.ADD {
			return operands(n)
		}
	case *ast.AssignStmt:
		if n.Tok == token.ADD_ASSIGN {
			return slices.Concat(n.Lhs, operands(n.Rhs[0]))
		}
	case *ast.CallExpr:
		if s, ok := n.Fun.(*ast.SelectorExpr); ok && slices.Contains(makers(), s.Sel.Name) {
			return n.Args
		}
	}
	return nil
}

// makers is the functions that make a text of pieces.
func makers() []string {
	return []string{"Sprintf", "Sprint", "Sprintln", "Fprintf", "Appendf", "Join", "Replace", "ReplaceAll", "WriteString", "Repeat"}
}

func operands(e ast.Expr) []ast.Expr {
	if b, ok := e.(*ast.BinaryExpr); ok && b.Op == token.ADD {
		return append(operands(b.X), operands(b.Y)...)
	}
	return []ast.Expr{e}
}

// spells tells whether an expression is, or names a constant that is, a text of SQL.
func (p *pack) spells() func(ast.Expr) bool {
	names := map[string]bool{}
	literal := func(e ast.Expr) bool {
		return slices.ContainsFunc(operands(e), func(e ast.Expr) bool {
			lit, ok := e.(*ast.BasicLit)
			return ok && lit.Kind == token.STRING && sqlWord.MatchString(lit.Value)
		})
	}
	for _, f := range p.code() {
		ast.Inspect(f.File, func(n ast.Node) bool {
			if spec, ok := n.(*ast.ValueSpec); ok {
				for i, value := range spec.Values {
					names[spec.Names[i].Name] = names[spec.Names[i].Name] || literal(value)
				}
			}
			return true
		})
	}
	return func(e ast.Expr) bool {
		id, ok := e.(*ast.Ident)
		return ok && names[id.Name] || literal(e)
	}
}

func TestConstantSQL(t *testing.T) {
	t.Parallel()
	const head = "const all = `SELECT * FROM item`\nfunc f(name string) {\n"
	at := func(body string) map[string]string {
		return map[string]string{"internal/store/a.go": head + body + "\n}"}
	}
	catch(t, constantSQL, []offence{
		{"constant", at("db.QueryContext(ctx, all, name)\ndb.Exec(`DELETE FROM x`)\ntx.exec(ctx, all+` LIMIT 1`)"), nil},
		{"in the dialect", at("db.QueryRowContext(ctx, db.text(all), name)"), nil},
		{"chosen", map[string]string{"internal/store/a.go": "const a = `x`\nfunc pick(b bool) string { if b { return a }\n return `y` }\nfunc f() { db.Query(pick(true)) }"}, nil},
		{"called", at("db.Query(name2())"), []string{"a.go:4: the text of a query is made here"}},
		{"joined", at("db.Query(`SELECT ` + name)"), []string{"made here", "put together"}},
		{"joined before", at("q := all + ` WHERE n = '` + name + `'`\ndb.Query(q)"), []string{"a.go:4: SQL is put together"}},
		{"joined slowly", at("q := all\nq += name\nq += ` LIMIT ` + name\ndb.Query(q)"), []string{"a.go:6: SQL is put together"}},
		{"printed", at("q := fmt.Sprintf(`SELECT %s`, name)\ndb.Query(q)"), []string{"put together"}},
		{"replaced", at("q := strings.Replace(all, `item`, name, 1)"), []string{"put together"}},
		{"prepared", at("s, err := tx.PrepareContext(ctx, all)\ns.ExecContext(ctx, strings.ToLower(name))"), nil},
		{"prepared of a call", at("s, err := tx.PrepareContext(ctx, name2())"), []string{"made here"}},
		{"prose", at("_ = `no such item: ` + name"), nil},
		{"elsewhere", map[string]string{"internal/desk/a.go": "func f() { u.Query(x()) }"}, nil},
	})
}
