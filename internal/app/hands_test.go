package app

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/rotatif/newsroom"
	"github.com/rotatif/newsroom/internal/browser"
)

// another is a page of a second person, an editor.
func (h *house) another(b *browser.Browser) *browser.Page {
	h.t.Helper()
	const password = "on iki martı rıhtımda"
	if _, err := h.Staff.Save(h.t.Context(), newsroom.Person{Login: "kerem", Name: "Kerem Uysal", Roles: []newsroom.Role{newsroom.Editor}, Language: "tr"}, password); err != nil {
		h.t.Fatal(err)
	}
	p := b.Page(h.t)
	p.SetViewport(1280, 900)
	p.Open(h.DeskURL() + "/sign-in")
	p.Fill("#login", "kerem")
	p.Fill("#password", password)
	p.Press("Enter")
	p.WaitFor("#live")
	return p
}

// counting counts the notes that the open page plays.
func counting(p *browser.Page) {
	browser.Eval[bool](p, `(() => {
		window.tones = 0;
		const make = AudioContext.prototype.createOscillator;
		AudioContext.prototype.createOscillator = function () { window.tones++; return make.call(this); };
		return true;
	})()`)
}

// A flash that comes while the list is open is seen, heard and told to who
// listens to the page, without taking the focus; and it can be silenced.
func TestAFlashInABrowser(t *testing.T) {
	t.Parallel()
	b := browser.Start(t)
	h := open(t, time.Now, pushed("ka"))
	h.deliver("ka", g2of("ka:1", 1, "usable", "none", "Meclis toplandı", "Meclis toplandı."))
	p := signedIn(t, b, h)
	counting(p)
	p.Press("j")
	p.WaitTrue(`document.activeElement.closest("#rows .row") !== null`)
	p.WaitTrue(`(told = document.querySelector("[role=alert]")) && told.getClientRects().length === 1 && told.textContent === ""`) // it is there before it speaks
	h.deliver("ka", g2of("ka:2", 1, "usable", "none", "FLAŞ: Körfez Köprüsü trafiğe kapatıldı", "Köprü kapatıldı."))
	p.WaitText("#alarms .flashed", "Körfez Köprüsü")
	p.WaitTrue(`told === document.querySelector("[role=alert]") && told.textContent.includes("FLAŞ: Körfez Köprüsü")`)
	p.WaitTrue(`tones === 1 && audio.state === "running" && document.getElementById("alarms").dataset.sounded === "on"`)
	p.WaitText("#rows .row:first-child", "Körfez Köprüsü")
	if !browser.Eval[bool](p, `document.activeElement.closest("#rows .row")?.textContent.includes("Meclis")`) {
		t.Error("the focus has moved")
	}
	if bar := browser.Eval[string](p, `getComputedStyle(document.getElementById("alarms")).backgroundColor`); bar != "rgb(171, 29, 29)" {
		t.Errorf("the bar is %s", bar)
	}

	words := h.words.In(browser.Eval[string](p, "document.documentElement.lang"))
	p.WaitText("#sound", words.T("desk.alarm.sound_on"))
	p.Press("m")
	p.WaitText("#sound", words.T("desk.alarm.sound_off"))
	h.deliver("ka", g2of("ka:3", 1, "usable", "none", "FLAŞ: Vapur seferleri durdu", "Seferler durdu."))
	p.WaitTrue(`told.textContent.includes("Vapur seferleri")`)
	p.WaitText("#alarms .flashed", "Vapur seferleri")
	if tones := browser.Eval[int](p, "tones"); tones != 1 || browser.Eval[string](p, `document.getElementById("alarms").dataset.sounded`) != "off" {
		t.Errorf("%d notes although it is silent", tones)
	}
	p.Reload()
	p.WaitText("#sound", words.T("desk.alarm.sound_off")) // it stays so
	p.Press("f")
	p.WaitText(".reading h1", "Vapur seferleri")
}

// Two have the same dispatch before them. When one has taken it, the other reads
// by whom and when, where the button was, and opens that story with the same key.
func TestTakenByInABrowser(t *testing.T) {
	t.Parallel()
	b := browser.Start(t)
	h := open(t, time.Now, pushed("ka"))
	h.deliver("ka", g2of("ka:1", 1, "usable", "none", "Zümrüt Vadisi'nde köprü açıldı", "Köprü açıldı."))
	one, two := signedIn(t, b, h), h.another(b)
	at := h.DeskURL() + "/wire/" + h.item("ka", "ka:1").ID.String()
	for _, p := range []*browser.Page{one, two} {
		p.Open(at)
		p.WaitFor("#take")
	}
	two.WaitTrue(`document.getElementById("live").dataset.state === "on"`)
	browser.Eval[bool](two, `(document.getElementById("take").focus(), window.stayed = true)`)
	one.Press("s")
	one.WaitFor("#editor")
	two.WaitText(".reading .doing", "Deniz Aksoylu aldı: ")
	two.WaitTrue(`stayed && !document.getElementById("take") && document.activeElement.id === "taken"`)
	story := h.item("ka", "ka:1").Taken.String()
	two.Press("s")
	two.WaitFor("#editor")
	if address := two.URL(); !strings.HasSuffix(address, "/stories/"+story) {
		t.Errorf("it led to %s", address)
	}
	for _, p := range []*browser.Page{one, two} {
		if wrong := p.Errors(); len(wrong) > 0 {
			t.Errorf("%v", wrong)
		}
	}
}

// The whole way without a mouse: through the list, into a dispatch, a story of
// it, to readers; a filter; what the agency changed, to readers as well.
func TestKeyboardOnlyInABrowser(t *testing.T) {
	t.Parallel()
	b := browser.Start(t)
	h := open(t, time.Now, pushed("ka"))
	h.deliver("ka", g2of("ka:1", 1, "usable", "none", "Demir yolu ihalesi", "Hat yılda 2 milyon 400 bin ton taşıyacak.", "Etüt bitti."))
	h.deliver("ka", g2of("ka:2", 1, "usable", "none", "Fırtına geliyor", "Fırtına geliyor."))
	p := signedIn(t, b, h)
	ready := func(selector string) {
		t.Helper()
		p.WaitFor(selector)
		p.WaitTrue(`document.readyState === "complete"`)
	}
	focus := func(want string) {
		t.Helper()
		p.WaitTrue(`document.activeElement.textContent.includes("` + want + `")`)
	}
	ready("#rows .row")
	p.Press("j")
	focus("Fırtına geliyor")
	p.Press("j")
	focus("Demir yolu")
	p.Press("k")
	focus("Fırtına geliyor")
	p.Press("j")
	p.Press("Enter")
	ready(".reading h1")
	p.Press("s")
	ready("#headline:focus")
	p.Press("Ctrl+a")
	p.Press("Demir yolu ihalesi sonuçlandı")
	p.Press("Ctrl+Enter")
	ready(".mark.s-published")
	p.Press("1")
	ready("#q")
	p.Press("/")
	p.WaitFor("#q:focus")
	p.Press("fırtına")
	p.Press("Enter")
	p.WaitTrue(`location.search.includes("q=") && document.querySelectorAll("#rows .row").length === 1 && document.readyState === "complete"`)
	p.Press("/")
	p.Press("Escape")
	p.WaitTrue(`document.activeElement === document.body`)
	p.Press("j")
	p.Press("Enter")
	ready(".reading h1")
	p.Press("Escape")
	p.WaitTrue(`location.pathname === "/wire" && location.search.includes("q=") && document.readyState === "complete"`)
	p.Press("?")
	ready(".keys-list")
	p.Press("Escape")
	ready("#rows")
	h.takesOverByKeys(p, ready)
	if wrong := p.Errors(); len(wrong) > 0 {
		t.Errorf("%v", wrong)
	}
}

// takesOverByKeys: the agency corrects the story; one piece of it is taken over,
// and readers are told.
func (h *house) takesOverByKeys(p *browser.Page, ready func(string)) {
	h.t.Helper()
	h.deliver("ka", g2of("ka:1", 2, "usable", "correction", "Demir yolu ihalesi", "Hat yılda 2 milyon 40 bin ton taşıyacak.", "Etüt bitti.", "İhale mayısta."))
	p.Press("2")
	ready("#rows .row")
	p.Press("j")
	p.Press("Enter")
	ready("#theirs")
	p.Press("a")
	ready(".trio.changed")
	p.Press("k") // the last of what may be taken over
	p.WaitTrue(`document.activeElement.name === "row" && document.activeElement.checked`)
	p.Press("Space")
	p.WaitTrue(`!document.activeElement.checked`)
	p.Press("Enter")
	ready("#correction:focus")
	p.Press("Ctrl+a")
	p.Press("Düzeltme: Miktar 2 milyon 40 bin ton.")
	p.Press("Ctrl+Enter")
	ready(".mark.s-corrected")
	path := h.address(h.item("ka", "ka:1").Taken)
	status, page := h.fetch(path)
	if status != http.StatusOK || !strings.Contains(page, "2 milyon 40 bin ton taşıyacak") || !strings.Contains(page, "Düzeltme: Miktar") || strings.Contains(page, "mayısta") {
		h.t.Errorf("readers have (%d): %s", status, page)
	}
}
