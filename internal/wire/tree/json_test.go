package tree_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"github.com/rotatif/newsroom/internal/wire/tree"
	"github.com/rotatif/newsroom/internal/wire/wiretest"
)

// plain makes of a value what the standard library makes of its text, with
// numbers as they are written.
func plain(v tree.Value) any {
	switch v.Type {
	case tree.Array:
		all := []any{}
		for _, item := range v.Items {
			all = append(all, plain(item))
		}
		return all
	case tree.Object:
		all := map[string]any{}
		for _, m := range v.Members {
			all[m.Name] = plain(m.Value)
		}
		return all
	case tree.String:
		return v.Text
	case tree.Number:
		return json.Number(v.Text)
	case tree.Bool:
		return v.Text == "true"
	default:
		return nil
	}
}

// The suite of other people's traps: what must be read is read as the standard
// library reads it, what must not be is refused, save for raw control
// characters in strings, which agencies send.
func TestJSONSuite(t *testing.T) {
	t.Parallel()
	for _, path := range wiretest.Shared(t, "corpora/json/jsontestsuite/*.json") {
		raw, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		name := filepath.Base(path)
		v, rest, err := tree.JSON(string(raw), tree.Bounds())
		whole := err == nil && rest == "" && v.Fault == tree.Whole
		switch {
		case strings.HasPrefix(name, "y_") && !whole:
			t.Errorf("%s: %v, rest %q", name, err, rest)
		case strings.HasPrefix(name, "y_"):
			var want any
			d := json.NewDecoder(strings.NewReader(string(raw)))
			d.UseNumber()
			if err := d.Decode(&want); err != nil {
				t.Errorf("%s: %v", name, err)
			}
			if diff := cmp.Diff(want, plain(v)); diff != "" && !mended(string(raw)) {
				t.Errorf("%s (-want +have)\n%s", name, diff)
			}
		case strings.HasPrefix(name, "n_") && whole && utf8.Valid(raw) && !rawControl(name):
			t.Errorf("%s was read", name)
		}
	}
}

func rawControl(name string) bool {
	for _, part := range []string{"unescaped", "newline_in_string", "tab_in_string", "ctrl_char", "raw_tab"} {
		if strings.Contains(name, part) {
			return true
		}
	}
	return false
}

// mended says whether a text escapes control characters, which no text of ours keeps.
func mended(src string) bool {
	lower := strings.ToLower(src)
	for _, escape := range []string{`\u00`, `\b`, `\f`, `\ud`} {
		if strings.Contains(lower, escape) {
			return true
		}
	}
	return strings.ContainsFunc(src, func(r rune) bool { return r >= 0x7f && r < 0xa0 })
}

func TestJSONKeepsWhatOthersDrop(t *testing.T) {
	t.Parallel()
	v, rest, err := tree.JSON("{\"a\":1,\"A\":2,\"a\":9007199254740993,\"s\":\"x\ty\"} tail", tree.Bounds())
	if err != nil || rest != "tail" {
		t.Fatalf("%v, rest %q", err, rest)
	}
	if len(v.Members) != 4 || v.Of("a").Scalar() != "1" || v.Of("A").Scalar() != "2" || v.Members[2].Value.Text != "9007199254740993" {
		t.Errorf("%+v", v)
	}
	if v.Of("s").Text != "x\ty" || v.Of("none").Type != tree.Null || !v.Has("none", "s") || v.Has("none") {
		t.Errorf("%+v", v)
	}
}

// What comes before a fault is read.
func TestJSONBrokenOff(t *testing.T) {
	t.Parallel()
	v, _, err := tree.JSON(`[{"uri":"a"},{"uri":"b","pubstatus":"canceled","x":`, tree.Bounds())
	if err == nil || len(v.Items) != 2 || v.Items[0].Fault != tree.Whole || v.Items[1].Fault != tree.CutOff || v.Items[1].Of("pubstatus").Scalar() != "canceled" {
		t.Errorf("%v %+v", err, v)
	}
	deep, _, err := tree.JSON(`[{"uri":"a","b":`+strings.Repeat("[", 100)+strings.Repeat("]", 100)+`},{"uri":"c"}]`, tree.Bounds())
	if err != nil || deep.Items[0].Fault != tree.TooDeep || deep.Items[1].Fault != tree.Whole {
		t.Errorf("%v %+v", err, deep)
	}
}

func FuzzJSON(f *testing.F) {
	f.Add(`{"uri":"x","a":[1,-2.5e3,true,null,"\u00e7\ud83d\ude00"]}`)
	f.Fuzz(func(t *testing.T, src string) {
		v, rest, err := tree.JSON(src, tree.Bounds())
		if !strings.HasSuffix(src, rest) {
			t.Errorf("rest %q is not of the text", rest)
		}
		if err == nil && v.Fault == tree.Whole && !utf8.ValidString(src) {
			return
		}
		_ = plain(v)
	})
}

// An object of an array that cannot be read costs itself alone; where it ends
// is told by what stands behind it.
func TestJSONGoesOnBehindABrokenObject(t *testing.T) {
	t.Parallel()
	for src, want := range map[string]string{
		`[{"a":1},{"a":NaN},{"a":2}]`:           "1 truncated 2",
		`[{"a":"\q \""},{"a":2}]`:               "truncated 2",
		`[{"a":[1,2},{"a":2}]`:                  "truncated 2",
		`[{"a":{"b":1},{"a":2}]`:                "truncated 2",
		`[{"a":[{"b":1 "c"},{"b":2}]},{"a":2}]`: "truncated 2",
		`[{'a':1},{"a":2}]`:                     "truncated 2",
		`[{"a":1`:                               "truncated",
		`[{"a":"1},{"a":2}]`:                    "truncated",
	} {
		v, _, _ := tree.JSON(src, tree.Bounds())
		have := []string{}
		for _, item := range v.Items {
			have = append(have, strings.TrimSpace(string(item.Fault)+" "+map[bool]string{true: item.Of("a").Text}[item.Fault == tree.Whole]))
		}
		if strings.Join(have, " ") != want || v.Fault == tree.Whole {
			t.Errorf("%s: %q (%q), want %q", src, have, v.Fault, want)
		}
	}
}
