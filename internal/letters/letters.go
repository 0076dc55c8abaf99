// Package letters is what a newsroom needs to know of writing: case, folding
// for search, slugs, sorting, dates. Turkish first: i and ı are two letters.
//
// Knows: letters and dates. Never imports: any other package of the program.
package letters

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"
	"golang.org/x/text/unicode/norm"
)

// compose brings text to NFC and mends the i with a combining dot that Turkish
// lower-casing of decomposed text leaves behind.
func compose(s string) string {
	return norm.NFC.String(strings.ReplaceAll(s, "i\u0307", "i"))
}

// turkish says whether the language tag (BCP 47) is Turkish.
func turkish(lang string) bool { return lang == "tr" || strings.HasPrefix(lang, "tr-") }

// Upper is the text in capitals, by the rules of the language.
func Upper(lang, s string) string {
	if turkish(lang) {
		return strings.ToUpperSpecial(unicode.TurkishCase, compose(s))
	}
	return strings.ToUpper(s)
}

// Lower is the text in small letters, by the rules of the language.
func Lower(lang, s string) string {
	if turkish(lang) {
		return strings.ToLowerSpecial(unicode.TurkishCase, compose(s))
	}
	return strings.ToLower(compose(s))
}

// plain maps a lower-case letter to the ASCII letters that readers type for it.
func plain(r rune) string {
	switch r {
	case 'ı', 'î', 'í', 'ì', 'ï':
		return "i"
	case 'ğ':
		return "g"
	case 'ş':
		return "s"
	case 'ç':
		return "c"
	case 'ö', 'ô', 'ó', 'ò', 'õ', 'ø':
		return "o"
	case 'ü', 'û', 'ú', 'ù':
		return "u"
	case 'â', 'á', 'à', 'ä', 'ã', 'å':
		return "a"
	case 'é', 'è', 'ê', 'ë', 'ə':
		return "e"
	case 'đ', 'ð':
		return "d"
	case 'ł':
		return "l"
	case 'ñ':
		return "n"
	case 'ß':
		return "ss"
	case 'æ':
		return "ae"
	case 'œ':
		return "oe"
	default:
		return ""
	}
}

func apostrophe(r rune) bool {
	return r == '\'' || r == '’' || r == '‘' || r == 'ʼ' || r == '`' || r == '´'
}

// Fold is the form in which texts are searched and compared: small ASCII
// letters where readers expect them, digits, letters of other scripts as they
// are, one space between words; apostrophes separate a name from its suffix.
// So ısparta, Isparta and ISPARTA fold alike.
func Fold(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	gap := false
	for _, r := range composed(s) {
		switch {
		case unicode.IsMark(r):
		case !unicode.IsLetter(r) && !unicode.IsDigit(r):
			gap = b.Len() > 0
		default:
			if gap {
				b.WriteByte(' ')
				gap = false
			}
			writeFolded(&b, r)
		}
	}
	return b.String()
}

// Soft is the text with its letters as [Fold] has them, and everything else as it is.
func Soft(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	for _, r := range composed(s) {
		if !unicode.IsMark(r) {
			writeFolded(&b, r)
		}
	}
	return b.String()
}

// writeFolded writes one letter, or what is none, as it is compared.
func writeFolded(b *strings.Builder, r rune) {
	switch {
	case 'A' <= r && r <= 'Z': // I is a capital ı, which folds to i as well
		b.WriteByte(byte(r) + 'a' - 'A')
		return
	case r < utf8.RuneSelf:
		b.WriteByte(byte(r))
		return
	}
	r = unicode.TurkishCase.ToLower(r)
	if p := plain(r); p != "" {
		b.WriteString(p)
		return
	}
	b.WriteRune(r)
}

// composed is compose, but for the texts, almost all of them, in which nothing
// can be composed: below U+0300 every letter stands for itself, and so do the
// quotation marks and dashes of U+2000 and after.
func composed(s string) string {
	for i := 0; i < len(s); i++ {
		if s[i] < 0xCC {
			continue
		}
		if r, size := utf8.DecodeRuneInString(s[i:]); r >= 0x2010 && r < 0x2060 {
			i += size - 1
			continue
		}
		return compose(s)
	}
	return s
}

// maxSlug is the longest slug in bytes; it is cut at a word.
const maxSlug = 80

// Slug is the part of an address that tells readers what waits behind it. It
// is decoration: the id beside it decides. Never empty.
func Slug(s string) string {
	var b strings.Builder
	gap := false
	word := func(text string) {
		if text == "" {
			return
		}
		if gap && b.Len() > 0 {
			b.WriteByte('-')
		}
		gap = false
		b.WriteString(text)
	}
	for _, r := range strings.ToLowerSpecial(unicode.TurkishCase, compose(s)) {
		switch {
		case r >= 'a' && r <= 'z', r >= '0' && r <= '9':
			word(string(r))
		case plain(r) != "":
			word(plain(r))
		case apostrophe(r), unicode.IsMark(r):
		case r == '%':
			gap = true
			word("yuzde")
			gap = true
		case r == '&':
			gap = true
			word("ve")
			gap = true
		case unicode.IsLetter(r):
			word(deaccent(r))
		default:
			gap = true
		}
	}
	return cutSlug(b.String())
}

// deaccent drops the accents of a letter; what then is not ASCII is dropped.
func deaccent(r rune) string {
	first, _ := utf8.DecodeRuneInString(norm.NFD.String(string(r)))
	if first >= 'a' && first <= 'z' {
		return string(first)
	}
	return ""
}

func cutSlug(slug string) string {
	if len(slug) > maxSlug {
		slug = slug[:maxSlug+1]
		if i := strings.LastIndexByte(slug, '-'); i > maxSlug/2 {
			slug = slug[:i]
		}
		slug = strings.Trim(slug[:min(len(slug), maxSlug)], "-")
	}
	if slug == "" {
		return "haber"
	}
	return slug
}

// SortKey orders texts byte by byte as the language's alphabet does.
func SortKey(lang, s string) []byte {
	tag, err := language.Parse(lang)
	if err != nil {
		tag = language.Turkish
	}
	var buf collate.Buffer
	return append([]byte(nil), collate.New(tag).KeyFromString(&buf, s)...)
}

// AllCaps says whether a line is typed in capitals: letters, and no small one.
func AllCaps(s string) bool {
	letters := 0
	for _, r := range s {
		if unicode.IsLower(r) {
			return false
		}
		if unicode.IsUpper(r) {
			letters++
		}
	}
	return letters > 1
}

// Cut shortens a text to at most n runes, at a word, with an ellipsis.
func Cut(s string, n int) string {
	if utf8.RuneCountInString(s) <= n {
		return s
	}
	runes := []rune(s)[:max(n-1, 0)]
	text := string(runes)
	if i := strings.LastIndexByte(text, ' '); i > len(text)/2 {
		text = text[:i]
	}
	return strings.TrimRight(text, " ,;:.–—-") + "…"
}
