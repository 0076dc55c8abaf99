package app

import (
	"testing"
	"time"

	"github.com/rotatif/newsroom/internal/pgtest"
)

// The whole house on PostgreSQL: copy comes in, a story goes out, is killed,
// and every promise of the stores holds.
func TestTheHouseOnPostgres(t *testing.T) {
	t.Parallel()
	h := openOn(t, pgtest.Database(t), time.Now, nil, pushed("ka"))
	h.deliver("ka", ninjs("urn:1", "1", "Zümrüdüanka geri döndü", ""))
	story := h.publish(h.item("ka", "urn:1"))
	path := h.address(story.ID)
	if status, _ := h.fetch(path); status != 200 {
		t.Fatalf("its page answers %d", status)
	}
	h.deliver("ka", `{"uri":"urn:1","pubstatus":"canceled"}`)
	h.until("the kill", func() bool { status, _ := h.fetch(path); return status == 410 })
	if found := h.on("zumruduanka", "spor"); len(found) > 0 {
		t.Errorf("still on %v", found)
	}
	var out lines
	if found, err := Verify(t.Context(), h.Config, &out, nil); err != nil || found != 0 {
		t.Errorf("%d breaches, %v: %s", found, err, out)
	}
}

// What the public side holds cannot write, and knows no drafts.
func TestThePublicHandle(t *testing.T) {
	t.Parallel()
	h := open(t, time.Now, pushed("ka"))
	h.deliver("ka", ninjs("urn:1", "1", "Bir", ""))
	h.publish(h.item("ka", "urn:1"))
	for _, statement := range []string{
		"DELETE FROM articles", "UPDATE edition SET number = 99", "CREATE TABLE x (y)", "INSERT INTO gone (id, at) VALUES (1, 1)",
		"SELECT doc FROM stories", "SELECT secret FROM people", "SELECT doc FROM facts", "SELECT hash FROM tokens",
	} {
		if _, err := h.stores.Public.Read.ExecContext(t.Context(), statement); err == nil {
			t.Errorf("%s was carried out", statement)
		}
	}
	if status, _ := h.fetch(h.address(1)); status != 200 {
		t.Errorf("afterwards the page answers %d", status)
	}
}
