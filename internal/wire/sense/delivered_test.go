package sense_test

import (
	"strings"
	"testing"

	"github.com/rotatif/newsroom"
	"github.com/rotatif/newsroom/internal/wire/sense"
	"github.com/rotatif/newsroom/internal/wire/tree"
)

// Paragraphs told by their indent alone are parted; a file that is indented
// through and through is left as it is.
func TestReflow(t *testing.T) {
	t.Parallel()
	for sent, want := range map[string]string{
		"<p>Bir\n    iki\nüç\n    dört\nbeş</p>": "Bir|iki üç|dört beş",
		"<p>\n    Bir\n    iki\n    </p>":        "Bir iki",
		"<p>Sonuçlar\nAdana       2 Bolu     0\nBursa       5 Konya    1\n   Puan     O  G\n1  Bursa    19 13</p>": "Sonuçlar|Adana 2 Bolu 0|Bursa 5 Konya 1|Puan O G|1 Bursa 19 13",
		"<pre>Kuzey 1\nDoğu 2</pre>":                            "Kuzey 1|Doğu 2",
		"<pre>\r\nKuzey 1\r\nDoğu 2\r\n</pre>":                  "Kuzey 1|Doğu 2",
		"<pre>Bir\niki.\n\nÜç\ndört.</pre>":                     "Bir iki.|Üç dört.",
		"<p>Bir\niki</p>":                                       "Bir iki",
		"<p>Bir\n    <b>iki</b>\nüç</p>":                        "Bir iki üç",
		"<p>&amp;quot;Bir&amp;#39;</p><p>A &amp;x; &amp; b</p>": "\"Bir'|A &x; & b",
	} {
		n := sense.Reflow(tree.XML("<body>"+sent+"</body>", tree.Bounds()).Root())
		var have []string
		for _, p := range n.All("p") {
			have = append(have, p.Line())
		}
		if strings.Join(have, "|") != want {
			t.Errorf("%q reads %q", sent, have)
		}
	}
}

// What is delivered beside the text is known by its name, what leads elsewhere is nothing.
func TestDelivered(t *testing.T) {
	t.Parallel()
	for href, want := range map[string]string{
		"https://k.example/1.jpg?a=b": "https://k.example/1.jpg?a=b", "https://k.example/bir iki.jpg": "https://k.example/bir%20iki.jpg", "bir.jpg": "bir.jpg", "./a/./bir.jpg": "a/bir.jpg", "iJIJyy": "iJIJyy",
		"tag:k.example,2026:b.jpg": "tag:k.example,2026:b.jpg", "urn:newsml:k:1": "urn:newsml:k:1", "../bir.jpg": "", "a/../../b": "", "a/..": "", "/etc/passwd": "",
		"\\\\k\\b": "", "C:/x.jpg": "", "file:///./bir.jpg": "bir.jpg", "file:///./ bir.jpg": "bir.jpg", "file:///./../bir.jpg": "", "file:///.//bir.jpg": "", "file:///./file:x": "", "c:x": "", "file:x": "", "FILE:///x": "", "//k.example/x": "", "data:image/png;base64,x": "", "javascript:x()": "",
		"..%2fx": "", "a%00b": "", "http:127.0.0.1": "", "`javascript:x()`": "", "%252e%252e/x": "", "": "", ".": "", "a\nb": "",
	} {
		if have := sense.Delivered(href); have != want {
			t.Errorf("%q is %q, want %q", href, have, want)
		}
	}
}

// A picture is fetched from its best size; one without an address goes by the
// name of its best file.
func TestRenditions(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		sizes   []newsroom.Rendition
		id, src string
	}{
		{[]newsroom.Rendition{{Name: "thumb", Src: "https://k.example/t.jpg"}, {Name: "highRes", Src: "https://k.example/h.jpg"}, {Name: "web", Src: "https://k.example/w.jpg"}}, "", "https://k.example/h.jpg"},
		{[]newsroom.Rendition{{Name: "HighDef", Src: "h.jpg", Width: 800}, {Name: "Thumbnail", Src: "t.jpg", Width: 80}}, "h.jpg", ""},
		{[]newsroom.Rendition{{Name: "big", Src: "../b.jpg", Width: 9000}, {Name: "small", Src: "https://k.example/s.jpg", Width: 10}}, "", "https://k.example/s.jpg"},
		{[]newsroom.Rendition{{Name: "Thumbnail", Src: "t.jpg"}, {Name: "Quicklook", Src: "q.jpg"}}, "q.jpg", ""},
	} {
		d := newsroom.Dispatch{}
		sense.AddRendered(&d, newsroom.PictureRef{}, c.sizes)
		if len(d.Pictures) != 1 || d.Pictures[0].ID != c.id || d.Pictures[0].Src != c.src || len(d.Pictures[0].Renditions) != len(c.sizes) {
			t.Errorf("%+v gives %+v", c.sizes, d.Pictures)
		}
	}
	far := newsroom.Dispatch{}
	sense.AddRendered(&far, newsroom.PictureRef{Caption: "Söz"}, []newsroom.Rendition{{Name: "small", Src: "../resimler/kucuk/urn-1_small.jpg", Width: 150}})
	if len(far.Pictures) != 1 || far.Pictures[0].ID != "urn-1_small.jpg" || far.Pictures[0].Src != "" || far.Pictures[0].Renditions[0].Src != "" {
		t.Errorf("a picture in another folder: %+v", far.Pictures)
	}
	d := newsroom.Dispatch{}
	sense.AddRendered(&d, newsroom.PictureRef{Caption: "x"}, []newsroom.Rendition{{Name: "main", Src: "/etc/passwd"}})
	if len(d.Pictures) != 0 || len(d.Warnings) != 1 {
		t.Errorf("a picture that is nowhere: %+v", d)
	}
}

func TestCounts(t *testing.T) {
	t.Parallel()
	for address, want := range map[string]bool{
		"https://cts.k.example/ct/CT?id=1&a=b": true, "https://k.example/newsroom/ti?nf=1": true, "https://k.example/a/pixel.gif?x": true, "http://k.example/1x1.gif": true,
		"https://k.example/foto.jpg": false, "https://k.example/foto?id=1": false, "https://k.example/tracks/1.jpg": false, "foto.jpg": false, "": false,
	} {
		if have := sense.Counts(address); have != want {
			t.Errorf("%q counts: %v", address, have)
		}
	}
}

func TestSignOff(t *testing.T) {
	t.Parallel()
	for last, gone := range map[string]bool{"ab/cd": true, "ففف/ح س/كام": true, "abc/d ef/gh": true, "Evet": false, "Evet/hayır dedi.": false, "http://k.example/a": false, "/": false} {
		d := newsroom.Dispatch{Body: paragraphs("Metin.", last)}
		sense.SignOff(&d)
		if (len(d.Body) == 1) != gone || (len(d.EdNotes) == 1) != gone {
			t.Errorf("%q: %v", last, d.Body.Lines())
		}
	}
	alone := newsroom.Dispatch{Body: paragraphs("ab/cd")}
	if sense.SignOff(&alone); len(alone.Body) != 1 {
		t.Error("nothing is left of the text")
	}
}

func TestAgencies(t *testing.T) {
	t.Parallel()
	for byline, want := range map[string]int{"NTB-AFP-DPA": 3, "AA/DHA": 2, "NTB": 0, "Can Ak": 0, "CAN-AK Ece": 0, "": 0} {
		if have := sense.Agencies(byline); len(have) != want {
			t.Errorf("%q: %v", byline, have)
		}
	}
}

// A caption that came with the picture is no paragraph of the copy below it.
func TestCaptionIsNoCopy(t *testing.T) {
	t.Parallel()
	for below, lines := range map[string]int{"Liman, 20  Kasım": 2, "Liman açıldı": 3} {
		d := newsroom.Dispatch{Kind: newsroom.KindText, Headline: "x"}
		sense.AddRendered(&d, newsroom.PictureRef{Caption: "Liman, 20 Kasım"}, []newsroom.Rendition{{Src: "https://k.example/b.jpg"}, {Src: "https://k.example/k.jpg"}})
		sense.SetHTML(&d, `<p>Bir.</p><img src="https://k.example/k.jpg"><p>`+below+`</p><p>İki.</p>`)
		sense.Finish(&d, sense.Source{})
		if have := len(d.Body) - 1; have != lines || len(d.Pictures) != 1 {
			t.Errorf("%q: %+v", below, d.Body)
		}
	}
}
