package app

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"log/slog"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/rotatif/newsroom"
	"github.com/rotatif/newsroom/internal/wire"
	"github.com/rotatif/newsroom/internal/wire/profile"
)

// victimDir names the environment variable that makes the test binary a
// newsroom that works until it is killed.
const victimDir = "ROTATIF_TEST_VICTIM"

func TestMain(m *testing.M) {
	if dir := os.Getenv(victimDir); dir != "" {
		victim(dir)
	}
	end := trustOurselves()
	code := m.Run()
	end()
	os.Exit(code)
}

// victim takes in, publishes, edits and kills as fast as it can. Each thing is
// printed after it was acknowledged, never before.
func victim(dir string) {
	ctx := context.Background()
	c, err := LoadConfig("")
	if err != nil {
		panic(err)
	}
	c.Dir = dir
	c.Site.Listen, c.Desk.Listen = "127.0.0.1:0", "127.0.0.1:0"
	c.Sources = []Source{pushed("ka")}
	c.Sources[0].derive(c.Site, profile.Profile{})
	a, err := Open(ctx, c, slog.New(slog.DiscardHandler), time.Now)
	if err != nil {
		panic(err)
	}
	if err := a.Start(ctx); err != nil {
		panic(err)
	}
	fmt.Println("ready")
	chief := newsroom.Person{ID: 1, Roles: []newsroom.Role{newsroom.Chief}}
	for i := 0; ; i++ {
		work(ctx, a, chief, fmt.Sprintf("urn:%d:%d", os.Getpid(), i), i)
	}
}

// work is one dispatch's life, told line by line.
func work(ctx context.Context, a *App, chief newsroom.Person, id string, i int) {
	if _, err := a.Reception.Receive(ctx, wire.Receipt{Source: "ka", Channel: "push"}, []byte(ninjs(id, "1", "Haber "+id, ""))); err != nil {
		panic(err)
	}
	fmt.Println("kept", id)
	item, err := a.Desk.Items.Item(ctx, newsroom.ItemKey{Provider: "ka", ID: id})
	for newsroom.KindOf(err) == newsroom.NotFound {
		time.Sleep(time.Millisecond)
		item, err = a.Desk.Items.Item(ctx, newsroom.ItemKey{Provider: "ka", ID: id})
	}
	taken, err := a.Desk.Take(ctx, chief, item)
	if err != nil {
		panic(err)
	}
	content := taken.Story.Content
	content.Headline = "Düzenlenmiş " + id
	saved, err := a.Desk.Save(ctx, chief, taken.Story.ID, taken.Story.Revision, content)
	if err != nil {
		panic(err)
	}
	fmt.Println("saved", saved.Story.ID, saved.Story.Head)
	if _, err := a.Desk.Publish(ctx, chief, saved.Story.ID, saved.Story.Head); err != nil {
		panic(err)
	}
	fmt.Println("published", saved.Story.ID, saved.Story.Head)
	if i%3 == 0 {
		if _, err := a.Desk.Kill(ctx, chief, saved.Story.ID, "deneme"); err != nil {
			panic(err)
		}
		fmt.Println("killed", saved.Story.ID, saved.Story.Head)
	}
}

// kills is how often the victim is killed.
const kills = 100

func TestNothingAcknowledgedIsLost(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "data")
	told := []string{}
	times := kills
	if testing.Short() {
		times = 10
	}
	for range times {
		told = append(told, killOne(t, dir)...)
	}
	t.Logf("%d kills, %d things acknowledged", times, len(told))
	if len(told) < times {
		t.Errorf("too little was done to say anything: %d", len(told))
	}
	c, err := LoadConfig("")
	if err != nil {
		t.Fatal(err)
	}
	c.Dir = dir
	settleAll(t, c)
	var out lines
	if found, err := Verify(t.Context(), c, &out, nil); err != nil || found != 0 {
		t.Fatalf("%d breaches, %v: %s", found, err, out)
	}
	checkTold(t, c, told)
}

// killOne starts a victim, kills it at a random moment, and gives what it had
// acknowledged by then.
func killOne(t *testing.T, dir string) []string {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), victimDir+"="+dir)
	var stderr strings.Builder
	cmd.Stderr = &stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	in := bufio.NewReader(out)
	if line, err := in.ReadString('\n'); err != nil || line != "ready\n" {
		_ = cmd.Wait()
		t.Fatalf("the newsroom did not open again: %q, %v: %s", line, err, stderr.String())
	}
	time.AfterFunc(time.Duration(rand.IntN(250))*time.Millisecond, func() { _ = cmd.Process.Kill() })
	raw, err := io.ReadAll(in)
	if err != nil {
		t.Fatal(err)
	}
	_ = cmd.Wait() // it was killed
	if strings.Contains(stderr.String(), "panic") {
		t.Fatalf("the newsroom fell by itself: %s", stderr.String())
	}
	told := strings.Split(string(raw), "\n")
	return told[:len(told)-1] // the last line may be half a line
}

// settleAll opens the house once more, so that what was waiting is worked through.
func settleAll(t *testing.T, c Config) {
	t.Helper()
	a, err := Open(t.Context(), c, slog.New(slog.DiscardHandler), time.Now)
	if err != nil {
		t.Fatal(err)
	}
	for n := 1; n > 0; {
		if n, err = a.Reception.Settle(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	if err := a.print(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
}

// checkTold holds the stores against everything that was acknowledged.
func checkTold(t *testing.T, c Config, told []string) {
	t.Helper()
	stores, err := OpenStores(t.Context(), c)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = stores.Close() }()
	killed := map[string]bool{}
	for _, line := range told {
		if f := strings.Fields(line); f[0] == "killed" {
			killed[f[1]] = true
		}
	}
	for _, line := range told {
		if err := stands(t.Context(), stores, strings.Fields(line), killed); err != nil {
			t.Errorf("acknowledged %q: %v", line, err)
		}
	}
}

// stands says whether an acknowledged thing is there.
func stands(ctx context.Context, s Stores, told []string, killed map[string]bool) error {
	if told[0] == "kept" {
		_, err := items{s.Newsroom, s.Newsroom, time.Now}.Item(ctx, newsroom.ItemKey{Provider: "ka", ID: told[1]})
		return err
	}
	id, err := newsroom.ParseStoryID(told[1])
	if err != nil {
		return err
	}
	switch told[0] {
	case "saved":
		revisions, err := s.Newsroom.Revisions(ctx, id)
		for _, r := range revisions {
			if r.Hash == told[2] {
				return err
			}
		}
		return fmt.Errorf("no such revision among %d: %w", len(revisions), err)
	case "published":
		if a, err := s.Edition.Article(ctx, id); !killed[told[1]] && newsroom.KindOf(err) != newsroom.Gone {
			if err == nil && a.Head != told[2] {
				err = fmt.Errorf("readers have %s", a.Head)
			}
			return err
		}
	case "killed":
		if _, err := s.Edition.Article(ctx, id); newsroom.KindOf(err) != newsroom.Gone {
			return fmt.Errorf("not gone: %w", err)
		}
	}
	return nil
}
