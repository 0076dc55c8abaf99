package wire

import (
	"strings"
	"time"

	"github.com/rotatif/newsroom/internal/letters"
	"github.com/rotatif/newsroom/internal/wire/feed"
	"github.com/rotatif/newsroom/internal/wire/newsml1"
	"github.com/rotatif/newsroom/internal/wire/newsmlg2"
	"github.com/rotatif/newsroom/internal/wire/nitf"
	"github.com/rotatif/newsroom/internal/wire/sense"
	"github.com/rotatif/newsroom/internal/wire/tree"
)

// xmlFormat is a format that is known by the name of an element, wherever in
// a document it stands.
type xmlFormat struct {
	name  string
	is    func(*tree.Node) bool
	parts func(*tree.Node, sense.Source, time.Time) []sense.Part
}

func xmlFormats() []xmlFormat {
	return []xmlFormat{
		{newsmlg2.Format, newsmlg2.Is, newsmlg2.Parts},
		{newsml1.Format, newsml1.Is, newsml1.Parts},
		{nitf.Format, nitf.Is, nitf.Parts},
	}
}

// root takes up one of the document's first elements: it is a format, or the
// envelope of somebody's service with as many documents in it as may be.
func (f *find) root(n *tree.Node) {
	if n.Fault == tree.TooDeep || n.Fault == tree.TooBig {
		f.warnings = append(f.warnings, "mended") // the items that suffer say so themselves
	}
	if kind := feed.Is(n); kind != "" {
		f.feed(n, kind)
		return
	}
	found := false
	n.Walk(func(m *tree.Node) bool {
		taken := f.document(m) || m != n && f.enclosed(m)
		found = found || taken
		return !taken
	})
	switch {
	case found:
	case f.known:
		f.warnings = append(f.warnings, "junk_around")
	case strings.EqualFold(n.Name, "html"), strings.EqualFold(n.Name, "body"):
		f.reason, f.detail = "wire.reason.html_page", n.Find("title", "TITLE").Line()
	default:
		f.reason, f.detail = sense.NotAFormat, letters.Cut(n.Name, 60)
	}
}

// document takes up an element that a format of news begins with.
func (f *find) document(n *tree.Node) bool {
	for _, format := range xmlFormats() {
		if format.is(n) {
			f.format, f.known = format.name, true
			f.parts = append(f.parts, format.parts(n, f.src, f.kept.Received)...)
			return true
		}
	}
	return false
}

// enclosed takes up a feed that stands in an envelope. There only the names of
// whole feeds count: "item" and "entry" mean all sorts of things.
func (f *find) enclosed(n *tree.Node) bool {
	kind := feed.Is(n)
	if kind == "" || !n.Is("rss", "RDF") {
		return false
	}
	f.feed(n, kind)
	return true
}

func (f *find) feed(n *tree.Node, kind string) {
	f.format, f.known = kind, true
	f.parts = append(f.parts, feed.Parts(n, f.src, f.kept.Received)...)
}
