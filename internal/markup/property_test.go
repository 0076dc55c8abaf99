package markup_test

import (
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/rotatif/newsroom/internal/markup"
)

// soup is markup as no editor should write it: any tag open or closed
// anywhere, with numbered words between.
func soup(t *rapid.T) (source string, words []string) {
	tags := strings.Fields(`p div h2 b i strong em a ul ol li table tr td th caption tbody blockquote figure figcaption pre br hr q
		span u section aside dl dt dd details summary hl1 block xhtml:p center font address math mi nav`)
	tag := rapid.SampledFrom(tags)
	var b strings.Builder
	for n := range rapid.IntRange(0, 60).Draw(t, "pieces") {
		switch rapid.IntRange(0, 5).Draw(t, "kind") {
		case 0, 1:
			words = append(words, "w"+strconv.Itoa(n)+".")
			b.WriteString(words[len(words)-1])
		case 2, 3:
			b.WriteString("<" + tag.Draw(t, "tag") + rapid.SampledFrom([]string{"", "", "/", " class=x", ` href="https://a.example/"`}).Draw(t, "rest") + ">")
		case 4:
			b.WriteString("</" + tag.Draw(t, "tag") + ">")
		default:
			b.WriteString(rapid.SampledFrom([]string{" ", "\n", "&nbsp;", "<!-- a -->", "<img src=https://a.example/a.jpg>", "\u00ad", "\n\n", "<br>"}).Draw(t, "filling"))
		}
	}
	return b.String(), words
}

// Every word that was there is there once.
func TestNoWordIsLost(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		source, words := soup(t)
		nodes, cut := markup.Parse(source, markup.Limits{})
		if cut {
			t.Fatalf("%q was cut", source)
		}
		text := markup.Text(nodes)
		for _, w := range words {
			if n := strings.Count(text, w); n != 1 {
				t.Fatalf("%q: %s stands %d times in %q", source, w, n, text)
			}
		}
	})
}

// Reading a page made of what was read gives the same.
func TestReadingSettles(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		source, _ := soup(t)
		settled(t, source)
	})
}

// Any text at all: nothing harmful, nothing stray, no line longer than its source.
func TestAnyText(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.String().Draw(t, "s")
		settled(t, s)
		if once := markup.Strip(s); markup.Strip(strings.ReplaceAll(strings.ReplaceAll(once, "&", "&amp;"), "<", "&lt;")) != once {
			t.Fatalf("Strip(%q) = %q does not stand", s, once)
		}
		for _, n := range markup.FromText(s) {
			if text := markup.Plain(n.Inline); text == "" || text != strings.Join(strings.Fields(text), " ") {
				t.Fatalf("FromText(%q) has the paragraph %q", s, text)
			}
		}
	})
}

// A limit cuts and never breaks.
func TestLimitsCut(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		source, _ := soup(t)
		l := markup.Limits{Bytes: rapid.IntRange(1, 400).Draw(t, "bytes"), Nodes: rapid.IntRange(1, 80).Draw(t, "nodes")}
		nodes, cut := markup.Parse(source, l)
		harmless(t, nodes)
		if !cut && len(source) > l.Bytes {
			t.Fatalf("%d bytes were read where %d are allowed", len(source), l.Bytes)
		}
	})
}

func FuzzParse(f *testing.F) {
	f.Add(`<p>Bir <b>iki</b><script>x()</script><a href="https://a.example/">üç</a>`)
	f.Add(`<table><tr><td><p>a<p>b</table><figure><figcaption>c<img src=https://a.example/a></figure>`)
	f.Add(`<svg><![CDATA[<img src=x>]]><p>a</svg><object><embed src=x></object><br><br>b`)
	f.Add(`&lt;p&gt;a&lt;/p&gt;`)
	f.Fuzz(func(t *testing.T, source string) {
		if len(source) > 1<<16 {
			t.Skip("long enough")
		}
		settled(t, source)
		settled(t, markup.Unescape(source))
	})
}

func FuzzDecode(f *testing.F) {
	f.Add([]byte("ışık"), "utf-8", "windows-1254")
	f.Add([]byte("\xff\xfe<\x00a\x00>"), "utf-16", "")
	f.Add([]byte("\xd6\xf0le"), "iso-8859-9", "windows-1254")
	f.Add([]byte("\x8d\x98"), "", "cp857")
	f.Fuzz(func(t *testing.T, raw []byte, declared, fallback string) {
		d, err := markup.Decode(raw, declared, fallback)
		if err != nil {
			return
		}
		again, err := markup.Decode([]byte(d.Text), "", "")
		if err != nil || again.Text != d.Text || again.Encoding != "utf-8" {
			t.Errorf("decoded %q is not plain text: %q as %s, %v", d.Text, again.Text, again.Encoding, err)
		}
	})
}
