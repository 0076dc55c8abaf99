package web

import (
	"embed"
	"fmt"
	"io/fs"
	"strings"

	"github.com/nicksnyder/go-i18n/v2/i18n"
	"github.com/pelletier/go-toml/v2"
	"golang.org/x/text/language"
)

//go:embed locales/*.toml
var locales embed.FS

// Catalog holds every sentence the program says to people, in every language.
type Catalog struct {
	bundle *i18n.Bundle
	langs  []string
}

// OpenCatalog reads the embedded sentences.
func OpenCatalog() (*Catalog, error) { return openCatalog(locales) }

func openCatalog(fsys fs.FS) (*Catalog, error) {
	bundle := i18n.NewBundle(language.Turkish)
	bundle.RegisterUnmarshalFunc("toml", toml.Unmarshal)
	files, err := fs.Glob(fsys, "locales/*.toml")
	if err != nil {
		return nil, fmt.Errorf("web: listing sentences: %w", err)
	}
	for _, file := range files {
		if _, err := bundle.LoadMessageFileFS(fsys, file); err != nil {
			return nil, fmt.Errorf("web: sentences of %s: %w", file, err)
		}
	}
	return &Catalog{bundle: bundle, langs: []string{"tr", "en"}}, nil
}

// Languages lists the complete languages, the first being the default.
func (c *Catalog) Languages() []string { return c.langs }

// In gives the sentences of the language nearest to the tag (BCP 47).
func (c *Catalog) In(tag string) Words {
	lang := c.langs[0]
	for _, l := range c.langs {
		if tag == l || strings.HasPrefix(tag, l+"-") {
			lang = l
		}
	}
	return Words{lang: lang, local: i18n.NewLocalizer(c.bundle, lang)}
}

// Words are the sentences of one language.
type Words struct {
	lang  string
	local *i18n.Localizer
}

// Lang is the language's BCP 47 tag.
func (w Words) Lang() string { return w.lang }

// T is the sentence of a key, its blanks filled from name, value pairs. A key
// without a sentence is given back as it is, so that the lack can be seen; a
// test keeps it from happening.
func (w Words) T(key string, args ...any) string {
	return w.say(&i18n.LocalizeConfig{MessageID: key, TemplateData: pairs(args)}, key)
}

// N is the sentence of a key that depends on the number n, which fills the
// blank "n" as well.
func (w Words) N(key string, n int, args ...any) string {
	data := pairs(args)
	data["n"] = n
	return w.say(&i18n.LocalizeConfig{MessageID: key, PluralCount: n, TemplateData: data}, key)
}

func (w Words) say(config *i18n.LocalizeConfig, key string) string {
	if w.local == nil {
		return key
	}
	sentence, err := w.local.Localize(config)
	if err != nil {
		return key
	}
	return sentence
}

func pairs(args []any) map[string]any {
	data := map[string]any{}
	for i := 0; i+1 < len(args); i += 2 {
		if name, ok := args[i].(string); ok {
			data[name] = args[i+1]
		}
	}
	return data
}
