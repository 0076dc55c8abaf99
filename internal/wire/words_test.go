package wire

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/rotatif/newsroom"
	"github.com/rotatif/newsroom/internal/wire/sense"
)

// spoken is every key of a sentence that this room or a format says: reasons
// by their whole key, warnings by what they are called where they are given.
func spoken(t *testing.T) map[string]bool {
	t.Helper()
	keys := map[string]bool{}
	whole := regexp.MustCompile(`"(wire\.(?:reason|warning)\.[a-z_]+)"`)
	warned := regexp.MustCompile(`Warn\((?:&?d), "([a-z_]+)"|warnings, "([a-z_]+)"`)
	err := filepath.WalkDir(".", func(path string, _ fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		raw, err := os.ReadFile(path)
		for _, m := range whole.FindAllStringSubmatch(string(raw), -1) {
			keys[m[1]] = true
		}
		for _, m := range warned.FindAllStringSubmatch(string(raw), -1) {
			keys["wire.warning."+m[1]+m[2]] = true
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return keys
}

// written is every key of a catalogue.
func written(t *testing.T, path string) map[string]bool {
	t.Helper()
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	keys, table := map[string]bool{}, ""
	for _, line := range strings.Split(string(raw), "\n") {
		if strings.HasPrefix(line, "[") {
			table = strings.Trim(line, "[]") + "."
		}
		if key, text, ok := strings.Cut(line, " = "); ok && len(text) > 4 {
			keys[table+key] = true
		}
	}
	return keys
}

// Whatever the wire says has a sentence in both languages, and no sentence is idle.
func TestEverySentenceIsThere(t *testing.T) {
	t.Parallel()
	said := spoken(t)
	if len(said) < 25 {
		t.Fatalf("only %d keys were found", len(said))
	}
	for _, lang := range []string{"tr", "en"} {
		have := written(t, "../web/locales/wire."+lang+".toml")
		for key := range said {
			if !have[key] {
				t.Errorf("%s: no sentence for %s", lang, key)
			}
		}
		for key := range have {
			if strings.HasPrefix(key, "wire.reason.") || strings.HasPrefix(key, "wire.warning.") {
				if !said[key] {
					t.Errorf("%s: nobody says %s", lang, key)
				}
			}
		}
	}
}

// A reader that fails outright fails for its item only.
func TestAPanicCostsOneItem(t *testing.T) {
	t.Parallel()
	whole := sense.Part{ID: "2", Read: func() (newsroom.Dispatch, error) {
		return newsroom.Dispatch{Key: newsroom.ItemKey{Provider: "kuzey", ID: "2"}}, nil
	}}
	f := find{parts: []sense.Part{{ID: "1", Read: func() (newsroom.Dispatch, error) { panic("a fault of ours") }}, whole}}
	good, bad := room().read(f)
	if len(good) != 1 || good[0].Key.ID != "2" || len(bad) != 1 || bad[0].reason != "wire.reason.reader_failed" {
		t.Errorf("good %v, bad %+v", good, bad)
	}
	if v := f.verdict(len(good), bad); v.Outcome != Settled || v.Reason != "wire.reason.partial" {
		t.Errorf("%+v", v)
	}
}
