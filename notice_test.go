package newsroom_test

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/rotatif/newsroom"
)

// turn is a rule applied to an item.
type turn func(newsroom.WireItem) (newsroom.WireItem, []newsroom.Fact, error)

func announce(from newsroom.ItemID, kind newsroom.NoticeKind) turn {
	return func(w newsroom.WireItem) (newsroom.WireItem, []newsroom.Fact, error) {
		return w.Announce(newsroom.Noticed{From: from, Kind: kind, Words: "İPTAL", At: at(1)}, by(1))
	}
}

func judge(from newsroom.ItemID, v newsroom.Verdict) turn {
	return func(w newsroom.WireItem) (newsroom.WireItem, []newsroom.Fact, error) { return w.Judge(from, v, by(2)) }
}

func ruled(rule func(newsroom.WireItem, newsroom.By) (newsroom.WireItem, []newsroom.Fact, error)) turn {
	return func(w newsroom.WireItem) (newsroom.WireItem, []newsroom.Fact, error) { return rule(w, by(3)) }
}

func retract(from newsroom.ItemID) turn {
	return func(w newsroom.WireItem) (newsroom.WireItem, []newsroom.Fact, error) { return w.Retract(from, by(2)) }
}

func revive(w newsroom.WireItem) (newsroom.WireItem, []newsroom.Fact, error) {
	return w.Revive("yanlış anlama", by(4))
}

func comes(d newsroom.Dispatch, minute int) turn {
	return func(w newsroom.WireItem) (newsroom.WireItem, []newsroom.Fact, error) {
		w, facts := w.Fold(d, at(minute))
		return w, facts, nil
	}
}

// What is announced, judged, revived: the state after, the facts of the last
// turn and whether somebody is called.
func TestWhatNoticesDo(t *testing.T) {
	t.Parallel()
	text, killed := revision("1", 0, "Yangın"), revision("2", 5, "Yangın", status(newsroom.Canceled))
	again, notice := revision("3", 8, "Yangın sürüyor"), revision("1", 0, "İPTAL", func(d *newsroom.Dispatch) {
		d.Notice = &newsroom.Notice{Kind: newsroom.NoticeKill, Words: "İPTAL"}
	})
	for _, c := range []struct {
		name  string
		turns []turn
		state newsroom.ItemState
		call  string
		facts string
	}{
		{"a kill is announced", []turn{comes(text, 0), announce(9, newsroom.NoticeKill)}, newsroom.ItemAnnounced, "notice open", "item.announced"},
		{"told twice", []turn{comes(text, 0), announce(9, newsroom.NoticeKill), announce(9, newsroom.NoticeKill)}, newsroom.ItemAnnounced, "notice open", ""},
		{"a kill becomes a hold", []turn{comes(text, 0), announce(9, newsroom.NoticeKill), announce(9, newsroom.NoticeHold)}, newsroom.ItemAnnounced, "notice open", "item.announced"},
		{"a correction holds nothing", []turn{comes(text, 0), announce(9, newsroom.NoticeCorrection)}, newsroom.ItemUsable, "", "item.announced"},
		{"it meant another item", []turn{comes(text, 0), announce(9, newsroom.NoticeKill), retract(9)}, newsroom.ItemUsable, "", "item.judged"},
		{"one of two meant another", []turn{comes(text, 0), announce(9, newsroom.NoticeKill), announce(8, newsroom.NoticeHold), retract(9)}, newsroom.ItemAnnounced, "notice open", "item.judged"},
		{"nothing to take back", []turn{comes(text, 0), retract(9)}, newsroom.ItemUsable, "", ""},
		{"a false alarm", []turn{comes(text, 0), announce(9, newsroom.NoticeKill), judge(9, newsroom.Dismissed)}, newsroom.ItemUsable, "notice answered", "item.judged"},
		{"a false alarm stays one", []turn{comes(text, 0), announce(9, newsroom.NoticeKill), judge(9, newsroom.Dismissed), announce(9, newsroom.NoticeKill)}, newsroom.ItemUsable, "notice answered", ""},
		{"what was decided is not taken back", []turn{comes(text, 0), announce(9, newsroom.NoticeKill), judge(9, newsroom.Confirmed), retract(9)}, newsroom.ItemKilled, "notice answered", ""},
		{"confirmed", []turn{comes(text, 0), announce(9, newsroom.NoticeKill), judge(9, newsroom.Confirmed)}, newsroom.ItemKilled, "notice answered", "item.judged item.killed"},
		{"confirmed twice", []turn{comes(text, 0), announce(9, newsroom.NoticeKill), judge(9, newsroom.Confirmed), judge(9, newsroom.Confirmed)}, newsroom.ItemKilled, "notice answered", ""},
		{"a confirmed kill and a new text", []turn{comes(text, 0), announce(9, newsroom.NoticeKill), judge(9, newsroom.Confirmed), comes(again, 9)}, newsroom.ItemKilled, "notice answered", "item.revised"},
		{"a hold confirmed", []turn{comes(text, 0), announce(9, newsroom.NoticeHold), judge(9, newsroom.Confirmed)}, newsroom.ItemWithheld, "notice answered", "item.judged item.withheld"},
		{"a hold that ends", []turn{comes(text, 0), announce(9, newsroom.NoticeHold), judge(9, newsroom.Confirmed), judge(9, newsroom.Dismissed)}, newsroom.ItemUsable, "notice answered", "item.judged"},
		{"killed by a field", []turn{comes(text, 0), comes(killed, 6)}, newsroom.ItemKilled, "kill open", "item.revised item.killed"},
		{"a notice about what is killed calls nobody anew", []turn{comes(text, 0), comes(killed, 6), ruled(newsroom.WireItem.Answer), announce(9, newsroom.NoticeKill)}, newsroom.ItemKilled, "kill answered", "item.announced"},
		{"sent again after the kill", []turn{comes(text, 0), comes(killed, 6), ruled(newsroom.WireItem.Answer), comes(again, 9)}, newsroom.ItemKilled, "reissued open", "item.revised"},
		{"revived", []turn{comes(text, 0), comes(killed, 6), revive}, newsroom.ItemUsable, "kill answered", "item.revived"},
		{"the old kill again", []turn{comes(text, 0), comes(killed, 6), revive, comes(revision("2", 4, "Yangın", status(newsroom.Canceled)), 9)}, newsroom.ItemUsable, "kill answered", "item.revised"},
		{"a new kill", []turn{comes(text, 0), comes(killed, 6), revive, comes(revision("4", 9, "", status(newsroom.Canceled)), 9)}, newsroom.ItemKilled, "kill open", "item.revised item.killed"},
		{"revived from a notice", []turn{comes(text, 0), announce(9, newsroom.NoticeKill), judge(9, newsroom.Confirmed), revive}, newsroom.ItemUsable, "notice answered", "item.revived"},
		{"a notice itself", []turn{comes(notice, 0)}, newsroom.ItemNotice, "", "item.arrived"},
		{"a notice that means nothing known", []turn{comes(notice, 0), ruled(newsroom.WireItem.Unmatched)}, newsroom.ItemNotice, "unmatched open", "item.called"},
		{"asked twice", []turn{comes(notice, 0), ruled(newsroom.WireItem.Unmatched), ruled(newsroom.WireItem.Unmatched)}, newsroom.ItemNotice, "unmatched open", ""},
		{"found after all", []turn{comes(notice, 0), ruled(newsroom.WireItem.Unmatched), ruled(newsroom.WireItem.Matched)}, newsroom.ItemNotice, "", "item.answered"},
		{"never looked for", []turn{comes(notice, 0), ruled(newsroom.WireItem.Matched)}, newsroom.ItemNotice, "", ""},
		{"copy is no notice", []turn{comes(text, 0), ruled(newsroom.WireItem.Unmatched)}, newsroom.ItemUsable, "", ""},
		{"ordinary copy", []turn{comes(notice, 0), ruled(newsroom.WireItem.Unmatched), ruled(newsroom.WireItem.Plain)}, newsroom.ItemUsable, "unmatched answered", "item.judged"},
		{"plainly ordinary", []turn{comes(text, 0), ruled(newsroom.WireItem.Plain)}, newsroom.ItemUsable, "", ""},
		{"nobody comes", []turn{comes(text, 0), comes(killed, 6), ruled(newsroom.WireItem.Escalate), ruled(newsroom.WireItem.Escalate)}, newsroom.ItemKilled, "kill open 2", "item.escalated"},
		{"somebody has come", []turn{comes(text, 0), comes(killed, 6), ruled(newsroom.WireItem.Answer), ruled(newsroom.WireItem.Escalate)}, newsroom.ItemKilled, "kill answered", ""},
		{"two come", []turn{comes(text, 0), comes(killed, 6), ruled(newsroom.WireItem.Answer), ruled(newsroom.WireItem.Answer)}, newsroom.ItemKilled, "kill answered", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			w, facts := run(t, c.turns)
			if got := w.State(at(99)); got != c.state {
				t.Errorf("it is %s, want %s", got, c.state)
			}
			if got := told(w.Call); got != c.call {
				t.Errorf("call %q, want %q", got, c.call)
			}
			if got := kinds(facts); got != c.facts {
				t.Errorf("facts %s, want %s", got, c.facts)
			}
		})
	}
}

func run(t *testing.T, turns []turn) (newsroom.WireItem, []newsroom.Fact) {
	t.Helper()
	w, facts := newsroom.WireItem{ID: 5}, []newsroom.Fact{}
	for i, do := range turns {
		var err error
		if w, facts, err = do(w); err != nil {
			t.Fatalf("turn %d: %v", i, err)
		}
	}
	return w, facts
}

func told(c *newsroom.Call) string {
	if c == nil {
		return ""
	}
	s := string(c.Why) + " answered"
	if c.Open() {
		s = string(c.Why) + " open"
	}
	if c.Rung > 0 {
		s += fmt.Sprint(" ", c.Rung)
	}
	return s
}

func TestJudgementsRefused(t *testing.T) {
	t.Parallel()
	text := comes(revision("1", 0, "Yangın"), 0)
	for _, c := range []struct {
		name  string
		turns []turn
		last  turn
		kind  newsroom.Kind
	}{
		{"no such notice", []turn{text}, judge(9, newsroom.Confirmed), newsroom.NotFound},
		{"no verdict", []turn{text, announce(9, newsroom.NoticeKill)}, judge(9, ""), newsroom.NotFound},
		{"a confirmed kill is not dismissed in passing", []turn{text, announce(9, newsroom.NoticeKill), judge(9, newsroom.Confirmed)}, judge(9, newsroom.Dismissed), newsroom.Conflict},
		{"the living are not revived", []turn{text}, revive, newsroom.Conflict},
	} {
		w, _ := run(t, c.turns)
		after, facts, err := c.last(w)
		if newsroom.KindOf(err) != c.kind || len(facts) > 0 || !cmp.Equal(w, after) {
			t.Errorf("%s: %v", c.name, err)
		}
	}
}

func TestTermsThatBar(t *testing.T) {
	t.Parallel()
	barred := func(words string, version string, minute int) turn {
		return comes(revision(version, minute, "Yangın", func(d *newsroom.Dispatch) { d.Barred = words }), minute)
	}
	w, _ := run(t, []turn{barred("TURKEY OUT", "1", 1)})
	if w.State(at(9)) != newsroom.ItemBarred {
		t.Errorf("it is %s", w.State(at(9)))
	}
	w, facts, err := w.Allow(by(2))
	if err != nil || w.State(at(9)) != newsroom.ItemUsable || kinds(facts) != "item.allowed" || facts[0].Reason != "TURKEY OUT" {
		t.Errorf("%s %+v (%v)", w.State(at(9)), facts, err)
	}
	if _, facts, _ := w.Allow(by(3)); len(facts) > 0 {
		t.Errorf("allowed twice: %+v", facts)
	}
	if w, _, _ = barred("TURKEY OUT", "2", 5)(w); w.State(at(9)) != newsroom.ItemUsable {
		t.Error("the same words bar it again")
	}
	if w, _, _ = barred("NO INTERNET", "3", 6)(w); w.State(at(9)) != newsroom.ItemBarred {
		t.Error("other words do not bar it")
	}
}

// A call for a reason found outside gives way to a more pressing one, and not
// the other way about.
func TestSummon(t *testing.T) {
	t.Parallel()
	summon := func(why newsroom.CallWhy) turn {
		return func(w newsroom.WireItem) (newsroom.WireItem, []newsroom.Fact, error) {
			return w.Summon(why, 0, "benzer", by(1))
		}
	}
	text := comes(revision("1", 0, "Yangın"), 0)
	for _, c := range []struct {
		turns []turn
		call  string
		facts string
	}{
		{[]turn{text, summon(newsroom.CallSuspect)}, "suspect open", "item.called"},
		{[]turn{text, summon(newsroom.CallSuspect), summon(newsroom.CallSuspect)}, "suspect open", ""},
		{[]turn{text, announce(9, newsroom.NoticeKill), summon(newsroom.CallSuspect)}, "notice open", ""},
		{[]turn{text, summon(newsroom.CallSuspect), announce(9, newsroom.NoticeKill)}, "notice open", "item.announced"},
		{[]turn{text, summon(newsroom.CallUnmatched), summon(newsroom.CallReissued)}, "reissued open", "item.called"},
	} {
		w, facts := run(t, c.turns)
		if told(w.Call) != c.call || kinds(facts) != c.facts {
			t.Errorf("%q %s, want %q %s", told(w.Call), kinds(facts), c.call, c.facts)
		}
	}
}

// What people and followers added is no part of what was delivered.
func TestDelivered(t *testing.T) {
	t.Parallel()
	text, killed := comes(revision("1", 0, "Yangın"), 0), comes(revision("2", 5, "", status(newsroom.Canceled)), 6)
	for name, c := range map[string]struct{ plain, more []turn }{
		"announced":           {[]turn{text}, []turn{text, announce(9, newsroom.NoticeHold)}},
		"confirmed":           {[]turn{text}, []turn{text, announce(9, newsroom.NoticeKill), judge(9, newsroom.Confirmed)}},
		"killed and revived":  {[]turn{text, killed}, []turn{text, killed, revive}},
		"killed and answered": {[]turn{text, killed}, []turn{text, killed, ruled(newsroom.WireItem.Answer)}},
	} {
		plain, _ := run(t, c.plain)
		more, _ := run(t, c.more)
		if diff := cmp.Diff(plain.Delivered(), more.Delivered()); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}
