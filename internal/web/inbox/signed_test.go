package inbox_test

import (
	"bytes"
	"compress/gzip"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"log/slog"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/rotatif/newsroom/internal/web/inbox"
)

func signature(key, body string, at time.Time) string {
	mac := hmac.New(sha256.New, []byte(key))
	_, _ = fmt.Fprintf(mac, "%d.%s", at.Unix(), body)
	return hex.EncodeToString(mac.Sum(nil))
}

// signedDoor is a door whose clock stands still, and what pushes one delivery through it.
func signedDoor(room *reception) (now time.Time, push func(id, packing, body, signature string, at time.Time) int) {
	now = time.Date(2026, 11, 24, 2, 0, 0, 0, time.UTC)
	door := &inbox.Door{Reception: room, Secrets: map[string][]byte{"ka": []byte("gizli")}, Log: slog.New(slog.DiscardHandler),
		Now: func() time.Time { return now }}
	return now, func(id, packing, body, signature string, at time.Time) int {
		r := httptest.NewRequest("POST", "/inbox/ka", strings.NewReader(body))
		r.Header.Set("X-Rotatif-Timestamp", fmt.Sprint(at.Unix()))
		r.Header.Set("X-Rotatif-Signature", signature)
		r.Header.Set("X-Rotatif-Delivery", id)
		r.Header.Set("Content-Encoding", packing)
		rec := httptest.NewRecorder()
		door.Handler().ServeHTTP(rec, r)
		return rec.Code
	}
}

func TestSignedPush(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, key, body string
		late            time.Duration
		status          int
	}{
		{"signed", "gizli", "copy", 0, 202},
		{"a clock four minutes slow", "gizli", "copy", 4 * time.Minute, 202},
		{"a clock four minutes fast", "gizli", "copy", -4 * time.Minute, 202},
		{"too old", "gizli", "copy", 6 * time.Minute, 401},
		{"too early", "gizli", "copy", -6 * time.Minute, 401},
		{"with another key", "baska", "copy", 0, 401},
		{"of another body", "gizli", "cop", 0, 401},
		{"with no key", "", "copy", 0, 401},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			room := &reception{}
			now, push := signedDoor(room)
			at := now.Add(-c.late)
			if status := push("1", "", "copy", signature(c.key, c.body, at), at); status != c.status || (status == 202) != (len(room.kept) == 1) {
				t.Errorf("status %d, kept %v", status, room.kept)
			}
		})
	}
}

func TestTimeIsSigned(t *testing.T) {
	t.Parallel()
	room := &reception{}
	now, push := signedDoor(room)
	if status := push("1", "", "copy", signature("gizli", "copy", now.Add(-time.Hour)), now); status != 401 {
		t.Errorf("an old signature under a new time: %d", status)
	}
}

func TestRepeatedPushIsADuplicate(t *testing.T) {
	t.Parallel()
	room := &reception{fails: true}
	now, push := signedDoor(room)
	sign := signature("gizli", "copy", now)
	if status := push("d-1", "", "copy", sign, now); status != 503 {
		t.Fatalf("not kept: %d", status)
	}
	room.fails = false
	if status := push("d-1", "", "copy", sign, now); status != 202 {
		t.Fatalf("what was not kept may come again: %d", status)
	}
	if status := push("d-1", "", "copy", sign, now); status != 200 || len(room.kept) != 1 {
		t.Errorf("again: %d, kept %v", status, room.kept)
	}
	if status := push("d-1", "", "kill", signature("gizli", "kill", now), now); status != 202 || len(room.kept) != 2 {
		t.Errorf("other bytes under the same id: %d, kept %v", status, room.kept)
	}
}

func TestPackedPush(t *testing.T) {
	t.Parallel()
	pack := func(body string) string {
		var b bytes.Buffer
		w := gzip.NewWriter(&b)
		_, _ = w.Write([]byte(body))
		_ = w.Close()
		return b.String()
	}
	for _, c := range []struct {
		name, packing, body string
		status              int
	}{
		{"gzip", "gzip", pack("copy"), 202},
		{"a bomb", "gzip", pack(strings.Repeat("x", inbox.MaxBody+1)), 413},
		{"cut", "gzip", pack("copy")[:12], 400},
		{"not gzip", "gzip", "copy", 400},
		{"another way", "br", "copy", 415},
		{"gzip of nothing", "gzip", pack(""), 400},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			room := &reception{}
			now, push := signedDoor(room)
			if status := push("1", c.packing, c.body, signature("gizli", c.body, now), now); status != c.status {
				t.Errorf("status %d", status)
			}
			if c.status == 202 && room.kept[0] != "ka: copy" {
				t.Errorf("kept %v", room.kept)
			}
		})
	}
}
