package markup_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/rotatif/newsroom/internal/markup"
)

func p(text string) markup.Node {
	return markup.Node{Kind: markup.Paragraph, Inline: []markup.Inline{{Text: text}}}
}

func row(cells ...string) [][]markup.Inline {
	out := make([][]markup.Inline, len(cells))
	for i, c := range cells {
		if c != "" {
			out[i] = []markup.Inline{{Text: c}}
		}
	}
	return out
}

const pic = `<img src="https://a.example/1.jpg" alt=" iki  kişi ">`

func picture(caption string) markup.Node {
	return markup.Node{Kind: markup.Image, Src: "https://a.example/1.jpg", Alt: "iki kişi", Caption: caption}
}

// Markup as it arrives.
func TestConvert(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, html string
		want       []markup.Node
	}{
		{"breaks with space between", "Bir<br />\r\n<br />&nbsp;iki", []markup.Node{p("Bir"), p("iki")}},
		{"lines and nothing else", "<div>Bir<br>iki<br/>\nüç</div>", []markup.Node{p("Bir"), p("iki"), p("üç")}},
		{"lines, and paragraphs too", "Bir<br>iki<p>üç<br>dört", []markup.Node{p("Bir iki"), p("üç dört")}},
		{"a line in a caption", "<figure>" + pic + "<figcaption>a<br>b</figcaption></figure>", []markup.Node{picture("a b")}},
		{"blocks without a space", "<header>a</header>b<aside>c</aside>", []markup.Node{p("a"), p("b"), p("c")}},
		{
			"a cell of two paragraphs", "<table><tr><td><p>a</p><p>b</p></td><td>c</td></tr></table>",
			[]markup.Node{{Kind: markup.Table, Rows: [][][]markup.Inline{row("a b", "c")}}},
		},
		{"a frame of a table", "<table><tr><td><p>a</p><p>b</p></td></tr></table>", []markup.Node{p("a"), p("b")}},
		{
			"headings at the side are no head", "<table><tr><th>a</th><td>1</td></tr><tr><th>b</th><td>2</td></tr></table>",
			[]markup.Node{{Kind: markup.Table, Rows: [][][]markup.Inline{row("a", "1"), row("b", "2")}}},
		},
		{
			"empty cells keep their place", "<table><tr><td>a</td><td></td><td>c</td></tr><tr><td></td></tr></table>",
			[]markup.Node{{Kind: markup.Table, Rows: [][][]markup.Inline{row("a", "", "c")}}},
		},
		{
			"a table in a table", "<table><tr><td>a<table><tr><td>b</td><td>c</td></tr></table></td></tr><tr><td>d</td></tr></table>e",
			[]markup.Node{{Kind: markup.Table, Rows: [][][]markup.Inline{row("a"), row("b", "c"), row("d")}}, p("e")},
		},
		{
			"the caption of a table", "<table><caption>Ad</caption><tr><td>a<td>b</table>",
			[]markup.Node{p("Ad"), {Kind: markup.Table, Rows: [][][]markup.Inline{row("a", "b")}}},
		},
		{
			"an item of two paragraphs", "<ol><li><p>a</p><p>b</p><li>c</ol>",
			[]markup.Node{{Kind: markup.Numbered, Items: row("a b", "c")}},
		},
		{
			"a list in a list", "<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>d",
			[]markup.Node{{Kind: markup.Bulleted, Items: row("a", "b", "c")}, p("d")},
		},
		{"a heading in an item ends with it", "<ul><li><h2>a</ul><p>b", []markup.Node{{Kind: markup.Bulleted, Items: row("a")}, p("b")}},
		{"a heading of boxes", "<h3 class=x><div>a</div></h3>b", []markup.Node{{Kind: markup.Heading, Inline: p("a").Inline}, p("b")}},
		{"an empty heading", "<h2></h2><p>a</p>", []markup.Node{p("a")}},
		{"the caption first", "<figure><figcaption>Köprü</figcaption>" + pic + "</figure>", []markup.Node{picture("Köprü")}},
		{"a caption of paragraphs", "<figure>" + pic + "<figcaption><p>a</p><p>b</p></figcaption></figure>c", []markup.Node{picture("a b"), p("c")}},
		{"two captions", "<figure>" + pic + "<figcaption>a</figcaption><figcaption>b</figcaption></figure>", []markup.Node{picture("a"), p("b")}},
		{"a caption of nothing", "<figure><iframe src=x></iframe><figcaption>a</figcaption></figure>b", []markup.Node{p("a"), p("b")}},
		{"a caption without a figure", pic + "<figcaption>a</figcaption>", []markup.Node{picture("a")}},
		{"the caption of another picture", pic + "<p>b</p><figure><figcaption>a</figcaption></figure>", []markup.Node{picture(""), p("b"), p("a")}},
		{"a picture within a paragraph", "<p>a " + pic + " b</p>", []markup.Node{p("a"), picture(""), p("b")}},
		{"a picture by mail", `<img src="mailto:a@a.example">`, nil},
		{"a picture from nowhere", `<img src="/a.jpg"><img src="data:image/png;base64,AA">a`, []markup.Node{p("a")}},
		{"an old film", `<object data=x><param name=a><embed src=x></object><p>a</p><embed src=y>b`, []markup.Node{p("a"), p("b")}},
		{"XHTML with an empty frame", `<p>a</p><iframe src="x"/><script src="y"/><p>b</p>`, []markup.Node{p("a"), p("b")}},
		{"XHTML with a prefix", `<x:p>a</x:p><x:script>b</x:script><x:p>c</x:p>`, []markup.Node{p("a"), p("c")}},
		{"a formula", "<math><mi>x</mi><mo>=</mo><mn>1</mn></math>", []markup.Node{p("x=1")}},
		{"a drawing", "<svg><text>b</text><svg></svg><text>c</text></svg>a", []markup.Node{p("a")}},
		{"a quotation in the line", "<p>dedi: <q>gel</q></p>", []markup.Node{p("dedi: “gel”")}},
		{"lines as typed", "<pre>a\nb\n\nc</pre>", []markup.Node{p("a b"), p("c")}},
		{"wrapped once too often", "<![CDATA[<p>a</p>]]>", []markup.Node{p("a")}},
		{"what does not show", "<p>a\u00adb\u200b\u202ec\u2066</p>", []markup.Node{p("abc")}},
		{"what shapes", "<p>می\u200cخواهم</p>", []markup.Node{p("می\u200cخواهم")}},
		{"a mark around nothing", "<p>a<b>\u200b</b>b</p>", []markup.Node{p("ab")}},
		{"a link in a link", `<a href="https://a.example/">a<a href="https://b.example/">b</a>c`, []markup.Node{{
			Kind:   markup.Paragraph,
			Inline: []markup.Inline{{Text: "a", Href: "https://a.example/"}, {Text: "b", Href: "https://b.example/"}, {Text: "c"}},
		}}},
		{"quotes of paragraphs", "<blockquote><p>a</p><p>b</p></blockquote>c", []markup.Node{
			{Kind: markup.Quote, Inline: p("a").Inline}, {Kind: markup.Quote, Inline: p("b").Inline}, p("c"),
		}},
		{"a list of terms", "<dl><dt>a<dd>b</dl>", []markup.Node{p("a"), p("b")}},
		{"entities", "<p>5&nbsp;&lt;&nbsp;6 &amp;amp; &#305;</p>", []markup.Node{p("5 < 6 &amp; ı")}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			have, cut := markup.Parse(c.html, markup.Limits{})
			for i := range have {
				have[i].Class = ""
			}
			if diff := cmp.Diff(c.want, have); diff != "" || cut {
				t.Errorf("Parse(%q), cut %v (-want +have):\n%s", c.html, cut, diff)
			}
		})
	}
}

// What stops in the middle says so, and what stands before or within is read.
func TestUnfinished(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, html, want string }{
		{"a tag", `<p>a</p><a href="https://a.exam`, "a"},
		{"a comment", `<p>a</p><!-- b <i>c</i>`, "a"},
		{"a script", `<p>a</p><script>b<p>c</p>`, "a"},
		{"a drawing", `<p>a</p><svg><p>b</p>`, "a\nb"},
		{"an object in a drawing", `<p>a</p><svg><object>b</svg><object><p>c<script>d</script>`, "a\nb\nc"},
		{"a choice", `<select><option>a<option>b<p>c`, "a\nb\nc"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			nodes, cut := markup.Parse(c.html, markup.Limits{})
			if have := markup.Text(nodes); have != c.want || !cut {
				t.Errorf("Parse(%q) = %q, cut %v; want %q", c.html, have, cut, c.want)
			}
		})
	}
}

func TestAddresses(t *testing.T) {
	t.Parallel()
	for address, want := range map[string]bool{
		"https://a.example/b?c=d&e#f": true, "HTTP://a.example": true, "mailto:a@a.example": true, "https://a.example/ışık": true,
		" https://a.example/ ": true,
		"":                     false, "/a": false, "//a.example/": false, "https://": false, "https:///a": false, "https:a": false, "mailto:": false,
		"javascript:x()": false, "java\tscript:x()": false, "JAVASCRIPT:x()": false, "data:text/html,x": false, "vbscript:x": false,
		"blob:https://a.example/": false, "ftp://a.example/": false, "https://a.example\\@b.example/": false,
		"https://user:pass@a.example/": false, "https://a.example/\u202eb": false, "https://a.exa mple/": false, "https://[::1": false,
		"https://a.example/" + strings.Repeat("a", 5000): false,
	} {
		nodes, _ := markup.Parse(`<a href="`+address+`">a</a>`, markup.Limits{})
		if have := nodes[0].Inline[0].Href; (have != "") != want || want && have != strings.TrimSpace(address) {
			t.Errorf("%q became %q", address, have)
		}
	}
}

func TestFromText(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, text string
		want       []markup.Node
	}{
		{"blank lines", "a\nb\n\nc", []markup.Node{p("a b"), p("c")}},
		{"blank lines with spaces in them", "a\r\nb\r\n \t\r\n\r\nc\r\n", []markup.Node{p("a b"), p("c")}},
		{"no blank line", "\n\na\nb\n", []markup.Node{p("a"), p("b")}},
		{"old line ends", "a\rb", []markup.Node{p("a"), p("b")}},
		{"ends of other alphabets", "a\u2029b\u2028c", []markup.Node{p("a"), p("b c")}},
		{"tags are text", "a <b> c", []markup.Node{p("a <b> c")}},
		{"nothing", " \n\t\n", []markup.Node{}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(c.want, markup.FromText(c.text)); diff != "" {
				t.Errorf("FromText(%q) (-want +have):\n%s", c.text, diff)
			}
		})
	}
}

func TestStrip(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"Dolar 5<b'den düşük":         "Dolar 5<b'den düşük",
		"3 < 5 &amp; 6 > 4":           "3 < 5 & 6 > 4",
		"<b>Son</b> <i>dakika</i>":    "Son dakika",
		"Son<br>dakika":               "Son dakika",
		"A&T  ile\u00a0B":             "A&T ile B",
		"<script>x()</script>Başlık":  "Başlık",
		"&lt;b&gt; nedir?":            "<b> nedir?",
		"<h1>Bir</h1><p>iki</p>":      "Bir iki",
		"":                            "",
		"a < b <strong>ve</strong> c": "a < b ve c",
	} {
		if have := markup.Strip(in); have != want {
			t.Errorf("Strip(%q) = %q, want %q", in, have, want)
		}
	}
}

func TestUnescape(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"&lt;p&gt;a &amp;amp; b&lt;/p&gt;": "<p>a &amp; b</p>",
		"<p>&lt;p&gt; bir etikettir</p>":   "<p>&lt;p&gt; bir etikettir</p>",
		"5 &lt; 6":                         "5 &lt; 6",
		"düz":                              "düz",
	} {
		if have := markup.Unescape(in); have != want {
			t.Errorf("Unescape(%q) = %q, want %q", in, have, want)
		}
	}
}

func TestHasTags(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]bool{
		"": false, "a": false, "<": false, "5 < 6": false, "5 < 6 > 4": false, "a <b c": false, "<3 >": false,
		"<p>": true, "a < b <i>c</i>": true, "</p>": true, "<!-- a -->": true,
	} {
		if have := markup.HasTags(in); have != want {
			t.Errorf("HasTags(%q) = %v", in, have)
		}
	}
}
