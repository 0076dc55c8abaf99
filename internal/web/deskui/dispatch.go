package deskui

import (
	"slices"
	"strings"

	"github.com/rotatif/newsroom"
	"github.com/rotatif/newsroom/internal/wire"
)

// dispatchView is a dispatch to be read, and what is known about it.
type dispatchView struct {
	chrome
	Item     newsroom.WireItem
	Receipts []wire.Kept
	Siblings []sibling
	Ours     wire.Ours
	Taking   *newsroom.Story // what was made of it, if anything
	names    map[newsroom.PersonID]string
}

func (d *door) dispatch(v *visit, c chrome, item newsroom.WireItem) (*dispatchView, error) {
	receipts, err := d.Wire.Receipts(v.ctx(), wire.ReceiptFilter{Item: item.ID, Limit: 20})
	if err != nil {
		return nil, err
	}
	view := &dispatchView{chrome: c, Item: item, Receipts: receipts}
	if view.names, err = d.names(v); err != nil {
		return nil, err
	}
	if item.Taken != 0 && v.person.May(newsroom.ReadStories) {
		story, err := d.Desk.Story(v.ctx(), v.person, item.Taken)
		if err != nil {
			return nil, err
		}
		view.Taking = &story
	}
	return view, d.siblings(v.ctx(), view)
}

// TakenBy says who made a story of it, and when.
func (v dispatchView) TakenBy() string {
	if v.Taking == nil {
		return ""
	}
	return takenBy(v.chrome, v.names, *v.Taking)
}

func takenBy(c chrome, names map[newsroom.PersonID]string, s newsroom.Story) string {
	return c.T("desk.wire.taken_by", "who", names[s.Owner], "at", c.Clock(s.Created))
}

// Headline is the line to show.
func (v dispatchView) Headline() string { return headlineOf(v.chrome, v.Item) }

// Marks are what must be known before it is read. That it was taken is told
// with who did it.
func (v dispatchView) Marks() []mark {
	return slices.DeleteFunc(itemMarks(v.chrome, v.Item), func(m mark) bool { return m.Shape == "taken" && v.Taking != nil })
}

// State is what may be done with it now.
func (v dispatchView) State() string { return string(v.Item.State(v.now)) }

// Sight is what the agency says of it on this page.
func (v dispatchView) Sight() string { return v.Item.Sight(v.now) }

// Takeable says whether a story can be begun from it.
func (v dispatchView) Takeable() bool {
	state := v.Item.State(v.now)
	return takeable(v.Item) && v.Item.Taken == 0 && (state == newsroom.ItemUsable || state == newsroom.ItemEmbargoed)
}

// RightKind says whether stories are made of such things at all.
func (v dispatchView) RightKind() bool { return takeable(v.Item) }

// Embargo says until when it may not be published.
func (v dispatchView) Embargo() string { return embargoSentence(v.chrome, v.Item.Embargo) }

func embargoSentence(c chrome, e newsroom.Embargo) string {
	if e.State == newsroom.EmbargoUntil {
		return c.T("desk.embargo.until", "until", c.Stamp(e.Until))
	}
	return c.T("desk.embargo.unknown")
}

// Warnings are the sentences of what was odd about the delivery.
func (v dispatchView) Warnings() []string {
	sentences := []string{}
	for _, w := range v.Item.Text.Warnings {
		key, detail, _ := strings.Cut(w, ":")
		if !strings.HasPrefix(key, "wire.warning.") {
			key = "wire.warning." + key
		}
		sentences = append(sentences, v.T(key, "detail", detail))
	}
	return sentences
}

// Credit is the name to be credited when it is not the agency's own.
func (v dispatchView) Credit() string {
	if v.Item.Text.Credit == v.AgencyName(v.Item.Key.Provider) {
		return ""
	}
	return v.Item.Text.Credit
}

// House is what the house knows of the item's agency.
func (v dispatchView) House() Agency {
	for _, a := range v.agencies {
		if a.Code == v.Item.Key.Provider {
			return a
		}
	}
	return Agency{}
}

// Version is the agency's own number; one made of a hash tells people nothing.
func (v dispatchView) Version() string {
	if len(v.Item.Text.Version) > 12 {
		return ""
	}
	return v.Item.Text.Version
}

// Cited are those whom the agency leans on.
func (v dispatchView) Cited() []newsroom.Cited {
	cited := []newsroom.Cited{}
	for _, link := range v.Item.Text.Chain {
		if link.Role == "cited" && link.Name != v.Item.Text.Credit {
			cited = append(cited, link)
		}
	}
	return cited
}
