package site

import (
	"context"
	"fmt"
	"html/template"
	"net/http"

	"github.com/rotatif/newsroom"
	"github.com/rotatif/newsroom/internal/letters"
	"github.com/rotatif/newsroom/internal/web"
)

// shell is what every page of the site has around its text.
type shell struct {
	web.Frame
	Paper       string // the newspaper's name
	Title       string
	Description string
	Path        string
	Canonical   string // empty: not to be found by search engines
	Kind        string // Open Graph type
	Feed        string
	Sections    []link
	Date        string
	Assets      map[string]themeFile
	Data        template.HTML // structured data, made by [structured] alone
	Story       newsroom.StoryID
	Dwell       int // milliseconds
	Front       bool
}

// link is an address with its name.
type link struct {
	Address, Name string
	Current       bool
}

// shell begins a page.
func (s *Site) shell(i issue, path, title string) shell {
	sh := shell{
		Frame: web.Frame{Words: s.words}, Paper: s.Identity.Name, Title: title + " – " + s.Identity.Name,
		Path: path, Canonical: s.Identity.Address + path, Kind: "website", Feed: "/rss", Assets: s.assets.files,
		Dwell: int(s.Dwell.Milliseconds()),
	}
	if title == "" {
		sh.Title = s.Identity.Name
	}
	if !i.time.IsZero() {
		sh.Date = letters.Day(s.words.Lang(), i.time.In(s.Zone))
	}
	for _, section := range s.Options.Sections {
		sh.Sections = append(sh.Sections, link{Address: "/" + section.Slug, Name: section.Name, Current: path == "/"+section.Slug})
	}
	return sh
}

// Asset is the address of a file of the theme. For templates.
func (sh shell) Asset(name string) (string, error) {
	file, err := sh.file(name)
	return file.address, err
}

// Seal is the integrity of a file of the theme. For templates.
func (sh shell) Seal(name string) (string, error) {
	file, err := sh.file(name)
	return file.seal, err
}

func (sh shell) file(name string) (themeFile, error) {
	file, ok := sh.Assets[name]
	if !ok {
		return file, fmt.Errorf("site: the theme has no %s", name)
	}
	return file, nil
}

// render executes a page of the theme.
func (s *Site) render(file string, page web.Page, ranked bool) (reply, error) {
	body, err := s.templates.Render(file, "page", page)
	if err != nil {
		return reply{}, fmt.Errorf("site: %w", err)
	}
	return reply{kind: htmlText, body: body, ranked: ranked}, nil
}

// imprintPage is the page of that name.
type imprintPage struct {
	shell
	Lines []line
}

// line is a named value of the imprint.
type line struct{ Name, Value, Href string }

func (s *Site) imprint(ctx context.Context, _ ask) (reply, error) {
	i, err := s.issue(ctx)
	if err != nil {
		return reply{}, err
	}
	m := s.Identity.Imprint
	page := imprintPage{shell: s.shell(i, "/iletisim", s.words.T("site.imprint"))}
	page.Description = s.words.T("site.imprint_about", "paper", s.Identity.Name)
	for _, l := range []line{
		{"site.trade_name", m.TradeName, ""},
		{"site.owner", m.Owner, ""},
		{"site.responsible_editor", m.ResponsibleEditor, ""},
		{"site.representative", m.Representative, ""},
		{"site.publication", m.Publication, ""},
		{"site.workplace", m.Workplace, ""},
		{"site.telephone", m.Telephone, "tel:" + digits(m.Telephone)},
		{"site.email", m.Email, "mailto:" + m.Email},
		{"site.etebligat", m.ETebligat, ""},
		{"site.host", m.Host, ""},
		{"site.host_address", m.HostAddress, ""},
	} {
		if l.Value != "" {
			l.Name = s.words.T(l.Name)
			page.Lines = append(page.Lines, l)
		}
	}
	return s.render("imprint.html", page, false)
}

// digits is a telephone number as a device dials it.
func digits(number string) string {
	out := []byte{}
	for n := range len(number) {
		if c := number[n]; c >= '0' && c <= '9' || c == '+' && len(out) == 0 {
			out = append(out, c)
		}
	}
	return string(out)
}

// messagePage says that something is not here.
type messagePage struct {
	shell
	Status        int
	Heading, Text string
	Box           box
}

// message answers with the page of a status. It is kept in memory under the
// status, never under the address that was asked for, and stored by nobody else.
func (s *Site) message(w http.ResponseWriter, r *http.Request, status int) {
	p := s.broken
	if key := messageKey(status); key != "" {
		made, err := s.fetch(r.Context(), "status "+key, ask{}, func(ctx context.Context, _ ask) (reply, error) {
			return s.messageOf(ctx, status, key)
		})
		if err == nil {
			p = made
		} else {
			s.Log.Error("site: message page failed", "status", status, "error", err)
		}
	} else {
		status = http.StatusInternalServerError
	}
	p.sendAs(quiet{w}, r, status)
}

// messageKey names the sentences of a status, empty for what is our own fault.
func messageKey(status int) string {
	switch status {
	case http.StatusNotFound:
		return "not_found"
	case http.StatusGone:
		return "gone"
	case http.StatusMethodNotAllowed:
		return "method"
	default:
		return ""
	}
}

func (s *Site) messageOf(ctx context.Context, status int, key string) (reply, error) {
	i, err := s.issue(ctx)
	if err != nil {
		return reply{}, err
	}
	page := s.messagePage(i, status, key)
	if page.Box, err = s.most(ctx, i, 0); err != nil {
		return reply{}, err
	}
	return s.render("message.html", page, true)
}

func (s *Site) messagePage(i issue, status int, key string) messagePage {
	page := messagePage{shell: s.shell(i, "/", s.words.T("site."+key)), Status: status}
	page.Heading, page.Text = s.words.T("site."+key), s.words.T("site."+key+"_text")
	page.Canonical, page.Description = "", page.Text
	return page
}

// brokenPage is made of nothing that can fail later.
func (s *Site) brokenPage() (*page, error) {
	made, err := s.render("message.html", s.messagePage(issue{}, http.StatusInternalServerError, "broken"), false)
	if err != nil {
		return nil, err
	}
	return s.bind(made, stamp{})
}

// quiet forbids everybody to store what is written through it.
type quiet struct{ http.ResponseWriter }

// WriteHeader sends the status with the prohibition.
func (q quiet) WriteHeader(status int) {
	q.Header()["Cache-Control"] = []string{noStore}
	q.ResponseWriter.WriteHeader(status)
}
