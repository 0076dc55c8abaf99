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
		"slug": &p.Slug, "headline": &p.Headline, "standfirst": &p.Standfirst, "cited": &p.Cited,
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
// pace, with an update, a correction, a kill, a kill that comes before its
// original, an embargo, a withheld text and a failed delivery among them.
func Plan(pieces []Piece, opening int, pace time.Duration) []Sending {
	plan := []Sending{}
	late := []Sending{}
	for _, p := range pieces {
		number, _, _ := strings.Cut(p.Name, "-")
		if n, err := strconv.Atoi(number); err == nil && n >= 20 && n < 30 {
			late = append(late, scenes(p, n, pace)...)
			continue
		}
		plan = append(plan, Sending{Piece: p, Version: 1, Status: "usable"})
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

// scenes are the sendings of a piece that has a story of its own: those whose
// number is in the twenties.
func scenes(p Piece, n int, pace time.Duration) []Sending {
	first := Sending{Piece: p, Version: 1, Status: "usable"}
	second := first
	second.Version = 2
	switch n {
	case 20:
		first.Embargo = 2 * time.Minute
		return []Sending{first}
	case 21:
		second.Status, second.Note = "canceled", killNote(p)
		return []Sending{first, second}
	case 22:
		second.Signal, second.Note = "correction", correctionNote(p)
		second.Headline = strings.NewReplacer("3 Aralık", "13 Aralık", "December 3", "December 13").Replace(p.Headline)
		second.Paragraphs = replaced(p.Paragraphs, "3 Aralık", "13 Aralık", "December 3", "December 13")
		return []Sending{first, second}
	case 23:
		second.Signal = "update"
		second.Paragraphs = append(replaced(p.Paragraphs), updateLine(p))
		return []Sending{first, second}
	case 25:
		second.Status, second.Note = "withheld", withheldNote(p)
		return []Sending{first, second}
	case 26:
		first.Broken = max(pace, shortestFault)
		return []Sending{first}
	default: // the kill comes before its original
		kill := second
		kill.Status, kill.Note = "canceled", killNote(p)
		return []Sending{kill, first}
	}
}

func turkish(p Piece) bool { return strings.ContainsAny(p.Headline+p.Paragraphs[0], "ıİşŞğĞ") }

func killNote(p Piece) string {
	if turkish(p) {
		return "Haber teyit edilemedi. Lütfen kullanmayınız."
	}
	return "The story could not be confirmed. Please do not use."
}

func withheldNote(p Piece) string {
	if turkish(p) {
		return "Haberi şimdilik kullanmayınız, teyit bekleniyor."
	}
	return "Please hold the story until it is confirmed."
}

func correctionNote(p Piece) string {
	if turkish(p) {
		return "DÜZELTME: Başvuru tarihi 13 Aralık olacak."
	}
	return "CORRECTION: The date is December 13."
}

func updateLine(p Piece) string {
	if turkish(p) {
		return "Yangın, saat 16.40 itibarıyla kontrol altına alındı. Soğutma çalışmaları sürüyor."
	}
	return "The fire was brought under control at 4.40 pm. Crews are damping down."
}

func replaced(in []string, pairs ...string) []string {
	r := strings.NewReplacer(pairs...)
	out := make([]string, len(in))
	for i, s := range in {
		out[i] = r.Replace(s)
	}
	return out
}

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
