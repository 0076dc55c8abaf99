package deskui

import (
	"net/http"
	"strconv"

	"github.com/rotatif/newsroom"
)

// revisionsPage lists a story's revisions and shows what one changed.
type revisionsPage struct {
	chrome
	Story     newsroom.Story
	Revisions []newsroom.Revision
	Names     map[newsroom.PersonID]string
	From, To  newsroom.Revision // From is zero for the first
	Fields    []fieldDiff
}

// Writable says whether an old text may be made the newest again.
func (p revisionsPage) Writable() bool { return writable(p.Person, p.Story) }

func (d *door) revisions(v *visit) error {
	story, err := d.load(v)
	if err != nil {
		return err
	}
	page := revisionsPage{chrome: d.chrome(v, "stories", "desk.revisions.title"), Story: story}
	if page.Revisions, err = d.Desk.Revisions(v.ctx(), v.person, story.ID); err != nil {
		return err
	}
	if page.Names, err = d.names(v); err != nil {
		return err
	}
	q := v.r.URL.Query()
	page.To = chosen(page.Revisions, q.Get("to"), story.Revision)
	page.From = chosen(page.Revisions, q.Get("from"), page.To.No-1)
	page.Fields = diffForms(page.chrome, formOfContent(page.From.Content), formOfContent(page.To.Content))
	return d.show(v, http.StatusOK, "revisions.html", page)
}

// chosen is the revision of the number asked for, else the usual one.
func chosen(all []newsroom.Revision, asked string, usual int) newsroom.Revision {
	no, err := strconv.Atoi(asked)
	if err != nil {
		no = usual
	}
	for _, r := range all {
		if r.No == no {
			return r
		}
	}
	return newsroom.Revision{}
}

// restore saves an old text as the newest revision; nothing in between is lost.
func (d *door) restore(v *visit) error {
	story, err := d.load(v)
	if err != nil {
		return err
	}
	all, err := d.Desk.Revisions(v.ctx(), v.person, story.ID)
	if err != nil {
		return err
	}
	old := chosen(all, v.typed("no"), 0)
	seen, err := strconv.Atoi(v.typed("seen"))
	if old.No == 0 || err != nil {
		return newsroom.Refuse(newsroom.Invalid, "error.form_invalid")
	}
	done, err := d.Desk.Save(v.ctx(), v.person, story.ID, seen, old.Content)
	if err != nil {
		form := formOfContent(old.Content)
		form.Seen = seen
		return d.refused(v, story, form, "", err)
	}
	kind := "same"
	if done.Seq != 0 {
		kind = "restored"
	}
	return d.leave(v, "/stories/"+story.ID.String(), note{Kind: kind})
}
