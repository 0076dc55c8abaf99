package site

import (
	"context"
	"encoding/xml"
	"fmt"
	"strings"
	"time"

	"github.com/rotatif/newsroom"
	"github.com/rotatif/newsroom/internal/edition"
)

const (
	sitemapSpace = "http://www.sitemaps.org/schemas/sitemap/0.9"
	newsSpace    = "http://www.google.com/schemas/sitemap-news/0.9"
	sitemapMost  = 50_000 // stories of one file, by the protocol
	newsMost     = 1000
	newsAge      = 48 * time.Hour
	monthForm    = "200601"
)

type sitemapIndex struct {
	XMLName xml.Name       `xml:"sitemapindex"`
	Space   string         `xml:"xmlns,attr"`
	Maps    []sitemapEntry `xml:"sitemap"`
}

type urlset struct {
	XMLName xml.Name       `xml:"urlset"`
	Space   string         `xml:"xmlns,attr"`
	News    string         `xml:"xmlns:news,attr,omitempty"`
	URLs    []sitemapEntry `xml:"url"`
}

type sitemapEntry struct {
	Loc     string     `xml:"loc"`
	Changed string     `xml:"lastmod,omitempty"`
	News    *newsEntry `xml:"news:news"`
}

type newsEntry struct {
	Paper     string `xml:"news:publication>news:name"`
	Language  string `xml:"news:publication>news:language"`
	Published string `xml:"news:publication_date"`
	Title     string `xml:"news:title"`
}

// sitemapIndex lists the months that have stories, newest first. Months are
// the files because a month that is over does not move its stories to another
// file when new ones come. It hops from story to story, one look a month.
func (s *Site) sitemapIndex(ctx context.Context, _ ask) (reply, error) {
	index := sitemapIndex{Space: sitemapSpace}
	choice := edition.Choice{Limit: 1}
	for {
		cards, err := s.Store.Cards(ctx, choice)
		if err != nil {
			return reply{}, fmt.Errorf("site: sitemap: %w", err)
		}
		if len(cards) == 0 {
			return document(xmlText, index)
		}
		month := monthOf(cards[0].First)
		index.Maps = append(index.Maps, sitemapEntry{Loc: s.Identity.Address + "/sitemap-" + month.Format(monthForm) + ".xml"})
		choice.Before = month
	}
}

// monthOf is the beginning of a time's month.
func monthOf(t time.Time) time.Time {
	t = t.UTC()
	return time.Date(t.Year(), t.Month(), 1, 0, 0, 0, 0, time.UTC)
}

// sitemap lists the stories of a month.
func (s *Site) sitemap(ctx context.Context, q ask) (reply, error) {
	name, ok := strings.CutSuffix(strings.TrimPrefix(q.section, "sitemap-"), ".xml")
	month, err := time.Parse(monthForm, name)
	if !ok || err != nil {
		return reply{}, newsroom.Refuse(newsroom.NotFound, "error.not_found")
	}
	cards, err := s.Store.Cards(ctx, edition.Choice{After: month.Add(-time.Microsecond), Before: month.AddDate(0, 1, 0), Limit: sitemapMost})
	if err != nil {
		return reply{}, fmt.Errorf("site: sitemap %s: %w", name, err)
	}
	if len(cards) == 0 {
		return reply{}, newsroom.Refuse(newsroom.NotFound, "error.not_found")
	}
	set := urlset{Space: sitemapSpace}
	for _, c := range cards {
		set.URLs = append(set.URLs, s.sitemapEntry(c))
	}
	return document(xmlText, set)
}

func (s *Site) sitemapEntry(c edition.Card) sitemapEntry {
	return sitemapEntry{
		Loc:     s.Identity.Address + s.storyPath(c.Section, c.Headline, c.ID),
		Changed: latest(c.First, c.Changed).UTC().Format(time.RFC3339),
	}
}

// newsSitemap lists the stories of the last two days.
func (s *Site) newsSitemap(ctx context.Context, q ask) (reply, error) {
	cards, err := s.Store.Cards(ctx, edition.Choice{After: q.now.Add(-newsAge), Limit: newsMost})
	if err != nil {
		return reply{}, fmt.Errorf("site: news sitemap: %w", err)
	}
	set := urlset{Space: sitemapSpace, News: newsSpace}
	for _, c := range cards {
		entry := s.sitemapEntry(c)
		entry.News = &newsEntry{Paper: s.Identity.Name, Language: c.Language, Published: c.First.UTC().Format(time.RFC3339), Title: c.Headline}
		set.URLs = append(set.URLs, entry)
	}
	made, err := document(xmlText, set)
	made.hourly = true
	return made, err
}

// robots tells crawlers where the lists are and to leave the beacon alone.
func (s *Site) robots(context.Context, ask) (reply, error) {
	text := "User-agent: *\nDisallow: /b$\nAllow: /\n\nSitemap: " + s.Identity.Address + "/sitemap.xml\nSitemap: " + s.Identity.Address + "/news-sitemap.xml\n"
	return reply{kind: plainText, body: []byte(text)}, nil
}
