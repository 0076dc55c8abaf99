package house

import (
	"go/token"
	"maps"
	"slices"
	"strings"
	"testing"
)

// The floors of the house. Imports go down only.
const (
	tool    = iota // knows nothing of news
	words          // the module's root
	room           // owns its verbs
	machine        // SQL, files, agencies, the network
	door           // carries people in and pages out
	hall           // builds the house, opens and closes it
	program        // the commands
	tests          // is there for tests only: may import anything, is imported by tests alone
)

// floors is the plan: every package and its floor. A new package gets a row
// here in the commit that makes it.
func floors() map[string]int {
	return map[string]int{
		".":                        words,
		"bench":                    tests, // measures from outside
		"cmd/rotatif":              program,
		"internal/agency":          machine,
		"internal/agency/ftp":      machine,
		"internal/agency/imap":     machine,
		"internal/agency/sftp":     machine,
		"internal/app":             hall,
		"internal/app/demo":        hall,
		"internal/browser":         tests,
		"internal/bus":             machine,
		"internal/desk":            room,
		"internal/edition":         room,
		"internal/egress":          machine,
		"internal/files":           machine,
		"internal/front":           room,
		"internal/house":           tests,
		"internal/httpgate":        tool,
		"internal/journal":         room,
		"internal/letters":         tool,
		"internal/markup":          tool,
		"internal/mostread":        room,
		"internal/need":            tests,
		"internal/handclock":       tests,
		"internal/pgtest":          tests,
		"internal/staff":           room,
		"internal/store":           machine,
		"internal/store/postgres":  machine,
		"internal/store/sqlite":    machine,
		"internal/store/storetest": tests,
		"internal/web":             door,
		"internal/web/beacon":      door,
		"internal/web/deskui":      door,
		"internal/web/inbox":       door,
		"internal/web/site":        door,
		"internal/wire":            room,
		"internal/wire/agencyjson": room,
		"internal/wire/feed":       room,
		"internal/wire/iptc7901":   room,
		"internal/wire/newsml1":    room,
		"internal/wire/newsmlg2":   room,
		"internal/wire/ninjs":      room,
		"internal/wire/nitf":       room,
		"internal/wire/notice":     room,
		"internal/wire/profile":    room,
		"internal/wire/same":       room,
		"internal/wire/sense":      room,
		"internal/wire/tree":       room,
		"internal/wire/voice":      room,
		"internal/wire/wiretest":   tests,
		"internal/whole":           tool,
		"themes":                   tool,
	}
}

func forTests(dir string) bool { return floors()[dir] == tests }

// onPlan wants a row for every package and a package for every row.
func onPlan(t *tree) []finding {
	found := []finding{}
	plan := floors()
	for _, p := range t.sorted() {
		if _, ok := plan[p.dir]; !ok {
			found = append(found, finding(p.dir+": not on the plan: give it a floor in internal/house/floors_test.go"))
		}
	}
	for _, dir := range slices.Sorted(maps.Keys(plan)) {
		if t.packages[dir] == nil {
			found = append(found, finding(dir+": on the plan but not in the house"))
		}
	}
	return found
}

// edge is one import of ours by ours.
type edge struct {
	from, to string
	pos      token.Pos
}

// edges is the imports inside the module by files of the program.
func (t *tree) edges() []edge {
	all := []edge{}
	for _, f := range t.code() {
		for imported, pos := range f.imports() {
			if to, ok := ours(imported); ok {
				all = append(all, edge{f.dir(), to, pos})
			}
		}
	}
	return all
}

// downOnly wants every import to lead to a lower floor. On the same floor only
// a room (the hall, the store, the frame of the web) and its own parts may
// meet. The journal is the corridor: every room may step into it, it leads into none.
func downOnly(t *tree) []finding {
	found := []finding{}
	plan := floors()
	for _, e := range t.edges() {
		from, to := plan[e.from], plan[e.to]
		if to < from || to == from && (together(e.from, e.to) || from == room && e.to == "internal/journal") {
			continue
		}
		found = append(found, t.at(e.pos, "%s (floor %d) imports %s (floor %d)", e.from, from, e.to, to))
	}
	return found
}

// together tells whether two packages of a floor belong to each other: part
// and whole everywhere; part and part only inside a room, where one house
// of formats shares its tools. Two doors, or two engines, never meet.
func together(a, b string) bool {
	if strings.HasPrefix(a, b+"/") || strings.HasPrefix(b, a+"/") {
		return true
	}
	return floors()[a] == room && place(a) == place(b)
}

// place is the folder directly under internal, which is the room of a package.
func place(dir string) string {
	parts := strings.SplitN(dir, "/", 3)
	return strings.Join(parts[:min(2, len(parts))], "/")
}

// longest is the longest way that imports may make through the house.
const longest = 5

// depth wants the way from the commands down to the words to be short. A room
// and its parts are one place, and so are the commands and the hall.
func depth(t *tree) []finding {
	below := map[string][]string{}
	for _, e := range t.edges() {
		from, to := station(e.from), station(e.to)
		if from != to && !slices.Contains(below[from], to) {
			below[from] = append(below[from], to)
		}
	}
	found := []finding{}
	for _, from := range slices.Sorted(maps.Keys(below)) {
		if way := longestWay(below, from, nil); len(way)-1 > longest {
			found = append(found, finding("too long a way: "+strings.Join(way, " → ")))
		}
	}
	return found
}

func station(dir string) string {
	if floors()[dir] >= hall {
		return "hall"
	}
	return place(dir)
}

func longestWay(below map[string][]string, from string, behind []string) []string {
	behind = append(slices.Clone(behind), from)
	best := behind
	for _, to := range below[from] {
		if slices.Contains(behind, to) {
			continue
		}
		if way := longestWay(below, to, behind); len(way) > len(best) {
			best = way
		}
	}
	return best
}

func TestOnPlan(t *testing.T) {
	t.Parallel()
	everything := map[string]string{}
	for dir := range floors() {
		everything[dir+"/a.go"] = ""
	}
	if found := onPlan(plan(t, everything)); len(found) != 0 {
		t.Errorf("found %q", found)
	}
	everything["internal/annex/a.go"] = ""
	delete(everything, "internal/desk/a.go")
	if found := onPlan(plan(t, everything)); len(found) != 2 ||
		!strings.Contains(string(found[0]), "annex: not on the plan") || !strings.Contains(string(found[1]), "desk: on the plan") {
		t.Errorf("found %q", found)
	}
}

func importing(paths ...string) string {
	source := ""
	for _, p := range paths {
		source += "import _ \"" + p + "\"\n"
	}
	return source
}

func TestDownOnly(t *testing.T) {
	t.Parallel()
	catch(t, downOnly, []offence{
		{"down", map[string]string{"internal/desk/a.go": importing(module, module+"/internal/letters")}, nil},
		{"up", map[string]string{"internal/desk/a.go": importing(module + "/internal/store")}, []string{"a.go:2: internal/desk"}},
		{"same floor", map[string]string{"internal/desk/a.go": importing(module + "/internal/wire")}, []string{"imports internal/wire"}},
		{"room and journal", map[string]string{"internal/edition/a.go": importing(module + "/internal/journal")}, nil},
		{"journal and room", map[string]string{"internal/journal/a.go": importing(module + "/internal/edition")}, []string{"internal/edition"}},
		{"what is for tests", map[string]string{"internal/app/a.go": importing(module + "/internal/pgtest")}, []string{"pgtest"}},
		{"tool and tool", map[string]string{"internal/markup/a.go": importing(module + "/internal/letters")}, []string{"internal/letters"}},
		{"room and its part", map[string]string{"internal/wire/a.go": importing(module + "/internal/wire/feed")}, nil},
		{"part and part of a room", map[string]string{"internal/wire/feed/a.go": importing(module + "/internal/wire/tree")}, nil},
		{"door and its frame", map[string]string{"internal/web/site/a.go": importing(module + "/internal/web")}, nil},
		{"door and door", map[string]string{"internal/web/site/a.go": importing(module + "/internal/web/beacon")}, []string{"beacon"}},
		{"engine and engine", map[string]string{"internal/store/sqlite/a.go": importing(module + "/internal/store/postgres")}, []string{"postgres"}},
		{"tests go where they like", map[string]string{"internal/desk/a_test.go": importing(module + "/internal/store")}, nil},
	})
}

func TestDepth(t *testing.T) {
	t.Parallel()
	chain := map[string]string{
		"cmd/rotatif/a.go":       importing(module + "/internal/app"),
		"internal/app/a.go":      importing(module + "/internal/web/site"),
		"internal/web/site/a.go": importing(module + "/internal/web"),
		"internal/web/a.go":      importing(module + "/internal/store"),
		"internal/store/a.go":    importing(module + "/internal/desk"),
		"internal/desk/a.go":     importing(module),
		"a.go":                   importing(module + "/internal/letters"),
	}
	long := maps.Clone(chain)
	long["internal/letters/a.go"] = importing(module + "/internal/markup")
	catch(t, depth, []offence{
		{"five steps", chain, nil},
		{"six steps", long, []string{"hall → internal/web → internal/store → internal/desk → . → internal/letters → internal/markup"}},
	})
}
