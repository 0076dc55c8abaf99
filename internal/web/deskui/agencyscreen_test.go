package deskui

import (
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"testing"

	"github.com/rotatif/newsroom"
	"github.com/rotatif/newsroom/internal/browser"
)

// What the agency changed is looked at in a real browser, narrow and wide, with
// the keyboard, and what is chosen is read before it is saved.
func TestScreenOfWhatTheAgencyChanged(t *testing.T) {
	t.Parallel()
	h := open(t)
	b := h.person("defne", newsroom.Editor)
	first, second := copyOf(1, "Körfez'de barajlar yüzde 71 doldu"), copyOf(1, "Körfez'de barajlar yüzde 17 doldu")
	second.VersionCreated = first.VersionCreated.Add(1)
	second.Correction, second.EdNotes = true, []newsroom.EdNote{{Text: "DÜZELTME: Doluluk oranı yüzde 17 olacak."}}
	second.Body = append(newsroom.Body{{Kind: newsroom.Paragraph, Text: newsroom.Text("Körfez havzasındaki altı barajın doluluk oranı, hafta sonu etkili olan yağışların ardından yüzde 17'ye ulaştı. Su İşleri Müdürlüğü, kış aylarına rahat girilmediğini bildirdi.")}}, first.Body[1:4]...)
	second.Body = append(second.Body, newsroom.Block{Kind: newsroom.Paragraph, Text: newsroom.Text("Bakanlık yarın açıklama yapacak.")})
	h.deliver(first)
	b.post("/wire/1/take", url.Values{}).at("/stories/1")
	b.post("/stories/1/publish", with(b.get("/stories/1").form(), "headline", "Barajlar doldu")).at("/stories/1")
	h.deliver(second)
	h.catchUp()

	page, shots, pages := browser.Start(t).Page(t), os.Getenv("DESK_SHOTS"), map[string]string{}
	page.Open(h.door.URL + "/sign-in")
	page.Fill("#login", "defne")
	page.Fill("#password", password)
	page.Press("Enter")
	page.WaitFor("#live")
	look := func(name string) {
		t.Helper()
		for _, width := range []int{360, 1280} {
			page.SetViewport(width, 900)
			for _, v := range browser.Axe(page) {
				t.Errorf("%s at %d: %s", name, width, v)
			}
			if wide := browser.Eval[int](page, "document.documentElement.scrollWidth"); wide > width {
				t.Errorf("%s is %d wide", name, wide)
			}
			if shots != "" {
				page.Screenshot(filepath.Join(shots, fmt.Sprintf("%s-%d.png", name, width)))
			}
		}
	}
	page.Open(h.door.URL + "/stories")
	look("stories-behind")
	page.Open(h.door.URL + "/stories/1")
	page.Press("a")
	page.WaitFor(".trio.changed")
	look("agency-changed")
	if ticked := page.Count("input[name=row]:checked"); ticked != 3 {
		t.Errorf("%d pieces are ticked", ticked)
	}
	if page.Count("input[name=headline]:checked") != 0 {
		t.Error("our own headline would be replaced")
	}
	page.Click(`button[value="preview"]`)
	page.WaitFor("#result")
	look("agency-preview")
	if text := browser.Eval[string](page, `document.querySelector("#result h3").textContent`); text != "Barajlar doldu" {
		t.Errorf("the headline would be %q", text)
	}
	pages["agency"], pages["stories"] = b.get("/stories/1/agency").body, b.get("/stories").body
	form := b.get("/stories/1/agency").form()
	pages["preview"] = b.post("/stories/1/agency", with(form, "do", "preview")).body
	for _, fault := range browser.Validate(t, pages) {
		t.Error(fault)
	}
	page.Click("button.go")
	page.WaitFor("#correction")
	if draft := page.Value("#correction"); draft != "DÜZELTME: Doluluk oranı yüzde 17 olacak." {
		t.Errorf("the note begins as %q", draft)
	}
	if wrong := page.Errors(); len(wrong) > 0 {
		t.Error(wrong)
	}
}

// What the agency moved is told in words, narrow and wide, and taken over with
// the keyboard alone.
func TestScreenOfWhatTheAgencyMoved(t *testing.T) {
	t.Parallel()
	h := open(t)
	b := h.person("defne", newsroom.Editor)
	ours := "Zemin etüdü geçen ay tamamlandı, raporu bekleniyor."
	h.taken(b, func(f url.Values) { f.Set("body", ours+"\r\n\r\n"+ton1+"\r\n\r\n"+maya) },
		sentCopy("a1", "Demir yolu", 1, etut, ton1, maya),
		sentCopy("a1", "Demir yolu hattı", 2, ton1, maya+" Şartname hazır.", etut, "Bakanlık yarın açıklama yapacak."))
	page, shots := browser.Start(t).Page(t), os.Getenv("DESK_SHOTS")
	page.Open(h.door.URL + "/sign-in")
	page.Fill("#login", "defne")
	page.Fill("#password", password)
	page.Press("Enter")
	page.WaitFor("#live")
	page.Open(h.door.URL + "/stories/1")
	page.Press("a")
	page.WaitFor(".trio .moved")
	for _, width := range []int{360, 1280} {
		page.SetViewport(width, 900)
		for _, v := range browser.Axe(page) {
			t.Errorf("at %d: %s", width, v)
		}
		if wide := browser.Eval[int](page, "document.documentElement.scrollWidth"); wide > width {
			t.Errorf("it is %d wide at %d", wide, width)
		}
		if shots != "" {
			page.Screenshot(filepath.Join(shots, fmt.Sprintf("agency-moved-%d.png", width)))
		}
	}
	for _, fault := range browser.Validate(t, map[string]string{"moved": b.get("/stories/1/agency").body}) {
		t.Error(fault)
	}
	page.Press("h")
	page.WaitFor("#body")
	text := page.Value("#body")
	if want := ton1 + "\n\n" + maya + " Şartname hazır.\n\n" + ours + "\n\nBakanlık yarın açıklama yapacak."; text != want {
		t.Errorf("our text is\n%q\nwant\n%q", text, want)
	}
	if wrong := page.Errors(); len(wrong) > 0 {
		t.Error(wrong)
	}
}
