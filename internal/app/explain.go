package app

import (
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/rotatif/newsroom/internal/files"
	"github.com/rotatif/newsroom/internal/web"
	"github.com/rotatif/newsroom/internal/wire"
)

// Explainer tells what the wire makes of files, without keeping anything.
type Explainer struct {
	JSON   bool
	Lang   string // of the sentences: a locale that begins with tr, else English
	Colour bool
	In     io.Reader // read for the name "-"
	Out    io.Writer

	reception *wire.Reception
	words     web.Words
}

// Explain tells of every file, in order; a folder stands for the files in it.
func (e Explainer) Explain(names []string) error {
	words, err := wordsFor(e.Lang)
	if err != nil {
		return err
	}
	zone, err := time.LoadLocation("Europe/Istanbul")
	if err != nil {
		return fmt.Errorf("explain: %w", err)
	}
	e.words = words
	e.reception = &wire.Reception{Now: time.Now, Sources: map[string]wire.Source{"file": {Zone: zone, Charset: "windows-1254"}}}
	for _, name := range names {
		if err := e.walk(name); err != nil {
			return err
		}
	}
	return nil
}

// wordsFor are the words of a person at a console: Turkish for a locale that
// begins with tr, else English.
func wordsFor(locale string) (web.Words, error) {
	catalog, err := web.OpenCatalog()
	if err != nil {
		return web.Words{}, err
	}
	if strings.HasPrefix(strings.ToLower(locale), "tr") {
		return catalog.In("tr"), nil
	}
	return catalog.In("en"), nil
}

// walk explains a file, or all that lies in a folder, in the order of names.
// What cannot be opened is told in its place.
func (e Explainer) walk(name string) error {
	if name == "-" {
		return e.file(name)
	}
	return filepath.WalkDir(name, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return e.tell(explained{File: path, Error: said(err.Error())}, wire.Reading{})
		}
		if entry.IsDir() {
			return nil
		}
		return e.file(path)
	})
}

// explained is one line of the JSON form.
type explained struct {
	File   string      `json:"file"`
	Format *string     `json:"format"`
	Error  *string     `json:"error"`
	Items  []wire.Told `json:"items"`
}

func (e Explainer) file(path string) error {
	raw, err := e.read(path)
	if err != nil {
		return e.tell(explained{File: path, Error: said(err.Error())}, wire.Reading{})
	}
	reading := e.reception.Look(wire.Receipt{Source: "file", Name: path, Received: time.Now()}, raw)
	out := explained{File: path, Format: said(reading.Format), Error: said(e.fault(reading.Verdict))}
	for _, d := range reading.Dispatches {
		out.Items = append(out.Items, wire.Tell(d))
	}
	return e.tell(out, reading)
}

// read reads a file whole, up to the largest that a source may send.
func (e Explainer) read(path string) ([]byte, error) {
	in := e.In
	if path != "-" {
		file, err := os.Open(path)
		if err != nil {
			return nil, err
		}
		defer func() { _ = file.Close() }() // only read
		in = file
	}
	raw, err := io.ReadAll(io.LimitReader(in, files.MaxFile+1))
	if err == nil && len(raw) > files.MaxFile {
		err = fmt.Errorf("%s: more than %d bytes", path, files.MaxFile)
	}
	return raw, err
}

// fault is the sentence of what could not be read, with what the machine said.
func (e Explainer) fault(v wire.Verdict) string {
	if v.Reason == "" || v.Outcome == wire.Settled && v.Reason != "wire.reason.partial" {
		return ""
	}
	sentence := e.words.T(v.Reason)
	if v.Detail != "" {
		sentence += " (" + v.Detail + ")"
	}
	return sentence
}

func (e Explainer) tell(x explained, reading wire.Reading) error {
	if x.Items == nil {
		x.Items = []wire.Told{}
	}
	if e.JSON {
		out := json.NewEncoder(e.Out)
		out.SetEscapeHTML(false)
		return out.Encode(x)
	}
	_, err := io.WriteString(e.Out, e.page(x, reading))
	return err
}

func said(s string) *string {
	if s = strings.TrimSpace(s); s == "" {
		return nil
	}
	return &s
}
