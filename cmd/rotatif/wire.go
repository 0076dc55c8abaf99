package main

import (
	"os"

	"golang.org/x/term"

	"github.com/rotatif/newsroom/internal/app"
)

// wireCommand is about copy as agencies send it.
type wireCommand struct {
	Explain explainCommand `cmd:"" help:"Tell what the wire makes of files, without keeping anything."`
}

// explainCommand tells what the wire makes of files.
type explainCommand struct {
	JSON  bool     `help:"One JSON object a file, a line each: what the file does not say is null."`
	Lang  string   `env:"LANG" help:"Language of the sentences: tr, else English."`
	Files []string `arg:"" name:"file" help:"Files or folders; - is standard input."`
}

// Run tells of each in order.
func (x explainCommand) Run() error {
	return app.Explainer{
		JSON: x.JSON, Lang: x.Lang, Colour: term.IsTerminal(int(os.Stdout.Fd())), In: os.Stdin, Out: os.Stdout,
	}.Explain(x.Files)
}
