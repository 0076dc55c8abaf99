package deskui

import (
	"net/url"
	"testing"
	"time"

	"github.com/rotatif/newsroom"
	"github.com/rotatif/newsroom/internal/journal"
	"github.com/rotatif/newsroom/internal/wire"
)

// catchUp lets notices find what they mean, and the desk hear of it.
func (h *house) catchUp() {
	h.t.Helper()
	notices := &wire.Notices{Store: h.store, Copy: h.store, Now: time.Now}
	for _, f := range []journal.Follower{
		{Name: "notices", Store: h.store, Do: notices.Follow}, {Name: "desk.intake", Store: h.store, Do: h.desk.Intake},
	} {
		if _, err := f.CatchUp(h.t.Context()); err != nil {
			h.t.Fatal(err)
		}
	}
}

func notice(id, of string) newsroom.Dispatch {
	d := dispatch(id, "İPTAL - "+of)
	d.Notice = &newsroom.Notice{Kind: newsroom.NoticeKill, Words: "İPTAL - " + of, Headlines: []string{of}}
	return d
}

// A kill calls on every screen until somebody has seen it.
func TestACallIsAnswered(t *testing.T) {
	t.Parallel()
	h := open(t)
	b := h.person("defne", newsroom.Editor)
	b.get("/stories").has("#alarms[hidden]", 1)
	dead := dispatch("a1", "Fabrikada yangın çıktı")
	dead.Status, dead.VersionCreated = newsroom.Canceled, time.Now().Add(time.Minute)
	h.deliver(dispatch("a1", "Fabrikada yangın çıktı"), dead)
	b.get("/stories").has("#alarms:not([hidden])", 1).says("#alarms", "1 açık çağrı").says("#alarms", "Ajans iptal etti")
	b.get("/calls").has(".call", 1).says(".call", "Fabrikada yangın").has(".call .answer", 1)
	b.post("/wire/1/answer", url.Values{"back": {"calls"}}).is(409) // whoever has not seen the kill does not answer it
	b.post("/wire/1/answer", url.Values{"back": {"calls"}, "seen": b.seen("/wire/1")}).at("/calls").says(".done", "not edildi").has(".call", 0).has("#alarms[hidden]", 1)
	b.get("/wire/1").says(".reading", "defne gördü")
	h.person("can", newsroom.Admin).get("/people").has("#alarms[data-watch]", 0)
}

// A notice takes copies down at once, and a person decides what becomes of them.
func TestANoticeIsJudged(t *testing.T) {
	t.Parallel()
	h := open(t)
	b := h.person("defne", newsroom.Chief)
	h.deliver(dispatch("a1", "Fabrikada çıkan yangın söndürüldü"), dispatch("a2", "Okulda bayram şenliği yapıldı"))
	b.post("/wire/1/take", nil).at("/stories/1")
	b.post("/stories/1/publish", b.get("/stories/1").form()).says(".done", "yayında")
	b.post("/wire/2/take", nil).at("/stories/2")
	b.post("/stories/2/publish", with(b.get("/stories/2").form(), "headline", "Bizim başlığımız")).says(".done", "yayında")

	h.deliver(notice("n1", "Fabrikada çıkan yangın söndürüldü"), notice("n2", "Okulda bayram şenliği yapıldı"))
	h.catchUp()
	b.get("/stories/1").says(".s-unpublished", "").says(".say", "duyurusu")
	b.get("/stories/2").has(".s-published", 1).says(".say", "duyurusu")
	b.get("/calls").has(".call", 2)
	b.get("/wire/3").says(".reading", "başka bir haber hakkında").has("#take", 0)
	b.post("/wire/3/take", nil).is(409)

	b.post("/wire/1/judge", url.Values{"from": {"3"}, "verdict": {"confirmed"}, "word": {"öl"}}).is(422).says(".wrong, .lead, main", "yazılmalı")
	b.post("/wire/1/judge", url.Values{"from": {"3"}, "verdict": {"confirmed"}, "word": {"ÖLDÜR"}}).at("/wire/1").says(".done", "Karar")
	b.post("/wire/2/judge", url.Values{"from": {"4"}, "verdict": {"dismissed"}}).at("/wire/2")
	h.catchUp()
	b.get("/stories/1").has(".s-killed", 1)
	b.get("/stories/2").has(".s-published", 1).has(".say.hold", 0)
	b.get("/calls").has(".call", 0)

	b.post("/wire/1/revive", url.Values{"reason": {""}, "seen": b.seen("/wire/1")}).is(422)
	b.post("/wire/1/revive", url.Values{"reason": {"Ajans yanlışlık olduğunu bildirdi"}, "seen": b.seen("/wire/1")}).at("/wire/1").has("h1.dead", 0)
	b.post("/wire/4/plain", nil).at("/wire/4").has("#take", 1)
	h.person("ece", newsroom.Writer).post("/wire/3/plain", nil).is(403)
}

// Terms that bar the house hold copy until somebody decides.
func TestTermsAreDecidedOn(t *testing.T) {
	t.Parallel()
	h := open(t)
	b := h.person("defne", newsroom.Editor)
	barred := dispatch("a1", "Yelken yarışı")
	barred.Barred = "TURKEY OUT"
	h.deliver(barred)
	b.get("/wire?state=barred").has(".row", 1)
	b.get("/wire/1").says(".say.hold", "TURKEY OUT").has("#take", 0)
	b.post("/wire/1/take", nil).is(409)
	b.post("/wire/1/allow", nil).is(409)
	b.post("/wire/1/allow", url.Values{"seen": b.seen("/wire/1")}).at("/wire/1").has("#take", 1)
	b.post("/wire/1/take", nil).at("/stories/1")
}
