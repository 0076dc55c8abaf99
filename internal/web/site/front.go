package site

import (
	"context"
	"fmt"

	"github.com/rotatif/newsroom"
	"github.com/rotatif/newsroom/internal/edition"
)

// frontPage is the front.
type frontPage struct {
	shell
	Slots  []card
	Beside []block // the most-read box
	Below  []block
	Box    box
}

// block is a section's place on the front, in one of three rhythms, so that a
// long front does not read like a table.
type block struct {
	link
	Rhythm string // "lead", "row" or "list"
	Lead   card
	Cards  []card
}

const (
	usualSlots = 9 // of the manşet when the chief editor has placed fewer
	blockCards = 6
	besideRows = 12 // as many rows of headlines as the most-read box is high; what comes after has the whole width
)

func (s *Site) front(ctx context.Context, _ ask) (reply, error) {
	i, err := s.issue(ctx)
	if err != nil {
		return reply{}, err
	}
	page := frontPage{shell: s.shell(i, "/", "")}
	page.Description = s.words.T("site.front_about", "paper", s.Identity.Name)
	page.Front = true
	shown := map[newsroom.StoryID]bool{}
	if page.Slots, err = s.slots(ctx, i, shown); err != nil {
		return reply{}, err
	}
	blocks, err := s.blocks(ctx, i, shown)
	if err != nil {
		return reply{}, err
	}
	n := beside(blocks)
	page.Beside, page.Below = blocks[:n], blocks[n:]
	i.newest = without(i.newest, shown)
	if page.Box, err = s.most(ctx, i, 0); err != nil {
		return reply{}, err
	}
	page.Data = structured(s.paperData())
	return s.render("front.html", page, true)
}

// slots is the manşet: what the chief editor has placed, in her order and under
// her headlines, filled up with the newest. A placed story that is not in the
// edition any more gives its place to the next.
func (s *Site) slots(ctx context.Context, i issue, shown map[newsroom.StoryID]bool) ([]card, error) {
	front, err := s.Store.Front(ctx)
	if err != nil {
		return nil, fmt.Errorf("site: front: %w", err)
	}
	placed, headlines := []newsroom.StoryID{}, map[newsroom.StoryID]string{}
	for _, slot := range front.Slots {
		placed = append(placed, slot.Story)
		headlines[slot.Story] = slot.Headline
	}
	list, err := s.Store.Cards(ctx, edition.Choice{IDs: placed, Limit: newsroom.MaxSlots})
	if err != nil {
		return nil, fmt.Errorf("site: placed stories: %w", err)
	}
	for _, c := range list {
		shown[c.ID] = true
	}
	for _, c := range without(i.newest, shown) {
		if len(list) >= usualSlots {
			break
		}
		list, shown[c.ID] = append(list, c), true
	}
	slots := s.cards(list, i)
	for n := range slots {
		if h := headlines[slots[n].ID]; h != "" {
			slots[n].Headline, slots[n].Length = h, length(h)
		}
	}
	return slots, nil
}

// blocks are the sections that have something to show beside the manşet.
func (s *Site) blocks(ctx context.Context, i issue, shown map[newsroom.StoryID]bool) ([]block, error) {
	rhythms := []string{"lead", "row", "list"}
	blocks := []block{}
	for _, section := range s.Sections {
		list, err := s.Store.Cards(ctx, edition.Choice{Section: section.Slug, Limit: newsroom.MaxSlots + blockCards})
		if err != nil {
			return nil, fmt.Errorf("site: section %s: %w", section.Slug, err)
		}
		list = without(list, shown)
		if len(list) == 0 {
			continue
		}
		cards := s.cards(list[:min(len(list), blockCards)], i)
		blocks = append(blocks, newBlock(link{Address: "/" + section.Slug, Name: section.Name}, rhythms[len(blocks)%len(rhythms)], cards))
	}
	return blocks, nil
}

// beside is how many blocks stand next to the most-read box.
func beside(blocks []block) int {
	rows := 0
	for n, b := range blocks {
		if rows >= besideRows {
			return n
		}
		switch b.Rhythm {
		case "lead":
			rows += max(4, len(b.Cards)+1)
		case "row":
			rows += 4
		default:
			rows += 1 + (len(b.Cards)+2)/3
		}
	}
	return len(blocks)
}

// newBlock sets a section's cards in a rhythm, or in the list when they are too few for it.
func newBlock(to link, rhythm string, cards []card) block {
	b := block{link: to, Rhythm: rhythm, Cards: cards}
	switch {
	case rhythm == "lead" && len(cards) > 1:
		b.Lead, b.Cards = cards[0], cards[1:min(len(cards), 5)]
	case rhythm == "row" && len(cards) >= 4:
		b.Cards = cards[:4]
	default:
		b.Rhythm, b.Cards = "list", evenly(cards)
	}
	return b
}

// evenly leaves out what would stand alone in a last row of three.
func evenly(cards []card) []card {
	if len(cards) <= 3 {
		return cards
	}
	return cards[:len(cards)-len(cards)%3]
}
