package sense_test

import (
	"regexp"
	"testing"
	"time"

	"github.com/rotatif/newsroom"
	"github.com/rotatif/newsroom/internal/wire/sense"
)

func TestHabits(t *testing.T) {
	t.Parallel()
	src := sense.Source{Provider: "kuzey", Habits: sense.Habits{
		IDCut: regexp.MustCompile(`:\d+[NUA]?$`), Numbered: true, Urgencies: map[int]int{1: 1, 4: 5}, FlashAt: []int{1}, FlashFrom: 2, FlashWords: []string{"Çok Acele"},
	}}
	for _, c := range []struct {
		name    string
		d       newsroom.Dispatch
		id      string
		urgency int
		flash   bool
	}{
		{"a plain one", newsroom.Dispatch{Key: newsroom.ItemKey{ID: "urn:a:7"}, Priority: 4}, "urn:a", 5, false},
		{"a flash by its priority", newsroom.Dispatch{Key: newsroom.ItemKey{ID: "urn:a:7N"}, Priority: 1}, "urn:a", 1, true},
		{"a flash by its urgency", newsroom.Dispatch{Key: newsroom.ItemKey{ID: "urn:a"}, Urgency: 2}, "urn:a", 2, true},
		{"the agency's urgency goes before", newsroom.Dispatch{Key: newsroom.ItemKey{ID: "urn:a"}, Urgency: 6, Priority: 4}, "urn:a", 6, false},
		{"a flash by its word", newsroom.Dispatch{Key: newsroom.ItemKey{ID: "urn:a"}, Headline: "ÇOK ACELE: Köprü kapandı"}, "urn:a", 0, true},
		{"the word within", newsroom.Dispatch{Key: newsroom.ItemKey{ID: "urn:a"}, Headline: "Vali: Çok acele etmeyin"}, "urn:a", 0, false},
		{"nothing but a revision", newsroom.Dispatch{Key: newsroom.ItemKey{ID: ":7"}}, ":7", 0, false},
	} {
		d := c.d
		d.Links = []newsroom.Link{{Rel: "kills", ID: "urn:b:3"}}
		sense.Finish(&d, src)
		if d.Key.ID != c.id || d.Urgency != c.urgency || d.Flash != c.flash || d.Links[0].ID != "urn:b" || !d.Numbered {
			t.Errorf("%s: id %q urgency %d flash %t link %q", c.name, d.Key.ID, d.Urgency, d.Flash, d.Links[0].ID)
		}
	}
}

// Where numbers order, a revision with the higher number is the newer, whatever
// its time says and whenever it comes; where times order, it is not.
func TestNumbersOrder(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 3, 4, 10, 0, 0, 0, time.UTC)
	old := newsroom.Dispatch{Key: newsroom.ItemKey{Provider: "k", ID: "1"}, Status: newsroom.Usable, Kind: newsroom.KindText, Version: "2", VersionCreated: at, Headline: "İkinci"}
	young := old
	young.Version, young.VersionCreated, young.Headline = "3", at.Add(-time.Hour), "Üçüncü"
	for _, numbered := range []bool{true, false} {
		old.Numbered, young.Numbered = numbered, numbered
		want := "İkinci"
		if numbered {
			want = "Üçüncü"
		}
		for _, order := range [][]newsroom.Dispatch{{old, young}, {young, old}} {
			w := newsroom.WireItem{}
			for i, d := range order {
				w, _ = w.Fold(d, at.Add(time.Duration(i)*time.Minute))
			}
			if w.Text.Headline != want {
				t.Errorf("numbered %t: %s", numbered, w.Text.Headline)
			}
		}
	}
	if old.Hash() != func() string { d := old; d.Numbered = !d.Numbered; return d.Hash() }() {
		t.Error("a habit of the house's making changes the hash of what was sent")
	}
}
