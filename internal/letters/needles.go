package letters

import "strings"

// Needles are short strings that are looked for together, in one pass over a
// text however many they are.
type Needles struct {
	begins [1 << 16]bool // by the first two bytes
	by     map[uint16][]string
	short  []string // of one byte
}

// NeedlesOf makes needles of strings; the same one may come more than once, an
// empty one is left out.
func NeedlesOf(strs ...[]string) *Needles {
	n := &Needles{by: map[uint16][]string{}}
	known := map[string]bool{"": true}
	for _, list := range strs {
		for _, s := range list {
			switch {
			case known[s]:
			case len(s) == 1:
				n.short = append(n.short, s)
			default:
				n.begins[head(s)] = true
				n.by[head(s)] = append(n.by[head(s)], s)
			}
			known[s] = true
		}
	}
	return n
}

func head(s string) uint16 { return uint16(s[0])<<8 | uint16(s[1]) }

// Found are the needles that stand in a text.
type Found map[string]bool

// Any says whether one of these needles was found.
func (f Found) Any(needles []string) bool {
	for _, s := range needles {
		if f[s] {
			return true
		}
	}
	return false
}

// In gives the needles that stand in a text.
func (n *Needles) In(text string) Found {
	found := Found{}
	for _, s := range n.short {
		if strings.Contains(text, s) {
			found[s] = true
		}
	}
	for i := 0; i+1 < len(text); i++ {
		if h := head(text[i:]); n.begins[h] {
			for _, s := range n.by[h] {
				if strings.HasPrefix(text[i:], s) {
					found[s] = true
				}
			}
		}
	}
	return found
}
