package app

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"

	"github.com/rotatif/newsroom/internal/files"
)

// The keys that other programs read. None is ever absent: what a file does not
// say is null, a list without anything is empty.
const (
	fileKeys      = "error file format items"
	itemKeys      = "body byline cites credit dateline ednote embargo headline html id images kicker kind language notice priority pubStatus related rights slug standfirst urgency version warnings"
	imageKeys     = "caption credit id renditions"
	renditionKeys = "height href mime name width"
)

// contract holds one line against the form that is promised, and gives it.
func contract(t *testing.T, line string) map[string]any {
	t.Helper()
	var x map[string]any
	if err := json.Unmarshal([]byte(line), &x); err != nil {
		t.Fatalf("%.200q: %v", line, err)
	}
	keys(t, x, fileKeys)
	for _, item := range x["items"].([]any) {
		item := item.(map[string]any)
		keys(t, item, itemKeys)
		keys(t, item["rights"].(map[string]any), "territoryBlocked text")
		for _, image := range item["images"].([]any) {
			image := image.(map[string]any)
			keys(t, image, imageKeys)
			for _, r := range image["renditions"].([]any) {
				keys(t, r.(map[string]any), renditionKeys)
			}
		}
		for _, block := range item["body"].([]any) {
			keys(t, block.(map[string]any), "text type")
		}
		for _, list := range []string{"related", "cites", "warnings"} {
			if _, is := item[list].([]any); !is {
				t.Errorf("%v: %s is %v", x["file"], list, item[list])
			}
		}
		for name, value := range item {
			if value == "" {
				t.Errorf("%v: %s is empty and not null", x["file"], name)
			}
		}
	}
	return x
}

func keys(t *testing.T, object map[string]any, want string) {
	t.Helper()
	if have := strings.Join(slices.Sorted(maps.Keys(object)), " "); have != want {
		t.Errorf("keys %s\nwant %s", have, want)
	}
}

// oddFiles are what a person may name by mistake, or an enemy on purpose, with
// the formats that are to be found in them.
func oddFiles() map[string]string {
	squeeze := func(s string) string {
		var b bytes.Buffer
		z := gzip.NewWriter(&b)
		_, _ = z.Write([]byte(s))
		_ = z.Close()
		return b.String()
	}
	whole := `{"uri":"urn:ka:1","type":"text","headline":"Sel suları çekildi","byline":"A. Yazar","urgency":3,"body_text":"Metin.","renditions":{"a":{"href":"https://ka.example/1.jpg"},"b":{"href":"file:///etc/passwd"}}}`
	return map[string]string{
		"empty": "", "blank": " \n\t ", "nul": strings.Repeat("\x00", 300), "noise": strings.Repeat("\x9c\x01\xff\xfe", 100), "zip": "PK\x03\x04\x14\x00\x00\x00" + strings.Repeat("z", 99),
		"text": "Bugün hava güzel.", "page": "<!doctype html><title>Oturum aç</title><form></form>", "null": "null", "braces": "{}", "half": whole[:60], "bomb": squeeze(strings.Repeat("\x00", 40<<20)),
		"huge": strings.Repeat("a", files.MaxFile+1), "ninjs": whole, "packed": squeeze(whole), "packed half": squeeze(whole)[:50], "kill": `{"uri":"urn:ka:1","pubstatus":"canceled"}`,
		"several": "[" + whole + `,{"uri":"","headline":"x"},` + whole + "]", "rss": `<rss><channel><item><guid>1</guid><title>Bir</title></item></channel></rss>`,
		"nitf": `<nitf><head><docdata><doc-id id-string="n1"/></docdata></head><body><body.head><hedline><hl1>Bir</hl1></hedline></body.head></body></nitf>`,
		"g2":   g2of("ka:1", 3, "usable", "none", "Köprü açıldı", "BOLU (KA) - Köprü açıldı."), "doctype": `<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><rss>&b;</rss>`,
		"line\nend": whole, "esc\x1b[31m\u202egpj.": whole, "bad\xff": whole, "name.JPG": "\xff\xd8\xff\xe0",
	}
}

// Whatever is named, one line a file comes out, in the promised form, and no
// character that steers a console.
func TestExplainKeepsItsContract(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	for name, raw := range oddFiles() {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(raw), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := syscall.Mkfifo(filepath.Join(dir, "pipe"), 0o600); err != nil { // nobody ever writes into it
		t.Fatal(err)
	}
	for link, to := range map[string]string{"to nothing": "gone", "to a pipe": "pipe", "to itself": "to itself", "to a folder": "."} {
		if err := os.Symlink(to, filepath.Join(dir, link)); err != nil {
			t.Fatal(err)
		}
	}
	const lost = 2 // links that lead nowhere
	for _, lang := range []string{"tr_TR.UTF-8", "C"} {
		var out bytes.Buffer
		err := (Explainer{JSON: true, Lang: lang, In: strings.NewReader(""), Out: &out}).Explain([]string{dir, "-", filepath.Join(dir, "gone"), ""})
		if err == nil || !strings.Contains(err.Error(), fmt.Sprint(lost+2)) {
			t.Errorf("%s: %v", lang, err)
		}
		lines := strings.Split(strings.TrimSuffix(out.String(), "\n"), "\n")
		if want := len(oddFiles()) + lost + 3; len(lines) != want {
			t.Errorf("%d lines, want %d", len(lines), want)
		}
		for _, line := range lines {
			x := contract(t, line)
			name := filepath.Base(x["file"].(string))
			if items := len(x["items"].([]any)); slices.Contains([]string{"ninjs", "packed", "kill", "rss", "nitf", "g2"}, name) && (items != 1 || x["error"] != nil) {
				t.Errorf("%s: %d items, %v", name, items, x["error"])
			}
			if x["format"] == nil && x["error"] == nil {
				t.Errorf("%s: neither read nor refused", name)
			}
		}
		if i := strings.IndexFunc(out.String(), escaped); i >= 0 {
			t.Errorf("%q steers the console", out.String()[i:i+20])
		}
	}
}

// Copy and names of files that would steer a console are shown to people
// without what steers.
func TestNothingSteersTheConsole(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	evil := "a\x1b[2J\x1b]0;x\x07\u009b31m\u202eb\u2066c\r\x08"
	quoted, err := json.Marshal(evil)
	if err != nil {
		t.Fatal(err)
	}
	ninjs := `{"uri":U,"type":"text","version":U,"pubstatus":U,"headline":U,"byline":U,"description_text":U,"slugline":U,"ednote":U,"located":U,"usageterms":U,"language":U,
		"infosource":[{"name":U}],"body_text":"Bir.\n\nU","associations":{"a":{"uri":U,"type":"picture","description_text":U,"byline":U,"renditions":{U:{"href":U}}}}}`
	ninjs = strings.ReplaceAll(strings.ReplaceAll(ninjs, `\n\nU"`, `\n\n`+string(quoted[1:])), "U", string(quoted))
	rss := `<rss><channel><item><guid>` + evil + `</guid><title>&#27;[31m` + evil + `</title><description>` + evil + `</description><enclosure url="` + evil + `"/><ednote>` + evil + `</ednote></item></channel></rss>`
	for name, raw := range map[string]string{"1" + evil + ".json": ninjs, "2.xml": rss, "3.html": "<html><title>" + evil + "</title></html>", "4.json": "[" + ninjs + `,{"uri":"` + strings.Repeat("x", 2000) + `","headline":"y"}]`} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(raw), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	var out bytes.Buffer
	if err := (Explainer{Lang: "C", Out: &out}).Explain([]string{dir}); err != nil {
		t.Fatal(err)
	}
	if err := (Explainer{Lang: "C", Out: &out}).Explain([]string{filepath.Join(dir, "gone"+evil)}); err == nil {
		t.Error("a file that is not there is no error")
	}
	r := replay(t, &out, dir, filepath.Join(dir, "gone"+evil))
	r.Dry = true
	if err := r.Run(t.Context()); err == nil || strings.IndexFunc(err.Error(), escaped) >= 0 {
		t.Errorf("replaying what is not there: %v", err)
	}
	if i := strings.IndexFunc(out.String(), escaped); i >= 0 {
		t.Errorf("%q steers the console in\n%q", out.String()[i:i+4], out.String())
	}
	if !strings.Contains(out.String(), "headline       a") || !strings.Contains(out.String(), "2.xml") {
		t.Error(out.String())
	}
}

// full is a disk without room.
type full struct{ room int }

var errFull = errors.New("no room")

func (f *full) Write(p []byte) (int, error) {
	if f.room -= len(p); f.room < 0 {
		return 0, errFull
	}
	return len(p), nil
}

// When nobody takes what is told, the telling ends with an error.
func TestExplainToNobody(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	for i := range 5 {
		if err := os.WriteFile(filepath.Join(dir, fmt.Sprint(i)), []byte(`{"uri":"u"}`), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for _, asJSON := range []bool{true, false} {
		if err := (Explainer{JSON: asJSON, Out: &full{300}}).Explain([]string{dir}); !errors.Is(err, errFull) {
			t.Errorf("%v", err)
		}
	}
}
