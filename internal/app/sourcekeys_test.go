package app

import (
	"strings"
	"testing"
	"time"
)

func TestKeysOfASource(t *testing.T) {
	t.Parallel()
	s := Source{Name: "a", Headers: write(t, "X-Api-Key: gizli:1\n\nAuthorization: Bearer x\n"), Query: write(t, "UserCode=ece\nUserPassword=a=b\n")}
	header, query, err := s.keys()
	if err != nil || header.Get("X-Api-Key") != "gizli:1" || header.Get("Authorization") != "Bearer x" || query.Get("UserPassword") != "a=b" || query.Get("UserCode") != "ece" {
		t.Errorf("%v %v %v", header, query, err)
	}
	for _, broken := range []Source{{Headers: write(t, "cokgizli")}, {Query: write(t, "a=b\ncokgizli")}, {Query: "yok"}} {
		if _, _, err := broken.keys(); err == nil || strings.Contains(err.Error(), "cokgizli") {
			t.Errorf("%v", err)
		}
	}
}

func TestSecretOfASource(t *testing.T) {
	t.Parallel()
	if key, err := (Source{Secret: write(t, "0123456789abcdef\n")}).secret(); err != nil || string(key) != "0123456789abcdef" {
		t.Errorf("%q %v", key, err)
	}
	if _, err := (Source{Secret: write(t, "cokgizli")}).secret(); err == nil || strings.Contains(err.Error(), "cokgizli") {
		t.Errorf("a short key: %v", err)
	}
}

func TestAccountsAreShared(t *testing.T) {
	t.Parallel()
	gap := func(d time.Duration) Duration { return Duration{Duration: d} }
	c := Config{Sources: []Source{{Name: "a", Account: "x", Gap: gap(time.Second)}, {Name: "b", Account: "x", Gap: gap(time.Minute)}, {Name: "x"}}}
	all := c.accounts()
	if len(all) != 2 || all["x"].Gap != time.Minute || all[c.Sources[2].account()].Gap != 0 {
		t.Errorf("%v", all)
	}
}
