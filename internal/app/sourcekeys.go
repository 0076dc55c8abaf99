package app

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"strings"

	"github.com/rotatif/newsroom/internal/agency"
)

// What opens an agency's door is read once, from files that the program alone
// can read or from the environment. No error tells what is in them.

// secretText reads a file, or the environment variable that env:NAME names.
func secretText(path string) ([]byte, error) {
	name, is := strings.CutPrefix(path, "env:")
	if !is {
		return os.ReadFile(path)
	}
	text, set := os.LookupEnv(name)
	if !set {
		return nil, fmt.Errorf("there is no environment variable %s", name)
	}
	return []byte(text), nil
}

// credentials are read once, from a file of one line, user:password.
func (s Source) credentials() (user, password string, err error) {
	if s.Login == "" {
		return "", "", nil
	}
	raw, err := secretText(s.Login)
	if err != nil {
		return "", "", fmt.Errorf("source %s: login_file: %w", s.Name, err)
	}
	user, password, ok := strings.Cut(strings.TrimSpace(string(raw)), ":")
	if !ok {
		return "", "", errors.New("source " + s.Name + ": login_file does not hold user:password")
	}
	return user, password, nil
}

// minSecret is the shortest key of signatures, in bytes.
const minSecret = 16

// secret is the key with which a push source signs.
func (s Source) secret() ([]byte, error) {
	raw, err := secretText(s.Secret)
	if err != nil {
		return nil, fmt.Errorf("source %s: secret_file: %w", s.Name, err)
	}
	if raw = bytes.TrimSpace(raw); len(raw) < minSecret {
		return nil, fmt.Errorf("source %s: secret_file holds fewer than %d bytes", s.Name, minSecret)
	}
	return raw, nil
}

// secrets are the keys of all push sources that sign.
func (c Config) secrets() (map[string][]byte, error) {
	all := map[string][]byte{}
	for _, s := range c.Sources {
		if s.Kind != "push" || s.Secret == "" {
			continue
		}
		key, err := s.secret()
		if err != nil {
			return nil, err
		}
		all[s.Name] = key
	}
	return all, nil
}

// key is all that goes along with every call over HTTP.
func (s Source) key() (agency.Key, error) {
	user, password, err := s.credentials()
	if err != nil {
		return agency.Key{}, err
	}
	header, query, err := s.keys()
	return agency.Key{User: user, Password: password, Header: header, Query: query}, err
}

// keys are what goes along with every call: headers and parts of the query.
func (s Source) keys() (http.Header, url.Values, error) {
	header, query := http.Header{}, url.Values{}
	if err := s.pairs("header_file", s.Headers, ":", func(name, value string) { header.Add(name, value) }); err != nil {
		return nil, nil, err
	}
	if err := s.pairs("query_file", s.Query, "=", func(name, value string) { query.Add(name, value) }); err != nil {
		return nil, nil, err
	}
	return header, query, nil
}

// pairs reads a file of names and values, one pair a line.
func (s Source) pairs(field, path, between string, each func(name, value string)) error {
	if path == "" {
		return nil
	}
	raw, err := secretText(path)
	if err != nil {
		return fmt.Errorf("source %s: %s: %w", s.Name, field, err)
	}
	lines := bufio.NewScanner(bytes.NewReader(raw))
	for n := 1; lines.Scan(); n++ {
		line := strings.TrimSpace(lines.Text())
		if line == "" {
			continue
		}
		name, value, ok := strings.Cut(line, between)
		if !ok || name == "" {
			return fmt.Errorf("source %s: %s: line %d is not a name, %q and a value", s.Name, field, n, between)
		}
		each(strings.TrimSpace(name), strings.TrimSpace(value))
	}
	if lines.Err() != nil {
		return errors.New("source " + s.Name + ": " + field + " cannot be read")
	}
	return nil
}

// account is under which name the calls of a source are counted.
func (s Source) account() string {
	if s.Account == "" {
		return "source " + s.Name
	}
	return s.Account
}

// accounts are the accounts of all sources, each with the longest gap that one of them names.
func (c Config) accounts() map[string]*agency.Account {
	all := map[string]*agency.Account{}
	for _, s := range c.Sources {
		name := s.account()
		if all[name] == nil {
			all[name] = &agency.Account{}
		}
		all[name].Gap = max(all[name].Gap, s.Gap.Duration)
	}
	return all
}
