package voice_test

import (
	"bufio"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rotatif/newsroom/internal/need"
	"github.com/rotatif/newsroom/internal/wire/voice"
)

// row is a case: a text and what should be found in it, nil for nothing.
type row struct {
	kind, text string
	want       []string
}

func cases(t *testing.T, path string) []row {
	t.Helper()
	file, err := os.Open(path)
	if err != nil {
		need.Missing(t, "no cases at %s", path)
	}
	defer func() { _ = file.Close() }()
	var rows []row
	for lines := bufio.NewScanner(file); lines.Scan(); {
		f := strings.Split(lines.Text(), "\t")
		if len(f) < 3 || f[0] != "source" && f[0] != "quote" {
			continue
		}
		r := row{kind: f[0], text: f[1]}
		if f[2] != "none" {
			r.want = strings.Split(f[2], " ;; ")
		}
		rows = append(rows, r)
	}
	return rows
}

// found is what is found in a text, as the cases write it.
func found(kind, text string) []string {
	var have []string
	if kind == "source" {
		for _, s := range voice.Sources(text, "") {
			have = append(have, s.Name)
		}
		return have
	}
	for _, q := range voice.Quotes(text, "") {
		if q.Speaker == "" {
			q.Speaker = "?"
		}
		have = append(have, q.Speaker+"|"+q.Verb+"|"+q.Text)
	}
	return have
}

// The bars: of what is found hardly anything may be wrong, of what there is
// most must be found.
func TestPrecisionBeforeRecall(t *testing.T) {
	t.Parallel()
	shared, err := filepath.Abs("../../../../shared/data/turkish-cases.tsv")
	if err != nil {
		t.Fatal(err)
	}
	sets, err := filepath.Glob("testdata/*.tsv")
	if err != nil || len(sets) == 0 {
		t.Fatal(err, sets)
	}
	for _, path := range append(sets, shared) {
		for _, kind := range []string{"source", "quote"} {
			t.Run(filepath.Base(path)+"/"+kind, func(t *testing.T) {
				t.Parallel()
				right, wrong, missed := 0, 0, 0
				for _, c := range cases(t, path) {
					if c.kind != kind {
						continue
					}
					r, w, m := compare(found(kind, c.text), c.want)
					right, wrong, missed = right+r, wrong+w, missed+m
					if w+m > 0 {
						t.Logf("%s\n\thave %q\n\twant %q", c.text, found(kind, c.text), c.want)
					}
				}
				precision, recall := ratio(right, wrong), ratio(right, missed)
				t.Logf("precision %.3f, recall %.3f (%d right, %d wrong, %d missed)", precision, recall, right, wrong, missed)
				if precision < 0.95 || recall < 0.8 {
					t.Error("below the bars")
				}
			})
		}
	}
}

func compare(have, want []string) (right, wrong, missed int) {
	left := map[string]int{}
	for _, w := range want {
		left[w]++
	}
	for _, h := range have {
		if left[h] > 0 {
			left[h]--
			right++
		} else {
			wrong++
		}
	}
	return right, wrong, len(want) - right
}

func ratio(right, other int) float64 {
	if right+other == 0 {
		return 1
	}
	return float64(right) / float64(right+other)
}

// What is found lies where it says.
func TestPlaces(t *testing.T) {
	t.Parallel()
	text := "İlk satır.\nVali Mehmet Yılmaz, \"Çalışmalar sürüyor.\" dedi.\nReuters'ın haberine göre üretim durdu."
	quotes, sources := voice.Quotes(text, "tr"), voice.Sources(text, "tr")
	if len(quotes) != 1 || text[quotes[0].At:quotes[0].End] != "Çalışmalar sürüyor." {
		t.Errorf("%+v", quotes)
	}
	if len(sources) != 1 || text[sources[0].At:sources[0].End] != "Reuters'ın haberine göre" || sources[0].Words != "Reuters'ın haberine göre" {
		t.Errorf("%+v", sources)
	}
	if voice.Quotes(text, "de") != nil || voice.Sources(text, "de") != nil {
		t.Error("another language is read")
	}
}

// Any text is looked through in bounded time, and what is found lies within it.
func FuzzVoice(f *testing.F) {
	for _, seed := range []string{strings.Repeat(`"`, 5000), strings.Repeat("A ", 9000) + "haberine göre", strings.Repeat("Reuters'ın ", 5000), "“x” dedi", strings.Repeat("“a, ", 3000), "''", "'A" + strings.Repeat("\xd0", 500) + "' " + strings.Repeat("a", 200)} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		for _, q := range voice.Quotes(text, "") {
			if q.At < 0 || q.End > len(text) || q.At > q.End {
				t.Fatal(fmt.Sprintf("%+v", q))
			}
		}
		for _, s := range voice.Sources(text, "") {
			if s.Name == "" || s.At < 0 || s.End > len(text) {
				t.Fatal(fmt.Sprintf("%+v", s))
			}
		}
	})
}

func BenchmarkParagraph(b *testing.B) {
	paragraph := "Köprülü Havzası'ndaki üç ilçeyi Karataş Limanı'na bağlayacak 12 kilometrelik demir yolu hattı için ihale kararı alındı. " +
		"Havza Postası gazetesinin haberine göre, güzergâh üzerindeki iki viyadük için zemin etüdü geçen ay tamamlandı. Ocaklı, \"Bu hat bekleme süresini indirecek.\" dedi."
	b.Run("sources", func(b *testing.B) {
		for b.Loop() {
			voice.Sources(paragraph, "tr")
		}
	})
	b.Run("quotes", func(b *testing.B) {
		for b.Loop() {
			voice.Quotes(paragraph, "tr")
		}
	})
	b.Run("nothing", func(b *testing.B) {
		plain := strings.Repeat("Ekipler bölgede çalışmalarını sürdürüyor, kar kalınlığı yarım metreyi buldu. ", 4)
		for b.Loop() {
			voice.Sources(plain, "tr")
		}
	})
}

// A quote in a paragraph of its own is said by whom the line before announces.
func TestQuoteInTheNextParagraph(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"Vali Mehmet Yılmaz şöyle konuştu:\n\n\"Yollar açık. Ekipler hazır.\"\n":   "Mehmet Yılmaz|şöyle konuştu|Yollar açık. Ekipler hazır.",
		"Vali Mehmet Yılmaz şöyle konuştu:\n\"Akıllı Durak\" projesi tanıtıldı.\n": "",
		"Programda şunlar var:\n\"Gece Yarısı\"\n":                                 "",
		"Vali Mehmet Yılmaz şöyle konuştu:\nSöz bitti.\n\"Gece Yarısı\"\n":         "",
		"Mayor Anna Bell said:\n\"We will rebuild.\"":                              "Anna Bell|said|We will rebuild.",
	} {
		if have := strings.Join(found("quote", text), "; "); have != want {
			t.Errorf("%s\nhave %q\nwant %q", text, have, want)
		}
	}
}

// A text of nothing but quotation marks is not read to its end, and what is
// found before is kept.
func TestQuotesAreBounded(t *testing.T) {
	t.Parallel()
	if n := len(voice.Quotes(strings.Repeat("\"Evet.\" dedi ", 2000), "tr")); n != 200 {
		t.Errorf("%d quotes are found", n)
	}
	names := strings.Repeat("\"Mavi\" kapak ", 400)
	for n, text := range map[int]string{1: names + "\"Evet.\" dedi", 0: names + names + "\"Evet.\" dedi"} {
		if have := len(voice.Quotes(text, "tr")); have != n {
			t.Errorf("%d quotes behind names, wanted %d", have, n)
		}
	}
}
