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
