package whole_test

import (
	"strings"
	"testing"

	"github.com/rotatif/newsroom/internal/whole"
)

func TestEnds(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]bool{
		"<nitf></nitf>": true, "<nitf></nitf>\r\n\x00": true, `{"a":1}`: true, "[1]": true, "telgraf\x03": true, "\x01telgraf\x04\n": true,
		"": false, "  \n": false, "<nitf><body>Köprü açıl": false, "düz metin.": false,
		"<a>" + strings.Repeat("x", 1000): false, strings.Repeat("x", 1000) + "</a>": true, "<a/>" + strings.Repeat(" ", 1000): false,
	} {
		if whole.Ends([]byte(text)) != want {
			t.Errorf("%.20q: not %v", text, want)
		}
	}
}

func TestUnfinished(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]bool{
		"haber.xml": false, "haber.xml.part": true, "HABER.TMP": true, ".haber.xml.x": true, "haber.xml~": true, "haber.filepart": true, "parti.xml": false, "": false,
	} {
		if whole.Unfinished(name) != want {
			t.Errorf("%q: not %v", name, want)
		}
	}
}
