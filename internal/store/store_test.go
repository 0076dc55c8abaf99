package store

import (
	"bytes"
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/rotatif/newsroom"
)

func TestNumberedPlaceholders(t *testing.T) {
	t.Parallel()
	db := &DB{Dialect: Dialect{Numbered: true}}
	for query, want := range map[string]string{
		"SELECT 1":                        "SELECT 1",
		"a = ? AND (b = ? OR c = ?) LIKE": "a = $1 AND (b = $2 OR c = $3) LIKE",
		strings.Repeat("?", 11):           "$1$2$3$4$5$6$7$8$9$10$11",
	} {
		for range 2 {
			if have := db.text(query); have != want {
				t.Errorf("%s: %s", query, have)
			}
		}
	}
	if plain := (&DB{}).text("a = ?"); plain != "a = ?" {
		t.Errorf("not numbered: %s", plain)
	}
}

func TestCleanText(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"": "", "ışık 😀": "ışık 😀", "a\x00b": "ab", "\xff\xfe": "\uFFFD", "a\xffb\x00": "a\uFFFDb", "\uFFFD": "\uFFFD",
	} {
		if have := cleanText(text); have != want {
			t.Errorf("%q: %q, want %q", text, have, want)
		}
	}
	if args := clean([]any{"a\x00", 7, nil, []byte{0}}); args[0] != "a" || args[1] != 7 || args[2] != nil || len(args[3].([]byte)) != 1 {
		t.Errorf("%v", args)
	}
}

func TestLikes(t *testing.T) {
	t.Parallel()
	have := likes(`a% b_\ c d e`)
	want := []any{"a%", `%a\%%`, `b_\`, `%b\_\\%`, "c", "%c%", "d", "%d%"}
	if !slices.Equal(have, want) {
		t.Errorf("%q", have)
	}
	if none := likes("  "); !slices.Equal(none, []any{"", "%%", "", "%%", "", "%%", "", "%%"}) {
		t.Errorf("%q", none)
	}
}

func TestSubjectWord(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"": "", "Yerel Yönetim": "yerel-yonetim", "medtop:04000000": "medtop:04000000", "X: A b": "x:-a-b", "IŞIK": "isik",
	} {
		if have := subjectWord(text); have != want {
			t.Errorf("%q: %q, want %q", text, have, want)
		}
	}
}

// A tag is one word of small letters, digits and underscores, and no two
// properties come to the same one.
func TestTags(t *testing.T) {
	t.Parallel()
	seen := map[string]string{}
	for _, value := range []string{"", "a", "A_B", "a-b", "a b", "ab", "medtop:04000000", "ığ", "a.b", "a_2eb", "kind.a"} {
		have := tag("subject_", value)
		if strings.Trim(have, "abcdefghijklmnopqrstuvwxyz0123456789_") != "" || seen[have] != "" {
			t.Errorf("%q: %q, which is also that of %q", value, have, seen[have])
		}
		seen[have] = value
	}
	w := newsroom.WireItem{Key: newsroom.ItemKey{Provider: "ka"}, Killed: true, Text: newsroom.Dispatch{Language: "tr-TR", Urgency: 7, Flash: true}}
	for _, want := range []string{"_all", tag("provider_", "ka"), tag("language_", "tr"), tag("language_", "tr-tr"), tag("urgent_", "7"), tag("urgent_", "9"), "_flash", tag("state_", "killed")} {
		if !slices.Contains(tagged(w), want) {
			t.Errorf("%s is not among %v", want, tagged(w))
		}
	}
	if slices.Contains(tagged(w), tag("urgent_", "6")) || slices.Contains(tagged(w), tag("state_", "usable")) {
		t.Errorf("too much is said: %v", tagged(w))
	}
}

func TestMicros(t *testing.T) {
	t.Parallel()
	for _, at := range []time.Time{{}, time.UnixMicro(1).UTC(), time.UnixMicro(-1).UTC(), time.Date(2026, 11, 23, 9, 0, 0, 123_456_000, time.UTC)} {
		if have := fromMicros(micros(at)); have != at {
			t.Errorf("%v came back as %v", at, have)
		}
	}
}

func TestPack(t *testing.T) {
	t.Parallel()
	var p packer
	for _, raw := range [][]byte{{}, []byte("a"), bytes.Repeat([]byte("tekrar "), 200_000), {0, 255, 0}} {
		packed := p.pack(raw)
		have, err := p.unpack(packed)
		if err != nil || !bytes.Equal(have, raw) {
			t.Errorf("%d bytes came back as %d (%v)", len(raw), len(have), err)
		}
		if len(packed) > 0 {
			if _, err := p.unpack(packed[:len(packed)-1]); err == nil {
				t.Errorf("%d bytes: a cut pack was unpacked", len(raw))
			}
		}
	}
	bomb := p.pack(make([]byte, maxUnpacked+1))
	if _, err := p.unpack(bomb); err == nil {
		t.Errorf("%d packed bytes were unpacked beyond the bound", len(bomb))
	}
}

func TestLimit(t *testing.T) {
	t.Parallel()
	for _, c := range [][2]int{{-1, 50}, {0, 50}, {1, 1}, {500, 500}, {501, 500}} {
		if have := limit(c[0], 50, 500); have != c[1] {
			t.Errorf("%d: %d", c[0], have)
		}
	}
}

func TestStateAfter(t *testing.T) {
	t.Parallel()
	for kind, want := range map[newsroom.FactKind]newsroom.State{
		newsroom.StoryPublished: newsroom.Published, newsroom.StoryUpdated: newsroom.Updated, newsroom.StoryCorrected: newsroom.Corrected,
		newsroom.StoryKilled: newsroom.Killed, newsroom.StoryUnpublished: "", newsroom.StorySaved: "",
	} {
		if have := stateAfter(kind); have != want {
			t.Errorf("%s: %q", kind, have)
		}
	}
}

// TestEveryPrintingFactCarries holds verify to the words:
// a kind of fact that prints must carry what it prints.
func TestEveryPrintingFactCarries(t *testing.T) {
	t.Parallel()
	for _, kind := range []newsroom.FactKind{newsroom.StoryPublished, newsroom.StoryUpdated, newsroom.StoryCorrected, newsroom.FrontSet} {
		if !(newsroom.Fact{Kind: kind}).Prints() || carries(kind) == (kind == newsroom.FrontSet) {
			t.Errorf("%s", kind)
		}
	}
}

func TestWrongPart(t *testing.T) {
	t.Parallel()
	err := Migrate(context.Background(), nil, Dialect{Name: "sqlite"}, "nothing", Locking{})
	if err == nil || errors.Is(err, ErrDrift) {
		t.Errorf("%v", err)
	}
}
