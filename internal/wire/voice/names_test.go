package voice

import (
	"fmt"
	"strings"
	"testing"
)

func TestNamesOfAClause(t *testing.T) {
	t.Parallel()
	for clause, want := range map[string]string{
		"Vali Mehmet Yılmaz,":                              "[Vali Mehmet Yılmaz]",
		"Toplantıda söz alan Prof. Dr. Elif Kaya,":         "[Toplantıda] [Prof. Dr. Elif Kaya]",
		"Ankara'da konuşan Derya Soylu ise":                "[Derya Soylu]",
		"Belediye Başkanı Ayşe Demir'e teşekkür eden Kaya": "[Kaya]",
		"bir yetkili":    "",
		"":               "",
		"Kaya, Yılmaz, ": "[Kaya] [Yılmaz]",
	} {
		var rows []string
		for _, r := range names(clause) {
			rows = append(rows, fmt.Sprint(r.words))
		}
		if got := strings.Join(rows, " "); got != want {
			t.Errorf("%q: %s, want %s", clause, got, want)
		}
	}
}

func TestNamesWithoutTitles(t *testing.T) {
	t.Parallel()
	for row, want := range map[string]string{
		"Vali Mehmet Yılmaz": "Mehmet Yılmaz", "Sağlık Bakanı Ece Deniz": "Ece Deniz", "Vali": "Vali", "Ancak": "", "Toplantıda Kaya": "Kaya",
		"Konuşmasında": "", "AFAD": "AFAD", "Genel Başkan Yardımcısı Ali Rıza Kuzu": "Ali Rıza Kuzu", "": "",
	} {
		if got := untitled(strings.Fields(row)); got != want {
			t.Errorf("%q: %q, want %q", row, got, want)
		}
	}
}

func TestInstitutions(t *testing.T) {
	t.Parallel()
	for said, want := range map[string]string{
		"Valilikten": "Valilik", "AFAD'dan": "AFAD", "Bakanlıktan": "Bakanlık", "İçişleri Bakanlığından": "İçişleri Bakanlığı",
		"Akgöl Belediyesinden": "Akgöl Belediyesi", "Üniversiteden": "Üniversite", "Kızılay’dan": "Kızılay", "Bakanlık": "",
	} {
		if got := institution(said); got != want {
			t.Errorf("%q: %q, want %q", said, got, want)
		}
	}
}

func TestMarksOfQuotation(t *testing.T) {
	t.Parallel()
	for line, want := range map[string]string{
		`"bir" ve “iki” ve «üç» ve „dört“`: "bir|iki|üç|dört",
		`“açık`:                "",
		`''eski'' tırnak`:      "eski",
		`“dışta ‘içte’ dışta”`: "dışta ‘içte’ dışta",
		`“karışık"`:            "karışık",
		`"`:                    "",
		``:                     "",
	} {
		var found []string
		for _, s := range spans(line) {
			found = append(found, line[s.at:s.end])
		}
		if got := strings.Join(found, "|"); got != want {
			t.Errorf("%s: %s, want %s", line, got, want)
		}
	}
}

func TestSentenceBeforeAQuote(t *testing.T) {
	t.Parallel()
	for head, want := range map[string]string{
		"Hava açtı. Kaya, ":                      "Kaya,",
		"Toplantıda Prof. Dr. Elif Kaya, ":       "Toplantıda Prof. Dr. Elif Kaya,",
		"Saat 11.15'te gelen A. Yılmaz, ":        "Saat 11.15'te gelen A. Yılmaz,",
		"Maç 3. dakikada başladı. Hakem düdüğü ": "Hakem düdüğü",
		"": "",
	} {
		if got := sentence(head); got != want {
			t.Errorf("%q: %q, want %q", head, got, want)
		}
	}
}
