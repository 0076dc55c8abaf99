package app

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// Days are days: nothing else is taken for them, and no time so short that a
// kill would not find what it means.
func TestKeepIsChecked(t *testing.T) {
	t.Parallel()
	for keep, want := range map[string]string{
		`"90d"`: "", `"7d"`: "", `"36500d"`: "",
		`"0d"`: "not a number of days", `"-5d"`: "not a number of days", `"90"`: "not a number of days", `""`: "not a number of days",
		`"90h"`: "not a number of days", `"d"`: "not a number of days", `"999999d"`: "not a number of days", `"6d"`: "less than 7d",
	} {
		path := filepath.Join(t.TempDir(), "rotatif.toml")
		text := "[[source]]\nname = \"a\"\nprovider = \"ka\"\nkind = \"folder\"\nfolder = \"in\"\nkeep = " + keep + "\n"
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		_, err := LoadConfig(path)
		if (err == nil) != (want == "") || err != nil && (!strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), ":6")) {
			t.Errorf("keep = %s: %v", keep, err)
		}
	}
}

// The longest keep of a provider's sources holds, and one without means for ever.
func TestKeepsOfProviders(t *testing.T) {
	t.Parallel()
	c := Config{Sources: []Source{
		{Provider: "ka", Keep: 30}, {Provider: "ka", Keep: 90}, {Provider: "ka", Keep: 7},
		{Provider: "ba", Keep: 30}, {Provider: "ba"}, {Provider: "ca"},
	}}
	if diff := cmp.Diff(map[string]time.Duration{"ka": 90 * 24 * time.Hour}, c.keeps()); diff != "" {
		t.Error(diff)
	}
	if text := c.Sources[1].Keep.String() + c.Sources[5].Keep.String(); text != "90d" {
		t.Error(text)
	}
}
