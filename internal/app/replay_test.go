package app

import (
	"bytes"
	"context"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/rotatif/newsroom"
	"github.com/rotatif/newsroom/internal/wire"
	"github.com/rotatif/newsroom/internal/wire/wiretest"
)

// archive is a folder with files of an agency.
func archive(t *testing.T, named map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, raw := range named {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(raw), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// replay is a replay of files with the usual settings, not yet run.
func replay(t *testing.T, out io.Writer, names ...string) Replay {
	t.Helper()
	c, err := LoadConfig("")
	if err != nil {
		t.Fatal(err)
	}
	return Replay{Config: c, Files: names, Dir: filepath.Join(t.TempDir(), "stores"), Lang: "en", Out: out, Log: slog.New(slog.DiscardHandler)}
}

func bridge() map[string]string {
	return map[string]string{
		"1.xml":   g2of("ka:1", 1, "usable", "none", "Köprü açıldı", "BOLU (KA) - Köprü açıldı.", "İkinci paragraf."),
		"2.xml":   g2of("ka:1", 2, "usable", "none", "Köprü trafiğe açıldı", "BOLU (KA) - Köprü trafiğe açıldı.", "İkinci paragraf."),
		"3.xml":   g2of("ka:1", 1, "usable", "none", "Köprü açıldı", "BOLU (KA) - Köprü açıldı.", "İkinci paragraf."),
		"4.html":  "<!doctype html><html><body>Giriş yapın</body></html>",
		"5.xml":   g2of("ka:2", 1, "usable", "none", "Başka bir haber", "BOLU (KA) - Başka."),
		"6.xml":   g2of("ka:2", 2, "canceled", "none", "Başka bir haber"),
		"7.xml":   strings.Replace(g2of("ka:2", 2, "canceled", "none", "Başka bir haber"), "<newsItem", "\n<newsItem", 1),
		".hidden": "x",
	}
}

// Everything that comes is told in a line, what it did to which item below, and
// at the end what it adds up to; what was told is what is in the stores.
func TestReplay(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	r := replay(t, &out, archive(t, bridge()), "/nowhere/at/all")
	if err := r.Run(t.Context()); err == nil || err.Error() != "replay: 1 file could not be read." {
		t.Fatal(err)
	}
	told := out.String()
	for _, want := range []string{
		"8 deliveries, as if from replay", "1  kept          ", "usable        ka:1  Köprü açıldı\n", "usable        ka:1  Köprü trafiğe açıldı  2 revisions\n",
		"3  repeated      ", "4  quarantined   ", "A web page came instead of news", "killed        ka:2  Başka bir haber  2 revisions\n",
		"The agency killed it", "Nothing new: we have had this revision.", "8  not read      /nowhere/at/all\n",
		"8 deliveries · kept 5 · repeated 1 · quarantined 1 · not read 1\n        1  A web page", "2 items · killed 1 · usable 1\n        1  The agency killed it",
		"ROTATIF_DIR=" + r.Dir,
	} {
		if !strings.Contains(told, want) {
			t.Errorf("%q is not in\n%s", want, told)
		}
	}
	c := r.Config
	c.Dir = r.Dir
	stores, err := OpenStores(t.Context(), c)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = stores.Close() }()
	items, err := stores.Newsroom.Items(t.Context(), wire.Filter{At: time.Now()})
	if err != nil || len(items) != 2 || items[0].State(time.Now()) != newsroom.ItemKilled || items[1].Text.Headline != "Köprü trafiğe açıldı" {
		t.Errorf("%+v %v", items, err)
	}
}

// What follows from copy follows here too: a notice in words finds what it means.
func TestReplayFollowsNotices(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	r := replay(t, &out, archive(t, map[string]string{
		"1.xml": g2of("ka:1", 1, "usable", "none", "Zümrüt Vadisi'nde köprü açıldı", "BOLU (KA) - Köprü açıldı.", "İkinci paragraf."),
		"2.xml": g2of("ka:9", 1, "usable", "none", "İPTAL: Zümrüt Vadisi'nde köprü açıldı", `Abonelerimizin dikkatine: "Zümrüt Vadisi'nde köprü açıldı" başlıklı haberimiz iptal edilmiştir. Lütfen kullanmayınız.`),
	}))
	r.Lang, r.Colour = "tr_TR.UTF-8", true
	if err := r.Run(t.Context()); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"iptali istenen  ka:1", "duyuru        ka:9", "2 gönderi · alındı 2", "2 haber · ", "\x1b[1malındı"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("%q is not in\n%s", want, out.String())
		}
	}
}

// A profile and a source of the configuration each give their settings.
func TestReplayAs(t *testing.T) {
	t.Parallel()
	latin5 := strings.NewReplacer("ş", "\xfe", "ı", "\xfd", "ğ", "\xf0", "ü", "\xfc", "ö", "\xf6", "ç", "\xe7", "İ", "\xdd").Replace(
		`<rss version="2.0"><channel><title>İha</title><item><guid>i-1</guid><title>Kış geldi</title><description>Dağlarda kar var, çığ düştü.</description></item></channel></rss>`)
	dir := archive(t, map[string]string{"1.xml": latin5})
	for name, c := range map[string]struct {
		change func(*Replay)
		want   []string
		fails  string
	}{
		"a profile":          {func(r *Replay) { r.Profile = "iha" }, []string{"as if from İHA (source iha, profile iha)", "i-1  Kış geldi"}, ""},
		"no settings":        {func(r *Replay) {}, []string{"as if from replay (source replay, profile –)", "characters windows-1254"}, ""},
		"a source":           {func(r *Replay) { r.Source = "kuzey" }, []string{"as if from Kuzey Ajansı (source kuzey, profile –)", "zone Europe/Berlin · characters windows-1252"}, ""},
		"an unknown profile": {func(r *Replay) { r.Profile = "teleks" }, nil, "aa, afp"},
		"an unknown source":  {func(r *Replay) { r.Source = "bati" }, nil, "only kuzey"},
		"both":               {func(r *Replay) { r.Source, r.Profile = "kuzey", "aa" }, nil, "the one or the other"},
		"no file":            {func(r *Replay) { r.Files = []string{t.TempDir()} }, nil, "no file"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var out bytes.Buffer
			r := replay(t, &out, dir)
			r.Config.Sources = []Source{{Name: "kuzey", Provider: "kuzey", Agency: "Kuzey Ajansı", Kind: "poll", URL: "https://a.example/", Zone: "Europe/Berlin", Charset: "windows-1252", Embargo: "hold", Language: "tr"}}
			c.change(&r)
			err := r.Run(t.Context())
			if c.fails != "" {
				if err == nil || !strings.Contains(err.Error(), c.fails) {
					t.Errorf("%v", err)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			for _, want := range c.want {
				if !strings.Contains(out.String(), want) {
					t.Errorf("%q is not in\n%s", want, out.String())
				}
			}
		})
	}
}

// Copy never comes into a folder in which there is something, and a dry run
// leaves nothing behind.
func TestReplayIntoAFreshFolderOnly(t *testing.T) {
	t.Parallel()
	dir := archive(t, bridge())
	full := archive(t, map[string]string{"newsroom.db": "somebody's"})
	var out bytes.Buffer
	r := replay(t, &out, dir)
	r.Dir = full
	if err := r.Run(t.Context()); err == nil || !strings.Contains(err.Error(), "is not empty") || out.Len() > 0 {
		t.Errorf("%v\n%s", err, out.String())
	}
	if raw, err := os.ReadFile(filepath.Join(full, "newsroom.db")); err != nil || string(raw) != "somebody's" {
		t.Errorf("%q %v", raw, err)
	}
	r.Dry, r.Between = true, time.Hour
	if err := r.Run(t.Context()); err != nil {
		t.Fatal(err)
	}
	if left, err := os.ReadDir(full); err != nil || len(left) != 1 {
		t.Errorf("%v %v", left, err)
	}
	if !strings.Contains(out.String(), "Nothing is kept") || !strings.Contains(out.String(), "+6h0m0s") || strings.Contains(out.String(), "ROTATIF_DIR") {
		t.Error(out.String())
	}
}

// stopping is a console at which somebody presses Ctrl+C when a text appears.
type stopping struct {
	text bytes.Buffer
	at   string
	stop context.CancelFunc
}

func (s *stopping) Write(p []byte) (int, error) {
	if bytes.Contains(p, []byte(s.at)) {
		s.stop()
	}
	return s.text.Write(p)
}

// Who stops a replay is told how far it came; what came is whole.
func TestAReplayIsStopped(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	out := &stopping{at: "ka:1", stop: cancel}
	r := replay(t, out, archive(t, bridge()))
	r.Between = time.Minute
	if err := r.Run(ctx); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(out.text.String(), "Stopped after 1 of 7.\n1 delivery · kept 1\n1 item · usable 1\n") {
		t.Error(out.text.String())
	}
}

// Foreign text cannot steer the console.
func TestAReplayIsPlain(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	r := replay(t, &out, archive(t, map[string]string{
		"a\x1b[2J.json": `{"uri":"u:\u001b[31m1","type":"text","headline":"K\u001b]0;x\u0007 \u202eters","body_text":"Metin."}`,
		"b.json":        `{"uri":"`,
	}))
	if err := r.Run(t.Context()); err != nil {
		t.Fatal(err)
	}
	if strings.ContainsAny(out.String(), "\x1b\x07\u202e") || !strings.Contains(out.String(), "2 deliveries") {
		t.Errorf("%q", out.String())
	}
}

// Whatever the wire may send goes through, in any order, twice: every file has
// its line, and the items end as they do in order.
func TestReplayOfEverything(t *testing.T) {
	t.Parallel()
	root := wiretest.Shared(t, "wire")[0]
	line := regexp.MustCompile(`(?m)^ *\d+ {2}(kept|repeated|quarantined)`)
	states := regexp.MustCompile(`(?m)^\d+ items · .*$`)
	ends := []string{}
	for _, seed := range []uint64{0, 1} {
		var out bytes.Buffer
		r := replay(t, &out, root)
		r.Dry, r.Profile = true, "generic-newsml"
		if seed > 0 {
			r.Shuffle, r.Twice = &seed, true
		}
		if err := r.Run(t.Context()); err != nil {
			t.Fatal(err)
		}
		files := len(r.found())
		if r.Twice {
			files *= 2
		}
		if n := len(line.FindAllString(out.String(), -1)); n != files || files == 0 {
			t.Errorf("%d lines for %d files", n, files)
		}
		if strings.Contains(out.String(), "wire.") && regexp.MustCompile(`wire\.(reason|replay|state)\.`).MatchString(out.String()) {
			t.Error("a sentence is missing")
		}
		ends = append(ends, states.FindString(out.String()))
	}
	if ends[0] == "" || ends[0] != ends[1] {
		t.Errorf("in order: %s\nshuffled: %s", ends[0], ends[1])
	}
}

func TestRates(t *testing.T) {
	t.Parallel()
	for s, want := range map[string]time.Duration{"2/s": 500 * time.Millisecond, "30/m": 2 * time.Second, "120/h": 30 * time.Second, "4": 250 * time.Millisecond, "0.5/s": 2 * time.Second} {
		if got, err := ParseRate(s); err != nil || got != want {
			t.Errorf("%s: %s, want %s (%v)", s, got, want, err)
		}
	}
	for _, s := range []string{"", "0/s", "-1/s", "x/s", "2/fortnight", "1/h", "NaN/s"} {
		if got, err := ParseRate(s); err == nil {
			t.Errorf("%q is %s", s, got)
		}
	}
}

// comes tells a plan in short.
func comes(plan []planned) string {
	all := []string{}
	for _, p := range plan {
		all = append(all, filepath.Base(p.file)+"@"+p.at.String())
	}
	return strings.Join(all, " ")
}

func TestPlans(t *testing.T) {
	t.Parallel()
	noon := time.Date(2026, 3, 4, 12, 0, 0, 0, time.UTC)
	sent := func(path string) time.Time {
		switch path {
		case "a":
			return noon.Add(20 * time.Second)
		case "b":
			return noon
		case "d":
			return noon.AddDate(3, 0, 0)
		}
		return time.Time{} // c names none
	}
	seed := uint64(7)
	for name, c := range map[string]struct {
		r    Replay
		want string
	}{
		"as fast as it goes":     {Replay{}, "a@0s b@0s c@0s d@0s"},
		"at a rate":              {Replay{Between: time.Second}, "a@0s b@1s c@2s d@3s"},
		"at a rate, twice":       {Replay{Between: time.Second, Twice: true}, "a@0s b@1s c@2s d@3s a@4s b@5s c@6s d@7s"},
		"as it was sent":         {Replay{Original: true}, "b@0s c@0s a@20s d@1m20s"},
		"as it was sent, faster": {Replay{Original: true, Speed: 10}, "b@0s c@0s a@2s d@1m2s"},
		"shuffled":               {Replay{Between: time.Second, Shuffle: &seed}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			all := func() []planned { return []planned{{file: "a"}, {file: "b"}, {file: "c"}, {file: "d"}} }
			got := comes(c.r.plan(all(), sent))
			if c.want == "" {
				again, names := comes(c.r.plan(all(), sent)), regexp.MustCompile(`[a-d]@`).FindAllString(got, -1)
				slices.Sort(names)
				if got != again || got == "a@0s b@1s c@2s d@3s" || strings.Join(names, "") != "a@b@c@d@" {
					t.Errorf("%s, then %s", got, again)
				}
				return
			}
			if got != c.want {
				t.Errorf("%s, want %s", got, c.want)
			}
		})
	}
}

// The time of a file is the newest that its copy names, and none of tomorrow.
func TestReplayAsItWasSent(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	late := strings.Replace(g2of("ka:3", 1, "usable", "none", "Yarın"), "2026-11-23T09", "2126-11-23T09", 1)
	r := replay(t, &out, archive(t, map[string]string{
		"1.xml": g2of("ka:1", 9, "usable", "none", "Sonra", "Metin."), "2.xml": g2of("ka:2", 8, "usable", "none", "Önce", "Metin."), "3.xml": late,
	}))
	r.Dry, r.Original, r.Speed = true, true, 6
	if err := r.Run(t.Context()); err != nil {
		t.Fatal(err)
	}
	if !regexp.MustCompile(`(?s)1 +\+0s  kept +\S+2\.xml.*2 +\+0s  kept +\S+3\.xml.*3 +\+10s  kept +\S+1\.xml`).MatchString(out.String()) {
		t.Error(out.String())
	}
}

// A profile of one's own is tried before it is used; one that cannot be is refused.
func TestReplayOfAProfileOfOnesOwn(t *testing.T) {
	t.Parallel()
	profiles := archive(t, map[string]string{
		"eski.toml":   "agency = \"Eski Hat\"\nzone = \"Europe/Istanbul\"\ncharset = \"cp857\"\n",
		"hatali.toml": "agency = \"Hatalı\"\nzone = \"Europe/Istanbul\"\ncharset = \"klingon\"\n",
	})
	dos := archive(t, map[string]string{"1.xml": "<rss version=\"2.0\"><channel><item><guid>e-1</guid><title>G\x94l\x81n \x8d\x9f\x8d\xa7\x8d</title></item></channel></rss>"})
	var out bytes.Buffer
	r := replay(t, &out, dos)
	r.Config.Profiles, r.Profile = profiles, "eski"
	if err := r.Run(t.Context()); err != nil || !strings.Contains(out.String(), "e-1  Gölün ışığı") {
		t.Errorf("%v\n%s", err, out.String())
	}
	r.Profile, r.Dry = "hatali", true
	if err := r.Run(t.Context()); err == nil || !strings.Contains(err.Error(), "klingon") {
		t.Error(err)
	}
}
