package app

import (
	"fmt"
	"io"
	"net/http"
	"net/netip"
	"strings"
	"testing"
	"time"

	"github.com/rotatif/newsroom/internal/browser"
	"github.com/rotatif/newsroom/internal/egress"
)

// The whole main path, as a person walks it: claim the house, see a dispatch
// arrive, make a story of it, publish it, read it, see it climb, kill it.
func TestMainPathInABrowser(t *testing.T) {
	t.Parallel()
	b := browser.Start(t)
	h := open(t, time.Now, pushed("ka"))
	desk := b.Page(t)
	desk.SetViewport(1280, 900)
	h.claimHouse(desk)
	h.dispatchArrives(desk)
	story := h.editAndPublish(desk)
	reader := b.Page(t)
	reader.SetViewport(390, 844)
	h.readAsReader(reader, story)
	h.climbs(story)
	h.killAtDesk(desk, story)
	for _, p := range []*browser.Page{desk, reader} {
		if wrong := p.Violations(); len(wrong) > 0 {
			t.Errorf("content security policy: %v", wrong)
		}
	}
}

func (h *house) claimHouse(p *browser.Page) {
	h.t.Helper()
	claim, err := h.ClaimLink(h.t.Context())
	if err != nil {
		h.t.Fatal(err)
	}
	p.Open(claim)
	p.Fill("#name", "Deniz Aksoylu")
	p.Fill("#login", "deniz")
	p.Fill("#password", "dokuz kedi bahçede")
	p.Press("Enter")
	p.WaitFor("#live")
	if status := p.Open(claim); status == http.StatusOK && p.Count("#password") > 0 {
		h.t.Error("the claim link works twice")
	}
	p.Open(h.DeskURL() + "/wire")
}

// g2 is a dispatch as an agency sends it.
const g2 = `<?xml version="1.0" encoding="UTF-8"?><newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="ka:yol:1" version="1" xml:lang="tr">
<itemMeta><itemClass qcode="ninat:text"/><provider qcode="nprov:ka"/><versionCreated>2026-11-23T09:00:00Z</versionCreated><pubStatus qcode="stat:usable"/></itemMeta>
<contentMeta><headline>Zümrüdüanka Vadisi'nde eski köprü yeniden açıldı</headline><description role="drol:summary">Onarım iki yıl sürdü.</description><by>Ece Doğruer</by><creditline>KA</creditline><subject qcode="medtop:04000000"/></contentMeta>
<contentSet><inlineXML contenttype="application/xhtml+xml"><html xmlns="http://www.w3.org/1999/xhtml"><body><p>BOLU (KA) - Köprü, iki yıllık onarımın ardından açıldı.</p><h2>NE OLMUŞTU?</h2><p>Köprü 2023'te yaya geçişine kapatılmıştı.</p></body></html></inlineXML></contentSet></newsItem>`

// dispatchArrives: the row comes by itself while the page is open, and is
// opened and taken with the keyboard alone.
func (h *house) dispatchArrives(p *browser.Page) {
	h.t.Helper()
	p.WaitFor("#live")
	browser.Eval[bool](p, "window.stayed = true")
	h.deliver("ka", g2)
	p.WaitText("#rows .row .words", "Zümrüdüanka")
	if !browser.Eval[bool](p, "window.stayed === true") {
		h.t.Error("the page was loaded again")
	}
	p.Press("j")
	p.Press("Enter")
	p.WaitFor("#take")
	if text := p.Text(".reading h1"); !strings.Contains(text, "Zümrüdüanka") {
		h.t.Errorf("opened %q", text)
	}
	p.Press("s")
	p.WaitFor("#editor")
}

// editAndPublish checks what was filled in, writes, saves, publishes, and gives
// the story's public path.
func (h *house) editAndPublish(p *browser.Page) string {
	h.t.Helper()
	for selector, want := range map[string]string{
		"#headline": "Zümrüdüanka Vadisi'nde eski köprü yeniden açıldı", "#standfirst": "Onarım iki yıl sürdü.",
		"#byline": "Ece Doğruer", "#dateline": "BOLU", "#agency": "KA", "#section": "ekonomi",
	} {
		if have := p.Value(selector); have != want {
			h.t.Errorf("%s is filled with %q, want %q", selector, have, want)
		}
	}
	if body := p.Value("#body"); !strings.Contains(body, "## NE OLMUŞTU?") || strings.Contains(body, "(KA)") {
		h.t.Errorf("the body is %q", body)
	}
	p.Fill("#headline", "Zümrüdüanka köprüsü iki yıl sonra açıldı")
	p.Press("Ctrl+s")
	p.WaitFor(`.truth`)
	p.WaitTrue(`document.querySelector("input[name=seen]").value === "2" && document.readyState === "complete"`)
	p.Click(`button[formaction$="/publish"]`)
	p.WaitFor(`a[href^="` + h.SiteURL() + `/ekonomi/"]`)
	return strings.TrimPrefix(browser.Eval[string](p, fmt.Sprintf(`document.querySelector('a[href^="%s/ekonomi/"]').href`, h.SiteURL())), h.SiteURL())
}

// readAsReader reads the page in order.
func (h *house) readAsReader(p *browser.Page, path string) {
	h.t.Helper()
	if status := p.Open(h.SiteURL() + path); status != http.StatusOK {
		h.t.Fatalf("%s answers %d", path, status)
	}
	text := browser.Eval[string](p, "document.querySelector('main').innerText")
	at := 0
	for _, want := range []string{
		"Ekonomi", "Zümrüdüanka köprüsü iki yıl sonra açıldı", "Onarım iki yıl sürdü.", "Yayınlanma", "Ece Doğruer",
		"iki yıllık onarımın ardından", "NE OLMUŞTU?", "2023'te yaya geçişine", "Haber Kaynağı: KA",
	} {
		i := strings.Index(strings.ToLower(text[at:]), strings.ToLower(want))
		if i < 0 {
			h.t.Fatalf("%q does not stand after what must come before it, in:\n%s", want, text)
		}
		at += i
	}
}

// climbs: ten distinct readers read it, and it is first in most read.
func (h *house) climbs(path string) {
	h.t.Helper()
	id := path[strings.LastIndexByte(path, '-')+1:]
	site := netip.MustParseAddrPort(strings.TrimPrefix(h.SiteURL(), "http://"))
	doors := []*egress.Door{}
	tokens := []string{}
	for i := range 10 {
		doors = append(doors, egress.New(egress.Policy{
			Allow: []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")},
			Ports: []uint16{site.Port()}, Local: netip.AddrFrom4([4]byte{127, byte(10 + i), 0, 1}),
		}))
		tokens = append(tokens, h.beacon(doors[i], "o "+id+" ab1 -"))
	}
	time.Sleep(h.Config.MostRead.Dwell.Duration + 100*time.Millisecond) // they read
	for i, door := range doors {
		h.beacon(door, "r "+id+" ab1 "+tokens[i])
	}
	h.until("the story to be first in most read", func() bool {
		_, front := h.fetch("/")
		_, box, _ := strings.Cut(front, `class="most"`)
		before, _, found := strings.Cut(box, path)
		return found && !strings.Contains(before, "</li>")
	})
}

// beacon sends what a page says and gives the answer.
func (h *house) beacon(door *egress.Door, say string) string {
	h.t.Helper()
	req, err := http.NewRequestWithContext(h.t.Context(), http.MethodPost, h.SiteURL()+"/b", strings.NewReader(say))
	if err != nil {
		h.t.Fatal(err)
	}
	req.Header.Set("User-Agent", "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0")
	res, err := door.Do(req)
	if err != nil {
		h.t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	answer, err := io.ReadAll(res.Body)
	if err != nil || res.StatusCode >= 300 {
		h.t.Fatalf("beacon %q: status %d, %v", say, res.StatusCode, err)
	}
	return string(answer)
}

// killAtDesk kills the story with a typed word and a reason; a second later it
// is nowhere.
func (h *house) killAtDesk(p *browser.Page, path string) {
	h.t.Helper()
	p.Click("details.grave summary")
	p.Fill(`details.grave input[name="reason"]`, "Kaynak doğrulanamadı")
	p.Fill(`details.grave input[name="word"]`, h.words.In(browser.Eval[string](p, "document.documentElement.lang")).T("desk.kill.word"))
	p.Click("details.grave .alarm")
	begun := time.Now()
	p.WaitFor(".say.wrong")
	if status, _ := h.fetch(path); status != http.StatusGone {
		h.t.Errorf("the page answers %d", status)
	}
	for _, surface := range h.surfaces("ekonomi") {
		if _, body := h.fetch(surface); strings.Contains(body, "mrüdüanka") || strings.Contains(body, path) {
			h.t.Errorf("still on %s", surface)
		}
	}
	h.t.Logf("gone everywhere %s after the click", time.Since(begun).Round(time.Millisecond))
}
