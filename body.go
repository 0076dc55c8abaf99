package newsroom

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// BlockKind names what a block of a story is.
type BlockKind string

// The blocks of a story.
const (
	Paragraph  BlockKind = "paragraph"
	Subhead    BlockKind = "subhead" // ara başlık
	Quote      BlockKind = "quote"
	List       BlockKind = "list"
	Picture    BlockKind = "picture"
	Embed      BlockKind = "embed"
	Table      BlockKind = "table"
	Background BlockKind = "background" // a box of other blocks: the background section
)

// Block is one node of a story's body. Which fields count depends on Kind:
// Text for paragraph, subhead, quote and as the title of a background box;
// By for the quoted; Items and Ordered for a list; Rows for a table (first row
// the head when Head is set); Blocks for a background box, which holds no
// further box. No field ever holds markup.
type Block struct {
	Kind    BlockKind   `json:"kind"`
	Text    []Span      `json:"text,omitempty"`
	By      string      `json:"by,omitempty"`
	Ordered bool        `json:"ordered,omitempty"`
	Items   [][]Span    `json:"items,omitempty"`
	Head    bool        `json:"head,omitempty"`
	Rows    [][][]Span  `json:"rows,omitempty"`
	Picture *PictureRef `json:"picture,omitempty"`
	Embed   *EmbedRef   `json:"embed,omitempty"`
	Blocks  []Block     `json:"blocks,omitempty"`
}

// Span is a run of text with its inline marks. Href is empty or an absolute
// http, https or mailto address.
type Span struct {
	Text   string `json:"text"`
	Strong bool   `json:"strong,omitempty"`
	Em     bool   `json:"em,omitempty"`
	Href   string `json:"href,omitempty"`
}

// PictureRef points to a picture; where its bytes come from is the picture
// room's affair. Src is the delivered address and is never shown to readers.
type PictureRef struct {
	ID      string `json:"id,omitempty"`
	Src     string `json:"src,omitempty"`
	Alt     string `json:"alt,omitempty"`
	Caption string `json:"caption,omitempty"`
	Credit  string `json:"credit,omitempty"`
	Usage   string `json:"usage,omitempty"` // the agency's terms, for the desk only

	Renditions []Rendition `json:"renditions,omitempty"` // as delivered, for the desk only
}

// longMark is the longest mark, in bytes. No id of an item is longer.
const longMark = 1000

// Marks are what the picture is known by: its agency's id for it, and its
// addresses. One too long to be looked up, as signed addresses are, stands by its hash.
func (p PictureRef) Marks() []string {
	marks := []string{p.ID, p.Src}
	for _, r := range p.Renditions {
		marks = append(marks, r.Src)
	}
	for i, m := range marks {
		if len(m) > longMark {
			sum := sha256.Sum256([]byte(m))
			marks[i] = hex.EncodeToString(sum[:])
		}
	}
	return slices.DeleteFunc(marks, func(m string) bool { return m == "" })
}

// Rendition is one size of a delivered picture. Width and Height are in pixels, 0 when not stated.
type Rendition struct {
	Name   string `json:"name,omitempty"`
	Src    string `json:"src"`
	Type   string `json:"type,omitempty"` // media type
	Width  int    `json:"width,omitempty"`
	Height int    `json:"height,omitempty"`
}

// EmbedRef is a thing elsewhere, named by provider and id, never by its HTML.
type EmbedRef struct {
	Provider string `json:"provider"`
	ID       string `json:"id"`
}

// Body is the text of a story as a tree of blocks.
type Body []Block

// The bounds of a body. A newspaper's longest reading piece is a tenth of this.
const (
	MaxBlocks = 2000
	MaxText   = 1 << 20 // bytes of text in one story
	MaxParts  = 1 << 22 // bytes of what is not text: addresses, names, and one for every span, item, row and cell
	MaxLine   = 1000    // runes of a headline or other short field
	MaxLead   = 4000    // runes of a standfirst or a note to readers
	MaxCited  = 1000    // sources of a credit
)

// Pictures are the pictures of the body, those in boxes too.
func (b Body) Pictures() []PictureRef {
	var all []PictureRef
	for _, block := range b {
		if block.Picture != nil {
			all = append(all, *block.Picture)
		}
		all = append(all, Body(block.Blocks).Pictures()...)
	}
	return all
}

// Text is a one-span text; the empty string has no spans.
func Text(s string) []Span {
	if s == "" {
		return nil
	}
	return []Span{{Text: s}}
}

// Plain is the text of spans without their marks.
func Plain(spans []Span) string {
	if len(spans) == 1 {
		return spans[0].Text
	}
	var b strings.Builder
	for _, s := range spans {
		b.WriteString(s.Text)
	}
	return b.String()
}

// Lines is the body's text in reading order, one line a paragraph, subhead,
// quote, list item, table cell or caption.
func (b Body) Lines() []string {
	var lines []string
	for _, block := range b {
		lines = append(lines, block.lines()...)
	}
	return lines
}

func (b Block) lines() []string {
	var lines []string
	add := func(s string) {
		if s != "" {
			lines = append(lines, s)
		}
	}
	add(Plain(b.Text))
	add(b.By)
	for _, item := range b.Items {
		add(Plain(item))
	}
	for _, row := range b.Rows {
		for _, cell := range row {
			add(Plain(cell))
		}
	}
	if b.Picture != nil {
		add(b.Picture.Caption)
	}
	return append(lines, Body(b.Blocks).Lines()...)
}

// Sign is all of a block that a reader would see changed: its kind, its words,
// where its links lead, which picture or embed it shows. An agency's own
// addresses and sizes of a picture are no part of it: they change with every
// delivery.
func (b Block) Sign() string {
	parts := append([]string{string(b.Kind)}, b.lines()...)
	for _, spans := range b.spans() {
		for _, s := range spans {
			if s.Href != "" {
				parts = append(parts, s.Href)
			}
		}
	}
	if b.Picture != nil {
		parts = append(parts, b.Picture.ID, b.Picture.Credit)
	}
	if b.Embed != nil {
		parts = append(parts, b.Embed.Provider, b.Embed.ID)
	}
	for _, inner := range b.Blocks {
		parts = append(parts, inner.Sign())
	}
	return strings.Join(parts, "\n")
}

// Words counts the words of the body.
func (b Body) Words() int {
	n := 0
	for _, line := range b.Lines() {
		n += len(strings.Fields(line))
	}
	return n
}

// Check refuses a body that is malformed or over its bounds: unknown kinds,
// boxes in boxes, addresses that are not http, https or mailto.
func (b Body) Check() error { return b.check(false, &measure{}) }

// measure is how much of a body has been seen.
type measure struct{ blocks, text, parts int }

func (m *measure) add(b Block) {
	m.blocks++
	b.Blocks = nil // they are measured one by one
	for _, line := range b.lines() {
		m.text += len(line)
	}
	for _, spans := range b.spans() {
		m.parts++
		for _, s := range spans {
			m.parts += 1 + len(s.Href)
		}
	}
	for _, s := range b.names() {
		m.parts += len(s)
	}
	m.parts += len(b.Rows)
}

func (m *measure) full() bool {
	return m.blocks > MaxBlocks || m.text > MaxText || m.parts > MaxParts
}

func (b Body) check(inBox bool, seen *measure) error {
	for _, block := range b {
		seen.add(block)
		if seen.full() {
			return Refuse(TooMuch, "error.body_too_long")
		}
		if err := block.check(inBox); err != nil {
			return err
		}
		if err := Body(block.Blocks).check(true, seen); err != nil {
			return err
		}
	}
	return nil
}

// spans is every run of text in the block, empty ones too.
func (b Block) spans() [][]Span {
	groups := append([][]Span{b.Text}, b.Items...)
	for _, row := range b.Rows {
		groups = append(groups, row...)
	}
	return groups
}

// names is every text of the block that is not in spans.
func (b Block) names() []string {
	names := []string{b.By}
	if p := b.Picture; p != nil {
		names = append(names, p.ID, p.Src, p.Alt, p.Caption, p.Credit, p.Usage)
	}
	if e := b.Embed; e != nil {
		names = append(names, e.Provider, e.ID)
	}
	return names
}

func (b Block) check(inBox bool) error {
	switch b.Kind {
	case Paragraph, Subhead, Quote, List, Table:
	case Picture:
		if b.Picture == nil {
			return Refuse(Invalid, "error.body_block", "kind", string(b.Kind))
		}
	case Embed:
		if b.Embed == nil || b.Embed.Provider == "" || b.Embed.ID == "" {
			return Refuse(Invalid, "error.body_block", "kind", string(b.Kind))
		}
	case Background:
		if inBox {
			return Refuse(Invalid, "error.body_box_in_box")
		}
	default:
		return Refuse(Invalid, "error.body_block", "kind", string(b.Kind))
	}
	if b.Kind != Background && len(b.Blocks) > 0 {
		return Refuse(Invalid, "error.body_block", "kind", string(b.Kind))
	}
	return b.checkText()
}

func (b Block) checkText() error {
	for _, name := range b.names() {
		if !utf8.ValidString(name) {
			return Refuse(Invalid, "error.text_encoding")
		}
	}
	for _, spans := range b.spans() {
		for _, s := range spans {
			if !utf8.ValidString(s.Text) {
				return Refuse(Invalid, "error.text_encoding")
			}
			if s.Href != "" && !SafeHref(s.Href) {
				return Refuse(Invalid, "error.body_link", "href", s.Href)
			}
		}
	}
	return nil
}

// SafeHref says whether an address may stand in a story: absolute http, https
// or mailto, to somewhere, without spaces or characters that do not show.
func SafeHref(href string) bool {
	for _, r := range href {
		if r == '\\' || r == utf8.RuneError || unicode.IsSpace(r) || !unicode.IsPrint(r) {
			return false
		}
	}
	scheme, rest, _ := strings.Cut(href, ":")
	switch strings.ToLower(scheme) {
	case "http", "https":
		host, found := strings.CutPrefix(rest, "//")
		return found && host != "" && !strings.ContainsRune("/?#", rune(host[0]))
	case "mailto":
		return rest != ""
	default:
		return false
	}
}

// digest is the hash of a value's canonical JSON. Struct fields have a fixed
// order and maps are not used in the words, so equal values have equal bytes.
func digest(v any) string {
	raw, err := json.Marshal(v)
	if err != nil { // words marshal by construction; a failure is a programming error
		panic("newsroom: word does not marshal: " + err.Error())
	}
	sum := sha256.Sum256(raw)
	return hex.EncodeToString(sum[:])
}
