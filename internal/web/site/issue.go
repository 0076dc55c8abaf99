package site

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/rotatif/newsroom"
	"github.com/rotatif/newsroom/internal/edition"
	"github.com/rotatif/newsroom/internal/letters"
)

// card is a story in a list, as the theme needs it.
type card struct {
	ID         newsroom.StoryID
	Address    string
	Section    string // its name
	Lang       string // when it is not the page's
	Headline   string
	Standfirst string
	Length     string // of the headline: "short", "" or "long"
	When       string // for people: the clock on the day of the edition, the date otherwise
	Machine    string // for machines
}

// issue is the present edition as every page needs it: its newest stories and
// the time it was last changed. "Today" on a page is the day of the issue, so
// that the page depends on the edition and on no clock.
type issue struct {
	newest []edition.Card
	time   time.Time
}

// newestKept is how many of the newest stories a page may need to fill up lists.
const newestKept = 30

func (s *Site) issue(ctx context.Context) (issue, error) {
	newest, err := s.Store.Cards(ctx, edition.Choice{Limit: newestKept})
	if err != nil {
		return issue{}, fmt.Errorf("site: newest stories: %w", err)
	}
	i := issue{newest: newest}
	for _, c := range newest {
		i.time = latest(i.time, c.First, c.Changed)
	}
	return i, nil
}

func latest(times ...time.Time) time.Time {
	return slices.MaxFunc(times, time.Time.Compare)
}

// card dresses a story for a list.
func (s *Site) card(c edition.Card, i issue) card {
	first := c.First.In(s.Zone)
	return card{
		ID: c.ID, Address: s.storyPath(c.Section, c.Headline, c.ID), Section: s.sectionName(c.Section),
		Lang: s.foreign(c.Language), Headline: c.Headline, Standfirst: c.Standfirst, Length: length(c.Headline),
		When: letters.Short(s.words.Lang(), first, i.time), Machine: first.Format(time.RFC3339),
	}
}

func (s *Site) cards(list []edition.Card, i issue) []card {
	cards := make([]card, len(list))
	for n, c := range list {
		cards[n] = s.card(c, i)
	}
	return cards
}

// length sorts headlines by how large they can be set: the median of Turkish
// headlines has 62 letters, one in four has more than 73.
func length(headline string) string {
	switch n := utf8.RuneCountInString(headline); {
	case n <= 45:
		return "short"
	case n <= 95:
		return ""
	default:
		return "long"
	}
}

// foreign is the language of a text when it is not the page's, for its lang attribute.
func (s *Site) foreign(lang string) string {
	if lang == s.words.Lang() {
		return ""
	}
	return lang
}

// sectionName is the section's name; a section that the site does not have
// (any more) is called by its slug.
func (s *Site) sectionName(slug string) string {
	if name, ok := s.names[slug]; ok {
		return name
	}
	first, size := utf8.DecodeRuneInString(slug)
	return letters.Upper(s.words.Lang(), string(first)) + strings.ReplaceAll(slug[size:], "-", " ")
}

// storyPath is the one address of a story. The id decides; the rest is for readers.
func (s *Site) storyPath(section, headline string, id newsroom.StoryID) string {
	if !sectionSlug.MatchString(section) {
		section = letters.Slug(section)
	}
	return "/" + section + "/" + letters.Slug(headline) + "-" + id.String()
}

// without leaves out the stories that are shown already.
func without(list []edition.Card, shown map[newsroom.StoryID]bool) []edition.Card {
	left := []edition.Card{}
	for _, c := range list {
		if !shown[c.ID] {
			left = append(left, c)
		}
	}
	return left
}
