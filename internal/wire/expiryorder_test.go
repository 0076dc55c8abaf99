package wire_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/rotatif/newsroom"
	"github.com/rotatif/newsroom/internal/wire"
	"github.com/rotatif/newsroom/internal/wire/wiretest"
)

// Old copy goes; then an agency sends everything it ever sent once more, in
// other bytes and any order. Nothing of it is news, what was killed is dead,
// and what stood stands as it did.
func TestEverythingAgainAfterExpiry(t *testing.T) {
	t.Parallel()
	paths := wiretest.Shared(t, "wire/*/*")
	for name, place := range places() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := rand.New(rand.NewPCG(3, 9))
			b := openOn(t, place(t))
			src := wiretest.Source()
			src.Provider = "ka"
			b.Sources["ka"] = src
			b.sendFiles(paths, r.Perm(len(paths)), wiretest.Received(), "")
			b.follow()
			b.suspect()
			before := accounts(b)
			late := wiretest.Received().Add(400 * 24 * time.Hour)
			keep := map[string]time.Duration{"ka": 30 * 24 * time.Hour}
			gone, err := wire.Expiry{Attic: b.store, Keep: keep, Now: func() time.Time { return late }}.Sweep(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			left := accounts(b)
			if n := gone["ka"].Items; n < 50 || n != len(before)-len(left) {
				t.Fatalf("%d items went of %d, %d are left", n, len(before), len(left))
			}
			keepers(t, before, left)
			for i := range 2 {
				b.sendFiles(paths, r.Perm(len(paths)), late.Add(time.Duration(i)*time.Hour), strings.Repeat("\n", i+1))
				b.follow()
				b.suspect()
				if diff := cmp.Diff(left, accounts(b)); diff != "" {
					t.Fatalf("sent again, time %d: %s", i, diff)
				}
			}
		})
	}
}

// sendFiles lets files come in an order, with something behind each, and settles them.
func (b *bench) sendFiles(paths []string, order []int, from time.Time, behind string) {
	b.Helper()
	b.Now = func() time.Time { return from.Add(time.Hour) }
	for _, i := range order {
		raw, err := os.ReadFile(paths[i])
		if err != nil {
			b.Fatal(err)
		}
		receipt := wire.Receipt{Source: "ka", Channel: "folder", Name: fmt.Sprint(i), Received: from.Add(time.Duration(i) * time.Second)}
		if _, err := b.Receive(b.Context(), receipt, append(raw, behind...)); err != nil {
			b.Fatal(err)
		}
	}
	b.settle()
}

// keepers fails the test when something went that the agency or a person has had a word about.
func keepers(t *testing.T, before, left map[newsroom.ItemKey]account) {
	t.Helper()
	for key, a := range before {
		if _, stays := left[key]; !stays && (a.State != newsroom.ItemUsable && a.State != newsroom.ItemEmbargoed || a.Call != "" || len(a.Notices) > 0) {
			t.Errorf("%v went: %s, call %q", key, a.State, a.Call)
		}
	}
}
