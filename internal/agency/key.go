package agency

import (
	"bytes"
	"encoding/base64"
	"errors"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"unicode"
)

// Key is what opens an agency's door over HTTP. It goes along with every call
// and stands nowhere else: in no error, and in nothing that is kept, even when
// the agency says it back.
type Key struct {
	User, Password string
	Header         http.Header // sent with every call: keys, tokens
	Query          url.Values  // put into the address at the call: credentials of agencies that want them there
}

// into puts the key into a request.
func (k Key) into(req *http.Request) {
	if len(k.Query) > 0 {
		q := req.URL.Query()
		for name, values := range k.Query {
			q[name] = values
		}
		req.URL.RawQuery = q.Encode()
	}
	for name, values := range k.Header {
		req.Header[name] = values
	}
	if k.User != "" {
		req.SetBasicAuth(k.User, k.Password)
	}
	req.Header.Set("User-Agent", "Rotatif/0.1 (newsroom wire)")
}

// ErrRepeats takes the place of an error in which an agency says our key.
var ErrRepeats = errors.New("agency: the server repeats what only we should say")

// leastSecret is the shortest part of a key that is looked for, in bytes:
// anything shorter is found everywhere.
const leastSecret = 4

// told is an error as others may see it.
func (k Key) told(err error) error {
	if err == nil {
		return nil
	}
	for _, secret := range k.Secrets() {
		for _, form := range forms(secret) {
			if strings.Contains(err.Error(), form) {
				return told{ErrRepeats.Error(), err}
			}
		}
	}
	return err
}

// Secrets are the parts of the key that are long enough to be looked for.
func (k Key) Secrets() []string {
	all := []string{}
	add := func(values ...string) {
		for _, v := range values {
			if len(v) >= leastSecret {
				all = append(all, v)
			}
		}
	}
	add(k.Password)
	if k.User != "" {
		add(base64.StdEncoding.EncodeToString([]byte(k.User + ":" + k.Password)))
	}
	for _, values := range k.Header {
		for _, v := range values {
			add(strings.TrimPrefix(v, "Bearer "))
		}
	}
	for _, values := range k.Query {
		add(values...)
	}
	return all
}

// forms are the ways in which a value is written in addresses and pages.
func forms(value string) []string {
	return []string{value, url.QueryEscape(value), url.PathEscape(value)}
}

// blank is what stands where the key stood.
const blank = "***"

// Blank takes the key out of what an agency sent: its links and its errors may
// hold the very address that was called. A part of the key is taken out where
// its name stands before it, and everywhere when it cannot be a word or a number
// of the news.
func (k Key) Blank(raw []byte) []byte {
	for name, values := range k.Query {
		for _, v := range values {
			if len(v) < leastSecret {
				continue
			}
			raw = without(raw, `(?i)(`+regexp.QuoteMeta(name)+`\W{1,12}?)`, v)
		}
	}
	for _, secret := range k.Secrets() {
		if unlikeNews(secret) {
			raw = without(raw, `()`, secret)
		}
	}
	return raw
}

// without takes a value out where the pattern stands before it.
func without(raw []byte, before, value string) []byte {
	for _, form := range forms(value) {
		if bytes.Contains(raw, []byte(form)) {
			raw = regexp.MustCompile(before+regexp.QuoteMeta(form)).ReplaceAll(raw, []byte("${1}"+blank))
		}
	}
	return raw
}

// unlikeNews says whether a text is too long and too mixed for a word or a
// number. What might be one stays: news is not changed.
func unlikeNews(s string) bool {
	return len(s) >= 8 && strings.ContainsFunc(s, unicode.IsLetter) && strings.ContainsFunc(s, func(r rune) bool { return !unicode.IsLetter(r) })
}
