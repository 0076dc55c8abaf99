package main

import (
	"context"
	"fmt"
	"os"
	"time"

	"github.com/rotatif/newsroom/internal/app"
)

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
	found, err := app.Verify(ctx, settings, os.Stdout)
	if err != nil {
		return err
	}
	if found > 0 {
		return fmt.Errorf("verify: %d promises are broken", found)
	}
	fmt.Printf("verify: clean (%s)\n", time.Since(begun).Round(time.Millisecond))
	return nil
}
