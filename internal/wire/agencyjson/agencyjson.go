// Package agencyjson reads the JSON that single agencies send in a form of
// their own: dpa's digitalwires and ANKA's answers. It also knows AA's answer to
// a search, which holds no copy but the ids to ask for.
//
// The keys of dpa are those of its public converter; those of ANKA and AA are
// known from subscribers' programs alone and want to be compared with real answers.
//
// Knows: these forms. Never imports: the wire room, another format, a machine, the network.
package agencyjson

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/rotatif/newsroom"
	"github.com/rotatif/newsroom/internal/letters"
	"github.com/rotatif/newsroom/internal/markup"
	"github.com/rotatif/newsroom/internal/wire/sense"
	"github.com/rotatif/newsroom/internal/wire/tree"
)

// The names of the forms.
const (
	DPA  = "digitalwires"
	ANKA = "anka-json"
	AA   = "aa-search"
)

// Is names the form of a value, or of the values in a list; empty for any other.
func Is(v tree.Value) string {
	switch {
	case v.Type == tree.Array && len(v.Items) > 0:
		return Is(v.Items[0])
	case v.Has("article_html", "entry_id") && (v.Has("urn") || v.Has("entry_id")), strings.HasPrefix(v.Of("format").Scalar(), "digitalwires"):
		return DPA
	case v.Has("entries") && Is(v.Of("entries")) == DPA:
		return DPA
	case v.Has("response") && v.Of("data").Has("result"):
		return AA
	case v.Has("success") && story(v.Of("data")):
		return ANKA
	default:
		return ""
	}
}

// story says whether an object, or the first of a list, is one of ANKA's.
func story(v tree.Value) bool {
	if v.Type == tree.Array && len(v.Items) > 0 {
		v = v.Items[0]
	}
	return v.Has("id") && v.Has("title", "body")
}

// Parts finds the items of a value of one of the forms.
func Parts(v tree.Value, src sense.Source, received time.Time) []sense.Part {
	var parts []sense.Part
	add := func(id string, item tree.Value, adapt func(tree.Value, sense.Source, time.Time) (newsroom.Dispatch, error)) {
		parts = append(parts, sense.Part{ID: id, Read: func() (newsroom.Dispatch, error) {
			if err := sense.Faulty(string(item.Fault)); err != nil {
				return newsroom.Dispatch{}, err
			}
			return adapt(item, src, received)
		}})
	}
	switch Is(v) {
	case DPA:
		for _, item := range list(v, "entries") {
			add(item.Of("urn").Scalar(), item, digitalwire)
		}
	case ANKA:
		for _, item := range list(v.Of("data"), "") {
			add(item.Of("id").Scalar(), item, anka)
		}
	}
	return parts
}

// list gives the items of an array, of an object's array, or the one object.
func list(v tree.Value, under string) []tree.Value {
	if under != "" && v.Has(under) {
		v = v.Of(under)
	}
	if v.Type == tree.Array {
		return v.Items
	}
	return []tree.Value{v}
}

// digitalwire reads an entry of dpa's digitalwires.
func digitalwire(v tree.Value, src sense.Source, received time.Time) (newsroom.Dispatch, error) {
	text := func(name string) string { return v.Of(name).Scalar() }
	d := newsroom.Dispatch{Format: DPA, Version: text("version"), Language: text("language"), Byline: text("byline")}
	if err := sense.SetID(&d, sense.First(text("urn"), text("entry_id")), "urn"); err != nil {
		return d, err
	}
	d.Headline, d.Kicker, d.Standfirst = text("headline"), text("kicker"), sense.First(text("teaser"), text("subhead"))
	d.Credit, d.CopyrightHolder, d.UsageTerms = text("creditline"), sense.Terms(text("copyrightnotice")), sense.Terms(text("usageterms"))
	d.Dateline.Text = text("dateline")
	d.Urgency, _ = strconv.Atoi(text("urgency"))
	if v.Of("embargoed").Type != tree.Null {
		src.SetEmbargo(&d, text("embargoed"))
	}
	sense.SetStatus(&d, text("pubstatus"))
	src.SetTimes(&d, text("first_created"), sense.First(text("version_created"), text("updated")), text("expires"), received)
	for _, note := range v.Of("ednotes").Items {
		sense.Note(&d, sense.Code(note.Of("role").Scalar()), markup.Strip(note.Of("ednote").Scalar()))
	}
	signals(&d, v)
	sense.SetHTML(&d, text("article_html"))
	if box := text("infobox_html"); box != "" {
		addBox(&d, box)
	}
	associations(&d, v)
	captions(&d, v)
	dpaSubjects(&d, v)
	dpaSources(&d, v)
	sense.Finish(&d, src)
	return d, nil
}

// signals reads what dpa says of the revision beside its text.
func signals(d *newsroom.Dispatch, v tree.Value) {
	marks := []string{v.Of("signal").Scalar()}
	for _, c := range v.Of("categories").Items {
		if sense.Code(c.Of("type").Scalar()) == "signal" {
			marks = append(marks, c.Of("qcode").Scalar())
		}
	}
	for _, mark := range marks {
		switch strings.ToLower(sense.Code(mark)) {
		case "correction":
			d.Correction = true
		case "eil", "flash", "eilmeldung", "blitz":
			d.Flash = true
		}
	}
	d.Flash = d.Flash || d.Urgency == 1 || d.Urgency == 2 && v.Of("article_html").Scalar() != ""
}

// addBox puts dpa's box of facts behind the text as a background box.
func addBox(d *newsroom.Dispatch, html string) {
	var box newsroom.Dispatch
	sense.SetHTML(&box, html)
	if len(box.Body) == 0 {
		return
	}
	block := newsroom.Block{Kind: newsroom.Background, Blocks: box.Body}
	if box.Body[0].Kind == newsroom.Subhead {
		block.Text, block.Blocks = box.Body[0].Text, box.Body[1:]
	}
	d.Body = append(d.Body, block)
}

// associations are dpa's pictures, each in its sizes.
func associations(d *newsroom.Dispatch, v tree.Value) {
	for _, a := range v.Of("associations").Items {
		id := a.Of("urn").Scalar()
		if kind := a.Of("type").Scalar(); kind != "image" && kind != "" {
			if id != "" {
				d.Links = append(d.Links, newsroom.Link{Rel: kind, ID: id})
			}
			continue
		}
		var sizes []newsroom.Rendition
		for _, r := range a.Of("renditions").Items {
			width, _ := strconv.Atoi(r.Of("width").Scalar())
			height, _ := strconv.Atoi(r.Of("height").Scalar())
			sizes = append(sizes, newsroom.Rendition{Name: r.Of("size").Scalar(), Src: r.Of("url").Scalar(), Type: r.Of("mimetype").Scalar(), Width: width, Height: height})
		}
		sense.AddRendered(d, newsroom.PictureRef{ID: id, Caption: markup.Strip(a.Of("caption").Scalar()), Credit: a.Of("creditline").Scalar()}, sizes)
	}
}

// captions tell what a picture without text shows, and so what the item is.
func captions(d *newsroom.Dispatch, v tree.Value) {
	d.Kind = newsroom.KindText
	if len(d.Body) > 0 {
		return
	}
	caption := ""
	for _, c := range v.Of("descriptions").Items {
		if role := sense.Code(c.Of("role").Scalar()); role == "caption" || caption == "" {
			caption = markup.Strip(c.Of("description").Scalar())
		}
	}
	if len(d.Pictures) > 0 {
		d.Kind = newsroom.KindPicture
		d.Pictures[0].Caption = sense.First(d.Pictures[0].Caption, caption)
		return
	}
	for _, l := range d.Links {
		if l.Rel == string(newsroom.KindAudio) || l.Rel == string(newsroom.KindVideo) {
			d.Kind = newsroom.ItemKind(l.Rel)
			d.Standfirst = sense.First(d.Standfirst, caption)
			return
		}
	}
}

// dpaSources are those whose copy it is: the provider, and others it passes on.
func dpaSources(d *newsroom.Dispatch, v tree.Value) {
	named := func(kind, role string) {
		for _, c := range v.Of("categories").Items {
			if sense.Code(c.Of("type").Scalar()) == kind {
				d.Chain = append(d.Chain, newsroom.Cited{Name: c.Of("name").Scalar(), Role: role, Evidence: strings.TrimSpace(kind + " " + sense.Code(c.Of("role").Scalar()))})
			}
		}
	}
	named("provider", "provider")
	named("infosource", "source")
}

func dpaSubjects(d *newsroom.Dispatch, v tree.Value) {
	for _, s := range v.Of("dpasubject_names").Items {
		d.Subjects = append(d.Subjects, newsroom.Subject{Scheme: "dpasubject", Name: s.Scalar()})
	}
	for _, c := range v.Of("categories").Items {
		if scheme, code, ok := strings.Cut(c.Of("qcode").Scalar(), ":"); ok && (scheme == "medtop" || scheme == "subj" || scheme == "dpasubject") {
			d.Subjects = append(d.Subjects, newsroom.Subject{Scheme: scheme, Code: code, Name: c.Of("name").Scalar()})
		}
	}
	for _, g := range v.Of("geosubject_names").Items {
		d.Places = append(d.Places, newsroom.Subject{Name: g.Scalar()})
	}
	for _, k := range v.Of("keyword_names").Items {
		if word := k.Scalar(); word != "" {
			d.Keywords = append(d.Keywords, word)
		}
	}
}

// bylineTR is the line above ANKA's texts: "Haber: Ad SOYAD / Kamera: …".
var bylineTR = regexp.MustCompile(`^\s*Haber\s*:\s*([^/\n]{2,80}?)\s*(?:/[^\n]*)?\n`)

// anka reads an answer of ANKA's.
func anka(v tree.Value, src sense.Source, received time.Time) (newsroom.Dispatch, error) {
	text := func(name string) string { return v.Of(name).Scalar() }
	d := newsroom.Dispatch{Format: ANKA, Kind: newsroom.KindText, Headline: text("title"), Standfirst: sense.First(text("summary"), text("spot"))}
	if err := sense.SetID(&d, text("id"), "id"); err != nil {
		return d, err
	}
	sense.SetStatus(&d, text("status_text"))
	src.SetTimes(&d, text("created_at"), sense.First(text("updated_at"), text("created_at")), "", received)
	body := strings.ReplaceAll(text("body"), "\r\n", "\n")
	if m := bylineTR.FindStringSubmatch(body); m != nil {
		d.Byline, body = m[1], body[len(m[0]):]
	}
	sense.SetHTML(&d, body)
	if category := text("category"); category != "" {
		d.Subjects = []newsroom.Subject{{Scheme: "anka", Code: letters.Slug(category), Name: category}}
	}
	for _, city := range v.Of("cities").Items {
		d.Places = append(d.Places, newsroom.Subject{Scheme: "anka", Code: city.Of("id").Scalar(), Name: city.Of("name").Scalar()})
	}
	for _, image := range list(v.Of("images"), "") {
		if src := sense.First(image.Of("url").Scalar(), image.Scalar()); src != "" {
			sense.AddPicture(&d, newsroom.PictureRef{Src: src, Caption: image.Of("title").Scalar()})
		}
	}
	sense.Finish(&d, src)
	return d, nil
}
