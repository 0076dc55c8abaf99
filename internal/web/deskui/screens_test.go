package deskui

import (
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/rotatif/newsroom"
	"github.com/rotatif/newsroom/internal/browser"
	"github.com/rotatif/newsroom/internal/wire"
)

// copyOf is a whole dispatch, with everything that a screen may have to show.
func copyOf(i int, headline string) newsroom.Dispatch {
	d := dispatch(fmt.Sprintf("a%d", i), headline)
	d.Dateline = newsroom.Dateline{Text: "İSKELEKENT (Pusula)", Place: "İskelekent"}
	d.Byline, d.Urgency = "Deniz Aksoylu", 4
	d.Subjects = []newsroom.Subject{{Name: "Su kaynakları"}, {Name: "Çevre"}}
	d.Chain = []newsroom.Cited{{Name: "Meltem Haber", Role: "cited"}}
	d.Warnings = []string{"wire.warning.zone_assumed"}
	d.Body = newsroom.Body{
		{Kind: newsroom.Paragraph, Text: newsroom.Text("Körfez havzasındaki altı barajın doluluk oranı, hafta sonu etkili olan yağışların ardından yüzde 71'e ulaştı. Su İşleri Müdürlüğü, kış aylarına rahat girildiğini bildirdi.")},
		{Kind: newsroom.Paragraph, Text: newsroom.Text("Müdür Nevin Taşkıran, Meltem Haber'e yaptığı açıklamada su kesintisi beklemediklerini söyledi.")},
		{Kind: newsroom.Quote, Text: newsroom.Text("Geçen yıl bu tarihte doluluk yüzde 38'di. Bugün iki katına yakınız."), By: "Nevin Taşkıran"},
		{Kind: newsroom.Subhead, Text: newsroom.Text("NE OLMUŞTU?")},
		{Kind: newsroom.Paragraph, Text: newsroom.Text("Bölgede geçen yaz su kısıtlamasına gidilmiş, park ve bahçelerin sulanması durdurulmuştu.")},
	}
	return d
}

// furnish fills the house with a morning's wire and work, and gives the chief
// editor's browser.
func furnish(h *house) *visitor {
	h.t.Helper()
	headlines := []string{
		"Körfez'de barajların doluluk oranı son yağışlarla yüzde 71'e yükseldi", "Deniz otobüsü seferleri fırtına nedeniyle iptal",
		"Fındık üreticisi hasat takvimini bekliyor", "Belediye meclisi bütçeyi kabul etti",
		"Uluslararası kitap fuarı 312 yayınevini ağırlıyor; ziyaretçi sayısı ilk üç günde geçen yılın toplamını aştı",
		"Genç yüzücü Türkiye rekorunu kırdı", "Kuzey ilçelerinde elektrik kesintisi", "Yeni hastane binası açıldı",
		"Orman yangını kontrol altında", "Tarım desteği ödemeleri başladı", "<em>Awkward</em> & \"headline\" with markup",
		"BÜYÜK HARFLERLE GEÇİLEN VE HİÇ BİTMEYECEKMİŞ GİBİ UZAYIP GİDEN, İKİ SATIRA SIĞMAYAN, BAŞLIK SAYACINI ÜÇ KEZ AŞAN, KİMSENİN SONUNA KADAR OKUMADIĞI BİR AJANS BAŞLIĞI; DEVAMI DA VAR: ANKARA'DA, İSTANBUL'DA VE İZMİR'DE",
		"Su", strings.Repeat("uzunsözcük", 20), "Yön \u202edeğiştiren\u202c başlık",
	}
	for i, headline := range headlines {
		d := copyOf(i, headline)
		switch i {
		case 1:
			d.Flash = true
		case 3:
			d.Embargo = newsroom.Embargo{State: newsroom.EmbargoUntil, Until: newsroom.Micro(time.Now().Add(2 * time.Hour)), Text: "18.00'e kadar ambargolu"}
		case 5:
			d.Status = newsroom.Withheld
		case 7:
			d.Correction = true
		case 8:
			d.Kind = newsroom.KindPicture
		case 9:
			d.Embargo = newsroom.Embargo{State: newsroom.EmbargoUnknown, Text: "sabah"}
		}
		h.deliver(d)
	}
	kill := copyOf(6, "İPTAL")
	kill.Status, kill.VersionCreated = newsroom.Canceled, time.Now().Add(time.Minute)
	h.deliver(kill)
	cancel := notice("n1", headlines[9])
	cancel.VersionCreated = time.Now().Add(time.Minute)
	barred := copyOf(len(headlines), "Yelken yarışında rota kısaltıldı")
	barred.Barred = "TURKEY OUT"
	h.deliver(cancel, barred)
	h.catchUp()
	_, err := h.store.LetGo(h.t.Context(), []wire.Aged{{ID: 9}}, time.Now(), func(wire.Resting) bool { return true })
	must(h.t, err)
	_, err = h.store.DropBytes(h.t.Context(), []wire.Aged{{ID: 9}}, time.Now())
	must(h.t, err)
	h.spoil("bozuk-2026-11-23.xml", "<?xml version=\"1.0\"?><newsItem>yarım")
	h.sources = []SourceState{
		{Name: "pusula-klasor", Provider: "pusula", Kind: "folder", Unread: time.Now().Add(-26 * time.Hour), Keep: 90 * 24 * time.Hour},
		{Name: strings.Repeat("a", 200), Provider: "meltem", Kind: "sftp", Failures: 3, Trouble: "ssh: handshake failed: " + strings.Repeat("x", 300), Skew: -5 * time.Minute, Success: time.Now()},
	}
	h.person("kerem", newsroom.Editor)
	return h.work()
}

// spoil keeps a delivery that cannot be read.
func (h *house) spoil(name, raw string) wire.ReceiptID {
	h.t.Helper()
	id, _, err := h.store.Keep(h.t.Context(), wire.Receipt{Source: "pusula-klasor", Provider: "pusula", Channel: "folder", Name: name, Received: time.Now(), Hash: name}, []byte(raw))
	must(h.t, err)
	must(h.t, h.store.Settle(h.t.Context(), newsroom.WireItem.Fold, wire.Settlement{ID: id, Verdict: wire.Verdict{
		Outcome: wire.Quarantined, Reason: "wire.reason.truncated",
		Detail: "unexpected EOF", Format: "newsml-g2", At: time.Now(),
	}, Dispatches: nil}))
	return id
}

// work makes stories in several states: 1 published and changed, 2 published,
// 3 waits for an embargo, 4 held, 5 killed.
func (h *house) work() *visitor {
	h.t.Helper()
	b := h.person("defne", newsroom.Chief, newsroom.Admin)
	for i, item := range []string{"1", "3", "4", "5", "8"} {
		b.post("/wire/"+item+"/take", url.Values{}).at(fmt.Sprintf("/stories/%d", i+1))
	}
	publish := func(id, headline string) {
		b.post("/stories/"+id+"/publish", with(b.get("/stories/"+id).form(), "headline", headline)).at("/stories/" + id)
	}
	publish("1", "Barajlar yüzde 71 doldu: kışa rahat giriliyor")
	publish("2", "Fındık üreticisi hasadı bekliyor")
	b.post("/stories/1/save", with(b.get("/stories/1").form(), "headline", "Barajlar yüzde 72 doldu: kışa rahat giriliyor")).at("/stories/1")
	b.post("/stories/3/schedule", with(b.get("/stories/3").form(), "when", "embargo")).at("/stories/3")
	b.post("/stories/4/save", with(b.get("/stories/4").form(), "headline", "Kitap fuarına rekor ilgi")).at("/stories/4")
	b.post("/stories/5/kill", url.Values{"reason": {"Yanlış hastane."}, "word": {"öldür"}}).at("/stories/5")
	withheld := copyOf(4, "BEKLETİN")
	withheld.Status, withheld.VersionCreated = newsroom.Withheld, time.Now().Add(time.Minute)
	h.deliver(withheld)
	facts, err := h.store.Facts(h.t.Context(), 0, 500)
	must(h.t, err)
	for _, f := range facts {
		must(h.t, h.desk.Intake(h.t.Context(), f))
	}
	for _, saved := range []url.Values{
		{"query": {"q=baraj"}, "name": {"Barajlar"}}, {"query": {"flash=1"}, "name": {"Flaşlar"}, "loud": {"1"}, "desk": {"1"}},
		{"query": {"agency=pusula&section=ekonomi"}, "name": {"Pusula: ekonomi, tarım ve bütün kalkınma haberleri"}},
	} {
		b.post("/watches", saved)
	}
	h.deliver(copyOf(40, "Baraj kapakları kontrollü açıldı"), copyOf(41, "Baraj yolu ulaşıma açıldı"))
	b.post("/front", url.Values{"version": {"0"}, "story": {"1"}, "headline": {"Kışa rahat giriliyor"}, "do": {"launch"}}).at("/front")
	return b
}

// screens are the addresses to look at, by the name of their picture.
func screens() [][2]string {
	return [][2]string{
		{"wire", "/wire"},
		{"wire-open", "/wire/1"},
		{"wire-killed", "/wire/7"},
		{"wire-embargo", "/wire/4"},
		{"wire-notice", "/wire/16"},
		{"wire-barred", "/wire/17"},
		{"wire-capitals", "/wire/12"},
		{"wire-filter", "/wire?flash=1&section=ekonomi&until=2026-01-01&q=baraj"},
		{"wire-watch", "/wire?q=baraj"},
		{"calls", "/calls"},
		{"health", "/wire/health"},
		{"agency", "/stories/4/agency"},
		{"quarantine", "/wire/quarantine"},
		{"delivery", "/wire/quarantine/18"},
		{"delivery-expired", "/wire/quarantine/9"},
		{"stories", "/stories"},
		{"story-new", "/stories/new"},
		{"story", "/stories/1"},
		{"story-embargo", "/stories/3"},
		{"story-held", "/stories/4"},
		{"story-killed", "/stories/5"},
		{"proof", "/stories/1/proof"},
		{"revisions", "/stories/1/revisions"},
		{"front", "/front"},
		{"people", "/people"},
		{"help", "/help"},
		{"refusal", "/stories/99"},
	}
}

// TestScreens opens every screen in a real browser: in both languages, narrow
// and wide, light and dark, and finds nothing that would keep a person out.
// With DESK_SHOTS it leaves the pictures there.
func TestScreens(t *testing.T) {
	h := open(t)
	b := furnish(h)
	window := browser.Start(t)
	shots := os.Getenv("DESK_SHOTS")
	pages := map[string]string{}
	for _, look := range []struct {
		lang, scheme string
		width        int
	}{{"tr", "light", 1280}, {"tr", "dark", 360}, {"en", "light", 360}, {"en", "dark", 1280}} {
		must(t, h.speak("defne", look.lang))
		page := window.Page(t)
		page.SetViewport(look.width, 800)
		page.ColorScheme(look.scheme)
		page.Headers(map[string]string{"Cookie": b.cookie()})
		for _, screen := range append(screens(), [2]string{"sign-in", "/sign-in?next=/wire"}) {
			if screen[0] == "sign-in" {
				page.Headers(map[string]string{"Cookie": "", "Accept-Language": look.lang})
			}
			name := fmt.Sprintf("%s-%s-%d-%s", screen[0], look.lang, look.width, look.scheme)
			page.Open(h.door.URL + screen[1])
			for _, v := range browser.Axe(page) {
				t.Errorf("%s: %s", name, v)
			}
			if wide := browser.Eval[int](page, "document.documentElement.scrollWidth"); wide > look.width {
				t.Errorf("%s is %d wide", name, wide)
			}
			if shots != "" {
				page.Screenshot(filepath.Join(shots, name+".png"))
			}
			pages[name] = b.get(screen[1]).body
		}
		if wrong := page.Errors(); len(wrong) > 0 {
			t.Errorf("%v: %s", look, strings.Join(wrong, "\n"))
		}
	}
	for _, fault := range browser.Validate(t, pages) {
		t.Error(fault)
	}
}

// cookie is the session as a header.
func (b *visitor) cookie() string {
	u, err := url.Parse(b.base)
	must(b.t, err)
	parts := []string{}
	for _, c := range b.client.Jar.Cookies(u) {
		if c.Name == "desk" {
			parts = append(parts, c.Name+"="+c.Value)
		}
	}
	return strings.Join(parts, "; ")
}

// speak changes the language of somebody's screens.
func (h *house) speak(login, lang string) error {
	p, err := h.staff.Person(h.t.Context(), login)
	if err == nil {
		p.Language = lang
		_, err = h.staff.Save(h.t.Context(), p, "")
	}
	return err
}

// TestScreensOfMishap looks at the pages that only come when something goes
// wrong: two texts, and a text without a session; and at the first page of all.
func TestScreensOfMishap(t *testing.T) {
	h := open(t)
	token, err := h.staff.MakeClaim(t.Context())
	must(t, err)
	page, shots, pages := browser.Start(t).Page(t), os.Getenv("DESK_SHOTS"), map[string]string{}
	look := func(name string) {
		t.Helper()
		for _, width := range []int{1280, 360} {
			page.SetViewport(width, 800)
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
		page.SetViewport(1280, 800)
	}
	page.Headers(map[string]string{"Accept-Language": "tr"})
	page.Open(h.door.URL + "/claim?token=" + token)
	look("claim")
	pages["claim"] = h.stranger().get("/claim?token=" + token).body
	page.Fill("#name", "Ayla Demirtaş")
	page.Fill("#login", "ayla")
	page.Fill("#password", password)
	page.Click(".entry button")
	page.WaitFor("#live")
	h.deliver(copyOf(1, "Körfez'de barajlar doldu"))
	other := h.person("kerem", newsroom.Editor)
	other.post("/wire/1/take", url.Values{}).at("/stories/1")
	page.Open(h.door.URL + "/stories/1")
	theirs := with(other.get("/stories/1").form(), "headline", "Barajlar yüzde 72 dolu")
	other.post("/stories/1/save", theirs).at("/stories/1")
	page.Fill("#headline", "Barajlarda yüzde 71")
	page.Press("Enter")
	page.WaitFor(".sides")
	look("conflict")
	pages["conflict"] = other.post("/stories/1/save", with(theirs, "headline", "Üçüncü başlık")).is(409).body
	page.Click(".choice .go")
	page.WaitText(".strip", "3. sürüm")
	page.WaitTrue(ready)
	p, err := h.staff.Person(t.Context(), "ayla")
	must(t, err)
	_, err = h.staff.Save(t.Context(), p, password+" yeni") // ends every session
	must(t, err)
	page.Fill("#headline", "Son hâli")
	page.Press("Ctrl+s")
	page.WaitText(".say.hold", "kaybolmadı")
	look("lost")
	pages["lost"] = h.stranger().post("/stories/1/save", theirs).is(401).body
	for _, fault := range browser.Validate(t, pages) {
		t.Error(fault)
	}
}
