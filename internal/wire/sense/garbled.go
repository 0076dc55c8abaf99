package sense

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"

	"github.com/rotatif/newsroom"
)

var (
	// what nobody writes: the traces of UTF-8 that was read as windows-1252
	garble      = regexp.MustCompile(`â€|[ÃÄÅ][\x{80}-\x{9F}ƒ†‡ˆ‰ŠŒŽ–˜šœžŸ¡-ª¬-º¼-¿]`)
	beyondASCII = regexp.MustCompile(`[^\x00-\x7F]{2,}`)
	quoted      = regexp.MustCompile(`^Â[«»]$`) // a capital before a quotation mark, if nothing else is wrong
)

// ungarble gives back the letters of copy that somebody on its way read in the
// wrong character set and wrote once more.
func ungarble(d *newsroom.Dispatch) {
	var all strings.Builder
	words(d, func(s *string) { all.WriteString(*s + "\n") })
	text, mend := all.String(), func(s string) string { return s }
	switch {
	case garble.MatchString(text):
		twice := strings.Contains(text, "â€")
		mend = func(s string) string { return unscramble(s, twice) }
	case turkishRead(text, d.Language):
		mend = strings.NewReplacer("Ý", "İ", "ý", "ı", "Þ", "Ş", "þ", "ş", "Ð", "Ğ", "ð", "ğ").Replace
	default:
		return
	}
	changed := false
	words(d, func(s *string) {
		mended := mend(*s)
		changed = changed || mended != *s
		*s = mended
	})
	if changed {
		Warn(d, "encoding_repaired", "")
	}
}

// turkishRead says whether a text is Turkish read as Western: its letters where
// nobody but an Icelander has them, and none of those that only he has.
func turkishRead(text, language string) bool {
	told := strings.HasPrefix(language, "tr")
	if language != "" && !told || strings.ContainsAny(text, "áéíóúæÁÉÍÓÚÆøåšřž") || !told && strings.Contains(text, "ı") {
		return false
	}
	count := func(letters string) int {
		return strings.Count(text, letters[:2]) + strings.Count(text, letters[2:])
	}
	dotless, hissed, soft := count("ýÝ"), count("þÞ"), count("ðÐ")
	return dotless > 0 && hissed+soft > 0 && dotless+hissed+soft >= 3
}

// unscramble undoes that UTF-8 was read as windows-1252 and written once more:
// "â€™" is an apostrophe. It is asked only where a trace of it has been seen.
func unscramble(s string, quotes bool) string {
	s = beyondASCII.ReplaceAllStringFunc(s, func(run string) string {
		if !quotes && quoted.MatchString(run) {
			return run
		}
		var out strings.Builder
		runes := []rune(strings.ReplaceAll(run, "â€\uFFFD", "â€\u009D"))
		for len(runes) > 0 {
			letter, n := letterOf(runes)
			out.WriteRune(letter)
			runes = runes[n:]
		}
		return out.String()
	})
	return strings.ReplaceAll(s, "Ã ", "à ") // its second half is a space to whoever tidied up
}

// letterOf is the letter that the first characters were before they were read
// wrong, and how many they are: one, when they never were anything else.
func letterOf(runes []rune) (letter rune, n int) {
	var raw []byte
	for _, r := range runes[:min(3, len(runes))] {
		b, ok := charmap.Windows1252.EncodeRune(r)
		switch {
		case !ok && (r < 0x80 || r > 0x9F):
			return runes[0], 1
		case !ok:
			b = byte(r) // one of the five that windows-1252 leaves open
		}
		raw = append(raw, b)
		if letter, size := utf8.DecodeRune(raw); letter != utf8.RuneError && size > 1 {
			if letter < 0xA0 || letter > 0x17F && (letter < 0x2010 || letter > 0x203A) && letter != '€' && letter != '™' {
				break
			}
			return letter, size
		}
	}
	return runes[0], 1
}

// words visits every text of a dispatch that is for people.
func words(d *newsroom.Dispatch, visit func(*string)) {
	for _, s := range []*string{&d.Headline, &d.Kicker, &d.Standfirst, &d.Byline, &d.Dateline.Text, &d.Dateline.Place, &d.Credit, &d.Slugline, &d.CopyrightHolder, &d.UsageTerms} {
		visit(s)
	}
	for i := range d.EdNotes {
		visit(&d.EdNotes[i].Text)
	}
	for i := range d.Keywords {
		visit(&d.Keywords[i])
	}
	for i := range d.Pictures {
		shown(&d.Pictures[i], visit)
	}
	blockWords(d.Body, visit)
}

func shown(p *newsroom.PictureRef, visit func(*string)) {
	for _, s := range []*string{&p.Alt, &p.Caption, &p.Credit, &p.Usage} {
		visit(s)
	}
}

func blockWords(body newsroom.Body, visit func(*string)) {
	spans := func(all []newsroom.Span) {
		for i := range all {
			visit(&all[i].Text)
		}
	}
	for i := range body {
		b := &body[i]
		spans(b.Text)
		for _, item := range b.Items {
			spans(item)
		}
		for _, row := range b.Rows {
			for _, cell := range row {
				spans(cell)
			}
		}
		if b.Picture != nil {
			shown(b.Picture, visit)
		}
		blockWords(b.Blocks, visit)
	}
}
