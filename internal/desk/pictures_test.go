package desk_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/rotatif/newsroom"
)

// photo is a picture's item of an agency, with an address.
func photo(provider, id string) newsroom.WireItem {
	key := newsroom.ItemKey{Provider: provider, ID: id}
	return newsroom.WireItem{ID: 9, Key: key, Text: newsroom.Dispatch{
		Key: key, Kind: newsroom.KindPicture, Headline: "Köprü", Pictures: []newsroom.PictureRef{{ID: id, Src: "https://ajans.example/" + id + ".jpg"}},
	}}
}

// shows is a story that shows a picture: the house's own, or of the wire.
func (r *room) shows(s newsroom.Story, p newsroom.PictureRef, boxed bool) newsroom.Story {
	r.t.Helper()
	c := s.Content
	block := newsroom.Block{Kind: newsroom.Picture, Picture: &p}
	if boxed {
		block = newsroom.Block{Kind: newsroom.Background, Text: newsroom.Text("Kutu"), Blocks: newsroom.Body{block}}
	}
	c.Body = append(newsroom.Body{block}, c.Body...)
	done, err := r.Save(r.t.Context(), person(1, newsroom.Editor), s.ID, s.Revision, c)
	if err != nil {
		r.t.Fatal(err)
	}
	return done.Story
}

// A killed picture reaches every story that shows it: by the agency's id or its
// address, in a box, the house's own or of the wire, public or not, also when
// only readers still have it. It is held, and stays where it is.
func TestAKilledPicture(t *testing.T) {
	t.Parallel()
	byID, bySrc := newsroom.PictureRef{ID: "foto-1", Alt: "köprü"}, newsroom.PictureRef{Src: "https://ajans.example/foto-1.jpg", Alt: "köprü"}
	own := func(r *room) newsroom.Story {
		done, err := r.Begin(r.t.Context(), person(1, newsroom.Editor), r.ContentOf(item("x")))
		if err != nil {
			r.t.Fatal(err)
		}
		return done.Story
	}
	out := func(r *room, s newsroom.Story) {
		if err := publish(r, person(1, newsroom.Editor), s); err != nil {
			r.t.Fatal(err)
		}
	}
	for name, c := range map[string]struct {
		story func(r *room) newsroom.Story
		want  string
	}{
		"a draft":        {func(r *room) newsroom.Story { return r.shows(r.take(item("urn:1")), byID, false) }, "draft agency_picture"},
		"by its address": {func(r *room) newsroom.Story { return r.shows(r.take(item("urn:1")), bySrc, false) }, "draft agency_picture"},
		"in a box":       {func(r *room) newsroom.Story { return r.shows(r.take(item("urn:1")), byID, true) }, "draft agency_picture"},
		"of the house":   {func(r *room) newsroom.Story { return r.shows(own(r), byID, false) }, "draft agency_picture"},
		"another picture": {func(r *room) newsroom.Story {
			return r.shows(r.take(item("urn:1")), newsroom.PictureRef{ID: "foto-2"}, false)
		}, "draft"},
		"another agency's": {func(r *room) newsroom.Story { return r.shows(r.take(photo("ba", "urn:1")), byID, false) }, "draft"},
		"before readers":   {func(r *room) newsroom.Story { s := r.shows(r.take(item("urn:1")), byID, false); out(r, s); return s }, "published agency_picture"},
		"before readers alone": {func(r *room) newsroom.Story {
			s := r.shows(r.take(item("urn:1")), byID, false)
			out(r, s)
			return r.without(s.ID)
		}, "published agency_picture"},
		"no more": {func(r *room) newsroom.Story { return r.without(r.shows(r.take(item("urn:1")), byID, false).ID) }, "draft"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := open(t)
			s := c.story(r)
			dead := photo("ka", "foto-1")
			dead.Killed, dead.KillMark.Hash = true, "1"
			r.wire.put(dead)
			for range 2 {
				if err := r.Intake(t.Context(), newsroom.Fact{Kind: newsroom.ItemWasKilled, Key: dead.Key}); err != nil {
					t.Fatal(err)
				}
			}
			s, err := r.Store.Story(t.Context(), s.ID)
			if have := strings.TrimSpace(string(s.State) + " " + strings.TrimPrefix(s.Held, "hold.")); err != nil || have != c.want {
				t.Errorf("%q, want %q (%v)", have, c.want, err)
			}
		})
	}
}

// without takes the pictures out of a story.
func (r *room) without(id newsroom.StoryID) newsroom.Story {
	r.t.Helper()
	s, err := r.Store.Story(r.t.Context(), id)
	if err != nil {
		r.t.Fatal(err)
	}
	c := s.Content
	c.Body = newsroom.Body{{Kind: newsroom.Paragraph, Text: newsroom.Text("Yalnız metin.")}}
	done, err := r.Save(r.t.Context(), person(1, newsroom.Editor), id, s.Revision, c)
	if err != nil {
		r.t.Fatal(err)
	}
	return done.Story
}

// What shows a picture under embargo is not published before its end.
func TestAPictureUnderEmbargo(t *testing.T) {
	t.Parallel()
	r := open(t)
	p := photo("ka", "foto-1")
	p.Embargo = newsroom.Embargo{State: newsroom.EmbargoUntil, Until: noon.Add(time.Hour)}
	r.wire.put(p)
	it := item("urn:1")
	s := r.shows(r.take(it), newsroom.PictureRef{ID: "foto-1", Alt: "köprü"}, false)
	refused(newsroom.Held, publish)(r, &it, s.ID)
	r.clock = noon.Add(time.Hour)
	does(clearHold)(r, &it, s.ID)
	does(publish)(r, &it, s.ID)
}

// What shows a killed picture is not published, whenever it was made; a person
// may decide on it, or take the picture out.
func TestAKilledPictureIsNotPublished(t *testing.T) {
	t.Parallel()
	r := open(t)
	dead := photo("ka", "foto-1")
	dead.Withheld, dead.StatusMark.Hash = true, "1"
	r.wire.put(dead)
	for i, turns := range map[int][]turn{
		1: {does(clearHold), does(publish)},
		2: {does(func(r *room, _ newsroom.Person, s newsroom.Story) error { r.without(s.ID); return nil }), does(clearHold), does(publish)},
		3: {does(clearHold), silently(func(*newsroom.WireItem) { again := dead; again.StatusMark.Hash = "2"; r.wire.put(again) }), refused(newsroom.Held, publish)},
	} {
		it := item(fmt.Sprint("urn:", i))
		it.Text.Pictures = []newsroom.PictureRef{{ID: "foto-1", Src: "https://ajans.example/foto-1.jpg"}}
		r.wire.put(dead)
		s := r.shows(r.take(it), newsroom.PictureRef{Src: "https://ajans.example/foto-1.jpg", Alt: "köprü"}, false)
		for _, turn := range append([]turn{refused(newsroom.Held, publish)}, turns...) {
			turn(r, &it, s.ID)
		}
	}
}
