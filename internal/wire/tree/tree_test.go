package tree_test

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"github.com/rotatif/newsroom/internal/wire/tree"
	"github.com/rotatif/newsroom/internal/wire/wiretest"
)

// lines writes a tree one element or text a line, for comparison.
func lines(n *tree.Node, depth int) []string {
	indent := strings.Repeat(" ", depth)
	if n.Name == "" {
		return []string{indent + "\"" + n.Text}
	}
	all := []string{indent + n.Space + "|" + n.Name}
	attrs := []string{}
	for _, a := range n.Attrs {
		attrs = append(attrs, indent+"@"+a.Space+"|"+a.Name+"="+a.Value)
	}
	slices.Sort(attrs)
	all = append(all, attrs...)
	for _, kid := range n.Kids {
		all = append(all, lines(kid, depth+1)...)
	}
	return merged(all)
}

// merged joins neighbouring texts of one element: where one ends and the next begins is nobody's business.
func merged(all []string) []string {
	text := func(l string) (indent int, ok bool) {
		rest := strings.TrimLeft(l, " ")
		return len(l) - len(rest), strings.HasPrefix(rest, `"`)
	}
	out := []string{}
	for _, l := range all {
		indent, ok := text(l)
		if n := len(out); n > 0 && ok {
			if before, ok := text(out[n-1]); ok && before == indent {
				out[n-1] += l[indent+1:]
				continue
			}
		}
		out = append(out, l)
	}
	return out
}

// strict reads a document with the standard library, which refuses what is not
// well formed, and writes it as lines does.
func strict(src string) ([]string, error) {
	d := xml.NewDecoder(strings.NewReader(src))
	d.CharsetReader = func(_ string, in io.Reader) (io.Reader, error) { return in, nil }
	all, depth := []string{}, 0
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return merged(all), nil
		}
		if err != nil {
			return nil, err
		}
		indent := strings.Repeat(" ", max(depth, 0))
		switch t := token.(type) {
		case xml.StartElement:
			all = append(all, indent+strings.TrimSpace(t.Name.Space)+"|"+t.Name.Local)
			attrs := []string{}
			for _, a := range t.Attr {
				if a.Name.Space == "xmlns" || a.Name.Space == "" && a.Name.Local == "xmlns" {
					continue
				}
				space := strings.Replace(a.Name.Space, "http://www.w3.org/XML/1998/namespace", "xml", 1)
				attrs = append(attrs, indent+"@"+space+"|"+a.Name.Local+"="+a.Value)
			}
			slices.Sort(attrs)
			all = append(all, attrs...)
			depth++
		case xml.EndElement:
			depth--
		case xml.CharData:
			if depth > 0 {
				all = append(all, indent+"\""+string(t))
			}
		case xml.Comment: // of a character lost, its number
			var lost rune
			if _, err := fmt.Sscanf(string(t), " %x(unknown) ", &lost); err == nil && depth > 0 {
				all = append(all, indent+"\""+string(lost))
			}
		case xml.Directive:
			if bytes.Contains(t, []byte("ENTITY")) {
				return nil, errors.New("declares entities")
			}
		}
	}
}

// What a correct parser accepts must be read exactly as it reads it.
func TestAgreesWithStrictParser(t *testing.T) {
	t.Parallel()
	agreed := 0
	for _, pattern := range []string{"wire/*/*.xml", "corpora/feeds/*/*.xml", "corpora/xml/*/*.xml"} {
		for _, path := range wiretest.Shared(t, pattern) {
			raw, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			src := strings.ReplaceAll(strings.TrimPrefix(string(raw), "\ufeff"), "\r\n", "\n")
			want, err := strict(src)
			doc := tree.XML(src, tree.Bounds())
			if err != nil || !utf8.ValidString(src) || doc.Fault != "" || doc.Root() == nil || doc.Root().Fault != "" || strings.ContainsRune(src, '\u0092') || strings.Contains(src, "&#1") || strings.Contains(src, "&#2") {
				continue // ill formed, over the limits, or mended on purpose
			}
			agreed++
			have := []string{}
			for _, root := range doc.Roots {
				have = append(have, lines(root, 0)...)
			}
			if diff := cmp.Diff(want, merged(have)); diff != "" {
				t.Errorf("%s (-strict +ours)\n%.2000s", filepath.Base(path), diff)
			}
		}
	}
	t.Logf("agreed on %d documents", agreed)
	if agreed < 300 {
		t.Errorf("only %d documents were compared", agreed)
	}
}

func TestForgives(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, src, want string }{
		{"bare ampersand", `<a>Fish & Chips &amp; more &nbsp;&copy=2;</a>`, "|a\n \"Fish & Chips & more \u00a0&copy=2;"},
		{"unknown entity", `<a>&yok; &lt;</a>`, "|a\n \"&yok; <"},
		{"less-than in text", `<a>3 < 5 <b>x</b></a>`, "|a\n \"3 < 5 \n |b\n  \"x"},
		{"undeclared prefix", `<a><itunes:b/></a>`, "|a\n itunes|b"},
		{"attribute without quotes", `<a b=c d e='f"g'/>`, "|a\n@|b=c\n@|d=\n@|e=f\"g"},
		{"crossed tags", `<a><b><c>x</b>y</c></a>`, "|a\n |b\n  |c\n   \"x\n \"y"},
		{"end without a start", `<a></b>x</a>`, "|a\n \"x"},
		{"end tag with a space", `<a>x</ b>y</a>`, "|a\n \"xy"},
		{"space in a namespace", `<a xmlns=" urn:x "/>`, "urn:x|a"},
		{"cdata", `<a><![CDATA[<p>&amp;]]]]></a>`, "|a\n \"<p>&amp;]]"},
		{"windows-1252 by number", `<a>don&#146;t</a>`, "|a\n \"don’t"},
		{"utf-8 encoded twice", `<a>&#226;&#128;&#166;</a>`, "|a\n \"…"},
		{"numbers that are no characters", `<a>&#0;&#11;&#xD800;&#x1F600;</a>`, "|a\n \"\uFFFD😀"},
		{"two declarations", `<?xml?xml version="1.0" ??><a/>`, "|a"},
		{"junk before and after", "Warning: x\n<a/>son", "|a"},
		{"a cdata never ended", `<a><b><![CDATA[x</b><c/></a>`, "|a\n |b\n  \"x\n |c"},
		{"a comment never ended", `<a><b>x<!-- y</b><c/></a>`, "|a\n |b\n  \"x y\n |c"},
		{"a comment ended by another's mark", `<a><b><!-- y</b><c><!-- z --></c></a>`, "|a\n |b\n  \" y\n |c"},
		{"a quote never closed", `<a><b c="d>x</b><e f="g"/></a>`, "|a\n |b\n @|c=d\n  \"x\n |e\n @|f=g"},
		{"markup in quotes", `<a><b c="</d><d>x"/></a>`, "|a\n |b\n @|c=</d><d>x"},
		{"comments and instructions", `<!-- <x> --><a><?php x() ?><!-- -->y</a>`, "|a\n \"y"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			have := lines(tree.XML(c.src, tree.Bounds()).Root(), 0)
			if diff := cmp.Diff(strings.Split(c.want, "\n"), have); diff != "" {
				t.Errorf("%s (-want +have)\n%s", c.src, diff)
			}
		})
	}
}

func TestEntitiesAreNeverExpanded(t *testing.T) {
	t.Parallel()
	for src, declares := range map[string]bool{
		`<!DOCTYPE a [<!ENTITY b "ccc">]><a>&b;</a>`:                                                                                  true,
		`<!DOCTYPE a [<!ENTITY % p SYSTEM "http://127.0.0.1/"> %p;]><a>x</a>`:                                                         true,
		`<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0//EN" "http://x.invalid/"><a/>`:                                                  false,
		`<!DOCTYPE nitf SYSTEM "nitf-3-4.dtd" [<!ELEMENT a (b)>]><a/>`:                                                                false,
		`<!DOCTYPE NewsML PUBLIC "-//x" "../d.dtd" [<!ENTITY % nitf SYSTEM "../nitf/nitf-3-0.dtd"> %nitf;]><NewsML/>`:                 false,
		`<!DOCTYPE r [<!ENTITY % l PUBLIC "-//W3C//ENTITIES Latin 1//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml-lat1.ent"> %l;]><r/>`: false,
		`<!DOCTYPE N [<!ENTITY % nitf SYSTEM "http://k.example/dtd/nitf-2-5.dtd"> %nitf;]><N/>`:                                       false,
		`<!DOCTYPE a [<!ENTITY % p SYSTEM "http://127.0.0.1:80/nitf.dtd?x"> %p;]><a/>`:                                                true,
		`<!DOCTYPE a [<!ENTITY % p SYSTEM "http://127.0.0.1/x.dtd"> %p;]><a/>`:                                                        true,
		`<!DOCTYPE a [<!ENTITY % p SYSTEM "n.dtd"><!ENTITY q "ccc"> %p;]><a>&q;</a>`:                                                  true,
		`<!DOCTYPE a [<!ATTLIST a b CDATA "a > b"><!-- no --> <!entity b "c">]><a/>`:                                                  true,
	} {
		doc := tree.XML(src, tree.Bounds())
		if doc.Entities != declares {
			t.Errorf("%s: entities %v", src, doc.Entities)
		}
		if text := doc.Root().Raw(); strings.Contains(text, "ccc") {
			t.Errorf("%s was expanded to %q", src, text)
		}
	}
}

// Where an old system could not write a character it left a comment with its number.
func TestLostCharacters(t *testing.T) {
	t.Parallel()
	for src, want := range map[string]string{
		`<p>city<!-- 2019(unknown) -->s <!-- 201c(unknown) -->plan</p>`:         "city’s “plan",
		`<p>city<!-- 2019 -->s<!-- 0000(unknown) --><!-- d800(unknown) --></p>`: "citys\uFFFD",
		`<p>a<!--b--></p><!-- 2019(unknown) -->`:                                "a",
	} {
		doc := tree.XML(src, tree.Bounds())
		if have := doc.Root().Raw(); have != want || doc.Junk {
			t.Errorf("%s reads %q, junk %v", src, have, doc.Junk)
		}
	}
}

// A part that breaks a limit suffers alone, with what contains it.
func TestLimitsHurtTheirPartAlone(t *testing.T) {
	t.Parallel()
	limits := tree.Limits{Elements: 1000, Attrs: 4, Depth: 6, Text: 50}
	for name, c := range map[string]struct {
		part string
		want tree.Fault
	}{
		"deep":   {strings.Repeat("<b>", 20) + strings.Repeat("</b>", 20), tree.TooDeep},
		"unshut": {strings.Repeat("<b>", 20), tree.TooDeep},
		"attrs":  {`<b a="" b="" c="" d="" e=""/>`, tree.TooBig},
		"text":   {strings.Repeat("x", 51), tree.TooBig},
		"fine":   {"<b>x</b>", tree.Whole},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			root := tree.XML("<all><i>"+c.part+"</i><i>neighbour</i></all>", limits).Root()
			if len(root.Kids) != 2 || root.Kids[0].Fault != c.want || root.Kids[1].Fault != tree.Whole || root.Kids[1].Raw() != "neighbour" {
				t.Errorf("%+v", root)
			}
		})
	}
	many := tree.XML("<a>"+strings.Repeat("<b/>", 2000), limits)
	if many.Fault != tree.TooBig {
		t.Errorf("2000 elements: %q", many.Fault)
	}
}

func TestHTML(t *testing.T) {
	t.Parallel()
	src := `<x:body xmlns:x="urn:h"><x:p class="a&quot;b">1 &lt; 2<x:br/>son</x:p><x:p/><x:script>x()</x:script><x:person>Ece</x:person></x:body>`
	have := tree.XML(src, tree.Bounds()).Root().HTML(func(n *tree.Node) string {
		return map[string]string{"script": "-", "person": "", "p": "p", "br": "br"}[n.Name]
	})
	want := `<p class="a&quot;b">1 &lt; 2<br>son</p><p></p>Ece`
	if have != want {
		t.Errorf("have %s\nwant %s", have, want)
	}
}

func TestWords(t *testing.T) {
	t.Parallel()
	for src, want := range map[string]string{
		`<n><h3>Not</h3><ul><li>bir</li><li>i<b>k</b>i</li></ul>üç<br/>dört</n>`: "Not bir iki üç dört",
		`<n>a<x>b</x> c</n>`: "ab c",
		`<n/>`:               "",
	} {
		if have := tree.XML(src, tree.Bounds()).Root().Words(); have != want {
			t.Errorf("%s: %q", src, have)
		}
	}
}

func TestNodeOfNothing(t *testing.T) {
	t.Parallel()
	var n *tree.Node
	if n.Kid("a", "b") != nil || n.Find("a") != nil || n.Attr("a") != "" || n.Line() != "" || n.Lang() != "" || len(n.All("a")) != 0 || n.Elements() != 0 || n.HTML(nil) != "" {
		t.Error("nothing has something in it")
	}
}

func TestAttr(t *testing.T) {
	t.Parallel()
	n := tree.XML(`<a xmlns:r="urn:r" xml:lang="tr" r:about="x" about=" y " empty=""><b>1</b><c/><b> 2
	3</b></a>`, tree.Bounds()).Root()
	if n.Attr("about") != "y" || n.Lang() != "tr" || len(n.All("b")) != 2 || n.Elements() != 3 || n.All("b")[1].Line() != "2 3" {
		t.Errorf("%+v", n)
	}
	if _, there := n.Lookup("empty"); !there {
		t.Error("an empty attribute is none")
	}
	if _, there := n.Lookup("none"); there {
		t.Error("none is an attribute")
	}
}

func FuzzXML(f *testing.F) {
	for _, path := range wiretest.Shared(f, "corpora/xml/own/*.xml") {
		raw, err := os.ReadFile(path)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(raw))
	}
	f.Fuzz(func(t *testing.T, src string) {
		doc := tree.XML(src, tree.Bounds())
		for _, root := range doc.Roots {
			if !strings.Contains(src, root.Name) {
				t.Errorf("an element %q that is not in the text", root.Name)
			}
			_ = root.HTML(func(n *tree.Node) string { return n.Name })
		}
	})
}
