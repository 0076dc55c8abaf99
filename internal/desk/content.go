package desk

import (
	"strings"

	"github.com/rotatif/newsroom"
	"github.com/rotatif/newsroom/internal/letters"
)

// ContentOf fills a new story from what the agency delivered. What the agency
// says to its subscribers alone goes into the note, never into the text.
func (d *Desk) ContentOf(item newsroom.WireItem) newsroom.Content {
	text := item.Text
	return newsroom.Content{
		Language:   languageOf(text.Language),
		Section:    d.SectionOf(text),
		Headline:   text.Headline,
		Standfirst: text.Standfirst,
		Body:       text.Body,
		Byline:     text.Byline,
		Dateline:   datelineOf(text.Dateline),
		Credit:     creditOf(text),
		Slugline:   text.Slugline,
		Note:       noteOf(text),
	}
}

// SectionOf is the section that the first known subject code names, else the first section.
func (d *Desk) SectionOf(text newsroom.Dispatch) string {
	for _, subject := range text.Subjects {
		for _, section := range d.Sections {
			for _, code := range section.Subjects {
				if strings.EqualFold(code, subject.Scheme+":"+subject.Code) {
					return section.Slug
				}
			}
		}
	}
	if len(d.Sections) == 0 {
		return ""
	}
	return d.Sections[0].Slug
}

func languageOf(tag string) string {
	short, _, _ := strings.Cut(strings.ToLower(tag), "-")
	if short == "en" {
		return "en"
	}
	return "tr"
}

func datelineOf(d newsroom.Dateline) string {
	if d.Place != "" {
		return d.Place
	}
	return d.Text
}

// creditOf names the agency and those whom it cites: who is cited in the text,
// and who supplied the copy, as far as that is not the agency itself.
func creditOf(text newsroom.Dispatch) newsroom.Credit {
	credit := newsroom.Credit{Agency: text.Credit}
	own := map[string]bool{letters.Fold(text.Key.Provider): true}
	for _, link := range text.Chain {
		if link.Role == "provider" {
			own[letters.Fold(link.Name)] = true
			if credit.Agency == "" {
				credit.Agency = link.Name
			}
		}
	}
	if credit.Agency == "" {
		credit.Agency = text.Key.Provider
	}
	own[letters.Fold(credit.Agency)] = true
	for _, link := range text.Chain {
		supplied := link.Role == "source" && strings.HasPrefix(strings.ToLower(link.Evidence), "infosource")
		if name := letters.Fold(link.Name); (link.Role == "cited" || supplied) && !own[name] {
			own[name] = true
			credit.Cited = append(credit.Cited, link.Name)
		}
	}
	return credit
}

func noteOf(text newsroom.Dispatch) string {
	lines := []string{}
	for _, note := range text.EdNotes {
		lines = append(lines, note.Text)
	}
	if text.UsageTerms != "" {
		lines = append(lines, text.UsageTerms)
	}
	return strings.Join(lines, "\n")
}
