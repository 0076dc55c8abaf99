package deskui

import (
	"github.com/rotatif/newsroom"
)

// The actions of those whose right is only to be there.
const (
	anybody   newsroom.Action = "door.anybody" // signed in or not
	staffOnly newsroom.Action = "door.staff"   // whoever is signed in
)

// route is one line of the map of the desk.
type route struct {
	method, pattern string
	action          newsroom.Action
	do              func(*visit) error
}

// routes is the map of the desk. GET changes nothing.
func (d *door) routes() []route {
	return []route{
		{"GET", "/{$}", staffOnly, d.home},
		{"GET", "/static/{name}", anybody, d.static},
		{"GET", "/claim", anybody, d.claim},
		{"POST", "/claim", anybody, d.useClaim},
		{"GET", "/sign-in", anybody, d.signInPage},
		{"POST", "/sign-in", anybody, d.signIn},
		{"POST", "/sign-out", staffOnly, d.signOut},
		{"GET", "/help", staffOnly, d.help},

		{"GET", "/wire", newsroom.ReadWire, d.wire},
		{"GET", "/wire/live", newsroom.ReadWire, d.wireLive},
		{"GET", "/wire/health", newsroom.ReadWire, d.health},
		{"GET", "/wire/quarantine", newsroom.ReadWire, d.quarantine},
		{"GET", "/wire/quarantine/{id}", newsroom.ReadWire, d.delivery},
		{"GET", "/wire/quarantine/{id}/raw", newsroom.ReadWire, d.deliveryRaw},
		{"POST", "/watches", newsroom.ReadWire, d.keepWatch},
		{"POST", "/watches/{id}", newsroom.ReadWire, d.changeWatch},
		{"POST", "/watches/{id}/seen", newsroom.ReadWire, d.seeWatch},
		{"GET", "/wire/{id}", newsroom.ReadWire, d.wire},
		{"POST", "/wire/{id}/take", newsroom.WriteStory, d.take},
		{"POST", "/wire/{id}/answer", newsroom.ReadWire, d.answer},
		{"POST", "/wire/{id}/judge", newsroom.JudgeWire, d.judge},
		{"POST", "/wire/{id}/plain", newsroom.JudgeWire, d.ordinary},
		{"POST", "/wire/{id}/allow", newsroom.JudgeWire, d.allow},
		{"POST", "/wire/{id}/revive", newsroom.LiftEmbargo, d.revive},
		{"POST", "/wire/{id}/part", newsroom.JudgeWire, d.part},
		{"POST", "/wire/{id}/join", newsroom.JudgeWire, d.join},
		{"POST", "/wire/quarantine/{id}/retry", newsroom.JudgeWire, d.retry},
		{"GET", "/calls", newsroom.ReadWire, d.calls},
		{"GET", "/alarms", newsroom.ReadWire, d.alarmsLive},

		{"GET", "/stories", newsroom.ReadStories, d.stories},
		{"GET", "/stories/new", newsroom.WriteStory, d.newStory},
		{"POST", "/stories", newsroom.WriteStory, d.begin},
		{"GET", "/stories/{id}", newsroom.ReadStories, d.story},
		{"GET", "/stories/{id}/proof", newsroom.ReadStories, d.proof},
		{"GET", "/stories/{id}/agency", newsroom.WriteStory, d.agency},
		{"POST", "/stories/{id}/agency", newsroom.WriteStory, d.followAgency},
		{"GET", "/stories/{id}/revisions", newsroom.ReadStories, d.revisions},
		{"POST", "/stories/{id}/save", newsroom.WriteStory, d.save},
		{"POST", "/stories/{id}/restore", newsroom.WriteStory, d.restore},
		{"POST", "/stories/{id}/submit", newsroom.SubmitStory, d.submit},
		{"POST", "/stories/{id}/return", newsroom.ApproveStory, d.giveBack},
		{"POST", "/stories/{id}/publish", newsroom.PublishStory, d.publish},
		{"POST", "/stories/{id}/correct", newsroom.PublishStory, d.correct},
		{"POST", "/stories/{id}/schedule", newsroom.PublishStory, d.schedule},
		{"POST", "/stories/{id}/unschedule", newsroom.PublishStory, d.unschedule},
		{"POST", "/stories/{id}/clear", newsroom.PublishStory, d.clear},
		{"POST", "/stories/{id}/embargo", newsroom.LiftEmbargo, d.embargo},
		{"POST", "/stories/{id}/unpublish", newsroom.TakeDown, d.unpublish},
		{"POST", "/stories/{id}/kill", newsroom.TakeDown, d.kill},

		{"GET", "/front", newsroom.ArrangeFront, d.frontPage},
		{"POST", "/front", newsroom.ArrangeFront, d.arrange},

		{"GET", "/people", newsroom.ManageStaff, d.people},
		{"POST", "/people", newsroom.ManageStaff, d.addPerson},
		{"POST", "/people/{login}", newsroom.ManageStaff, d.changePerson},
	}
}
