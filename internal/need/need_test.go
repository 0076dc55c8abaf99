package need_test

import (
	"testing"

	"github.com/rotatif/newsroom/internal/need"
)

// witness stands for a test and remembers how it was ended.
type witness struct {
	testing.TB
	end string
}

func (w *witness) Helper()               {}
func (w *witness) Skipf(string, ...any)  { w.end = "skipped" }
func (w *witness) Fatalf(string, ...any) { w.end = "failed"; panic(w) }

func TestMissing(t *testing.T) {
	for value, want := range map[string]string{"": "skipped", "0": "skipped", "1": "failed"} {
		t.Setenv(need.Variable, value)
		if got := end(t); got != want {
			t.Errorf("%s=%q: %s, want %s", need.Variable, value, got, want)
		}
	}
}

func end(t *testing.T) string {
	w := &witness{TB: t}
	func() {
		defer func() { _ = recover() }()
		need.Missing(w, "a thing is missing")
	}()
	return w.end
}
