package wire_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/rotatif/newsroom"
	"github.com/rotatif/newsroom/internal/journal"
	"github.com/rotatif/newsroom/internal/wire"
)

// suspect lets the suspects catch up with the journal.
func (b *bench) suspect() {
	b.Helper()
	s := &wire.Suspects{Store: b.store, Copy: b.store, Now: b.Now}
	f := journal.Follower{Name: "suspects", Store: b.store, Do: s.Follow}
	if _, err := f.CatchUp(b.Context()); err != nil {
		b.Fatal(err)
	}
}

const falseStory = "Çamlıova Belediyesi sözcüsü, ilçedeki içme suyunda sınırın üzerinde kurşun bulunduğunu, halkın 5 gün boyunca musluk suyu içmemesi gerektiğini, okullara damacana dağıtılacağını ve tankerlerin mahallelere sabah saatlerinden itibaren gönderileceğini açıkladı."

// Whatever comes first: copy that says what was killed calls a person, under
// another id and from another agency; it is not killed, and other copy is left alone.
func TestSuspectsInAnyOrder(t *testing.T) {
	t.Parallel()
	story := func(id string, version int, text string) string {
		return ninjs(id, version, fmt.Sprintf(`,"headline":"Suda kurşun bulundu","body_text":%q`, text))
	}
	deliveries := [][2]string{
		{"ka", story("su-1", 1, falseStory)},
		{"ka", ninjs("su-1", 2, `,"pubstatus":"canceled"`)},
		{"ka", story("su-2", 1, "ÇAMLIOVA (KA) - "+falseStory)},
		{"ba", story("b-7", 1, falseStory+" Vali de bir açıklama yapacak.")},
		{"ba", story("b-8", 1, "Karasu'da öğrenciler, bahar şenliğinde okulun duvarlarını boyadı, aileler kermes kurdu ve elde edilen gelir kütüphaneye kitap almak üzere okul müdürlüğüne teslim edildi.")},
	}
	for round := range 6 {
		t.Run(fmt.Sprint(round), func(t *testing.T) {
			t.Parallel()
			b := open(t)
			r := rand.New(rand.NewPCG(uint64(round), 3))
			for _, i := range r.Perm(len(deliveries)) {
				b.send(deliveries[i][0], deliveries[i][1])
				b.settle()
				if r.IntN(2) == 0 {
					b.suspect()
				}
			}
			b.suspect()
			for _, key := range [][2]string{{"ka", "su-2"}, {"ba", "b-7"}} {
				w := b.item(key[0], key[1])
				if !w.Call.Open() || w.Call.Why != newsroom.CallSuspect || w.Killed || w.State(b.Now()) != newsroom.ItemUsable {
					t.Errorf("%s: %s, call %+v", key[1], w.State(b.Now()), w.Call)
				}
			}
			if w := b.item("ba", "b-8"); w.Call != nil {
				t.Errorf("other copy calls: %+v", w.Call)
			}
			if w := b.item("ka", "su-1"); w.State(b.Now()) != newsroom.ItemKilled || w.Call.Why != newsroom.CallKill {
				t.Errorf("the killed one: %s, %+v", w.State(b.Now()), w.Call)
			}
		})
	}
}

// Whoever has come to a suspect is not called again by the same kill.
func TestASuspectCallsOnce(t *testing.T) {
	t.Parallel()
	b := open(t)
	more := fmt.Sprintf(`,"headline":"Suda kurşun","body_text":%q`, falseStory)
	for _, raw := range []string{ninjs("su-1", 1, more), ninjs("su-1", 2, `,"pubstatus":"canceled"`), ninjs("su-2", 1, more)} {
		b.send("ka", raw)
		b.settle()
	}
	b.suspect()
	id := b.item("ka", "su-2").ID
	_, _, err := b.store.ChangeItem(b.Context(), id, func(w newsroom.WireItem) (newsroom.WireItem, []newsroom.Fact, error) {
		return w.Answer(newsroom.By{Person: 1, At: b.Now()})
	})
	if err != nil {
		t.Fatal(err)
	}
	b.send("ka", ninjs("su-2", 2, more))
	b.settle()
	b.suspect()
	if w := b.item("ka", "su-2"); w.Call == nil || w.Call.Open() {
		t.Errorf("call %+v", w.Call)
	}
}
