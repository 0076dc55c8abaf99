package staff

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"fmt"
	"strings"
	"sync"
	"time"
	"unicode/utf8"

	"golang.org/x/crypto/argon2"
	"golang.org/x/time/rate"

	"github.com/rotatif/newsroom"
)

// Argon2id at 19 MiB, two passes, one lane: the OWASP minimum profile.
const (
	argonMemory = 19 * 1024 // KiB
	argonPasses = 2
	argonLanes  = 1
	argonKey    = 32

	minPassword = 10
	maxPassword = 512 // bytes
)

// checkPassword refuses what is guessed first.
func checkPassword(password, login string) error {
	switch {
	case len(password) > maxPassword:
		return newsroom.Refuse(newsroom.Invalid, "error.password_long")
	case utf8.RuneCountInString(password) < minPassword:
		return newsroom.Refuse(newsroom.Invalid, "error.password_short", "min", fmt.Sprint(minPassword))
	case tooEasy(strings.ToLower(password), login):
		return newsroom.Refuse(newsroom.Invalid, "error.password_common")
	default:
		return nil
	}
}

func tooEasy(password, login string) bool {
	distinct := map[rune]bool{}
	for _, r := range password {
		distinct[r] = true
	}
	if len(distinct) < 5 || strings.Contains(password, login) {
		return true
	}
	for _, word := range []string{"password", "parola12", "sifre123", "şifre123", "12345678", "qwertyui", "rotatif12"} {
		if strings.Contains(password, word) {
			return true
		}
	}
	return false
}

// hash gives the password's argon2id hash in PHC form.
func (s *Staff) hash(ctx context.Context, password string) (string, error) {
	var salt [16]byte
	if _, err := rand.Read(salt[:]); err != nil {
		return "", fmt.Errorf("staff: randomness: %w", err)
	}
	key, err := s.derive(ctx, password, salt[:])
	if err != nil {
		return "", err
	}
	b64 := base64.RawStdEncoding
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, argonMemory, argonPasses, argonLanes,
		b64.EncodeToString(salt[:]), b64.EncodeToString(key)), nil
}

// derive waits for one of the few places, because each takes 19 MiB.
func (s *Staff) derive(ctx context.Context, password string, salt []byte) ([]byte, error) {
	select {
	case s.hashes <- struct{}{}:
	case <-ctx.Done():
		return nil, fmt.Errorf("staff: waiting to hash: %w", ctx.Err())
	}
	defer func() { <-s.hashes }()
	return argon2.IDKey([]byte(password), salt, argonPasses, argonMemory, argonLanes, argonKey), nil
}

// matches says whether the password is the one of the hash, in constant time.
func (s *Staff) matches(ctx context.Context, phc, password string) (bool, error) {
	parts := strings.Split(phc, "$")
	if len(parts) != 6 || parts[1] != "argon2id" {
		return false, fmt.Errorf("staff: a kept hash is not argon2id in PHC form")
	}
	salt, err := base64.RawStdEncoding.DecodeString(parts[4])
	if err != nil {
		return false, fmt.Errorf("staff: a kept salt: %w", err)
	}
	want, err := base64.RawStdEncoding.DecodeString(parts[5])
	if err != nil {
		return false, fmt.Errorf("staff: a kept hash: %w", err)
	}
	if len(password) > maxPassword {
		password = ""
	}
	have, err := s.derive(ctx, password, salt)
	return err == nil && subtle.ConstantTimeCompare(have, want) == 1, err
}

// throttle makes a name wait after failed attempts: ten at once, then one in
// six seconds. It remembers a bounded number of names.
type throttle struct {
	mu    sync.Mutex
	now   func() time.Time
	names map[string]*rate.Limiter
}

const maxThrottled = 10_000

func newThrottle(now func() time.Time) *throttle {
	return &throttle{now: now, names: map[string]*rate.Limiter{}}
}

func (t *throttle) allow(name string) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	l := t.names[name]
	return l == nil || l.TokensAt(t.now()) >= 1
}

func (t *throttle) failed(name string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if len(t.names) >= maxThrottled {
		clear(t.names)
	}
	l := t.names[name]
	if l == nil {
		l = rate.NewLimiter(rate.Every(6*time.Second), 10)
		t.names[name] = l
	}
	l.AllowN(t.now(), 1)
}
