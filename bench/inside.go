package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"time"

	"github.com/rotatif/newsroom"
	"github.com/rotatif/newsroom/internal/app"
)

// openHouse opens a newsroom in this process, with a watched folder.
func openHouse(ctx context.Context, dir string) (*app.App, error) {
	c, err := app.LoadConfig("")
	if err != nil {
		return nil, err
	}
	for _, listen := range []*string{&c.Site.Listen, &c.Desk.Listen} {
		l, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			return nil, err
		}
		*listen = l.Addr().String()
		_ = l.Close()
	}
	c.Dir = filepath.Join(dir, "data")
	c.Site.Address, c.Desk.Address = "http://"+c.Site.Listen, "http://"+c.Desk.Listen
	c.MostRead.Dwell.Duration, c.MostRead.Support = time.Second, 1
	c.Sources = []app.Source{{
		Name: "klasor", Provider: "ka", Agency: "KA", Kind: "folder", Folder: filepath.Join(dir, "in"),
		Language: "tr", Zone: c.Site.Zone, Charset: "windows-1254", Embargo: "hold",
	}}
	house, err := app.Open(ctx, c, slog.New(slog.DiscardHandler), time.Now)
	if err != nil {
		return nil, err
	}
	return house, house.Start(ctx)
}

const (
	dispatches   = 200 // one after the other, for the latency
	publications = 100
)

// latencies follows dispatches from a folder to the list and stories from the
// editor's click to the reader.
func latencies(ctx context.Context) error {
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
	time.Sleep(300 * time.Millisecond) // the folder is watched
	arrived, seen := []time.Duration{}, []time.Duration{}
	for i := range dispatches {
		took, err := arrive(ctx, house, dir, i)
		if err != nil {
			return err
		}
		arrived = append(arrived, took)
	}
	for i := range publications {
		took, err := publish(ctx, house, i)
		if err != nil {
			return err
		}
		seen = append(seen, took)
	}
	spread("dispatch renamed into the folder → on the list", arrived)
	spread("publish → readers have it", seen)
	return nil
}

func key(i int) newsroom.ItemKey {
	return newsroom.ItemKey{Provider: "ka", ID: fmt.Sprintf("urn:bench:%d", i)}
}

// arrive renames a file into the folder and waits until its item can be asked for.
func arrive(ctx context.Context, house *app.App, dir string, i int) (time.Duration, error) {
	text := fmt.Sprintf(`{"uri":%q,"version":"1","type":"text","language":"tr","headline":"Ölçüm haberi %d","body_text":"Bir.\n\nİki."}`, key(i).ID, i)
	outside := filepath.Join(dir, "next.json")
	if err := os.WriteFile(outside, []byte(text), 0o600); err != nil {
		return 0, err
	}
	begun := time.Now()
	if err := os.Rename(outside, filepath.Join(dir, "in", fmt.Sprintf("%d.json", i))); err != nil {
		return 0, err
	}
	for {
		_, err := house.Desk.Items.Item(ctx, key(i))
		if err == nil {
			return time.Since(begun), nil
		}
		if newsroom.KindOf(err) != newsroom.NotFound || time.Since(begun) > 10*time.Second {
			return 0, fmt.Errorf("dispatch %d: %w", i, err)
		}
		time.Sleep(500 * time.Microsecond)
	}
}

// publish takes an item, publishes it and asks for its page until it is there.
func publish(ctx context.Context, house *app.App, i int) (time.Duration, error) {
	chief := newsroom.Person{ID: 1, Roles: []newsroom.Role{newsroom.Chief}}
	item, err := house.Desk.Items.Item(ctx, key(i))
	if err != nil {
		return 0, err
	}
	taken, err := house.Desk.Take(ctx, chief, item)
	if err != nil {
		return 0, err
	}
	client := http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	url := fmt.Sprintf("%s/gundem/x-%d", house.SiteURL(), taken.Story.ID)
	begun := time.Now()
	if _, err := house.Desk.Publish(ctx, chief, taken.Story.ID, taken.Story.Head); err != nil {
		return 0, err
	}
	for time.Since(begun) < 10*time.Second {
		res, err := client.Get(url)
		if err != nil {
			return 0, err
		}
		_ = res.Body.Close()
		if res.StatusCode == http.StatusOK || res.StatusCode == http.StatusMovedPermanently {
			return time.Since(begun), nil
		}
	}
	return 0, errors.New("a published story never appeared")
}
