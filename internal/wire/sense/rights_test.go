package sense_test

import (
	"testing"

	"github.com/rotatif/newsroom"
	"github.com/rotatif/newsroom/internal/wire/sense"
)

func TestTermsThatBarTheHouse(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		terms, home string
		barred      bool
	}{
		{"TURKEY OUT", "", true},
		{"EDITORIAL USE ONLY. UK, IRELAND AND TURKEY OUT; NO SALES", "", true},
		{"*** World Rights Except Italy ***", "", false},
		{"*** World Rights Except Italy ***", "IT", true},
		{"World rights except Greece and Türkiye", "", true},
		{"NO TURKEY", "TR", true},
		{"Not for use outside the United States", "TR", true},
		{"Not for use outside the United States", "US", false},
		{"GERMANY OUT, AUSTRIA OUT, SWITZERLAND OUT", "TR", false},
		{"GERMANY ONLY", "TR", true},
		{"Bu görüntü Türkiye'de kullanılamaz.", "", true},
		{"NO INTERNET USE", "", true},
		{"Print use only", "", true},
		{"ADVISORY - NOT FOR PUBLICATION", "", true},
		{"Editorial use only, no archives, no resale", "", false},
		{"Turkey's opposition has not ruled it out", "", false},
		{"No comment from Turkey so far", "", false},
		{"Only Turkey voted against", "", false},
		{"The following contacts are not for publication by others in Germany", "", false},
		{"UPDATES with reaction; for use in Turkey only", "", false},
		{"", "", false},
	} {
		d := newsroom.Dispatch{Headline: "x", UsageTerms: c.terms}
		sense.Finish(&d, sense.Source{Country: c.home})
		if (d.Barred != "") != c.barred {
			t.Errorf("%q for %q: %q", c.terms, c.home, d.Barred)
		}
	}
}

func TestRefileAndRepeat(t *testing.T) {
	t.Parallel()
	for headline, want := range map[string][2]bool{
		"REFILE-Rocket launched": {true, false}, "RPT-Rocket launched": {false, true}, "REPEAT: Rocket launched": {false, true},
		"TEKRAR - Roket fırlatıldı": {false, true}, "Tekrar seçildi": {}, "Repeat offender jailed": {}, "RPT 2 Rocket": {false, true},
	} {
		d := newsroom.Dispatch{Headline: headline}
		sense.Finish(&d, sense.Source{})
		if got := [2]bool{d.Refile, d.Repeat}; got != want {
			t.Errorf("%q: %v, want %v", headline, got, want)
		}
	}
}

// Under a picture agencies write where it may not be used, among words that
// name lands for other reasons.
func TestCaptionsThatBarTheHouse(t *testing.T) {
	t.Parallel()
	for caption, barred := range map[string]bool{
		"Players celebrate. (Foto: Can Ak) TURKEY OUT":        true,
		"The minister in Ankara. UK, Ireland and Turkey OUT.": true,
		"Liman, 20 Kasım / TÜRKİYE OUT":                       true,
		"GERMANY OUT. The minister of Turkey in Berlin":       false,
		"Germany beat Turkey out in Berlin":                   false,
		"Turkey voted OUT its premier":                        false,
	} {
		d := newsroom.Dispatch{Kind: newsroom.KindPicture, Headline: "x", Pictures: []newsroom.PictureRef{{ID: "p", Caption: caption}}}
		sense.Finish(&d, sense.Source{})
		if (d.Barred != "") != barred {
			t.Errorf("%q: %q", caption, d.Barred)
		}
	}
}
