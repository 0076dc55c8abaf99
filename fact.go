package newsroom

import (
	"slices"
	"time"
)

// FactKind names what happened.
type FactKind string

// The facts of the journal.
const (
	StoryBegun       FactKind = "story.begun"
	StorySaved       FactKind = "story.saved"
	StoryFollowed    FactKind = "story.followed" // it rests on the agency's newer revision
	StoryBehind      FactKind = "story.behind"   // the agency has sent another text since
	StorySubmitted   FactKind = "story.submitted"
	StoryReturned    FactKind = "story.returned"
	StoryApproved    FactKind = "story.approved"
	StoryScheduled   FactKind = "story.scheduled"
	StoryUnscheduled FactKind = "story.unscheduled"
	StoryPublished   FactKind = "story.published"
	StoryUpdated     FactKind = "story.updated"
	StoryCorrected   FactKind = "story.corrected"
	StoryUnpublished FactKind = "story.unpublished"
	StoryKilled      FactKind = "story.killed"
	StoryHeld        FactKind = "story.held"
	StoryCleared     FactKind = "story.cleared"
	EmbargoChanged   FactKind = "story.embargo"
	FrontSet         FactKind = "front.set"
	ItemArrived      FactKind = "item.arrived"
	ItemRevised      FactKind = "item.revised"
	ItemWasKilled    FactKind = "item.killed"
	ItemWasWithheld  FactKind = "item.withheld"
	ItemWasAnnounced FactKind = "item.announced" // a notice was found to mean it
	ItemWasJudged    FactKind = "item.judged"    // a person decided on a notice, or it was found to mean another item
	ItemWasCalled    FactKind = "item.called"
	ItemWasEscalated FactKind = "item.escalated"
	ItemWasAnswered  FactKind = "item.answered"
	ItemWasAllowed   FactKind = "item.allowed"
	ItemWasRevived   FactKind = "item.revived"
	ItemWasParted    FactKind = "item.parted" // a person says that it is of another event than those it stood with
	ItemWasJoined    FactKind = "item.joined" // a person says that it is of the same event as another item
)

// Fact is one thing that happened, kept in the journal in the order in which
// it happened and in the same transaction as the change it tells of. Seq is
// given by the journal. A fact that puts text before readers carries that
// text, so that the edition is a function of the journal and nothing else.
type Fact struct {
	Seq     Seq        `json:"seq"`
	At      time.Time  `json:"at"`
	Kind    FactKind   `json:"kind"`
	By      PersonID   `json:"by,omitempty"`
	Story   StoryID    `json:"story,omitempty"`
	Head    string     `json:"head,omitempty"`
	Item    ItemID     `json:"item,omitempty"`
	Key     ItemKey    `json:"key,omitzero"`
	Reason  string     `json:"reason,omitempty"`
	Notice  NoticeKind `json:"notice,omitempty"`  // of a fact about a notice: what the notice asks for
	Public  bool       `json:"public,omitempty"`  // taken down: readers have had it, so its address is gone, not unknown
	Article *Article   `json:"article,omitempty"` // published, updated, corrected
	Front   *Front     `json:"front,omitempty"`   // front.set
}

// Prints says whether the press has something to print for this fact.
func (f Fact) Prints() bool {
	switch f.Kind {
	case StoryPublished, StoryUpdated, StoryCorrected, FrontSet:
		return true
	case StoryUnpublished, StoryKilled:
		return f.Public
	default:
		return false
	}
}

// Front is the chief editor's order of the front page: the manşet slots, first
// slot first. What is not placed follows by itself, newest first. Version
// grows with every change and guards against two people overwriting each other.
type Front struct {
	Version int       `json:"version"`
	Slots   []Slot    `json:"slots"`
	By      PersonID  `json:"by,omitempty"`
	At      time.Time `json:"at,omitzero"`
}

// Slot is a place on the front. Headline, when set, is shown there instead of the story's own.
type Slot struct {
	Story    StoryID `json:"story"`
	Headline string  `json:"headline,omitempty"`
}

// MaxSlots is how many stories the manşet holds.
const MaxSlots = 15

// Arrange replaces the slots of the front. The caller names the version it
// saw; stories must be distinct.
func (f Front) Arrange(seen int, slots []Slot, by PersonID, at time.Time) (Front, []Fact, error) {
	if seen != f.Version {
		return f, nil, Refuse(Conflict, "error.front_changed")
	}
	if len(slots) > MaxSlots {
		return f, nil, Refuse(TooMuch, "error.front_full")
	}
	placed := map[StoryID]bool{}
	for _, slot := range slots {
		if placed[slot.Story] {
			return f, nil, Refuse(Invalid, "error.front_twice")
		}
		if slot.Story <= 0 {
			return f, nil, Refuse(NotFound, "error.not_found")
		}
		if err := checkLine(slot.Headline); err != nil {
			return f, nil, err
		}
		placed[slot.Story] = true
	}
	f = Front{Version: f.Version + 1, Slots: slices.Clone(slots), By: by, At: Micro(at)}
	public := f
	public.By = House // who arranged it is nobody's business outside
	return f, []Fact{{Kind: FrontSet, At: f.At, By: by, Front: &public}}, nil
}
