package agency_test

import (
	"context"
	"errors"
	"io"
	"net"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/rotatif/newsroom/internal/agency"
)

// line is a line and the server at its other end.
func line(t *testing.T, ctx context.Context) (*agency.Line, net.Conn) {
	t.Helper()
	ours, theirs := net.Pipe()
	l := agency.NewLine(ctx, ours, 10*time.Second)
	t.Cleanup(func() {
		_, _ = l.Close(), theirs.Close()
		time.Sleep(time.Minute) // until whoever spoke has seen it
	})
	return l, theirs
}

func TestAnAnswerHasItsTime(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		l, server := line(t, t.Context())
		go func() {
			for _, after := range []time.Duration{9, 9, 11} {
				_, _ = server.Read(make([]byte, 10))
				time.Sleep(after * time.Second)
				_, _ = server.Write([]byte("ok"))
			}
		}()
		for i := range 3 {
			if _, err := l.Write([]byte("so?")); err != nil {
				t.Fatal(err)
			}
			n, err := l.Read(make([]byte, 10))
			if late := errors.Is(err, agency.ErrLate); late != (i == 2) || !late && n != 2 {
				t.Errorf("answer %d: %d bytes, %v", i, n, err)
			}
		}
		if !errors.Is(l.Err(), agency.ErrLate) {
			t.Error(l.Err())
		}
	})
}

// The time of what is awaited runs on however much is said meanwhile.
func TestWhatIsAwaitedHasOneTime(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		l, server := line(t, t.Context())
		go func() {
			for {
				time.Sleep(5 * time.Second)
				if _, err := server.Write([]byte("x")); err != nil {
					return
				}
				if _, err := server.Read(make([]byte, 10)); err != nil {
					return
				}
			}
		}()
		begun := time.Now()
		l.Await(1000, 3)
		var err error
		for err == nil {
			if _, err = l.Read(make([]byte, 10)); err == nil {
				_, err = l.Write([]byte("more"))
			}
		}
		if long := time.Since(begun); !errors.Is(err, agency.ErrLate) || long < 29*time.Second || long > 31*time.Second {
			t.Errorf("after %v: %v", long, err)
		}
	})
}

func TestAnAnswerIsBounded(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		l, server := line(t, t.Context())
		go func() { _, _ = io.WriteString(server, strings.Repeat("x", 100)) }()
		l.Await(60, 1)
		if raw, err := io.ReadAll(l); len(raw) != 60 || !errors.Is(err, agency.ErrMuch) {
			t.Errorf("%d bytes, %v", len(raw), err)
		}
	})
}

func TestTheContextEndsALine(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		l, _ := line(t, ctx)
		begun := time.Now()
		if _, err := l.Read(make([]byte, 1)); !errors.Is(err, context.DeadlineExceeded) || time.Since(begun) > 2*time.Second {
			t.Errorf("after %v: %v", time.Since(begun), err)
		}
	})
}

// Whoever speaks over a line can shorten its time, not lengthen it.
func TestTheirDeadlines(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		for _, d := range []time.Duration{time.Second, time.Hour} {
			l, _ := line(t, t.Context())
			begun := time.Now()
			_ = l.SetDeadline(begun.Add(d))
			if _, err := l.Read(make([]byte, 1)); !errors.Is(err, agency.ErrLate) || time.Since(begun) > min(d, 10*time.Second)+time.Second {
				t.Errorf("%v: after %v: %v", d, time.Since(begun), err)
			}
		}
	})
}

func TestBlocks(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		for _, c := range []struct {
			body string
			most int64
			want string
		}{{"", 9, ""}, {"abc", 9, "abc"}, {"abcdefgh", 9, "abcdefgh"}, {"abcdefghi", 9, "abcdefghi"}, {"abcdefghijkl", 9, "abcdefghij"}} {
			l, server := line(t, t.Context())
			go func() { _, _ = io.WriteString(server, c.body); _ = server.Close() }()
			if raw, err := agency.Blocks(l, c.most, 4, l); err != nil || string(raw) != c.want {
				t.Errorf("%q: %q %v", c.body, raw, err)
			}
		}
	})
}
