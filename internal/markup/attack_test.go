package markup_test

import (
	"bufio"
	"encoding/json"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/net/html"

	"github.com/rotatif/newsroom/internal/markup"
)

// corpora is where the shared collections of hostile input lie, when they do.
const corpora = "../../../shared/data/corpora/"

// page writes nodes as HTML, the plain way. Reading it again must give the same nodes.
func page(nodes []markup.Node) string {
	var b strings.Builder
	for _, n := range nodes {
		switch n.Kind {
		case markup.Heading:
			element(&b, "h2", n.Class, n.Inline)
		case markup.Quote:
			b.WriteString("<blockquote>")
			element(&b, "p", n.Class, n.Inline)
			b.WriteString("</blockquote>")
		case markup.Image:
			b.WriteString(`<figure><img src="` + html.EscapeString(n.Src) + `" alt="` + html.EscapeString(n.Alt) + `"><figcaption>` +
				html.EscapeString(n.Caption) + "</figcaption></figure>")
		case markup.Bulleted:
			items(&b, "ul", n.Items)
		case markup.Numbered:
			items(&b, "ol", n.Items)
		case markup.Table:
			table(&b, n)
		default:
			element(&b, "p", n.Class, n.Inline)
		}
		b.WriteByte('\n')
	}
	return b.String()
}

func element(b *strings.Builder, name, class string, inline []markup.Inline) {
	b.WriteString("<" + name)
	if class != "" {
		b.WriteString(` class="` + html.EscapeString(class) + `"`)
	}
	b.WriteString(">" + marked(inline) + "</" + name + ">")
}

func items(b *strings.Builder, name string, all [][]markup.Inline) {
	b.WriteString("<" + name + ">")
	for _, item := range all {
		element(b, "li", "", item)
	}
	b.WriteString("</" + name + ">")
}

func table(b *strings.Builder, n markup.Node) {
	b.WriteString("<table>")
	for i, row := range n.Rows {
		b.WriteString("<tr>")
		for _, cell := range row {
			name := "td"
			if n.Head && i == 0 {
				name = "th"
			}
			element(b, name, "", cell)
		}
		b.WriteString("</tr>")
	}
	b.WriteString("</table>")
}

func marked(inline []markup.Inline) string {
	var b strings.Builder
	for _, i := range inline {
		text := html.EscapeString(i.Text)
		if i.Strong {
			text = "<b>" + text + "</b>"
		}
		if i.Em {
			text = "<i>" + text + "</i>"
		}
		if i.Href != "" {
			text = `<a href="` + html.EscapeString(i.Href) + `">` + text + "</a>"
		}
		b.WriteString(text)
	}
	return b.String()
}

// harmless holds nodes against what a page may be made of, without asking the
// code that made them: it reads the page with another reader.
func harmless(t interface{ Errorf(string, ...any) }, nodes []markup.Node) {
	doc, err := html.Parse(strings.NewReader(page(nodes)))
	if err != nil {
		t.Errorf("the page cannot be read: %v", err)
		return
	}
	known := strings.Fields("html head body p h2 blockquote figure img figcaption ul ol li table tbody tr td th b i a")
	for n := range doc.Descendants() {
		if n.Type == html.CommentNode || n.Type == html.ElementNode && !slices.Contains(known, n.Data) {
			t.Errorf("<%s> came through", n.Data)
		}
		for _, a := range n.Attr {
			if !plainAttribute(a) {
				t.Errorf("%s=%q came through", a.Key, a.Val)
			}
		}
	}
}

func plainAttribute(a html.Attribute) bool {
	switch a.Key {
	case "alt", "class":
		return true
	case "href", "src":
		u, err := url.Parse(a.Val)
		return err == nil && (u.Scheme == "http" || u.Scheme == "https" || a.Key == "href" && u.Scheme == "mailto")
	default:
		return false
	}
}

// settled holds that reading what was read changes nothing.
func settled(t interface{ Errorf(string, ...any) }, source string) {
	once, _ := markup.Parse(source, markup.Limits{})
	harmless(t, once)
	twice, cut := markup.Parse(page(once), markup.Limits{})
	if diff := cmp.Diff(once, twice); diff != "" || cut {
		t.Errorf("%q is read anew as something else (cut %v):\n%s", source, cut, diff)
	}
}

// payloads are the hostile texts of one collection.
func payloads(t *testing.T, name string) []string {
	t.Helper()
	f, err := os.Open(corpora + name)
	if err != nil {
		t.Skip("the shared collections of hostile input are not here")
	}
	defer func() { _ = f.Close() }()
	all := []string{}
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 4<<20)
	for lines.Scan() {
		row := struct {
			Payload string `json:"payload"`
			S       string `json:"s"`
		}{}
		if err := json.Unmarshal(lines.Bytes(), &row); err != nil {
			t.Fatal(err)
		}
		all = append(all, row.Payload+row.S)
	}
	if len(all) == 0 || lines.Err() != nil {
		t.Fatalf("%s holds nothing: %v", name, lines.Err())
	}
	return all
}

func TestHostileMarkup(t *testing.T) {
	t.Parallel()
	for _, name := range []string{
		"xss/owasp_filter_evasion.jsonl", "xss/dompurify_expect.jsonl", "xss/html5lib_sanitizer.jsonl", "xss/h5sc_vectors.jsonl",
		"xss/mutated.jsonl", "xss/surfaces.jsonl",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			all := payloads(t, name)
			for _, p := range all {
				settled(t, p)
				settled(t, "<p>"+p+"</p>")
				settled(t, markup.Unescape(html.EscapeString(p)))
				settled(t, `<a href="`+p+`">a</a><img src="`+p+`" alt='`+p+`'>`)
			}
			t.Logf("%d texts", len(all))
		})
	}
}

// Whole documents of others, good and bad: none gets through, none is a panic.
func TestForeignDocuments(t *testing.T) {
	t.Parallel()
	tried := 0
	for _, pattern := range []string{"feeds/*/*", "xml/*/*", "fuzzseeds/xml/*", "strings/*"} {
		names, err := filepath.Glob(corpora + pattern)
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range names {
			raw, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			tried++
			settled(t, string(raw))
			if d, err := markup.Decode(raw, "", "windows-1254"); err == nil {
				settled(t, markup.Unescape(d.Text))
			}
		}
	}
	if tried == 0 {
		t.Skip("the shared collections of hostile input are not here")
	}
	t.Logf("%d documents", tried)
}

// What costs its sender nothing must not cost us more: each of these takes
// hours where the work grows with the square of the length.
func TestCostlyMarkup(t *testing.T) {
	t.Parallel()
	const size = 1 << 20
	for name, piece := range map[string]string{
		"runs of one mark":      "abcdefghij<u>",
		"marks without text":    "abcdefghij<b>\u200b</b>",
		"open marks":            "<b><i><a href=https://a.example/>a",
		"open lists":            "<ul><li>a",
		"closed lists":          "</ul>",
		"open tables":           "<table><tr><td>a",
		"closed tables":         "</table>",
		"cells":                 "<td>a",
		"breaks in a cell":      "<table><td><br> ",
		"captions":              "<figcaption>abcdefghij<p>",
		"captions of a picture": "<figure><img src=https://a.example/a><figcaption>abcdefghij</figcaption>",
		"open quotes":           "<blockquote>a",
		"silent elements":       "<svg><object>",
		"comments":              "<!--",
		"attributes":            "<p a b c d=e ",
		"entities":              "&amp;&#x41;&notanentity",
		"open brackets":         "<",
		"cdata":                 "<![CDATA[",
		"marks of order":        "\u202e\u200d",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			source := strings.Repeat(piece, size/len(piece))
			nodes, _ := markup.Parse(source, markup.Limits{})
			_ = markup.Text(nodes)
			_ = markup.Strip(source)
			_ = markup.Unescape(source)
			_ = markup.HasTags(source)
			_ = markup.FromText(source)
		})
	}
}
