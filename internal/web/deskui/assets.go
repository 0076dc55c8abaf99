package deskui

import (
	"bytes"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/base64"
	"encoding/hex"
	"net/http"
	"path"
	"strings"
	"time"

	"github.com/rotatif/newsroom"
)

// addAsset keeps a file under a name that changes with its bytes.
func (d *door) addAsset(name string, body []byte) {
	kind := map[string]string{".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml"}[path.Ext(name)]
	sum := sha256.Sum256(body)
	file := strings.TrimSuffix(name, path.Ext(name)) + "." + hex.EncodeToString(sum[:6]) + path.Ext(name)
	d.assets[file] = asset{kind: kind, body: body}
	whole := sha512.Sum384(body)
	d.files[name] = shipped{address: "/static/" + file, seal: "sha384-" + base64.StdEncoding.EncodeToString(whole[:])}
}

// static serves style, scripts and the icon. They hold nothing of the house,
// so they alone may be kept by the browser.
func (d *door) static(v *visit) error {
	a, ok := d.assets[v.r.PathValue("name")]
	if !ok {
		return newsroom.Refuse(newsroom.NotFound, "error.not_found")
	}
	v.w.Header().Set("Content-Type", a.kind)
	v.w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
	http.ServeContent(v.w, v.r, "", time.Time{}, bytes.NewReader(a.body))
	return nil
}
