// Package files watches a folder into which an agency's files are dropped.
//
// A file is taken only when it is whole: still for a moment and ending the way
// news ends, or still for so long that nobody can be writing it any more, for a
// sender may pause in the middle. It is handed on and moved to the subfolder
// done only after it was kept durably; a crash in between hands it on twice,
// and the same bytes are one delivery. What cannot be taken goes to the
// subfolder refused, with as much as could be read handed on, so that a person
// sees it. Both have a folder for every day, in UTC, so that none grows without
// bound. Nothing is ever deleted.
//
// Knows: files. Never imports: a room, another machine, a door.
package files

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"sort"
	"time"

	"github.com/fsnotify/fsnotify"

	"github.com/rotatif/newsroom/internal/whole"
)

// Delivery is a file as it lies there.
type Delivery struct {
	Name    string // file name, no path
	Changed time.Time
	Raw     []byte
	TooBig  bool // Raw is only its beginning
}

// Folder is a watched folder.
type Folder struct {
	Path string
	// Keep is given every file and returns nil when it is durably kept.
	Keep func(context.Context, Delivery) error
	// Trouble is told what could not be done; the folder goes on.
	Trouble func(error)
	// Now is the clock; nil is the machine's.
	Now func() time.Time

	seen   map[string]look // at the last look, of files that may still grow
	unread oldest
	ills   ills
}

// look is what a file was at a look, and since when it has been so.
type look struct {
	size    int64
	changed time.Time
	since   time.Time
}

// MaxFile is the largest file that is read whole, in bytes.
const MaxFile = 32 << 20

// How often the folder is looked at when nobody says that something changed,
// how long a file must have been still, and how long one that does not end as
// news ends.
const (
	lookAgain = time.Second
	settle    = 150 * time.Millisecond
	patience  = 5 * time.Second
)

// Make makes the folder and its subfolders.
func (f *Folder) Make() error {
	for _, dir := range []string{f.Path, filepath.Join(f.Path, "done"), filepath.Join(f.Path, "refused")} {
		if err := os.MkdirAll(dir, 0o755); err != nil {
			return fmt.Errorf("files: %w", err)
		}
	}
	f.seen = map[string]look{}
	return nil
}

// Watch takes files until the context ends. The system's word that something
// changed only hastens a look. A folder that cannot be watched, because its
// disk is away, is told of once and tried again.
func (f *Folder) Watch(ctx context.Context) error {
	away := false
	for ctx.Err() == nil {
		err := f.watch(ctx, &away)
		if err != nil && !away && ctx.Err() == nil {
			away = true
			f.ills.add(err)
			f.tell()
		}
		t := time.NewTimer(lookAgain)
		select {
		case <-ctx.Done():
		case <-t.C:
		}
		t.Stop()
	}
	return ctx.Err()
}

// watch takes files until the folder is not there any more.
func (f *Folder) watch(ctx context.Context, away *bool) error {
	if err := f.Make(); err != nil {
		return err
	}
	watcher, err := fsnotify.NewWatcher()
	if err != nil {
		return fmt.Errorf("files: %w", err)
	}
	defer func() { _ = watcher.Close() }() // it holds nothing
	if err := watcher.Add(f.Path); err != nil {
		return fmt.Errorf("files: watching %s: %w", f.Path, err)
	}
	*away = false
	for ctx.Err() == nil {
		if _, err := os.Stat(f.Path); err != nil {
			return fmt.Errorf("files: %w", err)
		}
		again := lookAgain
		if f.Look(ctx) {
			again = settle
		}
		f.wait(ctx, watcher, again)
	}
	return nil
}

// wait until something changes or it is time to look again.
func (f *Folder) wait(ctx context.Context, w *fsnotify.Watcher, again time.Duration) {
	t := time.NewTimer(again)
	defer t.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-t.C:
			return
		case err := <-w.Errors:
			f.ills.add(err)
			return
		case e := <-w.Events:
			if !e.Has(fsnotify.Create) && !e.Has(fsnotify.Write) {
				continue
			}
			if len(w.Events) == 0 {
				return
			}
		}
	}
}

// Look takes every file that is whole, oldest first, and says whether others
// may be soon.
func (f *Folder) Look(ctx context.Context) bool {
	soon := f.takeAll(ctx)
	if ctx.Err() == nil {
		f.tell()
	}
	return soon
}

func (f *Folder) takeAll(ctx context.Context) bool {
	entries, err := os.ReadDir(f.Path)
	if err != nil {
		f.ills.add(fmt.Errorf("files: %w", err))
		return false
	}
	waiting, left := map[string]look{}, time.Time{}
	for _, info := range f.regular(entries) {
		if ctx.Err() != nil {
			return false
		}
		if at := f.look(info); !f.whole(at, info.Name()) {
			waiting[info.Name()] = at
			left = earlier(left, info.ModTime())
			continue
		}
		if err := f.take(ctx, info); err != nil {
			left = earlier(left, info.ModTime())
			f.ills.add(err)
		}
	}
	f.seen = waiting
	f.unread.set(left)
	return len(waiting) > 0
}

// look compares a file with what it was at the last look.
func (f *Folder) look(info fs.FileInfo) look {
	at := look{info.Size(), info.ModTime(), f.now()}
	if before, known := f.seen[info.Name()]; known && before.size == at.size && before.changed.Equal(at.changed) {
		at.since = before.since
	}
	if at.changed.Before(at.since) {
		at.since = at.changed // it lay still before it was first seen
	}
	return at
}

// whole says whether a file may be taken.
func (f *Folder) whole(at look, name string) bool {
	still := f.now().Sub(at.since)
	return still >= patience || still >= settle && f.ends(name, at.size)
}

// ends says whether a file ends the way XML, JSON and telegrams end.
func (f *Folder) ends(name string, size int64) bool {
	in, err := os.Open(filepath.Join(f.Path, name))
	if err != nil {
		return false
	}
	defer func() { _ = in.Close() }() // only read
	tail := make([]byte, min(size, whole.Tail))
	if _, err := in.ReadAt(tail, size-int64(len(tail))); err != nil && !errors.Is(err, io.EOF) {
		return false
	}
	return whole.Ends(tail)
}

func (f *Folder) now() time.Time {
	if f.Now != nil {
		return f.Now()
	}
	return time.Now()
}

// regular gives the plain files that are not being written under another name, oldest first.
func (f *Folder) regular(entries []fs.DirEntry) []fs.FileInfo {
	found := []fs.FileInfo{}
	for _, e := range entries {
		if !e.Type().IsRegular() || whole.Unfinished(e.Name()) {
			continue
		}
		if info, err := e.Info(); err == nil { // gone meanwhile otherwise
			found = append(found, info)
		}
	}
	sort.Slice(found, func(i, j int) bool {
		if !found[i].ModTime().Equal(found[j].ModTime()) {
			return found[i].ModTime().Before(found[j].ModTime())
		}
		return found[i].Name() < found[j].Name()
	})
	return found
}

// take hands one file on and moves it away.
func (f *Folder) take(ctx context.Context, info fs.FileInfo) error {
	path := filepath.Join(f.Path, info.Name())
	raw, tooBig, err := read(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	err = f.Keep(ctx, Delivery{Name: info.Name(), Changed: info.ModTime(), Raw: raw, TooBig: tooBig})
	if err != nil {
		return fmt.Errorf("files: keeping %s: %w", info.Name(), err)
	}
	to := "done"
	if tooBig {
		to = "refused"
	}
	return f.move(path, to, info.Name())
}

func read(path string) ([]byte, bool, error) {
	in, err := os.Open(path)
	if err != nil {
		return nil, false, fmt.Errorf("files: %w", err)
	}
	defer func() { _ = in.Close() }() // only read
	raw, err := io.ReadAll(io.LimitReader(in, MaxFile+1))
	if err != nil {
		return nil, false, fmt.Errorf("files: %w", err)
	}
	if len(raw) > MaxFile {
		return raw[:1<<20], true, nil
	}
	return raw, false, nil
}

// move puts a taken file into the day's folder of a subfolder. A name that is
// there already gets the time before it.
func (f *Folder) move(path, to, name string) error {
	now := f.now().UTC()
	target := filepath.Join(f.Path, to, now.Format(time.DateOnly), name)
	if _, err := os.Lstat(target); err == nil {
		target = filepath.Join(filepath.Dir(target), now.Format("20060102T150405.000000000-")+name)
	}
	if err := os.MkdirAll(filepath.Dir(target), 0o755); err != nil { // somebody tidied up
		return fmt.Errorf("files: %w", err)
	}
	if err := os.Rename(path, target); err != nil {
		return fmt.Errorf("files: %w", err)
	}
	return nil
}
