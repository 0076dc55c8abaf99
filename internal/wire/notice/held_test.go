package notice_test

import (
	"os"
	"strings"
	"testing"

	"github.com/rotatif/newsroom"
	"github.com/rotatif/newsroom/internal/wire/notice"
)

// The notices of a desk in many words, and as many ordinary stories with the
// same words: neither a missed kill nor a false one is small.
func TestHeldOut(t *testing.T) {
	t.Parallel()
	for _, path := range []string{"testdata/held.tsv", "testdata/second.tsv"} {
		t.Run(path, func(t *testing.T) {
			t.Parallel()
			rows, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			measure(t, string(rows))
		})
	}
}

func measure(t *testing.T, rows string) {
	t.Helper()
	notices, stories, missed, false_ := 0, 0, 0, 0
	for row := range strings.Lines(rows) {
		f := strings.Split(strings.TrimRight(row, "\n"), "\t")
		want := newsroom.NoticeKind(strings.TrimSuffix(f[0], "none"))
		n := kindOf(notice.Find(notice.Copy{Headline: f[1], Lines: []string{f[2]}}))
		if want == "" {
			stories++
		} else {
			notices++
		}
		if n == want {
			continue
		}
		t.Logf("%s | %s: %q, want %q", f[1], f[2], n, want)
		if n != "" {
			false_++
		}
		if want != "" {
			missed++
		}
	}
	t.Logf("of %d notices %d are missed or taken for another kind, of %d found %d are none", notices, missed, notices-missed+false_, false_)
	if missed+false_ > 0 {
		t.Error("below the bar")
	}
}
