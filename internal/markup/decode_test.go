package markup_test

import (
	"strings"
	"testing"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
	"pgregory.net/rapid"

	"github.com/rotatif/newsroom/internal/markup"
)

func TestDoubtfulBytes(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("ışığın gölgesi ", 20)
	for _, c := range []struct {
		name, raw, declared, fallback, want, encoding string
		repaired                                      bool
	}{
		{"plain", "Öğle", "utf-8", "windows-1254", "Öğle", "utf-8", false},
		{"a mark before it", "\xef\xbb\xbfÖğle", "iso-8859-9", "windows-1254", "Öğle", "utf-8", false},
		{"a mark before Latin", "\xef\xbb\xbf\xd6\xf0le", "utf-8", "windows-1254", "Öğle", "windows-1254", false},
		{"cut within a letter", long + "\xc4", "utf-8", "windows-1254", long + "\ufffd", "utf-8", true},
		{"spliced with Latin", long + "\xfe" + long, "", "windows-1254", long + "\ufffd" + long, "utf-8", true},
		{"few letters, and cut", "“Evet”, dedi\xe2\x80", "utf-8", "windows-1254", "“Evet”, dedi\ufffd", "utf-8", true},
		{"capitals before quotes", "\x93K\xd6PR\xdc\x94 a\xe7\xfdld\xfd, \x91\xd6L\xdc\x92 say\xfdl\xfdyor", "utf-8", "windows-1254", "“KÖPRÜ” açıldı, ‘ÖLÜ’ sayılıyor", "windows-1254", true},
		{"a mark, and cut", "\xef\xbb\xbf" + long + "\xc5", "", "", long + "\ufffd", "utf-8", true},
		{"a character set nobody knows", "\xd6\xf0le", "klingon-1", "windows-1254", "Öğle", "windows-1254", true},
		{"utf-16 big endian with a mark", "\xfe\xff\x00<\x01\x31", "", "", "<ı", "utf-16be", false},
		{"utf-16 big endian without", "\x00<\x00p\x01\x31", "", "", "<pı", "utf-16be", false},
		{"utf-16 with half a letter", "\xff\xfe<\x00a", "", "", "<\ufffd", "utf-16le", true},
		{"read wrong by the sender", "KaÃ§ kiÅŸi vardÄ± diye", "utf-8", "windows-1254", "KaÃ§ kiÅŸi vardÄ± diye", "utf-8", true},
		{"Western letters for Turkish ones", "Ýstanbul'un ýþýðý", "utf-8", "windows-1254", "Ýstanbul'un ýþýðý", "utf-8", true},
		{"an Icelander is no mistake", "Þór Guðmundsson", "utf-8", "windows-1254", "Þór Guðmundsson", "utf-8", false},
		{"many Icelanders among others are none", "Þór Guðmundsson, Þóra, Þorlákur, Sigurður", "utf-8", "", "Þór Guðmundsson, Þóra, Þorlákur, Sigurður", "utf-8", false},
		{"no character", "a\ufffeb\uffffc", "utf-8", "", "abc", "utf-8", true},
		{"ellipsis of Windows", "sonra\u0085", "utf-8", "", "sonra…", "utf-8", true},
		{"empty", "", "utf-8", "windows-1254", "", "utf-8", false},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			d, err := markup.Decode([]byte(c.raw), c.declared, c.fallback)
			if err != nil || d.Text != c.want || d.Encoding != c.encoding || d.Repaired != c.repaired {
				t.Errorf("Decode = %+v, %v; want %q as %s, repaired %v", d, err, c.want, c.encoding, c.repaired)
			}
		})
	}
}

// What says nothing of its character set and cannot be Latin is guessed; what
// can be, is what the source sends.
func TestForeignBytes(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]struct {
		to   encoding.Encoding
		name string
	}{
		"서울의 항구가 다시 문을 열었다, 시장이 말했다":                          {korean.EUCKR, "euc-kr"},
		"港口昨天重新开放，市长说，工人们已经回来了":                               {simplifiedchinese.GB18030, "gb18030"},
		"港は昨日再び開いたと市長が述べた。ニュースです":                             {japanese.ShiftJIS, "shift_jis"},
		"港は昨日ふたたび開いた":                                         {japanese.EUCJP, "euc-jp"},
		"Порт вчера снова открылся, сказал мэр города":        {charmap.KOI8R, "koi8-r"},
		"Öğle güneşi ığdır'ın çığ düşen bağında şöyle ışıldı": {charmap.Windows1254, "windows-1254"},
		"“Şöyle” dedi… “ağğğğ” – “öööö” – ‘üüüü’":             {charmap.Windows1254, "windows-1254"},
		"ÇĞİÖŞÜ":     {charmap.Windows1254, "windows-1254"},
		"Ağrı İğdır": {charmap.Windows1254, "windows-1254"},
	} {
		raw, err := want.to.NewEncoder().Bytes([]byte("<p>" + text + "</p>"))
		if err != nil {
			t.Fatal(err)
		}
		d, err := markup.Decode(raw, "", "windows-1254")
		if err != nil || d.Encoding != want.name || d.Text != "<p>"+text+"</p>" {
			t.Errorf("%s: %+v, %v", text, d, err)
		}
	}
}

func TestNoCharacterSet(t *testing.T) {
	t.Parallel()
	if d, err := markup.Decode([]byte("\xd6\xf0le"), "klingon-1", "romulan-2"); err == nil {
		t.Errorf("decoded as %+v", d)
	}
}

// Turkish written in the Turkish set of Windows is read back, whatever it is called.
func TestTurkishSurvives(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.StringMatching(`[ a-zçğıöşüÇĞİÖŞÜâ.]{0,80}`).Draw(t, "s")
		raw, err := charmap.Windows1254.NewEncoder().Bytes([]byte(s))
		if err != nil {
			t.Fatal(err)
		}
		declared := rapid.SampledFrom([]string{"", "utf-8", "iso-8859-1", "ISO-8859-9", "windows-1254", "us-ascii", "utf-16"}).Draw(t, "declared")
		if d, err := markup.Decode(raw, declared, "windows-1254"); err != nil || d.Text != s {
			t.Fatalf("%q declared %s is read as %+v, %v", s, declared, d, err)
		}
	})
}
