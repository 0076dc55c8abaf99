//go:build unix

package sqlite_test

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	newsroomwords "github.com/rotatif/newsroom"
	"github.com/rotatif/newsroom/internal/store"
	"github.com/rotatif/newsroom/internal/store/sqlite"
	"github.com/rotatif/newsroom/internal/wire"
)

// The test binary runs itself as the program that is killed; these name what
// it should do then.
const (
	asProgram = "ROTATIF_STORE_TEST_PROGRAM"
	atPath    = "ROTATIF_STORE_TEST_PATH"
)

func TestMain(m *testing.M) {
	switch os.Getenv(asProgram) {
	case "":
		os.Exit(m.Run())
	case "open":
		os.Exit(openAndSay())
	case "write":
		os.Exit(writeAndSay())
	case "read":
		os.Exit(readAndSay())
	}
}

func fail(err error) int {
	fmt.Println("error:", err)
	return 1
}

func openAndSay() int {
	n, err := sqlite.OpenNewsroom(context.Background(), os.Getenv(atPath))
	if err != nil {
		return fail(err)
	}
	fmt.Println("open")
	if err := n.Close(); err != nil {
		return fail(err)
	}
	return 0
}

// writeAndSay says what the store has acknowledged, until it is killed.
func writeAndSay() int {
	ctx := context.Background()
	n, err := sqlite.OpenNewsroom(ctx, os.Getenv(atPath))
	if err != nil {
		return fail(err)
	}
	for i := 0; ; i++ {
		s, seq, err := n.Change(ctx, 0, begin(fmt.Sprintf("p%d-%d", os.Getpid(), i)))
		if err != nil {
			return fail(err)
		}
		raw := fmt.Sprintf("%d-%d", os.Getpid(), i)
		id, _, err := n.Keep(ctx, wire.Receipt{Source: "ak", Hash: raw, Received: time.Unix(1, 0)}, []byte(raw))
		if err != nil {
			return fail(err)
		}
		fmt.Printf("kept %d %d %d %s\n", s.ID, seq, id, s.Content.Headline)
	}
}

func begin(headline string) func(newsroomwords.Story) (newsroomwords.Story, []newsroomwords.Fact, error) {
	return func(s newsroomwords.Story) (newsroomwords.Story, []newsroomwords.Fact, error) {
		return s.Begin(newsroomwords.Content{Language: "tr", Headline: headline}, newsroomwords.By{At: time.Unix(1, 0)})
	}
}

// program starts the test binary as another program on the store.
func program(t *testing.T, what, path string) (*exec.Cmd, *bufio.Scanner) {
	t.Helper()
	cmd, out, _ := programAs(t, what, path, os.Args[0], nil)
	return cmd, out
}

// programAs starts it as somebody else, when that is given.
func programAs(t *testing.T, what, path, binary string, who *syscall.SysProcAttr) (*exec.Cmd, *bufio.Scanner, io.WriteCloser) {
	t.Helper()
	cmd := exec.Command(binary)
	cmd.SysProcAttr = who
	cmd.Env = append(os.Environ(), asProgram+"="+what, atPath+"="+path)
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	return cmd, bufio.NewScanner(out), in
}

// TestKilledWhileWriting kills two programs that write to one store, again and
// again: what either had acknowledged is there, and the store is sound.
func TestKilledWhileWriting(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "newsroom.db")
	acknowledged := []string{}
	for round := range 4 {
		first, lines := program(t, "write", path)
		second, others := program(t, "write", path)
		for i := 0; i < 5+round*7 && lines.Scan() && others.Scan(); i++ {
			acknowledged = append(acknowledged, lines.Text(), others.Text())
		}
		for _, cmd := range []*exec.Cmd{first, second} {
			if err := cmd.Process.Kill(); err != nil {
				t.Fatal(err)
			}
		}
		for lines.Scan() { // acknowledged, though nobody had looked yet
			acknowledged = append(acknowledged, lines.Text())
		}
		for others.Scan() {
			acknowledged = append(acknowledged, others.Text())
		}
		_, _ = first.Wait(), second.Wait() // both were killed
	}
	n := newsroom(t, path)
	for _, text := range acknowledged {
		stillThere(t, n, text)
	}
	if len(acknowledged) < 50 {
		t.Errorf("only %d changes were acknowledged", len(acknowledged))
	}
	sound(t, n)
}

func stillThere(t *testing.T, n *store.Newsroom, text string) {
	t.Helper()
	var story newsroomwords.StoryID
	var seq, receipt int64
	var headline string
	if _, err := fmt.Sscanf(text, "kept %d %d %d %s", &story, &seq, &receipt, &headline); err != nil {
		if strings.HasPrefix(text, "error") {
			t.Error(text)
		}
		return // a line cut by the kill
	}
	s, err := n.Story(t.Context(), story)
	if err != nil || !strings.HasPrefix(s.Content.Headline, headline) {
		t.Errorf("acknowledged: %s; kept: %q (%v)", text, s.Content.Headline, err)
	}
	facts, err := n.Facts(t.Context(), newsroomwords.Seq(seq-1), 1)
	if err != nil || len(facts) != 1 || facts[0].Story != story {
		t.Errorf("acknowledged: %s; fact: %+v (%v)", text, facts, err)
	}
	kept, err := n.Receipts(t.Context(), wire.ReceiptFilter{ID: wire.ReceiptID(receipt), Raw: true})
	if err != nil || len(kept) != 1 || string(kept[0].Raw) != kept[0].Hash {
		t.Errorf("acknowledged: %s; delivery: %+v (%v)", text, kept, err)
	}
}

// sound verifies all but the bytes, whose hashes the writer had made up.
func sound(t *testing.T, n *store.Newsroom) {
	t.Helper()
	err := n.Verify(t.Context(), func(f store.Finding) {
		if f.Check != store.CheckDelivery {
			t.Errorf("found: %+v", f)
		}
	})
	if err != nil {
		t.Fatal(err)
	}
}

// TestKilledWhileMigrating kills a program at ever later instants of making a
// store. Whatever it left, the next one makes it whole.
func TestKilledWhileMigrating(t *testing.T) {
	t.Parallel()
	for step := range 12 {
		path := filepath.Join(t.TempDir(), "newsroom.db")
		cmd, _ := program(t, "open", path)
		for tries := 0; step > 0 && tries < 1000; tries++ { // from when the file is there
			if _, err := os.Stat(path); err == nil {
				break
			}
			time.Sleep(time.Millisecond)
		}
		time.Sleep(time.Duration(step) * 500 * time.Microsecond)
		if err := cmd.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		_ = cmd.Wait() // it was killed
		n := newsroom(t, path)
		if _, _, err := n.Change(t.Context(), 0, begin("sonra")); err != nil {
			t.Fatal(err)
		}
		sound(t, n)
	}
}

// TestProgramsAtOnce lets programs meet at a store that is not there yet.
func TestProgramsAtOnce(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "newsroom.db")
	cmds, outs := []*exec.Cmd{}, []*bufio.Scanner{}
	for range 4 {
		cmd, out := program(t, "open", path)
		cmds, outs = append(cmds, cmd), append(outs, out)
	}
	for i, cmd := range cmds {
		outs[i].Scan()
		if said := outs[i].Text(); said != "open" {
			t.Errorf("program %d: %s", i, said)
		}
		if err := cmd.Wait(); err != nil {
			t.Errorf("program %d: %v", i, err)
		}
	}
	sound(t, newsroom(t, path))
}
