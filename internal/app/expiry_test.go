package app

import (
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/rotatif/newsroom"
	"github.com/rotatif/newsroom/internal/browser"
	"github.com/rotatif/newsroom/internal/wire"
)

// Days are days: nothing else is taken for them, and no time so short that a
// kill would not find what it means.
func TestKeepIsChecked(t *testing.T) {
	t.Parallel()
	for keep, want := range map[string]string{
		`"90d"`: "", `"7d"`: "", `"36500d"`: "",
		`"0d"`: "not a number of days", `"-5d"`: "not a number of days", `"90"`: "not a number of days", `""`: "not a number of days",
		`"90h"`: "not a number of days", `"d"`: "not a number of days", `"999999d"`: "not a number of days", `"6d"`: "less than 7d",
	} {
		path := filepath.Join(t.TempDir(), "rotatif.toml")
		text := "[[source]]\nname = \"a\"\nprovider = \"ka\"\nkind = \"folder\"\nfolder = \"in\"\nkeep = " + keep + "\n"
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		_, err := LoadConfig(path)
		if (err == nil) != (want == "") || err != nil && (!strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), ":6")) {
			t.Errorf("keep = %s: %v", keep, err)
		}
	}
}

// The longest keep of a provider's sources holds, and one without means for ever.
func TestKeepsOfProviders(t *testing.T) {
	t.Parallel()
	c := Config{Sources: []Source{
		{Provider: "ka", Keep: 30}, {Provider: "ka", Keep: 90}, {Provider: "ka", Keep: 7},
		{Provider: "ba", Keep: 30}, {Provider: "ba"}, {Provider: "ca"},
	}}
	if diff := cmp.Diff(map[string]time.Duration{"ka": 90 * 24 * time.Hour}, c.keeps()); diff != "" {
		t.Error(diff)
	}
	if text := c.Sources[1].Keep.String() + c.Sources[5].Keep.String(); text != "90d" {
		t.Error(text)
	}
}

// kept is a source whose copy goes after thirty days.
func kept() Source {
	s := pushed("ka")
	s.Keep = 30
	return s
}

// delivered hands bytes in that came a while ago and waits until they have a verdict.
func (h *house) delivered(ago time.Duration, raw string) {
	h.t.Helper()
	receipt := wire.Receipt{Source: "ka", Channel: "push", Received: h.now().Add(-ago)}
	id, err := h.Reception.Receive(h.t.Context(), receipt, []byte(raw))
	if err != nil {
		h.t.Fatal(err)
	}
	h.until("a verdict", func() bool {
		found, err := h.stores.Newsroom.Receipts(h.t.Context(), wire.ReceiptFilter{ID: id})
		return err == nil && len(found) == 1 && found[0].Verdict.Outcome != wire.Waiting
	})
}

// ids are the items that the house has.
func (h *house) ids() string {
	h.t.Helper()
	items, err := h.stores.Newsroom.Items(h.t.Context(), wire.Filter{At: h.now(), Limit: 500})
	if err != nil {
		h.t.Fatal(err)
	}
	all := []string{}
	for _, w := range items {
		all = append(all, w.Key.ID+" "+string(w.State(h.now())))
	}
	return strings.Join(all, ", ")
}

const longAgo = 45 * 24 * time.Hour

// A house that is opened lets old copy go by itself, while copy comes in. What
// was taken and what was killed stays, and when everything is sent again
// nothing comes back.
func TestOldCopyGoesInARunningHouse(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "data")
	in := func(c *Config) { c.Dir = dir }
	old := []string{ninjs("urn:taken", "1", "Alınan", ""), ninjs("urn:dead", "1", "Yanlış", ""), `{"uri":"urn:dead","pubstatus":"canceled"}`}
	for i := range 90 {
		old = append(old, ninjs(fmt.Sprint("urn:", i), "1", fmt.Sprint("Eski ", i), ""))
	}
	story := newsroom.StoryID(0)
	t.Run("yesterday's house", func(t *testing.T) {
		h := openOn(t, "", time.Now, in, pushed("ka"))
		for _, raw := range old {
			h.delivered(longAgo, raw)
		}
		story = h.publish(h.item("ka", "urn:taken")).ID
		h.heard()
	})
	h := openOn(t, "", time.Now, in, kept())
	h.deliver("ka", ninjs("urn:new", "1", "Yeni", ""))
	const left = "urn:new usable, urn:dead killed, urn:taken usable"
	h.until("old copy to go", func() bool { return h.ids() == left })
	for _, raw := range old {
		h.deliver("ka", raw+" ")
	}
	h.deliver("ka", ninjs("urn:new", "1", "Yeni", " "))
	h.heard()
	if have := h.ids(); have != left {
		t.Errorf("sent again: %s", have)
	}
	if status, _ := h.fetch(h.address(story)); status != http.StatusOK {
		t.Errorf("the story's page answers %d", status)
	}
	var out lines
	if found, err := Verify(t.Context(), h.Config, &out, nil); err != nil || found != 0 {
		t.Errorf("%d breaches, %v: %s", found, err, out)
	}
}

// Old copy goes while somebody has the list open: its rows stay until the page
// is read anew, what comes is shown, what is older is found, and an item that
// has gone says that it is not there.
func TestOldCopyGoesBesideAnOpenList(t *testing.T) {
	t.Parallel()
	b := browser.Start(t)
	h := openOn(t, "", time.Now, nil, kept())
	p := signedIn(t, b, h)
	h.delivered(longAgo, ninjs("urn:dead", "1", "Ölü haber", `,"pubStatus":"canceled"`))
	for i := range 70 {
		h.delivered(longAgo, ninjs(fmt.Sprint("urn:", i), "1", fmt.Sprint("Eski ", i), ""))
	}
	h.heard()
	p.Open(h.DeskURL() + "/wire")
	p.WaitFor("p.more a")
	more := browser.Eval[string](p, `document.querySelector("p.more a").href`)
	gone := h.item("ka", "urn:69").ID
	if err := h.expire(t.Context()); err != nil {
		t.Fatal(err)
	}
	h.deliver("ka", ninjs("urn:new", "1", "Zümrüdüanka yeni", ""))
	p.WaitText("#rows", "Zümrüdüanka yeni")
	if status := p.Open(more); status != http.StatusOK || !strings.Contains(p.HTML(), "Ölü haber") {
		t.Errorf("what is older answers %d", status)
	}
	if status := p.Open(h.DeskURL() + "/wire/" + gone.String()); status != http.StatusNotFound {
		t.Errorf("what has gone answers %d", status)
	}
	if wrong := p.Violations(); len(wrong) > 0 {
		t.Errorf("content security policy: %v", wrong)
	}
}
