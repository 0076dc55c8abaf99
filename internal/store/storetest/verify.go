package storetest

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/rotatif/newsroom"
	"github.com/rotatif/newsroom/internal/edition"
	"github.com/rotatif/newsroom/internal/store"
)

// harm is a breach planted behind the store's back, and what must be found.
type harm struct {
	name      string
	statement string
	check     string
	detail    string // part of it
}

func verifyTests() []test[*store.Newsroom] {
	tests := []test[*store.Newsroom]{
		{"a store that was only used properly has nothing to be found", verifyClean},
		{"an empty store has nothing to be found", func(t *testing.T, open func() *store.Newsroom) {
			equal(t, "findings", verified(t, open()))
		}},
	}
	for _, h := range newsroomHarm() {
		tests = append(tests, test[*store.Newsroom]{"found: " + h.name, func(t *testing.T, open func() *store.Newsroom) {
			n := open()
			busy(t, n)
			hurt(t, n.DB, h.statement)
			expect(t, h, verified(t, n))
		}})
	}
	return tests
}

// newsroomHarm is for the store that busy leaves.
func newsroomHarm() []harm {
	return []harm{
		{"a changed text", `UPDATE revisions SET doc = REPLACE(doc, 'Bir', 'Bin') WHERE story = 1 AND no = 1`, store.CheckRevision, "not the sealed one"},
		{"a text that cannot be read", `UPDATE revisions SET doc = '{' WHERE story = 1 AND no = 1`, store.CheckRevision, "cannot be read"},
		{"a removed revision", `DELETE FROM revisions WHERE story = 1 AND no = 1`, store.CheckRevision, "does not follow"},
		{"a removed last revision", `DELETE FROM revisions WHERE story = 1 AND no = 2`, store.CheckStory, "head is not its last revision"},
		{"revisions put in another order", `UPDATE revisions SET prev = hash WHERE story = 1 AND no = 2`, store.CheckRevision, "does not follow"},
		{"a text under another's name", `UPDATE revisions SET hash = 'x' WHERE story = 1 AND no = 2`, store.CheckRevision, "another name"},
		{"a state without its fact", `UPDATE stories SET state = 'published', doc = REPLACE(doc, '"state":"draft"', '"state":"published"') WHERE id = 1`, store.CheckStory, "without a fact"},
		{"a kill undone", `UPDATE stories SET state = 'published', doc = REPLACE(doc, '"state":"killed"', '"state":"published"') WHERE id = 3`, store.CheckStory, "its last word to readers was story.killed"},
		{"a killed story as a draft", `UPDATE stories SET state = 'draft', doc = REPLACE(doc, '"state":"killed"', '"state":"draft"') WHERE id = 3`, store.CheckStory, "story.killed"},
		{"columns that say something else", `UPDATE stories SET section = 'spor' WHERE id = 1`, store.CheckStory, "columns"},
		{"a release nobody waits for", `UPDATE stories SET release = 5, doc = REPLACE(doc, '"state":"draft"', '"release":"1970-01-01T00:00:00.000005Z","state":"draft"') WHERE id = 1`, store.CheckStory, "with release"},
		{"a removed fact", `DELETE FROM facts WHERE kind = 'story.killed'`, store.CheckStory, "last word to readers was story.published"},
		{"a fact under another name", `UPDATE facts SET kind = 'story.saved' WHERE kind = 'story.begun'`, store.CheckJournal, "another name"},
		{"a fact without its article", `UPDATE facts SET doc = REPLACE(doc, '"article":', '"artikel":') WHERE kind = 'story.published'`, store.CheckJournal, "does not carry"},
		{"a place beyond the journal", `UPDATE places SET seq = 4711 WHERE name = 'intake'`, store.CheckJournal, "beyond the journal"},
		{"lost bytes", `DELETE FROM raws WHERE receipt = 1`, store.CheckDelivery, "not there"},
		{"bytes of another delivery", `UPDATE raws SET bytes = (SELECT w.bytes FROM raws w WHERE w.receipt = 2) WHERE receipt = 1`, store.CheckDelivery, "not those that came"},
		{"an item that came back to life", `UPDATE items SET doc = REPLACE(doc, '"killed":true', '"killed":false') WHERE item = 'k'`, store.CheckItem, "come to"},
		{"a lost revision of an item", `DELETE FROM item_revisions WHERE item = 1 AND receipt = 2`, store.CheckItem, "come to"},
		{"a changed dispatch", `UPDATE item_revisions SET doc = REPLACE(doc, 'Bir', 'Bin') WHERE item = 1`, store.CheckItem, "known by"},
	}
}

// busy leaves a draft with two revisions (1), a published story (2), a killed
// one (3), a waiting one (4), one taken from the wire (5), two items and a front.
func busy(t *testing.T, n *store.Newsroom) {
	t.Helper()
	draft := begin(t, n, content("Bir"), 1)
	change(t, n, draft.ID, edit(content("Bir bir"), 2))
	published(t, n, "İki", 3)
	killed := published(t, n, "Üç", 4)
	change(t, n, killed.ID, kill(5))
	waits := begin(t, n, content("Dört"), 6)
	change(t, n, waits.ID, submit(6), approve(7), schedule(90, 8))

	gone := dispatch("k", "Ölü")
	gone.Status = newsroom.Canceled
	settle(t, n, "1", 9, dispatch("a", "Bir haber"), dispatch("k", "Canlı"), gone)
	later := dispatch("a", "Bir haber daha")
	later.VersionCreated = at(10)
	settle(t, n, "2", 10, later)
	keep(t, n, "3", 11)
	_, err := take(t.Context(), n, item(t, n, "a"), 12)
	must(t, err)
	_, _, err = n.ChangeFront(t.Context(), arrange(13, newsroom.Slot{Story: 2, Headline: "Kısa"}))
	must(t, err)
	must(t, n.Move(t.Context(), "intake", 3))
}

func verifyClean(t *testing.T, open func() *store.Newsroom) {
	n := open()
	busy(t, n)
	equal(t, "findings", verified(t, n))
	odd := content("a\x00b \u2028")
	odd.Section = "x\x00"
	begin(t, n, odd, 20)
	settle(t, n, "odd", 21, dispatch("odd", "a\x00b"))
	equal(t, "findings with awkward texts", verified(t, n))
}

// verified is what is found, one line a finding.
func verified(t *testing.T, n *store.Newsroom) []string {
	t.Helper()
	found := []string{}
	must(t, n.Verify(t.Context(), func(f store.Finding) { found = append(found, line(f)) }))
	return found
}

func line(f store.Finding) string { return fmt.Sprintf("%s: %s: %s", f.Check, f.Subject, f.Detail) }

func hurt(t *testing.T, db *store.DB, statement string) {
	t.Helper()
	done, err := db.Write.ExecContext(t.Context(), statement)
	must(t, err)
	if count, err := done.RowsAffected(); err != nil || count == 0 {
		t.Fatalf("%s: harms nothing (%v)", statement, err)
	}
}

func expect(t *testing.T, h harm, found []string) {
	t.Helper()
	for _, f := range found {
		if strings.HasPrefix(f, h.check+": ") && strings.Contains(f, h.detail) {
			return
		}
	}
	t.Errorf("want %s … %q, found %q", h.check, h.detail, found)
}

// VerifyEdition holds an engine to finding what is wrong with an edition.
func VerifyEdition(t *testing.T, desk Place[*store.Newsroom], press Place[*store.Edition]) {
	t.Helper()
	for _, h := range editionHarm() {
		t.Run("found: "+h.name, func(t *testing.T) {
			t.Parallel()
			n, e := printedBusy(t, desk, press)
			if found := editionVerified(t, n, e); len(found) > 0 {
				t.Fatalf("before any harm: %q", found)
			}
			if h.statement == "" {
				return
			}
			hurt(t, e.DB, h.statement)
			expect(t, h, editionVerified(t, n, e))
		})
	}
	t.Run("what the press has yet to print is no breach", func(t *testing.T) {
		t.Parallel()
		n, e := printedBusy(t, desk, press)
		change(t, n, 2, kill(30))
		published(t, n, "Yeni", 31)
		equal(t, "findings", editionVerified(t, n, e))
		caughtUp(t, n, e)
		equal(t, "findings", editionVerified(t, n, e))
	})
	t.Run("found: a story unpublished behind the desk's back", func(t *testing.T) {
		t.Parallel()
		n, e := printedBusy(t, desk, press)
		hurt(t, n.DB, `UPDATE stories SET doc = REPLACE(doc, '"state":"published"', '"state":"draft"') WHERE id = 2`)
		expect(t, harm{check: store.CheckEdition, detail: "not by the desk"}, editionVerified(t, n, e))
	})
}

// editionHarm is for the edition of busy: story 2 is in it, 3 is gone.
func editionHarm() []harm {
	const check = store.CheckEdition
	return []harm{
		{name: "nothing where nothing was harmed"},
		{"a changed text", `UPDATE articles SET doc = REPLACE(doc, 'su yükseldi', 'su bitti') WHERE id = 2`, check, "not the text of the journal"},
		{"another revision", `UPDATE articles SET doc = REPLACE(doc, '"head":"', '"head":"0') WHERE id = 2`, check, "shows revision"},
		{"a text that cannot be read", `UPDATE articles SET doc = '{' WHERE id = 2`, check, "cannot be read"},
		{"a changed card", `UPDATE articles SET headline = 'Başka' WHERE id = 2`, check, "card"},
		{"a story that nobody published", `INSERT INTO articles (id, section, language, first, changed, headline, standfirst, doc)
			VALUES (1, '', '', 0, 0, '', '', '{"id":1,"head":"","language":"","section":"","headline":"","first":"0001-01-01T00:00:00Z"}')`, check, "not by the journal"},
		{"a killed story that is back", `INSERT INTO articles (id, section, language, first, changed, headline, standfirst, doc)
			VALUES (3, '', '', 0, 0, '', '', '{"id":3,"head":"","language":"","section":"","headline":"","first":"0001-01-01T00:00:00Z"}')`, check, "both there and gone"},
		{"an embargoed story", `UPDATE articles SET id = 4, doc = REPLACE(doc, '"id":2', '"id":4') WHERE id = 2`, check, "not by the desk"},
		{"a missing story", `DELETE FROM articles WHERE id = 2`, check, "missing"},
		{"a missing tombstone", `DELETE FROM gone WHERE id = 3`, check, "no tombstone"},
		{"a tombstone too many", `INSERT INTO gone (id, at) VALUES (99, 5)`, check, "was not taken down"},
		{"another front", `UPDATE front SET doc = REPLACE(doc, 'Kısa', 'Uzun')`, check, "front of the journal"},
		{"a place beyond the journal", `UPDATE edition SET place = 4711`, check, "not in the journal"},
		{"a place before what was printed", `UPDATE edition SET place = 1`, check, "not by the journal"},
	}
}

func printedBusy(t *testing.T, desk Place[*store.Newsroom], press Place[*store.Edition]) (*store.Newsroom, *store.Edition) {
	t.Helper()
	n, e := opener(t, desk)(), opener(t, press)()
	busy(t, n)
	caughtUp(t, n, e)
	return n, e
}

func caughtUp(t *testing.T, n *store.Newsroom, e *store.Edition) {
	t.Helper()
	_, _, err := edition.Press{Journal: n, Plate: e, Now: func() time.Time { return at(40) }}.CatchUp(t.Context())
	must(t, err)
}

func editionVerified(t *testing.T, n *store.Newsroom, e *store.Edition) []string {
	t.Helper()
	found := []string{}
	must(t, store.VerifyEdition(t.Context(), n, &e.EditionReader, func(f store.Finding) { found = append(found, line(f)) }))
	return found
}
