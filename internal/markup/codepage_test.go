package markup_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/rotatif/newsroom/internal/markup"
)

// All 256 bytes of the code page, by the numbers of CP857.TXT; what has no
// character there is told as doubtful, never left out.
func TestCodePage857(t *testing.T) {
	t.Parallel()
	rows := []string{
		"00C7 00FC 00E9 00E2 00E4 00E0 00E5 00E7 00EA 00EB 00E8 00EF 00EE 0131 00C4 00C5", // 80
		"00C9 00E6 00C6 00F4 00F6 00F2 00FB 00F9 0130 00D6 00DC 00F8 00A3 00D8 015E 015F", // 90
		"00E1 00ED 00F3 00FA 00F1 00D1 011E 011F 00BF 00AE 00AC 00BD 00BC 00A1 00AB 00BB", // A0
		"2591 2592 2593 2502 2524 00C1 00C2 00C0 00A9 2563 2551 2557 255D 00A2 00A5 2510", // B0
		"2514 2534 252C 251C 2500 253C 00E3 00C3 255A 2554 2569 2566 2560 2550 256C 00A4", // C0
		"00BA 00AA 00CA 00CB 00C8 FFFD 00CD 00CE 00CF 2518 250C 2588 2584 00A6 00CC 2580", // D0
		"00D3 00DF 00D4 00D2 00F5 00D5 00B5 FFFD 00D7 00DA 00DB 00D9 00EC 00FF 00AF 00B4", // E0
		"00AD 00B1 FFFD 00BE 00B6 00A7 00F7 00B8 00B0 00A8 00B7 00B9 00B3 00B2 25A0 00A0", // F0
	}
	want := strings.Fields(strings.Join(rows, " "))
	if len(want) != 128 {
		t.Fatalf("%d places", len(want))
	}
	for b := range 256 {
		number := fmt.Sprintf("%04X", b)
		if b >= 0x80 {
			number = want[b-0x80]
		}
		d, err := markup.Decode([]byte{'x', byte(b), 'x', 0x81}, "", "cp857")
		if err != nil || d.Encoding != "ibm857" {
			t.Fatalf("%02X: %s %v", b, d.Encoding, err)
		}
		got := []rune(strings.TrimSuffix(strings.TrimPrefix(d.Text, "x"), "xü"))
		if control := b < 0x20 && b != '\t' && b != '\n' && b != '\r' || b == 0x7F; control {
			if len(got) != 0 || !d.Repaired {
				t.Errorf("%02X: a control character stays: %q", b, d.Text)
			}
			continue
		}
		if len(got) != 1 || fmt.Sprintf("%04X", got[0]) != number || d.Repaired != (number == "FFFD") {
			t.Errorf("%02X is %q, want %s (repaired: %v)", b, d.Text, number, d.Repaired)
		}
	}
}

// The code page is believed where the source is set to it or the document says
// so, under all its names, and is never guessed.
func TestWhenTheCodePageHolds(t *testing.T) {
	t.Parallel()
	const dos, windows, text = "\x98\x9etanbul'un \x8d\x9f\x8d\xa7\x8d, \x80\x94l\x81n g\x94\xa7\x81", "\xdd\xdetanbul'un \xfd\xfe\xfd\xf0\xfd", "İŞtanbul'un ışığı, Çölün göğü"
	for _, c := range []struct {
		name, raw, declared, fallback, want, encoding string
		repaired                                      bool
	}{
		{"by the source", dos, "", "cp857", text, "ibm857", false},
		{"by its other names", dos, "", "IBM857", text, "ibm857", false},
		{"by the document", dos, "cp857", "windows-1254", text, "ibm857", false},
		{"another is declared", windows, "windows-1254", "cp857", "İŞtanbul'un ışığı", "windows-1254", false},
		{"UTF-8 is UTF-8", text, "", "cp857", text, "utf-8", false},
		{"Latin from a Turkish source is Turkish", windows, "iso-8859-1", "cp857", "İŞtanbul'un ışığı", "windows-1254", true},
		{"the source is set wrongly", "ba\xfekan\xfdn a\xfe\xfds\xfd", "", "cp857", "ba■kan²n a■²s²", "ibm857", false},
		{"the source is set wrongly, and it shows", "ba\xfekan\xfdn a\xfe\xfds\xfd kar\xfe\xfdland\xfd, i\xfeler", "", "cp857", "ba■kan²n a■²s² kar■²land², i■ler", "ibm857", true},
		{"square metres", "120 m\xfd, 90 m\xfd, 60 m\xfd ve 4 m\xfc s\x81t", "", "cp857", "120 m², 90 m², 60 m² ve 4 m³ süt", "ibm857", false},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			d, err := markup.Decode([]byte(c.raw), c.declared, c.fallback)
			if err != nil || d.Text != c.want || d.Encoding != c.encoding || d.Repaired != c.repaired {
				t.Errorf("%q in %s (repaired: %v, %v), want %q in %s", d.Text, d.Encoding, d.Repaired, err, c.want, c.encoding)
			}
		})
	}
	for label, known := range map[string]bool{"cp857": true, " IBM857 ": true, "csIBM857": true, "857": true, "windows-1254": true, "latin5": true, "cp858x": false, "": false, "replacement": false, "hz-gb-2312": false} {
		if markup.KnowsCharset(label) != known {
			t.Errorf("%q: known is %v", label, !known)
		}
	}
}
