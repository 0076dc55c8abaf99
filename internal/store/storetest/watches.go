package storetest

import (
	"slices"
	"strconv"
	"testing"

	"github.com/rotatif/newsroom"
	"github.com/rotatif/newsroom/internal/store"
	"github.com/rotatif/newsroom/internal/wire"
)

// watched keeps filters for two people and the desk.
func watched(t *testing.T, open func() *store.Newsroom) {
	n := open()
	save := func(w wire.Watch) wire.WatchID {
		id, err := n.SaveWatch(t.Context(), w)
		must(t, err)
		return id
	}
	sport := save(wire.Watch{Owner: 1, Name: " Spor ", Query: "section=spor"})
	all := save(wire.Watch{Owner: 0, Name: "Acil", Query: "urgency=1", Loud: true})
	mine := save(wire.Watch{Owner: 1, Name: "Ankara", Query: "q=ankara"})
	save(wire.Watch{Owner: 2, Name: "Başkasının", Query: "q=x"})
	must(t, n.SeeWatch(t.Context(), 1, all, at(5)))
	must(t, n.SeeWatch(t.Context(), 1, all, at(3)))  // what has been seen is not unseen
	must(t, n.SeeWatch(t.Context(), 2, mine, at(9))) // nor what is somebody else's
	names := func(person newsroom.PersonID) []string {
		found := []string{}
		all, err := open().Watches(t.Context(), person)
		must(t, err)
		for _, w := range all {
			found = append(found, w.Name)
			if w.Name == "Acil" && (!w.Loud || w.Seen.Equal(at(5)) != (person == 1)) {
				t.Errorf("%+v for %d", w, person)
			}
		}
		return found
	}
	if have := names(1); !slices.Equal(have, []string{"Spor", "Ankara", "Acil"}) {
		t.Errorf("%v", have)
	}
	save(wire.Watch{ID: mine, Owner: 1, Name: "Başkent", Query: "q=ankara", Place: 0})
	for _, wrong := range []wire.Watch{
		{ID: sport, Owner: 2, Name: "Benim", Query: "q=x"}, {ID: all, Owner: 1, Name: "Benim", Query: "q=x"}, {ID: 99, Owner: 1, Name: "Yok", Query: "q=x"},
	} {
		if _, err := n.SaveWatch(t.Context(), wrong); newsroom.KindOf(err) != newsroom.NotFound {
			t.Errorf("%+v: %v", wrong, err)
		}
	}
	if err := n.DropWatch(t.Context(), 2, sport); newsroom.KindOf(err) != newsroom.NotFound {
		t.Errorf("somebody else's was dropped: %v", err)
	}
	must(t, n.DropWatch(t.Context(), 1, sport))
	if have := names(1); !slices.Equal(have, []string{"Başkent", "Acil"}) {
		t.Errorf("%v", have)
	}
	if have := names(2); !slices.Equal(have, []string{"Başkasının", "Acil"}) {
		t.Errorf("%v", have)
	}
}

func watchesAreBounded(t *testing.T, open func() *store.Newsroom) {
	n := open()
	for _, wrong := range []wire.Watch{{Query: "q=x"}, {Name: "a\nb", Query: "q=x"}, {Name: "x"}, {Name: "x", Query: string(make([]byte, 3000))}} {
		if _, err := n.SaveWatch(t.Context(), wrong); newsroom.KindOf(err) != newsroom.Invalid {
			t.Errorf("%q: %v", wrong.Name, err)
		}
	}
	for i := range wire.MaxWatches {
		_, err := n.SaveWatch(t.Context(), wire.Watch{Owner: 1, Name: strconv.Itoa(i), Query: "q=x"})
		must(t, err)
	}
	if _, err := n.SaveWatch(t.Context(), wire.Watch{Owner: 1, Name: "zu viel", Query: "q=x"}); newsroom.KindOf(err) != newsroom.Conflict {
		t.Errorf("one too many: %v", err)
	}
	_, err := n.SaveWatch(t.Context(), wire.Watch{Owner: 2, Name: "x", Query: "q=x"})
	must(t, err)
}

// counted counts what the list would show.
func counted(t *testing.T, open func() *store.Newsroom) {
	n := open()
	flash := dispatch("f", "Flaş köprü")
	flash.Flash = true
	settle(t, n, "1", 1, dispatch("a", "Köprü açıldı"), flash)
	settle(t, n, "2", 2, dispatch("b", "Yol kapandı"))
	settle(t, n, "3", 3, dispatch("a", "Köprü yeniden açıldı"))
	for _, c := range []struct {
		filter wire.Filter
		want   int
	}{
		{wire.Filter{}, 3}, {wire.Filter{Limit: 2}, 2}, {wire.Filter{Text: "köprü"}, 2}, {wire.Filter{Flash: true}, 1},
		{wire.Filter{From: at(2)}, 2}, {wire.Filter{From: at(2), Text: "köprü"}, 1}, {wire.Filter{From: at(9)}, 0},
		{wire.Filter{State: newsroom.ItemKilled, At: at(9)}, 0}, {wire.Filter{Key: newsroom.ItemKey{Provider: "ak", ID: "b"}}, 1},
	} {
		items, err := n.Items(t.Context(), c.filter)
		must(t, err)
		if have, err := n.Count(t.Context(), c.filter); err != nil || have != c.want || have != len(items) {
			t.Errorf("%+v: %d counted, %d listed, want %d (%v)", c.filter, have, len(items), c.want, err)
		}
	}
}
