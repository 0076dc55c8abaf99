package wire

import (
	"errors"
	"slices"
	"strings"

	"github.com/rotatif/newsroom"
	"github.com/rotatif/newsroom/internal/letters"
	"github.com/rotatif/newsroom/internal/markup"
	"github.com/rotatif/newsroom/internal/wire/agencyjson"
	"github.com/rotatif/newsroom/internal/wire/feed"
	"github.com/rotatif/newsroom/internal/wire/iptc7901"
	"github.com/rotatif/newsroom/internal/wire/ninjs"
	"github.com/rotatif/newsroom/internal/wire/sense"
	"github.com/rotatif/newsroom/internal/wire/tree"
)

// find is what a first look at a delivery shows: the format, the items not yet
// read, and whom it kills.
type find struct {
	kept     Kept
	src      Source
	format   string
	parts    []sense.Part
	kills    []kill
	reason   string // why there is nothing to read, or what is wrong beside
	detail   string
	known    bool // the format is one the house reads, even if nothing is in it
	cut      bool // the document ends too early
	warnings []string
}

// sniff tells what a delivery is by what it holds: by the first element of XML
// and the keys of JSON, never by the name of the file.
func (r *Reception) sniff(k Kept) (f find) {
	f = find{kept: k, src: r.source(k.Receipt)}
	defer func() {
		if p := recover(); p != nil {
			f.parts, f.reason, f.detail = nil, "wire.reason.reader_failed", "sniff"
		}
		if v := k.Verdict; v.Outcome == Waiting && v.Reason != "" { // refused at the door
			f.parts, f.reason, f.detail = nil, v.Reason, v.Detail
		}
	}()
	decoded, err := text(k.Raw, f.src)
	if err != nil {
		f.reason, f.detail = reasonOf(err)
		return f
	}
	if decoded.Repaired {
		f.warnings = append(f.warnings, "encoding_repaired")
	}
	if !strings.HasPrefix(decoded.Encoding, "utf") {
		f.warnings = append(f.warnings, "encoding_guessed")
	}
	s := strings.TrimSpace(decoded.Text)
	switch {
	case iptc7901.Is(plain(k.Raw)):
		f.telegrams(plain(k.Raw), decoded.Encoding)
	case s == "":
		f.reason = sense.Empty
	case s[0] == '{' || s[0] == '[':
		f.json(s)
		if !f.known && f.reason != sense.NoID && strings.Contains(s, "<?xml") {
			f.xml(s)
		}
	default:
		f.xml(s)
	}
	if len(decoded.Text) > maxOther && !isFeed(f.format) {
		f.parts, f.reason = nil, sense.TooBig
	}
	return f
}

func isFeed(format string) bool {
	return format == "rss" || format == "rdf" || format == "atom" || format == "jsonfeed"
}

// reasonOf is the key of the catalogue for a refusal, and what the machine said.
func reasonOf(err error) (reason, detail string) {
	var e *newsroom.Error
	if !errors.As(err, &e) {
		return "wire.reason.reader_failed", err.Error()
	}
	if e.Err != nil {
		detail = e.Err.Error()
	}
	return e.Key, detail
}

func (f *find) xml(s string) {
	doc := tree.XML(s, tree.Bounds())
	f.kills = append(f.kills, killsXML(doc)...)
	f.cut = doc.Fault == tree.CutOff
	if doc.Junk {
		f.warnings = append(f.warnings, "junk_around")
	}
	if doc.Mended {
		f.warnings = append(f.warnings, "mended")
	}
	switch {
	case doc.Root() == nil:
		f.notXML(s)
	case doc.Entities:
		f.reason = sense.Entities
	default:
		for _, root := range doc.Roots {
			f.root(root)
		}
		if doc.Fault == tree.TooBig {
			f.reason = sense.TooBig
		}
	}
}

// telegrams takes up telegrams, whose frame is lost when the text is made.
func (f *find) telegrams(raw []byte, charset string) {
	f.format, f.known = iptc7901.Format, true
	f.warnings = slices.DeleteFunc(f.warnings, func(w string) bool { return w == "encoding_repaired" }) // the frame was no damage
	f.parts = iptc7901.Parts(raw, f.src, f.kept.Received, func(b []byte) string {
		d, err := markup.Decode(b, charset, f.src.Charset)
		if err != nil {
			return strings.ToValidUTF8(string(b), "\uFFFD")
		}
		return d.Text
	})
}

// plain takes off one layer of compression, as far as it is whole.
func plain(raw []byte) []byte {
	if out, err := inflate(raw); err == nil {
		return out
	}
	return raw
}

// notXML is for a text without any element: a telegram of old, or no wire at all.
func (f *find) notXML(s string) {
	f.reason = sense.NotAFormat
	if shouts := letters.Fold(s[:min(len(s), 400)]); strings.Contains(shouts, "kill kill") || strings.Contains(shouts, "mandatory kill") {
		f.reason = "wire.reason.kill_notice"
	}
}

func (f *find) json(s string) {
	for rest := s; rest != "" && len(f.parts) <= maxItems; {
		v, after, err := tree.JSON(rest, tree.Bounds())
		f.kills = append(f.kills, killsJSON(v)...)
		first := rest == s
		if err != nil && !first {
			f.warnings = append(f.warnings, "junk_around")
			return
		}
		f.value(v, err != nil)
		if err != nil || len(after) >= len(rest) {
			return
		}
		rest = after
	}
}

// value takes up one JSON value. One that breaks off still gives the items that
// were whole before.
func (f *find) value(v tree.Value, broken bool) {
	parts := ninjs.Parts(v, f.src, f.kept.Received)
	f.cut = f.cut || broken
	switch {
	case feed.IsJSON(v):
		f.format, f.known = "jsonfeed", true
		f.parts = append(f.parts, feed.JSONParts(v, f.src, f.kept.Received)...)
	case agencyjson.Is(v) != "":
		f.format, f.known = agencyjson.Is(v), true
		f.parts = append(f.parts, agencyjson.Parts(v, f.src, f.kept.Received)...)
	case len(parts) > 0:
		f.format, f.known = ninjs.Format, true
		f.parts = append(f.parts, parts...)
	case f.known:
		f.warnings = append(f.warnings, "junk_around")
	case broken:
		f.reason = sense.NotAFormat
		if v.Type == tree.Object || v.Type == tree.Array {
			f.reason, f.detail = sense.Truncated, "JSON"
		}
	case v.Type == tree.Array && len(v.Items) == 0:
		f.reason = sense.Empty
	case v.Type == tree.Object && len(v.Members) == 0:
		f.reason = sense.NoID
	case v.Fault != tree.Whole:
		f.reason = "wire.reason." + string(v.Fault)
	default:
		f.reason, f.detail = sense.NotAFormat, "JSON"
	}
}
