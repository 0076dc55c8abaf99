package deskui

import (
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"github.com/rotatif/newsroom"
	"github.com/rotatif/newsroom/internal/web"
	"github.com/rotatif/newsroom/internal/wire"
)

// nasty is a text that would break a page which did not escape it.
const nasty = `"><script>alert(1)</script><em>'İ&amp;` + "\u202e\u2028"

// awkward gives every page three times: with nothing, with one, with too much.
func awkward(c chrome) map[string][]web.Page {
	story := newsroom.Story{
		ID: 1, State: newsroom.Corrected, Held: nasty, Release: time.Now(), Reason: nasty, Head: nasty, Revision: 1 << 30,
		Embargo: newsroom.Embargo{State: newsroom.EmbargoUnknown, Text: nasty}, Content: nastyContent(),
		Live: &newsroom.Live{First: time.Unix(0, 0), Changed: time.Now(), Notes: []newsroom.Correction{{Text: nasty}}},
	}
	item := newsroom.WireItem{ID: 9, Key: newsroom.ItemKey{Provider: nasty, ID: nasty}, Killed: true, Reissued: true, Revisions: 1000, Text: newsroom.Dispatch{
		Headline: nasty, Standfirst: nasty, Body: nastyContent().Body, Credit: nasty, Language: nasty, Kind: newsroom.ItemKind(nasty), Warnings: []string{nasty, ""},
		EdNotes: []newsroom.EdNote{{Text: nasty}}, Chain: []newsroom.Cited{{Name: nasty, Role: "cited"}}, Subjects: []newsroom.Subject{{Code: nasty}}, UsageTerms: nasty,
	}}
	kept := wire.Kept{Receipt: wire.Receipt{ID: 3, Name: nasty, Source: nasty, Provider: nasty, Verdict: wire.Verdict{Reason: nasty, Detail: nasty}}, Raw: []byte(nasty)}
	item.Call = &newsroom.Call{Why: newsroom.CallReissued, Reason: nasty, Rung: 3}
	item.Notices = []newsroom.Noticed{{From: 3, Kind: newsroom.NoticeHold, Words: nasty, Verdict: newsroom.Confirmed}, {From: 4, Kind: newsroom.NoticeKill, Words: nasty}}
	view := &dispatchView{chrome: c, Item: item, Receipts: []wire.Kept{kept}}
	form := formOf(story)
	fields := diffForms(c, storyForm{}, form)
	revision := newsroom.Revision{No: 1, Hash: strings.Repeat("a", 64), Content: nastyContent()}
	return map[string][]web.Page{
		"wire.html": {wirePage{chrome: c}, wirePage{chrome: c, Open: &dispatchView{chrome: c}}, wirePage{
			chrome: c, Open: view, Badly: 1, More: nasty, Choices: []Agency{{Code: nasty, Name: nasty, Edits: nasty, Photos: nasty}},
			Filter: wireFilter{Text: nasty, Agency: nasty}, Watches: awkwardWatches(c), Rows: slices.Repeat([]wireRow{{chrome: c, Item: item, New: true, Open: true}}, 500),
		}},
		"quarantine.html": {quarantinePage{chrome: c}, quarantinePage{chrome: c, Receipts: []wire.Kept{kept, {}}}},
		"delivery.html":   {deliveryPage{chrome: c}, deliveryPage{chrome: c, Receipt: kept, Text: nasty, Cut: true}},
		"stories.html":    {storiesPage{chrome: c}, storiesPage{chrome: c, Held: []storyRow{{chrome: c, Story: story}}, Rows: []storyRow{{chrome: c, Editor: nasty}}, Filter: storyFilter{Text: nasty}, More: nasty}},
		"story.html":      {storyPage{chrome: c}, &storyPage{chrome: c, Story: story, Form: form, Origin: view, Opened: "kill"}},
		"agency.html":     {&agencyPage{chrome: c}, awkwardAgency(c, story, item)},
		"calls.html":      {callsPage{chrome: c}, callsPage{chrome: c, Rows: []*dispatchView{view, view}}},
		"health.html":     {healthPage{chrome: c}, healthPage{chrome: c, Rows: joined([]SourceState{{Name: nasty, Provider: nasty, Kind: "poll", Failures: 1 << 30, Trouble: nasty, Skew: time.Hour, Keep: 1 << 60}}, nil)}},
		"conflict.html":   {conflictPage{chrome: c}, conflictPage{chrome: c, Story: story, Form: form, Editor: nasty, Fields: fields}},
		"proof.html":      {proofPage{chrome: c}, proofPage{chrome: c, Story: story}},
		"revisions.html":  {revisionsPage{chrome: c}, revisionsPage{chrome: c, Story: story, Revisions: []newsroom.Revision{revision}, From: revision, To: revision, Fields: fields}},
		"front.html":      {frontPage{chrome: c}, &frontPage{chrome: c, Slots: []slotView{{Story: story, Slot: newsroom.Slot{Headline: nasty}}}, Choices: []newsroom.Story{story}, Draft: true}},
		"people.html":     {peoplePage{chrome: c}, &peoplePage{chrome: c, People: []newsroom.Person{{ID: 7, Name: nasty, Login: nasty, Roles: []newsroom.Role{newsroom.Role(nasty)}, Disabled: true}, c.Person}}},
		"sign-in.html":    {enterPage{chrome: c}, &enterPage{chrome: c, Login: nasty, Next: "/stories"}},
		"claim.html":      {enterPage{chrome: c}, &enterPage{chrome: c, Login: nasty, FullName: nasty, Token: nasty}},
		"refusal.html":    {refusalPage{chrome: c}, refusalPage{chrome: c, Sentence: nasty}},
		"lost.html":       {lostPage{chrome: c}, lostPage{chrome: c, At: "/stories", Body: nasty, Fields: url.Values{nasty: {nasty, ""}}}},
		"help.html":       {helpPage{c}},
	}
}

// awkwardAgency compares nasty texts.
func awkwardAgency(c chrome, s newsroom.Story, w newsroom.WireItem) *agencyPage {
	p := &agencyPage{chrome: c, Story: s, Item: w, Old: newsroom.Dispatch{Headline: "Bir", Body: newsroom.Body{{Kind: newsroom.Paragraph, Text: newsroom.Text(nasty + " 1")}}}}
	p.compare()
	return p
}

func nastyContent() newsroom.Content {
	spans := []newsroom.Span{{Text: nasty, Strong: true, Em: true, Href: "https://example.org/?a=\"><script>"}}
	blocks := []newsroom.Block{
		{Kind: newsroom.Paragraph, Text: spans},
		{Kind: newsroom.Subhead, Text: spans},
		{Kind: newsroom.Quote, Text: spans, By: nasty},
		{Kind: newsroom.List, Items: [][]newsroom.Span{spans, nil}},
		{Kind: newsroom.List, Ordered: true, Items: [][]newsroom.Span{spans}},
		{Kind: newsroom.Table, Head: true, Rows: [][][]newsroom.Span{{spans, nil}, {spans}}},
		{Kind: newsroom.Picture, Picture: &newsroom.PictureRef{Src: "javascript:" + nasty, Caption: nasty}},
		{Kind: newsroom.Embed, Embed: &newsroom.EmbedRef{Provider: nasty, ID: nasty}},
	}
	return newsroom.Content{
		Language: nasty, Section: nasty, Headline: nasty, Standfirst: nasty, Byline: nasty, Dateline: nasty, Slugline: nasty, Note: nasty,
		Credit: newsroom.Credit{Agency: nasty, Cited: []string{nasty}}, Body: append(blocks, newsroom.Block{Kind: newsroom.Background, Text: spans, Blocks: blocks}),
	}
}

// TestEveryPageWithAwkwardValues executes every template; nothing that was a
// value becomes markup.
func TestEveryPageWithAwkwardValues(t *testing.T) {
	t.Parallel()
	catalog, err := web.OpenCatalog()
	must(t, err)
	d := &door{Options: Options{Catalog: catalog, Sections: sections(), Zone: time.UTC, Now: time.Now, Name: nasty, Site: "https://site.example.org"}}
	d.templates, err = web.ParseTemplates(files, "layout/*.html", "page/*.html", nil)
	must(t, err)
	must(t, d.openAssets())
	seen := []string{}
	for _, lang := range catalog.Languages() {
		c := d.chrome(&visit{words: catalog.In(lang), person: newsroom.Person{}}, "wire", nasty)
		c.Person = newsroom.Person{ID: 1, Name: nasty, Roles: []newsroom.Role{newsroom.Chief, newsroom.Admin}}
		called := newsroom.WireItem{ID: 5, Call: &newsroom.Call{Why: newsroom.CallKill, Rung: 1 << 30, Reason: nasty}}
		c.Alarms = alarms{Frame: c.Frame, Watched: true, Items: []alarm{{Item: called, Why: nasty, Headline: nasty}}}
		c.Wrong, c.Note = nasty, &note{Kind: "printed", Edition: 1 << 60}
		for file, pages := range awkward(c) {
			seen = append(seen, file)
			for _, page := range pages {
				body, err := d.templates.Render(file, "page", page)
				if err != nil {
					t.Errorf("%s: %v", file, err)
					continue
				}
				doc, err := goquery.NewDocumentFromReader(strings.NewReader(string(body)))
				must(t, err)
				if n := doc.Find("script:not([src]), body script, main em:not(strong em):not(a em), [onload], [href^='javascript:'], [src^='javascript:']").Length(); n > 0 {
					t.Errorf("%s: %d values became markup", file, n)
				}
			}
		}
	}
	for _, name := range d.templates.Names() {
		if !slices.Contains(seen, name) {
			t.Errorf("%s was never executed", name)
		}
	}
}

// TestLostSessionLosesNoText: what is sent after the session has ended is
// shown, and can be sent again.
func TestLostSessionLosesNoText(t *testing.T) {
	t.Parallel()
	h := open(t)
	b := h.person("defne", newsroom.Editor)
	b.post("/stories", with(b.get("/stories/new").form(), "headline", "Bir", "body", "Metin."))
	form := with(b.get("/stories/1").form(), "body", "Uzun uğraş.\r\n\r\nİki.", "headline", "İki")
	b.post("/sign-out", url.Values{})
	lost := b.post("/stories/1/publish", form).is(401).says("#body", "Uzun uğraş.").says(".hold", "kaybolmadı")
	again := url.Values{}
	lost.Find(`form[action="/stories/1/publish"] [name]`).Each(func(_ int, s *goquery.Selection) {
		again.Set(s.AttrOr("name", ""), s.AttrOr("value", strings.TrimPrefix(s.Text(), "\n")))
	})
	b.post("/sign-in", url.Values{"login": {"defne"}, "password": {password}})
	b.post("/stories/1/publish", again).at("/stories/1").says(".done", "yayında").says("#body", "Uzun uğraş.").says("#headline", "İki")
	h.stranger().post("/stories/1/kill", url.Values{"reason": {"x"}}).says("h1", "Giriş")
}

// TestNotesStayOnTheirScreen: another tab does not claim what was done here.
func TestNotesStayOnTheirScreen(t *testing.T) {
	t.Parallel()
	h := open(t)
	b := h.person("defne", newsroom.Editor)
	b.client.CheckRedirect = nil
	b.post("/stories", with(b.get("/stories/new").form(), "headline", "Bir", "body", "Metin."))
	base, err := url.Parse(b.base)
	must(t, err)
	for _, c := range b.client.Jar.Cookies(base) {
		if strings.HasSuffix(c.Name, "-note") {
			t.Errorf("the note %s outlives its telling", c.Value)
		}
	}
	b.client.Jar.SetCookies(base, parseCookies("desk-note=p=%2Fstories%2F1&k=printed&e=9&t=1"))
	b.get("/stories").has(".done", 0)
	b.get("/stories/1").has(".done", 1)
	b.client.Jar.SetCookies(base, parseCookies("desk-note=p=%2Fstories%2F1&k=anything"))
	b.get("/stories/1").has(".done", 0)
}

// TestLongestText saves the longest text there may be, and says so of a longer one.
func TestLongestText(t *testing.T) {
	t.Parallel()
	h := open(t)
	b := h.person("defne", newsroom.Editor)
	long := strings.Repeat("şğı ", newsroom.MaxText/7)
	b.post("/stories", with(b.get("/stories/new").form(), "headline", "Uzun", "body", long)).at("/stories/1")
	b.post("/stories/1/save", with(b.get("/stories/1").form(), "body", long+long)).is(413).says(".wrong", "çok uzun")
	b.post("/stories/1/save", with(b.get("/stories/1").form(), "headline", strings.Repeat("a", 1001))).is(413)
	b.post("/stories/1/save", with(b.get("/stories/1").form(), "section", "yok")).is(422)
	b.post("/stories/1/save", url.Values{"headline": {"x"}}).is(422)
	b.post("/stories/1/save", with(b.get("/stories/1").form(), "seen", "-1")).is(422)
	b.post("/stories/1/save", url.Values{"body": {strings.Repeat("a", maxForm+1)}}).is(413)
}

// TestTelling says numbers as the language does, and never "0.0 s".
func TestTelling(t *testing.T) {
	t.Parallel()
	for took, want := range map[time.Duration][2]string{
		0: {"0,01", "0.01"}, 3 * time.Millisecond: {"0,01", "0.01"}, 46 * time.Millisecond: {"0,05", "0.05"},
		200 * time.Millisecond: {"0,2", "0.2"}, 4940 * time.Millisecond: {"4,9", "4.9"},
	} {
		n := note{Took: took}
		if got := [2]string{n.Seconds("tr"), n.Seconds("en")}; got != want {
			t.Errorf("%v is told as %v, want %v", took, got, want)
		}
	}
	for n, want := range map[int64]string{0: "0", 999: "999", 4812: "4\u00a0812", 1234567: "1\u00a0234\u00a0567"} {
		if got := (chrome{}).Group(n); got != want {
			t.Errorf("%d is written %q", n, got)
		}
	}
}

// TestWireView shows of the chain only whom the agency leans on.
func TestWireView(t *testing.T) {
	t.Parallel()
	h := open(t)
	d := dispatch("a1", "")
	d.Version, d.Chain = "h0123456789abcdef", []newsroom.Cited{{Name: "Pusula", Role: "source"}, {Name: "Pusula", Role: "cited"}, {Name: "Meltem Haber", Role: "cited"}}
	d.Embargo = newsroom.Embargo{State: newsroom.EmbargoUntil, Until: newsroom.Micro(time.Now().Add(72 * time.Hour))}
	other := dispatch("b1", "Weather")
	other.Language, other.Key.Provider = "en-GB", "meltem"
	h.deliver(d, other)
	b := h.person("defne", newsroom.Editor)
	page := b.get("/wire/1").says(".context", "Meltem Haber").says("h1", "Körfez'de yağış sürüyor.")
	if facts := page.Find(".context .facts").Text(); strings.Contains(facts, "h0123") || strings.Count(facts, "Pusula") != 1 {
		t.Errorf("facts %q", facts)
	}
	if mark := page.Find(".reading .mark.embargo").Text(); !strings.Contains(mark, ":") {
		t.Errorf("an embargo of another day says no hour: %q", mark)
	}
	b.get("/wire?language=en").has(".row", 1).says(".row .words", "Weather").has("select option[selected]", 1)
	b.get("/wire?agency=meltem").has(".row", 1).says(".row .agency", "MELTEM")
	b.get("/wire?state=embargoed").has(".row", 1).has(".row.dead", 0)
	b.get("/wire?state=nonsense&before=x").has(".row", 2)
	b.get("/wire?q=hi%C3%A7").says(".empty", "uyan haber yok")
	if href := b.get("/wire?q=weather").Find(".row a").AttrOr("href", ""); href != "/wire/2?q=weather" {
		t.Errorf("the filter is lost on the way to %s", href)
	}
}
