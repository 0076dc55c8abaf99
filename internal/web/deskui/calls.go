package deskui

import (
	"net/http"

	"github.com/rotatif/newsroom"
	"github.com/rotatif/newsroom/internal/letters"
	"github.com/rotatif/newsroom/internal/wire"
)

// callsPage lists the open calls, the most pressing first.
type callsPage struct {
	chrome
	Rows []*dispatchView
}

// calls shows every item that calls for a person, with all that may be decided.
func (d *door) calls(v *visit) error {
	page := callsPage{chrome: d.chrome(v, "calls", "desk.nav.calls")}
	for _, a := range page.Alarms.Items {
		view, err := d.dispatch(v, page.chrome, a.Item)
		if err != nil {
			return err
		}
		page.Rows = append(page.Rows, view)
	}
	d.pickUp(v, &page.chrome)
	return d.show(v, http.StatusOK, "calls.html", page)
}

// Called says whether the item calls for a person.
func (v dispatchView) Called() bool { return v.Item.Call.Open() }

// Why is what the item calls for.
func (v dispatchView) Why() string { return callWord(v.chrome, v.Item) }

func callWord(c chrome, w newsroom.WireItem) string { return c.T("desk.call." + string(w.Call.Why)) }

// Answered says who came to the last call, and when.
func (v dispatchView) Answered() string {
	call := v.Item.Call
	if call == nil || call.Open() {
		return ""
	}
	return v.T("desk.call.answered", "who", v.names[call.By], "at", v.Clock(call.Answered))
}

// noticeView is a notice that means the item.
type noticeView struct {
	From              newsroom.ItemID
	Title, Words      string
	Open, Kills, Held bool
}

// Noticed are the notices that mean the item, and what was decided.
func (v dispatchView) Noticed() []noticeView {
	views := []noticeView{}
	for _, n := range v.Item.Notices {
		if v.Item.Killed && n.Verdict == "" {
			continue // it is dead without it
		}
		title := "desk.notice." + string(n.Kind)
		if n.Verdict != "" {
			title += "_" + string(n.Verdict)
		}
		views = append(views, noticeView{
			From: n.From, Title: v.T(title), Words: letters.Cut(n.Words, 200), Kills: n.Kind == newsroom.NoticeKill,
			Open: n.Verdict == "" && n.Kind != newsroom.NoticeCorrection, Held: n.Kind == newsroom.NoticeHold && n.Verdict == newsroom.Confirmed,
		})
	}
	return views
}

// decide does a verb of the copy taster and leads back to the item.
func (d *door) decide(v *visit, kind string, verb func(newsroom.ItemID) (newsroom.WireItem, error)) error {
	id, err := newsroom.ParseItemID(v.r.PathValue("id"))
	if err == nil {
		_, err = verb(id)
	}
	if err != nil {
		return err
	}
	at := "/wire/" + id.String()
	if v.typed("back") == "calls" {
		at = "/calls"
	}
	return d.leave(v, at, note{Kind: kind})
}

func (d *door) answer(v *visit) error {
	return d.decide(v, "answered", func(id newsroom.ItemID) (newsroom.WireItem, error) {
		return d.Taster.Answer(v.ctx(), v.person, id, v.typed("seen"))
	})
}

// judge decides on a notice; a kill wants its word typed.
func (d *door) judge(v *visit) error {
	from, err := newsroom.ParseItemID(v.typed("from"))
	if err != nil {
		return err
	}
	verdict := newsroom.Verdict(v.typed("verdict"))
	return d.decide(v, "judged", func(id newsroom.ItemID) (newsroom.WireItem, error) {
		word := v.words.T("desk.kill.word")
		if verdict == newsroom.Confirmed && d.kills(v, id, from) && letters.Fold(v.typed("word")) != letters.Fold(word) {
			return newsroom.WireItem{}, newsroom.Refuse(newsroom.Invalid, "desk.notice.untyped", "word", word)
		}
		return d.Taster.Judge(v.ctx(), v.person, id, from, verdict)
	})
}

// kills says whether the notice asks for a kill; what is not known to ask for
// less does.
func (d *door) kills(v *visit, id, from newsroom.ItemID) bool {
	items, err := d.Wire.Items(v.ctx(), wire.Filter{ID: id, At: d.Now(), Limit: 1})
	if err != nil || len(items) == 0 {
		return true
	}
	for _, n := range items[0].Notices {
		if n.From == from && n.Kind != newsroom.NoticeKill {
			return false
		}
	}
	return true
}

func (d *door) ordinary(v *visit) error {
	return d.decide(v, "plain", func(id newsroom.ItemID) (newsroom.WireItem, error) {
		return d.Taster.Plain(v.ctx(), v.person, id)
	})
}

func (d *door) allow(v *visit) error {
	return d.decide(v, "allowed", func(id newsroom.ItemID) (newsroom.WireItem, error) {
		return d.Taster.Allow(v.ctx(), v.person, id, v.typed("seen"))
	})
}

func (d *door) revive(v *visit) error {
	return d.decide(v, "revived", func(id newsroom.ItemID) (newsroom.WireItem, error) {
		if v.reason() == "" {
			return newsroom.WireItem{}, newsroom.Refuse(newsroom.Invalid, "error.no_reason")
		}
		return d.Taster.Revive(v.ctx(), v.person, id, v.typed("seen"), v.reason())
	})
}
