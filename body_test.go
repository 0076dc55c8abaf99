package newsroom_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/rotatif/newsroom"
)

func paragraph(spans ...newsroom.Span) newsroom.Block {
	return newsroom.Block{Kind: newsroom.Paragraph, Text: spans}
}

// whole is a body with one block of every kind.
func whole() newsroom.Body {
	cell := newsroom.Text
	return newsroom.Body{
		paragraph(newsroom.Span{Text: "Köprü "}, newsroom.Span{Text: "açıldı", Strong: true, Href: "https://kopru.example/a?b=c#d"}),
		{Kind: newsroom.Subhead, Text: newsroom.Text("İLK GÜN")},
		{Kind: newsroom.Quote, Text: newsroom.Text("Bekliyorduk."), By: "Nermin Ocaklı"},
		{Kind: newsroom.List, Ordered: true, Items: [][]newsroom.Span{cell("bir"), nil, cell("iki")}},
		{Kind: newsroom.Table, Head: true, Rows: [][][]newsroom.Span{{cell("il"), cell("gün")}, {cell("Van"), nil}}},
		{Kind: newsroom.Picture, Picture: &newsroom.PictureRef{ID: "p1", Src: "https://a.example/p.jpg", Alt: "köprü", Caption: "Köprü sisli"}},
		{Kind: newsroom.Embed, Embed: &newsroom.EmbedRef{Provider: "video", ID: "42"}},
		{Kind: newsroom.Background, Text: newsroom.Text("NE OLMUŞTU?"), Blocks: newsroom.Body{paragraph(newsroom.Span{Text: "İki yıl önce"})}},
	}
}

func TestBodyInReadingOrder(t *testing.T) {
	t.Parallel()
	want := []string{"Köprü açıldı", "İLK GÜN", "Bekliyorduk.", "Nermin Ocaklı", "bir", "iki", "il", "gün", "Van", "Köprü sisli", "NE OLMUŞTU?", "İki yıl önce"}
	if have := whole().Lines(); !slices.Equal(have, want) {
		t.Errorf("lines %q", have)
	}
	if have := whole().Words(); have != 19 {
		t.Errorf("%d words", have)
	}
	if newsroom.Plain(nil) != "" || newsroom.Text("") != nil || newsroom.Plain(newsroom.Text("a")) != "a" {
		t.Error("no text is not no spans")
	}
}

func TestBodyThatMayStand(t *testing.T) {
	t.Parallel()
	full := newsroom.Body{}
	for range newsroom.MaxBlocks {
		full = append(full, newsroom.Block{Kind: newsroom.Subhead})
	}
	for name, body := range map[string]newsroom.Body{
		"nothing":             nil,
		"everything":          whole(),
		"as many blocks":      full,
		"as much text":        {paragraph(newsroom.Span{Text: strings.Repeat("ş", newsroom.MaxText/2)})},
		"an empty paragraph":  {paragraph()},
		"a picture by its id": {{Kind: newsroom.Picture, Picture: &newsroom.PictureRef{}}},
	} {
		if err := body.Check(); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestBodyThatIsRefused(t *testing.T) {
	t.Parallel()
	broken := "kırık \xff"
	box := func(blocks ...newsroom.Block) newsroom.Block {
		return newsroom.Block{Kind: newsroom.Background, Blocks: blocks}
	}
	full, fullBoxes := newsroom.Body{}, newsroom.Body{}
	for range newsroom.MaxBlocks/2 + 1 {
		full = append(full, paragraph(), paragraph())
		fullBoxes = append(fullBoxes, box(paragraph()))
	}
	half := strings.Repeat("a", newsroom.MaxText/2)
	for name, c := range map[string]struct {
		body newsroom.Body
		kind newsroom.Kind
		key  string
	}{
		"no kind":               {newsroom.Body{{}}, newsroom.Invalid, "error.body_block"},
		"a foreign kind":        {newsroom.Body{{Kind: "html"}}, newsroom.Invalid, "error.body_block"},
		"a picture of nothing":  {newsroom.Body{{Kind: newsroom.Picture}}, newsroom.Invalid, "error.body_block"},
		"an embed of nothing":   {newsroom.Body{{Kind: newsroom.Embed}}, newsroom.Invalid, "error.body_block"},
		"an embed without id":   {newsroom.Body{{Kind: newsroom.Embed, Embed: &newsroom.EmbedRef{Provider: "video"}}}, newsroom.Invalid, "error.body_block"},
		"an embed of nobody":    {newsroom.Body{{Kind: newsroom.Embed, Embed: &newsroom.EmbedRef{ID: "1"}}}, newsroom.Invalid, "error.body_block"},
		"blocks in a paragraph": {newsroom.Body{{Kind: newsroom.Paragraph, Blocks: newsroom.Body{paragraph()}}}, newsroom.Invalid, "error.body_block"},
		"a box in a box":        {newsroom.Body{box(box())}, newsroom.Invalid, "error.body_box_in_box"},
		"a foreign kind in box": {newsroom.Body{box(newsroom.Block{Kind: "x"})}, newsroom.Invalid, "error.body_block"},
		"broken text":           {newsroom.Body{paragraph(newsroom.Span{Text: broken})}, newsroom.Invalid, "error.text_encoding"},
		"broken item":           {newsroom.Body{{Kind: newsroom.List, Items: [][]newsroom.Span{newsroom.Text(broken)}}}, newsroom.Invalid, "error.text_encoding"},
		"broken cell":           {newsroom.Body{{Kind: newsroom.Table, Rows: [][][]newsroom.Span{{newsroom.Text(broken)}}}}, newsroom.Invalid, "error.text_encoding"},
		"broken name":           {newsroom.Body{{Kind: newsroom.Quote, By: broken}}, newsroom.Invalid, "error.text_encoding"},
		"broken caption":        {newsroom.Body{{Kind: newsroom.Picture, Picture: &newsroom.PictureRef{Caption: broken}}}, newsroom.Invalid, "error.text_encoding"},
		"broken alt":            {newsroom.Body{{Kind: newsroom.Picture, Picture: &newsroom.PictureRef{Alt: broken}}}, newsroom.Invalid, "error.text_encoding"},
		"broken embed":          {newsroom.Body{{Kind: newsroom.Embed, Embed: &newsroom.EmbedRef{Provider: "video", ID: broken}}}, newsroom.Invalid, "error.text_encoding"},
		"broken text in a box":  {newsroom.Body{box(paragraph(newsroom.Span{Text: broken}))}, newsroom.Invalid, "error.text_encoding"},
		"a link in a list":      {newsroom.Body{{Kind: newsroom.List, Items: [][]newsroom.Span{{{Text: "a", Href: "javascript:x()"}}}}}, newsroom.Invalid, "error.body_link"},
		"too many blocks":       {full, newsroom.TooMuch, "error.body_too_long"},
		"too many in boxes":     {fullBoxes, newsroom.TooMuch, "error.body_too_long"},
		"too much text":         {newsroom.Body{paragraph(newsroom.Span{Text: half}), paragraph(newsroom.Span{Text: half + "a"})}, newsroom.TooMuch, "error.body_too_long"},
		"too much in a box":     {newsroom.Body{paragraph(newsroom.Span{Text: half}), box(paragraph(newsroom.Span{Text: half + "a"}))}, newsroom.TooMuch, "error.body_too_long"},
		"too many empty spans":  {newsroom.Body{paragraph(make([]newsroom.Span, newsroom.MaxParts)...)}, newsroom.TooMuch, "error.body_too_long"},
		"too many empty items":  {newsroom.Body{{Kind: newsroom.List, Items: make([][]newsroom.Span, newsroom.MaxParts)}}, newsroom.TooMuch, "error.body_too_long"},
		"too many empty rows":   {newsroom.Body{{Kind: newsroom.Table, Rows: make([][][]newsroom.Span, newsroom.MaxParts)}}, newsroom.TooMuch, "error.body_too_long"},
		"an endless address":    {newsroom.Body{paragraph(newsroom.Span{Text: "a", Href: "https://" + strings.Repeat("a", newsroom.MaxParts)})}, newsroom.TooMuch, "error.body_too_long"},
		"an endless alt":        {newsroom.Body{{Kind: newsroom.Picture, Picture: &newsroom.PictureRef{Alt: strings.Repeat("a", newsroom.MaxParts)}}}, newsroom.TooMuch, "error.body_too_long"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			refused(t, c.body.Check(), c.kind, c.key)
		})
	}
}

func TestSafeHref(t *testing.T) {
	t.Parallel()
	for _, good := range []string{
		"https://gazete.example", "http://gazete.example/haber?a=1&b=2#c", "HTTPS://GAZETE.EXAMPLE/", "mailto:masa@gazete.example",
		"https://çağrı.example/köprü-açıldı", "http://[2001:db8::1]:8080/", "https://a.example/%20%22",
	} {
		if !newsroom.SafeHref(good) {
			t.Errorf("%q is refused", good)
		}
	}
	for _, bad := range []string{
		"", "/haber", "haber", "//gazete.example", "?a", "#a", "ftp://gazete.example", "file:///etc/passwd", "about:blank",
		"javascript:alert(1)", "JaVaScRiPt:alert(1)", "java\nscript:alert(1)", " javascript:alert(1)", "\x01javascript:alert(1)",
		"data:text/html,<script>", "vbscript:x", "blob:https://a.example/1", "view-source:https://a.example",
		" https://a.example", "https://a.example ", "https://a.example/a b", "https://a.example/\ta", "https://a.example/\r\nSet-Cookie:a",
		"https://a.example\x00", "https://a.example\x7f", "https://a.example\\@b.example", "https:\\\\a.example", "https:a.example", "https:/a.example",
		"https://", "http://", "https:///a.example", "https://?a", "https://#a", "mailto:", "mailto", "http",
		"https://a.example/\u00a0", "https://a.example/\u2028", "https://a.example/\u0085", "https://a.example/\u202egpj.exe", "https://a.example/\u200b", "https://a.example/\ufeff",
		"https://a.example/\xff", "https://a.example/\ufffd", "ｈttps://a.example", "httpſ://a.example",
	} {
		if newsroom.SafeHref(bad) {
			t.Errorf("%q is let through", bad)
		}
		refusedLink := newsroom.Body{paragraph(newsroom.Span{Text: "a", Href: bad})}.Check()
		if bad != "" {
			refused(t, refusedLink, newsroom.Invalid, "error.body_link")
		}
	}
}

func TestContentOfAnyState(t *testing.T) {
	t.Parallel()
	line, lead := strings.Repeat("ş", newsroom.MaxLine), strings.Repeat("ş", newsroom.MaxLead)
	good := newsroom.Content{
		Language: "tr", Section: line, Headline: line, Standfirst: lead, Byline: line, Dateline: line,
		Credit: newsroom.Credit{Agency: line, Cited: []string{line, line}}, Slugline: line, Note: strings.Repeat("a", newsroom.MaxText),
	}
	if err := good.Check(); err != nil {
		t.Fatal(err)
	}
	for name, spoil := range map[string]func(c *newsroom.Content, with string){
		"language":   func(c *newsroom.Content, with string) { c.Language += with },
		"section":    func(c *newsroom.Content, with string) { c.Section += with },
		"headline":   func(c *newsroom.Content, with string) { c.Headline += with },
		"standfirst": func(c *newsroom.Content, with string) { c.Standfirst += with },
		"byline":     func(c *newsroom.Content, with string) { c.Byline += with },
		"dateline":   func(c *newsroom.Content, with string) { c.Dateline += with },
		"agency":     func(c *newsroom.Content, with string) { c.Credit.Agency += with },
		"cited":      func(c *newsroom.Content, with string) { c.Credit.Cited = []string{line + with} },
		"slugline":   func(c *newsroom.Content, with string) { c.Slugline += with },
		"note":       func(c *newsroom.Content, with string) { c.Note += with },
	} {
		c := good
		spoil(&c, "\xc5")
		refused(t, c.Check(), newsroom.Invalid, "error.text_encoding")
		if c = good; name == "language" {
			continue // shorter than a line to begin with
		}
		spoil(&c, "x")
		if newsroom.KindOf(c.Check()) != newsroom.TooMuch {
			t.Errorf("%s: one rune too many is let through", name)
		}
	}
	c := good
	c.Credit.Cited = make([]string, newsroom.MaxCited+1)
	refused(t, c.Check(), newsroom.TooMuch, "error.body_too_long")
	c = good
	c.Body = newsroom.Body{{}}
	refused(t, c.Check(), newsroom.Invalid, "error.body_block")
}

func TestContentThatMayBePublished(t *testing.T) {
	t.Parallel()
	if err := content("Köprü açıldı").Complete(); err != nil {
		t.Fatal(err)
	}
	for key, spoil := range map[string]func(c *newsroom.Content){
		"error.no_headline": func(c *newsroom.Content) { c.Headline = " \t\n" },
		"error.no_section":  func(c *newsroom.Content) { c.Section = " " },
		"error.no_body":     func(c *newsroom.Content) { c.Body = newsroom.Body{paragraph(newsroom.Span{Text: " "})} },
	} {
		c := content("Köprü açıldı")
		spoil(&c)
		refused(t, c.Complete(), newsroom.Invalid, key)
	}
}
