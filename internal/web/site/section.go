package site

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"github.com/rotatif/newsroom"
	"github.com/rotatif/newsroom/internal/edition"
)

// sectionPage is a section, newest first, page after page by time.
type sectionPage struct {
	shell
	Name  string
	Lead  *card
	Cards []card
	Older string // address of the next page
	Box   box
}

// sectionCards is how many stories a section's page shows.
const sectionCards = 30

func (s *Site) section(ctx context.Context, q ask) (reply, error) {
	if strings.HasPrefix(q.section, "sitemap-") {
		return s.sitemap(ctx, q)
	}
	name, ok := s.names[q.section]
	if !ok {
		return reply{}, newsroom.Refuse(newsroom.NotFound, "error.not_found")
	}
	i, err := s.issue(ctx)
	if err != nil {
		return reply{}, err
	}
	list, err := s.Store.Cards(ctx, edition.Choice{Section: q.section, Before: q.before, Limit: sectionCards + 1})
	if err != nil {
		return reply{}, fmt.Errorf("site: section %s: %w", q.section, err)
	}
	path := "/" + q.section
	page := sectionPage{shell: s.shell(i, path, name), Name: name}
	page.Feed, page.Description = "/rss/"+q.section, s.words.T("site.section_about", "section", name, "paper", s.Identity.Name)
	if len(list) > sectionCards {
		list = list[:sectionCards]
		page.Older = path + "?before=" + strconv.FormatInt(list[sectionCards-1].First.UnixMicro(), 10)
	}
	if page.Cards = s.cards(list, i); q.before.IsZero() && len(list) > 0 {
		page.Lead, page.Cards = &page.Cards[0], page.Cards[1:]
	}
	if !q.before.IsZero() {
		page.Canonical += "?before=" + strconv.FormatInt(q.before.UnixMicro(), 10)
	}
	if page.Box, err = s.most(ctx, i, 0); err != nil {
		return reply{}, err
	}
	return s.render("section.html", page, true)
}
