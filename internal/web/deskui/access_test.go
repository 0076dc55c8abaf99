package deskui

import (
	"fmt"
	"io/fs"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/rotatif/newsroom"
	"github.com/rotatif/newsroom/internal/web"
	"github.com/rotatif/newsroom/internal/wire"
)

func routesOf(t *testing.T) []route {
	t.Helper()
	return (&door{}).routes()
}

// filled puts numbers into the wildcards of a pattern.
func filled(pattern string) string {
	return strings.NewReplacer("{id}", "1", "{login}", "defne", "{name}", "x", "{$}", "").Replace(pattern)
}

// TestNoRouteWithoutAction: a route that names none does not start.
func TestNoRouteWithoutAction(t *testing.T) {
	t.Parallel()
	for _, r := range routesOf(t) {
		if r.action == "" || r.do == nil {
			t.Errorf("%s %s names no action", r.method, r.pattern)
		}
		if r.action == anybody && r.pattern != "/claim" && r.pattern != "/sign-in" && r.pattern != "/static/{name}" {
			t.Errorf("%s %s is open to anybody", r.method, r.pattern)
		}
	}
	d := &door{}
	if _, err := d.handler([]route{{"GET", "/x", "", d.help}}); err == nil {
		t.Error("a route without an action started")
	}
}

// TestEveryRouteAsksForItsRight drives every route as nobody and as each role.
func TestEveryRouteAsksForItsRight(t *testing.T) {
	t.Parallel()
	h := open(t)
	stranger := h.stranger()
	stranger.client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	people := map[newsroom.Role]*visitor{}
	for _, role := range []newsroom.Role{newsroom.Writer, newsroom.Editor, newsroom.Chief, newsroom.Admin} {
		people[role] = h.person("a-"+string(role), role)
		people[role].client.Timeout = 2 * time.Second
	}
	for _, r := range routesOf(t) {
		if r.action == anybody || r.pattern == "/wire/live" || r.pattern == "/alarms" || r.pattern == "/sign-out" {
			continue
		}
		var form url.Values
		if r.method == "POST" {
			form = url.Values{"x": {"y"}}
		}
		out := stranger.do(r.method, filled(r.pattern), form)
		if out.status != http.StatusSeeOther || !strings.HasPrefix(out.header.Get("Location"), "/sign-in") {
			t.Errorf("%s %s answers a stranger %d", r.method, r.pattern, out.status)
		}
		for role, b := range people {
			may := r.action == staffOnly || newsroom.Person{Roles: []newsroom.Role{role}}.May(r.action)
			got := b.do(r.method, filled(r.pattern), form)
			if (got.status == http.StatusForbidden) == may {
				t.Errorf("%s %s answers a %s %d", r.method, r.pattern, role, got.status)
			}
			if got.header.Get("Cache-Control") != "no-store" {
				t.Errorf("%s %s may be stored", r.method, r.pattern)
			}
		}
	}
}

// TestForeignPost is refused before it is looked at, signed in or not.
func TestForeignPost(t *testing.T) {
	t.Parallel()
	h := open(t)
	h.deliver(dispatch("a1", "Haber"))
	b := h.person("defne", newsroom.Chief, newsroom.Admin)
	for _, r := range routesOf(t) {
		if r.method == "GET" {
			continue
		}
		for name, value := range map[string]string{"Sec-Fetch-Site": "cross-site", "Origin": "https://evil.example.org"} {
			req, err := http.NewRequestWithContext(t.Context(), r.method, b.base+filled(r.pattern), strings.NewReader("a=b"))
			must(t, err)
			req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
			req.Header.Set(name, value)
			res, err := b.client.Do(req)
			must(t, err)
			_ = res.Body.Close()
			if res.StatusCode != http.StatusForbidden {
				t.Errorf("%s %s with %s answers %d", r.method, r.pattern, name, res.StatusCode)
			}
		}
	}
	b.get("/wire").at("/wire").has(".taken", 0)
}

// TestSession: the cookie is out of reach of scripts and other sites, and what
// it opened closes with it.
func TestSession(t *testing.T) {
	t.Parallel()
	h := open(t)
	b := h.person("defne", newsroom.Editor)
	in := h.stranger()
	in.client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	res := in.post("/sign-in", url.Values{"login": {"DEFNE "}, "password": {password}, "next": {"/stories?q=a"}}).is(303)
	set := res.header.Get("Set-Cookie")
	for _, want := range []string{"desk=", "Path=/", "HttpOnly", "SameSite=Strict"} {
		if !strings.Contains(set, want) {
			t.Errorf("cookie %q lacks %s", set, want)
		}
	}
	if to := res.header.Get("Location"); to != "/stories?q=a" {
		t.Errorf("signed in to %s", to)
	}
	in.post("/sign-in", url.Values{"login": {"defne"}, "password": {"yanlış parola"}}).is(403).says(".wrong", "yanlış").has("#login[value=defne]", 1)
	p, err := h.staff.Person(t.Context(), "defne")
	must(t, err)
	p.Disabled = true
	_, err = h.staff.Save(t.Context(), p, "")
	must(t, err)
	if got := b.get("/wire"); !strings.HasPrefix(got.path, "/sign-in") {
		t.Errorf("a disabled person is at %s", got.path)
	}
}

// TestSignOut ends the session itself, not only the cookie.
func TestSignOut(t *testing.T) {
	t.Parallel()
	h := open(t)
	b, thief := h.person("defne", newsroom.Editor), h.stranger()
	base, err := url.Parse(b.base)
	must(t, err)
	thief.client.Jar.SetCookies(base, b.client.Jar.Cookies(base))
	thief.get("/wire").at("/wire")
	b.post("/sign-out", url.Values{}).at("/sign-in")
	if got := thief.get("/wire"); !strings.HasPrefix(got.path, "/sign-in") {
		t.Errorf("a copied cookie still opens %s", got.path)
	}
}

// TestNextStaysHere: no wish leads to another site.
func TestNextStaysHere(t *testing.T) {
	t.Parallel()
	for wish, want := range map[string]string{
		"/stories/1?x=y": "/stories/1?x=y", "": "/", "//evil.example.org": "/", "https://evil.example.org/": "/", `/\evil.example.org`: "/",
		"javascript:alert(1)": "/", "/\t/evil.example.org": "/", "evil": "/", "/%2f/evil": "/%2f/evil", "/" + strings.Repeat("a", 3000): "/",
	} {
		if got := next(wish); got != want {
			t.Errorf("%q leads to %q, want %q", wish, got, want)
		}
	}
}

// TestClaim makes the first person of a house, once.
func TestClaim(t *testing.T) {
	t.Parallel()
	h := open(t)
	token, err := h.staff.MakeClaim(t.Context())
	must(t, err)
	b := h.stranger()
	b.get("/claim?token=x").is(404)
	b.get("/claim?token="+token).is(200).has("form[action='/claim']", 1)
	form := url.Values{"token": {token}, "login": {"ayla"}, "name": {"Ayla Demirtaş"}, "password": {"kısa"}, "language": {"en"}}
	b.post("/claim", form).is(422).says(".wrong", "10").has("#login[value=ayla]", 1)
	b.post("/claim", with(form, "password", password)).at("/wire").says(".who .name", "Ayla Demirtaş").says("nav", "Stories")
	h.stranger().post("/claim", form).is(404)
}

// TestPeople are added and shut out, but nobody shuts themselves out.
func TestPeople(t *testing.T) {
	t.Parallel()
	h := open(t)
	b := h.person("defne", newsroom.Admin)
	b.get("/").at("/people")
	add := url.Values{"login": {"can"}, "name": {"Can"}, "password": {"kısa"}, "language": {"tr"}, "role": {"writer", "boss"}}
	b.post("/people", add).is(422).has("#login[value=can]", 1)
	b.post("/people", with(add, "password", password)).at("/people").says(".ledger", "Muhabir")
	b.post("/people/can", url.Values{"do": {"disable"}}).at("/people").says(".ledger", "kapalı")
	b.post("/people/can", url.Values{"do": {"enable"}}).at("/people")
	b.post("/people/defne", url.Values{"do": {"disable"}}).is(422)
}

// TestHostileBytes are shown as text and given away as a file, never run.
func TestHostileBytes(t *testing.T) {
	t.Parallel()
	h := open(t)
	raw := "<script>alert(1)</script>\x00\xff"
	id := h.spoil(`"><script>.html`, raw)
	b := h.person("defne", newsroom.Editor)
	b.get("/wire/quarantine").says(".ledger", "kesiliyor").has("main script", 0)
	at := fmt.Sprintf("/wire/quarantine/%d", id)
	b.get(at).says("pre", "<script>alert(1)</script>").has("main script", 0).says("main", "27 bayt")
	got := b.get(at + "/raw").is(200)
	if got.body != raw || got.header.Get("Content-Type") != "text/plain; charset=utf-8" || got.header.Get("X-Content-Type-Options") != "nosniff" ||
		!strings.HasPrefix(got.header.Get("Content-Disposition"), "attachment") || !strings.Contains(got.header.Get("Content-Security-Policy"), "sandbox") {
		t.Errorf("%v", got.header)
	}
	b.get("/wire/quarantine/99").is(404)
	b.get("/wire/%3Cem%3E").is(404).has("main em", 0)
}

// TestBytesThatWentAreToldOf: no empty box and no empty download stand for them.
func TestBytesThatWentAreToldOf(t *testing.T) {
	t.Parallel()
	h := open(t)
	h.deliver(dispatch("a1", "Haber"))
	b := h.person("defne", newsroom.Editor)
	b.get("/wire/quarantine/1").has("pre", 1).has("[download]", 1).has("#expired", 0)
	gone, err := h.store.LetGo(t.Context(), []wire.Aged{{ID: 1}}, time.Now(), func(wire.Resting) bool { return true })
	must(t, err)
	bytes, err := h.store.DropBytes(t.Context(), []wire.Aged{{ID: 1}}, time.Now())
	must(t, err)
	if gone != 1 || bytes != 1 {
		t.Fatalf("%d items and the bytes of %d deliveries went", gone, bytes)
	}
	b.get("/wire/quarantine/1").is(200).has("pre", 0).has("[download]", 0).says("#expired", "artık saklanmıyor").has(".say", 0)
	b.get("/wire/quarantine/1/raw").is(404)
}

// TestStrictAddresses: an id has one spelling.
func TestStrictAddresses(t *testing.T) {
	t.Parallel()
	h := open(t)
	h.deliver(dispatch("a1", "Haber"))
	b := h.person("defne", newsroom.Editor)
	for _, path := range []string{"/wire/01", "/wire/1/", "/wire/+1", "/WIRE", "/stories/0", "/stories/-1", "/stories/1e3", "/nothing"} {
		b.get(path).is(404)
	}
	b.get("/static/desk.css").is(404)
}

var (
	keyInTemplate = regexp.MustCompile(`\.[TN] "([a-z0-9_.]+)"`)
	keyInCode     = regexp.MustCompile(`"((?:desk|error|state)\.[a-z0-9_]+(?:\.[a-z0-9_]+)*)"`)
)

// TestEverySentenceExists in every language.
func TestEverySentenceExists(t *testing.T) {
	t.Parallel()
	catalog, err := web.OpenCatalog()
	must(t, err)
	keys := map[string]bool{}
	must(t, fs.WalkDir(files, ".", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || !strings.HasSuffix(path, ".html") {
			return err
		}
		source, err := files.ReadFile(path)
		for _, m := range keyInTemplate.FindAllStringSubmatch(string(source), -1) {
			keys[m[1]] = true
		}
		return err
	}))
	for _, source := range ownSources(t) {
		for _, m := range keyInCode.FindAllStringSubmatch(source, -1) {
			keys[m[1]] = true
		}
	}
	for _, s := range storyStates() {
		keys["state."+string(s)] = true
	}
	for _, r := range (peoplePage{}).Roles() {
		keys["desk.role."+string(r)] = true
	}
	for _, k := range []string{
		"printed", "down", "committed", "saved", "same", "begun", "taken", "submitted", "returned", "scheduled", "unscheduled",
		"cleared", "embargo", "killed", "restored", "front", "person",
	} {
		if !noteKind(k) {
			t.Errorf("no such note: %s", k)
		}
		keys["desk.note."+k] = true
	}
	for _, lang := range catalog.Languages() {
		words := catalog.In(lang)
		for key := range keys {
			if words.T(key) == key && words.N(key, 1) == key {
				t.Errorf("%s: no sentence for %s", lang, key)
			}
		}
	}
}
