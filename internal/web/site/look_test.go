package site_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/rotatif/newsroom"
	"github.com/rotatif/newsroom/internal/browser"
)

// Every kind of page, in both languages, narrow and wide, light and dark: axe
// finds nothing, the validator finds nothing, nothing jumps, nothing scrolls sideways.
func TestEveryPageInABrowser(t *testing.T) {
	t.Parallel()
	b := browser.Start(t)
	pages := map[string]string{}
	for _, lang := range []string{"tr", "en"} {
		h := open(t, lang)
		list := many(60, h.now)
		list[0].Headline = "Çok uzun bir başlık: " + fmt.Sprint(list[0].Headline, " ve onun ardından gelen, üç satıra sığmayan sözler, sayılar, adlar")
		list[1].Headline = "TAMAMI BÜYÜK HARFLE YAZILMIŞ BİR BAŞLIK"
		list[2].Headline, list[2].Standfirst = "<em>Kısa</em>", ""
		list[3].Language, list[3].Credit, list[3].Byline = "en", newsroom.Credit{Agency: "KA"}, "Ece"
		h.publish(list...)
		h.kill(57)
		h.reads.set(time.Hour, 60, 59, 58, 56, 55, 54, 53, 52, 51, 50, 49)
		mux := http.NewServeMux()
		mux.Handle("/", h.site)
		mux.HandleFunc("POST /b", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNoContent) })
		server := httptest.NewServer(mux)
		t.Cleanup(server.Close)
		p := b.Page(t)
		for name, path := range map[string]string{"front": "/", "section": "/gundem", "story": "/gundem/haber-11-11", "gone": "/yerel/haber-57-57", "missing": "/yok/yok", "imprint": "/iletisim"} {
			lookAt(t, p, server.URL+path, lang+" "+name)
			pages[lang+" "+name] = h.get(path).Body.String()
		}
		if wrong := p.Errors(); len(wrong) > 0 {
			t.Errorf("%s: %v", lang, wrong)
		}
	}
	for _, fault := range browser.Validate(t, pages) {
		t.Error(fault)
	}
}

func lookAt(t *testing.T, p *browser.Page, address, name string) {
	t.Helper()
	for _, width := range []int{360, 1280} {
		for _, scheme := range []string{"light", "dark"} {
			p.SetViewport(width, 800)
			p.ColorScheme(scheme)
			p.Open(address)
			for _, v := range browser.Axe(p) {
				t.Errorf("%s at %d in %s: %+v", name, width, scheme, v)
			}
			if over := browser.Eval[int](p, "document.documentElement.scrollWidth - document.documentElement.clientWidth"); over > 0 {
				t.Errorf("%s at %d is %d pixels too wide", name, width, over)
			}
			shift := browser.Eval[float64](p, `new Promise(done => { let sum = 0; new PerformanceObserver(l => l.getEntries().forEach(e => sum += e.value)).observe({type: "layout-shift", buffered: true}); setTimeout(() => done(sum), 60) })`)
			if shift > 0.001 {
				t.Errorf("%s at %d in %s: the layout shifts by %f", name, width, scheme, shift)
			}
		}
	}
}
