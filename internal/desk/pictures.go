package desk

import (
	"context"
	"fmt"
	"slices"

	"github.com/rotatif/newsroom"
)

// placed holds every story, public or not, that shows a picture of the item,
// when the agency takes the item back in whatever way. A story of another
// agency's copy is not this agency's to stop.
func (d *Desk) placed(ctx context.Context, item newsroom.WireItem, by newsroom.By) error {
	kind := item.Text.Kind
	if holdFor(item.State(by.At)) == "" || kind != newsroom.KindPicture && kind != newsroom.KindGraphic && kind != newsroom.KindUnknown {
		return nil
	}
	marks := []string{item.Key.ID}
	for _, p := range item.Text.Pictures {
		marks = append(marks, p.Marks()...)
	}
	for page := (Filter{Pictures: marks, Limit: 500}); ; {
		stories, err := d.Store.Stories(ctx, page)
		if err != nil {
			return fmt.Errorf("desk: stories with pictures of item %d: %w", item.ID, err)
		}
		for _, s := range stories {
			if err := d.holdPlaced(ctx, s, item.Key, marks, by); err != nil {
				return fmt.Errorf("desk: story %d with a picture of item %d: %w", s.ID, item.ID, err)
			}
			page.Before = s.ID
		}
		if len(stories) < page.Limit {
			return nil
		}
	}
}

// holdPlaced holds a story if it shows one of the pictures, in its newest text
// or to readers, and nothing that says more holds it.
func (d *Desk) holdPlaced(ctx context.Context, s newsroom.Story, key newsroom.ItemKey, marks []string, by newsroom.By) error {
	if s.Origin == key || s.Origin.Provider != "" && s.Origin.Provider != key.Provider {
		return nil
	}
	read := false
	if s.State.Public() && s.Pending() {
		revisions, err := d.Store.Revisions(ctx, s.ID)
		if err != nil {
			return err
		}
		read = slices.ContainsFunc(revisions, func(r newsroom.Revision) bool {
			return r.No == s.Live.Revision && has(r.Content.Body, marks)
		})
	}
	_, _, err := d.Store.Change(ctx, s.ID, func(s newsroom.Story) (newsroom.Story, []newsroom.Fact, error) {
		if s.Held != "" && s.Held != holdBarred || !read && !has(s.Content.Body, marks) {
			return s, nil, nil
		}
		return s.Hold(holdPicture, by)
	})
	return err
}

// has says whether a body has a picture with one of the marks.
func has(body newsroom.Body, marks []string) bool {
	return slices.ContainsFunc(body.Pictures(), func(p newsroom.PictureRef) bool {
		return slices.ContainsFunc(p.Marks(), func(m string) bool { return slices.Contains(marks, m) })
	})
}

// word is what the agency says against the publishing of a story, of its item
// and of the pictures in it: the hold it puts on it, empty when it says nothing.
type word struct{ why, said string }

// wordOn is the agency's word on a story now.
func (d *Desk) wordOn(ctx context.Context, s newsroom.Story, item newsroom.WireItem) (word, error) {
	at := d.Now()
	w := word{holdFor(item.State(at)), item.Word(at)}
	for _, id := range pictureIDs(s.Content.Body, item.Text.Pictures) {
		key := newsroom.ItemKey{Provider: s.Origin.Provider, ID: id}
		if key == s.Origin || key.Provider == "" {
			continue
		}
		picture, err := d.Items.Item(ctx, key)
		if newsroom.KindOf(err) == newsroom.NotFound {
			continue
		}
		if err != nil {
			return w, fmt.Errorf("desk: picture %s of story %d: %w", id, s.ID, err)
		}
		state := picture.State(at)
		if holdFor(state) == "" && state != newsroom.ItemEmbargoed {
			continue
		}
		if w.said += "; " + id + " " + string(state) + " " + picture.Word(at); w.why == "" {
			w.why = holdPicture
		}
	}
	return w, nil
}

// pictureIDs are the agency's ids of the pictures in a body, also of those that
// have only an address there and came with the copy under an id.
func pictureIDs(body newsroom.Body, came []newsroom.PictureRef) []string {
	ids := []string{}
	for _, p := range append(body.Pictures(), came...) {
		if p.ID != "" && !slices.Contains(ids, p.ID) && has(body, p.Marks()) {
			ids = append(ids, p.ID)
		}
	}
	return ids
}
