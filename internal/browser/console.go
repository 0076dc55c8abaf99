package browser

import (
	"slices"
	"strings"
	"sync"

	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/runtime"
)

// console keeps what goes wrong in a page.
type console struct {
	mu      sync.Mutex
	errors  []string
	visited []string // the addresses that the test itself went to
}

func (c *console) visit(address string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.visited = append(c.visited, address)
}

// hear is called by the browser for everything that happens. It must not wait.
func (c *console) hear(event any) {
	switch e := event.(type) {
	case *runtime.EventConsoleAPICalled:
		if e.Type == "error" || e.Type == "assert" {
			c.add("console: " + spoken(e.Args))
		}
	case *runtime.EventExceptionThrown:
		c.add("exception: " + thrown(e.ExceptionDetails))
	case *log.EventEntryAdded:
		c.entry(e.Entry)
	}
}

func (c *console) entry(e *log.Entry) {
	policy := strings.Contains(e.Text, "Content Security Policy")
	if e.Level != "error" && !policy {
		return
	}
	c.mu.Lock()
	own := e.Source == "network" && slices.Contains(c.visited, e.URL)
	c.mu.Unlock()
	if own {
		return // the test has the status
	}
	c.add(string(e.Source) + ": " + e.Text + " " + e.URL)
}

func (c *console) add(what string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	what = strings.TrimSpace(what)
	if !slices.Contains(c.errors, what) {
		c.errors = append(c.errors, what)
	}
}

// Errors is everything that went wrong so far: exceptions, errors on the
// console, violations of the content security policy, what did not load. The
// same twice is said once.
func (c *console) Errors() []string {
	c.mu.Lock()
	defer c.mu.Unlock()
	return slices.Clone(c.errors)
}

// Violations is the part of Errors that broke the content security policy.
func (c *console) Violations() []string {
	return slices.DeleteFunc(c.Errors(), func(s string) bool { return !strings.Contains(s, "Content Security Policy") })
}

// Forget empties what Errors has collected.
func (c *console) Forget() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.errors = nil
}

func spoken(args []*runtime.RemoteObject) string {
	words := []string{}
	for _, a := range args {
		switch {
		case a.Description != "":
			words = append(words, a.Description)
		default:
			words = append(words, strings.Trim(string(a.Value), `"`))
		}
	}
	return strings.Join(words, " ")
}

func thrown(d *runtime.ExceptionDetails) string {
	if d.Exception != nil && d.Exception.Description != "" {
		return d.Text + " " + d.Exception.Description
	}
	return d.Text
}
