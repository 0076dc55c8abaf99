// Command rotatif is a newsroom in one program: agency copy comes in, editors
// make stories of it, readers get a fast news site.
//
// Knows: the commands. Never imports: anything but the app.
package main

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"os/signal"
	"slices"
	"strings"
	"syscall"

	"github.com/alecthomas/kong"

	"github.com/rotatif/newsroom/internal/app"
)

// commands is the command line.
type commands struct {
	Config string `short:"c" type:"path" help:"Settings file (TOML). See: rotatif help config." env:"ROTATIF_CONFIG"`

	Demo     demoCommand   `cmd:"" help:"Show everything at work: a lively invented agency, simulated readers, your own desk."`
	Serve    serveCommand  `cmd:"" help:"Run the newsroom."`
	Settings configCommand `cmd:"" name:"config" help:"Print the settings in force."`
	Verify   verifyCommand `cmd:"" help:"Check the stores: revision chains, the edition against the journal, keys."`
	User     userCommand   `cmd:"" help:"People: list, add, password, disable, enable."`
	Wire     wireCommand   `cmd:"" help:"Copy as agencies send it: explain, replay."`
	Help     helpCommand   `cmd:"" help:"Help on the settings (config) or on a command."`
	Version  struct{}      `cmd:"" help:"Print the version."`
}

// version is the program's; the release build sets it.
const version = "0.1.0-dev"

func main() {
	var c commands
	app.CalmCollector()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	parser := kong.Must(&c, kong.Name("rotatif"), kong.UsageOnError(), kong.BindTo(ctx, (*context.Context)(nil)),
		kong.Description("A newsroom in one program."))
	command, err := parser.Parse(os.Args[1:])
	parser.FatalIfErrorf(err)
	if command.Command() == "version" {
		fmt.Println("rotatif", version)
		return
	}
	if err := command.Run(&c); err != nil {
		fmt.Fprintln(os.Stderr, "rotatif:", err)
		stop()
		os.Exit(1)
	}
}

// settings loads the configuration the command line names.
func (c *commands) settings() (app.Config, error) { return app.LoadConfig(c.Config) }

// logger writes to standard error, as the settings say.
func logger(c app.Log) *slog.Logger {
	level := slog.LevelInfo
	_ = level.UnmarshalText([]byte(strings.ToUpper(c.Level))) // checked with the configuration
	options := &slog.HandlerOptions{Level: level}
	if c.Format == "json" {
		return slog.New(slog.NewJSONHandler(os.Stderr, options))
	}
	return slog.New(slog.NewTextHandler(os.Stderr, options))
}

// helpCommand prints help on a subject.
type helpCommand struct {
	Subject []string `arg:"" optional:"" help:"config: every setting, with its meaning and default; else a command, such as: user add."`
}

// Run prints it.
func (h helpCommand) Run(parser *kong.Kong) error {
	if slices.Equal(h.Subject, []string{"config"}) {
		return app.WriteManual(os.Stdout)
	}
	ctx, err := kong.Trace(parser, h.Subject)
	if err != nil {
		return fmt.Errorf("help: %w", err)
	}
	if words := strings.Join(h.Subject, " "); ctx.Error != nil && len(ctx.Path) <= len(h.Subject) {
		return fmt.Errorf("help: there is no command %s", words)
	}
	return ctx.PrintUsage(false)
}

// configCommand prints the settings in force.
type configCommand struct{}

// Run prints them.
func (configCommand) Run(c *commands) error {
	settings, err := c.settings()
	if err != nil {
		return err
	}
	return app.WriteConfig(os.Stdout, settings)
}
