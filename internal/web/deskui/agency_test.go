package deskui

import (
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/rotatif/newsroom"
)

// sentCopy makes a dispatch of paragraphs.
func sentCopy(id, headline string, version int, paragraphs ...string) newsroom.Dispatch {
	d := dispatch(id, headline)
	d.VersionCreated = time.Date(2026, 3, 4, 9, version, 0, 0, time.UTC)
	d.Body = nil
	for _, p := range paragraphs {
		d.Body = append(d.Body, newsroom.Block{Kind: newsroom.Paragraph, Text: newsroom.Text(p)})
	}
	return d
}

const (
	ton1 = "Hat yılda 2 milyon 400 bin ton yük taşıyacak."
	ton2 = "Hat yılda 2 milyon 40 bin ton yük taşıyacak."
	etut = "Zemin etüdü geçen ay tamamlandı."
	maya = "İhale mayısta yapılacak."
)

// An update is looked at paragraph by paragraph; what is chosen becomes a revision.
func TestTheAgencyChangedIt(t *testing.T) {
	t.Parallel()
	h := open(t)
	b := h.person("defne", newsroom.Editor)
	h.deliver(sentCopy("a1", "Demir yolu", 1, ton1, etut))
	b.post("/wire/1/take", nil).at("/stories/1")
	b.post("/stories/1/save", with(b.get("/stories/1").has(".behind", 0).form(), "headline", "Bizim başlık"))
	h.deliver(sentCopy("a1", "Demir yolu hattı", 2, ton2, etut, maya))

	b.get("/stories/1").has(".behind #theirs", 1)
	page := b.get("/stories/1/agency").has(".trio.changed", 3).has("input[name=row][checked]", 2).says(".alarm", "sayı").says(".ours", "Bizim başlık")
	form := page.form()
	form.Set("row", "2")
	form.Del("headline")
	b.post("/stories/1/agency", with(form, "do", "take")).at("/stories/1").says(".done", "son metnine").has(".behind", 0).says("#body", ton1).says("#body", maya).says("#headline", "Bizim başlık")
	b.post("/stories/1/agency", with(form, "do", "take")).is(409).has(".wrong", 1)

	h.deliver(sentCopy("a1", "Demir yolu hattı", 3, ton2, etut, maya, "Bir cümle daha."))
	stale := b.get("/stories/1/agency").form()
	h.deliver(sentCopy("a1", "Demir yolu hattı", 4, ton2, etut, maya, "Başka bir cümle."))
	b.post("/stories/1/agency", with(stale, "do", "take")).is(409).says(".wrong", "yeniden geçti")
	b.post("/stories/1/agency", with(b.get("/stories/1/agency").form(), "do", "nothing")).at("/stories/1").has(".behind", 0)
	b.get("/stories/1/agency").has(".trio.changed", 0).says(".lead", "değişen bir şey yok")
	h.person("can", newsroom.Writer).post("/stories/1/agency", with(b.get("/stories/1/agency").form(), "do", "nothing")).is(403)
}

// A correction of what readers have leads to the note that tells them.
func TestTheAgencyCorrectedIt(t *testing.T) {
	t.Parallel()
	h := open(t)
	b := h.person("defne", newsroom.Editor)
	h.deliver(sentCopy("a1", "Demir yolu", 1, ton1, etut))
	b.post("/wire/1/take", nil)
	b.post("/stories/1/publish", b.get("/stories/1").form()).says(".done", "yayında")
	right := sentCopy("a1", "Demir yolu", 2, ton2, etut)
	right.Correction, right.EdNotes = true, []newsroom.EdNote{{Text: "DÜZELTME: Miktar 2 milyon 40 bin ton olacak."}}
	h.deliver(right)

	b.get("/stories/1").says(".behind", "düzeltti")
	answer := b.post("/stories/1/agency", with(b.get("/stories/1/agency").says(".lead", "düzeltme").form(), "do", "take"))
	answer.at("/stories/1?opened=correct").says("#correction", "2 milyon 40 bin ton olacak").says("#body", ton2)
	b.post("/stories/1/correct", with(answer.form(), "correction", answer.Find("#correction").Text())).says(".done", "yayında").has(".s-corrected", 1)
	b.get("/stories/999/agency").is(404)
	b.post("/stories", with(b.get("/stories/new").form(), "headline", "Kendi haberimiz", "body", "Metin."))
	b.get("/stories/2/agency").is(404)
	b.post("/stories/1/agency", url.Values{"seen": {"x"}}).is(422)
}

// taken is a story of the copy, edited by the function, that the agency has
// since sent anew.
func (h *house) taken(b *visitor, edit func(form url.Values), revisions ...newsroom.Dispatch) *answer {
	h.t.Helper()
	h.deliver(revisions[0])
	b.post("/wire/1/take", nil).at("/stories/1")
	form := b.get("/stories/1").form()
	edit(form)
	b.post("/stories/1/save", form).at("/stories/1")
	for _, d := range revisions[1:] {
		h.deliver(d)
	}
	return b.get("/stories/1/agency").is(200)
}

func untouched(url.Values) {}

// What we have not worked on is offered with a tick; our own words are replaced
// only when somebody ticks them.
func TestOurWordsAreNotTakenByDefault(t *testing.T) {
	t.Parallel()
	h := open(t)
	b := h.person("defne", newsroom.Editor)
	ours := "Hat yılda 2 milyon 400 bin ton yük taşıyacak, dedi bakan."
	page := h.taken(b, func(f url.Values) { f.Set("body", ours+"\r\n\r\n"+etut) },
		sentCopy("a1", "Demir yolu", 1, ton1, etut, "Bu paragrafı biz çıkardık."),
		sentCopy("a1", "Demir yolu hattı", 2, ton2, etut+" Rapor hazır.", "Bu paragrafı biz de çıkardık.", maya))
	page.has("input[name=headline][checked]", 1).has(".touched", 1)
	for row, ticked := range map[string]int{"0": 0, "1": 1, "2": 0, "3": 1} {
		page.has(`input[name=row][value="`+row+`"]`, 1).has(`input[name=row][value="`+row+`"][checked]`, ticked)
	}
	b.post("/stories/1/agency", with(page.form(), "do", "take")).at("/stories/1").says("#body", ours).says("#body", "Rapor hazır").says("#body", maya).says("#headline", "Demir yolu hattı")
}

// What is chosen can be read before it is saved, and the choice stays.
func TestTheChoiceIsReadBeforeItIsSaved(t *testing.T) {
	t.Parallel()
	h := open(t)
	b := h.person("defne", newsroom.Editor)
	page := h.taken(b, untouched, sentCopy("a1", "Demir yolu", 1, ton1, etut), sentCopy("a1", "Demir yolu hattı", 2, ton2, etut, maya))
	form := page.has("#result", 0).form()
	form.Set("row", "2")
	form.Del("headline")
	preview := b.post("/stories/1/agency", with(form, "do", "preview")).is(200).says("#result", maya).says("#result h3", "Demir yolu").says("#result .copy", ton1)
	preview.has("input[name=row][checked]", 1).has(`input[name=row][value="2"][checked]`, 1).has("input[name=headline][checked]", 0)
	b.get("/stories/1").has(".behind", 1)
	b.get("/stories/1/revisions").has(".behind", 0)
	b.post("/stories/1/agency", with(preview.form(), "do", "take")).at("/stories/1").has(".behind", 0).says("#body", maya).says("#body", ton1)
	b.post("/stories/1/agency", with(preview.form(), "do", "preview")).is(409).has("#result", 0)
}

// Whoever chose from a page that is no longer true is told so, and nothing of
// her choice is lost in silence.
func TestTwoEditorsFollow(t *testing.T) {
	t.Parallel()
	h := open(t)
	b, other := h.person("defne", newsroom.Editor), h.person("ece", newsroom.Editor)
	mine := h.taken(b, untouched, sentCopy("a1", "Demir yolu", 1, ton1, etut), sentCopy("a1", "Demir yolu", 2, ton2, etut, maya)).form()
	theirs := other.get("/stories/1/agency").form()
	other.post("/stories/1/agency", with(theirs, "do", "nothing")).at("/stories/1").has(".behind", 0)
	b.post("/stories/1/agency", with(mine, "do", "take")).is(409).has(".wrong", 1)
	b.get("/stories/1").says("#body", ton1)
	b.post("/stories/1/agency", with(mine, "do", "nothing")).at("/stories/1")
	b.post("/stories/1/agency", url.Values{"seen": {"1"}, "do": {"take"}}).is(409)
}

// Copy sent once more with the same words troubles nobody, terms and notes do.
func TestWhatIsNoChange(t *testing.T) {
	t.Parallel()
	h := open(t)
	b := h.person("defne", newsroom.Editor)
	again := sentCopy("a1", "Demir yolu", 2, ton1, etut)
	again.Version, again.Urgency = "7", 2
	h.taken(b, untouched, sentCopy("a1", "Demir yolu", 1, ton1, etut), again).has(".trio.changed", 0).has("button.go", 0)
	b.get("/stories/1").has(".behind", 0)
	terms := sentCopy("a1", "Demir yolu", 3, ton1, etut)
	terms.UsageTerms = "Yalnızca basılı gazetede"
	h.deliver(terms)
	b.get("/stories/1").has(".behind", 1)
	b.get("/stories/1/agency").has(".trio.changed", 0).says(".diff", "Yalnızca basılı")
}

// An update after a correction does not hide the correction.
func TestACorrectionIsNotHiddenByAnUpdate(t *testing.T) {
	t.Parallel()
	h := open(t)
	b := h.person("defne", newsroom.Editor)
	h.deliver(sentCopy("a1", "Demir yolu", 1, ton1, etut))
	b.post("/wire/1/take", nil)
	b.post("/stories/1/publish", b.get("/stories/1").form()).says(".done", "yayında")
	right := sentCopy("a1", "Demir yolu", 2, ton2, etut)
	right.Correction, right.EdNotes = true, []newsroom.EdNote{{Text: "DÜZELTME: Miktar 2 milyon 40 bin ton olacak."}}
	h.deliver(right, sentCopy("a1", "Demir yolu", 3, ton2, etut, maya))
	page := b.get("/stories/1/agency").says(".lead", "düzeltme").says(".say.hold", "Miktar 2 milyon 40 bin").has(".trio.changed", 2)
	b.post("/stories/1/agency", with(page.form(), "do", "take")).at("/stories/1?opened=correct").says("#correction", "2 milyon 40 bin ton olacak").says("#body", maya)
}

// A revision without a text takes nothing of ours away unless somebody wants it.
func TestARevisionWithoutAText(t *testing.T) {
	t.Parallel()
	h := open(t)
	b := h.person("defne", newsroom.Editor)
	page := h.taken(b, untouched, sentCopy("a1", "Demir yolu", 1, ton1, etut), sentCopy("a1", "Demir yolu", 2))
	page.has("input[name=row]", 2).has("input[name=row][checked]", 0)
	b.post("/stories/1/agency", with(page.form(), "do", "take")).at("/stories/1").says("#body", ton1).says("#body", etut)
}

// A picture that was exchanged is shown, and taken over.
func TestAnExchangedPictureIsShown(t *testing.T) {
	t.Parallel()
	h := open(t)
	b := h.person("defne", newsroom.Editor)
	with2 := func(version int, id, href string) newsroom.Dispatch {
		d := sentCopy("a1", "Demir yolu", version, ton1)
		d.Body = append(d.Body,
			newsroom.Block{Kind: newsroom.Picture, Picture: &newsroom.PictureRef{ID: id, Caption: "Ray döşeniyor"}},
			newsroom.Block{Kind: newsroom.Paragraph, Text: []newsroom.Span{{Text: "Rapor burada.", Href: href}}},
			newsroom.Block{Kind: newsroom.Embed, Embed: &newsroom.EmbedRef{Provider: "youtube", ID: id + "0123456789"}})
		return d
	}
	h.taken(b, untouched, with2(1, "p1", "https://a.example/1"), with2(2, "p2", "https://a.example/2")).
		has(".trio.changed", 3).says(".trio.changed .now ins", "p2").says(".trio.changed .now ins", "https://a.example/2").says(".trio.changed .now del", "p10123456789")
}

// A correction of what readers have stands in the bar and in the list until
// somebody has dealt with it.
func TestACorrectionWaits(t *testing.T) {
	t.Parallel()
	h := open(t)
	b := h.person("defne", newsroom.Editor)
	h.deliver(sentCopy("a1", "Demir yolu", 1, ton1, etut))
	b.post("/wire/1/take", nil)
	b.post("/stories/1/publish", b.get("/stories/1").form()).says(".done", "yayında")
	h.deliver(sentCopy("a1", "Demir yolu", 2, ton1, etut, maya))
	h.catchUp()
	b.get("/stories").says(".sent", "değiştirdi").has("#alarms[hidden]", 1)
	right := sentCopy("a1", "Demir yolu", 3, ton2, etut, maya)
	right.Correction = true
	h.deliver(right)
	h.catchUp()
	b.get("/stories").says(".sent", "düzeltti").says("#alarms", "düzeltti")
	b.get("/calls").has(`.call a[href="/stories/1/agency"]`, 1)
	b.post("/stories/1/agency", with(b.get("/stories/1/agency").form(), "do", "take")).has("#correction", 1)
	b.get("/stories").has(".sent", 0).has("#alarms[hidden]", 1)
	b.get("/calls").has(".call", 0)
	b.get("/wire/1").says(".reading", "defne gördü")
}

// A paragraph that the agency only put elsewhere is told as moved, in words, is
// one decision, and takes our wording along. One button takes over all that
// does not touch our words.
func TestTheAgencyMovedIt(t *testing.T) {
	t.Parallel()
	h := open(t)
	b := h.person("defne", newsroom.Editor)
	ours := "Zemin etüdü geçen ay tamamlandı, raporu bekleniyor."
	page := h.taken(b, func(f url.Values) { f.Set("body", ours+"\r\n\r\n"+ton1+"\r\n\r\n"+maya) },
		sentCopy("a1", "Demir yolu", 1, etut, ton1, maya),
		sentCopy("a1", "Demir yolu", 2, ton1, maya+" Şartname hazır.", etut))
	page.has(".trio.changed", 2).has(".moved", 1).says(".moved", "paragraftı").has("#untouching", 1)
	moved := page.Find(".trio.changed:has(.moved)")
	if moved.Length() != 1 || moved.Find("input[name=row]").Length() != 1 {
		t.Errorf("the move is not one decision")
	}
	b.post("/stories/1/agency", with(page.form(), "do", "untouching")).at("/stories/1").has(".behind", 0)
	text := b.get("/stories/1").Find("#body").Text()
	for _, words := range []string{ours, ton1, "Şartname hazır."} {
		if strings.Count(text, words) != 1 {
			t.Errorf("%q stands %d times in %q", words, strings.Count(text, words), text)
		}
	}
	if strings.Index(text, ours) < strings.Index(text, ton1) {
		t.Errorf("it was not moved: %q", text)
	}
	b.post("/stories/1/agency", with(page.form(), "do", "untouching")).is(409)
}

// What touches our work is not offered by the button, whatever else is ticked.
func TestTheButtonLeavesOurWordsAlone(t *testing.T) {
	t.Parallel()
	h := open(t)
	b := h.person("defne", newsroom.Editor)
	ours := "Hat yılda 2 milyon 400 bin ton yük taşıyacak, dedi bakan."
	page := h.taken(b, func(f url.Values) { f.Set("body", ours+"\r\n\r\n"+etut) },
		sentCopy("a1", "Demir yolu", 1, ton1, etut), sentCopy("a1", "", 2, ton2, etut))
	page.has(".trio.changed", 2).has("#untouching", 0).has("input[checked]", 0)
	form := page.form()
	form.Set("row", "0")
	b.post("/stories/1/agency", with(form, "do", "untouching")).is(409).has(".wrong", 1)
	b.get("/stories/1").says("#body", ours).says("#headline", "Demir yolu").has(".behind", 1)
}
