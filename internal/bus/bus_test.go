package bus_test

import (
	"testing"

	"github.com/rotatif/newsroom/internal/bus"
)

func TestRing(t *testing.T) {
	t.Parallel()
	var b bus.Bell
	one, stopOne := b.Listen()
	two, stopTwo := b.Listen()
	defer stopTwo()
	b.Ring()
	b.Ring() // must not wait for anybody
	<-one
	<-two
	select {
	case <-one:
		t.Error("two rings before a look came as two")
	default:
	}
	stopOne()
	b.Ring()
	<-two
	select {
	case <-one:
		t.Error("rung after the listening ended")
	default:
	}
}
