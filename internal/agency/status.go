package agency

import (
	"cmp"
	"net/http"
	"sync"
	"time"
)

// Status is how a source stands. It holds no address and no secret. A call with
// a flaw counts as failed here, so that somebody looks.
type Status struct {
	Call, Success, Copy time.Time     // the last call, the last that went well, the last that brought something new
	Failures            int           // calls in a row that failed
	Trouble             string        // why the last call failed; empty when it went well
	Cause               error         // what Trouble says, to be told apart with errors.Is; never to be shown
	Skew                time.Duration // by how much the agency's clock is ahead of ours
	Unread              time.Time     // since when the oldest file lies there that was not taken; zero: there is none
}

// status is a Status that changes while others look at it.
type status struct {
	mu  sync.Mutex
	now Status
}

func (s *status) snapshot() Status {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.now
}

func (s *status) called(at time.Time) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.now.Call = at
}

func (s *status) answered(at time.Time, err error, answer Answer) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if answer.New {
		s.now.Copy = at
	}
	if err == nil {
		s.now.Unread = answer.Unread
	}
	err = cmp.Or(err, answer.Flaw)
	if err != nil {
		s.now.Failures++
		s.now.Trouble, s.now.Cause = err.Error(), err
		return
	}
	s.now.Failures, s.now.Trouble, s.now.Cause, s.now.Success = 0, "", nil, at
}

// clock compares the agency's clock with ours.
func (s *status) clock(now time.Time, date string) {
	at, err := http.ParseTime(date)
	if err != nil {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.now.Skew = at.Sub(now).Round(time.Second)
}
