package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"sync"
	"time"

	"github.com/rotatif/newsroom/internal/app"
)

const (
	streamed = 1200                  // dispatches
	pace     = 50 * time.Millisecond // between two
)

// stream drops files into the folder, twenty a second for a minute, and follows
// each until its row is sent to a list that is open in a browser's way.
func stream(ctx context.Context) error {
	dir, err := os.MkdirTemp("", "rotatif-bench-")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(dir) }()
	house, err := openHouse(ctx, dir)
	if err != nil {
		return err
	}
	defer func() { _ = house.Close() }()
	list, err := openList(ctx, house)
	if err != nil {
		return err
	}
	defer func() { _ = list.Body.Close() }()
	time.Sleep(300 * time.Millisecond) // the folder is watched, the list open
	begun := &sync.Map{}
	seen := make(chan []time.Duration, 1)
	go func() { seen <- rows(list, begun) }()
	p := newProse()
	tick := time.NewTicker(pace)
	defer tick.Stop()
	for i := range streamed {
		<-tick.C
		if err := drop(p, dir, i, begun); err != nil {
			return err
		}
	}
	select {
	case took := <-seen:
		if len(took) < streamed {
			return fmt.Errorf("only %d of %d dispatches came to the list", len(took), streamed)
		}
		spread("20 files a second → rows of an open list", took)
	case <-time.After(20 * time.Second):
		return errors.New("dispatches are missing on the list")
	}
	return nil
}

// openList claims the house and opens the live list as a browser does.
func openList(ctx context.Context, house *app.App) (*http.Response, error) {
	link, err := house.ClaimLink(ctx)
	if err != nil {
		return nil, err
	}
	jar, err := cookiejar.New(nil)
	if err != nil {
		return nil, err
	}
	client := &http.Client{Jar: jar}
	claim, err := url.Parse(link)
	if err != nil {
		return nil, err
	}
	res, err := client.PostForm(house.DeskURL()+"/claim", url.Values{
		"token": {claim.Query().Get("token")}, "login": {"ayse"}, "name": {"Ayşe"}, "password": {"uzun bir parola 42"}, "language": {"tr"},
	})
	if err != nil {
		return nil, err
	}
	_ = res.Body.Close()
	list, err := client.Get(house.DeskURL() + "/wire/live")
	if err == nil && list.StatusCode != http.StatusOK {
		err = fmt.Errorf("the live list answers %s", list.Status)
	}
	return list, err
}

// drop renames a file into the folder and notes when.
func drop(p *prose, dir string, i int, begun *sync.Map) error {
	outside, name := filepath.Join(dir, "next.xml"), fmt.Sprintf("%06d.xml", i)
	text := message(p, 1, i)
	if err := os.WriteFile(outside, text, 0o600); err != nil {
		return err
	}
	begun.Store(headlineOf(text), time.Now())
	return os.Rename(outside, filepath.Join(dir, "in", name))
}

var (
	headlines = regexp.MustCompile(`<headline>([^<]*)</headline>`)
	lines     = regexp.MustCompile(`sayi\d+`)
)

func headlineOf(text []byte) string { return lines.FindString(string(headlines.FindSubmatch(text)[1])) }

// rows reads the list until every dispatch has come, in a row of its own or in one
// with what tells of the same event.
func rows(list *http.Response, begun *sync.Map) []time.Duration {
	took := []time.Duration{}
	in := bufio.NewScanner(list.Body)
	in.Buffer(nil, 1<<20)
	for len(took) < streamed && in.Scan() {
		for _, line := range lines.FindAllString(in.Text(), -1) {
			if at, ok := begun.LoadAndDelete(line); ok {
				took = append(took, time.Since(at.(time.Time)))
			}
		}
	}
	return took
}
