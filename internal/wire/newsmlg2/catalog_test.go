package newsmlg2

import (
	"encoding/xml"
	"os"
	"strings"
	"testing"

	"github.com/rotatif/newsroom/internal/wire/tree"
	"github.com/rotatif/newsroom/internal/wire/wiretest"
)

// A code is one code, by whatever alias or address it comes.
func TestTerms(t *testing.T) {
	t.Parallel()
	own := schemes{
		"ps": "http://cv.iptc.org/newscodes/pubstatusg2/", "mt": "https://cv.iptc.org/newscodes/mediatopic", "k": "http://k.example/masa/",
		"iso": "http://cvx.iptc.org/iso3166-1a2/", "stat": "http://k.example/durum/",
	}
	for element, want := range map[string]string{
		`<a qcode="medtop:01000000"/>`: "medtop:01000000",
		`<a qcode="ps:canceled"/>`:     "stat:canceled",
		`<a qcode="mt:04000000"/>`:     "medtop:04000000",
		`<a qcode="k:7"/>`:             "k:7",
		`<a qcode="iso:TR"/>`:          "iso3166-1a2:TR",
		`<a qcode="stat:x"/>`:          "stat:x",
		`<a qcode="bilinmez:1"/>`:      "bilinmez:1",
		`<a qcode="kodsuz"/>`:          "kodsuz",
		`<a uri="http://cv.iptc.org/newscodes/mediatopic/20000523"/>`: "medtop:20000523",
		`<a uri="https://cv.iptc.org/newscodes/signal/correction"/>`:  "sig:correction",
		`<a uri="http://cv.iptc.org/newscodes/ninature/picture/"/>`:   "ninat:picture",
		`<a uri="http://www.wikidata.org/entity/Q43"/>`:               "wikidata:Q43",
		`<a uri="http://k.example/konu/a"/>`:                          "http://k.example/konu/a",
		`<a uri="http://cv.iptc.org/newscodes/olmayan/a"/>`:           "http://cv.iptc.org/newscodes/olmayan/a",
		`<a literal="Ankara"/>`:                                       "Ankara",
		`<a qcode="k:1" literal="x"/>`:                                "k:1",
		`<a/>`:                                                        "",
	} {
		if have := own.term(tree.XML(element, tree.Bounds()).Root()); have != want {
			t.Errorf("%s: %q, want %q", element, have, want)
		}
	}
}

// The aliases of the house are those of IPTC's own catalogue.
func TestVocabularies(t *testing.T) {
	t.Parallel()
	raw, err := os.ReadFile(wiretest.Shared(t, "wire/cv/catalog.IPTC-G2-Standards_41.xml")[0])
	if err != nil {
		t.Fatal(err)
	}
	var catalog struct {
		Schemes []struct {
			Alias string `xml:"alias,attr"`
			URI   string `xml:"uri,attr"`
		} `xml:"scheme"`
	}
	if err := xml.Unmarshal(raw, &catalog); err != nil {
		t.Fatal(err)
	}
	theirs := map[string]string{}
	for _, s := range catalog.Schemes {
		theirs[strings.TrimRight(s.URI, "/")] = s.Alias
	}
	for name, alias := range vocabularies() {
		if theirs[newscodes+name] != alias {
			t.Errorf("%s is %q here, %q in the catalogue", name, alias, theirs[newscodes+name])
		}
	}
	for address, alias := range others() {
		if have := theirs[strings.TrimRight(address, "/")]; have != alias && !strings.HasPrefix(address, "https:") {
			t.Errorf("%s is %q here, %q in the catalogue", address, alias, have)
		}
	}
}

// A document may declare aliases; more than anybody needs are not kept.
func TestDeclared(t *testing.T) {
	t.Parallel()
	n := tree.XML(`<newsItem><catalogRef href="http://k.example/x"/><catalog><scheme alias="a" uri="http://k.example/a/"/><scheme uri="x"/></catalog><catalog>`+
		strings.Repeat(`<scheme alias="b" uri="u"/>`, 3)+`</catalog></newsItem>`, tree.Bounds()).Root()
	if own := declared(n); len(own) != 2 || own["a"] != "http://k.example/a/" {
		t.Errorf("%v", own)
	}
}

func TestRank(t *testing.T) {
	t.Parallel()
	for element, want := range map[string]int{
		`<headline/>`: main, `<headline rank="1"/>`: main, `<headline rank="2"/>`: second, `<headline rank="3"/>`: above, `<headline rank="7"/>`: main,
		`<headline role="hlrole:main"/>`: main, `<headline role="apahltype:title"/>`: main, `<headline role="apahltype:subtitle"/>`: below,
		`<headline role="hld:subHeadline"/>`: below, `<headline role="x:kicker"/>`: above, `<headline role="x:overline" rank="1"/>`: above,
		`<headline role="x:short"/>`: short, `<headline role="x:seo"/>`: short, `<headline roleuri="http://k.example/rol/kicker"/>`: above,
	} {
		if have := rank(tree.XML(element, tree.Bounds()).Root()); have != want {
			t.Errorf("%s: %d, want %d", element, have, want)
		}
	}
}

func TestDead(t *testing.T) {
	t.Parallel()
	for signal, want := range map[string]bool{
		"edStat:D": true, "edStat:d": true, "msgType:D": true, "msgType:R": false, "edStat:C": false, "edStat:U": false, "sig:update": false,
		"sig:correction": false, "stat:canceled": true, "x:withdrawn": true, "sic:TABLE": false, "prodId:TXT": false, "": false,
	} {
		if have := dead(raw{signals: []string{"sig:update", signal}}); have != want {
			t.Errorf("%q kills: %v", signal, have)
		}
	}
}
