package site

import (
	"encoding/json"
	"html/template"
	"time"

	"github.com/rotatif/newsroom"
)

// structured is the one way in which data for machines gets into a page. JSON
// escapes <, > and & so that nothing in it can end the element or begin another.
func structured(v any) template.HTML {
	raw, err := json.Marshal(v)
	if err != nil { // the types below marshal by construction
		return ""
	}
	return template.HTML(`<script type="application/ld+json">` + string(raw) + `</script>`)
}

// thing is a person or an organisation in structured data.
type thing struct {
	Type string `json:"@type"`
	Name string `json:"name"`
	URL  string `json:"url,omitempty"`
}

// storyData is a schema.org NewsArticle.
type storyData struct {
	Context   string `json:"@context"`
	Type      string `json:"@type"`
	Page      string `json:"mainEntityOfPage"`
	Headline  string `json:"headline"`
	About     string `json:"description,omitempty"`
	Published string `json:"datePublished"`
	Modified  string `json:"dateModified"`
	Language  string `json:"inLanguage"`
	Section   string `json:"articleSection"`
	Words     int    `json:"wordCount"`
	Free      bool   `json:"isAccessibleForFree"`
	Author    thing  `json:"author"`
	Publisher thing  `json:"publisher"`
	Credit    string `json:"creditText,omitempty"`
}

func (s *Site) storyData(a newsroom.Article, address string) storyData {
	paper := thing{"NewsMediaOrganization", s.Identity.Name, s.Identity.Address + "/"}
	author := paper
	if a.Byline != "" {
		author = thing{Type: "Person", Name: a.Byline}
	}
	return storyData{
		Context: "https://schema.org", Type: "NewsArticle", Page: address, Headline: a.Headline, About: description(a),
		Published: a.First.In(s.Zone).Format(time.RFC3339), Modified: latest(a.First, a.Changed).In(s.Zone).Format(time.RFC3339),
		Language: a.Language, Section: s.sectionName(a.Section), Words: a.Body.Words(), Free: true,
		Author: author, Publisher: paper, Credit: s.credit(a.Credit),
	}
}

// paperData is the newspaper itself.
type paperData struct {
	Context string `json:"@context"`
	thing
}

func (s *Site) paperData() paperData {
	return paperData{"https://schema.org", thing{"NewsMediaOrganization", s.Identity.Name, s.Identity.Address + "/"}}
}
