package deskui

import (
	"bufio"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/rotatif/newsroom"
	"github.com/rotatif/newsroom/internal/browser"
)

// ownSources are the package's files of code.
func ownSources(t *testing.T) []string {
	t.Helper()
	names, err := filepath.Glob("*.go")
	must(t, err)
	sources := []string{}
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		source, err := os.ReadFile(name)
		must(t, err)
		sources = append(sources, string(source))
	}
	return sources
}

// listen opens the live list and gives its lines.
func listen(b *visitor, query string) (<-chan string, func()) { return listenTo(b, "/wire/live"+query) }

// listenTo opens a stream and gives its lines.
func listenTo(b *visitor, path string) (<-chan string, func()) {
	req, err := http.NewRequestWithContext(b.t.Context(), "GET", b.base+path, nil)
	must(b.t, err)
	res, err := b.client.Do(req)
	must(b.t, err)
	lines := make(chan string, 1000)
	go func() {
		defer close(lines)
		for s := bufio.NewScanner(res.Body); s.Scan(); {
			lines <- s.Text()
		}
	}()
	return lines, func() { _ = res.Body.Close() }
}

// await gives the next line that has the text in it.
func await(t *testing.T, lines <-chan string, text string) string {
	t.Helper()
	late := time.After(10 * time.Second)
	for {
		select {
		case line, ok := <-lines:
			if !ok {
				t.Fatalf("the stream ended before %q", text)
			}
			if strings.Contains(line, text) {
				return line
			}
		case <-late:
			t.Fatalf("%q did not come", text)
		}
	}
}

// TestLive sends what the page does not have yet, what comes, and what
// changes, and ends with the session.
func TestLive(t *testing.T) {
	t.Parallel()
	h := open(t)
	h.deliver(dispatch("a1", "Eski haber"))
	b := h.person("defne", newsroom.Editor)
	since := b.get("/wire").Find("#live").AttrOr("data-since", "")
	h.deliver(dispatch("a2", "Arada gelen"))
	lines, end := listen(b, "?since="+since)
	defer end()
	await(t, lines, "Arada gelen")
	h.deliver(dispatch("a3", "Yeni haber"))
	h.nudge()
	if line := await(t, lines, "data: <li"); !strings.Contains(line, "Yeni haber") {
		t.Errorf("the next row is %s", line)
	}
	b.post("/wire/1/take", url.Values{}).at("/stories/1")
	h.nudge()
	await(t, lines, "Eski haber")
	b.post("/sign-out", url.Values{})
	h.nudge()
	await(t, lines, "event: end")
	for range lines { // ends
	}
}

// TestLiveIsFiltered sends only what the filter lets through.
func TestLiveIsFiltered(t *testing.T) {
	t.Parallel()
	h := open(t)
	b := h.person("defne", newsroom.Editor)
	lines, end := listen(b, "?since=0&q=deprem")
	defer end()
	h.deliver(dispatch("a1", "Hava durumu"), dispatch("a2", "DEPREM toplantısı"))
	h.nudge()
	if line := await(t, lines, "data: <li"); !strings.Contains(line, "DEPREM") {
		t.Errorf("came %s", line)
	}
}

// ready is true when the page's scripts have run and listen.
const ready = `document.readyState === "complete"`

// TestHands does the main path as a person does, with the keyboard.
func TestHands(t *testing.T) {
	h := open(t)
	h.deliver(dispatch("a1", "Körfez'de barajlar doldu"), dispatch("a2", "Fırtına geliyor"))
	_, err := h.staff.Save(t.Context(), newsroom.Person{Login: "defne", Name: "Defne Arıkan", Roles: []newsroom.Role{newsroom.Editor}, Language: "tr"}, password)
	must(t, err)
	page := browser.Start(t).Page(t)
	page.SetViewport(1280, 800)
	page.Open(h.door.URL + "/wire")
	page.WaitFor("#login:focus")
	page.Type("#login", "defne")
	page.Press("Tab")
	page.Type("#password", password)
	page.Press("Enter")
	page.WaitText("#live", "Canlı")
	page.Press("j")
	page.WaitFor("#rows .row:nth-child(1) a:focus")
	h.deliver(dispatch("a3", "Son dakika"))
	h.nudge()
	page.WaitText("#rows .row:first-child", "Son dakika")
	page.WaitText("#live", "1 yeni haber")
	page.WaitFor("#rows .row:nth-child(2) a:focus") // the focus has not moved
	page.Press("k")
	page.Press("Enter")
	page.WaitText(".reading h1", "Son dakika")
	page.WaitTrue(ready)
	page.Press("s")
	page.WaitText(".say.done", "habere çevrildi")
	page.Fill("#headline", "Son dakika: barajlar doldu")
	page.WaitText("#headline-count", "26")
	page.WaitText("#unsaved", "Kaydedilmemiş")
	page.Press("Ctrl+s")
	page.WaitText(".say.done", "Kaydedildi")
	page.WaitText(".strip", "2. sürüm")
	page.Click(`.strip button[formaction$="/publish"]`)
	page.WaitText(".say.done", "baskıda yayında")
	page.WaitTrue(ready)
	page.Press("?")
	page.WaitText("h1", "Kısayollar")
	page.WaitTrue(ready)
	page.Press("1")
	page.WaitText("#rows .row:first-child", "alındı")
	page.WaitTrue(ready)
	page.Press("/")
	page.WaitFor("#q:focus")
	page.Type("#q", "fırtına")
	page.Press("Enter")
	page.WaitTrue(`location.search.includes("q=") && document.querySelectorAll("#rows .row").length === 1`)
	if wrong := page.Errors(); len(wrong) > 0 {
		t.Errorf("%s", strings.Join(wrong, "\n"))
	}
}

// TestAPageThatNothingCanCall says so as soon as its session has ended.
func TestAPageThatNothingCanCall(t *testing.T) {
	t.Parallel()
	h := open(t)
	b := h.person("defne", newsroom.Editor)
	page := browser.Start(t).Page(t)
	page.Headers(map[string]string{"Cookie": b.cookie()})
	page.Open(h.door.URL + "/stories/new")
	page.WaitTrue(`document.getElementById("alarm-lost").hidden`)
	page.Fill("#headline", "Yarım kalan başlık")
	b.post("/sign-out", url.Values{})
	h.nudge()
	page.WaitText("#alarm-lost", "bu sayfaya gelmiyor")
	if typed := page.Value("#headline"); typed != "Yarım kalan başlık" {
		t.Errorf("the page has lost what was typed: %q", typed)
	}
}

// TestWithoutScript reads, takes and publishes on a page that runs nothing.
func TestWithoutScript(t *testing.T) {
	h := open(t)
	h.deliver(dispatch("a1", "Körfez'de barajlar doldu"))
	h.person("defne", newsroom.Editor)
	page := browser.Start(t).Page(t)
	page.Script(false)
	page.Open(h.door.URL + "/wire/1")
	page.Type("#login", "defne")
	page.Type("#password", password)
	page.Click(".entry button")
	page.Click("#take")
	page.WaitFor("#headline")
	page.Click(`.strip button[formaction$="/publish"]`)
	page.WaitFor(".mark.s-published")
}

// TestDiff keeps every word of both texts.
func TestDiff(t *testing.T) {
	t.Parallel()
	got := diff("a b c d", "a x c d e")
	want := []change{{"same", "a "}, {"out", "b "}, {"in", "x "}, {"same", "c "}, {"out", "d"}, {"in", "d e"}}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
	long := strings.Repeat("bir iki üç\n", 4000)
	for _, pair := range [][2]string{{"", ""}, {"", "a"}, {"a", ""}, {long, strings.ReplaceAll(long, "iki", "2")}, {strings.ReplaceAll(long, " ", "_\n"), long}} {
		from, to := "", ""
		for _, c := range diff(pair[0], pair[1]) {
			if c.Op != "in" {
				from += c.Text
			}
			if c.Op != "out" {
				to += c.Text
			}
		}
		if from != pair[0] || to != pair[1] {
			t.Errorf("a diff of %d and %d bytes loses text", len(pair[0]), len(pair[1]))
		}
	}
}
