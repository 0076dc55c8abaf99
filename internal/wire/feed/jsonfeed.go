package feed

import (
	"strings"
	"time"

	"github.com/rotatif/newsroom"
	"github.com/rotatif/newsroom/internal/wire/sense"
	"github.com/rotatif/newsroom/internal/wire/tree"
)

// IsJSON says whether a value is a JSON Feed: it says so itself, or it has
// items that only a JSON Feed has.
func IsJSON(v tree.Value) bool {
	if v.Type != tree.Object {
		return false
	}
	if strings.Contains(v.Of("version").Scalar(), "jsonfeed.org") {
		return true
	}
	for _, item := range v.Of("items").Items {
		if item.Has("content_html", "content_text") {
			return true
		}
	}
	return v.Has("items") && v.Has("home_page_url", "feed_url")
}

// JSONParts finds the items of a JSON Feed.
func JSONParts(v tree.Value, src sense.Source, received time.Time) []sense.Part {
	from := about{format: "jsonfeed", language: v.Of("language").Scalar(), author: names(v), base: within(src.Base, v.Of("home_page_url").Scalar())}
	var parts []sense.Part
	for _, item := range v.Of("items").Items {
		parts = append(parts, sense.Part{ID: item.Of("id").Scalar(), Read: func() (newsroom.Dispatch, error) {
			if err := sense.Faulty(string(item.Fault)); err != nil {
				return newsroom.Dispatch{}, err
			}
			return adapt(parseJSON(item, from), from, src, received)
		}})
	}
	return parts
}

func parseJSON(v tree.Value, from about) raw {
	text := func(name string) string { return v.Of(name).Scalar() }
	r := raw{
		id: text("id"), link: text("url"), title: text("title"), summary: text("summary"),
		published: text("date_published"), updated: text("date_modified"),
		language: sense.First(text("language"), from.language),
		body:     v.Of("content_html").Text,
		base:     from.base,
	}
	if strings.TrimSpace(r.body) == "" {
		r.body, r.plain = v.Of("content_text").Text, true
	}
	if strings.TrimSpace(r.body) == "" {
		r.body, r.summary = r.summary, ""
	}
	if author := names(v); author != "" {
		r.authors = []string{author}
	}
	for _, tag := range v.Of("tags").Items {
		r.categories = append(r.categories, category{"", tag.Scalar(), tag.Scalar()})
	}
	for _, key := range []string{"image", "banner_image"} {
		if text(key) != "" {
			r.pictures = append(r.pictures, shot(text(key), "image"))
		}
	}
	r.attached(v.Of("attachments").Items)
	return r
}

// attached reads attachments: those of one title are the same thing in several sizes.
func (r *raw) attached(all []tree.Value) {
	at := map[string]int{}
	for _, a := range all {
		p, title := shot(a.Of("url").Scalar(), a.Of("mime_type").Scalar()), a.Of("title").Scalar()
		if i, known := at[title]; known && title != "" {
			r.pictures[i].sizes = append(r.pictures[i].sizes, p.sizes...)
			continue
		}
		at[title] = len(r.pictures)
		r.pictures = append(r.pictures, p)
	}
}

// names are the authors of a feed or an item, by both versions of the format.
func names(v tree.Value) string {
	var all []string
	for _, a := range v.Of("authors").Items {
		if name := a.Of("name").Scalar(); name != "" {
			all = append(all, name)
		}
	}
	return sense.First(strings.Join(all, ", "), v.Of("author").Of("name").Scalar())
}
