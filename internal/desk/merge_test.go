package desk_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/rotatif/newsroom"
	"github.com/rotatif/newsroom/internal/desk"
)

func body(paragraphs ...string) newsroom.Body {
	var b newsroom.Body
	for _, p := range paragraphs {
		if film, ok := strings.CutPrefix(p, "film "); ok {
			b = append(b, newsroom.Block{Kind: newsroom.Embed, Embed: &newsroom.EmbedRef{Provider: "youtube", ID: film}})
			continue
		}
		b = append(b, newsroom.Block{Kind: newsroom.Paragraph, Text: newsroom.Text(p)})
	}
	return b
}

// signs is a body as it can be compared.
func signs(b newsroom.Body) string {
	all := []string{}
	for _, block := range b {
		all = append(all, block.Sign())
	}
	return strings.Join(all, "|")
}

func all(int) bool  { return true }
func none(int) bool { return false }

const (
	fire    = "Bolu'da ormanlık alanda yangın çıktı, dört helikopter müdahale ediyor."
	fire5   = "Bolu'da ormanlık alanda yangın çıktı, beş helikopter müdahale ediyor."
	mine    = "Bolu'da ormanlık alanda çıkan yangına dört helikopter müdahale ediyor."
	homes   = "Ekipler yangının evlere dokuz kilometre uzakta olduğunu bildirdi."
	over    = "Yangın akşam saatlerinde kontrol altına alındı."
	history = "İlçede geçen yıl da benzer bir olay yaşanmıştı."
)

func TestWhatTheAgencyChanged(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name           string
		old, now, ours newsroom.Body
		accept         func(int) bool
		want           string
	}{
		{"all of it, where we changed nothing", body(fire, homes), body(fire5, homes, over), body(fire, homes), all, fire5 + "|" + homes + "|" + over},
		{"nothing of it", body(fire, homes), body(fire5, homes, over), body(fire, homes), none, fire + "|" + homes},
		{"a paragraph that we rewrote", body(fire, homes), body(fire5, homes), body(mine, homes), all, fire5 + "|" + homes},
		{"our own background stays where it is", body(fire, homes), body(fire5, homes, over), body(fire, history, homes), all, fire5 + "|" + history + "|" + homes + "|" + over},
		{"one of two", body(fire, homes), body(fire5, homes, over), body(fire, homes), func(i int) bool { return i == 2 }, fire + "|" + homes + "|" + over},
		{"taken out", body(fire, homes, over), body(fire, over), body(fire, homes, over), all, fire + "|" + over},
		{"taken out, and not in ours", body(fire, homes, over), body(fire, over), body(fire, over), all, fire + "|" + over},
		{"put before everything", body(homes), body(over, homes), body(homes), all, over + "|" + homes},
		{"what we have already", body(fire), body(fire, over), body(fire, over), all, fire + "|" + over},
		{"moved to the top", body(fire, homes, over), body(over, fire, homes), body(fire, homes, over), all, over + "|" + fire + "|" + homes},
		{"moved, and ours not", body(fire, homes, over), body(over, fire, homes), body(fire, homes, over), none, fire + "|" + homes + "|" + over},
		{"moved and reworded", body(fire, homes, over), body(homes, over, fire5), body(fire, homes, over), all, homes + "|" + over + "|" + fire5},
		{"moved in our words", body(fire, homes, over), body(homes, over, fire), body(mine, history, homes, over), all, history + "|" + homes + "|" + over + "|" + mine},
		{"moved, and we took it out", body(fire, homes, over), body(homes, over, fire), body(homes, over), all, homes + "|" + over},
		{"moved where we had it", body(fire, homes, over), body(over, fire, homes), body(over, fire, homes), all, over + "|" + fire + "|" + homes},
		{"put in, and we have it elsewhere", body(fire, homes), body(fire, homes, over), body(over, fire, homes), all, over + "|" + fire + "|" + homes},
		{"reworded, and we have both", body(fire), body(fire5), body(fire, history, fire5), all, history + "|" + fire5},
		{"we have nothing", body(fire), body(fire5), nil, all, fire5},
		{"they had nothing", nil, body(fire, over), body(history), all, fire + "|" + over + "|" + history},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			rows := desk.Compare(c.old, c.now, c.ours)
			if got := strings.Join(desk.Merge(c.ours, rows, c.accept).Lines(), "|"); got != c.want {
				t.Errorf("\n%s\nwant\n%s\n%+v", got, c.want, rows)
			}
		})
	}
}

// A picture that was exchanged under the same caption is a change, one that is
// only kept elsewhere is none.
func TestAnExchangedPicture(t *testing.T) {
	t.Parallel()
	with := func(id, src string) newsroom.Body {
		return append(body(fire), newsroom.Block{Kind: newsroom.Picture, Picture: &newsroom.PictureRef{ID: id, Src: src, Caption: "Yangın"}})
	}
	old := with("p1", "https://a.example/1")
	rows := desk.Compare(old, with("p2", "https://a.example/2"), old)
	if merged := desk.Merge(old, rows, all); len(rows) != 2 || !rows[1].Changed() || merged[1].Picture.ID != "p2" {
		t.Errorf("%+v", rows)
	}
	if rows := desk.Compare(old, with("p1", "https://a.example/2"), old); rows[1].Changed() {
		t.Error("another address is told as another picture")
	}
}

// What has no words is known by what it shows: the same is no change, another
// of its kind takes its place.
func TestWhatHasNoWords(t *testing.T) {
	t.Parallel()
	film := func(id string) newsroom.Body { return body(fire, "film "+id) }
	for _, r := range desk.Compare(film("a"), film("a"), film("a")) {
		if r.Changed() {
			t.Errorf("nothing changed, and yet %+v", r)
		}
	}
	rows := desk.Compare(film("a"), film("b"), append(film("a"), body(homes)...))
	if merged := desk.Merge(append(film("a"), body(homes)...), rows, all); len(rows) != 2 || len(merged) != 3 || merged[1].Embed.ID != "b" {
		t.Errorf("rows %+v make %+v", rows, merged)
	}
}

// Nothing accepted leaves our text as it is; everything accepted, where ours is
// the old one, gives the new one.
func TestMergeKeepsItsWord(t *testing.T) {
	t.Parallel()
	paragraph := rapid.SampledFrom([]string{fire, fire5, mine, homes, over, history, "Kısa.", "film a", "film b", "Başka bir konu hakkında tek cümle."})
	rapid.Check(t, func(t *rapid.T) {
		texts := rapid.SliceOfN(paragraph, 0, 8)
		old, now, ours := body(texts.Draw(t, "old")...), body(texts.Draw(t, "now")...), body(texts.Draw(t, "ours")...)
		if got := desk.Merge(ours, desk.Compare(old, now, ours), none); signs(got) != signs(ours) {
			t.Fatalf("nothing was accepted: %q of %q", got.Lines(), ours.Lines())
		}
		if got := desk.Merge(old, desk.Compare(old, now, old), all); signs(got) != signs(now) {
			t.Fatalf("all was accepted: %q, want %q (from %q)", got.Lines(), now.Lines(), old.Lines())
		}
	})
}

// What only moved is one row that says so, and our words keep their place in it.
func TestWhatTheAgencyMoved(t *testing.T) {
	t.Parallel()
	rows := desk.Compare(body(fire, homes, over), body(over, fire, homes), body(mine, homes, over))
	if len(rows) != 3 || !rows[0].Moves() || rows[0].From != 2 || rows[0].To != 0 || !rows[0].Keeps() || rows[1].Changed() {
		t.Errorf("%+v", rows)
	}
	if safe := desk.Untouching(rows); len(safe) != 1 || !safe[0] {
		t.Errorf("touching nothing of ours: %v", safe)
	}
	rows = desk.Compare(body(fire, homes, over), body(over, fire, homes), body(homes, over, history, fire))
	for i, r := range rows {
		if r.Moves() && r.Astray && desk.Untouching(rows)[i] {
			t.Errorf("a place that we chose is given up: %+v", r)
		}
	}
	if safe := desk.Untouching(desk.Compare(body(fire, homes), nil, body(fire, homes))); len(safe) != 0 {
		t.Errorf("a revision without a text takes ours away: %v", safe)
	}
}

// a text is drawn as numbers of paragraphs; edited ones are worded anew.
type sheet []string

func drawn(t *rapid.T, label string) sheet {
	words := rapid.SliceOfN(rapid.SampledFrom(strings.Fields("ada bel can dal ekip fen gün hava ilçe jet kum lira maden nar oda park rüzgâr su tarla uzun vali yol zam")), 1, 9)
	text := sheet{}
	for range rapid.IntRange(0, 9).Draw(t, label) {
		text = append(text, strings.Join(words.Draw(t, "paragraph"), " "))
	}
	return text
}

// edited works on a text as an editor does: words, order, what is in and what is out.
func (s sheet) edited(t *rapid.T, who string) sheet {
	out := append(sheet{}, s...)
	for range rapid.IntRange(0, 5).Draw(t, who+" edits") {
		at := rapid.IntRange(0, len(out)).Draw(t, "at")
		switch kind := rapid.IntRange(0, 3).Draw(t, "kind"); {
		case kind == 0:
			out = slices.Insert(out, at, drawn(t, "new")...)
		case at == len(out):
		case kind == 1:
			out = slices.Delete(out, at, at+1)
		case kind == 2:
			words := strings.Fields(out[at])
			words[rapid.IntRange(0, len(words)-1).Draw(t, "word")] = who
			out[at] = strings.Join(words, " ")
		default:
			moved := out[at]
			out = slices.Delete(out, at, at+1)
			out = slices.Insert(out, rapid.IntRange(0, len(out)).Draw(t, "to"), moved)
		}
	}
	return out
}

func counted(b newsroom.Body) map[string]int {
	n := map[string]int{}
	for _, block := range b {
		n[block.Sign()]++
	}
	return n
}

// Whatever both sides did to a text: all taken over into an untouched copy is
// the agency's text, nothing taken over is ours, nothing of ours goes without a
// tick, and nothing stands twice that neither side has twice.
func TestBothSidesWorkOnOneText(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		first := drawn(t, "first")
		old, now, ours := body(first...), body(first.edited(t, "ajans")...), body(first.edited(t, "masa")...)
		if got := desk.Merge(old, desk.Compare(old, now, old), all); signs(got) != signs(now) {
			t.Fatalf("all was accepted: %q, want %q (from %q)", got.Lines(), now.Lines(), old.Lines())
		}
		rows := desk.Compare(old, now, ours)
		if got := desk.Merge(ours, rows, none); signs(got) != signs(ours) {
			t.Fatalf("nothing was accepted: %q of %q", got.Lines(), ours.Lines())
		}
		ticks := map[int]bool{}
		for i := range rows {
			ticks[i] = rapid.Bool().Draw(t, "tick")
		}
		nothingLost(t, ours, now, rows, ticks)
		nothingLost(t, ours, now, rows, desk.Untouching(rows))
		theirs := counted(old)
		safe := counted(desk.Merge(ours, rows, func(i int) bool { return desk.Untouching(rows)[i] }))
		for sign, n := range counted(ours) {
			if theirs[sign] == 0 && safe[sign] < n {
				t.Fatalf("our words %q are gone", sign)
			}
		}
	})
}

// nothingLost checks that what was not ticked stays, in its order, and that
// nothing is there more often than with us or with the agency.
func nothingLost(t *rapid.T, ours, now newsroom.Body, rows []desk.Row, ticks map[int]bool) {
	t.Helper()
	moved, merged := map[int]bool{}, desk.Merge(ours, rows, func(i int) bool { return ticks[i] })
	for i, r := range rows {
		if ticks[i] && r.Offered() && r.Mine != nil {
			moved[r.Ours] = true
		}
	}
	next := 0
	for i, block := range ours {
		if moved[i] {
			continue
		}
		for next < len(merged) && merged[next].Sign() != block.Sign() {
			next++
		}
		if next == len(merged) {
			t.Fatalf("%q was not ticked and is gone or elsewhere: %q of %q", block.Sign(), merged.Lines(), ours.Lines())
		}
		next++
	}
	mine, theirs := counted(ours), counted(now)
	for sign, n := range counted(merged) {
		if n > max(mine[sign], theirs[sign]) {
			t.Fatalf("%q stands %d times: %q of %q and %q", sign, n, merged.Lines(), ours.Lines(), now.Lines())
		}
	}
}

// Very long texts are compared by their equal paragraphs, with the same promises.
func TestVeryLongTexts(t *testing.T) {
	t.Parallel()
	old := newsroom.Body{}
	for i := range 900 {
		old = append(old, body(fmt.Sprintf("Satır %d ve ötesi.", i%700))...)
	}
	now := append(append(append(newsroom.Body{}, old[800:]...), body(over)...), old[:799]...)
	rows := desk.Compare(old, now, old)
	if got := desk.Merge(old, rows, all); signs(got) != signs(now) {
		t.Error("all was accepted, and it is not the agency's text")
	}
	moved := 0
	for _, r := range rows {
		if r.Moves() {
			moved++
		}
	}
	if moved == 0 {
		t.Error("nothing is told as moved")
	}
}
