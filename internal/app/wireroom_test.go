package app

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/rotatif/newsroom"
	"github.com/rotatif/newsroom/internal/browser"
	"github.com/rotatif/newsroom/internal/wire"
)

// g2of is a revision of an item as an agency sends it.
func g2of(id string, version int, status, signal, headline string, paragraphs ...string) string {
	body := "<p>" + strings.Join(paragraphs, "</p><p>") + "</p>"
	return fmt.Sprintf(`<?xml version="1.0" encoding="UTF-8"?><newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="%s" version="%d" xml:lang="tr">
<itemMeta><itemClass qcode="ninat:text"/><provider qcode="nprov:ka"/><versionCreated>2026-11-23T09:%02d:00Z</versionCreated><pubStatus qcode="stat:%s"/><signal qcode="sig:%s"/></itemMeta>
<contentMeta><headline>%s</headline><creditline>KA</creditline><subject qcode="medtop:04000000"/></contentMeta>
<contentSet><inlineXML contenttype="application/xhtml+xml"><html xmlns="http://www.w3.org/1999/xhtml"><body>%s</body></html></inlineXML></contentSet></newsItem>`,
		id, version, version, status, signal, headline, body)
}

// signedIn is a page of a chief editor.
func signedIn(t *testing.T, b *browser.Browser, h *house) *browser.Page {
	t.Helper()
	p := b.Page(t)
	p.SetViewport(1280, 900)
	h.claimHouse(p)
	return p
}

// A kill reaches a copy that readers have, calls on the open page with a sound,
// and is answered with the keyboard alone.
func TestAKillCallsInABrowser(t *testing.T) {
	t.Parallel()
	b := browser.Start(t)
	h := open(t, time.Now, pushed("ka"))
	p := signedIn(t, b, h)
	h.deliver("ka", g2of("ka:1", 1, "usable", "none", "Zümrüt Vadisi'nde köprü açıldı", "Köprü açıldı."))
	story := h.publish(h.item("ka", "ka:1"))
	path := h.address(story.ID)
	p.Open(h.DeskURL() + "/stories")
	p.Press("k") // whoever has touched the page may be called with a sound

	h.deliver("ka", g2of("ka:1", 2, "canceled", "none", "Zümrüt Vadisi'nde köprü açıldı"))
	p.WaitText("#alarms", "Zümrüt Vadisi")
	p.WaitTrue(`document.getElementById("alarms").dataset.sounded === "on"`)
	if title := browser.Eval[string](p, "document.title"); !strings.HasPrefix(title, "(1)") {
		t.Errorf("the tab is called %q", title)
	}
	h.until("the copy to be gone", func() bool { status, _ := h.fetch(path); return status == http.StatusGone })
	p.Press("c")
	p.WaitFor(".call .answer")
	p.WaitTrue(`document.readyState === "complete"`) // its scripts have run
	p.Press("j")
	p.Press("x")
	p.WaitTrue(`document.getElementById("alarms").hidden && document.querySelectorAll(".call").length === 0`)
	if call := h.item("ka", "ka:1").Call; call.Open() || call.By == newsroom.House {
		t.Errorf("call %+v", call)
	}
	if wrong := p.Violations(); len(wrong) > 0 {
		t.Errorf("content security policy: %v", wrong)
	}
}

// Nobody answers: the call grows louder on every screen of everybody, and is
// silent on all of them once one has answered.
func TestACallGrowsLouder(t *testing.T) {
	t.Parallel()
	b := browser.Start(t)
	h := openOn(t, "", time.Now, func(c *Config) { c.Desk.Ring = Duration{time.Second} }, pushed("ka"))
	one, two := signedIn(t, b, h), h.another(b)
	two.Open(h.DeskURL() + "/wire/health")
	for _, p := range []*browser.Page{one, two} {
		counting(p)
		p.Press("k") // whoever has touched the page may be called with a sound
	}
	h.deliver("ka", g2of("ka:1", 2, "canceled", "none", "Köprü açıldı"))
	for _, p := range []*browser.Page{one, two} {
		p.WaitTrue(`Number(document.getElementById("alarms").dataset.loud) >= 2`)
		p.WaitTrue(`tones >= 1 + 2 + 3`) // once for the call, and more for each time that nobody came
	}
	if rung := h.item("ka", "ka:1").Call.Rung; rung < 2 {
		t.Errorf("rung %d", rung)
	}
	one.Press("c")
	one.WaitFor(".call .answer")
	one.WaitTrue(`document.readyState === "complete"`)
	one.Press("x")
	two.WaitTrue(`document.getElementById("alarms").hidden`)
	one.WaitTrue(`document.getElementById("alarms").hidden`)
}

// The agency corrects what readers have: the editor sees three texts, takes over
// what she chooses, and tells readers.
func TestTheAgencyChangedItInABrowser(t *testing.T) {
	t.Parallel()
	b := browser.Start(t)
	h := open(t, time.Now, pushed("ka"))
	p := signedIn(t, b, h)
	h.deliver("ka", g2of("ka:1", 1, "usable", "none", "Demir yolu ihalesi", "Hat yılda 2 milyon 400 bin ton taşıyacak.", "Etüt bitti."))
	story := h.publish(h.item("ka", "ka:1"))
	h.deliver("ka", g2of("ka:1", 2, "usable", "correction", "Demir yolu ihalesi", "Hat yılda 2 milyon 40 bin ton taşıyacak.", "Etüt bitti.", "İhale mayısta."))
	p.WaitTrue(`!document.getElementById("alarms").hidden`) // readers have what is wrong

	p.Open(h.DeskURL() + "/stories/" + story.ID.String())
	p.WaitFor("#theirs")
	p.Press("a")
	p.WaitFor(".trio.changed")
	if rows := p.Count(".trio.changed"); rows != 2 {
		t.Errorf("%d changed rows", rows)
	}
	old, now, ours := p.Text(".trio.changed .old"), p.Text(".trio.changed .now"), p.Text(".trio.changed .ours")
	if !strings.Contains(old, "2 milyon 400") || !strings.Contains(now, "40") || !strings.Contains(ours, "2 milyon 400") || p.Count(".trio.changed .now ins") == 0 {
		t.Errorf("side by side: %q, %q, %q", old, now, ours)
	}
	p.Click(`input[name=row][value="2"]`) // not this one
	p.Click("button.go")
	p.WaitFor("#correction")
	if body := p.Value("#body"); !strings.Contains(body, "2 milyon 40 bin") || strings.Contains(body, "mayısta") {
		t.Errorf("the text is %q", body)
	}
	if call := h.item("ka", "ka:1").Call; call.Open() || call.Why != newsroom.CallCorrected {
		t.Errorf("call %+v", call)
	}
	if s, err := h.Desk.Story(t.Context(), h.chief, story.ID); err != nil || s.Revision != 2 || !s.Pending() {
		t.Errorf("what was taken over is no revision: %d (%v)", s.Revision, err)
	}
	p.Fill("#correction", "Düzeltme: Miktar 2 milyon 40 bin ton olacak.")
	p.Click(`button[formaction$="/correct"]`)
	h.until("readers to have it", func() bool {
		_, page := h.fetch(h.address(story.ID))
		return strings.Contains(page, "2 milyon 40 bin ton taşıyacak") && strings.Contains(page, "Düzeltme: Miktar")
	})
}

// A notice in words takes the copy down until somebody has judged it.
func TestANoticeIsJudgedInABrowser(t *testing.T) {
	t.Parallel()
	b := browser.Start(t)
	h := open(t, time.Now, pushed("ka"))
	p := signedIn(t, b, h)
	h.deliver("ka", g2of("ka:1", 1, "usable", "none", "Fabrikada çıkan yangın söndürüldü", "Yangın söndürüldü."))
	story := h.publish(h.item("ka", "ka:1"))
	path := h.address(story.ID)
	h.deliver("ka", g2of("ka:9", 3, "usable", "none", "İPTAL - Fabrikada çıkan yangın söndürüldü", "Aynı başlıklı haberimiz iptal edilmiştir."))
	h.until("the copy to be down", func() bool { status, _ := h.fetch(path); return status == http.StatusGone })
	p.Open(h.DeskURL() + "/calls")
	p.Fill(".call input[name=word]", h.words.In(browser.Eval[string](p, "document.documentElement.lang")).T("desk.kill.word"))
	p.Click(`.call button[value="confirmed"]`)
	p.WaitFor(".say.done")
	h.until("the story to be killed", func() bool {
		s, err := h.Desk.Story(t.Context(), h.chief, story.ID)
		return err == nil && s.State == newsroom.Killed
	})
}

// What could not be read is read again with a button, and is on the list.
func TestRetryInABrowser(t *testing.T) {
	t.Parallel()
	b := browser.Start(t)
	h := open(t, time.Now, pushed("ka"))
	p := signedIn(t, b, h)
	id, err := h.Reception.Refuse(t.Context(), wire.Receipt{Source: "ka", Channel: "push"}, []byte(g2of("ka:1", 1, "usable", "none", "Gecikmiş haber", "Metin.")), "wire.reason.too_big", "1")
	if err != nil {
		t.Fatal(err)
	}
	p.Open(h.DeskURL() + "/wire/quarantine")
	p.Click(".ledger a")
	p.WaitFor("#retry")
	words := h.words.In(browser.Eval[string](p, "document.documentElement.lang"))
	if reason := p.Text("h1"); reason != words.T("wire.reason.too_big") {
		t.Errorf("the reason is %q", reason)
	}
	if raw := p.Text("pre.raw"); !strings.Contains(raw, "<headline>Gecikmiş haber</headline>") {
		t.Errorf("the bytes are shown as %q", raw)
	}
	p.Click("#retry")
	p.WaitFor(".say.done")
	kept, err := h.stores.Newsroom.Receipts(t.Context(), wire.ReceiptFilter{ID: id})
	if err != nil || kept[0].Verdict.Outcome != wire.Settled {
		t.Errorf("%+v (%v)", kept, err)
	}
	p.Open(h.DeskURL() + "/wire")
	p.WaitText("#rows", "Gecikmiş haber")
}

// A filter is saved, opened with a key, counts what nobody has seen, and sounds
// on another screen when it is a loud one.
func TestASavedFilterInABrowser(t *testing.T) {
	t.Parallel()
	b := browser.Start(t)
	h := open(t, time.Now, pushed("ka"))
	p := signedIn(t, b, h)
	h.deliver("ka", g2of("ka:1", 1, "usable", "none", "Köprü açıldı", "Köprü açıldı."))
	p.Open(h.DeskURL() + "/wire?q=k%C3%B6pr%C3%BC")
	p.Click("details.keep summary")
	p.Type(`details.keep input[name="name"]`, "Köprüler")
	p.Click(`details.keep input[name="loud"]`)
	p.Click("details.keep button")
	p.WaitText("#watches a[aria-current]", "Köprüler")

	p.Open(h.DeskURL() + "/stories")
	p.Press("k") // whoever has touched the page may be called with a sound
	h.deliver("ka", g2of("ka:2", 1, "usable", "none", "İkinci köprü de açıldı", "Köprü açıldı."))
	h.deliver("ka", g2of("ka:3", 1, "usable", "none", "Yol açıldı", "Yol açıldı."))
	p.WaitText("#alarms .flashed", "İkinci köprü")
	p.WaitTrue(`document.getElementById("alarms").dataset.sounded === "on"`)
	p.Press("1")
	p.WaitText("#watches .count", "1")
	p.WaitTrue(`document.getElementById("live").dataset.state === "on"`) // its scripts have run
	p.Press("4")
	p.WaitFor("#watches a[aria-current]:not([href='/wire'])")
	p.WaitTrue(`document.querySelectorAll("#rows .row").length === 2`)
	p.WaitTrue(`document.getElementById("alarms").hidden`) // it has been seen
	h.deliver("ka", g2of("ka:4", 1, "usable", "none", "Üçüncü köprü de açıldı", "Köprü açıldı."))
	p.WaitTrue(`performance.getEntriesByType("resource").filter((e) => e.name.endsWith("/seen")).length === 2`)
	p.WaitTrue(`document.getElementById("alarms").hidden && document.querySelectorAll("#rows .row").length === 3`) // while it was looked at
	p.Open(h.DeskURL() + "/wire")
	p.WaitTrue(`document.querySelectorAll("#watches .count").length === 0`)
	if wrong := p.Violations(); len(wrong) > 0 {
		t.Errorf("content security policy: %v", wrong)
	}
}

// Two agencies tell of one event: the open list makes one row of both while it
// is looked at, the keyboard unfolds it, and a person parts them again.
func TestOneEventInABrowser(t *testing.T) {
	t.Parallel()
	b := browser.Start(t)
	h := open(t, time.Now, pushed("ka"), pushed("ba"))
	p := signedIn(t, b, h)
	const text = "Körfez'de karaya oturan Yıldızeli adlı kuru yük gemisindeki 14 mürettebat kurtarıldı. Kaptan Halil Sönmez, makine arızası yüzünden sürüklendiklerini söyledi. Gemideki 320 ton yakıt için römorkörler bekliyor, Sahil Güvenlik ekipleri bölgede çalışmayı sürdürüyor."
	h.deliver("ka", g2of("ka:1", 1, "usable", "none", "Körfez'de gemi karaya oturdu", text))
	h.deliver("ka", g2of("ka:2", 1, "usable", "none", "Meclis toplandı", "Meclis toplandı."))
	p.Open(h.DeskURL() + "/wire")
	p.WaitTrue(`document.querySelectorAll("#rows > .row").length === 2`)
	p.WaitTrue(`document.getElementById("live").dataset.state === "on"`)
	h.deliver("ba", g2of("ba:1", 1, "usable", "none", "Karaya oturan gemide 14 kişi kurtarıldı", text, "Rüzgâr kuzeyden esiyor."))
	p.WaitFor("#rows > .row details.beside")
	p.WaitTrue(`document.querySelectorAll("#rows > .row").length === 2`)
	p.Press("j")
	p.Press("e")
	p.WaitTrue(`document.querySelector("details.beside").open && document.activeElement.closest("details") !== null`)
	p.Press("Enter")
	p.WaitFor("aside .siblings")
	p.WaitFor("#rows details[open] a[aria-current]") // it is shown where it stands
	p.Click("aside form[action$='/part'] button")
	p.WaitTrue(`document.querySelectorAll("#rows > .row").length === 3`)
	if wrong := p.Violations(); len(wrong) > 0 {
		t.Errorf("content security policy: %v", wrong)
	}
}
