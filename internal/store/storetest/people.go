package storetest

import (
	"fmt"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/rotatif/newsroom"
	"github.com/rotatif/newsroom/internal/staff"
	"github.com/rotatif/newsroom/internal/store"
)

func peopleTests() []test[*store.Newsroom] {
	return []test[*store.Newsroom]{
		{"a person comes back as saved", personRoundTrip},
		{"a login belongs to one", loginOnce},
		{"disabling a person or changing the secret ends the tokens", tokensEnd},
		{"a token is kept and renewed, but not revived", tokenRenewed},
		{"a token is spent once", tokenSpent},
	}
}

func person(login string) newsroom.Person {
	return newsroom.Person{
		Login: login, Name: "Işıl Çınar", Roles: []newsroom.Role{newsroom.Writer, newsroom.Editor},
		Language: "tr", Created: at(1), Secret: "$argon2id$1",
	}
}

func personRoundTrip(t *testing.T, open func() *store.Newsroom) {
	n := open()
	want, err := n.SavePerson(t.Context(), person("isil"))
	must(t, err)
	_, err = n.SavePerson(t.Context(), person("ali"))
	must(t, err)
	must(t, n.Close())
	n = open()
	for _, ask := range []struct {
		login string
		id    newsroom.PersonID
	}{{"isil", 0}, {"", want.ID}, {"isil", want.ID}} {
		people, err := n.People(t.Context(), ask.login, ask.id)
		must(t, err)
		if len(people) != 1 || !cmp.Equal(people[0], want) {
			t.Errorf("%+v: %+v", ask, people)
		}
	}
	all, err := n.People(t.Context(), "", 0)
	must(t, err)
	if len(all) != 2 || all[0].Login != "ali" {
		t.Errorf("everybody: %+v", all)
	}
	none, err := n.People(t.Context(), "kimse", 0)
	must(t, err)
	if len(none) != 0 {
		t.Errorf("nobody: %+v", none)
	}
}

func loginOnce(t *testing.T, open func() *store.Newsroom) {
	n := open()
	_, err := n.SavePerson(t.Context(), person("isil"))
	must(t, err)
	ali, err := n.SavePerson(t.Context(), person("ali"))
	must(t, err)
	_, err = n.SavePerson(t.Context(), person("isil"))
	refused(t, err, newsroom.Conflict, "error.login_taken")
	ali.Login = "isil"
	_, err = n.SavePerson(t.Context(), ali)
	refused(t, err, newsroom.Conflict, "error.login_taken")
	nobody := person("yok")
	nobody.ID = 4711
	_, err = n.SavePerson(t.Context(), nobody)
	refused(t, err, newsroom.NotFound, "")
}

func token(hash string, p newsroom.PersonID) staff.Token {
	return staff.Token{Hash: hash, Purpose: staff.Session, Person: p, Device: "Tarayıcı", Created: at(1), Seen: at(1), Ends: at(99)}
}

func tokensEnd(t *testing.T, open func() *store.Newsroom) {
	n := open()
	p, err := n.SavePerson(t.Context(), person("isil"))
	must(t, err)
	other, err := n.SavePerson(t.Context(), person("ali"))
	must(t, err)
	changes := []func(p *newsroom.Person){
		func(p *newsroom.Person) { p.Disabled = true },
		func(p *newsroom.Person) { p.Disabled, p.Secret = false, "$argon2id$2" },
		func(p *newsroom.Person) { p.Name = "Başka Ad" },
	}
	for i, change := range changes {
		hash := fmt.Sprintf("h%d", i)
		must(t, n.KeepToken(t.Context(), token(hash, p.ID)))
		must(t, n.KeepToken(t.Context(), token("o"+hash, other.ID)))
		change(&p)
		_, err := n.SavePerson(t.Context(), p)
		must(t, err)
		if _, err := n.Token(t.Context(), "o"+hash); err != nil {
			t.Errorf("change %d: the token of another: %v", i, err)
		}
		_, err = n.Token(t.Context(), hash)
		if ended := newsroom.KindOf(err) == newsroom.NotFound; ended != (i < 2) {
			t.Errorf("change %d: ended %v (%v)", i, ended, err)
		}
	}
}

func tokenRenewed(t *testing.T, open func() *store.Newsroom) {
	n := open()
	want := token("h", 1)
	must(t, n.KeepToken(t.Context(), want))
	want.Seen, want.Ends = at(5), at(120)
	renewal := want
	renewal.Device, renewal.Person = "Başka", 9
	must(t, n.KeepToken(t.Context(), renewal))
	have, err := open().Token(t.Context(), "h")
	must(t, err)
	if diff := cmp.Diff(want, have); diff != "" {
		t.Error(diff)
	}
	_, err = n.SpendToken(t.Context(), "h")
	must(t, err)
	want.Seen = at(6)
	must(t, n.KeepToken(t.Context(), want))
	_, err = n.Token(t.Context(), "h")
	refused(t, err, newsroom.NotFound, "")
}

func tokenSpent(t *testing.T, open func() *store.Newsroom) {
	n, other := open(), open()
	must(t, n.KeepToken(t.Context(), staff.Token{Hash: "claim", Purpose: staff.Claim, Created: at(1), Seen: at(1), Ends: at(9)}))
	var wins atomic.Int32
	var wg sync.WaitGroup
	for i := range 8 {
		wg.Go(func() {
			spent, err := []*store.Newsroom{n, other}[i%2].SpendToken(t.Context(), "claim")
			if err != nil {
				t.Error(err)
			}
			if spent {
				wins.Add(1)
			}
		})
	}
	wg.Wait()
	if wins.Load() != 1 {
		t.Fatalf("spent %d times", wins.Load())
	}
}
