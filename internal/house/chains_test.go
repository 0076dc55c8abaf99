package house

import (
	"go/ast"
	"go/token"
	"strconv"
	"strings"
	"testing"
)

// chains wants every error inside an error to be found by errors.Is and
// errors.As: wrapped with %w, never printed into a new one.
func chains(t *tree) []finding {
	found := []finding{}
	for _, p := range t.sorted() {
		for _, f := range p.code() {
			ast.Inspect(f.File, func(n ast.Node) bool {
				if call, ok := n.(*ast.CallExpr); ok {
					found = append(found, t.broken(call)...)
				}
				return true
			})
		}
	}
	return found
}

func (t *tree) broken(call *ast.CallExpr) []finding {
	made := source(call.Fun)
	if made != "fmt.Errorf" && made != "errors.New" || len(call.Args) == 0 {
		return nil
	}
	found := []finding{}
	verbs := verbs(call.Args[0])
	for i, arg := range call.Args {
		switch {
		case isText(arg):
			found = append(found, t.at(arg.Pos(), "an error is made of the text of another: wrap it with %%w"))
		case i > 0 && isError(arg) && (i > len(verbs) || verbs[i-1] != 'w'):
			found = append(found, t.at(arg.Pos(), "an error loses its chain: wrap it with %%w"))
		}
	}
	return found
}

// isError guesses by the name: err, errX, xErr, or what Err() returns.
func isError(e ast.Expr) bool {
	switch e := e.(type) {
	case *ast.Ident:
		return strings.HasPrefix(e.Name, "err") || strings.HasSuffix(e.Name, "Err")
	case *ast.SelectorExpr:
		return e.Sel.Name == "Err" || strings.HasPrefix(e.Sel.Name, "Err")
	case *ast.CallExpr:
		return strings.HasSuffix(source(e.Fun), ".Err") || source(e.Fun) == "context.Cause"
	}
	return false
}

// isText is err.Error(), alone or in a sum.
func isText(e ast.Expr) bool {
	for _, part := range operands(e) {
		if call, ok := part.(*ast.CallExpr); ok && strings.HasSuffix(source(call.Fun), ".Error") && len(call.Args) == 0 {
			return true
		}
	}
	return false
}

// verbs is the letters of a format, one for each argument it takes.
func verbs(format ast.Expr) []byte {
	text := ""
	for _, part := range operands(format) {
		if lit, ok := part.(*ast.BasicLit); ok && lit.Kind == token.STRING {
			s, _ := strconv.Unquote(lit.Value) // the parser has read it already
			text += s
		}
	}
	all := []byte{}
	for rest := text; ; {
		_, after, ok := strings.Cut(rest, "%")
		if !ok {
			return all
		}
		after = strings.TrimLeft(after, "+-# 0123456789.")
		if after == "" {
			return all
		}
		if after[0] != '%' {
			all = append(all, after[0])
		}
		rest = after[1:]
	}
}

func TestChains(t *testing.T) {
	t.Parallel()
	in := func(e string) map[string]string { return map[string]string{"a.go": "var a = " + e} }
	catch(t, chains, []offence{
		{"kept", in("fmt.Errorf(`100 %% of %q: %w`, name, err)"), nil},
		{"two kept", in("fmt.Errorf(`%w: %w`, ErrA, rows.Err())"), nil},
		{"lost", in("fmt.Errorf(`%s: %v`, name, err)"), []string{"loses its chain"}},
		{"lost with flags", in("fmt.Errorf(`%-10d %+v`, n, rows.Err())"), []string{"loses its chain"}},
		{"as text", in("errors.New(`no: ` + err.Error())"), []string{"text of another"}},
		{"printed as text", in("fmt.Errorf(`no: %s`, err.Error())"), []string{"text of another"}},
		{"not an error", in("fmt.Errorf(`%s`, name)"), nil},
	})
}
