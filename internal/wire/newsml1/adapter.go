package newsml1

import (
	"slices"
	"strings"
	"time"

	"github.com/rotatif/newsroom"
	"github.com/rotatif/newsroom/internal/letters"
	"github.com/rotatif/newsroom/internal/wire/nitf"
	"github.com/rotatif/newsroom/internal/wire/sense"
	"github.com/rotatif/newsroom/internal/wire/tree"
)

// adapt makes a dispatch of an item.
func adapt(n *tree.Node, r raw, src sense.Source, received time.Time) (newsroom.Dispatch, error) {
	d := newsroom.Dispatch{Format: Format, Version: r.version, Partial: r.update == "A"}
	f := found{wanted: src.Language, seen: map[*tree.Node]traits{}}
	for _, c := range f.choose(n.All("NewsComponent")) {
		f.component(c, "", "", true)
	}
	says := body(&d, f.texts)
	sense.SignOff(&d)
	var words []string
	for _, t := range f.texts {
		words = append(words, nitf.Head(&d, t.item, src)...)
	}
	embargo(&d, r, src)
	sense.SetStatus(&d, append(append([]string{r.status}, r.statuses...), words...)...)
	src.SetTimes(&d, r.first, r.this, "", received)
	d.Urgency, d.Priority = sense.Scale(r.urgency), sense.Scale(r.priority)
	d.Correction = r.correction
	said(&d, f, says)
	if err := identify(&d, r); err != nil {
		return d, err
	}
	d.Slugline = sense.First(d.Slugline, r.label)
	meta(&d, f)
	d.Subjects = append(d.Subjects, r.services...)
	d.Language = sense.First(f.lang, d.Language, r.lang)
	if len(f.others) > 0 {
		sense.Warn(&d, "other_languages", strings.Join(slices.Compact(f.others), ", "))
	}
	d.Links = append(append(r.links, f.links...), d.Links...)
	d.Kind = kind(&d, f)
	d.Flash = alert(d, r)
	sense.Finish(&d, src)
	return d, nil
}

// identify gives the dispatch the item's id. A text without any is known by
// what it says; an item with neither is refused.
func identify(d *newsroom.Dispatch, r raw) error {
	if r.id != "" {
		return sense.SetID(d, r.id, "guid")
	}
	text := strings.Join(d.Body.Lines(), "\n")
	if text == "" && d.Headline == "" {
		return newsroom.Refuse(newsroom.Invalid, sense.NoID)
	}
	sense.Warn(d, "id_generated", "")
	return sense.SetID(d, sense.Generated(d.Headline+"\n"+text), "generated")
}

// embargo reads a status that is announced to change: embargoed until then, or
// usable only until then.
func embargo(d *newsroom.Dispatch, r raw, src sense.Source) {
	future := sense.Status(r.futureStatus)
	switch {
	case r.futureStatus == "" && r.futureAt == "":
	case sense.Embargoed(r.status) && future == newsroom.Usable:
		src.SetEmbargo(d, r.futureAt)
	case future != newsroom.Usable:
		sense.Note(d, sense.NoteStatus, r.futureStatus+" "+r.futureAt)
	}
}

// said reads the lines above the text, the outermost first.
func said(d *newsroom.Dispatch, f found, says *told) {
	line := func(names ...string) string {
		for _, lines := range f.lines {
			for _, l := range lines.All(names...) {
				if text := l.Line(); text != "" {
					return text
				}
			}
		}
		return ""
	}
	d.Headline = sense.First(line("HeadLine"), says.headline, says.title)
	d.Byline = sense.First(line("ByLine"), says.byline)
	if date := line("DateLine"); date != "" {
		d.Dateline.Text = date
	}
	d.Credit, d.Slugline = line("CreditLine"), line("SlugLine")
	d.CopyrightHolder = line("CopyrightLine")
	d.UsageTerms = sense.Terms(sense.First(line("RightsLine"), d.CopyrightHolder))
	under(d, line("SubHeadLine"), says)
	for _, c := range f.comments {
		sense.Note(d, "comment", c.Line())
	}
	for _, c := range f.rights {
		d.CopyrightHolder = sense.First(d.CopyrightHolder, c.Find("CopyrightHolder").Line())
		sense.Note(d, sense.NoteRights, c.Kid("UsageRights").Words())
	}
	for _, lines := range f.lines {
		for _, k := range lines.All("KeywordLine") {
			keyword(d, k.Line())
		}
		for _, l := range lines.All("NewsLine") {
			special(d, l)
		}
	}
}

// under places the lines below the headline. A short one all in capitals is
// the name the story goes by; else the first is the standfirst, and another
// stays a note beside it.
func under(d *newsroom.Dispatch, sub string, says *told) {
	for _, l := range []string{says.standfirst, sub, says.subhead} {
		switch {
		case l == "" || l == d.Slugline || l == d.Standfirst || l == d.Headline:
		case d.Slugline == "" && letters.AllCaps(l) && len(l) < 80:
			d.Slugline = l
		case d.Standfirst == "":
			d.Standfirst = l
		default:
			sense.Note(d, "subheadline", l)
		}
	}
}

// special is a line of a kind the agency names. What stands above the headline
// is the kicker; all others are for the newsroom.
func special(d *newsroom.Dispatch, l *tree.Node) {
	kind, text := name(l.Kid("NewsLineType")), l.Kid("NewsLineText").Line()
	switch strings.ReplaceAll(letters.Fold(kind), " ", "") {
	case "kicker", "overline", "catchword", "catchline", "overheadline", "surtitre", "roofline":
		if d.Kicker == "" {
			d.Kicker = text
			return
		}
	}
	sense.Note(d, kind, text)
}

// most is how many of anything are kept: nobody means more.
const most = 300

func keyword(d *newsroom.Dispatch, word string) {
	if word != "" && len(d.Keywords) < most && !slices.Contains(d.Keywords, word) {
		d.Keywords = append(d.Keywords, word)
	}
}

// kind is the kind of an item by what is in it. One with nothing in it, an
// index or a bare status, is no story.
func kind(d *newsroom.Dispatch, f found) newsroom.ItemKind {
	for _, p := range f.pictures {
		p.ref.Usage = sense.First(p.ref.Usage, d.UsageTerms)
		sense.AddRendered(d, p.ref, p.sizes)
	}
	members := slices.ContainsFunc(f.links, func(l newsroom.Link) bool { return l.Rel == "member" })
	switch {
	case len(d.Body) > 0:
		return newsroom.KindText
	case f.kind != "":
		return f.kind
	case len(d.Pictures) > 0:
		d.Standfirst = sense.First(d.Standfirst, d.Pictures[0].Caption)
		if f.pictures[0].graphic {
			return newsroom.KindGraphic
		}
		return newsroom.KindPicture
	case members:
		return newsroom.KindPackage
	case d.Headline != "":
		return newsroom.KindText
	default:
		return newsroom.KindUnknown
	}
}

// alert says whether an item is a flash: by its kind, or because it is urgent
// and has nothing but one sentence.
func alert(d newsroom.Dispatch, r raw) bool {
	switch letters.Fold(r.itemType) {
	case "alert", "flash", "bulletin", "newsalert", "news alert":
		return true
	}
	return d.Urgency == 2 && d.Headline == "" && len(d.Body) == 1
}
