package profile

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"
)

// List is how an agency is asked that gives a list first and then one document
// after another. Paths continue the source's address. In the fields of a form
// {from} is the time from which on, {page} the number of a page from 1, {offset}
// the number of entries before it, {size} that of a page; {user} and {password}
// are the source's login.
type List struct {
	Path    string            `toml:"path"`
	Method  string            `toml:"method"`  // GET (usual) or POST
	Form    map[string]string `toml:"form"`    // in the address with GET, in the body with POST
	Entries string            `toml:"entries"` // where in the answer the list is, such as data.result
	ID      string            `toml:"id"`      // of an entry
	Marks   []string          `toml:"marks"`   // of an entry; when one changes, the document is fetched again
	Sound   string            `toml:"sound"`   // what is true in a JSON answer that is no error

	Size     int   `toml:"size"`      // entries that a page is asked for
	Pages    int   `toml:"pages"`     // turned at least where there is no {from}, for what came late; usual 1
	LookBack Pause `toml:"look_back"` // how far {from} lies before what has been had, for what came late

	Document string `toml:"document"` // path of a document, with {id}
	Begins   string `toml:"begins"`   // how a document begins; what begins otherwise is an error's text

	Login *Login `toml:"login"` // nil: there is no session
}

// Login is how a session is begun.
type Login struct {
	Path   string            `toml:"path"`
	Form   map[string]string `toml:"form"`
	Cookie string            `toml:"cookie"` // that holds the session, where the answer's text tells it: its name
	Value  string            `toml:"value"`  // and where in the answer its value is
	Lapsed []int             `toml:"lapsed"` // statuses that say that there is no session any more
}

// Windowed says whether the agency is asked for a span of time.
func (l List) Windowed() bool {
	return slices.ContainsFunc(slices.Collect(maps.Values(l.Form)), func(v string) bool { return strings.Contains(v, "{from}") })
}

func (l *List) check() error {
	switch {
	case l == nil:
		return nil
	case l.Entries == "" || l.ID == "":
		return errors.New("list: entries and id say where in an answer they are")
	case !strings.Contains(l.Document, "{id}"):
		return errors.New("list: document holds no {id}")
	case l.Size < 0 || l.Pages < 0:
		return errors.New("list: size and pages are not less than nothing")
	case l.LookBack.Duration > longestLook:
		return fmt.Errorf("list: look_back is more than %s", longestLook)
	case l.Login != nil && (l.Login.Path == "" || (l.Login.Cookie == "") != (l.Login.Value == "")):
		return errors.New("list: login needs its path, and cookie and value together")
	}
	return oneOf("list: method", l.Method, "GET", "POST")
}

// longestLook is how far back an agency is asked at most.
const longestLook = 7 * 24 * time.Hour
