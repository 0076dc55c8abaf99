package voice

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/rotatif/newsroom/internal/letters"
)

// The parts of the patterns. A name begins with a capital; Go's \b knows ASCII
// alone, so word borders are said with what may stand before.
const (
	before = `(?:^|[\s("“«'‘,;:–—-])`
	word   = `(?:\p{Lu}[\p{L}\d&.-]*|dpa)`
	proper = `(` + word + `(?:[ ](?:della |of )?` + word + `){0,4})`
	medium = `(?:[Hh]aber [Aa]jansı|[Aa]jansı|[Gg]azetesi|[Tt]elevizyonu|[Dd]ergisi|[Kk]analı|[Rr]adyosu|[Hh]aber [Ss]itesi|[Ii]nternet [Ss]itesi|[Yy]ayın [Kk]uruluşu|[Tt]elevizyon [Kk]analı)`
	maybe  = `(?:[ ]` + medium + `)?`
	genit  = `(?:['’]?n?[ıiuü]n)`
	locat  = `(?:['’]?n?[dt][ae])`
	dative = `(?:['’]?[yn]?[ae])`
	aside  = `(?:[ ]\([^()]{1,20}\))?,?`
	gap    = `(?:[ ][^.!?;"“”\n]{0,100}?)?[ ]`

	byNews = `(?:haberine|haberlerine|haberinde|aktardığına|aktardıklarına|bildirdiğine|duyurduğuna|yazdığına|geçtiği habere|dayandırdığı habere|geçtiği bilgiye|aktardığı habere|aktardığı bilgiye|aktardığı bilgilere|verdiği habere|verdiği bilgiye|verdiği bilgilere|paylaştığı bilgiye|paylaştığı habere|servis ettiği habere|duyurduğu habere|haberlerinde|yayımladığı habere|yayınladığı habere|iddiasına|analizine|ulaştığı bilgilere|edindiği bilgiye|edindiği bilgilere|elde ettiği bilgilere|elde ettiği bilgiye)(?:[ ]göre)?`
	inNews = `(?:yer alan|yayımlanan|yayınlanan|çıkan)[ ](?:bir[ ])?(?:haber|analiz|rapor|makale|yazı)(?:e|de|[yn]a|[yn]e|da|inde|ında|sında|ine|ına)?(?:[ ]göre)?`
	byMan  = `muhabir(?:i|leri)(?:ne|nin|nden)[ ](?:[^.!?;"\n]{0,60}?)(?:(?:bilgi|veri)(?:ye|lere)[ ]göre|konuşan|açıklama|değerlendirme|anlatan|anlattı|bilgi veren|demeç|sorularını yanıtla|röportaj)`
	toThem = `(?:göre|konuşan|açıklamada bulunan|açıklama yapan|açıklamalarda bulunan|demeç veren|röportaj veren|bilgi veren|değerlendirmede bulunan|mülakat veren|konuştu|demeç verdi|yaptığı açıklama|yaptıkları açıklama|verdiği (?:demeç|röportaj|mülakat|söyleşi|bilgi))`

	// Whoever says that others did something reports; whoever speaks of its own affairs does not.
	others  = `(?:\p{L}{3,}n?[ıiuü]n|\p{Lu}\p{L}*['’]n?[ıiuü]n)[ ][^.!?\n]{0,120}?`
	strange = `(?:\p{L}{3,}(?:[^n\s][ıiuü]n|[aeoö]n[ıiuü]n)|\p{Lu}\p{L}*['’]n?[ıiuü]n)[ ][^.!?\n]{0,120}?`
	passive = `\p{L}+[ıiuü][ln](?:[dt][ıiuü]ğ|acağ|eceğ)[ıiuü]n[ıiuü][ ]`

	enMedium = `(?:[Nn]ews [Aa]gency|newspaper|daily|broadcaster|television|state TV|magazine|news site|news website|wire service)`
	enMaybe  = `(?:[ ]` + enMedium + `)?`
	enEnd    = `(?:$|[\s,.;:!?)"”])`
	enLeads  = `(?:[Aa]ccording to|[Cc]iting|[Rr]eported by|quoted by|as cited by|[Ii]n an interview with|[Ss]peaking to|[Ss]poke to|told)[ ](?:an? (?:[\p{Ll}-]+ )?(?:report|article|story|interview) (?:by|in|from|with) )?(?:[Tt]he )?(?:(?:\p{Lu}[\p{L}.-]*[ ]){0,3}\p{Lu}[\p{L}.-]*['’]s?[ ])?`
)

// pattern is a way of naming a source. The first group of words is the name. Of
// a known pattern the name must be that of a known medium; the others say by
// themselves that it is one. A line without any of the needs is not looked at.
type pattern struct {
	words *regexp.Regexp
	known bool
	needs []string
}

var (
	trDateline = regexp.MustCompile(`^[ ]*[^()\n.!?]{2,80}\([ ]*([\p{Lu}][\p{Lu}\d./&-]{1,9}|dpa|Reuters)[ ]*\)[ ]*[-–—]`)
	trCredit   = regexp.MustCompile(`^[ ]*(?:(?:[Hh]aber(?:in)? )?[Kk]ayna[kğ]ı?|(?:HABER )?KAYNA[KĞ]I?)[ ]*:[ ]*` + proper + maybe + `[ .]*$`)
	trBy       = regexp.MustCompile(before + proper + maybe + genit + aside + gap + byNews)
	trIn       = regexp.MustCompile(before + proper + maybe + locat + aside + gap + inNews)
	trMan      = regexp.MustCompile(before + proper + `[ ]` + byMan)
	trTo       = regexp.MustCompile(before + proper + maybe + dative + `[ ]` + toThem)
	trOut      = regexp.MustCompile(before + proper + `['’]n?[dt][ae]n[ ]` + proper + `['’]n?[ıiuü]n[ ]haberine göre`)
	trMediumBy = regexp.MustCompile(before + proper + `[ ]` + medium + `['’]?n[ıiuü]n` + aside + gap + byNews)
	trMediumTo = regexp.MustCompile(before + proper + `[ ]` + medium + `['’]?n[ae][ ]` + toThem)
	trMediumIn = regexp.MustCompile(before + proper + `[ ]` + medium + `['’]?nd[ae][ ](?:[^.!?;"\n]{0,40}?)` + inNews)
	trMediumSo = regexp.MustCompile(before + proper + `[ ]` + medium + `,[ ][^.!?\n]{3,200}[ ](?:bildirdi|yazdı|duyurdu|aktardı|öne sürdü|iddia etti|geçti)\.`)
	trSo       = regexp.MustCompile(`^` + proper + maybe + `,[ ](?:[^.!?\n]{3,200}[ ](?:yazdı|haberleştirdi)|[^.!?\n]{0,80}?(?:` + others + `|` + passive + `)(?:bildirdi|öne sürdü|iddia etti)|[^.!?\n]{0,80}?(?:` + strange + `|` + passive + `)(?:duyurdu|aktardı|belirtti|kaydetti))\.`)
	trPlain    = regexp.MustCompile(`(?:^|[.!?:;,][ ]|\p{Ll}[ ])(` + word + `)['’]n?[ıiuü]n[ ](?:(?:dünkü|bugünkü|özel|son|ilgili|\p{L}+ tarihli|\p{L}+ günkü)[ ])?haberine göre`)
	trTail     = regexp.MustCompile(`[ ][-–—][ ]` + proper + `[ ]*$`)

	enDateline = regexp.MustCompile(`^[ ]*[^()\n.!?]{2,80}\([ ]*` + proper + `[ ]*\)[ ]*[-–—]`)
	enBy       = regexp.MustCompile(before + enLeads + `(?:(?:[\p{Ll}-]+ )?` + enMedium + `[ ])?` + proper + enMaybe + enEnd)
	enNamed    = regexp.MustCompile(before + enLeads + proper + `[ ]` + enMedium + enEnd)
	enMediumOf = regexp.MustCompile(before + `(?:[\p{L}’'-]+[ ]){0,4}?` + enMedium + `[ ]` + proper + `[ ](?:has )?(?:reported|said|reports|wrote)` + enEnd)
	enReports  = regexp.MustCompile(before + proper + enMaybe + `[ ](?:has )?(?:reported|reports|wrote|first reported|quoted|cited)` + enEnd)
	enState    = regexp.MustCompile(before + `(?:[Ss]tate-run|[Ss]tate-owned|[Oo]fficial|[Ss]emi-official)[ ]` + proper + enMaybe + `[ ](?:reported|said|reports)` + enEnd)
	enTheNamed = regexp.MustCompile(before + `[Tt]he[ ](?:[\p{Ll}-]+[ ]){0,2}` + proper + `[ ]` + enMedium + `[ ](?:reported|said|reports|wrote)`)
)

func trPatterns() []pattern {
	news, house := []string{"göre", "haberinde"}, []string{"jans", "azete", "elevizyon", "ergisi", "anal", "adyo", "ites", "uruluş"}
	said := []string{"bildirdi", "yazdı", "haberleştirdi", "sürdü", "iddia etti", "duyurdu", "aktardı", "geçti", "belirtti", "kaydetti"}
	return []pattern{
		{trDateline, false, []string{"("}}, {trCredit, false, []string{"ayna", "AYNA"}}, {trBy, true, news}, {trIn, true, []string{"göre", "haber"}},
		{trMan, true, []string{"muhabir"}}, {trTo, true, []string{"göre", "konuş", "bulunan", "yapan", "ver", "açıklama"}}, {trOut, false, news},
		{trMediumBy, false, news}, {trMediumTo, false, house}, {trMediumIn, false, house}, {trMediumSo, false, said}, {trSo, true, said},
		{trPlain, false, news}, {trTail, true, []string{" - ", " – ", " — "}},
	}
}

func enPatterns() []pattern {
	leads := []string{"ccording", "iting", "eported", "quoted", "cited", "interview", "peaking", "poke", "told"}
	said := []string{"reported", "said", "reports", "wrote", "quoted", "cited"}
	return []pattern{{enDateline, true, []string{"("}}, {enBy, true, leads}, {enMediumOf, false, said}, {enNamed, false, leads}, {enReports, true, said}, {enState, true, said}, {enTheNamed, false, said}}
}

// Sources finds whom a text leans on, in Turkish and English; of other
// languages nothing. Lang is BCP 47, empty when unknown. Each medium is given
// once, where it is first named as a source.
func Sources(text, lang string) []Source {
	if !heard(lang) {
		return nil
	}
	text = bounded(text)
	patterns := slices.DeleteFunc(append(trPatterns(), enPatterns()...), func(p pattern) bool { return !p.may(text) })
	var finder finder
	for line := range strings.Lines(text) {
		for line != "" {
			next := len(line)
			if m := fullStop.FindStringIndex(line); m != nil {
				next = m[1]
			}
			for _, p := range patterns {
				finder.look(letters.Cut(strings.TrimRight(line[:next], "\r\n "), longest), p)
			}
			finder.at += next
			line = line[next:]
		}
	}
	return finder.found
}

// longest is how much of a sentence is looked at, in characters.
const longest = 600

// finder looks through a text line by line; at is the byte its line begins
// with. The media are listed when a name is first to be judged.
type finder struct {
	media map[string]string
	found []Source
	at    int
}

// may says whether the pattern can stand in a text or a part of it.
func (p pattern) may(text string) bool {
	return slices.ContainsFunc(p.needs, func(need string) bool { return strings.Contains(text, need) })
}

func (f *finder) look(line string, p pattern) {
	if !p.may(line) {
		return
	}
	from := 0
	for range 20 {
		m := p.words.FindStringSubmatchIndex(line[from:])
		if m == nil {
			return
		}
		m, next := []int{m[0] + from, m[1] + from, m[2] + from, m[3] + from}, m[1]+from
		if name := f.name(line[m[2]:m[3]], line[m[3]:], p.known); plausible(name) && !ownAffair(line[m[1]:]) {
			f.add(line, name, m[0], m[1])
		} else if next = m[3]; strings.HasPrefix(p.words.String(), "^") {
			return
		}
		if from = next; from <= m[0] {
			return
		}
	}
}

// add keeps a name found in a stretch of the line, unless it or its words are known.
func (f *finder) add(line, name string, from, to int) {
	if len(f.found) >= maxFound || has(f.found, name) || overlaps(f.found, f.at+from+1, f.at+to-1) {
		return
	}
	start := from + leading(line[from:to])
	f.found = append(f.found, Source{Name: name, Words: strings.TrimSpace(line[start:to]), At: f.at + start, End: f.at + to})
}

// ownAffair says whether what a medium says, in English, is about itself.
func ownAffair(rest string) bool {
	rest = strings.TrimPrefix(strings.TrimLeft(rest, " "), "that ")
	return strings.HasPrefix(rest, "it would ") || strings.HasPrefix(rest, "it will ") || strings.HasPrefix(rest, "it had ") || strings.HasPrefix(rest, "it has ") || strings.HasPrefix(rest, "its ")
}

// name is the medium that a row of capitals names: a known one, else, where the
// pattern says that it is one, the row itself. Rest is what follows the row.
func (f *finder) name(row, rest string, onlyKnown bool) string {
	if f.media == nil {
		f.media = outlets()
	}
	row = strings.TrimRight(row, ".-&")
	for _, agency := range []string{" Haber Ajansı", " Ajansı", " Agency", " News Agency"} { // "İhlas Haber Ajansının": the ending is the pattern's
		if name := f.media[row+agency]; name != "" && (strings.HasPrefix(rest, agency) || strings.HasPrefix(rest, strings.ToLower(agency))) {
			return name
		}
	}
	if name := known(row, f.media); name != "" {
		return name
	}
	if onlyKnown && !mediumByName(row) {
		return ""
	}
	return withoutLand(row)
}

// withoutLand is an unknown medium's name without what says whence it is.
func withoutLand(row string) string {
	for {
		first, rest, more := strings.Cut(row, " ")
		if !more || rest == "" {
			return row
		}
		switch first {
		case "The", "Yerel", "Ulusal", "Alman", "Fransız", "İngiliz", "Amerikan", "Rus", "Çinli", "Çin", "Japon", "Yunan", "İtalyan", "İspanyol", "İsrail", "İran", "Mısır", "Katar", "Hint", "Hollanda", "Belçika",
			"Avusturya", "İsviçre", "İsveç", "Norveç", "Danimarka", "Bulgar", "Romen", "Macar", "Polonya", "Ukrayna", "Azerbaycan", "Ermeni", "Gürcü", "Suudi", "Lübnan", "Pakistan", "Kanada", "Avustralya", "Brezilya",
			"German", "French", "British", "American", "Russian", "Chinese", "Japanese", "Greek", "Italian", "Spanish", "Israeli", "Iranian", "Egyptian", "Turkish", "Local":
			row = rest
		default:
			return row
		}
	}
}

// mediumByName says whether a name says by itself that it is a medium's.
func mediumByName(row string) bool {
	last := strings.LastIndexByte(row, ' ')
	if last < 0 {
		return false
	}
	switch row[last+1:] {
	case "Haber", "TV", "Gazete", "Postası", "Post", "Times", "News", "Herald", "Tribune", "Courier", "Gazette", "Medya", "Ajans", "Radyo", "Press", "Zeitung":
		return true
	default:
		return false
	}
}

// leading is how many bytes of a match stand before its first letter.
func leading(s string) int {
	for i, r := range s {
		if r != ' ' && r != ',' && r != ';' && r != ':' && r != '.' && r != '!' && r != '?' && r != '–' && r != '—' && r != '-' && r != '(' && r != '"' && r != '“' && r != '«' && r != '\'' && r != '‘' {
			return i
		}
	}
	return 0
}

func has(found []Source, name string) bool {
	for _, f := range found {
		if f.Name == name {
			return true
		}
	}
	return false
}

// overlaps says whether words that name a source lie across such as are already
// found: the reporter within the phrase that names her paper.
func overlaps(found []Source, at, end int) bool {
	for _, f := range found {
		if at < f.End && f.At < end {
			return true
		}
	}
	return false
}

// authority is how offices are called that are no media.
var authority = regexp.MustCompile(`(?:[Bb]akanlığı|[Vv]aliliği|[Mm]üdürlüğü|[Bb]elediyesi|[Bb]aşkanlığı|[Kk]urumu|[Kk]urulu|[Üü]niversitesi|[Ss]avcılığı|[Kk]aymakamlığı|[Mm]ahkemesi|[Mm]inistry|[Uu]niversity|[Cc]ouncil)$`)

// plausible says whether a name can be a medium's: no gazette of laws, no
// ministry, no word that only begins a sentence.
func plausible(name string) bool {
	if n := utf8.RuneCountInString(name); n < 2 || n > 60 {
		return false
	}
	if authority.MatchString(name) {
		return false
	}
	for _, no := range []string{"Resmî Gazete", "Resmi Gazete", "Resmî", "Resmi", "Son Dakika", "Fotoğraf", "Bakanlık", "Valilik", "Mahkeme", "Emniyet", "Savcılık", "Polis", "Belediye", "Meclis",
		"Bu", "Söz", "Yerel", "Bir", "İlk", "Aynı", "Bazı", "Google", "Twitter", "Facebook", "The", "A", "An", "State", "Local", "Its", "His", "Her", "Their", "This", "That"} {
		if name == no {
			return false
		}
	}
	return true
}
