package deskui

import (
	"strings"
	"testing"

	"github.com/rotatif/newsroom"
)

// What the house may do with an agency's copy stands beside it; of pictures
// only where there are any.
func TestTermsStandBesideTheDispatch(t *testing.T) {
	t.Parallel()
	h := open(t)
	h.deliver(dispatch("t1", "Köprü açıldı"))
	pictured := dispatch("t2", "Köprüden ilk geçişler")
	pictured.Pictures = []newsroom.PictureRef{{ID: "p1", Src: "https://pictures.example/1.jpg"}}
	h.deliver(pictured)
	b := h.person("defne", newsroom.Chief)
	plain := b.get("/wire/1").is(200)
	plain.says("dl.facts", "Metin kısaltılabilir, anlamı değiştirilemez.")
	if strings.Contains(plain.Find("dl.facts").Text(), "Fotoğraf kullanılmadan") {
		t.Error("terms of pictures where there is none")
	}
	b.get("/wire/2").is(200).says("dl.facts", "Fotoğraf kullanılmadan önce ajansa sorulur.")
}
