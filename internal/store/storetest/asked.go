package storetest

import (
	"strconv"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/rotatif/newsroom/internal/store"
	"github.com/rotatif/newsroom/internal/wire"
)

func receiptNames(t *testing.T, open func() *store.Newsroom) {
	n := open()
	for i, source := range []string{"a", "b", "a", "a"} {
		raw := strconv.Itoa(i)
		_, _, err := n.Keep(t.Context(), wire.Receipt{Source: source, Provider: "ak", Channel: "list", Name: "id-" + raw, Received: at(i), Hash: sha(raw)}, []byte(raw))
		must(t, err)
	}
	have, err := open().ReceiptNames(t.Context(), "a", at(2))
	must(t, err)
	if diff := cmp.Diff([]string{"id-3", "id-2"}, have); diff != "" {
		t.Error(diff)
	}
}

func listedTo(t *testing.T, open func() *store.Newsroom) {
	n := open()
	if to, err := n.ListedTo(t.Context(), "a"); err != nil || !to.IsZero() {
		t.Errorf("never listed: %s (%v)", to, err)
	}
	for _, minute := range []int{5, 3} {
		must(t, n.MoveListed(t.Context(), "a", at(minute)))
		if to, err := open().ListedTo(t.Context(), "a"); err != nil || !to.Equal(at(minute)) {
			t.Errorf("listed to %s (%v), want %s", to, err, at(minute))
		}
	}
	if to, err := n.ListedTo(t.Context(), "b"); err != nil || !to.IsZero() {
		t.Errorf("another source: %s (%v)", to, err)
	}
	must(t, n.Verify(t.Context(), func(f store.Finding) { t.Errorf("%+v", f) }))
}
