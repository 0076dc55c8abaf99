package sense

import (
	"html"
	"regexp"
	"slices"
	"strings"

	"github.com/rotatif/newsroom/internal/wire/tree"
)

// twice is a reference to a character that was escaped once too often.
var twice = regexp.MustCompile(`&(?:#\d{2,6}|#x[0-9A-Fa-f]{2,5}|amp|quot|apos|nbsp|[lr][sd]quo|[mn]dash|hellip|euro|[A-Za-z](?:uml|acute|grave|circ|cedil|tilde|ring|slash));`)

// Reflow mends the text below an element: characters that were escaped twice,
// and paragraphs that are only told by the indent of their first line, as old
// wires wrote them, inside one paragraph that holds the whole story.
func Reflow(n *tree.Node) *tree.Node {
	n.Walk(func(m *tree.Node) bool {
		if strings.IndexByte(m.Text, '&') >= 0 {
			m.Text = twice.ReplaceAllStringFunc(m.Text, html.UnescapeString)
		}
		for i := 0; i < len(m.Kids); i++ {
			if kid := m.Kids[i]; kid.Is("p", "P", "pre", "PRE") && kid.Elements() == 0 && len(m.Kids) < maxReflow {
				if parts := indented(kid); len(parts) > 1 {
					m.Kids = append(m.Kids[:i:i], append(parts, m.Kids[i+1:]...)...)
					i += len(parts) - 1
				}
			}
		}
		return true
	})
	return n
}

// maxReflow is how many paragraphs are looked at: beyond it nobody indents.
const maxReflow = 2000

// column is where a line of a table of old goes on to its next column.
var column = regexp.MustCompile(`\S {2,}\S`)

// indented parts a paragraph at its indented lines, and what is set as a table
// at every line, as is text whose lines were set by hand unless blank lines
// part it. Where all lines are indented it is the file that is, not the text.
func indented(p *tree.Node) []*tree.Node {
	rows := strings.Split(strings.Trim(p.Raw(), "\n"), "\n")
	flush, starts := 0, 0
	for _, row := range rows[1:] {
		switch trimmed := strings.TrimLeft(row, " \t"); {
		case trimmed == "":
		case len(row)-len(trimmed) >= 2:
			starts++
		case len(row) == len(trimmed):
			flush++
		}
	}
	columns := 0
	for _, row := range rows {
		if column.MatchString(row) {
			columns++
		}
	}
	set := p.Is("pre", "PRE")
	airy := slices.ContainsFunc(rows, func(row string) bool { return strings.TrimSpace(row) == "" })
	table := len(rows) >= 4 && columns*2 > len(rows) || set && !airy
	if !table && !set && (flush == 0 || starts == 0) {
		return nil
	}
	var parts []*tree.Node
	var text []string
	put := func() {
		if joined := strings.Join(text, "\n"); strings.TrimSpace(joined) != "" {
			parts = append(parts, &tree.Node{Space: p.Space, Name: "p", Attrs: p.Attrs, Kids: []*tree.Node{{Text: joined}}})
		}
		text = nil
	}
	for _, row := range rows {
		if trimmed := strings.TrimLeft(row, " \t"); table || trimmed == "" || len(row)-len(trimmed) >= 2 {
			put()
		}
		text = append(text, row)
	}
	put()
	return parts
}
