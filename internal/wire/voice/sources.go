package voice

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/rotatif/newsroom/internal/letters"
)

// Sources finds whom a text leans on, in Turkish and English; of other
// languages nothing. Lang is BCP 47, empty when unknown. Each medium is given
// once, where it is first named as a source.
func Sources(text, lang string) []Source {
	if !heard(lang) {
		return nil
	}
	text = bounded(text)
	needed := needles.In(text)
	patterns := slices.DeleteFunc(append(trPatterns(), enPatterns()...), func(p pattern) bool { return !needed.Any(p.needs) })
	var finder finder
	for line := range strings.Lines(text) {
		for line != "" {
			next := len(line)
			if m := fullStop.FindStringIndex(line); m != nil && !strings.HasPrefix(line[m[1]:], "(") { // "TUCSON, Ariz. (AP)"
				next = m[1]
			}
			sentence := start(strings.TrimRight(line[:next], "\r\n "), longest)
			if picture.MatchString(sentence) {
				sentence = ""
			}
			here := needles.In(sentence)
			for _, p := range patterns {
				if here.Any(p.needs) {
					finder.look(sentence, p)
				}
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

var needles = letters.NeedlesOf(needs()...)

// needs are what all patterns need.
func needs() [][]string {
	var all [][]string
	for _, p := range append(trPatterns(), enPatterns()...) {
		all = append(all, p.needs)
	}
	return all
}

func (f *finder) look(line string, p pattern) {
	from := 0
	for range 20 {
		m := p.words.FindStringSubmatchIndex(line[from:])
		if m == nil {
			return
		}
		m, next := []int{m[0] + from, m[1] + from, m[2] + from, m[3] + from}, m[1]+from
		if name := f.name(firstHalf(line[:m[2]], line[m[2]:m[3]])+line[m[2]:m[3]], line[m[3]:], p.trust); plausible(name) && !ownAffair(line[m[0]:m[1]], line[m[1]:]) {
			f.add(line, name, m[0], m[1])
			f.addFellows(line, m)
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

// addFellows keeps the media that share a phrase: "Reuters ve AFP'nin haberine
// göre", "(AFP, dpa)".
func (f *finder) addFellows(line string, m []int) {
	if len(f.found) == 0 || f.found[len(f.found)-1].End != f.at+m[1] {
		return
	}
	row := fellowsBefore.FindString(line[:m[2]]) + ", " + fellowsAfter.FindString(line[m[3]:])
	for _, fellow := range fellow.FindAllString(row, 8) {
		if name := f.name(fellow, "", listed); name != "" && !has(f.found, name) && len(f.found) < maxFound {
			same := f.found[len(f.found)-1]
			same.Name = name
			f.found = append(f.found, same)
		}
	}
}

const another = word + `(?:[ ]` + word + `){0,3}`

var (
	fellow        = regexp.MustCompile(another)
	fellowsBefore = regexp.MustCompile(`(?:` + another + `, ){0,3}` + another + `(?:,? (?:ve|ile|and) |/)$`)
	fellowsAfter  = regexp.MustCompile(`^(?:(?:, ?` + another + `){0,3}(?: (?:ve|ile|and) |/|, ?)` + another + `)`)
)

// ownAffair says whether what a medium says, in English, is about itself, or
// whether in Turkish a thing is only held against it: "ANKA'ya göre daha uzun".
func ownAffair(words, rest string) bool {
	if strings.HasPrefix(rest, " daha ") || strings.Contains(words, "told ") { // whoever is told something does not speak
		return strings.HasPrefix(rest, " daha ")
	}
	rest = strings.TrimPrefix(strings.TrimLeft(rest, " "), "that ")
	return strings.HasPrefix(rest, "it would ") || strings.HasPrefix(rest, "it will ") || strings.HasPrefix(rest, "it had ") || strings.HasPrefix(rest, "it has ") || strings.HasPrefix(rest, "its ")
}

// name is the medium that a row of capitals names: a known one, else, where the
// pattern says that it is one, the row itself. Rest is what follows the row.
func (f *finder) name(row, rest string, trust trust) string {
	if f.media == nil {
		f.media = outlets()
	}
	row = strings.TrimRight(row, ".-&")
	if site := newsSite.FindString(row); strings.HasPrefix(site, ".com") && f.media[strings.TrimSuffix(row, site)] != "" {
		row = strings.TrimSuffix(row, site)
	}
	if _, second, two := strings.Cut(row, " and "); two && f.media[row] == "" {
		row = second
	}
	for _, agency := range []string{" Haber Ajansı", " Ajansı", " Agency", " News Agency"} { // "İhlas Haber Ajansının": the ending is the pattern's
		if name := f.media[row+agency]; name != "" && (strings.HasPrefix(rest, agency) || strings.HasPrefix(rest, strings.ToLower(agency))) {
			return name
		}
	}
	if agency := agency.FindString(rest); agency != "" && known(row, f.media) == "" {
		row, rest = row+agency, rest[len(agency):] // "Fars Haber" and " Ajansı"
	}
	if name := known(row, f.media); name != "" {
		if before, own := strings.CutSuffix(row, " "+name); own && (name == "İHA" || name == "ANKA") && withoutLand(before+" "+name) != name {
			return "" // "Akıncı İHA"
		}
		if trust == sole && doubtful(name) && strings.HasSuffix(row, name) || attributive.MatchString(rest) {
			return ""
		}
		return name
	}
	if name := inCapitals(row, f.media); name != "" {
		return name
	}
	if m := bracketed.FindStringSubmatch(rest); m != nil && f.media[m[1]] != "" {
		return f.media[m[1]]
	}
	if trust != told && !mediumByName(row) && (trust != listed || !kindFirst(row)) {
		return ""
	}
	return withoutLand(row)
}

// picture is how the credit of a picture begins.
var picture = regexp.MustCompile(`^[\s(]*(?:Foto(?:ğraf)?(?:lar)?|Görüntü(?:ler)?|Video|Kamera|Grafik|Arşiv|Photo(?:s|graph)?|Picture|Image)[ ]*[:/–—-]`)

// firstHalf is what a row of capitals lacks of a name like "Globe and Mail" or
// "Ege'nin Sesi", as it stands before it.
func firstHalf(before, row string) string {
	if half := twofold.FindString(before); half != "" || !voiceOf.MatchString(row) {
		return half
	}
	return owning.FindString(before)
}

var (
	agency  = regexp.MustCompile(`^(?: Haber)? Ajansı`) // part of a name that nobody knows
	twofold = regexp.MustCompile(`\p{Lu}\p{L}+ and $`)
	owning  = regexp.MustCompile(`\p{Lu}\p{L}+['’]n?[ıiuü]n $`)
	voiceOf = regexp.MustCompile(`^(?:Sesi|Nabzı|Gündemi|Sözü|Gözü|Haberi|Postası|Işığı|Yıldızı|Aynası|Gazetesi)$`)
)

// bracketed is the short name behind a long one: "Demirören Haber Ajansının (DHA)".
var bracketed = regexp.MustCompile(`^[^().,!?:\n]{0,25}[ ]\(([^()]{2,20})\)`)

// doubtful says whether a medium's name means something else as well: drones, a
// parliament, a region, an idea.
func doubtful(name string) bool {
	switch name {
	case "AP", "İHA", "ANKA", "RT", "MENA", "SPA", "Mehr", "Fars", "Sputnik", "Cumhuriyet", "Hürriyet", "Milliyet", "Sözcü", "Evrensel", "Diken", "Bild", "Guardian", "Independent", "Telegraph", "Spiegel", "Marca":
		return true
	}
	return false
}

// attributive is what follows a name that only says of what kind a thing is: "told
// AA meetings".
var attributive = regexp.MustCompile(`^[ ](?:meeting|batter|exam|course|class|sponsor|member|group|programme|program|step|credit|rating)`)

// withoutLand is an unknown medium's name without what says whence it is.
func withoutLand(row string) string {
	for {
		first, rest, more := strings.Cut(row, " ")
		if !more || rest == "" {
			return row
		}
		if !land(first) {
			return row
		}
		row = rest
	}
}

// land says whether a word tells of a medium whence it is.
func land(word string) bool {
	switch word {
	case "The", "Yerel", "Ulusal", "Alman", "Fransız", "İngiliz", "Amerikan", "Rus", "Çinli", "Çin", "Japon", "Yunan", "İtalyan", "İspanyol", "İsrail", "İran", "Mısır", "Katar", "Hint", "Hollanda", "Belçika",
		"Avusturya", "İsviçre", "İsveç", "Norveç", "Danimarka", "Bulgar", "Romen", "Macar", "Polonya", "Ukrayna", "Azerbaycan", "Ermeni", "Gürcü", "Suudi", "Lübnan", "Pakistan", "Kanada", "Avustralya", "Brezilya",
		"German", "French", "British", "American", "Russian", "Chinese", "Japanese", "Greek", "Italian", "Spanish", "Israeli", "Iranian", "Egyptian", "Turkish", "Local":
		return true
	}
	return false
}

// countries says whether a name is of nothing but lands: "Suriye televizyonu".
func countries(name string) bool {
	return !slices.ContainsFunc(strings.Fields(name), func(word string) bool { return !country(word) })
}

func country(word string) bool {
	switch word {
	case "Suriye", "Irak", "Ürdün", "Libya", "Tunus", "Cezayir", "Fas", "Yemen", "Afganistan", "Kazakistan", "Özbekistan", "Rusya", "Almanya", "Fransa", "İtalya", "İspanya", "Portekiz", "Yunanistan", "Bulgaristan", "Romanya", "Macaristan", "Sırbistan", "Arnavutluk", "Kosova",
		"Hindistan", "Japonya", "Kore", "Güney", "Kuzey", "Amerika", "İngiltere", "Britanya", "Tayvan", "Filistin", "Sudan", "Somali", "Nijerya", "Etiyopya", "Meksika", "Arjantin", "Kıbrıs", "Gürcistan", "Ermenistan", "Endonezya", "Filipinler", "Tayland":
		return true
	}
	return false
}

// mediumByName says whether a name says by itself that it is a medium's.
func mediumByName(row string) bool {
	last := strings.LastIndexByte(row, ' ')
	if last < 0 {
		return newsSite.MatchString(row)
	}
	switch row[last+1:] {
	case "Haber", "TV", "Gazete", "Postası", "Post", "Times", "News", "Herald", "Tribune", "Courier", "Gazette", "Medya", "Ajans", "Radyo", "Press", "Zeitung":
		return true
	default:
		return false
	}
}

// kindFirst says whether a name of two words begins with what kind of medium it
// is: "Gazete Pencere", "Kanal 9".
func kindFirst(row string) bool {
	first, rest, _ := strings.Cut(row, " ")
	if rest == "" || strings.Contains(rest, " ") {
		return false
	}
	return first == "Gazete" || first == "Radyo" || first == "Haber" && rest != "Merkezi" || first == "Kanal" && len(rest) < 4
}

// newsSite is what sites for news are called in one word: "Haber7", "dergi.com".
var newsSite = regexp.MustCompile(`^Haber\d+$|\p{L}haber$|\.com(?:\.tr)?$`)

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

// ofOffice is an office in the genitive: "Bakanlığın", "Kulübün".
var ofOffice = regexp.MustCompile(`(?:ğ[ıiuü]n|b[ıiuü]n|[aeıiuü]n[ıiuü]n)$`)

// plausible says whether a name can be a medium's: no gazette of laws, no
// ministry, no word that only begins a sentence.
func plausible(name string) bool {
	if n := utf8.RuneCountInString(name); n < 2 || n > 60 {
		return false
	}
	if authority.MatchString(name) || land(name) || countries(name) || caseless.MatchString(name) || !strings.Contains(name, " ") && ofOffice.MatchString(name) {
		return false
	}
	for _, no := range []string{"AFAD", "TÜİK", "MGM", "NASA", "DSÖ", "NATO", "BM", "AB", "ABD", "TFF", "FIFA", "UEFA", "MİT", "MSB", "TBMM", "TSK", "CHP", "MHP", "AKP", "DEM", "YSK", "IMF", "OPEC", "FBI", "CIA", "Resmî Gazete", "Resmi Gazete", "Resmî", "Resmi", "Son Dakika", "Fotoğraf", "Bakanlık", "Valilik", "Mahkeme", "Emniyet", "Savcılık", "Polis", "Belediye", "Meclis",
		"Bu", "Söz", "Yerel", "Bir", "İlk", "Aynı", "Bazı", "Google", "Twitter", "Facebook", "The", "A", "An", "State", "Local", "Its", "His", "Her", "Their", "This", "That"} {
		if name == no {
			return false
		}
	}
	return true
}
