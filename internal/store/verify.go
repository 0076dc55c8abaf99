package store

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"fmt"
	"strconv"

	"github.com/rotatif/newsroom"
)

// Finding is something that should not be so. Check names the promise that is
// broken, Subject what breaks it, Detail how.
type Finding struct{ Check, Subject, Detail string }

// The promises that are checked.
const (
	CheckIntegrity = "integrity" // the engine is content with its own file
	CheckRevision  = "revision"  // every saved text is sealed and follows the one before
	CheckStory     = "story"     // a story is what its revisions and its facts say
	CheckJournal   = "journal"   // facts are whole, places do not lie beyond the journal
	CheckDelivery  = "delivery"  // the bytes of a delivery are those that came
	CheckItem      = "item"      // a wire item is the fold of its revisions
	CheckEdition   = "edition"   // the edition is what the journal comes to
)

const (
	allRevisions = `SELECT story, no, hash, prev, doc FROM revisions ORDER BY story, no`

	// One statement sees one moment, so a save in between is no false alarm.
	allStories = `SELECT s.doc, s.id, s.state, s.section, s.provider, s.item, s.release, s.held, s.saved,
		COALESCE((SELECT r.hash FROM revisions r WHERE r.story = s.id ORDER BY r.no DESC LIMIT 1), ''),
		COALESCE((SELECT MAX(r.no) FROM revisions r WHERE r.story = s.id), 0),
		COALESCE((SELECT f.kind FROM facts f WHERE f.story = s.id
			AND f.kind IN ('story.published', 'story.updated', 'story.corrected', 'story.unpublished', 'story.killed')
			ORDER BY f.seq DESC LIMIT 1), '')
		FROM stories s WHERE s.state <> '' ORDER BY s.id`
	allFacts    = `SELECT seq, doc, at, kind, story, item FROM facts ORDER BY seq`
	farPlaces   = `SELECT name, seq FROM places WHERE seq > (SELECT COALESCE(MAX(seq), 0) FROM facts) AND name NOT LIKE 'listed:%' ORDER BY name`
	allRaws     = `SELECT r.id, r.hash, r.expired, w.bytes FROM receipts r LEFT JOIN raws w ON w.receipt = r.id ORDER BY r.id`
	allItems    = `SELECT i.id, i.doc, v.hash, v.received, v.doc FROM items i LEFT JOIN item_revisions v ON v.item = i.id ORDER BY i.id, v.received, v.hash`
	lostStories = `SELECT DISTINCT r.story FROM revisions r WHERE NOT EXISTS (SELECT 1 FROM stories s WHERE s.id = r.story) ORDER BY r.story`
)

// checker reads rows and reports what it finds.
type checker struct {
	*DB
	report func(Finding)
}

func (c checker) found(check, subject, format string, args ...any) {
	c.report(Finding{Check: check, Subject: subject, Detail: fmt.Sprintf(format, args...)})
}

// each runs a check on every row of a query.
func (c checker) each(ctx context.Context, query string, check func(*sql.Rows) error) error {
	rows, err := c.query(ctx, query)
	if err != nil {
		return fmt.Errorf("store: verify: %w", err)
	}
	defer func() { _ = rows.Close() }() // the error that matters is rows.Err
	for rows.Next() {
		if c.Looked != nil {
			c.Looked()
		}
		if err := check(rows); err != nil {
			return fmt.Errorf("store: verify: %w", err)
		}
	}
	return rows.Err()
}

// Verify checks the desk's store against its promises and reports every
// breach. It reads everything, may run beside a working newsroom, and changes
// nothing. The error is that of the reading, not of what was read.
func (n *Newsroom) Verify(ctx context.Context, report func(Finding)) error {
	c := checker{n.DB, report}
	for _, check := range []func(context.Context) error{
		c.integrity, c.revisions, c.stories, c.facts, c.places, c.deliveries, c.items,
	} {
		if err := check(ctx); err != nil {
			return err
		}
	}
	return nil
}

func (c checker) integrity(ctx context.Context) error {
	wrong, err := c.Dialect.Integrity(ctx, c.Read)
	for _, line := range wrong {
		c.found(CheckIntegrity, c.Dialect.Name, "%s", line)
	}
	return err
}

func (c checker) revisions(ctx context.Context) error {
	err := c.each(ctx, lostStories, func(rows *sql.Rows) error {
		var story newsroom.StoryID
		if err := rows.Scan(&story); err != nil {
			return err
		}
		c.found(CheckRevision, "story "+story.String(), "revisions of a story that is not there")
		return nil
	})
	if err != nil {
		return err
	}
	var before newsroom.Revision
	return c.each(ctx, allRevisions, func(rows *sql.Rows) error {
		var row, kept newsroom.Revision
		var raw string
		if err := rows.Scan(&row.Story, &row.No, &row.Hash, &row.Prev, &raw); err != nil {
			return err
		}
		subject := fmt.Sprintf("story %d, revision %d", row.Story, row.No)
		if err := decode(raw, &kept); err != nil {
			c.found(CheckRevision, subject, "cannot be read: %v", err)
		} else {
			c.sealed(subject, row, kept)
		}
		if before.Story != row.Story {
			before = newsroom.Revision{Story: row.Story}
		}
		if row.No != before.No+1 || row.Prev != before.Hash {
			c.found(CheckRevision, subject, "does not follow revision %d", before.No)
		}
		before = row
		return nil
	})
}

// sealed checks one kept text against its seal and its columns.
func (c checker) sealed(subject string, row, kept newsroom.Revision) {
	if seal := kept.Seal(); seal != kept.Hash {
		c.found(CheckRevision, subject, "the text is not the sealed one (%.12s, sealed %.12s)", seal, kept.Hash)
	}
	if kept.Story != row.Story || kept.No != row.No || kept.Hash != row.Hash || kept.Prev != row.Prev {
		c.found(CheckRevision, subject, "is kept under another name")
	}
}

func (c checker) facts(ctx context.Context) error {
	return c.each(ctx, allFacts, func(rows *sql.Rows) error {
		var seq, at, story, item int64
		var kind, raw string
		var fact newsroom.Fact
		if err := rows.Scan(&seq, &raw, &at, &kind, &story, &item); err != nil {
			return err
		}
		subject := "fact " + strconv.FormatInt(seq, 10)
		if err := decode(raw, &fact); err != nil {
			c.found(CheckJournal, subject, "cannot be read: %v", err)
			return nil
		}
		if micros(fact.At) != at || string(fact.Kind) != kind || int64(fact.Story) != story || int64(fact.Item) != item {
			c.found(CheckJournal, subject, "is kept under another name")
		}
		if fact.Kind == newsroom.FrontSet && fact.Front == nil || carries(fact.Kind) && (fact.Article == nil || fact.Article.Head != fact.Head) {
			c.found(CheckJournal, subject, "does not carry what it puts before readers")
		}
		return nil
	})
}

// carries says whether a fact of the kind puts a text before readers.
func carries(kind newsroom.FactKind) bool {
	return kind == newsroom.StoryPublished || kind == newsroom.StoryUpdated || kind == newsroom.StoryCorrected
}

func (c checker) places(ctx context.Context) error {
	return c.each(ctx, farPlaces, func(rows *sql.Rows) error {
		var name string
		var place int64
		if err := rows.Scan(&name, &place); err != nil {
			return err
		}
		c.found(CheckJournal, "place of "+name, "%d lies beyond the journal", place)
		return nil
	})
}

func (c checker) deliveries(ctx context.Context) error {
	return c.each(ctx, allRaws, func(rows *sql.Rows) error {
		var id, expired int64
		var hash string
		var packed []byte
		if err := rows.Scan(&id, &hash, &expired, &packed); err != nil {
			return err
		}
		subject := "delivery " + strconv.FormatInt(id, 10)
		if expired > 0 && packed == nil {
			return nil // let go; see wire.Attic
		}
		if packed == nil {
			c.found(CheckDelivery, subject, "its bytes are not there")
			return nil
		}
		raw, err := c.raws.unpack(packed)
		if err != nil {
			c.found(CheckDelivery, subject, "%v", err)
			return nil
		}
		if sum := sha256.Sum256(raw); hex.EncodeToString(sum[:]) != hash {
			c.found(CheckDelivery, subject, "its bytes are not those that came")
		}
		return nil
	})
}
