package browser

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// Page is one tab with cookies and caches of its own: a person. Its verbs end
// the test when they fail. A page is used by one goroutine at a time.
type Page struct {
	t   testing.TB
	ctx context.Context
	console
}

// Page opens an empty page. It closes with the test.
func (b *Browser) Page(t testing.TB) *Page {
	t.Helper()
	ctx, end := chromedp.NewContext(b.ctx, chromedp.WithNewBrowserContext())
	t.Cleanup(end)
	p := &Page{t: t, ctx: ctx}
	if err := chromedp.Listen(ctx, p.hear); err != nil {
		t.Fatalf("browser: new page: %v", err)
	}
	return p
}

// run does one thing within the patience, and ends the test when it fails.
func run[T any](p *Page, what string, action chromedp.Action[T]) T {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.ctx, patience)
	defer cancel()
	value, err := chromedp.Run(ctx, action)
	if err != nil {
		p.t.Fatalf("browser: %s: %v\nat %s\n%s", what, err, p.address(), strings.Join(p.Errors(), "\n"))
	}
	return value
}

// address is where the page is, as far as it still answers.
func (p *Page) address() string {
	ctx, cancel := context.WithTimeout(p.ctx, patience)
	defer cancel()
	address, err := chromedp.Run(ctx, chromedp.Location())
	if err != nil {
		return "(" + err.Error() + ")"
	}
	return address
}

// Open goes to an address, waits until the page has loaded and returns the
// status of the answer. What a failing answer says on the console about its
// own status is no error of the page.
func (p *Page) Open(address string) int {
	p.t.Helper()
	p.visit(address)
	answer := run(p, "open "+address, chromedp.NavigateResponse(address))
	if answer == nil {
		return 0
	}
	return int(answer.Status)
}

// Reload loads the page again.
func (p *Page) Reload() {
	p.t.Helper()
	run(p, "reload", chromedp.Reload())
}

// URL is the address of the page.
func (p *Page) URL() string {
	p.t.Helper()
	return run(p, "address", chromedp.Location())
}

// Click clicks on what the CSS selector finds first, once it is there to be
// seen, lies still and nothing lies over it. A click that leads to another page
// is followed by WaitFor something on it.
func (p *Page) Click(selector string) {
	p.t.Helper()
	var before, spot []float64
	for still := false; !still; still = slices.Equal(before, spot) {
		before, spot = spot, ask[[]float64](p, "click "+selector, find(selector, spotOf))
	}
	run(p, "click "+selector, chromedp.MouseClickXY(spot[0], spot[1]))
}

// Type gives the focus to a field and types after what is in it.
func (p *Page) Type(selector, text string) {
	p.t.Helper()
	ask[bool](p, "type into "+selector, find(selector, focused+`try { e.setSelectionRange(e.value.length, e.value.length) } catch {} return true`))
	run(p, "type into "+selector, chromedp.KeyEvent(text))
}

// Fill empties a field and types the text.
func (p *Page) Fill(selector, text string) {
	p.t.Helper()
	ask[bool](p, "fill "+selector, find(selector, focused+`if (e.select) e.select(); return true`))
	run(p, "fill "+selector, chromedp.KeyEvent(text))
}

// Press presses a key where the focus is: Enter, Tab, Escape, ArrowDown … or a
// character. Modifiers stand before it: Ctrl+Enter, Alt+Shift+s.
func (p *Page) Press(key string) {
	p.t.Helper()
	parts := strings.Split(key, "+")
	modifiers := []chromedp.Modifier{}
	for _, name := range parts[:len(parts)-1] {
		modifiers = append(modifiers, modifier(name))
	}
	run(p, "press "+key, chromedp.KeyEvent(named(parts[len(parts)-1]), chromedp.KeyModifiers(modifiers...)))
}

func modifier(name string) chromedp.Modifier {
	switch name {
	case "Ctrl":
		return chromedp.ModifierCtrl
	case "Alt":
		return chromedp.ModifierAlt
	case "Shift":
		return chromedp.ModifierShift
	case "Meta":
		return chromedp.ModifierMeta
	}
	return chromedp.ModifierNone
}

func named(key string) string {
	keys := map[string]string{
		"Enter": kb.Enter, "Tab": kb.Tab, "Escape": kb.Escape, "Backspace": kb.Backspace, "Delete": kb.Delete,
		"ArrowDown": kb.ArrowDown, "ArrowUp": kb.ArrowUp, "ArrowLeft": kb.ArrowLeft, "ArrowRight": kb.ArrowRight,
		"Home": kb.Home, "End": kb.End, "PageDown": kb.PageDown, "PageUp": kb.PageUp, "Space": " ",
	}
	if code, ok := keys[key]; ok {
		return code
	}
	return key
}

// Text is the visible text of what the selector finds first.
func (p *Page) Text(selector string) string {
	p.t.Helper()
	return strings.TrimSpace(ask[string](p, "text of "+selector, find(selector, `return e.innerText`)))
}

// Texts is the visible texts of everything that the selector finds now, without waiting.
func (p *Page) Texts(selector string) []string {
	p.t.Helper()
	return Eval[[]string](p, "Array.from(document.querySelectorAll("+strconv.Quote(selector)+"), e => e.innerText.trim())")
}

// Count is how many the selector finds now, without waiting.
func (p *Page) Count(selector string) int {
	p.t.Helper()
	return Eval[int](p, "document.querySelectorAll("+strconv.Quote(selector)+").length")
}

// Value is what is typed into a field.
func (p *Page) Value(selector string) string {
	p.t.Helper()
	return ask[string](p, "value of "+selector, find(selector, `return e.value`))
}

// HTML is the document as the browser has it now.
func (p *Page) HTML() string {
	p.t.Helper()
	return Eval[string](p, "document.documentElement.outerHTML")
}

// WaitFor waits until the selector finds something that can be seen.
func (p *Page) WaitFor(selector string) {
	p.t.Helper()
	p.WaitTrue("Array.from(document.querySelectorAll(" + strconv.Quote(selector) + ")).some(e => e.getClientRects().length > 0)")
}

// WaitGone waits until the selector finds nothing any more.
func (p *Page) WaitGone(selector string) {
	p.t.Helper()
	p.WaitTrue("document.readyState !== 'loading' && !document.querySelector(" + strconv.Quote(selector) + ")")
}

// WaitText waits until something that the selector finds has the text in it.
func (p *Page) WaitText(selector, text string) {
	p.t.Helper()
	p.WaitTrue("Array.from(document.querySelectorAll(" + strconv.Quote(selector) + "), e => e.innerText).some(s => s.includes(" + strconv.Quote(text) + "))")
}

// WaitTrue waits until a JavaScript expression is true.
func (p *Page) WaitTrue(expression string) {
	p.t.Helper()
	ask[bool](p, "waited in vain until "+short(expression), "Boolean("+expression+") || null")
}

// Eval is the value of a JavaScript expression; a promise is waited for.
func Eval[T any](p *Page, expression string) T {
	p.t.Helper()
	return run(p, "evaluate "+short(expression), chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise))
}

func short(s string) string {
	if len(s) > 200 {
		return s[:200] + "…"
	}
	return s
}

// SetViewport sets the size of the window's inside in CSS pixels.
func (p *Page) SetViewport(width, height int) {
	p.t.Helper()
	run(p, "viewport", chromedp.EmulateViewport(int64(width), int64(height)))
}

// ColorScheme makes the reader prefer "light" or "dark".
func (p *Page) ColorScheme(scheme string) {
	p.t.Helper()
	preference := &emulation.MediaFeature{Name: "prefers-color-scheme", Value: scheme}
	call(p, "color scheme", emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{preference}})
}

// Agent changes what the browser says it is, and the language it asks for.
// Headless browsers say that they are, and counters of readers believe them.
func (p *Page) Agent(agent, language string) {
	p.t.Helper()
	call(p, "agent", emulation.SetUserAgentOverride, emulation.SetUserAgentOverrideParams{UserAgent: agent, AcceptLanguage: language})
}

// Headers are sent with every request from now on, in place of those set before.
func (p *Page) Headers(headers map[string]string) {
	p.t.Helper()
	all := network.Headers{}
	for name, value := range headers {
		all[name] = value
	}
	call(p, "headers", network.SetExtraHTTPHeaders, network.SetExtraHTTPHeadersParams{Headers: all})
}

// Script allows or forbids the scripts of pages opened from now on.
func (p *Page) Script(allowed bool) {
	p.t.Helper()
	call(p, "script", emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: !allowed})
}

func call[P any](p *Page, what string, command cdp.Command[P, cdp.Empty], params P) {
	p.t.Helper()
	run(p, what, chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, command, params)
		return err
	}))
}

// Screenshot writes a picture of the whole page, as PNG, and makes the folder.
func (p *Page) Screenshot(path string) {
	p.t.Helper()
	picture := run(p, "screenshot", chromedp.FullScreenshot(100))
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		p.t.Fatalf("browser: %v", err)
	}
	if err := os.WriteFile(path, picture, 0o644); err != nil {
		p.t.Fatalf("browser: %v", err)
	}
}
