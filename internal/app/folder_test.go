package app

import (
	"html"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/rotatif/newsroom"
	"github.com/rotatif/newsroom/internal/wire"
)

// sharedWire is where the foreign samples lie, when they do.
const sharedWire = "../../../shared/data/wire"

// Every foreign sample dropped into a watched folder ends on the wire list or
// in quarantine with its reason, and one of each format is read by readers.
func TestAFolderOfEverything(t *testing.T) {
	t.Parallel()
	paths, err := filepath.Glob(filepath.Join(sharedWire, "*", "*.*"))
	if err != nil || len(paths) == 0 {
		t.Skip("the shared samples of the wire are not here")
	}
	folder := filepath.Join(t.TempDir(), "in")
	if err := os.Mkdir(folder, 0o755); err != nil {
		t.Fatal(err)
	}
	for _, path := range paths {
		raw, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		name := filepath.Base(filepath.Dir(path)) + "--" + filepath.Base(path)
		if err := os.WriteFile(filepath.Join(folder, name), raw, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	h := open(t, time.Now, Source{Name: "klasor", Provider: "ornek", Kind: "folder", Folder: folder})
	kept := h.allSettled(len(paths))
	h.everythingSeen(kept)
	for _, format := range []string{"ninjs", "newsml-g2", "rss", "atom"} {
		h.oneIsRead(kept, format)
	}
}

// allSettled waits until every delivery has a verdict. Samples of equal bytes
// are one delivery.
func (h *house) allSettled(most int) []wire.Kept {
	h.t.Helper()
	var kept []wire.Kept
	h.until("all files", func() bool {
		left, err := filepath.Glob(filepath.Join(h.Config.Sources[0].Folder, "*.*"))
		if err != nil || len(left) > 0 {
			return false
		}
		if kept, err = h.stores.Newsroom.Receipts(h.t.Context(), wire.ReceiptFilter{Limit: 1000}); err != nil {
			h.t.Fatal(err)
		}
		for _, k := range kept {
			if k.Verdict.Outcome == wire.Waiting {
				return false
			}
		}
		return len(kept) > 0
	})
	if len(kept) < most-5 {
		h.t.Errorf("%d deliveries of %d files", len(kept), most)
	}
	return kept
}

func (h *house) everythingSeen(kept []wire.Kept) {
	h.t.Helper()
	count := map[wire.Outcome]int{}
	for _, k := range kept {
		count[k.Verdict.Outcome]++
		items, err := h.stores.Newsroom.Receipts(h.t.Context(), wire.ReceiptFilter{ID: k.ID})
		if err != nil || len(items) != 1 {
			h.t.Fatal(err)
		}
		switch {
		case k.Verdict.Outcome == wire.Quarantined && k.Verdict.Reason == "":
			h.t.Errorf("%s: quarantined without a reason", k.Name)
		case k.Verdict.Outcome == wire.Settled && k.Verdict.Items == 0 && k.Verdict.Reason == "":
			h.t.Errorf("%s: settled without an item or a reason", k.Name)
		}
	}
	h.t.Logf("settled %d, quarantined %d", count[wire.Settled], count[wire.Quarantined])
}

// oneIsRead makes a story of a usable item of the format and reads it as a reader.
func (h *house) oneIsRead(kept []wire.Kept, format string) {
	h.t.Helper()
	items, err := h.stores.Newsroom.Items(h.t.Context(), wire.Filter{State: newsroom.ItemUsable, At: time.Now(), Limit: 500})
	if err != nil {
		h.t.Fatal(err)
	}
	for _, item := range items {
		text := item.Text
		if !strings.HasPrefix(text.Format, format) || text.Kind != newsroom.KindText || item.Taken != 0 || text.Headline == "" || len(text.Body.Lines()) == 0 {
			continue
		}
		story := h.publish(item)
		status, page := h.fetch(h.address(story.ID))
		page = html.UnescapeString(page)
		if status != 200 || !strings.Contains(page, story.Content.Headline) || !strings.Contains(page, firstWords(text.Body)) {
			h.t.Errorf("%s %q: the page answers %d and lacks its words", format, text.Headline, status)
		}
		return
	}
	h.t.Errorf("no usable text of format %s was found", format)
}

// firstWords is the beginning of the first line, short enough to stand in one element.
func firstWords(body newsroom.Body) string {
	words := strings.Fields(body.Lines()[0])
	return strings.Join(words[:min(3, len(words))], " ")
}
