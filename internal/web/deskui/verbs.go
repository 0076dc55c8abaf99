package deskui

import (
	"time"

	"github.com/rotatif/newsroom"
	"github.com/rotatif/newsroom/internal/desk"
	"github.com/rotatif/newsroom/internal/letters"
)

// saved keeps the text of the form, if it says anything new, and gives the
// story as it then is and the hash of what the person has before them.
func (d *door) saved(v *visit) (newsroom.Story, storyForm, bool, error) {
	story, err := d.load(v)
	if err != nil {
		return story, storyForm{}, false, err
	}
	form, err := readStory(v)
	if err == nil {
		err = d.checkForm(form)
	}
	if err != nil {
		return story, form, false, err
	}
	done, err := d.Desk.Save(v.ctx(), v.person, story.ID, form.Seen, form.content(story.Content))
	if err != nil {
		return story, form, false, err
	}
	if done.Seq != 0 {
		form.Seen, form.Head = done.Story.Revision, done.Story.Head
	}
	return done.Story, form, done.Seq != 0, nil
}

func (d *door) save(v *visit) error {
	story, form, fresh, err := d.saved(v)
	if err != nil {
		return d.whileSaving(v, story, form, err)
	}
	kind := "same"
	if fresh {
		kind = "saved"
	}
	return d.leave(v, "/stories/"+story.ID.String(), note{Kind: kind})
}

func (d *door) whileSaving(v *visit, story newsroom.Story, form storyForm, err error) error {
	if story.ID == 0 {
		return err
	}
	return d.refused(v, story, form, "", err)
}

// withText saves the text of the form first, then does the verb with exactly
// the revision that the person has before them.
func (d *door) withText(v *visit, opened string, verb func(newsroom.Story, storyForm) (desk.Done, error), tell func(desk.Done) note) error {
	story, form, _, err := d.saved(v)
	if err != nil {
		return d.whileSaving(v, story, form, err)
	}
	done, err := verb(story, form)
	if err != nil {
		return d.refused(v, story, form, opened, err)
	}
	return d.leave(v, "/stories/"+done.Story.ID.String(), tell(done))
}

// plain does a verb that has nothing to do with the text.
func (d *door) plain(v *visit, opened string, verb func(newsroom.Story) (desk.Done, error), tell func(desk.Done) note) error {
	story, err := d.load(v)
	if err != nil {
		return err
	}
	done, err := verb(story)
	if err != nil {
		return d.refused(v, story, formOf(story), opened, err)
	}
	return d.leave(v, "/stories/"+done.Story.ID.String(), tell(done))
}

func told(kind string) func(desk.Done) note {
	return func(desk.Done) note { return note{Kind: kind} }
}

// printed waits for the press and tells the truth either way.
func (d *door) printed(v *visit, kind string) func(desk.Done) note {
	return func(done desk.Done) note {
		edition, took, err := d.Printed(v.ctx(), done.Seq)
		if err != nil {
			d.Log.Warn("deskui: not printed yet", "seq", int64(done.Seq), "error", err)
			return note{Kind: "committed"}
		}
		return note{Kind: kind, Edition: edition, Took: took}
	}
}

func (d *door) submit(v *visit) error {
	return d.withText(v, "", func(s newsroom.Story, _ storyForm) (desk.Done, error) {
		return d.Desk.Submit(v.ctx(), v.person, s.ID)
	}, told("submitted"))
}

func (d *door) publish(v *visit) error {
	return d.withText(v, "", func(s newsroom.Story, f storyForm) (desk.Done, error) {
		return d.Desk.Publish(v.ctx(), v.person, s.ID, f.Head)
	}, d.printed(v, "printed"))
}

func (d *door) correct(v *visit) error {
	return d.withText(v, "correct", func(s newsroom.Story, f storyForm) (desk.Done, error) {
		return d.Desk.Correct(v.ctx(), v.person, s.ID, f.Head, f.Correction)
	}, d.printed(v, "printed"))
}

// schedule takes the hour typed, or the end of the embargo.
func (d *door) schedule(v *visit) error {
	return d.withText(v, "schedule", func(s newsroom.Story, f storyForm) (desk.Done, error) {
		var release time.Time
		if v.typed("when") != "embargo" {
			var err error
			if release, err = d.localTime(f.Release); err != nil {
				return desk.Done{}, err
			}
		}
		return d.Desk.Schedule(v.ctx(), v.person, s.ID, f.Head, release)
	}, told("scheduled"))
}

// localTime reads a date and time field in the newspaper's zone.
func (d *door) localTime(s string) (time.Time, error) {
	t, err := time.ParseInLocation(localTime, s, d.Zone)
	if err != nil {
		return t, &newsroom.Error{Kind: newsroom.Invalid, Key: "error.date_invalid", Err: err}
	}
	return t, nil
}

func (d *door) unschedule(v *visit) error {
	return d.plain(v, "schedule", func(s newsroom.Story) (desk.Done, error) {
		return d.Desk.Unschedule(v.ctx(), v.person, s.ID)
	}, told("unscheduled"))
}

// reason is why: verbs that take something away ask for it.
func (v *visit) reason() string { return oneLine(v.r.PostFormValue("reason")) }

func (d *door) giveBack(v *visit) error {
	return d.plain(v, "return", func(s newsroom.Story) (desk.Done, error) {
		if v.reason() == "" {
			return desk.Done{}, newsroom.Refuse(newsroom.Invalid, "error.no_reason")
		}
		return d.Desk.Return(v.ctx(), v.person, s.ID, v.reason())
	}, told("returned"))
}

func (d *door) clear(v *visit) error {
	return d.plain(v, "clear", func(s newsroom.Story) (desk.Done, error) {
		return d.Desk.Clear(v.ctx(), v.person, s.ID, v.typed("hold"), v.reason())
	}, told("cleared"))
}

// embargo is the chief editor's word on when an embargo ends.
func (d *door) embargo(v *visit) error {
	return d.plain(v, "embargo", func(s newsroom.Story) (desk.Done, error) {
		e := newsroom.Embargo{}
		if v.typed("decision") == "until" {
			until, err := d.localTime(v.typed("until"))
			if err != nil {
				return desk.Done{}, err
			}
			e = newsroom.Embargo{State: newsroom.EmbargoUntil, Until: newsroom.Micro(until), Text: s.Embargo.Text}
		} else if v.typed("decision") != "none" {
			return desk.Done{}, newsroom.Refuse(newsroom.Invalid, "error.form_invalid")
		}
		return d.Desk.Reembargo(v.ctx(), v.person, s.ID, e, v.reason())
	}, told("embargo"))
}

func (d *door) unpublish(v *visit) error {
	return d.plain(v, "takedown", func(s newsroom.Story) (desk.Done, error) {
		return d.Desk.Unpublish(v.ctx(), v.person, s.ID, v.reason())
	}, d.printed(v, "down"))
}

// kill asks that the word be typed, because a kill is for good.
func (d *door) kill(v *visit) error {
	wasLive := false
	return d.plain(v, "kill", func(s newsroom.Story) (desk.Done, error) {
		if letters.Fold(v.typed("word")) != letters.Fold(v.words.T("desk.kill.word")) {
			return desk.Done{}, newsroom.Refuse(newsroom.Invalid, "desk.kill.untyped", "word", v.words.T("desk.kill.word"))
		}
		wasLive = s.Live != nil
		return d.Desk.Kill(v.ctx(), v.person, s.ID, v.reason())
	}, func(done desk.Done) note {
		if !wasLive {
			return note{Kind: "killed"}
		}
		return d.printed(v, "down")(done)
	})
}
