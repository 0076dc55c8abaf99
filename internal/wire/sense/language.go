package sense

import (
	"strings"

	"golang.org/x/text/language"
)

// Language makes a BCP 47 tag of what agencies write: "tr_TR", "TR", "türkçe"
// are no tags yet. What is no language at all comes back empty.
func Language(raw string) string {
	raw = strings.ReplaceAll(strings.TrimSpace(raw), "_", "-")
	switch strings.ToLower(raw) {
	case "":
		return ""
	case "türkçe", "turkce", "turkish", "tur":
		return "tr"
	case "english", "ingilizce", "eng":
		return "en"
	}
	tag, err := language.Parse(raw)
	if err != nil || tag == language.Und {
		return ""
	}
	return tag.String()
}
