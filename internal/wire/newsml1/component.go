package newsml1

import (
	"slices"
	"strings"

	"github.com/rotatif/newsroom"
	"github.com/rotatif/newsroom/internal/letters"
	"github.com/rotatif/newsroom/internal/wire/sense"
	"github.com/rotatif/newsroom/internal/wire/tree"
)

// found is what the components of an item hold, however deep.
type found struct {
	seen     map[*tree.Node]traits
	wanted   string // the language of the house
	lang     string // the language of the text that was taken
	others   []string
	lines    []*tree.Node // NewsLines of what is no picture, the outermost first
	admin    []*tree.Node
	about    []*tree.Node
	metadata []*tree.Node
	comments []*tree.Node
	rights   []*tree.Node
	texts    []text
	pictures []picture
	links    []newsroom.Link
	kind     newsroom.ItemKind // of what is neither text nor picture
}

// text is the text of one component.
type text struct {
	role, headline string
	item           *tree.Node
}

// picture is a picture in all its sizes.
type picture struct {
	ref     newsroom.PictureRef
	sizes   []newsroom.Rendition
	graphic bool
}

func role(c *tree.Node) string { return letters.Fold(name(c.Kid("Role"))) }

// about is the descriptive metadata of a component.
func about(c *tree.Node) []*tree.Node { return c.All("DescriptiveMetadata", "DescriptiveMetada") }

// language is the language a component says it is in.
func language(c *tree.Node) string {
	if lang := c.Lang(); lang != "" {
		return lang
	}
	for _, d := range about(c) {
		if l := name(d.Kid("Language")); l != "" {
			return l
		}
	}
	return ""
}

// component takes up a component and those inside it.
func (f *found) component(c *tree.Node, as, headline string, top bool) {
	as = sense.First(role(c), as)
	visual := f.traits(c).visual
	if !visual || top {
		f.lines = append(f.lines, c.All("NewsLines")...)
		f.admin = append(f.admin, c.All("AdministrativeMetadata")...)
		f.about = append(f.about, about(c)...)
		f.metadata = append(f.metadata, c.All("Metadata")...)
		f.comments = append(f.comments, c.All("Comment")...)
		f.rights = append(f.rights, c.All("RightsMetadata")...)
	}
	if visual {
		f.picture(c, as)
		return
	}
	headline = sense.First(c.Kid("NewsLines", "HeadLine").Line(), headline)
	for _, item := range c.All("ContentItem") {
		f.content(item, as, headline)
	}
	for _, ref := range c.All("NewsItemRef", "NewsItem") {
		id := sense.First(ID(ref), ref.Attr("NewsItem"))
		if id != "" {
			f.links = append(f.links, newsroom.Link{Rel: "member", ID: known(id)})
		}
	}
	for _, kid := range f.choose(c.All("NewsComponent")) {
		f.component(kid, as, headline, false)
	}
}

// choose leaves of components that say the same in several languages those in
// one: the house's, else the one that comes first.
func (f *found) choose(all []*tree.Node) []*tree.Node {
	var langs []string
	for _, c := range all {
		if lang := sense.Language(language(c)); lang != "" && f.traits(c).wordy {
			langs = append(langs, lang)
		}
	}
	if len(langs) == 0 {
		return all
	}
	chosen := langs[0]
	for _, lang := range langs {
		if f.wanted != "" && base(lang) == base(f.wanted) {
			chosen = lang
			break
		}
	}
	slices.Sort(langs)
	if f.lang == "" || len(slices.Compact(langs)) > 1 {
		f.lang = chosen
	}
	var kept []*tree.Node
	for _, c := range all {
		lang := sense.Language(language(c))
		if lang == "" || base(lang) == base(chosen) || !f.traits(c).wordy {
			kept = append(kept, c)
		} else {
			f.others = append(f.others, lang)
		}
	}
	return kept
}

func base(lang string) string {
	first, _, _ := strings.Cut(lang, "-")
	return first
}

// traits are what a component is, all below it taken together.
type traits struct {
	wordy  bool // there is text for readers
	files  bool // there are pictures, films or recordings
	visual bool // it is one picture, or one film
}

// traits looks at a component. It remembers what it saw: whoever stands around
// it asks again.
func (f *found) traits(c *tree.Node) traits {
	if t, known := f.seen[c]; known {
		return t
	}
	t, gallery := traits{}, false
	for _, item := range c.All("ContentItem") {
		kind := media(item)
		t.wordy = t.wordy || kind == "text" && item.Find("DataContent").Line() != ""
		t.files = t.files || kind != "text" && kind != ""
	}
	for _, kid := range c.All("NewsComponent") {
		below := f.traits(kid)
		t.wordy, t.files = t.wordy || below.wordy, t.files || below.files
		own := kid.Kid("NewsLines") != nil || kid.Kid("NewsComponent") != nil
		gallery = gallery || own && below.visual
	}
	if as := role(c); captioning(as) || class(as) == skipped {
		t.wordy = false
	}
	// Files and what is said of them, and no text of its own. A gallery is
	// none; its pictures are.
	t.visual = t.files && !t.wordy && !gallery
	f.seen[c] = t
	return t
}

func captioning(role string) bool { return strings.HasPrefix(role, "caption") || role == "legend" }

// content takes up one content item of a component that is no picture.
func (f *found) content(item *tree.Node, as, headline string) {
	switch kind := media(item); kind {
	case "image", "graphic":
		f.pictures = append(f.pictures, picture{sizes: []newsroom.Rendition{size(item, as)}, graphic: kind == "graphic"})
	case "video", "audio":
		f.file(item, kind)
	case "text":
		f.texts = append(f.texts, text{as, headline, item})
	}
}

// file keeps the name of a film or a recording.
func (f *found) file(item *tree.Node, kind string) {
	if f.kind == "" {
		f.kind = newsroom.ItemKind(kind)
	}
	if href := sense.Delivered(item.Attr("Href")); href != "" {
		f.links = append(f.links, newsroom.Link{Rel: sense.File, ID: href})
	}
}

// walk visits the content of a component and of those below it.
func walk(c *tree.Node, visit func(item *tree.Node)) {
	for _, item := range c.All("ContentItem") {
		visit(item)
	}
	for _, kid := range c.All("NewsComponent") {
		walk(kid, visit)
	}
}
