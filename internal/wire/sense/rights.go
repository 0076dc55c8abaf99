package sense

import (
	"regexp"
	"slices"
	"strings"

	"github.com/rotatif/newsroom"
	"github.com/rotatif/newsroom/internal/letters"
)

var (
	// what stands before the names of lands, after folding: "NO TURKEY", "World Rights Except Italy"
	landNo    = regexp.MustCompile(`\b(?:(?:no|not for|not licen[cs]ed for|not available for) (?:use|usage|access|sales?|resale|publication|distribution|rights)(?: in| to| for)?|not (?:available|licen[cs]ed|permitted)(?: in| for)?|must not be used in|not to be used in|^out|world(?:wide)? (?:rights )?ex|no|except(?: in| for)?|excluding|excl|ohne|ausser|sauf|excepto|nicht (?:fur|in|zur (?:verwendung|veroffentlichung|nutzung) in)) `)
	landIn    = regexp.MustCompile(`\b(?:not (?:for|to be) (?:use|used|publication|published|sale|sold|distribution) (?:outside|out of)|for use(?: only)? in|only (?:for use )?in|only for|nur (?:in|fur)|available only in) `)
	turkishNo = regexp.MustCompile(`\bturkiye(?: de| icin| icinde)? (?:kullanilamaz|yayi[mn]lanamaz|kullanima kapali|kullanilmaz|yayi[mn]lanmaz|(?:kullanim|yayin) (?:hakki|izni) (?:yok|bulunma))|\bturkiye (?:disinda|haric) kullanilabilir\b`)
	turkishIn = regexp.MustCompile(`\b(?:sadece|yalniz|yalnizca) (.{1,60}?) (?:[dt][ae] |icin |icinde )*kullan(?:ilabilir|im)`)
	noWeb     = regexp.MustCompile(`\b(?:no (?:internet|web|online|digital)(?: use| usage| sites?)?|not for (?:internet|web|online|digital)(?: use| publication)?|print(?: use)? only|nur print|nicht fur online|internet (?:sitelerinde|ortaminda) (?:kullanilamaz|yayi[mn]lanamaz))\b`)
	noUse     = regexp.MustCompile(`^(?:advisory )?not for publication\b|\bnot for publication or broadcast\b|\byayi[mn] icin degildir\b|\byayi[mn]lanmak uzere degildir\b`)
	shutOut   = regexp.MustCompile(`(?:\p{Lu}[\p{L}.]*(?: and | & |[ ,/-]+)){1,8}OUT\b`) // in a caption, where lands are named for other reasons
	abridged  = regexp.MustCompile(`(?i)\b(excl|incl)\.`)
	clauses   = regexp.MustCompile(`[.;|*\n]+|\s[–—-]+\s`)
)

// countries are the names of the lands of the large agencies' notices, folded,
// behind the ISO code of each.
const countries = `TR:turkey,turkiye,turkei,turquie,turquia,turchia,tur US:usa,us,united_states,america,abd GB:uk,united_kingdom,britain,great_britain,gb,gbr,england ` +
	`DE:germany,deutschland,almanya,ger AT:austria,osterreich,avusturya,aut CH:switzerland,schweiz,isvicre,sui IT:italy,italia,italya,ita FR:france,fransa,frankreich,fra ES:spain,espana,ispanya,esp ` +
	`GR:greece,yunanistan,gre CY:cyprus,kibris NL:netherlands,holland,hollanda,ned BE:belgium,belcika,bel IE:ireland PL:poland RU:russia UA:ukraine CN:china JP:japan,jpn KR:korea IN:india IL:israel ` +
	`IR:iran AU:australia CA:canada MX:mexico BR:brazil NO:norway SE:sweden DK:denmark FI:finland PT:portugal HU:hungary RO:romania BG:bulgaria AZ:azerbaijan TW:taiwan SG:singapore AR:argentina CL:chile`

// country gives the ISO code of a land by one of its names, folded; empty for
// any other word.
func country(name string) string {
	name = strings.ReplaceAll(name, " ", "_")
	for land := range strings.FieldsSeq(countries) {
		code, names, _ := strings.Cut(land, ":")
		for known := range strings.SplitSeq(names, ",") {
			if known == name {
				return code
			}
		}
	}
	return ""
}

// lands are the lands at the beginning of folded words, and how many words that
// is, with those that join them.
func lands(words []string) (found []string, used int) {
	for i := 0; i < len(words); i++ {
		two := ""
		if i+1 < len(words) {
			two = country(words[i] + " " + words[i+1])
		}
		one := country(words[i])
		switch {
		case two != "":
			found = append(found, two)
			i++
		case one != "":
			found = append(found, one)
		case !slices.Contains([]string{"and", "or", "the", "for", "in", "mainland", "und", "et", "ve", "der", "la", "le"}, words[i]):
			return found, i
		}
	}
	return found, len(words)
}

// landsBefore are the lands at the end of folded words.
func landsBefore(words []string) []string {
	for i := range words {
		if found, used := lands(words[i:]); len(found) > 0 && used == len(words)-i {
			return found
		}
	}
	return nil
}

// barring gives the terms among the texts that bar a house of the country from
// using the copy on its site, empty when none does. The texts are free words of
// agencies: what is found makes a person look, what is not found permits nothing.
func barring(home string, texts ...string) string {
	for _, text := range texts {
		for _, clause := range clauses.Split(abridged.ReplaceAllString(cut(text, 4000), "$1 "), 200) {
			if bars(home, letters.Fold(clause)) {
				return cut(flat(text), 300)
			}
		}
	}
	return ""
}

func bars(home, folded string) bool {
	if home == "TR" && turkishNo.MatchString(folded) || noWeb.MatchString(folded) || noUse.MatchString(folded) {
		return true
	}
	if m := turkishIn.FindStringSubmatch(folded); m != nil {
		if found, _ := lands(strings.Fields(m[1])); len(found) > 0 && !slices.Contains(found, home) {
			return true
		}
	}
	words := strings.Fields(folded)
	for i, word := range words {
		if named, out := bounds(words, i, word); len(named) > 0 && slices.Contains(named, home) == out {
			return true
		}
	}
	return named(landNo, folded, home, true) || named(landIn, folded, home, false)
}

// bounds are the lands that stand before a word that shuts them out, or all
// others: "UK AND IRELAND OUT", "US use only". "Turkey out of the cup" is
// about football.
func bounds(words []string, i int, word string) (named []string, out bool) {
	from := max(0, i-8)
	switch word {
	case "out", "haric", "excluded", "exclue", "exclu", "ausgeschlossen", "ausgenommen", "gesperrt":
		if i+1 < len(words) && words[i+1] == "of" {
			return nil, false
		}
		return landsBefore(words[from:i]), true
	case "only", "nur":
		for i > from && slices.Contains([]string{"use", "rights", "usage", "sales", "media", "publication", "clients"}, words[i-1]) {
			i--
		}
		return landsBefore(words[from:i]), false
	}
	return nil, false
}

// named says whether the lands behind a wording shut the house out: they do so
// when they are shut out and it is one of them, or it is none of those let in.
func named(words *regexp.Regexp, folded, home string, out bool) bool {
	for at := 0; ; {
		m := words.FindStringIndex(folded[at:])
		if m == nil {
			return false
		}
		at += m[1]
		if found, _ := lands(strings.Fields(cut(folded[at:], 200))); len(found) > 0 && slices.Contains(found, home) == out {
			return true
		}
	}
}

// Home says whether a land given by its code is the house's own.
func (s Source) Home(code string) bool {
	return strings.EqualFold(strings.TrimSpace(code), s.country())
}

// setBarred finds what bars the house in everything that speaks of rights.
func setBarred(d *newsroom.Dispatch, src Source) {
	texts := []string{d.UsageTerms, d.CopyrightHolder}
	for _, note := range d.EdNotes {
		texts = append(texts, note.Text)
	}
	if d.Kind == newsroom.KindPicture {
		for _, p := range d.Pictures {
			texts = append(append(texts, p.Usage), shutOut.FindAllString(p.Caption, 10)...)
		}
	}
	d.Barred = first(d.Barred, barring(src.country(), texts...))
}

// Terms are the terms of use among the texts that an agency gives: the first
// one, and behind it whatever else bars the house.
func (s Source) Terms(texts ...string) string {
	found := ""
	for _, text := range texts {
		text = Terms(text)
		if found == "" {
			found = text
		} else if barring(s.country(), text) != "" && !strings.Contains(found, text) {
			found += " " + text
		}
	}
	return found
}
