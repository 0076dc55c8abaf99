package app

import (
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"html"
	"io"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/rotatif/newsroom/internal/browser"
	"github.com/rotatif/newsroom/internal/wire"
	"github.com/rotatif/newsroom/internal/wire/wiretest"
)

// breakers are the texts of the collections that break pages.
func breakers(t *testing.T) []string {
	t.Helper()
	all := []string{}
	for _, path := range append(wiretest.Shared(t, "corpora/xss/*.jsonl"), wiretest.Shared(t, "corpora/strings/*.jsonl")...) {
		raw, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(string(raw)) {
			var row struct{ Payload, S string }
			if err := json.Unmarshal([]byte(line), &row); err != nil {
				t.Fatal(err)
			}
			all = append(all, row.Payload+row.S)
		}
	}
	return all
}

// alive is what runs, loads or leads astray on a page that is not the house's own.
const alive = `[...document.querySelectorAll("*")].filter(e =>
	[...e.attributes].some(a => /^on/i.test(a.name) || /^(href|src|action|formaction|data|xlink:href)$/i.test(a.name) && /^\s*(javascript|vbscript|data|file):/i.test(a.value) || a.name === "srcdoc")
	|| e.localName === "script" && !e.src && e.type !== "application/ld+json" || e.src && new URL(e.src, location.href).origin !== location.origin
	|| ["iframe", "object", "embed", "applet", "base", "frame", "math", "foreignobject"].includes(e.localName.toLowerCase())
	|| e.localName === "meta" && /refresh/i.test(e.httpEquiv) || e.style && /expression|url\(|behavior/i.test(e.getAttribute("style") || "")
).map(e => e.outerHTML.slice(0, 200))`

// Texts that break pages come from an agency as markup and as words, in every
// field; the desk shows them, they are published, and on no page is anything
// of them alive in a browser.
func TestTextsThatBreakPagesStayTexts(t *testing.T) {
	t.Parallel()
	all := breakers(t)
	b := browser.Start(t)
	h := open(t, time.Now, pushed("ka"))
	p := signedIn(t, b, h)
	const each = 60
	pages := map[string]bool{}
	for from := 0; from < len(all); from += each {
		group := all[from:min(from+each, len(all))]
		id := fmt.Sprintf("ka:%d", from)
		if v := h.deliver("ka", breaking(t, id, group)); v.Outcome != wire.Settled {
			t.Fatalf("%+v", v)
		}
		item := h.item("ka", id)
		story := h.publish(item)
		for _, page := range []string{h.DeskURL() + "/wire", fmt.Sprintf("%s/wire/%d", h.DeskURL(), item.ID), fmt.Sprintf("%s/stories/%s", h.DeskURL(), story.ID), h.SiteURL() + h.address(story.ID), h.SiteURL() + "/"} {
			p.Open(page)
			pages[page] = true
			if found := browser.Eval[[]string](p, alive); len(found) > 0 {
				t.Errorf("%s: alive: %q", page, found)
			}
			if text := browser.Eval[string](p, "document.body.textContent"); !strings.Contains(text, "Haber ka:") {
				t.Errorf("%s does not show what was sent: %.200q", page, text)
			}
			if found := p.Violations(); len(found) > 0 {
				t.Errorf("%s: the policy was broken: %q", page, found)
			}
			p.Forget()
		}
	}
	for _, path := range []string{"/rss", "/news-sitemap.xml"} {
		_, body := h.fetch(path)
		d := xml.NewDecoder(strings.NewReader(body))
		for {
			if _, err := d.Token(); errors.Is(err, io.EOF) {
				break
			} else if err != nil {
				t.Errorf("%s: %v", path, err)
				break
			}
		}
	}
	if text := browser.Eval[string](p, "document.body.textContent"); !strings.Contains(text, "<") {
		t.Errorf("no text that looks like markup is on the last page: %.200q", text)
	}
	t.Logf("%d texts on %d pages", len(all), len(pages))
}

// breaking is an item that carries texts as markup and as words.
func breaking(t *testing.T, id string, texts []string) string {
	t.Helper()
	body := "<p>İlk paragraf.</p>"
	for _, s := range texts {
		words := html.EscapeString(s)
		body += "<p>" + s + "</p><p>" + words + "</p><h2>" + words + "</h2><ul><li>" + words + `</li></ul><p><a href="` + words + `">` + words + `</a></p><table><tr><td>` + words + "</td></tr></table>"
	}
	pick := func(n int) string { return html.EscapeString(texts[n%len(texts)]) }
	raw, err := json.Marshal(map[string]any{
		"uri": id, "type": "text", "language": "tr", "headline": "Haber " + id + " " + pick(1), "description_text": pick(2), "byline": pick(3), "slugline": pick(4), "ednote": pick(5),
		"located": pick(6), "usageterms": pick(7), "copyrightholder": pick(8), "body_xhtml": body, "keywords": []string{pick(9)}, "subject": []any{map[string]any{"code": pick(10), "name": pick(11)}},
		"infosource": []any{map[string]any{"name": pick(12)}}, "associations": map[string]any{"a": map[string]any{"uri": pick(13), "type": "picture", "description_text": pick(14), "byline": pick(15),
			"renditions": map[string]any{"a": map[string]any{"href": "https://ka.example/" + pick(16)}}}},
	})
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}
