package desk

import (
	"context"
	"fmt"
	"slices"

	"github.com/rotatif/newsroom"
)

// Intake is what the desk does with a fact of the wire: a kill, a hold, a
// notice or a moved embargo reaches every story made of the item, and what takes
// a picture back every story that shows it. It may be
// told the same fact twice.
func (d *Desk) Intake(ctx context.Context, fact newsroom.Fact) error {
	switch fact.Kind {
	case newsroom.ItemWasKilled, newsroom.ItemWasWithheld, newsroom.ItemRevised, newsroom.ItemWasAnnounced, newsroom.ItemWasJudged,
		newsroom.ItemWasAllowed:
	default:
		return nil
	}
	stories, err := d.Store.Stories(ctx, Filter{Origin: fact.Key, Limit: 500})
	if err != nil || len(stories) == 0 && fact.Kind == newsroom.ItemRevised {
		return err
	}
	item, err := d.Items.Item(ctx, fact.Key)
	if len(stories) == 0 && newsroom.KindOf(err) == newsroom.NotFound {
		return nil
	}
	if err != nil {
		return fmt.Errorf("desk: item behind fact %d: %w", fact.Seq, err)
	}
	by := newsroom.By{Person: newsroom.House, At: d.Now()}
	if err := d.placed(ctx, item, by); err != nil {
		return err
	}
	if err := d.summon(ctx, stories, item, fact); err != nil {
		return err
	}
	for _, s := range stories {
		_, _, err := d.Store.Change(ctx, s.ID, func(s newsroom.Story) (newsroom.Story, []newsroom.Fact, error) {
			return d.follow(s, item, fact, by)
		})
		if err != nil {
			return fmt.Errorf("desk: story %d after fact %d: %w", s.ID, fact.Seq, err)
		}
	}
	return nil
}

// summon calls a person when the agency has corrected what readers have. It is
// done before the stories know of the correction, so that a crash between the
// two calls again and never forgets.
func (d *Desk) summon(ctx context.Context, stories []newsroom.Story, item newsroom.WireItem, fact newsroom.Fact) error {
	text := item.Text
	if fact.Kind != newsroom.ItemRevised || !text.Correction || text.Refile || item.Killed {
		return nil
	}
	news := slices.ContainsFunc(stories, func(s newsroom.Story) bool {
		return s.State.Public() && s.Behind(item) && (s.Sent == nil || s.Sent.Sign != text.Sign())
	})
	if !news {
		return nil
	}
	reason := text.Headline
	if len(text.EdNotes) > 0 {
		reason = text.EdNotes[0].Text
	}
	if err := d.Items.Summon(ctx, item.ID, newsroom.CallCorrected, reason); err != nil {
		return fmt.Errorf("desk: call to item %d: %w", item.ID, err)
	}
	return nil
}

// The holds that the wire puts on a story; keys of the catalogue.
const (
	holdKill     = "hold.agency_kill"
	holdWithheld = "hold.agency_withheld"
	holdNotice   = "hold.agency_notice"
	holdEmbargo  = "hold.agency_embargo"
	holdBarred   = "hold.agency_barred"
	holdPicture  = "hold.agency_picture"
)

// follow is what an agency's later word does to a story made of its item. A
// revision's embargo counts whatever else the agency says.
func (d *Desk) follow(s newsroom.Story, item newsroom.WireItem, fact newsroom.Fact, by newsroom.By) (newsroom.Story, []newsroom.Fact, error) {
	if s.State == newsroom.Killed {
		return s, nil, nil
	}
	word := func(s newsroom.Story, by newsroom.By) (newsroom.Story, []newsroom.Fact, error) {
		return d.obey(s, item, fact, by)
	}
	if fact.Kind != newsroom.ItemRevised {
		return word(s, by)
	}
	embargo := func(s newsroom.Story, by newsroom.By) (newsroom.Story, []newsroom.Fact, error) {
		return followEmbargo(s, item.Embargo, by)
	}
	revised := func(s newsroom.Story, by newsroom.By) (newsroom.Story, []newsroom.Fact, error) {
		return s.AgencyRevised(item, by)
	}
	return inOrder(s, by, embargo, word, revised)
}

// obey holds a story, takes it down or lets it go. What a kill holds only a
// person lets go, and nothing milder takes its place; terms take the place of
// no other hold.
func (d *Desk) obey(s newsroom.Story, item newsroom.WireItem, fact newsroom.Fact, by newsroom.By) (newsroom.Story, []newsroom.Fact, error) {
	switch {
	case s.Held == holdKill && fact.Kind != newsroom.ItemWasKilled:
		return s, nil, nil
	case fact.Kind == newsroom.ItemWasKilled && !d.KeepCopies:
		return s.AgencyKilled(fact.Reason, by)
	case fact.Kind == newsroom.ItemWasKilled:
		return s.Hold(holdKill, by)
	case fact.Kind == newsroom.ItemWasWithheld:
		return d.recall(s, holdWithheld, fact.Reason, by)
	case item.Announced():
		return d.recall(s, holdNotice, fact.Reason, by)
	case s.Held == holdNotice && !item.Killed && !item.Held():
		return s.Clear("", "hold.notice_dismissed", by)
	case item.Barred() && s.Held == "":
		return s.Hold(holdBarred, by)
	case s.Held == holdBarred && !item.Barred():
		return s.Clear("", "hold.terms_allowed", by)
	default:
		return s, nil, nil
	}
}

// recall takes plain copies down, unless the house has chosen otherwise, and holds the rest.
func (d *Desk) recall(s newsroom.Story, why, reason string, by newsroom.By) (newsroom.Story, []newsroom.Fact, error) {
	if d.KeepCopies {
		return s.Hold(why, by)
	}
	return s.AgencyRecalled(why, reason, by)
}

// followEmbargo lets an agency make an embargo stricter, never looser: lifting
// one is a person's decision, which stands until the agency states another.
// What is public already is held and a person called.
func followEmbargo(s newsroom.Story, e newsroom.Embargo, by newsroom.By) (newsroom.Story, []newsroom.Fact, error) {
	stricter := s.Embargo.Stricter(e)
	if s.Heard == e || stricter == s.Embargo || !e.Holds(by.At) {
		return s, nil, nil
	}
	if s.State.Public() && s.Held == "" {
		return s.Hold(holdEmbargo, by)
	}
	return s.Reembargo(stricter, e, e.Text, by)
}
