package sense

import (
	"regexp"
	"strings"

	"github.com/rotatif/newsroom"
)

// Embargo reads an embargo property that is there, whatever is in it. Only a
// full day and hour is an end; anything else holds until a person decides.
func (s Source) Embargo(raw string) newsroom.Embargo {
	text := strings.TrimSpace(raw)
	if text == "" && s.EmptyEmbargo == EmptyNone {
		return newsroom.Embargo{}
	}
	stamp := s.Time(text)
	if !stamp.OK || stamp.DayOnly {
		return newsroom.Embargo{State: newsroom.EmbargoUnknown, Text: cut(text, 200)}
	}
	return newsroom.Embargo{State: newsroom.EmbargoUntil, Until: stamp.At, Text: cut(text, 200)}
}

// SetEmbargo gives the dispatch the strictest of the delivered embargoes.
func (s Source) SetEmbargo(d *newsroom.Dispatch, raws ...string) {
	for _, raw := range raws {
		e := s.Embargo(raw)
		if e.State == newsroom.EmbargoUntil && s.Time(raw).Assumed {
			Warn(d, "zone_assumed", raw)
		}
		if d.Embargo.State != newsroom.EmbargoNone && d.Embargo != e {
			Warn(d, "embargo_twice", raw)
		}
		d.Embargo = d.Embargo.Stricter(e)
	}
	if d.Embargo.State == newsroom.EmbargoUnknown {
		Warn(d, "embargo_unread", d.Embargo.Text)
	}
}

var (
	embargoWords = regexp.MustCompile(`(?i)embarg|ambargo|sperrfrist|sperre\b|hold for release|not for (?:public )?(?:release|publication)|\b(?:not (?:to be )?|don['’]t )(?:publish|use|release|run|broadcast)\w* (?:before|until|prior to)\b|(?:kadar|önce|evvel)\S*\s+(?:\S+\s+){0,3}?(?:yayı[mn]la|yayı[mn]lan|kullan|kullanıl)ma(?:yın|mas|mal|man)|(?:kadar|önce|evvel)\S*\s+yayı[mn]lanamaz|yayımlanamaz|yayın yasağı`)
	tradeEmbargo = regexp.MustCompile(`(?i)\b(?:arms|weapons?|oil|gas|fuel|trade|grain|food|economic|export|import|us|eu|un) embargo\w*|embargo(?:es)? (?:on|against)(?: (?:this|the|our|all|any))? \p{L}+|(?:s[iİ]lah|petrol|gaz|t[iİ]caret|tah[ıI]l|g[ıI]da|ekonom[iİ]k?|[iİ]hracat|[iİ]thalat|enerj[iİ]|abd|ab|bm)\s+ambargosu\p{L}*`)
	pressEmbargo = regexp.MustCompile(`(?i) (?:publication|publishing|release|use|story|stories|report|copy|text|item|article|material|content|news|figures|data|details)$`)
	untilWhen    = regexp.MustCompile(`(?i)\b(?:until|till?|before|prior to|kadar|saat|gmt|utc|ce?s?t|uhr|noon|midnight)\b|\d[.:]\d\d|\d ?[ap]\.?m\b`)
	noEmbargo    = regexp.MustCompile(`(?i)ambargosuz|ambargo(?:su)? (?:yok|kalk|kaldır|sona erdi|sona ermiş|bitti|bitmiş)|no embargo|embargo (?:has been |is |was )?(?:lifted|off|expired|over)|sperrfrist (?:entfällt|aufgehoben|abgelaufen)`)
	embargoTitle = regexp.MustCompile(`(?i)^[*(\[\s]*(?:embargo|embargoed|ambargo|ambargolu|ambargoludur|ambargolu haber|sperrfrist)\s*[:)\]*–—-]|^\s*[*(\[]?\s*embargoed (?:to|until|till|for)\b`)
)

// spokenEmbargo finds an embargo that is only spoken of: in a note to editors
// anywhere, in headline, first paragraph and what is no note when they begin with it. It holds,
// whatever hour it may name, because nobody but a person can read it.
func spokenEmbargo(d *newsroom.Dispatch) {
	if d.Embargo.State != newsroom.EmbargoNone {
		return
	}
	for _, note := range d.EdNotes {
		words := embargoWords
		if Kept(note.Role) { // it tells a story: there may be an embargo in it
			words = embargoTitle
		}
		if words.MatchString(ofPress(note.Text)) && !noEmbargo.MatchString(note.Text) {
			holdFor(d, note.Text)
			return
		}
	}
	for _, line := range []string{d.Headline, firstParagraph(d.Body)} {
		if embargoTitle.MatchString(line) && !noEmbargo.MatchString(line) {
			holdFor(d, line)
			return
		}
	}
}

// ofPress is a text without the embargoes that states lay on each other. One
// that names an hour is on copy, whatever it is called.
func ofPress(text string) string {
	if untilWhen.MatchString(text) {
		return text
	}
	return tradeEmbargo.ReplaceAllStringFunc(text, func(words string) string {
		if pressEmbargo.MatchString(words) {
			return words
		}
		return ""
	})
}

func holdFor(d *newsroom.Dispatch, text string) {
	d.Embargo = newsroom.Embargo{State: newsroom.EmbargoUnknown, Text: cut(text, 300)}
	Warn(d, "embargo_spoken", "")
}
