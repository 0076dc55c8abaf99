// Package inbox is the door through which agencies push copy: POST
// /inbox/<source> with a bearer token. The answer 202 means that the bytes are
// durable, not that they have been understood.
//
// Knows: HTTP, tokens. Never imports: a machine, another door.
package inbox

import (
	"context"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/hex"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"strings"

	"github.com/rotatif/newsroom/internal/wire"
)

// Reception is the room that takes deliveries in.
type Reception interface {
	Receive(ctx context.Context, r wire.Receipt, raw []byte) (wire.ReceiptID, error)
}

// MaxBody is the largest delivery in bytes.
const MaxBody = 16 << 20

// Door answers POST /inbox/{source}.
type Door struct {
	Reception Reception
	Tokens    map[string]string // source name → SHA-256 of its token, hex
	Log       *slog.Logger
}

// Handler gives the door's one route.
func (d *Door) Handler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("POST /inbox/{source}", d.push)
	return mux
}

// push takes one delivery. A wrong token and an unknown source are one answer.
func (d *Door) push(w http.ResponseWriter, r *http.Request) {
	source := r.PathValue("source")
	if !d.opens(source, r.Header.Get("Authorization")) {
		w.Header().Set("WWW-Authenticate", "Bearer")
		http.Error(w, "unauthorized", http.StatusUnauthorized)
		return
	}
	raw, err := io.ReadAll(io.LimitReader(r.Body, MaxBody+1))
	switch {
	case err != nil:
		http.Error(w, "the body broke off", http.StatusBadRequest)
		return
	case len(raw) > MaxBody:
		http.Error(w, "the delivery is too long", http.StatusRequestEntityTooLarge)
		return
	case len(raw) == 0:
		http.Error(w, "the delivery is empty", http.StatusBadRequest)
		return
	}
	id, err := d.Reception.Receive(r.Context(), wire.Receipt{Source: source, Channel: "push", Name: source}, raw)
	if err != nil {
		d.Log.Error("a pushed delivery was not kept", "source", source, "error", err)
		w.Header().Set("Retry-After", "5")
		http.Error(w, "not kept, send again", http.StatusServiceUnavailable)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(http.StatusAccepted)
	_ = json.NewEncoder(w).Encode(map[string]wire.ReceiptID{"receipt": id}) // the sender may be gone
}

// opens compares in constant time; an unknown source is compared with nothing that fits.
func (d *Door) opens(source, authorization string) bool {
	token, bearer := strings.CutPrefix(authorization, "Bearer ")
	sum := sha256.Sum256([]byte(token))
	want, known := d.Tokens[source]
	if !known {
		want = strings.Repeat("0", 64)
	}
	same := subtle.ConstantTimeCompare([]byte(hex.EncodeToString(sum[:])), []byte(strings.ToLower(want))) == 1
	return same && known && bearer && token != ""
}
