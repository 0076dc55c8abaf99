package app

import (
	"fmt"
	"io"
	"reflect"
	"regexp"
	"strings"
)

// WriteManual prints every setting with its meaning, default and environment
// variable: the configuration struct is the manual.
func WriteManual(w io.Writer) error {
	m := &manual{w: w}
	m.print("# Settings of rotatif. Give the file with --config; environment variables win over it.\n")
	m.table(reflect.TypeFor[Config](), "", envPrefix)
	return m.err
}

type manual struct {
	w       io.Writer
	err     error
	example bool // what is printed is an example: a comment to be uncommented
}

func (m *manual) print(format string, args ...any) {
	if m.err != nil {
		return
	}
	text := fmt.Sprintf(format, args...)
	if m.example {
		text = exampleLine.ReplaceAllString(text, "# $0")
	}
	_, m.err = io.WriteString(m.w, text)
}

// exampleLine is a line that would set something.
var exampleLine = regexp.MustCompile(`(?m)^[^#\s].*$`)

// table prints a struct's own settings first, then its tables.
func (m *manual) table(t reflect.Type, name, prefix string) {
	if name != "" {
		m.print("\n[%s]\n", name)
	}
	for i := range t.NumField() {
		if f := t.Field(i); !isTable(f.Type) {
			m.setting(f, prefix)
		}
	}
	for i := range t.NumField() {
		f := t.Field(i)
		switch {
		case isTable(f.Type) && f.Type.Kind() == reflect.Struct:
			m.table(f.Type, f.Tag.Get("toml"), prefix+f.Tag.Get("envPrefix"))
		case isTable(f.Type):
			m.print("\n%s\n", comment(f.Tag.Get("doc")))
			m.example = true // a file may do without
			m.table(f.Type.Elem(), "["+f.Tag.Get("toml")+"]", "")
			m.example = false
		}
	}
}

func isTable(t reflect.Type) bool {
	if t == reflect.TypeFor[Duration]() {
		return false
	}
	return t.Kind() == reflect.Struct || t.Kind() == reflect.Slice && t.Elem().Kind() == reflect.Struct
}

func (m *manual) setting(f reflect.StructField, prefix string) {
	m.print("\n%s\n", comment(f.Tag.Get("doc")))
	if name := f.Tag.Get("env"); name != "" {
		m.print("# Environment: %s%s\n", prefix, name)
	}
	m.print("%s = %s\n", f.Tag.Get("toml"), literal(f))
}

// literal is the default as it would stand in the file.
func literal(f reflect.StructField) string {
	value := f.Tag.Get("default")
	switch {
	case f.Type.Kind() == reflect.Slice:
		return "[]"
	case f.Type.Kind() == reflect.Uint32:
		return value
	case f.Type == reflect.TypeFor[Duration]() && value == "":
		return `"1m"`
	case f.Type == reflect.TypeFor[Days]():
		return `"90d"`
	default:
		return fmt.Sprintf("%q", value)
	}
}

// comment breaks a text into lines of a comment.
func comment(text string) string {
	lines, line := []string{}, "#"
	for _, word := range strings.Fields(text) {
		if len(line)+1+len(word) > 100 {
			lines, line = append(lines, line), "#"
		}
		line += " " + word
	}
	return strings.Join(append(lines, line), "\n")
}

// WriteConfig prints the settings in force, secrets hidden.
func WriteConfig(w io.Writer, c Config) error {
	m := &manual{w: w}
	m.values(reflect.ValueOf(c), "")
	return m.err
}

func (m *manual) values(v reflect.Value, name string) {
	if name != "" {
		m.print("\n[%s]\n", name)
	}
	for i := range v.NumField() {
		if f := v.Type().Field(i); !isTable(f.Type) {
			m.print("%s = %s\n", f.Tag.Get("toml"), shown(f, v.Field(i)))
		}
	}
	for i := range v.NumField() {
		f, field := v.Type().Field(i), v.Field(i)
		switch {
		case isTable(f.Type) && f.Type.Kind() == reflect.Struct:
			m.values(field, f.Tag.Get("toml"))
		case isTable(f.Type):
			for j := range field.Len() {
				m.values(field.Index(j), "["+f.Tag.Get("toml")+"]")
			}
		}
	}
}

func shown(f reflect.StructField, v reflect.Value) string {
	switch x := v.Interface().(type) {
	case string:
		return shownText(f.Tag.Get("secret"), x)
	case Duration:
		return fmt.Sprintf("%q", x.String())
	case Days:
		return fmt.Sprintf("%q", x.String())
	case []string:
		quoted := []string{}
		for _, s := range x {
			quoted = append(quoted, fmt.Sprintf("%q", s))
		}
		return "[" + strings.Join(quoted, ", ") + "]"
	default:
		return fmt.Sprint(x)
	}
}

// shownText is a text as it may be shown: nothing of a secret, and of an address
// not what may be one.
func shownText(secret, text string) string {
	before, _, has := strings.Cut(text, "?")
	switch {
	case secret == "query" && has:
		return fmt.Sprintf("%q", before+"?(not shown)")
	case secret == "true" && text != "":
		return `"(set, not shown)"`
	default:
		return fmt.Sprintf("%q", text)
	}
}
