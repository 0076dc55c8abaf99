package desk_test

import (
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
