package app

import (
	"bufio"
	"bytes"
	"encoding/json"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/rotatif/newsroom"
	"github.com/rotatif/newsroom/internal/wire"
	"github.com/rotatif/newsroom/internal/wire/wiretest"
)

// Every foreign file is told in one line of the promised form, whatever is in it.
func TestEveryFileIsExplained(t *testing.T) {
	t.Parallel()
	for _, folder := range []string{"wire", "corpora/xml", "corpora/json", "corpora/feeds", "corpora/strings"} {
		t.Run(folder, func(t *testing.T) {
			t.Parallel()
			root := wiretest.Shared(t, folder)[0]
			files := 0
			err := filepath.WalkDir(root, func(_ string, entry fs.DirEntry, err error) error {
				if err == nil && !entry.IsDir() {
					files++
				}
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
			var out bytes.Buffer
			if err := (Explainer{JSON: true, Lang: "en", Out: &out}).Explain([]string{root}); err != nil {
				t.Fatal(err)
			}
			lines := bufio.NewScanner(&out)
			lines.Buffer(nil, 64<<20)
			told := 0
			for ; lines.Scan(); told++ {
				checkLine(t, lines.Bytes())
			}
			if lines.Err() != nil || told != files || files == 0 {
				t.Errorf("%d lines for %d files (%v)", told, files, lines.Err())
			}
		})
	}
}

func checkLine(t *testing.T, line []byte) {
	t.Helper()
	var x explained
	strict := json.NewDecoder(bytes.NewReader(line))
	strict.DisallowUnknownFields()
	if err := strict.Decode(&x); err != nil {
		t.Fatalf("%.200s: %v", line, err)
	}
	if x.Error != nil && (strings.HasPrefix(*x.Error, "wire.reason") || *x.Error == "") {
		t.Errorf("%s: no sentence: %q", x.File, *x.Error)
	}
	if x.Error == nil && x.Format == nil {
		t.Errorf("%s: neither read nor refused", x.File)
	}
	statuses := []newsroom.PubStatus{newsroom.Usable, newsroom.Withheld, newsroom.Canceled, newsroom.StatusUnknown}
	for _, item := range x.Items {
		if !slices.Contains(statuses, item.PubStatus) || item.Kind == "" {
			t.Errorf("%s: status %q, kind %q", x.File, item.PubStatus, item.Kind)
		}
		if item.Embargo != nil && *item.Embargo != "unknown" {
			if _, err := time.Parse(time.RFC3339, *item.Embargo); err != nil {
				t.Errorf("%s: embargo %s", x.File, *item.Embargo)
			}
		}
		if item.Notice != nil && !slices.Contains([]string{"kill", "correction", "hold"}, *item.Notice) {
			t.Errorf("%s: notice %s", x.File, *item.Notice)
		}
	}
}

func TestToldAsHTML(t *testing.T) {
	t.Parallel()
	d := newsroom.Dispatch{Body: newsroom.Body{
		{Kind: newsroom.Subhead, Text: newsroom.Text("A & B")},
		{Kind: newsroom.Paragraph, Text: []newsroom.Span{{Text: "<i>", Em: true, Strong: true}, {Text: "x", Href: "https://a.example/?a=1&b=2"}}},
		{Kind: newsroom.List, Ordered: true, Items: [][]newsroom.Span{newsroom.Text("bir"), newsroom.Text("iki")}},
		{Kind: newsroom.Table, Head: true, Rows: [][][]newsroom.Span{{newsroom.Text("a"), nil}, {newsroom.Text("1"), newsroom.Text("2")}}},
		{Kind: newsroom.Quote, Text: newsroom.Text("söz")},
		{Kind: newsroom.Background, Text: newsroom.Text("Ne olmuştu?"), Blocks: []newsroom.Block{{Kind: newsroom.Paragraph, Text: newsroom.Text("o")}}},
		{Kind: newsroom.Picture, Picture: &newsroom.PictureRef{Caption: "k <"}},
	}}
	want := `<h2>A &amp; B</h2><p><strong><em>&lt;i&gt;</em></strong><a href="https://a.example/?a=1&amp;b=2">x</a></p><ol><li>bir</li><li>iki</li></ol>` +
		`<table><tr><th>a</th><th></th></tr><tr><td>1</td><td>2</td></tr></table><blockquote>söz</blockquote>` +
		`<aside><h2>Ne olmuştu?</h2><p>o</p></aside><figure><figcaption>k &lt;</figcaption></figure>`
	told := wire.Tell(d)
	if told.HTML == nil || *told.HTML != want {
		t.Errorf("%v\nwant %s", told.HTML, want)
	}
	if len(told.Body) != 7 || told.Body[2].Text != "bir\niki" {
		t.Errorf("%+v", told.Body)
	}
}

// People read what each field was read from, every repair and the text.
func TestExplainedToPeople(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	for name, raw := range map[string]string{
		"1.xml": g2of("ka:1", 3, "usable", "none", "Köprü açıldı", "BOLU (KA) - Köprü & yol açıldı.", "İkinci paragraf."),
		"2.xml": "kein Format",
		"3.xml": g2of("ka:2", 1, "canceled", "none", "İptal"),
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(raw), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	var tr, en bytes.Buffer
	for lang, out := range map[string]*bytes.Buffer{"tr_TR.UTF-8": &tr, "C": &en} {
		if err := (Explainer{Lang: lang, Out: out, Colour: lang == "C"}).Explain([]string{dir}); err != nil {
			t.Fatal(err)
		}
	}
	for _, want := range []string{
		"biçim          newsml-g2", "kimlik         ka:1  ← @guid", "durum          canceled  ← pubStatus", "başlık         Köprü açıldı  ← headline",
		"mahreç         BOLU (KA) -", "paragraph  Köprü & yol açıldı.", "okunamadı      ",
	} {
		if !strings.Contains(tr.String(), want) {
			t.Errorf("%q is not in\n%s", want, tr.String())
		}
	}
	if strings.Contains(tr.String(), "\x1b") || !strings.Contains(en.String(), "\x1b[2m  ← @guid") || !strings.Contains(en.String(), "headline       Köprü açıldı") {
		t.Errorf("%s", en.String())
	}
	for _, format := range []string{"newsml-g2", "newsml-1", "nitf", "ninjs", "rss"} {
		from := places(format)
		for _, field := range []string{"identity", "headline", "byline", "image", "rights"} {
			if from[field] == "" {
				t.Errorf("%s: nobody says where %s stands", format, field)
			}
		}
	}
}
