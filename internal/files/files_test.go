package files_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
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
	f := &files.Folder{Path: t.TempDir(), Keep: func(_ context.Context, d files.Delivery) error { return keep(d) }}
	if err := f.Make(); err != nil {
		t.Fatal(err)
	}
	return f
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
	if _, err := os.Stat(filepath.Join(f.Path, "done", "a.xml")); err != nil {
		t.Error(err)
	}
	if _, err := os.Stat(filepath.Join(f.Path, "c.xml.part")); err != nil {
		t.Error("an unfinished file was moved")
	}
}

func TestAGrowingFileIsWaitedFor(t *testing.T) {
	t.Parallel()
	taken := 0
	f := folder(t, func(files.Delivery) error { taken++; return nil })
	drop(t, f.Path, "a.xml", "half", 0)
	if !f.Look(t.Context()) || taken != 0 {
		t.Errorf("taken %d at the first look", taken)
	}
	drop(t, f.Path, "a.xml", "half and more", -time.Second)
	if !f.Look(t.Context()) || taken != 0 {
		t.Errorf("taken %d while it grew", taken)
	}
	if f.Look(t.Context()) || taken != 1 {
		t.Errorf("taken %d when it was still", taken)
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
	fails = false
	f.Look(t.Context())
	if _, err := os.Stat(filepath.Join(f.Path, "done", "a.xml")); err != nil {
		t.Error(err)
	}
}

func TestSameNameTwiceLosesNeither(t *testing.T) {
	t.Parallel()
	f := folder(t, func(files.Delivery) error { return nil })
	for _, text := range []string{"one", "two"} {
		drop(t, f.Path, "a.xml", text, time.Hour)
		f.Look(t.Context())
	}
	kept, err := os.ReadDir(filepath.Join(f.Path, "done"))
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
	if _, err := os.Stat(filepath.Join(f.Path, "refused", "big.xml")); err != nil {
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
	if err := os.WriteFile(filepath.Join(f.Path, "a.xml"), []byte("one"), 0o600); err != nil {
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
