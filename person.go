package newsroom

import "time"

// Role is what a person is in the house. A person may have several.
type Role string

// The roles. The admin runs the machine, not the newspaper; the chief editor
// runs the newspaper, not the machine.
const (
	Writer Role = "writer"
	Editor Role = "editor"
	Chief  Role = "chief"
	Admin  Role = "admin"
)

// Person is a member of staff. Login is unique and lower case.
type Person struct {
	ID       PersonID  `json:"id"`
	Login    string    `json:"login"`
	Name     string    `json:"name"`
	Roles    []Role    `json:"roles"`
	Language string    `json:"language"`
	Disabled bool      `json:"disabled,omitempty"`
	Created  time.Time `json:"created"`
	Secret   string    `json:"-"` // the password's argon2id hash in PHC form; empty: cannot sign in
}

// Is says whether the person has the role.
func (p Person) Is(role Role) bool {
	for _, r := range p.Roles {
		if r == role {
			return true
		}
	}
	return false
}

// Action is something a person may want to do.
type Action string

// The actions.
const (
	ReadWire     Action = "wire.read"
	JudgeWire    Action = "wire.judge" // notices, bars, quarantine
	ReadStories  Action = "story.read"
	WriteStory   Action = "story.write"
	SubmitStory  Action = "story.submit"
	ApproveStory Action = "story.approve"
	PublishStory Action = "story.publish" // publish, schedule, update, correct
	TakeDown     Action = "story.takedown"
	LiftEmbargo  Action = "story.embargo"
	ArrangeFront Action = "front.arrange"
	ManageStaff  Action = "staff.manage"
)

// May is the table of who may do what; what is not in it is denied.
func (p Person) May(a Action) bool {
	if p.Disabled {
		return false
	}
	switch a {
	case ReadWire, ReadStories, WriteStory, SubmitStory:
		return p.Is(Writer) || p.Is(Editor) || p.Is(Chief)
	case JudgeWire, ApproveStory, PublishStory, TakeDown, ArrangeFront:
		return p.Is(Editor) || p.Is(Chief)
	case LiftEmbargo:
		return p.Is(Chief)
	case ManageStaff:
		return p.Is(Admin)
	default:
		return false
	}
}
