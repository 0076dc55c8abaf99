package markup

import (
	"regexp"
	"strings"

	"golang.org/x/net/html/charset"
)

// codepage857 is the upper half of the Turkish code page of DOS, in which old
// telegraph lines still send. It is that of CP857.TXT of the Unicode
// Consortium (MAPPINGS/VENDORS/MICSFT/PC, table version 2.00); three places
// have no character. No library at hand has it.
const codepage857 = "ÇüéâäàåçêëèïîıÄÅ" + "ÉæÆôöòûùİÖÜø£ØŞş" + "áíóúñÑĞğ¿®¬½¼¡«»" + "░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐" +
	"└┴┬├─┼ãÃ╚╔╩╦╠═╬¤" + "ºªÊËÈ\uFFFDÍÎÏ┘┌█▄¦Ì▀" + "ÓßÔÒõÕµ\uFFFD×ÚÛÙìÿ¯´" + "\u00AD±\uFFFD¾¶§÷¸°¨·¹³²■\u00A0"

// decoder makes UTF-8 of the bytes of a character set.
type decoder func([]byte) ([]byte, error)

// lookUp finds a character set by any of its labels; nil when there is none.
func lookUp(label string) (decoder, string) {
	switch strings.ToLower(strings.TrimSpace(label)) {
	case "cp857", "ibm857", "857", "csibm857":
		return decode857, "ibm857"
	}
	enc, name := charset.Lookup(label)
	if enc == nil || name == "replacement" {
		return nil, ""
	}
	return enc.NewDecoder().Bytes, name
}

func decode857(raw []byte) ([]byte, error) {
	upper, out := []rune(codepage857), make([]rune, len(raw))
	for i, b := range raw {
		if out[i] = rune(b); b >= 0x80 {
			out[i] = upper[b-0x80]
		}
	}
	return []byte(string(out)), nil
}

var inWords = regexp.MustCompile(`\pL[■²³]\pL`)

// misread857 says whether text looks as if it had been sent in windows-1254:
// its ş, ı and ü are a square and small figures here.
func misread857(s string) bool { return len(inWords.FindAllString(s, 3)) == 3 }

// KnowsCharset says whether text in a character set of this name can be read.
func KnowsCharset(label string) bool {
	d, _ := lookUp(label)
	return d != nil
}
