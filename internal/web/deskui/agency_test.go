package deskui

import (
	"net/url"
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
	b.post("/stories/1/agency", with(form, "do", "take")).at("/stories/1").says(".done", "son metnine").has(".behind", 0).says("#body", ton1).says("#body", maya).has(`#headline[value="Bizim başlık"]`, 1)
	b.post("/stories/1/agency", with(form, "do", "take")).is(409).says(".wrong", "")

	h.deliver(sentCopy("a1", "Demir yolu hattı", 3, ton2, etut, maya, "Bir cümle daha."))
	stale := b.get("/stories/1/agency").form()
	h.deliver(sentCopy("a1", "Demir yolu hattı", 4, ton2, etut, maya, "Başka bir cümle."))
	b.post("/stories/1/agency", with(stale, "do", "take")).is(409).says(".wrong", "yeniden geçti")
	b.post("/stories/1/agency", with(b.get("/stories/1/agency").form(), "do", "nothing")).at("/stories/1").has(".behind", 0)
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
