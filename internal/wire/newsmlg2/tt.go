package newsmlg2

import (
	"strings"

	"github.com/rotatif/newsroom"
	"github.com/rotatif/newsroom/internal/wire/sense"
	"github.com/rotatif/newsroom/internal/wire/tree"
)

// swedish says whether a story is in the notation of its own that the Swedish
// agency TT writes, with Swedish names for everything.
func swedish(n *tree.Node) bool { return n.Find("BRODTEXT", "RUBRIK") != nil }

// tt reads TT's notation. The first text is the story; what follows are boxes
// with a headline of their own.
func tt(d *newsroom.Dispatch, n *tree.Node) sense.Inlined {
	first := n.Find("TEXT")
	if first == nil {
		first = n
	}
	said := sense.Inlined{
		Headline: first.Kid("RUBRIK").Line(), Standfirst: paragraphs(first.Kid("INGRESS")), Byline: first.Kid("BYLINE").Line(),
	}
	if place := first.Kid("DAT", "ORT").Line(); d.Dateline.Text == "" {
		d.Dateline.Text = place
	}
	top := first.Kid("RUBRIK")
	sense.SetHTML(d, n.HTML(func(m *tree.Node) string {
		if m == top {
			return "-"
		}
		return english(m.Name)
	}))
	for _, p := range every(n, "BILD") {
		ref := newsroom.PictureRef{Caption: paragraphs(p.Kid("BILDTEXT")), Credit: p.Kid("BILDSKAPARE").Line()}
		sense.AddRendered(d, ref, []newsroom.Rendition{{Src: p.Kid("BILDFIL").Line(), Type: "image/jpeg"}})
	}
	return said
}

// english gives the HTML element that one of TT's is.
func english(name string) string {
	switch name {
	case "P", "CITAT":
		return "p"
	case "MELLIS", "RUBRIK":
		return "h2"
	case "UL", "OL", "LI", "B", "I", "EM", "TABLE", "TR", "TD", "TH", "A":
		return strings.ToLower(name)
	case "INGRESS", "DAT", "BYLINE", "BILD", "VINJETT":
		return "-"
	default:
		return ""
	}
}

func paragraphs(n *tree.Node) string {
	var all []string
	if n == nil {
		return ""
	}
	for _, kid := range n.Kids {
		if l := kid.Line(); l != "" {
			all = append(all, l)
		}
	}
	return strings.Join(all, " ")
}
