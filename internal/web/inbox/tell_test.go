package inbox_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"log/slog"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/rotatif/newsroom/internal/handclock"
	"github.com/rotatif/newsroom/internal/web/inbox"
)

// Whoever sets a source up reads in the log that its deliveries are refused,
// once a minute and without what was sent; names that are no source fill no log.
func TestRefusalsAreTold(t *testing.T) {
	t.Parallel()
	sum := sha256.Sum256([]byte("anahtar"))
	var said bytes.Buffer
	clock := handclock.At(time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC))
	door := &inbox.Door{Reception: &reception{}, Tokens: map[string]string{"ka": hex.EncodeToString(sum[:])},
		Secrets: map[string][]byte{"imza": []byte("on alti bayt anahtar")}, Log: slog.New(slog.NewTextHandler(&said, nil)), Now: clock.Now}
	send := func(source, authorization string) {
		r := httptest.NewRequest("POST", "/inbox/"+source, strings.NewReader("copy"))
		r.Header.Set("Authorization", authorization)
		if status, over := door.Admit(r.Header, r); status == 0 {
			door.Handler().ServeHTTP(httptest.NewRecorder(), r)
			over()
		}
	}
	told := func(want int) {
		t.Helper()
		if got := strings.Count(said.String(), "\n"); got != want {
			t.Errorf("%d lines, want %d: %s", got, want, said.String())
		}
	}
	send("ka", "Bearer anahtar")
	send("baska", "Bearer gizli-yanlis")
	told(0)
	for range 50 {
		send("ka", "Bearer gizli-yanlis")
	}
	told(1)
	send("imza", "")
	told(2)
	clock.Move(time.Minute)
	send("ka", "")
	told(3)
	if text := said.String(); strings.Contains(text, "gizli") || !strings.Contains(text, "source=ka") || !strings.Contains(text, "source=imza") {
		t.Error(text)
	}
}
