package house

import (
	"go/ast"
	"go/token"
	"maps"
	"slices"
	"strings"
	"testing"
)

// neverMeet holds what the floors alone would allow. The public side must not
// be able to reach what is not public, not even by mistake.
func neverMeet(t *tree) []finding {
	found := []finding{}
	for _, e := range t.edges() {
		forbidden := slices.Contains([]string{"internal/desk", "internal/wire", "internal/staff"}, place(e.to)) || floors()[e.to] == machine
		if e.from == "internal/web/site" && forbidden {
			found = append(found, t.at(e.pos, "the public site imports %s", e.to))
		}
		if floors()[e.from] == program && floors()[e.to] != hall && e.to != "." {
			found = append(found, t.at(e.pos, "a command imports %s: it is the hall that knows the house", e.to))
		}
	}
	return found
}

// testsOnly keeps what is made for tests out of the program.
func testsOnly(t *tree) []finding {
	found := []finding{}
	for _, f := range t.code() {
		for imported, pos := range f.imports() {
			if dir, ok := ours(imported); ok && forTests(dir) || imported == "testing" {
				found = append(found, t.at(pos, "imports %s, which is for tests", imported))
			}
		}
	}
	return found
}

// alone holds the words to the standard library, and the tools to anything but us.
func alone(t *tree) []finding {
	found := []finding{}
	for _, f := range t.code() {
		for imported, pos := range f.imports() {
			_, own := ours(imported)
			switch {
			case floors()[f.dir()] == tool && own:
				found = append(found, t.at(pos, "a tool imports %s", imported))
			case f.dir() == "." && (own || strings.Contains(strings.Split(imported, "/")[0], ".")):
				found = append(found, t.at(pos, "the words import %s", imported))
			}
		}
	}
	return found
}

// owner is the folders that may do or import a thing; a folder covers what lies below.
type owner []string

func (o owner) has(dir string) bool {
	return slices.ContainsFunc(o, func(own string) bool { return dir == own || strings.HasPrefix(dir, own+"/") })
}

// libraries that only one place may import, by the beginning of their path.
func libraries() map[string]owner {
	return map[string]owner{
		"github.com/alecthomas/kong":       {"cmd", "internal/app"},
		"github.com/caarlos0/env":          {"internal/app"},
		"github.com/pelletier/go-toml":     {"internal/app", "internal/web", "internal/wire/profile"}, // catalogues and profiles are TOML, too
		"github.com/schollz/progressbar":   {"cmd", "internal/app"},
		"github.com/VictoriaMetrics":       {"internal/app"},
		"github.com/ncruces/go-sqlite3":    {"internal/store/sqlite"},
		"github.com/jackc/pgx":             {"internal/store/postgres"},
		"github.com/pressly/goose":         {"internal/store"},
		"database/sql":                     {"internal/store"},
		"github.com/fsnotify":              {"internal/files"},
		"github.com/mmcdole/gofeed":        {"internal/wire"},
		"golang.org/x/sync/errgroup":       {"internal/app"},
		"html/template":                    {"internal/web"},
		"text/template":                    {"internal/app"},
		"net/http":                         {"internal/web", "internal/httpgate", "internal/egress", "internal/agency", "internal/app"},
		"os/exec":                          {},
		"unsafe":                           {},
		"github.com/nicksnyder/go-i18n/v2": {"internal/web"},
	}
}

// owned holds libraries to the places that own them.
func owned(t *tree) []finding {
	found := []finding{}
	for _, f := range t.code() {
		for imported, pos := range f.imports() {
			for library, by := range libraries() {
				if (imported == library || strings.HasPrefix(imported, library+"/")) && !by.has(f.dir()) {
					found = append(found, t.at(pos, "%s imports %s, which belongs to %v", f.dir(), imported, []string(by)))
				}
			}
		}
	}
	return found
}

// deed is something that only some places may do, and why.
type deed struct {
	by  owner
	why string
}

// owners is who may use a name of another package.
func owners() map[string]deed {
	clock := deed{owner{"cmd", "internal/app", "internal/egress", "internal/agency", "internal/files", "internal/bus", "internal/store"}, "the clock is passed in"}
	settings := deed{owner{"internal/app"}, "only the hall reads configuration"}
	end := deed{owner{"cmd"}, "only a command ends the program"}
	return map[string]deed{
		"time.Now": clock, "time.Since": clock, "time.Until": clock,
		"os.Getenv": settings, "os.LookupEnv": settings, "os.Environ": settings,
		"os.Exit": end, "log.Fatal": end, "log.Fatalf": end,
		"slog.Default":         {nil, "the log is passed in"},
		"http.DefaultServeMux": {nil, "the map of a site is a value"}, "http.HandleFunc": {nil, "the map of a site is a value"},
	}
}

// deeds holds calls to the places that may make them. A name handed on
// (now: time.Now) is a use like any other. The deadline of a connection is the
// one time that is not the newsroom's but the machine's own.
func deeds(t *tree) []finding {
	found := []finding{}
	all := owners()
	for _, f := range t.code() {
		deadlines := f.deadlines()
		f.uses(func(p token.Pos, name string) {
			if d, ok := all[name]; ok && !d.by.has(f.dir()) && !deadlines[p] {
				found = append(found, t.at(p, "%s in %s: %s", name, f.dir(), d.why))
			}
		})
	}
	return found
}

// deadlines is where the clock is read to limit a connection: SetWriteDeadline(time.Now().Add(…)).
func (f *file) deadlines() map[token.Pos]bool {
	all := map[token.Pos]bool{}
	ast.Inspect(f.File, func(n ast.Node) bool {
		call, ok := n.(*ast.CallExpr)
		if ok && len(call.Args) == 1 && strings.HasSuffix(source(call.Fun), "Deadline") {
			all[call.Args[0].Pos()] = true
		}
		return true
	})
	return all
}

// goroutines holds everything that starts one to the hall, where each has a
// name, an owner and an end.
func goroutines(t *tree) []finding {
	found := []finding{}
	for _, f := range t.code() {
		if (owner{"internal/app"}).has(f.dir()) {
			continue
		}
		ast.Inspect(f.File, func(n ast.Node) bool {
			if what := starts(n); what != "" {
				found = append(found, t.at(n.Pos(), "%s starts a goroutine outside of internal/app", what))
			}
			return true
		})
	}
	return found
}

// starts names the way in which a node starts a goroutine.
func starts(n ast.Node) string {
	switch n := n.(type) {
	case *ast.GoStmt:
		return "go"
	case *ast.CallExpr:
		s, ok := n.Fun.(*ast.SelectorExpr)
		if ok && (s.Sel.Name == "Go" || s.Sel.Name == "AfterFunc") {
			return s.Sel.Name
		}
	}
	return ""
}

// dials is the names with which a connection outward is made.
func dials() []string {
	names := []string{"http.Get", "http.Head", "http.Post", "http.PostForm", "http.DefaultClient", "http.DefaultTransport", "http.Transport"}
	for _, f := range []string{"Dial", "DialTimeout", "DialTCP", "DialUDP", "DialIP", "DialUnix", "Dialer", "DialWithDialer"} {
		names = append(names, "net."+f, "tls."+f)
	}
	return names
}

// oneDoorOut keeps everything that connects outward in internal/egress. Others
// may be given a *http.Client; making one is making a door.
func oneDoorOut(t *tree) []finding {
	found := []finding{}
	names := dials()
	for _, f := range t.code() {
		if (owner{"internal/egress"}).has(f.dir()) {
			continue
		}
		given := f.pointers()
		f.uses(func(p token.Pos, name string) {
			if slices.Contains(names, name) || name == "http.Client" && !given[p] {
				found = append(found, t.at(p, "%s outside of internal/egress", name))
			}
		})
	}
	return found
}

// pointers is where a name stands behind a star.
func (f *file) pointers() map[token.Pos]bool {
	all := map[token.Pos]bool{}
	ast.Inspect(f.File, func(n ast.Node) bool {
		if star, ok := n.(*ast.StarExpr); ok {
			all[star.X.Pos()] = true
		}
		return true
	})
	return all
}

func TestNeverMeet(t *testing.T) {
	t.Parallel()
	bad := []string{"internal/desk", "internal/wire/feed", "internal/staff", "internal/store", "internal/store/sqlite", "internal/egress"}
	offences := []offence{{"edition", map[string]string{"internal/web/site/a.go": importing(module+"/internal/edition", module)}, nil}}
	for _, dir := range bad {
		offences = append(offences, offence{dir, map[string]string{"internal/web/site/a.go": importing(module + "/" + dir)}, []string{dir}})
	}
	offences = append(offences,
		offence{"command and hall", map[string]string{"cmd/rotatif/a.go": importing(module + "/internal/app")}, nil},
		offence{"command and room", map[string]string{"cmd/rotatif/a.go": importing(module + "/internal/desk")}, []string{"internal/desk"}})
	catch(t, neverMeet, offences)
}

func TestTestsOnly(t *testing.T) {
	t.Parallel()
	catch(t, testsOnly, []offence{
		{"by a test", map[string]string{"internal/desk/a_test.go": importing("testing", module+"/internal/pgtest")}, nil},
		{"by another of its kind", map[string]string{"internal/pgtest/a.go": importing("testing", module+"/internal/need")}, nil},
		{"by the program", map[string]string{"internal/desk/a.go": importing("testing", module+"/internal/pgtest")}, []string{"testing", "pgtest"}},
	})
}

func TestAlone(t *testing.T) {
	t.Parallel()
	catch(t, alone, []offence{
		{"standard", map[string]string{"a.go": importing("crypto/sha256", "time")}, nil},
		{"library", map[string]string{"a.go": importing("golang.org/x/text/language")}, []string{"x/text"}},
		{"tool with a library", map[string]string{"internal/letters/a.go": importing("golang.org/x/text/language")}, nil},
		{"tool with the words", map[string]string{"internal/letters/a.go": importing(module)}, []string{"a tool imports"}},
	})
}

func TestOwned(t *testing.T) {
	t.Parallel()
	for _, library := range slices.Sorted(maps.Keys(libraries())) {
		by := libraries()[library]
		if len(by) != 0 {
			catch(t, owned, []offence{{library + " at home", map[string]string{by[0] + "/a.go": importing(library)}, nil}})
		}
		catch(t, owned, []offence{{library + " abroad", map[string]string{"internal/desk/a.go": importing(library)}, []string{library}}})
	}
}

func TestDeeds(t *testing.T) {
	t.Parallel()
	catch(t, deeds, []offence{
		{"in the hall", map[string]string{"internal/app/a.go": "var a, b = time.Now(), os.Getenv(`X`)"}, nil},
		{"in a room", map[string]string{"internal/desk/a.go": "var a = time.Now\nvar b = time.Since(c)"}, []string{"time.Now in internal/desk", "a.go:3: time.Since"}},
		{"in a door", map[string]string{"internal/web/site/a.go": "var a = os.Getenv(`X`)"}, []string{"os.Getenv"}},
		{"in a test", map[string]string{"internal/desk/a_test.go": "var a = time.Now()"}, nil},
		{"deadline", map[string]string{"internal/web/deskui/a.go": "var a = c.SetReadDeadline(time.Now().Add(limit))"}, nil},
	})
}

func TestGoroutines(t *testing.T) {
	t.Parallel()
	const all = "func f() {\n go f()\n wg.Go(f)\n time.AfterFunc(1, f)\n}"
	catch(t, goroutines, []offence{
		{"in the hall", map[string]string{"internal/app/demo/a.go": all}, nil},
		{"in a test", map[string]string{"internal/desk/a_test.go": all}, nil},
		{"in a command", map[string]string{"cmd/rotatif/a.go": all}, []string{"a.go:3: go starts", "a.go:4: Go starts", "a.go:5: AfterFunc"}},
	})
}

func TestOneDoorOut(t *testing.T) {
	t.Parallel()
	const dialing = "import \"net/http\"\nvar c http.Client\nvar d = &http.Client{}\nvar e = http.Get\nvar f = net.Dial\nvar g net.Dialer"
	catch(t, oneDoorOut, []offence{
		{"egress", map[string]string{"internal/egress/a.go": dialing}, nil},
		{"given", map[string]string{"internal/agency/a.go": "type A struct { client *http.Client }\nfunc f(c *http.Client) {}"}, nil},
		{"made", map[string]string{"internal/agency/a.go": dialing}, []string{"a.go:3: http.Client", "a.go:4: http.Client", "http.Get", "net.Dial ", "net.Dialer"}},
	})
}
