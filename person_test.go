package newsroom_test

import (
	"testing"

	"github.com/rotatif/newsroom"
)

func TestWhoMayDoWhat(t *testing.T) {
	t.Parallel()
	actions := []newsroom.Action{
		newsroom.ReadWire, newsroom.ReadStories, newsroom.WriteStory, newsroom.SubmitStory, newsroom.ApproveStory,
		newsroom.PublishStory, newsroom.TakeDown, newsroom.ArrangeFront, newsroom.LiftEmbargo, newsroom.ManageStaff, newsroom.JudgeWire, "", "story.delete",
	}
	for _, c := range []struct {
		who   string
		roles []newsroom.Role
		may   string // one letter an action, in their order
	}{
		{"nobody", nil, "-------------"},
		{"a stranger", []newsroom.Role{"owner", "Editor", ""}, "-------------"},
		{"a writer", []newsroom.Role{newsroom.Writer}, "yyyy---------"},
		{"an editor", []newsroom.Role{newsroom.Editor}, "yyyyyyyy--y--"},
		{"the chief", []newsroom.Role{newsroom.Chief}, "yyyyyyyyy-y--"},
		{"the admin", []newsroom.Role{newsroom.Admin}, "---------y---"},
		{"writer and admin", []newsroom.Role{newsroom.Writer, newsroom.Admin}, "yyyy-----y---"},
		{"everybody", []newsroom.Role{newsroom.Writer, newsroom.Editor, newsroom.Chief, newsroom.Admin}, "yyyyyyyyyyy--"},
	} {
		for i, action := range actions {
			p := newsroom.Person{Roles: c.roles}
			if want := c.may[i] == 'y'; p.May(action) != want {
				t.Errorf("%s and %q: %v", c.who, action, !want)
			}
			if p.Disabled = true; p.May(action) {
				t.Errorf("%s may %q when disabled", c.who, action)
			}
		}
	}
}
