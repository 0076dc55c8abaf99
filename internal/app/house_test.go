package app

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/rotatif/newsroom"
	"github.com/rotatif/newsroom/internal/wire"
	"github.com/rotatif/newsroom/internal/wire/profile"
)

// house is an open house on ports of its own.
type house struct {
	*App
	t     *testing.T
	chief newsroom.Person
}

// open opens a house in a temporary folder with sources as given.
func open(t *testing.T, now func() time.Time, sources ...Source) *house {
	t.Helper()
	return openOn(t, "", now, nil, sources...)
}

// openOn opens a house whose stores are in the PostgreSQL database, if one is named.
// change may change the settings.
func openOn(t *testing.T, dsn string, now func() time.Time, change func(*Config), sources ...Source) *house {
	t.Helper()
	return openWith(t, dsn, slog.New(slog.DiscardHandler), now, change, sources...)
}

// openLogged opens a house that writes all that it has to say into the log.
func openLogged(t *testing.T, log io.Writer, change func(*Config), sources ...Source) *house {
	t.Helper()
	return openWith(t, "", slog.New(slog.NewTextHandler(log, &slog.HandlerOptions{Level: slog.LevelDebug})), time.Now, change, sources...)
}

func openWith(t *testing.T, dsn string, log *slog.Logger, now func() time.Time, change func(*Config), sources ...Source) *house {
	t.Helper()
	c, err := LoadConfig("")
	if err != nil {
		t.Fatal(err)
	}
	c.Postgres = dsn
	c.Dir = filepath.Join(t.TempDir(), "data")
	for _, listen := range []*string{&c.Site.Listen, &c.Desk.Listen} {
		if *listen, err = free("127.0.0.1:0"); err != nil {
			t.Fatal(err)
		}
	}
	c.Site.Address, c.Desk.Address = "http://"+c.Site.Listen, "http://"+c.Desk.Listen
	c.MostRead.Refresh, c.MostRead.Support = Duration{100 * time.Millisecond}, 1
	for _, s := range sources {
		s.derive(c.Site, profile.Profile{})
		c.Sources = append(c.Sources, s)
	}
	if change != nil {
		change(&c)
	}
	if err := c.check(); err != nil {
		t.Fatal(err)
	}
	a, err := Open(t.Context(), c, log, now)
	if err != nil {
		t.Fatal(err)
	}
	if err := a.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := a.Close(); err != nil {
			t.Error(err)
		}
	})
	chief := newsroom.Person{ID: 1, Login: "sef", Name: "Şef", Roles: []newsroom.Role{newsroom.Chief}}
	return &house{a, t, chief}
}

// pushed is a source that nothing is polled from.
func pushed(name string) Source {
	return Source{Name: name, Provider: name, Kind: "push", Token: strings.Repeat("a", 64)}
}

// deliver hands bytes in and waits until they have a verdict.
func (h *house) deliver(source, raw string) wire.Verdict {
	h.t.Helper()
	id, err := h.Reception.Receive(h.t.Context(), wire.Receipt{Source: source, Channel: "push"}, []byte(raw))
	if err != nil {
		h.t.Fatal(err)
	}
	var verdict wire.Verdict
	h.until("a verdict", func() bool {
		kept, err := h.stores.Newsroom.Receipts(h.t.Context(), wire.ReceiptFilter{ID: id})
		if err != nil || len(kept) != 1 {
			h.t.Fatal(err, len(kept))
		}
		verdict = kept[0].Verdict
		return verdict.Outcome != wire.Waiting
	})
	return verdict
}

// until waits for something that other goroutines bring about.
func (h *house) until(what string, so func() bool) {
	h.t.Helper()
	h.within(20*time.Second, what, so)
}

// within waits as long as a busy machine may need.
func (h *house) within(patience time.Duration, what string, so func() bool) {
	h.t.Helper()
	ctx, cancel := context.WithTimeout(h.t.Context(), patience)
	defer cancel()
	for !so() {
		select {
		case <-ctx.Done():
			h.t.Fatalf("waited in vain for %s", what)
		case <-time.After(5 * time.Millisecond):
		}
	}
}

// item gives the wire item with the agency's id.
func (h *house) item(provider, id string) newsroom.WireItem {
	h.t.Helper()
	item, err := h.Desk.Items.Item(h.t.Context(), newsroom.ItemKey{Provider: provider, ID: id})
	if err != nil {
		h.t.Fatalf("item %s of %s: %v", id, provider, err)
	}
	return item
}

// fetch gives status and text of a public page.
func (h *house) fetch(path string) (int, string) {
	h.t.Helper()
	client := http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	res, err := client.Get(h.SiteURL() + path)
	if err != nil {
		h.t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		h.t.Fatal(err)
	}
	return res.StatusCode, string(body)
}

// surfaces are the public lists on which a story can be.
func (h *house) surfaces(section string) []string {
	month := h.now().In(h.zone).Format("200601")
	return []string{"/", "/" + section, "/rss", "/rss/" + section, "/sitemap-" + month + ".xml", "/news-sitemap.xml"}
}

// on names the surfaces that hold the word, in text, headers' place or address.
func (h *house) on(word, section string) []string {
	h.t.Helper()
	found := []string{}
	for _, path := range h.surfaces(section) {
		if _, body := h.fetch(path); strings.Contains(body, word) {
			found = append(found, path)
		}
	}
	return found
}

// publish takes the item and publishes it.
func (h *house) publish(item newsroom.WireItem) newsroom.Story {
	h.t.Helper()
	taken, err := h.Desk.Take(h.t.Context(), h.chief, item)
	if err != nil {
		h.t.Fatal(err)
	}
	done, err := h.Desk.Publish(h.t.Context(), h.chief, taken.Story.ID, taken.Story.Head)
	if err != nil {
		h.t.Fatal(err)
	}
	if _, _, err := h.Printed(h.t.Context(), done.Seq); err != nil {
		h.t.Fatal(err)
	}
	return done.Story
}

// address finds the story's public address on the front's feed.
func (h *house) address(id newsroom.StoryID) string {
	h.t.Helper()
	_, feed := h.fetch("/rss")
	for _, part := range strings.Split(feed, "<link>") {
		link, _, _ := strings.Cut(part, "</link>")
		if strings.HasSuffix(link, "-"+id.String()) {
			return strings.TrimPrefix(link, h.SiteURL())
		}
	}
	h.t.Fatalf("story %d is not in the feed", id)
	return ""
}
