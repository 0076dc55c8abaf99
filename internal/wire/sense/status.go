package sense

import (
	"strings"

	"github.com/rotatif/newsroom"
	"github.com/rotatif/newsroom/internal/letters"
)

// Code is the last part of a code: "stat:canceled", an address and a bare word
// come to the same.
func Code(raw string) string {
	raw = strings.TrimRight(strings.TrimSpace(raw), "/")
	if i := strings.LastIndexAny(raw, ":/#"); i >= 0 {
		raw = raw[i+1:]
	}
	return strings.TrimSpace(raw)
}

// Status reads an agency's word for what may be done with an item. No word
// means usable, as every standard has it; an unknown word means that a person
// must look.
func Status(raw string) newsroom.PubStatus {
	if strings.TrimSpace(raw) == "" {
		return newsroom.Usable
	}
	switch letters.Fold(Code(raw)) {
	case "usable", "published", "released", "final", "kullanilabilir":
		return newsroom.Usable
	case "canceled", "cancelled", "cancel", "canceling", "withdrawn", "withdraw", "killed", "kill", "deleted", "delete",
		"rescinded", "retracted", "revoked", "removed", "iptal", "iptal edildi", "geri cekildi", "tombstone":
		return newsroom.Canceled
	case "withheld", "withhold", "hold", "onhold", "on hold", "suspended", "bekletiliyor":
		return newsroom.Withheld
	default:
		return newsroom.StatusUnknown
	}
}

// Embargoed says whether the word for a status says that an embargo stands.
func Embargoed(raw string) bool {
	word := letters.Fold(Code(raw))
	return word == "embargoed" || word == "embargo" || word == "ambargolu"
}

// Stricter is the stricter of two statuses.
func Stricter(a, b newsroom.PubStatus) newsroom.PubStatus {
	rank := func(s newsroom.PubStatus) int {
		switch s {
		case newsroom.Canceled:
			return 3
		case newsroom.StatusUnknown:
			return 1
		case newsroom.Withheld:
			return 2
		default:
			return 0
		}
	}
	if rank(b) > rank(a) {
		return b
	}
	return a
}

// SetStatus gives the dispatch the strictest of the delivered words. A status
// that is an embargo holds without an end until a property says when.
func SetStatus(d *newsroom.Dispatch, words ...string) {
	d.Status = newsroom.Usable
	for _, word := range words {
		status := Status(word)
		if Embargoed(word) {
			status = newsroom.Usable
			if d.Embargo.State == newsroom.EmbargoNone {
				d.Embargo = newsroom.Embargo{State: newsroom.EmbargoUnknown, Text: cut(word, 200)}
			}
		}
		if status != newsroom.Usable || d.StatusRaw == "" {
			d.StatusRaw = cut(strings.TrimSpace(word), 200)
		}
		if d.Status != newsroom.Usable && status != newsroom.Usable && status != d.Status {
			Warn(d, "status_twice", word)
		}
		d.Status = Stricter(d.Status, status)
	}
	if d.Status == newsroom.StatusUnknown {
		Warn(d, "status_unknown", d.StatusRaw)
	}
}

// Scheme is the usual alias of a vocabulary given by alias or address.
func Scheme(raw string) string {
	raw = strings.TrimSpace(raw)
	if alias, _, ok := strings.Cut(raw, ":"); ok && !strings.Contains(raw, "//") {
		return alias
	}
	switch lower := strings.ToLower(raw); {
	case strings.Contains(lower, "/mediatopic"):
		return "medtop"
	case strings.Contains(lower, "/subjectcode"):
		return "subj"
	case strings.Contains(lower, "/genre"):
		return "genre"
	}
	if i := strings.Index(raw, "://"); i >= 0 {
		address := strings.TrimRight(raw[i+3:], "/")
		if j := strings.LastIndexByte(address, '/'); j > 0 {
			address = address[:j]
		}
		return cut(address, 100)
	}
	return cut(raw, 100)
}
