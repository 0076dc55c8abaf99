package agency

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"sync"
	"time"
)

// Line is a connection to an agency's server on which nothing is waited for
// without end: every answer comes within a time, with so many bytes at most,
// and both end with the context.
type Line struct {
	net.Conn
	ctx    context.Context
	answer time.Duration

	mu     sync.Mutex
	due    time.Time // when the answer that is waited for must be there
	theirs time.Time // the deadline of whoever speaks over the line; zero: none
	left   int64     // bytes that may still come
	fixed  bool      // the answer's time is not given anew by what is said meanwhile
	broken error     // why nothing more comes
}

// What a line refuses.
var (
	ErrLate = errors.New("agency: the server keeps us waiting")
	ErrMuch = errors.New("agency: the server sends more than was asked for")
)

// NewLine takes a connection and closes it with Close. Every write is a
// question; the answer has the given time.
func NewLine(ctx context.Context, conn net.Conn, answer time.Duration) *Line {
	l := &Line{Conn: conn, ctx: ctx, answer: answer}
	l.Again()
	return l
}

// usualAnswer is what the answers to commands may come to, in bytes.
const usualAnswer = 1 << 20

// Await gives what is asked for next so many bytes, and so many times of an
// answer in all, however much is said meanwhile, until Again.
func (l *Line) Await(bytes int64, times int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.due, l.left, l.fixed = time.Now().Add(time.Duration(times)*l.answer), bytes, true
}

// Again goes back to question and answer.
func (l *Line) Again() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.due, l.left, l.fixed = time.Now().Add(l.answer), usualAnswer, false
}

// Err is why nothing more comes over the line, when the line has ended it.
func (l *Line) Err() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.broken
}

// blink is how often a wait looks whether it shall end.
const blink = 200 * time.Millisecond

// Read implements io.Reader.
func (l *Line) Read(p []byte) (int, error) {
	for {
		now := time.Now()
		until, most, err := l.waiting(now)
		if err != nil {
			return 0, err
		}
		if err := l.Conn.SetReadDeadline(earlier(until, now.Add(blink))); err != nil {
			return 0, fmt.Errorf("agency: %w", err)
		}
		n, err := l.Conn.Read(p[:min(int64(len(p)), most)])
		if late := net.Error(nil); n == 0 && errors.As(err, &late) && late.Timeout() {
			continue
		}
		l.mu.Lock()
		l.left -= int64(n)
		l.mu.Unlock()
		return n, err
	}
}

// waiting says until when is waited and for how much.
func (l *Line) waiting(now time.Time) (until time.Time, most int64, err error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	until = l.due
	if !l.theirs.IsZero() {
		until = earlier(until, l.theirs)
	}
	switch {
	case l.ctx.Err() != nil:
		l.broken = fmt.Errorf("agency: %w", context.Cause(l.ctx))
	case !now.Before(until):
		l.broken = ErrLate
	case l.left <= 0:
		l.broken = ErrMuch
	}
	return until, l.left, l.broken
}

func earlier(a, b time.Time) time.Time {
	if b.Before(a) {
		return b
	}
	return a
}

// asked gives the answer to a question its time.
func (l *Line) asked() {
	l.mu.Lock()
	defer l.mu.Unlock()
	if !l.fixed {
		l.due, l.left = time.Now().Add(l.answer), usualAnswer
	}
}

// Write implements io.Writer.
func (l *Line) Write(p []byte) (int, error) {
	l.asked()
	if err := l.Conn.SetWriteDeadline(time.Now().Add(l.answer)); err != nil {
		return 0, fmt.Errorf("agency: %w", err)
	}
	return l.Conn.Write(p)
}

// SetDeadline implements net.Conn. It can only shorten what the line allows.
func (l *Line) SetDeadline(t time.Time) error { return l.SetReadDeadline(t) }

// SetReadDeadline implements net.Conn. It can only shorten what the line allows.
func (l *Line) SetReadDeadline(t time.Time) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.theirs = t
	return nil
}

// SetWriteDeadline implements net.Conn; the line's own is shorter.
func (l *Line) SetWriteDeadline(time.Time) error { return nil }

// Blocks reads a body to its end, or a byte more than the most. Every block
// must come within the time of an answer: a server that drips is cut off.
func Blocks(body io.Reader, most int64, block int, line *Line) ([]byte, error) {
	defer line.Again()
	raw, piece := []byte{}, make([]byte, block)
	for int64(len(raw)) <= most {
		line.Await(2*int64(block), 1)
		n, err := io.ReadFull(body, piece)
		raw = append(raw, piece[:n]...)
		if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
			break
		}
		if err != nil {
			return nil, fmt.Errorf("agency: %w", err)
		}
	}
	return raw[:min(int64(len(raw)), most+1)], nil
}
