package handclock_test

import (
	"testing"
	"time"

	"github.com/rotatif/newsroom/internal/handclock"
)

func TestClock(t *testing.T) {
	t.Parallel()
	noon := time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)
	c := handclock.At(noon)
	c.Move(time.Hour)
	c.Move(-2 * time.Hour)
	if have := c.Now(); !have.Equal(noon.Add(-time.Hour)) {
		t.Errorf("the clock shows %s", have)
	}
}
