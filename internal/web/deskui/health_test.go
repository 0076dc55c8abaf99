package deskui

import (
	"fmt"
	"net/url"
	"testing"
	"time"

	"github.com/rotatif/newsroom"
	"github.com/rotatif/newsroom/internal/wire"
)

// The board tells of every source, the ill ones first.
func TestHealthBoard(t *testing.T) {
	t.Parallel()
	h := open(t)
	b := h.person("defne", newsroom.Writer)
	b.get("/wire/health").says(".empty", "kaynak")
	h.sources = []SourceState{
		{Name: "ka", Provider: "pusula", Kind: "poll", Success: time.Now(), Keep: 90 * 24 * time.Hour},
		{Name: "za", Provider: "za", Kind: "folder", Failures: 3, Trouble: "permission denied", Unread: time.Now().Add(-time.Hour)},
		{Name: "ya", Provider: "ya", Kind: "push", Skew: -5 * time.Minute},
		{Name: "zz", Provider: "zz", Kind: "folder", Why: "rights", Trouble: "open a.xml: permission denied"},
	}
	dead := dispatch("a1", "Fabrikada yangın çıktı")
	dead.Status = newsroom.Canceled
	h.deliver(dead)
	h.spoil("bozuk.xml", "<yarım")
	b.get("/wire/health").has(".source", 5).has(".source.ill", 4).says("#source-zz .mark.alarm", "yetkimiz yok").says("#source-za", "permission denied").says("#source-za", "3 çağrı").
		says("#source-za", "Alınmamış en eski dosya").
		says("#source-ya", "saati 5 dakika geri").says("#source-pusula-klasor", "okunamayan").says("#source-ka", "Pusula").has("#source-ka .hours rect", 48)
	b.get("/wire/health").says("#source-ka .mark.alarm", "1 açık çağrı").has(`#source-ka .mark a[href="/calls"]`, 1).says("#source-ka", "90 gün saklanır")
	b.post("/wire/1/answer", url.Values{"seen": b.seen("/wire/1")})
	b.get("/wire/health").has("#source-ka .mark", 0)
	first := b.get("/wire/health").Find(".source").First().AttrOr("id", "")
	if first != "source-ya" {
		t.Errorf("first of all %s", first)
	}
	h.person("can", newsroom.Admin).get("/wire/health").is(403)
}

// A source that has sent every quarter of an hour and has fallen silent is told of.
func TestAQuietSource(t *testing.T) {
	t.Parallel()
	h := open(t)
	b := h.person("defne", newsroom.Editor)
	for i := range 12 * 24 {
		at := time.Now().AddDate(0, 0, -12).Add(time.Duration(i) * time.Hour)
		if time.Since(at) < 12*time.Hour {
			continue
		}
		for n := range 2 {
			r := wire.Receipt{Source: "ka", Provider: "ka", Received: at.Add(time.Duration(n) * time.Minute), Hash: fmt.Sprint(i, n)}
			id, _, err := h.store.Keep(t.Context(), r, []byte("x"))
			must(t, err)
			must(t, h.store.Settle(t.Context(), newsroom.WireItem.Fold, wire.Settlement{ID: id, Verdict: wire.Verdict{Outcome: wire.Settled, Items: 1, At: at}, Dispatches: nil}))
		}
	}
	b.get("/wire/health").has("#source-ka.ill", 1).says("#source-ka .alarm", "sessiz")
	b.get("/wire").says("nav", "Kaynaklar")
}
