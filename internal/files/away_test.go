package files_test

import (
	"context"
	"os"
	"path/filepath"
	"sync/atomic"
	"testing"
	"time"

	"github.com/rotatif/newsroom/internal/files"
)

func TestAFolderThatWasAwayIsWatchedAgain(t *testing.T) {
	t.Parallel()
	home := t.TempDir()
	blocked := filepath.Join(home, "disk")
	if err := os.WriteFile(blocked, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
	defer cancel()
	told := atomic.Int32{}
	f := &files.Folder{
		Path:    filepath.Join(blocked, "in"),
		Keep:    func(_ context.Context, d files.Delivery) error { cancel(); return nil },
		Trouble: func(error) { told.Add(1) },
	}
	done := make(chan struct{})
	go func() { defer close(done); _ = f.Watch(ctx) }()
	for told.Load() == 0 && ctx.Err() == nil {
		time.Sleep(time.Millisecond)
	}
	if f.Failing() == nil {
		t.Error("a folder that is away is in order")
	}
	if err := os.Remove(blocked); err != nil {
		t.Fatal(err)
	}
	if err := os.MkdirAll(f.Path, 0o755); err != nil {
		t.Fatal(err)
	}
	drop(t, f.Path, "a.xml", "<a/>", time.Minute)
	<-done
	if context.Cause(ctx) != context.Canceled || told.Load() != 1 {
		t.Errorf("%v, told %d times", context.Cause(ctx), told.Load())
	}
}

func TestATidiedSubfolderIsMadeAgain(t *testing.T) {
	t.Parallel()
	f := folder(t, func(files.Delivery) error { return nil })
	if err := os.RemoveAll(filepath.Join(f.Path, "done")); err != nil {
		t.Fatal(err)
	}
	drop(t, f.Path, "a.xml", "<a/>", time.Minute)
	f.Look(t.Context())
	if _, err := os.Stat(away(f, "done", "a.xml")); err != nil {
		t.Error(err)
	}
}
