package inbox

import (
	"net/http"
	"strings"
	"time"
)

// lane is what one source may send: so many deliveries at once, and in the long
// run so many a second.
type lane struct {
	under int       // requests whose bodies are being read or kept
	left  float64   // deliveries that may come at once
	at    time.Time // when left was right
	told  time.Time // when the log was last told of a refusal
}

// The bounds of a source.
const (
	maxUnder  = 8
	maxBurst  = 300 // deliveries
	perSecond = 10
)

// Admit says before its body is read whether a delivery may come: 0, and what
// is called when it is over, or the status it is refused with. What is no
// delivery is admitted.
func (d *Door) Admit(answer http.Header, r *http.Request) (int, func()) {
	source, is := strings.CutPrefix(r.URL.Path, "/inbox/")
	if !is {
		return 0, func() {}
	}
	if _, signs := d.Secrets[source]; !signs && !d.opens(source, r.Header.Get("Authorization")) {
		d.tell(source, "the token is wrong or missing")
		answer.Set("WWW-Authenticate", "Bearer")
		return http.StatusUnauthorized, nil
	}
	if !d.enter(source) {
		d.tell(source, "too many at once")
		answer.Set("Retry-After", "1")
		return http.StatusTooManyRequests, nil
	}
	return 0, func() {
		d.mu.Lock()
		defer d.mu.Unlock()
		d.lanes[source].under--
	}
}

// enter takes one of the places for deliveries under way, if there is one.
func (d *Door) enter(source string) bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	l := d.lane(source)
	if l.under >= maxUnder || l.left < 1 {
		return false
	}
	l.under++
	return true
}

// pass takes one of the deliveries that a source may send, if there is one.
func (d *Door) pass(source string) bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	l := d.lane(source)
	if l.left < 1 {
		return false
	}
	l.left--
	return true
}

// lane gives the lane of a source that is known as it is now.
func (d *Door) lane(source string) *lane {
	now := d.Now()
	if d.lanes == nil {
		d.lanes = map[string]*lane{}
	}
	l := d.lanes[source]
	if l == nil {
		l = &lane{left: maxBurst, at: now}
		d.lanes[source] = l
	}
	l.left = min(maxBurst, l.left+max(0, now.Sub(l.at).Seconds())*perSecond)
	l.at = now
	return l
}

func (d *Door) flooded(w http.ResponseWriter) {
	w.Header().Set("Retry-After", "1")
	http.Error(w, "too many deliveries at once, send again", http.StatusTooManyRequests)
}
