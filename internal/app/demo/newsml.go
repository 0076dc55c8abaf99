package demo

import (
	"encoding/xml"
	"fmt"
	"strings"
	"time"
)

type qcode struct {
	QCode string `xml:"qcode,attr"`
	Name  string `xml:"name,omitempty"`
}

// g2Item has its elements in the order that the standard wants.
type g2Item struct {
	XMLName  xml.Name `xml:"newsItem"`
	GUID     string   `xml:"guid,attr"`
	Version  int      `xml:"version,attr"`
	Standard string   `xml:"standard,attr"`
	StdVer   string   `xml:"standardversion,attr"`
	Conf     string   `xml:"conformance,attr"`
	Lang     string   `xml:"xml:lang,attr"`

	Catalog g2Catalog `xml:"catalogRef"`

	Meta struct {
		Class     qcode  `xml:"itemClass"`
		Provider  qcode  `xml:"provider"`
		Created   string `xml:"versionCreated"`
		Embargoed string `xml:"embargoed,omitempty"`
		Status    qcode  `xml:"pubStatus"`
		Note      string `xml:"edNote,omitempty"`
		Signal    *qcode `xml:"signal"`
	} `xml:"itemMeta"`

	Content struct {
		Urgency  int     `xml:"urgency"`
		Located  *qcode  `xml:"located"`
		Source   *g2Name `xml:"infoSource"`
		Subject  qcode   `xml:"subject"`
		Slug     string  `xml:"slugline,omitempty"`
		Headline string  `xml:"headline"`
		By       string  `xml:"by,omitempty"`
		Credit   string  `xml:"creditline"`
		Summary  *g2Text `xml:"description"`
	} `xml:"contentMeta"`

	Body *g2Body `xml:"contentSet>inlineXML"`
}

type g2Catalog struct {
	Href string `xml:"href,attr"`
}

// catalog is where the IPTC explains the aliases of its vocabularies.
const catalog = "http://www.iptc.org/std/catalog/catalog.IPTC-G2-Standards_41.xml"

type g2Name struct {
	Role string `xml:"role,attr,omitempty"`
	Name string `xml:"name"`
}

type g2Text struct {
	Role string `xml:"role,attr"`
	Text string `xml:",chardata"`
}

type g2Body struct {
	Type string `xml:"contenttype,attr"`
	HTML string `xml:",innerxml"`
}

type g2Message struct {
	XMLName xml.Name `xml:"http://iptc.org/std/nar/2006-10-01/ newsMessage"`
	Sent    string   `xml:"header>sent"`
	Items   []g2Item `xml:"itemSet>newsItem"`
}

func (a *Agency) newsML() ([]byte, error) {
	sent := a.out("ka")
	message := g2Message{Sent: a.opened.UTC().Format(time.RFC3339)}
	for _, s := range sent {
		message.Items = append(message.Items, a.g2(s))
	}
	body, err := xml.MarshalIndent(message, "", " ")
	if err != nil {
		return nil, fmt.Errorf("demo: NewsML-G2: %w", err)
	}
	return append([]byte(xml.Header), body...), nil
}

func (a *Agency) g2(s Sending) g2Item {
	item := g2Item{GUID: a.id(s), Version: s.Version, Standard: "NewsML-G2", StdVer: "2.29", Conf: "power", Lang: a.lang, Catalog: g2Catalog{catalog}}
	m, c := &item.Meta, &item.Content
	m.Class, m.Provider = qcode{QCode: "ninat:text"}, qcode{QCode: "nprov:" + s.Agency, Name: Name(s.Agency)}
	m.Created, m.Status, m.Note = a.at(s).Format(time.RFC3339), qcode{QCode: "stat:" + s.Status}, s.Note
	if s.Embargo > 0 {
		m.Embargoed = a.at(s).Add(s.Embargo).Format(time.RFC3339)
	}
	if s.Signal != "" {
		m.Signal = &qcode{QCode: "sig:" + s.Signal}
	}
	c.Urgency, c.Credit, c.Slug, c.Headline = s.Urgency, "KA", s.Slug, s.Headline
	c.Subject = qcode{QCode: s.Subject}
	if s.Status == "canceled" {
		return item
	}
	c.By = s.Byline
	if s.Place != "" {
		c.Located = &qcode{QCode: "city:" + strings.ReplaceAll(s.Place, " ", "-"), Name: s.Place}
	}
	if s.Cited != "" {
		c.Source = &g2Name{Role: "isrol:originfo", Name: s.Cited}
	}
	if s.Standfirst != "" {
		c.Summary = &g2Text{"drol:summary", s.Standfirst}
	}
	item.Body = &g2Body{"application/xhtml+xml", `<html xmlns="http://www.w3.org/1999/xhtml"><body>` + s.html() + `</body></html>`}
	return item
}
