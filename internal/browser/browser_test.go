package browser_test

import (
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/rotatif/newsroom/internal/browser"
)

// goodPage is without fault; it counts the clicks on its button and greets.
const goodPage = `<!doctype html>
<html lang="tr">
<head><meta charset="utf-8"><title>Deneme</title><link rel="icon" href="data:,">
<style>body { color: #111; background: #fff } @media (prefers-color-scheme: dark) { body { color: #eee; background: #111 } }</style></head>
<body>
<main>
<h1>Deneme sayfası</h1>
<label for="name">Ad</label> <input id="name" name="name" autocomplete="name">
<button type="button" id="greet">Selamla</button>
<p id="greeting"></p>
<noscript><p id="without">Betik yok</p></noscript>
<script>
greet.onclick = () => setTimeout(() => greeting.textContent = "Merhaba " + document.querySelector("#name").value, 50);
onkeydown = e => { if (e.ctrlKey && e.key === "k") greeting.textContent = "Ctrl+K" };
</script>
</main>
</body>
</html>
`

// badPage has a picture that says nothing, an uncaught exception, an error on
// the console, a script that the policy refuses and a style that is not there.
const badPage = `<!doctype html>
<html lang="tr">
<head><meta charset="utf-8"><title>Kusurlu</title><link rel="icon" href="data:,"><link rel="stylesheet" href="/gone.css"></head>
<body><main><h1>Kusurlu</h1><img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=" width="10" height="10"></main>
<script nonce="a">console.error("bir", 2); throw new Error("fırlatıldı")</script>
<script>document.title = "olmaz"</script>
</body>
</html>
`

// restless moves its button down, puts it anew, and takes away what lies over it
// only in the end.
const restless = `<!doctype html>
<html lang="tr">
<head><meta charset="utf-8"><title>Huzursuz</title><link rel="icon" href="data:,"></head>
<body><main><h1>Huzursuz</h1><p id="heard"></p><div id="place"><button type="button" id="last">Bas</button></div></main>
<div id="cover" style="position: fixed; inset: 0"></div>
<script>
let times = 0;
const again = () => {
  place.innerHTML = "<p>satır</p>".repeat(times) + "<button type=button id=last>Bas</button>";
  last.onclick = () => heard.textContent = "duyuldu";
  if (++times < 20) setTimeout(again, 10);
  else cover.remove();
};
addEventListener("load", again);
</script></body>
</html>
`

func serve(t *testing.T) string {
	t.Helper()
	mux := http.NewServeMux()
	page := func(address, policy, html string) {
		mux.HandleFunc("GET "+address, func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			w.Header().Set("Content-Security-Policy", policy)
			_, _ = w.Write([]byte(html))
		})
	}
	page("/good", "default-src 'self' 'unsafe-inline' data:", goodPage)
	page("/bad", "default-src 'self' data:; script-src 'nonce-a'", badPage)
	page("/restless", "default-src 'self' 'unsafe-inline' data:", restless)
	mux.HandleFunc("GET /who", func(w http.ResponseWriter, r *http.Request) {
		_, _ = w.Write([]byte(strings.Join([]string{r.UserAgent(), r.Header.Get("Accept-Language"), r.Header.Get("X-Reader")}, "|")))
	})
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	return server.URL
}

func TestAPerson(t *testing.T) {
	t.Parallel()
	site, b := serve(t), browser.Start(t)
	p := b.Page(t)
	if status := p.Open(site + "/good"); status != http.StatusOK {
		t.Fatalf("status %d", status)
	}
	p.Fill("#name", "Ayşe")
	p.Fill("#name", "Işıl")
	p.Type("#name", " Çağ")
	p.Click("#greet")
	p.WaitText("p", "Merhaba")
	p.WaitFor("#greeting")
	if got := p.Text("#greeting"); got != "Merhaba Işıl Çağ" {
		t.Errorf("greeting %q", got)
	}
	if got := p.Value("#name"); got != "Işıl Çağ" {
		t.Errorf("value %q", got)
	}
	p.Press("Ctrl+k")
	p.WaitTrue("greeting.textContent === 'Ctrl+K'")
	if got := p.Texts("h1, p"); !slices.Equal(got, []string{"Deneme sayfası", "Ctrl+K"}) || p.Count("h1") != 1 {
		t.Errorf("texts %q", got)
	}
	if p.URL() != site+"/good" || !strings.Contains(p.HTML(), "Deneme sayfası</h1>") {
		t.Errorf("at %s: %s", p.URL(), p.HTML())
	}
	p.Reload()
	p.WaitGone("#without")
	if errs := p.Errors(); len(errs) != 0 {
		t.Errorf("errors %q", errs)
	}
}

// A click waits until what it is meant for lies still and open.
func TestARestlessPage(t *testing.T) {
	t.Parallel()
	site, b := serve(t), browser.Start(t)
	p := b.Page(t)
	p.Open(site + "/restless")
	p.Click("#last")
	p.WaitText("#heard", "duyuldu")
}

func TestWhatAReaderIs(t *testing.T) {
	t.Parallel()
	site, b := serve(t), browser.Start(t)
	p := b.Page(t)
	p.Agent("Okur/1", "tr-TR,tr")
	p.Headers(map[string]string{"X-Reader": "7"})
	p.Open(site + "/who")
	if got := p.Text("body"); !strings.HasPrefix(got, "Okur/1|tr-TR,tr") || !strings.HasSuffix(got, "|7") {
		t.Errorf("sent %q", got)
	}
	p.SetViewport(360, 800)
	p.ColorScheme("dark")
	p.Open(site + "/good")
	if width := browser.Eval[int](p, "innerWidth"); width != 360 {
		t.Errorf("width %d", width)
	}
	if color := browser.Eval[string](p, "getComputedStyle(document.body).backgroundColor"); color != "rgb(17, 17, 17)" {
		t.Errorf("background %s", color)
	}
	p.Screenshot(filepath.Join(t.TempDir(), "shots", "a.png"))
	p.Script(false)
	p.Reload()
	p.WaitFor("#without")
}

func TestPagesAreDifferentPeople(t *testing.T) {
	t.Parallel()
	site, b := serve(t), browser.Start(t)
	one, two := b.Page(t), b.Page(t)
	one.Open(site + "/good")
	two.Open(site + "/good")
	browser.Eval[string](one, "document.cookie = 'a=1'")
	if cookie := browser.Eval[string](two, "document.cookie"); cookie != "" {
		t.Errorf("the other has %q", cookie)
	}
}

func TestWhatGoesWrongIsHeard(t *testing.T) {
	t.Parallel()
	site, b := serve(t), browser.Start(t)
	p := b.Page(t)
	if status := p.Open(site + "/missing"); status != http.StatusNotFound {
		t.Errorf("status %d", status)
	}
	p.Forget() // the icon of a page without one
	p.Open(site + "/bad")
	want := []string{"console: bir 2", "fırlatıldı", "Content Security Policy", "/gone.css"}
	for _, w := range want {
		if !slices.ContainsFunc(p.Errors(), func(e string) bool { return strings.Contains(e, w) }) {
			t.Errorf("%q is not in %q", w, p.Errors())
		}
	}
	if got := p.Errors(); len(got) != len(want) || len(p.Violations()) != 1 {
		t.Errorf("heard %q", got)
	}
}

func TestAxe(t *testing.T) {
	t.Parallel()
	site, b := serve(t), browser.Start(t)
	p := b.Page(t)
	p.Open(site + "/good")
	if found := browser.Axe(p); len(found) != 0 {
		t.Errorf("good page: %v", found)
	}
	p.Open(site + "/bad")
	found := browser.Axe(p)
	if len(found) != 1 || found[0].Rule != "image-alt" || found[0].Impact != "critical" || !strings.Contains(found[0].String(), "<img") {
		t.Errorf("bad page: %v", found)
	}
}

func TestValidate(t *testing.T) {
	t.Parallel()
	faults := browser.Validate(t, map[string]string{
		"good": goodPage,
		"/haber/a-1": "<!doctype html>\n<html lang=\"tr\"><head><title>a</title></head>" +
			"<body><ul><div>kutu</div></ul><label for=\"yok\">Ad</label><a href=\"#yok\">yok</a></body></html>\n",
	})
	for _, want := range []string{"_haber_a-1:2:", "element-permitted-content", "no-missing-references"} {
		if !slices.ContainsFunc(faults, func(f string) bool { return strings.Contains(f, want) }) {
			t.Errorf("%q is not in %q", want, faults)
		}
	}
	if slices.ContainsFunc(faults, func(f string) bool { return strings.HasPrefix(f, "good") }) {
		t.Errorf("good page: %q", faults)
	}
}
