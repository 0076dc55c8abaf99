package markup

import (
	"bytes"
	"errors"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

// ErrEncoding says that the bytes are text in no character set we could tell.
var ErrEncoding = errors.New("markup: unknown character set")

// Decoded is text made of bytes.
type Decoded struct {
	Text     string // UTF-8 without a byte order mark or control characters
	Encoding string // what the bytes turned out to be
	Repaired bool   // something was dropped, mapped or doubted on the way
}

// Decode makes text of bytes that may lie about themselves. declared is the
// character set the document or its carrier names, fallback the one of the
// source (windows-1254 for Turkish agencies). A byte order mark decides, then
// the pattern of UTF-16, then valid UTF-8, then UTF-8 with a few broken places;
// only then is the declaration believed, and Latin-1 is read as Turkish where
// the source is Turkish. Where there is none, what cannot be Latin is guessed. Text that decodes and still looks wrong is doubted.
func Decode(raw []byte, declared, fallback string) (Decoded, error) {
	d, err := decode(raw, declared, fallback)
	d.Repaired = d.Repaired || turkishSet(fallback) && (garbled(d.Text) || d.Encoding == "ibm857" && misread857(d.Text))
	return d, err
}

func decode(raw []byte, declared, fallback string) (Decoded, error) {
	bare, marked := bytes.CutPrefix(raw, []byte{0xEF, 0xBB, 0xBF})
	switch {
	case marked && mostlyUTF8(bare):
		return clean(string(bytes.ToValidUTF8(bare, []byte("\ufffd"))), "utf-8"), nil
	case marked:
		return decodeLabel(bare, "", fallback)
	case bytes.HasPrefix(raw, []byte{0xFF, 0xFE}), wide(raw, 1):
		return decodeWith(raw, unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewDecoder().Bytes, "utf-16le")
	case bytes.HasPrefix(raw, []byte{0xFE, 0xFF}), wide(raw, 0):
		return decodeWith(raw, unicode.UTF16(unicode.BigEndian, unicode.UseBOM).NewDecoder().Bytes, "utf-16be")
	case utf8.Valid(raw):
		return clean(string(raw), "utf-8"), nil
	case mostlyUTF8(raw):
		return clean(string(bytes.ToValidUTF8(raw, []byte("\ufffd"))), "utf-8"), nil
	}
	return decodeLabel(raw, declared, fallback)
}

// mostlyUTF8 says whether bytes are UTF-8 that was cut or spliced somewhere: for
// every place that does not fit, two letters beyond ASCII that do. In another
// character set it is the other way round: the few that fit by chance, a capital
// before a closing quote, stand among many that do not.
func mostlyUTF8(raw []byte) bool {
	broken, whole, within := 0, 0, false
	for len(raw) > 0 {
		r, n := utf8.DecodeRune(raw)
		bad := r == utf8.RuneError && n == 1
		switch {
		case bad && !within:
			broken++
		case n > 1:
			whole++
		}
		raw, within = raw[n:], bad
	}
	return whole >= 2*broken
}

// garbled says whether Turkish text looks as if its letters had been read in
// the wrong character set: the traces of two such mistakes, several times.
func garbled(s string) bool {
	const doubt = 3
	n := 0
	for _, trace := range []string{"Ä±", "ÅŸ", "ÄŸ", "Ã¼", "Ã¶", "Ã§", "Ä°", "Ý", "ý", "Þ", "þ", "Ð", "ð"} {
		if n += strings.Count(s, trace); n >= doubt {
			return true
		}
	}
	return false
}

// wide says whether the bytes begin as UTF-16 without a mark: every other one
// of the first is NUL, beginning with the given one.
func wide(raw []byte, zero int) bool {
	return len(raw) >= 4 && raw[zero] == 0 && raw[zero+2] == 0 && raw[1-zero] != 0 && raw[3-zero] != 0
}

// decodeLabel believes the declaration where it can be true.
func decodeLabel(raw []byte, declared, fallback string) (Decoded, error) {
	label := strings.ToLower(strings.TrimSpace(declared))
	if label == "" {
		label = foreign(raw)
	}
	turkish := turkishSet(fallback)
	switch label {
	case "", "utf-8", "utf8", "utf-16", "utf-16le", "utf-16be":
		label = fallback
	case "iso-8859-1", "latin1", "us-ascii", "ascii", "windows-1252":
		if turkish {
			label = "windows-1254"
		}
	}
	if label == "" {
		label = "windows-1252"
	}
	dec, name := lookUp(label)
	if dec == nil {
		if dec, name = lookUp(fallback); dec == nil {
			return Decoded{}, ErrEncoding
		}
		label = fallback
	}
	if name == "iso-8859-9" {
		dec, name = charmap.Windows1254.NewDecoder().Bytes, "windows-1254"
	}
	d, err := decodeWith(raw, dec, name)
	d.Repaired = d.Repaired || (declared != "" && !strings.EqualFold(declared, label))
	return d, err
}

func turkishSet(label string) bool {
	_, name := lookUp(label)
	return name == "windows-1254" || name == "iso-8859-9" || name == "ibm857"
}

func decodeWith(raw []byte, dec decoder, name string) (Decoded, error) {
	out, err := dec(raw)
	if err != nil {
		return Decoded{}, errors.Join(ErrEncoding, err)
	}
	return clean(string(out), name), nil
}

// clean drops control characters, reads C1 controls as the windows-1252
// characters they nearly always are, and doubts replacement characters.
func clean(s, name string) Decoded {
	d := Decoded{Encoding: name}
	if strings.IndexFunc(s, odd) < 0 {
		d.Text = s
		return d
	}
	d.Repaired = true
	var b strings.Builder
	b.Grow(len(s))
	for _, r := range s {
		switch {
		case r >= 0x80 && r <= 0x9F:
			if mapped := charmap.Windows1252.DecodeByte(byte(r)); mapped >= 0xA0 {
				b.WriteRune(mapped)
			}
		case r == utf8.RuneError, !odd(r):
			b.WriteRune(r)
		}
	}
	d.Text = b.String()
	return d
}

// odd says whether a character has no business in text.
func odd(r rune) bool {
	return r < 0x20 && r != '\n' && r != '\r' && r != '\t' || r >= 0x7F && r <= 0x9F || r == 0xFEFF || r == 0xFFFE || r == 0xFFFF || r == utf8.RuneError
}
