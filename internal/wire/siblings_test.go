package wire_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/rotatif/newsroom"
	"github.com/rotatif/newsroom/internal/journal"
	"github.com/rotatif/newsroom/internal/wire"
)

// suspect lets the siblings catch up with the journal.
func (b *bench) suspect() {
	b.Helper()
	s := &wire.Siblings{Store: b.store, Copy: b.store, Ties: b.store, Now: b.Now}
	f := journal.Follower{Name: "siblings", Store: b.store, Do: s.Follow}
	if _, err := f.CatchUp(b.Context()); err != nil {
		b.Fatal(err)
	}
}

// inAnyOrder lets deliveries come in six orders, followed at once or later, and
// looks at what comes of each.
func inAnyOrder(t *testing.T, deliveries [][2]string, look func(t *testing.T, b *bench)) {
	t.Helper()
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
			look(t, b)
		})
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
	inAnyOrder(t, deliveries, func(t *testing.T, b *bench) {
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

// A notice that is found to mean other copy after all takes its own call back,
// and not the call to what repeats killed copy, in whose place it stood.
func TestASuspectCallsAfterANotice(t *testing.T) {
	t.Parallel()
	b := open(t)
	more := fmt.Sprintf(`,"headline":"Suda kurşun","body_text":%q`, falseStory)
	for _, raw := range []string{ninjs("su-1", 1, more), ninjs("su-1", 2, `,"pubstatus":"canceled"`), ninjs("su-2", 1, more)} {
		b.send("ka", raw)
		b.settle()
	}
	b.suspect()
	by := newsroom.By{At: b.Now()}
	for _, rule := range []wire.Change{
		func(w newsroom.WireItem) (newsroom.WireItem, []newsroom.Fact, error) {
			return w.Announce(newsroom.Noticed{From: 99, Kind: newsroom.NoticeHold, At: b.Now()}, by)
		},
		func(w newsroom.WireItem) (newsroom.WireItem, []newsroom.Fact, error) { return w.Retract(99, by) },
	} {
		if _, _, err := b.store.ChangeItem(b.Context(), b.item("ka", "su-2").ID, rule); err != nil {
			t.Fatal(err)
		}
		b.suspect()
	}
	if w := b.item("ka", "su-2"); !w.Call.Open() || w.Call.Why != newsroom.CallSuspect {
		t.Errorf("call %+v", w.Call)
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

// fires are three agencies' copy about one fire, an older text sent again, and
// copy about other things.
func fires() [][2]string {
	story := func(id, headline, text string) string {
		return ninjs(id, 1, fmt.Sprintf(`,"language":"tr","headline":%q,"body_text":%q`, headline, text))
	}
	first := "ÇAMLIOVA (KA) - Çamlıova Organize Sanayi Bölgesi'ndeki mobilya fabrikasında çıkan yangında 4 işçi dumandan etkilendi. Saat 03.15'te başlayan yangına 27 itfaiye aracı müdahale etti. Fabrika müdürü Selim Karaduman, 1.200 metrekarelik deponun tamamen yandığını söyledi. Yaralılar Çamlıova Devlet Hastanesi'ne kaldırıldı."
	return [][2]string{
		{"ka", story("f-1", "Çamlıova'da mobilya fabrikasında yangın: 4 işçi etkilendi", first)},
		{"ka", story("f-2", "Çamlıova'da mobilya fabrikasında yangın: 4 işçi etkilendi", first+" Soruşturma sürüyor.")},
		{"ba", story("b-1", "Çamlıova'da mobilya fabrikası yandı, 4 işçi hastanelik oldu", "Çamlıova'da gece yarısından sonra alevlere teslim olan mobilya fabrikası kül oldu. Organize Sanayi Bölgesi'nde 27 araçla yapılan müdahale sabaha dek sürerken Fabrika müdürü Selim Karaduman “Deponun 1.200 metrekaresi gitti” diye konuştu. Dumandan zehirlenen 4 kişinin durumu iyi.")},
		{"ba", story("b-2", "Karasu'da öğrenciler okul duvarını boyadı", "Karasu'da öğrenciler, bahar şenliğinde okulun duvarlarını boyadı, aileler kermes kurdu ve elde edilen gelir kütüphaneye kitap almak üzere okul müdürlüğüne teslim edildi.")},
		{"ca", story("c-1", "Gökpınar'da fabrika yangını: 2 işçi yaralı", "Gökpınar ilçesindeki tekstil fabrikasında çıkan yangında 2 işçi yaralandı. Sabah 08.40'ta kazan dairesinde başlayan yangını 9 itfaiye aracı söndürdü. İşletme sahibi Nermin Ulu zararın büyük olduğunu belirtti.")},
	}
}

// Whatever comes first, the same copy stands together; a kill of one calls a
// person to the others and kills none of them.
func TestCopyOfOneEventInAnyOrder(t *testing.T) {
	t.Parallel()
	deliveries := append(fires(), [2]string{"ka", ninjs("f-1", 9, `,"pubstatus":"canceled"`)})
	inAnyOrder(t, deliveries, func(t *testing.T, b *bench) {
		fire := b.item("ka", "f-1").Event
		for key, with := range map[[2]string]bool{{"ka", "f-2"}: true, {"ba", "b-1"}: true, {"ba", "b-2"}: false, {"ca", "c-1"}: false} {
			w := b.item(key[0], key[1])
			if fire == 0 || (w.Event == fire) != with {
				t.Errorf("%s stands in event %d, the fire is %d", key[1], w.Event, fire)
			}
			if w.Call.Open() != with || w.Killed || with && w.Call.About != b.item("ka", "f-1").ID {
				t.Errorf("%s: call %+v, killed %v", key[1], w.Call, w.Killed)
			}
		}
		if b.item("ka", "f-2").Call.Why != newsroom.CallSuspect || b.item("ba", "b-1").Call.Why != newsroom.CallSibling {
			t.Errorf("why: %+v, %+v", b.item("ka", "f-2").Call, b.item("ba", "b-1").Call)
		}
	})
}

// What a person says stands, also when the copy is sent anew.
func TestAPersonPartsAndJoins(t *testing.T) {
	t.Parallel()
	b := open(t)
	for _, d := range fires() {
		b.send(d[0], d[1])
	}
	b.settle()
	b.suspect()
	taster := wire.Taster{Copy: b.store, Ties: b.store, Now: b.Now}
	editor := person(newsroom.Editor)
	if err := taster.Part(t.Context(), editor, b.item("ba", "b-1")); err != nil {
		t.Fatal(err)
	}
	if err := taster.Join(t.Context(), editor, b.item("ba", "b-2"), b.item("ca", "c-1")); err != nil {
		t.Fatal(err)
	}
	again := strings.Replace(fires()[2][1], `"version":"1"`, `"version":"2"`, 1)
	b.send("ba", again)
	b.settle()
	b.suspect()
	fire, parted := b.item("ka", "f-1"), b.item("ba", "b-1")
	if parted.Revisions != 2 || parted.Event != 0 || fire.Event == 0 || fire.Event != b.item("ka", "f-2").Event {
		t.Errorf("parted %+v, fire %d", parted.Event, fire.Event)
	}
	if joined := b.item("ba", "b-2").Event; joined == 0 || joined != b.item("ca", "c-1").Event {
		t.Errorf("joined: event %d", joined)
	}
	if err := taster.Join(t.Context(), editor, fire, fire); newsroom.KindOf(err) != newsroom.Invalid {
		t.Errorf("joined with itself: %v", err)
	}
	if err := taster.Part(t.Context(), person(newsroom.Writer), fire); newsroom.KindOf(err) != newsroom.Forbidden {
		t.Errorf("a writer: %v", err)
	}
}

// Copy that was rewritten into something else leaves its event.
func TestRewrittenCopyLeaves(t *testing.T) {
	t.Parallel()
	b := open(t)
	all := fires()
	b.send("ka", all[0][1])
	b.send("ba", all[2][1])
	b.settle()
	b.suspect()
	if b.item("ba", "b-1").Event == 0 {
		t.Fatal("they do not stand together")
	}
	b.send("ba", ninjs("b-1", 3, `,"headline":"Karasu'da şenlik","body_text":"Karasu'da bahar şenliği başladı, çocuklar uçurtma uçurdu, kermeste satılan gözlemelerin geliri kütüphaneye bağışlandı."`))
	b.settle()
	b.suspect()
	if b.item("ba", "b-1").Event != 0 || b.item("ka", "f-1").Event != 0 {
		t.Error("they still stand together")
	}
}
