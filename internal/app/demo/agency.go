package demo

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"net/http"
	"strings"
	"time"
)

// Agency serves copy over HTTP: /ka as NewsML-G2, /lha as ninjs, /dp as RSS.
type Agency struct {
	plan   []Sending
	lang   string
	opened time.Time
	now    func() time.Time
}

// NewAgency opens an agency with a plan.
func NewAgency(plan []Sending, lang string, now func() time.Time) *Agency {
	return &Agency{plan: plan, lang: lang, opened: now(), now: now}
}

// newest is how many sendings a list shows.
const newest = 30

// out gives what an agency has sent by now, oldest first.
func (a *Agency) out(agency string) []Sending {
	since := a.now().Sub(a.opened)
	sent := []Sending{}
	for _, s := range a.plan {
		if s.Agency == agency && s.After <= since && s.Broken == 0 {
			sent = append(sent, s)
		}
	}
	if len(sent) > newest {
		sent = sent[len(sent)-newest:]
	}
	return sent
}

// fault is the page that stands in for an agency's copy just now, if any.
func (a *Agency) fault(agency string) []byte {
	since := a.now().Sub(a.opened)
	for _, s := range a.plan {
		if s.Agency == agency && s.After <= since && since < s.After+s.Broken {
			return []byte("<html><head><title>503</title></head><body>" + s.html() + "</body></html>")
		}
	}
	return nil
}

// Done says whether everything has been sent.
func (a *Agency) Done() bool {
	return len(a.plan) == 0 || a.plan[len(a.plan)-1].After <= a.now().Sub(a.opened)
}

// ServeHTTP answers the three addresses, with 304 when nothing is new.
func (a *Agency) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	var body []byte
	var err error
	kind := "application/xml; charset=utf-8"
	switch r.URL.Path {
	case "/ka":
		body, err = a.newsML()
	case "/lha":
		body, err = a.ninjs()
		kind = "application/json"
	case "/dp":
		body, err = a.rss()
	default:
		http.NotFound(w, r)
		return
	}
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	if page := a.fault(strings.TrimPrefix(r.URL.Path, "/")); page != nil {
		body, kind = page, "text/html; charset=utf-8" // with status 200, as it happens
	}
	sum := sha256.Sum256(body)
	tag := `"` + hex.EncodeToString(sum[:8]) + `"`
	w.Header().Set("ETag", tag)
	w.Header().Set("Content-Type", kind)
	if r.Header.Get("If-None-Match") == tag {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	_, _ = w.Write(body) // the caller may be gone
}

// at is when a sending went out.
func (a *Agency) at(s Sending) time.Time { return a.opened.Add(s.After).UTC().Truncate(time.Second) }

// id is the agency's stable name for a piece; it is new each time the agency opens.
func (a *Agency) id(s Sending) string {
	return fmt.Sprintf("%s:%s:%s", s.Agency, a.opened.UTC().Format("20060102150405"), s.Name)
}

// Name is the agency's name by its code.
func Name(agency string) string {
	switch agency {
	case "ka":
		return "Kuzey Ajansı"
	case "lha":
		return "Liman Haber Ajansı"
	default:
		return "Doğu Postası"
	}
}

// paragraphs is the body, the first line led by the dateline as agencies do.
func (s Sending) paragraphs() []string {
	out := append([]string{}, s.Paragraphs...)
	if len(out) > 0 && s.Place != "" {
		out[0] = fmt.Sprintf("%s (%s) - %s", s.Place, strings.ToUpper(s.Agency), out[0])
	}
	return out
}

// html is the body as XHTML.
func (s Sending) html() string {
	var b strings.Builder
	for _, p := range s.paragraphs() {
		tag := "p"
		if sub, ok := strings.CutPrefix(p, "## "); ok {
			tag, p = "h2", sub
		}
		b.WriteString("<" + tag + ">")
		_ = xml.EscapeText(&b, []byte(p)) // a builder does not fail
		b.WriteString("</" + tag + ">")
	}
	return b.String()
}

type ninjsItem struct {
	URI         string         `json:"uri"`
	Type        string         `json:"type"`
	Version     string         `json:"version"`
	Created     time.Time      `json:"versioncreated"`
	Status      string         `json:"pubstatus"`
	Embargoed   *time.Time     `json:"embargoed,omitempty"`
	Urgency     int            `json:"urgency"`
	Language    string         `json:"language"`
	Headline    string         `json:"headline,omitempty"`
	Standfirst  string         `json:"description_text,omitempty"`
	Byline      string         `json:"byline,omitempty"`
	Located     string         `json:"located,omitempty"`
	Slug        string         `json:"slugline,omitempty"`
	Body        string         `json:"body_xhtml,omitempty"`
	Note        string         `json:"ednote,omitempty"`
	Terms       string         `json:"usageterms,omitempty"`
	Subjects    []ninjsSubject `json:"subject,omitempty"`
	InfoSources []ninjsSource  `json:"infosource,omitempty"`
}

type ninjsSubject struct {
	Code string `json:"code"`
}

type ninjsSource struct {
	Name string `json:"name"`
	Rel  string `json:"rel,omitempty"`
}

func (a *Agency) ninjs() ([]byte, error) {
	items := []ninjsItem{}
	for _, s := range a.out("lha") {
		item := ninjsItem{
			URI: a.id(s), Type: "text", Version: fmt.Sprint(s.Version), Created: a.at(s), Status: s.Status,
			Urgency: s.Urgency, Language: a.lang, Headline: s.Headline, Note: s.Note, Slug: s.Slug, Terms: s.Terms,
			Subjects: []ninjsSubject{{s.Subject}}, InfoSources: []ninjsSource{{Name: Name("lha")}},
		}
		if s.Status != "canceled" {
			item.Standfirst, item.Byline, item.Located, item.Body = s.Standfirst, s.Byline, s.Place, s.html()
		}
		if s.Embargo > 0 {
			until := a.at(s).Add(s.Embargo)
			item.Embargoed = &until
		}
		items = append(items, item)
	}
	return json.MarshalIndent(items, "", " ")
}

type rssItem struct {
	GUID        rssGUID  `xml:"guid"`
	Title       string   `xml:"title"`
	Description string   `xml:"description"`
	Date        string   `xml:"pubDate"`
	Author      string   `xml:"dc:creator,omitempty"`
	Category    rssTopic `xml:"category"`
	Body        string   `xml:"content:encoded"`
}

// rssTopic is a code of the vocabulary that Domain names.
type rssTopic struct {
	Domain string `xml:"domain,attr"`
	Code   string `xml:",chardata"`
}

// mediaTopics is where the IPTC keeps the codes that begin with medtop.
const mediaTopics = "https://cv.iptc.org/newscodes/mediatopic/"

type rssGUID struct {
	PermaLink string `xml:"isPermaLink,attr"`
	Text      string `xml:",chardata"`
}

type rssFeed struct {
	XMLName  xml.Name  `xml:"rss"`
	Version  string    `xml:"version,attr"`
	DC       string    `xml:"xmlns:dc,attr"`
	Content  string    `xml:"xmlns:content,attr"`
	Title    string    `xml:"channel>title"`
	Link     string    `xml:"channel>link"`
	About    string    `xml:"channel>description"`
	Language string    `xml:"channel>language"`
	Items    []rssItem `xml:"channel>item"`
}

func (a *Agency) rss() ([]byte, error) {
	feed := rssFeed{
		Version: "2.0", DC: "http://purl.org/dc/elements/1.1/", Content: "http://purl.org/rss/1.0/modules/content/",
		Title: Name("dp"), Link: "https://dogupostasi.example/", About: Name("dp"), Language: a.lang,
	}
	for _, s := range a.out("dp") {
		feed.Items = append(feed.Items, rssItem{
			GUID: rssGUID{"false", a.id(s)}, Title: s.Headline, Description: s.Standfirst,
			Date: a.at(s).Format(time.RFC1123Z), Author: s.Byline, Category: rssTopic{mediaTopics, strings.TrimPrefix(s.Subject, "medtop:")}, Body: s.html(),
		})
	}
	return xml.MarshalIndent(feed, "", " ")
}
