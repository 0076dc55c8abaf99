package main

import (
	"context"
	"fmt"
	"os"
	"time"

	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"

	"github.com/rotatif/newsroom/internal/app"
)

// progress shows on a terminal how much has been looked at; elsewhere nothing.
func progress() *progressbar.ProgressBar {
	return progressbar.NewOptions(-1, progressbar.OptionSetWriter(os.Stderr), progressbar.OptionShowCount(), progressbar.OptionShowIts(),
		progressbar.OptionSetItsString("rows"), progressbar.OptionThrottle(200*time.Millisecond), progressbar.OptionClearOnFinish(),
		progressbar.OptionSetVisibility(term.IsTerminal(int(os.Stderr.Fd()))))
}

// verifyCommand checks the stores.
type verifyCommand struct {
	Dir string `type:"path" help:"Folder of the stores; default: as the settings say."`
}

// Run checks, and fails when anything was found.
func (v verifyCommand) Run(ctx context.Context, c *commands) error {
	settings, err := c.settings()
	if err != nil {
		return err
	}
	if v.Dir != "" {
		settings.Dir = v.Dir
	}
	begun := time.Now()
	bar := progress()
	found, err := app.Verify(ctx, settings, os.Stdout, func() { _ = bar.Add(1) }) // a bar that cannot be drawn harms nobody
	_ = bar.Finish()
	if err != nil {
		return err
	}
	if found > 0 {
		return fmt.Errorf("verify: %d promises are broken", found)
	}
	fmt.Printf("verify: clean (%s)\n", time.Since(begun).Round(time.Millisecond))
	return nil
}
