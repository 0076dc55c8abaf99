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

	byNews = `(?:haberine|haberlerine|haberinde|aktardığına|aktardıklarına|bildirdiğine|duyurduğuna|yazdığına|geçtiği habere|geçtiği bilgiye|yayımladığı habere|yayınladığı habere|iddiasına|analizine|ulaştığı bilgilere|edindiği bilgiye|edindiği bilgilere|elde ettiği bilgilere|elde ettiği bilgiye)(?:[ ]göre)?`
	inNews = `(?:yer alan|yayımlanan|yayınlanan|çıkan)[ ](?:bir[ ])?(?:haber|analiz|rapor|makale|yazı)(?:e|de|[yn]a|[yn]e|da|inde|ında|sında|ine|ına)?(?:[ ]göre)?`
	byMan  = `muhabiri(?:ne|nin|nden)[ ](?:[^.!?;"\n]{0,60}?)(?:bilgi(?:ye|lere)[ ]göre|konuşan|açıklama|değerlendirme|anlatan|anlattı|bilgi veren|demeç)`
	toThem = `(?:göre|konuşan|açıklamada bulunan|açıklama yapan|demeç veren|röportaj veren|bilgi veren|değerlendirmede bulunan|mülakat veren)`

	enMedium = `(?:[Nn]ews agency|newspaper|daily|broadcaster|television|state TV|magazine|news site|news website|wire service)`
	enMaybe  = `(?:[ ]` + enMedium + `)?`
	enEnd    = `(?:$|[\s,.;:!?)"”])`
	enLeads  = `(?:[Aa]ccording to|[Cc]iting|[Rr]eported by|quoted by|as cited by|in an interview with|speaking to|told)[ ](?:[Tt]he )?`
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
	trCredit   = regexp.MustCompile(`^[ ]*(?:[Hh]aber )?[Kk]ayna[kğ]ı?[ ]*:[ ]*` + proper + `[ .]*$`)
	trBy       = regexp.MustCompile(before + proper + maybe + genit + aside + gap + byNews)
	trIn       = regexp.MustCompile(before + proper + maybe + locat + aside + gap + inNews)
	trMan      = regexp.MustCompile(before + proper + `[ ]` + byMan)
	trTo       = regexp.MustCompile(before + proper + maybe + dative + `[ ]` + toThem)
	trOut      = regexp.MustCompile(before + proper + `['’]n?[dt][ae]n[ ]` + proper + `['’]n?[ıiuü]n[ ]haberine göre`)
	trMediumBy = regexp.MustCompile(before + proper + `[ ]` + medium + `['’]?n[ıiuü]n` + aside + gap + byNews)
	trMediumTo = regexp.MustCompile(before + proper + `[ ]` + medium + `['’]?n[ae][ ]` + toThem)
	trMediumIn = regexp.MustCompile(before + proper + `[ ]` + medium + `['’]?nd[ae][ ](?:[^.!?;"\n]{0,40}?)` + inNews)
	trMediumSo = regexp.MustCompile(before + proper + `[ ]` + medium + `,[ ][^.!?\n]{3,200}[ ](?:bildirdi|yazdı|duyurdu|aktardı|öne sürdü|iddia etti|geçti)\.`)
	trSo       = regexp.MustCompile(`^` + proper + maybe + `,[ ][^.!?\n]{3,200}[ ](?:bildirdi|yazdı|haberleştirdi|öne sürdü|iddia etti)\.`)
	trPlain    = regexp.MustCompile(`(?:^|[.!?:;,][ ]|\p{Ll}[ ])(` + word + `)['’]n?[ıiuü]n[ ](?:[^.!?;"\n]{0,40}?)haberine göre`)
	trTail     = regexp.MustCompile(`[ ][-–—][ ]` + proper + `[ ]*$`)

	enDateline = regexp.MustCompile(`^[ ]*[^()\n.!?]{2,80}\([ ]*` + proper + `[ ]*\)[ ]*[-–—]`)
	enBy       = regexp.MustCompile(before + enLeads + `(?:(?:[\p{Ll}-]+ )?` + enMedium + `[ ])?` + proper + enMaybe + enEnd)
	enNamed    = regexp.MustCompile(before + enLeads + proper + `[ ]` + enMedium + enEnd)
	enMediumOf = regexp.MustCompile(before + `(?:[\p{L}’'-]+[ ]){0,4}?` + enMedium + `[ ]` + proper + `[ ](?:has )?(?:reported|said|reports|wrote)` + enEnd)
	enReports  = regexp.MustCompile(before + proper + enMaybe + `[ ](?:has )?(?:reported|reports|wrote|first reported|quoted|cited)` + enEnd)
	enTheNamed = regexp.MustCompile(before + `[Tt]he[ ]` + proper + `[ ]` + enMedium + `[ ](?:reported|said|reports|wrote)`)
)

func trPatterns() []pattern {
	news, house := []string{"göre", "haberinde"}, []string{"jans", "azete", "elevizyon", "ergisi", "anal", "adyo", "ites", "uruluş"}
	said := []string{"bildirdi", "yazdı", "haberleştirdi", "sürdü", "iddia etti", "duyurdu", "aktardı", "geçti"}
	return []pattern{
		{trDateline, false, []string{"("}}, {trCredit, false, []string{"ayna"}}, {trBy, true, news}, {trIn, true, []string{"göre", "haber"}},
		{trMan, true, []string{"muhabir"}}, {trTo, true, []string{"göre", "konuşan", "bulunan", "yapan", "veren"}}, {trOut, false, news},
		{trMediumBy, false, news}, {trMediumTo, false, house}, {trMediumIn, false, house}, {trMediumSo, false, said}, {trSo, true, said},
		{trPlain, false, news}, {trTail, true, []string{" - ", " – ", " — "}},
	}
}

func enPatterns() []pattern {
	leads := []string{"ccording", "iting", "eported", "quoted", "cited", "interview", "speaking", "told"}
	said := []string{"reported", "said", "reports", "wrote", "quoted", "cited"}
	return []pattern{{enDateline, true, []string{"("}}, {enBy, true, leads}, {enMediumOf, false, said}, {enNamed, false, leads}, {enReports, true, said}, {enTheNamed, false, said}}
}

// Sources finds whom a text leans on, in Turkish and English; of other
// languages nothing. Lang is BCP 47, empty when unknown. Each medium is given
// once, where it is first named as a source.
func Sources(text, lang string) []Source {
	if !heard(lang) {
		return nil
	}
	text = bounded(text)
	patterns := append(trPatterns(), enPatterns()...)
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

func (f *finder) look(line string, p pattern) {
	if !slices.ContainsFunc(p.needs, func(need string) bool { return strings.Contains(line, need) }) {
		return
	}
	for _, m := range p.words.FindAllStringSubmatchIndex(line, 20) {
		name := f.name(line[m[2]:m[3]], p.known)
		if len(f.found) >= maxFound || !plausible(name) || has(f.found, name) || overlaps(f.found, f.at+m[0]+1, f.at+m[1]-1) {
			continue
		}
		start := m[0] + leading(line[m[0]:m[1]])
		f.found = append(f.found, Source{Name: name, Words: strings.TrimSpace(line[start:m[1]]), At: f.at + start, End: f.at + m[1]})
	}
}

// name is the medium that a row of capitals names: a known one, else, where the
// pattern says that it is one, the row itself.
func (f *finder) name(row string, onlyKnown bool) string {
	if f.media == nil {
		f.media = outlets()
	}
	row = strings.TrimRight(row, ".-&")
	if name := known(row, f.media); name != "" {
		return name
	}
	if mediumByName(row) {
		return row
	}
	if onlyKnown {
		return ""
	}
	for _, agency := range []string{" Haber Ajansı", " Ajansı"} { // "Anadolu Ajansının": the ending is the pattern's
		if name := f.media[row+agency]; name != "" {
			return name
		}
	}
	return row
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

// plausible says whether a name can be a medium's: no gazette of laws, no
// ministry, no word that only begins a sentence.
func plausible(name string) bool {
	if n := utf8.RuneCountInString(name); n < 2 || n > 60 {
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
