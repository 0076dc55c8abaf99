package inbox_test

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"log/slog"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/rotatif/newsroom/internal/web/inbox"
	"github.com/rotatif/newsroom/internal/wire"
)

type reception struct {
	fails bool
	kept  []string
}

func (r *reception) Receive(_ context.Context, receipt wire.Receipt, raw []byte) (wire.ReceiptID, error) {
	if r.fails {
		return 0, errors.New("the disk is full")
	}
	r.kept = append(r.kept, receipt.Source+": "+string(raw))
	return 7, nil
}

func TestPush(t *testing.T) {
	t.Parallel()
	sum := sha256.Sum256([]byte("anahtar"))
	for _, c := range []struct {
		name, path, authorization, body string
		fails                           bool
		status, kept                    int
	}{
		{"with the token", "/inbox/ka", "Bearer anahtar", "copy", false, 202, 1},
		{"without a token", "/inbox/ka", "", "copy", false, 401, 0},
		{"with a wrong one", "/inbox/ka", "Bearer yanlis", "copy", false, 401, 0},
		{"with the token of another source", "/inbox/lha", "Bearer anahtar", "copy", false, 401, 0},
		{"nothing", "/inbox/ka", "Bearer anahtar", "", false, 400, 0},
		{"too long", "/inbox/ka", "Bearer anahtar", strings.Repeat("x", inbox.MaxBody+1), false, 413, 0},
		{"not kept", "/inbox/ka", "Bearer anahtar", "copy", true, 503, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			room := &reception{fails: c.fails}
			door := &inbox.Door{Reception: room, Tokens: map[string]string{"ka": hex.EncodeToString(sum[:])}, Log: slog.New(slog.DiscardHandler), Now: time.Now}
			r := httptest.NewRequest("POST", c.path, strings.NewReader(c.body))
			r.Header.Set("Authorization", c.authorization)
			rec := httptest.NewRecorder()
			door.Handler().ServeHTTP(rec, r)
			if rec.Code != c.status || len(room.kept) != c.kept {
				t.Errorf("status %d, kept %v", rec.Code, room.kept)
			}
		})
	}
}
