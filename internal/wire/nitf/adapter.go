package nitf

import (
	"slices"
	"strings"
	"time"

	"github.com/rotatif/newsroom"
	"github.com/rotatif/newsroom/internal/wire/sense"
	"github.com/rotatif/newsroom/internal/wire/tree"
)

// adapt makes a dispatch of a document.
func adapt(n *tree.Node, r raw, src sense.Source, received time.Time) (newsroom.Dispatch, error) {
	d := newsroom.Dispatch{Format: Format, Version: r.version, Kind: newsroom.KindText, Partial: n.Name != "nitf" && n.Name != "NITF"}
	for _, m := range r.notes {
		sense.Note(&d, m.role, m.text)
	}
	told := Story(&d, n)
	if err := identify(&d, r, told); err != nil {
		return d, err
	}
	embargo(&d, r, src)
	sense.SetStatus(&d, r.statuses()...)
	src.SetTimes(&d, "", r.issue, r.expire, received)
	d.Urgency, d.Language, d.Slugline = sense.Scale(r.urgency), r.lang, r.slug
	d.Headline, d.Standfirst, d.Byline = sense.First(told.Headline, r.title), told.Standfirst, told.Byline
	if d.Standfirst == "" {
		d.Standfirst = told.Subhead
	} else {
		sense.Note(&d, sense.NoteSubhead, told.Subhead)
	}
	d.CopyrightHolder, d.UsageTerms = sense.Terms(sense.First(r.holder, told.Holder)), sense.Terms(sense.First(r.terms, told.Terms))
	d.Places, d.Subjects, d.Keywords = r.places, r.subjects, r.keywords
	if r.corrects {
		d.Correction = true
		sense.Note(&d, "correction", r.correction)
	}
	link(&d, "corrects", r.corrected)
	link(&d, relation(r.other), r.other.id)
	sources(&d, r, told)
	if len(d.Body) == 0 && len(d.Pictures) > 0 {
		d.Kind = newsroom.KindPicture
	}
	for i := range d.Pictures {
		d.Pictures[i].Usage = sense.First(d.Pictures[i].Usage, d.UsageTerms)
	}
	sense.Finish(&d, src)
	return d, nil
}

// identify gives the document its id. One without is known by what it says,
// which no later revision will say again; one that says nothing is refused.
func identify(d *newsroom.Dispatch, r raw, told Told) error {
	if r.id != "" {
		return sense.SetID(d, r.id, r.idKind)
	}
	text := strings.Join(d.Body.Lines(), "\n")
	if told.Headline == "" && text == "" {
		return newsroom.Refuse(newsroom.Invalid, sense.NoID)
	}
	sense.Warn(d, "id_generated", "")
	return sense.SetID(d, sense.Generated(told.Headline+"\n"+text), "generated")
}

// embargo holds the document until its date of release: always when it says
// that it is under embargo, else when that date comes after the one it was
// sent on. A date of release that is no date holds for a person.
func embargo(d *newsroom.Dispatch, r raw, src sense.Source) {
	if !r.released {
		return
	}
	release, issue := src.Time(r.release), src.Time(r.issue)
	past := release.OK && issue.OK && !release.At.After(issue.At)
	if sense.Embargoed(r.status) || !past {
		src.SetEmbargo(d, r.release)
	}
}

func link(d *newsroom.Dispatch, rel, id string) {
	if id != "" && id != d.Key.ID {
		d.Links = append(d.Links, newsroom.Link{Rel: rel, ID: id})
	}
}

// relation is what the document does to the other one it names.
func relation(o other) string {
	switch sense.Status(o.status) {
	case newsroom.Canceled:
		return "kills"
	case newsroom.Withheld:
		return "withholds"
	default:
		return "isAbout"
	}
}

func sources(d *newsroom.Dispatch, r raw, told Told) {
	say := func(name, evidence string) {
		if name != "" {
			d.Chain = append(d.Chain, newsroom.Cited{Name: name, Role: "source", Evidence: evidence})
		}
	}
	for _, name := range r.sources {
		say(name, "from-src")
	}
	say(told.Distributor, "distributor")
	for _, name := range sense.Agencies(d.Byline) {
		if !slices.Contains([]string{r.sender, r.holder, told.Distributor}, name) {
			say(name, "byline") // the others are those it leans on
		}
	}
}

// verdict is what the document says of another one of the same agency: its
// status and nothing else. The other document keeps its text.
func verdict(r raw, src sense.Source, received time.Time) (newsroom.Dispatch, error) {
	d := newsroom.Dispatch{Format: Format, Kind: newsroom.KindUnknown, Partial: true}
	if err := sense.SetID(&d, r.other.id, "doc-id"); err != nil {
		return d, err
	}
	sense.SetStatus(&d, r.other.status)
	src.SetTimes(&d, "", r.issue, "", received)
	for _, m := range r.notes {
		sense.Note(&d, m.role, m.text)
	}
	link(&d, "isAbout", r.id)
	sense.Finish(&d, src)
	return d, nil
}
