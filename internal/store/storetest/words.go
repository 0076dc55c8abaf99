package storetest

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"github.com/rotatif/newsroom"
	"github.com/rotatif/newsroom/internal/desk"
	"github.com/rotatif/newsroom/internal/edition"
	"github.com/rotatif/newsroom/internal/store"
	"github.com/rotatif/newsroom/internal/wire"
)

func asRefusal(err error) *newsroom.Error {
	var refusal *newsroom.Error
	errors.As(err, &refusal)
	return refusal
}

// content is a text that may be published.
func content(headline string) newsroom.Content {
	return newsroom.Content{
		Language: "tr", Section: "gundem", Headline: headline, Standfirst: "Kısa bir giriş.",
		Body:     newsroom.Body{{Kind: newsroom.Paragraph, Text: newsroom.Text("Çınarlı Irmağı’nda su yükseldi.")}},
		Slugline: "su-taşkın", Note: "yalnız içeride",
	}
}

// begin starts a story.
func begin(t *testing.T, n *store.Newsroom, c newsroom.Content, minute int) newsroom.Story {
	t.Helper()
	s, _, err := n.Change(t.Context(), 0, func(s newsroom.Story) (newsroom.Story, []newsroom.Fact, error) {
		return s.Begin(c, by(1, minute))
	})
	must(t, err)
	return s
}

// change applies rules one after the other, each in its own transaction.
func change(t *testing.T, n *store.Newsroom, id newsroom.StoryID, rules ...desk.Change) newsroom.Story {
	t.Helper()
	var s newsroom.Story
	for _, rule := range rules {
		var err error
		if s, _, err = n.Change(t.Context(), id, rule); err != nil {
			t.Fatal(err)
		}
	}
	return s
}

func submit(minute int) desk.Change {
	return func(s newsroom.Story) (newsroom.Story, []newsroom.Fact, error) { return s.Submit(by(1, minute)) }
}

func approve(minute int) desk.Change {
	return func(s newsroom.Story) (newsroom.Story, []newsroom.Fact, error) {
		return s.Approve(s.Head, by(2, minute))
	}
}

func publish(minute int) desk.Change {
	return func(s newsroom.Story) (newsroom.Story, []newsroom.Fact, error) { return s.Publish(by(2, minute)) }
}

func schedule(release, minute int) desk.Change {
	return func(s newsroom.Story) (newsroom.Story, []newsroom.Fact, error) {
		return s.Schedule(at(release), by(2, minute))
	}
}

func kill(minute int) desk.Change {
	return func(s newsroom.Story) (newsroom.Story, []newsroom.Fact, error) {
		return s.Kill("yanlış", by(2, minute))
	}
}

func edit(c newsroom.Content, minute int) desk.Change {
	return func(s newsroom.Story) (newsroom.Story, []newsroom.Fact, error) {
		return s.Edit(s.Revision, c, by(1, minute))
	}
}

// published begins a story and brings it before readers.
func published(t *testing.T, n *store.Newsroom, headline string, minute int) newsroom.Story {
	t.Helper()
	s := begin(t, n, content(headline), minute)
	return change(t, n, s.ID, submit(minute), approve(minute), publish(minute))
}

// dispatch is the first revision of an item.
func dispatch(id, headline string) newsroom.Dispatch {
	return newsroom.Dispatch{
		Key: newsroom.ItemKey{Provider: "ak", ID: id}, Format: "ninjs", Version: "1", Kind: newsroom.KindText,
		Status: newsroom.Usable, VersionCreated: at(0), Headline: headline, Language: "tr",
		Body: newsroom.Body{{Kind: newsroom.Paragraph, Text: newsroom.Text("Metin.")}},
	}
}

// keep keeps a delivery of the bytes.
func keep(t *testing.T, n *store.Newsroom, raw string, minute int) wire.ReceiptID {
	t.Helper()
	r := wire.Receipt{Source: "ak-ana", Provider: "ak", Channel: "folder", Name: raw + ".json", Received: at(minute), Hash: sha(raw)}
	id, _, err := n.Keep(t.Context(), r, []byte(raw))
	must(t, err)
	return id
}

// settle keeps a delivery and settles it with the dispatches.
func settle(t *testing.T, n *store.Newsroom, raw string, minute int, dispatches ...newsroom.Dispatch) wire.ReceiptID {
	t.Helper()
	id := keep(t, n, raw, minute)
	v := wire.Verdict{Outcome: wire.Settled, Format: "ninjs", Items: len(dispatches), At: at(minute)}
	must(t, n.Settle(t.Context(), newsroom.WireItem.Fold, wire.Settlement{ID: id, Verdict: v, Dispatches: dispatches}))
	return id
}

// item gives the one item of the key.
func item(t *testing.T, n *store.Newsroom, id string) newsroom.WireItem {
	t.Helper()
	items, err := n.Items(t.Context(), wire.Filter{Key: newsroom.ItemKey{Provider: "ak", ID: id}})
	must(t, err)
	if len(items) != 1 {
		t.Fatalf("want one item %s, got %d", id, len(items))
	}
	return items[0]
}

// take starts a story from an item.
func take(ctx context.Context, n *store.Newsroom, w newsroom.WireItem, minute int) (newsroom.Story, error) {
	s, _, err := n.Change(ctx, 0, func(s newsroom.Story) (newsroom.Story, []newsroom.Fact, error) {
		return s.Take(w, content(w.Text.Headline), by(1, minute))
	})
	return s, err
}

// article is an article as the press prints it.
func article(id newsroom.StoryID, section string, minute int) newsroom.Article {
	return newsroom.Article{
		ID: id, Head: fmt.Sprintf("h%d", id), Language: "tr", Section: section, Headline: fmt.Sprintf("Başlık %d", id),
		Standfirst: "Giriş.", Body: newsroom.Body{{Kind: newsroom.Paragraph, Text: newsroom.Text("Metin.")}}, First: at(minute),
	}
}

// sheet is a print of articles.
func sheet(upto newsroom.Seq, articles ...newsroom.Article) edition.Sheet {
	return edition.Sheet{Upto: upto, At: at(int(upto)), Articles: articles}
}
