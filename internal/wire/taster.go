package wire

import (
	"context"
	"fmt"
	"time"

	"github.com/rotatif/newsroom"
	"github.com/rotatif/newsroom/internal/wire/same"
)

// Taster is the copy taster: what people decide about copy. Every verb asks
// first whether the person may.
type Taster struct {
	Copy Copy
	Ties Ties
	Now  func() time.Time
}

// itemRule is a person's decision on an item.
type itemRule func(newsroom.WireItem, newsroom.By) (newsroom.WireItem, []newsroom.Fact, error)

// unmoved decides only while the agency says what it said when the person
// looked, which is the item's [newsroom.WireItem.Sight] then: a kill that comes
// between the look and the word is not answered or set aside unseen.
func unmoved(seen string, rule itemRule) itemRule {
	return func(w newsroom.WireItem, by newsroom.By) (newsroom.WireItem, []newsroom.Fact, error) {
		if w.Sight(by.At) != seen {
			return w, nil, newsroom.Refuse(newsroom.Conflict, "error.word_changed")
		}
		return rule(w, by)
	}
}

func (t Taster) change(ctx context.Context, p newsroom.Person, a newsroom.Action, id newsroom.ItemID, rule itemRule) (newsroom.WireItem, error) {
	if !p.May(a) {
		return newsroom.WireItem{}, newsroom.Refuse(newsroom.Forbidden, "error.forbidden")
	}
	by := newsroom.By{Person: p.ID, At: t.Now()}
	item, _, err := t.Copy.ChangeItem(ctx, id, func(w newsroom.WireItem) (newsroom.WireItem, []newsroom.Fact, error) { return rule(w, by) })
	if err != nil {
		return item, fmt.Errorf("wire: %s on item %d: %w", a, id, err)
	}
	return item, nil
}

// Answer says that the person has seen the call, and what the agency said.
func (t Taster) Answer(ctx context.Context, p newsroom.Person, id newsroom.ItemID, seen string) (newsroom.WireItem, error) {
	return t.change(ctx, p, newsroom.ReadWire, id, unmoved(seen, newsroom.WireItem.Answer))
}

// loudest is how many rungs a call has.
const loudest = 3

// Ring makes the open calls louder that have waited for another rung, and gives
// those that have come to the last one just now.
func (t Taster) Ring(ctx context.Context, items Store, rung time.Duration) ([]newsroom.WireItem, error) {
	open, err := items.Items(ctx, Filter{Called: true, At: t.Now(), Limit: 500})
	if err != nil {
		return nil, fmt.Errorf("wire: open calls: %w", err)
	}
	var last []newsroom.WireItem
	for _, w := range open {
		due := w.Call.Since.Add(rung * time.Duration(w.Call.Rung+1))
		if w.Call.Rung >= loudest || t.Now().Before(due) {
			continue
		}
		by := newsroom.By{Person: newsroom.House, At: t.Now()}
		louder, _, err := t.Copy.ChangeItem(ctx, w.ID, func(w newsroom.WireItem) (newsroom.WireItem, []newsroom.Fact, error) { return w.Escalate(by) })
		if err != nil {
			return last, fmt.Errorf("wire: call to item %d: %w", w.ID, err)
		}
		if louder.Call.Open() && louder.Call.Rung == loudest {
			last = append(last, louder)
		}
	}
	return last, nil
}

// Judge decides on the notice that an item carries about this one.
func (t Taster) Judge(ctx context.Context, p newsroom.Person, id, from newsroom.ItemID, v newsroom.Verdict) (newsroom.WireItem, error) {
	return t.change(ctx, p, newsroom.JudgeWire, id, func(w newsroom.WireItem, by newsroom.By) (newsroom.WireItem, []newsroom.Fact, error) {
		return w.Judge(from, v, by)
	})
}

// Plain says that what was taken for a notice is ordinary copy. What it was
// thought to mean is let go by [Notices].
func (t Taster) Plain(ctx context.Context, p newsroom.Person, id newsroom.ItemID) (newsroom.WireItem, error) {
	return t.change(ctx, p, newsroom.JudgeWire, id, newsroom.WireItem.Plain)
}

// Allow sets the words aside that the person has seen and that bar the house.
func (t Taster) Allow(ctx context.Context, p newsroom.Person, id newsroom.ItemID, seen string) (newsroom.WireItem, error) {
	return t.change(ctx, p, newsroom.JudgeWire, id, unmoved(seen, newsroom.WireItem.Allow))
}

// Revive lets an item live again after the kill that the person has seen, with a reason.
func (t Taster) Revive(ctx context.Context, p newsroom.Person, id newsroom.ItemID, seen, reason string) (newsroom.WireItem, error) {
	return t.change(ctx, p, newsroom.LiftEmbargo, id, unmoved(seen, func(w newsroom.WireItem, by newsroom.By) (newsroom.WireItem, []newsroom.Fact, error) {
		return w.Revive(reason, by)
	}))
}

// Retry lets a quarantined delivery be read again, by what is known of its
// source now.
func (t Taster) Retry(ctx context.Context, p newsroom.Person, id ReceiptID) error {
	if !p.May(newsroom.JudgeWire) {
		return newsroom.Refuse(newsroom.Forbidden, "error.forbidden")
	}
	if err := t.Copy.Reopen(ctx, id); err != nil {
		return fmt.Errorf("wire: delivery %d again: %w", id, err)
	}
	return nil
}

// Part says that an item tells of another event than those it stands with.
func (t Taster) Part(ctx context.Context, p newsroom.Person, w newsroom.WireItem) error {
	others, err := t.beside(ctx, w)
	if err != nil {
		return err
	}
	return t.rule(ctx, p, newsroom.ItemWasParted, w, others, Parted)
}

// Join says that an item tells of the same event as another, and so of the
// event that the other stands in.
func (t Taster) Join(ctx context.Context, p newsroom.Person, w, to newsroom.WireItem) error {
	if w.ID == to.ID {
		return newsroom.Refuse(newsroom.Invalid, "error.join_itself")
	}
	return t.rule(ctx, p, newsroom.ItemWasJoined, w, []newsroom.WireItem{to}, Joined)
}

// beside are the other items of an item's event.
func (t Taster) beside(ctx context.Context, w newsroom.WireItem) ([]newsroom.WireItem, error) {
	if w.Event == 0 {
		return nil, nil
	}
	events, err := t.Ties.Events(ctx, []newsroom.ItemID{w.Event})
	if err != nil || len(events) == 0 {
		return nil, err
	}
	return events[0].Beside(w.ID), nil
}

func (t Taster) rule(ctx context.Context, p newsroom.Person, kind newsroom.FactKind, w newsroom.WireItem, others []newsroom.WireItem, relation same.Relation) error {
	if !p.May(newsroom.JudgeWire) {
		return newsroom.Refuse(newsroom.Forbidden, "error.forbidden")
	}
	if len(others) == 0 {
		return nil
	}
	fact := newsroom.Fact{Kind: kind, At: newsroom.Micro(t.Now()), By: p.ID, Item: w.ID, Key: w.Key, Reason: others[0].ID.String()}
	ties := []Tie{}
	for _, o := range others {
		ties = append(ties, NewTie(w.ID, o.ID, relation, p.ID))
	}
	if err := t.Ties.Rule(ctx, ties, []newsroom.Fact{fact}); err != nil {
		return fmt.Errorf("wire: %s of item %d: %w", kind, w.ID, err)
	}
	return nil
}
