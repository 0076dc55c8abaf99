package deskui

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/rotatif/newsroom"
)

// storyForm is a story's text as it stands in the fields.
type storyForm struct {
	Headline, Standfirst, Section, Language string
	Byline, Dateline, Agency, Cited         string
	Slugline, Note, Body                    string
	Seen                                    int    // the revision it was written over
	Head                                    string // and its hash
	Release, Correction                     string // what goes with a verb
}

// formOf fills the fields from a story.
func formOf(s newsroom.Story) storyForm {
	f := formOfContent(s.Content)
	f.Seen, f.Head = s.Revision, s.Head
	return f
}

func formOfContent(c newsroom.Content) storyForm {
	return storyForm{
		Headline: oneLine(c.Headline), Standfirst: clean(c.Standfirst), Section: c.Section, Language: c.Language,
		Byline: oneLine(c.Byline), Dateline: oneLine(c.Dateline), Agency: oneLine(c.Credit.Agency),
		Cited: oneLine(strings.Join(c.Credit.Cited, ", ")), Slugline: oneLine(c.Slugline), Note: clean(c.Note), Body: formatBody(c.Body),
	}
}

// readStory reads the fields as they came.
func readStory(v *visit) (storyForm, error) {
	many := func(name string) string { return strings.TrimRight(clean(v.r.PostFormValue(name)), blank+"\n") }
	f := storyForm{
		Headline: v.typed("headline"), Standfirst: many("standfirst"), Section: v.typed("section"), Language: v.typed("language"),
		Byline: v.typed("byline"), Dateline: v.typed("dateline"), Agency: v.typed("agency"), Cited: v.typed("cited"),
		Slugline: v.typed("slugline"), Note: many("note"), Body: many("body"),
		Head: v.typed("head"), Release: v.typed("release"), Correction: many("correction"),
	}
	if !v.r.PostForm.Has("body") || !v.r.PostForm.Has("headline") {
		return f, newsroom.Refuse(newsroom.Invalid, "error.form_invalid")
	}
	if seen := v.typed("seen"); seen != "" {
		n, err := strconv.Atoi(seen)
		if err != nil || n < 0 {
			return f, newsroom.Refuse(newsroom.Invalid, "error.form_invalid")
		}
		f.Seen = n
	}
	return f, nil
}

// content is what the fields say. A field that says what base says is base's,
// byte for byte: to open and save a text does not change it.
func (f storyForm) content(base newsroom.Content) newsroom.Content {
	was := formOfContent(base)
	c := base
	set := func(field *string, typed, before string) {
		if typed != strings.TrimRight(before, blank+"\n") {
			*field = typed
		}
	}
	set(&c.Headline, f.Headline, was.Headline)
	set(&c.Standfirst, f.Standfirst, was.Standfirst)
	set(&c.Section, f.Section, was.Section)
	set(&c.Language, f.Language, was.Language)
	set(&c.Byline, f.Byline, was.Byline)
	set(&c.Dateline, f.Dateline, was.Dateline)
	set(&c.Credit.Agency, f.Agency, was.Agency)
	set(&c.Slugline, f.Slugline, was.Slugline)
	set(&c.Note, f.Note, was.Note)
	if f.Cited != was.Cited {
		c.Credit.Cited = listed(f.Cited)
	}
	if f.Body != was.Body {
		c.Body = parseBody(f.Body)
	}
	return c
}

// listed splits names at commas.
func listed(s string) []string {
	var names []string
	for name := range strings.SplitSeq(s, ",") {
		if name = strings.Trim(name, blank); name != "" {
			names = append(names, name)
		}
	}
	return names
}

// HeadlineLength counts letters as readers do.
func (f storyForm) HeadlineLength() int { return utf8.RuneCountInString(f.Headline) }

// StandfirstLength counts letters as readers do.
func (f storyForm) StandfirstLength() int { return utf8.RuneCountInString(f.Standfirst) }

// Words counts the words of the text.
func (f storyForm) Words() int { return len(strings.Fields(f.Body)) }

// checkForm refuses what the vocabulary does not know but an address would.
func (d *door) checkForm(f storyForm) error {
	known := f.Section == ""
	for _, s := range d.Sections {
		known = known || s.Slug == f.Section
	}
	if !known {
		return newsroom.Refuse(newsroom.Invalid, "error.no_section")
	}
	for _, lang := range d.Catalog.Languages() {
		if f.Language == lang {
			return nil
		}
	}
	return newsroom.Refuse(newsroom.Invalid, "error.form_invalid")
}

// Hidden are the fields that the page of a conflict carries along unseen.
func (f storyForm) Hidden() map[string]string {
	return map[string]string{
		"section": f.Section, "language": f.Language, "byline": f.Byline, "dateline": f.Dateline,
		"agency": f.Agency, "cited": f.Cited, "slugline": f.Slugline, "note": f.Note,
	}
}
