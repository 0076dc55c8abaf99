package app

import (
	"fmt"
	"testing"
	"time"

	"github.com/rotatif/newsroom"
	"github.com/rotatif/newsroom/internal/handclock"
	"github.com/rotatif/newsroom/internal/wire"
)

// ninjs is a small item; more holds further members, beginning with a comma.
func ninjs(id, version, headline, more string) string {
	return fmt.Sprintf(`{"uri":%q,"type":"text","version":%q,"language":"tr","headline":%q,
		"body_text":"Zümrüdüanka kanatlandı.\n\nİkinci paragraf da burada.","subject":[{"code":"medtop:15000000"}]%s}`, id, version, headline, more)
}

func TestEmbargoIsNeverEarly(t *testing.T) {
	t.Parallel()
	c := handclock.At(time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC))
	h := open(t, c.Now, pushed("ka"))
	h.deliver("ka", ninjs("urn:1", "1", "Ambargolu Zümrüdüanka haberi", `,"embargoed":"2026-11-23T11:00:00Z"`))
	item := h.item("ka", "urn:1")
	taken, err := h.Desk.Take(t.Context(), h.chief, item)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := h.Desk.Publish(t.Context(), h.chief, taken.Story.ID, taken.Story.Head); newsroom.KindOf(err) != newsroom.Held {
		t.Fatalf("publishing under embargo: %v", err)
	}
	waiting, err := h.Desk.Schedule(t.Context(), h.chief, taken.Story.ID, taken.Story.Head, time.Time{})
	if err != nil || waiting.Story.State != newsroom.Embargoed {
		t.Fatalf("scheduling: %v, %s", err, waiting.Story.State)
	}
	for _, step := range []time.Duration{0, time.Hour, 59*time.Minute + 59*time.Second} {
		c.Move(step)
		if _, err := h.Desk.Release(t.Context()); err != nil {
			t.Fatal(err)
		}
		if found := h.on("Zümrüdüanka", "spor"); len(found) > 0 {
			t.Fatalf("at %s it is on %v", c.Now(), found)
		}
		if status, _ := h.fetch("/spor/ambargolu-zumruduanka-haberi-" + taken.Story.ID.String()); status != 404 {
			t.Fatalf("its address answers %d before its time", status)
		}
	}
	c.Move(time.Second)
	h.until("the release", func() bool { return len(h.on("Zümrüdüanka", "spor")) == 5 && len(h.on("zumruduanka", "spor")) == 6 })
	if status, _ := h.fetch(h.address(taken.Story.ID)); status != 200 {
		t.Errorf("its address answers %d after its time", status)
	}
}

func TestAnUnreadableEmbargoHolds(t *testing.T) {
	t.Parallel()
	h := open(t, time.Now, pushed("ka"))
	h.deliver("ka", ninjs("urn:1", "1", "Belirsiz ambargo", `,"embargoed":"yarın sabah"`))
	taken, err := h.Desk.Take(t.Context(), h.chief, h.item("ka", "urn:1"))
	if err != nil {
		t.Fatal(err)
	}
	for name, try := range map[string]func() error{
		"publish": func() error {
			_, err := h.Desk.Publish(t.Context(), h.chief, taken.Story.ID, taken.Story.Head)
			return err
		},
		"schedule": func() error {
			_, err := h.Desk.Schedule(t.Context(), h.chief, taken.Story.ID, taken.Story.Head, time.Now().Add(time.Hour))
			return err
		},
	} {
		if err := try(); newsroom.KindOf(err) != newsroom.Held {
			t.Errorf("%s: %v", name, err)
		}
	}
	lifted, err := h.Desk.Reembargo(t.Context(), h.chief, taken.Story.ID, newsroom.Embargo{}, "ajansla konuşuldu")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := h.Desk.Publish(t.Context(), h.chief, lifted.Story.ID, lifted.Story.Head); err != nil {
		t.Errorf("after a person decided: %v", err)
	}
}

func TestAKillReachesEverySurface(t *testing.T) {
	t.Parallel()
	h := open(t, time.Now, pushed("ka"))
	h.deliver("ka", ninjs("urn:1", "1", "Zümrüdüanka geri döndü", ""))
	story := h.publish(h.item("ka", "urn:1"))
	if found := h.on("zumruduanka", "spor"); len(found) != len(h.surfaces("spor")) {
		t.Fatalf("published, but only on %v", found)
	}
	path := h.address(story.ID)
	done, err := h.Desk.Kill(t.Context(), h.chief, story.ID, "yanlış")
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := h.Printed(t.Context(), done.Seq); err != nil {
		t.Fatal(err)
	}
	if found := h.on("mrüdüanka", "spor"); len(found) > 0 {
		t.Errorf("killed, but still on %v", found)
	}
	if found := h.on("zumruduanka", "spor"); len(found) > 0 {
		t.Errorf("killed, but its address is still on %v", found)
	}
	if status, _ := h.fetch(path); status != 410 {
		t.Errorf("its address answers %d", status)
	}
}

func TestAnAgencyKillTakesAPlainCopyDown(t *testing.T) {
	t.Parallel()
	h := open(t, time.Now, pushed("ka"))
	h.deliver("ka", ninjs("urn:1", "1", "Zümrüdüanka geri döndü", ""))
	story := h.publish(h.item("ka", "urn:1"))
	path := h.address(story.ID)
	h.deliver("ka", `{"uri":"urn:1","pubstatus":"canceled"}`)
	h.until("the kill", func() bool { status, _ := h.fetch(path); return status == 410 })
	if found := h.on("Zümrüdüanka", "spor"); len(found) > 0 {
		t.Errorf("still on %v", found)
	}
}

func TestAnAgencyKillHoldsEditedWords(t *testing.T) {
	t.Parallel()
	h := open(t, time.Now, pushed("ka"))
	h.deliver("ka", ninjs("urn:1", "1", "Zümrüdüanka geri döndü", ""))
	taken, err := h.Desk.Take(t.Context(), h.chief, h.item("ka", "urn:1"))
	if err != nil {
		t.Fatal(err)
	}
	content := taken.Story.Content
	content.Headline = "Editörün başlığı"
	saved, err := h.Desk.Save(t.Context(), h.chief, taken.Story.ID, taken.Story.Revision, content)
	if err != nil {
		t.Fatal(err)
	}
	h.deliver("ka", `{"uri":"urn:1","pubstatus":"canceled"}`)
	h.until("the hold", func() bool {
		s, err := h.stores.Newsroom.Story(t.Context(), saved.Story.ID)
		return err == nil && s.Held == "hold.agency_kill"
	})
	if _, err := h.Desk.Publish(t.Context(), h.chief, saved.Story.ID, saved.Story.Head); newsroom.KindOf(err) != newsroom.Held {
		t.Errorf("publishing what the agency killed: %v", err)
	}
}

// A picture that the agency kills holds the story that shows it, and calls a person.
func TestAKilledPictureHoldsWhereItStands(t *testing.T) {
	t.Parallel()
	h := open(t, time.Now, pushed("ka"))
	h.deliver("ka", `{"uri":"foto:1","type":"picture","headline":"Köprü","renditions":{"main":{"href":"https://ka.example/foto-1.jpg","mimetype":"image/jpeg"}}}`)
	h.deliver("ka", ninjs("urn:1", "1", "Zümrüdüanka geri döndü", ""))
	taken, err := h.Desk.Take(t.Context(), h.chief, h.item("ka", "urn:1"))
	if err != nil {
		t.Fatal(err)
	}
	c := taken.Story.Content
	c.Body = append(newsroom.Body{{Kind: newsroom.Picture, Picture: &newsroom.PictureRef{Src: "https://ka.example/foto-1.jpg", Alt: "Köprü"}}}, c.Body...)
	saved, err := h.Desk.Save(t.Context(), h.chief, taken.Story.ID, taken.Story.Revision, c)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := h.Desk.Publish(t.Context(), h.chief, saved.Story.ID, saved.Story.Head); err != nil {
		t.Fatal(err)
	}
	h.deliver("ka", `{"uri":"foto:1","pubstatus":"canceled"}`)
	h.until("the hold", func() bool {
		s, err := h.stores.Newsroom.Story(t.Context(), saved.Story.ID)
		return err == nil && s.Held == "hold.agency_picture"
	})
	if item := h.item("ka", "foto:1"); !item.Killed || !item.Call.Open() {
		t.Errorf("nobody is called to the picture: %+v", item.Call)
	}
}

func TestAKillBeforeItsOriginal(t *testing.T) {
	t.Parallel()
	h := open(t, time.Now, pushed("ka"), pushed("lha"))
	h.deliver("ka", `{"uri":"urn:1","pubstatus":"canceled"}`)
	h.deliver("ka", ninjs("urn:1", "1", "Zümrüdüanka geri döndü", ""))
	item := h.item("ka", "urn:1")
	if item.State(time.Now()) != newsroom.ItemKilled {
		t.Fatalf("the original is %s", item.State(time.Now()))
	}
	if _, err := h.Desk.Take(t.Context(), h.chief, item); newsroom.KindOf(err) != newsroom.Held {
		t.Errorf("taking it: %v", err)
	}
	h.deliver("lha", ninjs("urn:1", "1", "Başka ajansın haberi", ""))
	if other := h.item("lha", "urn:1"); other.Killed {
		t.Error("the kill of one agency reached another's item")
	}
}

func TestTheSameTwiceIsOneItem(t *testing.T) {
	t.Parallel()
	h := open(t, time.Now, pushed("ka"))
	for range 3 {
		h.deliver("ka", ninjs("urn:1", "1", "Bir", ""))
	}
	h.deliver("ka", ninjs("urn:1", "2", "İki", ""))
	items, err := h.stores.Newsroom.Items(t.Context(), wire.Filter{At: time.Now()})
	if err != nil || len(items) != 1 {
		t.Fatalf("%d items, %v", len(items), err)
	}
	if items[0].Text.Headline != "İki" || items[0].Revisions != 2 {
		t.Errorf("headline %q, %d revisions", items[0].Text.Headline, items[0].Revisions)
	}
}

func TestVerifyIsCleanAfterADay(t *testing.T) {
	t.Parallel()
	h := open(t, time.Now, pushed("ka"))
	for i := range 5 {
		id := fmt.Sprintf("urn:%d", i)
		h.deliver("ka", ninjs(id, "1", "Haber "+id, ""))
		story := h.publish(h.item("ka", id))
		if i%2 == 0 {
			if _, err := h.Desk.Unpublish(t.Context(), h.chief, story.ID, "deneme"); err != nil {
				t.Fatal(err)
			}
		}
	}
	var out lines
	if found, err := Verify(t.Context(), h.Config, &out, nil); err != nil || found != 0 {
		t.Errorf("%d breaches, %v: %s", found, err, out)
	}
}

// lines keeps what is printed.
type lines []byte

func (l *lines) Write(p []byte) (int, error) {
	*l = append(*l, p...)
	return len(p), nil
}
