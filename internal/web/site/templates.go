package site

import (
	"fmt"
	"io/fs"
	"regexp"
	"strings"

	"golang.org/x/net/html"

	"github.com/rotatif/newsroom/internal/web"
)

// openTemplates parses the theme's pages, having refused those that would put
// a value where escaping cannot be relied on.
func openTemplates(theme fs.FS) (*web.Templates, error) {
	for _, pattern := range []string{"layout/*.html", "page/*.html"} {
		files, err := fs.Glob(theme, pattern)
		if err != nil {
			return nil, fmt.Errorf("site: theme: %w", err)
		}
		for _, file := range files {
			source, err := fs.ReadFile(theme, file)
			if err != nil {
				return nil, fmt.Errorf("site: theme: %w", err)
			}
			if err := checkTemplate(string(source)); err != nil {
				return nil, fmt.Errorf("site: theme: %s: %w", file, err)
			}
		}
	}
	return web.ParseTemplates(theme, "layout/*.html", "page/*.html", nil)
}

var (
	actions  = regexp.MustCompile(`(?s)\{\{.*?\}\}`)
	control  = regexp.MustCompile(`^\{\{-?\s*(if|else|end|range|with|define|block|/\*)`)
	unquoted = regexp.MustCompile(`=\s*[^"'\s>]*` + hole)
	quoted   = regexp.MustCompile(`"[^"]*"|'[^']*'`)
)

// hole stands for a value when a template is read as HTML.
const hole = "rotatifhole"

// checkTemplate lets a template put values into text and into quoted
// attributes only: never into a script, a style, an event handler, a frame's
// source or an unquoted attribute, and never into what a meta tag commands.
func checkTemplate(source string) error {
	text := actions.ReplaceAllStringFunc(source, func(action string) string {
		if control.MatchString(action) {
			return " "
		}
		return hole
	})
	z := html.NewTokenizer(strings.NewReader(text))
	within := ""
	for {
		switch z.Next() {
		case html.ErrorToken:
			return nil // the end; the parser of the templates judges the rest
		case html.TextToken:
			if within != "" && strings.Contains(string(z.Raw()), hole) {
				return fmt.Errorf("a value inside <%s>", within)
			}
		case html.StartTagToken, html.SelfClosingTagToken:
			raw := string(z.Raw())
			token := z.Token()
			if err := checkTag(raw, token); err != nil {
				return err
			}
			within = ""
			if token.Data == "script" || token.Data == "style" {
				within = token.Data
			}
		case html.EndTagToken:
			within = ""
		}
	}
}

func checkTag(raw string, token html.Token) error {
	if unquoted.MatchString(quoted.ReplaceAllString(raw, `""`)) {
		return fmt.Errorf("a value in an unquoted attribute: %s", raw)
	}
	command := false
	for _, attr := range token.Attr {
		command = command || token.Data == "meta" && attr.Key == "http-equiv"
	}
	for _, attr := range token.Attr {
		if strings.Contains(attr.Key, hole) {
			return fmt.Errorf("a value as the name of an attribute: %s", raw)
		}
		risky := strings.HasPrefix(attr.Key, "on") || attr.Key == "style" || attr.Key == "srcdoc" || attr.Key == "srcset" || command
		if risky && strings.Contains(attr.Val, hole) {
			return fmt.Errorf("a value in %s of <%s>", attr.Key, token.Data)
		}
	}
	return nil
}
