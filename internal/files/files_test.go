package files_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/rotatif/newsroom/internal/files"
)

func drop(t *testing.T, dir, name, text string, age time.Duration) {
	t.Helper()
	path := filepath.Join(dir, name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	at := time.Now().Add(-age)
	if err := os.Chtimes(path, at, at); err != nil {
		t.Fatal(err)
	}
}

func folder(t *testing.T, keep func(files.Delivery) error) *files.Folder {
	t.Helper()
	at := noon()
	f := &files.Folder{Path: t.TempDir(), Now: func() time.Time { return at }, Keep: func(_ context.Context, d files.Delivery) error { return keep(d) }}
	if err := f.Make(); err != nil {
		t.Fatal(err)
	}
	return f
}

// noon is a time after all that tests lay down, and far from midnight.
func noon() time.Time { return time.Now().UTC().Truncate(24 * time.Hour).Add(36 * time.Hour) }

// away is where a taken file lies.
func away(f *files.Folder, to string, name ...string) string {
	return filepath.Join(append([]string{f.Path, to, f.Now().Format(time.DateOnly)}, name...)...)
}

// What was taken is put away by the day, so that no folder grows without bound.
func TestTakenFilesLieByTheDay(t *testing.T) {
	t.Parallel()
	f := folder(t, func(files.Delivery) error { return nil })
	for day := range 3 {
		at := noon().AddDate(0, 0, day)
		f.Now = func() time.Time { return at }
		drop(t, f.Path, "a.xml", "<a/>", time.Hour)
		f.Look(t.Context())
		if kept, err := os.ReadDir(away(f, "done")); err != nil || len(kept) != 1 || kept[0].Name() != "a.xml" {
			t.Errorf("day %d: %v %v", day, kept, err)
		}
	}
	if days, err := os.ReadDir(filepath.Join(f.Path, "done")); err != nil || len(days) != 3 {
		t.Errorf("%v %v", days, err)
	}
}

func TestWholeFilesAreTakenOldestFirst(t *testing.T) {
	t.Parallel()
	taken := []string{}
	f := folder(t, func(d files.Delivery) error { taken = append(taken, d.Name+"="+string(d.Raw)); return nil })
	drop(t, f.Path, "b.xml", "two", time.Minute)
	drop(t, f.Path, "a.xml", "one", time.Hour)
	drop(t, f.Path, ".hidden", "no", time.Hour)
	drop(t, f.Path, "c.xml.part", "no", time.Hour)
	f.Look(t.Context())
	if len(taken) != 2 || taken[0] != "a.xml=one" || taken[1] != "b.xml=two" {
		t.Errorf("taken %v", taken)
	}
	if _, err := os.Stat(away(f, "done", "a.xml")); err != nil {
		t.Error(err)
	}
	if _, err := os.Stat(filepath.Join(f.Path, "c.xml.part")); err != nil {
		t.Error("an unfinished file was moved")
	}
}

func TestAGrowingFileIsWaitedFor(t *testing.T) {
	t.Parallel()
	taken := ""
	f := folder(t, func(d files.Delivery) error { taken += string(d.Raw); return nil })
	now := time.Now()
	f.Now = func() time.Time { return now }
	look := func(after time.Duration, want string) {
		t.Helper()
		now = now.Add(after)
		if waits := f.Look(t.Context()); waits != (want == "") || taken != want {
			t.Errorf("waits %v, taken %q, want %q", waits, taken, want)
		}
	}
	write := func(text string) {
		drop(t, f.Path, "a.xml", text, time.Since(now))
	}
	write("<a>")
	look(0, "")
	look(time.Millisecond, "") // two looks in a row, woken by another file
	write("<a>half")
	look(time.Second, "") // its sender pauses
	look(time.Second, "")
	write("<a>half and more</a>")
	look(10*time.Millisecond, "")
	look(200*time.Millisecond, "<a>half and more</a>")
}

// A file that never ends as news ends is taken all the same, after a while.
func TestAStrangeFileIsTakenInTheEnd(t *testing.T) {
	t.Parallel()
	taken := 0
	f := folder(t, func(files.Delivery) error { taken++; return nil })
	now := time.Now()
	f.Now = func() time.Time { return now }
	drop(t, f.Path, "a.txt", "no end", time.Since(now))
	drop(t, f.Path, "empty.xml", "", time.Since(now))
	f.Look(t.Context())
	now = now.Add(4 * time.Second)
	if !f.Look(t.Context()) || taken != 0 {
		t.Errorf("taken %d too early", taken)
	}
	now = now.Add(2 * time.Second)
	if f.Look(t.Context()) || taken != 2 {
		t.Errorf("taken %d in the end", taken)
	}
}

func TestWhatIsNotKeptStays(t *testing.T) {
	t.Parallel()
	fails := true
	f := folder(t, func(files.Delivery) error {
		if fails {
			return errors.New("the disk is full")
		}
		return nil
	})
	troubles := 0
	f.Trouble = func(error) { troubles++ }
	drop(t, f.Path, "a.xml", "one", time.Hour)
	f.Look(t.Context())
	if _, err := os.Stat(filepath.Join(f.Path, "a.xml")); err != nil || troubles != 1 {
		t.Errorf("a file that was not kept: %v, troubles %d", err, troubles)
	}
	if old := time.Since(f.Unread()); old < time.Hour || old > 2*time.Hour {
		t.Errorf("the oldest file that was not taken is %v old", old)
	}
	f.Look(t.Context())
	if err := f.Failing(); troubles != 1 || err == nil || !strings.Contains(err.Error(), "the disk is full") {
		t.Errorf("told %d times of one trouble, it stands as %v", troubles, err)
	}
	fails = false
	f.Look(t.Context())
	if err := f.Failing(); err != nil {
		t.Errorf("still %v", err)
	}
	fails = true
	drop(t, f.Path, "a.xml", "two", time.Hour)
	f.Look(t.Context())
	if troubles != 2 {
		t.Errorf("told %d times of trouble that came again", troubles)
	}
	fails = false
	f.Look(t.Context())
	if _, err := os.Stat(away(f, "done", "a.xml")); err != nil || !f.Unread().IsZero() {
		t.Errorf("%v; unread since %v", err, f.Unread())
	}
}

func TestSameNameTwiceLosesNeither(t *testing.T) {
	t.Parallel()
	f := folder(t, func(files.Delivery) error { return nil })
	for _, text := range []string{"one", "two"} {
		drop(t, f.Path, "a.xml", text, time.Hour)
		f.Look(t.Context())
	}
	kept, err := os.ReadDir(away(f, "done"))
	if err != nil || len(kept) != 2 {
		t.Errorf("kept %v, %v", kept, err)
	}
}

func TestTooBigIsSetAside(t *testing.T) {
	t.Parallel()
	var have files.Delivery
	f := folder(t, func(d files.Delivery) error { have = d; return nil })
	drop(t, f.Path, "big.xml", string(make([]byte, files.MaxFile+1)), time.Hour)
	f.Look(t.Context())
	if !have.TooBig || len(have.Raw) >= files.MaxFile {
		t.Errorf("too big %v, %d bytes handed on", have.TooBig, len(have.Raw))
	}
	if _, err := os.Stat(away(f, "refused", "big.xml")); err != nil {
		t.Error(err)
	}
}

func TestWatchEndsWithItsContext(t *testing.T) {
	t.Parallel()
	came := make(chan string, 1)
	f := folder(t, func(d files.Delivery) error { came <- d.Name; return nil })
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- f.Watch(ctx) }()
	if err := os.WriteFile(filepath.Join(f.Path, "a.xml"), []byte("<one/>"), 0o600); err != nil {
		t.Fatal(err)
	}
	if name := <-came; name != "a.xml" {
		t.Errorf("came %s", name)
	}
	stop()
	if err := <-ended; !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}
