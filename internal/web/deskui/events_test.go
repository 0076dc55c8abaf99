package deskui

import (
	"net/url"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/rotatif/newsroom"
	"github.com/rotatif/newsroom/internal/journal"
	"github.com/rotatif/newsroom/internal/wire"
)

// copy is an item of the wire.
func (h *house) copy(provider, id string) newsroom.WireItem {
	h.t.Helper()
	found, err := h.store.Items(h.t.Context(), wire.Filter{Key: newsroom.ItemKey{Provider: provider, ID: id}, At: time.Now()})
	must(h.t, err)
	if len(found) != 1 {
		h.t.Fatalf("%d items %s of %s", len(found), id, provider)
	}
	return found[0]
}

// relate lets the copy about one event be found.
func (h *house) relate() {
	h.t.Helper()
	s := &wire.Siblings{Store: h.store, Copy: h.store, Ties: h.store, Now: time.Now}
	_, err := journal.Follower{Name: "siblings", Store: h.store, Do: s.Follow}.CatchUp(h.t.Context())
	must(h.t, err)
}

const shipText = "Körfez'de karaya oturan Yıldızeli adlı kuru yük gemisindeki 14 mürettebat kurtarıldı. Kaptan Halil Sönmez, makine arızası yüzünden sürüklendiklerini söyledi. Gemideki 320 ton yakıt için römorkörler bekliyor. Sahil Güvenlik ekipleri bölgede çalışmayı sürdürüyor."

// ship is copy about one ship, of any agency.
func ship(provider, id, headline, text string) newsroom.Dispatch {
	d := dispatch(id, headline)
	d.Key.Provider, d.Standfirst = provider, ""
	d.Body = newsroom.Body{{Kind: newsroom.Paragraph, Text: newsroom.Text(text)}}
	return d
}

func TestOneRowOfSeveralAgencies(t *testing.T) {
	t.Parallel()
	h := open(t)
	b := h.person("selin", newsroom.Editor)
	h.deliver(ship("baska", "b:1", "Karaya oturan gemide 14 kişi kurtarıldı", shipText+" Rüzgâr kuzeyden esiyor."), dispatch("p:9", "Belediye meclisi toplandı"))
	h.deliver(ship("pusula", "p:1", "Körfez'de gemi karaya oturdu", shipText))
	h.relate()
	list := b.get("/wire")
	rows := list.Find("#rows > li")
	if rows.Length() != 2 {
		t.Fatalf("%d rows", rows.Length())
	}
	row := rows.First()
	if have := strings.TrimSpace(row.Find("a .agency").First().Text()); have != "Pusula, BASKA" {
		t.Errorf("agencies %q", have)
	}
	if row.Find("a .words").First().Text() != "Körfez'de gemi karaya oturdu" || row.Find("details.beside li").Length() != 1 || !strings.Contains(row.Find("a .ours").First().Text(), "Yeni") {
		t.Errorf("row %s", row.Text())
	}
	if alone := b.get("/wire?each=1").Find("#rows > li"); alone.Length() != 3 || alone.Find("details").Length() != 0 {
		t.Errorf("%d rows when each stands alone", alone.Length())
	}
	theirs := b.get("/wire?agency=baska").Find("#rows > li").First()
	if theirs.Find("a .words").First().Text() != "Karaya oturan gemide 14 kişi kurtarıldı" {
		t.Errorf("what was asked for does not come first: %s", theirs.Text())
	}
}

// A story made of one agency's copy is had when another sends it too; a kill of
// one is told in the row of the other.
func TestHaveDerivedNew(t *testing.T) {
	t.Parallel()
	h := open(t)
	b := h.person("selin", newsroom.Editor)
	h.deliver(ship("pusula", "p:1", "Körfez'de gemi karaya oturdu", shipText), ship("baska", "b:1", "Karaya oturan gemide 14 kişi kurtarıldı", shipText))
	h.relate()
	mine := h.copy("pusula", "p:1")
	b.post("/wire/"+mine.ID.String()+"/take", url.Values{})
	theirs := b.get("/wire?agency=baska").Find("#rows > li .ours").First()
	if !strings.Contains(theirs.Text(), "Var") || !theirs.HasClass("have") {
		t.Errorf("%q", theirs.Text())
	}
	killed := ship("pusula", "p:1", "Körfez'de gemi karaya oturdu", shipText)
	killed.Status, killed.Version = newsroom.Canceled, "9"
	h.deliver(killed)
	h.relate()
	row := b.get("/wire").Find("#rows > li").First()
	if !strings.Contains(row.Text(), "kardeşi iptal edildi") || row.HasClass("dead") {
		t.Errorf("row %s", row.Text())
	}
	other := h.copy("baska", "b:1")
	page := b.get("/wire/" + other.ID.String())
	if link, _ := page.Find(".calling a").Attr("href"); link != "/wire/"+mine.ID.String() {
		t.Errorf("the call leads to %q", link)
	}
	if !strings.Contains(page.Find(".siblings").Text(), "aynı metin") {
		t.Errorf("siblings %s", page.Find("aside.context").Text())
	}
}

func TestPartAndJoinOnTheScreen(t *testing.T) {
	t.Parallel()
	h := open(t)
	b := h.person("selin", newsroom.Editor)
	h.deliver(ship("pusula", "p:1", "Körfez'de gemi karaya oturdu", shipText), ship("baska", "b:1", "Karaya oturan gemide 14 kişi kurtarıldı", shipText))
	h.relate()
	rows := func() int { return b.get("/wire").Find("#rows > li").Length() }
	at := "/wire/" + h.copy("pusula", "p:1").ID.String()
	other := h.copy("baska", "b:1")
	if n := rows(); n != 1 {
		t.Fatalf("%d rows", n)
	}
	b.post(at+"/part", url.Values{})
	if n := rows(); n != 2 {
		t.Errorf("%d rows after parting", n)
	}
	for _, wrong := range []string{"", "nirgends", "https://[", "/wire/999999", at} {
		b.post(at+"/join", url.Values{"other": {wrong}})
	}
	if n := rows(); n != 2 {
		t.Errorf("%d rows after wrong addresses", n)
	}
	b.post(at+"/join", url.Values{"other": {"https://desk.example.org/wire/" + other.ID.String() + "?q=gemi"}})
	if n := rows(); n != 1 {
		t.Errorf("%d rows after joining", n)
	}
}

// An event stands on one page of the list, at the place of what came last, and
// the addresses of an older page lead back to it.
func TestAnEventStandsOnOnePage(t *testing.T) {
	t.Parallel()
	h := open(t)
	b := h.person("selin", newsroom.Editor)
	h.deliver(dispatch("p:old", "Eski haber"), ship("pusula", "p:1", "Körfez'de gemi karaya oturdu", shipText))
	h.deliver(ship("pusula", "p:2", "Körfez'de gemi kurtarılıyor", shipText), ship("baska", "b:2", "Gemi karaya oturdu", shipText+" Rüzgâr sert."))
	for i := range wireRows - 2 {
		h.deliver(dispatch("p:x"+strconv.Itoa(i), "Başka haber "+strconv.Itoa(i)))
	}
	h.deliver(ship("baska", "b:1", "Karaya oturan gemide 14 kişi kurtarıldı", shipText))
	h.relate()
	first := b.get("/wire")
	first.has("#rows > li details", 1)
	more, _ := first.Find("p.more a").Attr("href")
	older := b.get(more)
	older.has("#rows > li details", 0)
	older.says("#rows", "Eski haber")
	if link, _ := older.Find("#rows > li a").First().Attr("href"); !strings.Contains(link, "before=") {
		t.Errorf("it leads to %q", link)
	}
	narrowed := b.get("/wire?agency=pusula&q=gemi")
	if link, _ := narrowed.Find("#rows > li a").First().Attr("href"); !strings.Contains(link, "agency=pusula") || narrowed.Find("#rows > li").Length() != 1 {
		t.Errorf("narrowed: %q, %d rows", link, narrowed.Find("#rows > li").Length())
	}
}
