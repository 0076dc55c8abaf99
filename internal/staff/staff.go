// Package staff is who works here: people, their secrets, their sessions.
//
// A new house has nobody and no password. It has a claim: a link printed on the
// console, with which the first admin names themselves. Of every
// secret only a hash is kept. Sessions are rows that end when they are ended.
//
// Knows: people, passwords, sessions. Never imports: the other rooms, a database, the web.
package staff

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"regexp"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/rotatif/newsroom"
)

// How long tokens are good for.
const (
	sessionIdle = 8 * time.Hour
	sessionLife = 7 * 24 * time.Hour
	claimLife   = 7 * 24 * time.Hour
	renewAfter  = time.Minute // a session's Seen is written at most this often
)

// Staff is the room.
type Staff struct {
	store  Store
	now    func() time.Time
	hashes chan struct{} // bounds the memory that hashing takes
	tries  *throttle
	nobody string // a hash that no password has, so that unknown names cost the same
}

// Open makes the room over its store.
func Open(store Store, now func() time.Time) (*Staff, error) {
	s := &Staff{store: store, now: now, hashes: make(chan struct{}, 2), tries: newThrottle(now)}
	nobody, err := s.hash(context.Background(), rand.Text())
	s.nobody = nobody
	return s, err
}

var loginShape = regexp.MustCompile(`^[a-z0-9][a-z0-9.-]{1,39}$`)

// Save adds (ID 0) or changes a person; a password of "" keeps the old one.
func (s *Staff) Save(ctx context.Context, p newsroom.Person, password string) (newsroom.Person, error) {
	p.Name = strings.TrimSpace(p.Name)
	switch {
	case !loginShape.MatchString(p.Login):
		return p, newsroom.Refuse(newsroom.Invalid, "error.login_invalid")
	case p.Name == "" || utf8.RuneCountInString(p.Name) > 200 || !utf8.ValidString(p.Name):
		return p, newsroom.Refuse(newsroom.Invalid, "error.name_empty")
	}
	if password != "" || p.ID == 0 {
		if err := checkPassword(password, p.Login); err != nil {
			return p, err
		}
		secret, err := s.hash(ctx, password)
		if err != nil {
			return p, err
		}
		p.Secret = secret
	}
	if p.ID == 0 {
		p.Created = newsroom.Micro(s.now())
	}
	return s.store.SavePerson(ctx, p)
}

// People lists everybody.
func (s *Staff) People(ctx context.Context) ([]newsroom.Person, error) {
	return s.store.People(ctx, "", 0)
}

// Person gives the one with the login; NotFound when there is none.
func (s *Staff) Person(ctx context.Context, login string) (newsroom.Person, error) {
	return one(s.store.People(ctx, strings.ToLower(strings.TrimSpace(login)), 0))
}

func one(people []newsroom.Person, err error) (newsroom.Person, error) {
	if err != nil {
		return newsroom.Person{}, err
	}
	if len(people) == 0 {
		return newsroom.Person{}, newsroom.Refuse(newsroom.NotFound, "error.not_found")
	}
	return people[0], nil
}

// token makes a secret of 256 bits and keeps its hash.
func (s *Staff) token(ctx context.Context, t Token, life time.Duration) (string, error) {
	var raw [32]byte
	if _, err := rand.Read(raw[:]); err != nil {
		return "", fmt.Errorf("staff: randomness: %w", err)
	}
	secret := base64.RawURLEncoding.EncodeToString(raw[:])
	now := newsroom.Micro(s.now())
	t.Hash, t.Created, t.Seen, t.Ends = tokenHash(secret), now, now, now.Add(life)
	t.Device = cut(t.Device, 200)
	if err := s.store.KeepToken(ctx, t); err != nil {
		return "", fmt.Errorf("staff: keeping a token: %w", err)
	}
	return secret, nil
}

func tokenHash(secret string) string {
	sum := sha256.Sum256([]byte(secret))
	return hex.EncodeToString(sum[:])
}

func cut(s string, n int) string {
	s = strings.ToValidUTF8(s, "")
	if len(s) <= n {
		return s
	}
	return strings.ToValidUTF8(s[:n], "")
}
