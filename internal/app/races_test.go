package app

import (
	"fmt"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/rotatif/newsroom"
	"github.com/rotatif/newsroom/internal/desk"
	"github.com/rotatif/newsroom/internal/handclock"
	"github.com/rotatif/newsroom/internal/pgtest"
	"github.com/rotatif/newsroom/internal/wire"
)

// racing is a house with a clock that the test moves.
type racing struct {
	*house
	clock *handclock.Clock
}

func race(t *testing.T, dsn string) *racing {
	t.Helper()
	c := handclock.At(time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC))
	return &racing{openOn(t, dsn, c.Now, nil, pushed("ka")), c}
}

// deed is what a person, or the clock, does in the moment in which the
// agency's word comes. ready makes the story it is done to.
type deed struct {
	name  string
	ready func(h *racing, item newsroom.WireItem) newsroom.Story
	do    func(h *racing, item newsroom.WireItem, s newsroom.Story) // may be refused
}

func (h *racing) must(done desk.Done, err error) newsroom.Story {
	h.t.Helper()
	if err != nil {
		h.t.Fatal(err)
	}
	return done.Story
}

func taken(h *racing, item newsroom.WireItem) newsroom.Story {
	h.t.Helper()
	return h.must(h.Desk.Take(h.t.Context(), h.chief, item))
}

// rewritten is a story in words of the house.
func rewritten(h *racing, item newsroom.WireItem) newsroom.Story {
	h.t.Helper()
	s := taken(h, item)
	return h.save(s, "Bizim başlığımız "+s.Content.Headline)
}

func (h *racing) save(s newsroom.Story, headline string) newsroom.Story {
	h.t.Helper()
	c := s.Content
	c.Headline = headline
	return h.must(h.Desk.Save(h.t.Context(), h.chief, s.ID, s.Revision, c))
}

func publishing(h *racing, _ newsroom.WireItem, s newsroom.Story) {
	_, _ = h.Desk.Publish(h.t.Context(), h.chief, s.ID, s.Head)
}

// public is a story before readers, and on the front.
func public(of func(h *racing, item newsroom.WireItem) newsroom.Story) func(h *racing, item newsroom.WireItem) newsroom.Story {
	return func(h *racing, item newsroom.WireItem) newsroom.Story {
		h.t.Helper()
		s := of(h, item)
		return h.must(h.Desk.Publish(h.t.Context(), h.chief, s.ID, s.Head))
	}
}

// revised is a public story with newer words of the house.
func revised(h *racing, item newsroom.WireItem) newsroom.Story {
	h.t.Helper()
	return h.save(public(taken)(h, item), "Yeni "+item.Text.Headline)
}

// behind is a public copy of which the agency has sent a newer revision.
func behind(h *racing, item newsroom.WireItem) newsroom.Story {
	h.t.Helper()
	s := public(taken)(h, item)
	h.deliver("ka", ninjs(item.Key.ID, "2", "Zümrüdüanka yeniden "+item.Key.ID, ""))
	return s
}

func scheduled(of func(h *racing, item newsroom.WireItem) newsroom.Story) func(h *racing, item newsroom.WireItem) newsroom.Story {
	return func(h *racing, item newsroom.WireItem) newsroom.Story {
		h.t.Helper()
		s := of(h, item)
		return h.must(h.Desk.Schedule(h.t.Context(), h.chief, s.ID, s.Head, h.now().Add(time.Minute)))
	}
}

func deeds() []deed {
	releasing := func(h *racing, _ newsroom.WireItem, _ newsroom.Story) {
		h.clock.Move(time.Minute)
		_, _ = h.Desk.Release(h.t.Context())
	}
	return []deed{
		{"publish a copy", taken, publishing},
		{"publish our words", rewritten, publishing},
		{"release a copy", scheduled(taken), releasing},
		{"release our words", scheduled(rewritten), releasing},
		{"correct a copy", revised, func(h *racing, _ newsroom.WireItem, s newsroom.Story) {
			_, _ = h.Desk.Correct(h.t.Context(), h.chief, s.ID, s.Head, "Sayı yanlıştı.")
		}},
		{"schedule a copy", taken, func(h *racing, _ newsroom.WireItem, s newsroom.Story) {
			_, _ = h.Desk.Schedule(h.t.Context(), h.chief, s.ID, s.Head, h.now().Add(time.Minute))
		}},
		{"save what is open", public(taken), func(h *racing, _ newsroom.WireItem, s newsroom.Story) {
			c := s.Content
			c.Headline = "Kaydedilmemiş"
			_, _ = h.Desk.Save(h.t.Context(), h.chief, s.ID, s.Revision, c)
		}},
		{"accept what the agency changed", behind, func(h *racing, old newsroom.WireItem, s newsroom.Story) {
			now := h.item("ka", old.Key.ID)
			choice := desk.Choice{Seen: s.Revision, Sign: now.Text.Sign(), Basis: s.Basis, Old: old.Text, Item: now, Headline: true}
			if done, err := h.Desk.Follow(h.t.Context(), h.chief, s.ID, choice); err == nil {
				publishing(h, now, done.Story)
			}
		}},
		{"take and publish", func(*racing, newsroom.WireItem) newsroom.Story { return newsroom.Story{} }, func(h *racing, item newsroom.WireItem, _ newsroom.Story) {
			if done, err := h.Desk.Take(h.t.Context(), h.chief, item); err == nil {
				publishing(h, item, done.Story)
			}
		}},
		{"take back a hold", func(h *racing, item newsroom.WireItem) newsroom.Story {
			s := rewritten(h, item)
			_, _, err := h.stores.Newsroom.Change(h.t.Context(), s.ID, func(s newsroom.Story) (newsroom.Story, []newsroom.Fact, error) {
				return s.Hold("hold.agency_withheld", newsroom.By{At: h.now()})
			})
			if err != nil {
				h.t.Fatal(err)
			}
			return s
		}, func(h *racing, item newsroom.WireItem, s newsroom.Story) {
			_, _ = h.Desk.Clear(h.t.Context(), h.chief, s.ID, "hold.agency_withheld", "baktım")
			publishing(h, item, s)
		}},
		{"put it on the front", public(taken), func(h *racing, _ newsroom.WireItem, s newsroom.Story) {
			if f, err := h.Front.Front(h.t.Context()); err == nil {
				_, _, _ = h.Front.Arrange(h.t.Context(), h.chief, f.Version, []newsroom.Slot{{Story: s.ID, Headline: "Manşette " + s.Content.Headline}})
			}
		}},
	}
}

// In the same moment an agency kills copy and somebody publishes it, corrects
// it, saves it, puts it on the front. After both nothing killed is before
// readers as the agency had it, our own words are held, and somebody is called.
func TestAKillInTheSameMoment(t *testing.T) {
	t.Parallel()
	for engine, dsn := range map[string]func(t *testing.T) string{
		"sqlite": func(*testing.T) string { return "" }, "postgres": func(t *testing.T) string { return pgtest.Database(t) },
	} {
		t.Run(engine, func(t *testing.T) {
			t.Parallel()
			h := race(t, dsn(t))
			h.meanwhile(func(id string) string { return fmt.Sprintf(`{"uri":%q,"pubstatus":"canceled"}`, id) }, h.nothingKilledStands)
			var out lines
			if found, err := Verify(t.Context(), h.Config, &out, nil); err != nil || found != 0 {
				t.Errorf("%d breaches, %v: %s", found, err, out)
			}
		})
	}
}

// The same with an embargo: nothing is before readers that was not there before
// the agency said so, and that is held.
func TestAnEmbargoInTheSameMoment(t *testing.T) {
	t.Parallel()
	h := race(t, "")
	word := func(id string) string {
		return ninjs(id, "9", "Zümrüdüanka "+id, `,"embargoedUntil":"2199-01-01T00:00:00Z"`)
	}
	h.meanwhile(word, func(name string, s newsroom.Story) {
		if !s.Embargo.Holds(h.now()) && s.Held != "hold.agency_embargo" || s.State.Waiting() && s.Release.Before(s.Embargo.Until) {
			t.Errorf("%s: %s, held %q, embargo %+v", name, s.State, s.Held, s.Embargo)
		}
	})
}

// meanwhile lets a word of the agency come in the moment of every deed, some
// times each, and looks at the stories when all has been heard.
func (h *racing) meanwhile(word func(id string) string, look func(name string, s newsroom.Story)) {
	h.t.Helper()
	names := map[string]string{}
	for _, r := range deeds() {
		for round := range 4 {
			id := fmt.Sprintf("urn:%s:%d", strings.ReplaceAll(r.name, " ", "-"), round)
			names[id] = r.name
			h.deliver("ka", ninjs(id, "1", "Zümrüdüanka "+id, ""))
			item := h.item("ka", id)
			s := r.ready(h, item)
			var both sync.WaitGroup
			start := make(chan struct{})
			both.Go(func() { <-start; r.do(h, item, s) })
			both.Go(func() {
				<-start
				_, err := h.Reception.Receive(h.t.Context(), wire.Receipt{Source: "ka", Channel: "push"}, []byte(word(id)))
				if err != nil {
					h.t.Error(err)
				}
			})
			close(start)
			both.Wait()
		}
	}
	h.heard()
	stories, err := h.stores.Newsroom.Stories(h.t.Context(), desk.Filter{Limit: 500})
	if err != nil {
		h.t.Fatal(err)
	}
	if len(stories) < len(names)*3/4 {
		h.t.Fatalf("only %d stories of %d", len(stories), len(names))
	}
	for _, s := range stories {
		look(names[s.Origin.ID]+" "+s.Origin.ID, s)
	}
}

// heard waits until every delivery is settled and every fact followed and printed.
func (h *house) heard() {
	h.t.Helper()
	h.until("everybody to hear", func() bool {
		waiting, err := h.stores.Newsroom.Waiting(h.t.Context(), 1)
		if err != nil || len(waiting) > 0 {
			return false
		}
		head, err := h.stores.Newsroom.Head(h.t.Context())
		for _, name := range []string{"notices", "siblings", "desk.intake"} {
			place, placeErr := h.stores.Newsroom.Place(h.t.Context(), name)
			if err != nil || placeErr != nil || place < head {
				return false
			}
		}
		_, _, err = h.Printed(h.t.Context(), head)
		return err == nil
	})
}

func (h *racing) nothingKilledStands(name string, s newsroom.Story) {
	h.t.Helper()
	item := h.item("ka", s.Origin.ID)
	if !item.Killed || !item.Call.Open() || item.Call.Why != newsroom.CallKill {
		h.t.Errorf("%s: nobody is called: %+v", name, item.Call)
	}
	plain := s.Copied != "" && (s.Live == nil && s.Head == s.Copied || s.Live != nil && s.Live.Head == s.Copied)
	if s.State.Waiting() || plain && s.State.Public() || !plain && s.State != newsroom.Killed && s.Held != "hold.agency_kill" {
		h.t.Errorf("%s: %s, held %q", name, s.State, s.Held)
	}
	if s.State.Public() {
		return
	}
	address := regexp.MustCompile(`/spor/[^"<]*-` + s.ID.String() + `["<]`)
	for _, path := range h.surfaces("spor") {
		if _, body := h.fetch(path); address.MatchString(body) {
			h.t.Errorf("%s: story %d is on %s", name, s.ID, path)
		}
	}
	if status, _ := h.fetch("/spor/x-" + s.ID.String()); status == 200 || status == 301 || status == 302 {
		h.t.Errorf("%s: its address answers %d", name, status)
	}
}
