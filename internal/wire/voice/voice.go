// Package voice finds whose words a text carries: the agency or paper it leans
// on, and the people it lets speak. What is found is evidence for an editor,
// shown beside the paragraph with the words it rests on; it is never printed by
// itself. Wrong is worse than none, so only such sentences count as say plainly
// who speaks.
//
// The Turkish patterns follow the grammar of quotation in Turkish news prose
// (direct speech with dedi, diyen, the şöyle … : pattern, and the compounds of
// ifade, açıklama, değerlendirme and their like).
//
// Knows: text. Never imports: dispatches, a format, the wire room.
package voice

import "strings"

// Source is a medium that a text leans on. Words are those that show it,
// At to End its bytes in the text.
type Source struct {
	Name    string
	Words   string
	At, End int
}

// Quote is direct speech. Speaker is empty when the sentence does not say who
// speaks; Verb is the predicate as it stands there, empty after a mere colon.
// At to End are the bytes of Text in the text, without its marks.
type Quote struct {
	Speaker string
	Verb    string
	Text    string
	At, End int
}

// most is how much of a text is looked at, in bytes.
const most = 32 << 10

// maxFound bounds what is found in one text.
const maxFound = 200

// maxLooked bounds how many pairs of quotation marks of one text are judged.
const maxLooked = 500

func bounded(text string) string {
	if len(text) > most {
		text = strings.ToValidUTF8(text[:most], "")
	}
	return text
}

// heard says whether a language is one whose quotation is known. Turkish wires
// carry English copy and say that it is Turkish, and the other way about, so
// that either is read as both.
func heard(lang string) bool {
	lang, _, _ = strings.Cut(strings.ToLower(lang), "-")
	return lang == "" || lang == "tr" || lang == "en"
}
