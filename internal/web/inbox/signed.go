package inbox

import (
	"bytes"
	"compress/gzip"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// Headers of a signed delivery. The signature is the HMAC-SHA256, in hex, of
// the time, a full stop and the body as sent.
const (
	headerTime      = "X-Rotatif-Timestamp" // seconds since 1970
	headerSignature = "X-Rotatif-Signature"
	headerID        = "X-Rotatif-Delivery"
)

// drift is how far the sender's clock may be from ours, either way.
const drift = 5 * time.Minute

// maxID bounds a delivery's id in bytes, maxDone the ids remembered.
const (
	maxID   = 200
	maxDone = 100_000
)

// signed says whether the body was sent a moment ago by one who has the key.
func (d *Door) signed(source string, h http.Header, body []byte) bool {
	stamp := h.Get(headerTime)
	seconds, err := strconv.ParseInt(stamp, 10, 64)
	if err != nil || len(d.Secrets[source]) == 0 {
		return false
	}
	if late := d.Now().Sub(time.Unix(seconds, 0)); late > drift || late < -drift {
		return false
	}
	given, err := hex.DecodeString(strings.TrimPrefix(h.Get(headerSignature), "sha256="))
	if err != nil {
		return false
	}
	mac := hmac.New(sha256.New, d.Secrets[source])
	_, _ = io.WriteString(mac, stamp+".") // a hash does not fail
	_, _ = mac.Write(body)
	return hmac.Equal(given, mac.Sum(nil))
}

// name is by what a signed delivery is known: its id and its bytes, for an id
// that a sender uses twice must not cost the second delivery.
func name(source string, h http.Header, body []byte) string {
	id := h.Get(headerID)
	return source + "\x00" + id[:min(len(id), maxID)] + "\x00" + hashed(body)
}

func hashed(body []byte) string {
	sum := sha256.Sum256(body)
	return string(sum[:])
}

// repeated says whether this delivery was kept already.
func (d *Door) repeated(source string, h http.Header, body []byte) bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	_, known := d.done[name(source, h, body)]
	return known
}

// remember notes a kept signed delivery. What is forgotten does no harm: the
// same bytes are one delivery to the reception too.
func (d *Door) remember(source string, h http.Header, body []byte) {
	if _, signs := d.Secrets[source]; !signs {
		return
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.done == nil {
		d.done = map[string]time.Time{}
	}
	if len(d.done) >= maxDone {
		d.forget()
	}
	d.done[name(source, h, body)] = d.Now()
}

// forget drops what is too old to be sent again, and everything when nothing is.
func (d *Door) forget() {
	for id, at := range d.done {
		if d.Now().Sub(at) > 2*drift {
			delete(d.done, id)
		}
	}
	if len(d.done) >= maxDone {
		clear(d.done)
	}
}

var (
	errPacking = errors.New("the delivery is packed in a way that is not unpacked here")
	errBroken  = errors.New("the delivery cannot be unpacked")
	errLong    = errors.New("the delivery is too long")
	errEmpty   = errors.New("the delivery is empty")
)

// unpack takes off one layer of gzip, within the bound of a delivery.
func unpack(sent []byte, packing string) ([]byte, int, error) {
	switch strings.ToLower(packing) {
	case "", "identity":
	case "gzip":
		unzipped, err := gzip.NewReader(bytes.NewReader(sent))
		if err != nil {
			return nil, http.StatusBadRequest, errBroken
		}
		if sent, err = io.ReadAll(io.LimitReader(unzipped, MaxBody+1)); err != nil {
			return nil, http.StatusBadRequest, errBroken
		}
	default:
		return nil, http.StatusUnsupportedMediaType, errPacking
	}
	switch {
	case len(sent) > MaxBody:
		return nil, http.StatusRequestEntityTooLarge, errLong
	case len(sent) == 0:
		return nil, http.StatusBadRequest, errEmpty
	}
	return sent, http.StatusOK, nil
}
