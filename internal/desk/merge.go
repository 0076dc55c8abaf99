package desk

import "github.com/rotatif/newsroom"

// Row is one paragraph, or other block, through three texts: what the agency
// had, what it has now, and ours. Old or New is nil where the agency put it in
// or took it out, Mine where ours does not have it. From, To and Ours are its
// places in the three texts, -1 where it is not. After is, for what is not in
// ours or has to move, behind which of our blocks it belongs.
type Row struct {
	Old, New, Mine        *newsroom.Block
	From, To, Ours, After int
	Moved                 bool // the agency has put it elsewhere
	There                 bool // and that is where it stands in ours
	Astray                bool // we have put it elsewhere
}

// Changed says whether the agency changed anything here that concerns us.
func (r Row) Changed() bool { return r.Moves() || r.Reworded() }

// Reworded says whether the agency changed what it says.
func (r Row) Reworded() bool {
	return r.Old == nil || r.New == nil || r.Old.Sign() != r.New.Sign()
}

// Moves says whether ours has to move to stand where the agency has it now.
func (r Row) Moves() bool { return r.Moved && r.Mine != nil && !r.There }

// Have says whether ours has what the agency made of it.
func (r Row) Have() bool {
	return r.Changed() && !r.Moves() && r.New != nil && r.Mine != nil && r.Mine.Sign() == r.New.Sign()
}

// Touched says whether ours is neither what the agency had nor what it has.
func (r Row) Touched() bool {
	return r.Changed() && r.Mine != nil && (r.Old == nil || r.Mine.Sign() != r.Old.Sign()) && (r.New == nil || r.Mine.Sign() != r.New.Sign())
}

// Offered says whether there is something to take over: what the agency took
// out and we do not have needs no decision.
func (r Row) Offered() bool { return r.Changed() && !r.Have() && (r.New != nil || r.Mine != nil) }

// Keeps says whether our words would stay: only their place changes.
func (r Row) Keeps() bool { return r.Moves() && !r.Reworded() }

// Untouching says whether taking it over touches nothing of our work: neither
// words that we wrote, nor a paragraph we took out, nor a place we chose.
func (r Row) Untouching() bool {
	switch {
	case !r.Offered() || r.Old != nil && r.Mine == nil || r.Moves() && r.Astray:
		return false
	default:
		return r.Keeps() || !r.Touched()
	}
}

// Untouching are the rows that touch nothing of our work. A revision without a
// text says nothing about ours.
func Untouching(rows []Row) map[int]bool {
	safe, text := map[int]bool{}, false
	for i, r := range rows {
		text = text || r.New != nil
		if r.Untouching() {
			safe[i] = true
		}
	}
	if !text {
		return map[int]bool{}
	}
	return safe
}

// Compare aligns what the agency had with what it has now, and both with our
// text. Blocks are the same when they share enough words, in the same order, or
// when they share nearly all and only their place is another.
func Compare(old, now, ours newsroom.Body) []Row {
	rows := agencyRows(old, now)
	p := placing{rows: rows, ours: ours, taken: map[int]bool{}}
	p.byOld(align(old, ours))
	p.byNew(align(now, ours))
	p.anywhere()
	next, before := nextAnchors(rows, len(ours)), -1
	for i, r := range rows {
		rows[i].After = before
		rows[i].There = r.Moved && before < r.Ours && r.Ours < next[i]
		if r.anchored() || rows[i].There {
			before = r.Ours
		}
	}
	return rows
}

// agencyRows are the rows in the order of the agency's new text, what it took
// out where it stood; what moved stands at its new place.
func agencyRows(old, now newsroom.Body) []Row {
	pairs := align(old, now)
	from, gone := moves(old, now, pairs)
	var rows []Row
	next := 0
	upTo := func(end int) {
		for ; next < end; next++ {
			r := Row{New: &now[next], From: -1, To: next, Ours: -1}
			if i, moved := from[next]; moved {
				r.Old, r.From, r.Moved = &old[i], i, true
			}
			rows = append(rows, r)
		}
	}
	for i := range old {
		j, stays := pairs[i]
		switch {
		case stays:
			upTo(j)
			rows = append(rows, Row{Old: &old[i], New: &now[j], From: i, To: j, Ours: -1})
			next = j + 1
		case !gone[i]:
			rows = append(rows, Row{Old: &old[i], From: i, To: -1, Ours: -1})
		}
	}
	upTo(len(now))
	return rows
}

// moves finds what the agency put elsewhere among the blocks without a pair:
// from gives the old place by the new one, gone says which old places they are.
func moves(old, now newsroom.Body, pairs map[int]int) (from map[int]int, gone map[int]bool) {
	from, gone = map[int]int{}, map[int]bool{}
	kept := map[int]bool{}
	for _, j := range pairs {
		kept[j] = true
	}
	left, leftAt := rest(old, func(i int) bool { _, stays := pairs[i]; return stays })
	come, comeAt := rest(now, func(j int) bool { return kept[j] })
	for _, p := range strays(left, come) {
		from[comeAt[p.b]], gone[leftAt[p.a]] = leftAt[p.a], true
	}
	return from, gone
}

// rest are the blocks that are not used, and where they stand.
func rest(body newsroom.Body, used func(int) bool) (left newsroom.Body, at []int) {
	for i, block := range body {
		if !used(i) {
			left, at = append(left, block), append(at, i)
		}
	}
	return left, at
}

// placing finds the rows in our text, each block of ours for one row.
type placing struct {
	rows  []Row
	ours  newsroom.Body
	taken map[int]bool
}

func (p placing) put(row, at int) {
	p.rows[row].Ours, p.rows[row].Mine, p.taken[at] = at, &p.ours[at], true
}

// byOld places by what the agency had, for that is what ours was made of.
func (p placing) byOld(pairs map[int]int) {
	for i, r := range p.rows {
		if at, ok := pairs[r.From]; ok {
			p.put(i, at)
		}
	}
}

// byNew places by what the agency has now, as far as that agrees with the order
// of what is placed.
func (p placing) byNew(pairs map[int]int) {
	next, before := nextAnchors(p.rows, len(p.ours)), -1
	for i, r := range p.rows {
		if at, ok := pairs[r.To]; ok && r.Mine == nil && !p.taken[at] && before < at && at < next[i] {
			p.put(i, at)
		}
		if p.rows[i].anchored() {
			before = p.rows[i].Ours
		}
	}
}

// anywhere places what we have put elsewhere ourselves.
func (p placing) anywhere() {
	for _, theirs := range []func(Row) *newsroom.Block{
		func(r Row) *newsroom.Block { return r.New },
		func(r Row) *newsroom.Block { return r.Old },
	} {
		blocks, rows := newsroom.Body{}, []int{}
		for i, r := range p.rows {
			if b := theirs(r); r.Mine == nil && b != nil {
				blocks, rows = append(blocks, *b), append(rows, i)
			}
		}
		free, at := rest(p.ours, func(i int) bool { return p.taken[i] })
		for _, found := range strays(blocks, free) {
			p.put(rows[found.a], at[found.b])
			p.rows[rows[found.a]].Astray = true
		}
	}
}

// anchored says whether the row tells where others stand in ours.
func (r Row) anchored() bool { return r.Mine != nil && !r.Moved && !r.Astray }

// nextAnchors are for every row where in ours the next anchored row stands.
func nextAnchors(rows []Row, end int) []int {
	next := make([]int, len(rows))
	for i := len(rows) - 1; i >= 0; i-- {
		if next[i] = end; rows[i].anchored() {
			end = rows[i].Ours
		}
	}
	return next
}

// Merge takes the accepted rows over into our text: what changed is replaced,
// what is new put in, what was taken out taken out, what moved moved, in our
// words where the agency has not changed its own. The rest stays ours. What the
// agency has once is not put in where ours keeps it already.
func Merge(ours newsroom.Body, rows []Row, accepted func(row int) bool) newsroom.Body {
	taken := func(i int) bool { return accepted(i) && rows[i].Offered() }
	leaves, full := leaving(ours, rows, taken)
	at, behind := map[int][]newsroom.Block{}, map[int][]newsroom.Block{}
	for i, r := range rows {
		put := r.New
		if r.Keeps() {
			put = r.Mine
		}
		switch {
		case !taken(i) || put == nil || !r.Keeps() && full(put.Sign()):
		case r.Mine != nil && !r.Moves():
			at[r.Ours] = append(at[r.Ours], *put)
		default:
			behind[r.After] = append(behind[r.After], *put)
		}
	}
	merged := append(newsroom.Body{}, behind[-1]...)
	for i, block := range ours {
		if !leaves[i] {
			merged = append(merged, block)
		}
		merged = append(append(merged, at[i]...), behind[i]...)
	}
	return merged
}

// leaving are the places in ours whose blocks do not stay there. full counts
// what is put in of a sort, and says when ours has as many as the agency.
func leaving(ours newsroom.Body, rows []Row, taken func(int) bool) (leaves map[int]bool, full func(sign string) bool) {
	leaves = map[int]bool{}
	room := map[string]int{}
	for i, r := range rows {
		if r.New != nil {
			room[r.New.Sign()]++
		}
		if taken(i) && r.Mine != nil {
			leaves[r.Ours] = true
			if r.Keeps() {
				room[r.Mine.Sign()]--
			}
		}
	}
	for i, block := range ours {
		if !leaves[i] {
			room[block.Sign()]--
		}
	}
	return leaves, func(sign string) bool {
		room[sign]--
		return room[sign] < 0
	}
}
