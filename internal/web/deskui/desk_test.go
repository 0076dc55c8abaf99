package deskui

import (
	"errors"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/rotatif/newsroom"
	"github.com/rotatif/newsroom/internal/desk"
)

// TestFromWireToReader is the main path: read, take, write, publish, kill.
func TestFromWireToReader(t *testing.T) {
	t.Parallel()
	h := open(t)
	h.deliver(dispatch("a1", "Körfez'de barajlar doldu"))
	b := h.person("defne", newsroom.Editor)
	list := b.get("/wire").at("/wire").says(".row .words", "Körfez'de barajlar doldu").says(".row .agency", "Pusula")
	link := list.Find(".row a").AttrOr("href", "")
	b.get(link).says(".reading h1", "barajlar doldu").says(".private", "Sayılar teyit edilmeli.").says(".private", "Yayımlanmaz")
	story := b.post(link+"/take", url.Values{}).at("/stories/1").says(".done", "habere çevrildi").says(".strip .mark", "taslak")
	if got := story.form(); got.Get("headline") != "Körfez'de barajlar doldu" || got.Get("agency") != "Pusula" || got.Get("note") != "Sayılar teyit edilmeli." {
		t.Fatalf("the dispatch did not fill the form: %v", got)
	}
	b.post("/stories/1/save", story.form()).says(".done", "değişiklik yok")
	live := b.post("/stories/1/publish", with(story.form(), "headline", "Barajlar doldu", "body", "Bir.\r\n\r\n## ARA BAŞLIK\r\n\r\nİki."))
	live.at("/stories/1").says(".done", "4 812 numaralı baskıda yayında; 0,2 saniyede").says(".strip .mark", "yayında")
	if got := live.Find(".done a").AttrOr("href", ""); got != "https://site.example.org/gundem/barajlar-doldu-1" {
		t.Fatalf("the public address is %s", got)
	}
	b.get("/stories/1").has(".done", 0)
	b.get("/stories/1/proof").says(".proof h2", "ARA BAŞLIK").says(".proof-word", "PROVA").says(".source", "Haber Kaynağı: Pusula")
	b.get("/wire").says(".row .mark.taken", "alındı")
	kill := url.Values{"reason": {"Yanlış baraj."}, "word": {"evet"}}
	b.post("/stories/1/kill", kill).is(422).says(".wrong", "öldürülmedi").has("details.grave[open]", 1)
	b.post("/stories/1/kill", with(kill, "word", "ÖLDÜR")).at("/stories/1").says(".done", "kaldırıldı").says(".strip .mark", "öldürüldü")
	b.post("/stories/1/save", with(story.form(), "headline", "x")).is(409)
}

// TestPublishPublishesWhatWasShown refuses to publish words nobody saw.
func TestPublishPublishesWhatWasShown(t *testing.T) {
	t.Parallel()
	h := open(t)
	one, two := h.person("defne", newsroom.Editor), h.person("kerem", newsroom.Editor)
	one.post("/stories", with(one.get("/stories/new").form(), "headline", "Bir", "body", "Metin."))
	shown := one.get("/stories/1").form()
	two.post("/stories/1/save", with(two.get("/stories/1").form(), "headline", "İki")).at("/stories/1")
	one.post("/stories/1/publish", shown).is(409)
	if s, err := h.store.Story(t.Context(), 1); err != nil || s.State.Public() {
		t.Fatalf("published %v, %v", s.State, err)
	}
}

// TestPressIsLate says so when the press has not printed yet.
func TestPressIsLate(t *testing.T) {
	t.Parallel()
	h := open(t)
	h.printErr = errors.New("late")
	b := h.person("defne", newsroom.Editor)
	b.post("/stories", with(b.get("/stories/new").form(), "headline", "Bir", "body", "Metin."))
	b.post("/stories/1/publish", b.get("/stories/1").form()).says(".done", "henüz basmadı")
}

// TestConflictLosesNothing shows both texts and lets mine be saved over theirs.
func TestConflictLosesNothing(t *testing.T) {
	t.Parallel()
	h := open(t)
	one, two := h.person("defne", newsroom.Editor), h.person("kerem", newsroom.Editor)
	one.post("/stories", with(one.get("/stories/new").form(), "headline", "Bir", "body", "Metin eski."))
	mine := with(one.get("/stories/1").form(), "body", "Metin benim.", "note", "a\r\nb")
	two.post("/stories/1/save", with(two.get("/stories/1").form(), "body", "Metin onun.")).at("/stories/1")
	page := one.post("/stories/1/save", mine).is(409).says("#body", "Metin benim.").says(".theirs", "Metin onun.").
		says(".diff ins", "benim").says(".diff del", "onun").says(".hold", "Kişi kerem")
	merged := page.form()
	if merged.Get("note") != "a\nb" {
		t.Fatalf("a field was lost: %v", merged)
	}
	one.post("/stories/1/save", merged).at("/stories/1").says("#body", "Metin benim.")
	one.get("/stories/1/revisions").has(".history .row", 3)
	one.post("/stories/1/restore", url.Values{"no": {"2"}, "seen": {"3"}}).at("/stories/1").says("#body", "Metin onun.")
}

// TestEmbargo shows why, offers to wait, and lets the chief decide.
func TestEmbargo(t *testing.T) {
	t.Parallel()
	h := open(t)
	until := time.Now().Add(3 * time.Hour)
	d := dispatch("a1", "Bütçe açıklandı")
	d.Embargo = newsroom.Embargo{State: newsroom.EmbargoUntil, Until: newsroom.Micro(until)}
	unknown := dispatch("a2", "Rapor")
	unknown.Embargo = newsroom.Embargo{State: newsroom.EmbargoUnknown, Text: "sabah"}
	h.deliver(d, unknown)
	b, chief := h.person("defne", newsroom.Editor), h.person("ayla", newsroom.Chief)
	b.get("/wire/1").says(".marks .embargo", "ambargo").says(".hold", "Ambargo:")
	story := b.post("/wire/1/take", url.Values{})
	story.has(`button[formaction$="/publish"]`, 0).has(`button[value="embargo"]`, 1)
	b.post("/stories/1/publish", story.form()).is(409).says(".wrong", "Ambargo sürüyor")
	b.post("/stories/1/schedule", with(story.form(), "when", "embargo")).at("/stories/1").says(".strip .mark", "ambargolu")
	b.post("/stories/1/unschedule", url.Values{}).at("/stories/1")
	b.post("/wire/2/take", url.Values{}).at("/stories/2")
	b.post("/stories/2/embargo", url.Values{"decision": {"none"}, "reason": {"x"}}).is(403)
	chief.post("/stories/2/embargo", url.Values{"decision": {"none"}}).is(422).says(".wrong", "Gerekçe")
	chief.post("/stories/2/embargo", url.Values{"decision": {"until"}, "until": {"dün"}, "reason": {"x"}}).is(422)
	chief.post("/stories/2/embargo", url.Values{"decision": {"none"}, "reason": {"Ajans aradı."}}).at("/stories/2").has(`.strip button[formaction$="/publish"]`, 1)
}

// TestAgencyKill explains what cannot be taken, and puts what is held on top.
func TestAgencyKill(t *testing.T) {
	t.Parallel()
	h := open(t)
	h.deliver(dispatch("a1", "Yangın söndü"), dispatch("a2", "Fırtına geliyor"))
	b := h.person("defne", newsroom.Editor)
	b.post("/stories/1/save", nil)
	taken := b.post("/wire/2/take", url.Values{}).at("/stories/1")
	b.post("/stories/1/save", with(taken.form(), "headline", "Fırtına yarın")).at("/stories/1")
	for _, id := range []string{"a1", "a2"} {
		kill := dispatch(id, "İPTAL")
		kill.Status, kill.VersionCreated = newsroom.Canceled, time.Now().Add(time.Minute)
		h.deliver(kill)
	}
	b.get("/wire/1").has("#take", 0).says(".wrong", "iptal etti").says(".reading .mark.killed", "iptal")
	b.post("/wire/1/take", url.Values{}).is(409)
	facts, err := h.store.Facts(t.Context(), 0, 100)
	must(t, err)
	for _, f := range facts {
		must(t, h.desk.Intake(t.Context(), f))
	}
	b.get("/stories").says(".held .words", "Fırtına yarın").says(".held .why", "iptal etti")
	b.post("/stories/1/publish", b.get("/stories/1").form()).is(409)
	b.get("/stories/1").has(`form[action$="/clear"] input[name="hold"][value="hold.agency_kill"]`, 1)
	b.post("/stories/1/clear", url.Values{"reason": {"Ajansla konuştum."}, "hold": {"hold.agency_withheld"}}).is(409)
	b.post("/stories/1/clear", url.Values{"reason": {""}, "hold": {"hold.agency_kill"}}).is(422)
	b.post("/stories/1/clear", url.Values{"reason": {"Ajansla konuştum."}, "hold": {"hold.agency_kill"}}).at("/stories/1").says(".done", "kaldırıldı")
}

// TestCorrectAndTakeDown go with a note and a reason.
func TestCorrectAndTakeDown(t *testing.T) {
	t.Parallel()
	h := open(t)
	b := h.person("defne", newsroom.Editor)
	b.post("/stories", with(b.get("/stories/new").form(), "headline", "Bir", "body", "Metin 12."))
	b.post("/stories/1/publish", b.get("/stories/1").form()).at("/stories/1")
	typed := with(b.get("/stories/1").form(), "body", "Metin 13.", "correction", "")
	b.post("/stories/1/correct", typed).is(422).says(".wrong", "Düzeltme notu").says("#body", "Metin 13.")
	typed = with(b.get("/stories/1").form(), "correction", "12 değil 13.")
	b.post("/stories/1/correct", typed).at("/stories/1").says(".strip .mark", "düzeltildi").says(".context", "12 değil 13.")
	b.post("/stories/1/unpublish", url.Values{"reason": {" "}}).is(422)
	b.post("/stories/1/unpublish", url.Values{"reason": {"Kaynak geri çekti."}}).at("/stories/1").says(".strip .mark", "kaldırıldı").says(".done", "kayboldu")
}

// TestWriter writes and submits their own, and does no more.
func TestWriter(t *testing.T) {
	t.Parallel()
	h := open(t)
	w, other, editor := h.person("can", newsroom.Writer), h.person("ece", newsroom.Writer), h.person("defne", newsroom.Editor)
	w.post("/stories", with(w.get("/stories/new").form(), "headline", "", "body", "Metin."))
	w.post("/stories/1/submit", w.get("/stories/1").form()).is(422).says(".wrong", "Başlık boş")
	w.post("/stories/1/submit", with(w.get("/stories/1").form(), "headline", "Bir")).at("/stories/1").says(".strip .mark", "onayda")
	w.get("/stories/1").has(`[formaction$="/publish"], details.grave`, 0)
	other.get("/stories/1").has("#headline[readonly]", 1).has(".strip button", 0)
	other.post("/stories/1/save", with(editor.get("/stories/1").form(), "headline", "Çalındı")).is(403)
	editor.post("/stories/1/return", url.Values{"reason": {""}}).is(422)
	editor.post("/stories/1/return", url.Values{"reason": {"Kaynağı yaz."}}).at("/stories/1").says(".strip .mark", "taslak")
	other.get("/stories?mine=1").says(".empty", "uyan haber yok")
}

// TestFront arranges on the page and changes readers' front only at the launch.
func TestFront(t *testing.T) {
	t.Parallel()
	h := open(t)
	b := h.person("ayla", newsroom.Chief)
	for _, headline := range []string{"Bir", "İki"} {
		b.post("/stories", with(b.get("/stories/new").form(), "headline", headline, "body", "Metin."))
	}
	b.post("/stories/1/publish", b.get("/stories/1").form())
	b.post("/stories/2/publish", b.get("/stories/2").form())
	b.get("/front").has(".picks .row", 2).says(".empty", "en yeniden")
	b.post("/front", url.Values{"version": {"0"}, "do": {"add:1"}}).is(200).says(".hold", "henüz yayında değil").has(".slots li", 1)
	b.post("/front", url.Values{"version": {"0"}, "story": {"1"}, "headline": {""}, "do": {"add:2"}}).has(".slots li", 2)
	b.get("/front").has(".slots li", 0)
	order := url.Values{"version": {"0"}, "story": {"2", "1"}, "headline": {"", "Kısa"}, "do": {"down:0"}}
	b.post("/front", order).says(".slots li:first-child .slot-head", "Bir")
	b.post("/front", url.Values{"version": {"0"}, "story": {"1", "2"}, "headline": {"Kısa", ""}, "do": {"launch"}}).at("/front").says(".done", "4 812 numaralı baskıda")
	b.post("/front", url.Values{"version": {"0"}, "story": {"2"}, "headline": {""}, "do": {"launch"}}).is(409).has(".slots li", 2)
	b.post("/front", url.Values{"version": {"x"}}).is(422)
}

// TestStoriesAreFound by state, section, words and owner.
func TestStoriesAreFound(t *testing.T) {
	t.Parallel()
	h := open(t)
	b := h.person("defne", newsroom.Editor)
	for _, headline := range []string{"Isparta'da gül hasadı", "Bütçe"} {
		b.post("/stories", with(b.get("/stories/new").form(), "headline", headline, "body", "Metin."))
	}
	b.get("/stories?q=ISPARTA").has("#rows .row", 1).says(".row .words", "gül hasadı")
	b.get("/stories?state=published").has("#rows .row", 0)
	b.get("/stories?section=ekonomi").has("#rows .row", 0)
	b.get("/stories?mine=1").has("#rows .row", 2)
	stories, err := h.desk.Stories(t.Context(), newsroom.Person{Roles: []newsroom.Role{newsroom.Editor}}, desk.Filter{})
	if err != nil || len(stories) != 2 {
		t.Fatalf("%d stories, %v", len(stories), err)
	}
}

// TestSavingUnchangedKeepsEveryByte: an agency's words opened and published
// untouched are still the agency's words, whatever their writing.
func TestSavingUnchangedKeepsEveryByte(t *testing.T) {
	t.Parallel()
	h := open(t)
	d := dispatch("a1", "  İki  boşluk ")
	d.Standfirst = "Satır.\n\nSatır. "
	d.Body = newsroom.Body{{Kind: newsroom.Paragraph, Text: []newsroom.Span{{Text: " a "}, {Text: ""}, {Text: "b\r\n", Strong: true}}}, {Kind: newsroom.Paragraph}}
	h.deliver(d)
	b := h.person("defne", newsroom.Editor)
	form := b.post("/wire/1/take", url.Values{}).form()
	b.post("/stories/1/publish", form).at("/stories/1")
	s, err := h.store.Story(t.Context(), 1)
	if err != nil || s.Revision != 1 || s.Live == nil || s.Live.Head != s.Copied {
		t.Fatalf("revision %d, live %v, %v", s.Revision, s.Live, err)
	}
	if !strings.Contains(form.Get("body"), "**b**") {
		t.Fatalf("body %q", form.Get("body"))
	}
}
