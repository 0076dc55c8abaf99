// Package profile holds what is known of agencies beforehand: in which zone and
// letters they write, how often they may be asked, what an empty embargo means,
// and, in words, how they update, correct and kill. A paper can put a file of its
// own in the place of one of these, for contracts differ.
//
// What stands here was read in the standards, in files that the agencies or
// others have published, and in subscribers' public programs; nothing was tried
// against a live service. Each profile says what a subscriber must check.
//
// Knows: habits of agencies. Never imports: a format, a machine.
package profile

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/pelletier/go-toml/v2"

	"github.com/rotatif/newsroom/internal/wire"
	"github.com/rotatif/newsroom/internal/wire/sense"
)

//go:embed agencies/*.toml
var shipped embed.FS

// Profile is what is known of an agency. Code is the name of its file.
type Profile struct {
	Code      string   `toml:"-"`
	Agency    string   `toml:"agency"`     // as readers are told
	AnyAgency bool     `toml:"any_agency"` // it knows a format, not an agency: each of its sources is an agency of its own
	Formats   []string `toml:"formats"`    // it is known to send
	Transport []string `toml:"transport"`  // by which it is known to send
	Language  string   `toml:"language"`   // of copy that does not say
	Zone      string   `toml:"zone"`       // of times without one
	Charset   string   `toml:"charset"`    // of bytes that are no UTF-8
	Embargo   string   `toml:"empty_embargo"`
	Every     Pause    `toml:"every"`   // usual time between two calls
	Gap       Pause    `toml:"min_gap"` // shortest time between two calls of an account

	IDCut      string         `toml:"id_cut"`              // pattern of what in an id changes from revision to revision
	Order      string         `toml:"order"`               // of revisions: time (as the standards have it) or number
	Urgency    map[string]int `toml:"urgency_of_priority"` // 1 to 9, by transmission priority
	FlashAt    []int          `toml:"flash_priority"`      // transmission priorities that are flashes
	FlashFrom  int            `toml:"flash_urgency"`       // urgency from which on, towards 1, copy is a flash
	FlashWords []string       `toml:"flash_words"`         // beginnings of flashes' headlines, beside those of everybody

	Edits  string `toml:"edits"`       // what may be done to the text: free, shorten, whole; empty: look in the contract
	Photos string `toml:"photos"`      // use of its pictures: text (with its text), ask, none; empty: look in the contract
	Rest   string `toml:"quiet_hours"` // hours of the house in which silence is nothing, 01-06

	List *List `toml:"list"` // how it is asked for a list and then for documents; nil: it is not

	Known []string `toml:"known"` // sentences, each with where it is known from
	Check []string `toml:"check"` // what a subscriber must find out
}

// Pause is a time between calls, written as 500ms or 33s.
type Pause struct{ time.Duration }

// UnmarshalText implements encoding.TextUnmarshaler.
func (p *Pause) UnmarshalText(text []byte) error {
	d, err := time.ParseDuration(string(text))
	if err == nil && d < 0 {
		err = errors.New("a pause is not negative")
	}
	p.Duration = d
	return err
}

// Read gives the shipped profiles by their codes, and over them those of a
// folder of the paper's own, if one is named.
func Read(dir string) (map[string]Profile, error) {
	all := map[string]Profile{}
	if err := read(shipped, "agencies", all); err != nil {
		return nil, err
	}
	if dir == "" {
		return all, nil
	}
	return all, read(os.DirFS(dir), ".", all)
}

func read(from fs.FS, dir string, all map[string]Profile) error {
	names, err := fs.Glob(from, path.Join(dir, "*.toml"))
	if err != nil {
		return fmt.Errorf("profile: %w", err)
	}
	for _, name := range names {
		text, err := fs.ReadFile(from, name)
		if err != nil {
			return fmt.Errorf("profile: %w", err)
		}
		p, err := parse(path.Base(name), string(text))
		if err != nil {
			return err
		}
		all[p.Code] = p
	}
	return nil
}

// parse reads one profile. What it does not know it refuses, with the line.
func parse(name, text string) (Profile, error) {
	p := Profile{Code: strings.TrimSuffix(name, ".toml")}
	strict := toml.NewDecoder(strings.NewReader(text)).DisallowUnknownFields()
	if err := strict.Decode(&p); err != nil {
		var unknown *toml.StrictMissingError
		var wrong *toml.DecodeError
		switch {
		case errors.As(err, &unknown) && len(unknown.Errors) > 0:
			line, _ := unknown.Errors[0].Position()
			return p, fmt.Errorf("profile: %s:%d: there is no such setting: %s", name, line, strings.Join(unknown.Errors[0].Key(), "."))
		case errors.As(err, &wrong):
			line, _ := wrong.Position()
			return p, fmt.Errorf("profile: %s:%d: %w", name, line, err)
		}
		return p, fmt.Errorf("profile: %s: %w", name, err)
	}
	return p, p.check(name)
}

func (p Profile) check(name string) error {
	if _, err := time.LoadLocation(p.Zone); err != nil {
		return fmt.Errorf("profile: %s: zone: %w", name, err)
	}
	if p.Embargo != "" && p.Embargo != "hold" && p.Embargo != "none" {
		return fmt.Errorf("profile: %s: empty_embargo is %q, neither hold nor none", name, p.Embargo)
	}
	if p.Agency == "" {
		return fmt.Errorf("profile: %s: it names no agency", name)
	}
	if err := oneOf("order", p.Order, "time", "number"); err != nil {
		return fmt.Errorf("profile: %s: %w", name, err)
	}
	if err := oneOf("edits", p.Edits, "free", "shorten", "whole"); err != nil {
		return fmt.Errorf("profile: %s: %w", name, err)
	}
	if err := oneOf("photos", p.Photos, "text", "ask", "none"); err != nil {
		return fmt.Errorf("profile: %s: %w", name, err)
	}
	if err := p.List.check(); err != nil {
		return fmt.Errorf("profile: %s: %w", name, err)
	}
	if _, err := wire.ParseRest(p.Rest); err != nil {
		return fmt.Errorf("profile: %s: quiet_hours: %w", name, err)
	}
	if _, err := p.Habits(); err != nil {
		return fmt.Errorf("profile: %s: %w", name, err)
	}
	return nil
}

func oneOf(key, value string, words ...string) error {
	if value == "" || slices.Contains(words, value) {
		return nil
	}
	return fmt.Errorf("%s is %q, none of %s", key, value, strings.Join(words, ", "))
}

// Habits are what the wire does for the agency's sake.
func (p Profile) Habits() (sense.Habits, error) {
	h := sense.Habits{Numbered: p.Order == "number", FlashAt: p.FlashAt, FlashFrom: p.FlashFrom, FlashWords: p.FlashWords, Urgencies: map[int]int{}}
	if p.IDCut != "" {
		cut, err := regexp.Compile(p.IDCut)
		if err != nil {
			return h, fmt.Errorf("id_cut: %w", err)
		}
		h.IDCut = cut
	}
	for text, urgency := range p.Urgency {
		priority, err := strconv.Atoi(text)
		if err != nil || priority < 1 || priority > 9 || urgency < 1 || urgency > 9 {
			return h, fmt.Errorf("urgency_of_priority: %s = %d: both are 1 to 9", text, urgency)
		}
		h.Urgencies[priority] = urgency
	}
	return h, nil
}

// Codes are the codes of profiles, in order.
func Codes(all map[string]Profile) []string {
	codes := make([]string, 0, len(all))
	for code := range all {
		codes = append(codes, code)
	}
	slices.Sort(codes)
	return codes
}
