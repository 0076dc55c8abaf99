package staff

import (
	"context"
	"slices"
	"strings"

	"github.com/rotatif/newsroom"
)

// SignIn opens a session for who knows the password. Every failure is the same
// sentence and costs the same time; too many of them make the name wait.
func (s *Staff) SignIn(ctx context.Context, login, password, device string) (string, newsroom.Person, error) {
	failed := newsroom.Refuse(newsroom.Forbidden, "error.sign_in_failed")
	login = strings.ToLower(strings.TrimSpace(login))
	if !s.tries.allow(login) {
		return "", newsroom.Person{}, newsroom.Refuse(newsroom.TooMuch, "error.sign_in_wait")
	}
	p, err := s.Person(ctx, login)
	if err != nil && newsroom.KindOf(err) != newsroom.NotFound {
		return "", newsroom.Person{}, err
	}
	secret := p.Secret
	if secret == "" {
		secret = s.nobody
	}
	right, err := s.matches(ctx, secret, password)
	if err != nil {
		return "", newsroom.Person{}, err
	}
	if !right || p.ID == 0 || p.Disabled {
		s.tries.failed(login)
		return "", newsroom.Person{}, failed
	}
	session, err := s.token(ctx, Token{Purpose: Session, Person: p.ID, Device: device}, sessionLife)
	return session, p, err
}

// Who is signed in with the session's secret. It reads the person anew each
// time, so that a right taken away is gone with the next request.
func (s *Staff) Who(ctx context.Context, secret string) (newsroom.Person, error) {
	p, t, err := s.holder(ctx, secret)
	if err != nil {
		return newsroom.Person{}, err
	}
	return p, s.renew(ctx, t)
}

// Still is Who for a connection that stays open. It is no sign of life: a
// screen that nobody sits at does not keep its session from ending.
func (s *Staff) Still(ctx context.Context, secret string) (newsroom.Person, error) {
	p, _, err := s.holder(ctx, secret)
	return p, err
}

// holder gives the person of a session's secret.
func (s *Staff) holder(ctx context.Context, secret string) (newsroom.Person, Token, error) {
	out := newsroom.Refuse(newsroom.SignedOut, "error.signed_out")
	t, err := s.valid(ctx, secret, Session)
	if newsroom.KindOf(err) == newsroom.NotFound {
		return newsroom.Person{}, t, out
	}
	if err != nil {
		return newsroom.Person{}, t, err
	}
	p, err := one(s.store.People(ctx, "", t.Person))
	if newsroom.KindOf(err) == newsroom.NotFound || p.Disabled {
		return newsroom.Person{}, t, out
	}
	if err != nil {
		return newsroom.Person{}, t, err
	}
	return p, t, nil
}

// valid gives the token of a secret if it is good for the purpose now.
func (s *Staff) valid(ctx context.Context, secret string, purpose Purpose) (Token, error) {
	none := newsroom.Refuse(newsroom.NotFound, "error.signed_out")
	if secret == "" || len(secret) > 100 {
		return Token{}, none
	}
	t, err := s.store.Token(ctx, tokenHash(secret))
	if err != nil {
		return Token{}, err
	}
	now := s.now()
	idle := t.Purpose == Session && now.Sub(t.Seen) > sessionIdle
	if t.Purpose != purpose || now.After(t.Ends) || idle {
		return Token{}, none
	}
	return t, nil
}

func (s *Staff) renew(ctx context.Context, t Token) error {
	now := newsroom.Micro(s.now())
	if now.Sub(t.Seen) < renewAfter {
		return nil
	}
	t.Seen = now
	return s.store.KeepToken(ctx, t)
}

// SignOut ends the session.
func (s *Staff) SignOut(ctx context.Context, secret string) error {
	_, err := s.store.SpendToken(ctx, tokenHash(secret))
	return err
}

// MakeClaim makes a claim for a house that has no admin yet. In one that has it
// gives "".
func (s *Staff) MakeClaim(ctx context.Context) (string, error) {
	run, err := s.run(ctx)
	if err != nil || run {
		return "", err
	}
	return s.token(ctx, Token{Purpose: Claim}, claimLife)
}

// run says whether the house has an admin, be their rights taken away or not:
// others, added from the console, cannot add the one who is missing.
func (s *Staff) run(ctx context.Context) (bool, error) {
	people, err := s.People(ctx)
	return slices.ContainsFunc(people, func(p newsroom.Person) bool { return p.Is(newsroom.Admin) }), err
}

// CheckClaim says whether the claim can still be used.
func (s *Staff) CheckClaim(ctx context.Context, secret string) error {
	invalid := newsroom.Refuse(newsroom.NotFound, "error.claim_invalid")
	_, err := s.valid(ctx, secret, Claim)
	if newsroom.KindOf(err) == newsroom.NotFound {
		return invalid
	}
	if err != nil {
		return err
	}
	run, err := s.run(ctx)
	if err == nil && run {
		return invalid
	}
	return err
}

// UseClaim makes the first admin, chief editor and admin in one, and signs
// them in. A claim works once, and only while the house has none.
func (s *Staff) UseClaim(ctx context.Context, secret, login, name, password, language, device string) (string, newsroom.Person, error) {
	if err := s.CheckClaim(ctx, secret); err != nil {
		return "", newsroom.Person{}, err
	}
	p := newsroom.Person{
		Login: strings.ToLower(strings.TrimSpace(login)), Name: name, Language: language,
		Roles: []newsroom.Role{newsroom.Chief, newsroom.Admin},
	}
	p, err := s.first(ctx, secret, p, password)
	if err != nil {
		return "", newsroom.Person{}, err
	}
	session, err := s.token(ctx, Token{Purpose: Session, Person: p.ID, Device: device}, sessionLife)
	return session, p, err
}

// first saves the person and spends the claim. What is typed wrong leaves the
// claim good; of two who come at once one is told no and their person is disabled.
func (s *Staff) first(ctx context.Context, secret string, p newsroom.Person, password string) (newsroom.Person, error) {
	saved, err := s.Save(ctx, p, password)
	if err != nil {
		return p, err
	}
	spent, err := s.store.SpendToken(ctx, tokenHash(secret))
	if err != nil {
		return p, err
	}
	if !spent {
		saved.Disabled = true
		if _, err := s.store.SavePerson(ctx, saved); err != nil {
			return p, err
		}
		return p, newsroom.Refuse(newsroom.NotFound, "error.claim_invalid")
	}
	return saved, nil
}
