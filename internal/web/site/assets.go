package site

import (
	"crypto/sha256"
	"crypto/sha512"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"io/fs"
	"net/http"
	"path"
	"strings"

	"github.com/rotatif/newsroom"
)

// assets are the theme's files under names that change with their bytes, so
// that they may be kept for ever.
type assets struct {
	files  map[string]themeFile // by name in the theme
	served map[string]*page     // last part of the address → file
}

// themeFile is where a file of the theme is served, and the seal by which a
// browser knows that it is the one that was meant.
type themeFile struct{ address, seal string }

// openAssets reads the theme's fonts, pictures, style and script, compressed
// once, as well as it gets. The style is read last and names the others by
// url(name).
func openAssets(theme fs.FS) (*assets, error) {
	a := &assets{files: map[string]themeFile{}, served: map[string]*page{}}
	for _, name := range []string{"font/text.woff2", "font/head.woff2", "favicon.svg", "site.js", "site.css"} {
		body, err := fs.ReadFile(theme, name)
		if err != nil {
			return nil, fmt.Errorf("site: theme: %w", err)
		}
		if strings.HasSuffix(name, ".css") {
			body = a.linked(body)
		}
		if err := a.add(path.Base(name), body); err != nil {
			return nil, err
		}
	}
	return a, nil
}

func (a *assets) add(name string, body []byte) error {
	sum := sha256.Sum256(body)
	ext := path.Ext(name)
	file := strings.TrimSuffix(name, ext) + "." + hex.EncodeToString(sum[:6]) + ext
	p, err := newPage(assetKind(ext), assetCaching, body, assetBrotli)
	if err != nil {
		return err
	}
	seal := sha512.Sum384(body)
	a.files[name] = themeFile{"/static/" + file, "sha384-" + base64.StdEncoding.EncodeToString(seal[:])}
	a.served[file] = p
	return nil
}

// linked puts the addresses of the files read so far into the style.
func (a *assets) linked(css []byte) []byte {
	text := string(css)
	for name, file := range a.files {
		text = strings.ReplaceAll(text, "url("+name+")", "url("+file.address+")")
	}
	return []byte(text)
}

func assetKind(ext string) string {
	switch ext {
	case ".css":
		return "text/css; charset=utf-8"
	case ".js":
		return "text/javascript; charset=utf-8"
	case ".svg":
		return "image/svg+xml"
	default:
		return "font/" + strings.TrimPrefix(ext, ".")
	}
}

func (s *Site) static(w http.ResponseWriter, r *http.Request) {
	file := s.assets.served[r.PathValue("name")]
	if file == nil {
		s.refuse(w, r, newsroom.Refuse(newsroom.NotFound, "error.not_found"))
		return
	}
	file.send(w, r)
}

func (s *Site) favicon(w http.ResponseWriter, r *http.Request) {
	s.refuse(w, r, moved{s.assets.files["favicon.svg"].address})
}
