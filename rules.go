package newsroom

import (
	"strings"
	"time"
	"unicode/utf8"
)

// By is who does something and when. Every rule of a story takes one.
type By struct {
	Person PersonID
	At     time.Time
}

// fact starts the fact of a story's change.
func (s Story) fact(kind FactKind, by By) Fact {
	return Fact{Kind: kind, At: Micro(by.At), By: by.Person, Story: s.ID, Head: s.Head}
}

// Check refuses content no story may have, however unfinished.
func (c Content) Check() error {
	short := append([]string{c.Language, c.Section, c.Headline, c.Byline, c.Dateline, c.Credit.Agency, c.Slugline}, c.Credit.Cited...)
	if len(c.Credit.Cited) > MaxCited {
		return Refuse(TooMuch, "error.body_too_long")
	}
	for _, field := range short {
		if err := checkLine(field); err != nil {
			return err
		}
	}
	if err := checkText(c.Standfirst, MaxLead); err != nil {
		return err
	}
	if err := checkText(c.Note, MaxText); err != nil {
		return err
	}
	return c.Body.Check()
}

// checkText refuses what is not text or has more runes than are allowed.
func checkText(s string, most int) error {
	if !utf8.ValidString(s) {
		return Refuse(Invalid, "error.text_encoding")
	}
	if utf8.RuneCountInString(s) > most {
		return Refuse(TooMuch, "error.body_too_long")
	}
	return nil
}

// checkLine is checkText for a short field.
func checkLine(s string) error {
	err := checkText(s, MaxLine)
	if KindOf(err) == TooMuch {
		return Refuse(TooMuch, "error.line_too_long")
	}
	return err
}

// blank says whether there is nothing to read in a text.
func blank(s string) bool { return strings.TrimSpace(s) == "" }

// Complete refuses content that may be kept but not published.
func (c Content) Complete() error {
	switch {
	case blank(c.Headline):
		return Refuse(Invalid, "error.no_headline")
	case blank(c.Section):
		return Refuse(Invalid, "error.no_section")
	case c.Body.Words() == 0:
		return Refuse(Invalid, "error.no_body")
	default:
		return nil
	}
}

// Begin starts a story. An id has been given; nothing else has.
func (s Story) Begin(c Content, by By) (Story, []Fact, error) {
	if s.State != "" {
		return s, nil, Refuse(Conflict, "error.story_exists")
	}
	if err := c.Check(); err != nil {
		return s, nil, err
	}
	s.State, s.Owner, s.Created = Draft, by.Person, Micro(by.At)
	s = s.save(c, by)
	return s, []Fact{s.fact(StoryBegun, by)}, nil
}

// Take starts a story from a wire item that may be used, or may be used later:
// an embargo travels with it. An item that is killed, announced, withheld,
// barred or a notice cannot be taken, nor one that is neither text nor picture.
func (s Story) Take(item WireItem, c Content, by By) (Story, []Fact, error) {
	switch item.State(by.At) {
	case ItemKilled:
		return s, nil, Refuse(Held, "error.item_killed")
	case ItemAnnounced:
		return s, nil, Refuse(Held, "error.item_announced")
	case ItemNotice:
		return s, nil, Refuse(Held, "error.item_notice")
	case ItemWithheld:
		return s, nil, Refuse(Held, "error.item_withheld")
	case ItemBarred:
		return s, nil, Refuse(Held, "error.item_barred", "text", item.Text.Barred)
	}
	if item.Text.Kind != KindText && item.Text.Kind != KindPicture {
		return s, nil, Refuse(Invalid, "desk.refusal.kind")
	}
	s, facts, err := s.Begin(c, by)
	if err != nil {
		return s, nil, err
	}
	s.Origin, s.Embargo, s.Copied, s.Basis = item.Key, item.Embargo, s.Head, item.Text.Sign()
	s.Embargo.Until = Micro(s.Embargo.Until)
	s.Heard = item.Embargo
	for i := range facts {
		facts[i].Item, facts[i].Key = item.ID, item.Key
	}
	return s, facts, nil
}

// save makes a revision of the content.
func (s Story) save(c Content, by By) Story {
	before := s
	s.Content, s.Editor, s.Saved = c, by.Person, Micro(by.At)
	s.Revision++
	s.Head = s.Latest(before).Seal()
	return s
}

// Edit saves a text. The caller names the revision it began from: when another
// was saved meanwhile it is a Conflict and nothing is overwritten. The same
// text again changes nothing. A save drops the approval and takes a waiting
// story out of the queue, for nobody has approved these words.
func (s Story) Edit(seen int, c Content, by By) (Story, []Fact, error) {
	if s.State == "" {
		return s, nil, Refuse(NotFound, "error.not_found")
	}
	if s.State == Killed {
		return s, nil, Refuse(Conflict, "error.story_killed")
	}
	if digest(c) == digest(s.Content) {
		return s, nil, nil
	}
	if seen != s.Revision {
		return s, nil, Refuse(Conflict, "error.edit_conflict")
	}
	if err := c.Check(); err != nil {
		return s, nil, err
	}
	s = s.save(c, by)
	facts := []Fact{s.fact(StorySaved, by)}
	s.Approval = nil
	if s.State.Waiting() {
		s.Release = time.Time{}
		facts = append(facts, s.fact(StoryUnscheduled, by))
	}
	if s.State == Approved || s.State.Waiting() {
		s.State = InReview
	}
	return s, facts, nil
}

// Behind says whether the agency has since sent another text than the one the
// story rests on.
func (s Story) Behind(item WireItem) bool {
	return s.Origin == item.Key && s.Basis != item.Text.Sign() && item.TextMark.Hash != "" && s.State != Killed
}

// AgencyRevised notes that the agency has sent another text than the one the
// story rests on, for somebody to look at. A slip mended is noted by nobody.
func (s Story) AgencyRevised(item WireItem, by By) (Story, []Fact, error) {
	sign := item.Text.Sign()
	switch {
	case !s.Behind(item) && s.Sent != nil: // the agency has gone back to its old text
		s.Sent = nil
		return s, []Fact{s.fact(StoryFollowed, by)}, nil
	case !s.Behind(item), item.Text.Refile, s.Sent != nil && s.Sent.Sign == sign:
		return s, nil, nil
	}
	s.Sent = &Sent{Sign: sign, Correction: item.Text.Correction || s.Sent != nil && s.Sent.Correction, At: Micro(by.At)}
	return s, []Fact{s.fact(StoryBehind, by)}, nil
}

// Follow takes over from the agency's newer revision what a person has chosen,
// which may be nothing, and notes that the story rests on that revision now.
// copied says that the text is then the agency's, unchanged. As with Edit the
// caller names the revision it began from.
func (s Story) Follow(seen int, c Content, basis string, copied bool, by By) (Story, []Fact, error) {
	if basis == "" {
		return s, nil, Refuse(Invalid, "error.form_invalid")
	}
	if seen != s.Revision {
		return s, nil, Refuse(Conflict, "error.edit_conflict")
	}
	s, facts, err := s.Edit(seen, c, by)
	if err != nil || s.Basis == basis && len(facts) == 0 {
		return s, nil, err
	}
	s.Sent = nil
	if s.Basis = basis; copied {
		s.Copied = s.Head
	}
	return s, append(facts, s.fact(StoryFollowed, by)), nil
}

// Submit gives a draft to the editors.
func (s Story) Submit(by By) (Story, []Fact, error) {
	if s.State != Draft && s.State != Unpublished {
		return s, nil, s.wrongState("submit")
	}
	if err := s.Content.Complete(); err != nil {
		return s, nil, err
	}
	s.State = InReview
	return s, []Fact{s.fact(StorySubmitted, by)}, nil
}

// Return gives a story back to its writer, with a reason.
func (s Story) Return(reason string, by By) (Story, []Fact, error) {
	if s.State != InReview && s.State != Approved {
		return s, nil, s.wrongState("return")
	}
	s.State, s.Approval = Draft, nil
	fact := s.fact(StoryReturned, by)
	fact.Reason = reason
	return s, []Fact{fact}, nil
}

// Approve binds a person's word to the exact revision that person saw.
func (s Story) Approve(head string, by By) (Story, []Fact, error) {
	if s.State != InReview && !s.Pending() {
		return s, nil, s.wrongState("approve")
	}
	if head != s.Head {
		return s, nil, Refuse(Conflict, "error.approve_changed")
	}
	if err := s.Content.Complete(); err != nil {
		return s, nil, err
	}
	s.Approval = &Approval{Head: s.Head, By: by.Person, At: Micro(by.At)}
	if s.State == InReview {
		s.State = Approved
	}
	return s, []Fact{s.fact(StoryApproved, by)}, nil
}

// approved says whether the present words are the ones a person approved.
func (s Story) approved() bool { return s.Approval != nil && s.Approval.Head == s.Head }

// clear refuses what nothing may be published past: a hold, an embargo, a missing approval.
func (s Story) clear(at time.Time) error {
	switch {
	case s.Held != "":
		return Refuse(Held, s.Held)
	case s.Embargo.State == EmbargoUnknown:
		return Refuse(Held, "error.embargo_unknown", "text", s.Embargo.Text)
	case s.Embargo.Holds(at):
		return Refuse(Held, "error.embargo_holds")
	case !s.approved():
		return Refuse(Conflict, "error.not_approved")
	default:
		return nil
	}
}

func (s Story) wrongState(verb string) error {
	return Refuse(Conflict, "error.wrong_state", "verb", verb, "state", string(s.State))
}
