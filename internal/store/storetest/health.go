package storetest

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/rotatif/newsroom"
	"github.com/rotatif/newsroom/internal/store"
	"github.com/rotatif/newsroom/internal/wire"
)

func healthTests() []test[*store.Newsroom] {
	return []test[*store.Newsroom]{{"what came is told by source and hour", sourceHours}}
}

func sourceHours(t *testing.T, open func() *store.Newsroom) {
	n := open()
	give := func(source, raw string, minute int) wire.ReceiptID {
		id, _, err := n.Keep(t.Context(), wire.Receipt{Source: source, Provider: source, Received: at(minute), Hash: sha(source + raw)}, []byte(raw))
		must(t, err)
		return id
	}
	verdict := func(id wire.ReceiptID, v wire.Verdict) {
		must(t, n.Settle(t.Context(), newsroom.WireItem.Fold, wire.Settlement{ID: id, Verdict: v, Dispatches: nil}))
	}
	give("ka", "eski", -60*24*20)
	verdict(give("ka", "1", 1), wire.Verdict{Outcome: wire.Settled, Items: 3, At: at(1)})
	verdict(give("ka", "2", 5), wire.Verdict{Outcome: wire.Quarantined, Reason: "wire.reason.empty", At: at(5)})
	give("ka", "3", 7)
	give("ka", "4", 9)
	verdict(give("ba", "1", 65), wire.Verdict{Outcome: wire.Settled, Items: 1, At: at(65)})
	have, err := n.Hours(t.Context(), at(-60*24*14))
	must(t, err)
	nine := at(0).Truncate(time.Hour)
	want := []wire.Hour{
		{Source: "ka", At: nine, Deliveries: 4, Items: 3, Quarantined: 1, Last: at(9), Waiting: at(7)},
		{Source: "ba", At: nine.Add(time.Hour), Deliveries: 1, Items: 1, Last: at(65)},
	}
	if diff := cmp.Diff(want, have); diff != "" {
		t.Error(diff)
	}
}
