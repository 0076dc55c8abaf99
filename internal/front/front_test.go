package front_test

import (
	"path/filepath"
	"testing"
	"time"

	"github.com/rotatif/newsroom"
	"github.com/rotatif/newsroom/internal/front"
	"github.com/rotatif/newsroom/internal/store/sqlite"
)

func TestArrange(t *testing.T) {
	t.Parallel()
	store, err := sqlite.OpenNewsroom(t.Context(), filepath.Join(t.TempDir(), "newsroom.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = store.Close() })
	room := front.Room{Store: store, Now: time.Now}
	chief := newsroom.Person{ID: 1, Roles: []newsroom.Role{newsroom.Chief}}
	writer := newsroom.Person{ID: 2, Roles: []newsroom.Role{newsroom.Writer}}
	slots := []newsroom.Slot{{Story: 3, Headline: "Manşet"}, {Story: 1}}

	if _, _, err := room.Arrange(t.Context(), writer, 0, slots); newsroom.KindOf(err) != newsroom.Forbidden {
		t.Errorf("a writer arranged the front: %v", err)
	}
	f, seq, err := room.Arrange(t.Context(), chief, 0, slots)
	if err != nil || f.Version != 1 || seq == 0 {
		t.Fatalf("%+v, place %d, %v", f, seq, err)
	}
	if _, _, err := room.Arrange(t.Context(), chief, 0, nil); newsroom.KindOf(err) != newsroom.Conflict {
		t.Errorf("an old front overwrote a newer one: %v", err)
	}
	if have, err := room.Front(t.Context()); err != nil || len(have.Slots) != 2 || have.Slots[0].Headline != "Manşet" {
		t.Errorf("kept %+v, %v", have, err)
	}
	facts, err := store.Facts(t.Context(), 0, 10)
	if err != nil || len(facts) != 1 || facts[0].Front == nil || facts[0].Front.By != newsroom.House {
		t.Errorf("facts %+v, %v", facts, err)
	}
}
