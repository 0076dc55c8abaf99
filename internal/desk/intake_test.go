package desk_test

import (
	"testing"

	"github.com/rotatif/newsroom"
)

// word is what an agency says later about copy that was taken.
type word struct {
	fact   newsroom.Fact
	change func(*newsroom.WireItem)
}

func announced(kind newsroom.NoticeKind, v newsroom.Verdict) word {
	what := newsroom.ItemWasAnnounced
	if v != "" {
		what = newsroom.ItemWasJudged
	}
	return word{newsroom.Fact{Kind: what, Notice: kind, Reason: "İPTAL"}, func(w *newsroom.WireItem) {
		w.Notices = []newsroom.Noticed{{From: 9, Kind: kind, Words: "İPTAL", Verdict: v}}
		w.Killed = w.Killed || kind == newsroom.NoticeKill && v == newsroom.Confirmed
	}}
}

func killed() word {
	return word{newsroom.Fact{Kind: newsroom.ItemWasKilled, Reason: "yanlış"}, func(w *newsroom.WireItem) { w.Killed = true }}
}

func withheld() word {
	return word{newsroom.Fact{Kind: newsroom.ItemWasWithheld}, func(w *newsroom.WireItem) { w.Withheld = true }}
}

func barred(words string) word {
	return word{newsroom.Fact{Kind: newsroom.ItemRevised}, func(w *newsroom.WireItem) { w.Text.Barred = words }}
}

func allowed() word {
	return word{newsroom.Fact{Kind: newsroom.ItemWasAllowed}, func(w *newsroom.WireItem) { w.Allowed = w.Text.Barred }}
}

// What an agency says reaches the story made of its copy: a plain copy goes
// down at once, what somebody has worked on waits for a person.
func TestWhatTheAgencySaysLater(t *testing.T) {
	t.Parallel()
	const draft, plain, edited = "draft", "plain", "edited"
	for _, c := range []struct {
		name  string
		story string
		keep  bool
		words []word
		state newsroom.State
		held  string
	}{
		{"a kill of a draft", draft, false, []word{killed()}, newsroom.Killed, ""},
		{"a kill of a published copy", plain, false, []word{killed()}, newsroom.Killed, ""},
		{"a kill of a published copy that the house keeps", plain, true, []word{killed()}, newsroom.Published, "hold.agency_kill"},
		{"a kill of what somebody has worked on", edited, false, []word{killed()}, newsroom.Published, "hold.agency_kill"},
		{"a kill announced, of a copy", plain, false, []word{announced(newsroom.NoticeKill, "")}, newsroom.Unpublished, "hold.agency_notice"},
		{"the same, kept", plain, true, []word{announced(newsroom.NoticeKill, "")}, newsroom.Published, "hold.agency_notice"},
		{"a kill announced, of our own words", edited, false, []word{announced(newsroom.NoticeKill, "")}, newsroom.Published, "hold.agency_notice"},
		{"a kill announced, of a draft", draft, false, []word{announced(newsroom.NoticeKill, "")}, newsroom.Draft, "hold.agency_notice"},
		{"a false alarm", plain, false, []word{announced(newsroom.NoticeKill, ""), announced(newsroom.NoticeKill, newsroom.Dismissed)}, newsroom.Unpublished, ""},
		{"a false alarm about our own words", edited, false, []word{announced(newsroom.NoticeKill, ""), announced(newsroom.NoticeKill, newsroom.Dismissed)}, newsroom.Published, ""},
		{"announced, then killed in a field", plain, false, []word{announced(newsroom.NoticeKill, ""), killed()}, newsroom.Killed, ""},
		{"a correction announced", plain, false, []word{announced(newsroom.NoticeCorrection, "")}, newsroom.Published, ""},
		{"a hold announced", plain, false, []word{announced(newsroom.NoticeHold, "")}, newsroom.Unpublished, "hold.agency_notice"},
		{"withheld in a field", plain, false, []word{withheld()}, newsroom.Unpublished, "hold.agency_withheld"},
		{"withheld, our own words", edited, false, []word{withheld()}, newsroom.Published, "hold.agency_withheld"},
		{"terms that bar us", edited, false, []word{barred("TURKEY OUT")}, newsroom.Published, "hold.agency_barred"},
		{"terms that somebody set aside", edited, false, []word{barred("TURKEY OUT"), allowed()}, newsroom.Published, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			r := open(t)
			r.KeepCopies = c.keep
			it := item("urn:1")
			story := r.take(it)
			editor := person(1, newsroom.Editor)
			if c.story == edited {
				if err := save(r, editor, story); err != nil {
					t.Fatal(err)
				}
				story, _ = r.Store.Story(t.Context(), story.ID)
			}
			if c.story != draft {
				if err := publish(r, editor, story); err != nil {
					t.Fatal(err)
				}
			}
			for _, w := range c.words {
				w.change(&it)
				r.wire.put(it)
				w.fact.Key = it.Key
				for range 2 { // a follower may be told twice
					if err := r.Intake(t.Context(), w.fact); err != nil {
						t.Fatal(err)
					}
				}
			}
			s, err := r.Store.Story(t.Context(), story.ID)
			if err != nil || s.State != c.state || s.Held != c.held {
				t.Errorf("%s, held %q, want %s, %q (%v)", s.State, s.Held, c.state, c.held, err)
			}
		})
	}
}

// Nothing goes out past what the agency has said, even before the desk was told.
func TestNothingGoesOutPastTheAgency(t *testing.T) {
	t.Parallel()
	for want, w := range map[string]word{
		"hold.agency_kill": killed(), "hold.agency_notice": announced(newsroom.NoticeHold, ""), "hold.agency_withheld": withheld(), "hold.agency_barred": barred("NO INTERNET"),
	} {
		r := open(t)
		it := item("urn:1")
		story := r.take(it)
		w.change(&it)
		r.wire.put(it)
		err := publish(r, person(1, newsroom.Editor), story)
		if newsroom.KindOf(err) != newsroom.Held {
			t.Errorf("%s: %v", want, err)
		}
	}
}
