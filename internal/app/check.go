package app

import (
	"encoding/hex"
	"errors"
	"fmt"
	"net"
	"net/netip"
	"net/url"
	"regexp"
	"strings"
	"time"

	"github.com/rotatif/newsroom/internal/markup"
	"github.com/rotatif/newsroom/internal/wire"
	"github.com/rotatif/newsroom/internal/wire/profile"
)

// wrong is a setting that cannot be: key is its name in the file, nth which of
// several tables it stands in (counted from 0; -1 for a setting there is one of).
type wrong struct {
	table, key string
	nth        int
	reason     string
}

// Error names the setting and the reason.
func (w wrong) Error() string {
	if w.table == "" {
		return w.key + ": " + w.reason
	}
	return w.table + "." + w.key + ": " + w.reason
}

// located adds the line of the file on which the setting stands.
func located(path string, text []byte, err error) error {
	var w wrong
	if path == "" || !errors.As(err, &w) {
		return fmt.Errorf("configuration: %w", err)
	}
	if line := lineOf(string(text), w); line > 0 {
		return fmt.Errorf("%s:%d: %w", path, line, err)
	}
	return fmt.Errorf("%s: %w", path, err)
}

// lineOf finds the line of a setting: the key inside its table, else the table's head.
func lineOf(text string, w wrong) int {
	table, seen, head := "", -1, 0
	for i, line := range strings.Split(text, "\n") {
		line = strings.TrimSpace(line)
		if strings.HasPrefix(line, "[") {
			table = strings.Trim(line, "[] \t")
			if table == w.table {
				seen++
				if w.nth < 0 || seen == w.nth {
					head = i + 1
				}
			}
			continue
		}
		name, _, ok := strings.Cut(line, "=")
		if ok && table == w.table && strings.TrimSpace(name) == w.key && (w.nth < 0 || seen == w.nth) {
			return i + 1
		}
	}
	return head
}

var slugShape = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)

// checkProfiles wants every profile that a source names to be there, and to fit it.
func (c *Config) checkProfiles(profiles map[string]profile.Profile) error {
	for i, s := range c.Sources {
		known, is := profiles[s.Profile]
		if s.Profile != "" && !is {
			return wrong{"source", "profile", i, fmt.Sprintf("there is no profile %q, only %s", s.Profile, strings.Join(profile.Codes(profiles), ", "))}
		}
		if err := s.checkProfile(i, known); err != nil {
			return err
		}
	}
	return nil
}

func (c *Config) check() error {
	for _, check := range []func() error{c.checkDoors, c.checkSite, c.checkDesk, c.checkMostRead, c.checkLog, c.checkSections, c.checkSources} {
		if err := check(); err != nil {
			return err
		}
	}
	return nil
}

func (c *Config) checkDoors() error {
	for _, door := range []struct{ table, listen, address string }{
		{"site", c.Site.Listen, c.Site.Address}, {"desk", c.Desk.Listen, c.Desk.Address},
	} {
		if _, _, err := net.SplitHostPort(door.listen); err != nil {
			return wrong{door.table, "listen", -1, fmt.Sprintf("%q is not host:port", door.listen)}
		}
		u, err := url.Parse(door.address)
		if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" || u.Path != "" || u.RawQuery != "" {
			return wrong{door.table, "address", -1, fmt.Sprintf("%q is not a scheme and a host, such as https://gazete.example", door.address)}
		}
	}
	if c.Site.Listen == c.Desk.Listen && !strings.HasSuffix(c.Site.Listen, ":0") {
		return wrong{"desk", "listen", -1, "the desk and the site need different addresses"}
	}
	return nil
}

func (c *Config) checkDesk() error {
	if c.Desk.Copies != "down" && c.Desk.Copies != "hold" {
		return wrong{"desk", "killed_copies", -1, fmt.Sprintf("%q is neither down nor hold", c.Desk.Copies)}
	}
	if c.Desk.Ring.Duration < time.Second {
		return wrong{"desk", "ring", -1, fmt.Sprintf("%s is less than 1s", c.Desk.Ring)}
	}
	return nil
}

func (c *Config) checkSite() error {
	if c.Site.Language != "tr" && c.Site.Language != "en" {
		return wrong{"site", "language", -1, fmt.Sprintf("%q is neither tr nor en", c.Site.Language)}
	}
	if _, err := time.LoadLocation(c.Site.Zone); err != nil {
		return wrong{"site", "zone", -1, fmt.Sprintf("there is no time zone %q", c.Site.Zone)}
	}
	for _, block := range c.Site.Trusted {
		if _, err := netip.ParsePrefix(block); err != nil {
			return wrong{"site", "trusted_proxies", -1, fmt.Sprintf("%q is not an address block such as 10.0.0.0/8", block)}
		}
	}
	return nil
}

func (c *Config) checkMostRead() error {
	switch m := c.MostRead; {
	case m.Dwell.Duration < time.Second || m.Dwell.Duration > time.Minute:
		return wrong{"mostread", "dwell", -1, fmt.Sprintf("%s is not between 1s and 60s", m.Dwell)}
	case m.Refresh.Duration < 100*time.Millisecond || m.Refresh.Duration > 10*time.Minute:
		return wrong{"mostread", "refresh", -1, fmt.Sprintf("%s is not between 100ms and 10m", m.Refresh)}
	default:
		return nil
	}
}

func (c *Config) checkLog() error {
	switch c.Log.Level {
	case "debug", "info", "warn", "error":
	default:
		return wrong{"log", "level", -1, fmt.Sprintf("%q is not debug, info, warn or error", c.Log.Level)}
	}
	if c.Log.Format != "text" && c.Log.Format != "json" {
		return wrong{"log", "format", -1, fmt.Sprintf("%q is neither text nor json", c.Log.Format)}
	}
	return nil
}

// reserved are first path segments that the site itself uses.
func reserved(slug string) bool {
	switch slug {
	case "rss", "static", "b", "api", "iletisim", "sitemap", "favicon":
		return true
	default:
		return false
	}
}

func (c *Config) checkSections() error {
	seen := map[string]bool{}
	for i, s := range c.Sections {
		switch {
		case !slugShape.MatchString(s.Slug):
			return wrong{"section", "slug", i, fmt.Sprintf("%q is not made of small ASCII letters, digits and hyphens", s.Slug)}
		case reserved(s.Slug):
			return wrong{"section", "slug", i, fmt.Sprintf("%q is an address of the site's own", s.Slug)}
		case seen[s.Slug]:
			return wrong{"section", "slug", i, fmt.Sprintf("there are two sections %q", s.Slug)}
		case s.TR == "" || s.EN == "":
			return wrong{"section", "tr", i, "a section needs a Turkish and an English name (tr, en)"}
		}
		seen[s.Slug] = true
	}
	return nil
}

func (c *Config) checkSources() error {
	seen := map[string]bool{}
	for i, s := range c.Sources {
		if seen[s.Name] {
			return wrong{"source", "name", i, fmt.Sprintf("there are two sources %q", s.Name)}
		}
		seen[s.Name] = true
		if err := s.check(i); err != nil {
			return err
		}
	}
	return nil
}

func (s Source) check(i int) error {
	if err := s.checkKind(i); err != nil {
		return err
	}
	_, zoneErr := time.LoadLocation(s.Zone)
	switch {
	case !slugShape.MatchString(s.Name):
		return wrong{"source", "name", i, fmt.Sprintf("%q is not made of small ASCII letters, digits and hyphens", s.Name)}
	case s.Provider == "":
		return wrong{"source", "provider", i, "a source needs the code of its agency"}
	case !markup.KnowsCharset(s.Charset):
		return wrong{"source", "charset", i, fmt.Sprintf("there is no character set %q", s.Charset)}
	case zoneErr != nil:
		return wrong{"source", "zone", i, fmt.Sprintf("there is no time zone %q", s.Zone)}
	case s.Embargo != "hold" && s.Embargo != "none":
		return wrong{"source", "empty_embargo", i, fmt.Sprintf("%q is neither hold nor none", s.Embargo)}
	}
	if s.Keep != 0 && s.Keep.Span() < wire.MinKeep {
		return wrong{"source", "keep", i, fmt.Sprintf("%s is less than 7d: notices and kills of the last days must find what they mean", s.Keep)}
	}
	for _, block := range s.Private {
		if _, err := netip.ParsePrefix(block); err != nil {
			return wrong{"source", "private_networks", i, fmt.Sprintf("%q is not an address block such as 10.0.0.0/8", block)}
		}
	}
	return nil
}

func (s Source) checkKind(i int) error {
	switch s.Kind {
	case "folder":
		if s.Folder == "" {
			return wrong{"source", "folder", i, "a folder source needs its folder"}
		}
	case "poll", "list":
		return s.checkHTTP(i)
	case "ftp", "sftp":
		return s.checkFiles(i)
	case "imap":
		return s.checkMail(i)
	case "push":
		if s.Secret != "" && s.Token == "" {
			return nil
		}
		if s.Secret != "" {
			return wrong{"source", "secret_file", i, "a push source signs or has a token, not both"}
		}
		if raw, err := hex.DecodeString(s.Token); err != nil || len(raw) != 32 {
			return wrong{"source", "token_sha256", i, "a push source needs the SHA-256 of its token, 64 hex digits"}
		}
	default:
		return wrong{"source", "kind", i, fmt.Sprintf("%q is not folder, poll, list, push, ftp, sftp or imap", s.Kind)}
	}
	return nil
}
