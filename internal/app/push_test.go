package app

import (
	"bufio"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"net"
	"net/http"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/rotatif/newsroom/internal/handclock"
	"github.com/rotatif/newsroom/internal/wire"
)

const pushKey = "0123456789abcdef"

// signing is a push source that signs, bearing one with a token.
func signing(t *testing.T, name string) Source {
	return Source{Name: name, Provider: name, Kind: "push", Secret: write(t, pushKey)}
}

func bearing(name string) Source {
	sum := sha256.Sum256([]byte("anahtar-" + name))
	return Source{Name: name, Provider: name, Kind: "push", Token: hex.EncodeToString(sum[:])}
}

// sent is a delivery as it goes over the line, but for its body.
func (h *house) sent(source, id string, at time.Time, body string) *http.Request {
	h.t.Helper()
	r, err := http.NewRequestWithContext(h.t.Context(), http.MethodPost, h.DeskURL()+"/inbox/"+source, strings.NewReader(body))
	if err != nil {
		h.t.Fatal(err)
	}
	mac := hmac.New(sha256.New, []byte(pushKey))
	_, _ = fmt.Fprintf(mac, "%d.%s", at.Unix(), body)
	r.Header.Set("X-Rotatif-Timestamp", fmt.Sprint(at.Unix()))
	r.Header.Set("X-Rotatif-Signature", hex.EncodeToString(mac.Sum(nil)))
	r.Header.Set("X-Rotatif-Delivery", id)
	r.Header.Set("Authorization", "Bearer anahtar-"+source)
	return r
}

func (h *house) status(r *http.Request) (int, http.Header) {
	h.t.Helper()
	res, err := http.DefaultClient.Do(r)
	if err != nil {
		h.t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	_, _ = io.Copy(io.Discard, res.Body)
	return res.StatusCode, res.Header
}

// What somebody has overheard and sends again is no second delivery: not at
// once, not under another id, not after a restart; and soon it is refused.
func TestAnOverheardDeliveryIsNoSecondOne(t *testing.T) {
	t.Parallel()
	clock, data := handclock.At(time.Now()), filepath.Join(t.TempDir(), "data")
	sentAt := clock.Now()
	for life, want := range [][]int{{202, 200, 202}, {202, 200, 202}, {401, 401, 401}} {
		t.Run(fmt.Sprint("life ", life), func(t *testing.T) {
			h := openOn(t, "", clock.Now, func(c *Config) { c.Dir = data }, signing(t, "ka"))
			for i, id := range []string{"d-1", "d-1", "d-2"} {
				if status, _ := h.status(h.sent("ka", id, sentAt, g2of("ka:1", 1, "usable", "none", "Köprü açıldı", "Açıldı."))); status != want[i] {
					t.Errorf("delivery %d: status %d, want %d", i, status, want[i])
				}
			}
			if kept := h.received(); len(kept) != 1 {
				t.Errorf("%d deliveries", len(kept))
			}
		})
		clock.Move(time.Duration(life) * 6 * time.Minute)
	}
}

// A flood of one source is answered with 429, within bounds; others come through.
func TestAFloodOfPushesKeepsBackNoOther(t *testing.T) {
	t.Parallel()
	clock := handclock.At(time.Now())
	h := openOn(t, "", clock.Now, nil, bearing("sel"), bearing("ka"), signing(t, "im"))
	var mu sync.Mutex
	statuses, after := map[int]int{}, ""
	var wait sync.WaitGroup
	for worker := range 4 {
		wait.Go(func() {
			for i := range 150 {
				status, header := h.status(h.sent("sel", "", clock.Now(), g2of(fmt.Sprintf("sel:%d-%d", worker, i), 1, "usable", "none", "Sel", "Sel.")))
				mu.Lock()
				statuses[status]++
				after += header.Get("Retry-After")
				mu.Unlock()
			}
		})
	}
	wait.Wait()
	if statuses[202] != 300 || statuses[429] != 300 || after == "" {
		t.Errorf("answers %v, Retry-After %q", statuses, after)
	}
	for _, source := range []string{"ka", "im"} {
		if status, _ := h.status(h.sent(source, "1", clock.Now(), g2of(source+":1", 1, "usable", "none", "Köprü", "Açıldı."))); status != 202 {
			t.Errorf("%s: status %d", source, status)
		}
		h.until("the item of "+source, func() bool {
			items, err := h.stores.Newsroom.Items(t.Context(), wire.Filter{Provider: source})
			return err == nil && len(items) == 1
		})
	}
	if status, _ := h.status(h.sent("sel", "", clock.Now(), "x")); status != 429 {
		t.Errorf("the flood goes on: %d", status)
	}
	clock.Move(time.Second)
	if status, _ := h.status(h.sent("sel", "", clock.Now(), g2of("sel:son", 1, "usable", "none", "Sel", "Sel."))); status != 202 {
		t.Errorf("a second later: %d", status)
	}
}

// Bodies in chunks, too long ones and those of strangers are refused before they
// are read; slow ones hold up only their own source, and only as long as they last.
func TestAwkwardPushes(t *testing.T) {
	t.Parallel()
	h := open(t, time.Now, bearing("ka"), bearing("lha"))
	address := strings.TrimPrefix(h.DeskURL(), "http://")
	begin := func(source, token, header string) (net.Conn, *bufio.Reader) {
		c, err := net.Dial("tcp", address)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = c.Close() })
		_, _ = fmt.Fprintf(c, "POST /inbox/%s HTTP/1.1\r\nHost: %s\r\nAuthorization: Bearer %s\r\n%s\r\n\r\n", source, address, token, header)
		return c, bufio.NewReader(c)
	}
	for _, c := range []struct {
		name, source, token, header string
		status                      int
	}{
		{"in chunks", "ka", "anahtar-ka", "Transfer-Encoding: chunked", 411},
		{"too long", "ka", "anahtar-ka", "Content-Length: 99000000", 413},
		{"a stranger's", "ka", "yanlis", "Content-Length: 16000000", 401},
		{"of nobody", "yok", "anahtar-ka", "Content-Length: 16000000", 401},
		{"another source's token", "lha", "anahtar-ka", "Content-Length: 16000000", 401},
	} {
		_, answer := begin(c.source, c.token, c.header) // not a byte of the body
		if res, err := http.ReadResponse(answer, nil); err != nil || res.StatusCode != c.status {
			t.Errorf("%s: %v %v", c.name, res, err)
		}
	}
	push := func(source string) int {
		status, _ := h.status(h.sent(source, "", time.Now(), g2of(source+":1", 1, "usable", "none", "Köprü", "Açıldı.")))
		return status
	}
	slow := []net.Conn{}
	for push("ka") != 429 { // until the slow ones are all that the source may send at once
		c, _ := begin("ka", "anahtar-ka", "Content-Length: 1000")
		_, _ = c.Write([]byte("<"))
		if slow = append(slow, c); len(slow) > 50 {
			t.Fatal("fifty slow bodies are read at once")
		}
	}
	if status := push("lha"); status != 202 {
		t.Errorf("another source: %d", status)
	}
	for _, c := range slow {
		_ = c.Close()
	}
	h.until("the source to be let in again", func() bool { return push("ka") == 202 })
}
