package sense

import (
	"regexp"
	"slices"
	"strings"

	"github.com/rotatif/newsroom"
	"github.com/rotatif/newsroom/internal/letters"
)

var (
	// what stands around the names of lands, after folding: "TURKEY OUT", "UK AND IRELAND OUT", "NO TURKEY", "World Rights Except Italy"
	landOut   = regexp.MustCompile(`((?:[a-z]+ ){1,8})(?:out|haric)\b`)
	landNo    = regexp.MustCompile(`\b(?:no|except|excluding|excl|ohne|ausser|sauf|excepto|not (?:for use|available|for publication|for sale|for distribution) in|no (?:use|access|sales|publication|distribution) (?:in|to)?) ((?:[a-z]+ ?){1,8})`)
	landOnly  = regexp.MustCompile(`((?:[a-z]+ ){1,8})(?:use only|rights only|only|nur)\b`)
	landIn    = regexp.MustCompile(`\b(?:not for use (?:outside|out of)|for use(?: only)? in|only for use in|only in|nur in|available only in) ((?:[a-z]+ ?){1,8})`)
	turkishNo = regexp.MustCompile(`\bturkiye(?: de| icinde)? (?:kullanilamaz|yayi[mn]lanamaz|kullanima kapali|kullanilmaz|yayi[mn]lanmaz)|\bturkiye (?:disinda|haric) kullanilabilir\b`)
	noWeb     = regexp.MustCompile(`\b(?:no (?:internet|web|online|digital)(?: use| usage| sites?)?|not for (?:internet|web|online|digital)(?: use| publication)?|print(?: use)? only|nur print|nicht fur online|internet (?:sitelerinde|ortaminda) (?:kullanilamaz|yayi[mn]lanamaz))\b`)
	noUse     = regexp.MustCompile(`^(?:advisory )?not for publication\b|\bnot for publication or broadcast\b|\byayi[mn] icin degildir\b|\byayi[mn]lanmak uzere degildir\b`)
	shutOut   = regexp.MustCompile(`(?:\p{Lu}[\p{L}.]*(?: and | & |[ ,/-]+)){1,8}OUT\b`) // in a caption, where lands are named for other reasons
	clauses   = regexp.MustCompile(`[.;|*\n]+|\s[–—-]+\s`)
)

// country gives the ISO code of a land by one of its names, folded; empty for
// any other word. The lands are those of the large agencies' notices.
func country(name string) string {
	switch name {
	case "turkey", "turkiye", "turkei", "turquie", "turquia":
		return "TR"
	case "usa", "us", "united states", "america", "abd":
		return "US"
	case "uk", "united kingdom", "britain", "gb", "england":
		return "GB"
	case "germany", "deutschland", "almanya":
		return "DE"
	case "austria", "osterreich", "avusturya":
		return "AT"
	case "switzerland", "schweiz", "isvicre":
		return "CH"
	case "italy", "italia", "italya":
		return "IT"
	case "france", "fransa":
		return "FR"
	case "spain", "espana", "ispanya":
		return "ES"
	case "greece", "yunanistan":
		return "GR"
	case "cyprus", "kibris":
		return "CY"
	case "netherlands", "holland", "hollanda":
		return "NL"
	case "belgium", "belcika":
		return "BE"
	case "ireland", "poland", "russia", "ukraine", "china", "japan", "korea", "india", "israel", "iran", "australia", "canada", "mexico", "brazil",
		"norway", "sweden", "denmark", "finland", "portugal", "hungary", "romania", "bulgaria", "azerbaijan", "taiwan", "singapore", "argentina", "chile":
		return strings.ToUpper(name[:3])
	default:
		return ""
	}
}

// lands are the lands at the beginning of folded words, with what joins them.
func lands(words []string) []string {
	var found []string
	for i := 0; i < len(words); i++ {
		one, two := country(words[i]), ""
		if i+1 < len(words) {
			two = country(words[i] + " " + words[i+1])
		}
		switch {
		case two != "":
			found = append(found, two)
			i++
		case one != "":
			found = append(found, one)
		case !slices.Contains([]string{"and", "or", "the", "for", "in", "mainland", "und", "et", "ve"}, words[i]):
			return found
		}
	}
	return found
}

// landsBefore are the lands at the end of folded words.
func landsBefore(words []string) []string {
	for i := range words {
		if rest := words[i:]; len(lands(rest)) > 0 && country(strings.Join(lastLand(rest), " ")) != "" {
			return lands(rest)
		}
	}
	return nil
}

// lastLand is the last word, or the last two when they name a land together.
func lastLand(words []string) []string {
	if n := len(words); n > 1 && country(words[n-2]+" "+words[n-1]) != "" {
		return words[n-2:]
	}
	return words[len(words)-1:]
}

// barring gives the terms among the texts that bar a house of the country from
// using the copy on its site, empty when none does. The texts are free words of
// agencies: what is found makes a person look, what is not found permits nothing.
func barring(home string, texts ...string) string {
	for _, text := range texts {
		for _, clause := range clauses.Split(cut(text, 4000), 200) {
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
	for _, rule := range []struct {
		words *regexp.Regexp
		lands func([]string) []string
		out   bool // the lands named are shut out; otherwise all others are
	}{{landOut, landsBefore, true}, {landNo, lands, true}, {landOnly, landsBefore, false}, {landIn, lands, false}} {
		for _, m := range rule.words.FindAllStringSubmatch(folded, 10) {
			named := rule.lands(strings.Fields(m[1]))
			if len(named) > 0 && slices.Contains(named, home) == rule.out {
				return true
			}
		}
	}
	return false
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
