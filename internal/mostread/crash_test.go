package mostread_test

import (
	"bufio"
	"context"
	"fmt"
	"net/netip"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/rotatif/newsroom"
	"github.com/rotatif/newsroom/internal/mostread"
	"github.com/rotatif/newsroom/internal/store/sqlite"
)

// crashPath names, for the child, the log in which it counts until it is killed.
const crashPath = "ROTATIF_TEST_CRASH_READS"

// stranger is reader number n of the crash test, of one of nine stories.
func stranger(n int) mostread.Visit {
	return mostread.Visit{
		Story: newsroom.StoryID(n%9 + 1), Addr: netip.AddrFrom4([4]byte{10, byte(n >> 16), byte(n >> 8), byte(n)}),
		Agent: "browser", At: morning(),
	}
}

// TestCrashChild is no test: it is the process that is killed. It is told
// readers on standard input and says every one that has been acknowledged.
func TestCrashChild(t *testing.T) {
	path := os.Getenv(crashPath)
	if path == "" {
		t.Skip("only as the child of TestNoAcknowledgedReadIsLost")
	}
	reads, err := sqlite.OpenReads(context.Background(), path)
	if err != nil {
		t.Fatal(err)
	}
	counter, err := mostread.Open(context.Background(), reads, &shelf{since: morning()}, morning, mostread.Options{Commit: time.Millisecond})
	if err != nil {
		t.Fatal(err)
	}
	go counter.Run(context.Background())
	told := make(chan int)
	for range 64 {
		go func() {
			for n := range told {
				if err := counter.Accept(context.Background(), stranger(n)); err == nil {
					_, _ = fmt.Fprintf(os.Stdout, "ack %d\n", n) // one write, so whole lines
				}
			}
		}()
	}
	in := bufio.NewScanner(os.Stdin)
	for in.Scan() {
		n, err := strconv.Atoi(in.Text())
		if err != nil {
			t.Fatal(err)
		}
		told <- n
	}
	select {} // until it is killed
}

// killed lets a child count the readers and kills it after so many
// acknowledgements; it gives all that came.
func killed(t *testing.T, path string, readers []int, after int) []int {
	t.Helper()
	child := exec.Command(os.Args[0], "-test.run=^TestCrashChild$", "-test.timeout=60s")
	child.Env = append(os.Environ(), crashPath+"="+path)
	in, err := child.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := child.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	go func() {
		for _, n := range readers {
			if _, err := fmt.Fprintln(in, n); err != nil {
				return // it has been killed
			}
		}
	}()
	acks := []int{}
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		word, number, _ := strings.Cut(lines.Text(), " ")
		if n, err := strconv.Atoi(number); word == "ack" && err == nil {
			acks = append(acks, n)
		}
		if len(acks) == after {
			_ = child.Process.Kill() // SIGKILL; what it had said before is still in the pipe
		}
	}
	_ = child.Wait() // killed, as it should be
	return acks
}

// A process killed with kill -9 while it commits loses nothing that it
// acknowledged, and readers who try again are not counted twice.
func TestNoAcknowledgedReadIsLost(t *testing.T) {
	t.Parallel()
	const total, kills = 6000, 5
	r := open(t, mostread.Options{Support: 1})
	r.close()
	acked := map[int]bool{}
	for k := range kills {
		left := []int{}
		for n := range total {
			if !acked[n] {
				left = append(left, n)
			}
		}
		acks := killed(t, r.path, left, 150+400*k)
		if len(acks) < 150 {
			t.Fatalf("the child said only %d", len(acks))
		}
		for _, n := range acks {
			acked[n] = true
		}
	}
	r.start()
	before := r.logged()
	if before < len(acked) {
		t.Errorf("%d acknowledged, %d in the log", len(acked), before)
	}
	r.accept(acked)
	if after := r.logged(); after != before {
		t.Errorf("%d acknowledged reads were not in the log", after-before)
	}
	all := map[int]bool{}
	for n := range total {
		all[n] = true
	}
	r.accept(all)
	sum := uint32(0)
	for _, e := range r.list(mostread.Hour, "") {
		sum += e.Reads
	}
	if sum != total || r.logged() != total {
		t.Errorf("%d counted and %d in the log, want %d", sum, r.logged(), total)
	}
	t.Logf("%d kills, %d acknowledged, %d more had been written", kills, len(acked), before-len(acked))
}

// accept reports the strangers again.
func (r *room) accept(strangers map[int]bool) {
	var wg sync.WaitGroup
	for n := range strangers {
		wg.Add(1)
		go func() {
			defer wg.Done()
			if err := r.counter.Accept(context.Background(), stranger(n)); err != nil {
				r.t.Error(err)
			}
		}()
	}
	wg.Wait()
}
