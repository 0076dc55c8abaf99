package demo

import (
	"strings"
	"time"
)

// sequel is what the agency says later about a text of the opening: it corrects
// the first and kills the second, which both are before readers by then.
func sequel(first Sending, number string) []Sending {
	later := first
	later.Version = 2
	switch number {
	case "01":
		return []Sending{corrected(later, "2 milyon 400 bin ton", "2 milyon 40 bin ton", "38 minutes", "42 minutes")}
	case "02":
		later.Status, later.Note = "canceled", killNote(first.Piece)
		return []Sending{later}
	default:
		return nil
	}
}

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
		return []Sending{first, corrected(second, "3 Aralık", "13 Aralık", "December 3", "December 13")}
	case 23:
		second.Signal = "update"
		second.Paragraphs = append(replaced(p.Paragraphs), updateLine(p))
		return []Sending{first, second}
	case 24: // the kill comes before its original
		second.Status, second.Note = "canceled", killNote(p)
		return []Sending{second, first}
	case 25:
		second.Status, second.Note = "withheld", withheldNote(p)
		return []Sending{first, second}
	case 26:
		first.Broken = max(pace, shortestFault)
		return []Sending{first}
	case 27: // this agency has no field to kill with
		return []Sending{first, {Piece: notice(p), Version: 1, Status: "usable"}}
	default: // another agency's copy of a scene; copy on terms
		return []Sending{first}
	}
}

// corrected is the sending with words replaced in headline and text, and a note
// that says which.
func corrected(s Sending, pairs ...string) Sending {
	s.Signal = "correction"
	s.Headline = strings.NewReplacer(pairs...).Replace(s.Headline)
	before := strings.Join(append(s.Paragraphs, s.Piece.Headline), " ")
	s.Paragraphs = replaced(s.Paragraphs, pairs...)
	for i := 0; i < len(pairs); i += 2 {
		if strings.Contains(before, pairs[i]) {
			s.Note = correctionNote(s.Piece, pairs[i], pairs[i+1])
		}
	}
	return s
}

// notice is ordinary copy that takes a piece back.
func notice(p Piece) Piece {
	n := Piece{Name: p.Name + "-x", Agency: p.Agency, Subject: p.Subject, Urgency: 3, Slug: p.Slug}
	if turkish(p) {
		n.Headline = "İPTAL - " + p.Headline
		n.Paragraphs = []string{"ABONELERİMİZİN DİKKATİNE: \"" + p.Headline + "\" başlıklı haberimiz iptal edilmiştir."}
	} else {
		n.Headline = "KILL - " + p.Headline
		n.Paragraphs = []string{"Please kill our earlier story \"" + p.Headline + "\"."}
	}
	return n
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

func correctionNote(p Piece, wrong, right string) string {
	if turkish(p) {
		return "DÜZELTME: \"" + wrong + "\" yerine \"" + right + "\" olacak."
	}
	return "CORRECTION: \"" + wrong + "\" should read \"" + right + "\"."
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
