// Package themes is the looks that are shipped with the program. A theme is a
// folder: layout and page templates, one style, one small script, fonts.
//
// Knows: files. Never imports: any package of the program.
package themes

import (
	"embed"
	"io/fs"
)

//go:embed gazete/layout gazete/page gazete/site.css gazete/site.js gazete/favicon.svg gazete/font/*.woff2
var shipped embed.FS

// Gazete is the first theme: a newspaper made of type, rules and white space.
func Gazete() fs.FS {
	theme, err := fs.Sub(shipped, "gazete")
	if err != nil { // only a malformed name fails
		panic("themes: " + err.Error())
	}
	return theme
}
