package newsroom_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/rotatif/newsroom"
)

// step is a rule with its arguments filled in.
type step func(newsroom.Story) (newsroom.Story, []newsroom.Fact, error)

// walk takes the steps one after the other; each must be allowed.
func walk(t *testing.T, s newsroom.Story, steps ...step) newsroom.Story {
	t.Helper()
	for i, next := range steps {
		after, _, err := next(s)
		if err != nil {
			t.Fatalf("step %d from %s: %v", i+1, s.State, err)
		}
		s = after
	}
	return s
}

func begin(headline string, minute int) step {
	return func(s newsroom.Story) (newsroom.Story, []newsroom.Fact, error) {
		return s.Begin(content(headline), by(minute))
	}
}

// item is a usable wire item of the agency.
func item(headline string) newsroom.WireItem {
	key := newsroom.ItemKey{Provider: "ka", ID: "urn:1"}
	return newsroom.WireItem{ID: 5, Key: key, Text: newsroom.Dispatch{Key: key, Kind: newsroom.KindText, Headline: headline}}
}

func take(w newsroom.WireItem, minute int) step {
	return func(s newsroom.Story) (newsroom.Story, []newsroom.Fact, error) {
		return s.Take(w, content(w.Text.Headline), by(minute))
	}
}

func edit(headline string, minute int) step {
	return func(s newsroom.Story) (newsroom.Story, []newsroom.Fact, error) {
		return s.Edit(s.Revision, content(headline), by(minute))
	}
}

func submit(minute int) step {
	return func(s newsroom.Story) (newsroom.Story, []newsroom.Fact, error) { return s.Submit(by(minute)) }
}

func giveBack(reason string, minute int) step {
	return func(s newsroom.Story) (newsroom.Story, []newsroom.Fact, error) { return s.Return(reason, by(minute)) }
}

func approve(minute int) step {
	return func(s newsroom.Story) (newsroom.Story, []newsroom.Fact, error) { return s.Approve(s.Head, by(minute)) }
}

func publish(minute int) step {
	return func(s newsroom.Story) (newsroom.Story, []newsroom.Fact, error) { return s.Publish(by(minute)) }
}

func schedule(release time.Time, minute int) step {
	return func(s newsroom.Story) (newsroom.Story, []newsroom.Fact, error) {
		return s.Schedule(release, by(minute))
	}
}

func unschedule(minute int) step {
	return func(s newsroom.Story) (newsroom.Story, []newsroom.Fact, error) { return s.Unschedule(by(minute)) }
}

func due(minute int) step {
	return func(s newsroom.Story) (newsroom.Story, []newsroom.Fact, error) { return s.Due(by(minute)) }
}

func update(minute int) step {
	return func(s newsroom.Story) (newsroom.Story, []newsroom.Fact, error) { return s.Update(by(minute)) }
}

func correct(note string, minute int) step {
	return func(s newsroom.Story) (newsroom.Story, []newsroom.Fact, error) { return s.Correct(note, by(minute)) }
}

func unpublish(reason string, minute int) step {
	return func(s newsroom.Story) (newsroom.Story, []newsroom.Fact, error) {
		return s.Unpublish(reason, by(minute))
	}
}

func kill(reason string, minute int) step {
	return func(s newsroom.Story) (newsroom.Story, []newsroom.Fact, error) { return s.Kill(reason, by(minute)) }
}

func hold(why string, minute int) step {
	return func(s newsroom.Story) (newsroom.Story, []newsroom.Fact, error) { return s.Hold(why, by(minute)) }
}

func lift(reason string, minute int) step {
	return func(s newsroom.Story) (newsroom.Story, []newsroom.Fact, error) {
		return s.Clear("killed 1", reason, by(minute))
	}
}

func agencyKill(reason string, minute int) step {
	return func(s newsroom.Story) (newsroom.Story, []newsroom.Fact, error) {
		return s.AgencyKilled(reason, by(minute))
	}
}

func reembargo(e newsroom.Embargo, minute int) step {
	return func(s newsroom.Story) (newsroom.Story, []newsroom.Fact, error) {
		return s.Reembargo(e, newsroom.Embargo{}, "ajans", by(minute))
	}
}

// The ways to the stages of the matrix. All are over by the twentieth minute.
func stages() map[string][]step {
	draft := []step{begin("Bir", 0)}
	review := append(draft[:1:1], submit(1))
	approved := append(review[:2:2], approve(2))
	published := append(approved[:3:3], publish(3))
	pending := append(published[:4:4], edit("İki", 4))
	vouched := append(pending[:5:5], approve(5))
	held := func(way []step) []step { return append(way[:len(way):len(way)], hold("hold.agency_kill", 10)) }
	return map[string][]step{
		"none":        nil,
		"draft":       draft,
		"review":      review,
		"approved":    approved,
		"scheduled":   append(approved[:3:3], schedule(at(30), 3)),
		"embargoed":   append(approved[:3:3], reembargo(until(30), 2), schedule(time.Time{}, 3)),
		"published":   published,
		"pending":     pending,
		"vouched":     vouched,
		"updated":     append(vouched[:6:6], update(6)),
		"corrected":   append(vouched[:6:6], correct("Bir değil iki.", 6)),
		"unpublished": append(published[:4:4], unpublish("yanlış", 4)),
		"killed":      append(published[:4:4], kill("yanlış", 4)),
		"held":        held(approved),
		"held live":   held(vouched),
	}
}

// The actions of the matrix, all at the twentieth minute unless they say later.
func actions() map[string]step {
	stale := func(s newsroom.Story) (newsroom.Story, []newsroom.Fact, error) {
		return s.Edit(s.Revision-1, content("Üç"), by(20))
	}
	same := func(s newsroom.Story) (newsroom.Story, []newsroom.Fact, error) {
		return s.Edit(s.Revision-1, s.Content, by(20))
	}
	wrongHead := func(s newsroom.Story) (newsroom.Story, []newsroom.Fact, error) { return s.Approve("0", by(20)) }
	return map[string]step{
		"begin":       begin("Üç", 20),
		"take":        take(item("Üç"), 20),
		"edit":        edit("Üç", 20),
		"edit stale":  stale,
		"edit same":   same,
		"submit":      submit(20),
		"return":      giveBack("eksik", 20),
		"approve":     approve(20),
		"approve old": wrongHead,
		"publish":     publish(20),
		"schedule":    schedule(at(40), 20),
		"unschedule":  unschedule(20),
		"due early":   due(29),
		"due":         due(30),
		"update":      update(20),
		"correct":     correct("Üç değil.", 20),
		"unpublish":   unpublish("yanlış", 20),
		"kill":        kill("yanlış", 20),
		"hold":        hold("hold.agency_withheld", 20),
		"clear":       lift("arandı", 20),
		"agency kill": agencyKill("iptal", 20),
		"embargo":     reembargo(until(60), 20),
	}
}

// outcome tells what an action came to: the new state and the facts, "-" when
// nothing changed, or the refusal.
func outcome(before newsroom.Story, act step) string {
	after, facts, err := act(before)
	if err != nil {
		if !cmp.Equal(before, after) || len(facts) > 0 {
			return fmt.Sprintf("refused, but changed: %v", err)
		}
		return err.Error()
	}
	if len(facts) == 0 {
		if !cmp.Equal(before, after) {
			return "changed without a fact"
		}
		return "-"
	}
	return string(after.State) + ": " + strings.ReplaceAll(kinds(facts), "story.", "")
}

// The matrix: what every action comes to at every stage. What is not named
// here is refused for the state.
const matrix = `
begin:       none=draft: begun, *=conflict: error.story_exists
take:        none=draft: begun, *=conflict: error.story_exists
edit:        none=not_found: error.not_found, killed=conflict: error.story_killed, draft=draft: saved, review=in_review: saved,
             approved=in_review: saved, held=in_review: saved, scheduled=in_review: saved unscheduled, embargoed=in_review: saved unscheduled,
             published=published: saved, pending=published: saved, vouched=published: saved, held live=published: saved,
             updated=updated: saved, corrected=corrected: saved, unpublished=unpublished: saved
edit stale:  none=not_found: error.not_found, killed=conflict: error.story_killed, *=conflict: error.edit_conflict
edit same:   none=not_found: error.not_found, killed=conflict: error.story_killed, *=-
submit:      draft=in_review: submitted, unpublished=in_review: submitted
return:      review=draft: returned, approved=draft: returned, held=draft: returned
approve:     review=approved: approved, pending=published: approved, vouched=published: approved, held live=published: approved
approve old: review=conflict: error.approve_changed, pending=conflict: error.approve_changed, vouched=conflict: error.approve_changed,
             held live=conflict: error.approve_changed
publish:     approved=published: published, held=held: hold.agency_kill
schedule:    approved=scheduled: scheduled, held=held: hold.agency_kill
unschedule:  scheduled=approved: unscheduled, embargoed=approved: unscheduled
due early:   *=-
due:         scheduled=published: published, embargoed=published: published, *=-
update:      pending=conflict: error.not_approved, vouched=updated: updated, held live=held: hold.agency_kill
correct:     pending=conflict: error.not_approved, vouched=corrected: corrected, held live=held: hold.agency_kill
unpublish:   published=unpublished: unpublished, pending=unpublished: unpublished, vouched=unpublished: unpublished,
             held live=unpublished: unpublished, updated=unpublished: unpublished, corrected=unpublished: unpublished
kill:        none=conflict: error.wrong_state, killed=conflict: error.wrong_state, *=killed: killed
hold:        none=-, killed=-, draft=draft: held, review=in_review: held, approved=approved: held, held=approved: held,
             scheduled=approved: held, embargoed=approved: held, published=published: held, pending=published: held, vouched=published: held,
             held live=published: held, updated=updated: held, corrected=corrected: held, unpublished=unpublished: held
clear:       held=approved: cleared, held live=published: cleared
agency kill: none=-, killed=-, held=-, held live=-, draft=draft: held, review=in_review: held, approved=approved: held,
             scheduled=approved: held, embargoed=approved: held, published=published: held, pending=published: held, vouched=published: held,
             updated=updated: held, corrected=corrected: held, unpublished=unpublished: held
embargo:     draft=draft: embargo, review=in_review: embargo, approved=approved: embargo, held=approved: embargo,
             scheduled=approved: embargo, embargoed=approved: embargo, published=published: embargo, pending=published: embargo,
             vouched=published: embargo, held live=published: embargo, updated=updated: embargo, corrected=corrected: embargo,
             unpublished=unpublished: embargo
`

// wanted reads the matrix.
func wanted(t *testing.T) map[string]map[string]string {
	t.Helper()
	rows := map[string]map[string]string{}
	for _, row := range strings.Split(strings.ReplaceAll(strings.TrimSpace(matrix), "\n  ", " "), "\n") {
		name, cells, ok := strings.Cut(row, ":")
		if !ok {
			t.Fatalf("no row: %q", row)
		}
		rows[name] = map[string]string{}
		for _, cell := range strings.Split(cells, ",") {
			stage, want, ok := strings.Cut(strings.TrimSpace(cell), "=")
			if _, known := stages()[stage]; !ok || !known && stage != "*" {
				t.Fatalf("%s: no cell: %q", name, cell)
			}
			rows[name][stage] = want
		}
	}
	return rows
}

func TestEveryActionInEveryState(t *testing.T) {
	t.Parallel()
	rows := wanted(t)
	if len(rows) != len(actions()) {
		t.Fatalf("%d rows for %d actions", len(rows), len(actions()))
	}
	for name, act := range actions() {
		for stage, way := range stages() {
			want, ok := rows[name][stage]
			if !ok {
				want, ok = rows[name]["*"]
			}
			if !ok {
				want = "conflict: error.wrong_state"
			}
			if have := outcome(walk(t, newsroom.Story{ID: 9}, way...), act); have != want {
				t.Errorf("%s, %s: %q, want %q", stage, name, have, want)
			}
		}
	}
}

func TestARefusalNamesTheVerbAndTheState(t *testing.T) {
	t.Parallel()
	_, _, err := newsroom.Story{ID: 9, State: newsroom.Killed}.Publish(by(1))
	e, ok := err.(*newsroom.Error)
	if !ok || e.Args["verb"] != "publish" || e.Args["state"] != "killed" {
		t.Errorf("refused with %#v", err)
	}
}

func TestWhatStatesMean(t *testing.T) {
	t.Parallel()
	for state, want := range map[newsroom.State]string{
		"": "", newsroom.Draft: "", newsroom.InReview: "", newsroom.Approved: "",
		newsroom.Scheduled: "waiting", newsroom.Embargoed: "waiting",
		newsroom.Published: "public", newsroom.Updated: "public", newsroom.Corrected: "public",
		newsroom.Unpublished: "gone", newsroom.Killed: "gone",
	} {
		have := ""
		for word, is := range map[string]bool{"waiting": state.Waiting(), "public": state.Public(), "gone": state.Gone()} {
			if is {
				have += word
			}
		}
		if have != want {
			t.Errorf("%q is %q, want %q", state, have, want)
		}
	}
}

func TestEveryFactNamesTheDeed(t *testing.T) {
	t.Parallel()
	for name, act := range actions() {
		for stage, way := range stages() {
			after, facts, err := act(walk(t, newsroom.Story{ID: 9}, way...))
			if err != nil {
				continue
			}
			for _, f := range facts {
				if f.By != 7 || f.Story != 9 || f.Head != after.Head || f.At.Before(at(20)) || f.Seq != 0 {
					t.Errorf("%s, %s: %+v", stage, name, f)
				}
				if shown := f.Article != nil; shown != (f.Prints() && !after.State.Gone()) {
					t.Errorf("%s, %s: %s carries an article: %v", stage, name, f.Kind, shown)
				}
			}
		}
	}
}
