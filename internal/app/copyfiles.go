package app

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/rotatif/newsroom/internal/files"
	"github.com/rotatif/newsroom/internal/markup"
	"github.com/rotatif/newsroom/internal/web"
)

// copyFile is a file of copy that a person has named, or that lies in a folder
// a person has named.
type copyFile struct {
	path string
	err  error // why it cannot be had
}

// under is a file, or the files in a folder in the order of their names: those
// that are no files to be read through, such as pipes, and hidden ones are left out.
func under(name string) []copyFile {
	info, err := os.Stat(name)
	if err != nil {
		return []copyFile{{name, err}}
	}
	if !info.IsDir() {
		return []copyFile{{path: name}}
	}
	all := []copyFile{}
	root := name + string(filepath.Separator)                                          // also where the name is a link
	_ = filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error { // what fails is among the files
		hidden := path != root && strings.HasPrefix(filepath.Base(path), ".")
		switch {
		case err != nil:
			all = append(all, copyFile{path, err})
		case hidden && entry.IsDir():
			return fs.SkipDir
		case entry.IsDir(), hidden:
		case entry.Type() == fs.ModeSymlink:
			if info, err := os.Stat(path); err != nil || info.Mode().IsRegular() {
				all = append(all, copyFile{path, err})
			}
		case entry.Type().IsRegular():
			all = append(all, copyFile{path: path})
		}
		return nil
	})
	return all
}

// readCopy reads a file, up to one byte more than the most that a source may send.
func readCopy(path string) ([]byte, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("copy: %w", err)
	}
	defer func() { _ = file.Close() }() // only read
	return takeCopy(file)
}

func takeCopy(in io.Reader) ([]byte, error) {
	raw, err := io.ReadAll(io.LimitReader(in, files.MaxFile+1))
	if err != nil {
		return nil, fmt.Errorf("copy: %w", err)
	}
	return raw, nil
}

// unread is the sentence of why a file cannot be read.
func unread(words web.Words, err error) string {
	var at *fs.PathError
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return words.T("wire.file.gone")
	case errors.Is(err, fs.ErrPermission):
		return words.T("wire.file.closed")
	case errors.As(err, &at):
		return words.T("wire.file.unread") + " (" + at.Err.Error() + ")"
	default:
		return words.T("wire.file.unread") + " (" + err.Error() + ")"
	}
}

// plainLine is foreign text on one line of a console that it cannot steer.
func plainLine(s string) string {
	return strings.Map(func(r rune) rune {
		if markup.Steers(r) {
			return ' '
		}
		return r
	}, s)
}
