package journal_test

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"github.com/rotatif/newsroom"
	"github.com/rotatif/newsroom/internal/journal"
	"github.com/rotatif/newsroom/internal/store"
	"github.com/rotatif/newsroom/internal/store/sqlite"
)

// open gives a journal with n facts.
func open(t *testing.T, n int) *store.Newsroom {
	t.Helper()
	s, err := sqlite.OpenNewsroom(t.Context(), filepath.Join(t.TempDir(), "newsroom.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	for i := range n {
		_, _, err := s.Change(t.Context(), 0, func(story newsroom.Story) (newsroom.Story, []newsroom.Fact, error) {
			return story.Begin(newsroom.Content{Headline: fmt.Sprint(i)}, newsroom.By{At: time.Now()})
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return s
}

func TestEveryFactOnceInOrder(t *testing.T) {
	t.Parallel()
	s := open(t, 5)
	seen := []newsroom.Seq{}
	f := journal.Follower{Name: "test", Store: s, Do: func(_ context.Context, fact newsroom.Fact) error {
		seen = append(seen, fact.Seq)
		return nil
	}}
	for range 2 {
		if _, err := f.CatchUp(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	if fmt.Sprint(seen) != "[1 2 3 4 5]" {
		t.Errorf("seen %v", seen)
	}
}

func TestAFailureIsTriedAgain(t *testing.T) {
	t.Parallel()
	s := open(t, 3)
	broken := errors.New("not now")
	seen, fails := []newsroom.Seq{}, true
	f := journal.Follower{Name: "test", Store: s, Do: func(_ context.Context, fact newsroom.Fact) error {
		if fact.Seq == 2 && fails {
			return broken
		}
		seen = append(seen, fact.Seq)
		return nil
	}}
	if done, err := f.CatchUp(t.Context()); !errors.Is(err, broken) || done != 1 {
		t.Errorf("did %d, %v", done, err)
	}
	fails = false
	if done, err := f.CatchUp(t.Context()); err != nil || done != 2 {
		t.Errorf("did %d, %v", done, err)
	}
	if fmt.Sprint(seen) != "[1 2 3]" {
		t.Errorf("seen %v", seen)
	}
}

func TestFollowersDoNotDisturbEachOther(t *testing.T) {
	t.Parallel()
	s := open(t, 2)
	quiet := func(context.Context, newsroom.Fact) error { return nil }
	one := journal.Follower{Name: "one", Store: s, Do: quiet}
	if _, err := one.CatchUp(t.Context()); err != nil {
		t.Fatal(err)
	}
	if place, err := s.Place(t.Context(), "two"); err != nil || place != 0 {
		t.Errorf("the other's place is %d, %v", place, err)
	}
}
