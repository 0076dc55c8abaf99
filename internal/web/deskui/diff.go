package deskui

import "strings"

// change is a run of text that stayed, was taken out or was put in.
type change struct {
	Op   string // same, out, in
	Text string
}

// diffForms compares two texts field by field; equal fields are left out.
func diffForms(c chrome, from, to storyForm) []fieldDiff {
	fields := []fieldDiff{}
	for _, f := range []struct{ key, from, to string }{
		{"headline", from.Headline, to.Headline},
		{"standfirst", from.Standfirst, to.Standfirst},
		{"body", from.Body, to.Body},
		{"section", c.SectionName(from.Section), c.SectionName(to.Section)},
		{"language", from.Language, to.Language},
		{"byline", from.Byline, to.Byline},
		{"dateline", from.Dateline, to.Dateline},
		{"agency", from.Agency, to.Agency},
		{"cited", from.Cited, to.Cited},
		{"slugline", from.Slugline, to.Slugline},
		{"note", from.Note, to.Note},
	} {
		if f.from != f.to {
			fields = append(fields, fieldDiff{Name: c.T("desk.field." + f.key), Changes: diff(f.from, f.to)})
		}
	}
	return fields
}

// diff compares word by word; very long texts line by line, or else whole.
func diff(from, to string) []change {
	a, b := words(from), words(to)
	if out, ok := compare(a, b); ok {
		return out
	}
	if out, ok := compare(strings.SplitAfter(from, "\n"), strings.SplitAfter(to, "\n")); ok {
		return out
	}
	return join([]change{{"out", from}, {"in", to}})
}

// words splits after every blank, so that the parts together are the text.
func words(s string) []string {
	parts, from := []string{}, 0
	for i := range len(s) {
		if s[i] == ' ' || s[i] == '\n' {
			parts = append(parts, s[from:i+1])
			from = i + 1
		}
	}
	if from < len(s) {
		parts = append(parts, s[from:])
	}
	return parts
}

// maxCompare bounds the table of a comparison, in cells of two bytes.
const maxCompare = 4 << 20

// compare finds the longest common run of parts; ok is false when it would
// take too much.
func compare(a, b []string) ([]change, bool) {
	head := 0
	for head < len(a) && head < len(b) && a[head] == b[head] {
		head++
	}
	tail := 0
	for tail < len(a)-head && tail < len(b)-head && a[len(a)-1-tail] == b[len(b)-1-tail] {
		tail++
	}
	midA, midB := a[head:len(a)-tail], b[head:len(b)-tail]
	if (len(midA)+1)*(len(midB)+1) > maxCompare || len(midA) >= 1<<16 || len(midB) >= 1<<16 {
		return nil, false
	}
	out := []change{{"same", strings.Join(a[:head], "")}}
	out = append(out, walk(midA, midB, table(midA, midB))...)
	return join(append(out, change{"same", strings.Join(a[len(a)-tail:], "")})), true
}

// table holds for every pair of places how long the common run behind them is.
func table(a, b []string) [][]uint16 {
	t := make([][]uint16, len(a)+1)
	for i := range t {
		t[i] = make([]uint16, len(b)+1)
	}
	for i := len(a) - 1; i >= 0; i-- {
		for j := len(b) - 1; j >= 0; j-- {
			if a[i] == b[j] {
				t[i][j] = t[i+1][j+1] + 1
			} else {
				t[i][j] = max(t[i+1][j], t[i][j+1])
			}
		}
	}
	return t
}

func walk(a, b []string, t [][]uint16) []change {
	out := []change{}
	i, j := 0, 0
	for i < len(a) || j < len(b) {
		switch {
		case i < len(a) && j < len(b) && a[i] == b[j]:
			out = append(out, change{"same", a[i]})
			i, j = i+1, j+1
		case j == len(b) || i < len(a) && t[i+1][j] >= t[i][j+1]:
			out = append(out, change{"out", a[i]})
			i++
		default:
			out = append(out, change{"in", b[j]})
			j++
		}
	}
	return out
}

// join makes neighbours of one sort one, and drops the empty.
func join(changes []change) []change {
	out := []change{}
	for _, c := range changes {
		switch {
		case c.Text == "":
		case len(out) > 0 && out[len(out)-1].Op == c.Op:
			out[len(out)-1].Text += c.Text
		default:
			out = append(out, c)
		}
	}
	return out
}
