package desk

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/rotatif/newsroom"
)

// rule is a rule of the vocabulary with its arguments filled in.
type rule func(newsroom.Story, newsroom.By) (newsroom.Story, []newsroom.Fact, error)

// Publish puts the revision with the hash before readers: as a new story, or
// as an update of what they have. An editor who publishes vouches for the
// words; the steps before are taken in the same transaction.
func (d *Desk) Publish(ctx context.Context, p newsroom.Person, id newsroom.StoryID, head string) (Done, error) {
	return d.vouch(ctx, p, id, head, func(s newsroom.Story, by newsroom.By) (newsroom.Story, []newsroom.Fact, error) {
		switch {
		case s.Pending():
			return s.Update(by)
		case s.State.Waiting():
			return inOrder(s, by, newsroom.Story.Unschedule, newsroom.Story.Publish)
		default:
			return s.Publish(by)
		}
	})
}

// Correct replaces what readers have and tells them what was wrong.
func (d *Desk) Correct(ctx context.Context, p newsroom.Person, id newsroom.StoryID, head, note string) (Done, error) {
	return d.vouch(ctx, p, id, head, func(s newsroom.Story, by newsroom.By) (newsroom.Story, []newsroom.Fact, error) {
		return s.Correct(note, by)
	})
}

// Schedule lets the clock publish the revision with the hash, never before its
// embargo ends. A zero release means: when the embargo ends.
func (d *Desk) Schedule(ctx context.Context, p newsroom.Person, id newsroom.StoryID, head string, release time.Time) (Done, error) {
	return d.vouch(ctx, p, id, head, func(s newsroom.Story, by newsroom.By) (newsroom.Story, []newsroom.Fact, error) {
		return s.Schedule(release, by)
	})
}

// vouch brings the revision with the hash to approved, then applies the rule,
// all in one change. A wire item that was killed or withheld meanwhile stops
// it; the story is then held, so that somebody has to decide.
func (d *Desk) vouch(ctx context.Context, p newsroom.Person, id newsroom.StoryID, head string, then rule) (Done, error) {
	if !p.May(newsroom.PublishStory) {
		return Done{}, newsroom.Refuse(newsroom.Forbidden, "error.forbidden")
	}
	story, err := d.Store.Story(ctx, id)
	if err != nil {
		return Done{}, err
	}
	if err := d.stop(ctx, story, newsroom.By{Person: newsroom.House, At: d.Now()}); err != nil {
		return Done{}, err
	}
	return d.change(ctx, p, newsroom.PublishStory, id, func(s newsroom.Story, by newsroom.By) (newsroom.Story, []newsroom.Fact, error) {
		return inOrder(s, by, submitDraft, approveHead(head), then)
	})
}

func submitDraft(s newsroom.Story, by newsroom.By) (newsroom.Story, []newsroom.Fact, error) {
	if s.State == newsroom.Draft || s.State == newsroom.Unpublished {
		return s.Submit(by)
	}
	return s, nil, nil
}

func approveHead(head string) rule {
	return func(s newsroom.Story, by newsroom.By) (newsroom.Story, []newsroom.Fact, error) {
		if s.Head != head {
			return s, nil, newsroom.Refuse(newsroom.Conflict, "error.approve_changed")
		}
		if s.State == newsroom.InReview || s.Pending() {
			return s.Approve(head, by)
		}
		return s, nil, nil
	}
}

// inOrder applies rules one after the other; all or none.
func inOrder(s newsroom.Story, by newsroom.By, rules ...rule) (newsroom.Story, []newsroom.Fact, error) {
	before, all := s, []newsroom.Fact{}
	for _, r := range rules {
		next, facts, err := r(s, by)
		if err != nil {
			return before, nil, err
		}
		s, all = next, append(all, facts...)
	}
	return s, all, nil
}

// stop refuses to publish copy whose wire item, or a picture in it, is killed,
// announced, withheld or barred, and holds it, unless a person has decided on
// just that; an embargo is followed. The intake asks again when the agency's
// word comes a moment later.
func (d *Desk) stop(ctx context.Context, s newsroom.Story, by newsroom.By) error {
	item, err := d.behind(ctx, s)
	if err != nil {
		return err
	}
	w, err := d.wordOn(ctx, s, item)
	if err != nil {
		return err
	}
	stopped := w.why != "" && s.Word != w.said
	_, _, err = d.Store.Change(ctx, s.ID, func(s newsroom.Story) (newsroom.Story, []newsroom.Fact, error) {
		if stopped {
			return s.Hold(w.why, by)
		}
		return followEmbargo(s, item.Embargo, by)
	})
	if err != nil {
		return fmt.Errorf("desk: what the agency says of story %d: %w", s.ID, err)
	}
	if stopped {
		return newsroom.Refuse(newsroom.Held, w.why)
	}
	return nil
}

// decided is a story that a person with the right decides on, and what the agency says by then.
func (d *Desk) decided(ctx context.Context, p newsroom.Person, a newsroom.Action, id newsroom.StoryID) (newsroom.Story, newsroom.WireItem, error) {
	if !p.May(a) {
		return newsroom.Story{}, newsroom.WireItem{}, newsroom.Refuse(newsroom.Forbidden, "error.forbidden")
	}
	story, err := d.Store.Story(ctx, id)
	if err != nil {
		return newsroom.Story{}, newsroom.WireItem{}, err
	}
	item, err := d.behind(ctx, story)
	return story, item, err
}

// behind is the wire item that a story was made of, as it is now; none if there is none.
func (d *Desk) behind(ctx context.Context, s newsroom.Story) (newsroom.WireItem, error) {
	if s.Origin == (newsroom.ItemKey{}) {
		return newsroom.WireItem{}, nil
	}
	item, err := d.Items.Item(ctx, s.Origin)
	if newsroom.KindOf(err) == newsroom.NotFound {
		return newsroom.WireItem{}, nil
	}
	return item, err
}

// holdFor is the hold that an item's state puts on a story, if any.
func holdFor(state newsroom.ItemState) string {
	switch state {
	case newsroom.ItemKilled:
		return holdKill
	case newsroom.ItemAnnounced, newsroom.ItemNotice:
		return holdNotice
	case newsroom.ItemWithheld:
		return holdWithheld
	case newsroom.ItemBarred:
		return holdBarred
	default:
		return ""
	}
}

// Unschedule takes a waiting story out of the queue.
func (d *Desk) Unschedule(ctx context.Context, p newsroom.Person, id newsroom.StoryID) (Done, error) {
	return d.change(ctx, p, newsroom.PublishStory, id, newsroom.Story.Unschedule)
}

// Unpublish takes a story down; it may come back.
func (d *Desk) Unpublish(ctx context.Context, p newsroom.Person, id newsroom.StoryID, reason string) (Done, error) {
	return d.change(ctx, p, newsroom.TakeDown, id, func(s newsroom.Story, by newsroom.By) (newsroom.Story, []newsroom.Fact, error) {
		return s.Unpublish(reason, by)
	})
}

// Kill takes a story down for good.
func (d *Desk) Kill(ctx context.Context, p newsroom.Person, id newsroom.StoryID, reason string) (Done, error) {
	return d.change(ctx, p, newsroom.TakeDown, id, func(s newsroom.Story, by newsroom.By) (newsroom.Story, []newsroom.Fact, error) {
		return s.Kill(reason, by)
	})
}

// Clear lifts the hold that a person has seen, and decided on. What the agency
// has said since, and the person may not have seen, is not decided with it: a
// kill that took the place of the hold meanwhile is a Conflict.
func (d *Desk) Clear(ctx context.Context, p newsroom.Person, id newsroom.StoryID, seen, reason string) (Done, error) {
	story, item, err := d.decided(ctx, p, newsroom.PublishStory, id)
	if err != nil {
		return Done{}, err
	}
	w, err := d.wordOn(ctx, story, item)
	if err != nil {
		return Done{}, err
	}
	return d.change(ctx, p, newsroom.PublishStory, story.ID, func(s newsroom.Story, by newsroom.By) (newsroom.Story, []newsroom.Fact, error) {
		if s.Held != seen {
			return s, nil, newsroom.Refuse(newsroom.Conflict, "error.hold_changed")
		}
		said := ""
		if s.Held == holdEmbargo {
			s.Heard = item.Embargo
		}
		if w.why == s.Held {
			said = w.said
		}
		return s.Clear(said, reason, by)
	})
}

// Reembargo is the chief editor's decision on an embargo: when it ends, or
// that there is none.
func (d *Desk) Reembargo(ctx context.Context, p newsroom.Person, id newsroom.StoryID, e newsroom.Embargo, reason string) (Done, error) {
	story, item, err := d.decided(ctx, p, newsroom.LiftEmbargo, id)
	if err != nil {
		return Done{}, err
	}
	return d.change(ctx, p, newsroom.LiftEmbargo, story.ID, func(s newsroom.Story, by newsroom.By) (newsroom.Story, []newsroom.Fact, error) {
		if reason == "" {
			return s, nil, newsroom.Refuse(newsroom.Invalid, "error.no_reason")
		}
		return s.Reembargo(e, item.Embargo, reason, by)
	})
}

// Release publishes every waiting story whose hour has come and returns how
// many. One that may not go out is left for people to see; the others go on.
func (d *Desk) Release(ctx context.Context) (int, error) {
	now := d.Now()
	due, err := d.Store.Stories(ctx, Filter{States: []newsroom.State{newsroom.Scheduled, newsroom.Embargoed}, DueBy: now, Limit: 500})
	if err != nil {
		return 0, err
	}
	released := 0
	var failures error
	for _, s := range due {
		out, err := d.release(ctx, s, newsroom.By{Person: newsroom.House, At: now})
		failures = errors.Join(failures, err)
		if out {
			released++
		}
	}
	return released, failures
}

func (d *Desk) release(ctx context.Context, s newsroom.Story, by newsroom.By) (bool, error) {
	if err := d.stop(ctx, s, by); err != nil {
		if newsroom.KindOf(err) == newsroom.Held {
			return false, nil // people see it
		}
		return false, err
	}
	s, _, err := d.Store.Change(ctx, s.ID, func(s newsroom.Story) (newsroom.Story, []newsroom.Fact, error) {
		return s.Due(by)
	})
	return err == nil && s.State.Public(), err
}
