package wire_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/rotatif/newsroom/internal/wire"
	"github.com/rotatif/newsroom/internal/wire/wiretest"
)

// No field is longer than a person would read, whatever a file says in it.
func TestNoFieldIsEndless(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("uzun ", 60_000)
	x := asXML(long)
	for name, raw := range map[string]string{
		"ninjs": fmt.Sprintf(`{"uri":"u:1","type":"text","version":%[1]q,"pubstatus":"usable","headline":%[1]q,"description_text":%[1]q,"slugline":%[1]q,"ednote":%[1]q,"byline":%[1]q,
			"located":%[1]q,"usageterms":%[1]q,"copyrightholder":%[1]q,"language":%[1]q,"body_text":%[1]q,"keywords":[%[1]q],"subject":[{"code":%[1]q,"name":%[1]q}],
			"place":[{"name":%[1]q}],"infosource":[{"name":%[1]q}],"embargoed":%[1]q,"genre":[{"name":%[1]q}],
			"associations":{"a":{"uri":%[1]q,"type":"picture","headline":%[1]q,"description_text":%[1]q,"byline":%[1]q,"renditions":{%[1]q:{"href":"https://ka.example/1.jpg","mimetype":%[1]q}}}}}`, long),
		"newsml-g2": `<newsItem guid="u:1" version="` + x + `"><rightsInfo><copyrightHolder literal="` + x + `"/><copyrightNotice>` + x + `</copyrightNotice><usageTerms>` + x + `</usageTerms></rightsInfo>
			<itemMeta><itemClass qcode="ninat:text"/><embargoed>` + x + `</embargoed><edNote role="` + x + `">` + x + `</edNote><signal qcode="` + x + `"/><link rel="` + x + `" residref="` + x + `"/></itemMeta>
			<contentMeta><headline rank="3">` + x + `</headline><headline>` + x + `</headline><by>` + x + `</by><dateline>` + x + `</dateline><creditline>` + x + `</creditline><slugline>` + x + `</slugline>
			<infoSource literal="` + x + `"><name>` + x + `</name></infoSource><keyword>` + x + `</keyword><language tag="` + x + `"/><subject literal="` + x + `"><name>` + x + `</name></subject></contentMeta>
			<contentSet><inlineXML contenttype="application/xhtml+xml"><html><body><p>` + x + `</p></body></html></inlineXML></contentSet></newsItem>`,
		"rss": `<rss><channel><item><guid>u:1</guid><title>` + x + `</title><description>` + x + `</description><author>` + x + `</author><source>` + x + `</source><category domain="` + x + `">` + x + `</category>
			<copyright>` + x + `</copyright><pubStatus>` + x + `</pubStatus><embargo>` + x + `</embargo><ednote>` + x + `</ednote><location>` + x + `</location><language>` + x + `</language>
			<enclosure url="https://ka.example/1.jpg" type="image/` + x + `"/></item></channel></rss>`,
		"nitf": `<nitf><head><docdata management-status="` + x + `"><doc-id id-string="u:1"/><ed-msg info="` + x + `"/><du-key key="` + x + `" version="` + x + `"/><key-list><keyword key="` + x + `"/></key-list><doc.copyright holder="` + x + `"/>
			<date.release norm="` + x + `"/><evloc city="` + x + `"/></docdata></head><body><body.head><hedline><hl1>` + x + `</hl1><hl2>` + x + `</hl2></hedline><byline>` + x + `</byline><dateline><location>` + x + `</location></dateline>
			<abstract>` + x + `</abstract><distributor>` + x + `</distributor></body.head><body.content><p>` + x + `</p></body.content></body></nitf>`,
	} {
		dispatches := (&wire.Reception{Now: wiretest.Received, Sources: map[string]wire.Source{"kuzey": wiretest.Source()}}).Look(wire.Receipt{Source: "kuzey"}, []byte(raw)).Dispatches
		if len(dispatches) != 1 {
			t.Errorf("%s: %d items", name, len(dispatches))
			continue
		}
		written, err := json.Marshal(dispatches[0])
		if err != nil {
			t.Fatal(err)
		}
		var fields any
		if err := json.Unmarshal(written, &fields); err != nil {
			t.Fatal(err)
		}
		longest(fields, name, func(path, s string) {
			if utf8.RuneCountInString(s) > 20_000 || !strings.Contains(path, ".body.") && utf8.RuneCountInString(s) > 4000 {
				t.Errorf("%s: %d characters", path, utf8.RuneCountInString(s))
			}
		})
	}
}

// longest shows every string below a value, with its path.
func longest(v any, path string, show func(path, s string)) {
	switch v := v.(type) {
	case string:
		show(path, v)
	case []any:
		for _, item := range v {
			longest(item, path+".", show)
		}
	case map[string]any:
		for name, item := range v {
			longest(item, path+"."+name, show)
		}
	}
}
