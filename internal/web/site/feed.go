package site

import (
	"bytes"
	"context"
	"encoding/xml"
	"fmt"
	"net/url"
	"time"

	"github.com/rotatif/newsroom"
	"github.com/rotatif/newsroom/internal/edition"
	"github.com/rotatif/newsroom/internal/web"
)

// rss is an RSS 2.0 document.
type rss struct {
	XMLName xml.Name `xml:"rss"`
	Version string   `xml:"version,attr"`
	Atom    string   `xml:"xmlns:atom,attr"`
	Content string   `xml:"xmlns:content,attr"`
	DC      string   `xml:"xmlns:dc,attr"`
	Channel channel  `xml:"channel"`
}

type channel struct {
	Title       string     `xml:"title"`
	Link        string     `xml:"link"`
	Description string     `xml:"description"`
	Language    string     `xml:"language"`
	Built       string     `xml:"lastBuildDate,omitempty"`
	Minutes     int        `xml:"ttl"`
	Self        atomLink   `xml:"atom:link"`
	Items       []feedItem `xml:"item"`
}

type atomLink struct {
	Href string `xml:"href,attr"`
	Rel  string `xml:"rel,attr"`
	Type string `xml:"type,attr"`
}

type feedItem struct {
	Title       string `xml:"title"`
	Link        string `xml:"link"`
	GUID        guid   `xml:"guid"`
	Published   string `xml:"pubDate"`
	Creator     string `xml:"dc:creator"`
	Category    string `xml:"category"`
	Description string `xml:"description"`
	Content     string `xml:"content:encoded"`
}

type guid struct {
	Permanent bool   `xml:"isPermaLink,attr"`
	Text      string `xml:",chardata"`
}

// feedItems is how many stories a feed has.
const feedItems = 30

// feed is the newest stories of the paper, or of a section, whole.
func (s *Site) feed(ctx context.Context, q ask) (reply, error) {
	title, about, at, self := s.Identity.Name, s.words.T("site.front_about", "paper", s.Identity.Name), "/", "/rss"
	if q.section != "" {
		name, ok := s.names[q.section]
		if !ok {
			return reply{}, newsroom.Refuse(newsroom.NotFound, "error.not_found")
		}
		title, at, self = title+" – "+name, "/"+q.section, "/rss/"+q.section
		about = s.words.T("site.section_about", "section", name, "paper", s.Identity.Name)
	}
	stories, err := s.Store.Articles(ctx, edition.Choice{Section: q.section, Limit: feedItems})
	if err != nil {
		return reply{}, fmt.Errorf("site: feed: %w", err)
	}
	c := channel{
		Title: title, Link: s.Identity.Address + at, Description: about, Language: s.words.Lang(), Minutes: 5,
		Self: atomLink{s.Identity.Address + self, "self", "application/rss+xml"},
	}
	var built time.Time
	for _, a := range stories {
		item, err := s.feedItem(a)
		if err != nil {
			return reply{}, err
		}
		c.Items = append(c.Items, item)
		built = latest(built, a.First, a.Changed)
	}
	if !built.IsZero() {
		c.Built = s.mailDate(built)
	}
	return document(feedText, rss{
		Version: "2.0", Atom: "http://www.w3.org/2005/Atom", DC: "http://purl.org/dc/elements/1.1/",
		Content: "http://purl.org/rss/1.0/modules/content/", Channel: c,
	})
}

// feedBody is the text of a story by itself, for the theme's "feed" template.
type feedBody struct {
	web.Frame
	Standfirst string
	Notes      []note
	Dateline   string
	Text       []part
	Credit     string
}

func (s *Site) feedItem(a newsroom.Article) (feedItem, error) {
	body := feedBody{Frame: web.Frame{Words: s.words}, Standfirst: a.Standfirst, Credit: s.credit(a.Credit)}
	body.Text, body.Dateline = parts(a.Body, a.Dateline)
	for _, n := range a.Notes {
		body.Notes = append(body.Notes, note{n.Text, s.moment(n.At)})
	}
	content, err := s.templates.Render("feed.html", "feed", body)
	if err != nil {
		return feedItem{}, fmt.Errorf("site: feed: story %d: %w", a.ID, err)
	}
	creator := a.Byline
	if creator == "" {
		creator = s.Identity.Name
	}
	return feedItem{
		Title: a.Headline, Link: s.Identity.Address + s.storyPath(a.Section, a.Headline, a.ID), GUID: guid{Text: s.tag(a)},
		Published: s.mailDate(a.First), Creator: creator, Category: s.sectionName(a.Section),
		Description: description(a), Content: string(content),
	}, nil
}

// tag names a story for ever, whatever becomes of its headline (RFC 4151).
func (s *Site) tag(a newsroom.Article) string {
	host := ""
	if base, err := url.Parse(s.Identity.Address); err == nil {
		host = base.Hostname()
	}
	return "tag:" + host + "," + a.First.UTC().Format(time.DateOnly) + ":" + a.ID.String()
}

// mailDate is a time as RSS wants it.
func (s *Site) mailDate(t time.Time) string { return t.In(s.Zone).Format(time.RFC1123Z) }

// document is a value as an XML document.
func document(kind string, v any) (reply, error) {
	var b bytes.Buffer
	b.WriteString(xml.Header)
	if err := xml.NewEncoder(&b).Encode(v); err != nil {
		return reply{}, fmt.Errorf("site: document: %w", err)
	}
	return reply{kind: kind, body: b.Bytes()}, nil
}
