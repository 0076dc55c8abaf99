package app

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"github.com/rotatif/newsroom/internal/files"
	"github.com/rotatif/newsroom/internal/markup"
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
// What cannot be read is told in its place, and is an error at the end.
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
	lost := 0
	for _, name := range names {
		all := []copyFile{{path: name}}
		if name != "-" {
			all = under(name)
		}
		for _, file := range all {
			had, err := e.file(file)
			if err != nil {
				return err
			}
			if !had {
				lost++
			}
		}
	}
	if lost > 0 {
		return errors.New("explain: " + words.N("wire.file.count", lost))
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

// explained is one line of the JSON form.
type explained struct {
	File   string      `json:"file"`
	Format *string     `json:"format"`
	Error  *string     `json:"error"`
	Items  []wire.Told `json:"items"`
}

// file tells of a file, and says whether it could be read at all.
func (e Explainer) file(file copyFile) (bool, error) {
	raw, err := []byte(nil), file.err
	switch {
	case err != nil:
	case file.path == "-":
		raw, err = takeCopy(e.In)
	default:
		raw, err = readCopy(file.path)
	}
	if err != nil {
		return false, e.tell(explained{File: file.path, Error: said(unread(e.words, err))}, wire.Reading{})
	}
	if len(raw) > files.MaxFile {
		v := wire.Verdict{Outcome: wire.Quarantined, Reason: "wire.reason.too_big", Detail: strconv.Itoa(files.MaxFile)}
		return true, e.tell(explained{File: file.path, Error: said(e.fault(v))}, wire.Reading{})
	}
	reading := e.reception.Look(wire.Receipt{Source: "file", Name: file.path, Received: time.Now()}, raw)
	out := explained{File: file.path, Format: said(reading.Format), Error: said(e.fault(reading.Verdict))}
	for _, d := range reading.Dispatches {
		out.Items = append(out.Items, wire.Tell(d))
	}
	return true, e.tell(out, reading)
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
	text := e.page
	if e.JSON {
		text = notation
	}
	told, err := text(x, reading)
	if err != nil {
		return fmt.Errorf("explain: %w", err)
	}
	if _, err := io.WriteString(e.Out, told); err != nil {
		return fmt.Errorf("explain: %w", err)
	}
	return nil
}

// notation is the JSON form. What steers a console is written as an escape, for
// it may be read there.
func notation(x explained, _ wire.Reading) (string, error) {
	var b strings.Builder
	out := json.NewEncoder(&b)
	out.SetEscapeHTML(false)
	if err := out.Encode(x); err != nil {
		return "", err
	}
	written := b.String()
	if strings.IndexFunc(written, escaped) < 0 {
		return written, nil
	}
	b.Reset()
	for _, r := range written {
		if escaped(r) {
			fmt.Fprintf(&b, `\u%04x`, r)
			continue
		}
		b.WriteRune(r)
	}
	return b.String(), nil
}

func escaped(r rune) bool { return markup.Steers(r) && r != '\n' }

func said(s string) *string {
	if s = strings.TrimSpace(s); s == "" {
		return nil
	}
	return &s
}
