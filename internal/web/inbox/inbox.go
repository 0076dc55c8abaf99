// Package inbox is the door through which agencies push copy: POST
// /inbox/<source> with a bearer token, or signed: an HMAC over the time of
// sending and the body. The answer 202 means that the bytes are durable, not
// that they have been understood.
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
	"sync"
	"time"

	"github.com/rotatif/newsroom/internal/wire"
)

// Reception is the room that takes deliveries in.
type Reception interface {
	Receive(ctx context.Context, r wire.Receipt, raw []byte) (wire.ReceiptID, error)
}

// MaxBody is the largest delivery in bytes.
const MaxBody = 16 << 20

// Door answers POST /inbox/{source}. What one source sends is bounded, so that
// a flood of one keeps back no other.
type Door struct {
	Reception Reception
	Tokens    map[string]string // source name → SHA-256 of its token, hex
	Secrets   map[string][]byte // source name → key of its signatures; such a source signs
	Log       *slog.Logger
	Now       func() time.Time // the clock by which signatures are judged, and floods

	mu    sync.Mutex
	done  map[string]time.Time // delivery ids kept, as long as their signature is fresh
	lanes map[string]*lane     // by the name of the source
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
	_, signs := d.Secrets[source]
	if !signs && !d.opens(source, r.Header.Get("Authorization")) {
		d.refuse(w)
		return
	}
	if !signs && !d.pass(source) {
		d.flooded(w)
		return
	}
	sent, err := io.ReadAll(io.LimitReader(r.Body, MaxBody+1))
	switch {
	case err != nil:
		http.Error(w, "the body broke off", http.StatusBadRequest)
		return
	case len(sent) > MaxBody:
		http.Error(w, "the delivery is too long", http.StatusRequestEntityTooLarge)
		return
	case signs && !d.signed(source, r.Header, sent):
		d.tell(source, "the signature is wrong or missing, or its time is off")
		d.refuse(w)
		return
	}
	if signs && !d.pass(source) {
		d.flooded(w)
		return
	}
	raw, status, err := unpack(sent, r.Header.Get("Content-Encoding"))
	if err != nil {
		http.Error(w, err.Error(), status)
		return
	}
	if signs && d.repeated(source, r.Header, raw) {
		answer(w, http.StatusOK, map[string]bool{"duplicate": true})
		return
	}
	d.keep(w, r, source, raw)
}

func (d *Door) refuse(w http.ResponseWriter) {
	w.Header().Set("WWW-Authenticate", "Bearer")
	http.Error(w, "unauthorized", http.StatusUnauthorized)
}

// keep answers only when the bytes are durable; only then is the delivery's id known.
func (d *Door) keep(w http.ResponseWriter, r *http.Request, source string, raw []byte) {
	id, err := d.Reception.Receive(r.Context(), wire.Receipt{Source: source, Channel: "push", Name: source}, raw)
	if err != nil {
		d.Log.Error("a pushed delivery was not kept", "source", source, "error", err)
		w.Header().Set("Retry-After", "5")
		http.Error(w, "not kept, send again", http.StatusServiceUnavailable)
		return
	}
	d.remember(source, r.Header, raw)
	answer(w, http.StatusAccepted, map[string]wire.ReceiptID{"receipt": id})
}

func answer(w http.ResponseWriter, status int, words any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(words) // the sender may be gone
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
