package deskui

import (
	"net/http"
	"strconv"
	"strings"

	"github.com/rotatif/newsroom"
	"github.com/rotatif/newsroom/internal/desk"
)

// frontPage is the manşet as a form: what stands in it, and what could.
type frontPage struct {
	chrome
	Version int
	Slots   []slotView
	Choices []newsroom.Story // public, newest first, not placed
	Draft   bool             // arranged on this page, not before readers yet
}

// slotView is a slot and the story in it.
type slotView struct {
	newsroom.Slot
	Story newsroom.Story
	Last  bool
}

// Most is how many slots there are.
func (p frontPage) Most() int { return newsroom.MaxSlots }

// Full says whether no slot is free.
func (p frontPage) Full() bool { return len(p.Slots) >= newsroom.MaxSlots }

// Mark is the story's state in a word and its shape.
func (p frontPage) Mark(s newsroom.Story) mark { return stateMark(p.chrome, s) }

func (d *door) frontPage(v *visit) error {
	front, err := d.Front.Front(v.ctx())
	if err != nil {
		return err
	}
	page, err := d.arrangement(v, front.Version, front.Slots)
	if err != nil {
		return err
	}
	d.pickUp(v, &page.chrome)
	return d.show(v, http.StatusOK, "front.html", page)
}

// arrangement makes the page of an order of slots.
func (d *door) arrangement(v *visit, version int, slots []newsroom.Slot) (*frontPage, error) {
	page := &frontPage{chrome: d.chrome(v, "front", "desk.front.title"), Version: version}
	placed := map[newsroom.StoryID]bool{}
	for i, slot := range slots {
		story, err := d.Desk.Story(v.ctx(), v.person, slot.Story)
		if newsroom.KindOf(err) == newsroom.NotFound {
			continue
		}
		if err != nil {
			return nil, err
		}
		placed[slot.Story] = true
		page.Slots = append(page.Slots, slotView{Slot: slot, Story: story, Last: i == len(slots)-1})
	}
	public, err := d.Desk.Stories(v.ctx(), v.person, desk.Filter{
		Limit:  60,
		States: []newsroom.State{newsroom.Published, newsroom.Updated, newsroom.Corrected},
	})
	if err != nil {
		return nil, err
	}
	for _, s := range public {
		if !placed[s.ID] {
			page.Choices = append(page.Choices, s)
		}
	}
	return page, nil
}

// arrange moves slots about on the page, or launches them. Only launching
// changes anything, so only it is answered with a redirect.
func (d *door) arrange(v *visit) error {
	version, slots, err := readSlots(v)
	if err != nil {
		return err
	}
	verb, where, _ := strings.Cut(v.typed("do"), ":")
	if verb != "launch" {
		page, err := d.arrangement(v, version, rearrange(slots, verb, where))
		if err != nil {
			return err
		}
		page.Draft = true
		return d.show(v, http.StatusOK, "front.html", page)
	}
	_, seq, err := d.Front.Arrange(v.ctx(), v.person, version, slots)
	if err != nil {
		return d.unlaunched(v, version, slots, err)
	}
	n := d.printed(v, "front")(desk.Done{Seq: seq})
	return d.leave(v, "/front", n)
}

// unlaunched shows why: after somebody else's change the present order, to be
// arranged anew; else what was sent.
func (d *door) unlaunched(v *visit, version int, slots []newsroom.Slot, refusal error) error {
	if newsroom.KindOf(refusal) == newsroom.Conflict {
		front, err := d.Front.Front(v.ctx())
		if err != nil {
			return err
		}
		version, slots = front.Version, front.Slots
	}
	page, err := d.arrangement(v, version, slots)
	if err != nil {
		return err
	}
	return d.again(v, refusal, "front.html", &page.chrome, page)
}

func readSlots(v *visit) (int, []newsroom.Slot, error) {
	invalid := newsroom.Refuse(newsroom.Invalid, "error.form_invalid")
	version, err := strconv.Atoi(v.typed("version"))
	ids, headlines := v.r.PostForm["story"], v.r.PostForm["headline"]
	if err != nil || len(ids) != len(headlines) || len(ids) > 4*newsroom.MaxSlots {
		return 0, nil, invalid
	}
	slots := []newsroom.Slot{}
	for i := range ids {
		id, err := newsroom.ParseStoryID(ids[i])
		headline := []rune(oneLine(headlines[i]))
		if err != nil || len(headline) > newsroom.MaxLine {
			return 0, nil, invalid
		}
		slots = append(slots, newsroom.Slot{Story: id, Headline: string(headline)})
	}
	return version, slots, nil
}

// rearrange does one step: up, down and out name a place, add names a story.
func rearrange(slots []newsroom.Slot, verb, where string) []newsroom.Slot {
	n, err := strconv.Atoi(where)
	if err != nil || n < 0 {
		return slots
	}
	switch {
	case verb == "add":
		return append([]newsroom.Slot{{Story: newsroom.StoryID(n)}}, slots...)
	case verb == "up" && n > 0 && n < len(slots):
		slots[n-1], slots[n] = slots[n], slots[n-1]
	case verb == "down" && n+1 < len(slots):
		slots[n+1], slots[n] = slots[n], slots[n+1]
	case verb == "out" && n < len(slots):
		return append(slots[:n], slots[n+1:]...)
	}
	return slots
}
