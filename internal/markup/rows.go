package markup

import (
	"slices"

	"golang.org/x/net/html/atom"
)

// grid is an open table. The rows of a table in a table join the outer one.
type grid struct {
	node   *Node
	depth  int
	cells  [][][]run // as gathered: a cell may yet turn out to be a page's column
	inCell bool
	heads  int // cells of the first row that are headings
}

func (w *walker) openRows(a atom.Atom) {
	switch a {
	case atom.Ul, atom.Ol:
		w.openList(a)
	case atom.Li:
		w.item()
	case atom.Table:
		w.openTable()
	case atom.Tr:
		w.row()
	case atom.Td, atom.Th:
		w.cell(a == atom.Th)
	}
}

func (w *walker) closeRows(a atom.Atom) {
	switch a {
	case atom.Ul, atom.Ol:
		w.closeList()
	case atom.Li:
		w.item()
	case atom.Table:
		w.closeTable()
	case atom.Td, atom.Th, atom.Tr:
		w.endCell()
	}
}

func (w *walker) openList(a atom.Atom) {
	if w.grid.node != nil { // a list in a cell is text of the cell
		w.part()
		return
	}
	w.item()
	if w.lists++; w.list != nil {
		return
	}
	w.list = &Node{Kind: Bulleted}
	if a == atom.Ol {
		w.list.Kind = Numbered
	}
}

// item ends an item of the open list, if there is one.
func (w *walker) item() {
	if w.grid.node != nil || w.list == nil || w.photo.telling {
		w.part()
		return
	}
	w.broke, w.kind, w.class = false, Paragraph, ""
	if inline := tidy(w.runs); len(inline) > 0 {
		w.list.Items = append(w.list.Items, inline)
	}
	w.runs = w.runs[:0]
}

func (w *walker) closeList() {
	w.item()
	if w.grid.node != nil || w.list == nil {
		return
	}
	if w.lists--; w.lists > 0 {
		return
	}
	if len(w.list.Items) > 0 {
		w.nodes = append(w.nodes, *w.list)
	}
	w.list = nil
}

func (w *walker) openTable() {
	if w.grid.depth++; w.grid.node != nil {
		w.endCell()
		return
	}
	if w.list != nil {
		w.item()
	} else {
		w.part()
	}
	w.grid.node = &Node{Kind: Table}
}

func (w *walker) row() {
	w.endCell()
	if w.grid.node != nil {
		w.grid.cells = append(w.grid.cells, nil)
	}
}

func (w *walker) cell(head bool) {
	w.endCell()
	if w.grid.node == nil {
		return
	}
	if len(w.grid.cells) == 0 {
		w.grid.cells = append(w.grid.cells, nil)
	}
	if head && len(w.grid.cells) == 1 {
		w.grid.heads++
	}
	w.grid.inCell = true
}

// endCell ends the open cell. What stands in a table and in no cell (a caption,
// stray text) goes before the table, as in a browser.
func (w *walker) endCell() {
	if !w.grid.inCell {
		w.part()
		return
	}
	last := len(w.grid.cells) - 1
	w.grid.cells[last] = append(w.grid.cells[last], w.runs)
	w.runs, w.grid.inCell, w.broke = nil, false, false
	w.kind, w.class = Paragraph, ""
}

func (w *walker) closeTable() {
	w.endCell()
	if w.grid.node == nil {
		return
	}
	if w.grid.depth--; w.grid.depth > 0 {
		return
	}
	g := w.grid
	w.grid = grid{}
	g.settle()
	switch {
	case len(g.cells) == 0:
	case g.layout():
		for _, row := range g.cells {
			split(row[0], func(inline []Inline) { w.nodes = append(w.nodes, Node{Kind: Paragraph, Inline: inline}) })
		}
	default:
		for _, row := range g.cells {
			g.node.Rows = append(g.node.Rows, tidyAll(row))
		}
		w.nodes = append(w.nodes, *g.node)
	}
}

// settle drops the rows without text and says whether the first is one of headings.
func (g *grid) settle() {
	g.node.Head = g.heads > 0 && g.heads == len(g.cells[0])
	kept := g.cells[:0]
	for i, row := range g.cells {
		if slices.ContainsFunc(row, func(cell []run) bool { return split(cell, nil) > 0 }) {
			kept = append(kept, row)
		} else if i == 0 {
			g.node.Head = false
		}
	}
	g.cells = kept
}

// layout says whether the table is no table but a frame around copy: one
// column, and either one cell or a cell of several blocks.
func (g *grid) layout() bool {
	parted := len(g.cells) == 1
	for _, row := range g.cells {
		if len(row) > 1 {
			return false
		}
		parted = parted || split(row[0], nil) > 1
	}
	return parted
}

func tidyAll(row [][]run) [][]Inline {
	cells := make([][]Inline, len(row))
	for i, cell := range row {
		cells[i] = tidy(cell)
	}
	return cells
}

// split counts the blocks in a cell and gives each to do, where there is one.
func split(cell []run, do func([]Inline)) int {
	n, from := 0, 0
	for i := 0; i <= len(cell); i++ {
		if i < len(cell) && !cell[i].part {
			continue
		}
		inline := tidy(cell[from:i])
		from = i
		if len(inline) == 0 {
			continue
		}
		if n++; do != nil {
			do(inline)
		}
	}
	return n
}
