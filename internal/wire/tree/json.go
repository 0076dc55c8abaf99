package tree

import (
	"errors"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// Type is the sort of a JSON value.
type Type byte

// The sorts of values.
const (
	Null Type = iota
	Bool
	Number
	String
	Array
	Object
)

// Value is a JSON value. Scalars keep their text, so that no digit is lost;
// objects keep every member, a name given twice included.
type Value struct {
	Type    Type
	Text    string
	Items   []Value
	Members []Member
	Fault   Fault
}

// Member is a named value of an object.
type Member struct {
	Name  string
	Value Value
}

// ErrJSON is any fault of notation. What came before it was read.
var ErrJSON = errors.New("tree: not JSON")

// JSON reads the first value of the text. rest is what follows it; an error
// comes with whatever could be read.
func JSON(src string, limits Limits) (v Value, rest string, err error) {
	p := jsonReader{src: src, limits: limits}
	v, err = p.value(0)
	if err == nil {
		p.blank()
	}
	return v, p.src[p.pos:], err
}

type jsonReader struct {
	src    string
	pos    int
	limits Limits
	values int
}

func (p *jsonReader) blank() {
	for p.pos < len(p.src) && space(p.src[p.pos]) {
		p.pos++
	}
}

func (p *jsonReader) value(depth int) (Value, error) {
	p.blank()
	if p.pos >= len(p.src) {
		return Value{Fault: CutOff}, ErrJSON
	}
	if p.values++; p.values > p.limits.Elements {
		return Value{Fault: TooBig}, ErrJSON
	}
	switch c := p.src[p.pos]; {
	case c == '{' || c == '[':
		if depth >= p.limits.Depth {
			return p.skip()
		}
		return p.nested(c, depth)
	case c == '"':
		s, err := p.string()
		return Value{Type: String, Text: s}, err
	default:
		return p.scalar()
	}
}

// skip passes over a value that lies too deep, without recursion.
func (p *jsonReader) skip() (Value, error) {
	depth, quoted := 0, false
	for ; p.pos < len(p.src); p.pos++ {
		switch c := p.src[p.pos]; {
		case quoted && c == '\\':
			p.pos++
		case c == '"':
			quoted = !quoted
		case quoted:
		case c == '{' || c == '[':
			depth++
		case c == '}' || c == ']':
			if depth--; depth == 0 {
				p.pos++
				return Value{Fault: TooDeep}, nil
			}
		}
	}
	p.pos = len(p.src)
	return Value{Fault: TooDeep}, ErrJSON
}

// nested reads an array or an object.
func (p *jsonReader) nested(open byte, depth int) (Value, error) {
	v, end := Value{Type: Array}, byte(']')
	if open == '{' {
		v.Type, end = Object, '}'
	}
	p.pos++
	for first := true; ; first = false {
		p.blank()
		if p.pos >= len(p.src) {
			return v.faulty(CutOff), ErrJSON
		}
		if first && p.src[p.pos] == end {
			p.pos++
			return v, nil
		}
		if err := p.entry(&v, depth); err != nil {
			return v, err
		}
		p.blank()
		switch {
		case p.pos >= len(p.src):
			return v.faulty(CutOff), ErrJSON
		case p.src[p.pos] == end:
			p.pos++
			return v, nil
		case p.src[p.pos] != ',':
			return v.faulty(CutOff), ErrJSON
		}
		p.pos++
	}
}

func (v Value) faulty(f Fault) Value {
	if v.Fault == Whole {
		v.Fault = f
	}
	return v
}

// entry reads one item or member into v; a faulty one makes v faulty. An
// array of items is the exception: its items stand each for itself.
func (p *jsonReader) entry(v *Value, depth int) error {
	name := ""
	if v.Type == Object {
		s, err := p.name()
		if err != nil {
			*v = v.faulty(CutOff)
			return err
		}
		name = s
	}
	p.blank()
	from := p.pos
	item, err := p.value(depth + 1)
	if err != nil && v.Type == Array {
		if end := over(p.src, from); end > 0 {
			item, err, p.pos = item.faulty(CutOff), nil, end
		}
	}
	if item.Fault != Whole {
		*v = v.faulty(item.Fault)
	} else if err != nil {
		*v = v.faulty(CutOff)
	}
	if v.Type == Object {
		v.Members = append(v.Members, Member{name, item})
	} else {
		v.Items = append(v.Items, item)
	}
	return err
}

func (p *jsonReader) name() (string, error) {
	if p.src[p.pos] != '"' {
		return "", ErrJSON
	}
	name, err := p.string()
	if err != nil {
		return "", err
	}
	if p.blank(); p.pos >= len(p.src) || p.src[p.pos] != ':' {
		return "", ErrJSON
	}
	p.pos++
	return name, nil
}

func (p *jsonReader) scalar() (Value, error) {
	from := p.pos
	for p.pos < len(p.src) && strings.IndexByte(" \t\r\n,]}:[{\"", p.src[p.pos]) < 0 {
		p.pos++
	}
	word := p.src[from:p.pos]
	switch word {
	case "null":
		return Value{}, nil
	case "true", "false":
		return Value{Type: Bool, Text: word}, nil
	}
	if !validNumber(word) {
		return Value{}, ErrJSON
	}
	return Value{Type: Number, Text: word}, nil
}

func validNumber(s string) bool {
	digits := strings.TrimPrefix(s, "-")
	if digits == "" || digits[0] < '0' || digits[0] > '9' || len(s) > 400 {
		return false
	}
	if len(digits) > 1 && digits[0] == '0' && digits[1] >= '0' && digits[1] <= '9' {
		return false
	}
	for i := range len(digits) {
		if strings.IndexByte("0123456789.eE+-", digits[i]) < 0 {
			return false
		}
	}
	if last := digits[len(digits)-1]; last < '0' || last > '9' || strings.Contains(digits, ".e") || strings.Contains(digits, ".E") {
		return false
	}
	_, err := strconv.ParseFloat(s, 64)
	return err == nil || errors.Is(err, strconv.ErrRange)
}

// string reads a quoted string. Raw line ends and tabs inside it, which JSON
// forbids and agencies send, are taken as they are.
func (p *jsonReader) string() (string, error) {
	p.pos++
	from := p.pos
	for p.pos < len(p.src) && p.src[p.pos] != '"' && p.src[p.pos] != '\\' {
		p.pos++
	}
	if p.pos < len(p.src) && p.src[p.pos] == '"' {
		p.pos++
		return mend(p.src[from : p.pos-1]), nil
	}
	var b strings.Builder
	b.WriteString(p.src[from:p.pos])
	for p.pos < len(p.src) {
		c := p.src[p.pos]
		p.pos++
		switch c {
		case '"':
			return mend(b.String()), nil
		case '\\':
			if err := p.escape(&b); err != nil {
				return b.String(), err
			}
		default:
			b.WriteByte(c)
		}
	}
	return b.String(), ErrJSON
}

func (p *jsonReader) escape(b *strings.Builder) error {
	if p.pos >= len(p.src) {
		return ErrJSON
	}
	c := p.src[p.pos]
	p.pos++
	if c == 'u' {
		return p.unicode(b)
	}
	i := strings.IndexByte(`"\/bfnrt`, c)
	if i < 0 {
		return ErrJSON
	}
	b.WriteByte("\"\\/  \n\r\t"[i])
	return nil
}

func (p *jsonReader) unicode(b *strings.Builder) error {
	c, ok := p.hex()
	if !ok {
		return ErrJSON
	}
	if utf16.IsSurrogate(c) {
		low := rune(utf8.RuneError)
		if strings.HasPrefix(p.src[p.pos:], `\u`) {
			p.pos += 2
			if low, ok = p.hex(); !ok {
				return ErrJSON
			}
		}
		c = utf16.DecodeRune(c, low)
	}
	if c >= ' ' || c == '\n' || c == '\t' || c == '\r' {
		b.WriteRune(c)
	}
	return nil
}

func (p *jsonReader) hex() (rune, bool) {
	if p.pos+4 > len(p.src) {
		return 0, false
	}
	n, err := strconv.ParseUint(p.src[p.pos:p.pos+4], 16, 32)
	p.pos += 4
	return rune(n), err == nil
}

// Of is the first member of the name, null when there is none.
func (v Value) Of(name string) Value {
	for _, m := range v.Members {
		if m.Name == name {
			return m.Value
		}
	}
	return Value{}
}

// Has says whether there is a member of one of the names.
func (v Value) Has(names ...string) bool {
	for _, m := range v.Members {
		for _, name := range names {
			if m.Name == name {
				return true
			}
		}
	}
	return false
}

// Scalar is the text of a string, number or bool, trimmed; "" for all else.
func (v Value) Scalar() string { return strings.TrimSpace(v.Text) }
