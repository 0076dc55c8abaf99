package staff

import (
	"context"
	"time"

	"github.com/rotatif/newsroom"
)

// Purpose says what a token is good for.
type Purpose string

// The purposes. A claim makes the first admin of a house, once.
const (
	Session Purpose = "session"
	Claim   Purpose = "claim"
)

// Token is a secret that somebody holds; only the SHA-256 of it is kept.
type Token struct {
	Hash    string // hex
	Purpose Purpose
	Person  newsroom.PersonID // 0 for a claim
	Device  string            // user agent, cut to 200 bytes
	Created time.Time
	Seen    time.Time
	Ends    time.Time
}

// Store keeps people and tokens. All methods may be called concurrently.
type Store interface {
	// SavePerson adds (ID 0) or replaces a person and gives the saved one. A
	// login taken by another is a Conflict "error.login_taken". Disabling a
	// person or changing the secret ends all that person's tokens in the same
	// transaction.
	SavePerson(ctx context.Context, p newsroom.Person) (newsroom.Person, error)

	// People gives everybody, or the one with the login or id when not zero.
	People(ctx context.Context, login string, id newsroom.PersonID) ([]newsroom.Person, error)

	// KeepToken durably adds a token, or renews Seen and Ends of a kept one.
	KeepToken(ctx context.Context, t Token) error

	// Token gives the token with the hash; NotFound when there is none.
	Token(ctx context.Context, hash string) (Token, error)

	// SpendToken removes the token; exactly one of several callers is told true.
	SpendToken(ctx context.Context, hash string) (bool, error)
}
