package desk_test

import (
	"context"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/rotatif/newsroom"
	"github.com/rotatif/newsroom/internal/desk"
	"github.com/rotatif/newsroom/internal/store/sqlite"
)

// shelf is the wire as a test wishes it.
type shelf struct {
	mu    sync.Mutex
	items map[newsroom.ItemKey]newsroom.WireItem
	calls []string
}

// Summon implements desk.Items.
func (s *shelf) Summon(_ context.Context, _ newsroom.ItemID, why newsroom.CallWhy, reason string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.calls = append(s.calls, string(why)+": "+reason)
	return nil
}

// Item implements desk.Items.
func (s *shelf) Item(_ context.Context, key newsroom.ItemKey) (newsroom.WireItem, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	item, ok := s.items[key]
	if !ok {
		return item, newsroom.Refuse(newsroom.NotFound, "error.not_found")
	}
	return item, nil
}

func (s *shelf) put(item newsroom.WireItem) newsroom.WireItem {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.items[item.Key] = item
	return item
}

func (s *shelf) lose(key newsroom.ItemKey) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.items, key)
}

var noon = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)

// room is a desk over a real store, with a clock and a wire of the test's.
type room struct {
	*desk.Desk
	t     *testing.T
	wire  *shelf
	clock time.Time
}

func open(t *testing.T) *room {
	t.Helper()
	store, err := sqlite.OpenNewsroom(t.Context(), filepath.Join(t.TempDir(), "newsroom.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = store.Close() })
	r := &room{t: t, wire: &shelf{items: map[newsroom.ItemKey]newsroom.WireItem{}}, clock: noon}
	r.Desk = &desk.Desk{Store: store, Items: r.wire, Now: func() time.Time { return r.clock }, Sections: []desk.Section{
		{Slug: "gundem"}, {Slug: "spor", Subjects: []string{"medtop:15000000"}},
	}}
	return r
}

func person(id newsroom.PersonID, roles ...newsroom.Role) newsroom.Person {
	return newsroom.Person{ID: id, Roles: roles}
}

func item(id string) newsroom.WireItem {
	return newsroom.WireItem{ID: 1, Key: newsroom.ItemKey{Provider: "ka", ID: id}, Text: newsroom.Dispatch{
		Key: newsroom.ItemKey{Provider: "ka", ID: id}, Kind: newsroom.KindText, Headline: "Başlık", Language: "tr-TR", Credit: "KA",
		Body: newsroom.Body{{Kind: newsroom.Paragraph, Text: newsroom.Text("Metin")}},
	}}
}

func (r *room) take(it newsroom.WireItem) newsroom.Story {
	r.t.Helper()
	done, err := r.Take(r.t.Context(), person(1, newsroom.Editor), r.wire.put(it))
	if err != nil {
		r.t.Fatal(err)
	}
	return done.Story
}

func TestTakeFillsTheStory(t *testing.T) {
	t.Parallel()
	r := open(t)
	it := item("urn:1")
	it.Text.Standfirst, it.Text.Byline, it.Text.Slugline = "Spot", "Ece", "iç ad"
	it.Text.Dateline = newsroom.Dateline{Text: "BOLU (KA) -", Place: "BOLU"}
	it.Text.Subjects = []newsroom.Subject{{Name: "futbol"}, {Scheme: "medtop", Code: "15000000"}}
	it.Text.Chain = []newsroom.Cited{{Name: "Kuzey Ajansı", Role: "provider"}, {Name: "Göl Gazetesi", Role: "cited"}}
	it.Text.EdNotes = []newsroom.EdNote{{Text: "Yalnız aboneye"}}
	it.Text.UsageTerms = "Arşivlenemez"
	want := newsroom.Content{
		Language: "tr", Section: "spor", Headline: "Başlık", Standfirst: "Spot", Byline: "Ece", Dateline: "BOLU",
		Body: it.Text.Body, Credit: newsroom.Credit{Agency: "KA", Cited: []string{"Göl Gazetesi"}}, Slugline: "iç ad", Note: "Yalnız aboneye\nArşivlenemez",
	}
	story := r.take(it)
	if diff := cmp.Diff(want, story.Content); diff != "" {
		t.Errorf("(-want +have):\n%s", diff)
	}
	if story.Origin != it.Key || story.State != newsroom.Draft {
		t.Errorf("origin %v, state %s", story.Origin, story.State)
	}
}

func TestCredit(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, credit string
		chain        []newsroom.Cited
		want         newsroom.Credit
	}{
		{"nothing said", "", nil, newsroom.Credit{Agency: "ka"}},
		{"the provider's name", "", []newsroom.Cited{{Name: "Kuzey Ajansı", Role: "provider"}}, newsroom.Credit{Agency: "Kuzey Ajansı"}},
		{
			"whom it leans on", "KA",
			[]newsroom.Cited{{Name: "Kuzey Ajansı", Role: "provider"}, {Name: "Havza Postası", Role: "source", Evidence: "infoSource isrol:originfo"}},
			newsroom.Credit{Agency: "KA", Cited: []string{"Havza Postası"}},
		},
		{
			"itself by another name is nobody else", "KA",
			[]newsroom.Cited{{Name: "Kuzey Ajansı", Role: "provider"}, {Name: "KUZEY AJANSI", Role: "source", Evidence: "infoSource"}, {Name: "ka", Role: "cited"}},
			newsroom.Credit{Agency: "KA"},
		},
		{
			"each once, hops not at all", "KA",
			[]newsroom.Cited{{Name: "Göl", Role: "cited"}, {Name: "GÖL", Role: "cited"}, {Name: "aktarıcı", Role: "source", Evidence: "hopHistory"}},
			newsroom.Credit{Agency: "KA", Cited: []string{"Göl"}},
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			r := open(t)
			it := item("urn:1")
			it.Text.Credit, it.Text.Chain = c.credit, c.chain
			if diff := cmp.Diff(c.want, r.take(it).Content.Credit); diff != "" {
				t.Errorf("(-want +have):\n%s", diff)
			}
		})
	}
}

func TestTakingTwiceIsOneStory(t *testing.T) {
	t.Parallel()
	r := open(t)
	first := r.take(item("urn:1"))
	if second := r.take(item("urn:1")); second.ID != first.ID {
		t.Errorf("stories %d and %d of one item", first.ID, second.ID)
	}
	if _, err := r.Kill(t.Context(), person(1, newsroom.Editor), first.ID, "yanlış"); err != nil {
		t.Fatal(err)
	}
	if third := r.take(item("urn:1")); third.ID == first.ID {
		t.Error("a killed story was opened again")
	}
}

func TestRights(t *testing.T) {
	t.Parallel()
	writer, other, editor, admin := person(1, newsroom.Writer), person(2, newsroom.Writer), person(3, newsroom.Editor), person(4, newsroom.Admin)
	for _, c := range []struct {
		name string
		who  newsroom.Person
		do   func(r *room, p newsroom.Person, s newsroom.Story) error
		want newsroom.Kind
	}{
		{"a writer edits his own", writer, save, ""},
		{"another writer does not", other, save, newsroom.Forbidden},
		{"an editor does", editor, save, ""},
		{"an admin does not", admin, save, newsroom.Forbidden},
		{"a writer does not publish", writer, publish, newsroom.Forbidden},
		{"an editor publishes", editor, publish, ""},
		{"an admin does not publish", admin, publish, newsroom.Forbidden},
		{"a writer does not kill", writer, kill, newsroom.Forbidden},
		{"an editor kills", editor, kill, ""},
		{"an editor lifts no embargo", editor, lift, newsroom.Forbidden},
		{"an admin reads no drafts", admin, read, newsroom.Forbidden},
		{"a disabled editor does nothing", newsroom.Person{ID: 5, Roles: []newsroom.Role{newsroom.Editor}, Disabled: true}, kill, newsroom.Forbidden},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			r := open(t)
			begun, err := r.Begin(t.Context(), writer, newsroom.Content{Language: "tr", Section: "gundem", Headline: "Başlık", Body: item("x").Text.Body})
			if err != nil {
				t.Fatal(err)
			}
			if err := c.do(r, c.who, begun.Story); newsroom.KindOf(err) != c.want {
				t.Errorf("%v, want %q", err, c.want)
			}
		})
	}
}

func save(r *room, p newsroom.Person, s newsroom.Story) error {
	c := s.Content
	c.Headline = "Yeni başlık"
	_, err := r.Save(r.t.Context(), p, s.ID, s.Revision, c)
	return err
}

func publish(r *room, p newsroom.Person, s newsroom.Story) error {
	_, err := r.Publish(r.t.Context(), p, s.ID, s.Head)
	return err
}

func kill(r *room, p newsroom.Person, s newsroom.Story) error {
	_, err := r.Kill(r.t.Context(), p, s.ID, "gerekçe")
	return err
}

func lift(r *room, p newsroom.Person, s newsroom.Story) error {
	_, err := r.Reembargo(r.t.Context(), p, s.ID, newsroom.Embargo{}, "gerekçe")
	return err
}

func read(r *room, p newsroom.Person, s newsroom.Story) error {
	_, err := r.Desk.Story(r.t.Context(), p, s.ID)
	return err
}

// What is published is what the editor saw, not what somebody saved meanwhile.
func TestPublishingIsOfExactWords(t *testing.T) {
	t.Parallel()
	r := open(t)
	story := r.take(item("urn:1"))
	if err := save(r, person(2, newsroom.Editor), story); err != nil {
		t.Fatal(err)
	}
	if err := publish(r, person(1, newsroom.Editor), story); newsroom.KindOf(err) != newsroom.Conflict {
		t.Errorf("published words nobody had seen: %v", err)
	}
}

func TestTwoEditorsDoNotOverwrite(t *testing.T) {
	t.Parallel()
	r := open(t)
	story := r.take(item("urn:1"))
	if err := save(r, person(1, newsroom.Editor), story); err != nil {
		t.Fatal(err)
	}
	late := story.Content
	late.Headline = "Öbür editörün başlığı"
	if _, err := r.Save(t.Context(), person(2, newsroom.Editor), story.ID, story.Revision, late); newsroom.KindOf(err) != newsroom.Conflict {
		t.Errorf("the second editor overwrote the first: %v", err)
	}
	revisions, err := r.Revisions(t.Context(), person(1, newsroom.Editor), story.ID)
	if err != nil || len(revisions) != 2 || revisions[0].Prev != revisions[1].Hash {
		t.Errorf("revisions %d, %v", len(revisions), err)
	}
}

func TestACopyWhoseItemIsKilledIsNotPublished(t *testing.T) {
	t.Parallel()
	r := open(t)
	it := item("urn:1")
	story := r.take(it)
	it.Killed = true
	r.wire.put(it)
	if err := publish(r, person(1, newsroom.Editor), story); newsroom.KindOf(err) != newsroom.Held {
		t.Errorf("published: %v", err)
	}
	if err := r.Intake(t.Context(), newsroom.Fact{Kind: newsroom.ItemWasKilled, Key: it.Key, Reason: "yanlış"}); err != nil {
		t.Fatal(err)
	}
	if s, err := r.Store.Story(t.Context(), story.ID); err != nil || s.State != newsroom.Killed {
		t.Errorf("state %s, %v", s.State, err)
	}
}

func TestAPersonMayClearAHold(t *testing.T) {
	t.Parallel()
	r := open(t)
	it := item("urn:1")
	story := r.take(it)
	if err := save(r, person(1, newsroom.Editor), story); err != nil {
		t.Fatal(err)
	}
	it.Killed = true
	r.wire.put(it)
	for range 2 { // a follower may be told twice
		if err := r.Intake(t.Context(), newsroom.Fact{Kind: newsroom.ItemWasKilled, Key: it.Key}); err != nil {
			t.Fatal(err)
		}
	}
	for _, seen := range []string{"hold.agency_withheld", ""} { // what the page said before the kill came
		if _, err := r.Clear(t.Context(), person(1, newsroom.Editor), story.ID, seen, "baktım"); newsroom.KindOf(err) != newsroom.Conflict {
			t.Errorf("a hold that was seen as %q is cleared as a kill (%v)", seen, err)
		}
	}
	cleared, err := r.Clear(t.Context(), person(1, newsroom.Editor), story.ID, "hold.agency_kill", "başka kaynaktan doğrulandı")
	if err != nil {
		t.Fatal(err)
	}
	if err := publish(r, person(1, newsroom.Editor), cleared.Story); err != nil {
		t.Errorf("after a person decided: %v", err)
	}
}

func TestAnAgencyMakesAnEmbargoStricterNeverLooser(t *testing.T) {
	t.Parallel()
	r := open(t)
	it := item("urn:1")
	it.Embargo = newsroom.Embargo{State: newsroom.EmbargoUntil, Until: noon.Add(time.Hour)}
	story := r.take(it)
	for _, c := range []struct {
		until, want time.Time
	}{{noon.Add(3 * time.Hour), noon.Add(3 * time.Hour)}, {noon.Add(2 * time.Hour), noon.Add(3 * time.Hour)}} {
		it.Embargo.Until = c.until
		r.wire.put(it)
		if err := r.Intake(t.Context(), newsroom.Fact{Kind: newsroom.ItemRevised, Key: it.Key}); err != nil {
			t.Fatal(err)
		}
		if s, err := r.Store.Story(t.Context(), story.ID); err != nil || !s.Embargo.Until.Equal(c.want) {
			t.Errorf("the embargo ends %s, want %s, %v", s.Embargo.Until, c.want, err)
		}
	}
}

func TestReleaseGoesOnPastWhatIsHeld(t *testing.T) {
	t.Parallel()
	r := open(t)
	editor := person(1, newsroom.Editor)
	first, second := item("urn:1"), item("urn:2")
	one, two := r.take(first), r.take(second)
	for _, s := range []newsroom.Story{one, two} {
		if _, err := r.Schedule(t.Context(), editor, s.ID, s.Head, noon.Add(time.Hour)); err != nil {
			t.Fatal(err)
		}
	}
	first.Withheld = true
	r.wire.put(first)
	r.clock = noon.Add(time.Hour)
	if out, err := r.Release(t.Context()); err != nil || out != 1 {
		t.Fatal(out, err)
	}
	held, err := r.Store.Story(t.Context(), one.ID)
	if err != nil || held.State.Public() || held.Held != "hold.agency_withheld" {
		t.Errorf("what the agency withheld is %s, held %q, %v", held.State, held.Held, err)
	}
	if out, err := r.Store.Story(t.Context(), two.ID); err != nil || out.State != newsroom.Published {
		t.Errorf("its neighbour is %s, %v", out.State, err)
	}
}

func TestPublishNowTakesAStoryOutOfTheQueue(t *testing.T) {
	t.Parallel()
	r := open(t)
	story := r.take(item("urn:1"))
	waiting, err := r.Schedule(t.Context(), person(1, newsroom.Editor), story.ID, story.Head, noon.Add(time.Hour))
	if err != nil {
		t.Fatal(err)
	}
	if err := publish(r, person(1, newsroom.Editor), waiting.Story); err != nil {
		t.Errorf("publishing a waiting story at once: %v", err)
	}
}
