package deskui

import (
	"slices"
	"strings"

	"github.com/rotatif/newsroom"
	"github.com/rotatif/newsroom/internal/letters"
	"github.com/rotatif/newsroom/internal/wire/voice"
)

// evidence is a note beside a paragraph: whom it leans on, with the words that
// show it, or whom it lets speak, with the predicate.
type evidence struct {
	Source  bool
	Name    string // empty when the sentence drops its speaker
	Words   string // of a source
	Verb    string // of a speaker; none after a mere colon
	Opening string // of what is said, where a paragraph lets several speak
}

// piece is a run of a paragraph; Mark sets off the words that show a source.
type piece struct {
	newsroom.Span
	Mark bool
}

// margin is what stands beside a text. Tongue is the language of the text.
type margin struct {
	chrome
	Tongue string
	Notes  []evidence
}

// passage is a block of a dispatch and its margin, nil when nothing stands there.
// Block holds that one block; of one with a margin Pieces are the text.
type passage struct {
	Block  []newsroom.Block
	Pieces []piece
	Margin *margin
}

// heardMost bounds in how much of one dispatch evidence is looked for, in bytes.
const heardMost = 96 << 10

// heardAtOnce is about how much of it is read in one go.
const heardAtOnce = 8 << 10

// Copy is the dispatch's text with what was found in it. Evidence is looked for
// in paragraphs alone: in a subhead or a caption nobody speaks. Who speaks may
// have been announced in the paragraph before.
func (v dispatchView) Copy() []passage {
	body := v.Item.Text.Body
	copied, said := make([]passage, 0, len(body)), v.said(body)
	left := heardMost
	for i, b := range body {
		t := passage{Block: []newsroom.Block{b}}
		if b.Kind == newsroom.Paragraph && left > 0 {
			left -= len(newsroom.Plain(b.Text))
			pieces, notes := v.heard(b.Text, said[i])
			t.Pieces, t.Margin = pieces, v.margin(notes)
		}
		copied = append(copied, t)
	}
	return copied
}

// said is what people say in a text, by the number of the block. It is read in
// parts of neighbouring paragraphs, each small enough to be read wholly.
func (v dispatchView) said(body newsroom.Body) map[int][]voice.Quote {
	said := map[int][]voice.Quote{}
	for from, all := 0, 0; from < len(body) && all < heardMost; {
		var part strings.Builder
		begins := []int{}
		to := from
		for ; to < len(body) && (to == from || part.Len() < heardAtOnce); to++ {
			begins = append(begins, part.Len())
			if body[to].Kind == newsroom.Paragraph {
				part.WriteString(strings.ReplaceAll(newsroom.Plain(body[to].Text), "\n", " "))
			} else {
				part.WriteByte('.') // what stands between ends an announcement
			}
			part.WriteByte('\n')
		}
		for _, q := range voice.Quotes(part.String(), v.Item.Text.Language) {
			n, found := slices.BinarySearch(begins, q.At)
			if !found {
				n--
			}
			said[from+n] = append(said[from+n], q)
		}
		from, all = to, all+part.Len()
	}
	return said
}

// Heard are the notes to the lines above the text, headline and standfirst.
func (v dispatchView) Heard() *margin {
	var notes []evidence
	for _, line := range []string{v.Item.Text.Headline, v.Item.Text.Standfirst} {
		_, more := v.heard(newsroom.Text(line), voice.Quotes(line, v.Item.Text.Language))
		for _, n := range more {
			if !n.Source || !among(notes, n.Name) {
				notes = append(notes, n)
			}
		}
	}
	return v.margin(notes)
}

func (v dispatchView) margin(notes []evidence) *margin {
	if len(notes) == 0 {
		return nil
	}
	tongue := v.Item.Text.Language
	if tongue == "" {
		tongue = "tr"
	}
	return &margin{chrome: v.chrome, Tongue: tongue, Notes: notes}
}

func among(notes []evidence, source string) bool {
	for _, n := range notes {
		if n.Source && n.Name == source {
			return true
		}
	}
	return false
}

// heard finds what there is to note of a text in which this is said, and cuts
// it where words are marked.
func (v dispatchView) heard(text []newsroom.Span, said []voice.Quote) ([]piece, []evidence) {
	plain, notes := newsroom.Plain(text), []evidence{}
	var marks []stretch
	for _, s := range voice.Sources(plain, v.Item.Text.Language) {
		if v.itself(s.Name) {
			continue
		}
		marks = append(marks, stretch{s.At, s.End})
		note := evidence{Source: true, Name: letters.Cut(s.Name, 80)}
		if s.Words != s.Name {
			note.Words = letters.Cut(s.Words, 120)
		}
		notes = append(notes, note)
	}
	notes = append(notes, speakers(said)...)
	if len(notes) == 0 {
		return nil, nil
	}
	return pieces(text, marks), notes
}

// speakers are the notes to what is said in one paragraph. Whoever speaks on is
// noted once.
func speakers(quotes []voice.Quote) []evidence {
	notes := []evidence{}
	for _, q := range quotes {
		note := evidence{Name: letters.Cut(q.Speaker, 80), Verb: letters.Cut(q.Verb, 60), Opening: letters.Cut(q.Text, 30)}
		if n := len(notes); n > 0 && notes[n-1].Name == note.Name && notes[n-1].Verb == note.Verb {
			continue
		}
		notes = append(notes, note)
	}
	if len(notes) == 1 {
		notes[0].Opening = "" // the paragraph itself shows it
	}
	return notes
}

// itself says whether a source is the agency whose copy it is.
func (v dispatchView) itself(name string) bool {
	provider := v.Item.Key.Provider
	return voice.Same(name, provider) || voice.Same(name, v.AgencyName(provider))
}

// stretch is a run of bytes.
type stretch struct{ at, end int }

// pieces cuts the spans of a text where a marked stretch begins or ends. Marks
// are places in the plain text and keep to no order.
func pieces(text []newsroom.Span, marks []stretch) []piece {
	cut := []piece{}
	at := 0
	for _, span := range text {
		rest := span.Text
		for rest != "" {
			n, marked := upTo(at, len(rest), marks)
			part := span
			part.Text = rest[:n]
			cut = append(cut, piece{part, marked})
			rest, at = rest[n:], at+n
		}
	}
	return cut
}

// upTo is how many bytes from a place on are marked alike, at most n, and
// whether they are.
func upTo(at, n int, marks []stretch) (length int, marked bool) {
	for _, m := range marks {
		marked = marked || m.at <= at && at < m.end
	}
	end := at + n
	for _, m := range marks {
		for _, border := range []int{m.at, m.end} {
			if border > at && border < end {
				end = border
			}
		}
	}
	return end - at, marked
}
