package wire_test

import (
	"bufio"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/rotatif/newsroom"
	"github.com/rotatif/newsroom/internal/wire/wiretest"
)

// awkward is a string of the collections.
type awkward struct {
	ID, S string
	Bytes string `json:"bytes_b64"`
}

func awkwardStrings(t *testing.T) []awkward {
	t.Helper()
	all := []awkward{}
	for _, path := range wiretest.Shared(t, "corpora/strings/*.jsonl") {
		raw, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		lines := bufio.NewScanner(strings.NewReader(string(raw)))
		lines.Buffer(nil, 4<<20)
		for lines.Scan() {
			var a awkward
			if err := json.Unmarshal(lines.Bytes(), &a); err != nil {
				t.Fatalf("%s: %v", filepath.Base(path), err)
			}
			if a.Bytes != "" {
				b, err := base64.StdEncoding.DecodeString(a.Bytes)
				if err != nil {
					t.Fatal(err)
				}
				a.S = string(b)
			}
			all = append(all, a)
		}
	}
	return all
}

// neighbour is a headline of no great length.
const neighbour = "Bolu’da çığ düştü: köy yolları açılıyor, ölü ya da yaralı yok"

// wrap puts a string into every field of an item between two good ones.
type wrap func(id, s string) string

// asXML is text as an agency's program would write it that looks after markup and nothing else.
func asXML(s string) string {
	return strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;").Replace(s)
}

// asJSON is the same for JSON: what is no UTF-8 stays as it is.
func asJSON(s string) string {
	var b strings.Builder
	for i := range len(s) {
		switch c := s[i]; {
		case c == '"' || c == '\\':
			b.WriteString(`\` + string(c))
		case c < 0x20:
			fmt.Fprintf(&b, `\u%04x`, c)
		default:
			b.WriteByte(c)
		}
	}
	return `"` + b.String() + `"`
}

func wraps() map[string]wrap {
	good := func(format string) (string, string) {
		return fmt.Sprintf(format, "k-1", neighbour), fmt.Sprintf(format, "k-2", neighbour)
	}
	return map[string]wrap{
		"rss": func(id, s string) string {
			before, after := good(`<item><guid isPermaLink="false">%s</guid><title>%s</title></item>`)
			s = asXML(s)
			return `<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>K</title>` + before +
				`<item><guid isPermaLink="false">` + asXML(id) + `</guid><title>` + s + `</title><description>` + s + `</description><content:encoded>&lt;p>Başta.&lt;/p>&lt;p>` + s +
				`&lt;/p></content:encoded><ednote>` + s + `</ednote></item>` + after + `</channel></rss>`
		},
		"ninjs": func(id, s string) string {
			before, after := good(`{"uri":"%s","type":"text","headline":"%s"}`)
			s = asJSON(s)
			return "[" + before + `,{"uri":` + asJSON(id) + `,"type":"text","headline":` + s + `,"description_text":` + s + `,"slugline":` + s + `,"ednote":` + s +
				`,"body_text":"Başta.\n\n` + s[1:] + "}," + after + "]"
		},
		"newsml-g2": func(id, s string) string {
			before, after := good(`<newsItem guid="%s"><itemMeta><itemClass qcode="ninat:text"/></itemMeta><contentMeta><headline>%s</headline></contentMeta></newsItem>`)
			s = asXML(s)
			return `<?xml version="1.0" encoding="UTF-8"?><newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/"><itemSet>` + before + `<newsItem guid="` + asXML(id) +
				`"><itemMeta><itemClass qcode="ninat:text"/><edNote>` + s + `</edNote></itemMeta><contentMeta><headline>` + s + `</headline><slugline>` + s + `</slugline><description role="drol:summary">` + s +
				`</description></contentMeta><contentSet><inlineXML contenttype="application/xhtml+xml"><html xmlns="http://www.w3.org/1999/xhtml"><body><p>Başta.</p><p>` + s +
				`</p></body></html></inlineXML></contentSet></newsItem>` + after + `</itemSet></newsMessage>`
		},
	}
}

// shown is what readers see of a string: white space is one space, what does
// not show is not there.
func shown(s string) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case unicode.IsControl(r), r >= '\u202a' && r <= '\u202e', r >= '\u2066' && r <= '\u2069', strings.ContainsRune("\u00ad\u200b\u2060\ufeff\ufffe\uffff", r):
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, "\uFFFD"))
	return strings.Join(strings.Fields(s), " ")
}

// Strings that break programs come through in every field as they are, or the
// dispatch says what was mended; and they drop none that came with them.
func TestAwkwardStringsComeThrough(t *testing.T) {
	b := open(t)
	all := awkwardStrings(t)
	for format, wrap := range wraps() {
		for i, a := range all {
			source := fmt.Sprintf("%s-%d", format, i)
			b.through(source, []byte(wrap("u:"+a.S, a.S)))
			b.between(source, a)
		}
	}
	t.Logf("%d strings", len(all))
}

// between finds the item between its neighbours and compares its fields.
func (b *bench) between(source string, a awkward) {
	b.Helper()
	for _, id := range []string{"k-1", "k-2"} {
		if n := b.item(source, id); n.Text.Headline != neighbour {
			b.Errorf("%s %s %q: its neighbour came as %q", source, a.ID, a.S, n.Text.Headline)
		}
	}
	items := b.all(source)
	items = slices.DeleteFunc(items, func(i newsroom.WireItem) bool { return strings.HasPrefix(i.Key.ID, "k-") })
	if len(items) != 1 {
		b.Errorf("%s %s %q: %d items", source, a.ID, a.S, len(items))
		return
	}
	d := items[0].Text
	mended := slices.Contains(d.Warnings, "wire.warning.encoding_repaired") || slices.Contains(d.Warnings, "wire.warning.encoding_guessed")
	if want := "u:" + a.S; shown(d.Key.ID) != shown(want) && !mended {
		b.Errorf("%s %s %q: its id is %q", source, a.ID, a.S, d.Key.ID)
	}
	if strings.ContainsAny(a.S, "<&") || mended { // markup is read as such wherever agencies send some
		return
	}
	note := ""
	if len(d.EdNotes) > 0 {
		note = d.EdNotes[0].Text
	}
	lines := d.Body.Lines()
	fields := map[string]string{"standfirst": d.Standfirst, "ednote": note, "body": strings.Join(lines[min(1, len(lines)):], " ")}
	if !slices.ContainsFunc(d.Warnings, func(w string) bool { return strings.HasPrefix(w, "wire.warning.headline_from_text") }) {
		fields["headline"] = d.Headline
	}
	if d.Format != "rss" {
		fields["slug"] = d.Slugline
	}
	for name, have := range fields {
		if have != shown(a.S) || !utf8.ValidString(have) {
			b.Errorf("%s %s %q: %s is %q %v", source, a.ID, a.S, name, have, d.Warnings)
		}
	}
}
