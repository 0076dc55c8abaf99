package site

import (
	"strings"
	"testing"

	"github.com/rotatif/newsroom/themes"
)

func TestTemplatesPutValuesOnlyWhereEscapingHolds(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		source string
		fault  string // empty: allowed
	}{
		{`<p>{{.A}}</p>`, ""},
		{`<a href="{{.A}}" title='{{.B}}'>{{.C}}</a>`, ""},
		{`<p{{with .L}} lang="{{.}}"{{end}} class="a {{.B}}">`, ""},
		{`<script src="{{.A}}" data-id="{{.B}}"></script>`, ""},
		{`<a href="/a?b=1">{{.A}}</a>`, ""},
		{`<script>var a = {{.A}}</script>`, "inside <script>"},
		{`<script type="application/ld+json">{{.A}}</script>`, "inside <script>"},
		{`<style>p { color: {{.A}} }</style>`, "inside <style>"},
		{`<p style="color: {{.A}}">`, "style"},
		{`<p onclick="go('{{.A}}')">`, "onclick"},
		{`<p onClick='{{.A}}'>`, "onclick"},
		{`<iframe srcdoc="{{.A}}"></iframe>`, "srcdoc"},
		{`<img srcset="{{.A}}">`, "srcset"},
		{`<a href={{.A}}>`, "unquoted"},
		{`<a href=/x/{{.A}}>`, "unquoted"},
		{`<p {{.A}}="b">`, "name of an attribute"},
		{`<meta http-equiv="refresh" content="{{.A}}">`, "content of <meta>"},
		{`<meta content="{{.A}}" http-equiv="refresh">`, "content of <meta>"},
		{`<meta name="a" content="{{.A}}">`, ""},
	} {
		err := checkTemplate(c.source)
		switch {
		case c.fault == "" && err != nil:
			t.Errorf("%s is refused: %v", c.source, err)
		case c.fault != "" && (err == nil || !strings.Contains(err.Error(), c.fault)):
			t.Errorf("%s: %v, not %q", c.source, err, c.fault)
		}
	}
}

func TestTheShippedThemeIsSafe(t *testing.T) {
	t.Parallel()
	if _, err := openTemplates(themes.Gazete()); err != nil {
		t.Error(err)
	}
}

func TestAcceptedCoding(t *testing.T) {
	t.Parallel()
	for header, want := range map[string]coding{
		"": identity, "gzip, deflate, br, zstd": brotlied, "gzip": gzipped, "br;q=0, gzip": gzipped, "gzip;q=0.0": identity,
		"GZIP": identity, "deflate": identity, "gzip;q=0.001": gzipped, " br ; q=1": brotlied, "bread": identity,
	} {
		if have := accepted([]string{header}); have != want {
			t.Errorf("%q takes %d, not %d", header, have, want)
		}
	}
}

func TestTagsThatMatch(t *testing.T) {
	t.Parallel()
	for header, want := range map[string]bool{`"a-b"`: true, `W/"a-b"`: true, `"x", "a-b"`: true, `*`: true, `"a"`: false, `a-b`: false, ``: false} {
		if have := matches([]string{header}, `"a-b"`); have != want {
			t.Errorf("%q matches: %v", header, have)
		}
	}
}
