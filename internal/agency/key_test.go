package agency_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/rotatif/newsroom/internal/agency"
)

// An agency says our key back: in the links of its copy, in an error, in a page.
func TestAKeyIsTakenOutOfWhatComes(t *testing.T) {
	t.Parallel()
	k := agency.Key{
		User: "kullanici", Password: "Zk7-parola", Header: http.Header{"Authorization": {"Bearer tok3n-uzun"}},
		Query: url.Values{"UserCode": {"4711"}, "UserName": {"ece ay"}, "UserPassword": {"deniz"}, "lang": {"tr"}, "version": {"1"}},
	}
	for sent, want := range map[string]string{
		`<link>http://a.example/?UserCode=4711&amp;UserName=ece+ay&amp;UserPassword=deniz</link>`: `<link>http://a.example/?UserCode=***&amp;UserName=***&amp;UserPassword=***</link>`,
		`?username=ece%20ay&USERPASSWORD=deniz`:                                                   `?username=***&USERPASSWORD=***`,
		`{"UserPassword": "deniz"}`:                                                               `{"UserPassword": "***"}`,
		`<UserPassword>deniz</UserPassword>`:                                                      `<UserPassword>***</UserPassword>`,
		`Zk7-parola ve tok3n-uzun`:                                                                `*** ve ***`,
		`Basic a3VsbGFuaWNpOlprNy1wYXJvbGE=`:                                                      `Basic ***`,
		`<?xml version="1.0"?><x xml:lang="tr">`:                                                  `<?xml version="1.0"?><x xml:lang="tr">`,
		`<title>deniz 4711 kilometre, ece ay anlattı</title>`:                                     `<title>deniz 4711 kilometre, ece ay anlattı</title>`, // news is not changed
		`<description>UserPassword alanı. Bugün deniz duru</description>`:                         `<description>UserPassword alanı. Bugün deniz duru</description>`,
	} {
		if have := string(k.Blank([]byte(sent))); have != want {
			t.Errorf("%s became %s", sent, have)
		}
	}
}

func TestWhatIsKeptHoldsNoKey(t *testing.T) {
	t.Parallel()
	w := &wire{status: 200, body: "<rss><link>?UserPassword=gizli</link></rss>"}
	p, kept := poller(t, w)
	p.Query = url.Values{"UserPassword": {"gizli"}}
	if _, err := p.Ask(t.Context()); err != nil {
		t.Fatal(err)
	}
	w.body = "<html>UserPassword=gizli is wrong</html>"
	_, err := p.Ask(t.Context())
	if err == nil || len(*kept) != 2 || strings.Contains(strings.Join(*kept, "")+err.Error(), "gizli") {
		t.Errorf("kept %q, %v", *kept, err)
	}
	p.Door = http.DefaultClient // whose errors name the address
	p.URL = "http://127.0.0.1:1/"
	if _, err := p.Ask(t.Context()); err == nil || strings.Contains(err.Error(), "gizli") {
		t.Errorf("%v", err)
	}
}
