// Package demo plays the world around a newsroom: an agency that sends copy
// over real HTTP, readers who visit, and an editor who fills the first front.
// All people, agencies and events in it are invented.
//
// Knows: formats as a sender writes them, how readers behave. Never imports: the desk's rooms; the app wires them in.
package demo

import (
	"bufio"
	"embed"
	"fmt"
	"io/fs"
	"path"
	"strconv"
	"strings"
	"time"
)

//go:embed copy
var copies embed.FS

// Piece is one text of the agency's, as it lies in the folder copy.
type Piece struct {
	Name       string // file name without its ending
	Agency     string // ka, lha, dp
	Subject    string // scheme:code
	Urgency    int
	Place      string
	Byline     string
	Slug       string
	Headline   string
	Standfirst string
	Cited      string
	Terms      string   // of use
	Paragraphs []string // "## " begins a subhead
}

// Pieces reads the texts of a language, in order.
func Pieces(lang string) ([]Piece, error) {
	dir := path.Join("copy", lang)
	files, err := fs.ReadDir(copies, dir)
	if err != nil {
		return nil, fmt.Errorf("demo: no copy in %q: %w", lang, err)
	}
	pieces := []Piece{}
	for _, file := range files {
		text, err := fs.ReadFile(copies, path.Join(dir, file.Name()))
		if err != nil {
			return nil, fmt.Errorf("demo: %w", err)
		}
		piece, err := parsePiece(strings.TrimSuffix(file.Name(), ".txt"), string(text))
		if err != nil {
			return nil, err
		}
		pieces = append(pieces, piece)
	}
	return pieces, nil
}

func parsePiece(name, text string) (Piece, error) {
	p := Piece{Name: name, Urgency: 5}
	head, body, _ := strings.Cut(text, "\n\n")
	lines := bufio.NewScanner(strings.NewReader(head))
	for lines.Scan() {
		key, value, ok := strings.Cut(lines.Text(), ":")
		if !ok {
			return p, fmt.Errorf("demo: %s: %q is no head line", name, lines.Text())
		}
		if err := p.set(key, strings.TrimSpace(value)); err != nil {
			return p, err
		}
	}
	for _, paragraph := range strings.Split(strings.TrimSpace(body), "\n\n") {
		p.Paragraphs = append(p.Paragraphs, strings.ReplaceAll(paragraph, "\n", " "))
	}
	return p, nil
}

func (p *Piece) set(key, value string) error {
	field := map[string]*string{
		"agency": &p.Agency, "subject": &p.Subject, "place": &p.Place, "byline": &p.Byline,
		"slug": &p.Slug, "headline": &p.Headline, "standfirst": &p.Standfirst, "cited": &p.Cited, "terms": &p.Terms,
	}[key]
	if field != nil {
		*field = value
		return nil
	}
	n, err := strconv.Atoi(value)
	if key != "urgency" || err != nil {
		return fmt.Errorf("demo: %s: %s: %s is not known", p.Name, key, value)
	}
	p.Urgency = n
	return nil
}

// Sending is one thing the agency transmits: a piece, or a later word on it.
type Sending struct {
	Piece
	After   time.Duration // since the agency opened
	Version int
	Status  string        // usable, canceled, withheld
	Signal  string        // update, correction
	Note    string        // to subscribers
	Embargo time.Duration // after the sending, 0 for none
	Broken  time.Duration // how long the agency answers with this instead of copy, 0 for not at all
}

// Plan is the agency's day: what there is at the start, then one sending a
// pace, with an update, corrections, kills, a kill that comes before its
// original, one that comes as ordinary copy, an embargo, a withheld text, one
// on terms, a copy by another agency and a failed delivery among them.
func Plan(pieces []Piece, opening int, pace time.Duration) []Sending {
	plan := []Sending{}
	late := []Sending{}
	for _, p := range pieces {
		number, _, _ := strings.Cut(p.Name, "-")
		if n, err := strconv.Atoi(number); err == nil && n >= 20 && n < 30 {
			late = append(late, scenes(p, n, pace)...)
			continue
		}
		first := Sending{Piece: p, Version: 1, Status: "usable"}
		plan = append(plan, first)
		late = append(late, sequel(first, number)...)
	}
	opening = min(opening, len(plan))
	all := append(append([]Sending{}, plan[:opening]...), weave(plan[opening:], late)...)
	for i := range all {
		if i >= opening {
			all[i].After = time.Duration(i-opening+1) * pace
		}
	}
	return all
}

// shortestFault is how long a failed delivery stands at least, so that
// somebody who asks every second meets it.
const shortestFault = 2 * time.Second

// weave puts the scenes between the plain texts, and after them.
func weave(plain, late []Sending) []Sending {
	out := []Sending{}
	for len(plain) > 0 || len(late) > 0 {
		if len(plain) > 0 {
			out, plain = append(out, plain[0]), plain[1:]
		}
		if len(late) > 0 {
			out, late = append(out, late[0]), late[1:]
		}
	}
	return out
}
