package main

import (
	"context"
	"fmt"
	"os"
	"time"

	"github.com/rotatif/newsroom/internal/app"
)

// serveCommand runs the newsroom until it is told to stop.
type serveCommand struct{}

// Run opens the house and keeps it open.
func (serveCommand) Run(ctx context.Context, c *commands) error {
	settings, err := c.settings()
	if err != nil {
		return err
	}
	log := logger(settings.Log)
	house, err := app.Open(ctx, settings, log, time.Now)
	if err != nil {
		return err
	}
	if err := house.Start(ctx); err != nil {
		return err
	}
	log.Info("open", "site", house.SiteURL(), "desk", house.DeskURL(), "stores", settings.Stores())
	claim, err := house.ClaimLink(ctx)
	if err != nil {
		return err
	}
	if claim != "" {
		fmt.Fprintf(os.Stderr, "\nNobody runs this newsroom yet. Open this link once to become its chief editor and admin:\n  %s\n\n", claim)
	}
	<-ctx.Done()
	log.Info("closing")
	return house.Close()
}

// demoCommand shows everything at work.
type demoCommand struct {
	Dir     string        `type:"path" help:"Folder for the demo's stores; kept. Default: a temporary one, removed at the end."`
	Site    string        `default:"127.0.0.1:8080" help:"Address on which readers are served."`
	Desk    string        `default:"127.0.0.1:8081" help:"Address on which the desk is served."`
	Lang    string        `default:"tr" enum:"tr,en" help:"Language: tr or en."`
	Pace    time.Duration `default:"15s" help:"Time between two dispatches."`
	Readers int           `default:"24" help:"How many simulated readers read at a time."`
	JSON    bool          `help:"Print one JSON object a line instead of text."`
}

// Run plays until it is told to stop.
func (d demoCommand) Run(ctx context.Context) error {
	return app.Demo(ctx, app.DemoOptions{
		Dir: d.Dir, Site: d.Site, Desk: d.Desk, Lang: d.Lang, Pace: d.Pace, Readers: d.Readers, JSON: d.JSON, Out: os.Stdout,
		Log: logger(app.Log{Level: "warn", Format: "text"}),
	})
}
