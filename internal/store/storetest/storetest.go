// Package storetest is what a store must do, as tests that every engine runs.
// When an engine surprises, the surprise becomes a case here.
//
// Knows: the rooms' contracts, the shared store. Never imports: an engine, a door, the app.
package storetest

import (
	"io"
	"testing"
	"time"

	"github.com/rotatif/newsroom"
	"github.com/rotatif/newsroom/internal/store"
)

// Place makes an empty store for one test and gives the way to open it. Each
// opening is a handle of its own, as another program would have it.
type Place[S io.Closer] func(t *testing.T) func() (S, error)

// opener turns a place into what tests use: it opens or fails, and closes at the end.
func opener[S io.Closer](t *testing.T, place Place[S]) func() S {
	t.Helper()
	open := place(t)
	return func() S {
		t.Helper()
		s, err := open()
		if err != nil {
			t.Fatalf("open: %v", err)
		}
		t.Cleanup(func() { _ = s.Close() }) // a test may have closed it already
		return s
	}
}

// test is one promise.
type test[S io.Closer] struct {
	name string
	run  func(t *testing.T, open func() S)
}

func run[S io.Closer](t *testing.T, place Place[S], tests []test[S]) {
	t.Helper()
	for _, c := range tests {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			c.run(t, opener(t, place))
		})
	}
}

// Newsroom holds an engine to the promises of the desk's side.
func Newsroom(t *testing.T, place Place[*store.Newsroom]) {
	t.Helper()
	run(t, place, storyTests())
	run(t, place, storyListTests())
	run(t, place, journalTests())
	run(t, place, wireTests())
	run(t, place, tieTests())
	run(t, place, itemTests())
	run(t, place, copyTests())
	run(t, place, healthTests())
	run(t, place, peopleTests())
	run(t, place, frontTests())
	run(t, place, atticTests())
	run(t, place, verifyTests())
}

// must fails the test when err is not nil.
func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// refused fails the test unless the error is of the kind and has the key.
func refused(t *testing.T, err error, kind newsroom.Kind, key string) {
	t.Helper()
	if newsroom.KindOf(err) != kind {
		t.Fatalf("want %s, got %v", kind, err)
	}
	if refusal := asRefusal(err); key != "" && (refusal == nil || refusal.Key != key) {
		t.Fatalf("want %s, got %v", key, err)
	}
}

// at is a minute of the morning of the tests, with microseconds that an engine might lose.
func at(minute int) time.Time {
	return time.Date(2026, 11, 23, 9, 0, 0, 123_456_000, time.UTC).Add(time.Duration(minute) * time.Minute)
}

func by(person newsroom.PersonID, minute int) newsroom.By {
	return newsroom.By{Person: person, At: at(minute)}
}
