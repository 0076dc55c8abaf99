// Package browser is a real browser for tests: the distribution's Chromium
// without a window, driven through a few verbs that a person has, too. Every
// verb waits for what it acts on and ends the test, with the address and what
// the console said, when it does not come.
//
// A page collects what goes wrong in it: uncaught exceptions, errors on the
// console, violations of the content security policy, resources that fail to
// load. A test asks for them at its end.
//
// Knows: Chromium, axe, html-validate. Never imports: a door, a room; only tests import it.
package browser

import (
	"context"
	"fmt"
	"os/exec"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"github.com/rotatif/newsroom/internal/need"
)

// patience is how long a verb waits for what it needs.
const patience = 15 * time.Second

// slowStart is how long a browser may take to start on a busy machine.
const slowStart = time.Minute

// Browser is a running Chromium with an empty profile. It ends with its test.
type Browser struct {
	ctx context.Context
}

// Start starts a browser. Where there is none the test is skipped, or fails
// where everything is required. Subtests may share one browser; each page is
// another reader.
func Start(t testing.TB) *Browser {
	t.Helper()
	path, err := program()
	if err != nil {
		need.Missing(t, "browser: %v (scripts/setup-tests installs it)", err)
	}
	all, endAll := chromedp.NewExecAllocator(context.Background(), flags(path)...)
	ctx, end := chromedp.NewContext(all)
	t.Cleanup(func() {
		end()
		endAll()
	})
	// The browser lives as long as the context it is started with, so the
	// patience is kept by a clock beside it.
	late := time.AfterFunc(slowStart, endAll)
	defer late.Stop()
	if err := chromedp.Do(ctx); err != nil {
		t.Fatalf("browser: starting %s: %v", path, err)
	}
	return &Browser{ctx: ctx}
}

// flags keep the browser to itself: no sandbox, because tests may run as root
// in a container, and nothing that calls home.
func flags(path string) []chromedp.ExecAllocatorOption {
	options := []chromedp.ExecAllocatorOption{
		chromedp.ExecPath(path), chromedp.Headless, chromedp.NoSandbox, chromedp.DisableGPU, chromedp.NoFirstRun,
		chromedp.NoDefaultBrowserCheck, chromedp.WSURLReadTimeout(slowStart), chromedp.WindowSize(1280, 900),
	}
	for _, name := range []string{
		"disable-background-networking", "disable-component-update", "disable-sync", "disable-quic",
		"disable-default-apps", "disable-extensions", "disable-breakpad", "disable-dev-shm-usage", "metrics-recording-only",
		"disable-background-timer-throttling", "disable-backgrounding-occluded-windows", "disable-renderer-backgrounding",
	} {
		options = append(options, chromedp.Flag(name, true))
	}
	return append(options, chromedp.Flag("force-color-profile", "srgb"), chromedp.Flag("password-store", "basic"))
}

// program finds Chromium.
func program() (string, error) {
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			return path, nil
		}
	}
	return "", fmt.Errorf("chromium: %w", exec.ErrNotFound)
}
