package main

import (
	"context"
	"errors"
	"os"
	"os/signal"
	"syscall"
	"time"

	"golang.org/x/term"

	"github.com/rotatif/newsroom/internal/app"
)

// wireCommand is about copy as agencies send it.
type wireCommand struct {
	Explain explainCommand `cmd:"" help:"Tell what the wire makes of files, without keeping anything."`
	Replay  replayCommand  `cmd:"" help:"Let files come as a source would send them, into a newsroom of their own."`
}

// explainCommand tells what the wire makes of files.
type explainCommand struct {
	JSON  bool     `help:"One JSON object a file, a line each: what the file does not say is null."`
	Lang  string   `env:"LANG" help:"Language of the sentences: tr, else English."`
	Files []string `arg:"" name:"file" help:"Files or folders; - is standard input."`
}

// Run tells of each in order.
func (x explainCommand) Run() error {
	signal.Reset(os.Interrupt, syscall.SIGTERM) // there is nothing to be brought to an end
	return app.Explainer{
		JSON: x.JSON, Lang: x.Lang, Colour: term.IsTerminal(int(os.Stdout.Fd())), In: os.Stdin, Out: os.Stdout,
	}.Explain(x.Files)
}

// replayCommand lets files come as a source would send them.
type replayCommand struct {
	Source  string   `xor:"as" help:"Take the settings of this source of the configuration."`
	Profile string   `xor:"as" help:"Take the settings of this agency's profile, such as aa or iha."`
	Dir     string   `type:"path" help:"Folder for the stores, not there yet or empty. Default: a temporary one, named and kept."`
	Rate    string   `help:"Deliveries in a time, such as 2/s, 30/m. Default: as fast as they are worked through."`
	Pace    string   `enum:"fast,original" default:"fast" help:"fast, or original: in the order and at the distances of the times in the copy, pauses of at most a minute."`
	Speed   float64  `default:"1" help:"With --pace original: so many times faster."`
	Shuffle *uint64  `placeholder:"SEED" help:"In an order drawn from the seed; the same seed gives the same order."`
	Twice   bool     `help:"Let everything come a second time."`
	DryRun  bool     `help:"Tell when each would come and what would become of it; wait for nothing, keep nothing."`
	Lang    string   `env:"LANG" help:"Language of the sentences: tr, else English."`
	Files   []string `arg:"" name:"file" help:"Files or folders."`
}

// Run replays them until they are through or somebody stops it.
func (x replayCommand) Run(ctx context.Context, c *commands) error {
	signal.Ignore(syscall.SIGPIPE) // when nobody reads on, the newsroom is closed all the same
	settings, err := c.settings()
	if err != nil {
		return err
	}
	between := time.Duration(0)
	if x.Rate != "" {
		if between, err = app.ParseRate(x.Rate); err != nil {
			return err
		}
	}
	if x.Rate != "" && x.Pace == "original" {
		return errors.New("replay: at a rate or at the original pace, not both")
	}
	if !(x.Speed > 0) {
		return errors.New("replay: --speed is more than nothing")
	}
	return app.Replay{
		Config: settings, Source: x.Source, Profile: x.Profile, Files: x.Files, Dir: x.Dir, Between: between, Original: x.Pace == "original",
		Speed: x.Speed, Shuffle: x.Shuffle, Twice: x.Twice, Dry: x.DryRun, Lang: x.Lang, Colour: term.IsTerminal(int(os.Stdout.Fd())),
		Out: os.Stdout, Log: logger(app.Log{Level: "warn", Format: "text"}),
	}.Run(ctx)
}
