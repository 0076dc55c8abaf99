package agency

import (
	"cmp"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"time"

	"github.com/rotatif/newsroom/internal/whole"
)

// Shelf is a folder on an agency's server, open for the length of a call.
type Shelf interface {
	// List gives the plain files; with ErrMuch or ErrLines those of them that could be had.
	List() ([]File, error)
	// Read gives a file, or its first bytes when it has more. A file that is gone is fs.ErrNotExist.
	Read(name string, most int64) ([]byte, error)
	// Remove deletes a file.
	Remove(name string) error
	// Move gives a file another name, in another folder perhaps.
	Move(name, to string) error
	// Close ends the call.
	Close() error
}

// File is a file as a server lists it. What it says is data, not truth.
type File struct {
	Name    string
	Size    int64
	Changed time.Time
}

// Delivery is what is handed on of a file or of a part of a message.
type Delivery struct {
	Name   string // as it can be shown; never the name of a file of ours
	Raw    []byte
	TooBig bool // Raw is only its beginning
}

// Puller fetches the files of a folder, each once it is whole. A file is whole
// when it was the same at two looks and ends the way news ends, or the same for
// so long that nobody can be writing it any more; or when its sender says so by
// a name. Which file is new is told by its name, size and time together, never
// by its time being later: agencies put older files in, too.
type Puller struct {
	Open func(context.Context) (Shelf, error)
	// Keep is given every new file and returns nil when it is durably kept.
	Keep func(context.Context, Delivery) error
	// Ready is how a sender tells that a file is whole: "renamed" when it gives
	// the name only then, or how the name of a second, empty file ends, such as
	// ".done". Empty: it does not.
	Ready string
	// After is what becomes of a file that was kept: "leave", "delete" or "move:FOLDER".
	After string
	// Settle is the time between two looks of one call; 0: five seconds.
	Settle time.Duration

	seen  map[string]*sight // by name, of what the last listing had
	stuck error             // why what was kept could not be put away
	rest  time.Time         // until when it is not tried again
}

// sight is what is known of a file.
type sight struct {
	File
	since time.Time // since when it has been as it is
	had   bool      // kept
	sum   [32]byte  // of what was kept
	again time.Time // when it is read once more; zero: never
	odd   bool      // it did not end as news ends
	fails int       // how often it could not be had
}

// The bounds of a call.
const (
	maxFiles = 10_000          // of a listing are looked at, the newest
	maxName  = 1024            // bytes of a name
	settle   = 5 * time.Second // between two looks
	patience = 2 * time.Minute // for a file that does not end as news ends
	longest  = 15 * time.Minute
)

// ErrFiles says that a folder holds more files than are looked at.
var ErrFiles = fmt.Errorf("agency: the folder holds more than %d files, or more than can be listed; the oldest are not looked at", maxFiles)

// What a listing may hold that no file is fetched for.
var (
	ErrName  = errors.New("agency: a file whose name is not one")
	ErrLines = errors.New("agency: lines of the listing cannot be understood")
)

// Ask looks once and takes what is whole.
func (p *Puller) Ask(ctx context.Context) (answer Answer, err error) {
	ctx, cancel := context.WithTimeout(ctx, longest)
	defer cancel()
	shelf, err := p.Open(ctx)
	if err != nil {
		return answer, err
	}
	defer func() { _ = shelf.Close() }() // all that counts has been answered
	fresh, flaw, err := p.look(shelf)
	if err != nil {
		return answer, err
	}
	if fresh && p.Ready == "" {
		if err := sleep(ctx, p.settle()); err != nil {
			return answer, err
		}
		if _, flaw, err = p.look(shelf); err != nil {
			return answer, err
		}
	}
	p.putAway(shelf)
	answer.New, err = p.takeAll(ctx, shelf)
	answer.Flaw, answer.Unread = cmp.Or(err, flaw, p.stuck), p.unread()
	return answer, nil
}

// unread is since when the oldest file lies there that will be taken and was
// not. What somebody is still writing under another name, and what only tells
// that another file is whole, is none.
func (p *Puller) unread() time.Time {
	oldest := time.Time{}
	for name, s := range p.seen {
		mark := p.Ready != "" && p.Ready != "renamed" && strings.HasSuffix(name, p.Ready)
		if s.had || mark || whole.Unfinished(name) {
			continue
		}
		if oldest.IsZero() || s.since.Before(oldest) {
			oldest = s.since
		}
	}
	return oldest
}

func (p *Puller) settle() time.Duration { return cmp.Or(p.Settle, settle) }

// look compares the listing with the last one. It says whether a file has
// changed, and what was wrong with the listing.
func (p *Puller) look(shelf Shelf) (fresh bool, flaw, err error) {
	files, err := shelf.List()
	if errors.Is(err, ErrLines) && len(files) > 0 {
		flaw, err = err, nil
	}
	if errors.Is(err, ErrMuch) && len(files) > 0 || len(files) > maxFiles {
		flaw, err = ErrFiles, nil
		slices.SortStableFunc(files, func(a, b File) int { return b.Changed.Compare(a.Changed) })
		files = files[:min(len(files), maxFiles)]
	}
	if err != nil {
		return false, nil, err
	}
	now, seen := time.Now(), map[string]*sight{}
	for _, f := range files {
		if !askable(f.Name) {
			flaw = cmp.Or(flaw, fmt.Errorf("%w: %s", ErrName, Shown(f.Name)))
			continue
		}
		before := p.seen[f.Name]
		if before == nil || before.Size != f.Size || !before.Changed.Equal(f.Changed) {
			before, fresh = &sight{File: f, since: now}, true
		}
		seen[f.Name] = before
	}
	p.seen = seen
	return fresh, flaw, nil
}

// askable says whether a name can be a file's in the folder and nowhere else.
func askable(name string) bool {
	return name != "" && name != "." && name != ".." && len(name) <= maxName && !strings.ContainsFunc(name, func(r rune) bool {
		return r == '/' || r == '\\' || r < ' ' || r == 0x7f
	})
}

// takeAll takes every file that is whole: first those that have not failed
// before, oldest first. It ends at the first that breaks off, for nobody knows
// what the server thinks it is answering then; the others come with the next call.
func (p *Puller) takeAll(ctx context.Context, shelf Shelf) (fresh bool, flaw error) {
	now, ready := time.Now(), []*sight{}
	for _, s := range p.seen {
		if p.ready(s, now) {
			ready = append(ready, s)
		}
	}
	slices.SortFunc(ready, func(a, b *sight) int {
		return cmp.Or(cmp.Compare(a.fails, b.fails), a.Changed.Compare(b.Changed), strings.Compare(a.Name, b.Name))
	})
	for _, s := range ready {
		kept, err := p.take(ctx, shelf, s, now)
		fresh = fresh || kept
		if err == nil {
			continue
		}
		s.fails++
		err = fmt.Errorf("agency: %s: %w", Shown(s.Name), err)
		if !errors.Is(err, fs.ErrNotExist) {
			return fresh, err
		}
		if s.fails > 1 { // it is listed, but it is not there
			flaw = err
		}
	}
	return fresh, flaw
}

// ready says whether a file may be fetched.
func (p *Puller) ready(s *sight, now time.Time) bool {
	switch still := now.Sub(s.since); {
	case s.had:
		return !s.again.IsZero() && !now.Before(s.again)
	case whole.Unfinished(s.Name):
		return false
	case p.Ready == "renamed":
		return true
	case p.Ready != "":
		return !strings.HasSuffix(s.Name, p.Ready) && p.marked(s, still)
	default:
		return still >= p.settle() && !s.odd || still >= patience
	}
}

// marked says whether there is a second file that tells that the first is
// whole. One that was there before the first became what it is tells nothing.
func (p *Puller) marked(s *sight, still time.Duration) bool {
	mark := p.seen[s.Name+p.Ready]
	return mark != nil && (!mark.Changed.Before(s.Changed) && !mark.since.Before(s.since) || still >= patience)
}

// take fetches a file and hands it on, unless it turns out not to be whole. It
// says whether something new was kept.
func (p *Puller) take(ctx context.Context, shelf Shelf, s *sight, now time.Time) (bool, error) {
	raw, err := shelf.Read(s.Name, MaxDelivery)
	if err != nil {
		return false, err
	}
	sum := sha256.Sum256(raw)
	if s.had && s.sum == sum {
		s.again = time.Time{}
		return false, nil
	}
	d := Delivery{Name: Shown(s.Name), Raw: raw, TooBig: int64(len(raw)) > MaxDelivery}
	if s.odd = p.Ready == "" && !d.TooBig && (int64(len(raw)) != s.Size || !whole.Ends(raw)); s.odd && now.Sub(s.since) < patience {
		return false, nil
	}
	if d.TooBig {
		d.Raw = raw[:TooBig]
	}
	if err := p.Keep(ctx, d); err != nil {
		return false, err
	}
	s.had, s.sum, s.again = true, sum, p.onceMore(s, now)
	return true, nil
}

// onceMore says when a file is read again although nothing tells that it has
// changed: where a server tells times by the minute, a correction of the same
// length in the same minute looks like what was taken. What lay there for long is not.
func (p *Puller) onceMore(s *sight, now time.Time) time.Time {
	age := now.Sub(s.Changed)
	if s.Changed.Second() != 0 || age < -zones || age > zones+minute {
		return time.Time{}
	}
	return s.since.Add(minute + p.settle())
}

// What a server's clock may be off by, nobody knowing in which zone it counts,
// and how coarse it may be.
const (
	zones  = 14 * time.Hour
	minute = time.Minute
)

// TooBig is how much of a file that is too big is handed on.
const TooBig = 1 << 20

// The bounds of putting away: so many files in a call, and a rest after a failure.
const (
	maxAway = 200
	awayAgo = 15 * time.Minute
)

// putAway does with what was kept as the operator wishes. A file is put away
// only when a listing shows it as it was when it was taken: what was written
// over it meanwhile has not been taken yet.
func (p *Puller) putAway(shelf Shelf) {
	if p.After == "" || p.After == "leave" || time.Now().Before(p.rest) {
		return
	}
	p.stuck = nil
	for _, name := range p.kept() {
		if err := p.away(shelf, name); err != nil {
			p.stuck, p.rest = fmt.Errorf("agency: %s was kept, and stays where it is: %w", Shown(name), err), time.Now().Add(awayAgo)
			return
		}
		delete(p.seen, name)
	}
}

// kept are the names of what was kept, with the second files that told that they were whole.
func (p *Puller) kept() []string {
	names := []string{}
	for name, s := range p.seen {
		if !s.had || !s.again.IsZero() || len(names) >= maxAway {
			continue
		}
		names = append(names, name)
		if mark := name + p.Ready; strings.HasPrefix(p.Ready, ".") && p.seen[mark] != nil {
			names = append(names, mark)
		}
	}
	return names
}

// away puts one file away. Where a folder has the name already, the time goes before it.
func (p *Puller) away(shelf Shelf, name string) error {
	folder, move := strings.CutPrefix(p.After, "move:")
	if !move {
		return present(shelf.Remove(name))
	}
	folder = strings.TrimSuffix(folder, "/") + "/"
	err := present(shelf.Move(name, folder+name))
	if err != nil {
		err = present(shelf.Move(name, folder+time.Now().UTC().Format("20060102T150405.000-")+name))
	}
	return err
}

// present is an error unless it says that a file is gone.
func present(err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}
