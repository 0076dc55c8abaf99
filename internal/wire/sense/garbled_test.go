package sense_test

import (
	"strings"
	"testing"

	"github.com/rotatif/newsroom"
	"github.com/rotatif/newsroom/internal/wire/sense"
)

// Letters that were read in the wrong character set come back, with a warning
// that they had to; what only looks odd stays as it was sent.
func TestGarbledLettersComeBack(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ language, sent, want string }{
		{"", "worldâ€™s â€œbestâ€\uFFFD lightÂ¹ TeradiciÂ® MENÜ“ ça", "world’s “best” light¹ Teradici® MENÜ“ ça"},
		{"", "â€™<>â€\uFFFD© ve Ã¼Ñ", "’<>”© ve üÑ"},
		{"", "KaÃ§ kiÅŸi vardÄ± diye sordu", "Kaç kişi vardı diye sordu"},
		{"tr", "Ä°ZMÄ°R'DE YAÄžMUR", "İZMİR'DE YAĞMUR"},
		{"", "Mise Ã jour de l'Ã©tÃ©", "Mise à jour de l'été"},
		{"", "Ýstanbul'un ýþýðý söndü", "İstanbul'un ışığı söndü"},
		{"tr", "Þiþli'de ýþýk; ışık", "Şişli'de ışık; ışık"},
		{"", "Þiþli'de ýþýk; ışık", "Þiþli'de ýþýk; ışık"},
		{"tr", "Baþkan Ýzmir'e gitti, yaðmur yaðýyor", "Başkan İzmir'e gitti, yağmur yağıyor"},
		{"", "„RÜYÂ» ve „Ä“ ile Å", "„RÜYÂ» ve „Ä“ ile Å"},
		{"", "Þór Guðmundsson og Sigríður ný", "Þór Guðmundsson og Sigríður ný"},
		{"is", "Það er ný þýðing", "Það er ný þýðing"},
		{"", "Nový a krásný dům", "Nový a krásný dům"},
		{"", "Âdem, hâlâ yâr; Åland ve Ärger", "Âdem, hâlâ yâr; Åland ve Ärger"},
	} {
		d := newsroom.Dispatch{Kind: newsroom.KindText, Language: c.language, Headline: c.sent, EdNotes: []newsroom.EdNote{{Text: c.sent}}}
		sense.SetText(&d, c.sent+"\n\nSon.")
		d.Pictures = []newsroom.PictureRef{{ID: "p", Caption: c.sent}}
		sense.Finish(&d, sense.Source{Provider: "kuzey"})
		body := strings.Join(d.Body.Lines(), "|")
		if d.Headline != c.want || d.EdNotes[0].Text != c.want || d.Pictures[0].Caption != c.want || !strings.Contains(body, "Son.") {
			t.Errorf("%q reads %q, %q, %q, %q", c.sent, d.Headline, d.EdNotes[0].Text, d.Pictures[0].Caption, body)
		}
		warned := strings.Contains(strings.Join(d.Warnings, " "), "encoding_repaired")
		if warned != (c.sent != c.want) {
			t.Errorf("%q: warnings %v", c.sent, d.Warnings)
		}
	}
}
