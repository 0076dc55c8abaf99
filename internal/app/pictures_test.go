package app

import (
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/rotatif/newsroom/internal/browser"
)

// pictureDir names the environment variable with the folder into which
// pictures of every screen of the demo are put, to be looked at.
const pictureDir = "ROTATIF_PICTURES"

func TestPictures(t *testing.T) {
	dir := os.Getenv(pictureDir)
	if dir == "" {
		t.Skipf("pictures of the screens are taken when %s names a folder", pictureDir)
	}
	for _, lang := range []string{"tr", "en"} {
		site, desk, claim := startDemo(t, lang)
		b := browser.Start(t)
		reader := b.Page(t)
		reader.Agent("Mozilla/5.0 Firefox/145.0", lang)
		time.Sleep(14 * time.Second) // the front fills and readers come
		reader.Open(site + "/")
		story := browser.Eval[string](reader, `document.querySelector("a[href*='-1']").href`)
		for name, address := range map[string]string{"front": site + "/", "story": story, "section": site + "/ekonomi", "gone": site + "/yok", "imprint": site + "/iletisim"} {
			shoot(reader, filepath.Join(dir, lang, "site-"+name), address)
		}
		editor := b.Page(t)
		editor.Agent("Mozilla/5.0 Firefox/145.0", lang)
		shoot(editor, filepath.Join(dir, lang, "desk-claim"), claim)
		editor.Fill("#name", "Deniz Aksoylu")
		editor.Fill("#login", "deniz")
		editor.Fill("#password", "dokuz kedi bahçede")
		editor.Press("Enter")
		editor.WaitFor("#live")
		editor.WaitFor("#alarms:not([hidden])") // the agency has killed what was published
		for name, path := range map[string]string{
			"wire": "/wire", "dispatch": "/wire/3", "stories": "/stories", "story": "/stories/1", "revisions": "/stories/1/revisions",
			"proof": "/stories/1/proof", "front": "/front", "quarantine": "/wire/quarantine", "people": "/people", "calls": "/calls", "agency": "/stories/1/agency", "help": "/help", "new": "/stories/new",
		} {
			shoot(editor, filepath.Join(dir, lang, "desk-"+name), desk+path)
		}
	}
}

// shoot takes the page at phone and desktop width, light and dark.
func shoot(p *browser.Page, name, address string) {
	for _, scheme := range []string{"light", "dark"} {
		p.ColorScheme(scheme)
		for size, width := range map[string]int{"phone": 360, "desktop": 1280} {
			p.SetViewport(width, 860)
			p.Open(address)
			p.Screenshot(name + "-" + size + "-" + scheme + ".png")
		}
	}
}

// startDemo runs the demo until the test ends and gives its addresses.
func startDemo(t *testing.T, lang string) (site, desk, claim string) {
	t.Helper()
	in, out := io.Pipe()
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() {
		ended <- Demo(ctx, DemoOptions{Site: "127.0.0.1:0", Desk: "127.0.0.1:0", Lang: lang, Pace: 2 * time.Second, Readers: 6, JSON: true, Out: out, Log: slog.New(slog.DiscardHandler)})
		_ = out.Close()
	}()
	t.Cleanup(func() {
		stop()
		if err := <-ended; err != nil {
			t.Error(err)
		}
	})
	var told struct{ Site, Desk, Claim string }
	if err := json.NewDecoder(in).Decode(&told); err != nil {
		t.Fatal(err)
	}
	return told.Site, told.Desk, told.Claim
}
