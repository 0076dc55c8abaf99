package desk_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/rotatif/newsroom"
)

// turn is one thing that happens to the item, or that a person does to the story.
type turn func(r *room, it *newsroom.WireItem, story newsroom.StoryID)

// told changes the item and lets the desk hear of it, twice, as a follower may.
func told(kind newsroom.FactKind, change func(it *newsroom.WireItem)) turn {
	return func(r *room, it *newsroom.WireItem, _ newsroom.StoryID) {
		r.t.Helper()
		change(it)
		r.wire.put(*it)
		for range 2 {
			if err := r.Intake(r.t.Context(), newsroom.Fact{Kind: kind, Key: it.Key, Reason: "ajansın sözü"}); err != nil {
				r.t.Fatal(err)
			}
		}
	}
}

func does(verb func(r *room, p newsroom.Person, s newsroom.Story) error) turn {
	return func(r *room, _ *newsroom.WireItem, id newsroom.StoryID) {
		r.t.Helper()
		s, err := r.Store.Story(r.t.Context(), id)
		if err == nil {
			err = verb(r, person(1, newsroom.Editor), s)
		}
		if err != nil {
			r.t.Fatal(err)
		}
	}
}

func clearHold(r *room, p newsroom.Person, s newsroom.Story) error {
	_, err := r.Clear(r.t.Context(), p, s.ID, s.Held, "baktım")
	return err
}

func rewrite(r *room, p newsroom.Person, s newsroom.Story) error {
	c := s.Content
	c.Body = append(newsroom.Body{{Kind: newsroom.Paragraph, Text: newsroom.Text("Bizim girişimiz.")}}, c.Body...)
	_, err := r.Save(r.t.Context(), p, s.ID, s.Revision, c)
	return err
}

// refused wants the verb refused.
func refused(want newsroom.Kind, verb func(r *room, p newsroom.Person, s newsroom.Story) error) turn {
	return func(r *room, _ *newsroom.WireItem, id newsroom.StoryID) {
		r.t.Helper()
		s, err := r.Store.Story(r.t.Context(), id)
		if err != nil {
			r.t.Fatal(err)
		}
		if err := verb(r, person(1, newsroom.Editor), s); newsroom.KindOf(err) != want {
			r.t.Errorf("%v, want %s", err, want)
		}
	}
}

var (
	itsKill = told(newsroom.ItemWasKilled, func(it *newsroom.WireItem) { it.Killed = true })
	itsHold = told(newsroom.ItemWasWithheld, func(it *newsroom.WireItem) { it.Withheld = true })
	itsFree = told(newsroom.ItemRevised, func(it *newsroom.WireItem) { it.Withheld = false })
	noticed = told(newsroom.ItemWasAnnounced, func(it *newsroom.WireItem) {
		it.Notices = []newsroom.Noticed{{From: 9, Kind: newsroom.NoticeKill}}
	})
	dismissed = told(newsroom.ItemWasJudged, func(it *newsroom.WireItem) { it.Notices[0].Verdict = newsroom.Dismissed })
	barring   = told(newsroom.ItemRevised, func(it *newsroom.WireItem) { it.Text.Barred = "TURKEY OUT" })
	allowing  = told(newsroom.ItemWasAllowed, func(it *newsroom.WireItem) { it.Allowed = it.Text.Barred })
	later     = told(newsroom.ItemRevised, embargoFor(time.Hour))
)

// What the agency says of copy, turn by turn, and where it leaves our story.
func TestWhatTheAgencySays(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name  string
		turns []turn
		want  string // state and hold
	}{
		{"a copy is killed with it", []turn{does(publish), itsKill}, "killed"},
		{"a rewritten story is held", []turn{does(rewrite), does(publish), itsKill}, "published agency_kill"},
		{"a copy that nobody has published is killed", []turn{itsKill}, "killed"},
		{"a copy withheld goes down, and may come back", []turn{does(publish), itsHold, itsFree, does(clearHold), does(publish)}, "published"},
		{"a withheld draft stays a draft", []turn{itsHold}, "draft agency_withheld"},
		{"an agency's release alone publishes nothing", []turn{does(publish), itsHold, itsFree}, "unpublished agency_withheld"},
		{"a notice takes a copy down", []turn{does(publish), noticed}, "unpublished agency_notice"},
		{"a notice holds a rewritten story", []turn{does(rewrite), does(publish), noticed}, "published agency_notice"},
		{"a false alarm ends", []turn{does(publish), noticed, dismissed}, "unpublished"},
		{"and the copy goes back", []turn{does(publish), noticed, dismissed, does(publish)}, "published"},
		{"a notice, then the kill", []turn{does(publish), noticed, itsKill}, "killed"},
		{"a rewritten story, a notice, then the kill", []turn{does(rewrite), does(publish), noticed, itsKill}, "published agency_kill"},
		{"a kill is not hidden by a notice", []turn{does(rewrite), itsKill, noticed}, "draft agency_kill"},
		{"nor lost when the notice was a false alarm", []turn{does(rewrite), itsKill, noticed, dismissed}, "draft agency_kill"},
		{"a kill is not hidden by terms", []turn{does(rewrite), itsKill, barring}, "draft agency_kill"},
		{"nor lost when the terms are set aside", []turn{does(rewrite), itsKill, barring, allowing}, "draft agency_kill"},
		{"terms hold", []turn{barring}, "draft agency_barred"},
		{"until they are set aside", []turn{barring, allowing}, "draft"},
		{"a hold is not hidden by terms", []turn{itsHold, barring, allowing}, "draft agency_withheld"},
		{"a moved embargo holds what is public", []turn{does(publish), later}, "published agency_embargo"},
		{"terms do not lift that", []turn{does(publish), later, barring, allowing}, "published agency_embargo"},
		{"an embargo is followed past terms", []turn{barring, later, allowing, refused(newsroom.Held, publish)}, "draft"},
		{"an embargo is followed past a notice", []turn{noticed, later, dismissed, refused(newsroom.Held, publish)}, "draft"},
		{"an embargo that came while a copy was down", []turn{does(publish), noticed, later, dismissed, refused(newsroom.Held, publish)}, "unpublished"},
		{"what a person has killed is left alone", []turn{does(kill), itsHold, later, barring}, "killed"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			r := open(t)
			it := item("urn:1")
			story := r.take(it)
			for _, turn := range c.turns {
				turn(r, &it, story.ID)
			}
			s, err := r.Store.Story(t.Context(), story.ID)
			if have := strings.TrimSpace(string(s.State) + " " + strings.TrimPrefix(s.Held, "hold.")); err != nil || have != c.want {
				t.Errorf("%q, want %q (%v)", have, c.want, err)
			}
		})
	}
}

func embargoFor(d time.Duration) func(it *newsroom.WireItem) {
	return func(it *newsroom.WireItem) {
		it.Embargo = newsroom.Embargo{State: newsroom.EmbargoUntil, Until: noon.Add(d)}
	}
}

func liftEmbargo(r *room, _ newsroom.Person, s newsroom.Story) error {
	_, err := r.Reembargo(r.t.Context(), person(2, newsroom.Chief), s.ID, newsroom.Embargo{}, "ajansla konuşuldu")
	return err
}

// silently changes the item before the desk hears of it.
func silently(change func(it *newsroom.WireItem)) turn {
	return func(r *room, it *newsroom.WireItem, _ newsroom.StoryID) {
		change(it)
		r.wire.put(*it)
	}
}

// A person's word is for what the agency had said when it was given. What the
// agency says after that stops the story at once, also when the desk has not
// heard of it yet, and somebody has to look again.
func TestAPersonsWordIsForOneWordOfTheAgency(t *testing.T) {
	t.Parallel()
	dies := func(hash string) func(it *newsroom.WireItem) {
		return func(it *newsroom.WireItem) { it.Killed, it.KillMark.Hash = true, hash }
	}
	withheld := func(hash string) func(it *newsroom.WireItem) {
		return func(it *newsroom.WireItem) { it.Withheld, it.StatusMark.Hash = true, hash }
	}
	announced := func(ids ...newsroom.ItemID) func(it *newsroom.WireItem) {
		return func(it *newsroom.WireItem) {
			it.Notices = nil
			for _, id := range ids {
				it.Notices = append(it.Notices, newsroom.Noticed{From: id, Kind: newsroom.NoticeHold})
			}
		}
	}
	moved := func(it *newsroom.WireItem) {
		it.Embargo = newsroom.Embargo{State: newsroom.EmbargoUntil, Until: noon.Add(-time.Hour)}
	}
	for _, c := range []struct {
		name  string
		turns []turn
		want  string
	}{
		{"nothing more is said", []turn{told(newsroom.ItemWasWithheld, withheld("1")), does(clearHold), silently(moved), does(publish)}, "published"},
		{"a kill after a hold", []turn{told(newsroom.ItemWasWithheld, withheld("1")), does(clearHold), silently(dies("2")), refused(newsroom.Held, publish)}, "draft agency_kill"},
		{"a kill before the word", []turn{told(newsroom.ItemWasWithheld, withheld("1")), silently(dies("2")), does(clearHold), refused(newsroom.Held, publish)}, "draft agency_kill"},
		{"another kill", []turn{told(newsroom.ItemWasKilled, dies("1")), does(clearHold), silently(dies("2")), refused(newsroom.Held, publish)}, "draft agency_kill"},
		{"another hold", []turn{told(newsroom.ItemWasWithheld, withheld("1")), does(clearHold), silently(withheld("2")), refused(newsroom.Held, publish)}, "draft agency_withheld"},
		{"another notice", []turn{told(newsroom.ItemWasAnnounced, announced(9)), does(clearHold), silently(announced(9, 8)), refused(newsroom.Held, publish)}, "draft agency_notice"},
		{"a kill after terms", []turn{barring, allowing, silently(dies("1")), refused(newsroom.Held, publish)}, "draft agency_kill"},
		{"a kill after a false alarm", []turn{noticed, dismissed, silently(dies("1")), refused(newsroom.Held, publish)}, "draft agency_kill"},
		{"a kill that nobody was told of", []turn{silently(dies("1")), refused(newsroom.Held, publish), does(clearHold), does(publish)}, "published"},
		{"an embargo that nobody was told of", []turn{silently(embargoFor(time.Hour)), refused(newsroom.Held, publish)}, "draft"},
		{"an embargo on what readers have", []turn{does(publish), does(rewrite), silently(embargoFor(time.Hour)), refused(newsroom.Held, publish), does(clearHold), does(publish)}, "updated"},
		{"an embargo behind another hold", []turn{does(publish), later, itsHold, itsFree, does(clearHold), does(rewrite), refused(newsroom.Held, publish)}, "published"},
		{"an embargo that the chief lifted, said again", []turn{later, does(liftEmbargo), told(newsroom.ItemRevised, embargoFor(time.Hour)), does(publish)}, "published"},
		{"and another one", []turn{later, does(liftEmbargo), told(newsroom.ItemRevised, embargoFor(2*time.Hour)), refused(newsroom.Held, publish)}, "draft"},
		{"looked at again", []turn{told(newsroom.ItemWasKilled, dies("1")), does(clearHold), silently(dies("2")), refused(newsroom.Held, publish), does(clearHold), does(publish)}, "published"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			r := open(t)
			it := item("urn:1")
			story := r.take(it)
			for _, turn := range append([]turn{does(rewrite)}, c.turns...) {
				turn(r, &it, story.ID)
			}
			s, err := r.Store.Story(t.Context(), story.ID)
			if have := strings.TrimSpace(string(s.State) + " " + strings.TrimPrefix(s.Held, "hold.")); err != nil || have != c.want {
				t.Errorf("%q, want %q (%v)", have, c.want, err)
			}
		})
	}
}

// A house that keeps copies holds them instead.
func TestAHouseMayKeepCopies(t *testing.T) {
	t.Parallel()
	for want, turn := range map[string]turn{"hold.agency_kill": itsKill, "hold.agency_withheld": itsHold, "hold.agency_notice": noticed} {
		r := open(t)
		r.KeepCopies = true
		it := item("urn:1")
		story := r.take(it)
		does(publish)(r, &it, story.ID)
		turn(r, &it, story.ID)
		if s, err := r.Store.Story(t.Context(), story.ID); err != nil || s.State != newsroom.Published || s.Held != want {
			t.Errorf("%s, held %q, want %q (%v)", s.State, s.Held, want, err)
		}
	}
}

// The desk hears of copy that nobody has taken, and of what is not its affair.
func TestIntakeOfWhatIsNotOurs(t *testing.T) {
	t.Parallel()
	r := open(t)
	r.take(item("urn:1"))
	for _, fact := range []newsroom.Fact{
		{Kind: newsroom.ItemWasKilled, Key: newsroom.ItemKey{Provider: "ka", ID: "urn:2"}},
		{Kind: newsroom.ItemWasKilled, Key: newsroom.ItemKey{Provider: "ba", ID: "urn:1"}}, // another agency's number
		{Kind: newsroom.ItemArrived, Key: item("urn:1").Key},
		{Kind: newsroom.StorySaved},
	} {
		if err := r.Intake(t.Context(), fact); err != nil {
			t.Errorf("%+v: %v", fact, err)
		}
	}
	if s, err := r.Store.Story(t.Context(), 1); err != nil || s.State != newsroom.Draft || s.Held != "" {
		t.Errorf("%s, held %q (%v)", s.State, s.Held, err)
	}
	r.wire.lose(item("urn:1").Key)
	err := r.Intake(t.Context(), newsroom.Fact{Seq: 7, Kind: newsroom.ItemWasKilled, Key: item("urn:1").Key})
	var refusal *newsroom.Error
	if !errors.As(err, &refusal) || !strings.Contains(err.Error(), "fact 7") {
		t.Errorf("an item that cannot be read: %v", err)
	}
}

// A correction of what readers have calls a person, once; an update, a slip and
// a correction of a draft do not.
func TestACorrectionCalls(t *testing.T) {
	t.Parallel()
	revised := func(change func(d *newsroom.Dispatch)) turn {
		return told(newsroom.ItemRevised, func(it *newsroom.WireItem) { it.TextMark.Hash = "x"; change(&it.Text) })
	}
	right := revised(func(d *newsroom.Dispatch) {
		d.Headline, d.Correction, d.EdNotes = "Düzeltilen", true, []newsroom.EdNote{{Text: "DÜZELTME: sayı"}}
	})
	update := revised(func(d *newsroom.Dispatch) { d.Headline = "Güncellenen" })
	slip := revised(func(d *newsroom.Dispatch) { d.Headline, d.Correction, d.Refile = "Yazım", true, true })
	plainly := revised(func(d *newsroom.Dispatch) { d.Headline, d.Correction, d.EdNotes = "Bir daha", true, nil })
	for _, c := range []struct {
		name  string
		turns []turn
		calls string
		sent  bool
	}{
		{"what readers have", []turn{does(publish), right}, "corrected: DÜZELTME: sayı", true},
		{"ours, rewritten", []turn{does(rewrite), does(publish), right}, "corrected: DÜZELTME: sayı", true},
		{"a draft", []turn{right}, "", true},
		{"an update", []turn{does(publish), update}, "", true},
		{"a slip", []turn{does(publish), slip}, "", false},
		{"twice", []turn{does(publish), right, plainly}, "corrected: DÜZELTME: sayı|corrected: Bir daha", true},
		{"after a kill", []turn{does(rewrite), does(publish), itsKill, right}, "", true},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			r := open(t)
			it := item("urn:1")
			story := r.take(it)
			for _, turn := range c.turns {
				turn(r, &it, story.ID)
			}
			s, err := r.Store.Story(t.Context(), story.ID)
			if calls := strings.Join(r.wire.calls, "|"); err != nil || calls != c.calls || (s.Sent != nil) != c.sent {
				t.Errorf("calls %q, waits %v (%v)", calls, s.Sent, err)
			}
		})
	}
}
