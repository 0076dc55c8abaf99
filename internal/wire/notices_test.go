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

// feedItem is one item of a feed, as an agency without a status field sends it.
func feedItem(id, headline, text string, minute int) string {
	return fmt.Sprintf(`<rss version="2.0"><channel><title>Kuzey</title><item><guid isPermaLink="false">%s</guid><title>%s</title>
		<pubDate>Wed, 04 Mar 2026 09:%02d:00 +0000</pubDate><description>%s</description></item></channel></rss>`, id, headline, minute, text)
}

// follow lets the notices catch up with the journal.
func (b *bench) follow() {
	b.Helper()
	n := &wire.Notices{Store: b.store, Copy: b.store, Now: b.Now}
	f := journal.Follower{Name: "wire.notices", Store: b.store, Do: n.Follow}
	if _, err := f.CatchUp(b.Context()); err != nil {
		b.Fatal(err)
	}
}

func (b *bench) state(id string) newsroom.ItemState { return b.item("ka", id).State(b.Now()) }

// Whatever comes first, and however often: the notice finds the copy that it
// means, and no other.
func TestNoticesInAnyOrder(t *testing.T) {
	t.Parallel()
	deliveries := []string{
		feedItem("ka-550", "Fabrikada çıkan yangın söndürüldü", "ÇAMLIOVA (KA) - Yangın söndürüldü.", 5),
		feedItem("ka-550", "Fabrikada çıkan yangın söndürüldü", "ÇAMLIOVA (KA) - Yangın tümüyle söndürüldü.", 15),
		feedItem("ka-551", "Fabrikada çıkan yangın soruşturuluyor", "ÇAMLIOVA (KA) - Soruşturma açıldı.", 7),
		feedItem("ka-559", "İPTAL - Fabrikada çıkan yangın söndürüldü", "ka-550 numaralı haberimiz iptal edilmiştir.", 30),
		feedItem("ka-560", "HABER İPTALİ", "\"Okulda boya şenliği yapıldı\" başlıklı haberimizi kullanmayınız.", 31),
		feedItem("ka-552", "Okulda boya şenliği yapıldı", "KARASU (KA) - Şenlik yapıldı.", 8),
		feedItem("ka-570", "HABER İPTALİ", "\"Böyle bir haber hiç gelmedi ki\" başlıklı haberimizi kullanmayınız.", 32),
		feedItem("ka-553", "İptal edilen konserin biletleri iade ediliyor", "KARASU (KA) - Konser iptal edilmiştir.", 9),
	}
	for round := range 6 {
		t.Run(fmt.Sprint(round), func(t *testing.T) {
			t.Parallel()
			b := open(t)
			r := rand.New(rand.NewPCG(uint64(round), 1))
			for range 2 {
				for _, i := range r.Perm(len(deliveries)) {
					b.send("ka", deliveries[i])
					b.settle()
					if r.IntN(2) == 0 {
						b.follow()
					}
				}
			}
			b.follow()
			for id, want := range map[string]newsroom.ItemState{
				"ka-550": newsroom.ItemAnnounced, "ka-551": newsroom.ItemUsable, "ka-552": newsroom.ItemAnnounced, "ka-553": newsroom.ItemUsable,
				"ka-559": newsroom.ItemNotice, "ka-560": newsroom.ItemNotice, "ka-570": newsroom.ItemNotice,
			} {
				if got := b.state(id); got != want {
					t.Errorf("%s is %s, want %s", id, got, want)
				}
			}
			for id, why := range map[string]newsroom.CallWhy{"ka-550": newsroom.CallNotice, "ka-552": newsroom.CallNotice, "ka-570": newsroom.CallUnmatched} {
				if c := b.item("ka", id).Call; !c.Open() || c.Why != why {
					t.Errorf("%s: call %+v, want %s", id, c, why)
				}
			}
			for _, id := range []string{"ka-551", "ka-553", "ka-559", "ka-560"} {
				if c := b.item("ka", id).Call; c.Open() {
					t.Errorf("%s calls: %+v", id, c)
				}
			}
		})
	}
}

// A notice works inside its own provider.
func TestANoticeOfAnotherAgency(t *testing.T) {
	t.Parallel()
	b := open(t)
	b.send("ka", feedItem("ka-550", "Fabrikada çıkan yangın söndürüldü", "Yangın söndürüldü.", 5))
	b.send("ba", feedItem("ba-1", "HABER İPTALİ", "ka-550 numaralı \"Fabrikada çıkan yangın söndürüldü\" başlıklı haberimiz iptal edilmiştir.", 9))
	b.settle()
	b.follow()
	if got := b.state("ka-550"); got != newsroom.ItemUsable {
		t.Errorf("it is %s", got)
	}
	if c := b.item("ba", "ba-1").Call; !c.Open() || c.Why != newsroom.CallUnmatched {
		t.Errorf("call %+v", c)
	}
}

// The agency puts the notice in the place of the copy.
func TestANoticeInPlaceOfTheCopy(t *testing.T) {
	t.Parallel()
	b := open(t)
	b.send("ka", feedItem("ka-550", "Fabrikada çıkan yangın söndürüldü", "Yangın söndürüldü.", 5))
	b.send("ka", feedItem("ka-550", "İPTAL - Fabrikada çıkan yangın söndürüldü", "Haberimiz iptal edilmiştir.", 9))
	b.settle()
	b.follow()
	if got := b.state("ka-550"); got != newsroom.ItemAnnounced {
		t.Errorf("it is %s", got)
	}
}

// people are those of the house.
func person(role newsroom.Role) newsroom.Person {
	return newsroom.Person{ID: 7, Roles: []newsroom.Role{role}}
}

func TestWhatPeopleDecide(t *testing.T) {
	t.Parallel()
	b := open(t)
	b.send("ka", feedItem("ka-550", "Fabrikada çıkan yangın söndürüldü", "Yangın söndürüldü.", 5))
	b.send("ka", feedItem("ka-559", "HABER İPTALİ", "ka-550 numaralı haberimiz iptal edilmiştir.", 9))
	b.send("ka", feedItem("ka-700", "İPTAL - Konser", "", 9))
	b.settle()
	b.follow()
	taster := wire.Taster{Copy: b.store, Now: b.Now}
	copied, from, concert := b.item("ka", "ka-550").ID, b.item("ka", "ka-559").ID, b.item("ka", "ka-700").ID

	if _, err := taster.Judge(t.Context(), person(newsroom.Writer), copied, from, newsroom.Confirmed); newsroom.KindOf(err) != newsroom.Forbidden {
		t.Errorf("a writer judges: %v", err)
	}
	seen := func() string { return b.item("ka", "ka-550").Sight(b.Now()) }
	before := seen()
	if _, err := taster.Answer(t.Context(), person(newsroom.Writer), copied, ""); newsroom.KindOf(err) != newsroom.Conflict {
		t.Errorf("answered by somebody who has not seen it: %v", err)
	}
	answered, err := taster.Answer(t.Context(), person(newsroom.Writer), copied, before)
	if err != nil || answered.Call.Open() || answered.Call.By != 7 {
		t.Errorf("call %+v (%v)", answered.Call, err)
	}
	if _, err := taster.Judge(t.Context(), person(newsroom.Editor), copied, from, newsroom.Dismissed); err != nil || b.state("ka-550") != newsroom.ItemUsable {
		t.Errorf("dismissed: %s (%v)", b.state("ka-550"), err)
	}
	b.follow()
	if got := b.state("ka-550"); got != newsroom.ItemUsable {
		t.Errorf("announced again after it was dismissed: %s", got)
	}
	if _, err := taster.Judge(t.Context(), person(newsroom.Editor), copied, from, newsroom.Confirmed); err != nil || b.state("ka-550") != newsroom.ItemKilled {
		t.Errorf("confirmed: %s (%v)", b.state("ka-550"), err)
	}
	if _, err := taster.Revive(t.Context(), person(newsroom.Editor), copied, seen(), "yanlış anlama"); newsroom.KindOf(err) != newsroom.Forbidden {
		t.Errorf("an editor revives: %v", err)
	}
	if _, err := taster.Revive(t.Context(), person(newsroom.Chief), copied, before, "yanlış anlama"); newsroom.KindOf(err) != newsroom.Conflict || b.state("ka-550") != newsroom.ItemKilled {
		t.Errorf("revived by somebody who has not seen the kill: %v", err)
	}
	if _, err := taster.Revive(t.Context(), person(newsroom.Chief), copied, seen(), "yanlış anlama"); err != nil || b.state("ka-550") != newsroom.ItemUsable {
		t.Errorf("revived: %s (%v)", b.state("ka-550"), err)
	}
	if _, err := taster.Plain(t.Context(), person(newsroom.Editor), concert); err != nil || b.state("ka-700") != newsroom.ItemUsable {
		t.Errorf("ordinary copy: %s (%v)", b.state("ka-700"), err)
	}
	if _, err := taster.Answer(t.Context(), person(newsroom.Writer), 4711, ""); newsroom.KindOf(err) != newsroom.NotFound {
		t.Errorf("no such item: %v", err)
	}
}

// What could not be read is read again when the house has learned to.
func TestRetry(t *testing.T) {
	t.Parallel()
	b := open(t)
	id := b.send("ka", "kein Format")
	b.settle()
	taster := wire.Taster{Copy: b.store, Now: b.Now}
	if b.verdict(id).Outcome != wire.Quarantined {
		t.Fatalf("%+v", b.verdict(id))
	}
	if err := taster.Retry(t.Context(), person(newsroom.Writer), id); newsroom.KindOf(err) != newsroom.Forbidden {
		t.Errorf("a writer: %v", err)
	}
	if err := taster.Retry(t.Context(), person(newsroom.Editor), id); err != nil || b.verdict(id).Outcome != wire.Waiting {
		t.Errorf("%+v (%v)", b.verdict(id), err)
	}
	if err := taster.Retry(t.Context(), person(newsroom.Editor), id); newsroom.KindOf(err) != newsroom.Conflict {
		t.Errorf("twice: %v", err)
	}
	if n := b.settle(); n != 1 || b.verdict(id).Outcome != wire.Quarantined || !strings.HasPrefix(b.verdict(id).Reason, "wire.reason.") {
		t.Errorf("%d settled again: %+v", n, b.verdict(id))
	}
}
