// Package iptc7901 reads telegrams as news agencies have sent them since the
// wire was one: SOH, a header, STX, the text, ETX, an end line, EOT (IPTC 7901,
// frozen in 1995, and its relatives that begin with ZCZC and end with NNNN).
//
// A telegram has no field for its status. A kill is a text that names the
// running number of what it kills, and running numbers begin anew, so that the
// day belongs to the id.
//
// Knows: telegrams. Never imports: the wire room, another format, a machine, the network.
package iptc7901

import (
	"bytes"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/rotatif/newsroom"
	"github.com/rotatif/newsroom/internal/wire/sense"
)

// Format is the name of the format.
const Format = "iptc7901"

// The control characters of a telegram.
const (
	soh, stx, etx, eot = "\x01", "\x02", "\x03", "\x04"
)

// Is says whether bytes begin as telegrams do.
func Is(raw []byte) bool {
	head := raw[:min(len(raw), 200)]
	return bytes.Contains(head, []byte(soh)) && bytes.Contains(raw[:min(len(raw), 4000)], []byte(stx)) || bytes.HasPrefix(bytes.TrimSpace(head), []byte("ZCZC"))
}

// telegram is one as it lies there, undecoded.
type telegram struct{ header, text, tail string }

// header is the first line: service and running number, priority, category,
// number of words, and whatever the agency adds.
var header = regexp.MustCompile(`^\s*(\p{L}{2,5})\s?-?(\d{2,5})\s+(\d)\s+(\p{L}{1,4})(?:\s+(\d{1,5}))?(?:\s+(.*))?$`)

// Parts finds the telegrams of a file. decode makes text of bytes.
func Parts(raw []byte, src sense.Source, received time.Time, decode func([]byte) string) []sense.Part {
	var parts []sense.Part
	for _, t := range split(raw) {
		t.header, t.text, t.tail = decode([]byte(t.header)), decode([]byte(t.text)), decode([]byte(t.tail))
		parts = append(parts, sense.Part{
			ID:   strings.Join(strings.Fields(first(t.header)), " "),
			Read: func() (newsroom.Dispatch, error) { return adapt(t, src, received) },
		})
	}
	return parts
}

// split cuts a file into telegrams. One that is broken off is as long as it goes.
func split(raw []byte) []telegram {
	text := strings.NewReplacer("\x00", "", "\x7f", "", "\x1e", "\n", "\x1f", "\n", "\r\n", "\n", "\r", "\n").Replace(string(raw))
	text = starts.ReplaceAllString(text, soh)
	text = ends.ReplaceAllString(text, eot)
	var all []telegram
	for _, one := range strings.Split(text, soh)[1:] {
		one, _, _ = strings.Cut(one, eot)
		var t telegram
		var framed bool
		if t.header, t.text, framed = strings.Cut(one, stx); !framed {
			t.header, t.text, _ = strings.Cut(strings.TrimLeft(one, " \n"), "\n\n")
		}
		t.text, t.tail, _ = strings.Cut(t.text, etx)
		if strings.TrimSpace(t.header+t.text) != "" {
			all = append(all, t)
		}
	}
	return all
}

var (
	starts = regexp.MustCompile(`(?m)^ZCZC[ \t]*`)
	ends   = regexp.MustCompile(`(?m)^NNNN\s*$`)
)

// first is the first line that has anything in it.
func first(s string) string {
	for line := range strings.Lines(s) {
		if line = strings.TrimSpace(line); line != "" {
			return line
		}
	}
	return ""
}

func adapt(t telegram, src sense.Source, received time.Time) (newsroom.Dispatch, error) {
	d := newsroom.Dispatch{Format: Format, Kind: newsroom.KindText}
	lines := strings.Split(strings.TrimSpace(t.header), "\n")
	m := header.FindStringSubmatch(lines[0])
	if m == nil {
		return d, newsroom.Refuse(newsroom.Invalid, sense.NoID)
	}
	d.Urgency, _ = strconv.Atoi(m[3])
	d.Subjects = []newsroom.Subject{{Scheme: Format, Code: strings.ToLower(m[4])}}
	keywords(&d, lines[1:])
	day := endLine(&d, &t, src)
	if day.IsZero() {
		sense.Warn(&d, "date_unread", "")
		day = received
	}
	if err := sense.SetID(&d, strings.ToLower(m[1])+m[2]+"-"+day.Format("20060102"), "number"); err != nil {
		return d, err
	}
	d.Headline, t.text = headline(t.text)
	t.text = signed(&d, byline(&d, t.text))
	sense.SetText(&d, paragraphs(t.text))
	sense.Finish(&d, src)
	return d, nil
}

// keywords are the lines between the header and the text: "Ekonomi/destek/".
func keywords(d *newsroom.Dispatch, lines []string) {
	for _, line := range lines {
		line = strings.TrimSpace(line)
		if line == "" {
			continue
		}
		if d.Slugline == "" {
			d.Slugline = strings.Trim(line, "/ ")
		}
		for _, word := range strings.Split(line, "/") {
			if word = strings.TrimSpace(word); word != "" {
				d.Keywords = append(d.Keywords, word)
			}
		}
	}
}

// ending is the end line: a signature, then day, hour, minute, month and year.
var ending = regexp.MustCompile(`(?s)^(.*?)(?:^|[\n ])(\d{2})(\d{2})(\d{2})\s+(\p{L}{3,9})\.?\s+(\d{2,4})\s*$`)

// endLine reads the end line, behind the text or as its last line, takes it
// out of the text and gives the day it names in the source's zone.
func endLine(d *newsroom.Dispatch, t *telegram, src sense.Source) time.Time {
	last := strings.TrimSpace(t.tail)
	if last == "" {
		text := strings.TrimRight(t.text, " \n")
		at := strings.LastIndexByte(text, '\n')
		if at < 0 || !ending.MatchString(text[at+1:]) {
			return time.Time{}
		}
		t.text, last = text[:at], text[at+1:]
	}
	m := ending.FindStringSubmatch(last)
	if m == nil {
		return time.Time{}
	}
	sense.Note(d, sense.NoteEndline, strings.TrimSpace(m[1]))
	year := m[6]
	if len(year) == 2 {
		year = "20" + year
	}
	stamp := src.Time(m[2] + " " + m[5] + " " + year + " " + m[3] + ":" + m[4])
	if !stamp.OK {
		return time.Time{}
	}
	d.VersionCreated = stamp.At
	if src.Zone == nil {
		return stamp.At
	}
	return stamp.At.In(src.Zone)
}

// headline takes the headline from the text: the first lines when they end
// with "=", or a first line in capitals that stands alone.
func headline(text string) (string, string) {
	text = strings.TrimLeft(text, " \n\t")
	head, rest, _ := strings.Cut(text, "\n\n")
	if before, after, marked := strings.Cut(head, "="); marked && (after == "" || after[0] == '\n' || strings.TrimSpace(after) == "") {
		return strings.Join(strings.Fields(before), " "), after + "\n\n" + rest
	}
	line := strings.TrimSpace(head)
	alone := rest != "" && !strings.Contains(line, "\n") && len(line) < 200
	if alone && (line == strings.ToUpper(line) || dated.MatchString(rest) && !strings.ContainsAny(line[max(0, len(line)-1):], ".!:")) {
		return line, rest
	}
	return "", text
}

// writer is a line below the headline that ends as it does: "By Ada Nord, KA =".
var writer = regexp.MustCompile(`^\s*((?i:by|von|par|por|di|haber:) [^\n=]{3,80}?)\s*=[ ]*(?:\n|$)`)

// byline takes the line that says who wrote it out of the text.
func byline(d *newsroom.Dispatch, text string) string {
	m := writer.FindStringSubmatch(text)
	if m == nil || d.Headline == "" {
		return text
	}
	d.Byline = strings.Join(strings.Fields(m[1]), " ")
	return text[len(m[0]):]
}

var (
	dated     = regexp.MustCompile(`^\s*\p{Lu}[^\n(]{1,60}\(\s*(\p{L}[\p{L}/&.-]{1,11})\s*\)`) // "Brussel 05/03 (Belga) =", the dateline
	signature = regexp.MustCompile(`^(\p{L}{2,8})((?: +\p{L}{1,4}){1,5})$`)
)

// signed takes the last line out of a text when it only says who wrote it: the
// agency that the dateline names, and initials.
func signed(d *newsroom.Dispatch, text string) string {
	text = strings.TrimRight(text, " \n")
	at := strings.LastIndexByte(text, '\n')
	agency, line := dated.FindStringSubmatch(text), signature.FindStringSubmatch(strings.TrimRight(text[at+1:], " "))
	if at < 0 || agency == nil || line == nil || !strings.EqualFold(agency[1], line[1]) {
		return text
	}
	sense.Note(d, sense.NoteEndline, line[0])
	return text[:at]
}

// paragraphs joins the lines of each paragraph: one begins after an empty line
// or with a line that is set in.
func paragraphs(text string) string {
	var b strings.Builder
	for line := range strings.Lines(text) {
		bare := strings.TrimRight(line, " \n")
		switch {
		case strings.TrimSpace(bare) == "":
			b.WriteString("\n\n")
			continue
		case strings.HasPrefix(bare, "   "), strings.HasPrefix(bare, "\t"):
			b.WriteString("\n\n")
		default:
			b.WriteByte(' ')
		}
		b.WriteString(strings.TrimSpace(bare))
	}
	return strings.TrimSpace(b.String())
}
