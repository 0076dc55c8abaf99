package markup

import "strings"

// figure is an open figure: its picture and the caption of it, whichever comes first.
type figure struct {
	open    bool
	telling bool // inside the caption
	runs    []run
	caption string // told before there was a picture
	picture int    // place in nodes, counted from one
}

func (w *walker) openFigure() {
	w.caption()
	w.closeFigure()
	w.photo.open, w.photo.picture = true, 0
}

// image adds a picture. One that cannot be named from here leaves its
// description as nothing: it was not copy.
func (w *walker) image(src, alt string) {
	if !w.grid.inCell && w.list == nil {
		w.part()
	}
	src = safe(src)
	if src == "" || strings.HasPrefix(strings.ToLower(src), "mailto:") {
		return
	}
	w.nodes = append(w.nodes, Node{Kind: Image, Src: src, Alt: Flat(alt), Caption: w.photo.caption})
	w.photo.caption, w.photo.picture = "", len(w.nodes)
}

// caption ends a caption. It belongs to the picture of its figure, or, where
// there is no figure, to a picture that stands just before it.
func (w *walker) caption() {
	if !w.photo.telling {
		return
	}
	inline := tidy(w.photo.runs)
	text := Plain(inline)
	w.photo.telling, w.photo.runs, w.broke = false, nil, false
	at := w.photo.picture
	switch {
	case text == "":
	case at > 0 && (w.photo.open || at == len(w.nodes)) && w.nodes[at-1].Caption == "":
		w.nodes[at-1].Caption = text
	case at == 0 && w.photo.open && w.photo.caption == "":
		w.photo.caption = text
	default:
		w.nodes = append(w.nodes, Node{Kind: Paragraph, Inline: inline})
	}
}

// closeFigure: a caption without a picture is a paragraph.
func (w *walker) closeFigure() {
	if w.photo.caption != "" {
		w.nodes = append(w.nodes, Node{Kind: Paragraph, Inline: []Inline{{Text: w.photo.caption}}})
	}
	w.photo.open, w.photo.caption = false, ""
	if w.photo.picture != len(w.nodes) {
		w.photo.picture = 0
	}
}
