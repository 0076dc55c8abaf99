package app

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/rotatif/newsroom"
	"github.com/rotatif/newsroom/internal/files"
	"github.com/rotatif/newsroom/internal/journal"
	"github.com/rotatif/newsroom/internal/web"
	"github.com/rotatif/newsroom/internal/wire"
	"github.com/rotatif/newsroom/internal/wire/profile"
)

// Replay lets files come over the wire as a source would send them, into a
// newsroom of their own, and tells what becomes of each. It goes the way that
// all copy goes, so that an agency's profile can be tried on what the agency sent.
type Replay struct {
	Config  Config // of which the newsroom takes everything but its folder and its sources
	Source  string // a source of the configuration whose settings hold
	Profile string // or a profile
	Files   []string
	Dir     string // a folder that is not there or empty; "": a temporary one, which is kept

	Between  time.Duration // two deliveries; 0: as fast as they are worked through
	Original bool          // at the distances at which the copy was sent
	Speed    float64       // times faster than the original; 0 is 1
	Shuffle  *uint64       // the seed of another order
	Twice    bool          // everything comes a second time
	Dry      bool          // nothing is kept and nothing waited for

	Lang   string // of the sentences: a locale that begins with tr, else English
	Colour bool
	Out    io.Writer
	Log    *slog.Logger
}

// replaying is a replay that is under way.
type replaying struct {
	Replay
	house     *App
	source    string
	followers []journal.Follower
	told      newsroom.Seq // facts up to here have been told
	own       bool         // the folder is a temporary one
	seen      map[wire.ReceiptID]bool
	sum       summary
	words     web.Words
}

// Run replays the files. When the context ends, the delivery under way is
// brought to its end and no other begun.
func (r Replay) Run(ctx context.Context) (err error) {
	h := &replaying{Replay: r, seen: map[wire.ReceiptID]bool{}, sum: newSummary()}
	if h.words, err = wordsFor(r.Lang); err != nil {
		return err
	}
	found := r.found()
	if err := h.any(found); err != nil {
		return err
	}
	whole := context.WithoutCancel(ctx)
	if err = h.open(whole); err != nil {
		return errors.Join(err, h.close())
	}
	defer func() { err = errors.Join(err, h.close()) }()
	plan := r.plan(found, h.sent)
	if err := h.write(h.opening(plan)); err != nil {
		return err
	}
	begun := time.Now()
	for i, p := range plan {
		if !h.wait(ctx, time.Until(begun.Add(p.at))) {
			break
		}
		if err := h.deliver(whole, i+1, p); err != nil {
			return err
		}
	}
	if err := h.write(h.closing(len(plan))); err != nil {
		return err
	}
	if n := h.sum.outcomes["missing"]; n > 0 {
		return errors.New("replay: " + h.words.N("wire.file.count", n))
	}
	return nil
}

// any refuses to begin when there is no file that could be had: no newsroom is
// built for a name that was mistyped.
func (h *replaying) any(found []planned) error {
	reasons := []error{}
	for _, p := range found {
		if p.err == nil {
			return nil
		}
		reasons = append(reasons, errors.New("replay: "+plainLine(p.file)+": "+unread(h.words, p.err)))
	}
	if len(reasons) == 0 {
		return errors.New("replay: " + h.words.T("wire.replay.no_files"))
	}
	return errors.Join(reasons...)
}

// open builds the newsroom without opening its doors.
func (h *replaying) open(ctx context.Context) error {
	source, err := h.from()
	if err != nil {
		return err
	}
	h.source = source.Name
	if err := h.fresh(); err != nil {
		return err
	}
	c := h.Config
	c.Dir, c.Postgres, c.Sources = h.Dir, "", []Source{source}
	if h.house, err = Open(ctx, c, h.Log, time.Now); err != nil {
		return err
	}
	h.followers = h.house.followers()
	return nil
}

// from is the source that the files seem to come from.
func (h *replaying) from() (Source, error) {
	if h.Source != "" && h.Profile != "" {
		return Source{}, errors.New("replay: a source has its profile: name the one or the other")
	}
	profiles, err := profile.Read(h.Config.Profiles)
	if err != nil {
		return Source{}, err
	}
	names := []string{}
	for _, s := range h.Config.Sources {
		if s.Name == h.Source {
			return s, nil
		}
		names = append(names, s.Name)
	}
	if h.Source != "" && len(names) == 0 {
		return Source{}, fmt.Errorf("replay: the configuration has no source %q, nor any other", h.Source)
	}
	if h.Source != "" {
		return Source{}, fmt.Errorf("replay: the configuration has no source %q, only %s", h.Source, strings.Join(names, ", "))
	}
	if _, known := profiles[h.Profile]; !known && h.Profile != "" {
		return Source{}, fmt.Errorf("replay: there is no profile %q, only %s", h.Profile, strings.Join(profile.Codes(profiles), ", "))
	}
	s := Source{Name: "replay", Provider: "replay", Kind: "folder", Folder: "."}
	if h.Profile != "" {
		s.Name, s.Provider, s.Profile = h.Profile, h.Profile, h.Profile
	}
	s.derive(h.Config.Site, profiles[h.Profile])
	return s, s.check(-1)
}

// fresh sees to a folder in which there is no newsroom yet: copy of yesterday
// must never come to the desk of today.
func (h *replaying) fresh() error {
	if h.Dry || h.Dir == "" {
		dir, err := os.MkdirTemp("", "rotatif-replay-")
		if err != nil {
			return fmt.Errorf("replay: %w", err)
		}
		h.Dir, h.own = dir, true
		return nil
	}
	there, err := os.ReadDir(h.Dir)
	if err == nil && len(there) > 0 {
		return errors.New("replay: " + h.words.T("wire.replay.not_fresh", "dir", h.Dir))
	}
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		return fmt.Errorf("replay: %w", err)
	}
	return nil
}

func (h *replaying) close() error {
	var err error
	if h.house != nil {
		err = h.house.leave()
	}
	if h.Dry && h.own {
		err = errors.Join(err, os.RemoveAll(h.Dir))
	}
	return err
}

// wait says whether there was time for it.
func (h *replaying) wait(ctx context.Context, d time.Duration) bool {
	if h.Dry || d <= 0 {
		return ctx.Err() == nil
	}
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
		return false
	case <-t.C:
		return true
	}
}

// deliver lets one file come, and tells what became of it.
func (h *replaying) deliver(ctx context.Context, nth int, p planned) error {
	raw, err := []byte(nil), p.err
	if err == nil {
		raw, err = readCopy(p.file)
	}
	if err != nil {
		return h.write(h.missing(nth, p, err))
	}
	id, err := h.receive(ctx, filepath.Base(p.file), raw)
	if err != nil {
		return err
	}
	repeated := h.seen[id]
	h.seen[id] = true
	if err := h.follow(ctx); err != nil {
		return err
	}
	kept, err := h.house.journal.Receipts(ctx, wire.ReceiptFilter{ID: id, Limit: 1})
	if err != nil || len(kept) != 1 {
		return fmt.Errorf("replay: the delivery of %s: %w", p.file, errors.Join(err, newsroom.Refuse(newsroom.NotFound, "error.not_found")))
	}
	touched, err := h.touched(ctx)
	if err != nil {
		return err
	}
	return h.write(h.delivery(nth, p, kept[0].Verdict, repeated, touched))
}

func (h *replaying) receive(ctx context.Context, name string, raw []byte) (wire.ReceiptID, error) {
	receipt := wire.Receipt{Source: h.source, Channel: "replay", Name: name}
	if len(raw) > files.MaxFile {
		return h.house.Reception.Refuse(ctx, receipt, raw[:files.MaxFile], "wire.reason.too_big", strconv.Itoa(files.MaxFile))
	}
	return h.house.Reception.Receive(ctx, receipt, raw)
}

// follow settles what came and lets everything follow from it that does.
func (h *replaying) follow(ctx context.Context) error {
	if _, err := h.house.Reception.Settle(ctx); err != nil {
		return err
	}
	for again := true; again; {
		again = false
		for _, f := range h.followers {
			done, err := f.CatchUp(ctx)
			if err != nil {
				return fmt.Errorf("replay: %s: %w", f.Name, err)
			}
			again = again || done > 0
		}
	}
	return nil
}

// touch is an item of which something new is known.
type touch struct {
	item  newsroom.WireItem
	facts []newsroom.FactKind
}

// touched are the items of which there are new facts, in the order of these.
func (h *replaying) touched(ctx context.Context) ([]touch, error) {
	all := []touch{}
	for {
		facts, err := h.house.journal.Facts(ctx, h.told, 500)
		if err != nil {
			return nil, fmt.Errorf("replay: %w", err)
		}
		if len(facts) == 0 {
			return all, nil
		}
		for _, f := range facts {
			h.told = f.Seq
			at := slices.IndexFunc(all, func(t touch) bool { return t.item.ID == f.Item })
			if at < 0 && f.Item != 0 {
				items, err := h.house.journal.Items(ctx, wire.Filter{ID: f.Item, At: h.house.now(), Limit: 1})
				if err != nil || len(items) == 0 {
					return nil, fmt.Errorf("replay: item %d: %w", f.Item, err)
				}
				at, all = len(all), append(all, touch{item: items[0]})
			}
			if at >= 0 {
				all[at].facts = append(all[at].facts, f.Kind)
			}
		}
	}
}

func (h *replaying) write(s string) error {
	if _, err := io.WriteString(h.Out, s); err != nil {
		return fmt.Errorf("replay: %w", err)
	}
	return nil
}
