package iptc7901_test

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/rotatif/newsroom"
	"github.com/rotatif/newsroom/internal/wire/iptc7901"
	"github.com/rotatif/newsroom/internal/wire/sense"
	"github.com/rotatif/newsroom/internal/wire/wiretest"
)

func parts(sent string) []sense.Part {
	return iptc7901.Parts([]byte(sent), wiretest.Source(), wiretest.Received(), func(b []byte) string { return strings.ToValidUTF8(string(b), "\uFFFD") })
}

func read(t *testing.T, sent string) []newsroom.Dispatch {
	t.Helper()
	var all []newsroom.Dispatch
	for _, p := range parts(sent) {
		d, err := p.Read()
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, d)
	}
	return all
}

const telegram = "\x01KZY0042 3 EKO 085  kzy 0001\r\n\r\nEkonomi/liman/\r\n\x02Limanda grev\r\nsona erdi =\r\n\r\nKaratas (KA) - Grev sona\r\nerdi.\r\n\r\n" +
	"   Isciler dondu.\r\nKA aa bb 050900 Mar 26\x03\r\n\x04"

func TestTelegram(t *testing.T) {
	t.Parallel()
	all := read(t, telegram)
	if len(all) != 1 {
		t.Fatalf("%d telegrams", len(all))
	}
	d := all[0]
	for what, have := range map[string]string{
		"kzy0042-20260305": d.Key.ID, "Limanda grev sona erdi": d.Headline, "3": fmt.Sprint(d.Urgency), "Ekonomi/liman": d.Slugline, "Karatas": d.Dateline.Place,
		"2026-03-05T06:00:00Z": d.VersionCreated.Format("2006-01-02T15:04:05Z"), "eko": d.Subjects[0].Code, "Grev sona erdi.|Isciler dondu.": strings.Join(d.Body.Lines(), "|"),
		"KA aa bb": d.EdNotes[0].Text,
	} {
		if have != what {
			t.Errorf("have %q, want %q", have, what)
		}
	}
}

// A headline that nothing marks stands alone above the dateline; who wrote it
// stands in the last line, behind the name of the agency.
func TestUnmarkedLines(t *testing.T) {
	t.Parallel()
	head := "\x01kzy0042 3 eko 85\r\nLiman/\r\n\x02"
	for text, want := range map[string][3]string{
		"Grev sona erdi\r\n\r\nKARATAŞ 05/03 (KA) = Grev bitti.\r\n   İşçiler döndü.\r\nka ab cd\r\n": {"Grev sona erdi", "KARATAŞ 05/03 (KA) = Grev bitti.|İşçiler döndü.", "ka ab cd"},
		"Grev sona erdi.\r\n\r\nKaratas (KA) - Bitti.\r\nKA ile\r\n":                                  {"Grev sona erdi.", "Grev sona erdi.|Karatas (KA) - Bitti. KA ile", ""},
		"Grev sona erdi\r\n\r\nİşçiler döndü.\r\nKA ab\r\n":                                           {"Grev sona erdi", "Grev sona erdi|İşçiler döndü. KA ab", ""},
		"Grev bitti =\r\n\r\nKaratas (KA) - Bitti.\r\nBaşkan geldi\r\n":                               {"Grev bitti", "Bitti. Başkan geldi", ""},
	} {
		d := read(t, head+text+"\x03050900 Mar 26\x04")[0]
		note := ""
		for _, n := range d.EdNotes {
			note += n.Text
		}
		if d.Headline != want[0] || strings.Join(d.Body.Lines(), "|") != want[1] || note != want[2] {
			t.Errorf("%q: %q, %q, %q", text, d.Headline, d.Body.Lines(), note)
		}
	}
}

// Who wrote it stands below the headline and ends as it does.
func TestWriter(t *testing.T) {
	t.Parallel()
	for text, want := range map[string][2]string{
		"Grev sona\r\nerdi =\r\nVon Ada Nord, KA =\r\n\r\nKaratas (KA) - Grev bitti.\r\n": {"Von Ada Nord, KA", "Grev bitti."},
		"Grev sona erdi =\r\n\r\nBy Ada Nord =\r\n   Karatas (KA) - Grev bitti.\r\n":      {"By Ada Nord", "Grev bitti."},
		"Grev sona erdi =\r\n\r\nBy noon it was over = they said.\r\n   Grev bitti.\r\n":  {"", "By noon it was over = they said.|Grev bitti."},
		"Grev sona erdi =\r\n\r\nBuyur Ada =\r\n   Grev bitti.\r\n":                       {"", "Buyur Ada =|Grev bitti."},
	} {
		d := read(t, "\x01kzy0042 3 eko 85\r\nLiman/\r\n\x02"+text+"\x03050900 Mar 26\x04")[0]
		if d.Headline != "Grev sona erdi" || d.Byline != want[0] || strings.Join(d.Body.Lines(), "|") != want[1] {
			t.Errorf("%q: %q, %q, %q", text, d.Headline, d.Byline, d.Body.Lines())
		}
	}
}

func TestAKillNamesItsNumber(t *testing.T) {
	t.Parallel()
	kill := "\x01kzy0157 1 pl 31 KZY 0208\r\nUzay/\r\n\x02KILL KILL KILL \r\n\r\nLütfen kzy 0149 \"Mars roketi fırlatıldı\" haberini kullanmayınız.\r\n\x03061420 mar 26\r\n\x04"
	d := read(t, kill)[0]
	if d.Notice == nil || d.Notice.Kind != newsroom.NoticeKill || d.Headline != "KILL KILL KILL" || d.Urgency != 1 {
		t.Fatalf("%+v", d)
	}
	if !strings.Contains(strings.Join(d.Notice.IDs, " "), "0149") || d.Notice.Headlines[0] != "Mars roketi fırlatıldı" {
		t.Errorf("%+v", d.Notice)
	}
}

func TestOtherFrames(t *testing.T) {
	t.Parallel()
	zczc := "ZCZC\nkzy0003 4 pl 20 KZY\nSecim/\n\nSandiklar acildi =\n\nKaratas (KA) - Sandiklar acildi.\n\nKA 050901 mar 26\nNNNN\nZCZC\nkzy0004 4 pl 20\n\nIkinci =\n\nMetin.\nNNNN\n"
	all := read(t, zczc+strings.ReplaceAll(telegram, "\r\n", "\x1e"))
	if len(all) != 3 || all[0].Key.ID != "kzy0003-20260305" || all[1].Key.ID != "kzy0004-20261123" || all[2].Headline != "Limanda grev sona erdi" {
		t.Fatalf("%d: %+v", len(all), all)
	}
	if len(all[1].Warnings) == 0 {
		t.Error("a telegram without a day is not told of")
	}
	if read(t, telegram[:120])[0].Key.ID == "" {
		t.Error("a telegram broken off has no id")
	}
	for _, none := range []string{"", "\x01\x02\x03\x04", "Bir metin"} {
		if n := len(parts(none)); n != 0 || iptc7901.Is([]byte(none)) && none == "Bir metin" {
			t.Errorf("%q: %d telegrams", none, n)
		}
	}
	for _, p := range parts("\x01no header\x02text\x03\x04" + telegram) {
		if _, err := p.Read(); p.ID == "no header" && newsroom.KindOf(err) != newsroom.Invalid {
			t.Errorf("without a number: %v", err)
		}
	}
}

func FuzzParts(f *testing.F) {
	f.Add(telegram)
	for _, path := range wiretest.Shared(f, "wire/iptc7901/*") {
		raw, err := os.ReadFile(path)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(raw))
	}
	f.Fuzz(func(t *testing.T, sent string) { wiretest.Hold(t, parts(sent)) })
}
