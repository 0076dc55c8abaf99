package feed

import (
	"strings"

	"github.com/rotatif/newsroom/internal/letters"
	"github.com/rotatif/newsroom/internal/wire/sense"
	"github.com/rotatif/newsroom/internal/wire/tree"
)

// private reads what Turkish agencies add to RSS in elements of their own: a
// code of the item, its city, its categories, whether it is a flash, when text
// and pictures changed. "-" stands for nothing.
func (r *raw) private(n *tree.Node) {
	said := func(names ...string) string {
		for _, name := range names {
			if text := n.Kid(name).Line(); text != "" && text != "-" {
				return text
			}
		}
		return ""
	}
	if code := said("HaberKodu", "HaberID", "NewsID", "haber_kodu", "haberkodu"); code != "" {
		r.id, r.quoted = code, true
	}
	r.place = sense.First(r.place, said("Sehir", "sehir", "city"))
	r.updated = sense.First(r.updated, said("SonHaberGuncellenmeTarihi", "guncellemeTarihi"))
	for _, name := range []string{"UstKategori", "Kategori"} {
		if text := said(name); text != "" {
			r.categories = append(r.categories, category{name, text, text})
		}
	}
	switch letters.Fold(said("SonDakika", "sondakika", "flash")) {
	case "evet", "true", "1", "yes":
		r.flash = true
	}
	captions := map[string]string{}
	for _, c := range n.Kid("Aciklamalar").All("Aciklama") {
		captions[pictureCode(c)] = c.Line()
	}
	for _, list := range n.All("images", "resimler", "photos", "photoshd") {
		r.listed(list, captions)
	}
	if len(n.Kid("images").All("image")) == 0 {
		for _, i := range n.All("image", "resim") {
			r.pictures = append(r.pictures, shot(sense.First(i.Kid("url").Line(), i.Attr("url"), i.Line()), "image"))
		}
	}
}

// pictureCode is the agency's code of a picture, on the picture and its caption.
func pictureCode(n *tree.Node) string { return sense.First(n.Attr("ResimKodu"), n.Attr("FotografID")) }

// listed reads a list of pictures, or a single one.
func (r *raw) listed(list *tree.Node, captions map[string]string) {
	items := list.All("image", "resim", "photo", "path")
	if len(items) == 0 {
		items = []*tree.Node{list}
	}
	for _, i := range items {
		if inner := i.Kid("path"); inner != nil {
			i = inner
		}
		href, id := sense.First(i.Line(), i.Attr("url"), i.Attr("href")), pictureCode(i)
		if strings.TrimSpace(i.Attr("filesize")) == "0" {
			r.waiting++
			continue
		}
		if href != "" && href != "-" {
			p := shot(href, "image")
			p.id, p.caption = id, captions[id]
			r.pictures = append(r.pictures, p)
		}
	}
}
