package newsroom

import "time"

// State is where a story stands on its way.
type State string

// The states of a story, in the order of the way.
const (
	Draft       State = "draft"
	InReview    State = "in_review"
	Approved    State = "approved"
	Scheduled   State = "scheduled" // waits for its hour
	Embargoed   State = "embargoed" // waits for the end of an embargo
	Published   State = "published"
	Updated     State = "updated"
	Corrected   State = "corrected"
	Unpublished State = "unpublished"
	Killed      State = "killed"
)

// Public says whether a story in this state is before readers.
func (s State) Public() bool { return s == Published || s == Updated || s == Corrected }

// Waiting says whether a story in this state is released by the clock.
func (s State) Waiting() bool { return s == Scheduled || s == Embargoed }

// Gone says whether the story was before readers, or could have been, and is taken down.
func (s State) Gone() bool { return s == Unpublished || s == Killed }

// Credit names the source of copy: the agency and those whom it cites.
type Credit struct {
	Agency string   `json:"agency,omitempty"`
	Cited  []string `json:"cited,omitempty"`
}

// Content is what an editor writes. Slugline and Note are for the house alone
// and have no counterpart in [Article].
type Content struct {
	Language   string `json:"language"` // BCP 47; "tr" or "en" for now
	Section    string `json:"section"`  // a section's slug
	Headline   string `json:"headline"`
	Standfirst string `json:"standfirst,omitempty"`
	Body       Body   `json:"body,omitempty"`
	Byline     string `json:"byline,omitempty"`
	Dateline   string `json:"dateline,omitempty"`
	Credit     Credit `json:"credit,omitzero"`
	Slugline   string `json:"slugline,omitempty"`
	Note       string `json:"note,omitempty"`
}

// Story is a story as the house has it. Content is the latest saved text;
// Revision its number and Head the hash that seals it and all before it.
type Story struct {
	ID       StoryID   `json:"id"`
	State    State     `json:"state"`
	Content  Content   `json:"content"`
	Revision int       `json:"revision"`
	Head     string    `json:"head"`
	Origin   ItemKey   `json:"origin,omitzero"`  // the wire item it was made of
	Copied   string    `json:"copied,omitempty"` // Head of the revision that was the agency's words, unchanged
	Basis    string    `json:"basis,omitempty"`  // the agency's revision that the text rests on; see [Dispatch.Sign]
	Sent     *Sent     `json:"sent,omitempty"`   // the agency's newer text, while nobody has looked at it
	Owner    PersonID  `json:"owner"`
	Editor   PersonID  `json:"editor"` // who saved last
	Created  time.Time `json:"created"`
	Saved    time.Time `json:"saved"`
	Embargo  Embargo   `json:"embargo,omitzero"`
	Heard    Embargo   `json:"heard,omitzero"` // the agency's embargo that was followed, or decided on by a person
	Held     string    `json:"held,omitempty"` // why nothing may be published until a person decides; a catalogue key
	Word     string    `json:"word,omitempty"` // the agency's kill or hold that a person has decided on; see [WireItem.Word]
	Approval *Approval `json:"approval,omitempty"`
	Release  time.Time `json:"release,omitzero"` // when a waiting story is due
	Live     *Live     `json:"live,omitempty"`
	Reason   string    `json:"reason,omitempty"` // of the kill or the taking down
}

// Sent is a newer text of the agency that nobody has looked at yet. Correction
// says that it, or one before it, is called a correction.
type Sent struct {
	Sign       string    `json:"sign"` // see [Dispatch.Sign]
	Correction bool      `json:"correction,omitempty"`
	At         time.Time `json:"at"`
}

// Approval is a person's word for exact bytes: any later save drops it.
type Approval struct {
	Head string    `json:"head"`
	By   PersonID  `json:"by"`
	At   time.Time `json:"at"`
}

// Live is what readers have of the story. First is fixed for ever at first
// publication, Changed moves with every later publication: the two legal dates.
type Live struct {
	Head     string       `json:"head"`
	Revision int          `json:"revision"`
	First    time.Time    `json:"first"`
	Changed  time.Time    `json:"changed,omitzero"`
	Notes    []Correction `json:"notes,omitempty"`
}

// Correction is a public note saying what was wrong, and since when it is right.
type Correction struct {
	Text string    `json:"text"`
	At   time.Time `json:"at"`
}

// Pending says whether the house has a newer text than readers.
func (s Story) Pending() bool { return s.State.Public() && s.Live != nil && s.Live.Head != s.Head }

// Revision is a saved text, kept for ever. Hash seals the text, who saved it
// and when, and Prev, the hash of the revision before: a chain.
type Revision struct {
	Story   StoryID   `json:"story"`
	No      int       `json:"no"`
	Prev    string    `json:"prev"`
	Hash    string    `json:"hash"`
	By      PersonID  `json:"by"`
	At      time.Time `json:"at"`
	Content Content   `json:"content"`
}

// Seal computes the revision's hash from everything else in it.
func (r Revision) Seal() string {
	r.Hash = ""
	return digest(r)
}

// Latest is the story's newest revision, given the story before the save.
func (s Story) Latest(before Story) Revision {
	return Revision{Story: s.ID, No: s.Revision, Prev: before.Head, Hash: s.Head, By: s.Editor, At: s.Saved, Content: s.Content}
}

// Article is everything the public has of a story. It has no field for a
// draft, a slugline, a note or an embargo, so none can reach a reader.
type Article struct {
	ID         StoryID      `json:"id"`
	Head       string       `json:"head"` // of the revision it shows
	Language   string       `json:"language"`
	Section    string       `json:"section"`
	Headline   string       `json:"headline"`
	Standfirst string       `json:"standfirst,omitempty"`
	Body       Body         `json:"body,omitempty"`
	Byline     string       `json:"byline,omitempty"`
	Dateline   string       `json:"dateline,omitempty"`
	Credit     Credit       `json:"credit,omitzero"`
	First      time.Time    `json:"first"`
	Changed    time.Time    `json:"changed,omitzero"`
	Notes      []Correction `json:"notes,omitempty"`
}

// article is the public part of a story that has just been made live.
func (s Story) article() *Article {
	c := s.Content
	return &Article{
		ID: s.ID, Head: s.Head, Language: c.Language, Section: c.Section,
		Headline: c.Headline, Standfirst: c.Standfirst, Body: publicBody(c.Body), Byline: c.Byline,
		Dateline: c.Dateline, Credit: c.Credit,
		First: s.Live.First, Changed: s.Live.Changed, Notes: s.Live.Notes,
	}
}

// publicBody drops what only the desk may know of pictures: where they came
// from and on which terms.
func publicBody(body Body) Body {
	out := make(Body, len(body))
	for i, block := range body {
		if block.Picture != nil {
			p := *block.Picture
			p.Src, p.Usage, p.Renditions = "", "", nil
			block.Picture = &p
		}
		if len(block.Blocks) > 0 {
			block.Blocks = publicBody(block.Blocks)
		}
		out[i] = block
	}
	return out
}
