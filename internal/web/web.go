// Package web is the frame of every page: the catalogue of sentences in each
// language, the sealed frame that a page's struct embeds, rendering to a buffer
// before a byte is sent, and the one table that turns kinds of errors into
// statuses and sentences.
//
// Knows: languages, templates, statuses. Never imports: a room, a machine, another door.
package web

import (
	"bytes"
	"fmt"
	"html/template"
	"io/fs"
	"maps"
)

// Frame is what every page has. A page's struct embeds it; nothing else can
// make a [Page], so a page without its language does not compile.
type Frame struct {
	Words Words
}

func (Frame) framed() {}

// Lang is the page's language, for the lang attribute.
func (f Frame) Lang() string { return f.Words.Lang() }

// T is the sentence of a key; args are name, value pairs. For templates.
func (f Frame) T(key string, args ...any) string { return f.Words.T(key, args...) }

// N is the sentence of a key that depends on a number. For templates.
func (f Frame) N(key string, n int, args ...any) string { return f.Words.N(key, n, args...) }

// Page is a typed page: a struct that embeds [Frame].
type Page interface{ framed() }

// Templates are the parsed pages of a door: one set per page file, each with
// the layouts it shares.
type Templates struct {
	pages map[string]*template.Template
}

// ParseTemplates parses every file matching pages together with all files
// matching shared, so that each page can fill the shared layout's blocks in its
// own way. A template is executed by the base name of its page file.
func ParseTemplates(fsys fs.FS, shared, pages string, funcs template.FuncMap) (*Templates, error) {
	files, err := fs.Glob(fsys, pages)
	if err != nil {
		return nil, fmt.Errorf("web: listing %s: %w", pages, err)
	}
	if len(files) == 0 {
		return nil, fmt.Errorf("web: no templates match %s", pages)
	}
	t := &Templates{pages: map[string]*template.Template{}}
	for _, file := range files {
		page, err := template.New("").Funcs(funcs).ParseFS(fsys, shared, file)
		if err != nil {
			return nil, fmt.Errorf("web: parsing %s: %w", file, err)
		}
		t.pages[base(file)] = page.Option("missingkey=error")
	}
	return t, nil
}

func base(file string) string {
	for i := len(file) - 1; i >= 0; i-- {
		if file[i] == '/' {
			return file[i+1:]
		}
	}
	return file
}

// Names lists the pages, for tests that execute every one.
func (t *Templates) Names() []string {
	names := []string{}
	for name := range maps.Keys(t.pages) {
		names = append(names, name)
	}
	return names
}

// Render executes the named template of the page file into memory. Nothing is
// sent when it fails.
func (t *Templates) Render(file, name string, page Page) ([]byte, error) {
	set, ok := t.pages[file]
	if !ok {
		return nil, fmt.Errorf("web: no page %s", file)
	}
	var buf bytes.Buffer
	if err := set.ExecuteTemplate(&buf, name, page); err != nil {
		return nil, fmt.Errorf("web: rendering %s: %w", file, err)
	}
	return buf.Bytes(), nil
}
