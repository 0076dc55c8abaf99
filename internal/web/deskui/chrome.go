package deskui

import (
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/rotatif/newsroom"
	"github.com/rotatif/newsroom/internal/letters"
	"github.com/rotatif/newsroom/internal/web"
)

// chrome is what every screen of the desk has around it.
type chrome struct {
	web.Frame
	Paper  string // the newspaper's name
	Title  string
	Here   string // the screen, as in the address
	Person newsroom.Person
	Wrong  string // a sentence about what was refused
	Note   *note  // what has just been done
	Alarms alarms // what calls for a person

	site     string
	now      time.Time
	zone     *time.Location
	sections []Section
	agencies []Agency
	files    map[string]shipped
}

// chrome begins a screen; a note left for it is shown once.
func (d *door) chrome(v *visit, here, title string) chrome {
	c := chrome{
		Frame: web.Frame{Words: v.words}, Paper: d.Name, Title: v.words.T(title), Here: here, Person: v.person,
		site: d.Site, now: d.Now().In(d.Zone), zone: d.Zone, sections: d.Sections, agencies: d.Agencies, files: d.files,
	}
	c.Alarms = d.alarms(v, c)
	return c
}

// May says whether the person may do it; templates hide what would be refused.
func (c chrome) May(action string) bool { return c.Person.May(newsroom.Action(action)) }

// Asset is the address of a file of the desk.
func (c chrome) Asset(name string) string { return c.files[name].address }

// Seal is the hash that the browser holds the file against.
func (c chrome) Seal(name string) string { return c.files[name].seal }

// Short is a time in a dense list.
func (c chrome) Short(t time.Time) string { return letters.Short(c.Lang(), t.In(c.zone), c.now) }

// Stamp is date and clock.
func (c chrome) Stamp(t time.Time) string { return letters.Stamp(c.Lang(), t.In(c.zone)) }

// Clock is the time of day to the second, with the date when it is not today.
func (c chrome) Clock(t time.Time) string {
	t = t.In(c.zone)
	if t.Format(time.DateOnly) != c.now.Format(time.DateOnly) {
		return letters.Stamp(c.Lang(), t)
	}
	return t.Format(time.TimeOnly)
}

// Machine is the time as machines read it.
func (c chrome) Machine(t time.Time) string { return t.UTC().Format(time.RFC3339) }

// Local is the time as a date and time field holds it; "" for none.
func (c chrome) Local(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.In(c.zone).Format(localTime)
}

// localTime is how browsers write a date and time field.
const localTime = "2006-01-02T15:04"

// SectionName is what a section is called.
func (c chrome) SectionName(slug string) string {
	for _, s := range c.sections {
		if s.Slug == slug && s.Names[c.Lang()] != "" {
			return s.Names[c.Lang()]
		}
	}
	return slug
}

// Sections lists the sections.
func (c chrome) Sections() []Section { return c.sections }

// AgencyName is what an agency is called.
func (c chrome) AgencyName(code string) string {
	for _, a := range c.agencies {
		if a.Code == code {
			return a.Name
		}
	}
	return letters.Upper(c.Lang(), code)
}

// Public is a story's address before readers.
func (c chrome) Public(s newsroom.Story) string {
	return c.site + "/" + s.Content.Section + "/" + letters.Slug(s.Content.Headline) + "-" + s.ID.String()
}

// Group writes a number as the language groups it.
func (c chrome) Group(n int64) string {
	digits, sep := strconv.FormatInt(n, 10), "\u00a0"
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + sep + digits[i:]
	}
	return digits
}

// note is what has just been done, told once on the next screen.
type note struct {
	Kind    string // the last part of a desk.note.* key
	Edition int64
	Took    time.Duration
}

// Seconds is how long it took until readers had it, never less than a hundredth.
func (n note) Seconds(lang string) string {
	digits := 1
	if n.Took < 100*time.Millisecond {
		digits = 2
	}
	s := strconv.FormatFloat(max(n.Took.Seconds(), 0.01), 'f', digits, 64)
	if lang == "tr" {
		return strings.Replace(s, ".", ",", 1)
	}
	return s
}

// noteCookie holds the note between two requests of one browser.
func (d *door) noteCookie() string { return d.cookie() + "-note" }

// leave leaves a note and leads to the screen that tells it.
func (d *door) leave(v *visit, address string, n note) error {
	value := url.Values{"p": {address}, "k": {n.Kind}, "e": {strconv.FormatInt(n.Edition, 10)}, "t": {strconv.FormatInt(n.Took.Milliseconds(), 10)}}
	d.setCookie(v, d.noteCookie(), value.Encode(), 60)
	return v.see(address)
}

// pickUp takes up the note left for this screen, so that it is told once.
func (d *door) pickUp(v *visit, c *chrome) {
	cookie, err := v.r.Cookie(d.noteCookie())
	if err != nil {
		return
	}
	value, err := url.ParseQuery(cookie.Value)
	at, _, _ := strings.Cut(value.Get("p"), "?")
	if err != nil || at != v.r.URL.Path || !noteKind(value.Get("k")) {
		return
	}
	d.setCookie(v, d.noteCookie(), "", -1)
	n := note{Kind: value.Get("k")}
	n.Edition, _ = strconv.ParseInt(value.Get("e"), 10, 64) // 0 says nothing
	ms, _ := strconv.ParseInt(value.Get("t"), 10, 64)
	n.Took = time.Duration(ms) * time.Millisecond
	c.Note = &n
}

// noteKind is the closed list of notes.
func noteKind(kind string) bool {
	switch kind {
	case "printed", "down", "committed", "saved", "same", "begun", "taken", "submitted", "returned", "scheduled", "unscheduled",
		"cleared", "embargo", "killed", "restored", "front", "person", "answered", "judged", "plain", "allowed", "revived", "retried", "followed", "parted", "joined",
		"had", "watch_kept", "watch_dropped":
		return true
	default:
		return false
	}
}
