package newsroom

import "time"

// ItemKey is who sent it and what they call it: the identity of a wire item.
// Provider is the house's own code of the agency (from the source's settings,
// never from the file), ID the agency's stable id without its version.
type ItemKey struct {
	Provider string `json:"provider"`
	ID       string `json:"id"`
}

// ItemKind tells what sort of thing was delivered.
type ItemKind string

// The kinds of delivered things. Only KindText and KindPicture can become a story.
const (
	KindText      ItemKind = "text"
	KindPicture   ItemKind = "picture"
	KindGraphic   ItemKind = "graphic"
	KindVideo     ItemKind = "video"
	KindAudio     ItemKind = "audio"
	KindPackage   ItemKind = "package"
	KindEvent     ItemKind = "event"
	KindPlanning  ItemKind = "planning"
	KindConcept   ItemKind = "concept"
	KindHeartbeat ItemKind = "heartbeat"
	KindUnknown   ItemKind = "unknown"
)

// PubStatus is what the agency says may be done with an item.
type PubStatus string

// The statuses. An unknown word is StatusUnknown, which holds the item for a person.
const (
	Usable        PubStatus = "usable"
	Withheld      PubStatus = "withheld"
	Canceled      PubStatus = "canceled"
	StatusUnknown PubStatus = "unknown"
)

// EmbargoState tells whether something is under embargo and until when.
type EmbargoState string

// The embargo states. EmbargoUnknown (no end, or one that cannot be read) holds until a person decides.
const (
	EmbargoNone    EmbargoState = ""
	EmbargoUntil   EmbargoState = "until"
	EmbargoUnknown EmbargoState = "unknown"
)

// Embargo is the time before which nothing may be published. Text is what was delivered.
type Embargo struct {
	State EmbargoState `json:"state,omitempty"`
	Until time.Time    `json:"until,omitzero"`
	Text  string       `json:"text,omitempty"`
}

// Holds says whether the embargo stands at the time. One that should have an
// end and has none stands.
func (e Embargo) Holds(at time.Time) bool {
	switch e.State {
	case EmbargoNone:
		return false
	case EmbargoUntil:
		return e.Until.IsZero() || at.Before(e.Until)
	default:
		return true
	}
}

// endless says whether the embargo stands with no end that is known.
func (e Embargo) endless() bool {
	return e.State != EmbargoNone && (e.State != EmbargoUntil || e.Until.IsZero())
}

// Stricter is the stricter of two embargoes: the unknown end, else the later.
func (e Embargo) Stricter(o Embargo) Embargo {
	switch {
	case e.State == EmbargoNone:
		return o
	case o.State == EmbargoNone, e.endless():
		return e
	case o.endless(), o.Until.After(e.Until):
		return o
	default:
		return e
	}
}

// Cited is one link of a source chain: who says it, in which role, and the
// words that show it.
type Cited struct {
	Name     string `json:"name"`
	Role     string `json:"role,omitempty"` // provider, source, cited
	Evidence string `json:"evidence,omitempty"`
}

// Subject is a code as delivered: scheme (alias) and code, with the name given.
type Subject struct {
	Scheme string `json:"scheme,omitempty"`
	Code   string `json:"code,omitempty"`
	Name   string `json:"name,omitempty"`
}

// Dateline is where and when the copy was written, "ANKARA (AA) -".
type Dateline struct {
	Text  string `json:"text,omitempty"`
	Place string `json:"place,omitempty"`
}

// EdNote is a note of the agency to its subscribers. Never printed.
type EdNote struct {
	Role string `json:"role,omitempty"`
	Text string `json:"text"`
}

// NoticeKind is what an agency asks for in words instead of in a field.
type NoticeKind string

// The notices. A correction's new text is in the notice itself; a release ends a hold.
const (
	NoticeKill       NoticeKind = "kill"
	NoticeHold       NoticeKind = "hold"
	NoticeCorrection NoticeKind = "correction"
	NoticeRelease    NoticeKind = "release"
)

// Notice is ordinary copy that speaks of other copy: "İPTAL", "KILL KILL
// KILL". Words are those that make it one. IDs, Headlines and At (when the copy
// was sent) are how it names the copy it means; all may be empty.
// A notice is shown to a person and never kills by itself.
type Notice struct {
	Kind      NoticeKind `json:"kind"`
	Words     string     `json:"words"`
	IDs       []string   `json:"ids,omitempty"`
	Headlines []string   `json:"headlines,omitempty"`
	At        time.Time  `json:"at,omitzero"`
}

// Link relates an item to another one of the same provider.
type Link struct {
	Rel string `json:"rel"`
	ID  string `json:"id"`
}

// Dispatch is one delivered revision of a wire item, understood. It is made by
// a wire format from bytes and never changed afterwards. Times are UTC; zero
// means "not stated". Urgency is 1 to 9, 0 when not stated.
type Dispatch struct {
	Key             ItemKey      `json:"key"`
	IDKind          string       `json:"id_kind,omitempty"` // guid, uri, link, generated
	Format          string       `json:"format"`            // ninjs, newsml-g2, rss, atom …
	Version         string       `json:"version,omitempty"`
	Kind            ItemKind     `json:"kind"`
	Status          PubStatus    `json:"status"`
	StatusRaw       string       `json:"status_raw,omitempty"`
	Embargo         Embargo      `json:"embargo,omitzero"`
	Created         time.Time    `json:"created,omitzero"`         // firstCreated
	VersionCreated  time.Time    `json:"version_created,omitzero"` // the revision's own time
	Expires         time.Time    `json:"expires,omitzero"`
	Headline        string       `json:"headline,omitempty"`
	Kicker          string       `json:"kicker,omitempty"` // the short line above the headline
	Standfirst      string       `json:"standfirst,omitempty"`
	Body            Body         `json:"body,omitempty"`
	Byline          string       `json:"byline,omitempty"`
	Dateline        Dateline     `json:"dateline,omitzero"`
	Credit          string       `json:"credit,omitempty"`
	Chain           []Cited      `json:"chain,omitempty"`
	Slugline        string       `json:"slugline,omitempty"`
	Language        string       `json:"language,omitempty"` // BCP 47
	Urgency         int          `json:"urgency,omitempty"`
	Priority        int          `json:"priority,omitempty"`
	Flash           bool         `json:"flash,omitempty"`
	Correction      bool         `json:"correction,omitempty"`
	Refile          bool         `json:"refile,omitempty"`   // a slip mended that no reader need be told of
	Repeat          bool         `json:"repeat,omitempty"`   // sent once more, unchanged
	Numbered        bool         `json:"numbered,omitempty"` // its agency's numbers order its revisions, whatever their times say
	Notice          *Notice      `json:"notice,omitempty"`   // it is copy about other copy
	Partial         bool         `json:"partial,omitempty"`  // a fragment that must not replace a whole text
	Subjects        []Subject    `json:"subjects,omitempty"`
	Places          []Subject    `json:"places,omitempty"`
	Keywords        []string     `json:"keywords,omitempty"`
	Pictures        []PictureRef `json:"pictures,omitempty"`
	Links           []Link       `json:"links,omitempty"`
	CopyrightHolder string       `json:"copyright_holder,omitempty"`
	UsageTerms      string       `json:"usage_terms,omitempty"`
	Barred          string       `json:"barred,omitempty"` // the agency's words that bar this house from using it, "TURKEY OUT"
	EdNotes         []EdNote     `json:"ed_notes,omitempty"`
	Address         string       `json:"address,omitempty"`  // a web address of the original, if any
	Warnings        []string     `json:"warnings,omitempty"` // keys of wire.warning.* sentences, "key:detail"
}

// Hash is the identity of the revision's content. Two deliveries with the same
// hash are the same delivery. What the house concludes from the copy is no part
// of it: a house that learns to read better has not been sent anything new.
func (d Dispatch) Hash() string {
	d.Warnings, d.Notice, d.Barred, d.Refile, d.Repeat, d.Numbered = nil, nil, "", false, false, false
	return digest(d)
}

// Sign is the identity of what people are told by the revision: its text, and
// what the agency says of it. A revision that is sent anew, with another number
// or hour and the same text, has the same sign.
func (d Dispatch) Sign() string {
	said := []string{d.Headline, d.Kicker, d.Standfirst, d.Byline, d.Dateline.Text, d.Credit, d.UsageTerms, d.Embargo.Text}
	for _, n := range d.EdNotes {
		said = append(said, n.Text)
	}
	blocks := []string{}
	for _, b := range d.Body {
		blocks = append(blocks, b.Sign())
	}
	return digest([]any{said, blocks, d.Correction})
}
