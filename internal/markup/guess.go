package markup

import (
	"strings"
	"unicode/utf8"
)

// highs counts what distinguishes character sets among the bytes beyond ASCII.
type highs struct {
	all, long     int  // bytes; those in runs of four and more
	odd           bool // there is a run of an odd length
	kana, c1      int  // 0x82 and 0x83, where Shift JIS has its kana; 0x80 to 0x9F
	pairs         int  // in runs, counted from their beginning
	hangul, eucJP int  // pairs that begin like Hangul and like kana
	small, large  int  // where KOI8-R has its small and its large letters
}

func count(raw []byte) highs {
	var h highs
	for i := 0; i < len(raw); {
		if raw[i] < 0x80 {
			i++
			continue
		}
		from := i
		for i < len(raw) && raw[i] >= 0x80 {
			h.byte(raw[i])
			i++
		}
		h.run(raw[from:i])
	}
	return h
}

func (h *highs) byte(b byte) {
	h.all++
	switch {
	case b == 0x82 || b == 0x83:
		h.kana++
		h.c1++
	case b < 0xA0:
		h.c1++
	case b >= 0xC0 && b < 0xE0:
		h.small++
	case b >= 0xE0:
		h.large++
	}
}

func (h *highs) run(run []byte) {
	if len(run) >= 4 {
		h.long += len(run)
	}
	h.odd = h.odd || len(run)%2 == 1
	for i := 0; i+1 < len(run); i += 2 {
		h.pairs++
		switch lead := run[i]; {
		case lead >= 0xB0 && lead <= 0xC8:
			h.hangul++
		case lead == 0xA4 || lead == 0xA5:
			h.eucJP++
		}
	}
}

// foreign guesses the character set of bytes that say none and are no UTF-8,
// where they cannot be the text of a Latin alphabet: nobody writes so many
// letters beyond ASCII side by side. It is "" where that can be.
func foreign(raw []byte) string {
	h, label := count(raw), ""
	switch {
	case h.all < 8:
	case h.kana*5 > h.all && h.c1*3 > h.all:
		label = "shift_jis"
	case h.long*5 < h.all*3 || h.c1 > 0:
	case !h.odd && h.eucJP*3 > h.pairs:
		label = "euc-jp"
	case !h.odd && h.hangul*20 > h.pairs*17:
		label = "euc-kr"
	case !h.odd:
		label = "gb18030"
	case h.small > 3*h.large && h.all > 20:
		label = "koi8-r"
	}
	if dec, _ := lookUp(label); dec != nil {
		if text, err := dec(raw); err == nil && !strings.ContainsRune(string(text), utf8.RuneError) {
			return label
		}
	}
	return ""
}
