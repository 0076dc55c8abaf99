package wire

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"time"

	"github.com/rotatif/newsroom"
	"github.com/rotatif/newsroom/internal/wire/notice"
)

// reach is how far back the copy may lie that a notice means, and how long a
// notice waits for copy that comes after it.
const reach = 72 * time.Hour

// Notices finds what notices mean. It follows the journal: a notice is held
// against the copy that there is, and copy that comes later against the notices
// that wait, so that the order of arrival does not matter.
type Notices struct {
	Store Store
	Copy  Copy
	Now   func() time.Time

	mu   sync.Mutex
	open map[string][]newsroom.WireItem // the notices of the last days, by provider; read at first need
}

// Follow does what follows from a fact. It may be told the same fact twice.
func (n *Notices) Follow(ctx context.Context, fact newsroom.Fact) error {
	if fact.Kind != newsroom.ItemArrived && fact.Kind != newsroom.ItemRevised && fact.Kind != newsroom.ItemWasJudged {
		return nil
	}
	found, err := n.Store.Items(ctx, Filter{ID: fact.Item, At: n.Now(), Limit: 1})
	if err != nil || len(found) == 0 {
		return err
	}
	item := found[0]
	if item.Text.Notice != nil {
		n.forget(item.Key.Provider)
		return n.relate(ctx, item)
	}
	if fact.Kind == newsroom.ItemWasJudged {
		return nil
	}
	waiting, err := n.waiting(ctx, item)
	if err != nil {
		return err
	}
	for _, from := range waiting {
		if from.ID == item.ID { // it was a notice and is none any more
			n.forget(item.Key.Provider)
			from = item
		} else if notice.Match(from, item).Level == 0 {
			continue
		}
		if err := n.relate(ctx, from); err != nil {
			return err
		}
	}
	return nil
}

// waiting are the provider's notices whose time the item falls into.
func (n *Notices) waiting(ctx context.Context, item newsroom.WireItem) ([]newsroom.WireItem, error) {
	n.mu.Lock()
	defer n.mu.Unlock()
	provider := item.Key.Provider
	all, known := n.open[provider]
	if !known {
		var err error
		all, err = n.Copy.Near(ctx, Window{Provider: provider, From: n.Now().Add(-2 * reach), To: n.Now().Add(reach), Notices: true})
		if err != nil {
			return nil, fmt.Errorf("wire: notices of %s: %w", provider, err)
		}
		if n.open == nil {
			n.open = map[string][]newsroom.WireItem{}
		}
		n.open[provider] = all
	}
	return slices.Collect(func(yield func(newsroom.WireItem) bool) {
		for _, from := range all {
			if from.Last.Sub(item.Last).Abs() <= reach && !yield(from) {
				return
			}
		}
	}), nil
}

func (n *Notices) forget(provider string) {
	n.mu.Lock()
	defer n.mu.Unlock()
	delete(n.open, provider)
}

// relate tells the items that a notice means of it, takes it back from those
// it was thought to mean, and calls a person when it means none.
func (n *Notices) relate(ctx context.Context, from newsroom.WireItem) error {
	window, err := n.Copy.Near(ctx, Window{Provider: from.Key.Provider, From: from.Last.Add(-reach), To: from.Last.Add(reach)})
	if err != nil {
		return fmt.Errorf("wire: copy around notice %d: %w", from.ID, err)
	}
	by := newsroom.By{Person: newsroom.House, At: n.Now()}
	meant := map[newsroom.ItemID]notice.Fit{}
	if !from.Ordinary && !from.Killed {
		meant = notice.Meant(from, window)
	}
	for _, item := range window {
		fit, is := meant[item.ID]
		had := slices.ContainsFunc(item.Notices, func(x newsroom.Noticed) bool { return x.From == from.ID })
		if err := n.tell(ctx, from, item.ID, fit, is, had, by); err != nil {
			return err
		}
	}
	_, _, err = n.Copy.ChangeItem(ctx, from.ID, func(w newsroom.WireItem) (newsroom.WireItem, []newsroom.Fact, error) {
		if len(meant) > 0 {
			return w.Matched(by)
		}
		return w.Unmatched(by)
	})
	if err != nil {
		return fmt.Errorf("wire: notice %d: %w", from.ID, err)
	}
	return nil
}

func (n *Notices) tell(ctx context.Context, from newsroom.WireItem, to newsroom.ItemID, fit notice.Fit, is, had bool, by newsroom.By) error {
	if !is && !had {
		return nil
	}
	_, _, err := n.Copy.ChangeItem(ctx, to, func(w newsroom.WireItem) (newsroom.WireItem, []newsroom.Fact, error) {
		if !is {
			return w.Retract(from.ID, by)
		}
		noticed := newsroom.Noticed{From: from.ID, Kind: from.Text.Notice.Kind, Words: from.Text.Notice.Words, How: fit.How, At: from.First}
		return w.Announce(noticed, by)
	})
	if err != nil {
		return fmt.Errorf("wire: notice %d of item %d: %w", from.ID, to, err)
	}
	return nil
}
