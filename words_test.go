package newsroom_test

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/rotatif/newsroom"
)

// at is a time so many minutes after the tests' nine o'clock.
func at(minute int) time.Time {
	return time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC).Add(time.Duration(minute) * time.Minute)
}

// by is an editor who does something at the minute.
func by(minute int) newsroom.By { return newsroom.By{Person: 7, At: at(minute)} }

// content is a text that may be published.
func content(headline string) newsroom.Content {
	return newsroom.Content{
		Language: "tr", Section: "gundem", Headline: headline,
		Body: newsroom.Body{{Kind: newsroom.Paragraph, Text: newsroom.Text("Köprü açıldı.")}},
	}
}

// until is an embargo that ends at the minute.
func until(minute int) newsroom.Embargo {
	return newsroom.Embargo{State: newsroom.EmbargoUntil, Until: at(minute)}
}

// refused fails unless the error is of the kind and names the sentence.
func refused(t *testing.T, err error, kind newsroom.Kind, key string) {
	t.Helper()
	var e *newsroom.Error
	if !errors.As(err, &e) || e.Kind != kind || e.Key != key {
		t.Errorf("refused with %v, want %s: %s", err, kind, key)
	}
}

// kinds is the facts' kinds, in order.
func kinds(facts []newsroom.Fact) string {
	names := []string{}
	for _, f := range facts {
		names = append(names, string(f.Kind))
	}
	return strings.Join(names, " ")
}

func TestIDsHaveOneSpelling(t *testing.T) {
	t.Parallel()
	for _, good := range []string{"1", "42", "9223372036854775807"} {
		story, err := newsroom.ParseStoryID(good)
		if err != nil || story.String() != good {
			t.Errorf("story %q: %v, %v", good, story, err)
		}
		item, err := newsroom.ParseItemID(good)
		if err != nil || item.String() != good {
			t.Errorf("item %q: %v, %v", good, item, err)
		}
	}
	for _, bad := range []string{"", "0", "-1", "+1", "01", " 1", "1 ", "1.0", "0x1", "１", "9223372036854775808", "bir"} {
		_, err := newsroom.ParseStoryID(bad)
		refused(t, err, newsroom.NotFound, "error.not_found")
		_, err = newsroom.ParseItemID(bad)
		refused(t, err, newsroom.NotFound, "error.not_found")
	}
}

func TestMicro(t *testing.T) {
	t.Parallel()
	if !newsroom.Micro(time.Time{}).IsZero() {
		t.Error("no time has become one")
	}
	istanbul := time.FixedZone("+03", 3*60*60)
	odd := time.Date(2026, 3, 2, 12, 0, 0, 1999, istanbul)
	if have := newsroom.Micro(odd); have != time.Date(2026, 3, 2, 9, 0, 0, 1000, time.UTC) {
		t.Errorf("have %s", have)
	}
	if now := time.Now(); newsroom.Micro(now) != newsroom.Micro(now.Round(0)) {
		t.Error("the same instant is two values")
	}
}

func TestErrors(t *testing.T) {
	t.Parallel()
	e := newsroom.Refuse(newsroom.Held, "error.a", "text", "yarın", "odd")
	if e.Args["text"] != "yarın" || len(e.Args) != 1 || e.Error() != "held: error.a" {
		t.Errorf("%v with %v", e, e.Args)
	}
	e.Err = io.ErrUnexpectedEOF
	if !errors.Is(e, io.ErrUnexpectedEOF) || e.Error() != "held: error.a: unexpected EOF" {
		t.Errorf("the cause is lost: %v", e)
	}
	for _, c := range []struct {
		err  error
		want newsroom.Kind
	}{
		{nil, ""},
		{io.EOF, newsroom.Internal},
		{e, newsroom.Held},
		{fmt.Errorf("desk: %w", e), newsroom.Held},
	} {
		if have := newsroom.KindOf(c.err); have != c.want {
			t.Errorf("%v is %q, want %q", c.err, have, c.want)
		}
	}
}
