package site

import (
	"context"
	"fmt"
	"net/url"
	"strings"
	"time"

	"github.com/rotatif/newsroom"
	"github.com/rotatif/newsroom/internal/edition"
	"github.com/rotatif/newsroom/internal/letters"
)

// storyPage is a story.
type storyPage struct {
	shell
	Section  link
	Foreign  string // the language when it is not the page's
	Headline string
	Length   string

	Standfirst string
	First      moment
	Changed    *moment
	Byline     string
	Notes      []note
	Dateline   string // when the text does not begin with a paragraph that takes it
	Text       []part
	Credit     string
	WhatsApp   string
	Box        box
	More       []card
}

// moment is a time for people and for machines.
type moment struct{ Text, Machine string }

// note is a correction as readers see it.
type note struct {
	Text string
	At   moment
}

// moreCards is how many stories of the same section follow a story.
const moreCards = 6

func (s *Site) story(ctx context.Context, q ask) (reply, error) {
	id, err := newsroom.ParseStoryID(q.name[strings.LastIndexByte(q.name, '-')+1:])
	if err != nil {
		return reply{}, err
	}
	a, err := s.Store.Article(ctx, id)
	if err != nil {
		return reply{}, err
	}
	path := s.storyPath(a.Section, a.Headline, a.ID)
	if path != "/"+q.section+"/"+q.name {
		return reply{}, moved{path}
	}
	i, err := s.issue(ctx)
	if err != nil {
		return reply{}, err
	}
	page := s.storyPage(a, path, i)
	if page.Box, err = s.most(ctx, i, a.ID); err != nil {
		return reply{}, err
	}
	more, err := s.Store.Cards(ctx, edition.Choice{Section: a.Section, Limit: moreCards + 1})
	if err != nil {
		return reply{}, fmt.Errorf("site: more of %s: %w", a.Section, err)
	}
	more = without(more, map[newsroom.StoryID]bool{a.ID: true})
	page.More = evenly(s.cards(more[:min(len(more), moreCards)], i))
	return s.render("story.html", page, true)
}

func (s *Site) storyPage(a newsroom.Article, path string, i issue) storyPage {
	p := storyPage{
		shell: s.shell(i, path, a.Headline), Section: link{Name: s.sectionName(a.Section)}, Foreign: s.foreign(a.Language),
		Headline: a.Headline, Length: length(a.Headline), Standfirst: a.Standfirst, First: s.moment(a.First),
		Byline: a.Byline, Credit: s.credit(a.Credit),
	}
	p.Kind, p.Story, p.Description = "article", a.ID, description(a)
	if _, ok := s.names[a.Section]; ok {
		p.Section.Address, p.Feed = "/"+a.Section, "/rss/"+a.Section
	}
	if a.Changed.After(a.First) {
		changed := s.moment(a.Changed)
		p.Changed = &changed
	}
	for _, n := range a.Notes {
		p.Notes = append(p.Notes, note{n.Text, s.moment(n.At)})
	}
	p.Text, p.Dateline = parts(a.Body, a.Dateline)
	p.WhatsApp = "https://wa.me/?text=" + url.QueryEscape(a.Headline+" "+p.Canonical)
	p.Data = structured(s.storyData(a, p.Canonical))
	return p
}

func (s *Site) moment(t time.Time) moment {
	t = t.In(s.Zone)
	return moment{letters.Stamp(s.words.Lang(), t), t.Format(time.RFC3339)}
}

// credit names the agency and, in brackets, those whom it cites.
func (s *Site) credit(c newsroom.Credit) string {
	cited := strings.Join(c.Cited, ", ")
	switch {
	case c.Agency == "":
		return cited
	case cited == "":
		return c.Agency
	default:
		return c.Agency + " (" + cited + ")"
	}
}

// description is the story in a sentence for who has not opened it.
func description(a newsroom.Article) string {
	if a.Standfirst != "" {
		return letters.Cut(a.Standfirst, 300)
	}
	for _, b := range a.Body {
		if text := newsroom.Plain(b.Text); b.Kind == newsroom.Paragraph && text != "" {
			return letters.Cut(text, 200)
		}
	}
	return a.Headline
}
