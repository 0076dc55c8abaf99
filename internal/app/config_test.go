package app

import (
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/rotatif/newsroom/internal/web"
)

func write(t *testing.T, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "rotatif.toml")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestDefaults(t *testing.T) {
	t.Parallel()
	c, err := LoadConfig("")
	if err != nil {
		t.Fatal(err)
	}
	if c.Site.Listen != "127.0.0.1:8080" || c.Site.Address != "http://127.0.0.1:8080" || c.MostRead.Dwell.Duration != 5*time.Second ||
		len(c.Sections) != 9 || c.Site.Language != "tr" {
		t.Errorf("%+v", c)
	}
}

func TestSettingsOfAFile(t *testing.T) {
	t.Parallel()
	c, err := LoadConfig(write(t, `
dir = "veri"
[site]
name = "Göl Postası"
address = "https://gol.example/"
[mostread]
refresh = "30s"
[[section]]
slug = "gol"
tr = "Göl"
en = "Lake"
[[source]]
name = "ka"
provider = "KA"
kind = "poll"
url = "https://ka.example/rss"
`))
	if err != nil {
		t.Fatal(err)
	}
	s := c.Sources[0]
	if c.Dir != "veri" || c.Site.Name != "Göl Postası" || c.Site.Address != "https://gol.example" || c.MostRead.Refresh.Duration != 30*time.Second ||
		len(c.Sections) != 1 || s.Every.Duration != time.Minute || s.Charset != "windows-1254" || s.Agency != "KA" {
		t.Errorf("%+v", c)
	}
}

func TestEnvironmentWins(t *testing.T) {
	t.Setenv("ROTATIF_SITE_NAME", "Çevreden")
	t.Setenv("ROTATIF_MOSTREAD_DWELL", "7s")
	c, err := LoadConfig(write(t, "[site]\nname = \"Dosyadan\"\n"))
	if err != nil || c.Site.Name != "Çevreden" || c.MostRead.Dwell.Duration != 7*time.Second {
		t.Errorf("%q %s %v", c.Site.Name, c.MostRead.Dwell, err)
	}
}

// A wrong setting is refused with its line and the reason.
func TestWrongSettings(t *testing.T) {
	t.Parallel()
	const source = "[[source]]\nname = \"a\"\nprovider = \"A\"\n"
	for _, c := range []struct{ name, text, line, reason string }{
		{"no TOML", "dir = \n", ":1", ""},
		{"unknown setting", "[site]\n\nlistne = \"x\"\n", ":3", "no such setting"},
		{"wrong type", "[site]\nlisten = 7\n", ":2", ""},
		{"a duration without unit", "[mostread]\ndwell = \"5\"\n", ":2", "duration"},
		{"a dwell too short", "[mostread]\n\ndwell = \"10ms\"\n", ":3", "between 1s and 60s"},
		{"copies that neither go nor stay", "[desk]\nkilled_copies = \"burn\"\n", ":2", "neither down nor hold"},
		{"a ring that never stops", "[desk]\n\nring = \"10ms\"\n", ":3", "less than 1s"},
		{"no port", "[desk]\nlisten = \"localhost\"\n", ":2", "host:port"},
		{"one address for both doors", "[site]\nlisten = \"127.0.0.1:9\"\n[desk]\nlisten = \"127.0.0.1:9\"\n", ":4", "different"},
		{"an address with a path", "[site]\naddress = \"https://a.example/x\"\n", ":2", "scheme and a host"},
		{"an unknown language", "[site]\nlanguage = \"de\"\n", ":2", "tr nor en"},
		{"an unknown zone", "[site]\nzone = \"Ay/Krater\"\n", ":2", "time zone"},
		{"a proxy that is no block", "[site]\ntrusted_proxies = [\"10.0.0.1\"]\n", ":2", "10.0.0.0/8"},
		{"an unknown level", "[log]\nlevel = \"loud\"\n", ":2", "loud"},
		{"a section with a bad slug", "[[section]]\nslug = \"Spor\"\ntr = \"S\"\nen = \"S\"\n", ":2", "small ASCII"},
		{"the second section is taken", "[[section]]\nslug = \"a\"\ntr = \"A\"\nen = \"A\"\n[[section]]\nslug = \"rss\"\ntr = \"B\"\nen = \"B\"\n", ":6", "site's own"},
		{"a section without a name", "[[section]]\nslug = \"a\"\n", ":1", "name"},
		{"an unknown kind", source + "kind = \"fax\"\n", ":4", "folder, poll, list, push, ftp, sftp or imap"},
		{"a folder source without a folder", source + "kind = \"folder\"\n", ":1", "folder"},
		{"a list without a profile", source + "kind = \"list\"\nurl = \"https://c.example\"\n", ":1", "describes a list"},
		{"a list of an agency that has none", source + "kind = \"list\"\nprofile = \"iha\"\nurl = \"https://c.example\"\n", ":5", "describes a list"},
		{"a list with a session and no login", source + "kind = \"list\"\nprofile = \"anka\"\nurl = \"https://c.example\"\n", ":1", "login_file"},
		{"a list with fields in its address", source + "kind = \"list\"\nprofile = \"aa\"\nurl = \"https://c.example/?a=b\"\n", ":6", "filter"},
		{"a filter that is none", source + "kind = \"list\"\nprofile = \"aa\"\nurl = \"https://c.example\"\nfilter = [\"spor\"]\n", ":7", "name=value"},
		{"credentials in an address", source + "kind = \"poll\"\nurl = \"https://a:b@c.example/\"\n", ":5", "login_file"},
		{"an ftp source over http", source + "kind = \"ftp\"\nurl = \"http://a.example/\"\n", ":5", "ftpes://host/folder"},
		{"credentials in an ftp address", source + "kind = \"ftp\"\nurl = \"ftp://a:b@c.example/\"\n", ":5", "login_file"},
		{"an ftp source without a login", source + "kind = \"ftp\"\nurl = \"ftp://c.example/\"\n", ":1", "user:password"},
		{"files that vanish", source + "kind = \"ftp\"\nurl = \"ftp://c.example/\"\nlogin_file = \"x\"\nafter = \"burn\"\n", ":7", "move:FOLDER"},
		{"files that move nowhere", source + "kind = \"ftp\"\nurl = \"ftp://c.example/\"\nlogin_file = \"x\"\nafter = \"move:\"\n", ":7", "move:FOLDER"},
		{"files that are ready somehow", source + "kind = \"ftp\"\nurl = \"ftp://c.example/\"\nlogin_file = \"x\"\nready = \"done\"\n", ":7", ".done"},
		{"an ftp source called without a pause", source + "kind = \"ftp\"\nurl = \"ftp://c.example/\"\nlogin_file = \"x\"\nevery = \"10ms\"\n", ":7", "once a second"},
		{"an sftp source without its server's key", source + "kind = \"sftp\"\nurl = \"sftp://c.example/\"\nlogin_file = \"x\"\n", ":1", "ssh-keygen"},
		{"an sftp source with another sort of fingerprint", source + "kind = \"sftp\"\nurl = \"sftp://c.example/\"\nlogin_file = \"x\"\nhost_key = \"MD5:00:11\"\n", ":7", "SHA256"},
		{"a mailbox that anybody writes to", source + "kind = \"imap\"\nurl = \"imaps://c.example\"\nlogin_file = \"x\"\n", ":1", "senders"},
		{"a sender who is nobody", source + "kind = \"imap\"\nurl = \"imaps://c.example\"\nfrom = [\"ka\"]\n", ":6", "address nor a domain"},
		{"a mailbox over http", source + "kind = \"imap\"\nurl = \"https://c.example\"\nfrom = [\"@ka.example\"]\n", ":5", "imaps://host"},
		{"messages that vanish", source + "kind = \"imap\"\nurl = \"imaps://c.example\"\nfrom = [\"@ka.example\"]\nafter = \"delete\"\n", ":7", "marked as seen"},
		{"a mailbox in a folder of the address", source + "kind = \"imap\"\nurl = \"imaps://c.example/INBOX\"\nfrom = [\"@ka.example\"]\nlogin_file = \"x\"\n", ":5", "mailbox"},
		{"a push source without a token", source + "kind = \"push\"\ntoken_sha256 = \"abc\"\n", ":5", "64 hex"},
		{"the same source twice", source + "kind = \"folder\"\nfolder = \"x\"\n" + source + "kind = \"folder\"\nfolder = \"y\"\n", ":7", "two sources"},
		{"an unknown profile", source + "profile = \"teleks\"\nkind = \"folder\"\nfolder = \"x\"\n", ":4", "aa, afp"},
		{"an unknown character set", source + "kind = \"folder\"\nfolder = \"x\"\ncharset = \"klingon\"\n", ":6", "klingon"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			_, err := LoadConfig(write(t, c.text))
			if err == nil || !strings.Contains(err.Error(), "rotatif.toml"+c.line) || !strings.Contains(err.Error(), c.reason) {
				t.Errorf("%v; want line %s and %q", err, c.line, c.reason)
			}
		})
	}
}

// The manual names every setting, with a meaning, and is itself a file that
// can be read.
func TestManual(t *testing.T) {
	t.Parallel()
	var out lines
	if err := WriteManual(&out); err != nil {
		t.Fatal(err)
	}
	everySetting(t, reflect.TypeFor[Config](), func(f reflect.StructField) {
		if f.Tag.Get("doc") == "" {
			t.Errorf("%s has no meaning", f.Name)
		}
		if !strings.Contains(string(out), "\n"+f.Tag.Get("toml")+" = ") && !strings.Contains(string(out), "\n# "+f.Tag.Get("toml")+" = ") {
			t.Errorf("%s is not in the manual", f.Name)
		}
	})
	if _, err := LoadConfig(write(t, string(out))); err != nil {
		t.Errorf("the manual is no settings file: %v", err)
	}
}

func everySetting(t *testing.T, typ reflect.Type, each func(reflect.StructField)) {
	t.Helper()
	for i := range typ.NumField() {
		f := typ.Field(i)
		switch {
		case isTable(f.Type) && f.Type.Kind() == reflect.Slice:
			everySetting(t, f.Type.Elem(), each)
		case isTable(f.Type):
			everySetting(t, f.Type, each)
		default:
			each(f)
		}
	}
}

func TestSecretsAreNotShown(t *testing.T) {
	t.Parallel()
	c, err := LoadConfig("")
	if err != nil {
		t.Fatal(err)
	}
	c.Postgres = "postgres://rotatif:cokgizli@db/rotatif"
	c.Sources = []Source{{Name: "a", URL: "https://a.example/rss?UserPassword=cokgizli"}}
	var out lines
	if err := WriteConfig(&out, c); err != nil || strings.Contains(string(out), "cokgizli") || !strings.Contains(string(out), "https://a.example/rss?") || !strings.Contains(string(out), "not shown") {
		t.Errorf("%v: %s", err, out)
	}
}

// Every kind of source has its word on the board.
func TestKindsHaveWords(t *testing.T) {
	t.Parallel()
	words, err := web.OpenCatalog()
	if err != nil {
		t.Fatal(err)
	}
	err = Source{}.checkKind(0)
	_, kinds, _ := strings.Cut(fmt.Sprint(err), " is not ")
	all := strings.FieldsFunc(kinds, func(r rune) bool { return r == ',' || r == ' ' })
	for _, kind := range all {
		for _, lang := range []string{"tr", "en"} {
			if key := "desk.health.kind." + kind; kind != "or" && strings.Contains(words.In(lang).T(key), key) {
				t.Errorf("%s has no word in %s", kind, lang)
			}
		}
	}
	if len(all) != 8 { // and the word or
		t.Errorf("kinds %q", all)
	}
}

func TestCredentials(t *testing.T) {
	t.Parallel()
	user, password, err := Source{Name: "a", Login: write(t, "ece:a:b\n")}.credentials()
	if err != nil || user != "ece" || password != "a:b" {
		t.Errorf("%q %q %v", user, password, err)
	}
	if _, _, err := (Source{Name: "a", Login: write(t, "topsecret")}).credentials(); err == nil || strings.Contains(err.Error(), "topsecret") {
		t.Errorf("%v", err)
	}
}

func TestCredentialsOfTheEnvironment(t *testing.T) {
	t.Setenv("ROTATIF_TEST_LOGIN", "ece:a:b")
	if user, password, err := (Source{Name: "a", Login: "env:ROTATIF_TEST_LOGIN"}).credentials(); err != nil || user != "ece" || password != "a:b" {
		t.Errorf("%q %q %v", user, password, err)
	}
	if _, _, err := (Source{Name: "a", Login: "env:ROTATIF_TEST_NOBODY"}).credentials(); err == nil || !strings.Contains(err.Error(), "ROTATIF_TEST_NOBODY") {
		t.Errorf("%v", err)
	}
}

// A source is what its agency's profile says, except for what it sets itself.
func TestASourceTakesAProfile(t *testing.T) {
	t.Parallel()
	c, err := LoadConfig(write(t, `
[[source]]
name = "iha"
profile = "iha"
kind = "poll"
url = "https://feed.example/"

[[source]]
name = "aa-en"
profile = "aa"
provider = "AA"
agency = "Anadolu"
language = "en"
kind = "poll"
url = "https://feed.example/"
every = "5s"
`))
	if err != nil {
		t.Fatal(err)
	}
	iha, aa := c.Sources[0], c.Sources[1]
	if iha.Provider != "iha" || iha.Agency != "İHA" || iha.Gap.Duration < 30*time.Second || iha.Zone != "Europe/Istanbul" || iha.Language != "tr" {
		t.Errorf("%+v", iha)
	}
	if aa.Provider != "AA" || aa.Agency != "Anadolu" || aa.Language != "en" || aa.Every.Duration != 5*time.Second || aa.Gap.Duration != 500*time.Millisecond {
		t.Errorf("%+v", aa)
	}
}

// What two feeds call 1 is not one item, and no reader is told that "Feed" wrote it.
func TestAProfileOfAFormatIsNoAgency(t *testing.T) {
	t.Parallel()
	c, err := LoadConfig(write(t, `
[[source]]
name = "kiyi"
profile = "generic-feed"
agency = "Kıyı Haber"
kind = "poll"
url = "https://kiyi.example/"

[[source]]
name = "gol"
profile = "generic-feed"
kind = "poll"
url = "https://gol.example/"
`))
	if err != nil {
		t.Fatal(err)
	}
	if kiyi := c.Sources[0]; kiyi.Provider != "kiyi" || kiyi.Agency != "Kıyı Haber" || kiyi.Every.Duration != 2*time.Minute {
		t.Errorf("%+v", kiyi)
	}
	if gol := c.Sources[1]; gol.Provider != "gol" || gol.Agency != "gol" {
		t.Errorf("%+v", gol)
	}
}
