package nitf_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/rotatif/newsroom"
	"github.com/rotatif/newsroom/internal/wire/nitf"
	"github.com/rotatif/newsroom/internal/wire/tree"
	"github.com/rotatif/newsroom/internal/wire/wiretest"
)

// read is the dispatch made of a document with the body and the head given.
func read(t *testing.T, head, body string) newsroom.Dispatch {
	t.Helper()
	all := parts(`<nitf><head><docdata><doc-id id-string="1"/></docdata></head><body><body.head>` + head + `</body.head><body.content>` + body + `</body.content></body></nitf>`)
	if len(all) != 1 {
		t.Fatalf("%d parts", len(all))
	}
	d, err := all[0].Read()
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func shown(body newsroom.Body) string {
	var all []string
	for _, b := range body {
		all = append(all, fmt.Sprintf("%s: %s", b.Kind, strings.Join(newsroom.Body{b}.Lines(), "/")))
	}
	return strings.Join(all, "\n")
}

// Every way a text may stand in a body.
func TestBodies(t *testing.T) {
	t.Parallel()
	for body, want := range map[string]string{
		`<p>Bir.</p><p>İki.</p>`:                                                   "paragraph: Bir.\nparagraph: İki.",
		`<block><p>Bir.</p></block><p>İki.</p>`:                                    "paragraph: Bir.\nparagraph: İki.",
		`<block><block><p>Bir.</p></block></block>`:                                "paragraph: Bir.",
		`<P>Bir.</P><P>İki.</P>`:                                                   "paragraph: Bir.\nparagraph: İki.",
		`<p><person>Can</person> ve <org>KA</org>, <location>Bolu</location>.</p>`: "paragraph: Can ve KA, Bolu.",
		`<p>Bir<br/>iki.</p>`:                                                      "paragraph: Bir iki.",
		`<p/><p> </p><p>Bir.</p><p></p>`:                                           "paragraph: Bir.",
		`<p><p>Bir.</p><p>İki.</p></p>`:                                            "paragraph: Bir.\nparagraph: İki.",
		`<p>Bir.</p><hl2><p> Ara </p></hl2><p>İki.</p>`:                            "paragraph: Bir.\nsubhead: Ara\nparagraph: İki.",
		`<p>Bir.</p><bq>İki.</bq>`:                                                 "paragraph: Bir.\nquote: İki.",
		`<p>Bir.</p><bq><block><p>İki.</p></block></bq>`:                           "paragraph: Bir.\nquote: İki.",
		`<p>Bir.</p><ol><li>a</li><li>b</li></ol>`:                                 "paragraph: Bir.\nlist: a/b",
		`<ul><li><p>a</p></li><li>b</li></ul>`:                                     "list: a/b",
		`<table><caption>Puan</caption><tr><td>a</td><td>b</td></tr></table>`:      "paragraph: Puan\ntable: a/b",
		`<nitf-table><nitf-table-metadata><nitf-table-summary><p>Özet</p></nitf-table-summary></nitf-table-metadata><table><tr><th>x</th></tr><tr><td>a</td></tr></table></nitf-table>`: "table: x/a",
		`<p>Bir.</p><fn><p>Dipnot.</p></fn>`:                                                   "paragraph: Bir.\nparagraph: Dipnot.",
		`<p>Bir.</p><note type="npa"><p>Gizli.</p></note><note type="std"><p>Açık.</p></note>`: "paragraph: Bir.\nparagraph: Açık.",
		"Bir\niki.\n\nÜç.": "paragraph: Bir iki.\nparagraph: Üç.",
		"Bir.\nİki.":       "paragraph: Bir.\nparagraph: İki.",
		`&lt;p&gt;Bir &lt;b&gt;iki&lt;/b&gt;.&lt;/p&gt;`:                         "paragraph: Bir iki.",
		`<media media-type="image"><media-caption>x</media-caption></media>Bir.`: "paragraph: Bir.",
		`<p>Bir <a href="https://k.example/">bağ</a>.</p>`:                       "paragraph: Bir bağ.",
		`<p>Bir.</p><script>x()</script><style>p{}</style>`:                      "paragraph: Bir.",
		`<p>A<sup>2</sup> ve <q>alıntı</q></p>`:                                  "paragraph: A2 ve alıntı",
		`<p>Dedi ki <lang iso-lang="en">no <em>way</em></lang>.</p>`:             "paragraph: Dedi ki no way.",
		`<p><frac><frac-num>1</frac-num><frac-sep/><frac-den>2</frac-den></frac>, <frac><frac-num>3</frac-num><frac-sep>/</frac-sep><frac-den>4</frac-den></frac></p>`: "paragraph: 1/2, 3/4",
		`<lang lang="tr"/><block><img source="a.jpg"/><p>Bir.</p></block>`:                                                                                             "paragraph: Bir.",
	} {
		if diff := cmp.Diff(want, shown(read(t, "", body).Body)); diff != "" {
			t.Errorf("%s (-want +have)\n%s", body, diff)
		}
	}
}

func TestHeadings(t *testing.T) {
	t.Parallel()
	for head, want := range map[string][4]string{
		`<hedline><hl1>A <em>b</em></hl1></hedline>`:                                                                   {"A b", "", "", ""},
		`<hedline><hl1><p>A</p><p>b</p></hl1></hedline>`:                                                               {"A b", "", "", ""},
		`<hedline><hl1>A</hl1><hl2>B</hl2></hedline>`:                                                                  {"A", "B", "", ""},
		`<hedline><hl1>A</hl1><hl2>A</hl2></hedline>`:                                                                  {"A", "", "", ""},
		`<hedline><hl1>A</hl1><hl2>B</hl2></hedline><abstract>C</abstract>`:                                            {"A", "C", "", ""},
		`<hedline><hl1>A</hl1><hl2 id="originalHeadline">B</hl2></hedline>`:                                            {"A", "", "", ""},
		`<headline><hl1>A</hl1></headline>`:                                                                            {"A", "", "", ""},
		`<headline>A</headline>`:                                                                                       {"A", "", "", ""},
		`<hedline><hl1>A</hl1></hedline><byline>By <person>Can</person><byttl>KA</byttl></byline>`:                     {"A", "", "By Can, KA", ""},
		`<hedline><hl1>A</hl1></hedline><byline>By<person>Can</person></byline>`:                                       {"A", "", "By Can", ""},
		`<hedline><hl1>A</hl1></hedline><byline>By <byttl>KA</byttl></byline>`:                                         {"A", "", "By KA", ""},
		`<hedline><hl1>A</hl1></hedline><byline>Can Ak / <org>KA</org></byline>`:                                       {"A", "", "Can Ak / KA", ""},
		`<hedline><hl1>A</hl1></hedline><byline>Can</byline><byline>Ece</byline>`:                                      {"A", "", "Can, Ece", ""},
		`<hedline><hl1>A</hl1></hedline><byline> </byline>`:                                                            {"A", "", "", ""},
		`<hedline><hl1>A</hl1></hedline><dateline>BOLU</dateline>`:                                                     {"A", "", "", "BOLU"},
		`<hedline><hl1>A</hl1></hedline><dateline><location>BOLU</location><story.date>5 Mart</story.date></dateline>`: {"A", "", "", "BOLU, 5 Mart"},
		`<hedline><hl1>A</hl1></hedline><dateline><location><city>BOLU</city>, TR</location> <story.date norm="x">20261123T1200Z</story.date></dateline>`: {"A", "", "", "BOLU, TR"},
	} {
		d := read(t, head, "<p>Metin.</p>")
		if have := [4]string{d.Headline, d.Standfirst, d.Byline, d.Dateline.Text}; have != want {
			t.Errorf("%s: %q, want %q", head, have, want)
		}
	}
}

func TestPictures(t *testing.T) {
	t.Parallel()
	for media, want := range map[string]string{
		`<media media-type="image"><media-reference source="https://k.example/1.jpg"/><media-caption>A</media-caption><media-producer>B</media-producer></media>`:        "picture:  https://k.example/1.jpg | A | B",
		`<media media-type="Photo"><media-reference source="x1"/><media-caption><p>A</p><p>C</p></media-caption></media>`:                                                "picture: x1  | A C | ",
		`<media><media-reference mime-type="image/png" source="https://k.example/1"/></media>`:                                                                           "picture:  https://k.example/1 |  | ",
		`<media media-type="video"><media-reference source="https://k.example/1.mp4"/></media>`:                                                                          "link: file https://k.example/1.mp4",
		`<media media-type="other"><media-reference mime-type="image/png" source="x.png"/></media>`:                                                                      "picture: x.png  |  | ",
		`<media media-type="image"><media-reference data-location="#photo0"/></media>`:                                                                                   "",
		`<media media-type="image"><media-reference source="../../etc/passwd"/></media>`:                                                                                 "warning: picture_address:../../etc/passwd",
		`<media media-type="image"><media-id>7</media-id><media-originalcaption>A</media-originalcaption><media-byline>B</media-byline></media>`:                         "picture: 7  | A | B",
		`<media media-type="image"><media-reference source="https://k.example/k.jpg" width="10"/><media-reference source="https://k.example/b.jpg" width="90"/></media>`: "picture:  https://k.example/b.jpg |  | ",
	} {
		d := read(t, "<hedline><hl1>A</hl1></hedline>", "<p>Metin.</p>"+media)
		lines := strings.Split(wiretest.Show(d), "\n")
		var have []string
		for _, l := range lines {
			if strings.HasPrefix(l, "picture:") || strings.HasPrefix(l, "link:") || strings.HasPrefix(l, "warning:") {
				have = append(have, l)
			}
		}
		if strings.Join(have, "\n") != want {
			t.Errorf("%s: %q, want %q", media, have, want)
		}
	}
}

func TestIs(t *testing.T) {
	t.Parallel()
	for src, want := range map[string]bool{
		`<nitf/>`: true, `<NITF/>`: true, `<body.content/>`: true, `<body><body.content/></body>`: true,
		`<body><p>x</p></body>`: false, `<html><body/></html>`: false, `<newsItem/>`: false, `<head/>`: false,
	} {
		if have := nitf.Is(tree.XML(src, tree.Bounds()).Root()); have != want {
			t.Errorf("%s: %v", src, have)
		}
	}
}
