package browser

import (
	"context"
	"strconv"
	"strings"
	"time"

	"github.com/chromedp/chromedp"
)

// The verbs ask the page itself. The driver has queries of its own, but they
// need its copy of the document's nodes, and a document that changes while the
// copy is made, as one does whose bar is put anew the moment it has loaded, can
// leave that copy without a node for good: such a query waits for ever.

// look is how often a wait looks again.
const look = 25 * time.Millisecond

// ask gives the value of an expression once it is not null. It goes on asking
// when the page is another in the meantime: while one goes and the next comes
// there is nothing to ask, which the browser calls an error.
func ask[T any](p *Page, what, expression string) T {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.ctx, patience)
	defer cancel()
	for {
		value, err := chromedp.Run(ctx, chromedp.Evaluate[*T](expression))
		if err == nil && value != nil {
			return *value
		}
		select {
		case <-ctx.Done():
			p.t.Fatalf("browser: %s (%v)\nat %s\n%s", what, err, p.address(), strings.Join(p.Errors(), "\n"))
		case <-time.After(look):
		}
	}
}

// find is an expression for what the selector finds first: what the body makes
// of it, or null as long as there is no such thing.
func find(selector, body string) string {
	return "(e => { if (!e) return null; " + body + " })(document.querySelector(" + strconv.Quote(selector) + "))"
}

// focused gives a field the focus, once it can have it.
const focused = `e.focus(); if (document.activeElement !== e) return null; `

// spotOf is the middle of an element, once one can see it there: whatever lies
// over it would be clicked in its place.
const spotOf = `
	if (!e.checkVisibility({visibilityProperty: true})) return null;
	e.scrollIntoView({block: "center", inline: "nearest", behavior: "instant"});
	const r = e.getClientRects()[0];
	if (!r || !r.width || !r.height) return null;
	const x = r.x + r.width / 2, y = r.y + r.height / 2, over = document.elementFromPoint(x, y);
	return e.contains(over) || over && over.closest("label") && over.closest("label").control === e ? [x, y] : null`
