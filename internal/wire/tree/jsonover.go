package tree

import "strings"

// over is where an object of an array ends that cannot be read, so that those
// behind it can: behind its last bracket, if another entry or the end of the
// array follows; 0 when that cannot be told. It asks nothing of what stands
// between brackets and quotes. An end of another sort than what is open, and an
// object where a name should stand, end what was never ended.
func over(src string, from int) int {
	if from >= len(src) || src[from] != '{' {
		return 0
	}
	open, quoted, last := []byte{}, false, byte(0)
	for i := from; i < len(src); i++ {
		c := src[i]
		switch {
		case quoted && c == '\\':
			i++
		case c == '"':
			quoted = !quoted
		case quoted || space(c):
			continue
		case c == '{' && last == ',' && len(open) == 1: // in the object itself
			return strings.LastIndexByte(src[:i], ',')
		case c == '{' || c == '[':
			open = append(open, c)
		case c == '}' || c == ']':
			if open = ended(open, c); len(open) == 0 {
				return followed(src, i+1)
			}
		}
		last = c
	}
	return 0
}

// ended closes the innermost bracket of the sort, and what stands open in it.
func ended(open []byte, c byte) []byte {
	begin := byte('{')
	if c == ']' {
		begin = '['
	}
	for i := len(open) - 1; i >= 0; i-- {
		if open[i] == begin {
			return open[:i]
		}
	}
	return open
}

// followed is the place, if an array goes on or ends there.
func followed(src string, at int) int {
	rest := strings.TrimLeft(src[at:], " \t\r\n")
	if strings.HasPrefix(rest, ",") || strings.HasPrefix(rest, "]") {
		return at
	}
	return 0
}
