package app

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"os"
	"reflect"
	"strings"
	"time"

	"github.com/caarlos0/env/v11"
	"github.com/pelletier/go-toml/v2"

	"github.com/rotatif/newsroom/internal/wire/profile"
)

// envPrefix begins the name of every environment variable that is a setting.
const envPrefix = "ROTATIF_"

// LoadConfig reads the file (none when empty), lays the environment over it,
// fills the defaults and checks the whole. A wrong setting is refused with its
// line and the reason; nothing is repaired in silence.
func LoadConfig(path string) (Config, error) {
	var c Config
	text, err := readConfig(path)
	if err != nil {
		return c, err
	}
	dec := toml.NewDecoder(bytes.NewReader(text)).DisallowUnknownFields()
	if err := dec.Decode(&c); err != nil {
		return c, tomlError(path, err)
	}
	if err := env.ParseWithOptions(&c, env.Options{Prefix: envPrefix}); err != nil {
		return c, fmt.Errorf("environment: %w", err)
	}
	if err := fillDefaults(reflect.ValueOf(&c).Elem()); err != nil {
		return c, err
	}
	profiles, err := profile.Read(c.Profiles)
	if err != nil {
		return c, fmt.Errorf("configuration: %w", err)
	}
	c.derive(profiles)
	if err := cmp.Or(c.checkProfiles(profiles), c.check()); err != nil {
		return c, located(path, text, err)
	}
	return c, nil
}

// maxConfig bounds the file.
const maxConfig = 1 << 20

func readConfig(path string) ([]byte, error) {
	if path == "" {
		return nil, nil
	}
	info, err := os.Stat(path)
	if err != nil {
		return nil, fmt.Errorf("configuration: %w", err)
	}
	if info.Size() > maxConfig {
		return nil, fmt.Errorf("configuration: %s is longer than a configuration can be", path)
	}
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("configuration: %w", err)
	}
	return text, nil
}

// tomlError says where the file is wrong, with the line itself.
func tomlError(path string, err error) error {
	var unknown *toml.StrictMissingError
	if errors.As(err, &unknown) {
		row, _ := unknown.Errors[0].Position()
		return fmt.Errorf("%s:%d: there is no such setting\n%s", path, row, unknown.String())
	}
	var wrong *toml.DecodeError
	if errors.As(err, &wrong) {
		row, col := wrong.Position()
		return fmt.Errorf("%s:%d:%d: %w\n%s", path, row, col, err, wrong.String())
	}
	return fmt.Errorf("%s: %w", path, err)
}

// fillDefaults sets every empty field to its default tag.
func fillDefaults(v reflect.Value) error {
	for i := range v.NumField() {
		field, kind := v.Field(i), v.Type().Field(i)
		if isTable(field.Type()) && field.Kind() == reflect.Struct {
			if err := fillDefaults(field); err != nil {
				return err
			}
			continue
		}
		text, ok := kind.Tag.Lookup("default")
		if !ok || !field.IsZero() {
			continue
		}
		if err := setDefault(field, text); err != nil {
			return fmt.Errorf("default of %s: %w", kind.Name, err)
		}
	}
	return nil
}

func setDefault(field reflect.Value, text string) error {
	switch field.Interface().(type) {
	case string:
		field.SetString(text)
	case Duration:
		return field.Addr().Interface().(*Duration).UnmarshalText([]byte(text))
	case uint32:
		var n uint64
		_, err := fmt.Sscan(text, &n)
		field.SetUint(n)
		return err
	default:
		return fmt.Errorf("no defaults for %s", field.Type())
	}
	return nil
}

// derive fills what follows from other settings.
func (c *Config) derive(profiles map[string]profile.Profile) {
	if c.Site.Address == "" {
		c.Site.Address = "http://" + c.Site.Listen
	}
	if c.Desk.Address == "" {
		c.Desk.Address = "http://" + c.Desk.Listen
	}
	c.Site.Address = strings.TrimSuffix(c.Site.Address, "/")
	c.Desk.Address = strings.TrimSuffix(c.Desk.Address, "/")
	if len(c.Sections) == 0 {
		c.Sections = usualSections()
	}
	for i := range c.Sources {
		c.Sources[i].derive(c.Site, profiles[c.Sources[i].Profile])
	}
}

// derive fills what the source leaves out: from its agency's profile, else from
// the site.
func (s *Source) derive(site Site, known profile.Profile) {
	if known.AnyAgency {
		s.Provider, known.Agency = cmp.Or(s.Provider, s.Name), ""
	}
	s.Provider = cmp.Or(s.Provider, s.Profile)
	s.Agency = cmp.Or(s.Agency, known.Agency, s.Provider)
	s.Language = cmp.Or(s.Language, known.Language, site.Language)
	s.Zone = cmp.Or(s.Zone, known.Zone, site.Zone)
	s.Charset = cmp.Or(s.Charset, known.Charset, "windows-1254")
	s.Embargo = cmp.Or(s.Embargo, known.Embargo, "hold")
	s.Every.Duration = cmp.Or(s.Every.Duration, known.Every.Duration, time.Minute)
	s.After = cmp.Or(s.After, "leave")
	s.Gap.Duration = cmp.Or(s.Gap.Duration, known.Gap.Duration)
}

// usualSections is a general newspaper. The codes are the top-level IPTC Media
// Topics and subject codes, and the category letters of Turkish agencies.
func usualSections() []Section {
	return []Section{
		{"gundem", "Gündem", "News", []string{"medtop:11000000", "medtop:02000000", "medtop:03000000", "medtop:17000000", "subj:11000000", "subj:02000000", "subj:03000000", "AAcat:POL", "AAcat:GEN"}},
		{"ekonomi", "Ekonomi", "Economy", []string{"medtop:04000000", "medtop:09000000", "subj:04000000", "AAcat:EKO"}},
		{"dunya", "Dünya", "World", []string{"medtop:16000000", "subj:16000000", "AAcat:DUN"}},
		{"spor", "Spor", "Sport", []string{"medtop:15000000", "subj:15000000", "AAcat:SPO"}},
		{"kultur-sanat", "Kültür-Sanat", "Culture", []string{"medtop:01000000", "subj:01000000", "AAcat:KUL"}},
		{"bilim-teknoloji", "Bilim-Teknoloji", "Science", []string{"medtop:13000000", "subj:13000000", "AAcat:BIL"}},
		{"saglik", "Sağlık", "Health", []string{"medtop:07000000", "subj:07000000", "AAcat:SAG"}},
		{"egitim", "Eğitim", "Education", []string{"medtop:05000000", "subj:05000000", "AAcat:EGI"}},
		{"yasam", "Yaşam", "Life", []string{"medtop:06000000", "medtop:08000000", "medtop:10000000", "medtop:12000000", "medtop:14000000", "AAcat:YAS"}},
	}
}
