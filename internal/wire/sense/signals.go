package sense

import (
	"regexp"
	"slices"
	"strings"
	"unicode"

	"github.com/rotatif/newsroom"
	"github.com/rotatif/newsroom/internal/letters"
	"github.com/rotatif/newsroom/internal/wire/notice"
	"github.com/rotatif/newsroom/internal/wire/voice"
)

// flashy says whether a headline begins the way flashes do: with their word set
// off from what follows, or in capitals before what is not. "Son dakika" needs
// neither, but for the goals and sales of the last minute.
func flashy(headline string) bool {
	folded := letters.Fold(headline)
	for _, word := range []string{"son dakika", "sondakika", "flas", "acil", "breaking news", "breaking", "flash", "urgent", "alert", "eilmeldung"} {
		rest, ok := strings.CutPrefix(folded, word)
		switch {
		case !ok || rest != "" && rest[0] != ' ':
		case rest == "" && word != "urgent" && word != "alert", word == "son dakika" && !lastMinute.MatchString(rest), shouted(headline, strings.Count(word, " ")+1), word == "flas" && letters.AllCaps(headline):
			return true
		}
	}
	return false
}

var lastMinute = regexp.MustCompile(`^ (?:gol|penalti|basket|transfer|firsat|indirim|satis|tatil|heyecan|degisik|kurtar)`)

// shouted says whether the first words are in capitals or set off by a mark:
// "ACİL: …" is a call, "Acil servis …" is a story.
func shouted(headline string, words int) bool {
	headline = strings.TrimLeftFunc(headline, func(r rune) bool { return !unicode.IsLetter(r) })
	at := 0
	for ; words > 0; words-- {
		at += strings.IndexFunc(headline[at:]+" ", unicode.IsLetter)
		at += strings.IndexFunc(headline[at:]+" ", func(r rune) bool { return !unicode.IsLetter(r) })
	}
	word, rest := headline[:at], headline[at:]
	return setOff.MatchString(rest) || letters.AllCaps(word) && !letters.AllCaps(rest)
}

var setOff = regexp.MustCompile(`^\s*(?:[:!|*…–—]|\.\.|/)|^\s+-`)

var correctionWord = regexp.MustCompile(`^(?:duzeltme|duzeltilmis|corrected|correction|corrects|berichtigung|korrektur|rectificatif|correccion|rettelse)(?: |$)`)

// corrective says whether a line begins with a word of correction.
func corrective(line string) bool { return correctionWord.MatchString(letters.Fold(line)) }

// setSignals finds flash and correction in what the item says of itself.
func setSignals(d *newsroom.Dispatch) {
	d.Flash = d.Flash || flashy(d.Headline)
	d.Correction = d.Correction || corrective(d.Headline) || corrective(firstParagraph(d.Body))
	for _, note := range d.EdNotes {
		d.Flash = d.Flash || d.Urgency == 2 && strings.Contains(letters.Fold(note.Text), "eilmeldung")
		d.Correction = d.Correction || corrective(note.Text) || strings.EqualFold(Code(note.Role), "correction")
	}
}

var (
	refiled  = regexp.MustCompile(`^\W*REFILE\b`)
	repeated = regexp.MustCompile(`^\W*(?:REPEAT|RPT|TEKRAR|WIEDERHOLUNG)(?:\s*\d*\s*[-:–—/]|\s+\d)`)
)

// setNotice finds out whether the copy speaks of other copy, or is an old one
// mended or sent once more.
func setNotice(d *newsroom.Dispatch, src Source) {
	d.Refile, d.Repeat = refiled.MatchString(d.Headline), repeated.MatchString(d.Headline)
	if d.Status == newsroom.Canceled {
		return // it says so in a field
	}
	c := notice.Copy{Headline: d.Headline, Slugline: d.Slugline, Sent: d.VersionCreated, Zone: src.zone()}
	for _, b := range d.Body {
		if len(c.Lines) < 6 && len(b.Text) > 0 {
			c.Lines = append(c.Lines, newsroom.Plain(b.Text))
		}
	}
	for _, n := range d.EdNotes {
		if kind := keptAs(n.Role); kind != NoteRights && kind != NoteDescription { // they speak of a part, or of what is to be seen
			c.Notes = append(c.Notes, n.Text)
		}
	}
	d.Notice = notice.Find(c)
}

// setChain puts the provider first and whom it cites behind, each once.
func setChain(d *newsroom.Dispatch, src Source) {
	chain := []newsroom.Cited{}
	if name := first(src.Name, src.Provider); name != "" {
		chain = append(chain, newsroom.Cited{Name: name, Role: "provider", Evidence: "source"})
	}
	chain = append(chain, d.Chain...)
	if d.Credit != "" {
		chain = append(chain, newsroom.Cited{Name: d.Credit, Role: "source", Evidence: "credit"})
	}
	for _, s := range voice.Sources(strings.Join(append([]string{d.Headline}, leadLines(d.Body)...), "\n"), d.Language) {
		chain = append(chain, newsroom.Cited{Name: s.Name, Role: "cited", Evidence: cut(s.Words, 120)})
	}
	d.Chain = nil
	seen := map[string]bool{}
	for _, c := range chain {
		if c.Role == "cited" && (voice.Same(c.Name, src.Provider) || Own(newsroom.Dispatch{Chain: chain}, c.Name)) {
			continue // an agency that names itself leans on nobody
		}
		c.Name = cut(strings.TrimSpace(c.Name), 200)
		key := letters.Fold(c.Name)
		if key == "" || seen[key] || len(d.Chain) >= 30 {
			continue
		}
		seen[key] = true
		d.Chain = append(d.Chain, c)
	}
}

// Own says whether a name is the dispatch's own provider's, by whatever name it goes.
func Own(d newsroom.Dispatch, name string) bool {
	for _, c := range d.Chain {
		if c.Role == "provider" && voice.Same(bareName(c.Name), bareName(name)) {
			return true
		}
	}
	return slices.ContainsFunc(authority(d.Key.ID), func(part string) bool {
		return voice.Same(part, bareName(name)) || part == strings.ReplaceAll(letters.Fold(name), " ", "")
	})
}

// authority are the first parts of an id, in which agencies name themselves:
// urn:newsml:afp.com:…, tag:kuzey.example,2026:…, aa:text:….
func authority(id string) []string {
	parts := strings.Fields(letters.Fold(id))
	return parts[:min(len(parts), 4)]
}

var host = regexp.MustCompile(`^(?i:https?://)?(?i:www\.)?([\p{L}\d-]+)(?i:\.com|\.org|\.net)?(?i:\.[a-z]{2})?/?$`)

// bareName is the name of an agency that is given by the address of its site,
// or by the code it has with itself.
func bareName(name string) string {
	if m := host.FindStringSubmatch(strings.TrimSpace(name)); m != nil {
		name = m[1]
	}
	if strings.EqualFold(name, "RTRS") {
		return "Reuters"
	}
	return name
}

// leadLines are the first lines of a body: who is cited is said early.
func leadLines(body newsroom.Body) []string {
	var lines []string
	for _, b := range body {
		if len(lines) < 6 && b.Kind == newsroom.Paragraph {
			lines = append(lines, newsroom.Plain(b.Text))
		}
	}
	return lines
}

// first is the first text that is not empty.
func first(texts ...string) string {
	for _, t := range texts {
		if t = strings.TrimSpace(t); t != "" {
			return t
		}
	}
	return ""
}

// First is the first text that is not blank, trimmed.
func First(texts ...string) string { return first(texts...) }
