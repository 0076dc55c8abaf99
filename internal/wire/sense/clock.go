package sense

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/rotatif/newsroom"
	"github.com/rotatif/newsroom/internal/letters"
)

// Stamp is a delivered time, understood.
type Stamp struct {
	At      time.Time
	Assumed bool // it named no zone we know; the source's was taken
	DayOnly bool // it named no hour
	OK      bool
}

var (
	isoTime    = regexp.MustCompile(`^(\d{4})-?(\d{2})-?(\d{2})(?:[T ]\s*(\d{2}):?(\d{2})(?::?(\d{2})(?:[.,]\d{1,12})?)?)?\s*(Z|z|UTC|GMT|[+-]\d{2}(?::?\d{2})?)?$`)
	dottedTime = regexp.MustCompile(`^(\d{1,2})[./](\d{1,2})[./](\d{4})(?:[ T,–-]+(\d{1,2})[:.](\d{2})(?:[:.](\d{2}))?)?\s*(Z|[+-]\d{2}:?\d{2}|[A-Z]{2,5})?$`)
	clockTime  = regexp.MustCompile(`^(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?$`)
	offset     = regexp.MustCompile(`^([+-])(\d{2}):?(\d{2})?$`)
)

// Time reads a time in any of the notations agencies use: ISO with and without
// marks, RFC 822, day.month.year, and dates in words, Turkish ones among them.
func (s Source) Time(raw string) Stamp {
	text := strings.Join(strings.Fields(raw), " ")
	if text == "" || len(text) > 100 {
		return Stamp{}
	}
	if m := isoTime.FindStringSubmatch(text); m != nil {
		return s.stamp(m[1], m[2], m[3], m[4:7], m[7])
	}
	if m := dottedTime.FindStringSubmatch(text); m != nil {
		return s.stamp(m[3], m[2], m[1], m[4:7], m[7])
	}
	return s.inWords(text)
}

// stamp makes a time of its parts; a day that the calendar does not have is none.
func (s Source) stamp(year, month, day string, clock []string, zone string) Stamp {
	number := func(s string) int { n, _ := strconv.Atoi(s); return n }
	y, mo, d := number(year), number(month), number(day)
	h, mi, sec := number(clock[0]), number(clock[1]), number(clock[2])
	if sec == 60 {
		sec = 59
	}
	loc, known := zoneOf(zone, s.zone())
	at := time.Date(y, time.Month(mo), d, h, mi, sec, 0, loc)
	if y < 1900 || at.Day() != d || int(at.Month()) != mo || h > 23 || mi > 59 || sec > 59 {
		return Stamp{}
	}
	return Stamp{At: newsroom.Micro(at), Assumed: !known, DayOnly: clock[0] == "", OK: true}
}

// zoneOf reads a zone. Abbreviations are not guessed: Go takes an unknown one
// for UTC without a word, which is three hours wrong for Türkiye.
func zoneOf(name string, usual *time.Location) (*time.Location, bool) {
	if m := offset.FindStringSubmatch(name); m != nil {
		h, _ := strconv.Atoi(m[2])
		mi, _ := strconv.Atoi(m[3])
		seconds := h*3600 + mi*60
		if m[1] == "-" {
			seconds = -seconds
		}
		return time.FixedZone("", seconds), h < 24 && mi < 60
	}
	hours, known := 0, true
	switch strings.ToUpper(name) {
	case "Z", "UTC", "GMT", "UT", "WET":
	case "CET", "BST", "WEST":
		hours = 1
	case "CEST", "EET":
		hours = 2
	case "TRT", "EEST", "MSK", "TSİ", "TSI":
		hours = 3
	case "EST", "CDT":
		hours = -5
	case "EDT":
		hours = -4
	case "CST", "MDT":
		hours = -6
	case "MST", "PDT":
		hours = -7
	case "PST":
		hours = -8
	default:
		return usual, false
	}
	return time.FixedZone("", hours*3600), known
}

// inWords reads a date with a month's name in it. The order of the words does
// not matter but for a two-digit year, which follows its month.
func (s Source) inWords(text string) Stamp {
	var year, month, day, zone string
	clock := []string{"", "", ""}
	for _, word := range strings.FieldsFunc(text, func(r rune) bool { return r == ' ' || r == ',' || r == '(' || r == ')' }) {
		number, err := strconv.Atoi(strings.Trim(word, "."))
		m := clockTime.FindStringSubmatch(word)
		switch {
		case m != nil:
			clock = m[1:4]
		case offset.MatchString(word):
			zone = word
		case err == nil && number > 99 && number < 10000:
			year = strconv.Itoa(number)
		case err == nil && day == "":
			day = strconv.Itoa(number)
		case err == nil && year == "" && number >= 0 && number < 100:
			year = strconv.Itoa(century(number))
		case month == "" && monthOf(word) > 0:
			month = strconv.Itoa(monthOf(word))
		case year != "" && zone == "" && word == strings.ToUpper(word):
			zone = word
		}
	}
	if year == "" || month == "" || day == "" {
		return Stamp{}
	}
	if len(clock[0]) == 1 {
		clock[0] = "0" + clock[0]
	}
	return s.stamp(year, month, day, clock, zone)
}

func century(n int) int {
	if n >= 70 {
		return 1900 + n
	}
	return 2000 + n
}

// monthOf gives the month whose Turkish, English, German or Greek name begins
// with the word, 0 for any other word.
func monthOf(word string) int {
	names := []string{
		"ocak oca january jan januar ιαν", "subat sub february feb februar φεβ", "mart mar march marz mrz μαρ μάρ",
		"nisan nis april apr απρ", "mayis may mai μαι μαϊ μάι", "haziran haz june jun juni ιουν ιούν",
		"temmuz tem july jul juli ιουλ ιούλ", "agustos agu august aug αυγ αύγ", "eylul eyl september sep sept σεπ",
		"ekim eki october oct oktober okt οκτ", "kasim kas november nov νοε νοέ", "aralik ara december dec dezember dez δεκ",
	}
	folded := letters.Fold(word)
	for i, all := range names {
		for _, name := range strings.Fields(all) {
			if folded == name || name[0] >= 0x80 && strings.HasPrefix(folded, name) {
				return i + 1
			}
		}
	}
	return 0
}

// SetTimes fills the dispatch's times from delivered texts and says what was
// odd about them. received is used for comparison alone.
func (s Source) SetTimes(d *newsroom.Dispatch, created, version, expires string, received time.Time) {
	for _, one := range []struct {
		raw string
		to  *time.Time
	}{{created, &d.Created}, {version, &d.VersionCreated}, {expires, &d.Expires}} {
		if strings.TrimSpace(one.raw) == "" {
			continue
		}
		stamp := s.Time(one.raw)
		switch {
		case !stamp.OK:
			Warn(d, "date_unread", one.raw)
		case stamp.Assumed:
			Warn(d, "zone_assumed", one.raw)
		}
		*one.to = stamp.At
	}
	if d.VersionCreated.After(received.Add(24*time.Hour)) && !received.IsZero() {
		Warn(d, "date_future", version)
	}
}
