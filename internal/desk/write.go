package desk

import (
	"context"

	"github.com/rotatif/newsroom"
)

// Begin starts an empty story of the person's own.
func (d *Desk) Begin(ctx context.Context, p newsroom.Person, c newsroom.Content) (Done, error) {
	return d.change(ctx, p, newsroom.WriteStory, 0, func(s newsroom.Story, by newsroom.By) (newsroom.Story, []newsroom.Fact, error) {
		return s.Begin(c, by)
	})
}

// Take starts a story from a wire item, everything the item offers filled in.
// An item that has an open story gives that story instead of a second one.
func (d *Desk) Take(ctx context.Context, p newsroom.Person, item newsroom.WireItem) (Done, error) {
	content := d.ContentOf(item)
	done, err := d.change(ctx, p, newsroom.WriteStory, 0, func(s newsroom.Story, by newsroom.By) (newsroom.Story, []newsroom.Fact, error) {
		return s.Take(item, content, by)
	})
	if newsroom.KindOf(err) != newsroom.Conflict {
		return done, err
	}
	open, listErr := d.Store.Stories(ctx, Filter{Origin: item.Key, Limit: 1})
	if listErr != nil || len(open) == 0 {
		return done, err
	}
	return Done{Story: open[0]}, nil
}

// Save keeps a text. seen is the revision the person began from.
func (d *Desk) Save(ctx context.Context, p newsroom.Person, id newsroom.StoryID, seen int, c newsroom.Content) (Done, error) {
	return d.change(ctx, p, newsroom.WriteStory, id, func(s newsroom.Story, by newsroom.By) (newsroom.Story, []newsroom.Fact, error) {
		if !p.May(newsroom.ApproveStory) && s.Owner != p.ID {
			return s, nil, newsroom.Refuse(newsroom.Forbidden, "error.forbidden")
		}
		return s.Edit(seen, c, by)
	})
}

// Follow takes over the accepted rows, and the headline and standfirst when they
// are among the fields, of the agency's present revision. old is the text of
// the revision that the story rests on. It is a Conflict when the agency has
// sent another than the one that the person saw, or somebody else has followed
// it meanwhile: the rows would be others.
func (d *Desk) Follow(ctx context.Context, p newsroom.Person, id newsroom.StoryID, choice Choice) (Done, error) {
	return d.change(ctx, p, newsroom.WriteStory, id, func(s newsroom.Story, by newsroom.By) (newsroom.Story, []newsroom.Fact, error) {
		if !p.May(newsroom.ApproveStory) && s.Owner != p.ID {
			return s, nil, newsroom.Refuse(newsroom.Forbidden, "error.forbidden")
		}
		switch {
		case s.Basis == choice.Sign && s.Basis != choice.Basis && choice.nothing():
			return s, nil, nil // somebody has looked already
		case choice.Item.Text.Sign() != choice.Sign:
			return s, nil, newsroom.Refuse(newsroom.Conflict, "error.agency_changed_again")
		case s.Basis != choice.Basis:
			return s, nil, newsroom.Refuse(newsroom.Conflict, "error.edit_conflict")
		}
		c := choice.Apply(s.Content)
		plain := d.ContentOf(choice.Item)
		copied := c.Headline == plain.Headline && c.Standfirst == plain.Standfirst && equal(c.Body, plain.Body)
		return s.Follow(choice.Seen, c, choice.Sign, copied, by)
	})
}

// Choice is what a person takes over of an agency's newer revision.
type Choice struct {
	Seen                 int               // the story's revision that the person saw
	Sign                 string            // the agency's revision that the person saw
	Basis                string            // what the story rested on when the person saw it
	Old                  newsroom.Dispatch // the revision that the story rests on
	Item                 newsroom.WireItem // with the revision there is now
	Headline, Standfirst bool
	Rows                 map[int]bool // of Compare(old, new, ours)
}

func (c Choice) nothing() bool { return !c.Headline && !c.Standfirst && len(c.Rows) == 0 }

// Apply makes the chosen text.
func (c Choice) Apply(ours newsroom.Content) newsroom.Content {
	if c.Headline {
		ours.Headline = c.Item.Text.Headline
	}
	if c.Standfirst {
		ours.Standfirst = c.Item.Text.Standfirst
	}
	rows := Compare(c.Old.Body, c.Item.Text.Body, ours.Body)
	ours.Body = Merge(ours.Body, rows, func(i int) bool { return c.Rows[i] })
	return ours
}

// equal says whether two bodies read alike.
func equal(a, b newsroom.Body) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i].Sign() != b[i].Sign() {
			return false
		}
	}
	return true
}

// Submit gives a draft to the editors.
func (d *Desk) Submit(ctx context.Context, p newsroom.Person, id newsroom.StoryID) (Done, error) {
	return d.change(ctx, p, newsroom.SubmitStory, id, newsroom.Story.Submit)
}

// Return gives a story back to its writer.
func (d *Desk) Return(ctx context.Context, p newsroom.Person, id newsroom.StoryID, reason string) (Done, error) {
	return d.change(ctx, p, newsroom.ApproveStory, id, func(s newsroom.Story, by newsroom.By) (newsroom.Story, []newsroom.Fact, error) {
		return s.Return(reason, by)
	})
}
