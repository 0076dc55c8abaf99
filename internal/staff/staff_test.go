package staff_test

import (
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/rotatif/newsroom"
	"github.com/rotatif/newsroom/internal/handclock"
	"github.com/rotatif/newsroom/internal/staff"
	"github.com/rotatif/newsroom/internal/store/sqlite"
)

const good = "dokuz kedi bahçede"

func open(t *testing.T) (*staff.Staff, *handclock.Clock) {
	t.Helper()
	store, err := sqlite.OpenNewsroom(t.Context(), filepath.Join(t.TempDir(), "newsroom.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = store.Close() })
	c := handclock.At(time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC))
	room, err := staff.Open(store, c.Now)
	if err != nil {
		t.Fatal(err)
	}
	return room, c
}

func add(t *testing.T, room *staff.Staff, login string) newsroom.Person {
	t.Helper()
	p, err := room.Save(t.Context(), newsroom.Person{Login: login, Name: "Ayşe", Roles: []newsroom.Role{newsroom.Editor}}, good)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func signIn(t *testing.T, room *staff.Staff, login string) string {
	t.Helper()
	session, _, err := room.SignIn(t.Context(), login, good, "test")
	if err != nil {
		t.Fatal(err)
	}
	return session
}

func TestClaimWorksOnce(t *testing.T) {
	t.Parallel()
	room, _ := open(t)
	claim, err := room.MakeClaim(t.Context())
	if err != nil || claim == "" {
		t.Fatal(claim, err)
	}
	if _, _, err := room.UseClaim(t.Context(), claim, "ayse", "Ayşe", "kısa", "tr", ""); newsroom.KindOf(err) != newsroom.Invalid {
		t.Errorf("a short password: %v", err)
	}
	session, p, err := room.UseClaim(t.Context(), claim, "Ayse ", "Ayşe Tunalı", good, "tr", "")
	if err != nil {
		t.Fatal(err)
	}
	if who, err := room.Who(t.Context(), session); err != nil || who.Login != "ayse" || !who.Is(newsroom.Chief) || !who.Is(newsroom.Admin) {
		t.Errorf("the first person is %+v, %v", who, err)
	}
	if _, _, err := room.UseClaim(t.Context(), claim, "baska", "Başka", good, "tr", ""); newsroom.KindOf(err) != newsroom.NotFound {
		t.Errorf("the claim worked twice: %v", err)
	}
	if again, err := room.MakeClaim(t.Context()); err != nil || again != "" {
		t.Errorf("a house with people gave a claim: %q, %v", again, err)
	}
	if p.Secret == good || p.Secret != "" && !strings.HasPrefix(p.Secret, "$argon2id$") {
		t.Error("the password is kept as it is")
	}
}

// People who were added from the console leave a claim good, until one of them
// looks after the staff.
func TestAClaimWaitsForAnAdmin(t *testing.T) {
	t.Parallel()
	room, _ := open(t)
	add(t, room, "ayse")
	claim, err := room.MakeClaim(t.Context())
	if err != nil || claim == "" {
		t.Fatal("no claim although nobody may add people", err)
	}
	if err := room.CheckClaim(t.Context(), claim); err != nil {
		t.Error(err)
	}
	if _, err := room.Save(t.Context(), newsroom.Person{Login: "kerem", Name: "Kerem", Roles: []newsroom.Role{newsroom.Admin}}, good); err != nil {
		t.Fatal(err)
	}
	if err := room.CheckClaim(t.Context(), claim); newsroom.KindOf(err) != newsroom.NotFound {
		t.Errorf("the claim is still shown: %v", err)
	}
	if _, _, err := room.UseClaim(t.Context(), claim, "baska", "Başka", good, "tr", ""); newsroom.KindOf(err) != newsroom.NotFound {
		t.Errorf("the claim still works: %v", err)
	}
	if again, err := room.MakeClaim(t.Context()); err != nil || again != "" {
		t.Errorf("another claim %q, %v", again, err)
	}
}

func TestTwoAtOneClaim(t *testing.T) {
	t.Parallel()
	room, _ := open(t)
	claim, err := room.MakeClaim(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var wg sync.WaitGroup
	won := make(chan string, 4)
	for _, login := range []string{"bir", "iki", "uc", "dort"} {
		wg.Add(1)
		go func() {
			defer wg.Done()
			if _, _, err := room.UseClaim(t.Context(), claim, login, login, good, "tr", ""); err == nil {
				won <- login
			}
		}()
	}
	wg.Wait()
	if len(won) != 1 {
		t.Errorf("%d people came in by one claim", len(won))
	}
	people, err := room.People(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	able := 0
	for _, p := range people {
		if !p.Disabled {
			able++
		}
	}
	if able != 1 {
		t.Errorf("%d people can sign in", able)
	}
}

func TestSignIn(t *testing.T) {
	t.Parallel()
	room, _ := open(t)
	add(t, room, "ayse")
	for _, c := range []struct {
		name, login, password string
		want                  newsroom.Kind
	}{
		{"right", "ayse", good, ""},
		{"right with capitals and spaces", " AYSE ", good, ""},
		{"wrong password", "ayse", "yanlis parola", newsroom.Forbidden},
		{"nobody", "kimse", good, newsroom.Forbidden},
		{"empty", "", "", newsroom.Forbidden},
		{"far too long", "ayse", strings.Repeat("x", 10_000), newsroom.Forbidden},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, _, err := room.SignIn(t.Context(), c.login, c.password, "test")
			if newsroom.KindOf(err) != c.want {
				t.Errorf("%v, want %q", err, c.want)
			}
		})
	}
}

func TestManyWrongTriesWait(t *testing.T) {
	t.Parallel()
	room, c := open(t)
	add(t, room, "ayse")
	for range 10 {
		_, _, _ = room.SignIn(t.Context(), "ayse", "yanlis parola", "test")
	}
	if _, _, err := room.SignIn(t.Context(), "ayse", good, "test"); newsroom.KindOf(err) != newsroom.TooMuch {
		t.Errorf("the eleventh try: %v", err)
	}
	c.Move(time.Minute)
	if _, _, err := room.SignIn(t.Context(), "ayse", good, "test"); err != nil {
		t.Errorf("a minute later: %v", err)
	}
}

func TestSessionsEnd(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name string
		do   func(t *testing.T, room *staff.Staff, c *handclock.Clock, p newsroom.Person, session string)
	}{
		{"by signing out", func(t *testing.T, room *staff.Staff, _ *handclock.Clock, _ newsroom.Person, session string) {
			if err := room.SignOut(t.Context(), session); err != nil {
				t.Fatal(err)
			}
		}},
		{"by idleness", func(_ *testing.T, _ *staff.Staff, c *handclock.Clock, _ newsroom.Person, _ string) {
			c.Move(9 * time.Hour)
		}},
		{"by age", func(t *testing.T, room *staff.Staff, c *handclock.Clock, _ newsroom.Person, session string) {
			for range 25 { // busy all week
				c.Move(7 * time.Hour)
				_, _ = room.Who(t.Context(), session)
			}
		}},
		{"by disabling", func(t *testing.T, room *staff.Staff, _ *handclock.Clock, p newsroom.Person, _ string) {
			p.Disabled = true
			if _, err := room.Save(t.Context(), p, ""); err != nil {
				t.Fatal(err)
			}
		}},
		{"by a new password", func(t *testing.T, room *staff.Staff, _ *handclock.Clock, p newsroom.Person, _ string) {
			if _, err := room.Save(t.Context(), p, good+" yeni"); err != nil {
				t.Fatal(err)
			}
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			room, clk := open(t)
			p := add(t, room, "ayse")
			session := signIn(t, room, "ayse")
			if _, err := room.Who(t.Context(), session); err != nil {
				t.Fatal(err)
			}
			c.do(t, room, clk, p, session)
			if _, err := room.Who(t.Context(), session); newsroom.KindOf(err) != newsroom.SignedOut {
				t.Errorf("the session still works: %v", err)
			}
		})
	}
}

func TestASessionIsNoClaimAndBack(t *testing.T) {
	t.Parallel()
	room, _ := open(t)
	claim, err := room.MakeClaim(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := room.Who(t.Context(), claim); newsroom.KindOf(err) != newsroom.SignedOut {
		t.Errorf("a claim opened the desk: %v", err)
	}
	add(t, room, "ayse")
	if err := room.CheckClaim(t.Context(), signIn(t, room, "ayse")); newsroom.KindOf(err) != newsroom.NotFound {
		t.Errorf("a session passed for a claim: %v", err)
	}
}

func TestWhoMayNotBeSaved(t *testing.T) {
	t.Parallel()
	room, _ := open(t)
	add(t, room, "ayse")
	for _, c := range []struct {
		name, login, shown, password string
		want                         newsroom.Kind
	}{
		{"a login with spaces", "a b", "A", good, newsroom.Invalid},
		{"a login with capitals", "Ayse", "A", good, newsroom.Invalid},
		{"no name", "veli", " ", good, newsroom.Invalid},
		{"a short password", "veli", "Veli", "kısa", newsroom.Invalid},
		{"an easy password", "veli", "Veli", "password123", newsroom.Invalid},
		{"one letter", "veli", "Veli", "aaaaaaaaaaaa", newsroom.Invalid},
		{"the login in it", "veli", "Veli", "veli-veli-1", newsroom.Invalid},
		{"a taken login", "ayse", "İkinci", good, newsroom.Conflict},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := room.Save(t.Context(), newsroom.Person{Login: c.login, Name: c.shown}, c.password)
			if newsroom.KindOf(err) != c.want {
				t.Errorf("%v, want %s", err, c.want)
			}
		})
	}
}
